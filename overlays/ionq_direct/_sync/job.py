# Generated from overlays/ionq_direct/_async/job.py by scripts.sync_from_async. Do not edit.
"""A job and what can be done with it. May import: the generated client and the rest of _sync."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from ionq_api.v0_4.api.costs import get_job_cost
from ionq_api.v0_4.api.jobs import cancel_job, delete_job, get_job
from ionq_api.v0_4.api.results import (
    get_compiled_file,
    get_job_artifact,
    get_job_probabilities,
)
from ionq_api.v0_4.models.get_compiled_file_lang import GetCompiledFileLang
from ionq_direct._answers import checked, exact_object
from ionq_direct._concurrency import call
from ionq_direct._console import job_page
from ionq_direct._job_view import JobView
from ionq_direct._paths import check_path_argument
from ionq_direct._status import DELETED
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
from ionq_direct.errors import APIError, IonQError
from ionq_direct.progress import Progress
from ionq_direct.results import Result

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

        if not self.is_settled:
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
        on_progress: Callable[[dict[str, Any]], object] | None = None,
        cancel_on_exit: bool = False,
    ) -> Result:
        """Wait until the job has completed, and fetch what it produced.

        Args:
            timeout: Most seconds to wait.
            shots: Number of shots, for jobs that tell none (loaded by id, ideal simulator).
            on_progress: Called with the job's JSON after each look.
            cancel_on_exit: As for `wait`.

        Raises:
            JobFailed, JobCanceled, JobDeleted: It ended otherwise.
            JobTimeout: It had not ended in time. It goes on, unless `cancel_on_exit`.
            APIError: The result could not be had.
        """
        self.wait(timeout, on_progress=on_progress, cancel_on_exit=cancel_on_exit)
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
        response = get_job_artifact.sync_detailed(self.id, wanted, client=self._ionq.api)
        path = f"/jobs/{self.id}/artifacts/{wanted}"
        return Artifact.read(response, method="GET", path=path)

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
        response = get_compiled_file.sync_detailed(
            self.id, GetCompiledFileLang(form), client=self._ionq.api
        )
        try:
            return Artifact.read(response, method="GET", path=f"/jobs/{self.id}/circuits/{form}")
        except APIError as error:
            if error.status not in UNPUBLISHED:
                raise
            raise unavailable(self.id, form, error, list(self.compiled_circuits)) from error

    def clone(self, *, payload: Mapping[str, Any] | None = None, **changes: Any) -> Job:
        """Submit the same program as a new job.

        Args:
            payload: The program, for jobs that were not submitted by this object: IonQ does not
                tell a job's circuit.
            changes: What shall be different, as in `clone(shots=2000)`.

        Raises:
            InvalidArgument: The job was not submitted by this object and no payload is given.
            InvalidJob, APIError, SubmissionUnknown: As for `ionq.submit`.
        """
        return self._ionq.submit(self.payload_again(payload, changes))


def _width(distribution: Mapping[str, float]) -> int:
    try:
        return max((int(outcome).bit_length() for outcome in distribution), default=1) or 1
    except ValueError as error:
        raise IonQError(f"the server sent outcomes that are no decimal numbers: {error}") from error
