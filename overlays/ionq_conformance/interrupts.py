"""Ctrl-C that is never lost: an interrupt that Python drops is raised again at the next look.

May import: the standard library.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Generator
from types import FrameType
from typing import Final

__all__ = ["noticed"]

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
_SIGNALS: Final = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


@contextlib.contextmanager
def noticed() -> Generator[Callable[[], None]]:
    """Take SIGINT, SIGTERM and SIGHUP for Ctrl-C, and remember that they came.

    Python drops an exception that is raised in a finalizer (`__del__`, a weak reference's
    callback), and the handler of a signal runs wherever the main thread happens to be: one
    interrupt in some thousand vanished so, and the run went on.

    Yields:
        A function that raises KeyboardInterrupt once a signal has come. Outside the main thread,
        where no handler can be set, it never does.
    """
    came = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        came.set()
        raise KeyboardInterrupt

    def look() -> None:
        if came.is_set():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield look
        return
    # What is ignored stays so: `nohup` wants to go on when the terminal closes.
    heard = [one for one in _SIGNALS if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heard}
    try:
        yield look
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
