"""The control surface as a Python object: clock, progress, queues, faults, log, snapshots, reset.

May import: everything of the emulator but the server and the routes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ionq_emulator.contract import VERSIONS, load
from ionq_emulator.faults import Fault
from ionq_emulator.settings import Progress

if TYPE_CHECKING:
    from ionq_emulator.cloud import Cloud
    from ionq_emulator.gate import Gate
    from ionq_emulator.request_log import Entry

__all__ = ["Control"]

_WAIT_SECONDS = 60.0


class Control:
    """What a test may do to an emulator, beside using it.

    `/_emulator/` offers the same over HTTP.
    """

    def __init__(self, cloud: Cloud, gate: Gate, project_id: str | None = None) -> None:
        self._cloud = cloud
        self._gate = gate
        self._project_id = project_id

    def of(self, project_id: str) -> Control:
        """The same for one project: its faults, its requests, its jobs to forget."""
        return Control(self._cloud, self._gate, project_id)

    # -- time -----------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Stop the emulator's clock."""
        self._cloud.clock.freeze()

    def resume(self) -> None:
        """Let the emulator's clock run again."""
        self._cloud.clock.resume()

    def advance(self, seconds: float, *, wait: float = _WAIT_SECONDS) -> None:
        """Move the clock forward, and wait until every job is where it belongs by then.

        Args:
            seconds: Emulated seconds.
            wait: Real seconds to wait for simulations.

        Raises:
            TimeoutError: Simulations still run after `wait`.
        """
        self.settle(wait)  # what is due before the jump happens before it
        self._cloud.clock.advance(seconds * 1000)
        self.settle(wait)

    def set_speed(self, speed: float) -> None:
        """Let `speed` emulated seconds pass per real second."""
        self._cloud.clock.set_speed(speed)

    def settle(self, wait: float = _WAIT_SECONDS) -> None:
        """Wait until no job can move before the clock or a poll moves it.

        Args:
            wait: Real seconds to wait at most.

        Raises:
            TimeoutError: Simulations still run after `wait`.
        """
        if not self._cloud.lifecycle.wait_idle(wait):
            raise TimeoutError(f"jobs still run after {wait} s")

    # -- jobs -----------------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """When jobs move."""
        return self._cloud.lifecycle.progress

    def set_progress(self, progress: str | int | Progress) -> None:
        """Say when jobs move: `instant`, `time`, `polls:N` or N."""
        self._cloud.lifecycle.progress = Progress.parse(progress)

    def set_queue(self, seconds: dict[str, float]) -> None:
        """Set how long new jobs wait on backends, in emulated seconds."""
        self._cloud.catalogue.set_queue(
            {name: round(wait * 1000) for name, wait in seconds.items()}
        )

    def set_backend(
        self, name: str, *, status: str | None = None, degraded: bool | None = None
    ) -> None:
        """Change a machine's state. Jobs of an unavailable machine stay `ready` until it is back.

        Args:
            name: Backend name.
            status: `available`, `unavailable` or `retired`.
            degraded: Whether it works below its usual quality.
        """
        self._cloud.catalogue.set_state(name, status=status, degraded=degraded)
        self._cloud.lifecycle.resume()

    # -- faults ---------------------------------------------------------------------------------

    def add_fault(self, kind: str, **rule: Any) -> Fault:
        """Make requests go wrong; the arguments are the fields of `Fault`.

        Raises:
            ValueError: A field is out of bounds, or no operation has the name: the rule would never
                apply.
        """
        rule.setdefault("project_id", self._project_id)
        fault = Fault(kind, **rule)  # type: ignore[arg-type]  # checked by Fault
        known = {name for version in VERSIONS for name in load(version).operations}
        if not any(map(fault.names, known)):
            raise ValueError(
                f"operation must be one of {', '.join(sorted(known))}, or the beginning of one"
                f" and *, got {fault.operation!r}"
            )
        return self._gate.faults.add(fault)

    def faults(self) -> list[Fault]:
        """The fault rules in force."""
        scope = self._project_id
        rules = self._gate.faults.all()
        return [rule for rule in rules if scope is None or rule.project_id == scope]

    def remove_fault(self, number: int) -> bool:
        """Take a fault rule out; False when there is none of this number."""
        return self._gate.faults.remove(number)

    def clear_faults(self, project_id: str | None = None) -> None:
        """Take all fault rules out, or one project's."""
        self._gate.faults.clear(project_id or self._project_id)

    # -- looking --------------------------------------------------------------------------------

    def requests(
        self, *, project_id: str | None = None, operation: str | None = None
    ) -> list[Entry]:
        """The last requests to the API, oldest first."""
        scope = project_id or self._project_id
        return self._gate.log.entries(project_id=scope, operation=operation)

    def clear_requests(self) -> None:
        """Empty the request log."""
        self._gate.log.clear()

    def state(self) -> dict[str, Any]:
        """What the emulator holds: jobs by state, clock, progress, machines, faults."""
        return self._cloud.state() | {"faults": [fault.describe() for fault in self.faults()]}

    # -- everything -----------------------------------------------------------------------------

    def snapshot(self) -> bytes:
        """All jobs, results and sessions, as the bytes of an SQLite file."""
        return self._cloud.store.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Go back to a snapshot; unfinished jobs go on. The clock is left alone."""
        self._cloud.restore(snapshot)

    def reset(self, project_id: str | None = None) -> None:
        """Begin anew: no jobs, sessions, faults or log; clock, progress and machines as set up.

        Ids start again too.

        Args:
            project_id: Forget this project's jobs, sessions and faults only, and leave the rest.
        """
        scope = project_id or self._project_id
        self._gate.faults.clear(scope)
        if scope is None:
            self._gate.log.clear()
        self._cloud.reset(scope)
