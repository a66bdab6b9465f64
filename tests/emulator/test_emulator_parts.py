"""The emulator's parts by themselves: schemas, clock, ids, store, workers, admission, settings."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from ionq_emulator import contract
from ionq_emulator.clock import Clock, iso, parse_iso
from ionq_emulator.execution import Execution, Run
from ionq_emulator.ids import numbered_uuid, seed31, stable_uuid
from ionq_emulator.responses import ResponseChecker
from ionq_emulator.runner import Runner
from ionq_emulator.schema import compile_schema, to_json_schema
from ionq_emulator.settings import Progress
from ionq_emulator.simulation import SimulationFailure, Task
from ionq_emulator.workers import WorkerDiedError, WorkerPool
from ionq_emulator.workplace import Workplace
from tests.emulator.support import Api, bell, deep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ionq_emulator import Emulator

    Emulate = Callable[..., tuple[Emulator, Api]]

GIB = 2**30

# -- OpenAPI 3.0 to JSON Schema --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "fits", "fits_not"),
    [
        ({"type": "string"}, ["a"], [None, 1]),
        ({"type": "string", "nullable": True}, ["a", None], [1]),
        ({"type": "string", "nullable": False}, ["a"], [None]),
        ({"type": "string", "enum": ["a"], "nullable": True}, ["a", None], ["b"]),
        ({"allOf": [{"type": "string"}], "nullable": True}, ["a", None], [1]),
        (
            {"type": "object", "properties": {"nullable": {"type": "integer"}}},
            [{"nullable": 1}],
            [{"nullable": "x"}],
        ),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, [0.1], [0, -1]),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": False}, [0], [-1]),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": True}, [0.9], [1]),
        ({"type": "integer", "format": "int32"}, [2**31 - 1, -(2**31)], [2**31, 0.5]),
        ({"type": "integer", "format": "int32", "maximum": 5}, [5], [6]),
        ({"type": "array", "items": {"type": "integer", "nullable": True}}, [[1, None]], [["a"]]),
        ({"type": "string", "format": "uuid"}, [stable_uuid("a")], ["a"]),
        ({"type": "string", "format": "date-time"}, ["2026-01-31T00:00:00Z"], ["2026-01-31"]),
        # What stands beside a reference is ignored.
        ({"$ref": "#/components/schemas/Thing", "nullable": True}, [3], [None]),
        (
            {"type": "object", "additionalProperties": {"type": "string", "nullable": True}},
            [{"a": None}],
            [{"a": 1}],
        ),
    ],
)  # fmt: skip
def test_openapi_schemas_mean_the_same_as_json_schema(
    schema: dict[str, Any], fits: list[Any], fits_not: list[Any]
) -> None:
    document: dict[str, Any] = {
        "paths": {},
        "components": {"schemas": {"Thing": {"type": "integer"}}},
    }
    validator = compile_schema(contract.index(document), schema)
    assert [value for value in fits if not validator.is_valid(value)] == []
    assert [value for value in fits_not if validator.is_valid(value)] == []


def test_conversion_leaves_the_document_alone() -> None:
    schema = {"type": "string", "nullable": True, "enum": ["a"]}
    to_json_schema(schema)
    assert schema == {"type": "string", "nullable": True, "enum": ["a"]}


def test_the_checker_finds_what_the_contract_does_not_allow() -> None:
    checker = ResponseChecker(contract.load())
    json = "application/json"
    assert checker.problems("getWhoami", 200, json, b'{"key_id":7,"key_name":"y"}')
    assert checker.problems("getWhoami", 200, json, b'{"key_name":"y"}')
    assert checker.problems("getWhoami", 200, "text/html", b"<p>")
    assert checker.problems("getWhoami", 200, json, b"{")
    assert checker.problems("getWhoami", 302, json, b"{}")
    assert checker.problems("GetNothing", 200, json, b"{}")
    good = b'{"key_id":"x","key_name":"y"}'
    assert checker.problems("getWhoami", 200, "application/json; charset=utf-8", good) == []


# -- clock -----------------------------------------------------------------------------------------


def test_a_frozen_clock_moves_by_hand_only() -> None:
    clock = Clock(start_ms=1_000)
    clock.freeze()
    before = clock.now()
    time.sleep(0.01)
    assert clock.now() == before
    clock.advance(250)
    assert clock.now() == before + 250
    assert clock.real_seconds_until(before + 251) is None
    assert clock.real_seconds_until(before) == 0.0
    clock.resume()
    time.sleep(0.01)
    assert clock.now() > before + 250


def test_a_scaled_clock() -> None:
    began = time.monotonic()
    clock = Clock(speed=1000, start_ms=0)
    time.sleep(0.05)
    passed, real = clock.now(), time.monotonic() - began
    assert 50_000 <= passed <= real * 1_000_000 + 1
    clock.freeze(at_ms=7)
    assert clock.now() == 7
    clock.resume()
    clock.set_speed(1)
    wait = clock.real_seconds_until(clock.now() + 2_000)
    assert wait == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_time_does_not_stand_or_run_backwards(speed: float) -> None:
    with pytest.raises(ValueError, match="speed must be positive"):
        Clock(speed=speed)
    with pytest.raises(ValueError, match="must not be negative"):
        Clock().advance(-1)


def test_timestamps_there_and_back() -> None:
    assert iso(1_772_323_200_007) == "2026-03-01T00:00:00.007Z"
    assert parse_iso("2026-03-01T00:00:00.007Z") == 1_772_323_200_007
    assert parse_iso("2026-03-01") == 1_772_323_200_000
    assert parse_iso("2026-03-01T01:00:00+01:00") == 1_772_323_200_000


# -- ids -------------------------------------------------------------------------------------------


def test_ids_repeat_sort_and_differ() -> None:
    ids = [numbered_uuid(7, "project", "job", number) for number in range(1, 2000)]
    assert ids == [numbered_uuid(7, "project", "job", number) for number in range(1, 2000)]
    assert ids == sorted(ids)
    others = [("project", "job", 8), ("elsewhere", "job", 7), ("project", "session", 7)]
    for project, kind, seed in others:
        assert numbered_uuid(seed, project, kind, 1) not in ids
    assert all(1 <= seed31("x", number) < 2**31 for number in range(1000))


# -- worker processes ------------------------------------------------------------------------------


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    workers = WorkerPool(2)
    yield workers
    workers.shutdown()


def test_calls_run_in_processes_of_their_own(pool: WorkerPool) -> None:
    pids = {pool.submit(os.getpid).result(60) for _ in range(4)}
    assert os.getpid() not in pids
    assert pool.submit(sorted, [3, 1, 2], reverse=True).result(60) == [3, 2, 1]


def test_an_error_comes_back_as_itself(pool: WorkerPool) -> None:
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result(60)


def test_what_a_call_prints_does_not_get_between(pool: WorkerPool) -> None:
    assert pool.submit(print, "noise").result(60) is None
    assert pool.submit(abs, -1).result(60) == 1


def test_a_call_that_runs_is_terminated_and_the_next_one_runs(pool: WorkerPool) -> None:
    future = pool.submit(time.sleep, 60)
    while not future.running():
        time.sleep(0.005)
    time.sleep(0.2)
    pool.terminate(future)
    with pytest.raises(WorkerDiedError):
        future.result(50)  # it would have slept for longer
    assert pool.submit(abs, -1).result(60) == 1


def test_a_call_that_waits_is_canceled() -> None:
    pool = WorkerPool(1)
    try:
        pool.submit(time.sleep, 60)
        waiting = pool.submit(abs, -1)
        pool.terminate(waiting)
        assert waiting.cancelled()
    finally:
        began = time.monotonic()
        pool.shutdown()
        assert time.monotonic() - began < 50
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(abs, -1)


def test_a_worker_that_crashes_is_replaced(pool: WorkerPool) -> None:
    with pytest.raises(WorkerDiedError, match="exit code 3"):
        pool.submit(os._exit, 3).result(60)
    assert pool.submit(abs, -1).result(60) == 1


# -- admission -------------------------------------------------------------------------------------


def task(qubits: int, layers: int = 3) -> Run:
    return Run(Task(deep(qubits, layers), shots=None))


def test_simulations_never_use_more_memory_than_there_is(pool: WorkerPool) -> None:
    runner = Runner(Workplace(pool, 2, 100, 100, stop=pool.terminate))
    lock = threading.Lock()
    done: list[str] = []
    together: list[set[str]] = []

    def finished(job_id: str, outcome: Execution | BaseException) -> None:
        assert isinstance(outcome, Execution)
        with lock:
            done.append(job_id)

    for job_id, memory in (("a", 60), ("b", 60), ("c", 5), ("d", 100)):
        runner.start(job_id, task(14), memory, finished)
    while len(done) < 4:
        running = {one for one in "abcd" if runner.runs(one)}
        together.append(running)
        needed = sum({"a": 60, "b": 60, "c": 5, "d": 100}[one] for one in running)
        assert needed <= 100
        time.sleep(0.001)
    assert {"a", "c"} in together  # the small one overtakes the large one that waits
    assert done.index("b") < done.index("d")
    assert runner.wait_idle(5)


def test_what_the_machine_has_no_room_for_now_is_refused(pool: WorkerPool) -> None:
    """The budget was there at the start; since then, other programs have taken it."""
    place = Workplace(pool, 2, 16 * GIB, 16 * GIB, stop=pool.terminate, free_bytes=lambda: 2 * GIB)
    runner = Runner(place)
    answers: dict[str, Any] = {}
    runner.start("large", task(3), 3 * GIB, answers.__setitem__)
    assert isinstance(answers["large"], SimulationFailure)
    assert answers["large"].code == "SimulationError"
    assert answers["large"].message == (
        "the simulation needs 3.0 GiB, and other programs have left 2.0 GiB on this machine"
    )
    runner.start("fits", task(3), 2 * GIB, answers.__setitem__)
    assert runner.wait_idle(60)
    assert isinstance(answers["fits"], Execution)


def test_what_may_fit_later_waits(pool: WorkerPool) -> None:
    free = [4 * GIB]
    place = Workplace(pool, 2, 16 * GIB, 16 * GIB, stop=pool.terminate, free_bytes=lambda: free[0])
    runner = Runner(place)
    answers: dict[str, Any] = {}
    runner.start("first", task(24, 400), 3 * GIB, answers.__setitem__)
    free[0] = 1 * GIB
    runner.start("second", task(3), 2 * GIB, answers.__setitem__)
    assert (runner.runs("second"), runner.knows("second")) == (False, True)
    free[0] = 4 * GIB  # the first one ends, and gives back what it had
    runner.cancel("first")
    assert runner.wait_idle(60)
    assert isinstance(answers["second"], Execution)


@pytest.mark.parametrize(
    ("qubits", "noise", "gibibytes"),
    [(27, "ideal", 3.2), (28, "ideal", 6.3), (29, "ideal", 12.5), (29, "forte-1", 20.5)],
)
def test_the_budget_decides_what_is_let_in(
    emulate: Emulate, qubits: int, noise: str, gibibytes: float
) -> None:
    """A budget just too small, and the job says what it needs; nothing is allocated to find out."""
    budget = gibibytes - 0.2
    _, api = emulate(memory_bytes=int(budget * GIB))
    circuit = [{"gate": "h", "target": qubit} for qubit in range(qubits)]
    job = {"gateset": "qis", "qubits": qubits, "circuit": circuit}
    ended = api.run(bell(input=job, noise={"model": noise}, shots=10))
    assert ended["failure"] == {
        "code": "SimulationError",
        "message": f"{qubits} qubits in use need {gibibytes:.1f} GiB to simulate; "
        f"the emulator may use {budget:.1f} GiB",
    }


def test_a_canceled_simulation_gives_its_memory_back(pool: WorkerPool) -> None:
    runner = Runner(Workplace(pool, 2, 100, 100, stop=pool.terminate))
    answers: list[str] = []
    runner.start("long", task(24, 40), 100, lambda job_id, _: answers.append(job_id))
    runner.start("next", task(3), 100, lambda job_id, _: answers.append(job_id))
    time.sleep(0.5)
    assert runner.runs("long")
    assert not runner.runs("next")
    runner.cancel("long")
    assert runner.wait_idle(10)
    assert answers == ["next"]


# -- settings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mode", "polls"),
    [("instant", "instant", 1), ("time", "time", 1), ("polls:3", "polls", 3), (4, "polls", 4)],
)
def test_progress_is_read(text: str | int, mode: str, polls: int) -> None:
    progress = Progress.parse(text)
    assert (progress.mode, progress.polls) == (mode, polls)
    assert Progress.parse(str(progress)) == progress


@pytest.mark.parametrize("text", ["", "soon", "polls:", "polls:0", "polls:x", 0, -1])
def test_progress_that_is_none_is_refused(text: str | int) -> None:
    with pytest.raises(ValueError, match="progress"):
        Progress.parse(text)
