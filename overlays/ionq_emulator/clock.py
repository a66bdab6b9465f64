"""The emulator's clock: real, scaled, or frozen and advanced by hand.

May import: the standard library only.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Clock", "iso", "parse_iso"]


class Clock:
    """Milliseconds since the Unix epoch, as the emulated cloud sees them.

    Every change (freeze, resume, advance, speed) calls `on_change`, so that whoever sleeps until
    an emulated time looks again.

    Args:
        speed: Emulated seconds per real second; must be positive.
        start_ms: Emulated time to begin at; default: now.
    """

    def __init__(self, speed: float = 1.0, start_ms: int | None = None) -> None:
        self._lock = threading.Lock()
        self._speed = _positive(speed)
        self._frozen = False
        self._emulated = float(time.time() * 1000 if start_ms is None else start_ms)
        self._real = time.monotonic()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def speed(self) -> float:
        """Emulated seconds per real second, while not frozen."""
        return self._speed

    @property
    def frozen(self) -> bool:
        """True while time stands still."""
        return self._frozen

    def now(self) -> int:
        """The emulated time in ms since the epoch."""
        with self._lock:
            return int(self._now())

    def reset(self, speed: float) -> None:
        """Back to the machine's own time, running at `speed`."""
        with self._lock:
            self._frozen = False
            self._speed = _positive(speed)
            self._anchor(time.time() * 1000)
        self.on_change()

    def freeze(self, at_ms: int | None = None) -> None:
        """Stop the clock, at `at_ms` when given."""
        with self._lock:
            self._anchor(self._now() if at_ms is None else float(at_ms))
            self._frozen = True
        self.on_change()

    def resume(self) -> None:
        """Let time run again from where it stands."""
        with self._lock:
            self._anchor(self._now())
            self._frozen = False
        self.on_change()

    def advance(self, ms: float) -> None:
        """Jump forward; a frozen clock stays frozen.

        Args:
            ms: Milliseconds, not negative: emulated time never runs backwards.
        """
        if ms < 0:
            raise ValueError(f"ms must not be negative, got {ms}")
        with self._lock:
            self._anchor(self._now() + ms)
        self.on_change()

    def set_speed(self, speed: float) -> None:
        """Change how many emulated seconds pass per real second."""
        with self._lock:
            self._anchor(self._now())
            self._speed = _positive(speed)
        self.on_change()

    def real_seconds_until(self, at_ms: float) -> float | None:
        """Real seconds until the emulated time is reached; None when it never comes (frozen)."""
        with self._lock:
            missing = at_ms - self._now()
            if missing <= 0:
                return 0.0
            return None if self._frozen else missing / 1000 / self._speed

    def _now(self) -> float:
        if self._frozen:
            return self._emulated
        return self._emulated + (time.monotonic() - self._real) * 1000 * self._speed

    def _anchor(self, emulated: float) -> None:
        self._emulated, self._real = emulated, time.monotonic()


def _positive(speed: float) -> float:
    if not speed > 0:
        raise ValueError(f"speed must be positive, got {speed}")
    return speed


def iso(ms: int) -> str:
    """A timestamp as IonQ writes them: UTC, three decimals, `Z`."""
    moment = datetime.fromtimestamp(ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def parse_iso(text: str) -> int:
    """Milliseconds of an ISO date or date-time; without a zone it is UTC.

    Raises:
        ValueError: The text is no ISO 8601 date.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)
