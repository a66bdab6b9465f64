"""A job service on loopback that keeps what it is sent and fails as it is told.

May import: the standard library. Independent of the library and of the emulator, so that what they
might misunderstand together is not taken for granted here.
"""

from __future__ import annotations

import contextlib
import datetime
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

`drop`: the connection is reset after the job is kept; `close`: it is closed then. `garbled`: half
of the answer. `silence`: none. `late`: the connection is reset, and the job kept a second later.
With `not-` before it (`not-502`, `not-drop`, `not-close`, `not-silence`) the job is not kept.
"""
FaultPlan = Callable[[int], Fault]
"""The fault of the submission with this number, from 1."""


def no_faults(number: int) -> Fault:
    return None


def cycle(*faults: Fault) -> FaultPlan:
    """These faults in turn, over and over."""
    return lambda number: faults[(number - 1) % len(faults)]


def one_in_three(*faults: Fault, seed: int = 1) -> FaultPlan:
    """One submission in three fails, chosen by chance, with one of these faults."""
    chance = random.Random(seed)
    lock = threading.Lock()

    def plan(number: int) -> Fault:
        with lock:
            return chance.choice(faults) if chance.random() < 1 / 3 else None

    return plan


@dataclass
class FaultyCloud:
    """Serves `/v0.4/jobs` until the `with` block ends.

    Attributes:
        plan: Which submissions fail, and how.
        lag: Seconds for which a job that is kept does not show on the list.
        latency: Seconds added to every answer.
        duration: Seconds from a job's submission to its completion.
        list_plan: Which lists fail, and how: a status, or `drop`.
        requests: How many requests came, by method and kind (`POST jobs`, `GET list`, ...).
    """

    plan: FaultPlan = no_faults
    lag: float = 0.0
    latency: float = 0.0
    duration: float = 0.0
    list_plan: FaultPlan = no_faults
    port: int = 0
    sends_date: bool = True
    requests: Counter[str] = field(default_factory=Counter)
    list_times: list[float] = field(default_factory=list)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._posts = itertools.count(1)
        self._lists = itertools.count(1)
        self._timers: list[threading.Timer] = []
        self.in_flight = 0
        self.most_in_flight = 0

    # --- What a test asks ---

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v0.4"

    def tags(self) -> Counter[str]:
        """How many jobs there are with each tag."""
        return Counter(job["metadata"].get(TAG) for job in self._all())

    def names(self) -> Counter[str]:
        """How many jobs there are with each name."""
        return Counter(job["name"] for job in self._all())

    def _all(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self.jobs.values())

    # --- What a handler asks ---

    def submit(self, body: dict[str, Any]) -> tuple[dict[str, Any] | None, Fault]:
        """Keep the job, unless the fault says not to."""
        fault = self.plan(next(self._posts))
        kept = not (isinstance(fault, str) and fault.startswith("not-"))
        if fault == "late":
            timer = threading.Timer(1.0, self.keep, (body,))
            timer.daemon = True
            self._timers.append(timer)
            timer.start()
            return None, "drop"
        return (self.keep(body) if kept else None), fault

    def keep(self, body: dict[str, Any], *, age: float = 0.0) -> dict[str, Any]:
        now = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=age)
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
            "submitted_at": now.isoformat().replace("+00:00", "Z"),
            "failure": None,
            "results": None,
            "_listed_from": time.monotonic() + self.lag,
            "_done_at": time.monotonic() + self.duration,
            "_body": body,
        }
        with self._lock:
            self.jobs[job["id"]] = job
        return job

    def page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        now = time.monotonic()
        listed = [job for job in self._all() if job["_listed_from"] <= now]
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
            "next": page[-1]["id"] if more else None,
        }

    def shown(self, job: dict[str, Any]) -> dict[str, Any]:
        status = job["status"]
        if status == "submitted" and time.monotonic() >= job["_done_at"]:
            status = "completed"
        return {k: v for k, v in job.items() if not k.startswith("_")} | {"status": status}

    def cancel(self, job_id: str) -> dict[str, Any]:
        with self._lock:
            self.jobs[job_id]["status"] = "canceled"
        return {"id": job_id, "status": "canceled"}

    def results(self, job_id: str) -> dict[str, Any]:
        """One outcome per circuit: the circuit's first target, so that order shows."""
        circuits = self.jobs[job_id]["_body"]["input"].get("circuits")
        if circuits is None:
            return {"0": 0.5, "3": 0.5}
        return {str(uuid.uuid4()): {str(c["circuit"][0]["target"]): 1.0} for c in circuits}

    # --- Running ---

    def __enter__(self) -> Self:
        cloud = self

        class BoundHandler(Handler):
            pass

        BoundHandler.cloud = cloud
        self._server = Server(("127.0.0.1", self.port), BoundHandler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for timer in self._timers:
            timer.join()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @contextlib.contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        with self._lock:
            self.requests[kind] += 1
            if kind == "GET list":
                self.list_times.append(time.monotonic())
            if kind == "POST jobs":
                self.in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        finally:
            if kind == "POST jobs":
                with self._lock:
                    self.in_flight -= 1


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
            job, fault = self.cloud.submit(body)
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
                case "silence" | "not-silence":
                    self.stay_silent()
                case _:
                    self.answer(int(str(fault).removeprefix("not-")), {"message": "no luck"})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        match parts.path.split("/")[2:]:
            case ["jobs"]:
                with self.cloud.counted("GET list"):
                    self.wait()
                    match self.cloud.list_plan(next(self.cloud._lists)):
                        case None:
                            self.answer(200, self.cloud.page(parse_qs(parts.query)))
                        case "drop":
                            self.reset()
                        case status:
                            self.answer(int(status), {"message": "no list today"})
            case ["jobs", job_id]:
                with self.cloud.counted("GET job"):
                    self.wait()
                    job = self.cloud.jobs.get(job_id)
                    self.answer(200, self.cloud.shown(job)) if job else self.answer(404, {})
            case ["jobs", job_id, "results", *_]:
                with self.cloud.counted("GET results"):
                    self.wait()
                    self.answer(200, self.cloud.results(job_id))
            case _:
                with self.cloud.counted("GET other"):
                    self.answer(404, {"message": "no such thing"})

    def do_PUT(self) -> None:
        self.body()
        with self.cloud.counted("PUT cancel"):
            self.answer(200, self.cloud.cancel(urlsplit(self.path).path.split("/")[3]))

    def body(self) -> dict[str, Any]:
        text = self.rfile.read(int(self.headers.get("content-length") or 0))
        return json.loads(text) if text else {}

    def wait(self) -> None:
        if self.cloud.latency:
            time.sleep(self.cloud.latency)

    def answer(self, status: int, content: object = None, *, raw: bytes | None = None) -> None:
        body = raw if raw is not None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Date" or self.cloud.sends_date:
            super().send_header(keyword, value)

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
