"""What `make generate` costs, against the bare generator on the same document.

May import: the harness, the stock client, scripts.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts import lock, paths
from tests.benchmarks import stock
from tests.benchmarks.harness import Row, benchmark, interleaved


@benchmark("generate")
def generation() -> Iterator[Row]:
    """Parse, patch, generate, check and swap in; and finding that nothing has moved."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        # It would replace what others import.
        for name in ("scripts", "openapi", "generated", "overlays"):
            shutil.copytree(paths.ROOT / name, copy / name)

        def ours(*arguments: str) -> None:
            command = [sys.executable, "-m", "scripts.generate", *arguments]
            subprocess.run(command, cwd=copy, check=True, capture_output=True)

        def bare() -> None:
            for document in lock.read().documents:  # ours makes all of them, too
                stock.generate(copy / "bare" / document.version, document.path)

        times = interleaved(lambda: ours("--force"), bare, repetitions=5)
        yield Row("make generate", *times, aim=1.5, against="bare generator, unpatched")
        times = interleaved(ours, bare, repetitions=5)
        yield Row("... with nothing moved", *times, aim=0.5, against="bare generator, unpatched")
