"""What a run found as JUnit XML, as JSON, and as one HTML page that needs nothing else.

May import: findings; the standard library.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree as ET

from ionq_conformance.findings import Failure, Findings, OperationTally, Proposal

__all__ = ["as_html", "as_json", "as_junit"]

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(findings: Findings, target: str, profile: str) -> str:
    """Everything, for programs."""
    document = {
        "target": target,
        "profile": profile,
        "seconds": round(findings.seconds, 1),
        "cases": findings.cases,
        "phases": findings.phases,
        "interrupted": findings.interrupted,
        "operations": {name: _tally(tally) for name, tally in findings.all_times()},
        "failures": [_failure(one) for one in findings.failures],
        "accepted": [_failure(one) for one in findings.accepted],
        "accepted_and_not_seen": [
            dict(zip(("operation", "check", "title"), key, strict=True))
            for key in findings.not_seen
        ],
        "deviations": findings.patch.deviations,
        "patch": {"actions": findings.patch.actions, "unsolved": findings.patch.unsolved},
        "errors": findings.errors,
        "notes": findings.notes,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _tally(tally: OperationTally) -> dict[str, Any]:
    return {
        "cases": tally.cases,
        "p50_ms": _ms(tally.percentile(50)),
        "p99_ms": _ms(tally.percentile(99)),
        "checks": {
            name: {"cases": count, "failures": tally.failed[name]}
            for name, count in sorted(tally.checks.items())
        },
    }


def _ms(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _failure(one: Failure) -> dict[str, str]:
    return {name: getattr(one, name) for name in Failure.__slots__}


def as_junit(findings: Findings) -> str:
    """JUnit XML: a suite for each operation, a case for each check; what is accepted as skipped."""
    root = ET.Element("testsuites", name="ionq-direct conformance")
    for operation, tally in findings.all_times():
        suite = _suite(root, operation, sorted(tally.checks), sum(tally.seconds))
        for case in suite:
            _outcome(case, findings)
    if findings.errors or findings.interrupted:
        suite = _suite(root, "the suite itself", ["run"], findings.seconds)
        told = [*findings.errors, *["the run was interrupted"] * findings.interrupted]
        error = ET.SubElement(suite[0], "error", message="the suite could not do all its work")
        error.text = _xml("\n".join(told))
    _count(root)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _outcome(case: ET.Element, findings: Findings) -> None:
    """Write what became of a check of an operation."""

    def of_this(failures: list[Failure]) -> list[Failure]:
        here = (case.get("classname"), case.get("name"))
        return [one for one in failures if (one.operation, one.check) == here]

    for one in of_this(findings.failures):
        failure = ET.SubElement(case, "failure", message=_xml(one.title), type=one.check)
        failure.text = _xml(f"{one.message}\n\nviolates {one.clause}\n\n{one.curl}")
    accepted = [one.title for one in of_this(findings.accepted)]
    if accepted and not len(case):
        told = f"accepted by the baseline: {'; '.join(accepted)}"
        ET.SubElement(case, "skipped", message=_xml(told))


def _suite(root: ET.Element, name: str, cases: list[str], seconds: float) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=name, time=f"{seconds:.3f}")
    for case in cases:
        ET.SubElement(suite, "testcase", classname=name, name=case)
    return suite


_COUNTED: Final = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _count(root: ET.Element) -> None:
    """Write how many cases there are, and what became of them, on each suite and on them all."""
    for node in (*root, root):
        node.set("tests", str(len(list(node.iter("testcase")))))
        for attribute, tag in _COUNTED.items():
            cases = [case for case in node.iter("testcase") if case.find(tag) is not None]
            node.set(attribute, str(len(cases)))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


_STYLE: Final = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:84rem;padding:0 1rem;
color:#1b1f24;background:#fff}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dt{color:#59636e}dd{margin:0}
code,pre{font:13px/1.45 ui-monospace,monospace}
pre{background:#f6f8fa;padding:.7rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.bad{color:#b42318;font-weight:600}.good{color:#1a7f37;font-weight:600}.none{color:#b0b8c0}
details{margin:.6rem 0;border:1px solid #d8dee4;border-radius:6px;padding:.5rem .8rem}
summary{cursor:pointer}summary code{margin-right:.6rem}summary small{color:#59636e}
.wide{overflow-x:auto;border:1px solid #d8dee4;border-radius:6px}
table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .5rem;border-bottom:1px solid #eaeef2;text-align:right;font-weight:400}
th{vertical-align:bottom}thead th{border-bottom:1px solid #59636e}
td:first-child,th:first-child{position:sticky;left:0;background:#fff;text-align:left;
white-space:nowrap;border-right:1px solid #d8dee4}
th.check span{writing-mode:vertical-rl;transform:rotate(180deg);font-size:13px}
tbody tr:hover td{background:#f6f8fa}td.fails{background:#ffebe9!important}
"""


def as_html(findings: Findings, target: str, profile: str) -> str:
    """One page with everything on it."""
    return "\n".join(_page(findings, target, profile)) + "\n"


def _page(findings: Findings, target: str, profile: str) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Conformance of {_text(target)}</title><style>{_STYLE}</style>"
    yield f"<h1>Conformance of {_text(target)}: {_verdict(findings)}</h1><dl>"
    for name, value in _facts(findings, profile):
        yield f"<dt>{name}<dd>{_text(value)}"
    yield "</dl>"
    if findings.interrupted:
        yield '<p class="bad">The run was interrupted.</p>'
    yield from (f'<p class="bad">{_text(error)}</p>' for error in findings.errors)
    yield from (f"<p>{_text(note)}</p>" for note in findings.notes)
    for operation, check, title in findings.not_seen:
        yield f"<p>Accepted, and no longer seen: {_text(f'{operation}: {check}: {title}')}</p>"
    yield from _failures("Failures", findings.failures, opened=True)
    yield from _proposal(findings.patch)
    yield from _failures("Accepted by the baseline", findings.accepted, opened=False)
    yield from _operations(findings)
    yield "</html>"


def _verdict(findings: Findings) -> str:
    count = len(findings.failures)
    if count:
        return f'<span class="bad">{count} failure{"s" * (count != 1)}</span>'
    if findings.interrupted or findings.errors:
        return '<span class="bad">no failures, but not complete</span>'
    return '<span class="good">no failures</span>'


def _facts(findings: Findings, profile: str) -> Iterator[tuple[str, str]]:
    when = datetime.datetime.fromtimestamp(findings.began, datetime.UTC)
    yield "Profile", profile
    yield "Begun", f"{when:%Y-%m-%d %H:%M} UTC, took {findings.seconds:.0f} s"
    yield "Cases", f"{findings.cases} on {len(findings.operations)} operations"
    yield "Phases", ", ".join(findings.phases) or "none"


def _failures(heading: str, failures: list[Failure], *, opened: bool) -> Iterator[str]:
    if not failures:
        return
    yield f"<h2>{heading}</h2>"
    for one in failures:
        yield f"<details{' open' * opened}><summary><code>{_text(one.operation)}</code>"
        yield f"<b>{_text(one.title)}</b> <small>{_text(one.check)} · {_text(one.phase)}</small>"
        yield f"</summary><p>Violates <code>{_text(one.clause)}</code></p>"
        yield f"<pre>{_text(one.message)}</pre>"
        if one.curl:
            yield f"<pre>{_text(one.curl)}</pre>"
        yield "</details>"


def _proposal(patch: Proposal) -> Iterator[str]:
    if not patch.deviations:
        return
    yield "<h2>What would make the document agree</h2>"
    yield f"<p>Answers deviated from it {patch.deviations} times.</p><ul>"
    yield from (f"<li>No patch mends {_text(one)}" for one in patch.unsolved)
    yield "</ul>"
    if patch.overlay:
        yield f"<p>An OpenAPI Overlay:</p><pre>{_text(patch.overlay)}</pre>"


def _operations(findings: Findings) -> Iterator[str]:
    """Operations by checks: how often each was judged, and how often it failed."""
    tallies = list(findings.all_times())
    broken = {check for _, tally in tallies for check in tally.failed}
    checks = sorted(
        {check for _, tally in tallies for check in tally.checks},
        key=lambda check: (check not in broken, check),  # what failed is seen without scrolling
    )
    yield "<h2>Operations and checks</h2><p>Judgements of each kind; those that failed in red.</p>"
    yield '<div class="wide"><table><thead><tr><th>Operation<th>Cases<th>Failures'
    yield "<th>p50&nbsp;ms<th>p99&nbsp;ms"
    yield from (f'<th class="check"><span>{_text(check)}</span>' for check in checks)
    yield "</thead><tbody>"
    for name, tally in tallies:
        yield f"<tr><td><code>{_text(name)}</code><td>{tally.cases}"
        failed = tally.failed.total()
        yield f"<td{' class=fails' * bool(failed)}>{failed or ''}"
        yield from (f"<td>{_tenths(tally.percentile(percent))}" for percent in (50, 99))
        yield from (_cell(tally, check) for check in checks)
    yield "</tbody></table></div>"


def _cell(tally: OperationTally, check: str) -> str:
    count, failed = tally.checks[check], tally.failed[check]
    if failed:
        return f'<td class="fails"><span class="bad">{failed}</span>&nbsp;of&nbsp;{count}'
    return f"<td>{count}" if count else '<td class="none">·'


def _tenths(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _text(value: str) -> str:
    return html.escape(value)
