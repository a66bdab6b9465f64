"""The operations of version 0.3.

May import: the cloud, the HTTP seam, validation, version 0.4's readers, this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator import characterizations
from ionq_emulator.contract import load
from ionq_emulator.errors import ApiError, not_found
from ionq_emulator.http import Answer, Call, Operation, content_answer, json_answer
from ionq_emulator.store import JobFilter
from ionq_emulator.v0_3.requests import STATUS_NAMES, renamed, submission
from ionq_emulator.v0_3.views import backend_view, characterization_view, job_view
from ionq_emulator.v0_4 import requests as v0_4
from ionq_emulator.validation import (
    RequestValidator,
    parse_json,
    query_bool,
    query_int,
)

if TYPE_CHECKING:
    from ionq_emulator.backends import Backend
    from ionq_emulator.cloud import Cloud

__all__ = ["operations"]

_PAGE = 25
_CHARACTERIZATIONS = 10
_PUBLIC = {"getBackends", "getCharacterizationsForBackend", "getCurrentCharacterization"}


def operations(cloud: Cloud) -> list[Operation]:
    """All operations of version 0.3, under the names of their counterparts at version 0.4."""
    api = _Api(cloud)
    machine = "/characterizations/backends/{backend}"
    table = [
        ("CreateJob", "POST", "/jobs", api.create),
        ("GetJobs", "GET", "/jobs", api.page),
        ("DeleteJobs", "DELETE", "/jobs", api.delete_many),
        ("CancelJobs", "PUT", "/jobs/status/cancel", api.cancel_many),
        ("GetJob", "GET", "/jobs/{UUID}", api.get),
        ("DeleteJob", "DELETE", "/jobs/{UUID}", api.delete),
        ("CancelJob", "PUT", "/jobs/{UUID}/status/cancel", api.cancel),
        ("GetJobProbabilities", "GET", "/jobs/{UUID}/results", api.results),
        ("getBackends", "GET", "/backends", api.backends),
        ("getCharacterizationsForBackend", "GET", machine, api.characterizations),
        ("getCurrentCharacterization", "GET", f"{machine}/current", api.current),
        ("getCharacterization", "GET", "/characterizations/{UUID}", api.characterization),
    ]
    return [
        Operation(name, method, path, handler, public=name in _PUBLIC, version="v0.3")
        for name, method, path, handler in table
    ]


class _Api:
    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._validator = RequestValidator(load("v0.4"))

    # -- jobs -----------------------------------------------------------------------------------

    def create(self, call: Call) -> Answer:
        wanted = submission(parse_json(call.body), self._validator)
        wanted.size = len(call.body)
        try:
            job = self._cloud.submit(call.identity, wanted)
        except ApiError as error:
            raise renamed(error) from None
        return json_answer({"id": job.id, "status": "ready", "request": job.submitted_at // 1000})

    def page(self, call: Call) -> Answer:
        names = {old: new for new, old in STATUS_NAMES.items()}
        status = call.query.get("status")
        wanted = JobFilter(
            ids=v0_4.query_list(call.query, "id"),
            statuses=None if status is None else [names.get(status, status)],
        )
        page = self._cloud.jobs(
            call.identity,
            wanted,
            limit=query_int(call.query, "limit", _PAGE, 1, _PAGE),
            before=v0_4.read_cursor(call.query),
        )
        self._cloud.lifecycle.polled(page.jobs)
        answer: dict[str, object] = {"jobs": [job_view(job) for job in page.jobs]}
        if page.next is not None:
            answer["next"] = v0_4.cursor(page.next)
        return json_answer(answer)

    def get(self, call: Call) -> Answer:
        job = self._cloud.job(call.identity, call.params["UUID"])
        self._cloud.lifecycle.polled([job])
        view = job_view(job)
        include = v0_4.query_list(call.query, "include")
        exclude = v0_4.query_list(call.query, "exclude") or []
        shown = set(view if include is None else include) - set(exclude)
        return json_answer({key: value for key, value in view.items() if key in shown})

    def delete(self, call: Call) -> Answer:
        (job,) = self._cloud.delete(call.identity, [call.params["UUID"]])
        return json_answer({"id": job.id, "status": "deleted"})

    def delete_many(self, call: Call) -> Answer:
        jobs = self._cloud.delete(call.identity, self._ids(call))
        return json_answer({"ids": [job.id for job in jobs], "status": "deleted"})

    def cancel(self, call: Call) -> Answer:
        (job,) = self._cloud.cancel(call.identity, [call.params["UUID"]])
        return json_answer({"id": job.id, "status": "canceled"})

    def cancel_many(self, call: Call) -> Answer:
        jobs = self._cloud.cancel(call.identity, self._ids(call))
        return json_answer({"ids": [job.id for job in jobs], "status": "canceled"})

    def results(self, call: Call) -> Answer:
        job = self._cloud.job(call.identity, call.params["UUID"])
        if job.children:
            return content_answer(self._cloud.aggregated(job))
        if job.values:
            return json_answer(job.values)
        sharpen = query_bool(call.query, "sharpen", default=False)
        kind = "sharpened" if sharpen and "sharpened" in job.results else "probabilities"
        return content_answer(self._cloud.result(job, kind))

    def _ids(self, call: Call) -> list[str]:
        ids = v0_4.query_list(call.query, "ids")
        if ids is not None and not call.body:
            return ids
        body = self._validator.body(parse_json(call.body), "JobsBulkOperationRequest")
        ids = body["ids"]
        return list(ids)

    # -- machines -------------------------------------------------------------------------------

    def backends(self, _call: Call) -> Answer:
        now = self._cloud.clock.now()
        return json_answer(
            [
                backend_view(backend, now, characterizations.latest_id(backend, now))
                for backend in self._cloud.catalogue.backends.values()
            ]
        )

    def characterizations(self, call: Call) -> Answer:
        limit = query_int(call.query, "limit", _CHARACTERIZATIONS, 1, _CHARACTERIZATIONS)
        page = query_int(call.query, "page", 1, 1)
        start = query_int(call.query, "start", 0, 0, 1 << 53)
        end = query_int(call.query, "end", 1 << 53, 0, 1 << 53)
        backend = self._backend(call)
        days = characterizations.days(backend, self._cloud.clock.now())
        chosen = [day for day in days if start <= day < end]
        shown = chosen[(page - 1) * limit : page * limit]
        return json_answer(
            {
                "characterizations": [self._view(backend, day) for day in shown],
                "pages": max(0, -(-len(chosen) // limit) - page),
            }
        )

    def current(self, call: Call) -> Answer:
        backend = self._backend(call)
        days = characterizations.days(backend, self._cloud.clock.now())
        if not days:
            raise not_found()
        return json_answer(self._view(backend, days[0]))

    def characterization(self, call: Call) -> Answer:
        now = self._cloud.clock.now()
        for backend in self._cloud.catalogue.backends.values():
            found = characterizations.find(backend, now, call.params["UUID"].lower())
            if found is not None:
                return json_answer(characterization_view(found))
        raise not_found()

    def _view(self, backend: Backend, day: int) -> dict[str, object]:
        return characterization_view(characterizations.characterization(backend, day))

    def _backend(self, call: Call) -> Backend:
        backend = self._cloud.catalogue.find(call.params["backend"])
        if backend is None:
            raise not_found()
        return backend
