"""Large jobs: memory is shared out, canceled work ends, and the API goes on answering."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import requests

from ionq_emulator.simulation import memory_needed
from tests.emulator.support import Api, bell, deep

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_emulator import Emulator

    Emulate = Callable[..., tuple[Emulator, Api]]

MIB = 2**20
# What a worker process holds beside states: the interpreter and the libraries.
IDLE_BYTES = 150 * MIB


def memory_of(pids: list[int]) -> int:
    """What these processes have in memory now, those that have ended left out."""
    total = 0
    for pid in pids:
        with suppress(psutil.Error):
            total += psutil.Process(pid).memory_info().rss
    return total


def peak_of(pid: int) -> int:
    """The most that a process has ever had in memory (Linux, proc(5): VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")


def until(condition: Callable[[], object]) -> None:
    """Wait; the deadline is for a slow machine with other things to do."""
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "never became true"
        time.sleep(0.01)


def test_two_large_jobs_are_never_in_memory_together(emulate: Emulate) -> None:
    needed = memory_needed(22)
    limit = int(1.5 * needed)  # room for one of them
    emulator, api = emulate(workers=2, memory_bytes=limit)
    runner = emulator.cloud.runner
    jobs = [api.submit(bell(input=deep(22, 2))) for _ in range(3)]
    open_jobs = set(jobs)
    while open_jobs:
        assert sum(runner.runs(job) for job in jobs) <= 1
        assert memory_of(runner.pids()) < limit + 2 * IDLE_BYTES
        status = {job: api.get(f"/jobs/{job}")["status"] for job in open_jobs}
        assert not {"failed", "canceled"} & set(status.values())
        open_jobs = {job for job in open_jobs if status[job] != "completed"}
    # They were as large as was thought: each took more than half of what it was let in for.
    assert max(peak_of(pid) for pid in runner.pids()) > needed / 2


def test_small_jobs_do_not_wait_for_large_ones(emulate: Emulate) -> None:
    """Small is what needs less than a sixteenth of the memory there is."""
    limit = int(1.5 * memory_needed(24))
    assert memory_needed(17) < limit / 16
    _, api = emulate(workers=2, memory_bytes=limit)
    large = [api.submit(bell(input=deep(24, 400))) for _ in range(2)]  # minutes, but for the end

    def states() -> set[str]:
        return {api.get(f"/jobs/{job}")["status"] for job in large}

    until(lambda: states() == {"started"})  # one of them waits for memory
    small = api.submit(bell(input=deep(17, 1)))
    assert api.wait(small)["status"] == "completed"
    assert states() == {"started"}
    api.put("/jobs/status/cancel", {"ids": large})


def test_canceling_ends_the_process_that_works(emulate: Emulate) -> None:
    emulator, api = emulate(workers=1)
    runner = emulator.cloud.runner
    job_id = api.submit(bell(input=deep(23, 400)))  # minutes, but for the end
    until(lambda: memory_of(runner.pids()) > memory_needed(23) / 2)
    (pid,) = runner.pids()
    worker = psutil.Process(pid)
    api.put(f"/jobs/{job_id}/status/cancel")
    worker.wait(60)  # raises while it still lives, and it would live on with nothing to do
    emulator.control.settle(120)
    # The next job gets a new one.
    assert api.completed(bell(input=deep(17, 1)))
    assert runner.pids()
    assert pid not in runner.pids()


def test_api_and_page_answer_while_every_core_computes(emulate: Emulate) -> None:
    """All of it is answered before simulations end that take minutes."""
    emulator, api = emulate()
    cores = os.cpu_count() or 1
    jobs = [api.submit(bell(input=deep(23, 400))) for _ in range(cores)]
    room = min(cores, 2)  # as many as fit into this machine's memory for certain
    until(lambda: memory_of(emulator.cloud.runner.pids()) > room * memory_needed(23) / 2)
    for _ in range(40):
        assert api.get(f"/jobs/{jobs[0]}")["status"] == "started"
        assert api.submit(bell())
    assert "simulating" in requests.get(emulator.origin, timeout=30).text
    assert api.get(f"/jobs/{jobs[0]}")["status"] == "started"
    api.delete("/jobs", {"ids": jobs})
