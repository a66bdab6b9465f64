# Generated from overlays/ionq_direct/_async/client.py by scripts.sync_from_async. Do not edit.
"""IonQ: the library's front door. May import: everything of this package."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal, Unpack, overload

from ionq_api.v0_4.api.health import get_health
from ionq_api.v0_4.api.whoami import get_whoami
from ionq_direct._answers import checked
from ionq_direct._console import jobs_page
from ionq_direct._estimation import EstimateInputs, inputs_of
from ionq_direct._ids import check_id, collection_of, unique_ids
from ionq_direct._polling import check_timeout
from ionq_direct._sessions import session_request
from ionq_direct._sync.backends import Backends, Characterizations
from ionq_direct._sync.base import ClientBase
from ionq_direct._sync.group import JobGroup
from ionq_direct._sync.job import Job
from ionq_direct._sync.jobs import Jobs
from ionq_direct._sync.many import JobStream, Lookout
from ionq_direct._sync.money import estimate, usage
from ionq_direct._sync.sessions import Session, Sessions
from ionq_direct._tags import RESERVED_KEYS, with_tag, without_tag
from ionq_direct._times import Day
from ionq_direct.account import Health, UsageReport, Whoami
from ionq_direct.circuits import JobOptions, as_payload
from ionq_direct.costs import Estimate, Money
from ionq_direct.errors import (
    InvalidArgument,
    InvalidJob,
    IonQError,
    SubmissionsFailed,
    SubmissionUnknown,
)
from ionq_direct.packing import PackLimits, pack_payloads
from ionq_direct.progress import WaitProgress
from ionq_direct.submissions import SubmissionProgress
from ionq_direct.validation import check_is_json, validate_payload

__all__ = ["IonQ"]


class IonQ(ClientBase):
    """A client of IonQ's quantum cloud.

    Safe to share between threads and tasks. Use it as a context manager, or close it.

    Args:
        api_key: The API key; by default the environment's `IONQ_API_KEY`.
        base_url: Where the API is, with its version; by default `IONQ_API_URL`, else IonQ's cloud.
        options: Timeouts (s), retries and the like.
        clock: Where time comes from; tests replace it.
        changes: Single options by name, such as `timeout=30` (s, the whole of a call),
            `retry=RetryPolicy(...)`, `headers={...}`, `user_agent="my-sdk/2.1"`, `strict=True`:
            see `Options`.

    Attributes:
        api: The generated client, configured: `get_job.asyncio(id, client=ionq.api)`.
        options: The options in force.

    Raises:
        ConfigurationError: There is no key, or an option is out of range.
    """

    # --- Submissions ---

    def submit(
        self,
        payload: Any,
        *,
        tag: str | None = None,
        sent_before: bool = True,
        validate: bool | None = None,
        extra: Mapping[str, Any] | None = None,
        **options: Unpack[JobOptions],
    ) -> Job:
        """Submit a job once and only once, whatever the network does.

        When it is not known what became of a sending, the job is looked for by its tag among the
        recent jobs before anything is sent again; see `SubmissionPolicy` for how long.

        Args:
            payload: The job: a circuit, a list of circuits, a dict, or a model of the generated
                client.
            tag: Your own name for this submission, 8 to 200 letters, digits and `. _ : -`. If the
                server has a job with this tag, that job is returned and nothing is sent. That
                takes a search of `SubmissionPolicy.settle` seconds for a job that is not there.
            sent_before: Whether a submission with your tag may have been sent before. If you know
                that it was not, False saves the search.
            validate: Whether to check the job against IonQ's rules before anything is sent; None:
                as the client's options say.
            extra: Fields that the API document does not have.
            **options: `backend`, `shots` and so on, in place of what the payload says: see
                `JobOptions`.

        Returns:
            The job, just submitted.

        Raises:
            InvalidJob: The payload breaks a rule of IonQ's; nothing was sent.
            InvalidArgument: Your tag is malformed, or in use by another thread or task.
            APIError: The job is not at IonQ: it was refused, or the server kept failing.
            ConnectionFailed, RequestTimeout: The job is not at IonQ: it could not be sent, or was
                sent without an answer and is not there.
            SubmissionUnknown: It cannot be told whether the server has the job; settle it with
                `find_submission(error.tag)`.
        """
        body = self._body(payload, validate, extra, options)
        data, tag = self._submitting.one(body, tag, sent_before=sent_before)
        return self._submitted_job(data, body, tag)

    @overload
    def submit_many(
        self,
        payloads: Iterable[Any],
        *,
        concurrency: int = ...,
        journal: str | os.PathLike[str] | None = ...,
        on_progress: Callable[[SubmissionProgress], object] | None = ...,
        return_exceptions: Literal[False] = ...,
        pack: Literal[False] = ...,
        limits: PackLimits | None = ...,
        validate: bool | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **options: Unpack[JobOptions],
    ) -> list[Job]: ...

    @overload
    def submit_many(
        self,
        payloads: Iterable[Any],
        *,
        concurrency: int = ...,
        journal: str | os.PathLike[str] | None = ...,
        on_progress: Callable[[SubmissionProgress], object] | None = ...,
        return_exceptions: Literal[True],
        pack: Literal[False] = ...,
        limits: PackLimits | None = ...,
        validate: bool | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **options: Unpack[JobOptions],
    ) -> list[Job | IonQError]: ...

    @overload
    def submit_many(
        self,
        payloads: Iterable[Any],
        *,
        concurrency: int = ...,
        journal: str | os.PathLike[str] | None = ...,
        on_progress: Callable[[SubmissionProgress], object] | None = ...,
        return_exceptions: Literal[False] = ...,
        pack: Literal[True],
        limits: PackLimits | None = ...,
        validate: bool | None = ...,
        extra: Mapping[str, Any] | None = ...,
        **options: Unpack[JobOptions],
    ) -> JobGroup: ...

    def submit_many(
        self,
        payloads: Iterable[Any],
        *,
        concurrency: int = 8,
        journal: str | os.PathLike[str] | None = None,
        on_progress: Callable[[SubmissionProgress], object] | None = None,
        return_exceptions: bool = False,
        pack: bool = False,
        limits: PackLimits | None = None,
        validate: bool | None = None,
        extra: Mapping[str, Any] | None = None,
        **options: Unpack[JobOptions],
    ) -> list[Job] | list[Job | IonQError] | JobGroup:
        """Submit many jobs, each once and only once, a bounded number at a time.

        The failure of one does not end the run, unless it may be everybody's (a wrong key, a
        server that cannot be reached): then what is under way is finished and no further payload
        is begun.

        With a journal the run survives its process. The tag of each payload is on disk before it
        is sent, and the id of its job when that is known. Run it again with the same payloads,
        after a crash or an error: what has a job is left alone, what may have one is looked for,
        the rest is sent. The journal holds the payloads and never the API key.

        Args:
            payloads: The jobs, each as for `submit`.
            concurrency: How many are sent at a time.
            journal: Path of the journal, made when missing. One run at a time can have it open.
            on_progress: Called before the first and after each submission, never twice at once.
                What it raises ends the run: nothing further is begun.
            return_exceptions: Return failures in the place of their jobs instead of raising.
            pack: Put circuits that share backend, shots, noise, settings and metadata into common
                multi-circuit jobs, as `pack_circuits` does.
            limits: What fits into one job, when packing; by default what IonQ takes.
            validate: As for `submit`; all payloads are checked before the first is sent.
            extra: As for `submit`, for each job.
            **options: As for `submit`, for each job.

        Returns:
            The jobs in the order of the payloads; when packing, one group of jobs whose `result`
            is in that order.

        Raises:
            InvalidJob: A payload breaks a rule of IonQ's; nothing was sent.
            InvalidArgument: The journal belongs to other payloads (the first that differs is
                named), another server or project, or is in use.
            SubmissionsFailed: Some payloads made no job; its `outcomes` tell of each, those that
                did included.
        """
        bodies = [
            self._body(payload, validate, extra, options, position)
            for position, payload in enumerate(collection_of("payloads", "jobs", payloads))
        ]
        if pack and return_exceptions:
            rule = "cannot be combined with pack: a failed pack leaves no place for its results"
            raise InvalidArgument(name="return_exceptions", value=True, rule=rule)
        packs = pack_payloads(bodies, limits or PackLimits()) if pack else []
        sent = [packed.payload for packed in packs] if pack else bodies
        run = self._submitting.many(
            sent, concurrency=concurrency, journal=journal, on_progress=on_progress
        )
        outcomes = run.outcomes()
        if run.failure is not None and not return_exceptions:
            raise SubmissionsFailed(outcomes) from run.failure
        jobs = [
            self._submitted_job(data, body, outcome.tag)
            if data is not None
            else outcome.error or SubmissionUnknown(outcome.tag)
            for data, body, outcome in zip(run.jobs(), sent, outcomes, strict=True)
        ]
        if pack:
            return JobGroup(self, [job for job in jobs if isinstance(job, Job)], packs)
        return jobs

    def resubmit(
        self,
        job: Job | str,
        *,
        payload: Any = None,
        journal: str | os.PathLike[str] | None = None,
        tag: str | None = None,
        validate: bool | None = None,
        **changes: Any,
    ) -> Job:
        """Submit a job anew, with changes.

        IonQ does not give a job's program back. It is known for a job that this client submitted,
        as long as the job object is held somewhere, and from the journal of `submit_many`.

        Args:
            job: The job, or its id.
            payload: The job as for `submit`, where nothing else tells it.
            journal: The journal of the run that submitted it.
            tag: As for `submit`.
            validate: As for `submit`.
            **changes: Fields to replace, such as `backend="qpu.forte-1", shots=1000`; None takes a
                field out.

        Raises:
            InvalidArgument: The job's payload is not known; the message says what to do.
            Exception: As `submit`.
        """
        job_id = check_id("job", job)
        for held in (job, self._submitted.get(job_id)):
            if payload is None and isinstance(held, Job):
                payload = held.payload
        if payload is None and journal is not None:
            payload = self._submitting.payload_in(journal, job_id)
        if payload is None:
            raise InvalidArgument(
                name="job",
                value=job_id,
                rule="must have been submitted by this client, whose job object must still be "
                "held, or by a run with a journal (journal=path), or its payload be given: IonQ "
                "does not give programs back",
            )
        known = without_tag(as_payload(payload))
        kept = {name: value for name, value in known.items() if name not in changes}
        given = {name: value for name, value in changes.items() if value is not None}
        return self.submit({**kept, **given}, tag=tag, validate=validate)

    def find_submission(
        self,
        tag: str,
        *,
        timeout: float = 0.0,  # noqa: ASYNC109 - how long to look, not how long to take
    ) -> Job | None:
        """The job that a submission made, or None if there is none.

        Works in any process with a key of the same project.

        Args:
            tag: The submission's tag, from `SubmissionUnknown.tag` or your own.
            timeout: Seconds to go on looking for a job that is not there. IonQ may list a job some
                seconds late: None is sure only that much later than the last sending.

        Raises:
            APIError: The server refused to show the list of jobs.
            SubmissionUnknown: The list could not be read to its end.
        """
        found = self._submitting.find(tag, timeout)
        return Job(self, found) if found else None

    def _body(
        self,
        payload: object,
        validate: bool | None,
        extra: Mapping[str, object] | None,
        options: JobOptions,
        position: int | None = None,
    ) -> dict[str, object]:
        """The body of `POST /jobs`, checked; an error names the payload at a position, if any."""
        try:
            body = as_payload(payload, extra=extra, **options)
            if self.options.validate if validate is None else validate:
                validate_payload(body, extra=extra, reserved_keys=RESERVED_KEYS)
            else:
                check_is_json(body)
        except InvalidJob as error:
            if position is None:
                raise
            path = error.path.replace("$", f"payloads[{position}]", 1)
            raise InvalidJob(path=path, value=error.value, rule=error.rule) from None
        return body

    def _submitted_job(self, data: Mapping[str, Any], body: Mapping[str, Any], tag: str) -> Job:
        job = Job(self, data, payload=with_tag(body, tag))
        self._submitted[job.id] = job
        return job

    def job(self, job_id: str) -> Job:
        """A job by its id.

        Raises:
            NotFound: There is none, or it belongs to another project.
            InvalidArgument: This cannot be an id.
        """
        return self.jobs.get(job_id)

    # --- Many jobs ---

    @property
    def jobs(self) -> Jobs:
        """The project's jobs: `iter`, `list`, `get`, `cancel`, `delete`."""
        return Jobs(self)

    def wait(
        self,
        jobs: Iterable[Job | str],
        timeout: float = 300.0,
        *,
        on_progress: Callable[[WaitProgress], object] | None = None,
        cancel_on_exit: bool = False,
    ) -> JobStream:
        """Wait for many jobs with few requests: 25 jobs to each.

        Gives each job once, as soon as it is seen to have ended, whichever way: look at
        `job.status`, or let `job.result()` raise. A job that the server does not know (any more)
        is given as well, with the status `deleted`; two looks in a row have to miss it. A status
        that the contract does not know is waited on; it never counts as the end.

        Args:
            jobs: Jobs or their ids. The objects given come back, up to date.
            timeout: Most seconds to wait, from now. A look under way by then gets 5 s.
            on_progress: Called after each round of looks.
            cancel_on_exit: Cancel the jobs that have not ended if waiting ends before they do: by
                an interrupt (Ctrl-C), cancellation of the task, the timeout, an error, or because
                the loop is left. For the last, use the result as a context manager.

        Returns:
            An iterator over the jobs as they end. While it gives them, it raises JobTimeout when
            time is over (`error.pending` names the jobs that had not ended; they go on) and
            APIError when the server refuses to tell (a wrong key, say).

        Raises:
            InvalidArgument: `timeout` is no finite number, or negative; or there is something else
                among the jobs.
        """
        given = unique_ids("jobs", jobs)
        known = {
            job_id: job if isinstance(job, Job) else Job(self, {"id": job_id})
            for job_id, job in given.items()
        }
        lookout = Lookout(
            self.api,
            known,
            timeout=check_timeout(timeout),
            poll=self.options.poll,
            on_progress=on_progress,
            cancel_on_exit=cancel_on_exit,
            clock=self.clock,
        )
        return JobStream(lookout)

    # --- Backends, sessions ---

    @property
    def backends(self) -> Backends:
        """The quantum computers and simulators: `list`, `get`, or go through it."""
        return Backends(self)

    @property
    def characterizations(self) -> Characterizations:
        """Measurements of backends: call it, or `list`, `iter`, `latest`, `get`."""
        return Characterizations(self)

    @property
    def sessions(self) -> Sessions:
        """The organization's sessions: `create`, `get`, `list`."""
        return Sessions(self)

    def session(
        self,
        backend: str | None = None,
        *,
        max_jobs: int | None = None,
        max_time: timedelta | float | None = None,
        max_cost: Money | Decimal | float | None = None,
        id: str | None = None,  # noqa: A002 - it is the session's id
        end_on_exit: bool = True,
    ) -> Session:
        """A session as a context manager: opened on entry, ended on exit, also after an error.

            with ionq.session("qpu.forte-1", max_jobs=20, max_time=30) as session:
                job = session.submit(payload)

        Args:
            backend: The backend to reserve.
            max_jobs: End it after so many jobs.
            max_time: End it after so long: a `timedelta`, or a number of minutes.
            max_cost: End it when it has cost so much: `Money`, or a number of USD.
            id: Go on with this session instead of opening one.
            end_on_exit: Whether it is ended on exit. If that fails, the error says so; an error
                that is under way gets a note and stays what it is.

        Raises:
            InvalidArgument: A limit is none; or not one of `backend` and `id` is given.
        """
        if id is not None:
            if backend is not None or (max_jobs, max_time, max_cost) != (None, None, None):
                raise InvalidArgument(
                    name="id", value=id, rule="names a session that has its backend and limits"
                )
            return Session(self, session_id=id, end_on_exit=end_on_exit)
        request = session_request(
            backend or "", max_jobs=max_jobs, max_time=max_time, max_cost=max_cost
        )
        return Session(self, request=request, end_on_exit=end_on_exit)

    # --- Money ---

    def estimate(
        self,
        backend: Any,
        *,
        qubits: int | None = None,
        shots: int | None = None,
        gates_1q: int | None = None,
        gates_2q: int | None = None,
        error_mitigation: bool | None = None,
        type: str | None = None,  # noqa: A002 - the API's name
        session: bool | None = None,
    ) -> Estimate:
        """What a job would cost, and how long it would take.

        Args:
            backend: A backend's name, with the numbers below; or a job as for `submit`, whose gates
                are counted as written, and in whose place the numbers below stand where they are
                given. What the compiler makes of the gates is known to `dry_run`.
            qubits: Number of qubits; IonQ takes 25 by default.
            shots: Number of shots; IonQ takes 1000 by default, and 100 for a job that names none.
            gates_1q: One-qubit gates.
            gates_2q: Two-qubit gates.
            error_mitigation: With debiasing, which costs more. IonQ takes False by default; for a
                job on a quantum computer, it is what IonQ would do with the job.
            type: What kind of program it is; IonQ takes `ionq.circuit.v1` by default.
            session: Within a session.

        Raises:
            InvalidArgument: The job names no backend, or its gates cannot be counted.
            InvalidJob: It is no job.
            APIError: The server refused.
        """
        if isinstance(backend, str):
            inputs = EstimateInputs(backend, shots=shots)
        else:
            inputs = inputs_of(as_payload(backend, shots=shots))
        given = {
            "qubits": qubits,
            "gates_1q": gates_1q,
            "gates_2q": gates_2q,
            "error_mitigation": error_mitigation,
            "type": type,
            "session": session,
        }
        return estimate(self.api, inputs.changed(given))

    def dry_run(
        self,
        payload: Any,
        *,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
        **options: Any,
    ) -> Job:
        """Have a job compiled and priced, and not run.

        Args:
            payload: As for `submit`.
            timeout: Most seconds to wait for it.
            options: As for `submit`.

        Returns:
            The job: `(job.cost()).estimated`, `job.gate_counts`, `job.predicted_execution`.
            On the simulator, which is free, it may run all the same (facts 1.10).

        Raises:
            InvalidJob, APIError, SubmissionUnknown: As for `submit`.
            JobFailed: It cannot be compiled.
            JobTimeout: It had not ended in time.
        """
        job = self.submit(payload, dry_run=True, **options)
        return job.wait(timeout)

    def usage(
        self,
        organization: str,
        start: Day,
        end: Day,
        *,
        group_by: str = "project",
        modality: str = "monthly",
    ) -> UsageReport:
        """What an organization used. Needs the key of an organization's administrator.

        Args:
            organization: Its id, such as `com.example`.
            start: First day: a `date`, a `datetime`, or text such as `2026-09-14`.
            end: Last day; IonQ's documents disagree on whether it is included (facts 1.9).
            group_by: What the largest users in a period are: `job`, `project` or `user`.
            modality: What periods are: `daily`, `weekly` or `monthly`.

        Raises:
            Forbidden: The key is not an administrator's.
            InvalidArgument: An argument cannot be sent.
        """
        return usage(self.api, organization, start, end, group_by=group_by, modality=modality)

    # --- The service ---

    def whoami(self) -> Whoami:
        """The key in use, its project, and where the console shows its jobs.

        Raises:
            Unauthorized: The key is not known.
        """
        response = get_whoami.sync_detailed(client=self.api)
        answer = checked(response, method="GET", path="/whoami")
        return Whoami.read(answer.to_dict(), jobs_page(self.base_url))

    def health(self) -> Health:
        """Whether the service says that it is well. Needs no valid key.

        Raises:
            APIError: It does not even say that.
        """
        response = get_health.sync_detailed(client=self.api)
        return Health.read(checked(response, method="GET", path="/health").to_dict())
