# Generated from overlays/ionq_direct/_async/legacy.py by scripts.sync_from_async. Do not edit.
"""API v0.3's operations over the v0.4 client. May import: the rest of _sync, and what has no I/O.

What goes in and what comes out is v0.3's JSON, as plain dicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Final, Self

from ionq_api.v0_4.api.characterizations import get_characterizations_for_backend
from ionq_api.v0_4.api.jobs import (
    cancel_job,
    cancel_jobs,
    delete_job,
    delete_jobs,
    get_jobs,
)
from ionq_api.v0_4.api.results import get_job_probabilities
from ionq_api.v0_4.models.jobs_bulk_operation_request import JobsBulkOperationRequest
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import checked
from ionq_direct._ids import check_id, unique_ids
from ionq_direct._language import SIMULATOR
from ionq_direct._legacy_payload import in_v0_3_terms, payload_from_v0_3
from ionq_direct._legacy_queries import characterizations_query_from_v0_3, jobs_query_from_v0_3
from ionq_direct._legacy_views import backend_to_v0_3, characterization_to_v0_3, job_to_v0_3
from ionq_direct._paths import check_path_argument
from ionq_direct._shapes import json_object, objects_in, text_or_none
from ionq_direct._status import COMPLETED, has_ended
from ionq_direct._sync.client import IonQ
from ionq_direct._sync.job import Job
from ionq_direct._tags import METADATA_KEY
from ionq_direct.errors import APIError, InvalidArgument, InvalidJob
from ionq_direct.results import MultiResult, Result

__all__ = ["Legacy"]

_ACCEPTED: Final = "ready"  # what v0.3 answers to a job; v0.4 says `submitted`


class Legacy:
    """API v0.3 as an old script knows it, over a client of v0.4.

    Each method does what one request to v0.3 did, takes the same JSON and gives the same JSON. The
    client's care is behind it: a job is submitted once, reads are retried, results add up.

    Args:
        ionq: The client.
    """

    def __init__(self, ionq: IonQ) -> None:
        self._ionq = ionq

    @classmethod
    def connect(
        cls, api_key: str | None = None, base_url: str | None = None, **options: Any
    ) -> Self:
        """Over a client of its own; close it with `close()`, or use it as a context manager.

        Args:
            api_key: As for `IonQ`.
            base_url: As for `IonQ`: the address of v0.4.
            options: As for `IonQ`.

        Raises:
            ConfigurationError: There is no key, or an option is out of range.
        """
        return cls(IonQ(api_key, base_url, **options))

    def close(self) -> None:
        """Close the client."""
        self._ionq.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def create_job(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """`POST /v0.3/jobs`.

        Args:
            payload: The job as v0.3 has it, or v0.2.

        Returns:
            `{"id": ..., "status": "ready"}`.

        Raises:
            InvalidJob: v0.4 cannot do it, or it breaks a rule of IonQ's. Nothing was sent. The
                field has v0.3's name.
            APIError, ConnectionFailed, RequestTimeout, SubmissionUnknown: As for `ionq.submit`.
        """
        body = payload_from_v0_3(payload)
        try:
            job = self._ionq.submit(body)
        except InvalidJob as error:
            raise in_v0_3_terms(error) from None
        return {"id": job.id, "status": _ACCEPTED}

    def get_job(self, job_id: str) -> dict[str, Any]:
        """`GET /v0.3/jobs/{id}`.

        Returns:
            The job: `status` is `running` where v0.4 says `started`, times are Unix seconds,
            durations ms. `cost_usd` is there once the job has ended, if its price is known and in
            USD; on a quantum computer that takes a second request. What v0.3 cannot say is under
            `v0_4`.

        Raises:
            NotFound: There is no such job.
            InvalidArgument: This cannot be an id.
        """
        job = self._ionq.jobs.get(job_id)
        view = _shown(job)
        cost = self._cost(job) if has_ended(job.status) else None
        return view if cost is None else {**view, "cost_usd": cost}

    def get_jobs(
        self,
        *,
        id: str | Iterable[str] | None = None,  # noqa: A002 - v0.3's name of the parameter
        status: str | None = None,
        limit: int | None = None,
        next: str | None = None,  # noqa: A002 - v0.3's name of the parameter
    ) -> dict[str, Any]:
        """`GET /v0.3/jobs`: one page.

        Args:
            id: Only these jobs.
            status: Only jobs in this state, by v0.3's word.
            limit: Most jobs in the page; IonQ's default is 25.
            next: The `next` of the page before.

        Returns:
            `{"jobs": [...]}`, with `next` unless it is the last page. The jobs lack `cost_usd`, and
            `children`, which v0.4 leaves out of lists.

        Raises:
            APIError: The server refused.
        """
        ids = None if id is None else [id] if isinstance(id, str) else list(id)
        query = jobs_query_from_v0_3({"id": ids, "status": status, "limit": limit, "next": next})
        response = get_jobs.sync_detailed(
            client=self._ionq.api,
            ids=query.get("ids", UNSET),
            status=query.get("status", UNSET),
            limit=query.get("limit", UNSET),
            next_=query.get("next", UNSET),
        )
        answer = json_object(checked(response, method="GET", path="/jobs"))
        found = [one for one in objects_in(answer.get("jobs")) if text_or_none(one.get("id"))]
        page: dict[str, Any] = {"jobs": [_shown(Job(self._ionq, one)) for one in found]}
        return page if answer.get("next") is None else {**page, "next": answer["next"]}

    def get_results(self, job_id: str, *, sharpen: bool | None = None) -> dict[str, Any]:
        """`GET /v0.3/jobs/{id}/results`.

        Args:
            job_id: The job's id.
            sharpen: True combines the variants of a debiased job by plurality vote.

        Returns:
            Outcome as a decimal string (bit 0 is qubit 0) to its probability; of a job of several
            circuits, the id of each one's job to such an object, in the order of the circuits.

        Raises:
            NotFound: There is no such job, or it has not completed.
            NoResults: It has completed without results.
        """
        job = self._ionq.jobs.get(job_id)
        if job.status != COMPLETED:  # v0.4 refuses in its own words, with a 404 as v0.3 did
            response = get_job_probabilities.sync_detailed(job.id, client=self._ionq.api)
            path = f"/jobs/{job.id}/results/probabilities"
            return json_object(checked(response, method="GET", path=path))
        found = job.result(sharpen=sharpen)
        if isinstance(found, MultiResult):
            return {
                child: _probabilities(one)
                for child, one in zip(found.child_ids, found, strict=True)
            }
        return _probabilities(found)

    def cancel_job(self, job_id: str) -> dict[str, Any]:
        """`PUT /v0.3/jobs/{id}/status/cancel`.

        Raises:
            NotFound: There is no such job.
        """
        job_id = check_id("job_id", job_id)
        response = cancel_job.sync_detailed(job_id, client=self._ionq.api)
        path = f"/jobs/{job_id}/status/cancel"
        return json_object(checked(response, method="PUT", path=path))

    def cancel_jobs(self, ids: Iterable[str]) -> dict[str, Any]:
        """`PUT /v0.3/jobs/status/cancel`.

        Raises:
            APIError: The server refused.
        """
        body = JobsBulkOperationRequest(ids=list(unique_ids("ids", ids)))
        response = cancel_jobs.sync_detailed(client=self._ionq.api, body=body)
        return json_object(checked(response, method="PUT", path="/jobs/status/cancel"))

    def delete_job(self, job_id: str) -> dict[str, Any]:
        """`DELETE /v0.3/jobs/{id}`. This cannot be undone.

        Raises:
            NotFound: There is no such job.
        """
        job_id = check_id("job_id", job_id)
        response = delete_job.sync_detailed(job_id, client=self._ionq.api)
        return json_object(checked(response, method="DELETE", path=f"/jobs/{job_id}"))

    def delete_jobs(self, ids: Iterable[str]) -> dict[str, Any]:
        """`DELETE /v0.3/jobs`. This cannot be undone.

        Raises:
            APIError: The server refused.
        """
        body = JobsBulkOperationRequest(ids=list(unique_ids("ids", ids)))
        response = delete_jobs.sync_detailed(client=self._ionq.api, body=body)
        return json_object(checked(response, method="DELETE", path="/jobs"))

    def get_backends(self) -> list[dict[str, Any]]:
        """`GET /v0.3/backends`.

        Raises:
            APIError: The server refused.
        """
        return [backend_to_v0_3(one.data) for one in self._ionq.backends.list()]

    def get_characterizations(
        self,
        backend: str,
        *,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> dict[str, Any]:
        """`GET /v0.3/characterizations/backends/{backend}`: one page.

        Args:
            backend: Its name.
            start: Not before this, in ms since 1970 UTC.
            end: Not after this, in ms since 1970 UTC.
            limit: Most characterizations in the page, 1 to 10.
            page: Number of the page, from 1.

        Returns:
            `{"characterizations": [...], "pages": ...}`, the number of pages that follow.

        Raises:
            NotFound: There is no such backend.
            InvalidArgument: An argument cannot be sent.
        """
        backend = check_path_argument("backend", backend)
        told = {"start": start, "end": end, "limit": limit, "page": page}
        query = characterizations_query_from_v0_3(told)
        response = get_characterizations_for_backend.sync_detailed(
            backend, client=self._ionq.api, **query
        )
        path = f"/backends/{backend}/characterizations"
        answer = json_object(checked(response, method="GET", path=path))
        found = objects_in(answer.get("characterizations"))  # null where there are none
        return {**answer, "characterizations": [characterization_to_v0_3(one) for one in found]}

    def get_current_characterization(self, backend: str) -> dict[str, Any] | None:
        """`GET /v0.3/characterizations/backends/{backend}/current`; None where there is none.

        Raises:
            NotFound: There is no such backend.
            InvalidArgument: This cannot be a name.
        """
        found = self._ionq.characterizations.latest(backend)
        return None if found is None else characterization_to_v0_3(found.data)

    def get_characterization(
        self, characterization_id: str, *, backend: str | None = None
    ) -> dict[str, Any]:
        """`GET /v0.3/characterizations/{id}`.

        Args:
            characterization_id: Its id, or the `characterization_url` of a v0.3 backend.
            backend: Whose it is, which v0.4 wants to know. None: looked up, which finds a
                backend's latest characterization and no earlier one.

        Raises:
            NotFound: There is none with that id.
            InvalidArgument: It is no backend's latest: `backend` is needed.
        """
        wanted = characterization_id.removeprefix("/characterizations/")
        if backend is None:
            owners = (one for one in self._ionq.backends.list())
            backend = next((one.name for one in owners if one.characterization_id == wanted), None)
        if backend is None:
            rule = "must be given: v0.4 keeps characterizations by backend, and this is no latest"
            raise InvalidArgument(name="backend", value=None, rule=rule)
        found = self._ionq.characterizations.get(backend, wanted)
        return characterization_to_v0_3(found.data)

    def _cost(self, job: Job) -> float | None:
        """What an ended job costs in USD; None where the server does not tell."""
        if job.backend == SIMULATOR:
            return 0.0
        try:
            cost = job.cost()
        except APIError:
            return None  # the job is what was asked for
        money = cost.charged or cost.estimated
        return None if money is None or money.unit != "usd" else float(money.amount)


def _shown(job: Job) -> dict[str, Any]:
    """A job as its submitter saw it at v0.3: without the tag, and with its shots."""
    metadata = {name: text for name, text in job.metadata.items() if name != METADATA_KEY}
    data = {**job.data, "metadata": metadata or None}
    if data.get("shots") is None and job.shots is not None:
        data["shots"] = job.shots
    return job_to_v0_3(data)


def _probabilities(result: Result) -> dict[str, float]:
    return dict(result.distribution)
