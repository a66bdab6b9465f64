"""Jobs, machines and the rest as version 0.4 shows them.

May import: records, backends, clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionq_emulator.backends import QIS_GATES, Backend
from ionq_emulator.clock import iso
from ionq_emulator.ids import stable_uuid
from ionq_emulator.records import Job, Status

__all__ = ["Artifact", "artifacts", "backend_view", "cost_view", "job_view", "result_names"]

if TYPE_CHECKING:
    from ionq_emulator.compiled import Language
    from ionq_emulator.values import Json


# Result kind to the format of its artifact (IonQ API, October 2026 document).
_FORMATS = {
    "probabilities": "ionq.result.probabilities.json.v1",
    "histogram": "ionq.result.histogram.json.v1",
    "shots": "ionq.result.shots.json.v1",
    "probabilities-aggregate": "ionq.result.probabilities-aggregate.json.v1",
}
_COMPILER_VERSION = "v0.4"


def job_view(job: Job, *, single: bool) -> Json:
    """A job's JSON.

    Args:
        job: The job.
        single: As `GET /jobs/{id}` shows it, with `child_job_ids`; else as listings do.
    """
    view: Json = {
        "id": job.id,
        "status": job.status,
        "type": job.type,
        "backend": job.backend,
        "dry_run": job.dry_run,
        # As newer answers name it (SPEC-OCT): ionq-core refuses a job with the older name.
        "cost_model": "QCT",
        "submitter_id": job.submitter_id,
        "project_id": job.project_id,
        "parent_job_id": job.parent_id,
        "session_id": job.session_id,
        "metadata": job.metadata,
        "name": job.name,
        "submitted_at": iso(job.submitted_at),
        "started_at": _time(job.started_at),
        "completed_at": _time(job.completed_at),
        "predicted_wait_time_ms": job.predicted_wait_ms,
        "predicted_execution_duration_ms": job.predicted_execution_ms,
        "execution_duration_ms": _execution_ms(job),
        "failure": job.failure,
        "output": _output(job),
        "settings": job.settings,
        "stats": job.stats,
        "results": _results(job),
    }
    if job.counts_shots:
        view["shots"] = job.shots
    if job.simulated:
        view["noise"] = job.noise or {"model": "ideal"}
    if single:
        view["child_job_ids"] = job.children or None
    return view


def _time(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)


def _execution_ms(job: Job) -> int | None:
    return job.execution_ms if job.status == Status.COMPLETED else None


def result_names(job: Job) -> list[str]:
    """The results with a URL of their own: none of an unfinished job or a dry run."""
    if job.status != Status.COMPLETED or job.dry_run:
        return []
    return [name for name in ("probabilities", "histogram", "shots") if name in job.results]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file a completed job has published.

    Attributes:
        id: What it is fetched by: a name, or a UUID.
        format: IonQ's name of the format.
        media_type: As served.
        kind: The stored result it shows.
        language: The compiled circuit it shows.
    """

    id: str
    format: str
    media_type: str = "application/json"
    kind: str = ""
    language: Language | None = None

    def descriptor(self) -> Json:
        """How a job refers to it."""
        return {"id": self.id, "format": self.format, "media_type": self.media_type}


def artifacts(job: Job) -> dict[str, Artifact]:
    """A completed job's artifacts by id."""
    return {artifact.id: artifact for artifact in (*_result_artifacts(job), *_compiled(job))}


def _result_artifacts(job: Job) -> list[Artifact]:
    names = ["probabilities-aggregate"] if job.children else result_names(job)
    if not result_names(job):
        return []
    found = [Artifact(name, _FORMATS[name], kind=name) for name in names]
    return found + [
        Artifact(stable_uuid(job.id, kind), f"ionq.result.{kind[:-3]}.json.v2", kind=kind)
        for kind in job.results
        if kind.endswith("-v2") and _pinned(job)
    ]


def _compiled(job: Job) -> list[Artifact]:
    """The compiled circuits (qiskit-ionq: only of jobs that pin the compiler's version)."""
    if job.status != Status.COMPLETED or job.children or not _pinned(job):
        return []
    if job.values or job.mid_circuit:  # several circuits, or one that neither format can write
        return []
    formats: list[tuple[Language, str, str]] = [
        ("native", "ionq.native.v1", "application/json"),
        ("qasm3", "ionq.qasm3.v1", "text/plain"),
    ]
    return [
        Artifact(stable_uuid(job.id, format_), format_, media_type, language=language)
        for language, format_, media_type in formats
    ]


def _pinned(job: Job) -> bool:
    """Whether the job asks for the compiler that publishes registers and compiled circuits."""
    version = job.settings.get("compilation", {}).get("service_version")
    return bool(version == _COMPILER_VERSION)


def _output(job: Job) -> Json:
    if job.status != Status.COMPLETED or job.children:
        return {}
    output: Json = {}
    compiled = _compiled(job)
    if compiled:
        descriptors = {artifact.format: artifact.descriptor() for artifact in compiled}
        output["compilation"] = {"compiled_circuits": descriptors}
    if not job.simulated and not job.dry_run:
        variants = [_variant(job, variant) for variant in job.variants]
        debiasing = {"variants": variants, "aggregation_method": "average"} if variants else False
        output["error_mitigation"] = {"debiasing": debiasing}
    return output


def _variant(job: Job, variant: Json) -> Json:
    base = f"/v0.4/jobs/{job.id}/variants/{variant['id']}/results"
    return {
        "variant_id": variant["id"],
        "qubit_map": variant["qubit_map"],
        "shots": variant["shots"],
        "results": {
            kind: {"url": f"{base}/{kind}"} for kind in ("probabilities", "histogram", "shots")
        },
    }


def _results(job: Job) -> Json | None:
    if job.values and job.status == Status.COMPLETED:
        return dict(job.values)
    names = result_names(job)
    if not names:
        return None
    base = f"/v0.4/jobs/{job.id}/results"
    if job.children:
        pointers: Json = {"probabilities": {"url": f"{base}/probabilities/aggregated"}}
    else:
        pointers = {name: {"url": f"{base}/{name}"} for name in names}
    # IonQ sends descriptors of artifacts and, beside them, the older pointers.
    return pointers | {one.format: one.descriptor() for one in _result_artifacts(job)}


def cost_view(job: Job) -> Json:
    """What a job costs; the simulator's are never priced and carry no amounts."""
    view: Json = {"dry_run": job.dry_run}
    for key, value in (("estimated_cost", job.estimated_cost), ("cost", job.cost)):
        if value is not None:
            view[key] = {"value": value, "unit": "usd"}
    return view


def backend_view(backend: Backend, now_ms: int, characterization_id: str | None) -> Json:
    """A machine's JSON."""
    view: Json = {
        "backend": backend.name,
        "status": backend.status,
        "qubits": backend.qubits,
        "average_queue_time": backend.queue_ms,
        # The status is looked at every minute.
        "last_updated": iso(now_ms // 60_000 * 60_000),
        "supported_gates": list(QIS_GATES),
        "supported_native_gates": list(backend.native_gates),
        "supported_error_mitigations": list(backend.mitigations),
    }
    optional = {
        "characterization_id": characterization_id,
        "degraded": backend.degraded,
        "kw": backend.kw,
        "location": backend.location,
        "noise_models": list(backend.noise_models) or None,
    }
    return view | {key: value for key, value in optional.items() if value is not None}
