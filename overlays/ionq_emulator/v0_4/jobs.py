"""Version 0.4: jobs made, listed, canceled, deleted and priced.

May import: the cloud, the HTTP seam, validation, this package's requests and views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.contract import load
from ionq_emulator.http import Answer, Call, json_answer
from ionq_emulator.v0_4 import requests
from ionq_emulator.v0_4.estimate import read_estimate
from ionq_emulator.v0_4.views import cost_view, job_view
from ionq_emulator.validation import RequestValidator, parse_json, query_int

if TYPE_CHECKING:
    from ionq_emulator.cloud import Cloud

__all__ = ["JobsApi", "job_page"]

_PAGE = 25  # IonQ API reference, pagination-limit


class JobsApi:
    """Handlers."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._validator = RequestValidator(load("v0.4"))

    def create(self, call: Call) -> Answer:
        """POST /jobs."""
        payload = self._validator.job(parse_json(call.body))
        wanted = requests.submission(payload)
        wanted.size = len(call.body)
        job = self._cloud.submit(call.identity, wanted)
        return json_answer(
            {"id": job.id, "status": job.status, "session_id": job.session_id}, status=201
        )

    def page(self, call: Call) -> Answer:
        """GET /jobs."""
        return job_page(self._cloud, call)

    def get(self, call: Call) -> Answer:
        """GET /jobs/{UUID}."""
        job = self._cloud.job(call.identity, call.params["UUID"])
        self._cloud.lifecycle.polled([job])
        return json_answer(job_view(job, single=True))

    def delete(self, call: Call) -> Answer:
        """DELETE /jobs/{UUID}."""
        (job,) = self._cloud.delete(call.identity, [call.params["UUID"]])
        return json_answer({"id": job.id, "status": "deleted"})

    def delete_many(self, call: Call) -> Answer:
        """DELETE /jobs."""
        jobs = self._cloud.delete(call.identity, self._ids(call))
        return json_answer({"ids": [job.id for job in jobs], "status": "deleted"})

    def cancel(self, call: Call) -> Answer:
        """PUT /jobs/{UUID}/status/cancel."""
        (job,) = self._cloud.cancel(call.identity, [call.params["UUID"]])
        return json_answer({"id": job.id, "status": "canceled"})

    def cancel_many(self, call: Call) -> Answer:
        """PUT /jobs/status/cancel."""
        jobs = self._cloud.cancel(call.identity, self._ids(call))
        return json_answer({"ids": [job.id for job in jobs], "status": "canceled"})

    def cost(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/cost."""
        return json_answer(cost_view(self._cloud.job(call.identity, call.params["UUID"])))

    def estimate(self, call: Call) -> Answer:
        """GET /jobs/estimate."""
        estimate = read_estimate(call.query, self._cloud.catalogue)
        documented = self._cloud.settings.estimate_shape == "documented"
        view = estimate.documented if documented else estimate.served
        return json_answer(view(call.identity, self._cloud.clock.now()))

    def _ids(self, call: Call) -> list[str]:
        body = self._validator.body(parse_json(call.body), "JobsBulkOperationRequest")
        ids: list[str] = body["ids"]
        return ids


def job_page(cloud: Cloud, call: Call, *, session_id: str | None = None) -> Answer:
    """A page of jobs, filtered as the query says; of one session when it is given."""
    shown_until = cloud.clock.now() - call.lag_ms if call.lag_ms else None
    page = cloud.jobs(
        call.identity,
        requests.job_filter(call.query, session_id=session_id, submitted_by_ms=shown_until),
        limit=query_int(call.query, "limit", _PAGE, 1, _PAGE),
        before=requests.read_cursor(call.query),
    )
    cloud.lifecycle.polled(page.jobs)
    return json_answer(
        {
            "jobs": [job_view(job, single=False) for job in page.jobs],
            "next": requests.cursor(page.next),
        }
    )
