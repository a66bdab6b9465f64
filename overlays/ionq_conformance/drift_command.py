"""The command `ionq-direct spec drift`: what answers said of the document.

May import: drift, patching, rich.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ionq_conformance import patching
from ionq_conformance.contract import load
from ionq_conformance.drift import Drift, DriftError, read
from ionq_conformance.exits import Exit

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Arguments; default: the process's.

    Returns:
        0; 1 where deviations are left that no patch can mend; 4 where a file is no record.
    """
    options = _parser().parse_args(argv)
    try:
        drifts = read(options.files)
    except DriftError as error:
        print(f"ionq-direct spec drift: {error}", file=sys.stderr)
        return Exit.INVALID
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    console.print(_table(drifts))
    patch = patching.propose(load(), drifts)
    for drift in patch.settled:
        told = f"{drift.operation} {drift.status} {drift.path}: {drift.kind}"
        console.print(f"in the document by now: {told}", markup=False)
    for drift, why in patch.unsolved:
        told = f"{drift.operation} {drift.status} {drift.path}: {why}"
        console.print(f"not patched: {told}", markup=False)
    if options.write is not None and patch.actions:
        text = patching.to_yaml(patch, today=datetime.datetime.now(datetime.UTC).date())
        options.write.write_text(text, encoding="utf-8")
        console.print(
            f"{len(patch.actions)} actions written to {options.write}: read them, put the file "
            "into openapi/patches/v0.4/ under a name that comes last, and run `make generate`",
            markup=False,
        )
    return Exit.FAILURES if patch.unsolved else Exit.OK


def _table(drifts: list[Drift]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("operation", "status", "place", "deviation", "expected", "found", "sample"):
        table.add_column(heading, overflow="fold")
    table.add_column("times", justify="right")
    for one in drifts:
        cells = (one.operation, str(one.status), one.path, one.kind, one.expected, one.found)
        table.add_row(*map(escape, cells), escape(one.sample), str(one.count))
    return table


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ionq-direct spec drift",
        description="Print recorded deviations, and write the patch that makes the document agree.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="recorded deviations")
    parser.add_argument(
        "--write",
        type=Path,
        metavar="OVERLAY",
        help="write an OpenAPI Overlay (YAML) with evidence",
    )
    return parser
