"""Sessions: opened, used up, ended.

May import: records, store, clock, ids, errors. A limit ends a session at the moment it is reached,
whoever looks at it and whenever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.errors import bad_request, conflict, not_found
from ionq_emulator.ids import numbered_uuid
from ionq_emulator.records import Job, Session

if TYPE_CHECKING:
    from ionq_emulator.auth import Identity
    from ionq_emulator.backends import Catalogue
    from ionq_emulator.clock import Clock
    from ionq_emulator.records import Json
    from ionq_emulator.store import Store

__all__ = ["Sessions"]

_MS_PER_MINUTE = 60_000


class Sessions:
    """The sessions of an emulated cloud."""

    def __init__(self, store: Store, clock: Clock, catalogue: Catalogue, seed: int) -> None:
        self._store = store
        self._clock = clock
        self._catalogue = catalogue
        self._seed = seed

    def create(self, identity: Identity, backend: str, settings: Json) -> Session:
        """Open a session.

        Raises:
            ApiError: 400, when there is no such machine.
        """
        machine = self._catalogue.find(backend)
        if machine is None or machine.status == "retired":
            known = ", ".join(
                name for name, one in self._catalogue.backends.items() if one.status != "retired"
            )
            raise bad_request(f'"backend" must be one of {known}, got {backend[:60]!r}', "backend")
        now = self._clock.now()
        minutes = settings.get("duration_limit_min")
        with self._store.transaction():
            (number,) = self._store.next_numbers(identity.project_id, "session")
            session = Session(
                id=numbered_uuid(self._seed, identity.project_id, "session", number),
                number=number,
                project_id=identity.project_id,
                organization_id=identity.organization_id,
                creator_id=identity.submitter_id,
                backend=backend,
                created_at=now,
                settings=settings,
                expires_at=None if minutes is None else now + minutes * _MS_PER_MINUTE,
            )
            self._store.add_session(session)
        return session

    def get(self, identity: Identity, session_id: str) -> Session:
        """One of the project's sessions, as it is now.

        Raises:
            ApiError: 404, when the project has no such session.
        """
        session = self._store.session(session_id)
        if session is None or session.project_id != identity.project_id:
            raise not_found()
        return self._settle(session)

    def all(self, identity: Identity, *, active: bool | None) -> list[Session]:
        """The project's sessions, newest first.

        Args:
            identity: Whose project.
            active: Only those that have not ended, or only those that have.
        """
        sessions = [self._settle(session) for session in self._store.sessions(identity.project_id)]
        return [session for session in sessions if active is None or session.active is active]

    def end(self, identity: Identity, session_id: str) -> Session:
        """End a session; one that has ended stays as it ended.

        Raises:
            ApiError: 404, when the project has no such session.
        """
        with self._store.transaction():
            session = self.get(identity, session_id)
            if session.active:
                session.ended_at = self._clock.now()
                session.ender_id = identity.submitter_id
                self._store.save_session(session)
        return session

    def admit(self, identity: Identity, session_id: str, backend: str) -> None:
        """Check that a job may be submitted into a session; called inside the transaction.

        Raises:
            ApiError: 400, when there is no such session or it is another machine's; 409, when it
                has ended or is used up.
        """
        session = self._store.session(session_id)
        if session is None or session.project_id != identity.project_id:
            raise bad_request(f'"session_id": no session {session_id[:60]!r}', "session_id")
        if session.backend != backend:
            raise bad_request(
                f'"backend": session {session.id} is on {session.backend}, not on {backend}',
                "backend",
                "session_id",
            )
        session = self._settle(session)
        if not session.active:
            raise conflict(f"Session {session.id} has ended")
        limit = session.settings.get("job_count_limit")
        if limit is not None and self._store.count_session_jobs(session.id) >= limit:
            raise conflict(f"Session {session.id} takes {limit} jobs and has them")

    def job_started(self, job: Job) -> None:
        """Note that a job of a session has begun to run."""
        if job.session_id is None or job.parent_id is not None:
            return
        with self._store.transaction():
            session = self._store.session(job.session_id)
            if session is not None and session.started_at is None and session.active:
                session.started_at = job.started_at
                self._store.save_session(session)

    def job_finished(self, job: Job) -> None:
        """End a job's session when this was the last it had room for, or used up its money."""
        if job.session_id is None or job.parent_id is not None:
            return
        with self._store.transaction():
            session = self._store.session(job.session_id)
            if session is not None:
                self._settle(session)

    def _used_up(self, session: Session) -> bool:
        count = session.settings.get("job_count_limit")
        if count is not None and self._store.count_session_jobs(session.id, ended=True) >= count:
            return True
        cost = session.settings.get("cost_limit")
        return cost is not None and self._store.session_cost(session.id) >= cost["value"]

    def _settle(self, session: Session) -> Session:
        """End a session whose limits are reached, at the moment the first of them was."""
        if not session.active:
            return session
        ends: list[int] = []
        if session.expires_at is not None and session.expires_at <= self._clock.now():
            ends.append(session.expires_at)
        if self._used_up(session):
            ends.append(self._store.session_last_end(session.id))
        if ends:
            session.ended_at = min(ends)
            with self._store.transaction():
                self._store.save_session(session)
        return session
