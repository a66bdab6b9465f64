"""A job service on loopback that keeps what it is sent and fails as it is told.

May import: the standard library. Independent of the library and of the emulator, so that what they
might misunderstand together is not taken for granted here.
"""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import itertools
import json
import random
import socket
import struct
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

TAG = "ionq_direct_tag"

Fault = str | int | None
"""What goes wrong with one submission. A status: the answer after the job is kept.

`drop`: the connection is reset after the job is kept; `close`: it is closed then; `silence`: no
answer. `garbled`: half of the answer; `nameless`: an answer without the job's id. With `not-`
before it (`not-502`, `not-drop`, `not-close`, `not-silence`) the job is not kept.
"""
FaultPlan = Callable[[int], Fault]
"""The fault of the request with this number, from 1."""


def no_faults(number: int) -> Fault:
    return None


def always(fault: Fault) -> FaultPlan:
    return lambda number: fault


def first(*faults: Fault) -> FaultPlan:
    """These faults for the first requests, none for the others."""
    return lambda number: faults[number - 1] if number <= len(faults) else None


def one_in_three(*faults: Fault, seed: int = 1) -> FaultPlan:
    """One request in three fails, chosen by chance, with one of these faults."""
    chance = random.Random(seed)
    lock = threading.Lock()

    def plan(number: int) -> Fault:
        with lock:
            return chance.choice(faults) if chance.random() < 1 / 3 else None

    return plan


# Fields that every job of the contract has, and that tell nothing here.
_NULLS = (
    "started_at",
    "completed_at",
    "predicted_wait_time_ms",
    "predicted_execution_duration_ms",
    "failure",
    "results",
)


@dataclass
class FaultyCloud:
    """Serves `/v0.4/jobs` until the `with` block ends. Each key sees its own jobs.

    Attributes:
        plan: Which submissions fail, and how.
        list_plan: Which lists fail, and how: with a status, or `drop`.
        cancels: Whether jobs can be canceled.
        lag: Seconds for which a job that is kept does not show on the list.
        latency: Seconds added to every answer.
        duration: Seconds from a job's submission to its completion.
        retry_after: The header of that name of every fault that is a status.
        clock: Where time comes from, but for `latency`.
        sends_date: Whether answers carry the header `Date`.
        circular: Whether the last page of the list names the first as the next.
        requests: How many requests came, by method and kind (`POST jobs`, `GET list`, ...).
        list_times: When lists were asked for.
        post_times: When submissions came.
        jobs: What was kept, by id.
        most_in_flight: How many submissions were in progress at the same time, at most.
    """

    plan: FaultPlan = no_faults
    list_plan: FaultPlan = no_faults
    cancels: bool = True
    lag: float = 0.0
    latency: float = 0.0
    duration: float = 0.0
    retry_after: str | None = None
    clock: Callable[[], float] = time.monotonic
    sends_date: bool = True
    circular: bool = False
    requests: Counter[str] = field(default_factory=Counter)
    list_times: list[float] = field(default_factory=list)
    post_times: list[float] = field(default_factory=list)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    most_in_flight: int = 0

    def __post_init__(self) -> None:
        self.holds_a_job = threading.Event()
        self._lock = threading.Lock()
        self._posts = itertools.count(1)
        self._lists = itertools.count(1)
        self._in_flight = 0
        self._born = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=self.clock())

    # --- What a test asks ---

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v0.4"

    def names(self) -> Counter[str]:
        """How many jobs there are with each name."""
        return Counter(job["name"] for job in self._all())

    def now(self) -> datetime.datetime:
        return self._born + datetime.timedelta(seconds=self.clock())

    def keep(self, body: dict[str, Any], key: str, *, age: float = 0.0) -> dict[str, Any]:
        """Keep a job that was submitted so many seconds ago."""
        submitted = self.now() - datetime.timedelta(seconds=age)
        job = {
            "id": str(uuid.uuid4()),
            "status": "submitted",
            "session_id": None,
            "parent_job_id": None,
            "type": body.get("type"),
            "backend": body.get("backend"),
            "shots": body.get("shots", 100),
            "name": body.get("name"),
            "metadata": body.get("metadata") or {},
            "submitted_at": submitted.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            **dict.fromkeys(_NULLS),
            "execution_duration_ms": 0,
            "output": {},
            "settings": {},
            "stats": {},
            "child_job_ids": [],
            "dry_run": False,
            "submitter_id": "66841feb7addb210ae6214c2",
            "project_id": "0c2ac5b4-0d1f-4d7a-9f1c-2b8f5ce0a001",
            "_key": key,
            "_listed_from": self.clock() + self.lag,
            "_done_at": self.clock() + self.duration,
            "_body": body,
        }
        with self._lock:
            self.jobs[job["id"]] = job
        self.holds_a_job.set()
        return job

    def _all(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self.jobs.values())

    # --- What a handler asks ---

    def submit(self, body: dict[str, Any], key: str) -> tuple[dict[str, Any] | None, Fault]:
        """Keep the job, unless the fault says not to."""
        fault = self.plan(next(self._posts))
        refused = isinstance(fault, str) and fault.startswith("not-")
        return (None if refused else self.keep(body, key)), fault

    def page(self, query: dict[str, list[str]], key: str) -> dict[str, Any]:
        listed = [
            job for job in self._all() if job["_key"] == key and job["_listed_from"] <= self.clock()
        ]
        listed.sort(key=lambda job: job["submitted_at"], reverse=True)
        if "ids" in query:
            wanted = set(",".join(query["ids"]).split(","))
            listed = [job for job in listed if job["id"] in wanted]
        start = 0
        if "next" in query:
            [start] = [i + 1 for i, job in enumerate(listed) if job["id"] == query["next"][0]]
        limit = min(int(query.get("limit", ["25"])[0]), 25)
        page = listed[start : start + limit]
        more = start + limit < len(listed)
        return {
            "jobs": [self.shown(job) for job in page],
            "next": page[-1]["id"] if more else listed[0]["id"] if self.circular else None,
        }

    def shown(self, job: dict[str, Any]) -> dict[str, Any]:
        status = job["status"]
        if status == "submitted" and self.clock() >= job["_done_at"]:
            status = "completed"
        return {k: v for k, v in job.items() if not k.startswith("_")} | {"status": status}

    def cancel(self, job_id: str) -> None:
        with self._lock:
            self.jobs[job_id]["status"] = "canceled"

    # --- Running ---

    def __enter__(self) -> Self:
        handler = type("BoundHandler", (Handler,), {"cloud": self})
        self._server = Server(("127.0.0.1", 0), handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @contextlib.contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        with self._lock:
            self.requests[kind] += 1
            if kind == "GET list":
                self.list_times.append(self.clock())
            if kind == "POST jobs":
                self.post_times.append(self.clock())
                self._in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            yield
        finally:
            if kind == "POST jobs":
                with self._lock:
                    self._in_flight -= 1


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what this is about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    cloud: FaultyCloud

    def do_POST(self) -> None:
        body = self.body()
        with self.cloud.counted("POST jobs"):
            self.wait()
            job, fault = self.cloud.submit(body, self.key)
            receipt = job and {k: job[k] for k in ("id", "status", "session_id")}
            match fault:
                case None:
                    self.answer(201, receipt)
                case "drop" | "not-drop":
                    self.reset()
                case "close" | "not-close":
                    self.close_connection = True
                case "garbled":
                    self.answer(201, raw=json.dumps(receipt).encode()[:20])
                case "nameless":
                    self.answer(201, {"status": "submitted"})
                case "silence" | "not-silence":
                    self.stay_silent()
                case _:
                    self.refuse(int(str(fault).removeprefix("not-")))

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        match parts.path.split("/")[2:]:
            case ["jobs"]:
                with self.cloud.counted("GET list"):
                    self.wait()
                    match self.cloud.list_plan(next(self.cloud._lists)):
                        case None:
                            self.answer(200, self.cloud.page(parse_qs(parts.query), self.key))
                        case "drop":
                            self.reset()
                        case status:
                            self.refuse(int(status))
            case ["jobs", job_id]:
                with self.cloud.counted("GET job"):
                    self.wait()
                    job = self.cloud.jobs.get(job_id)
                    if job is None or job["_key"] != self.key:
                        self.answer(404, {"message": "no such job"})
                    else:
                        self.answer(200, self.cloud.shown(job))
            case _:
                with self.cloud.counted("GET other"):
                    self.answer(404, {"message": "no such thing"})

    def do_PUT(self) -> None:
        body = self.body()
        with self.cloud.counted("PUT cancel"):
            if not self.cloud.cancels:
                self.refuse(403)
                return
            match urlsplit(self.path).path.split("/")[2:]:
                case ["jobs", "status", "cancel"]:
                    ids = body["ids"]
                    answer = {"ids": ids, "status": "canceled"}
                case ["jobs", job_id, *_]:
                    ids = [job_id]
                    answer = {"id": job_id, "status": "canceled"}
            for job_id in ids:
                self.cloud.cancel(job_id)
            self.answer(200, answer)

    @property
    def key(self) -> str:
        return self.headers["Authorization"].removeprefix("apiKey ")

    def body(self) -> dict[str, Any]:
        length = int(self.headers.get("content-length") or 0)
        text = self.rfile.read(length)
        if len(text) < length:
            raise ConnectionResetError("the client went away in the middle of its request")
        return json.loads(text) if text else {}

    def wait(self) -> None:
        if self.cloud.latency:
            time.sleep(self.cloud.latency)

    def refuse(self, status: int) -> None:
        self.answer(status, {"message": "no luck"}, retry_after=self.cloud.retry_after)

    def answer(
        self,
        status: int,
        content: object = None,
        *,
        raw: bytes | None = None,
        retry_after: str | None = None,
    ) -> None:
        body = raw if raw is not None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if retry_after is not None:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Date" or self.cloud.sends_date:
            super().send_header(keyword, value)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return email.utils.format_datetime(self.cloud.now(), usegmt=True)

    def reset(self) -> None:
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def stay_silent(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.recv(1)

    def log_message(self, *arguments: object) -> None:
        """Silence."""
