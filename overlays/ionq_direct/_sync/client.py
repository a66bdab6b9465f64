# Generated from overlays/ionq_direct/_async/client.py by scripts.sync_from_async. Do not edit.
"""IonQ: the library's front door. May import: everything of this package."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Literal, Self, overload
from weakref import WeakValueDictionary

from ionq_api.v0_4.api.whoami import get_whoami
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import checked
from ionq_direct._concurrency import Clock
from ionq_direct._payload import changed_payload, plain_payload
from ionq_direct._settings import Options, find_key, find_url
from ionq_direct._sync.group import JobGroup
from ionq_direct._sync.job import Job
from ionq_direct._sync.submitting import Submitting
from ionq_direct._tags import with_tag, without_tag
from ionq_direct.errors import InvalidArgument, IonQError, SubmissionsFailed, SubmissionUnknown
from ionq_direct.packing import PackLimits, pack_circuits
from ionq_direct.submissions import SubmissionProgress

__all__ = ["IonQ"]


class IonQ:
    """A client of IonQ's quantum cloud.

    Args:
        api_key: The API key; by default the environment's `IONQ_API_KEY`.
        base_url: Where the API is, with its version; by default `IONQ_API_URL`, else IonQ's cloud.
        options: Timeouts, retries and the like; single ones can be given by name instead.

    Raises:
        ConfigurationError: There is no key, or an option is out of range.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        options: Options | None = None,
        clock: Clock | None = None,
        **changes: Any,
    ) -> None:
        self.options = dataclasses.replace(options or Options(), **changes)
        self.clock = clock or Clock()
        self._key = find_key(api_key)
        self.base_url = find_url(base_url)
        self.api = AuthenticatedClient(
            self.base_url,
            token=self._key,
            prefix="apiKey",
            headers=dict(self.options.headers),
            strict=self.options.strict,
        )
        self._submitting = Submitting(
            self.api,
            server=self.base_url,
            key=lambda: self._key,
            policy=self.options.submission,
            clock=self.clock,
        )
        self._submitted: WeakValueDictionary[str, Job] = WeakValueDictionary()

    def submit(
        self,
        payload: Any,
        *,
        tag: str | None = None,
        sent_before: bool = True,
        extra: Mapping[str, Any] | None = None,
    ) -> Job:
        """Submit a job once and only once, whatever the network does.

        When it is not known what became of a sending, the job is looked for by its tag among the
        recent jobs before anything is sent again; see `SubmissionPolicy` for how long.

        Args:
            payload: The job: a dict, or a model of the generated client.
            tag: Your own name for this submission, 8 to 200 letters, digits and `. _ : -`. If the
                server has a job with this tag, that job is returned and nothing is sent. That
                takes a search of `SubmissionPolicy.settle` seconds for a job that is not there.
            sent_before: Whether a submission with your tag may have been sent before. If you know
                that it was not, False saves the search.
            extra: Further fields of the job, which the contract need not know.

        Returns:
            The job, just submitted.

        Raises:
            InvalidJob: The payload breaks a rule of IonQ's; nothing was sent.
            APIError: The job is not at IonQ: it was refused, or the server kept failing.
            ConnectionFailed, RequestTimeout: The job is not at IonQ: it could not be sent, or was
                sent without an answer and is not there.
            SubmissionUnknown: It cannot be told whether the server has the job; settle it with
                `find_submission(error.tag)`.
        """
        body = plain_payload(payload, extra)
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
        extra: Mapping[str, Any] | None = ...,
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
        extra: Mapping[str, Any] | None = ...,
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
        extra: Mapping[str, Any] | None = ...,
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
        extra: Mapping[str, Any] | None = None,
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
            extra: Further fields of each job, which the contract need not know.

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
        bodies = [plain_payload(payload, extra) for payload in payloads]
        if pack and return_exceptions:
            rule = "cannot be combined with pack: a failed pack leaves no place for its results"
            raise InvalidArgument(name="return_exceptions", value=True, rule=rule)
        packs = pack_circuits(bodies, limits) if pack else []
        sent = [packed.payload for packed in packs] if pack else bodies
        run = self._submitting.many(
            sent, concurrency=concurrency, journal=journal, on_progress=on_progress
        )
        outcomes = run.outcomes()
        failures = [outcome.error for outcome in outcomes if outcome.error is not None]
        if failures and not return_exceptions:
            raise SubmissionsFailed(outcomes) from failures[0]
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
        journal: str | os.PathLike[str] | None = None,
        tag: str | None = None,
        **changes: Any,
    ) -> Job:
        """Submit a job anew, with changes.

        IonQ does not give a job's program back. It is known for a job that this client submitted,
        as long as the job object is held somewhere, and from the journal of `submit_many`.

        Args:
            job: The job, or its id.
            journal: The journal of the run that submitted it.
            tag: As in `submit`.
            **changes: Fields to replace, such as `backend="qpu.forte-1", shots=1000`; None takes a
                field out.

        Raises:
            InvalidArgument: The job's payload is not known; the message says what to do.
            Exception: As `submit`.
        """
        job_id = job if isinstance(job, str) else job.id
        held = self._submitted.get(job_id) if isinstance(job, str) else job
        payload = None if held is None else held.payload
        if payload is None and journal is not None:
            payload = self._submitting.payload_in(journal, job_id)
        if payload is None:
            raise InvalidArgument(
                name="job",
                value=job_id,
                rule="must have been submitted by this client, whose job object must still be "
                "held, or by a run with a journal (journal=path): IonQ does not give programs back",
            )
        return self.submit(changed_payload(without_tag(payload), changes), tag=tag)

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

    def _submitted_job(self, data: Mapping[str, Any], body: Mapping[str, Any], tag: str) -> Job:
        job = Job(self, data, payload=with_tag(body, tag))
        self._submitted[job.id] = job
        return job

    def job(self, job_id: str) -> Job:
        """A job by its id.

        Raises:
            NotFound: There is none, or it belongs to another project.
        """
        return Job(self, {"id": job_id}).refresh()

    def whoami(self) -> dict[str, Any]:
        """The key in use: `key_id`, `key_name`, and `project_id` if it has one.

        Raises:
            Unauthorized: The key is not known.
        """
        response = get_whoami.sync_detailed(client=self.api)
        return checked(response, method="GET", path="/whoami").to_dict()

    def close(self) -> None:
        """Close all connections."""
        self.api.get_httpx_client().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"IonQ(base_url={self.base_url!r})"
