"""Waiting for a thousand jobs at the emulator, over real HTTP, with what goes wrong on the way."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest

from ionq_direct import Hooks, JobTimeout, PollPolicy, RequestView, RetryPolicy
from ionq_emulator import Emulator
from tests.emulator.support import bell
from tests.support.halves import Half, half_fixture

half = half_fixture()

POLL = PollPolicy(first=0.05, longest=0.4)
LOOKS = 6  # that show a job before it has ended: three statuses, two polls each


class Counted:
    """Counts the attempts of a client."""

    def __init__(self) -> None:
        self.requests = 0

    def __call__(self, _: RequestView) -> None:
        self.requests += 1

    @property
    def hooks(self) -> Hooks:
        return Hooks(on_request=self)


@pytest.fixture(scope="module")
def polled() -> Any:
    """An emulator whose jobs move when they are looked at."""
    with Emulator(progress=f"polls:{LOOKS // 3}") as emulator:
        yield emulator


async def submitted(half: Half, ionq: Any, count: int) -> list[Any]:
    jobs: list[Any] = await half.of(ionq.submit_many([bell() for _ in range(count)]))
    return jobs


async def test_a_thousand_jobs_in_a_tenth_of_the_requests_and_each_once(
    half: Half, polled: Emulator
) -> None:
    polled.cloud.reset()
    counted = Counted()
    ionq = half.ionq(polled.url, poll=POLL, hooks=counted.hooks)
    jobs = await submitted(half, ionq, 1000)
    counted.requests = 0
    ended = await half.items(ionq.wait(jobs, 60))
    assert Counter(job.id for job in ended) == Counter(job.id for job in jobs)
    assert {job.status for job in ended} == {"completed"}
    # One by one, each job costs a request for each look.
    assert counted.requests * 10 <= LOOKS * len(jobs)


async def test_they_survive_a_failing_a_silent_and_a_lagging_server(half: Half) -> None:
    with Emulator(progress="polls:1") as emulator:
        ionq = half.ionq(
            emulator.url, poll=POLL, retry=RetryPolicy(attempts=2, base=0.01, cap=0.02)
        )
        jobs = await submitted(half, ionq, 120)
        add = emulator.control.add_fault
        add("status", operation="GetJobs", status=502, probability=0.3, seed=1, times=20)
        add("drop", operation="GetJobs", probability=0.2, seed=2, times=20)
        add("truncate", operation="GetJobs", probability=0.2, seed=3, times=20)
        add("garble", operation="GetJobs", probability=0.2, seed=4, times=20)
        ended = await half.items(ionq.wait(jobs, 60))
    assert Counter(job.id for job in ended) == Counter(job.id for job in jobs)


async def test_jobs_that_no_list_shows_are_found_all_the_same(half: Half) -> None:
    with Emulator() as emulator:
        ionq = half.ionq(emulator.url, poll=POLL)
        jobs = await submitted(half, ionq, 40)
        emulator.control.add_fault("lag", operation="GetJobs", seconds=3600)
        ended = await half.items(ionq.wait(jobs, 60))
    assert Counter(job.id for job in ended) == Counter(job.id for job in jobs)


async def test_a_job_deleted_by_somebody_else_ends_too(half: Half) -> None:
    with Emulator(progress="time", queue_ms={"qpu.forte-1": 3_600_000}) as emulator:
        ionq = half.ionq(emulator.url, poll=POLL)
        jobs = await half.of(ionq.submit_many([bell(backend="qpu.forte-1", shots=100)] * 3))
        await half.of(ionq.jobs.delete([jobs[1].id]))
        await half.of(ionq.jobs.cancel([jobs[2].id]))
        found: dict[str, str] = {}

        def note(progress: Any) -> None:
            found.update(progress.statuses)

        with pytest.raises(JobTimeout) as caught:
            await half.items(ionq.wait(jobs, 1.0, on_progress=note))
    assert caught.value.pending == (jobs[0].id,)
    assert found["deleted"] == found["canceled"] == 1
    assert [job.status for job in jobs[1:]] == ["deleted", "canceled"]


async def test_the_timeout_leaves_jobs_running_unless_told_otherwise(half: Half) -> None:
    with Emulator(progress="time", queue_ms={"qpu.forte-1": 3_600_000}) as emulator:
        ionq = half.ionq(emulator.url, poll=POLL)
        jobs = await half.of(ionq.submit_many([bell(backend="qpu.forte-1", shots=100)] * 30))
        with pytest.raises(JobTimeout):
            await half.items(ionq.wait(jobs, 0.2))
        assert len(await half.of(ionq.jobs.list(status="canceled"))) == 0
        with pytest.raises(JobTimeout):
            await half.items(ionq.wait(jobs, 0.2, cancel_on_exit=True))
        assert len(await half.of(ionq.jobs.list(status="canceled"))) == 30


async def test_predictions_save_looks(half: Half) -> None:
    """A queue of two seconds is mostly slept through."""
    with Emulator(progress="time", queue_ms={"qpu.forte-1": 2_000}) as emulator:
        counted = Counted()
        ionq = half.ionq(emulator.url, poll=PollPolicy(first=0.01, longest=15), hooks=counted.hooks)
        job = await half.of(ionq.submit(bell(backend="qpu.forte-1", shots=100)))
        counted.requests = 0
        await half.of(job.wait(60))
    # By growth alone: a look after each third of the time again, from 10 ms on.
    growth_alone = math.log(2 / 0.02, 1.5)
    assert counted.requests < growth_alone
