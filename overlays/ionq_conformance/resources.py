"""What there is on a server, so that requests can name what exists.

May import: api, the contract's types, world. It reads, and makes jobs where the profile allows it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from ionq_conformance.api import NoAnswerError, Reply
from ionq_conformance.contract import Json, Operation
from ionq_conformance.world import BELL, QPU, SHOTS, TERMINAL, World

__all__ = ["Place", "Resources"]

_JOBS: Final = 2
_MOST: Final = 3
_WAIT_SECONDS: Final = 20.0

Place = dict[str, str]
"""Path parameters that lead to something."""


@dataclass(slots=True)
class Resources:
    """Path parameters that lead to something, by the names of the parameters.

    Attributes:
        world: The server.
        places: By the parameters' names, sorted.
    """

    world: World
    places: dict[tuple[str, ...], list[Place]] = field(
        default_factory=dict[tuple[str, ...], list[Place]]
    )

    def collect(self) -> None:
        """Look for what there is, and make jobs where that is allowed."""
        for look in (self._backends, self._sessions, self._jobs):
            try:
                look()
            except NoAnswerError:
                continue  # counted as a failure already

    def of(self, operation: Operation) -> list[Place]:
        """Path parameters of an operation that lead to something; the rest is to be generated."""
        names = set(re.findall(r"\{([^}]*)\}", operation.path)) - {"lang"}
        return self.places.get(tuple(sorted(names)), [])

    @property
    def backends(self) -> list[str]:
        """Names of backends."""
        return [place["backend"] for place in self.places.get(("backend",), [])]

    def _add(self, **place: str) -> None:
        if all(place.values()):
            self.places.setdefault(tuple(sorted(place)), []).append(place)

    def _backends(self) -> None:
        api = self.world.api
        listing = api.call("getBackends", key=None).objects
        names = [name for one in listing if isinstance(name := one.get("backend"), str)]
        for name in names[:_MOST]:
            self._add(backend=name)
            found = api.call("getCharacterizationsForBackend", name, query={"limit": 1})
            for one in found.items("characterizations"):
                self._add(backend=name, UUID=_id(one))

    def _sessions(self) -> None:
        if self.world.profile.writes == "all":
            self.world.api.call("CreateSession", body={"backend": QPU})
        reply = self.world.api.call("GetSessions")
        organization: object = reply.object.get("organization_id")
        if isinstance(organization, str):
            self._add(organization_id=organization)
        for one in reply.items("sessions")[:_MOST]:
            self._add(session_id=_id(one))

    def _jobs(self) -> None:
        made = [self._ended(job_id) for job_id in self._made()]
        jobs = [reply.object for reply in made if reply.fine]
        if not jobs:
            listed = self.world.api.call("GetJobs", query={"limit": _MOST})
            jobs = [self.world.get(_id(job)).object for job in listed.items("jobs")[:_MOST]]
        for job in jobs:
            self._add(UUID=_id(job))
            for artifact in _artifacts(job):
                self._add(UUID=_id(job), artifactId=artifact)
            for variant in _variants(job):
                self._add(UUID=_id(job), variantId=variant)

    def _made(self) -> list[str]:
        """Jobs with all kinds of results: with shots, with parts, and with variants."""
        world = self.world
        if world.profile.writes == "none" or world.ledger.left < _JOBS:
            return []
        parts = {"gateset": "qis", "qubits": 2, "circuits": [{"circuit": BELL}, {"circuit": BELL}]}
        made = [
            world.submit(noise={"model": "aria-1", "seed": 1}),
            world.submit(type="ionq.multi-circuit.v1", input=parts),
        ]
        if world.profile.writes == "all":
            debiasing = {"error_mitigation": {"debiasing": True}}
            made.append(world.submit(backend=QPU, shots=SHOTS, settings=debiasing))
        return [job_id for job_id in made if job_id]

    def _ended(self, job_id: str) -> Reply:
        """The job once it has ended, or as it is when that takes too long."""
        deadline = time.monotonic() + min(_WAIT_SECONDS, self.world.wait)
        while True:
            reply = self.world.get(job_id)
            ended = reply.object.get("status") in TERMINAL or not reply.fine
            if ended or time.monotonic() > deadline:
                return reply
            time.sleep(0.1)


def _id(one: Json) -> str:
    found: object = one.get("id")
    return found if isinstance(found, str) else ""


def _object(one: Json, *path: str) -> Json:
    for name in path:
        found: object = one.get(name)
        one = cast("Json", found) if isinstance(found, dict) else {}
    return one


def _artifacts(job: Json) -> Iterator[str]:
    """Ids of the results that are artifacts."""
    for result in _object(job, "results").values():
        if isinstance(result, dict):
            yield _id(cast("Json", result))


def _variants(job: Json) -> Iterator[str]:
    """Ids of the variants of a debiased job."""
    found: object = _object(job, "output", "error_mitigation", "debiasing").get("variants")
    for one in cast("list[object]", found if isinstance(found, list) else [])[:_MOST]:
        if isinstance(one, dict):
            variant: object = cast("Json", one).get("variant_id")
            yield str(variant) if isinstance(variant, str | int) else ""
