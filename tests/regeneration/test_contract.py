"""The contract: IonQ's structure, our wording, and patches that each mend one real defect."""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator
from ruamel.yaml import YAML

from scripts import paths
from scripts.documents import HTTP_METHODS, load, load_openapi
from scripts.overlay import apply, load_overlays

VENDORED = paths.OPENAPI / "v0.4.yaml"
PATCHES = sorted((paths.PATCHES / "v0.4").glob("*.yaml"))
FIXTURES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((paths.ROOT / "tests" / "data" / "ionq_v0_4").glob("*.json"))
}

Document = dict[str, Any]


@cache
def vendored() -> Document:
    return load_openapi(VENDORED)


@cache
def patched() -> Document:
    document: Document
    document, dead = apply(vendored(), load_overlays(paths.PATCHES / "v0.4"))
    assert dead == []
    return document


def resolve(document: Document, node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def operations(document: Document) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert method in HTTP_METHODS
            yield operation["operationId"], path, method, operation


def operation_of(document: Document, operation_id: str) -> dict[str, Any]:
    found = [o for name, _, _, o in operations(document) if name == operation_id]
    assert len(found) == 1, f"{operation_id}: {len(found)} operations"
    return found[0]


# --- Validation: OpenAPI 3.0 as its users read it, where `nullable` admits null ---


def json_schema(node: Any) -> Any:
    """JSON Schema 2020-12 of an OpenAPI 3.0 schema, or of anything inside one."""
    if isinstance(node, list):
        return [json_schema(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    nullable = node.get("nullable") is True
    schema = {k: json_schema(v) for k, v in node.items() if k not in ("nullable", "example")}
    return {"anyOf": [schema, {"type": "null"}]} if nullable else schema


def problems(document: Document, schema: Any, body: Any) -> list[str]:
    """What is wrong with a body, with formats such as date-time taken at their word."""
    components = {name: json_schema(s) for name, s in document["components"]["schemas"].items()}
    root = {"allOf": [json_schema(schema)], "components": {"schemas": components}}
    validator = jsonschema_rs.Draft202012Validator(root, validate_formats=True)
    return [f"{list(e.instance_path)}: {e.message}" for e in validator.iter_errors(body)]


def schema_for(document: Document, fixture: dict[str, Any]) -> Any:
    """The schema a fixture belongs to; its own status, or the class of it such as 4XX."""
    operation = operation_of(document, fixture["operation"])
    if fixture["direction"] == "request":
        content = operation["requestBody"]["content"]
    else:
        status = str(fixture["status"])
        responses = operation["responses"]
        response = responses[status] if status in responses else responses[f"{status[0]}XX"]
        content = resolve(document, response)["content"]
    return content["application/json"]["schema"]


def accepts(document: Document, name: str) -> bool:
    """Whether a document describes a fixture at all, and as it is."""
    example = FIXTURES[name]
    try:
        schema = schema_for(document, example)
    except (KeyError, AssertionError):
        return False
    return problems(document, schema, example["body"]) == []


# --- The document ---


@pytest.mark.parametrize("document", [vendored, patched], ids=["vendored", "patched"])
def test_document_is_valid_openapi(document: Callable[[], Document]) -> None:
    assert [e.message for e in OpenAPIV30SpecValidator(document()).iter_errors()] == []


def test_document_reads_the_same_after_a_round_trip_that_keeps_comments(tmp_path: Path) -> None:
    """A sync rewrites the file with this library; what it did not change must stay as it was."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda r, _: r.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    written = tmp_path / "written.yaml"
    with written.open("w", encoding="utf-8") as stream:
        yaml.dump(yaml.load(VENDORED.read_text(encoding="utf-8")), stream)
    assert written.read_text(encoding="utf-8") == VENDORED.read_text(encoding="utf-8")


def undescribed(document: Document) -> Iterator[str]:
    """Places a reader needs words for and finds none."""
    for name, _, _, operation in operations(document):
        if not (operation.get("summary") and operation.get("description")):
            yield f"{name}: no summary or description"
        for parameter in resolved(document, operation.get("parameters", [])):
            if not parameter.get("description"):
                yield f"{name}: parameter {parameter['name']}"
        body = operation.get("requestBody")
        if body and not body.get("description"):
            yield f"{name}: request body"
        responses = resolved(document, operation["responses"].values())
        for status, response in zip(operation["responses"], responses, strict=True):
            if not response.get("description"):
                yield f"{name}: {status}"
            for media in response.get("content", {}).values():
                yield from undescribed_in(document, media["schema"], f"{name}.{status}")
    for name, schema in document["components"]["schemas"].items():
        if not resolve(document, schema).get("description"):
            yield name
        yield from undescribed_in(document, schema, name)


def resolved(document: Document, nodes: Iterable[Any]) -> list[Any]:
    return [resolve(document, node) for node in nodes]


def undescribed_in(document: Document, schema: Any, where: str) -> Iterator[str]:
    """Properties need words, their own or of what they refer to; list members may do without."""
    for name, inner in schema.get("properties", {}).items():
        if not resolve(document, inner).get("description"):
            yield f"{where}.{name}"
        yield from undescribed_in(document, inner, f"{where}.{name}")
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from undescribed_in(document, schema[keyword], f"{where}.{keyword}")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for index, inner in enumerate(schema.get(keyword, [])):
            yield from undescribed_in(document, inner, f"{where}.{keyword}[{index}]")


@pytest.mark.parametrize("document", [vendored, patched], ids=["vendored", "patched"])
def test_everything_a_reader_meets_is_described(document: Callable[[], Document]) -> None:
    assert list(undescribed(document())) == []


def examples(document: Document) -> Iterator[tuple[str, Any, Any]]:
    """Every example with the schema it must fit."""

    def walk(node: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
        if isinstance(node, list):
            for index, inner in enumerate(node):
                yield from walk(inner, f"{where}[{index}]")
        if not isinstance(node, dict):
            return
        schema = node.get("schema", node)
        if "example" in node and where.rpartition(".")[2] != "properties":
            yield where, schema, node["example"]
        if "examples" in node and where.rpartition(".")[2] != "properties":
            for name, example in node["examples"].items():
                yield f"{where}.{name}", schema, example["value"]
        for key, inner in node.items():
            if key not in ("example", "examples"):
                yield from walk(inner, f"{where}.{key}")

    return walk(document, "$")


@pytest.mark.parametrize("document", [vendored, patched], ids=["vendored", "patched"])
def test_examples_fit_their_schemas(document: Callable[[], Document]) -> None:
    found = list(examples(document()))
    assert len(found) > 40
    wrong = {w: problems(document(), schema, example) for w, schema, example in found}
    assert {where: what for where, what in wrong.items() if what} == {}


def test_no_name_of_a_class_is_left_to_a_title() -> None:
    """The generator names a class after `title`; names come from the keys of components alone."""
    titles = [w for w in walk_keys(patched(), "title") if w != "$.info.title"]
    assert titles == []


def walk_keys(node: Any, key: str, where: str = "$") -> Iterator[str]:
    if isinstance(node, dict):
        for name, inner in node.items():
            if name == key and isinstance(inner, str):
                yield f"{where}.{name}"
            yield from walk_keys(inner, key, f"{where}.{name}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from walk_keys(inner, key, f"{where}[{index}]")


# --- The patch files ---


@pytest.mark.parametrize("path", PATCHES, ids=lambda p: p.stem)
def test_patch_file_says_what_why_where_and_when(path: Path) -> None:
    assert re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*\.yaml", path.name)
    patch = load(path)
    assert patch["overlay"] == "1.1.0"
    assert patch["info"]["title"]
    for action in patch["actions"]:
        notes = {**patch, **action}
        assert len(notes["x-reason"].split()) > 3
        assert len(notes["x-evidence"].split()) > 3
        assert datetime.date.fromisoformat(notes["x-date"]) >= datetime.date(2026, 11, 21)


def test_each_patch_has_a_number_and_a_defect_of_its_own() -> None:
    numbers = [path.name[:2] for path in PATCHES]
    assert numbers == [f"{n:02}" for n in range(1, len(PATCHES) + 1)]
    titles = [load(path)["info"]["title"] for path in PATCHES]
    assert len(set(titles)) == len(titles)


def test_sources_named_as_evidence_are_explained() -> None:
    legend = (paths.PATCHES / "README.md").read_text(encoding="utf-8")
    known = set(re.findall(r"\b[A-Z]{2,}(?:-[A-Z0-9]+)?\b", legend.partition("| key |")[2]))
    for path in PATCHES:
        patch = load(path)
        evidence = " ".join(
            [patch["x-evidence"], *(a.get("x-evidence", "") for a in patch["actions"])]
        )
        named = set(re.findall(r"\b(?:SPEC|OVERLAY|SEED)(?:-[A-Z0-9]+)?\b|\bQB-T\b", evidence))
        named |= set(re.findall(r"\b(?:QI|CQ|PL|QB|CORE|PACT|DOCS)\b(?!-)", evidence))
        assert named <= known, path.name
        assert named or path.stem == "42-debiasing-parameters", path.name


# --- What the patches mend: without the patch the example is refused, with all it is accepted ---

MENDED_BY_EXAMPLE = {
    "03-results-shots": ["shots", "shots_integers", "variant_shots"],
    "04-results-histogram": ["histogram"],
    "05-results-aggregated": ["probabilities_aggregated"],
    "06-artifacts": ["artifact_probabilities_v1", "artifact_probabilities_v2"],
    "07-health": ["health"],
    "12-ids": ["whoami_opaque_ids", "usage", "get_characterization_without_spam"],
    "17-usage-from": ["usage"],
    "18-usages-required": ["usage"],
    "19-characterizations-null": ["get_characterizations_null"],
    "20-fidelity-stderr": ["get_characterization"],
    "21-gate-fidelities": ["get_characterization_without_spam"],
    "22-timing": ["get_characterization"],
    "23-error-bodies": ["error_429_code_and_message", "error_500_nested", "error_400_validation"],
    "24-pauliexp": ["create_job_request_pauliexp"],
    "27-shots-as-text": ["create_job_request_cirq"],
    "28-lang": ["create_job_request_cirq"],
    "29-noise-seed": ["create_job_request_qiskit"],
    "31-qasm3-jobs": ["create_job_request_qasm3"],
    "33-session-cost-unit": ["create_session_request_without_unit", "get_session_ready"],
    "34-session-ready": ["get_session_ready"],
    "35-failure-codes": ["get_job_failed_unlisted_code"],
    "36-failure-text": ["get_job_failed_error"],
    "37-job-output-null": ["get_job_output_null"],
    "38-submitted-at-null": ["get_job_raw"],
    "39-job-warning": ["get_job_warning", "get_session_jobs"],
    "40-cost-model": ["get_job_cost_model_of_october"],
    "43-result-artifacts": ["get_job_completed_simulator_with_pointers", "get_job_qasm3"],
    "44-hybrid-results": ["get_job_quantum_function"],
    "45-estimated-cost": ["cost_simulator"],
    "46-estimate": ["estimate_rate_card_seconds", "estimate_rate_card_gates"],
}


@pytest.mark.parametrize(
    ("patch", "name"),
    [(patch, name) for patch, names in MENDED_BY_EXAMPLE.items() for name in names],
)
def test_patch_admits_what_the_service_does(patch: str, name: str) -> None:
    overlays = load_overlays(paths.PATCHES / "v0.4")
    assert f"{patch}.yaml" in [overlay.name for overlay in overlays]
    without, _ = apply(vendored(), [o for o in overlays if o.name != f"{patch}.yaml"])
    assert not accepts(without, name)
    assert accepts(patched(), name)


@pytest.mark.parametrize("name", FIXTURES)
def test_example_fits_the_patched_contract(name: str) -> None:
    example = FIXTURES[name]
    assert set(example) - {"status"} == {"operation", "direction", "source", "body"}
    assert (example["direction"] == "response") == ("status" in example)
    assert problems(patched(), schema_for(patched(), example), example["body"]) == []


def test_every_operation_has_an_example_of_success() -> None:
    answered = {e["operation"] for e in FIXTURES.values() if e.get("status", 400) < 300}
    # Gone since June 2026: no success can be shown.
    assert {name for name, *_ in operations(patched())} - answered == {"GetCompiledFile"}


# --- What the patches mend, where no body can show it ---


def test_01_every_operation_has_one_described_tag_about_its_subject() -> None:
    described = {tag["name"] for tag in patched()["tags"] if tag["description"]}
    used = {name: operation["tags"] for name, _, _, operation in operations(patched())}
    assert all(len(tags) == 1 for tags in used.values())
    assert {tags[0] for tags in used.values()} == described
    assert used["CreateJob"] == ["jobs"]
    assert used["GetJobProbabilities"] == used["GetJobShots"] == ["results"]
    assert used["GetSessionJobs"] == ["sessions"]
    assert used["EstimateJobCost"] == ["costs"]


def test_02_only_operations_that_need_no_key_go_without() -> None:
    free = {name for name, _, _, o in operations(patched()) if o["security"] == []}
    assert free == {"getBackends", "getBackend", "getCharacterizationsForBackend", "GetHealth"}


def test_08_the_withdrawn_operation_is_deprecated() -> None:
    deprecated = {name for name, _, _, o in operations(patched()) if o.get("deprecated")}
    assert deprecated == {"GetCompiledFile"}


@pytest.mark.parametrize("name", [name for name, *_ in operations(vendored())])
def test_09_no_operation_asks_for_one_name_twice(name: str) -> None:
    parameters = [
        resolve(patched(), p)["name"] for p in operation_of(patched(), name).get("parameters", [])
    ]
    assert len(set(parameters)) == len(parameters)


@pytest.mark.parametrize(
    ("operation", "name", "schema"),
    [
        ("GetJobProbabilities", "aggregation", {"type": "string"}),
        ("GetJobProbabilities", "sharpen", {"type": "boolean"}),
        ("EstimateJobCost", "session", {"type": "boolean"}),
        ("get-usages", "start_date", {"type": "string", "format": "date"}),
        ("get-usages", "end_date", {"type": "string", "format": "date"}),
    ],
)
def test_10_11_query_parameters(operation: str, name: str, schema: dict[str, str]) -> None:
    found = [p for p in operation_of(patched(), operation)["parameters"] if p.get("name") == name]
    assert [(p["in"], p["schema"]) for p in found] == [("query", schema)]


def test_12_no_id_is_declared_a_uuid() -> None:
    assert "uuid" not in {
        node["format"] for node in walk_objects(patched()) if isinstance(node.get("format"), str)
    }


def walk_objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from walk_objects(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from walk_objects(inner)


@pytest.mark.parametrize("name", ["simulator", "qpu.forte-1", "qpu.tempo-1", "qpu.not-built-yet"])
def test_13_any_backend_name_is_legal_in_a_path(name: str) -> None:
    parameter = patched()["components"]["parameters"]["backend"]
    assert problems(patched(), parameter["schema"], name) == []
    known = vendored()["components"]["parameters"]["backend"]["schema"]["enum"]
    assert all(f"`{backend}`" in parameter["description"] for backend in [*known, "simulator"])


def test_14_backends_say_what_they_offer() -> None:
    backend = patched()["components"]["schemas"]["Backend"]
    capabilities = ("supported_gates", "supported_native_gates", "supported_error_mitigations")
    for name in (*capabilities, "noise_models"):
        assert backend["properties"][name]["items"] == {"type": "string"}
        assert name not in backend["required"]
    assert backend["properties"]["has_access"]["type"] == "boolean"


def test_15_queue_time_is_a_number_of_milliseconds() -> None:
    queue = patched()["components"]["schemas"]["Backend"]["properties"]["average_queue_time"]
    assert queue["type"] == "number"
    assert "format" not in queue
    assert "in ms" in queue["description"]


@pytest.mark.parametrize(
    "place",
    [
        "IsoTimestamp",
        "Backend.last_updated",
        "Characterization.date",
        "Usage.from",
        "Usages.usage_to",
        "Session.created_at",
        "SessionSettings.expires_at",
    ],
)
def test_16_17_instants_are_date_times(place: str) -> None:
    name, _, field = place.partition(".")
    schema = patched()["components"]["schemas"][name]
    schema = schema["properties"][field] if field else schema
    assert schema["type"] == "string"
    assert problems(patched(), schema, "2026-08-01T00:00:00Z") == []
    assert problems(patched(), schema, "2026-08-01T00:00:00.123Z") == []
    assert problems(patched(), schema, "yesterday") != []


@pytest.mark.parametrize("name", [name for name, *_ in operations(patched())])
def test_23_every_operation_has_a_body_for_every_failure(name: str) -> None:
    responses = operation_of(patched(), name)["responses"]
    assert {status for status in responses if status[0] in "45"} == {"4XX", "5XX"}
    for response in responses.values():
        content = resolve(patched(), response)["content"]
        # The generator types an answer by its first content; an empty schema would be Any.
        assert next(iter(content.values()))["schema"]
    for status in ("4XX", "5XX"):
        content = resolve(patched(), responses[status])["content"]
        assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}


@pytest.mark.parametrize("index", [0, 5])
@pytest.mark.parametrize(
    ("schema", "wrap"),
    [
        ("Gate_QisGate", lambda i: {"gate": "x", "targets": [i], "controls": [i]}),
        ("Gate_NativeGate", lambda i: {"gate": "zz", "targets": [i, i]}),
        ("Registers", lambda i: {"meas": [i, None]}),
    ],
)
def test_25_qubit_indices_are_integers(schema: str, wrap: Callable[[Any], Any], index: int) -> None:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    assert problems(patched(), reference, wrap(index)) == []
    assert problems(patched(), reference, wrap(index + 0.5)) != []


def test_26_a_qis_circuit_says_its_number_of_qubits() -> None:
    circuit = {"gateset": "qis", "circuit": [{"gate": "h", "target": 0}]}
    reference = {"$ref": "#/components/schemas/QisCircuitInput"}
    assert problems(vendored(), reference, circuit) == []
    assert problems(patched(), reference, circuit) != []
    assert problems(patched(), reference, {**circuit, "qubits": 1}) == []


@pytest.mark.parametrize("shots", ["two", "-5", "1.5", 0, 1_000_001, 2.5, None])
def test_27_shots_remain_a_number_within_bounds(shots: Any) -> None:
    payload = {**FIXTURES["create_job_request_cirq"]["body"], "shots": shots}
    reference = {"$ref": "#/components/schemas/CircuitJobCreationPayload"}
    assert problems(patched(), reference, payload) != []


@pytest.mark.parametrize(
    "name",
    ["CircuitJobCreationPayload", "MultiCircuitJobCreationPayload", "Qasm3JobCreationPayload"],
)
def test_30_requests_name_the_compiler_settings(name: str) -> None:
    settings = patched()["components"]["schemas"][name]["properties"]["settings"]["properties"]
    compilation = settings["compilation"]["properties"]
    assert set(compilation) == {"opt", "precision", "gate_basis", "service_version"}


@pytest.mark.parametrize("missing", ["data", "type", "input", "backend"])
def test_31_an_openqasm_job_needs_its_source(missing: str) -> None:
    payload = copy.deepcopy(FIXTURES["create_job_request_qasm3"]["body"])
    for holder in (payload, payload["input"]):
        holder.pop(missing, None)
    reference = {"$ref": "#/components/schemas/Qasm3JobCreationPayload"}
    assert problems(patched(), reference, payload) != []


def test_32_each_quantum_function_fits_one_form_and_no_discriminator_misleads() -> None:
    function = patched()["components"]["schemas"]["QuantumFunctionInput"]
    assert "discriminator" not in function
    for name in ("energy", "other"):
        value = FIXTURES[f"create_job_request_quantum_function_{name}"]["body"]["input"]
        fitting = [one for one in function["oneOf"] if not problems(patched(), one, value)]
        assert len(fitting) == 1, name


def test_41_gate_counts_are_integers() -> None:
    reference = {"$ref": "#/components/schemas/CircuitJobStats"}
    assert problems(patched(), reference, {"gate_counts": {"1q": 6}}) == []
    assert problems(patched(), reference, {"gate_counts": {"1q": 6.5}}) != []


def test_42_debiasing_parameters_have_names() -> None:
    settings = {"error_mitigation": {"debiasing": {"phi_chi_twirling": {"p2q": 0.5}}}}
    reference = {"$ref": "#/components/schemas/CircuitJobSettings"}
    assert problems(patched(), reference, settings) == []
    assert problems(patched(), reference, {"error_mitigation": {"debiasing": False}}) == []
    assert problems(patched(), reference, {"error_mitigation": {"debiasing": "on"}}) != []
    schemas = patched()["components"]["schemas"]
    assert {"DebiasingParameters", "PhiChiTwirling"} <= set(schemas)
    debiasing = schemas["CircuitJobSettings"]["properties"]["error_mitigation"]["properties"]
    assert {"$ref": "#/components/schemas/DebiasingParameters"} in debiasing["debiasing"]["anyOf"]


def test_every_patch_is_held_by_a_test_of_its_own() -> None:
    """A patch nobody tests could be lost without a trace."""
    tested = {patch[:2] for patch in MENDED_BY_EXAMPLE}
    for name in globals():
        tested |= set(re.findall(r"(?<=_)\d\d(?=_)", name)) if name.startswith("test_") else set()
    assert {path.name[:2] for path in PATCHES} <= tested


@pytest.mark.parametrize(
    "body",
    [
        {"statusCode": "400"},
        {"code": "slow"},
        {"error": 5},
        {"message": ["no"]},
        [],
    ],
)
def test_an_error_body_is_not_just_anything(body: Any) -> None:
    assert problems(patched(), {"$ref": "#/components/schemas/Error"}, body) != []
