"""The routes of version 0.4, one function per operation of the contract.

May import: the cloud, the HTTP seam, validation, and this package's requests and views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.clock import iso
from ionq_emulator.contract import load
from ionq_emulator.errors import bad_request, not_found
from ionq_emulator.http import Answer, Call, Operation, json_answer
from ionq_emulator.pricing import cost_usd, execution_ms, quantum_time_us
from ionq_emulator.v0_4 import requests
from ionq_emulator.v0_4.views import backend_view, cost_view, job_view
from ionq_emulator.validation import RequestValidator, parse_json, query_bool, query_int

if TYPE_CHECKING:
    from ionq_emulator.cloud import Cloud

__all__ = ["operations"]

PAGE_SIZE = 25


def operations(cloud: Cloud) -> list[Operation]:
    """All operations of version 0.4."""
    api = _Api(cloud)
    return [
        Operation("GetHealth", "GET", "/health", api.health, public=True),
        Operation("getWhoami", "GET", "/whoami", api.whoami),
        Operation("getBackends", "GET", "/backends", api.backends, public=True),
        Operation("getBackend", "GET", "/backends/{backend}", api.backend, public=True),
        Operation("CreateJob", "POST", "/jobs", api.create_job),
        Operation("GetJobs", "GET", "/jobs", api.jobs),
        Operation("DeleteJobs", "DELETE", "/jobs", api.delete_jobs),
        Operation("EstimateJobCost", "GET", "/jobs/estimate", api.estimate),
        Operation("CancelJobs", "PUT", "/jobs/status/cancel", api.cancel_jobs),
        Operation("GetJob", "GET", "/jobs/{UUID}", api.job),
        Operation("DeleteJob", "DELETE", "/jobs/{UUID}", api.delete_job),
        Operation("CancelJob", "PUT", "/jobs/{UUID}/status/cancel", api.cancel_job),
        Operation("GetJobCost", "GET", "/jobs/{UUID}/cost", api.cost),
        Operation(
            "GetJobProbabilities", "GET", "/jobs/{UUID}/results/probabilities", api.probabilities
        ),
        Operation(
            "GetJobAggregatedProbabilities",
            "GET",
            "/jobs/{UUID}/results/probabilities/aggregated",
            api.aggregated,
        ),
        Operation("GetJobHistogram", "GET", "/jobs/{UUID}/results/histogram", api.histogram),
        Operation("GetJobShots", "GET", "/jobs/{UUID}/results/shots", api.shots),
    ]


class _Api:
    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._validator = RequestValidator(load("v0.4"))

    # -- the account and the machines -----------------------------------------------------------

    def health(self, _call: Call) -> Answer:
        return json_answer({"status": "pass"})

    def whoami(self, call: Call) -> Answer:
        who = call.identity
        return json_answer(
            {"key_id": who.key_id, "key_name": who.key_name, "project_id": who.project_id}
        )

    def backends(self, _call: Call) -> Answer:
        now = self._cloud.clock.now()
        return json_answer(
            [
                backend_view(backend, now, None)
                for backend in self._cloud.catalogue.backends.values()
            ]
        )

    def backend(self, call: Call) -> Answer:
        backend = self._cloud.catalogue.find(call.params["backend"])
        if backend is None:
            raise not_found()
        return json_answer(backend_view(backend, self._cloud.clock.now(), None))

    # -- jobs -----------------------------------------------------------------------------------

    def create_job(self, call: Call) -> Answer:
        payload = self._validator.job(parse_json(call.body))
        wanted = requests.submission(payload)
        wanted.size = len(call.body)
        job = self._cloud.submit(call.identity, wanted)
        return json_answer(
            {"id": job.id, "status": job.status, "session_id": job.session_id}, status=201
        )

    def jobs(self, call: Call) -> Answer:
        shown_until = self._cloud.clock.now() - call.lag_ms if call.lag_ms else None
        page = self._cloud.jobs(
            call.identity,
            requests.job_filter(call.query, submitted_by_ms=shown_until),
            limit=query_int(call.query, "limit", PAGE_SIZE, 1, PAGE_SIZE),
            before=requests.read_cursor(call.query),
        )
        self._cloud.lifecycle.polled(page.jobs)
        return json_answer(
            {
                "jobs": [job_view(job, single=False) for job in page.jobs],
                "next": requests.cursor(page.next),
            }
        )

    def job(self, call: Call) -> Answer:
        job = self._cloud.job(call.identity, call.params["UUID"])
        self._cloud.lifecycle.polled([job])
        return json_answer(job_view(job, single=True))

    def delete_job(self, call: Call) -> Answer:
        (job,) = self._cloud.delete(call.identity, [call.params["UUID"]])
        return json_answer({"id": job.id, "status": "deleted"})

    def delete_jobs(self, call: Call) -> Answer:
        jobs = self._cloud.delete(call.identity, self._bulk(call))
        return json_answer({"ids": [job.id for job in jobs], "status": "deleted"})

    def cancel_job(self, call: Call) -> Answer:
        (job,) = self._cloud.cancel(call.identity, [call.params["UUID"]])
        return json_answer({"id": job.id, "status": "canceled"})

    def cancel_jobs(self, call: Call) -> Answer:
        jobs = self._cloud.cancel(call.identity, self._bulk(call))
        return json_answer({"ids": [job.id for job in jobs], "status": "canceled"})

    def _bulk(self, call: Call) -> list[str]:
        body = self._validator.body(parse_json(call.body), "JobsBulkOperationRequest")
        return requests.ids_of(body)

    # -- results --------------------------------------------------------------------------------

    def probabilities(self, call: Call) -> Answer:
        job = self._cloud.job(call.identity, call.params["UUID"])
        sharpen = query_bool(call.query, "sharpen", default=False)
        kind = "sharpened" if sharpen and "sharpened" in job.results else "probabilities"
        return Answer(self._cloud.result(job, kind))

    def aggregated(self, call: Call) -> Answer:
        return Answer(self._cloud.aggregated(self._cloud.job(call.identity, call.params["UUID"])))

    def histogram(self, call: Call) -> Answer:
        job = self._cloud.job(call.identity, call.params["UUID"])
        return Answer(self._cloud.result(job, "histogram"))

    def shots(self, call: Call) -> Answer:
        job = self._cloud.job(call.identity, call.params["UUID"])
        return Answer(self._cloud.result(job, "shots"))

    # -- money ----------------------------------------------------------------------------------

    def cost(self, call: Call) -> Answer:
        return json_answer(cost_view(self._cloud.job(call.identity, call.params["UUID"])))

    def estimate(self, call: Call) -> Answer:
        name = call.query.get("backend")
        backend = self._cloud.catalogue.find(name) if name else None
        if backend is None:
            known = ", ".join(self._cloud.catalogue.backends)
            raise bad_request(
                f'"backend" must be one of {known}, got {name!r}', "backend", source="query"
            )
        gates = {
            "one_qubit": query_int(call.query, "1q_gates", 0, 0),
            "two_qubit": query_int(call.query, "2q_gates", 0, 0),
        }
        qubits = query_int(call.query, "qubits", 25, 1)
        shots = query_int(call.query, "shots", 1000, 1)
        mitigated = bool(query_bool(call.query, "error_mitigation", default=False))
        inputs = {
            "backend": backend.name,
            "type": call.query.get("type", "ionq.circuit.v1"),
            "qubits": qubits,
            "shots": shots,
            "1q_gates": gates["one_qubit"],
            "2q_gates": gates["two_qubit"],
            "error_mitigation": mitigated,
        }
        cost = cost_usd(backend, shots=shots, mitigated=mitigated, **gates) or 0.0
        duration = execution_ms(backend, qubits=min(qubits, 40), shots=shots, **gates)
        rates = backend.rates
        minimum = 0.0
        if rates is not None:
            minimum = rates.minimum_mitigated if mitigated else rates.minimum
        shared = {
            "estimated_at": iso(self._cloud.clock.now()),
            "estimated_execution_time": duration,
            "current_predicted_queue_time": backend.queue_ms,
        }
        one = rates.one_qubit_gate if rates else 0.0
        two = rates.two_qubit_gate if rates else 0.0
        if self._cloud.settings.estimate_shape == "documented":
            return json_answer(
                shared
                | {
                    "input_values": inputs,
                    "cost_unit": "usd",
                    "rate_information": {
                        "job_cost_minimum": minimum,
                        "cost_1q_gate": one,
                        "cost_2q_gate": two,
                        "organization": call.identity.organization_id,
                    },
                    "estimated_cost": cost,
                }
            )
        return json_answer(
            shared
            | {
                "estimate_context": inputs
                | {
                    "organization": call.identity.organization_id,
                    "project": call.identity.project_id,
                },
                "estimated_unit": "usd",
                "rate_card": {
                    "id": f"azure-list-{backend.name}",
                    "rates": [
                        {
                            "sku": backend.name,
                            "unit": "gates",
                            "cost_1q_gate": one,
                            "cost_2q_gate": two,
                            "job_cost_minimum": minimum,
                        }
                    ],
                },
                "estimated_total_cost": cost,
                "estimated_quantum_compute_time_us": quantum_time_us(backend, shots=shots, **gates),
            }
        )
