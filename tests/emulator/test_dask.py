"""Simulations on a Dask cluster, and on any other executor."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from distributed import Client, LocalCluster

from ionq_emulator import Emulator, ExecutorUnavailableError
from tests.emulator.support import Api, Json, bell
from tests.servers import refused_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Emulate = Callable[..., tuple[Emulator, Api]]

WORKERS = 2
MIB = 2**20


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two worker processes with one thread and 512 MiB each."""
    with LocalCluster(
        n_workers=WORKERS,
        threads_per_worker=1,
        processes=True,
        memory_limit="512MiB",
        dashboard_address=":0",
    ) as cluster:
        yield cluster


@pytest.fixture
def address(cluster: LocalCluster) -> str:
    return str(cluster.scheduler_address).replace("tcp://", "dask://")


def layers(qubits: int, depth: int) -> Json:
    """A circuit whose work takes seconds when it is deep; its distribution is a product."""
    gates = [{"gate": "ry", "target": q, "rotation": 0.4 + 0.1 * q} for q in range(qubits)]
    idle = [{"gate": "xx", "targets": [q, q + 1], "rotation": 0} for q in range(qubits - 1)]
    return {"gateset": "qis", "qubits": qubits, "circuit": gates + idle * depth}


def tasks(cluster: LocalCluster) -> list[str]:
    """What the cluster's workers are at."""
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        return [key for keys in client.processing().values() for key in keys]


def transitions(cluster: LocalCluster) -> int:
    """How often tasks of the cluster have changed their state."""
    scheduler: Any = cluster.scheduler
    return int(scheduler.transition_counter)


def busy_threads(cluster: LocalCluster) -> int:
    """How many threads of the workers really run a task, whatever the scheduler believes."""
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        return sum(client.run(_active).values())


def _active(dask_worker: Any) -> int:
    return len(dask_worker.active_threads)


def wait_until(condition: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# -- Dask -----------------------------------------------------------------------------------------


def test_jobs_run_on_the_cluster_with_the_same_results(
    emulate: Emulate, address: str, cluster: LocalCluster
) -> None:
    jobs = [
        bell(input=layers(17, 1)),
        bell(shots=200_000, noise={"model": "aria-1", "seed": 3}),
    ]
    _, here = emulate(seed=7)
    _, there = emulate(seed=7, executor=address)
    for job in jobs:
        before = transitions(cluster)
        expected, found = here.follow(here.completed(job)), there.follow(there.completed(job))
        assert found == expected
        assert transitions(cluster) > before


def test_a_large_distribution_comes_back_whole(emulate: Emulate, address: str) -> None:
    emulator, api = emulate(executor=address)
    job = api.completed(bell(input=layers(18, 0)))
    (file,) = emulator.cloud.store.columns([job["id"]])  # not half a gigabyte of JSON
    assert file
    probabilities = api.follow(job)
    assert len(probabilities) == 2**18
    assert sum(probabilities.values()) == pytest.approx(1)


def test_a_failure_on_the_cluster_is_the_jobs(emulate: Emulate, address: str) -> None:
    """The memory is asked for here, and the limit is the workers': 0.6 x 512 MiB."""
    _, api = emulate(executor=address)
    gates = [{"gate": "h", "target": qubit} for qubit in range(24)]
    failure = api.run(bell(input={"gateset": "qis", "qubits": 24, "circuit": gates}))["failure"]
    assert failure["code"] == "SimulationError"
    assert "the emulator may use 0.3 GiB" in failure["message"]


def test_a_canceled_job_leaves_the_cluster_and_its_thread(
    emulate: Emulate, address: str, cluster: LocalCluster
) -> None:
    emulator, api = emulate(executor=address)
    job_id = api.submit(bell(input=layers(22, 400)))
    wait_until(lambda: busy_threads(cluster) == 1)
    api.put(f"/jobs/{job_id}/status/cancel")
    # The thread itself stops, a minute before the circuit would have ended.
    wait_until(lambda: busy_threads(cluster) == 0)
    assert tasks(cluster) == []
    emulator.control.settle(20)
    assert api.get(f"/jobs/{job_id}")["status"] == "canceled"


def test_an_emulator_that_ends_leaves_nothing_behind(
    emulate: Emulate, address: str, cluster: LocalCluster, tmp_path: Path
) -> None:
    database = tmp_path / "jobs.sqlite"
    emulator, api = emulate(executor=address, database=database)
    job_id = api.submit(bell(input=layers(22, 20)))
    wait_until(lambda: busy_threads(cluster) == 1)
    emulator.stop()
    wait_until(lambda: busy_threads(cluster) == 0 and tasks(cluster) == [])
    # It goes on where there is a cluster again.
    _, again = emulate(executor=address, database=database)
    assert again.wait(job_id)["status"] == "completed"


def test_a_worker_that_dies_does_not_take_the_job_with_it(
    emulate: Emulate, address: str, cluster: LocalCluster
) -> None:
    """Dask runs the task again on another worker."""
    _, api = emulate(executor=address)
    job_id = api.submit(bell(input=layers(21, 20)))
    wait_until(lambda: busy_threads(cluster) == 1)
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        busy = [name for name, keys in client.processing().items() if keys]
        client.restart_workers(busy, raise_for_error=False)
    assert api.wait(job_id)["status"] == "completed"


# -- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["dask://", "dask://nowhere", "tcp://127.0.0.1:8786", "threads"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"executor must be dask://HOST:PORT, got '"):
        Emulator(executor=text).start()


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionq_emulator.dask_cluster._CONNECT_SECONDS", 0.3)
    port = refused_port()
    with pytest.raises(
        ExecutorUnavailableError, match=f"no Dask scheduler answers at 127.0.0.1:{port}"
    ):
        Emulator(executor=f"dask://127.0.0.1:{port}").start()


def test_a_cluster_without_workers_is_said() -> None:
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        address = empty.scheduler_address.replace("tcp://", "dask://")
        with pytest.raises(ExecutorUnavailableError, match="has no workers"):
            Emulator(executor=address).start()
        # Workers may come later, when the memory they will have is known.
        Emulator(executor=address, memory_bytes=64 * MIB).start().stop()


def test_without_the_extra_it_is_said_on_the_command_line() -> None:
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from ionq_emulator.command import main\n"
        "sys.exit(main(['--port', '0', '--executor', 'dask://127.0.0.1:1']))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert "pip install 'ionq-direct[dask]'" in done.stderr
    assert "Traceback" not in done.stderr


# -- any executor ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_will_do(emulate: Emulate, kind: type[Executor]) -> None:
    with kind(max_workers=1) as executor:  # type: ignore[call-arg]  # both kinds have it
        emulator, api = emulate(executor=executor, workers=1)
        assert api.follow(api.completed(bell(input=layers(17, 1))))
        emulator.stop()
        # It is not the emulator's to end.
        assert executor.submit(abs, -3).result(10) == 3


def test_dasks_own_executor_will_do(emulate: Emulate, cluster: LocalCluster) -> None:
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        emulator, api = emulate(executor=client.get_executor(pure=False))
        assert api.follow(api.completed(bell(input=layers(17, 1))))
        emulator.stop()


class Forgetful(Executor):
    """An executor that cancels what it was given."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_an_executor_that_drops_a_simulation_fails_the_job(emulate: Emulate) -> None:
    _, api = emulate(executor=Forgetful())
    job = api.run(bell(input=layers(17, 1)))
    assert job["failure"]["code"] == "SimulationError"
    assert "canceled" in job["failure"]["message"]
