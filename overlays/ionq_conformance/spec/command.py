"""`ionq-direct spec diff OLD NEW`: what changed between two documents.

May import: the other modules of this package.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ionq_conformance.spec.analysis import report_on
from ionq_conformance.spec.documents import DocumentError, load_openapi
from ionq_conformance.spec.overlay import apply, load_overlays
from ionq_conformance.spec.patches import settle
from ionq_conformance.spec.report import Report

__all__ = ["main"]


def main(argv: Sequence[str]) -> int:
    """Run the command: 0 when nothing breaks, 1 when something does, 2 for a bad document."""
    options = _parser().parse_args(argv)
    try:
        report = _report(options)
    except DocumentError as error:
        print(f"ionq-direct spec diff: {error}", file=sys.stderr)
        return 2
    if options.markdown is not None:
        options.markdown.write_text(report.markdown(), encoding="utf-8")
    if options.json:
        print(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        report.show()
    return int(options.exit_code and report.breaking)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ionq-direct spec diff", description="What changed between two OpenAPI documents."
    )
    parser.add_argument("old", type=Path, help="an OpenAPI 3 document, YAML or JSON")
    parser.add_argument("new", type=Path, help="a later one")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the report to a file")
    parser.add_argument("--patches", type=Path, metavar="DIR", help="overlays of the old document")
    parser.add_argument(
        "--exit-code", action="store_true", help="exit with 1 when something breaks"
    )
    return parser


def _report(options: argparse.Namespace) -> Report:
    old, new = load_openapi(options.old), load_openapi(options.new)
    title = f"{options.old.name} -> {options.new.name}"
    if options.patches is None:
        return report_on(title, old, new, overlays=_overlays())
    overlays = load_overlays(options.patches)
    settled = settle(new, overlays, old)
    patched = (apply(old, overlays)[0], settled.patched)
    report = report_on(title, old, new, overlays=_overlays(), patched=patched)
    report.mended, report.conflicts = settled.mended, settled.conflicts
    return report


def _overlays() -> Path | None:
    """Where the library is installed: its uses are looked for there."""
    found = importlib.util.find_spec("ionq_direct")
    return Path(found.origin).parent.parent if found and found.origin else None
