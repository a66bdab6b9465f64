# Generated from overlays/ionq_direct/_async/job.py by scripts.sync_from_async. Do not edit.
"""A job and what can be done with it. May import: the generated client and the rest of _sync."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from ionq_api.v0_4.api.costs import get_job_cost
from ionq_api.v0_4.api.jobs import cancel_job, delete_job, get_job
from ionq_api.v0_4.api.results import get_compiled_file, get_job_artifact
from ionq_direct._answers import checked, exact_object
from ionq_direct._concurrency import call
from ionq_direct._console import job_page
from ionq_direct._job_view import JobView
from ionq_direct._paths import check_path_argument
from ionq_direct._result_places import is_multi_circuit, place_of
from ionq_direct._result_request import Aggregation, Source, Subject, Wanted
from ionq_direct._status import DELETED
from ionq_direct._sync.raw import get_raw
from ionq_direct._sync.results import ResultReader
from ionq_direct._sync.waiting import wait_for_job
from ionq_direct.artifacts import (
    FORMATS,
    UNPUBLISHED,
    Artifact,
    CompiledForm,
    check_form,
    unavailable,
)
from ionq_direct.costs import Cost
from ionq_direct.errors import APIError
from ionq_direct.progress import Progress
from ionq_direct.results import MultiResult, Result, ShotList

if TYPE_CHECKING:
    from ionq_direct._sync.client import IonQ

__all__ = ["Job"]


class Job(JobView):
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
        super().__init__(data, payload=payload)
        self._ionq = ionq

    @property
    def url(self) -> str | None:
        """Its page in IonQ's console; None when the API is not IonQ's own cloud."""
        return job_page(self._ionq.base_url, self.id)

    @property
    def children(self) -> tuple[Job, ...]:
        """Of a multi-circuit job: its parts, in the order of the circuits.

        Only their ids are known; `refresh()` them, or fetch them all with
        `ionq.jobs.iter(ids=job.child_ids)`.
        """
        return tuple(Job(self._ionq, {"id": child}) for child in self.child_ids)

    def refresh(self) -> Self:
        """Look at the job anew.

        Raises:
            NotFound: It was deleted.
            APIError: The server refused to tell.
        """
        response = get_job.sync_detailed(self.id, client=self._ionq.api)
        self.look(checked(response, method="GET", path=f"/jobs/{self.id}").to_dict())
        return self

    def wait(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
        cancel_on_exit: bool = False,
    ) -> Self:
        """Wait until the job has completed. A job that was seen to end is not looked at again.

        Args:
            timeout: Most seconds to wait.
            on_progress: Called with the job's JSON after each look.
            cancel_on_exit: Cancel the job if waiting ends before it does: by an interrupt
                (Ctrl-C), cancellation of the task, the timeout or an error.

        Raises:
            JobFailed, JobCanceled, JobDeleted: It ended otherwise.
            JobTimeout: It had not ended in time. It goes on, unless `cancel_on_exit`.
            NotFound: It was deleted.
            InvalidArgument: `timeout` is no finite number, or negative.
        """

        def look(data: dict[str, Any]) -> None:
            self.look(data)
            if on_progress is not None:
                call(on_progress, data)

        if self.is_settled:
            look(self.data)
        else:
            wait_for_job(
                self._ionq.api,
                self.id,
                timeout=timeout,
                poll=self._ionq.options.poll,
                on_progress=look,
                cancel_on_exit=cancel_on_exit,
                clock=self._ionq.clock,
            )
        self.raise_unless_completed()
        return self

    def result(
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
        cancel_on_exit: bool = False,
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
            cancel_on_exit: As for `wait`.

        Returns:
            A `Result`. For a multi-circuit job a `MultiResult`, in the order of its circuits; a
            type checker is not told, so use `results()` where it should know.

        Raises:
            JobFailed, JobCanceled, JobDeleted: It ended otherwise.
            JobTimeout: It had not ended in time. It goes on, unless `cancel_on_exit`.
            NoResults: It has none of that kind: a dry run has none at all, the ideal simulator
                neither histogram nor shots.
            InvalidArgument: An argument is out of range; nothing was sent.
            InvalidDistribution: The server sent something else.
            APIError: The result could not be had.
        """
        wanted = Wanted(shots, qubits, sharpen, aggregation, source, memory)
        subject = self._completed(timeout, on_progress, cancel_on_exit=cancel_on_exit)
        if is_multi_circuit(subject.data):
            return self._reader.multi(subject, wanted)
        return self._reader.result(subject, wanted)

    def results(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        shots: int | None = None,
        sharpen: bool | None = None,
        aggregation: Aggregation | str | None = None,
        source: Source = "probabilities",
        memory: bool = False,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
        cancel_on_exit: bool = False,
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
            cancel_on_exit: As for `wait`.

        Raises:
            JobFailed, JobCanceled, JobTimeout, NoResults, InvalidArgument, InvalidDistribution,
            APIError: As for `result`.
        """
        found = self.result(
            timeout,
            shots=shots,
            sharpen=sharpen,
            aggregation=aggregation,
            source=source,
            memory=memory,
            on_progress=on_progress,
            cancel_on_exit=cancel_on_exit,
        )
        return found if isinstance(found, MultiResult) else MultiResult([found], job_id=self.id)

    def variants(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        source: Source = "probabilities",
        memory: bool = False,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
        cancel_on_exit: bool = False,
    ) -> list[Result]:
        """Wait until the job has completed, and fetch what each variant of a debiased job gave.

        Args:
            timeout: Most seconds to wait.
            source: As for `result`.
            memory: As for `result`.
            on_progress: Called with the job's JSON after each look.
            cancel_on_exit: As for `wait`.

        Returns:
            A result per variant, in the server's order, each with `variant_id` and `qubit_map`;
            none for a job that was not debiased, or does not tell.

        Raises:
            JobFailed, JobCanceled, JobTimeout, NoResults, InvalidDistribution, APIError: As for
            `result`.
        """
        wanted = Wanted(source=source, memory=memory)
        return self._reader.variants(
            self._completed(timeout, on_progress, cancel_on_exit=cancel_on_exit), wanted
        )

    def shots_list(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        *,
        register: str | None = None,
        on_progress: Callable[[dict[str, Any]], object] | None = None,
        cancel_on_exit: bool = False,
    ) -> ShotList:
        """Wait until the job has completed, and fetch its outcomes shot by shot.

        Args:
            timeout: Most seconds to wait.
            register: A register of an OpenQASM 3 job; None: all qubits.
            on_progress: Called with the job's JSON after each look.
            cancel_on_exit: As for `wait`.

        Returns:
            The outcomes in the order of the shots, as integers whose bit i is qubit i.

        Raises:
            NoResults: The job has none, as on the ideal simulator; or no such register.
            JobFailed, JobCanceled, JobTimeout, InvalidDistribution, APIError: As for `result`.
        """
        subject = self._completed(timeout, on_progress, cancel_on_exit=cancel_on_exit)
        return self._reader.shots_list(subject, register)

    def _completed(
        self,
        timeout: float,  # noqa: ASYNC109 - as above
        on_progress: Callable[[dict[str, Any]], object] | None,
        *,
        cancel_on_exit: bool,
    ) -> Subject:
        self.wait(timeout, on_progress=on_progress, cancel_on_exit=cancel_on_exit)
        if is_multi_circuit(self.data) and "child_job_ids" not in self.data:
            self.refresh()  # lists leave the parts of a job out
        return Subject.of_job(
            self.data, qubits=self.qubits, shots=self.shots, payload=self._payload
        )

    @property
    def _reader(self) -> ResultReader:
        return ResultReader(self._ionq.api)

    def cancel(self) -> Self:
        """Ask for the job to be stopped; a job that has ended stays as it is.

        The status then is what the server answers; `refresh()` tells what came of it.

        Raises:
            APIError: The server refused.
        """
        response = cancel_job.sync_detailed(self.id, client=self._ionq.api)
        answer = checked(response, method="PUT", path=f"/jobs/{self.id}/status/cancel")
        self.told(answer.to_dict())
        return self

    def delete(self) -> None:
        """Delete the job with its results and history. This cannot be undone.

        Raises:
            APIError: The server refused.
        """
        response = delete_job.sync_detailed(self.id, client=self._ionq.api)
        checked(response, method="DELETE", path=f"/jobs/{self.id}")
        self.look({**self.data, "status": DELETED})

    def cost(self) -> Cost:
        """What the job costs: estimated, and charged once it has run.

        Raises:
            NotFound: It was deleted.
            APIError: The server refused to tell.
        """
        response = get_job_cost.sync_detailed(self.id, client=self._ionq.api)
        return Cost.read(exact_object(response, method="GET", path=f"/jobs/{self.id}/cost"))

    def progress(self) -> Progress:
        """How far a multi-circuit job has come; of any other job, whether it has ended.

        Costs one request for every 25 circuits.

        Raises:
            APIError: The server refused to tell.
        """
        counts: Counter[str] = Counter()
        for child in self._ionq.jobs.iter(parent_job_id=self.id):
            counts[child.status] += 1
        if not counts:
            self.refresh()
            counts[self.status] += 1
        return Progress.of(counts)

    def artifact(self, artifact_id: str) -> Artifact:
        """Something that the job has published.

        Args:
            artifact_id: Its id, as in `job.compiled_circuits` or `job.data["results"]`.

        Raises:
            NotFound: There is none with that id.
            Forbidden: The organization has no access to it.
            InvalidArgument: This cannot be an id.
        """
        wanted = check_path_argument("artifact_id", artifact_id)
        place = place_of(get_job_artifact, self.id, wanted)
        return Artifact.read(get_raw(self._ionq.api, place.url))

    def compiled(self, form: CompiledForm = "native") -> Artifact:
        """The circuit as the server compiled it.

        Where the job names the compiled circuit among its artifacts, that is it. The older
        address for it has answered 410 since June 2026 (facts 1.11).

        Args:
            form: `native` (IonQ's native gates) or `qasm3` (OpenQASM 3).

        Raises:
            CircuitUnavailable: The server has published none in this form.
            Forbidden: The organization has no access to it.
            InvalidArgument: There is no such form.
        """
        check_form(form)
        if not self._looked:
            self.refresh()
        pointer = self.compiled_circuits.get(FORMATS[form])
        if pointer is not None:
            artifact = self.artifact(pointer.id)
            return artifact.described_by(pointer)
        place = place_of(get_compiled_file, self.id, form)
        try:
            return Artifact.read(get_raw(self._ionq.api, place.url), FORMATS[form])
        except APIError as error:
            if error.status not in UNPUBLISHED:
                raise
            raise unavailable(self.id, form, error, list(self.compiled_circuits)) from error

    def clone(self, *, payload: Mapping[str, Any] | None = None, **changes: Any) -> Job:
        """Submit the same program as a new job.

        Args:
            payload: The program, for jobs that were not submitted by this object: IonQ does not
                tell a job's circuit.
            changes: What shall be different, as in `clone(shots=2000)`; None takes a field out.

        Raises:
            InvalidArgument: The job was not submitted by this client and no payload is given.
            InvalidJob, APIError, SubmissionUnknown: As for `ionq.submit`.
        """
        return self._ionq.resubmit(self, payload=payload, **changes)
