"""The client as the generator makes it by itself, from the same patched document.

May import: the standard library, scripts.
"""

from __future__ import annotations

import atexit
import importlib
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

from scripts import paths

DOCUMENT = paths.GENERATED / "ionq_api" / "v0_4" / "openapi.json"
BIN = Path(sys.executable).parent
PACKAGE = "stock_client"


def generate(folder: Path, document: Path = DOCUMENT) -> None:
    """Run the bare generator: its own templates, our settings, so that names are the same."""
    subprocess.run(
        [
            *(f"{BIN}/openapi-python-client", "generate", "--meta", "none", "--overwrite"),
            *("--path", str(document), "--output-path", str(folder)),
            *("--config", str(paths.CODEGEN / "config.yaml")),
        ],
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"},
        check=True,
        capture_output=True,
    )


@cache
def package() -> None:
    """Make the package and let it be imported until the interpreter ends."""
    scratch = tempfile.TemporaryDirectory(prefix="stock-")
    atexit.register(scratch.cleanup)
    generate(Path(scratch.name) / PACKAGE)
    sys.path.insert(0, scratch.name)


def module(name: str) -> ModuleType:
    """A module of the stock client, such as `models` or `api.jobs.get_job`."""
    package()
    return importlib.import_module(f"{PACKAGE}.{name}")
