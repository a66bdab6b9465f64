"""Every job once: against a server that keeps jobs and loses answers, and across SIGKILL.

The server is tests/support/faulty_cloud.py, over real sockets. `make soak` runs the full numbers.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from ionq_direct import SubmissionPolicy
from ionq_emulator import Emulator
from tests.support.clients import KEY, Caller
from tests.support.faulty_cloud import FaultyCloud, one_in_three
from tests.support.submitting_process import payloads

ROOT = Path(__file__).parents[2]
AFTER = (502, "drop", "close")
BEFORE = ("not-502", "not-drop", "not-close")
QUICK = SubmissionPolicy(settle=0.6, settle_unanswered=0.8)
"""For lists that lag by no more than half a second; the defaults allow for more."""

full_numbers = pytest.mark.parametrize(
    "count", [pytest.param(80, id="cut"), pytest.param(1000, id="full", marks=pytest.mark.soak)]
)
each_half = pytest.mark.parametrize("kind", ["sync", "async"])


def each_once(cloud: FaultyCloud, count: int, ids: Sequence[str]) -> None:
    """There is one job for each payload, no other, and the ids are theirs, in order."""
    assert cloud.names() == {f"job {place}": 1 for place in range(count)}
    assert [cloud.jobs[job_id]["name"] for job_id in ids] == [f"job {n}" for n in range(count)]
    assert {job["status"] for job in cloud.jobs.values()} == {"submitted"}


@each_half
@full_numbers
def test_a_server_that_loses_one_answer_in_three_has_each_job_once(kind: str, count: int) -> None:
    with FaultyCloud(one_in_three(*AFTER)) as cloud, Caller(kind, cloud.url) as caller:
        jobs = caller(lambda ionq: ionq.submit_many(payloads(count)))
        each_once(cloud, count, [job.id for job in jobs])
        assert cloud.requests["POST jobs"] == count


@each_half
@full_numbers
def test_so_it_has_when_its_list_lags_by_two_seconds(kind: str, count: int) -> None:
    with FaultyCloud(one_in_three(*AFTER), lag=2.0) as cloud, Caller(kind, cloud.url) as caller:
        begun = time.monotonic()
        jobs = caller(lambda ionq: ionq.submit_many(payloads(count)))
        took = time.monotonic() - begun
        each_once(cloud, count, [job.id for job in jobs])
        assert cloud.requests["POST jobs"] == count
        assert cloud.requests["GET list"] <= 20 * (took + 1)


@each_half
@full_numbers
def test_so_it_has_when_some_jobs_are_lost_before_they_are_kept(kind: str, count: int) -> None:
    faults = one_in_three(*AFTER, *BEFORE)
    with (
        FaultyCloud(faults, lag=0.3) as cloud,
        Caller(kind, cloud.url, submission=QUICK) as caller,
    ):
        jobs = caller(lambda ionq: ionq.submit_many(payloads(count)))
        each_once(cloud, count, [job.id for job in jobs])


@each_half
@full_numbers
def test_so_it_has_when_lists_fail_as_well(kind: str, count: int) -> None:
    with (
        FaultyCloud(one_in_three(*AFTER), list_plan=one_in_three(503, "drop", seed=2)) as cloud,
        Caller(kind, cloud.url) as caller,
    ):
        jobs = caller(lambda ionq: ionq.submit_many(payloads(count)))
        each_once(cloud, count, [job.id for job in jobs])


@pytest.mark.soak
@each_half
def test_with_the_default_patience_a_storm_of_every_fault_is_survived(kind: str) -> None:
    faults = one_in_three(*AFTER, *BEFORE)
    with FaultyCloud(faults, lag=2.0) as cloud, Caller(kind, cloud.url) as caller:
        jobs = caller(lambda ionq: ionq.submit_many(payloads(1000)))
        each_once(cloud, 1000, [job.id for job in jobs])


@each_half
def test_the_emulator_that_loses_answers_has_each_job_once(kind: str) -> None:
    """An independent server: its own storage, its own faults, its own list."""
    count = 60
    with Emulator() as emulator, Caller(kind, emulator.url, key=emulator.api_key) as caller:
        faults = emulator.control
        for seed, fault in enumerate(({"kind": "status", "status": 502}, {"kind": "drop"})):
            faults.add_fault(
                **fault, operation="CreateJob", when="after", probability=0.2, seed=seed
            )
        jobs = caller(lambda ionq: ionq.submit_many(payloads(count)))
        faults.clear_faults()
        listed = caller(collected)
        assert sorted(job.id for job in jobs) == sorted(job.id for job in listed)
        assert {job.id: job.name for job in listed} == {
            job.id: f"job {place}" for place, job in enumerate(jobs)
        }


def collected(ionq: Any) -> Any:
    """All jobs of the project."""
    found = ionq.jobs.iter()
    if not hasattr(found, "__aiter__"):
        return list(found)

    async def listed() -> list[Any]:
        return [job async for job in found]

    return listed()


# --- Killed ---


class Submitting:
    """A process that submits payloads, with a journal, and can be killed."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.support.submitting_process", json.dumps(self._order)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill(self, when: Callable[[], bool], *, delay: float) -> None:
        """Start it, and kill it so many seconds after the condition holds."""
        with self.start() as process:
            while not when():
                assert process.poll() is None, "it has finished before it could be killed"
                time.sleep(0.001)
            time.sleep(delay)
            process.kill()

    def finish(self) -> list[str]:
        """Start it, and let it finish."""
        with self.start() as process:
            out, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        ids: list[str] = json.loads(out.splitlines()[-1])
        return ids


@dataclass(frozen=True)
class Ordeal:
    """What a submitting process goes through.

    Attributes:
        count: Number of payloads.
        kills: How often it is killed.
        lag: Seconds by which the server's list lags.
        policy: How long it looks for what it does not know.
    """

    count: int
    kills: int
    lag: float
    policy: SubmissionPolicy


CUT = Ordeal(count=60, kills=3, lag=0.3, policy=QUICK)
FULL = Ordeal(count=1000, kills=50, lag=0.0, policy=QUICK)
FULL_WITH_LAG = Ordeal(count=1000, kills=50, lag=2.0, policy=SubmissionPolicy())


@each_half
@pytest.mark.parametrize(
    "ordeal",
    [
        pytest.param(CUT, id="cut"),
        pytest.param(FULL, id="full", marks=pytest.mark.soak),
        pytest.param(FULL_WITH_LAG, id="full-with-lag", marks=pytest.mark.soak),
    ],
)
def test_a_process_killed_again_and_again_submits_each_job_once(
    tmp_path: Path, kind: str, ordeal: Ordeal
) -> None:
    chance = random.Random(ordeal.kills)
    faults = one_in_three(*AFTER, *BEFORE)
    with FaultyCloud(faults, lag=ordeal.lag, latency=0.02) as cloud:
        process = Submitting(
            {
                "key": KEY,
                "url": cloud.url,
                "journal": str(tmp_path / "journal.sqlite"),
                "count": ordeal.count,
                "kind": kind,
                "policy": asdict(ordeal.policy),
            }
        )
        for kill in range(ordeal.kills):
            # As often as not while it begins, sends or looks, and never at a chosen moment.
            sent = cloud.requests["POST jobs"]
            further = chance.randrange(round(1.2 * ordeal.count / ordeal.kills))
            patience = chance.uniform(0, 3)
            if kill == ordeal.kills - 1 and not cloud.jobs:  # so slow that none has got so far
                further, patience = 1, 120.0
            end = time.monotonic() + patience

            def is_time(sent: int = sent + further, end: float = end) -> bool:
                return cloud.requests["POST jobs"] >= sent or time.monotonic() > end

            process.kill(is_time, delay=chance.uniform(0, 0.02))
        assert 0 < len(cloud.jobs) < ordeal.count, "the kills have missed the run"
        ids = process.finish()
        each_once(cloud, ordeal.count, ids)

        requests = cloud.requests.copy()
        assert process.finish() == ids
        assert cloud.requests == requests, "a run that is complete asks for nothing"
