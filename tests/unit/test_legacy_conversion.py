"""v0.3 and v0.4 say the same in two ways: what turns into what, what is refused, what is kept."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct import InvalidArgument, InvalidJob, legacy, validate_payload
from tests.routes import EXAMPLES

BELL = [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]
JOB = "c86a043a-0f5e-4b1c-9e27-6d0a8b4f1c33"


def old_example(name: str) -> Any:
    """The body of an example of v0.3's contract."""
    path = EXAMPLES.with_name("ionq_v0_3") / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))["body"]


def new_example(name: str) -> Any:
    """The body of an example of v0.4's contract."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))["body"]


# --- Jobs to submit -------------------------------------------------------------------------------


def test_the_documented_job() -> None:
    """IonQ docs, v0.3 create-a-job, by the renamings of the migration guide."""
    assert legacy.payload_from_v0_3(old_example("create_job_request")) == {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "name": "bell",
        "shots": 100,
        "metadata": {"custom_key": "a note", "ionq_direct_registers": '{"meas_mapped":[0,1]}'},
        "noise": {"model": "aria-1", "seed": 100},
        "settings": {"error_mitigation": {"debiasing": True}},
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
    }


def test_the_smallest_job_gets_the_defaults_that_v0_4_lacks() -> None:
    assert legacy.payload_from_v0_3(old_example("create_job_request_least")) == {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "h", "target": 0}]},
    }


def test_several_circuits_keep_their_registers() -> None:
    old = old_example("create_job_request_multi_circuit")
    new = legacy.payload_from_v0_3(old)
    assert new["type"] == "ionq.multi-circuit.v1"
    assert new["input"]["circuits"] == old["input"]["circuits"]
    assert new["backend"] == "qpu.aria-1"


def test_the_shape_of_v0_2() -> None:
    """cirq-ionq: `body`, `lang`, shots as text."""
    assert legacy.payload_from_v0_3(old_example("create_job_request_cirq")) == {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "shots": 100,
        "metadata": {"shots": "100"},
        "settings": {"error_mitigation": {"debiasing": False}},
        "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "targets": [0]}]},
    }


def test_openqasm_3_by_its_older_name() -> None:
    source = "// a comment\nOPENQASM 3.0;\nqubit[1] q;"
    new = legacy.payload_from_v0_3({"input": {"format": "openqasm", "data": source}})
    assert (new["type"], new["input"]) == ("ionq.qasm3.v1", {"data": source})
    assert legacy.payload_to_v0_3(new)["input"] == {"format": "openqasm", "data": source}


def test_qubits_beside_the_program_count_for_it() -> None:
    new = legacy.payload_from_v0_3({"qubits": 2, "input": {"circuit": BELL}})
    assert new["input"]["qubits"] == 2


@pytest.mark.parametrize(
    ("job", "path"),
    [
        ({}, "$.input"),
        ({"input": []}, "$.input"),
        ({"input": {"circuit": BELL}, "body": {"circuit": BELL}}, "$.body"),
        ({"input": {"circuit": BELL}, "colour": "red"}, "$.colour"),
        ({"input": {"circuit": BELL}, "session_id": "a"}, "$.session_id"),
        ({"input": {"circuit": BELL}, "lang": "qasm"}, "$.lang"),
        ({"input": {"circuit": BELL, "depth": 3}}, "$.input.depth"),
        ({"input": {"circuit": BELL, "circuits": []}}, "$.input.circuit"),
        ({"input": {"circuits": 3}}, "$.input.circuits"),
        ({"input": {"circuits": [3]}}, "$.input.circuits[0]"),
        ({"input": {"circuits": [{"circuit": [], "shots": 3}]}}, "$.input.circuits[0].shots"),
        ({"qubits": 3, "input": {"circuit": BELL, "qubits": 2}}, "$.qubits"),
        (old_example("create_job_request_qir"), "$.input.format"),
        ({"input": {"format": "quipper", "data": ""}}, "$.input.format"),
        ({"input": {"format": "qasm", "data": "OPENQASM 2.0;"}}, "$.input.data"),
        ({"input": {"format": "qasm"}}, "$.input.data"),
        ({"input": {"circuit": BELL}, "error_mitigation": 3}, "$.error_mitigation"),
        (
            {"input": {"circuit": BELL}, "error_mitigation": {"symmetry": True}},
            "$.error_mitigation.symmetry",
        ),
        ({"input": {"circuit": BELL}, "registers": {}, "metadata": 3}, "$.metadata"),
        (
            {
                "input": {"circuit": BELL},
                "registers": {},
                "metadata": {"ionq_direct_registers": "x"},
            },
            "$.metadata.ionq_direct_registers",
        ),
    ],
)
def test_what_v0_4_cannot_say_is_refused_by_name(job: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidJob) as caught:
        legacy.payload_from_v0_3(job)
    assert caught.value.path == path


NEW = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"session_id": "a"}, "$.session_id"),
        ({"dry_run": True}, "$.dry_run"),
        ({"settings": {"compilation": {"opt": 1}}}, "$.settings.compilation"),
        (
            {"settings": {"error_mitigation": {"symmetry_verification": True}}},
            "$.settings.error_mitigation.symmetry_verification",
        ),
        ({"settings": 3}, "$.settings"),
        ({"type": "quantum-function"}, "$.type"),
        ({"input": None}, "$.input"),
        ({"input": {"circuit": [], "gateset": "qis", "depth": 3}}, "$.input.depth"),
        (
            {
                "type": "ionq.multi-circuit.v1",
                "input": {
                    "gateset": "qis",
                    "circuits": [{"circuit": [], "gateset": "native"}],
                },
            },
            "$.input.circuits[0].gateset",
        ),
    ],
)
def test_what_v0_3_cannot_say_is_refused_by_name(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidJob) as caught:
        legacy.payload_to_v0_3({**NEW, **changes})
    assert caught.value.path == path


def test_what_means_the_same_as_nothing_is_no_obstacle() -> None:
    spare = {"dry_run": False, "lang": "json", "session_id": None, "settings": {}}
    assert legacy.payload_to_v0_3({**NEW, **spare}) == legacy.payload_to_v0_3(NEW)
    circuits = [{"circuit": BELL, "gateset": "qis", "qubits": 2}]
    several = {"gateset": "qis", "qubits": 2, "circuits": circuits}
    old = legacy.payload_to_v0_3({**NEW, "type": "ionq.multi-circuit.v1", "input": several})
    assert old["input"]["circuits"] == [{"circuit": BELL}]


texts = st.text("abcdefg _-", min_size=1, max_size=8)
registers = st.dictionaries(texts, st.lists(st.none() | st.integers(0, 7), max_size=4), max_size=2)
gates = st.one_of(
    st.builds(lambda q: {"gate": "h", "target": q}, st.integers(0, 1)),
    st.builds(
        lambda q, r: {"gate": "rx", "targets": [q], "rotation": r},
        st.integers(0, 1),
        st.floats(-7, 7),
    ),
    st.just({"gate": "cnot", "control": 0, "target": 1}),
    st.just({"gate": "pauliexp", "targets": [0], "terms": ["X"], "coefficients": [1], "time": 2}),
)
circuit_lists = st.lists(gates, max_size=4)
named_circuits = st.fixed_dictionaries(
    {"circuit": circuit_lists}, optional={"name": texts, "registers": registers}
)
languages = {"format": st.just("ionq.circuit.v0"), "gateset": st.sampled_from(["qis", "native"])}
inputs = st.one_of(
    st.fixed_dictionaries({**languages, "qubits": st.just(2), "circuit": circuit_lists}),
    st.fixed_dictionaries(
        {**languages, "qubits": st.just(2), "circuits": st.lists(named_circuits, max_size=3)}
    ),
    st.fixed_dictionaries({"format": st.just("openqasm"), "data": st.just("OPENQASM 3;\n")}),
)
old_payloads = st.fixed_dictionaries(
    {"target": st.sampled_from(["simulator", "qpu.aria-1"]), "input": inputs},
    optional={
        "name": texts,
        "shots": st.integers(1, 10**6),
        "metadata": st.dictionaries(texts, texts, min_size=1, max_size=3),
        "noise": st.fixed_dictionaries(
            {"model": texts}, optional={"seed": st.integers(1, 2**31 - 1)}
        ),
        "error_mitigation": st.fixed_dictionaries({"debias": st.booleans()}),
        "registers": registers,
    },
)


@given(old_payloads)
def test_a_job_comes_back_from_v0_4_as_it_was(job: dict[str, Any]) -> None:
    before = copy.deepcopy(job)
    new = legacy.payload_from_v0_3(job)
    assert legacy.payload_to_v0_3(new) == before
    assert legacy.payload_from_v0_3(legacy.payload_to_v0_3(new)) == new
    assert job == before


@given(old_payloads, st.booleans())
def test_left_out_defaults_and_v0_2s_shape_mean_the_same(job: dict[str, Any], text: bool) -> None:
    short = copy.deepcopy(job)
    if short["target"] == "simulator":
        del short["target"]
    if short["input"]["format"] == "ionq.circuit.v0":
        del short["input"]["format"]
    if short["input"].get("gateset") == "qis":
        del short["input"]["gateset"]
    if "shots" in short and text:
        short["shots"] = str(short["shots"])
    short |= {"body": short.pop("input"), "lang": "json", "name": short.get("name")}
    assert legacy.payload_from_v0_3(short) == legacy.payload_from_v0_3(job)


@pytest.mark.parametrize(
    "name",
    [
        "create_job_request",
        "create_job_request_least",
        "create_job_request_native",
        "create_job_request_cirq",
    ],
)
def test_what_comes_out_is_a_job_by_ionqs_rules(name: str) -> None:
    new = legacy.payload_from_v0_3(old_example(name))
    if new.get("settings", {}).get("error_mitigation", {}).get("debiasing"):
        new["shots"] = 500  # the sample asks for debiasing with fewer shots than IonQ takes
    validate_payload(new)


# --- Jobs as the server tells of them -------------------------------------------------------------


def test_the_documented_answer() -> None:
    """IonQ docs, v0.3 get-a-specific-job, by the renamings of the migration guide."""
    new = legacy.job_from_v0_3(old_example("get_job_completed"))
    assert new["backend"] == "simulator"
    assert new["type"] == "ionq.circuit.v1"
    assert new["stats"] == {"qubits": 1, "circuits": 1, "gate_counts": {"1q": 1, "2q": 0}}
    assert new["submitted_at"] == "2024-06-02T02:54:28Z"  # date -u -d @1717296868
    assert new["started_at"] == new["completed_at"] == "2024-06-02T02:54:29Z"
    assert (new["execution_duration_ms"], new["predicted_execution_duration_ms"]) == (39, 2)
    assert new["settings"] == {"error_mitigation": {"debiasing": False}}
    assert new["submitter_id"] == "e1254d93988e405e80d7842a"
    assert new["child_job_ids"] == []
    path = f"/v0.4/jobs/{JOB}/results/probabilities"
    assert new["results"] == {"probabilities": {"url": path}}
    assert new["dry_run"] is False
    assert new["v0_3"] == {"cost_usd": 0}


def test_the_path_of_several_circuits_results() -> None:
    old = old_example("get_job_running") | {"results_url": f"/v0.3/jobs/{JOB}/results"}
    new = legacy.job_from_v0_3(old)
    assert new["type"] == "ionq.multi-circuit.v1"
    assert new["results"]["probabilities"]["url"].endswith("/results/probabilities/aggregated")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("running", "started"),
        ("submitted", "submitted"),
        ("ready", "ready"),
        ("completed", "completed"),
        ("canceled", "canceled"),
        ("failed", "failed"),
        ("of-tomorrow", "of-tomorrow"),
    ],
)
def test_statuses(old: str, new: str) -> None:
    assert legacy.status_from_v0_3(old) == new
    assert legacy.status_to_v0_3(new) == old
    assert legacy.job_from_v0_3({"id": JOB, "status": old})["status"] == new
    assert legacy.job_to_v0_3({"id": JOB, "status": new})["status"] == old


def test_a_failure_in_the_words_of_each() -> None:
    old = old_example("get_job_failed")
    new = legacy.job_from_v0_3(old)
    assert new["failure"] == {"message": "An error occurred!", "code": "internal_error"}
    assert new["warning"] == old["warning"]
    assert legacy.job_to_v0_3(new)["failure"] == old["failure"]


@pytest.mark.parametrize(
    ("instant", "kept"),
    [
        ("2024-06-02T02:54:28Z", False),
        ("2024-06-02T02:54:28.000Z", False),
        ("2024-06-02T02:54:28+00:00", False),
        ("2024-06-02T04:54:28+02:00", False),
        ("2024-06-02T02:54:28.123Z", True),
        ("some time", True),
    ],
)
def test_only_what_seconds_cannot_say_of_an_instant_is_kept(instant: str, kept: bool) -> None:
    old = legacy.job_to_v0_3({"id": JOB, "submitted_at": instant})
    assert old.get("v0_4") == ({"submitted_at": instant} if kept else None)


def test_what_v0_3_cannot_say_of_a_job_is_kept() -> None:
    new = new_example("get_job_completed_qpu")
    old = legacy.job_to_v0_3(new)
    assert old["request"] == int(old["request"])
    assert old["target"] == new["backend"]
    for name, value in old["v0_4"].items():
        assert new[name] == value


def same(one: Any, other: Any) -> bool:
    """Equal, a field that is null and one that is not there being the same."""
    return {k: v for k, v in one.items() if v is not None} == {
        k: v for k, v in other.items() if v is not None
    }


NEW_JOBS = sorted(
    path.stem
    for path in EXAMPLES.glob("get_job_*.json")
    if json.loads(path.read_text(encoding="utf-8"))["operation"] == "GetJob"
)
OLD_JOBS = sorted(path.stem for path in EXAMPLES.with_name("ionq_v0_3").glob("get_job_*.json"))


@pytest.mark.parametrize("name", NEW_JOBS)
def test_a_v0_4_job_comes_back_whole(name: str) -> None:
    job = new_example(name)
    assert same(legacy.job_from_v0_3(legacy.job_to_v0_3(job)), {"settings": {}, "stats": {}} | job)


@pytest.mark.parametrize("name", OLD_JOBS)
def test_a_v0_3_job_comes_back_whole(name: str) -> None:
    job = old_example(name)
    back = legacy.job_to_v0_3(legacy.job_from_v0_3(job))
    assert {k: v for k, v in back.items() if k in job} == job
    assert back.keys() - job.keys() <= {"type"}  # which v0.3 tells of every job but the smallest


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
OLD_FIELDS = [*old_example("get_job_completed"), "failure", "warning", "parent", "something_new"]
NEW_FIELDS = [*new_example("get_job_completed_qpu"), "noise", "warning", "something_new"]


def jobs_with(fields: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    free = sorted(set(fields) - {"id", "status"})
    told = st.dictionaries(st.sampled_from(free), anything, max_size=6)
    return told.map(lambda job: {"id": JOB, "status": "completed", **job})


@given(jobs_with(OLD_FIELDS))
def test_nothing_of_a_v0_3_job_is_lost_whatever_it_holds(job: dict[str, Any]) -> None:
    back = legacy.job_to_v0_3(legacy.job_from_v0_3(job))
    told = {name: value for name, value in job.items() if value is not None}
    assert {name: back.get(name) for name in told} == told
    assert back.keys() - told.keys() <= {"type"}


@given(jobs_with(NEW_FIELDS))
def test_nothing_of_a_v0_4_job_is_lost_whatever_it_holds(job: dict[str, Any]) -> None:
    back = legacy.job_from_v0_3(legacy.job_to_v0_3(job))
    told = {name: value for name, value in job.items() if value is not None}
    assert {name: back.get(name) for name in told} == told


# --- Backends, characterizations, queries ---------------------------------------------------------


def test_backends_by_both_names() -> None:
    machine, simulator = old_example("get_backends")
    new = legacy.backend_from_v0_3(machine)
    assert new["characterization_id"] == "f518d0c9-3a5e-4c1b-8f27-90d4e6b1a27c"
    assert new["last_updated"] == "2024-06-01T14:56:30Z"  # date -u -d @1717253790
    assert legacy.backend_to_v0_3(new) == machine
    assert legacy.backend_to_v0_3(legacy.backend_from_v0_3(simulator)) == simulator
    for one in new_example("get_backends"):
        assert legacy.backend_from_v0_3(legacy.backend_to_v0_3(one)) == one


def test_a_characterization_url_of_another_form_is_kept() -> None:
    old = {"backend": "qpu.aria-1", "characterization_url": "https://elsewhere/x"}
    assert legacy.backend_to_v0_3(legacy.backend_from_v0_3(old)) == old


def test_characterizations_by_both_names() -> None:
    old = old_example("get_characterization")
    new = legacy.characterization_from_v0_3(old)
    assert new["fidelity"]["2q"] == {"median": 0.9002}
    assert new["date"] == "2024-08-31T11:00:11Z"  # date -u -d @1725102011
    assert new["timing"] == old["timing"]
    assert legacy.characterization_to_v0_3(new) == old
    for name in ("get_characterization", "get_characterization_without_spam"):
        one = new_example(name)
        assert legacy.characterization_from_v0_3(legacy.characterization_to_v0_3(one)) == one


def test_queries() -> None:
    old = {"id": [JOB], "status": "running", "limit": 3, "next": "c"}
    new = {"ids": [JOB], "status": "started", "limit": 3, "next": "c"}
    assert legacy.jobs_query_from_v0_3(old) == new
    assert legacy.jobs_query_to_v0_3(new) == old
    # IonQ docs: start=1585713600000, which date(1) writes as 2020-04-01 04:00:00 UTC.
    old = {"start": 1585713600000, "end": 1585756800123, "limit": 10, "page": 2}
    new = {"start": "2020-04-01T04:00:00Z", "end": "2020-04-01T16:00:00.123Z"}
    new |= {"limit": 10, "page": 2}
    assert legacy.characterizations_query_from_v0_3(old) == new
    assert legacy.characterizations_query_to_v0_3(new) == old
    day = {"start": "2020-04-01"}
    assert legacy.characterizations_query_from_v0_3({"start": 1585699200000}) == day


@given(st.integers(0, 4_102_444_800_000))
def test_a_time_of_a_query_comes_back_to_the_millisecond(ms: int) -> None:
    new = legacy.characterizations_query_from_v0_3({"start": ms})
    assert legacy.characterizations_query_to_v0_3(new) == {"start": ms}


@pytest.mark.parametrize(
    ("convert", "query", "name"),
    [
        (legacy.jobs_query_from_v0_3, {"ids": []}, "ids"),
        (legacy.jobs_query_to_v0_3, {"session_id": "a"}, "session_id"),
        (legacy.characterizations_query_from_v0_3, {"start": "2020-04-01"}, "start"),
        (legacy.characterizations_query_from_v0_3, {"end": 10**30}, "end"),
        (legacy.characterizations_query_to_v0_3, {"end": "yesterday"}, "end"),
        (legacy.characterizations_query_to_v0_3, {"colour": "red"}, "colour"),
    ],
)
def test_a_parameter_without_a_counterpart_is_refused(
    convert: Callable[[dict[str, Any]], Any], query: dict[str, Any], name: str
) -> None:
    with pytest.raises(InvalidArgument) as caught:
        convert(query)
    assert caught.value.name == name


def test_public_names_of_the_module() -> None:
    for name in legacy.__all__:
        assert getattr(legacy, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = legacy.no_such_name
