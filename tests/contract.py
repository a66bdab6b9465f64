"""The patched contract and its examples, as tests of the generated client need them.

May import: the standard library, hypothesis, jsonschema-rs, ionq_api.
"""

from __future__ import annotations

import datetime
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema_rs
from hypothesis import strategies as st

import ionq_api.v0_4
from ionq_api.v0_4 import api, models

JSON = Any
Place = tuple[str | int, ...]

EXAMPLES = Path(__file__).with_name("data") / "ionq_v0_4"
PACKAGE = Path(ionq_api.v0_4.__file__).parent
DOCUMENT = json.loads((PACKAGE / "openapi.json").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


# --- Schemas -----------------------------------------------------------------------------------


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    """What a node is once its references are followed."""
    while "$ref" in node:
        reference, node = node["$ref"], DOCUMENT
        for key in reference.removeprefix("#/").split("/"):
            node = node[key]
    return node


def json_schema(node: JSON) -> JSON:
    """JSON Schema of an OpenAPI 3.0 schema, where `nullable` admits null."""
    if isinstance(node, list):
        return [json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {k: json_schema(v) for k, v in node.items() if k not in ("nullable", "example")}
    return {"anyOf": [schema, {"type": "null"}]} if node.get("nullable") is True else schema


COMPONENTS = {name: json_schema(schema) for name, schema in SCHEMAS.items()}


def validator(schema: JSON) -> jsonschema_rs.Draft202012Validator:
    """An independent judge of values, formats included."""
    return validator_with(json_schema(schema), COMPONENTS)


def validator_with(schema: JSON, components: JSON) -> jsonschema_rs.Draft202012Validator:
    """The same for the JSON Schema of another document."""
    root = {"allOf": [schema], "components": {"schemas": components}}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


def values(schema: dict[str, Any]) -> st.SearchStrategy[JSON]:
    """JSON values that fit a schema, or nearly: a `oneOf` may be matched twice."""
    schema = resolve(schema)
    fitting = _values(schema)
    return st.none() | fitting if schema.get("nullable") else fitting


def later(schema: dict[str, Any]) -> st.SearchStrategy[JSON]:
    """The same, made when first drawn from: schemas may hold themselves."""
    return st.deferred(lambda: values(schema))


def _values(schema: dict[str, Any]) -> st.SearchStrategy[JSON]:
    if "enum" in schema:
        return st.sampled_from([value for value in schema["enum"] if value is not None])
    if "allOf" in schema:
        return st.tuples(*map(values, schema["allOf"])).map(_merged)
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            return st.one_of([values(variant) for variant in schema[keyword]])
    match schema.get("type"):
        case "object":
            return _objects(schema)
        case "array":
            return st.lists(later(schema["items"]), max_size=3)
        case "string":
            return _strings(schema)
        case "integer" | "number" as kind:
            bounds = schema.get("minimum"), schema.get("maximum")
            integers = st.integers(*bounds)
            return integers if kind == "integer" else integers | st.floats(*bounds, **FINITE)
        case "boolean":
            return st.booleans()
    return ANYTHING


def _objects(schema: dict[str, Any]) -> st.SearchStrategy[JSON]:
    properties = schema.get("properties", {})
    fields = {name: later(inner) for name, inner in properties.items()}
    required = set(schema.get("required", ())) & fields.keys()
    named = st.fixed_dictionaries(
        {name: fields[name] for name in fields if name in required},
        optional={name: fields[name] for name in fields if name not in required},
    )
    more = schema.get("additionalProperties", True)
    if more is False:
        return named
    names = st.text(max_size=5).filter(lambda name: name not in fields)
    extra = ANYTHING if more is True else later(more)
    return st.builds(lambda a, b: {**a, **b}, named, st.dictionaries(names, extra, max_size=2))


def _strings(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    match schema.get("format"):
        case "date-time":
            zones = st.sampled_from([datetime.UTC, datetime.timezone(datetime.timedelta(hours=-5))])
            return st.datetimes(timezones=zones).map(datetime.datetime.isoformat)
        case "date":
            return st.dates().map(datetime.date.isoformat)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return st.text(max_size=5)


def _merged(parts: tuple[JSON, ...]) -> JSON:
    """The value of an `allOf`: a reference with company, or objects that add up."""
    if len(parts) == 1:
        return parts[0]
    return {key: value for part in parts for key, value in part.items()}


FINITE: dict[str, Any] = {"allow_nan": False, "allow_infinity": False}
ANYTHING: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(**FINITE) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


# --- Operations --------------------------------------------------------------------------------


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


@cache
def _modules() -> dict[str, str]:
    found = pkgutil.walk_packages(api.__path__, f"{api.__name__}.")
    return {_plain(m.name.rpartition(".")[2]): m.name for m in found if not m.ispkg}


@cache
def _operations() -> dict[str, dict[str, Any]]:
    items = DOCUMENT["paths"].values()
    return {_plain(o["operationId"]): o for item in items for o in item.values()}


# What a call needs besides the client; the answer does not depend on it.
ARGUMENTS = {
    "str": "an-id",
    "datetime.date": datetime.date(2026, 11, 21),
    "GroupBy": models.GroupBy.JOB,
    "Modality": models.Modality.DAILY,
    "JobsBulkOperationRequest": models.JobsBulkOperationRequest(ids=[]),
    "CreateSessionRequest": models.CreateSessionRequest.from_dict({}),
    "GetCompiledFileLang": models.GetCompiledFileLang.NATIVE,
}
ANY_JOB = models.CircuitJobCreationPayload.from_dict({})


@dataclass(frozen=True)
class Example:
    """An example answer of the service, with the generated operation that reads it."""

    name: str
    operation: str
    status: int
    body: JSON

    @property
    def module(self) -> ModuleType:
        return importlib.import_module(_modules()[_plain(self.operation)])

    @property
    def arguments(self) -> dict[str, Any]:
        parameters = inspect.signature(self.module.sync_detailed).parameters.values()
        return {
            p.name: ARGUMENTS.get(p.annotation, ANY_JOB)
            for p in parameters
            if p.default is p.empty and p.name != "client"
        }

    @cached_property
    def validator(self) -> jsonschema_rs.Draft202012Validator:
        answers = _operations()[_plain(self.operation)]["responses"]
        status = str(self.status)
        answer = resolve(answers[status] if status in answers else answers[f"{status[0]}XX"])
        return validator(answer["content"]["application/json"]["schema"])


def answers() -> list[Example]:
    """Every example of an answer."""
    return list(_answers())


def _answers() -> Iterator[Example]:
    for path in sorted(EXAMPLES.glob("*.json")):
        example = json.loads(path.read_text(encoding="utf-8"))
        if example["direction"] == "response":
            yield Example(path.stem, example["operation"], example["status"], example["body"])


# --- Mutations ---------------------------------------------------------------------------------

STRANGE = "never seen before"
OTHERS = [STRANGE, 7, 0.5, True, [], {}, [None], {STRANGE: None}]
"""A value of each JSON type, to put where another type belongs."""


@dataclass(frozen=True)
class Mutation:
    """A body with one thing wrong, perhaps, and where."""

    how: str
    place: Place
    body: JSON


def mutations(body: JSON) -> Iterator[Mutation]:
    """A body with each key dropped, each value null, mistyped or unknown, and keys added."""
    for place, value in walk(body):
        if place and isinstance(place[-1], str):
            yield Mutation("dropped", place, without(body, place))
        if value is not None:
            yield Mutation("null", place, put(body, place, None))
        for other in OTHERS:
            if json_type(other) != json_type(value):
                yield Mutation(f"now {other!r}", place, put(body, place, other))
        if isinstance(value, str):
            yield Mutation("unknown", place, put(body, place, STRANGE))
        if isinstance(value, dict):
            more = {**value, STRANGE: {"x": [1]}}
            yield Mutation("one more", (*place, STRANGE), put(body, place, more))


def json_type(value: JSON) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else type(value).__name__


def walk(value: JSON, place: Place = ()) -> Iterator[tuple[Place, JSON]]:
    """Every value within a value, with its place."""
    yield place, value
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from walk(inner, (*place, key))


def put(body: JSON, place: Place, value: JSON) -> JSON:
    """A copy (along the way) of a body with another value in a place."""
    if not place:
        return value
    copy = body.copy()
    copy[place[0]] = put(body[place[0]], place[1:], value) if len(place) > 1 else value
    return copy


def without(body: JSON, place: Place) -> JSON:
    copy = body.copy()
    if len(place) == 1:
        del copy[place[0]]
    else:
        copy[place[0]] = without(body[place[0]], place[1:])
    return copy


def json_path(place: Place) -> str:
    """RFC 9535, with the shorthand where it is allowed."""
    steps = (
        f".{k}" if isinstance(k, str) and k.isidentifier() else f"[{json.dumps(k)}]" for k in place
    )
    return "$" + "".join(steps)


def same(left: JSON, right: JSON) -> bool:
    """Equal as JSON (True is not 1, 1.0 is 1), and instants equal however they are written."""
    if json_type(left) != json_type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, str) and left != right:
        return _instant(left) is not None and _instant(left) == _instant(right)
    return bool(left == right)


def _instant(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text.upper())
    except ValueError:
        return None
