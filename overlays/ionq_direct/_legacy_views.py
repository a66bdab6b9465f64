"""What the API tells of jobs, backends and characterizations, as v0.3 says it and as v0.4 does.

May import: _language, _legacy_payload, _shapes, _status, _times. Facts: IonQ docs, v0.3 jobs and
migration from v0.3; answers captured from v0.3.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from ionq_direct._language import MULTI_CIRCUIT, SINGLE_CIRCUIT
from ionq_direct._legacy_payload import metadata_with_registers, metadata_without_registers
from ionq_direct._shapes import list_or_none, object_or_none, text_or_none, whole_or_none
from ionq_direct._status import COMPLETED, STARTED
from ionq_direct._times import moment_or_none
from ionq_direct.errors import InvalidJob

__all__ = [
    "REST_OF_V0_3",
    "REST_OF_V0_4",
    "backend_from_v0_3",
    "backend_to_v0_3",
    "characterization_from_v0_3",
    "characterization_to_v0_3",
    "job_from_v0_3",
    "job_to_v0_3",
    "status_from_v0_3",
    "status_to_v0_3",
    "to_instant",
    "to_unix_seconds",
]

Json = dict[str, Any]
Converter = Callable[[Mapping[str, Any]], Json]

REST_OF_V0_3: Final = "v0_3"
"""In a v0.4 object: the fields of the v0.3 object that v0.4 cannot say."""

REST_OF_V0_4: Final = "v0_4"
"""In a v0.3 object: the fields of the v0.4 object that v0.3 cannot say."""

_RUNNING: Final = "running"  # v0.3's word for v0.4's `started`
_CIRCUIT: Final = "circuit"  # v0.3's type of every job of circuits

_SAME: Final = ("id", "name", "metadata", "shots", "noise", "project_id", "warning")
_RENAMED: Final = {
    "target": "backend",
    "submitted_by": "submitter_id",
    "predicted_execution_time": "predicted_execution_duration_ms",
    "execution_time": "execution_duration_ms",
    "children": "child_job_ids",
}
_TIMES: Final = {"request": "submitted_at", "start": "started_at", "response": "completed_at"}
_STATS: Final = ("qubits", "circuits", "gate_counts")

# What every v0.4 job has, if only as null.
_NOTHING_TOLD: Final = (
    "backend",
    "submitter_id",
    "project_id",
    "parent_job_id",
    "session_id",
    "metadata",
    "name",
    "submitted_at",
    "started_at",
    "completed_at",
    "predicted_wait_time_ms",
    "predicted_execution_duration_ms",
    "execution_duration_ms",
    "failure",
    "output",
    "results",
    "child_job_ids",
)


def job_from_v0_3(job: Mapping[str, Any]) -> Json:
    """A v0.3 job as v0.4 tells of it.

    Whatever has no counterpart at v0.4, `cost_usd` for example, stays at hand under the key
    `v0_3`. Fields that every v0.4 job has and v0.3 does not know are null, but for `dry_run`,
    which is false. A null field of the v0.3 job counts as left out.

    Args:
        job: A job as `GET /v0.3/jobs/{id}` gives it, or `job_to_v0_3`.
    """
    return _converted(job, _job_forth, _job_back, REST_OF_V0_4, REST_OF_V0_3)


def job_to_v0_3(job: Mapping[str, Any]) -> Json:
    """A v0.4 job as v0.3 tells of it.

    Times become whole seconds, `started` becomes `running`; what is null is left out. Whatever has
    no counterpart at v0.3 (a session, fractions of a second, where artifacts are, ...) stays at
    hand under the key `v0_4`, from which `job_from_v0_3` takes it back.

    Args:
        job: A job as `GET /v0.4/jobs/{id}` gives it, or `job_from_v0_3`.
    """
    return _converted(job, _job_back, _job_forth, REST_OF_V0_3, REST_OF_V0_4)


def backend_from_v0_3(backend: Mapping[str, Any]) -> Json:
    """A v0.3 backend as v0.4 tells of it; the rest is kept as with `job_from_v0_3`."""
    return _converted(backend, _backend_forth, _backend_back, REST_OF_V0_4, REST_OF_V0_3)


def backend_to_v0_3(backend: Mapping[str, Any]) -> Json:
    """A v0.4 backend as v0.3 tells of it; the rest is kept as with `job_to_v0_3`."""
    return _converted(backend, _backend_back, _backend_forth, REST_OF_V0_3, REST_OF_V0_4)


def characterization_from_v0_3(characterization: Mapping[str, Any]) -> Json:
    """A v0.3 characterization as v0.4 tells of it: `mean` becomes `median`, the date an instant.

    IonQ renamed the value; that it measures the same is IonQ's word (docs, migration from v0.3).
    """
    return _converted(
        characterization,
        _characterization_forth,
        _characterization_back,
        REST_OF_V0_4,
        REST_OF_V0_3,
    )


def characterization_to_v0_3(characterization: Mapping[str, Any]) -> Json:
    """A v0.4 characterization as v0.3 tells of it: `median` becomes `mean`, the date seconds."""
    return _converted(
        characterization,
        _characterization_back,
        _characterization_forth,
        REST_OF_V0_3,
        REST_OF_V0_4,
    )


def status_from_v0_3(status: Any) -> Any:
    """v0.4's word for a v0.3 status: `running` is `started`, all others are the same."""
    return STARTED if status == _RUNNING else status


def status_to_v0_3(status: Any) -> Any:
    """v0.3's word for a v0.4 status."""
    return _RUNNING if status == STARTED else status


def to_instant(seconds: object) -> str | None:
    """An instant as v0.4 writes it, from seconds since 1970 UTC; None if they are no such thing."""
    whole = whole_or_none(seconds)
    if whole is None:
        return None
    try:
        return datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return None


def to_unix_seconds(instant: object) -> int | None:
    """Whole seconds since 1970 UTC of an instant as v0.4 writes it; None if it is none."""
    moment = moment_or_none(instant)
    return None if moment is None else int(moment.timestamp() // 1)


# --- What is the same for all ---------------------------------------------------------------------


def _converted(
    told: Mapping[str, Any], convert: Converter, back: Converter, earlier: str, later: str
) -> Json:
    """The object in the other version, with what that cannot say kept under the key `later`.

    What an earlier conversion kept, under the key `earlier`, goes back to its place.
    """
    original = {
        name: value for name, value in told.items() if name != earlier and value is not None
    }
    new = convert(original)
    again = back(new)
    rest = {
        name: value
        for name, value in original.items()
        if name not in again or not _is_same(again[name], value)
    }
    kept = object_or_none(told.get(earlier)) or {}
    new |= kept
    if rest:
        new[later] = rest
    return copy.deepcopy(new)


def _is_same(one: object, other: object) -> bool:
    """Whether two values are equal, or two spellings of one instant."""
    moment = moment_or_none(one)
    return one == other or (moment is not None and moment == moment_or_none(other))


def _without_nulls(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


# --- Jobs -----------------------------------------------------------------------------------------


def _job_forth(old: Mapping[str, Any]) -> Json:
    new: Json = dict.fromkeys(_NOTHING_TOLD)
    new |= {name: old[name] for name in _SAME if name in old}
    new |= {ours: old[theirs] for theirs, ours in _RENAMED.items() if theirs in old}
    new |= {ours: to_instant(old.get(theirs)) for theirs, ours in _TIMES.items()}
    new["status"] = status_from_v0_3(old.get("status"))
    new["type"] = _type_forth(old)
    new["dry_run"] = False
    new["stats"] = {name: old[name] for name in _STATS if name in old}
    mitigation = object_or_none(old.get("error_mitigation")) or {}
    new["settings"] = (
        {"error_mitigation": {"debiasing": mitigation["debias"]}} if "debias" in mitigation else {}
    )
    new["failure"] = _renamed(old.get("failure"), {"error": "message"})
    if "results_url" in old:
        new["results"] = {"probabilities": {"url": _results_path(old)}}
    if "registers" in old:
        with suppress(InvalidJob):  # if there is no place for them, they stay with the rest
            new["metadata"] = metadata_with_registers(new["metadata"], old["registers"])
    return new


def _job_back(new: Mapping[str, Any]) -> Json:
    old: Json = {name: new.get(name) for name in _SAME}
    old["metadata"], old["registers"] = metadata_without_registers(new.get("metadata"))
    if old["registers"] is not None and not old["metadata"]:
        del old["metadata"]
    old |= {theirs: new.get(ours) for theirs, ours in _RENAMED.items()}
    old |= {theirs: to_unix_seconds(new.get(ours)) for theirs, ours in _TIMES.items()}
    old["status"] = status_to_v0_3(new.get("status"))
    old["type"] = _type_back(new.get("type"))
    stats = object_or_none(new.get("stats")) or {}
    old |= {name: stats.get(name) for name in _STATS}
    settings = object_or_none(new.get("settings")) or {}
    mitigation = object_or_none(settings.get("error_mitigation")) or {}
    if mitigation.get("debiasing") is not None:
        old["error_mitigation"] = {"debias": mitigation["debiasing"]}
    old["failure"] = _renamed(new.get("failure"), {"message": "error"})
    if new.get("status") == COMPLETED and object_or_none(new.get("results")):
        old["results_url"] = f"/v0.3/jobs/{new.get('id')}/results"
    return _without_nulls(old)


def _type_forth(old: Mapping[str, Any]) -> Any:
    kind = old.get("type", _CIRCUIT)
    if kind != _CIRCUIT:
        return kind
    many = bool(list_or_none(old.get("children"))) or (whole_or_none(old.get("circuits")) or 1) > 1
    return MULTI_CIRCUIT if many else SINGLE_CIRCUIT


def _type_back(kind: Any) -> Any:
    return _CIRCUIT if kind in (SINGLE_CIRCUIT, MULTI_CIRCUIT, "ionq.qasm3.v1") else kind


def _results_path(old: Mapping[str, Any]) -> str:
    path = f"/v0.4/jobs/{old.get('id')}/results/probabilities"
    return f"{path}/aggregated" if _type_forth(old) == MULTI_CIRCUIT else path


def _renamed(told: object, names: Mapping[str, str]) -> Json | None:
    """The object with some fields under their other names; None if it is none."""
    fields = object_or_none(told)
    if fields is None:
        return None
    return {names.get(name, name): value for name, value in fields.items()}


# --- Backends and characterizations ---------------------------------------------------------------

_BACKEND: Final = (
    "backend",
    "status",
    "qubits",
    "average_queue_time",
    "degraded",
    "has_access",
    "noise_models",
)
_CHARACTERIZATIONS: Final = "/characterizations/"


def _backend_forth(old: Mapping[str, Any]) -> Json:
    new: Json = {name: old.get(name) for name in _BACKEND}
    new["last_updated"] = to_instant(old.get("last_updated"))
    url = text_or_none(old.get("characterization_url")) or ""
    head, found, identity = url.rpartition(_CHARACTERIZATIONS)
    new["characterization_id"] = identity if found and not head and identity else None
    return _without_nulls(new)


def _backend_back(new: Mapping[str, Any]) -> Json:
    old: Json = {name: new.get(name) for name in _BACKEND}
    old["last_updated"] = to_unix_seconds(new.get("last_updated"))
    identity = new.get("characterization_id")
    old["characterization_url"] = None if identity is None else f"{_CHARACTERIZATIONS}{identity}"
    return _without_nulls(old)


_CHARACTERIZATION: Final = ("id", "backend", "qubits", "connectivity", "timing")


def _characterization_forth(old: Mapping[str, Any]) -> Json:
    new: Json = {name: old.get(name) for name in _CHARACTERIZATION}
    new["date"] = to_instant(old.get("date"))
    new["fidelity"] = _fidelities(old.get("fidelity"), {"mean": "median"})
    return _without_nulls(new)


def _characterization_back(new: Mapping[str, Any]) -> Json:
    old: Json = {name: new.get(name) for name in _CHARACTERIZATION}
    old["date"] = to_unix_seconds(new.get("date"))
    old["fidelity"] = _fidelities(new.get("fidelity"), {"median": "mean"})
    return _without_nulls(old)


def _fidelities(told: object, names: Mapping[str, str]) -> Json | None:
    kinds = object_or_none(told)
    if kinds is None:
        return None
    return {kind: _renamed(values, names) for kind, values in kinds.items()}
