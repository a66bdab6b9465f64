"""Checks a job before it is sent, so that IonQ's refusals cost neither time nor money.

May import: errors, _json, the modules of rules and the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from ionq_direct._gate_rules import Problem, Problems, UnknownField, member
from ionq_direct._job_rules import job_problems
from ionq_direct._json import dumps
from ionq_direct._json_rules import json_problems
from ionq_direct._language import MAX_MEGABYTES, MULTI_CIRCUIT, SECRET_FIELDS, SINGLE_CIRCUIT
from ionq_direct.errors import InvalidJob

__all__ = ["Problem", "check_is_json", "problems", "validate_payload"]


def validate_payload(
    payload: Mapping[str, object],
    *,
    extra: Mapping[str, object] | None = None,
    reserved_keys: int = 0,
) -> None:
    """Check a job against IonQ's rules.

    Covers the structure, gates with their qubits and parameters, the gates of the backend's
    family, shots, debiasing, noise, metadata, and the limits of multi-circuit jobs and of size
    (IonQ docs, writing-quantum-programs and native-gates-api; API documents of 2026). Of jobs
    other than circuits it checks the structure only.

    Args:
        payload: The body of `POST /jobs`, made of dicts, lists, texts and numbers.
        extra: Fields in the payload that the API document does not have, as they were merged into
            it by `as_payload`.
        reserved_keys: Number of metadata keys that the client will add.

    Raises:
        InvalidJob: The first broken rule, with its JSON path and value.
    """
    problem = next(_problems(payload, extra, reserved_keys), None)
    if problem is not None:
        raise InvalidJob(path=problem.path, value=problem.value, rule=problem.rule)


def problems(
    payload: Mapping[str, object],
    *,
    extra: Mapping[str, object] | None = None,
    reserved_keys: int = 0,
) -> list[Problem]:
    """List every rule that a job breaks, as `validate_payload` checks them.

    Args:
        payload: The body of `POST /jobs`.
        extra: As for `validate_payload`.
        reserved_keys: As for `validate_payload`.

    Returns:
        The broken rules. What JSON cannot carry, such as NaN, is listed first and alone.
    """
    return list(_problems(payload, extra, reserved_keys))


def check_is_json(payload: Mapping[str, object]) -> None:
    """Check no more than that a payload can be sent at all.

    Raises:
        InvalidJob: It holds what JSON cannot carry, such as NaN or an object of a class.
    """
    job = dict(payload)
    try:
        json.dumps(job, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        found = next(json_problems(job, gates_checked_elsewhere=False), None)
        problem = _without_secrets(found or Problem("$", None, f"is no JSON: {error}"))
        raise InvalidJob(path=problem.path, value=problem.value, rule=problem.rule) from None


def _problems(payload: object, extra: Mapping[str, object] | None, reserved_keys: int) -> Problems:
    if not isinstance(payload, dict):
        yield Problem("$", payload, "a job is a dict")
        return
    job = cast("dict[str, object]", payload)
    allowed = _paths(extra or {}, "$")
    sound = True
    for problem in _contents(job, reserved_keys):
        if isinstance(problem, UnknownField) and problem.path in allowed:
            continue
        sound = False
        yield _without_secrets(problem)
    if sound:
        yield from _size_problems(job)


def _contents(job: dict[str, object], reserved_keys: int) -> Problems:
    of_gates = job.get("type") in (SINGLE_CIRCUIT, MULTI_CIRCUIT)
    representable = True
    for problem in json_problems(job, gates_checked_elsewhere=of_gates):
        representable = False
        yield problem
    if representable:  # the other rules take it for granted
        yield from job_problems(job, reserved_keys)


def _size_problems(job: dict[str, object]) -> Problems:
    size = len(dumps(job))
    if size > MAX_MEGABYTES * 1_000_000:
        rule = f"a job has at most {MAX_MEGABYTES} MB; split it"
        yield Problem("$", f"{size / 1e6:.1f} MB", rule)


def _paths(fields: Mapping[str, object], path: str) -> set[str]:
    """Paths of all fields, those of inner objects included."""
    found = set[str]()
    for name, value in fields.items():
        here = member(path, name)
        found.add(here)
        if isinstance(value, Mapping):
            found |= _paths(cast("Mapping[str, object]", value), here)
    return found


def _without_secrets(problem: Problem) -> Problem:
    secret = any(problem.path.startswith(f"$.{field}") for field in SECRET_FIELDS)
    return problem._replace(value="(hidden)") if secret and problem.value else problem
