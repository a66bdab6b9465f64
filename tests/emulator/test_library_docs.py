"""The examples of the README and of docs/library.md run as they stand, block after block."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ionq_emulator import Emulator

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def run_blocks(page: Path, names: dict[str, Any]) -> int:
    blocks = list(BLOCK.finditer(text := page.read_text(encoding="utf-8")))
    for block in blocks:
        line = text.count("\n", 0, block.start()) + 1
        # So that a traceback names the line of the page.
        code = compile("\n" * line + block[1], str(page), "exec")
        exec(code, names)
    return len(blocks)


def test_the_library_in_examples(tmp_path: Path) -> None:
    with Emulator(seed=7) as emulator:
        names = {"api_key": emulator.api_key, "base_url": emulator.url, "folder": tmp_path}
        assert run_blocks(ROOT / "docs" / "library.md", names) > 8


def test_the_readmes_ten_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_blocks(ROOT / "README.md", {}) == 2
    assert "{'00': 0.5, '11': 0.5} {'00': 500, '11': 500}" in capsys.readouterr().out
