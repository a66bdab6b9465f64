"""ionq-core 0.2.0, to compare with, in an environment of its own.

May import: the standard library.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

NAME = "ionq-core 0.2.0"
REQUIREMENT = "ionq-core==0.2.0"
FOLDER = Path(__file__).parents[2] / ".build" / "ionq-core-0.2.0"


class NotThereError(Exception):
    """It cannot be installed; the message says why."""


@cache
def interpreter() -> Path:
    """The interpreter of the environment, which is made when it is missing.

    Raises:
        NotThereError: It cannot be made.
    """
    python = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    ready = FOLDER / ".ready"
    if not ready.exists():
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for command in ([sys.executable, "-m", "venv", "--clear", FOLDER], [*pip, REQUIREMENT]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                reason = (done.stderr or done.stdout).strip().splitlines()
                raise NotThereError(reason[-1] if reason else f"{command[0]} failed")
        ready.touch()
    return python
