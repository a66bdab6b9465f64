"""What a run says while it runs, and the table at its end.

May import: rich, findings.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner
from rich.table import Table

from ionq_conformance.findings import Failure, Findings, Proposal

__all__ = ["Progress", "proposal", "summary"]

_REFRESH = 4


class Progress:
    """A line that says where the run is; on a screen only, so that logs stay short.

    Args:
        console: Where to write.
        findings: What is counted.
    """

    def __init__(self, console: Console, findings: Findings) -> None:
        self._console = console
        self._findings = findings
        self._where = "starting"
        self._last = ""
        self._lock = threading.Lock()
        self._spinner = Spinner("dots")
        self._live = Live(
            console=console,
            get_renderable=self._render,
            refresh_per_second=_REFRESH,
            transient=True,
        )

    def at(self, phase: str, label: str) -> None:
        """The run has come to this operation of this phase."""
        with self._lock:
            self._where = f"{phase}: {label}"
            if phase != self._last and not self._console.is_terminal:
                self._console.print(f"{phase} ...", highlight=False)
            self._last = phase

    def _render(self) -> Spinner:
        found = self._findings
        text = f"{found.cases:>6} cases  {len(found.failures)} failures  {found.seconds:4.0f} s  "
        self._spinner.update(text=escape(text + self._where))
        return self._spinner

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()


def summary(console: Console, findings: Findings) -> None:
    """Print both tables, then each failure with its clause and its curl command."""
    console.print(_table(findings))
    console.print()
    console.print(_by_check(findings))
    for one in findings.failures:
        _print_failure(console, one)
    _print_notes(console, findings)
    count = len(findings.failures)
    console.print(
        f"{findings.cases} cases, {len(findings.operations)} operations, "
        f"{count} failure{'s' * (count != 1)}"
        + (f", {len(findings.accepted)} accepted" if findings.accepted else "")
        + f", {findings.seconds:.0f} s",
        style="bold red" if count else "bold green",
        highlight=False,
    )


def _print_notes(console: Console, findings: Findings) -> None:
    for error in findings.errors:
        console.print(f"error: {error}", style="red", markup=False, highlight=False)
    for note in findings.notes:
        console.print(note, markup=False, highlight=False)
    for operation, check, title in findings.not_seen:
        console.print(
            f"accepted, and no longer seen: {operation}: {check}: {title}",
            markup=False,
            highlight=False,
        )


def proposal(console: Console, patch: Proposal, written: Path | None, record: Path | None) -> None:
    """Print what would make the document agree with the answers, and how to have it.

    Args:
        console: Where to write.
        patch: What is proposed.
        written: Where the patch was written to; None: nowhere.
        record: Where the deviations were recorded; None: nowhere.
    """
    if not patch.deviations:
        return
    lines = [f"answers deviated from the document {patch.deviations} times"]
    if patch.actions:
        count = len(patch.actions)
        lines.append(f"a patch of {count} action{'s' * (count != 1)} would make it agree:")
    lines += [f"  {one}" for one in patch.actions]
    lines += [f"  no patch mends {one}" for one in patch.unsolved]
    if patch.overlay:
        lines.append(_way_to(written, record))
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


def _way_to(written: Path | None, record: Path | None) -> str:
    if written is not None:
        return (
            f"written to {written}: read it, put it into openapi/patches/v0.4/ under a name that "
            "comes last, and run `make generate`"
        )
    if record is not None:
        command = f"ionq-direct spec drift {record} --write openapi/patches/v0.4/99-seen.yaml"
        return f"to write it: {command}"
    return "to write it: the same command with --patch openapi/patches/v0.4/99-seen.yaml"


def _table(findings: Findings) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("operation", no_wrap=True)
    for heading in ("checks", "cases", "failures", "p50 ms", "p99 ms"):
        table.add_column(heading, justify="right")
    table.add_column("failed checks")
    for name, tally in findings.all_times():
        failed = tally.failed.total()
        table.add_row(
            escape(name),
            str(len(tally.checks)),
            str(tally.cases),
            f"[red]{failed}[/red]" if failed else "0",
            _ms(tally.percentile(50)),
            _ms(tally.percentile(99)),
            escape(", ".join(f"{check} {count}" for check, count in sorted(tally.failed.items()))),
        )
    return table


def _by_check(findings: Findings) -> Table:
    """The same by check, in two columns."""
    judged, failed = Counter[str](), Counter[str]()
    for tally in findings.operations.values():
        judged += tally.checks
        failed += tally.failed
    names = sorted(judged)
    half = (len(names) + 1) // 2
    table = Table(box=None, pad_edge=False)
    for _ in range(2):
        table.add_column("check", no_wrap=True)
        table.add_column("judged", justify="right")
        table.add_column("failures  ", justify="right")
    for left, right in itertools.zip_longest(names[:half], names[half:]):
        table.add_row(*(_cells(left, judged, failed) + _cells(right, judged, failed)))
    return table


def _cells(check: str | None, judged: Counter[str], failed: Counter[str]) -> list[str]:
    if check is None:
        return ["", "", ""]
    count = failed[check]
    return [escape(check), str(judged[check]), f"[red]{count}[/red]  " if count else "0  "]


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _print_failure(console: Console, one: Failure) -> None:
    console.print()
    console.print(f"{one.operation}: {one.title}", style="bold red", markup=False, highlight=False)
    for text in (f"{one.check}, {one.phase}", f"violates {one.clause}", one.message, one.curl):
        if text:
            console.print(text, markup=False, highlight=False, soft_wrap=True)
