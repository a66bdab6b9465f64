"""The server as scenarios and the client's phase see it: jobs of this run, and waiting for them.

May import: api, ledger, profiles; the standard library.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ionq_conformance.api import Api, Reply
from ionq_conformance.contract import Json
from ionq_conformance.ledger import MARK, Ledger
from ionq_conformance.profiles import FREE_BACKEND, Profile

__all__ = ["BELL", "QPU", "SHOTS", "TERMINAL", "World"]

SHOTS: Final = 1000
QPU: Final = "qpu.forte-1"
"""A quantum computer that every document so far lists; it gets dry runs and questions of price."""
TERMINAL: Final = frozenset({"completed", "failed", "canceled"})
BELL: Final = [
    {"gate": "h", "target": 0},
    {"gate": "cnot", "control": 0, "target": 1},
]


@dataclass(slots=True)
class World:
    """The server, and what may be done to it.

    Attributes:
        api: The server.
        profile: What may be sent.
        ledger: Jobs of this run.
        second_key: A key of another project; None: there is none.
        wait: Longest wait for a job, in seconds.
    """

    api: Api
    profile: Profile
    ledger: Ledger
    second_key: str | None
    wait: float

    def job(self, **changes: Any) -> Json:
        """A Bell pair on the free simulator, marked as this run's."""
        return {
            "type": "ionq.circuit.v1",
            "name": "conformance",
            "backend": FREE_BACKEND,
            "shots": SHOTS,
            "metadata": {MARK: self.ledger.run},
            "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
        } | changes

    def submit(self, **changes: Any) -> str:
        """Create a job; empty where the server did not."""
        reply = self.api.call("CreateJob", body=self.job(**changes))
        self.api.claim("creates", reply.status == 201, "Job was not created", reply)
        self.api.claim("gives_an_id", bool(reply.id), "Created without an id", reply)
        return reply.id

    def get(self, job_id: str) -> Reply:
        """One look at a job."""
        return self.api.call("GetJob", job_id)

    def watch(self, job_id: str) -> Iterator[Reply]:
        """Look until the job has ended, or it takes too long."""
        deadline = time.monotonic() + self.wait
        pause = 0.0
        while True:
            reply = self.get(job_id)
            yield reply
            status = reply.object.get("status")
            if status in TERMINAL or not isinstance(status, str) or not reply.fine:
                return
            if time.monotonic() > deadline:
                break
            time.sleep(pause)
            pause = min(1.0, pause * 1.5 + 0.005)
        detail = f"It has not in {self.wait:.0f} s."
        self.api.claim("ends", False, "Job does not end", reply, detail=detail)

    def ended(self, job_id: str) -> Reply:
        """The job once it has ended."""
        return list(self.watch(job_id))[-1]
