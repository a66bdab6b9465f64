"""Version 0.4: sessions.

May import: the cloud, the HTTP seam, validation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.clock import iso
from ionq_emulator.contract import load
from ionq_emulator.http import Answer, Call, json_answer
from ionq_emulator.v0_4.jobs import job_page
from ionq_emulator.validation import RequestValidator, check_session_limits, parse_json, query_bool
from ionq_emulator.values import Json, as_object

if TYPE_CHECKING:
    from ionq_emulator.cloud import Cloud
    from ionq_emulator.records import Session

__all__ = ["SessionsApi"]


class SessionsApi:
    """Handlers."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._sessions = cloud.sessions
        self._validator = RequestValidator(load("v0.4"))

    def create(self, call: Call) -> Answer:
        """POST /sessions."""
        body = self._validator.body(parse_json(call.body), "CreateSessionRequest")
        settings = as_object(body.get("settings")) or {}
        check_session_limits(settings)
        session = self._sessions.create(call.identity, body["backend"], settings)
        return json_answer(_view(session), status=201)

    def list(self, call: Call) -> Answer:
        """GET /sessions."""
        active = query_bool(call.query, "active", default=None)
        sessions = self._sessions.all(call.identity, active=active)
        return json_answer(
            {
                "organization_id": call.identity.organization_id,
                "sessions": [_view(session) for session in sessions],
            }
        )

    def get(self, call: Call) -> Answer:
        """GET /sessions/{session_id}."""
        return json_answer(_view(self._session(call)))

    def end(self, call: Call) -> Answer:
        """POST /sessions/{session_id}/end."""
        return json_answer(_view(self._sessions.end(call.identity, call.params["session_id"])))

    def jobs(self, call: Call) -> Answer:
        """GET /sessions/{session_id}/jobs."""
        return job_page(self._cloud, call, session_id=self._session(call).id)

    def _session(self, call: Call) -> Session:
        return self._sessions.get(call.identity, call.params["session_id"])


def _view(session: Session) -> Json:
    settings = dict(session.settings)
    if session.expires_at is not None:
        settings["expires_at"] = iso(session.expires_at)
    return {
        "id": session.id,
        "created_at": iso(session.created_at),
        "organization_id": session.organization_id,
        "backend": session.backend,
        "project_id": session.project_id,
        "creator_id": session.creator_id,
        "started_at": _time(session.started_at),
        "ended_at": _time(session.ended_at),
        "ender_id": session.ender_id,
        "settings": settings,
        "active": session.active,
        "status": session.status,
    }


def _time(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)
