"""What a job's JSON tells, whatever is missing from it. May import: what has no I/O.

Common to `Job` and `AsyncJob`. Everything is read from `data`, the JSON as last seen; what is
absent, or of another type than the contract says, is None or empty here and raw there.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from ionq_direct._language import DEFAULT_SHOTS
from ionq_direct._outcome import raise_unless_completed
from ionq_direct._shapes import (
    object_or_none,
    text_or_none,
    texts_in,
    whole_or_none,
)
from ionq_direct._status import has_ended
from ionq_direct._tags import shots_in_tag, tag_of
from ionq_direct._times import milliseconds, moment_or_none
from ionq_direct.artifacts import ArtifactPointer

__all__ = ["Failure", "JobView"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed.

    Attributes:
        code: IonQ's failure code, such as `NotEnoughQubits`; not limited to the published list.
        message: IonQ's explanation, whether the server names it `message` or `error`.
    """

    code: str | None
    message: str | None


class JobView:
    """One job on the server, as last seen.

    Attributes:
        id: The job's id.
        data: The job's JSON as last seen; directly after a submission only what that told.
    """

    def __init__(
        self, data: Mapping[str, Any], *, payload: Mapping[str, Any] | None = None
    ) -> None:
        self.id = str(data["id"])
        self.data = dict(data)
        self._payload = payload
        # The server's own view of the job, as opposed to the answer to a submission or a
        # cancellation: that of a cancellation says `canceled` of a job that has completed, too.
        self._looked = "submitted_at" in data or "backend" in data

    def look(self, data: Mapping[str, Any]) -> None:
        """Take over the job's JSON as the server has just shown it."""
        kept = {"child_job_ids": list(self.child_ids)} if self.child_ids else {}
        self.data = {**kept, **data, "id": self.id}  # lists leave the children out
        self._looked = True

    def told(self, answer: Mapping[str, Any]) -> None:
        """Take over what the server answers to a request about the job, short of showing it."""
        self.data.update(answer, id=self.id)
        self._looked = False

    # --- State ---

    @property
    def status(self) -> str:
        """The status as last seen: submitted, ready, started, completed, failed or canceled.

        `deleted` once the job is gone; `unseen` of one that only its id is known of; any other
        text is a status that the contract does not know.
        """
        told = self.data.get("status")
        return "unseen" if told is None else str(told)

    @property
    def has_ended(self) -> bool:
        """Whether the status as last seen is final."""
        return has_ended(self.data.get("status"))

    @property
    def is_settled(self) -> bool:
        """Whether the server itself has shown the job to have ended, so that no look is needed."""
        return self._looked and self.has_ended

    @property
    def failure(self) -> Failure | None:
        """Why it failed, if it did and the server says so."""
        told = object_or_none(self.data.get("failure"))
        if told is None:
            return None
        texts = (text_or_none(told.get(name)) for name in ("message", "error"))
        code = told.get("code")
        return Failure(
            code=None if code is None else str(code),
            message=next((text for text in texts if text and text.strip()), None),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the server warns of."""
        return texts_in((object_or_none(self.data.get("warning")) or {}).get("messages"))

    def raise_unless_completed(self) -> None:
        """Raise what the job's end calls for, by the status as last seen.

        Raises:
            JobFailed: It failed; carries IonQ's code and message.
            JobCanceled: It was canceled.
            JobDeleted: It is gone.
        """
        raise_unless_completed(self.data, self.id)

    # --- What it is ---

    @property
    def name(self) -> str | None:
        """The name its submitter gave it."""
        return text_or_none(self.data.get("name")) or text_or_none(self._sent.get("name"))

    @property
    def type(self) -> str | None:
        """What kind of program it is, such as `ionq.circuit.v1`."""
        return text_or_none(self.data.get("type")) or text_or_none(self._sent.get("type"))

    @property
    def backend(self) -> str | None:
        """Where it runs, such as `qpu.forte-1` or `simulator`."""
        return text_or_none(self.data.get("backend")) or text_or_none(self._sent.get("backend"))

    @property
    def metadata(self) -> Mapping[str, str]:
        """The metadata, the library's own tag included; empty when there is none."""
        told = object_or_none(self.data.get("metadata"))
        if told is None:
            told = object_or_none(self._sent.get("metadata")) or {}
        return MappingProxyType({str(key): str(value) for key, value in told.items()})

    @property
    def tag(self) -> str | None:
        """The tag this library gave the submission; None for jobs that were sent otherwise."""
        return tag_of(self.data.get("metadata")) or tag_of(self._sent.get("metadata"))

    @property
    def payload(self) -> Mapping[str, Any] | None:
        """The job as it was submitted, its tag included; None when another process did that."""
        return self._payload

    @property
    def shots(self) -> int | None:
        """Number of shots: from the server, the submission, or the tag; None if none of them tells.

        A submission without shots gets 100, which is IonQ's default.
        """
        told = whole_or_none(self.data.get("shots"))
        if told is None and self._payload is not None:
            told = whole_or_none(self._payload.get("shots", DEFAULT_SHOTS))
        return shots_in_tag(self.tag) if told is None else told

    @property
    def qubits(self) -> int | None:
        """Number of qubits: from the submission, or the server's statistics."""
        told = whole_or_none((object_or_none(self._sent.get("input")) or {}).get("qubits"))
        return whole_or_none(self.stats.get("qubits")) if told is None else told

    @property
    def is_dry_run(self) -> bool:
        """Whether it is compiled and priced but not run."""
        told = self.data.get("dry_run")
        return told if isinstance(told, bool) else self._sent.get("dry_run") is True

    @property
    def noise_model(self) -> str | None:
        """The noise model of a job on the simulator."""
        return text_or_none((object_or_none(self.data.get("noise")) or {}).get("model"))

    @property
    def settings(self) -> Mapping[str, Any]:
        """Compilation and error mitigation as the server has settled them."""
        return object_or_none(self.data.get("settings")) or {}

    @property
    def stats(self) -> Mapping[str, Any]:
        """The server's statistics: qubits, gate counts, quantum compute time in µs."""
        return object_or_none(self.data.get("stats")) or {}

    @property
    def gate_counts(self) -> Mapping[str, int]:
        """Gates after compilation by kind, as in `{"1q": 12, "2q": 3}`; empty when not told."""
        told = object_or_none(self.stats.get("gate_counts")) or {}
        counts = {name: whole_or_none(count) for name, count in told.items()}
        return {name: count for name, count in counts.items() if count is not None}

    # --- What it belongs to ---

    @property
    def project_id(self) -> str | None:
        """Its project."""
        return text_or_none(self.data.get("project_id"))

    @property
    def submitter_id(self) -> str | None:
        """Whose key submitted it."""
        return text_or_none(self.data.get("submitter_id"))

    @property
    def session_id(self) -> str | None:
        """The session it runs in."""
        return text_or_none(self.data.get("session_id"))

    @property
    def parent_id(self) -> str | None:
        """The multi-circuit job that it is a part of."""
        return text_or_none(self.data.get("parent_job_id"))

    @property
    def child_ids(self) -> tuple[str, ...]:
        """Of a multi-circuit job: its parts, in the order of the circuits.

        Lists of jobs leave this out; `refresh()` brings it.
        """
        return texts_in(self.data.get("child_job_ids"))

    # --- Times ---

    @property
    def submitted_at(self) -> datetime | None:
        """When the server accepted it."""
        return moment_or_none(self.data.get("submitted_at"))

    @property
    def started_at(self) -> datetime | None:
        """When it began to run."""
        return moment_or_none(self.data.get("started_at"))

    @property
    def completed_at(self) -> datetime | None:
        """When it ended."""
        return moment_or_none(self.data.get("completed_at"))

    @property
    def predicted_wait(self) -> timedelta | None:
        """How long the server expects it to wait in the queue (ms on the wire)."""
        return milliseconds(self.data.get("predicted_wait_time_ms"))

    @property
    def predicted_execution(self) -> timedelta | None:
        """How long the server expects it to run (ms on the wire)."""
        return milliseconds(self.data.get("predicted_execution_duration_ms"))

    @property
    def execution_time(self) -> timedelta | None:
        """How long it ran (ms on the wire)."""
        return milliseconds(self.data.get("execution_duration_ms"))

    # --- What it published ---

    @property
    def compiled_circuits(self) -> dict[str, ArtifactPointer]:
        """Compiled circuits by format (`ionq.native.v1`, ...), from the job's `output`.

        Empty where the server publishes none; production did not in mid-2026 unless the job asked
        for `settings.compilation.service_version = "v0.4"` (facts 1.3).
        """
        output = object_or_none(self.data.get("output")) or {}
        compilation = object_or_none(output.get("compilation")) or {}
        published = object_or_none(compilation.get("compiled_circuits")) or {}
        found: dict[str, ArtifactPointer] = {}
        for name, value in published.items():
            pointer = object_or_none(value) or {}
            artifact = text_or_none(pointer.get("id"))
            if artifact:
                form = text_or_none(pointer.get("format")) or str(name)
                media = text_or_none(pointer.get("media_type"))
                found[str(name)] = ArtifactPointer(artifact, form, media)
        return found

    @property
    def _sent(self) -> Mapping[str, Any]:
        return self._payload or {}

    # --- To look at ---

    def __repr__(self) -> str:
        return f"{type(self).__name__}(id={self.id!r}, status={self.status!r})"

    def _repr_html_(self) -> str:
        """A small table, for notebooks."""
        rows = {
            "job": self.id,
            "status": self.status,
            "backend": self.backend,
            "name": self.name,
            "shots": self.shots,
            "qubits": self.qubits,
            "submitted": self.submitted_at,
            "failure": self.failure.message if self.failure else None,
        }
        cells = "".join(
            f"<tr><th>{name}</th><td>{html.escape(str(value))}</td></tr>"
            for name, value in rows.items()
            if value is not None
        )
        return f"<table>{cells}</table>"
