"""What version 0.3's callers send, translated to version 0.4 and checked as such.

May import: validation, version 0.4's requests, errors. Facts: IonQ docs, migration from v0.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ionq_emulator.errors import ApiError, bad_request
from ionq_emulator.records import CIRCUIT, MULTI_CIRCUIT, QASM3
from ionq_emulator.v0_4 import requests as v0_4
from ionq_emulator.values import as_object

if TYPE_CHECKING:
    from ionq_emulator.records import Json
    from ionq_emulator.submission import Submission
    from ionq_emulator.validation import RequestValidator

__all__ = ["STATUS_NAMES", "renamed", "submission"]

# v0.3's word for v0.4's state, where they differ.
STATUS_NAMES = {"started": "running"}

_QASM_FORMATS = {"openqasm", "qasm", "openqasm3", "qasm3"}
_HYBRID = "quantum-function"
_OTHER_FORMATS = {"qir", "quipper"}
_KNOWN = {
    "name", "shots", "target", "metadata", "noise", "error_mitigation", "input", "body",
    "registers", "lang", "qubits", "dry_run", "type",
}  # fmt: skip
# v0.4's field to v0.3's, in messages.
_RENAMED = {
    "settings.error_mitigation.debiasing": "error_mitigation.debias",
    "backend": "target",
}


def submission(body: Any, validator: RequestValidator) -> Submission:
    """A job creation body as a submission.

    Also taken is what v0.2's callers sent: `body` for `input`, `lang`, shots as text.

    Raises:
        ApiError: 400 that names the field, by v0.3's name.
    """
    fields = as_object(body)
    if fields is None:
        raise bad_request("The request body must be a JSON object")
    unknown = sorted(set(fields) - _KNOWN)
    if unknown:
        text = ", ".join(f'"{name[:40]}"' for name in unknown)
        raise bad_request(f"{text} not allowed", *unknown)
    try:
        payload = validator.job(_payload(fields))
    except ApiError as error:
        raise renamed(error) from None
    wanted = v0_4.submission(payload)
    if payload["type"] == _HYBRID:
        wanted.type = f"ionq.{payload['input']['type']}.v1"
    wanted.origin = "v0.3"
    wanted.extra = {"shots_given": "shots" in fields}
    if fields.get("registers") is not None:
        wanted.extra["registers"] = fields["registers"]
    return wanted


def _payload(body: Json) -> Json:
    source = as_object(body.get("input", body.get("body")))
    if source is None:
        raise bad_request('"input" must be an object', "input")
    payload: Json = {
        "type": _type(source),
        "backend": body.get("target", "simulator"),
        "input": _input(source),
    }
    for name in ("name", "shots", "metadata", "noise", "dry_run"):
        if body.get(name) is not None:
            payload[name] = body[name]
    mitigation = as_object(body.get("error_mitigation") or {})
    if mitigation is None:
        raise bad_request('"error_mitigation" must be an object', "error_mitigation")
    if mitigation.get("debias") is not None:
        payload["settings"] = {"error_mitigation": {"debiasing": mitigation["debias"]}}
    if payload["type"] not in {CIRCUIT, MULTI_CIRCUIT, QASM3}:
        # Another language: accepted, and fails as jobs that are not emulated do.
        return payload | {"type": _HYBRID, "input": {"type": source["format"], "data": {}}}
    return payload


def _type(source: Json) -> str:
    name = str(source.get("format", "ionq.circuit.v0"))
    if name in _QASM_FORMATS:
        return QASM3
    if name in _OTHER_FORMATS:
        return str(name)
    if name != "ionq.circuit.v0":
        raise bad_request(
            f'"input.format" must be ionq.circuit.v0, openqasm or qir, got {name[:60]!r}',
            "input.format",
        )
    return MULTI_CIRCUIT if "circuits" in source else CIRCUIT


def _input(source: Json) -> Json:
    if str(source.get("format")) in _QASM_FORMATS:
        return {"data": source.get("data")}
    kept = {key: value for key, value in source.items() if key != "format"}
    return {"gateset": "qis"} | kept


def renamed(error: ApiError) -> ApiError:
    """An error of version 0.4, its fields by their v0.3 names."""
    body = error.body
    keys = body.get("validation", {}).get("keys", [])
    for new, old in _RENAMED.items():
        body["message"] = body["message"].replace(f'"{new}"', f'"{old}"')
        keys = [old if key == new else key for key in keys]
    if "validation" in body:
        body["validation"]["keys"] = keys
    return error
