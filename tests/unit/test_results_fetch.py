"""Results as they come over the wire, in every shape known, by both halves of the library.

Each test runs twice: over `IonQ` and over `AsyncIonQ`, against a real server on loopback.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from ionq_direct import MultiResult, _distribution
from ionq_direct._async import results as reading
from ionq_direct._sync import results as reading_in_threads
from ionq_direct.errors import (
    APIError,
    BadRequest,
    Forbidden,
    InvalidArgument,
    InvalidDistribution,
    JobFailed,
    NoResults,
    NotFound,
    ServerError,
)
from tests.routes import AsyncHalf, Routes, SyncHalf, example
from tests.servers import ScriptedServer
from tests.worlds import KEY

JOB = "019a2b7c-4d10-7e52-a8f3-2b6c91d0e447"
FIRST = "019a2b7c-4d18-7001-9c3a-7f5be1a20d81"
SECOND = "019a2b7c-4d18-7002-b5d6-08c47a93fe12"
ARTIFACT = "b4e8d1f3-6a27-4c95-8e10-92d7f3a5c064"
RESULTS = f"/jobs/{JOB}/results"
PROBABILITIES = f"{RESULTS}/probabilities"
AGGREGATED = f"{PROBABILITIES}/aggregated"

Half = SyncHalf | AsyncHalf


class Lab:
    """A server with a table of answers, and a client of either kind that talks to it."""

    def __init__(self, half: type[Half], stack: ExitStack) -> None:
        self.routes = Routes({})
        self.server = stack.enter_context(ScriptedServer(otherwise=self.routes))
        self.half = half(self.server.url)
        stack.callback(self.half.end)

    def job(self, name: str, table: dict[str, Any] | None = None, **changes: Any) -> Any:
        """A job whose JSON is one of the contract's examples, and what else the server knows."""
        data = {**example(name), **changes}
        self.routes.table |= {f"/jobs/{data['id']}": data, **(table or {})}
        return self.half.job(data["id"])

    def ask(self, job: Any, name: str, *arguments: Any, **named: Any) -> Any:
        return self.half.call(job, name, *arguments, **named)

    @property
    def asked(self) -> list[str]:
        """What was asked for, but for the job itself."""
        return [target for target in self.routes.asked if target.count("/") > 2 or "?" in target]


@pytest.fixture(params=[SyncHalf, AsyncHalf], ids=["sync", "async"])
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    with ExitStack() as stack:
        yield Lab(request.param, stack)


# --- One circuit ----------------------------------------------------------------------------------


def test_probabilities_of_a_quantum_computer(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: example("probabilities")})
    result = lab.ask(job, "result")
    assert result.distribution == {"0": 0.5, "3": 0.5}
    assert result.counts == {"00": 500, "11": 500}
    assert (result.job_id, result.qubits, result.shots) == (JOB, 2, 1000)
    assert result.raw == {"0": 0.5, "3": 0.5}
    assert lab.asked == [PROBABILITIES]


@pytest.mark.parametrize(
    "name", ["get_job_completed_simulator", "get_job_completed_simulator_with_pointers"]
)
def test_a_job_of_the_ideal_simulator_tells_neither_shots_nor_width(lab: Lab, name: str) -> None:
    job = lab.job(name, {PROBABILITIES: example("probabilities_certain")})
    result = lab.ask(job, "result")
    assert result.probabilities == {"1": 1.0}
    assert result.shots is None
    told = lab.ask(job, "result", shots=30, qubits=4)
    assert told.counts == {"0001": 30}


def test_tiny_probabilities(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: example("probabilities_tiny")})
    assert lab.ask(job, "result", shots=10**6).counts == {"000": 10**6}


def test_an_outcome_beyond_the_width_that_is_told_widens_it(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: {"4": 1}})
    assert lab.ask(job, "result").counts == {"100": 1000}
    with pytest.raises(InvalidDistribution, match="does not fit in 2"):
        _ = lab.ask(job, "result", qubits=2).counts


def test_a_histogram_is_the_same_counts(lab: Lab) -> None:
    table = {
        f"{RESULTS}/histogram": example("histogram"),
        PROBABILITIES: {"0": 0.5, "1": 0.25, "3": 0.25},
    }
    job = lab.job("get_job_completed_qpu", table)
    measured = lab.ask(job, "result", source="histogram")
    assert measured.counts == {"00": 500, "01": 250, "11": 250}
    assert measured.distribution == {"0": 0.5, "1": 0.25, "3": 0.25}
    assert measured.counts == lab.ask(job, "result").counts


def test_a_histogram_that_differs_from_the_shots_asked_for_tells_the_shots(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {f"{RESULTS}/histogram": {"0": 400, "3": 590}})
    assert lab.ask(job, "result", source="histogram").shots == 990
    scaled = lab.ask(job, "result", source="histogram", shots=99)
    assert scaled.counts == {"00": 40, "11": 59}


def test_a_large_histogram_is_held_in_arrays(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_distribution, "_LARGE", 1)
    job = lab.job("get_job_completed_qpu", {f"{RESULTS}/histogram": example("histogram")})
    result = lab.ask(job, "result", source="histogram")
    assert isinstance(result.distribution, _distribution.Distribution)
    assert result.counts == {"00": 500, "01": 250, "11": 250}
    assert result.probabilities == {"00": 0.5, "01": 0.25, "11": 0.25}
    assert result.marginal([1]).counts == {"0": 750, "1": 250}
    assert result.shots == 1000


@pytest.mark.parametrize("body", [{}, {"0": 0}, {"0": 0.5, "3": 0.25}])
def test_a_histogram_of_nothing_or_of_parts_is_refused(lab: Lab, body: dict[str, float]) -> None:
    job = lab.job("get_job_completed_qpu", {f"{RESULTS}/histogram": body})
    with pytest.raises(InvalidDistribution, match="histogram"):
        lab.ask(job, "result", source="histogram")


@pytest.mark.parametrize("name", ["shots", "shots_integers"])
def test_shots_in_order(lab: Lab, name: str) -> None:
    job = lab.job("get_job_completed_qpu", {f"{RESULTS}/shots": example(name)})
    shots = lab.ask(job, "shots_list")
    assert shots == [int(outcome) for outcome in example(name)]
    assert shots.bitstrings()[0] == "11"


def test_shots_beside_the_probabilities(lab: Lab) -> None:
    table = {PROBABILITIES: {"0": 0.25, "3": 0.75}, f"{RESULTS}/shots": example("shots")}
    job = lab.job("get_job_completed_qpu", table)
    assert lab.ask(job, "result").shots_list is None
    assert lab.ask(job, "result", memory=True).shots_list == [3, 3, 0, 3]


def test_a_submission_tells_width_and_shots_itself(lab: Lab) -> None:
    data = {**example("get_job_completed_simulator"), "status": "completed"}
    receipt = {"id": JOB, "status": "submitted", "session_id": None}
    table = {"/jobs": (201, receipt), f"/jobs/{JOB}": data, PROBABILITIES: {"0": 1}}
    lab.routes.table |= table
    payload = {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "shots": 7,
        "name": "four",
        "input": {"gateset": "qis", "qubits": 4, "circuit": [{"gate": "x", "target": 3}]},
    }
    job = lab.half.call(lab.half.ionq, "submit", payload)
    result = lab.ask(job, "result")
    assert result.counts == {"0000": 7}
    assert result.name == "four"


# --- Where results are ----------------------------------------------------------------------------


def test_the_pointer_is_followed(lab: Lab) -> None:
    pointer = {"probabilities": {"url": "/v0.4/files/7?part=2"}}
    job = lab.job("get_job_completed_qpu", {"/files/7?part=2": {"2": 1}}, results=pointer)
    assert lab.ask(job, "result").counts == {"10": 1000}
    assert lab.server.seen[-1].headers["authorization"] == f"apiKey {KEY}"


def test_a_pointer_to_nowhere_gives_way_to_the_known_path(lab: Lab) -> None:
    pointer = {"probabilities": {"url": "/v0.4/files/7"}}
    table = {"/files/7": 410, PROBABILITIES: {"2": 1}}
    job = lab.job("get_job_completed_qpu", table, results=pointer)
    assert lab.ask(job, "result").counts == {"10": 1000}


def test_the_key_goes_to_no_other_origin(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    with ScriptedServer(otherwise=Routes({"/steal": {"1": 1}})) as other:
        pointer = {"probabilities": {"url": f"{other.url}/steal"}}
        job = lab.job("get_job_completed_qpu", {PROBABILITIES: {"2": 1}}, results=pointer)
        with caplog.at_level(logging.WARNING, "ionq_direct.results"):
            assert lab.ask(job, "result").counts == {"10": 1000}
        assert other.seen == []
        assert other.connections == 0
    assert "not followed" in caplog.text


def test_a_redirect_to_another_origin_does_not_take_the_key_there(lab: Lab) -> None:
    with ScriptedServer(otherwise=Routes({"/steal": {"1": 1}})) as other:
        location = f"HTTP/1.1 302 Found\r\nlocation: {other.url}/steal\r\ncontent-length: 0\r\n\r\n"

        def redirect(exchange: Any) -> None:
            exchange.read()
            exchange.send(location.encode())

        job = lab.job("get_job_completed_qpu")
        lab.server.then(redirect)
        with pytest.raises(APIError) as caught:
            lab.ask(job, "result")
        assert caught.value.status == 302
        assert other.connections == 0


def test_an_artifact_is_fetched_when_nothing_else_is_there(lab: Lab) -> None:
    artifact = f"/jobs/{JOB}/artifacts/probabilities"
    table = {artifact: example("artifact_probabilities_v1")}
    job = lab.job("get_job_completed_simulator", table)
    assert lab.ask(job, "result", shots=2).counts == {"00": 1, "11": 1}
    assert lab.asked == [PROBABILITIES, artifact]


def test_an_artifact_that_is_forbidden_is_said_so(lab: Lab) -> None:
    results = {"ionq.result.shots.json.v2": {"id": "s", "format": "x", "media_type": "y"}}
    job = lab.job("get_job_completed_qpu", {f"/jobs/{JOB}/artifacts/s": 403}, results=results)
    with pytest.raises(Forbidden):
        lab.ask(job, "shots_list")


# --- Registers ------------------------------------------------------------------------------------


def test_an_openqasm_job_tells_shots_by_register(lab: Lab) -> None:
    body = {
        "shots": [
            {"registers": {"mid": [0], "c": [0, 1], "output_all": [1, 1, 0]}},
            {"registers": {"mid": [1], "c": [0, 1], "output_all": [0, 1, 0]}},
            {"registers": {"mid": [1], "c": [1, 1], "output_all": [0, 0, 0]}, "leakage_bits": [1]},
        ]
    }
    table = {
        f"/jobs/{JOB}/artifacts/{ARTIFACT}": body,
        PROBABILITIES: {"3": 0.5, "2": 0.5},
    }
    job = lab.job("get_job_qasm3", table)
    assert lab.ask(job, "shots_list") == lab.ask(job, "shots_list", register="output_all")
    assert lab.ask(job, "shots_list", register="mid") == [0, 1, 1]
    with pytest.raises(NoResults, match=r"no register 'x'; its registers are 'mid', 'c'"):
        lab.ask(job, "shots_list", register="x")

    result = lab.ask(job, "result", memory=True)
    assert list(result.registers) == ["mid", "c", "output_all"]
    # Two shots did not leak.
    assert result.registers["mid"].counts == {"0": 1, "1": 1}
    assert result.registers["c"].counts == {"10": 2}
    assert result.registers["c"].name == "c"
    assert result.registers["c"].shots_list == [2, 2, 3]
    assert result.shots_list == [3, 2, 0]
    assert dict(result.shots_list.leaked) == {2: [1]}
    assert result.distribution == {"3": 0.5, "2": 0.5}


def described(kind: str, artifact: str) -> dict[str, Any]:
    name = f"ionq.result.{kind}.json.v2"
    return {name: {"id": artifact, "format": name, "media_type": "application/json"}}


def test_registers_beside_the_flat_form(lab: Lab) -> None:
    pointer = {"probabilities": {"url": f"/v0.4{PROBABILITIES}"}}
    registers = {"c": {"01": 0.25, "11": 0.75}, "output_all": {"10": 1}}
    table = {
        PROBABILITIES: {"1": 1},
        f"/jobs/{JOB}/artifacts/p": {"probabilities": {"registers": registers}},
    }
    results = pointer | described("probabilities", "p")
    job = lab.job("get_job_completed_qpu", table, results=results)
    result = lab.ask(job, "result")
    assert result.counts == {"01": 1000}
    assert result.registers["c"].counts == {"10": 250, "11": 750}
    assert result.registers["output_all"].probabilities == result.probabilities


def test_registers_that_cannot_be_had_are_done_without(
    lab: Lab, caplog: pytest.LogCaptureFixture
) -> None:
    table = {PROBABILITIES: {"1": 1}, f"/jobs/{JOB}/artifacts/p": 403}
    job = lab.job("get_job_completed_qpu", table, results=described("probabilities", "p"))
    with caplog.at_level(logging.WARNING, "ionq_direct.results"):
        assert lab.ask(job, "result").registers == {}
    assert "registers cannot be read" in caplog.text


def test_registers_tell_probabilities_and_shots(lab: Lab) -> None:
    shots = [{"registers": {"c": [1, 0], "d": [0]}}, {"registers": {"c": [0, 0], "d": [0]}}]
    table = {
        PROBABILITIES: {"1": 0.5, "0": 0.5},
        f"/jobs/{JOB}/artifacts/p": {"probabilities": {"registers": {"c": {"10": 0.5, "00": 0.5}}}},
        f"/jobs/{JOB}/artifacts/s": {"shots": shots},
    }
    results = described("probabilities", "p") | described("shots", "s")
    result = lab.ask(lab.job("get_job_raw", table, results=results, shots=2), "result", memory=True)
    assert result.registers["c"].counts == {"00": 1, "01": 1}
    assert result.registers["c"].shots_list == [1, 0]
    assert result.registers["d"].counts == {"0": 2}
    assert result.shots_list is None  # of the two registers, neither is the whole


def test_a_job_with_version_2_alone(lab: Lab) -> None:
    results = described("probabilities", "p") | described("histogram", "h")
    artifacts = {
        f"/jobs/{JOB}/artifacts/p": example("artifact_probabilities_v2"),
        f"/jobs/{JOB}/artifacts/h": example("artifact_histogram_v2"),
    }
    job = lab.job("get_job_raw", artifacts, results=results)
    result = lab.ask(job, "result")
    assert result.probabilities == {"00": 0.5, "11": 0.5}
    assert result.raw == example("artifact_probabilities_v2")
    assert result.shots is None
    measured = lab.ask(job, "result", source="histogram")
    assert (measured.shots, measured.counts) == (1000, {"00": 500, "11": 500})
    assert measured.registers["output_all"].counts == measured.counts


def test_a_job_with_registers_and_nothing_for_all_of_it(lab: Lab) -> None:
    body = {"probabilities": {"registers": {"c": {"01": 1}, "d": {"1": 1}}}}
    table = {f"/jobs/{JOB}/artifacts/p": body}
    job = lab.job("get_job_raw", table, results=described("probabilities", "p"))
    result = lab.ask(job, "result", shots=5)
    assert result.registers["c"].counts == {"10": 5}
    with pytest.raises(NoResults, match="registers only"):
        _ = result.counts


# --- Debiasing ------------------------------------------------------------------------------------


def test_sharpened_and_aggregated_results_are_asked_for(lab: Lab) -> None:
    table = {
        PROBABILITIES: {"0": 0.5, "3": 0.5},
        f"{PROBABILITIES}?sharpen=true": {"0": 1},
        f"{PROBABILITIES}?sharpen=false": {"1": 1},
        f"{PROBABILITIES}?aggregation=dnl": {"3": 1},
        f"{PROBABILITIES}?aggregation=new": {"2": 1},
        f"/jobs/{JOB}/artifacts/{ARTIFACT}": {"0": 0.75, "3": 0.25},
    }
    job = lab.job("get_job_output_debiasing_variants", table)
    assert lab.ask(job, "result").counts == {"00": 500, "11": 500}
    assert lab.ask(job, "result", sharpen=True).counts == {"00": 1000}
    assert lab.ask(job, "result", sharpen=False).counts == {"01": 1000}
    assert lab.ask(job, "result", aggregation="dnl").counts == {"11": 1000}
    assert lab.ask(job, "result", aggregation="new").counts == {"10": 1000}
    # This one is an artifact that the job lists.
    assert lab.ask(job, "result", aggregation="voting").counts == {"00": 750, "11": 250}


def test_an_aggregation_that_the_server_refuses_is_an_error(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {f"{PROBABILITIES}?aggregation=x": 400})
    with pytest.raises(BadRequest):
        lab.ask(job, "result", aggregation="x")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"sharpen": True, "aggregation": "voting"}, "sharpen"),
        ({"sharpen": True, "source": "histogram"}, "source"),
        ({"source": "shots"}, "source"),
        ({"aggregation": ""}, "aggregation"),
        ({"shots": -1}, "shots"),
        ({"shots": 1.5}, "shots"),
        ({"qubits": 0}, "qubits"),
        ({"qubits": True}, "qubits"),
    ],
)
def test_what_makes_no_sense_is_refused_before_sending(
    lab: Lab, arguments: dict[str, Any], name: str
) -> None:
    job = lab.job("get_job_completed_qpu")
    before = len(lab.server.seen)
    with pytest.raises(InvalidArgument) as caught:
        lab.ask(job, "result", **arguments)
    assert caught.value.name == name
    assert len(lab.server.seen) == before


def test_variants_of_a_debiased_job(lab: Lab) -> None:
    base = f"/jobs/{JOB}/variants"
    table = {
        f"{base}/{FIRST}/results/probabilities": example("variant_probabilities"),
        f"{base}/{SECOND}/results/probabilities": {"0": 1},
        f"{base}/{FIRST}/results/histogram": example("variant_histogram"),
        f"{base}/{SECOND}/results/histogram": {"0": 500},
        f"{base}/{FIRST}/results/shots": example("variant_shots"),
        f"{base}/{SECOND}/results/shots": ["0"],
    }
    job = lab.job("get_job_output_debiasing_variants", table)
    first, second = lab.ask(job, "variants")
    assert (first.variant_id, second.variant_id) == (FIRST, SECOND)
    assert (first.qubit_map, second.qubit_map) == ((3, 0), None)
    assert first.counts == {"00": 240, "11": 260}
    assert second.counts == {"00": 500}
    measured = lab.ask(job, "variants", source="histogram", memory=True)
    assert [each.counts for each in measured] == [first.counts, second.counts]
    assert [list(each.shots_list) for each in measured] == [[0, 3], [0]]


@pytest.mark.parametrize("status", [404, 410])
def test_variants_come_from_their_artifacts_where_their_paths_are_gone(
    lab: Lab, status: int
) -> None:
    """IonQ's edition of October 2026 has no paths of variants, and names artifacts instead."""
    name = "ionq.result.probabilities.json.v1"
    results = {name: {"id": "p-1", "format": name, "media_type": "application/json"}}
    told = {"variants": [{"variant_id": FIRST, "shots": 500, "results": results}]}
    table = {
        f"/jobs/{JOB}/variants/{FIRST}/results/probabilities": status,
        f"/jobs/{JOB}/artifacts/p-1": {"0": 0.5, "3": 0.5},
    }
    output = {"error_mitigation": {"debiasing": told}}
    job = lab.job("get_job_output_debiasing_variants", table, output=output)
    (variant,) = lab.ask(job, "variants")
    assert variant.counts == {"00": 250, "11": 250}


@pytest.mark.parametrize("name", ["get_job_output_debiasing_off", "get_job_output_null"])
def test_a_job_that_was_not_debiased_has_no_variants(lab: Lab, name: str) -> None:
    assert lab.ask(lab.job(name), "variants") == []


# --- Several circuits -----------------------------------------------------------------------------


def records(*told: dict[str, Any]) -> dict[str, Any]:
    return {"jobs": list(told), "next": None}


LIST = f"/jobs?ids={FIRST}&ids={SECOND}&limit=2"


@pytest.mark.parametrize(
    "name", ["get_job_multi_circuit_parent", "get_job_multi_circuit_parent_artifact"]
)
def test_the_parts_of_a_multi_circuit_job(lab: Lab, name: str) -> None:
    table = {
        AGGREGATED: example("probabilities_aggregated"),
        LIST: records(
            {"id": SECOND, "name": "b", "stats": {"qubits": 3}},
            {"id": FIRST, "name": "a", "stats": {"qubits": 2}},
        ),
    }
    result = lab.ask(lab.job(name, table), "result", shots=400)
    assert isinstance(result, MultiResult)
    assert result.job_id == JOB
    assert result.child_ids == (FIRST, SECOND)
    assert result.names == ("a", "b")
    assert result.counts == [{"00": 200, "11": 200}, {"001": 400}]
    assert lab.asked == [AGGREGATED, LIST]


def test_the_parts_are_in_the_order_of_the_circuits_whatever_the_answers(lab: Lab) -> None:
    swapped = dict(reversed(example("probabilities_aggregated").items()))
    table = {AGGREGATED: swapped, LIST: records()}
    result = lab.ask(lab.job("get_job_multi_circuit_parent", table), "result")
    assert result.child_ids == (FIRST, SECOND)
    assert result.counts == [{"00": 200, "11": 200}, {"1": 400}]
    assert result.names == (None, None)


def test_a_submission_tells_names_and_widths_of_its_circuits(lab: Lab) -> None:
    receipt = {"id": JOB, "status": "submitted", "session_id": None}
    parent = example("get_job_multi_circuit_parent")
    lab.routes.table |= {
        "/jobs": (201, receipt),
        f"/jobs/{JOB}": parent,
        AGGREGATED: example("probabilities_aggregated"),
    }
    gates = [{"gate": "x", "target": 1}]
    payload = {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "shots": 400,
        "input": {
            "gateset": "qis",
            "qubits": 3,
            "circuits": [{"name": "a", "circuit": gates}, {"qubits": 2, "circuit": gates}],
        },
    }
    job = lab.half.call(lab.half.ionq, "submit", payload)
    result = lab.ask(job, "results")
    assert result.counts == [{"000": 200, "011": 200}, {"01": 400}]
    assert result.names == ("a", None)
    assert lab.asked == [AGGREGATED]


def test_a_part_that_is_missing_is_fetched_by_itself(lab: Lab) -> None:
    table = {
        AGGREGATED: {FIRST: {"0": 1}},
        LIST: 503,
        f"/jobs/{SECOND}/results/probabilities": {"1": 1},
    }
    result = lab.ask(lab.job("get_job_multi_circuit_parent", table), "result")
    assert result.counts == [{"0": 400}, {"1": 400}]


def test_a_part_without_results_is_named(lab: Lab) -> None:
    job = lab.job("get_job_multi_circuit_parent", {AGGREGATED: {FIRST: {"0": 1}}, LIST: records()})
    with pytest.raises(NoResults) as caught:
        lab.ask(job, "result")
    assert caught.value.job_id == SECOND


def test_parts_that_the_job_does_not_list_come_last(
    lab: Lab, caplog: pytest.LogCaptureFixture
) -> None:
    table = {AGGREGATED: {"more": {"2": 1}, SECOND: {"1": 1}, FIRST: {"0": 1}}}
    job = lab.job("get_job_multi_circuit_parent", table)
    with caplog.at_level(logging.WARNING, "ionq_direct.results"):
        assert lab.ask(job, "result").child_ids == (FIRST, SECOND, "more")
    assert "1 results are of parts it does not list" in caplog.text


def test_a_job_that_lists_no_parts_takes_the_order_of_the_answer(lab: Lab) -> None:
    table = {AGGREGATED: example("probabilities_aggregated")}
    job = lab.job("get_job_multi_circuit_parent", table, child_job_ids=None)
    assert lab.ask(job, "result").child_ids == (FIRST, SECOND)
    lab.routes.table[AGGREGATED] = {}
    with pytest.raises(NoResults, match="no parts"):
        lab.ask(job, "result")


def test_parts_are_fetched_one_by_one_where_there_is_nothing_for_all(lab: Lab) -> None:
    table = {
        f"/jobs/{FIRST}/results/histogram": {"3": 5, "0": 6},
        f"/jobs/{SECOND}/results/histogram": {"1": 11},
        f"/jobs/{FIRST}/results/shots": ["3", "0"],
        f"/jobs/{SECOND}/results/shots": ["1"],
        f"/jobs/{FIRST}/results/probabilities?sharpen=true": {"0": 1},
        f"/jobs/{SECOND}/results/probabilities?sharpen=true": {"1": 1},
        LIST: records(example("get_job_multi_circuit_child")),
    }
    job = lab.job("get_job_multi_circuit_parent", table)
    measured = lab.ask(job, "result", source="histogram", memory=True)
    assert measured.counts == [{"00": 6, "11": 5}, {"1": 11}]
    assert [list(each.shots_list) for each in measured] == [[3, 0], [1]]
    assert measured.names == ("one", None)
    sharp = lab.ask(job, "result", sharpen=True)
    assert sharp.counts == [{"0": 400}, {"1": 400}]


def test_parts_are_fetched_one_by_one_where_the_server_has_no_aggregate(lab: Lab) -> None:
    table = {
        f"/jobs/{FIRST}/results/probabilities": {"3": 1},
        f"/jobs/{SECOND}/results/probabilities": {"1": 1},
        LIST: records(example("get_job_multi_circuit_child")),
    }
    result = lab.ask(lab.job("get_job_multi_circuit_parent", table), "result")
    assert result.counts == [{"11": 400}, {"1": 400}]
    assert lab.asked[0] == AGGREGATED


def test_many_parts_are_described_page_by_page(lab: Lab) -> None:
    ids = [f"c{number}" for number in range(60)]
    pages = [ids[:25], ids[25:50], ids[50:]]
    table: dict[str, Any] = {AGGREGATED: {child: {"0": 1} for child in reversed(ids)}}
    for page in pages:
        query = "&".join(f"ids={child}" for child in page)
        table[f"/jobs?{query}&limit={len(page)}"] = records(
            *({"id": child, "name": child.upper(), "stats": {"qubits": 2}} for child in page)
        )
    result = lab.ask(lab.job("get_job_multi_circuit_parent", table, child_job_ids=ids), "result")
    assert result.names == tuple(child.upper() for child in ids)
    assert result.counts == [{"00": 400}] * 60
    assert len(lab.asked) == 4


def test_pages_that_tell_nothing_are_not_all_read(lab: Lab) -> None:
    ids = [f"c{number}" for number in range(60)]
    table: dict[str, Any] = {AGGREGATED: {child: {"0": 1} for child in ids}}
    query = "&".join(f"ids={child}" for child in ids[:25])
    table[f"/jobs?{query}&limit=25"] = b"not json"
    result = lab.ask(lab.job("get_job_multi_circuit_parent", table, child_job_ids=ids), "result")
    assert len(result) == 60
    assert len(lab.asked) == 2


def test_results_are_always_a_sequence(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: example("probabilities")})
    alone = lab.ask(job, "results")
    assert isinstance(alone, MultiResult)
    assert alone.counts == [{"00": 500, "11": 500}]
    table = {AGGREGATED: example("probabilities_aggregated"), LIST: records()}
    assert len(lab.ask(lab.job("get_job_multi_circuit_parent", table), "results")) == 2


# --- Jobs without results -------------------------------------------------------------------------


def test_a_dry_run_has_no_results(lab: Lab) -> None:
    job = lab.job("get_job_dry_run")
    before = len(lab.server.seen)
    for name in ("result", "results", "shots_list", "variants"):
        with pytest.raises(NoResults, match="dry run"):
            lab.ask(job, name)
    parent = lab.job("get_job_multi_circuit_parent", dry_run=True, results=None)
    with pytest.raises(NoResults, match="dry run"):
        lab.ask(parent, "result")
    assert len(lab.server.seen) == before + 1  # for the second job itself


def test_the_ideal_simulator_has_no_shots(lab: Lab) -> None:
    job = lab.job("get_job_raw", {PROBABILITIES: {"0": 1}})
    for name, more in (("shots_list", {}), ("result", {"memory": True})):
        with pytest.raises(NoResults, match="runs no shots") as caught:
            lab.ask(job, name, **more)
        assert isinstance(caught.value.__cause__, NotFound)
    with pytest.raises(NoResults, match="no histogram"):
        lab.ask(job, "result", source="histogram")


def test_a_completed_job_that_lists_nothing_is_asked_all_the_same(lab: Lab) -> None:
    job = lab.job("get_job_raw", {PROBABILITIES: {"0": 1}}, results=None)
    assert lab.ask(job, "result").probabilities == {"0": 1.0}
    lab.routes.table.pop(PROBABILITIES)
    with pytest.raises(NoResults, match="it lists none"):
        lab.ask(job, "result")


@pytest.mark.parametrize("name", ["get_job_qaoa", "get_job_quantum_function"])
def test_values_are_handed_over_as_they_are(lab: Lab, name: str) -> None:
    job = lab.job(name)
    result = lab.ask(job, "result")
    assert result.raw == example(name)["results"] == job.data["results"]
    assert result.shots == example(name)["shots"]
    with pytest.raises(NoResults, match=r"result\.raw"):
        _ = result.counts
    assert lab.asked == []


def test_a_kind_of_result_that_nobody_knows_yet_does_not_break(lab: Lab) -> None:
    results = {"ionq.result.magic.v9": {"wand": 1}, "note": "new"}
    assert lab.ask(lab.job("get_job_raw", results=results), "result").raw == results


def test_a_failed_job_raises_its_failure(lab: Lab) -> None:
    job = lab.job("get_job_failed_message")
    for name in ("result", "shots_list", "variants"):
        with pytest.raises(JobFailed):
            lab.ask(job, name)


def test_what_the_server_sends_instead_of_a_result_is_named(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: b"<html>maintenance</html>"})
    with pytest.raises(InvalidDistribution) as caught:
        lab.ask(job, "result")
    assert caught.value.__notes__ == [f"in the probabilities of job {JOB}"]


@pytest.mark.parametrize(("status", "error"), [(401, APIError), (500, ServerError)])
def test_errors_of_the_server_are_passed_on(lab: Lab, status: int, error: type[Exception]) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: status})
    with pytest.raises(error) as caught:
        lab.ask(job, "result")
    assert caught.value.url == PROBABILITIES  # type: ignore[attr-defined]
    assert not isinstance(caught.value, NoResults)


# --- Waiting --------------------------------------------------------------------------------------


def test_a_job_known_to_have_completed_is_not_looked_at_again(lab: Lab) -> None:
    job = lab.job("get_job_completed_qpu", {PROBABILITIES: {"0": 1}})
    seen: list[dict[str, Any]] = []
    lab.ask(job, "result")
    assert lab.routes.asked.count(f"/jobs/{JOB}") == 1
    lab.ask(job, "result", on_progress=seen.append)
    assert lab.routes.asked.count(f"/jobs/{JOB}") == 1
    assert [each["status"] for each in seen] == ["completed"]


def test_a_job_from_a_list_is_looked_at_for_its_parts(lab: Lab) -> None:
    parent = example("get_job_multi_circuit_parent")
    table = {AGGREGATED: example("probabilities_aggregated"), LIST: records()}
    job = lab.job("get_job_multi_circuit_parent", table)
    job.data = {name: value for name, value in parent.items() if name != "child_job_ids"}
    assert lab.ask(job, "result").child_ids == (FIRST, SECOND)


def test_a_large_result_is_read_off_the_event_loop(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reading, reading_in_threads):
        monkeypatch.setattr(module, "_LARGE", 1)
    body = json.dumps({str(k): 2.0**-12 for k in range(1 << 12)}).encode()
    table = {PROBABILITIES: body, f"{RESULTS}/shots": ["1", "4095"]}
    job = lab.job("get_job_completed_qpu", table)
    result = lab.ask(job, "result", shots=1 << 12, memory=True)
    assert result.counts == {f"{k:012b}": 1 for k in range(1 << 12)}
    assert result.shots_list == [1, 4095]
