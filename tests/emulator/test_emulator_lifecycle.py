"""How jobs move: by the clock, by polls, at once; queues, cancellation, sessions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from ionq_emulator.clock import parse_iso
from tests.emulator.support import BELL, Api, Json, bell, deep, multi

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_emulator import Emulator

    Emulate = Callable[..., tuple[Emulator, Api]]

QUEUE = {"qpu.aria-1": 60_000, "qpu.forte-1": 30_000}
# 100 shots of 125 µs reset and readout, 135 µs and 600 µs of gates on Aria.
ARIA_MS = 86
# Keeps a worker process busy for minutes: enough to be canceled in.
LONG = deep(24, 400)


@pytest.fixture
def frozen(emulate: Emulate) -> tuple[Emulator, Api]:
    """An emulator whose jobs move by a clock that stands still."""
    emulator, api = emulate(progress="time", queue_ms=QUEUE)
    emulator.cloud.clock.freeze(parse_iso("2026-03-01"))
    return emulator, api


def state(api: Api, job_id: str) -> str:
    return str(api.get(f"/jobs/{job_id}")["status"])


# -- by the clock ---------------------------------------------------------------------------------


def test_a_job_takes_its_way_by_the_clock(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    job_id = api.submit(bell(backend="qpu.aria-1"))
    emulator.control.settle()
    job = api.get(f"/jobs/{job_id}")
    assert job["status"] == "submitted"
    assert job["submitted_at"] == "2026-03-01T00:00:00.000Z"

    emulator.control.advance(0.4)
    job = api.get(f"/jobs/{job_id}")
    assert job["status"] == "ready"
    assert job["predicted_wait_time_ms"] == 60_000
    assert job["predicted_execution_duration_ms"] == ARIA_MS
    assert job["results"] is None
    assert job["started_at"] is None
    api.get(f"/jobs/{job_id}/results/probabilities", expect=404)
    assert "cost" not in api.get(f"/jobs/{job_id}/cost")
    assert api.get(f"/jobs/{job_id}/cost")["estimated_cost"]["value"] == 12.4166

    emulator.control.advance(60)
    job = api.get(f"/jobs/{job_id}")
    assert job["status"] == "started"
    assert job["started_at"] == "2026-03-01T00:01:00.400Z"
    assert job["results"] is None
    api.get(f"/jobs/{job_id}/results/probabilities", expect=404)

    emulator.control.advance(3600)
    job = api.get(f"/jobs/{job_id}")
    assert job["status"] == "completed"
    assert job["predicted_wait_time_ms"] is None
    assert job["execution_duration_ms"] == pytest.approx(ARIA_MS, rel=0.031)
    took = parse_iso(job["completed_at"]) - parse_iso(job["started_at"])
    assert took == job["execution_duration_ms"]
    assert api.get(f"/jobs/{job_id}/cost")["cost"]["value"] == 12.4166


def test_jobs_of_one_machine_run_one_after_another(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    ids = [api.submit(bell(backend="qpu.aria-1", shots=100_000)) for _ in range(3)]
    elsewhere = api.submit(bell(backend="qpu.forte-1"))
    emulator.control.advance(61)
    assert [state(api, job_id) for job_id in ids] == ["started", "ready", "ready"]
    assert state(api, elsewhere) == "completed"
    waits = [api.get(f"/jobs/{job_id}")["predicted_wait_time_ms"] for job_id in ids[1:]]
    assert waits[1] - waits[0] == 100_000 * 860 // 1000  # a job's own time on the machine
    emulator.control.advance(3 * 90)
    jobs = [api.get(f"/jobs/{job_id}") for job_id in ids]
    assert [job["status"] for job in jobs] == ["completed"] * 3
    starts = [parse_iso(job["started_at"]) for job in jobs]
    assert starts == sorted(set(starts))


def test_the_simulator_has_no_queue(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    ids = [api.submit(bell()) for _ in range(3)]
    emulator.control.advance(1)
    assert [state(api, job_id) for job_id in ids] == ["completed"] * 3


def test_a_dry_run_completes_instead_of_queueing(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    job_id = api.submit(bell(backend="qpu.aria-1", dry_run=True))
    emulator.control.advance(0.4)
    job = api.get(f"/jobs/{job_id}")
    assert job["status"] == "completed"
    assert job["results"] is None


def test_a_fault_in_the_circuit_shows_before_the_queue(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    bad = [{"gate": "h", "target": 9}]
    job = bell(backend="qpu.aria-1", input={"gateset": "qis", "qubits": 2, "circuit": bad})
    job_id = api.submit(job)
    emulator.control.settle()
    assert state(api, job_id) == "failed"


def test_a_machine_that_is_unavailable_keeps_its_queue(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    emulator.control.set_backend("qpu.aria-1", status="unavailable")
    assert api.get("/backends/qpu.aria-1")["status"] == "unavailable"
    job_id = api.submit(bell(backend="qpu.aria-1"))
    emulator.control.advance(3600)
    assert state(api, job_id) == "ready"
    emulator.control.set_backend("qpu.aria-1", status="available")
    emulator.control.settle()
    emulator.control.advance(60)
    assert state(api, job_id) == "completed"


def test_speed_makes_an_hour_pass_in_a_moment(emulate: Emulate) -> None:
    _, api = emulate(progress="time", speed=36_000, queue_ms={"qpu.aria-1": 3_600_000})
    job_id = api.submit(bell(backend="qpu.aria-1"))
    began = time.monotonic()
    job = api.wait(job_id)
    assert 0.05 < time.monotonic() - began < 120
    waited = parse_iso(job["started_at"]) - parse_iso(job["submitted_at"])
    assert waited == 3_600_400


def test_children_run_one_after_another_and_the_parent_follows(
    frozen: tuple[Emulator, Api],
) -> None:
    emulator, api = frozen
    parent_id = api.submit(multi(BELL, BELL, backend="qpu.aria-1", shots=100_000))
    emulator.control.advance(0.4)
    assert state(api, parent_id) == "ready"
    emulator.control.advance(60)
    parent = api.get(f"/jobs/{parent_id}")
    assert parent["status"] == "started"
    assert [state(api, child) for child in parent["child_job_ids"]] == ["started", "ready"]
    emulator.control.advance(90)
    assert state(api, parent_id) == "started"
    assert [state(api, child) for child in parent["child_job_ids"]] == ["completed", "started"]
    emulator.control.advance(90)
    parent = api.get(f"/jobs/{parent_id}")
    assert parent["status"] == "completed"
    children = [api.get(f"/jobs/{child}") for child in parent["child_job_ids"]]
    assert parent["execution_duration_ms"] == sum(one["execution_duration_ms"] for one in children)
    costs = [api.get(f"/jobs/{child['id']}/cost")["cost"]["value"] for child in children]
    assert api.get(f"/jobs/{parent_id}/cost")["cost"]["value"] == pytest.approx(sum(costs))


# -- by polls -------------------------------------------------------------------------------------


def test_every_second_poll_moves_a_job(emulate: Emulate) -> None:
    _, api = emulate(progress=2)
    job_id = api.submit(bell(backend="qpu.aria-1"))
    states = [state(api, job_id) for _ in range(6)]
    assert states == ["submitted", "submitted", "ready", "ready", "started", "started"]
    assert state(api, job_id) == "completed"


def test_a_listing_is_a_poll_of_all_it_shows(emulate: Emulate) -> None:
    _, api = emulate(progress="polls:1")
    ids = [api.submit(bell()), api.submit(bell())]
    seen = [{job["status"] for job in api.get("/jobs", ids=ids)["jobs"]} for _ in range(4)]
    assert seen == [{"submitted"}, {"ready"}, {"started"}, {"completed"}]


def test_polls_of_a_parent_move_its_children(emulate: Emulate) -> None:
    _, api = emulate(progress=1)
    parent_id = api.submit(multi(BELL, BELL))
    states = [state(api, parent_id) for _ in range(4)]
    assert states == ["submitted", "ready", "started", "completed"]


# -- cancel and delete ----------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "before"), [(0, "submitted"), (1, "ready"), (61, "started")])
def test_a_job_is_canceled_in_every_state(
    frozen: tuple[Emulator, Api], seconds: float, before: str
) -> None:
    emulator, api = frozen
    job_id = api.submit(bell(backend="qpu.aria-1", shots=100_000))
    emulator.control.advance(seconds)
    assert state(api, job_id) == before
    assert api.put(f"/jobs/{job_id}/status/cancel") == {"id": job_id, "status": "canceled"}
    job = api.get(f"/jobs/{job_id}")
    assert job["status"] == "canceled"
    assert job["completed_at"] is not None
    emulator.control.advance(3600)
    assert state(api, job_id) == "canceled"
    api.get(f"/jobs/{job_id}/results/probabilities", expect=404)
    assert "cost" not in api.get(f"/jobs/{job_id}/cost")


def test_a_parent_is_canceled_with_its_children(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    parent_id = api.submit(multi(BELL, BELL, backend="qpu.aria-1", shots=100_000))
    emulator.control.advance(62)
    children = api.get(f"/jobs/{parent_id}")["child_job_ids"]
    api.put("/jobs/status/cancel", {"ids": [parent_id]})
    assert [state(api, job_id) for job_id in (parent_id, *children)] == ["canceled"] * 3


def test_canceling_all_children_cancels_the_parent(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    parent_id = api.submit(multi(BELL, BELL, backend="qpu.aria-1"))
    emulator.control.settle()
    children = api.get(f"/jobs/{parent_id}")["child_job_ids"]
    api.put("/jobs/status/cancel", {"ids": children})
    assert state(api, parent_id) == "canceled"


def test_canceling_a_running_job_stops_its_work(emulate: Emulate) -> None:
    emulator, api = emulate(workers=1)
    job_id = api.submit(bell(input=LONG))
    while not emulator.cloud.runner.pids():
        time.sleep(0.01)
    (worker,) = emulator.cloud.runner.pids()
    api.put(f"/jobs/{job_id}/status/cancel")
    assert state(api, job_id) == "canceled"
    # The only worker is free again: its process has ended, and the next job gets a new one.
    emulator.control.settle(120)
    small = {"gateset": "qis", "qubits": 17, "circuit": BELL}
    api.completed(bell(input=small))
    assert worker not in emulator.cloud.runner.pids()


def test_the_api_answers_while_a_large_job_runs(emulate: Emulate) -> None:
    _, api = emulate(workers=1)
    job_id = api.submit(bell(input=LONG))
    while state(api, job_id) != "started":
        time.sleep(0.01)
    for _ in range(50):
        assert state(api, job_id) == "started"
    api.delete(f"/jobs/{job_id}")
    api.get(f"/jobs/{job_id}", expect=404)


def test_a_job_larger_than_memory_fails_and_says_so(emulate: Emulate) -> None:
    _, api = emulate(memory_bytes=64 * 2**20)
    circuit = [{"gate": "h", "target": qubit} for qubit in range(26)]
    job = api.run(bell(input={"gateset": "qis", "qubits": 26, "circuit": circuit}))
    assert job["failure"]["code"] == "SimulationError"
    assert "GiB" in job["failure"]["message"]
    # Qubits without gates need no memory.
    assert api.follow(api.completed(bell(input={"gateset": "qis", "qubits": 26, "circuit": BELL})))


# -- sessions -------------------------------------------------------------------------------------


def session(api: Api, **settings: Any) -> Json:
    body: Json = {"backend": "qpu.aria-1", "settings": settings}
    created: Json = api.post("/sessions", body)
    return created


def test_a_session_from_creation_to_its_end(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    opened = session(api)
    assert opened["status"] == "created"
    assert opened["active"] is True
    assert opened["backend"] == "qpu.aria-1"
    assert opened["created_at"] == "2026-03-01T00:00:00.000Z"
    assert opened["started_at"] is None

    job_id = api.submit(bell(backend="qpu.aria-1", session_id=opened["id"]))
    emulator.control.advance(100)
    running = api.get(f"/sessions/{opened['id']}")
    assert running["status"] == "started"
    assert running["started_at"] == api.get(f"/jobs/{job_id}")["started_at"]
    assert api.get(f"/jobs/{job_id}")["session_id"] == opened["id"]
    (listed,) = api.get(f"/sessions/{opened['id']}/jobs")["jobs"]
    assert listed["id"] == job_id
    assert api.get("/jobs", session_id=opened["id"])["jobs"] == [listed]

    ended = api.post(f"/sessions/{opened['id']}/end", None, expect=200)
    assert ended["status"] == "ended"
    assert ended["active"] is False
    assert ended["ender_id"] == opened["creator_id"]
    assert api.post(f"/sessions/{opened['id']}/end", None, expect=200) == ended
    refused = bell(backend="qpu.aria-1", session_id=opened["id"])
    assert api.post("/jobs", refused, expect=409)["error"] == "Conflict"


def test_sessions_are_listed_newest_first(api: Api) -> None:
    first, second = session(api), session(api)
    api.post(f"/sessions/{first['id']}/end", None, expect=200)

    def listed(**query: Any) -> list[str]:
        return [one["id"] for one in api.get("/sessions", **query)["sessions"]]

    assert listed() == [second["id"], first["id"]]
    assert listed(active="true") == [second["id"]]
    assert listed(active="false") == [first["id"]]


def test_the_number_of_jobs_ends_a_session(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    opened = session(api, job_count_limit=2)
    job = bell(backend="qpu.aria-1", session_id=opened["id"])
    ids = [api.submit(job), api.submit(job)]
    api.post("/jobs", job, expect=409)
    emulator.control.advance(120)
    ended = api.get(f"/sessions/{opened['id']}")
    assert ended["status"] == "ended"
    assert ended["ended_at"] == api.get(f"/jobs/{ids[1]}")["completed_at"]


def test_time_ends_a_session(frozen: tuple[Emulator, Api]) -> None:
    emulator, api = frozen
    opened = session(api, duration_limit_min=10)
    assert opened["settings"]["expires_at"] == "2026-03-01T00:10:00.000Z"
    emulator.control.advance(599)
    assert api.get(f"/sessions/{opened['id']}")["active"] is True
    emulator.control.advance(3600)
    ended = api.get(f"/sessions/{opened['id']}")
    assert ended["ended_at"] == "2026-03-01T00:10:00.000Z"
    assert ended["ender_id"] is None
    api.post("/jobs", bell(backend="qpu.aria-1", session_id=opened["id"]), expect=409)


def test_money_ends_a_session(api: Api) -> None:
    opened = session(api, cost_limit={"unit": "usd", "value": 20})
    job = bell(backend="qpu.aria-1", session_id=opened["id"])  # 12.4166 USD
    api.completed(job)
    assert api.get(f"/sessions/{opened['id']}")["active"] is True
    api.completed(job)
    assert api.get(f"/sessions/{opened['id']}")["status"] == "ended"
    api.post("/jobs", job, expect=409)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({}, "backend"),
        ({"backend": "qpu.nowhere"}, "backend"),
        ({"backend": "qpu.aria-1", "settings": {"job_count_limit": 0}}, "settings.job_count_limit"),
        ({"backend": "qpu.aria-1", "settings": {"color": "red"}}, "settings.color"),
        (
            {"backend": "qpu.aria-1", "settings": {"cost_limit": {"unit": "usd", "value": -1}}},
            "settings.cost_limit.value",
        ),
    ],
)
def test_a_bad_session_is_refused(api: Api, body: Json, key: str) -> None:
    assert api.post("/sessions", body, expect=400)["validation"]["keys"] == [key]


def test_sessions_are_their_projects_own(api: Api, shared: Emulator) -> None:
    opened = session(api)
    other = Api(shared.url, "a key that looks around")
    with other.session:
        for path in ("", "/jobs"):
            other.get(f"/sessions/{opened['id']}{path}", expect=404)
        other.post(f"/sessions/{opened['id']}/end", None, expect=404)
        job = bell(backend="qpu.aria-1", session_id=opened["id"])
        assert other.post("/jobs", job, expect=400)["validation"]["keys"] == ["session_id"]
    job = bell(backend="qpu.forte-1", session_id=opened["id"])
    assert "backend" in api.post("/jobs", job, expect=400)["validation"]["keys"]
