"""Type-checks the programs of old users against old and new generated code.

May import: scripts.paths and the standard library; mypy runs as a process.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts import paths

PROGRAMS = paths.ROOT / "tests" / "regeneration" / "programs"


def compared(old: Path, new: Path) -> dict[str, list[str]] | None:
    """What each program meets in the new package and did not in the old; None: no programs.

    Args:
        old: The folder of the old generated package, e.g. `.../v0_4`.
        new: The folder of the new one.
    """
    programs = sorted(PROGRAMS.glob("*.py"))
    if not programs:
        return None
    with ThreadPoolExecutor(2) as pool:
        before, after = pool.map(lambda package: _problems(package, programs), (old, new))
    return {
        program.name: [line for line in after[program.name] if line not in before[program.name]]
        for program in programs
    }


def _problems(package: Path, programs: list[Path]) -> dict[str, list[str]]:
    """Mypy's errors in the programs, without line numbers of anything else."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "ionq_api"
        shutil.copytree(package, root / package.name)
        (root / "__init__.py").touch()
        (root / "py.typed").touch()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mypy", "--no-error-summary", "--config-file", os.devnull),
                *("--follow-imports", "silent", "--explicit-package-bases"),
                *("--cache-dir", str(Path(scratch) / "cache"), "--no-color-output"),
                *map(str, programs),
            ],
            env={**os.environ, "MYPYPATH": f"{scratch}{os.pathsep}{paths.ROOT / 'overlays'}"},
            cwd=scratch,
            capture_output=True,
            text=True,
            check=False,
        )
    found: dict[str, list[str]] = {program.name: [] for program in programs}
    for line in done.stdout.splitlines():
        match = re.match(r"(?:.*/)?([^/:]+\.py):(\d+): (error: .*)", line)
        if match and match[1] in found:
            found[match[1]].append(f"line {match[2]}: {match[3]}")
    return found


def project_version() -> str:
    """The version in pyproject.toml; 0.0.0 where there is none."""
    path = paths.ROOT / "pyproject.toml"
    if not path.is_file():
        return "0.0.0"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])
