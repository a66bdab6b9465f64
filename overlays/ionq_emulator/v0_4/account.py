"""Version 0.4: the key, the machines, their characterizations, the organization's usage.

May import: the cloud, the HTTP seam, characterizations, usage, views.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, get_args

from ionq_emulator import characterizations
from ionq_emulator.clock import parse_iso
from ionq_emulator.errors import bad_request, forbidden, not_found
from ionq_emulator.http import Answer, Call, json_answer
from ionq_emulator.usage import Grouping, Modality, usage
from ionq_emulator.v0_4.views import backend_view
from ionq_emulator.validation import query_choice, query_int

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from ionq_emulator.backends import Backend
    from ionq_emulator.cloud import Cloud

__all__ = ["AccountApi"]

_PAGE = 10


class AccountApi:
    """Handlers."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def health(self, _call: Call) -> Answer:
        """GET /health."""
        return json_answer({"status": "pass"})

    def whoami(self, call: Call) -> Answer:
        """GET /whoami."""
        who = call.identity
        return json_answer(
            {"key_id": who.key_id, "key_name": who.key_name, "project_id": who.project_id}
        )

    # -- machines -------------------------------------------------------------------------------

    def backends(self, _call: Call) -> Answer:
        """GET /backends."""
        return json_answer([self._view(one) for one in self._cloud.catalogue.backends.values()])

    def backend(self, call: Call) -> Answer:
        """GET /backends/{backend}."""
        return json_answer(self._view(self._backend(call)))

    def _view(self, backend: Backend) -> dict[str, object]:
        now = self._cloud.clock.now()
        return backend_view(backend, now, characterizations.latest_id(backend, now))

    def _backend(self, call: Call) -> Backend:
        backend = self._cloud.catalogue.find(call.params["backend"])
        if backend is None:
            raise not_found()
        return backend

    # -- characterizations ----------------------------------------------------------------------

    def characterizations(self, call: Call) -> Answer:
        """GET /backends/{backend}/characterizations: newest first, `start` <= date < `end`."""
        backend = self._backend(call)
        limit = query_int(call.query, "limit", _PAGE, 1, _PAGE)
        page = query_int(call.query, "page", 1, 1)
        start = _moment(call.query, "start", 0)
        end = _moment(call.query, "end", 1 << 62)
        days = characterizations.days(backend, self._cloud.clock.now())
        chosen = [day for day in days if start <= day < end]
        if not chosen:
            # IonQ sends null, not an empty list.
            return json_answer({"characterizations": None, "pages": 0})
        shown = chosen[(page - 1) * limit : page * limit]
        pages = -(-len(chosen) // limit)
        return json_answer(
            {
                "characterizations": [
                    characterizations.characterization(backend, day) for day in shown
                ],
                "pages": max(0, pages - page),
            }
        )

    def characterization(self, call: Call) -> Answer:
        """GET /backends/{backend}/characterizations/{UUID}."""
        found = characterizations.find(
            self._backend(call), self._cloud.clock.now(), call.params["UUID"].lower()
        )
        if found is None:
            raise not_found()
        return json_answer(found)

    # -- usage ----------------------------------------------------------------------------------

    def usage(self, call: Call) -> Answer:
        """GET /organizations/{organization_id}/usage: for administrators of the organization."""
        organization = call.params["organization_id"]
        if organization != call.identity.organization_id or not call.identity.admin:
            raise forbidden("This key may not read the usage of this organization")
        start, end = _day(call.query, "start_date"), _day(call.query, "end_date")
        group_by = query_choice(call.query, "group_by", get_args(Grouping))
        modality = query_choice(call.query, "modality", get_args(Modality))
        if end < start:
            raise bad_request(
                f'"end_date" must not be before "start_date", got {start} to {end}',
                "end_date",
                source="query",
            )
        first, after = _midnight(start), _midnight(end)
        report = usage(
            self._cloud.store.completed_qpu_jobs(organization, _ms(first), _ms(after)),
            start=start,
            end=end,
            group_by=group_by,
            modality=modality,
        )
        return json_answer(
            {
                "organization": organization,
                "usage_from": f"{start.isoformat()}T00:00:00Z",
                "usage_to": f"{end.isoformat()}T00:00:00Z",
                "usage_unit": "USD",
                "group_type": group_by,
                "modality": modality,
                **report,
            }
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _ms(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))


def _day(query: QueryParams, name: str) -> date:
    text = query.get(name)
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        shown = "it is missing" if text is None else f"got {text[:40]!r}"
        raise bad_request(
            f'"{name}" must be a date such as 2026-01-31; {shown}', name, source="query"
        ) from None


def _moment(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    try:
        return parse_iso(text)
    except (ValueError, OverflowError):
        raise bad_request(
            f'"{name}" must be an ISO 8601 date, got {text[:40]!r}', name, source="query"
        ) from None
