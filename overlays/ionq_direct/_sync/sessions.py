# Generated from overlays/ionq_direct/_async/sessions.py by scripts.sync_from_async. Do not edit.
"""`ionq.sessions` and sessions themselves. May import: the generated client, the rest of _sync."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast

from ionq_api.v0_4.api.jobs import get_jobs
from ionq_api.v0_4.api.sessions import (
    create_session,
    end_session,
    get_session,
    get_session_jobs,
    get_sessions,
)
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import checked
from ionq_direct._ids import HasId
from ionq_direct._paths import check_path_argument
from ionq_direct._sessions import SessionView, in_session, session_request
from ionq_direct._shapes import json_object, objects_in, text_or_none
from ionq_direct._submission import Fate, fate_of
from ionq_direct._sync.job import Job
from ionq_direct._sync.jobs import Listing
from ionq_direct._sync.paging import Pager
from ionq_direct.costs import Money
from ionq_direct.errors import APIError, DecodeError, InvalidArgument, IonQError

if TYPE_CHECKING:
    from ionq_direct._sync.client import IonQ

__all__ = ["Session", "Sessions"]

_log = logging.getLogger("ionq_direct.sessions")

_END_ATTEMPTS: Final = 4
_END_PAUSE: Final = 0.5  # seconds before the second attempt to end a session; then twice as long


class Sessions:
    """Sessions, which reserve a backend; `ionq.sessions`.

    A beta feature of IonQ's: accounts without it get `NotFound` (facts 1.0).
    """

    def __init__(self, ionq: IonQ) -> None:
        self._ionq = ionq

    def create(
        self,
        backend: str,
        *,
        max_jobs: int | None = None,
        max_time: timedelta | float | None = None,
        max_cost: Money | Decimal | float | None = None,
    ) -> Session:
        """Open a session now. `ionq.session(...)` opens one that is sure to be ended.

        A session that may have been opened although the answer was lost is not looked for: IonQ
        gives no means to tell it from another's. The error says so.

        Args:
            backend: The backend to reserve.
            max_jobs: End it after so many jobs.
            max_time: End it after so long: a `timedelta`, or a number of minutes.
            max_cost: End it when it has cost so much: `Money`, or a number of USD.

        Raises:
            InvalidArgument: A limit is none.
            NotFound: The account has no sessions.
            APIError: The server refused.
        """
        session = Session(
            self._ionq,
            request=session_request(
                backend, max_jobs=max_jobs, max_time=max_time, max_cost=max_cost
            ),
        )
        return session.open()

    def get(self, session_id: str) -> Session:
        """A session by its id, to go on with.

        Raises:
            NotFound: There is none, or the account has no sessions.
            InvalidArgument: This cannot be an id.
        """
        return Session(self._ionq, session_id=session_id).refresh()

    def list(self, *, active: bool | None = None) -> list[Session]:
        """The organization's sessions.

        Args:
            active: Only those that take jobs, or only those that do not.

        Raises:
            NotFound: The account has no sessions.
        """
        response = get_sessions.sync_detailed(
            client=self._ionq.api, active=UNSET if active is None else active
        )
        answer = json_object(checked(response, method="GET", path="/sessions"))
        return [
            Session(self._ionq, session_id=session_id, data=data)
            for data in objects_in(answer.get("sessions"))
            if (session_id := text_or_none(data.get("id")))
        ]


class Session(SessionView):
    """A session: a backend reserved for a run of jobs.

    As a context manager it is opened (or, known by its id, looked at) on entry and ended on exit,
    whatever happened in between:

        with ionq.session("qpu.forte-1", max_jobs=20) as session:
            job = session.submit(payload)
    """

    def __init__(
        self,
        ionq: IonQ,
        *,
        session_id: str | None = None,
        data: Mapping[str, Any] | None = None,
        request: Mapping[str, Any] | None = None,
        end_on_exit: bool = True,
    ) -> None:
        self._ionq = ionq
        self._id = None if session_id is None else check_path_argument("id", session_id)
        self._request = request
        self._end_on_exit = end_on_exit
        self.data = dict(data or {})

    @property
    def id(self) -> str:
        """Its id.

        Raises:
            InvalidArgument: It has not been opened yet: enter the context first.
        """
        if self._id is None:
            raise InvalidArgument(name="session", value=self, rule="must be opened first")
        return self._id

    def open(self) -> Self:
        """Open it; one that has an id is only looked at.

        Raises:
            NotFound: The account has no sessions, or none with this id.
            APIError: The server refused.
        """
        if self._id is not None:
            return self.refresh()
        try:
            response = create_session.sync_detailed(
                client=self._ionq.api, body=cast("Any", self._request)
            )
            data = json_object(checked(response, method="POST", path="/sessions"))
            self._id = text_or_none(data.get("id")) or None
            if self._id is None:
                raise DecodeError("POST /sessions: the answer names no session", path="$.id")
        except IonQError as error:
            if fate_of(error) is not Fate.CERTAIN:
                error.add_note(
                    "the session may have been opened: see ionq.sessions.list(active=True), and "
                    "end it if it is there"
                )
            raise
        self.data = data
        _log.info("session %s: opened on %s", self._id, self.backend)
        return self

    def refresh(self) -> Self:
        """Look at it anew.

        Raises:
            NotFound: It is gone, or another organization's.
        """
        response = get_session.sync_detailed(self.id, client=self._ionq.api)
        answer = checked(response, method="GET", path=f"/sessions/{self.id}")
        self.data = json_object(answer)
        return self

    def submit(self, payload: Any, **options: Any) -> Job:
        """Submit a job in this session, once and only once.

        Args:
            payload: As for `ionq.submit`; the backend may be left out.
            options: As for `ionq.submit`.

        Raises:
            InvalidJob: The payload names another session or backend, or breaks a rule of IonQ's.
            APIError: The server refused the job: because the session has ended, for example.
            SubmissionUnknown: It cannot be told whether the server has the job.
        """
        body = in_session(payload, options, self.id, self.backend)
        return self._ionq.submit(body, **options)

    def submit_many(self, payloads: Iterable[Any], **options: Any) -> Any:
        """Submit many jobs in this session, each once and only once.

        Args:
            payloads: As for `ionq.submit_many`; the backend may be left out.
            options: As for `ionq.submit_many`.

        Returns:
            As `ionq.submit_many`.

        Raises:
            InvalidJob, InvalidArgument, SubmissionsFailed: As `ionq.submit_many`.
        """
        bodies = [in_session(payload, options, self.id, self.backend) for payload in payloads]
        return cast("Any", self._ionq.submit_many(bodies, **options))

    def jobs(
        self,
        *,
        status: str | None = None,
        submitter_id: str | None = None,
        parent_job_id: str | None = None,
        ids: Iterable[str | HasId] | None = None,
        max_items: int | None = None,
        cursor: str | None = None,
    ) -> Pager[Job]:
        """Jobs of this session; the arguments are those of `ionq.jobs.iter`.

        Raises:
            InvalidArgument: An argument cannot be sent.
        """
        filters = {
            "session_id": self.id,
            "status": status,
            "submitter_id": submitter_id,
            "parent_job_id": parent_job_id,
        }
        path = f"/sessions/{self.id}/jobs"
        instead = (get_jobs.sync_detailed, "/jobs")
        listing = Listing(
            self._ionq, get_session_jobs.sync_detailed, path, filters, ids, instead=instead
        )
        return listing.pager(max_items, cursor)

    def end(self) -> Self:
        """End it. Its jobs that have not ended are IonQ's to deal with (not documented).

        An attempt whose outcome is unknown is followed by a look, and by another attempt if the
        session has not ended: an open session may cost money.

        Raises:
            APIError, ConnectionFailed, RequestTimeout: It could not be ended.
        """
        pause = _END_PAUSE
        for attempt in range(1, _END_ATTEMPTS + 1):
            try:
                response = end_session.sync_detailed(self.id, client=self._ionq.api)
                path = f"/sessions/{self.id}/end"
                self.data = json_object(checked(response, method="POST", path=path))
            except IonQError as error:
                if self._is_known_to_have_ended():
                    return self
                refused = isinstance(error, APIError) and fate_of(error) is Fate.CERTAIN
                if refused or attempt == _END_ATTEMPTS:
                    raise
                _log.warning("session %s: not ended at attempt %d: %s", self.id, attempt, error)
                self._ionq.clock.sleep(pause)
                pause *= 2
            else:
                break
        _log.info("session %s: ended", self.id)
        return self

    def _is_known_to_have_ended(self) -> bool:
        try:
            return (self.refresh()).has_ended
        except IonQError:
            return False

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if not self._end_on_exit or self.has_ended:
            return
        try:
            self.end()
        except IonQError as failure:
            if error is None:
                raise
            error.add_note(f"session {self.id} could not be ended, and may go on: {failure}")
            _log.error("session %s: could not be ended: %s", self.id, failure)

    def __repr__(self) -> str:
        return f"Session(id={self._id!r}, status={self.status!r}, backend={self.backend!r})"
