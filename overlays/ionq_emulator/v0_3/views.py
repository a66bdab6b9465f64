"""Jobs, machines and characterizations as version 0.3 shows them.

May import: records, backends, clock. Times are Unix seconds, durations ms (IonQ docs, v0.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.clock import parse_iso
from ionq_emulator.records import Job, Status
from ionq_emulator.v0_3.requests import STATUS_NAMES

if TYPE_CHECKING:
    from ionq_emulator.backends import Backend
    from ionq_emulator.values import Json


__all__ = ["backend_view", "characterization_view", "job_view"]


def job_view(job: Job) -> Json:
    """A job's JSON; what is unset is left out."""
    view: Json = {
        "id": job.id,
        "status": STATUS_NAMES.get(job.status, job.status),
        "type": "circuit",
        "target": job.backend,
        "name": job.name,
        "metadata": job.metadata,
        "submitted_by": job.submitter_id,
        "project_id": job.project_id,
        "shots": job.shots if job.extra.get("shots_given", True) else None,
        "qubits": job.stats.get("qubits"),
        "circuits": len(job.children) or 1,
        "gate_counts": job.stats.get("gate_counts"),
        "cost_usd": job.cost if job.cost is not None else job.estimated_cost or 0,
        "request": job.submitted_at // 1000,
        "start": _seconds(job.started_at),
        "response": _seconds(job.completed_at),
        "predicted_execution_time": job.predicted_execution_ms,
        "execution_time": job.execution_ms if job.status == Status.COMPLETED else None,
        "noise": (job.noise or {"model": "ideal"}) if job.simulated else None,
        "error_mitigation": _mitigation(job),
        "registers": job.extra.get("registers"),
        "children": job.children or None,
        "parent": job.parent_id,
    }
    if job.status == Status.COMPLETED and not job.dry_run:
        view["results_url"] = f"/v0.3/jobs/{job.id}/results"
    if job.failure is not None:
        view["failure"] = {"error": job.failure["message"], "code": job.failure["code"]}
    return {key: value for key, value in view.items() if value is not None}


def _mitigation(job: Job) -> Json | None:
    mitigation = job.settings.get("error_mitigation")
    return {"debias": mitigation["debiasing"]} if mitigation else None


def _seconds(ms: int | None) -> int | None:
    return None if ms is None else ms // 1000


def backend_view(backend: Backend, now_ms: int, characterization_id: str | None) -> Json:
    """A machine's JSON."""
    view: Json = {
        "backend": backend.name,
        "status": backend.status,
        "qubits": backend.qubits,
        "average_queue_time": backend.queue_ms,
        "last_updated": now_ms // 60_000 * 60,
        "has_access": True,
        "degraded": bool(backend.degraded),
    }
    if characterization_id is not None:
        view["characterization_url"] = f"/characterizations/{characterization_id}"
    if backend.noise_models:
        view["noise_models"] = list(backend.noise_models)
    return view


def characterization_view(characterization: Json) -> Json:
    """A characterization in v0.3's terms: Unix seconds for dates, `mean` for `median`."""
    fidelity = {
        name: {"mean": value["median"]} for name, value in characterization["fidelity"].items()
    }
    date = parse_iso(characterization["date"]) // 1000
    return characterization | {"fidelity": fidelity, "date": date}
