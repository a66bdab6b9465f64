"""The contract of v0.3: ours in structure and words, valid, tolerant, and what its client reads."""

from __future__ import annotations

import importlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from ionq_api.v0_3 import errors, models
from ionq_api.v0_3.client import AuthenticatedClient
from scripts import lock, paths
from scripts.documents import load_openapi
from tests.regeneration.test_contract import (
    examples,
    operation_of,
    operations,
    problems,
    resolve,
    schema_for,
    undescribed,
    walk_keys,
)
from tests.servers import ScriptedServer, answer

VENDORED = paths.OPENAPI / "v0.3.yaml"
FIXTURES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((paths.ROOT / "tests" / "data" / "ionq_v0_3").glob("*.json"))
}
ANSWERS = [name for name, one in FIXTURES.items() if one["direction"] == "response"]
REQUESTS = [name for name, one in FIXTURES.items() if one["direction"] == "request"]

# IonQ docs, v0.3: the endpoints that are still served.
ENDPOINTS = {
    ("POST", "/jobs"),
    ("GET", "/jobs"),
    ("DELETE", "/jobs"),
    ("PUT", "/jobs/status/cancel"),
    ("GET", "/jobs/{UUID}"),
    ("DELETE", "/jobs/{UUID}"),
    ("PUT", "/jobs/{UUID}/status/cancel"),
    ("GET", "/jobs/{UUID}/results"),
    ("GET", "/backends"),
    ("GET", "/characterizations/backends/{backend}"),
    ("GET", "/characterizations/backends/{backend}/current"),
    ("GET", "/characterizations/{UUID}"),
}


@cache
def document() -> dict[str, Any]:
    read: dict[str, Any] = load_openapi(VENDORED)
    return read


# --- The document ---


def test_document_is_valid_openapi() -> None:
    assert [e.message for e in OpenAPIV30SpecValidator(document()).iter_errors()] == []


def test_document_has_the_endpoints_that_ionq_serves() -> None:
    assert {(method.upper(), path) for _, path, method, _ in operations(document())} == ENDPOINTS


def test_everything_a_reader_meets_is_described() -> None:
    assert list(undescribed(document())) == []


def test_examples_fit_their_schemas() -> None:
    found = list(examples(document()))
    assert len(found) > 25
    wrong = {where: problems(document(), schema, example) for where, schema, example in found}
    assert {where: what for where, what in wrong.items() if what} == {}


def test_names_of_classes_come_from_keys_alone() -> None:
    assert [w for w in walk_keys(document(), "title") if w != "$.info.title"] == []


def test_every_operation_has_one_described_tag() -> None:
    described = {tag["name"] for tag in document()["tags"] if tag["description"]}
    used = [operation["tags"] for *_, operation in operations(document())]
    assert all(len(tags) == 1 for tags in used)
    assert {tags[0] for tags in used} == described


@pytest.mark.parametrize("name", [name for name, *_ in operations(document())])
def test_every_operation_has_a_body_for_success_and_for_every_failure(name: str) -> None:
    responses = operation_of(document(), name)["responses"]
    assert set(responses) == {"200", "4XX", "5XX"}
    for status, response in responses.items():
        schema = resolve(document(), response)["content"]["application/json"]["schema"]
        assert schema
        if status != "200":
            assert schema == {"$ref": "#/components/schemas/Error"}


def test_only_the_list_of_backends_needs_no_key() -> None:
    free = {name for name, _, _, o in operations(document()) if o.get("security") == []}
    assert free == {"getBackends"}
    assert document()["security"] == [{"apiKeyAuth": []}]


def test_document_needs_no_patches_and_no_special_case() -> None:
    (entry,) = [one for one in lock.read().documents if one.version == "v0.3"]
    assert entry.package == "ionq_api.v0_3"
    assert not entry.patches.exists()
    for script in ("generate.py", "lock.py", "overlay.py", "documents.py"):
        text = (paths.ROOT / "scripts" / script).read_text(encoding="utf-8")
        assert not re.search(r"v0[._]\d", text), script


# --- Examples: as IonQ documents them, and as SDKs saw them ---


@pytest.mark.parametrize("name", FIXTURES)
def test_example_fits_the_contract(name: str) -> None:
    example = FIXTURES[name]
    assert set(example) - {"status"} == {"operation", "direction", "source", "body"}
    assert (example["direction"] == "response") == ("status" in example)
    assert problems(document(), schema_for(document(), example), example["body"]) == []


def test_every_operation_has_an_example_of_success() -> None:
    answered = {e["operation"] for e in FIXTURES.values() if e.get("status", 400) < 300}
    assert {name for name, *_ in operations(document())} == answered


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("JobCreationPayload", {"target": "simulator"}),
        ("JobCreationPayload", {"input": {"gateset": "qis"}}),
        ("JobCreationPayload", {"input": {"circuit": []}, "shots": "many"}),
        ("JobCreationPayload", {"input": {"circuit": [{"target": 0}]}}),
        ("JobCreationPayload", {"input": {"circuit": [{"gate": "h", "target": 0.5}]}}),
        ("Job", {"id": "a", "status": "ready"}),
        ("Job", {"id": "a", "status": "ready", "request": "2024-06-02T02:54:28Z"}),
        ("GetResultsResponse", {"0": "half"}),
        ("GetResultsResponse", [0.5]),
        ("Characterization", {"date": "2024-06-02"}),
        ("Error", {"statusCode": "400"}),
    ],
)
def test_the_contract_is_not_just_anything(schema: str, body: Any) -> None:
    assert problems(document(), {"$ref": f"#/components/schemas/{schema}"}, body) != []


# --- The generated client, against a server that answers as IonQ does ---

# What each operation is called with.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "CreateJob": {"body": {"input": {"circuit": []}}},
    "GetJob": {"uuid": "a"},
    "DeleteJob": {"uuid": "a"},
    "CancelJob": {"uuid": "a"},
    "GetJobProbabilities": {"uuid": "a"},
    "CancelJobs": {"body": {"ids": ["a"]}},
    "DeleteJobs": {"body": {"ids": ["a"]}},
    "getCharacterization": {"uuid": "a"},
    "getCharacterizationsForBackend": {"backend": "qpu.aria-1"},
    "getCurrentCharacterization": {"backend": "qpu.aria-1"},
}


def module_of(operation_id: str) -> Any:
    tag = operation_of(document(), operation_id)["tags"][0]
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation_id).lower()
    return importlib.import_module(f"ionq_api.v0_3.api.{tag}.{name}")


def plain(value: Any) -> Any:
    return [plain(one) for one in value] if isinstance(value, list) else value.to_dict()


@pytest.mark.parametrize("name", ANSWERS)
def test_client_reads_every_answer_whole(name: str) -> None:
    """No deviation from the contract, and nothing lost: the answer can be written out again."""
    example = FIXTURES[name]
    act = answer(
        example["status"],
        json.dumps(example["body"]).encode(),
        content_type="application/json",
    )
    with (
        ScriptedServer(act) as server,
        AuthenticatedClient(f"{server.url}/v0.3", token="a-key", prefix="apiKey") as client,
    ):
        response = module_of(example["operation"]).sync_detailed(
            **ARGUMENTS.get(example["operation"], {}), client=client
        )
        assert server.seen[0].headers["authorization"] == "apiKey a-key"
    assert response.status_code == example["status"]
    assert response.deviations == ()
    assert plain(response.parsed) == example["body"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("results", models.Probabilities),
        ("results_multi_circuit", models.ProbabilitiesByCircuit),
        ("get_job_completed", models.Job),
        ("error_404", models.Error),
    ],
)
def test_an_answer_has_the_type_that_the_contract_gives_it(name: str, kind: type) -> None:
    example = FIXTURES[name]
    body = json.dumps(example["body"]).encode()
    act = answer(example["status"], body, content_type="application/json")
    with ScriptedServer(act) as server, AuthenticatedClient(server.url, token="k") as client:
        operation = module_of(example["operation"])
        assert type(operation.sync(uuid="a", client=client)) is kind


def test_strict_client_says_what_deviates() -> None:
    act = answer(200, b'{"id": "a", "status": "ready"}', content_type="application/json")
    with (
        ScriptedServer(act) as server,
        AuthenticatedClient(server.url, token="k", strict=True) as client,
        pytest.raises(errors.DecodeError, match="request"),
    ):
        module_of("GetJob").sync(uuid="a", client=client)


@pytest.mark.parametrize("name", [n for n in REQUESTS if FIXTURES[n]["operation"] == "CreateJob"])
def test_client_sends_a_job_as_its_model_read_it(name: str) -> None:
    body = FIXTURES[name]["body"]
    kind: Any = models.BodyJobCreationPayload if "body" in body else models.InputJobCreationPayload
    act = answer(200, b'{"id": "a", "status": "ready"}', content_type="application/json")
    with ScriptedServer(act) as server, AuthenticatedClient(server.url, token="k") as client:
        module_of("CreateJob").sync(client=client, body=kind.from_dict(body))
        assert json.loads(server.seen[0].body) == body


def test_no_operation_answers_with_anything_at_all() -> None:
    for module in Path(importlib.import_module("ionq_api.v0_3.api").__path__[0]).glob("*/*.py"):
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"-> (Response\[)?Any\b|\| Any\b", text), module
