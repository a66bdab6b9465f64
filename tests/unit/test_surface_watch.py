"""Which of many jobs to look at, and when: played through without a server, minute by minute."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionq_direct._polling import PollPolicy
from ionq_direct._watch import BATCH, Watch

POLICY = PollPolicy(first=0.2, longest=15)


def watch(count: int, now: float = 0.0) -> Watch:
    ids = {f"job-{number}": {"id": f"job-{number}"} for number in range(count)}
    return Watch(ids, POLICY, lambda: 0.5, now)


def shown(job_id: str, status: str = "ready", **fields: Any) -> dict[str, Any]:
    return {"id": job_id, "status": status, **fields}


def test_the_first_round_asks_for_all_in_requests_of_25() -> None:
    batches = watch(60).batches(0.0)
    assert [len(batch) for batch in batches] == [25, 25, 10]
    assert len({job_id for batch in batches for job_id in batch}) == 60


def test_a_job_is_reported_once() -> None:
    watching = watch(2)
    assert watching.saw(shown("job-0", "completed"), 0.0) == shown("job-0", "completed")
    assert watching.saw(shown("job-0", "completed"), 0.0) is None
    assert watching.saw(shown("nobody-asked", "completed"), 0.0) is None
    assert watching.open == ("job-1",)


@pytest.mark.parametrize("status", ["paused", "", None, 7, "COMPLETED", "running"])
def test_an_unknown_status_is_not_the_end(status: object) -> None:
    watching = watch(1)
    assert watching.saw({"id": "job-0", "status": status}, 0.0) is None
    assert watching.open == ("job-0",)


def test_jobs_that_are_not_due_are_left_alone() -> None:
    watching = watch(60)
    watching.batches(0.0)
    for number in range(60):
        slow = {"predicted_wait_time_ms": 20_000} if number >= 25 else {}
        watching.saw(shown(f"job-{number}", **slow), 0.0)
    assert watching.pause(0.0) == pytest.approx(0.2)
    (batch,) = watching.batches(0.2)
    assert set(batch) == {f"job-{number}" for number in range(25)}


def test_room_in_a_request_is_filled_with_those_whose_turn_is_next() -> None:
    watching = watch(30)
    watching.batches(0.0)
    for number in range(30):
        late = {"predicted_wait_time_ms": 10_000 + number} if number else {}
        watching.saw(shown(f"job-{number}", **late), 0.0)
    (batch,) = watching.batches(0.2)
    assert batch == [f"job-{number}" for number in range(25)]


def test_one_who_is_left_out_by_the_list_is_asked_for_by_itself() -> None:
    watching = watch(3)
    watching.batches(0.0)
    watching.saw(shown("job-0"), 0.0)
    watching.left_out(["job-1"])
    assert watching.singles(0.0) == ["job-1"]


def test_a_list_that_lags_does_not_cost_a_request_for_every_job() -> None:
    watching = watch(1000)
    batches = watching.batches(0.0)
    for batch in batches:
        watching.left_out(batch)
    assert len(watching.singles(0.0)) == len(batches) == 40


def test_a_list_that_leaves_out_what_is_there_is_relied_on_less_and_less() -> None:
    watching = watch(1000)
    now, asked = 0.0, []
    for _ in range(8):
        for batch in watching.batches(now, everything=True):
            watching.left_out(batch)
        singles = watching.singles(now)
        asked.append(len(singles))
        for job_id in singles:
            watching.saw(shown(job_id), now)
        watching.end_round()
        now += 20
    assert asked == [40, 80, 160, 320, 640, 1000, 1000, 1000]


def test_one_good_list_restores_the_trust() -> None:
    watching = watch(100)
    for _ in range(3):
        for batch in watching.batches(0.0, everything=True):
            watching.left_out(batch)
        for job_id in watching.singles(0.0):
            watching.saw(shown(job_id), 0.0)
        watching.end_round()
    watching.batches(0.0, everything=True)
    watching.end_round()
    for batch in watching.batches(0.0, everything=True):
        watching.left_out(batch)
    assert len(watching.singles(0.0)) == 4


def test_those_left_out_take_turns() -> None:
    watching = watch(25)
    turns = set()
    for turn in range(25):
        for batch in watching.batches(float(turn), everything=True):
            watching.left_out(batch)
        for job_id in watching.singles(float(turn)):
            turns.add(job_id)
            watching.saw(shown(job_id), float(turn))
        watching._doublings = 0  # the list is taken at its word each time
    assert turns == {f"job-{number}" for number in range(25)}


def test_a_job_is_gone_when_two_looks_in_a_row_have_missed_it() -> None:
    watching = watch(1)
    watching.saw(shown("job-0", name="mine"), 0.0)
    assert watching.missing("job-0", 1.0) is None
    watching.saw(shown("job-0", name="mine"), 2.0)
    assert watching.missing("job-0", 3.0) is None
    assert watching.missing("job-0", 4.0) == {"id": "job-0", "status": "deleted", "name": "mine"}
    assert watching.open == ()


def test_the_last_look_needs_no_second_one() -> None:
    watching = watch(1)
    assert watching.missing("job-0", 1.0, last=True) == {"id": "job-0", "status": "deleted"}


def test_a_failure_puts_off_and_obeys_the_server() -> None:
    watching = watch(1)
    watching.batches(0.0)
    watching.failed(["job-0"], 0.0, 7.0)
    assert watching.pause(0.0) == pytest.approx(7.0)


def test_when_all_is_looked_at_nothing_is_left_out() -> None:
    watching = watch(30)
    watching.batches(0.0)
    for number in range(30):
        watching.saw(shown(f"job-{number}", predicted_wait_time_ms=60_000), 0.0)
    assert watching.batches(0.1) == []
    assert sum(map(len, watching.batches(0.1, everything=True))) == 30


def test_progress_counts_every_job_once() -> None:
    watching = watch(4)
    watching.saw(shown("job-0", "completed"), 0.0)
    watching.saw(shown("job-1", "failed"), 0.0)
    watching.saw(shown("job-2", "started"), 0.0)
    progress = watching.progress(3.0)
    assert (progress.total, progress.ended, progress.elapsed) == (4, 2, 3.0)
    assert progress.statuses == {"completed": 1, "failed": 1, "started": 1, "unseen": 1}
    assert progress.fraction == 0.5


def play(ends: dict[str, float], *, lag: float = 0.0) -> tuple[dict[str, float], int, int]:
    """Wait for jobs that end at these times, with a list that shows each only after `lag`.

    Returns:
        When each was reported, the requests it took, and what looking one by one would have.
    """
    chance = random.Random(5)
    watching = Watch({job_id: {"id": job_id} for job_id in ends}, POLICY, chance.random, 0.0)
    now, requests, looks = 0.0, 0, 0
    reported: dict[str, float] = {}

    def look(job_id: str) -> None:
        nonlocal looks
        looks += 1
        status = "completed" if ends[job_id] <= now else "ready"
        if watching.saw(shown(job_id, status), now):
            assert job_id not in reported
            reported[job_id] = now

    while watching.open:
        batches = watching.batches(now)
        assert all(0 < len(batch) <= BATCH for batch in batches)
        requests += len(batches)
        for batch in batches:
            if now < lag:
                watching.left_out(batch)
            else:
                for job_id in batch:
                    look(job_id)
        singles = watching.singles(now)
        requests += len(singles)
        for job_id in singles:
            look(job_id)
        watching.end_round()
        now += max(watching.pause(now), 0.001)
        assert now < 10_000, "waits for ever"
    return reported, requests, looks


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 600), min_size=1, max_size=120),
    st.sampled_from([0.0, 0.0, 2.0, 60.0]),
)
def test_every_job_is_reported_once_and_soon(times: list[float], lag: float) -> None:
    ends = {f"job-{number}": time for number, time in enumerate(times)}
    reported, requests, looks = play(ends, lag=lag)
    assert reported.keys() == ends.keys()
    assert requests <= looks * (2 if lag else 1)
    for job_id, end in ends.items():
        # A wait is half of what has passed, 15 s at most, a fifth of it jitter; the list's lag.
        assert end <= reported[job_id] <= end + max(lag - end, 0) + 1.3 * min(0.3 + 0.7 * end, 16)


def test_a_thousand_jobs_cost_a_twentieth_of_looking_one_by_one() -> None:
    chance = random.Random(3)
    ends = {f"job-{number}": chance.uniform(1, 300) for number in range(1000)}
    reported, requests, looks = play(ends)
    assert len(reported) == 1000
    assert requests * 20 <= looks
