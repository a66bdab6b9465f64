"""Type-checks the programs of old users against old and new generated code.

May import: the other scripts and the standard library; mypy runs as a process.
"""

from __future__ import annotations

import importlib.util
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
from scripts.generate import GenerationError

PROGRAMS = paths.ROOT / "tests" / "regeneration" / "programs"

_SEEN = ("attr", "attrs", "httpx", "httpcore", "anyio")
"""What generated code imports and has types; the other installed packages stay out of sight, or
mypy would take from an installed ionq_api what the new one no longer has."""
_SETTINGS = """\
[mypy]
no_site_packages = True
explicit_package_bases = True
follow_imports = silent
ignore_missing_imports = True

[mypy-ionq_api.*]
ignore_missing_imports = False
"""


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
    """Mypy's errors in the programs, which see this package and no installed one."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "ionq_api"
        shutil.copytree(package, root / package.name)
        (root / "__init__.py").touch()
        (root / "py.typed").touch()
        for name in _SEEN:
            found = importlib.util.find_spec(name)
            for place in (found.submodule_search_locations or [])[:1] if found else []:
                (Path(scratch) / name).symlink_to(place)
        settings = Path(scratch) / "mypy.ini"
        settings.write_text(_SETTINGS, encoding="utf-8")
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mypy", "--config-file", str(settings)),
                *("--cache-dir", str(Path(scratch) / "cache"), "--no-color-output"),
                *map(str, programs),
            ],
            env={**os.environ, "MYPYPATH": f"{scratch}{os.pathsep}{paths.ROOT / 'overlays'}"},
            cwd=scratch,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode not in {0, 1}:
        raise GenerationError(f"the programs cannot be checked: {done.stdout}{done.stderr}")
    problems: dict[str, list[str]] = {program.name: [] for program in programs}
    for line in done.stdout.splitlines():
        match = re.match(r"(?:.*/)?([^/:]+\.py):(\d+): (error: .*)", line)
        if match and match[1] in problems:
            problems[match[1]].append(f"line {match[2]}: {match[3]}")
    return problems


def project_version() -> str:
    """The version in pyproject.toml; 0.0.0 where there is none."""
    path = paths.ROOT / "pyproject.toml"
    if not path.is_file():
        return "0.0.0"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])
