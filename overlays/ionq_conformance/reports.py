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

from ionq_conformance.findings import Failure, Findings, OperationTally

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
    """JUnit XML: a suite for each operation, a case for each check."""
    root = ET.Element("testsuites", name="ionq-direct conformance")
    for operation, tally in findings.all_times():
        failures = [one for one in findings.failures if one.operation == operation]
        suite = ET.SubElement(root, "testsuite", name=operation, tests=str(len(tally.checks)))
        suite.set("failures", str(len({one.check for one in failures})))
        suite.set("time", f"{sum(tally.seconds):.3f}")
        for check in sorted(tally.checks):
            case = ET.SubElement(suite, "testcase", classname=operation, name=check)
            for one in failures:
                if one.check == check:
                    node = ET.SubElement(case, "failure", message=_xml(one.title), type=check)
                    node.text = _xml(f"{one.message}\n\n{one.clause}\n\n{one.curl}")
    if findings.errors:
        suite = ET.SubElement(root, "testsuite", name="the suite itself", tests="1", errors="1")
        case = ET.SubElement(suite, "testcase", classname="conformance", name="run")
        ET.SubElement(case, "error", message="the suite could not do all its work").text = _xml(
            "\n".join(findings.errors)
        )
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


_STYLE: Final = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;
color:#1b1f24}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;
border-bottom:1px solid #d8dee4;vertical-align:top}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums}code,pre{font:13px/1.45 ui-monospace,monospace}
pre{background:#f6f8fa;padding:.7rem;overflow-x:auto;white-space:pre-wrap;word-break:break-word}
.bad{color:#b42318;font-weight:600}.good{color:#1a7f37;font-weight:600}
details{margin:.6rem 0;border:1px solid #d8dee4;border-radius:6px;padding:.5rem .8rem}
"""


def as_html(findings: Findings, target: str, profile: str) -> str:
    """One page with everything on it."""
    return "\n".join(_page(findings, target, profile)) + "\n"


def _page(findings: Findings, target: str, profile: str) -> Iterator[str]:
    count = len(findings.failures)
    verdict = (
        f'<span class="bad">{count} failure{"s" * (count != 1)}</span>'
        if count
        else '<span class="good">no failures</span>'
    )
    when = datetime.datetime.fromtimestamp(findings.began, datetime.UTC)
    yield '<!doctype html><html lang="en"><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Conformance of {_text(target)}</title><style>{_STYLE}</style>"
    yield f"<h1>Conformance of {_text(target)}: {verdict}</h1>"
    yield f"<p>Profile <b>{_text(profile)}</b>, {findings.cases} cases on "
    yield f"{len(findings.operations)} operations in {findings.seconds:.0f} s, "
    yield f"{when:%Y-%m-%d %H:%M} UTC. Phases: {_text(', '.join(findings.phases) or 'none')}.</p>"
    if findings.interrupted:
        yield '<p class="bad">The run was interrupted.</p>'
    yield from (f'<p class="bad">{_text(error)}</p>' for error in findings.errors)
    yield from (f"<p>{_text(note)}</p>" for note in findings.notes)
    yield from _failures("Failures", findings.failures)
    yield from _failures("Accepted by the baseline", findings.accepted)
    yield from _operations(findings)
    yield "</html>"


def _failures(heading: str, failures: list[Failure]) -> Iterator[str]:
    if not failures:
        return
    yield f"<h2>{heading}</h2>"
    for one in failures:
        yield f"<details open><summary><code>{_text(one.operation)}</code> "
        yield f"<b>{_text(one.title)}</b> ({_text(one.check)}, {_text(one.phase)})</summary>"
        yield f"<p>Violates <code>{_text(one.clause)}</code></p><pre>{_text(one.message)}</pre>"
        if one.curl:
            yield f"<pre>{_text(one.curl)}</pre>"
        yield "</details>"


def _operations(findings: Findings) -> Iterator[str]:
    yield '<h2>Operations</h2><table><tr><th>Operation<th class="n">Cases'
    yield '<th class="n">Failures<th class="n">p50 ms<th class="n">p99 ms<th>Checks</tr>'
    for name, tally in findings.all_times():
        checks = ", ".join(
            f"{check} {count}" + (f" ({tally.failed[check]} failed)" * bool(tally.failed[check]))
            for check, count in sorted(tally.checks.items())
        )
        yield f'<tr><td><code>{_text(name)}</code><td class="n">{tally.cases}'
        yield f'<td class="n">{tally.failed.total()}'
        for percent in (50, 99):
            value = tally.percentile(percent)
            yield f'<td class="n">{"" if value is None else f"{value:.1f}"}'
        yield f"<td>{_text(checks)}</tr>"
    yield "</table>"


def _text(value: str) -> str:
    return html.escape(value)
