"""Jobs through version 0.4: made, run, listed, canceled, deleted, as plain HTTP clients see it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.support import BELL, NATIVE_BELL, Api, Json, bell, multi

if TYPE_CHECKING:
    from ionq_emulator import Emulator

MANY_CONTROLS = {"gate": "x", "target": 0, "controls": [1, 2, 3, 4, 5, 6, 7, 8]}
REQUIRED_KEYS = {
    "id", "status", "type", "backend", "dry_run", "submitter_id", "project_id", "parent_job_id",
    "session_id", "metadata", "name", "submitted_at", "started_at", "completed_at",
    "predicted_wait_time_ms", "predicted_execution_duration_ms", "execution_duration_ms",
    "failure", "output", "settings", "stats", "results",
}  # fmt: skip


# -- one job --------------------------------------------------------------------------------------


def test_a_bell_job_on_the_ideal_simulator(api: Api) -> None:
    created = api.post("/jobs", bell(shots=1000, name="bell", metadata={"fizz": "buzz"}))
    assert created == {"id": created["id"], "status": "submitted", "session_id": None}

    job = api.wait(created["id"])
    assert job["status"] == "completed"
    assert set(job) >= REQUIRED_KEYS | {"child_job_ids"}
    assert "shots" not in job  # the ideal simulator ignores them
    assert job["noise"] == {"model": "ideal"}
    assert job["name"] == "bell"
    assert job["metadata"] == {"fizz": "buzz"}
    assert job["stats"]["qubits"] == 2
    assert job["stats"]["gate_counts"] == {"1q": 1, "2q": 1}
    assert job["predicted_wait_time_ms"] is None
    assert job["execution_duration_ms"] >= 0
    assert job["output"] == {}
    assert set(job["results"]) == {"probabilities", "ionq.result.probabilities.json.v1"}

    probabilities = api.follow(job)
    assert probabilities == pytest.approx({"0": 0.5, "3": 0.5})


def test_ids_and_times_look_like_ionqs(api: Api) -> None:
    job = api.completed(bell())
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", job["id"]
    )
    assert re.fullmatch(r"[0-9a-f]{24}", job["submitter_id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", job["submitted_at"])


def test_a_native_circuit(api: Api) -> None:
    job = bell(input={"gateset": "native", "qubits": 2, "circuit": NATIVE_BELL})
    assert api.follow(api.completed(job)) == pytest.approx({"0": 0.5, "3": 0.5})


def test_qubit_zero_is_the_least_significant_bit(api: Api) -> None:
    circuit = [{"gate": "x", "target": 1}]
    job = bell(input={"gateset": "qis", "qubits": 3, "circuit": circuit})
    assert api.follow(api.completed(job)) == {"2": 1.0}


def test_a_noisy_simulation_has_shots_and_counts_that_add_up(api: Api) -> None:
    job = api.completed(bell(shots=700, noise={"model": "aria-1", "seed": 7}))
    assert job["shots"] == 700
    assert job["noise"] == {"model": "aria-1", "seed": 7}
    assert {"probabilities", "histogram", "shots"} <= set(job["results"])

    histogram, shots = api.follow(job, "histogram"), api.follow(job, "shots")
    assert sum(histogram.values()) == 700
    assert len(shots) == 700
    assert {key: shots.count(key) for key in set(shots)} == histogram
    expected = {key: count / 700 for key, count in histogram.items()}
    assert api.follow(job) == pytest.approx(expected)
    assert histogram["0"] + histogram["3"] > 650  # r2 of aria-1 is 0.0133


def test_the_noise_seed_repeats_a_run(api: Api) -> None:
    job = bell(shots=300, noise={"model": "aria-2", "seed": 11})
    first, second = api.completed(job), api.completed(job)
    assert api.follow(first, "shots") == api.follow(second, "shots")
    other = api.completed(bell(shots=300, noise={"model": "aria-2", "seed": 12}))
    assert api.follow(first, "shots") != api.follow(other, "shots")


def test_a_qpu_job_is_sampled_priced_and_debiased_from_500_shots(api: Api) -> None:
    job = api.completed(bell(backend="qpu.forte-1", shots=500))
    assert job["settings"] == {"error_mitigation": {"debiasing": True}}
    assert "noise" not in job
    assert job["shots"] == 500
    variants = job["output"]["error_mitigation"]["debiasing"]["variants"]
    assert sum(variant["shots"] for variant in variants) == 500

    merged: dict[str, int] = {}
    for variant in variants:
        counts = api.get(variant["results"]["histogram"]["url"].removeprefix("/v0.4"))
        shots = api.get(variant["results"]["shots"]["url"].removeprefix("/v0.4"))
        assert sum(counts.values()) == variant["shots"] == len(shots)
        for key, count in counts.items():
            merged[key] = merged.get(key, 0) + count
    assert merged == api.follow(job, "histogram")

    # A plurality vote over the variants leaves only what noise cannot outvote.
    queries: list[Json] = [{"sharpen": "true"}, {"aggregation": "voting"}]
    for query in queries:
        sharpened = api.get(f"/jobs/{job['id']}/results/probabilities", **query)
        assert set(sharpened) <= {"0", "3"}
        assert sum(sharpened.values()) == pytest.approx(1)
    average = api.get(f"/jobs/{job['id']}/results/probabilities", aggregation="average")
    assert average == api.follow(job)


def test_a_qpu_job_without_debiasing(api: Api) -> None:
    small = api.completed(bell(backend="qpu.aria-1", shots=499))
    assert small["output"] == {"error_mitigation": {"debiasing": False}}
    off = bell(backend="qpu.aria-1", settings={"error_mitigation": {"debiasing": False}}, shots=600)
    job = api.completed(off)
    assert job["output"] == {"error_mitigation": {"debiasing": False}}
    query: Json = {"aggregation": "voting"}  # nothing to vote over: nothing changes
    assert api.get(f"/jobs/{job['id']}/results/probabilities", **query) == api.follow(job)


def test_shots_are_100_unless_said(api: Api) -> None:
    job = api.completed(bell(backend="qpu.aria-1"))
    assert job["shots"] == 100
    assert sum(api.follow(job, "histogram").values()) == 100


def test_a_dry_run_is_compiled_and_priced_but_not_run(api: Api) -> None:
    job = api.completed(bell(backend="qpu.forte-1", shots=100, dry_run=True))
    assert job["dry_run"] is True
    assert job["results"] is None
    assert job["started_at"] is None
    assert job["execution_duration_ms"] is None
    assert job["predicted_execution_duration_ms"] > 0
    api.get(f"/jobs/{job['id']}/results/probabilities", expect=404)
    cost = api.get(f"/jobs/{job['id']}/cost")
    assert cost["dry_run"] is True
    assert cost["estimated_cost"] == {"value": 25.7899, "unit": "usd"}
    assert "cost" not in cost


# -- what is refused, what is forgiven ------------------------------------------------------------


def changed(path: str, value: Any) -> Json:
    """A Bell job with one field, named by its dotted path, set to something else."""
    job: Any = bell(input={"gateset": "qis", "qubits": 2, "circuit": [dict(gate) for gate in BELL]})
    *parents, last = path.split(".")
    target = job
    for name in parents:
        target = target[int(name)] if isinstance(target, list) else target[name]
    if value is KeyError:
        del target[last]
    else:
        target[last] = value
    return dict(job)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("backend", KeyError, "backend"),
        ("backend", "qpu.nowhere", "backend"),
        ("backend", "qpu.harmony", "backend"),  # retired
        ("type", "ionq.circuit.v9", "type"),
        ("type", KeyError, "type"),
        ("type", {"a": 1}, "type"),
        ("input.gateset", ["qis"], "input.gateset"),
        ("input", KeyError, "input"),
        ("input", [], "input"),
        ("input.gateset", "cirq", "input.gateset"),
        ("input.qubits", 0, "input.qubits"),
        ("input.circuit.1.gate", "toffoli", "input.circuit.1.gate"),
        ("input.circuit.1.speed", 3, "input.circuit.1.speed"),
        ("input.circuit.0.target", 0.5, "input.circuit.0.target"),
        ("input.circuit.0.target", 2**40, "input.circuit.0.target"),
        ("shots", 0, "shots"),
        ("shots", 1_000_001, "shots"),
        ("shots", "many", "shots"),
        ("noise", {"model": "quiet"}, "noise.model"),
        ("noise", {}, "noise.model"),
        ("metadata", {"count": 3}, "metadata.count"),
        ("metadata", {f"k{n}": "v" for n in range(11)}, "metadata"),
        ("metadata", {"k" * 41: "v"}, "metadata." + "k" * 40),
        ("metadata", {"k": "v" * 40_001}, "metadata.k"),
        ("surprise", 1, "surprise"),
        ("session_id", "0197379a-0001-78e9-8c71-43326f2833fa", "session_id"),
    ],
)
def test_a_bad_field_is_named(api: Api, path: str, value: Any, key: str) -> None:
    body = api.post("/jobs", changed(path, value), expect=400)
    assert body["statusCode"] == 400
    assert body["error"] == "Bad Request"
    assert body["validation"] == {"keys": [key], "source": "payload"}
    assert key in body["message"]


def test_every_bad_field_is_named_at_once(api: Api) -> None:
    body = api.post("/jobs", changed("input.gateset", "native") | {"x": 1}, expect=400)
    keys = {"input.circuit.0.gate", "input.circuit.1.gate", "input.circuit.1.control", "x"}
    assert set(body["validation"]["keys"]) == keys


def test_debiasing_needs_500_shots(api: Api) -> None:
    settings = {"error_mitigation": {"debiasing": True}}
    body = api.post("/jobs", bell(backend="qpu.aria-1", shots=499, settings=settings), expect=400)
    assert "settings.error_mitigation.debiasing" in body["validation"]["keys"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"job"', "\xff"])
def test_a_body_that_is_no_job_is_refused(api: Api, text: str) -> None:
    response = api.request("POST", "/jobs", data=text.encode("latin-1"))
    assert response.status_code == 400


def test_a_body_over_10_mb_is_refused(api: Api) -> None:
    response = api.request("POST", "/jobs", data=b" " * (10 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert response.json()["error"] == "Request Entity Too Large"


def test_the_largest_body_is_taken(api: Api) -> None:
    gates = [{"gate": "x", "target": 0}] * 40_000
    circuit = {"gateset": "qis", "qubits": 1, "circuit": gates}
    assert api.follow(api.completed(bell(input=circuit))) == {"0": 1.0}


@pytest.mark.parametrize(
    "sloppy",
    [
        pytest.param({"lang": "json", "shots": "200"}, id="cirq-ionq"),
        pytest.param({"shots": "None"}, id="cirq-ionq without repetitions"),
        pytest.param({"noise": {"model": "ideal", "seed": None}}, id="qiskit-ionq"),
    ],
)
def test_what_real_sdks_send_is_taken(api: Api, sloppy: Json) -> None:
    job = api.completed(bell(**sloppy))
    assert api.follow(job) == pytest.approx({"0": 0.5, "3": 0.5})


def test_shots_as_text_count(api: Api) -> None:
    assert api.completed(bell(backend="qpu.aria-1", shots="200"))["shots"] == 200


def test_no_content_type_is_needed(api: Api) -> None:
    """pennylane-ionq sends none."""
    text = b'{"type":"ionq.circuit.v1","backend":"simulator","input":{"gateset":"qis","qubits":1,'
    text += b'"circuit":[{"gate":"x","target":0}]}}'
    response = api.request("POST", "/jobs", data=text)
    assert "content-type" not in response.request.headers
    assert response.status_code == 201


def test_gates_as_qiskit_sends_them(api: Api) -> None:
    circuit = [
        {"gate": "h", "targets": [0]},
        {"gate": "x", "controls": [0], "targets": [1]},
        {"gate": "z", "rotation": 0.3, "targets": [1]},
    ]
    job = bell(input={"gateset": "qis", "qubits": 2, "circuit": circuit})
    assert api.follow(api.completed(job)) == pytest.approx({"0": 0.5, "3": 0.5})


# -- failures after the 201 -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"backend": "qpu.aria-1", "input": {"qubits": 26}}, "NotEnoughQubits"),
        ({"input": {"qubits": 30}}, "NotEnoughQubits"),
        ({"input": {"circuit": []}}, "InvalidInput"),
        ({"input": {"circuit": [{"gate": "h", "target": 5}]}}, "InvalidInput"),
        (
            {
                "input": {
                    "qubits": 9,
                    "circuit": [{"gate": "x", "target": 0, "controls": list(range(1, 9))}],
                }
            },
            "TooManyControls",
        ),
        ({"input": {"qubits": None}}, "UnexpectedCompilationError"),
    ],
)
def test_a_job_that_cannot_run_fails_with_ionqs_code(api: Api, fields: Json, code: str) -> None:
    inner = {"gateset": "qis", "qubits": 2, "circuit": BELL, **fields["input"]}
    job = api.run(bell(**(fields | {"input": {k: v for k, v in inner.items() if v is not None}})))
    assert job["status"] == "failed"
    assert job["failure"]["code"] == code
    assert job["failure"]["message"]
    assert job["results"] is None
    assert job["completed_at"] is not None
    api.get(f"/jobs/{job['id']}/results/probabilities", expect=404)


@pytest.mark.parametrize(
    ("backend", "gate", "runs"),
    [
        ("qpu.forte-1", {"gate": "ms", "targets": [0, 1], "phases": [0, 0]}, False),
        ("qpu.forte-1", {"gate": "zz", "targets": [0, 1], "angle": 0.1}, True),
        ("qpu.aria-1", {"gate": "zz", "targets": [0, 1], "angle": 0.1}, False),
        ("qpu.aria-1", {"gate": "ms", "targets": [0, 1], "phases": [0, 0]}, True),
        ("simulator", {"gate": "ms", "targets": [0, 1], "phases": [0, 0]}, True),
        ("simulator", {"gate": "zz", "targets": [0, 1], "angle": 0.1}, True),
    ],
)
def test_a_machine_has_one_native_gate_for_two_qubits(
    api: Api, backend: str, gate: Json, runs: bool
) -> None:
    circuit = {"gateset": "native", "qubits": 2, "circuit": [{"gate": "nop", "targets": [0]}, gate]}
    ended = api.run(bell(backend=backend, input=circuit))
    if runs:
        assert ended["status"] == "completed"
    else:
        assert ended["failure"]["code"] == "UnsupportedGate"
        assert ended["failure"]["message"].startswith(f"circuit[1].gate: {backend} has no ")


def test_another_companys_solver_is_taken_and_fails(api: Api) -> None:
    """Not emulated, and the job says so."""
    job = api.run(
        {
            "type": "qctrl.qaoa.v1",
            "backend": "simulator",
            "input": {"problem_type": "maxcut", "problem": {}},
            "external_settings": {"api_credentials": "none"},
        }
    )
    assert job["status"] == "failed"
    assert "qctrl.qaoa.v1" in job["failure"]["message"]


# -- many circuits --------------------------------------------------------------------------------


def test_a_multi_circuit_job_has_children_in_order(api: Api) -> None:
    flips = [[{"gate": "x", "target": 0}], [{"gate": "x", "target": 1}], BELL]
    parent = api.completed(multi(*flips))
    assert parent["type"] == "ionq.multi-circuit.v1"
    assert parent["stats"] == {}
    assert len(parent["child_job_ids"]) == 3
    assert parent["results"]["probabilities"]["url"].endswith("/results/probabilities/aggregated")

    aggregated = api.follow(parent)
    assert list(aggregated) == parent["child_job_ids"]
    assert list(aggregated.values()) == [
        {"1": 1.0},
        {"2": 1.0},
        pytest.approx({"0": 0.5, "3": 0.5}),
    ]
    child = api.get(f"/jobs/{parent['child_job_ids'][1]}")
    assert child["parent_job_id"] == parent["id"]
    assert child["status"] == "completed"
    assert api.follow(child) == {"2": 1.0}
    api.get(f"/jobs/{child['id']}/results/probabilities/aggregated", expect=404)


def test_circuits_of_both_gatesets_in_one_job(api: Api) -> None:
    """As in IonQ's own sample of a mixed job, the second circuit inherits the parent's gateset."""
    flip = {"gate": "gpi", "target": 0, "phase": 0}
    job = {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "shots": 500,
        "input": {
            "gateset": "native",
            "qubits": 2,
            "circuits": [
                {"name": "qis", "gateset": "qis", "circuit": BELL},
                {
                    "name": "native",
                    "circuit": [*NATIVE_BELL, flip],
                },
            ],
        },
    }
    parent = api.completed(job)
    first, second = api.follow(parent).values()
    assert first == pytest.approx({"0": 0.5, "3": 0.5})
    assert second == pytest.approx({"1": 0.5, "2": 0.5})
    names = [api.get(f"/jobs/{child}")["name"] for child in parent["child_job_ids"]]
    assert names == ["qis", "native"]


def test_children_are_listed_by_their_parent_only(api: Api) -> None:
    parent = api.completed(multi(BELL, BELL))
    assert [job["id"] for job in api.get("/jobs")["jobs"]] == [parent["id"]]
    children = api.get("/jobs", parent_job_id=parent["id"])["jobs"]
    assert [job["id"] for job in children] == parent["child_job_ids"][::-1]
    assert "child_job_ids" not in children[0]


@pytest.mark.parametrize(
    ("inner", "key"),
    [
        ({"circuits": []}, "input.circuits"),
        ({"circuits": [{"circuit": [{"gate": "foo"}]}]}, "input.circuits.0.circuit.0.gate"),
        ({"circuits": [{"circuit": BELL}, {"name": "b"}]}, "input.circuits.1.circuit"),
        ({"circuits": [{"circuit": BELL, "gateset": "none"}]}, "input.circuits.0.gateset"),
        ({"circuits": [{"circuit": BELL}], "circuit": BELL}, "input.circuit"),
        ({"circuits": [{"circuit": BELL * 40_000}, {"circuit": BELL * 40_000}]}, "input.circuits"),
    ],
)
def test_a_bad_circuit_among_many_is_named(api: Api, inner: Json, key: str) -> None:
    job = multi(BELL, input={"gateset": "qis", "qubits": 2, **inner})
    assert api.post("/jobs", job, expect=400)["validation"]["keys"] == [key]


def test_what_the_document_does_not_close_may_hold_more(api: Api) -> None:
    circuits = [{"circuit": BELL}]
    inner = {"gateset": "qis", "qubits": 2, "circuits": circuits, "comment": "mine"}
    assert api.run(multi(BELL, input=inner))["status"] == "completed"


def test_one_failing_circuit_fails_the_parent_and_no_other(api: Api) -> None:
    bad = [{"gate": "h", "target": 7}]
    parent = api.run(multi(BELL, bad, BELL))
    assert parent["status"] == "failed"
    states = [api.get(f"/jobs/{child}")["status"] for child in parent["child_job_ids"]]
    assert states == ["completed", "failed", "completed"]
    failed = api.get(f"/jobs/{parent['child_job_ids'][1]}")
    assert parent["failure"] == failed["failure"]


# -- listings -------------------------------------------------------------------------------------


def test_listings_are_newest_first_and_paged(api: Api) -> None:
    ids = [api.submit(bell()) for _ in range(7)]
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        page = api.get("/jobs", limit=3, **({"next": cursor} if cursor else {}))
        seen += [job["id"] for job in page["jobs"]]
        cursor, pages = page["next"], pages + 1
    assert seen == ids[::-1]
    assert pages == 3


def test_a_page_is_stable_while_jobs_come_and_go(api: Api) -> None:
    ids = [api.submit(bell()) for _ in range(4)]
    first = api.get("/jobs", limit=2)
    api.submit(bell())
    api.delete(f"/jobs/{ids[2]}")  # the last one shown
    second = api.get("/jobs", limit=2, next=first["next"])
    assert [job["id"] for job in second["jobs"]] == ids[1::-1]
    assert second["next"] is None


def test_an_empty_listing(api: Api) -> None:
    assert api.get("/jobs") == {"jobs": [], "next": None}


def test_filters(api: Api) -> None:
    ideal = api.submit(bell())
    qpu = api.submit(bell(backend="qpu.aria-1"))
    forte = api.submit(bell(backend="qpu.forte-1"))
    failed = api.submit(bell(input={"gateset": "qis", "qubits": 30, "circuit": BELL}))

    def found(**query: Any) -> set[str]:
        return {job["id"] for job in api.get("/jobs", **query)["jobs"]}

    assert found(ids=[ideal, qpu]) == {ideal, qpu}
    assert found(ids=f"{ideal},{forte}") == {ideal, forte}
    assert found(ids="nothing") == set()
    assert found(status="failed") == {failed}
    assert found(target="simulator") == {ideal, failed}
    assert found(target="qpu.aria-1,qpu.forte-1") == {qpu, forte}
    assert found(target="simulator", status="completed") == {ideal}
    me = api.get(f"/jobs/{ideal}")["submitter_id"]
    assert found(submitter_id=me) == {ideal, qpu, forte, failed}
    assert found(submitter_id="0" * 24) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", 0),
        ("limit", 26),
        ("limit", "x"),
        ("status", "running"),
        ("status", ""),
        ("next", "nowhere"),
    ],
)
def test_a_bad_query_parameter_is_named(api: Api, name: str, value: Any) -> None:
    body = api.get("/jobs", expect=400, **{name: value})
    assert body["validation"] == {"keys": [name], "source": "query"}


# -- projects -------------------------------------------------------------------------------------


def test_projects_never_see_each_others_jobs(api: Api, shared: Emulator) -> None:
    job_id = api.submit(bell())
    other = Api(shared.url, "another key")
    with other.session:
        for path in ("", "/cost", "/results/probabilities", "/circuits/native"):
            other.get(f"/jobs/{job_id}{path}", expect=404)
        other.delete(f"/jobs/{job_id}", expect=404)
        other.delete("/jobs", {"ids": [job_id]}, expect=404)
        other.put(f"/jobs/{job_id}/status/cancel", expect=404)
        assert other.get("/jobs", ids=job_id)["jobs"] == []
    assert api.get(f"/jobs/{job_id}")["status"] == "completed"


# -- cancel and delete ----------------------------------------------------------------------------


def test_a_completed_job_stays_completed_when_canceled(api: Api) -> None:
    job = api.completed(bell())
    assert api.put(f"/jobs/{job['id']}/status/cancel") == {"id": job["id"], "status": "canceled"}
    assert api.get(f"/jobs/{job['id']}")["status"] == "completed"


def test_a_deleted_job_is_gone_with_its_children(api: Api) -> None:
    parent = api.completed(multi(BELL, BELL))
    assert api.delete(f"/jobs/{parent['id']}") == {"id": parent["id"], "status": "deleted"}
    for job_id in (parent["id"], *parent["child_job_ids"]):
        api.get(f"/jobs/{job_id}", expect=404)
        api.get(f"/jobs/{job_id}/results/probabilities", expect=404)
    api.delete(f"/jobs/{parent['id']}", expect=404)


def test_many_at_once(api: Api) -> None:
    ids = [api.submit(bell()) for _ in range(3)]
    assert api.put("/jobs/status/cancel", {"ids": ids}) == {"ids": ids, "status": "canceled"}
    assert api.delete("/jobs", {"ids": ids[:2]}) == {"ids": ids[:2], "status": "deleted"}
    # Unknown ids are passed over; when there is nothing else it is a 404.
    assert api.delete("/jobs", {"ids": ids})["ids"] == ids[2:]
    api.delete("/jobs", {"ids": ids}, expect=404)
    assert api.delete("/jobs", {"ids": []}) == {"ids": [], "status": "deleted"}
    api.put("/jobs/status/cancel", {"ids": "all"}, expect=400)


# -- money ----------------------------------------------------------------------------------------


def test_the_simulator_is_never_priced(api: Api) -> None:
    job = api.completed(bell())
    assert api.get(f"/jobs/{job['id']}/cost") == {"dry_run": False}


def test_a_qpu_job_costs_by_the_published_rates(api: Api) -> None:
    """Azure's list: Aria 0.000220 and 0.000975 USD per gate and shot, at least 12.4166."""
    circuit = [*BELL * 20]  # 20 one-qubit and 20 two-qubit gates
    job = bell(
        backend="qpu.aria-1",
        shots=1000,
        settings={"error_mitigation": {"debiasing": False}},
        input={"gateset": "qis", "qubits": 2, "circuit": circuit},
    )
    priced = api.get(f"/jobs/{api.completed(job)['id']}/cost")
    expected = {"value": pytest.approx(1000 * (20 * 0.000220 + 20 * 0.000975)), "unit": "usd"}
    assert priced == {"dry_run": False, "estimated_cost": expected, "cost": expected}
    small = api.completed(bell(backend="qpu.aria-1", shots=100))
    assert api.get(f"/jobs/{small['id']}/cost")["cost"]["value"] == 12.4166


def test_an_estimate_in_the_shape_ionq_serves(api: Api) -> None:
    estimate = api.get(
        "/jobs/estimate",
        backend="qpu.forte-1", qubits=25, shots=1000, error_mitigation="false",
        **{"1q_gates": 150, "2q_gates": 40},
    )  # fmt: skip
    assert estimate["estimated_total_cost"] == pytest.approx(
        1000 * (150 * 0.0001645 + 40 * 0.001121)
    )
    assert estimate["estimate_context"]["2q_gates"] == 40
    assert estimate["rate_card"]["rates"][0]["job_cost_minimum"] == 25.7899
    mitigated = api.get("/jobs/estimate", backend="qpu.forte-1", error_mitigation="true")
    assert mitigated["estimated_total_cost"] == 168.195


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({}, "backend"),
        ({"backend": "qpu.nowhere"}, "backend"),
        ({"backend": "simulator", "shots": "x"}, "shots"),
        ({"backend": "simulator", "1q_gates": -1}, "1q_gates"),
        ({"backend": "simulator", "error_mitigation": "yes"}, "error_mitigation"),
    ],
)
def test_a_bad_estimate_names_the_parameter(api: Api, query: Json, key: str) -> None:
    body = api.get("/jobs/estimate", expect=400, **query)
    assert body["validation"] == {"keys": [key], "source": "query"}
