"""What a job must look like around its circuits. May import: _circuit_rules and below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_direct._circuit_rules import (
    as_object,
    multi_circuit_problems,
    single_circuit_problems,
    unknown_fields,
)
from ionq_direct._gate_rules import Problem, Problems, member
from ionq_direct._language import (
    DEBIASING_FEWEST_SHOTS,
    DEFAULT_SHOTS,
    JOB_FIELDS,
    MAX_METADATA_KEYS,
    MAX_METADATA_NAME,
    MAX_METADATA_VALUE,
    MAX_SEED,
    MAX_SHOTS,
    MULTI_CIRCUIT,
    REQUIRED_FIELDS,
    REQUIRED_INPUT,
    SIMULATOR,
    SINGLE_CIRCUIT,
    family_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Job = Mapping[str, object]

__all__ = ["job_problems"]

_CIRCUIT_RULES = {
    SINGLE_CIRCUIT: single_circuit_problems,
    MULTI_CIRCUIT: multi_circuit_problems,
}


def job_problems(job: Job, reserved_keys: int) -> Problems:
    """Check a job, field by field.

    Fields that may be left out may also be null.

    Args:
        job: The job.
        reserved_keys: Number of metadata keys that will be added later.
    """
    kind = _kind(job)
    for field in REQUIRED_FIELDS.get(kind, REQUIRED_FIELDS[""]):
        if job.get(field) is None:
            yield Problem(f"$.{field}", None, f"a job needs {field}")
    if kind in _CIRCUIT_RULES:
        yield from unknown_fields(job, JOB_FIELDS, "$", "a circuit job")
    for field, value in job.items():
        if value is None:
            continue
        if field == "metadata":
            yield from _metadata_problems(value, MAX_METADATA_KEYS - reserved_keys)
        elif field in _FIELD_RULES:
            yield from _FIELD_RULES[field](value, job)


def _text_problems(field: str) -> Callable[[object, Job], Problems]:
    def check(value: object, _: Job) -> Problems:
        if not isinstance(value, str) or not value.strip():
            yield Problem(f"$.{field}", value, f"{field} is text")

    return check


def _dry_run_problems(value: object, _: Job) -> Problems:
    if type(value) is not bool:
        yield Problem("$.dry_run", value, "dry_run is true or false")


def _shots_problems(value: object, _: Job) -> Problems:
    if type(value) is not int or not 1 <= value <= MAX_SHOTS:
        yield Problem("$.shots", value, f"shots is an integer from 1 to {MAX_SHOTS:,}")


def _metadata_problems(value: object, most_keys: int) -> Problems:
    metadata = as_object(value)
    if metadata is None:
        yield Problem("$.metadata", value, "metadata is an object of texts")
        return
    if len(metadata) > most_keys:
        kept = MAX_METADATA_KEYS - most_keys
        rule = f"metadata has at most {MAX_METADATA_KEYS} keys"
        rule += f", of which this client needs {kept}" if kept else ""
        yield Problem("$.metadata", f"{len(metadata)} keys", rule)
    for name, text in metadata.items():
        path = member("$.metadata", name)
        if len(name) > MAX_METADATA_NAME:
            rule = f"names of metadata have at most {MAX_METADATA_NAME} characters"
            yield Problem(path, name, rule)
        if not isinstance(text, str):
            yield Problem(path, text, "values of metadata are texts")
        elif len(text) > MAX_METADATA_VALUE:
            rule = f"values of metadata have at most {MAX_METADATA_VALUE:,} characters"
            yield Problem(path, text, rule)


def _noise_problems(value: object, job: Job) -> Problems:
    noise = as_object(value)
    if noise is None:
        yield Problem("$.noise", value, "noise is an object with a model")
        return
    if job.get("backend") != SIMULATOR:
        yield Problem("$.noise", value, f"noise is for backend {SIMULATOR}: others have their own")
    yield from unknown_fields(noise, ("model", "seed"), "$.noise", "noise")
    model, seed = noise.get("model"), noise.get("seed")
    if not isinstance(model, str) or not model:
        yield Problem("$.noise.model", model, "noise needs a model such as 'ideal' or 'aria-1'")
    if seed is not None and not (type(seed) is int and 1 <= seed <= MAX_SEED):
        yield Problem("$.noise.seed", seed, f"a seed is an integer from 1 to {MAX_SEED:,}")


def _settings_problems(value: object, job: Job) -> Problems:
    settings = as_object(value)
    if settings is None:
        yield Problem("$.settings", value, "settings is an object")
        return
    mitigation = settings.get("error_mitigation")
    if mitigation is None:
        return
    fields = as_object(mitigation)
    path = "$.settings.error_mitigation"
    if fields is None:
        yield Problem(path, mitigation, "error_mitigation is an object")
        return
    debiasing = fields.get("debiasing")
    if debiasing is not None and type(debiasing) is not bool:
        yield Problem(f"{path}.debiasing", debiasing, "debiasing is true or false")
    shots = job.get("shots")
    if debiasing is True and (shots is None or _is_below(shots, DEBIASING_FEWEST_SHOTS)):
        rule = f"debiasing needs {DEBIASING_FEWEST_SHOTS} shots or more"
        rule += f"; without shots IonQ takes {DEFAULT_SHOTS}" if shots is None else ""
        yield Problem("$.shots", shots, rule)


def _is_below(shots: object, fewest: int) -> bool:
    return type(shots) is int and shots < fewest


def _input_problems(value: object, job: Job) -> Problems:
    kind = _kind(job)
    given = as_object(value)
    if given is None:
        yield Problem("$.input", value, "input is an object")
        return
    for field in REQUIRED_INPUT.get(kind, ()):
        if field not in given:
            yield Problem(f"$.input.{field}", None, f"the input of type {kind} needs {field}")
    if kind in _CIRCUIT_RULES:
        yield from _CIRCUIT_RULES[kind](given, _family(job))


def _kind(job: Job) -> str:
    kind = job.get("type")
    return kind if isinstance(kind, str) else ""


def _family(job: Job) -> str | None:
    """The family whose native gates count: the backend's, or on the simulator the noise model's."""
    device = job.get("backend")
    if device == SIMULATOR:
        device = (as_object(job.get("noise")) or {}).get("model")
    return family_of(device) if isinstance(device, str) else None


_FIELD_RULES: dict[str, Callable[[object, Job], Problems]] = {
    "backend": _text_problems("backend"),
    "dry_run": _dry_run_problems,
    "input": _input_problems,
    "name": _text_problems("name"),
    "noise": _noise_problems,
    "session_id": _text_problems("session_id"),
    "settings": _settings_problems,
    "shots": _shots_problems,
    "type": _text_problems("type"),
}
