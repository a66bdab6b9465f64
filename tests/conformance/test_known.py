"""Known differences: each rule of `known.toml` is one that a server does apply, and none is wider.

Every request here is one that the document allows.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest
import requests

from ionq_conformance.contract import load
from ionq_conformance.known import is_known_absence, is_known_refusal
from ionq_emulator import Emulator

KEY = "known-key"
CONTRACT = load()
TABLE = tomllib.loads((files("ionq_conformance") / "known.toml").read_text("utf-8"))
SESSION_ID = "0197379a-0000-7000-8000-000000000001"
HADAMARD = {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "h", "target": 0}]}
JOB = {"type": "ionq.circuit.v1", "backend": "simulator", "input": HADAMARD}
SEVERAL = {"type": "ionq.multi-circuit.v1", "backend": "simulator"}
DEBIASED = {"error_mitigation": {"debiasing": True}}
SESSION = {"backend": "qpu.forte-1"}
ESTIMATE = {"backend": "qpu.forte-1", "qubits": 1, "shots": 1, "1q_gates": 1, "2q_gates": 1}
SPAN = {"start_date": "2026-02-01", "end_date": "2026-01-01"}


def circuits(*found: Any, gateset: str = "qis") -> dict[str, Any]:
    return {"gateset": gateset, "qubits": 1, "circuits": list(found)}


@dataclass(frozen=True)
class Rule:
    """A request that the document allows and the service refuses, and the field it blames."""

    operation: str
    blamed: str
    body: Any = None
    query: dict[str, Any] = field(default_factory=dict)


RULES = [
    Rule("CreateJob", "backend", JOB | {"backend": "qpu.nowhere"}),
    Rule("CreateJob", "session_id", JOB | {"session_id": SESSION_ID}),
    Rule("CreateJob", "shots", JOB | {"shots": "0"}),
    Rule("CreateJob", "input.circuits", SEVERAL | {"input": circuits()}),
    Rule(
        "CreateJob",
        "input.circuits.*",
        SEVERAL | {"input": circuits({"circuit": HADAMARD["circuit"]}, gateset="native")},
    ),
    Rule("CreateJob", "metadata", JOB | {"metadata": {str(n): "" for n in range(11)}}),
    Rule("CreateJob", "metadata.*", JOB | {"metadata": {"n" * 41: ""}}),
    Rule("CreateJob", "metadata.*", JOB | {"metadata": {"name": "n" * 40_001}}),
    Rule(
        "CreateJob",
        "settings.error_mitigation.debiasing",
        JOB | {"backend": "qpu.forte-1", "shots": 100, "settings": DEBIASED},
    ),
    Rule("CreateSession", "backend", {"backend": "qpu.nowhere"}),
    Rule(
        "CreateSession", "settings.job_count_limit", SESSION | {"settings": {"job_count_limit": 0}}
    ),
    Rule(
        "CreateSession",
        "settings.duration_limit_min",
        SESSION | {"settings": {"duration_limit_min": 0}},
    ),
    Rule(
        "CreateSession",
        "settings.cost_limit.value",
        SESSION | {"settings": {"cost_limit": {"unit": "usd", "value": -1}}},
    ),
    Rule("GetJobs", "limit", query={"limit": 26}),
    Rule("GetJobs", "next", query={"next": "a-cursor-of-nobody"}),
    Rule("GetSessionJobs", "limit", query={"limit": 26}),
    Rule("GetSessionJobs", "next", query={"next": "a-cursor-of-nobody"}),
    Rule("EstimateJobCost", "backend", query=ESTIMATE | {"backend": "qpu.nowhere"}),
    Rule("EstimateJobCost", "qubits", query=ESTIMATE | {"qubits": 0}),
    Rule("EstimateJobCost", "shots", query=ESTIMATE | {"shots": 0}),
    Rule("EstimateJobCost", "1q_gates", query=ESTIMATE | {"1q_gates": -1}),
    Rule("EstimateJobCost", "2q_gates", query=ESTIMATE | {"2q_gates": -1}),
    Rule("getCharacterizationsForBackend", "start", query={"start": "soon"}),
    Rule("getCharacterizationsForBackend", "end", query={"end": "soon"}),
    Rule("getCharacterizationsForBackend", "page", query={"page": 2**40}),
    Rule("get-usages", "end_date", query=SPAN | {"group_by": "project", "modality": "daily"}),
    Rule("GetJobProbabilities", "aggregation", query={"aggregation": "guess"}),
]


@dataclass(frozen=True)
class Cloud:
    """The emulator, with a job and a session of the key's."""

    emulator: Emulator
    session: requests.Session
    places: dict[str, str]

    def ask(self, rule: Rule) -> requests.Response:
        operation = CONTRACT.operations[rule.operation]
        url = self.emulator.url + operation.path.format(**self.places)
        return self.session.request(
            operation.method, url, json=rule.body, params=rule.query, timeout=10
        )


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Emulator(progress="polls:1") as emulator, requests.Session() as session:
        session.headers["Authorization"] = f"apiKey {KEY}"
        job = session.post(f"{emulator.url}/jobs", json=JOB, timeout=10).json()
        made = session.post(f"{emulator.url}/sessions", json=SESSION, timeout=10).json()
        for _ in range(5):  # each look moves the job on
            session.get(f"{emulator.url}/jobs/{job['id']}", timeout=10)
        places = {
            "UUID": job["id"],
            "session_id": made["id"],
            "organization_id": made["organization_id"],
            "backend": "qpu.forte-1",
            **dict.fromkeys(("variantId", "artifactId"), "none-such"),
            "lang": "native",
        }
        yield Cloud(emulator, session, places)


def listed() -> set[tuple[str, str]]:
    """Every rule of the file: an operation and a field."""
    return {
        (operation, name)
        for entry in TABLE["refusal"]
        for operation in entry["operations"]
        for name in entry["fields"]
    }


def test_each_rule_of_the_file_is_tried_here_and_says_where_it_is_from() -> None:
    assert {(rule.operation, rule.blamed) for rule in RULES} == listed()
    for entry in (*TABLE["refusal"], *TABLE["absence"]):
        assert entry["rule"]
        assert entry["source"]
        assert set(entry["operations"]) <= CONTRACT.operations.keys()


@pytest.mark.parametrize("rule", RULES, ids=lambda one: f"{one.operation}-{one.blamed}")
def test_the_document_allows_it(rule: Rule) -> None:
    operation = CONTRACT.operations[rule.operation]
    if rule.body is not None:
        assert valid(CONTRACT.body_schema(operation), rule.body)
    parameters = {node["name"]: node["schema"] for node in CONTRACT.parameters(operation)}
    for name, value in rule.query.items():
        assert valid(parameters[name], value)


def valid(schema: Any, value: Any) -> bool:
    whole = {**schema, "components": CONTRACT.document["components"]}
    return jsonschema_rs.validator_for(whole).is_valid(value)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: f"{one.operation}-{one.blamed}")
def test_a_server_that_refuses_it_for_that_reason_is_right(rule: Rule, cloud: Cloud) -> None:
    answer = cloud.ask(rule)
    assert answer.status_code == 400
    named = answer.json()["validation"]["keys"]
    assert any(fnmatchcase(name, rule.blamed) for name in named)
    assert is_known_refusal(rule.operation, 400, answer.content)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: f"{one.operation}-{one.blamed}")
def test_a_refusal_for_another_reason_too_is_a_failure(rule: Rule) -> None:
    def body(*names: str) -> bytes:
        return json.dumps({"statusCode": 400, "validation": {"keys": list(names)}}).encode()

    blamed = rule.blamed.replace("*", "0")
    assert is_known_refusal(rule.operation, 400, body(blamed))
    assert not is_known_refusal(rule.operation, 400, body(blamed, "type"))
    assert not is_known_refusal(rule.operation, 400, body())
    assert not is_known_refusal(rule.operation, 422, body(blamed))
    assert not is_known_refusal(rule.operation, 400, b"<html>")
    assert not is_known_refusal("getWhoami", 400, body(blamed))


@pytest.mark.parametrize("operation", TABLE["absence"][0]["operations"])
def test_a_result_that_is_not_there_says_nothing_of_its_job(operation: str, cloud: Cloud) -> None:
    with Emulator(progress="polls:100") as emulator:  # a job stays where it is until it is seen
        places = cloud.places | {"UUID": new_job(emulator, cloud.session)}
        answer = Cloud(emulator, cloud.session, places).ask(Rule(operation, ""))
    assert answer.status_code == 404
    assert is_known_absence(operation)
    assert not is_known_absence("GetJob")


def new_job(emulator: Emulator, session: requests.Session) -> str:
    """A job without any result: it has not begun, and what is compiled are its parts."""
    parts = circuits({"circuit": HADAMARD["circuit"]})
    made = session.post(f"{emulator.url}/jobs", json=SEVERAL | {"input": parts}, timeout=10)
    return str(made.json()["id"])
