# Generated from overlays/ionq_direct/_async/job.py by scripts.sync_from_async. Do not edit.
"""A job and what can be done with it. May import: the generated client and the rest of _sync."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from ionq_api.v0_4.api.jobs import cancel_job, delete_job, get_job
from ionq_api.v0_4.api.results import get_job_probabilities
from ionq_direct._answers import checked
from ionq_direct._shapes import object_or_none
from ionq_direct._status import has_ended
from ionq_direct._sync.waiting import wait_for_job
from ionq_direct._tags import shots_in_tag, tag_of
from ionq_direct.errors import IonQError
from ionq_direct.results import Result

if TYPE_CHECKING:
    from ionq_direct._sync.client import IonQ

__all__ = ["Job"]


class Job:
    """One job on the server, as last seen.

    Attributes:
        id: The job's id.
        data: The job's JSON as last seen; directly after a submission only what that told.
    """

    def __init__(
        self,
        ionq: IonQ,
        data: Mapping[str, Any],
        *,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        self._ionq = ionq
        self.id = str(data["id"])
        self.data = dict(data)
        self._payload = payload

    @property
    def status(self) -> str:
        """The status as last seen: submitted, ready, started, completed, failed or canceled."""
        return str(self.data.get("status"))

    @property
    def has_ended(self) -> bool:
        """Whether the status as last seen is final."""
        return has_ended(self.data.get("status"))

    @property
    def tag(self) -> str | None:
        """The tag this library gave the submission; None for jobs that were sent otherwise."""
        return tag_of(self.data.get("metadata")) or tag_of((self._payload or {}).get("metadata"))

    @property
    def payload(self) -> Mapping[str, Any] | None:
        """The job as it was submitted, its tag included; None when another process did that."""
        return self._payload

    @property
    def shots(self) -> int | None:
        """Number of shots: from the server, the submission, or the tag; None if none of them tells.

        A submission without shots gets 100, which is IonQ's default.
        """
        told = self.data.get("shots")
        if isinstance(told, int):
            return told
        if self._payload is not None:
            return int(self._payload.get("shots", DEFAULT_SHOTS))
        return shots_in_tag(self.tag)

    @property
    def qubits(self) -> int | None:
        """Number of qubits: from the server's statistics, or the submission."""
        told = (object_or_none(self.data.get("stats")) or {}).get("qubits")
        if not isinstance(told, int):
            told = (object_or_none((self._payload or {}).get("input")) or {}).get("qubits")
        return told if isinstance(told, int) else None

    def refresh(self) -> Self:
        """Look at the job anew.

        Raises:
            NotFound: It was deleted.
            APIError: The server refused to tell.
        """
        response = get_job.sync_detailed(self.id, client=self._ionq.api)
        self.data = checked(response, method="GET", path=f"/jobs/{self.id}").to_dict()
        return self

    def wait(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
    ) -> Self:
        """Wait until the job has completed.

        Args:
            timeout: Most seconds to wait.
            on_progress: Called with the job's JSON after each look.

        Raises:
            JobFailed, JobCanceled: It ended otherwise.
            JobTimeout: It had not ended in time. It goes on.
        """
        self.data = wait_for_job(
            self._ionq.api,
            self.id,
            timeout=timeout,
            poll=self._ionq.options.poll,
            on_progress=on_progress,
            clock=self._ionq.clock,
        )
        return self

    def result(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        shots: int | None = None,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
    ) -> Result:
        """Wait until the job has completed, and fetch what it produced.

        Args:
            timeout: Most seconds to wait.
            shots: Number of shots, for jobs that tell none (loaded by id, ideal simulator).
            on_progress: Called with the job's JSON after each look.

        Raises:
            JobFailed, JobCanceled: It ended otherwise.
            JobTimeout: It had not ended in time. It goes on.
            APIError: The result could not be had.
        """
        self.wait(timeout, on_progress=on_progress)
        response = get_job_probabilities.sync_detailed(self.id, client=self._ionq.api)
        path = f"/jobs/{self.id}/results/probabilities"
        distribution = checked(response, method="GET", path=path).to_dict()
        qubits = self.qubits or _width(distribution)
        return Result(
            distribution,
            job_id=self.id,
            qubits=qubits,
            shots=shots if shots is not None else self.shots,
        )

    def cancel(self) -> Self:
        """Ask for the job to be stopped; a job that has ended stays as it is.

        Raises:
            APIError: The server refused.
        """
        response = cancel_job.sync_detailed(self.id, client=self._ionq.api)
        answer = checked(response, method="PUT", path=f"/jobs/{self.id}/status/cancel")
        self.data.update(answer.to_dict())
        return self

    def delete(self) -> None:
        """Delete the job with its results and history. This cannot be undone.

        Raises:
            APIError: The server refused.
        """
        response = delete_job.sync_detailed(self.id, client=self._ionq.api)
        checked(response, method="DELETE", path=f"/jobs/{self.id}")
        self.data["status"] = "deleted"

    def __repr__(self) -> str:
        return f"Job(id={self.id!r}, status={self.status!r})"


DEFAULT_SHOTS = 100
"""What IonQ takes when a submission names no shots (the contract's default)."""


def _width(distribution: Mapping[str, float]) -> int:
    try:
        return max((int(outcome).bit_length() for outcome in distribution), default=1) or 1
    except ValueError as error:
        raise IonQError(f"the server sent outcomes that are no decimal numbers: {error}") from error
