"""Large jobs: memory is shared out, canceled work ends, and the API goes on answering."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import psutil
import requests

from ionq_emulator.simulation import memory_needed
from tests.emulator.support import Api, Json, bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_emulator import Emulator

    Emulate = Callable[..., tuple[Emulator, Api]]

MIB = 2**20
# What a worker process holds beside states: the interpreter and the libraries.
IDLE_BYTES = 150 * MIB


def deep(qubits: int, depth: int) -> Json:
    """A circuit that no fusion shortens: its layers do not commute."""
    layers = [
        gate
        for layer in range(depth)
        for qubit in range(qubits)
        for gate in (
            {"gate": "ry", "target": qubit, "rotation": 0.1 + 0.01 * layer},
            {"gate": "xx", "targets": [qubit, (qubit + 1) % qubits], "rotation": 0.2},
        )
    ]
    return {"gateset": "qis", "qubits": qubits, "circuit": layers}


def workers() -> list[psutil.Process]:
    """The simulation processes of this process's emulators."""
    children = psutil.Process(os.getpid()).children(recursive=True)
    found = []
    for child in children:
        try:
            if "ionq_emulator.worker" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


def memory_in_use() -> int:
    total = 0
    for worker in workers():
        try:
            total += worker.memory_info().rss
        except psutil.Error:
            continue
    return total


def test_two_large_jobs_are_never_in_memory_together(emulate: Emulate) -> None:
    needed = memory_needed(22)
    limit = int(1.5 * needed)  # room for one of them
    emulator, api = emulate(workers=2, memory_bytes=limit)
    jobs = [api.submit(bell(input=deep(22, 2))) for _ in range(3)]
    at_once: list[int] = []
    most = 0
    while any(api.get(f"/jobs/{job}")["status"] != "completed" for job in jobs):
        at_once.append(sum(emulator.cloud.runner.runs(job) for job in jobs))
        most = max(most, memory_in_use())
        time.sleep(0.01)
    assert max(at_once) == 1
    assert needed / 2 < most < limit + 2 * IDLE_BYTES


def test_small_jobs_do_not_wait_for_large_ones(emulate: Emulate) -> None:
    _, api = emulate(workers=2, memory_bytes=int(1.5 * memory_needed(22)))
    large = [api.submit(bell(input=deep(22, 120))) for _ in range(2)]
    small = api.submit(bell(input=deep(17, 1)))
    assert api.wait(small)["status"] == "completed"
    assert {api.get(f"/jobs/{job}")["status"] for job in large} == {"started"}
    api.put("/jobs/status/cancel", {"ids": large})


def test_canceling_ends_the_process_that_works(emulate: Emulate) -> None:
    others = {one.pid for one in workers()}  # of emulators that other tests share
    emulator, api = emulate(workers=1)
    job_id = api.submit(bell(input=deep(23, 40)))
    while memory_in_use() < memory_needed(23) / 2:
        time.sleep(0.01)
    (worker,) = [one for one in workers() if one.pid not in others]
    api.put(f"/jobs/{job_id}/status/cancel")
    worker.wait(10)  # raises while it still lives; the circuit would take a minute
    assert memory_in_use() < (1 + len(others)) * IDLE_BYTES
    emulator.control.settle(20)
    # The next job gets a new one.
    assert api.completed(bell(input=deep(17, 1)))
    assert worker.pid not in {one.pid for one in workers()}


def test_api_and_page_answer_while_every_core_computes(emulate: Emulate) -> None:
    emulator, api = emulate()
    cores = os.cpu_count() or 1
    jobs = [api.submit(bell(input=deep(23, 60))) for _ in range(cores)]
    while memory_in_use() < min(cores, 2) * memory_needed(23) / 2:
        time.sleep(0.01)
    taken: list[float] = []
    for _ in range(40):
        for call in (lambda: api.get(f"/jobs/{jobs[0]}"), lambda: api.submit(bell())):
            began = time.monotonic()
            call()
            taken.append(time.monotonic() - began)
    began = time.monotonic()
    assert "simulating" in requests.get(emulator.origin, timeout=30).text
    taken.append(time.monotonic() - began)
    taken.sort()
    # Milliseconds when nothing else is going on; a server that computed itself would take a minute.
    assert taken[len(taken) // 2] < 0.5
    assert taken[-1] < 5
    assert api.get(f"/jobs/{jobs[0]}")["status"] == "started"
    api.delete("/jobs", {"ids": jobs})
