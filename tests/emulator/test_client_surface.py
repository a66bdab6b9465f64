"""The rest of the surface at the emulator, over real HTTP, by both halves of the library."""

from __future__ import annotations

import datetime
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ionq_direct import (
    CircuitUnavailable,
    Conflict,
    Forbidden,
    Money,
    NotFound,
    SubmissionPolicy,
)
from ionq_direct.circuits import Circuit
from ionq_emulator import ApiKey, Emulator
from ionq_emulator.clock import parse_iso
from tests.emulator.support import BELL, bell, multi
from tests.support.halves import KEY, Half, each, entered, half_fixture

half = half_fixture()


@pytest.fixture
def ionq(half: Half, shared: Emulator) -> Any:
    shared.cloud.reset()
    # Whoever is told no shall not look for long whether it was a yes.
    hasty = SubmissionPolicy(settle=0, settle_unanswered=0, attempts=1)
    return half.ionq(shared.url, submission=hasty)


async def completed(half: Half, ionq: Any, payload: dict[str, Any]) -> Any:
    job = await half.of(ionq.submit(payload))
    return await half.of(job.wait(30))


# --- Account and machines -------------------------------------------------------------------------


async def test_who_am_i_and_is_the_service_well(half: Half, ionq: Any) -> None:
    me = await half.of(ionq.whoami())
    assert me.key_name == "Emulator key"
    assert me.project_id
    assert me.console_url is None
    assert (await half.of(ionq.health())).ok


async def test_backends_are_those_of_the_cloud(half: Half, ionq: Any, shared: Emulator) -> None:
    machines = shared.cloud.catalogue.backends
    found = {backend.name: backend for backend in await half.items(ionq.backends)}
    assert found.keys() == machines.keys()
    for name, machine in machines.items():
        assert found[name].qubits == machine.qubits
        assert found[name].queue_time == timedelta(milliseconds=machine.queue_ms)
        assert found[name].native_gates == machine.native_gates
        assert found[name].noise_models == machine.noise_models
        assert found[name].status == machine.status
    one = await half.of(ionq.backends.get("qpu.forte-1"))
    assert datetime.datetime.now(datetime.UTC) - one.last_updated < timedelta(minutes=2)
    with pytest.raises(NotFound):
        await half.of(ionq.backends.get("qpu.none"))


async def test_characterizations_of_a_machine_by_date_and_the_latest(half: Half, ionq: Any) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    start = today - timedelta(days=24)
    found = await half.of(ionq.characterizations("qpu.aria-1", start=start))
    dates = [one.date.date() for one in found]
    assert set(dates) == {today - timedelta(days=days) for days in range(25)}
    assert len(dates) == 25
    past = str(today - timedelta(days=20))
    few = await half.of(ionq.characterizations("qpu.aria-1", start=start, end=past))
    assert 4 <= len(few) <= 5
    assert {one.date.date() for one in few} <= set(dates)
    assert {one.backend for one in found} == {"qpu.aria-1"}
    latest = await half.of(ionq.characterizations.latest("qpu.aria-1"))
    assert latest.date.date() == max(dates)
    again = await half.of(ionq.characterizations.get("qpu.aria-1", latest.id))
    assert again == latest
    assert await half.of(ionq.characterizations.latest("simulator")) is None
    first = []
    async for page in each(ionq.characterizations.iter("qpu.aria-1", start=start).pages()):
        first = list(page)
        break
    assert len(first) == 10


async def test_usage_adds_up_by_period_and_is_for_administrators(half: Half) -> None:
    keys = [
        ApiKey(KEY, project="Lynx", user="ann", organization="com.example.lab"),
        ApiKey("other", organization="com.example.lab", admin=False),
    ]
    with Emulator(api_keys=keys) as emulator:
        emulator.cloud.clock.freeze(parse_iso("2026-01-05"))
        ionq = half.ionq(emulator.url)
        job = await completed(half, ionq, bell(backend="qpu.aria-1", shots=100))
        charged = (await half.of(job.cost())).charged
        emulator.cloud.clock.freeze(parse_iso("2026-02-01"))
        usage = await half.of(
            ionq.usage("com.example.lab", "2026-01-01", datetime.date(2026, 2, 1), modality="daily")
        )
        assert usage.amount == Money(charged.amount, "USD")
        (day,) = [period for period in usage.periods if period.job_count]
        assert day.start == datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
        assert [group.name for group in day.groups] == ["Lynx"]
        # 100 shots of 125 µs reset and readout, 135 µs and 600 µs of gates (the catalogue's times).
        assert usage.quantum_time == timedelta(microseconds=100 * (125 + 135 + 600))
        with pytest.raises(Forbidden):
            await half.of(ionq.usage("com.example.other", "2026-01-01", "2026-02-01"))


# --- Jobs -----------------------------------------------------------------------------------------


async def test_lists_are_filtered_paged_and_resumed(half: Half, ionq: Any) -> None:
    await half.of(ionq.submit_many([bell(name=str(number)) for number in range(60)]))
    everything = await half.items(ionq.jobs.iter())
    assert sorted(int(job.name) for job in everything) == list(range(60))
    times = [job.submitted_at for job in everything]
    assert times == sorted(times, reverse=True)
    async for page in each(ionq.jobs.iter(status="completed", backend="simulator").pages()):
        rest = await half.items(ionq.jobs.iter(status="completed", cursor=page.next))
        assert [job.id for job in [*page, *rest]] == [job.id for job in everything]
        break
    assert await half.items(ionq.jobs.iter(backend="qpu.forte-1")) == []
    assert len(await half.of(ionq.jobs.list(max_items=30))) == 30
    some = [job.id for job in everything[::2]]
    by_id = await half.items(ionq.jobs.iter(ids=some))
    assert {job.id for job in by_id} == set(some)


async def test_many_are_canceled_and_deleted_with_a_word_on_each(half: Half, ionq: Any) -> None:
    jobs = await half.of(ionq.submit_many([bell() for _ in range(30)]))
    missing = "00000000-0000-7000-8000-000000000000"
    report = await half.of(ionq.jobs.cancel([*jobs, missing]))
    assert (len(report.done), list(report.failed)) == (30, [missing])
    report = await half.of(ionq.jobs.delete([*jobs, missing]))
    assert {outcome.status for outcome in report.values() if outcome.ok} == {"deleted"}
    assert isinstance(report.failed[missing], NotFound)
    assert await half.items(ionq.jobs.iter()) == []


async def test_a_multi_circuit_job_has_parts_and_progress(half: Half, ionq: Any) -> None:
    job = await completed(half, ionq, multi(BELL, BELL, BELL))
    assert len(job.child_ids) == 3
    progress = await half.of(job.progress())
    assert (progress.total, progress.ended, progress.fraction) == (3, 3, 1.0)
    children = await half.items(ionq.jobs.iter(ids=job.child_ids))
    assert {child.parent_id for child in children} == {job.id}
    (from_list,) = await half.items(ionq.jobs.iter(ids=[job.id]))
    assert from_list.child_ids == ()
    results = await half.of(from_list.result())
    assert results.child_ids == job.child_ids


async def test_a_group_of_packed_circuits_is_waited_for_and_canceled_as_one(
    half: Half, ionq: Any
) -> None:
    circuits = [Circuit(2).x(0) if number % 2 else Circuit(2).h(0) for number in range(6)]
    group = await half.of(ionq.submit_many(circuits, pack=True, backend="simulator", shots=100))
    results = await half.of(group.result(30))
    assert [result.counts for result in results] == [{"00": 50, "01": 50}, {"01": 100}] * 3
    await half.of(group.cancel())


async def test_a_clone_is_a_job_of_its_own(half: Half, ionq: Any) -> None:
    job = await completed(half, ionq, bell(backend="qpu.forte-1", shots=100, name="first"))
    clone = await half.of(job.clone(shots=200))
    assert clone.id != job.id
    assert clone.tag != job.tag
    await half.of(clone.wait(30))
    assert (clone.shots, clone.name) == (200, "first")


# --- Money ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["current", "documented"])
async def test_an_estimate_in_both_shapes(half: Half, shape: Any) -> None:
    """Azure's list: 0.0001645 and 0.001121 USD a gate and shot on Forte, 25.79 USD at least."""
    with Emulator(estimate_shape=shape) as emulator:
        ionq = half.ionq(emulator.url)
        estimate = await half.of(
            ionq.estimate("qpu.forte-1", qubits=10, shots=10_000, gates_1q=200, gates_2q=100)
        )
        small = await half.of(ionq.estimate("qpu.forte-1", qubits=2, shots=100, gates_1q=1))
    assert estimate.cost.unit == "usd"
    expected = 10_000 * (200 * Decimal("0.0001645") + 100 * Decimal("0.001121"))
    assert abs(estimate.cost.amount - expected) < Decimal("0.01") + Decimal("25.7899")
    assert small.cost.amount == Decimal("25.7899")
    assert estimate.rates[0].two_qubit_gate == Decimal("0.001121")
    assert estimate.execution_time > timedelta(seconds=1)
    assert estimate.queue_time >= timedelta(0)
    assert (estimate.quantum_compute_time is None) is (shape == "documented")


async def test_estimate_dry_run_and_bill_agree(half: Half, ionq: Any) -> None:
    payload = bell(backend="qpu.forte-1", shots=1000)
    estimate = await half.of(ionq.estimate(payload))
    dry = await half.of(ionq.dry_run(payload))
    assert dry.is_dry_run
    assert dry.status == "completed"
    cost = await half.of(dry.cost())
    assert (cost.dry_run, cost.charged) == (True, None)
    job = await completed(half, ionq, payload)
    bill = await half.of(job.cost())
    # 1000 shots on a QPU are debiased by default: the minimum is that with error mitigation.
    assert (
        estimate.cost.amount == cost.estimated.amount == bill.charged.amount == Decimal("168.195")
    )
    assert estimate.inputs["error_mitigation"] is True
    assert dry.gate_counts["2q"] == 1
    assert dry.predicted_execution > timedelta(0)


async def test_the_simulator_is_never_priced(half: Half, ionq: Any) -> None:
    job = await completed(half, ionq, bell())
    cost = await half.of(job.cost())
    assert (cost.estimated, cost.charged) == (None, None)


# --- Sessions -------------------------------------------------------------------------------------


async def test_a_session_runs_jobs_and_ends(half: Half, ionq: Any) -> None:
    limits = {"max_jobs": 3, "max_time": timedelta(hours=2), "max_cost": Decimal("600.5")}
    async with entered(ionq.session("qpu.forte-1", **limits)) as session:
        assert not session.has_ended
        assert session.limits.max_jobs == 3
        assert session.limits.max_time == timedelta(hours=2)
        assert session.limits.max_cost == Money(Decimal("600.5"), "usd")
        job = await half.of(session.submit(Circuit(2).h(0), shots=100))
        await half.of(job.wait(30))
        assert job.session_id == session.id
        assert [one.id for one in await half.items(session.jobs())] == [job.id]
        assert await half.items(session.jobs(status="failed")) == []
        listed = await half.of(ionq.sessions.list(active=True))
        assert session.id in [one.id for one in listed]
        again = await half.of(ionq.sessions.get(session.id))
        assert again.backend == "qpu.forte-1"
    assert session.has_ended
    assert (await half.of(again.refresh())).ended_at is not None
    with pytest.raises(Conflict):
        await half.of(again.submit(Circuit(2).h(0), shots=100))


async def test_a_session_that_reached_its_limit_is_left_without_an_error(
    half: Half, ionq: Any
) -> None:
    async with entered(ionq.session("qpu.forte-1", max_jobs=1)) as session:
        job = await half.of(session.submit(Circuit(2).h(0), shots=100))
        await half.of(job.wait(30))
    assert (await half.of(session.refresh())).has_ended


# --- Compiled circuits ----------------------------------------------------------------------------


async def test_compiled_circuits_in_both_forms(half: Half) -> None:
    with Emulator(compiled_circuits=True) as emulator:
        ionq = half.ionq(emulator.url)
        job = await completed(half, ionq, bell(backend="qpu.forte-1", shots=100))
        native = (await half.of(job.compiled("native"))).json()
        assert Counter(gate["gate"] for gate in native["circuit"])["zz"] == 1
        assert (await half.of(job.compiled("qasm3"))).text.startswith("OPENQASM 3")


async def test_a_withdrawn_address_is_a_clear_error(half: Half) -> None:
    with Emulator(compiled_circuits=False) as emulator:
        ionq = half.ionq(emulator.url)
        job = await completed(half, ionq, bell())
        with pytest.raises(CircuitUnavailable, match="withdrawn the address"):
            await half.of(job.compiled("native"))


async def test_an_artifact_that_the_job_names(half: Half, ionq: Any) -> None:
    settings = {"compilation": {"service_version": "v0.4"}}
    job = await completed(half, ionq, bell(backend="qpu.forte-1", shots=100, settings=settings))
    if not job.compiled_circuits:
        pytest.fail("the emulator publishes compiled circuits when asked for v0.4")
    native = await half.of(job.compiled("native"))
    assert native.format == "ionq.native.v1"
    assert native.json()["circuit"]
