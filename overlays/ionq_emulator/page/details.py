"""The pages of one job and of one request.

May import: records, the cloud, the gate and this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.page.circuit import Frame
from ionq_emulator.page.html import Content, Html, fragment, tag
from ionq_emulator.page.overview import job_cards
from ionq_emulator.page.pieces import (
    HOME,
    badge,
    circuit_facts,
    document,
    duration,
    live,
    moment,
    name_of,
    path_of,
    preformatted,
    price,
    table,
    values,
)

if TYPE_CHECKING:
    from ionq_emulator.cloud import Cloud
    from ionq_emulator.page.pictures import Pictures
    from ionq_emulator.records import Job
    from ionq_emulator.request_log import Entry

__all__ = ["job_page", "missing_page", "request_page"]

_FRAME = Frame(qubits=40, columns=120)
_BARS = 64
_CHILDREN = 25
_PROGRAM_LETTERS = 20_000
_BACK = tag("p", tag("a", "← all jobs", href=HOME))


def missing_page(what: str) -> Html:
    """In place of a job or a request that is not there."""
    return document(what, _BACK, live("missing", tag("h1", what)))


def job_page(cloud: Cloud, pictures: Pictures, job: Job, first: int) -> Html:
    """A job with everything that is known about it.

    Args:
        cloud: Where it is.
        pictures: Draws it.
        job: The job.
        first: Position of the first child that is shown.
    """
    return document(
        f"{name_of(job)} · IonQ emulator",
        _BACK,
        live("head", tag("h1", name_of(job), " ", badge(job.status)), _failure(job)),
        live("facts", _facts(cloud, job)),
        *(_children(cloud, pictures, job, first) if job.children else _pictures(pictures, job)),
        live("metadata", tag("h2", "Metadata"), _metadata(job)),
        live("program", tag("h2", "Program"), _program(cloud, job)),
    )


def _failure(job: Job) -> Html | None:
    if job.failure is None:
        return None
    return tag("p", f"{job.failure['code']}: {job.failure['message']}", class_="failure")


def _facts(cloud: Cloud, job: Job) -> Html:
    path = f"/v0.4/jobs/{job.id}"
    times = [
        fragment(tag("dt", label), tag("dd", moment(ms)))
        for label, ms in (
            ("Submitted", job.submitted_at),
            ("Started", job.started_at),
            ("Ended", job.completed_at),
        )
        if ms is not None
    ]
    facts: list[tuple[str, Content]] = [
        ("Backend", job.backend),
        ("Circuit", circuit_facts(job)),
        ("Result", values(job)),
        ("Cost", price(job)),
        ("Predicted to run", _length(job.predicted_execution_ms)),
        ("Ran", _length(job.execution_ms)),
        ("Seed", (job.noise or {}).get("seed", job.seed)),
        ("Settings", orjson.dumps(job.settings).decode() if job.settings else None),
        ("Session", job.session_id),
        ("Part of", _parent(cloud, job)),
        ("Project", job.project_name),
        ("User", job.user_name),
        ("API", tag("code", f"GET {path}")),
    ]
    written = [
        fragment(tag("dt", label), tag("dd", value)) for label, value in facts if value is not None
    ]
    return tag("dl", *written, *times)


def _length(ms: int | None) -> str | None:
    return None if ms is None else duration(ms)


def _parent(cloud: Cloud, job: Job) -> Html | None:
    parent = cloud.store.job(job.parent_id) if job.parent_id is not None else None
    return None if parent is None else tag("a", name_of(parent), href=path_of("jobs", parent.id))


def _pictures(pictures: Pictures, job: Job) -> list[Html]:
    histogram = pictures.histogram(job, _BARS)
    note = tag("p", "Bitstrings have qubit 0 rightmost.", class_="note")
    return [
        live("circuit", tag("h2", "Circuit"), pictures.circuit(job, _FRAME)),
        live(
            "histogram",
            tag("h2", "Histogram"),
            *(
                (note, histogram)
                if histogram
                else (tag("p", values(job) or "no results", class_="note"),)
            ),
        ),
    ]


def _children(cloud: Cloud, pictures: Pictures, job: Job, first: int) -> list[Html]:
    end = first + _CHILDREN
    cards = job_cards(cloud, pictures, cloud.store.jobs(job.children[first:end]))
    further = f"{path_of('jobs', job.id)}?first={end}"
    more = tag("a", "further circuits", href=further) if end < len(job.children) else None
    return [live("children", tag("h2", "Circuits"), cards, tag("p", more))]


def _metadata(job: Job) -> Html:
    rows = [(tag("code", key), value) for key, value in (job.metadata or {}).items()]
    return table(("Key", "Value"), rows, "none")


def _program(cloud: Cloud, job: Job) -> Html:
    text = cloud.store.program(job.id)
    if text is None:
        return tag("p", "no circuit of its own", class_="note")
    if len(text) > _PROGRAM_LETTERS:
        return tag("p", f"{len(text):,} bytes: too long to be shown", class_="note")
    program: dict[str, Any] = orjson.loads(text)
    qasm = program.get("qasm")
    return preformatted(qasm if isinstance(qasm, str) else _indented(program))


def request_page(entry: Entry) -> Html:
    """A request and its answer."""
    target = entry.path + (f"?{entry.query}" if entry.query else "")
    rows = [
        ("Time", moment(entry.at_ms)),
        ("Status", "the connection was cut" if entry.status is None else entry.status),
        ("Took", f"{entry.duration_ms} ms"),
        ("Operation", entry.operation or "none"),
        ("Request id", tag("code", entry.request_id)),
        ("Faults", ", ".join(entry.faults) or "none"),
    ]
    return document(
        f"Request {entry.number} · IonQ emulator",
        _BACK,
        tag("h1", tag("code", entry.method, " ", target)),
        tag("dl", *(fragment(tag("dt", label), tag("dd", value)) for label, value in rows)),
        tag("h2", "Sent"),
        _body(entry.request_body, "nothing"),
        tag("h2", "Answered"),
        _body(entry.response_body, "nothing, or a stream that is not kept"),
    )


def _body(text: str, empty: str) -> Html:
    if not text:
        return tag("p", empty, class_="note")
    try:
        return preformatted(_indented(orjson.loads(text)))
    except orjson.JSONDecodeError:
        return preformatted(text)


def _indented(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
