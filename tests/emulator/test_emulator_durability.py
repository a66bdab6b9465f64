"""What survives: SIGKILL of a real process, restarts, two processes on one database."""

from __future__ import annotations

import concurrent.futures
import contextlib
import errno
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
import requests

from ionq_emulator import DatabaseInUseError, Emulator
from tests.emulator.support import BELL, Api, Json, bell, deep, multi

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "key of the durability tests"


@contextlib.contextmanager
def process(database: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], Api]]:
    """An emulator in a process of its own; it is killed at the end, if it still runs."""
    command = [sys.executable, "-m", "ionq_emulator", "--port", "0", "--database", str(database)]
    running = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line.startswith("IonQ emulator on "), line
        api = Api(line.split()[-1], KEY)
        with api.session:
            yield running, api
    finally:
        running.kill()
        running.communicate()


def noisy(qubits: int) -> Json:
    """A job whose result depends on its seed alone; from 17 qubits on a worker process runs it."""
    circuit = [{"gate": "h", "target": qubit} for qubit in range(qubits)]
    return bell(
        shots=20,
        noise={"model": "aria-1", "seed": 5},
        input={"gateset": "qis", "qubits": qubits, "circuit": circuit},
    )


class Load:
    """Threads that submit jobs as fast as they are accepted, and note each 201."""

    def __init__(self, url: str) -> None:
        self.accepted: list[tuple[str, int]] = []
        self._url = url
        self._threads = [threading.Thread(target=self._submit, args=(n,)) for n in range(4)]
        for thread in self._threads:
            thread.start()

    def _submit(self, number: int) -> None:
        draws = random.Random(number)
        api = Api(self._url, KEY)
        with api.session, contextlib.suppress(requests.RequestException):
            while True:
                qubits = draws.choice([2, 3, 17])
                job_id = api.submit(noisy(qubits))
                self.accepted.append((job_id, qubits))

    def join(self) -> None:
        for thread in self._threads:
            thread.join()


def kill_under_load(database: Path, kills: int) -> None:
    draws = random.Random(kills)
    accepted: list[tuple[str, int]] = []
    for _ in range(kills):
        with process(database) as (running, api):
            load = Load(api.url)
            while len(load.accepted) < 2:
                time.sleep(0.001)
            time.sleep(draws.uniform(0, 0.5))
            running.kill()
            load.join()
        accepted += load.accepted
    assert len(accepted) > kills

    with Emulator(database=database) as emulator:
        emulator.control.settle(120)
        api = Api(emulator.url, KEY)
        with api.session:
            expected = {
                qubits: api.follow(api.completed(noisy(qubits)), "shots") for qubits in (2, 3, 17)
            }
            for job_id, qubits in accepted:
                job = api.get(f"/jobs/{job_id}")
                assert job["status"] == "completed", job
                assert api.follow(job, "shots") == expected[qubits]

    with contextlib.closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        doubled = db.execute(
            "SELECT job_id FROM results GROUP BY job_id, variant, kind HAVING count(*) > 1"
        ).fetchall()
        assert doubled == []
        unfinished = db.execute("SELECT count(*) FROM jobs WHERE status <> 'completed'").fetchone()
        assert unfinished == (0,)


def test_no_accepted_job_is_lost_by_a_kill(tmp_path: Path) -> None:
    kill_under_load(tmp_path / "jobs.sqlite", kills=3)


@pytest.mark.soak
def test_no_accepted_job_is_lost_by_a_hundred_kills(tmp_path: Path) -> None:
    kill_under_load(tmp_path / "jobs.sqlite", kills=100)


def test_an_accepted_job_is_on_disk_before_its_201(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that takes its time holds back the 201, and nobody else."""
    with Emulator(database=tmp_path / "jobs.sqlite") as emulator:
        api, other = Api(emulator.url, KEY), Api(emulator.url, KEY)
        first = api.submit(bell())
        slow, real = threading.Event(), os.fsync

        def fsync(file: int) -> None:
            slow.wait(60)
            real(file)

        monkeypatch.setattr(os, "fsync", fsync)
        with concurrent.futures.ThreadPoolExecutor() as threads, api.session, other.session:
            second = threads.submit(api.submit, bell())
            time.sleep(0.2)
            assert not second.done()
            assert other.get(f"/jobs/{first}")["status"] == "completed"
            slow.set()
            assert second.result(60) in {job["id"] for job in other.get("/jobs")["jobs"]}


def test_a_job_that_the_disk_refuses_is_not_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Emulator(database=tmp_path / "jobs.sqlite") as emulator:
        api = Api(emulator.url, KEY)
        with api.session:
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", fsync)
                body = api.post("/jobs", bell(), expect=500)
            assert "No space left" in body["message"]
            api.completed(bell())


def test_submissions_at_once_share_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes, real = [], os.fsync

    def fsync(file: int) -> None:
        flushes.append(file)
        time.sleep(0.05)
        real(file)

    with Emulator(database=tmp_path / "jobs.sqlite") as emulator:
        clients = [Api(emulator.url, KEY) for _ in range(8)]
        monkeypatch.setattr(os, "fsync", fsync)
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda api: api.submit(bell()), clients * 3))
        for api in clients:
            api.session.close()
    assert 3 <= len(flushes) < 24


def test_jobs_stay_where_they_are_over_a_restart(tmp_path: Path) -> None:
    database = tmp_path / "jobs.sqlite"
    with process(database, "--speed", "1", "--queue", "qpu.aria-1=3600") as (running, api):
        done = api.submit(bell(backend="simulator"))
        queued = api.submit(bell(backend="qpu.aria-1"))
        parent = api.submit(multi(BELL, BELL, backend="qpu.aria-1"))
        time.sleep(1)
        before = [api.get(f"/jobs/{job_id}") for job_id in (done, queued, parent)]
        assert [job["status"] for job in before] == ["completed", "ready", "ready"]
        running.kill()
        running.wait()

    with Emulator(database=database, progress="time", queue_ms={"qpu.aria-1": 0}) as emulator:
        api = Api(emulator.url, KEY)
        with api.session:
            assert [api.get(f"/jobs/{job['id']}") for job in before] == before
            assert api.follow(before[0]) == pytest.approx({"0": 0.5, "3": 0.5})
            later = api.submit(bell())
            assert later not in {done, queued, parent}
            emulator.control.advance(7200)
            assert api.get(f"/jobs/{queued}")["status"] == "completed"
            assert api.get(f"/jobs/{parent}")["status"] == "completed"


def test_simulations_end_with_the_server(tmp_path: Path) -> None:
    """A worker process that outlived a kill would compute on, beside the next server's."""
    with process(tmp_path / "jobs.sqlite") as (running, api):
        job_id = api.submit(bell(input=deep(24, 40)))
        while api.get(f"/jobs/{job_id}")["status"] != "started":
            time.sleep(0.01)
        workers = children(running.pid)
        deadline = time.monotonic() + 60
        while not workers and time.monotonic() < deadline:
            time.sleep(0.05)
            workers = children(running.pid)
        assert workers
        running.kill()
        running.wait()
        deadline = time.monotonic() + 60
        while any(alive(worker) for worker in workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [worker for worker in workers if alive(worker)]


def children(pid: int) -> list[str]:
    listing = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return listing.stdout.split()


def alive(pid: str) -> bool:
    listing = subprocess.run(
        ["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False
    )
    return bool(listing.stdout.strip()) and not listing.stdout.strip().startswith("Z")


def test_a_second_process_on_one_database_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "jobs.sqlite"
    with process(database) as (running, api):
        api.submit(bell())
        command = [sys.executable, "-m", "ionq_emulator", "--port", "0"]
        second = subprocess.run(
            [*command, "--database", str(database)], capture_output=True, text=True, check=False
        )
        assert second.returncode == 1
        assert "is in use by another emulator" in second.stderr
        with pytest.raises(DatabaseInUseError, match="in use"):
            Emulator(database=database).start()
        assert running.poll() is None
        assert len(api.get("/jobs")["jobs"]) == 1
    with Emulator(database=database) as emulator:  # free again, even after a kill
        assert emulator.cloud.store.count_jobs() == {"completed": 1}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database " * 100)
    command = [sys.executable, "-m", "ionq_emulator", "--database", str(file)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "notes.txt" in refused.stderr
    assert file.read_text().startswith("no database ")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with process(tmp_path / "one.sqlite") as (_, api):
        port = api.url.rpartition(":")[2].partition("/")[0]
        command = [sys.executable, "-m", "ionq_emulator", "--port", port]
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "in use" in refused.stderr


def test_an_end_by_sigterm_is_clean(tmp_path: Path) -> None:
    with process(tmp_path / "jobs.sqlite") as (running, api):
        api.completed(bell())
        running.terminate()
        assert running.wait(10) == 0
    assert not list(tmp_path.glob("*-wal"))  # the log was put into the database


def test_a_parent_whose_last_child_ended_just_before_the_kill(tmp_path: Path) -> None:
    """The moment between two writes, made by hand: all children done, the parent not."""
    database = tmp_path / "jobs.sqlite"
    with Emulator(database=database) as emulator:
        api = Api(emulator.url, KEY)
        with api.session:
            whole = api.completed(multi(BELL, BELL))
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        db.execute(
            "UPDATE jobs SET status = 'started', completed_at = NULL, record = CAST(json_set("
            "CAST(record AS TEXT), '$.status', 'started', '$.completed_at', NULL, '$.results',"
            " json('[]')) AS BLOB) WHERE parent_id IS NULL"
        )
    with Emulator(database=database) as emulator:
        api = Api(emulator.url, KEY)
        with api.session:
            assert api.get(f"/jobs/{whole['id']}") == whole
