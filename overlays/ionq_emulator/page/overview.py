"""The first page: clock, machines, queue, jobs, requests.

May import: records, the cloud, the gate and this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.page.circuit import Frame
from ionq_emulator.page.html import Content, Html, fragment, tag
from ionq_emulator.page.pieces import (
    HOME,
    badge,
    circuit_facts,
    document,
    duration,
    facts_line,
    live,
    moment,
    money,
    name_of,
    path_of,
    price,
    table,
    values,
)
from ionq_emulator.records import TERMINAL, Status
from ionq_emulator.store import JobFilter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ionq_emulator.backends import Backend
    from ionq_emulator.cloud import Cloud
    from ionq_emulator.gate import Gate
    from ionq_emulator.page.pictures import Pictures
    from ionq_emulator.records import Job
    from ionq_emulator.request_log import Entry

__all__ = ["Overview", "job_cards"]

_JOBS = 20
_CHILDREN = 2
_QUEUED = 15
_REQUESTS = 30
_FRAME = Frame(qubits=6, columns=14)
_BARS = 8


class Overview:
    """Writes the first page."""

    def __init__(self, cloud: Cloud, gate: Gate, pictures: Pictures) -> None:
        self._cloud = cloud
        self._gate = gate
        self._pictures = pictures

    def page(self, origin: str, before: int | None) -> Html:
        """The page.

        Args:
            origin: Where the emulator is.
            before: Show jobs older than this one of a page before.
        """
        return document(
            "IonQ emulator",
            live("head", *self._head(origin), element="header"),
            live("machines", tag("h2", "Backends"), self._machines()),
            live("queue", tag("h2", "Queue"), self._queue()),
            live("jobs", tag("h2", "Jobs"), *self._jobs(before)),
            live("requests", tag("h2", "Requests"), self._requests()),
        )

    def _head(self, origin: str) -> list[Html]:
        clock, counts = self._cloud.clock, self._cloud.store.count_jobs()
        pace = "frozen" if clock.frozen else f"×{clock.speed:g}"  # noqa: RUF001 (the sign is meant)
        facts = facts_line(
            tag("code", f"{origin}/v0.4"),
            fragment(moment(clock.now()), f" UTC, {pace}"),
            f"progress: {self._cloud.lifecycle.progress}",
        )
        states = [
            fragment(badge(state), f" {counts[state]:,} ") for state in Status if state in counts
        ]
        return [
            tag("h1", "IonQ emulator"),
            facts,
            tag("p", *states),
        ]

    def _machines(self) -> Html:
        jobs = self._cloud.store.count_open_jobs()
        machines = self._cloud.catalogue.backends.values()
        columns = ("Backend", "State", "Qubits", "Jobs here", "Queue", "Noise", "Least price")
        return table(
            columns, (_machine(one, jobs.get(one.name, 0)) for one in machines), "no backends"
        )

    def _queue(self) -> Html:
        now = self._cloud.clock.now()
        rows = (
            (
                _link(job),
                job.backend,
                badge(job.status),
                moment(job.submitted_at),
                self._due(job, now),
            )
            for job in self._cloud.store.next_jobs(_QUEUED)
        )
        columns = ("Job", "Backend", "State", "Submitted", "What next")
        return table(columns, rows, "nothing waits and nothing runs")

    def _due(self, job: Job, now: int) -> str:
        """What the job waits for."""
        if job.children:
            return _children(self._cloud.store.count_children(job.id))
        if job.status == Status.STARTED and job.outcome_at is None:
            since = "" if job.started_at is None else f" for {duration(now - job.started_at)}"
            return f"simulating{since}"
        backend = self._cloud.catalogue.find(job.backend)
        if job.status == Status.READY and backend is not None and backend.status != "available":
            return f"waits until {backend.name} is available"
        mode = self._cloud.lifecycle.progress.mode
        if mode != "time":
            return "moves when polled" if mode == "polls" else "is being looked at"
        end, word = {
            Status.SUBMITTED: (job.ready_at, "compiled"),
            Status.READY: (job.start_at, "starts"),
            Status.STARTED: (job.complete_at, "completes"),
        }[Status(job.status)]
        return word if end is None else f"{word} in {duration(max(0, end - now))}"

    def _jobs(self, before: int | None) -> list[Html]:
        page = self._cloud.store.list_jobs(None, JobFilter(), limit=_JOBS, before=before)
        newest = tag("a", "newest jobs", href=HOME) if before is not None else None
        older = tag("a", "older jobs", href=f"{HOME}?before={page.next}") if page.next else None
        return [
            tag("p", "Circuits have qubit 0 on top, bitstrings have it rightmost.", class_="note"),
            job_cards(self._cloud, self._pictures, page.jobs),
            tag("p", newest, " " if newest and older else None, older),
        ]

    def _requests(self) -> Html:
        entries = self._gate.log.entries()[-_REQUESTS:][::-1]
        columns = ("Time", "Request", "Status", "Took", "Operation", "Faults")
        return table(columns, map(_request, entries), "no requests yet")


def job_cards(cloud: Cloud, pictures: Pictures, jobs: Iterable[Job]) -> Html:
    """Jobs with their circuits and histograms."""
    cards = [_card(cloud, pictures, job) for job in jobs]
    if not cards:
        return tag("p", "no jobs yet", class_="note")
    return tag("div", *cards, class_="cards")


def _card(cloud: Cloud, pictures: Pictures, job: Job) -> Html:
    head = tag("h3", _link(job), " ", badge(job.status))
    line = facts_line(job.backend, circuit_facts(job), price(job), moment(job.submitted_at))
    shown, more = [job], None
    if job.children:
        shown = cloud.store.jobs(job.children[:_CHILDREN])
        more = tag("p", _children(cloud.store.count_children(job.id)))
    drawn = (
        (pictures.circuit(one, _FRAME), pictures.histogram(one, _BARS) or _no_result(one))
        for one in shown
    )
    rows = (tag("div", *pair, class_="pictures") for pair in drawn)
    return tag("article", head, line, more, *rows, data_job=job.id)


def _no_result(job: Job) -> Html:
    if job.failure is not None:
        return tag("p", f"{job.failure['code']}: {job.failure['message']}", class_="failure")
    if job.status == Status.CANCELED:
        return tag("p", "canceled", class_="note")
    if job.values:
        return tag("p", values(job))
    return tag("p", "a dry run has no results" if job.dry_run else "no results yet", class_="note")


def _children(counts: dict[str, int]) -> str:
    done = sum(count for state, count in counts.items() if state in TERMINAL)
    states = ", ".join(f"{count:,} {state}" for state, count in counts.items())
    return f"{done:,} of {sum(counts.values()):,} circuits have ended ({states})"


def _link(job: Job) -> Html:
    return tag("a", name_of(job), href=path_of("jobs", job.id))


def _machine(backend: Backend, jobs: int) -> list[Content]:
    state: Content = badge(backend.status)
    if backend.degraded:
        state = fragment(state, " ", badge("degraded"))
    noise = backend.noise_model if backend.is_qpu else "as asked for"
    rates = backend.rates
    queue = duration(backend.queue_ms) if backend.queue_ms else "none"
    least = (
        "free"
        if rates is None
        else f"{money(rates.minimum)}, debiased {money(rates.minimum_mitigated)}"
    )
    return [tag("code", backend.name), state, backend.qubits, jobs, queue, noise, least]


def _request(entry: Entry) -> list[Content]:
    target = entry.path + (f"?{entry.query}" if entry.query else "")
    ok = entry.status is not None and entry.status < 400
    status = "cut" if entry.status is None else str(entry.status)
    return [
        moment(entry.at_ms),
        tag("a", tag("code", entry.method, " ", target), href=path_of("requests", entry.number)),
        tag("span", status, class_="badge " + ("completed" if ok else "failed")),
        duration(entry.duration_ms) if entry.duration_ms >= 1 else f"{entry.duration_ms:.2f} ms",
        entry.operation or "none",
        ", ".join(entry.faults),
    ]
