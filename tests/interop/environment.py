"""An environment with other people's SDKs, apart from ours: built once, from its own lock file."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements.lock")
FOLDER = ROOT / ".build" / "interop"


def python() -> Path:
    """The environment's interpreter; builds the environment if the lock file has changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stamp = FOLDER / "built-from"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    interpreter = FOLDER / "venv" / "bin" / "python"
    # Tests run in several processes; the first to come builds, the others wait.
    with (FOLDER / "lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            stamp.unlink(missing_ok=True)
            run(sys.executable, "-m", "venv", "--clear", str(FOLDER / "venv"))
            # Each is imported once or twice: what is not imported need not be compiled.
            quiet = ("--quiet", "--disable-pip-version-check", "--no-compile", "--require-hashes")
            run(str(interpreter), "-m", "pip", "install", *quiet, "-r", str(LOCK))
            stamp.write_text(wanted)
    return interpreter


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
