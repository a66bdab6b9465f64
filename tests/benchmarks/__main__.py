"""`python -m tests.benchmarks [names] [--json FILE]`: run, print a table, keep the numbers.

May import: the standard library and this package.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import harness


def load_all() -> None:
    """Import every bench_*.py here, which registers what is in it."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        importlib.import_module(f"tests.benchmarks.{path.stem}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 also when an aim is missed, for machines differ."""
    load_all()
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument(
        "names", nargs="*", help=f"some of: {', '.join(harness.REGISTRY)} (default: all)"
    )
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    arguments = parser.parse_args(argv)
    unknown = [name for name in arguments.names if name not in harness.REGISTRY]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    print(harness.machine(), flush=True)
    rows: list[harness.Row] = []
    for name in arguments.names or harness.REGISTRY:
        print(f"... {name}", file=sys.stderr, flush=True)
        rows += harness.run([name])
    print(harness.table(rows))
    if arguments.json:
        result = {"machine": harness.machine(), "rows": [row.as_json() for row in rows]}
        arguments.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
