"""Requests against the contract: lenient where real SDKs are sloppy, strict everywhere else.

May import: the contract, schema and errors. Facts on the SDKs: IonQ API facts, "what the SDKs
actually send" (cirq-ionq: `lang`, shots as text; qiskit-ionq: `noise.seed: null`, `input.qubits`
beside OpenQASM text).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import jsonschema_rs
import orjson

from ionq_emulator.errors import ApiError, bad_request
from ionq_emulator.records import CIRCUIT, FUNCTION, MULTI_CIRCUIT, QAOA, QASM3
from ionq_emulator.schema import compile_schema
from ionq_emulator.values import as_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ionq_emulator.contract import Contract, Json

__all__ = [
    "RequestValidator",
    "check_session_limits",
    "parse_json",
    "query_bool",
    "query_choice",
    "query_int",
    "relax",
]

# Limits that the document does not state (IonQ docs: core concepts; API reference of POST /jobs).
MAX_CIRCUITS = 5_000
MAX_GATES = 150_000
MAX_METADATA_KEYS = 10
MAX_METADATA_NAME = 40
MAX_METADATA_VALUE = 40_000
MIN_DEBIASING_SHOTS = 500

_SHOWN_ERRORS = 10
_SHOWN_TEXT = 60
_INT_DIGITS = 18
T = TypeVar("T")

_INPUTS = {"qis": "QisCircuitInput", "native": "NativeCircuitInput"}
_CIRCUITS = {"qis": "QISCircuit", "native": "NativeCircuit"}
_PAYLOADS = {
    CIRCUIT: "CircuitJobCreationPayload",
    MULTI_CIRCUIT: "MultiCircuitJobCreationPayload",
    QASM3: "Qasm3JobCreationPayload",
    FUNCTION: "QuantumFunctionJobCreationPayload",
    QAOA: "QctrlQaoaJobCreationPayload",
}


def parse_json(body: bytes) -> Any:
    """The JSON value of a request body, whatever its Content-Type says.

    Raises:
        ApiError: 400, when it is not JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"The request body is not valid JSON: {error}") from None


def relax(payload: Json) -> Json:
    """A job payload with what real SDKs send wrongly, and IonQ takes, put right."""
    payload = {key: value for key, value in payload.items() if key != "lang"}
    shots = payload.get("shots")
    if shots == "None":
        del payload["shots"]
    elif isinstance(shots, str) and shots.isdecimal():
        payload["shots"] = int(shots)
    noise = as_object(payload.get("noise"))
    if noise is not None and noise.get("seed", 0) is None:
        payload["noise"] = {key: value for key, value in noise.items() if key != "seed"}
    return payload


class RequestValidator:
    """Checks request bodies against the contract's schemas.

    The schema is chosen by `type` and `gateset` before validation, so that a message names the
    field that is wrong instead of saying that no alternative fits.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._compiled: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def body(self, value: Any, schema_name: str) -> Json:
        """Check a body against one component schema.

        Raises:
            ApiError: 400 that names the offending fields.
        """
        schema = {"$ref": f"#/components/schemas/{schema_name}"}
        self._check(schema_name, schema, value)
        checked: Json = value
        return checked

    def job(self, value: Any) -> Json:
        """Check a job creation payload of a type that can be run here.

        Returns:
            The payload, relaxed.

        Raises:
            ApiError: 400 that names the offending fields.
        """
        fields = as_object(value)
        if fields is None:
            raise bad_request("The request body must be a JSON object")
        payload = relax(fields)
        kind = payload.get("type")
        if kind == CIRCUIT:
            self._circuit(payload)
        elif kind == MULTI_CIRCUIT:
            self._multi_circuit(payload)
        elif isinstance(kind, str) and kind in _PAYLOADS:
            self._check(kind, self._payload(kind), payload)
        else:
            known = ", ".join(_PAYLOADS)
            raise bad_request(f'"type" must be one of {known}, got {_shown(kind)}', "type")
        _check_metadata(payload.get("metadata"))
        return payload

    def _circuit(self, payload: Json) -> None:
        inner = as_object(payload.get("input"))
        gateset = inner.get("gateset") if inner is not None else None
        if inner is not None and str(gateset) not in _INPUTS:
            raise _gateset_error("input.gateset", gateset)
        name = _INPUTS.get(str(gateset), _INPUTS["qis"])
        schema = dict(self._component(name))
        # IonQ takes a circuit without `qubits`; its job fails later.
        schema["required"] = [field for field in schema["required"] if field != "qubits"]
        self._check(f"{CIRCUIT}/{name}", self._payload(CIRCUIT, schema), payload)

    def _multi_circuit(self, payload: Json) -> None:
        outer: Json = {
            "type": "object",
            "properties": {
                "gateset": {"type": "string", "enum": list(_INPUTS)},
                "qubits": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
                "circuits": {"type": "array", "minItems": 1, "maxItems": MAX_CIRCUITS},
            },
            "required": ["gateset", "circuits"],
            # A single `circuit` beside `circuits` "is rejected rather than ignored"; what else is
            # beside them is ignored, the document does not close the object.
            "patternProperties": {"^(?!circuit$)": {}},
            "additionalProperties": False,
        }
        self._check(MULTI_CIRCUIT, self._payload(MULTI_CIRCUIT, outer), payload)
        gates = 0
        for index, entry in enumerate(payload["input"]["circuits"]):
            where = f"input.circuits.{index}"
            circuit = as_object(entry)
            if circuit is None:
                raise bad_request(f'"{where}" must be an object, got {_shown(entry)}', where)
            gateset = circuit.get("gateset", payload["input"]["gateset"])
            if str(gateset) not in _CIRCUITS:
                raise _gateset_error(f"{where}.gateset", gateset)
            name = _CIRCUITS[gateset]
            self._check(name, _reference(name), circuit, where)
            gates += len(circuit["circuit"])
        if gates > MAX_GATES:
            raise bad_request(
                f'"input.circuits" may hold at most {MAX_GATES} gates in total, got {gates}',
                "input.circuits",
            )

    def _payload(self, kind: str, inner: Json | None = None) -> Json:
        """The schema of a payload with `input` narrowed down, and `shots` as relaxed."""
        schema = dict(self._component(_PAYLOADS[kind]))
        properties = schema["properties"] = dict(schema["properties"])
        properties["shots"] = properties["shots"].get("anyOf", [properties["shots"]])[0]
        if inner is not None:
            properties["input"] = inner
        return schema

    def _component(self, name: str) -> Json:
        component: Json = self._contract.document["components"]["schemas"][name]
        return component

    def _check(self, name: str, schema: Json, value: Any, where: str = "") -> None:
        validator = self._compiled.get(name)
        if validator is None:
            validator = self._compiled[name] = compile_schema(self._contract, schema)
        if validator.is_valid(value):
            return
        raise _rejection(validator.iter_errors(value), where)


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _gateset_error(where: str, value: Any) -> ApiError:
    return bad_request(f'"{where}" must be one of qis, native, got {_shown(value)}', where)


def _rejection(errors: Iterator[jsonschema_rs.ValidationError], where: str) -> ApiError:
    keys: dict[str, str] = {}
    for error in errors:
        for key, rule in _explain(error):
            path = ".".join(part for part in (where, key) if part)
            keys.setdefault(path, rule)
        if len(keys) >= _SHOWN_ERRORS:
            break
    text = "; ".join(f'"{key}" {rule}' if key else f"The body {rule}" for key, rule in keys.items())
    return bad_request(text, *(key for key in keys if key))


def _explain(error: jsonschema_rs.ValidationError) -> Iterable[tuple[str, str]]:
    path = [str(part) for part in error.instance_path]
    kind = error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        return [(".".join([*path, name]), "is not allowed") for name in kind.unexpected]
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        return [(".".join([*path, kind.property]), "is required")]
    return [(".".join(path), f"is invalid: {error.message[:200]}")]


def _check_metadata(metadata: Any) -> None:
    if not metadata:
        return
    if len(metadata) > MAX_METADATA_KEYS:
        raise bad_request(
            f'"metadata" may have at most {MAX_METADATA_KEYS} keys, got {len(metadata)}', "metadata"
        )
    for name, value in metadata.items():
        key = f"metadata.{name[:MAX_METADATA_NAME]}"
        if len(name) > MAX_METADATA_NAME:
            raise bad_request(
                f'"{key}...": names may have at most {MAX_METADATA_NAME} characters', key
            )
        if len(value) > MAX_METADATA_VALUE:
            raise bad_request(
                f'"{key}" may have at most {MAX_METADATA_VALUE} characters, got {len(value)}', key
            )


def check_session_limits(settings: Json) -> None:
    """Check that a session's limits leave room for anything.

    Raises:
        ApiError: 400 that names the limit.
    """
    cost = as_object(settings.get("cost_limit")) or {}
    limits: dict[str, float | None] = {
        "job_count_limit": settings.get("job_count_limit"),
        "duration_limit_min": settings.get("duration_limit_min"),
        "cost_limit.value": cost.get("value"),
    }
    for name, limit in limits.items():
        if limit is not None and limit <= 0:
            key = f"settings.{name}"
            raise bad_request(f'"{key}" must be positive, got {limit}', key)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN_TEXT else text[:_SHOWN_TEXT] + "..."


# -- query parameters ---------------------------------------------------------------------------


def query_int(
    query: Mapping[str, str], name: str, default: int, low: int, high: int = 2**31 - 1
) -> int:
    """An integer query parameter within bounds.

    Raises:
        ApiError: 400 that names the parameter.
    """
    text = query.get(name)
    if text is None:
        return default
    digits = text[1:] if text[:1] == "-" else text
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _INT_DIGITS):
        raise bad_request(f'"{name}" must be an integer, got {_shown(text)}', name, source="query")
    if not low <= int(text) <= high:
        raise bad_request(
            f'"{name}" must be between {low} and {high}, got {text}', name, source="query"
        )
    return int(text)


def query_choice(query: Mapping[str, str], name: str, choices: tuple[T, ...]) -> T:
    """A query parameter that must be one of a few words.

    Raises:
        ApiError: 400 that names the parameter.
    """
    text = query.get(name)
    for choice in choices:
        if choice == text:
            return choice
    shown = "it is missing" if text is None else f"got {_shown(text)}"
    raise bad_request(
        f'"{name}" must be one of {", ".join(map(str, choices))}; {shown}', name, source="query"
    )


def query_bool(query: Mapping[str, str], name: str, *, default: bool | None) -> bool | None:
    """A boolean query parameter (`true` or `false`, any case).

    Raises:
        ApiError: 400 that names the parameter.
    """
    text = query.get(name)
    if text is None:
        return default
    if text.lower() not in {"true", "false"}:
        raise bad_request(
            f'"{name}" must be true or false, got {_shown(text)}', name, source="query"
        )
    return text.lower() == "true"
