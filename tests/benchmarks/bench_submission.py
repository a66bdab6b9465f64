"""1,000 jobs submitted and awaited with 50 ms of added latency; and with answers that are lost.

May import: the harness, the peer, tests.support.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import peer
from tests.benchmarks.harness import Row, benchmark
from tests.support.faulty_cloud import FaultPlan, FaultyCloud, no_faults, one_in_three

ROOT = Path(__file__).parents[2]
COUNT = 1000
AT_A_TIME = 32
LATENCY = 0.05  # seconds, added to every answer
DURATION = 2.0  # seconds from a job's submission to its end
FEWER = 300  # with lost answers

OURS = "tests.benchmarks.submitting_with_ours"
THEIRS = Path(__file__).with_name("submitting_with_ionq_core.py")


@benchmark("submission")
def submission() -> Iterator[Row]:
    """Each in a process of its own, against a server in this one."""
    what = f"{COUNT:,} jobs submitted and awaited, {LATENCY * 1000:g} ms latency"
    ours = Run([sys.executable, "-m", OURS], COUNT)
    # Nobody is done before the last job is sent, has run and was looked at.
    bound = COUNT * LATENCY / AT_A_TIME + DURATION + LATENCY
    yield Row(what, ours.seconds, bound, aim=1.25, against=f"the bound, {AT_A_TIME} at a time")
    try:
        core = [str(peer.interpreter()), str(THEIRS)]
    except peer.NotThereError as reason:
        yield Row(f"{what} / {peer.NAME} left out: {reason}", ours.seconds)
        yield Row(f"{what}, requests", ours.requests, unit="requests")
        return
    theirs = Run(core, COUNT)
    yield Row(what, ours.seconds, theirs.seconds, aim=1, against=peer.NAME)
    yield Row(
        f"{what}, requests",
        ours.requests,
        theirs.requests,
        aim=0.6,
        unit="requests",
        against=peer.NAME,
    )
    lossy = f"{FEWER} jobs, one answer in three a 502: jobs made, too many or too few"
    ours = Run([sys.executable, "-m", OURS], FEWER, one_in_three(502))
    theirs = Run(core, FEWER, one_in_three(502))
    yield Row(
        lossy,
        ours.astray,
        theirs.astray,
        unit="jobs",
        against=f"{peer.NAME}, which raised {theirs.failures} errors",
    )


class Run:
    """One process that submits and awaits.

    Attributes:
        seconds: What it took, without the interpreter's start.
        requests: How many requests it made.
        failures: How many submissions raised an error.
        astray: How many jobs the server has too many, and too few.
    """

    def __init__(self, command: list[str], count: int, plan: FaultPlan = no_faults) -> None:
        with FaultyCloud(plan, latency=LATENCY, duration=DURATION) as cloud:
            done = subprocess.run(
                [*command, cloud.url, str(count), str(AT_A_TIME)],
                cwd=ROOT,
                env=os.environ,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            told = json.loads(done.stdout)
            self.seconds: float = told["seconds"]
            self.failures: int = told["failures"]
            self.requests = sum(cloud.requests.values())
            made = cloud.names()
            self.astray = sum(abs(made[f"job {number}"] - 1) for number in range(count))
