"""Type-checks the library and the programs of old users against old and new generated code.

May import: the other scripts, ionq_conformance.spec; mypy runs as a process.
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
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ionq_conformance.spec.uses import TypeFault
from scripts import paths
from scripts.generate import GenerationError

OVERLAYS = paths.ROOT / "overlays"
LIBRARY = "ionq_direct"
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What fits the old package and not the new one.

    Attributes:
        programs: What each program meets, by its name; None: there are no programs.
        overlays: What the library meets.
    """

    programs: dict[str, list[str]] | None
    overlays: list[TypeFault]


def compared(old: Path, new: Path) -> Outcome:
    """Check programs and library against both packages; told is what is new.

    Args:
        old: The folder of the old generated package, e.g. `.../v0_4`.
        new: The folder of the new one.
    """
    programs = sorted(PROGRAMS.glob("*.py"))
    with ThreadPoolExecutor(2) as pool:
        before, after = pool.map(faults, (old, new))
    known = {(one.file, one.message) for one in before}
    fresh = sorted(one for one in after if (one.file, one.message) not in known)
    return Outcome(
        {
            program.name: [
                f"line {one.line}: {one.message}" for one in fresh if one.file == program.name
            ]
            for program in programs
        }
        or None,
        [one for one in fresh if "/" in one.file],
    )


def faults(package: Path) -> list[TypeFault]:
    """Mypy's errors in programs and library, which see this package and no installed one.

    The file of a program is its bare name, of a module of the library its path below overlays/.
    """
    programs = sorted(PROGRAMS.glob("*.py"))
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "ionq_api"
        _copy_packages(package, root)
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
                *(*map(str, programs), str(OVERLAYS / LIBRARY)),
            ],
            env={**os.environ, "MYPYPATH": f"{scratch}{os.pathsep}{OVERLAYS}"},
            cwd=scratch,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode not in {0, 1}:
        raise GenerationError(f"the programs cannot be checked: {done.stdout}{done.stderr}")
    return list(_read(done.stdout))


def _copy_packages(package: Path, root: Path) -> None:
    """The package, and the generated packages beside it that are not in question."""
    shutil.copytree(package, root / package.name)
    for other in (paths.GENERATED / root.name).iterdir():
        if other.is_dir() and other.name not in {package.name, "__pycache__"}:
            (root / other.name).symlink_to(other)
    (root / "__init__.py").touch()
    (root / "py.typed").touch()


def _read(output: str) -> Iterator[TypeFault]:
    for line in output.splitlines():
        match = re.match(r"(.+\.py):(\d+): error: (.*?)(?:  \[([a-z-]+)\])?$", line)
        if not match:
            continue
        parts = Path(match[1]).parts
        inside = LIBRARY in parts
        file = "/".join(parts[parts.index(LIBRARY) :]) if inside else parts[-1]
        yield TypeFault(file, int(match[2]), match[3], match[4] or "")


def project_version() -> str:
    """The version in pyproject.toml; 0.0.0 where there is none."""
    path = paths.ROOT / "pyproject.toml"
    if not path.is_file():
        return "0.0.0"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])
