"""Every operation through the client: what reaches the wire, and what comes of the answer.

Inputs and answers are generated from the document; the server is real, on loopback, and keeps what
it was sent. What is expected on the wire is worked out here from the document, not by the client's
code.
"""

from __future__ import annotations

import asyncio
import copy
import datetime
import enum
import importlib
import inspect
import json
import pkgutil
import re
import typing
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ionq_api.v0_4 import _codec, api
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import UNSET
from ionq_conformance.contract import Contract, Operation, load
from tests.loopback import Loopback, Received, serve

KEY = "through-the-client"
CONTRACT: Contract = load()
EXAMPLES = 10
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def modules() -> dict[str, ModuleType]:
    names = [info.name for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}.")]
    found = {}
    for name in names:
        operation = CONTRACT.named(name.rpartition(".")[2])
        if operation is not None and hasattr(importlib.import_module(name), "sync_detailed"):
            found[operation.operation_id] = importlib.import_module(name)
    return found


MODULES = modules()
CONFIG = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
REQUESTS = schemathesis.openapi.from_dict(copy.deepcopy(CONTRACT.document), config=CONFIG)


def answers() -> Any:
    """The document turned round: each documented success as the body of a request, to generate."""
    paths: dict[str, Any] = {}
    for operation in CONTRACT.operations.values():
        status, schema = success(operation)
        if schema is not None:
            paths[f"/{operation.operation_id}"] = {
                "post": {
                    "operationId": operation.operation_id,
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": schema}},
                    },
                    "responses": {str(status): {"description": "Any."}},
                }
            }
    document = {"openapi": "3.0.3", "info": CONTRACT.document["info"], "paths": paths}
    document["components"] = {"schemas": CONTRACT.document["components"]["schemas"]}
    return schemathesis.openapi.from_dict(copy.deepcopy(document), config=CONFIG)


def success(operation: Operation) -> tuple[int, Any]:
    """The documented success: its status, and its JSON schema if it has one."""
    status = next(code for code in operation.node["responses"] if code.startswith("2"))
    response = CONTRACT.resolve(operation.node["responses"][status])
    content = response.get("content", {})
    return int(status), content.get("application/json", {}).get("schema")


ANSWERS = answers()


def requests_of(operation: Operation) -> st.SearchStrategy[Any]:
    found = REQUESTS[operation.path][operation.method]
    strategy: st.SearchStrategy[Any] = found.as_strategy(
        generation_mode=schemathesis.GenerationMode.POSITIVE
    )
    return strategy


def answers_of(operation: Operation) -> st.SearchStrategy[Any]:
    if success(operation)[1] is None:
        return st.none()
    found = ANSWERS[f"/{operation.operation_id}"]["POST"]
    strategy = found.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    bodies: st.SearchStrategy[Any] = strategy.map(lambda case: case.body)
    return bodies


# -- from the document to the arguments -----------------------------------------------------------


def letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def arguments(module: ModuleType, case: Any) -> dict[str, Any]:
    """The arguments of the generated function that say what a case says."""
    signature = inspect.signature(module.sync_detailed)
    hints = typing.get_type_hints(module.sync_detailed)
    given_ = dict(case.path_parameters or {}) | dict(case.query or {})
    by_name = {letters(name): value for name, value in given_.items()}
    found: dict[str, Any] = {}
    for name in signature.parameters:
        plain = letters(name.removeprefix("field_"))
        if name == "body":
            found[name] = body_of(hints[name], case.body)
        elif name != "client" and plain in by_name:
            found[name] = value_of(hints[name], by_name.pop(plain))
    assert not by_name, f"the function takes no {by_name}"
    return found


def body_of(hint: Any, body: Any) -> Any:
    """The body as the model that it is: of several, the one it fits."""
    best: tuple[int, Any] | None = None
    for model in typing.get_args(hint) or (hint,):
        deviations: list[Any] = []
        decoded = _codec.model(model.__name__).decode(body, None, deviations)
        if best is None or len(deviations) < best[0]:
            best = len(deviations), decoded
    assert best is not None
    assert best[0] == 0
    return best[1]


def value_of(hint: Any, value: Any) -> Any:
    for one in typing.get_args(hint) or (hint,):
        if isinstance(one, type) and issubclass(one, enum.Enum):
            return one(value)
        if one is datetime.date:
            return datetime.date.fromisoformat(value)
    return value


# -- from the document to the wire ----------------------------------------------------------------


def spelled(value: Any) -> str:
    """A primitive in a path or a query (OpenAPI 3.0, style values)."""
    return json.dumps(value) if isinstance(value, bool) else str(value)


def expected_query(operation: Operation, case: Any) -> list[tuple[str, str]]:
    """`form` style: a list is repeated where it is exploded, else joined with commas.

    A parameter with a default is sent with it: the answer must not depend on whose default it is.
    """
    declared = {node["name"]: node for node in CONTRACT.parameters(operation)}
    defaults = {
        name: node["schema"]["default"]
        for name, node in declared.items()
        if node["in"] == "query" and "default" in node["schema"]
    }
    pairs = []
    for name, value in (defaults | dict(case.query or {})).items():
        if isinstance(value, list) and declared[name].get("explode", True):
            pairs += [(name, spelled(one)) for one in value]
        elif isinstance(value, list):
            pairs.append((name, ",".join(map(spelled, value))))
        else:
            pairs.append((name, spelled(value)))
    return sorted(pairs)


def check_wire(operation: Operation, case: Any, received: Received, base: str) -> None:
    assert received.method == operation.method
    prefix = urlsplit(base).path
    path = operation.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", spelled(value))
    assert received.path == prefix + path
    assert sorted(received.query) == expected_query(operation, case)
    assert received.headers["Authorization"] == f"apiKey {KEY}"
    if operation.node.get("requestBody") is None:
        assert received.body == b""
    else:
        assert received.headers["Content-Type"] == "application/json"
        assert same(json.loads(received.body), case.body)


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def same(one: Any, other: Any) -> bool:
    """Equal, instants by the moment and numbers by their value."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str) and INSTANT.match(other):
        return one == other or moment(one) == moment(other)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def moment(text: str) -> datetime.datetime | str:
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return text


def sendable(case: Any) -> bool:
    """A path that names what it says: servers fold dots and slashes, so the client refuses them."""
    texts = [spelled(value) for value in (case.path_parameters or {}).values()]
    bad = {"", ".", ".."}
    return not any(text in bad or "/" in text or "\\" in text for text in texts)


def json_ready(value: Any) -> bool:
    """Generated text may hold what no JSON can carry."""
    try:
        return bool(json.loads(json.dumps(value)) == value) and bool(
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        )
    except (TypeError, ValueError):
        return False


# -- the tests ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Loopback) -> Iterator[AuthenticatedClient]:
    with AuthenticatedClient(server.url, token=KEY, prefix="apiKey") as made:
        yield made


def test_every_operation_of_the_document_has_its_function() -> None:
    assert MODULES.keys() == CONTRACT.operations.keys()


@pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=lambda one: one.label)
def test_requests_reach_the_wire_as_the_document_says(
    operation: Operation, server: Loopback, client: AuthenticatedClient
) -> None:
    module = MODULES[operation.operation_id]

    @QUIET
    @given(case=requests_of(operation))
    def sent(case: Any) -> None:
        assume(sendable(case))
        assume(
            case.body is None or operation.node.get("requestBody") is None or json_ready(case.body)
        )
        server.answer_json(400, {})
        module.sync_detailed(**arguments(module, case), client=client)
        check_wire(operation, case, server.last, server.url)
        asyncio.run(once(module, arguments(module, case), server.url))
        check_wire(operation, case, server.last, server.url)

    sent()


@pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=lambda one: one.label)
def test_answers_decode_and_encode_back(
    operation: Operation, server: Loopback, client: AuthenticatedClient
) -> None:
    module = MODULES[operation.operation_id]
    status, schema = success(operation)
    assert schema is not None
    hints = typing.get_type_hints(module.sync_detailed)
    placeholders = {
        name: value_of(hints[name], next_value(hints[name]))
        for name, parameter in inspect.signature(module.sync_detailed).parameters.items()
        if name not in {"client", "body"} and parameter.default is not UNSET
    }
    if "body" in hints:
        placeholders["body"] = typing.cast("Any", {})

    @QUIET
    @given(body=answers_of(operation))
    def answered(body: Any) -> None:
        assume(json_ready(body))
        server.answer_json(status, body)
        response = module.sync_detailed(**placeholders, client=client)
        assert response.deviations == ()
        assert same(_codec.encode(response.parsed), body)
        later = asyncio.run(once(module, placeholders, server.url))
        assert later.deviations == ()
        assert later.parsed == response.parsed

    answered()


async def once(module: ModuleType, given_: dict[str, Any], url: str) -> Any:
    # Without certificates to read, a new client a call costs nothing.
    async with AuthenticatedClient(url, token=KEY, prefix="apiKey", verify_ssl=False) as client:
        return await module.asyncio_detailed(**given_, client=client)


def next_value(hint: Any) -> Any:
    """Some value of a required parameter."""
    for one in typing.get_args(hint) or (hint,):
        if isinstance(one, type) and issubclass(one, enum.Enum):
            return next(iter(one)).value
        if one is datetime.date:
            return "2026-11-21"
        if one is int:
            return 1
    return "simulator"
