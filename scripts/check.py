"""What must hold before a commit: generated code current, contract valid, lint, types, arrows.

May import: the other scripts and the standard library; the tools run as processes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scripts import lock, paths
from scripts.documents import DocumentError
from scripts.generate import GenerationError, build_tree, moved, patched_document

BIN = Path(sys.executable).parent
MOST_LINES = 40


@dataclass(frozen=True)
class Finding:
    """One check's outcome; no problems means that it holds."""

    name: str
    problems: str
    seconds: float


def main(argv: Sequence[str] | None = None) -> int:
    """Run every check, print one line each and what failed; 0 when all hold."""
    parser = argparse.ArgumentParser(prog="make check", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join(CHECKS)} (default: all)")
    names = parser.parse_args(argv).names or list(CHECKS)
    unknown = set(names) - CHECKS.keys()
    if unknown:
        parser.error(f"no such check: {', '.join(sorted(unknown))}")
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for finding in pool.map(_timed, names):
            mark = "FAILED" if finding.problems else "ok"
            print(f"  {finding.name:<12} {mark:<7} {finding.seconds:5.1f} s", flush=True)
            if finding.problems:
                failed.append(finding)
    for finding in failed:
        print(f"\n{finding.name}:\n{finding.problems}", file=sys.stderr)
    return 1 if failed else 0


def _timed(name: str) -> Finding:
    start = time.perf_counter()
    problems = CHECKS[name]()
    return Finding(name, problems.rstrip(), time.perf_counter() - start)


def generated_is_current() -> str:
    """Generate into a temporary directory; name files that differ and inputs that moved."""
    state = lock.read()
    lines = [f"{name} moved since the lock was written" for name in moved(state)]
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "ionq_api"
        try:
            made = build_tree(state, fresh)
        except (GenerationError, DocumentError) as error:
            return "\n".join([*lines, str(error)])
        lines += [f"{name} is not what the lock says" for name in _others(made, state.hashes)]
        differing = _differences(fresh, paths.GENERATED / "ionq_api")
    lines += [f"generated/ionq_api/{name}: {how}" for name, how in differing]
    more = [f"... and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *more, "run `make generate`"]) if lines else ""


def _others(made: dict[str, str], known: dict[str, str]) -> list[str]:
    """The patched documents whose hash the lock has otherwise."""
    return sorted(name for name in made if made[name] != known.get(name))


def _differences(fresh: Path, committed: Path) -> list[tuple[str, str]]:
    ours = {p.relative_to(committed).as_posix(): p for p in lock.tree_files(committed)}
    theirs = {p.relative_to(fresh).as_posix(): p for p in lock.tree_files(fresh)}
    found = [(name, "not made by the generator") for name in ours.keys() - theirs.keys()]
    found += [(name, "missing") for name in theirs.keys() - ours.keys()]
    found += [
        (name, "differs from what the generator makes")
        for name in ours.keys() & theirs.keys()
        if ours[name].read_bytes() != theirs[name].read_bytes()
    ]
    return sorted(found)


def contract_is_valid() -> str:
    """Validate each vendored document, and what its patches make of it."""
    from openapi_spec_validator import OpenAPIV30SpecValidator  # noqa: PLC0415  slow to import

    lines = []
    for document in lock.read().documents:
        for label, patches in (("as vendored", None), ("patched", document.patches)):
            try:
                text = patched_document(document.path, patches, skip_dead=False)
            except (GenerationError, DocumentError) as error:
                lines.append(f"{document.path.name} {label}: {error}")
                continue
            errors = OpenAPIV30SpecValidator(json.loads(text)).iter_errors()
            lines += [f"{document.path.name} {label}: {error.message}" for error in errors]
    return "\n".join(lines)


def tool(*command: str) -> str:
    """Run a tool of the environment; its output if it finds fault."""
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr or f"{command[0]} failed") if done.returncode else ""


CHECKS: dict[str, Callable[[], str]] = {
    "types": partial(tool, "mypy"),
    "pyright": partial(tool, "basedpyright"),
    "generated": generated_is_current,
    "sync": partial(tool, "python", "-m", "scripts.sync_from_async", "--check"),
    "contract": contract_is_valid,
    "lint": partial(tool, "ruff", "check", "."),
    "format": partial(tool, "ruff", "format", "--check", "."),
    "imports": partial(tool, "lint-imports"),
}


if __name__ == "__main__":
    sys.exit(main())
