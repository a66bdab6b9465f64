"""A job and what can be done with it. May import: the generated client and the rest of _async."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from ionq_api.v0_4.api.jobs import cancel_job, delete_job, get_job
from ionq_direct._answers import checked
from ionq_direct._async.results import AsyncResultReader
from ionq_direct._async.waiting import async_wait_for_job
from ionq_direct._result_places import is_multi_circuit
from ionq_direct._result_request import Aggregation, Source, Subject, Wanted
from ionq_direct._shapes import object_or_none
from ionq_direct._status import COMPLETED, has_ended
from ionq_direct._tags import shots_in_tag, tag_of
from ionq_direct.results import MultiResult, Result, ShotList

if TYPE_CHECKING:
    from ionq_direct._async.client import AsyncIonQ

__all__ = ["AsyncJob"]


class AsyncJob:
    """One job on the server, as last seen.

    Attributes:
        id: The job's id.
        data: The job's JSON as last seen; directly after a submission only what that told.
    """

    def __init__(
        self,
        ionq: AsyncIonQ,
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
        """Number of qubits: from the submission, or the server's statistics."""
        told = (object_or_none((self._payload or {}).get("input")) or {}).get("qubits")
        if not isinstance(told, int):
            told = (object_or_none(self.data.get("stats")) or {}).get("qubits")
        return told if isinstance(told, int) else None

    async def refresh(self) -> Self:
        """Look at the job anew.

        Raises:
            NotFound: It was deleted.
            APIError: The server refused to tell.
        """
        response = await get_job.asyncio_detailed(self.id, client=self._ionq.api)
        self.data = checked(response, method="GET", path=f"/jobs/{self.id}").to_dict()
        return self

    async def wait(
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
        self.data = await async_wait_for_job(
            self._ionq.api,
            self.id,
            timeout=timeout,
            poll=self._ionq.options.poll,
            on_progress=on_progress,
            clock=self._ionq.clock,
        )
        return self

    async def result(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        shots: int | None = None,
        qubits: int | None = None,
        sharpen: bool | None = None,
        aggregation: Aggregation | str | None = None,
        source: Source = "probabilities",
        memory: bool = False,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
    ) -> Result | Any:
        """Wait until the job has completed, and fetch what it produced.

        Args:
            timeout: Most seconds to wait.
            shots: Number of shots, for jobs that tell none (loaded by id, ideal simulator).
            qubits: Width of the bitstrings, for jobs that tell none; by default the submission's
                or the server's number, or else as many as the outcomes need.
            sharpen: For debiased jobs, the older form of `aggregation="voting"`.
            aggregation: How to combine a debiased job's variants: `average` (IonQ's default),
                `voting` (by plurality; makes peaks sharper), `dnl`, or what else the server knows.
            source: `probabilities`, which every job has; or `histogram`, the counts themselves,
                which jobs have that ran shots. Counts come out the same.
            memory: Fetch the outcomes shot by shot, too: `result.shots_list`.
            on_progress: Called with the job's JSON after each look.

        Returns:
            A `Result`. For a multi-circuit job a `MultiResult`, in the order of its circuits; a
            type checker is not told, so use `results()` where it should know.

        Raises:
            JobFailed, JobCanceled: It ended otherwise.
            JobTimeout: It had not ended in time. It goes on.
            NoResults: It has none of that kind: a dry run has none at all, the ideal simulator
                neither histogram nor shots.
            InvalidArgument: An argument is out of range; nothing was sent.
            InvalidDistribution: The server sent something else.
            APIError: The result could not be had.
        """
        wanted = Wanted(shots, qubits, sharpen, aggregation, source, memory)
        subject = await self._completed(timeout, on_progress)
        if is_multi_circuit(subject.data):
            return await self._reader.multi(subject, wanted)
        return await self._reader.result(subject, wanted)

    async def results(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        shots: int | None = None,
        sharpen: bool | None = None,
        aggregation: Aggregation | str | None = None,
        source: Source = "probabilities",
        memory: bool = False,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
    ) -> MultiResult:
        """Like `result`, and always a sequence: of one result for a job with one circuit.

        Args:
            timeout: As for `result`.
            shots: As for `result`.
            sharpen: As for `result`.
            aggregation: As for `result`.
            source: As for `result`.
            memory: As for `result`.
            on_progress: As for `result`.

        Raises:
            JobFailed, JobCanceled, JobTimeout, NoResults, InvalidArgument, InvalidDistribution,
            APIError: As for `result`.
        """
        found = await self.result(
            timeout,
            shots=shots,
            sharpen=sharpen,
            aggregation=aggregation,
            source=source,
            memory=memory,
            on_progress=on_progress,
        )
        return found if isinstance(found, MultiResult) else MultiResult([found], job_id=self.id)

    async def variants(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        source: Source = "probabilities",
        memory: bool = False,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
    ) -> list[Result]:
        """Wait until the job has completed, and fetch what each variant of a debiased job gave.

        Args:
            timeout: Most seconds to wait.
            source: As for `result`.
            memory: As for `result`.
            on_progress: Called with the job's JSON after each look.

        Returns:
            A result per variant, in the server's order, each with `variant_id` and `qubit_map`;
            none for a job that was not debiased, or does not tell.

        Raises:
            JobFailed, JobCanceled, JobTimeout, NoResults, InvalidDistribution, APIError: As for
            `result`.
        """
        wanted = Wanted(source=source, memory=memory)
        return await self._reader.variants(await self._completed(timeout, on_progress), wanted)

    async def shots_list(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        register: str | None = None,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
    ) -> ShotList:
        """Wait until the job has completed, and fetch its outcomes shot by shot.

        Args:
            timeout: Most seconds to wait.
            register: A register of an OpenQASM 3 job; None: all qubits.
            on_progress: Called with the job's JSON after each look.

        Returns:
            The outcomes in the order of the shots, as integers whose bit i is qubit i.

        Raises:
            NoResults: The job has none, as on the ideal simulator; or no such register.
            JobFailed, JobCanceled, JobTimeout, InvalidDistribution, APIError: As for `result`.
        """
        subject = await self._completed(timeout, on_progress)
        return await self._reader.shots_list(subject, register)

    async def _completed(
        self,
        timeout: float,  # noqa: ASYNC109 - as above
        on_progress: Callable[[dict[str, Any]], object] | None,
    ) -> Subject:
        # A list of jobs does not tell the parts of one, and a receipt tells next to nothing.
        whole = self.status == COMPLETED and {"results", "child_job_ids"} <= self.data.keys()
        if not whole or on_progress is not None:
            await self.wait(timeout, on_progress=on_progress)
        return Subject.of_job(
            self.data, qubits=self.qubits, shots=self.shots, payload=self._payload
        )

    @property
    def _reader(self) -> AsyncResultReader:
        return AsyncResultReader(self._ionq.api)

    async def cancel(self) -> Self:
        """Ask for the job to be stopped; a job that has ended stays as it is.

        Raises:
            APIError: The server refused.
        """
        response = await cancel_job.asyncio_detailed(self.id, client=self._ionq.api)
        answer = checked(response, method="PUT", path=f"/jobs/{self.id}/status/cancel")
        self.data.update(answer.to_dict())
        return self

    async def delete(self) -> None:
        """Delete the job with its results and history. This cannot be undone.

        Raises:
            APIError: The server refused.
        """
        response = await delete_job.asyncio_detailed(self.id, client=self._ionq.api)
        checked(response, method="DELETE", path=f"/jobs/{self.id}")
        self.data["status"] = "deleted"

    def __repr__(self) -> str:
        return f"AsyncJob(id={self.id!r}, status={self.status!r})"


DEFAULT_SHOTS = 100
"""What IonQ takes when a submission names no shots (the contract's default)."""
