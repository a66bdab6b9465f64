"""The small parts every page is made of: the document, states, times, amounts, tables.

May import: html, records and the clock's notation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.clock import iso
from ionq_emulator.page.html import Content, Html, fragment, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ionq_emulator.records import Job

__all__ = [
    "HOME",
    "badge",
    "circuit_facts",
    "document",
    "duration",
    "facts_line",
    "live",
    "moment",
    "money",
    "name_of",
    "path_of",
    "preformatted",
    "price",
    "table",
    "values",
]

HOME = "/"
_PAGES = "/_emulator/page"
_SECOND, _MINUTE, _HOUR, _DAY = 1_000, 60_000, 3_600_000, 86_400_000
_UNNAMED = "unnamed job"


def path_of(*steps: str | int) -> str:
    """The path of a page below `/_emulator/page`."""
    return "/".join((_PAGES, *map(str, steps)))


def document(title: str, *main: Content) -> Html:
    """A whole page. Without JavaScript it loads itself anew every five seconds."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href=path_of("icon.svg")),
        tag("link", rel="stylesheet", href=path_of("page.css")),
        tag("script", "", src=path_of("page.js"), defer=""),
        tag("noscript", tag("meta", http_equiv="refresh", content="5")),
    )
    notice = tag("p", "", id="notice", role="status", hidden="")
    body = tag("body", notice, tag("main", *main))
    return fragment(Html("<!doctype html>"), tag("html", head, body, lang="en"))


def live(name: str, *content: Content, element: str = "section") -> Html:
    """A part of a page that the script keeps current; its name is unique on the page."""
    return tag(element, *content, id=name, data_live="")


def badge(state: str) -> Html:
    """A state, in its colour."""
    return tag("span", state, class_=f"badge {state}")


def moment(ms: int | None) -> Html | None:
    """A time on the emulator's clock."""
    if ms is None:
        return None
    text = iso(ms)
    return tag("time", f"{text[:10]} {text[11:19]}", datetime=text)


def duration(ms: float) -> str:
    """A length of time in its two largest units."""
    if ms < _SECOND:
        return f"{ms:.0f} ms"
    if ms < _MINUTE:
        return f"{ms / _SECOND:.1f} s"
    if ms < _HOUR:
        return f"{ms // _MINUTE:.0f} min {ms % _MINUTE // _SECOND:.0f} s"
    if ms < _DAY:
        return f"{ms // _HOUR:.0f} h {ms % _HOUR // _MINUTE:.0f} min"
    return f"{ms // _DAY:,.0f} d {ms % _DAY // _HOUR:.0f} h"


def money(usd: float) -> str:
    """An amount in USD."""
    return f"${usd:,.2f}"


def price(job: Job) -> str:
    """What a job costs, as far as that is known."""
    if job.cost is not None:
        return money(job.cost)
    if job.estimated_cost is not None:
        return f"{money(job.estimated_cost)} estimated"
    return "free" if job.simulated else "not priced yet"


def facts_line(*facts: Content) -> Html:
    """Facts side by side; empty ones are left out."""
    written: list[Content] = []
    for fact in facts:
        if fact:
            written += [" · ", fact] if written else [fact]
    return tag("p", *written, class_="facts")


def name_of(job: Job) -> str:
    """What to call a job."""
    return job.name or _UNNAMED


def circuit_facts(job: Job) -> str:
    """Size, shots and noise of a job in a line."""
    gates = job.stats.get("gate_counts")
    facts = [
        f"{job.stats['qubits']} qubits" if "qubits" in job.stats else "",
        f"{gates['1q']:,} 1q + {gates['2q']:,} 2q gates" if gates else "",
        f"{len(job.children):,} circuits" if job.children else "",
        f"{job.shots:,} shots" if job.counts_shots else "",
        f"noise {job.noise_model}" if job.simulated and job.noise_model != "ideal" else "",
        "dry run" if job.dry_run else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def table(columns: Iterable[str], rows: Iterable[Iterable[Content]], empty: str) -> Html:
    """A table, or a remark where there is nothing to list."""
    lines = [tag("tr", *(tag("td", cell) for cell in row)) for row in rows]
    if not lines:
        return tag("p", empty, class_="note")
    head = tag("thead", tag("tr", *(tag("th", column, scope="col") for column in columns)))
    return tag("div", tag("table", head, tag("tbody", *lines)), class_="wide")


def preformatted(text: str) -> Html:
    """Text in its own lines."""
    return tag("pre", text)


def values(job: Job) -> str | None:
    """What a quantum function gave; None for any other job."""
    return ", ".join(f"{name} {value:.6g}" for name, value in job.values.items()) or None
