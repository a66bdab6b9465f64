"""docs/emulator.md: every example is run, every command line is read, every switch exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ionq_emulator import Emulator, command
from ionq_emulator.control import Control

TEXT = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
SHELL = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_examples() -> None:
    assert len(PYTHON) >= 6
    assert len(SHELL) >= 1


@pytest.mark.parametrize("source", PYTHON, ids=range(len(PYTHON)))
def test_an_example_runs(source: str, tmp_path: Path) -> None:
    """In a fresh process, warnings being errors; tests are run by pytest."""
    if source.startswith("def test_"):
        file = tmp_path / "test_example.py"
        file.write_text(f"import requests\n{source}")
        command_line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command_line += ["-p", "no:asyncio", "--rootdir", str(tmp_path), str(file)]
    else:
        file = tmp_path / "example.py"
        file.write_text(textwrap.dedent(source))
        command_line = [sys.executable, "-W", "error", str(file)]
    ran = subprocess.run(command_line, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("line", [line for block in SHELL for line in block.splitlines()])
def test_a_command_line_is_read(line: str) -> None:
    program, emulator, *arguments = shlex.split(line)
    assert (program, emulator) == ("ionq-direct", "emulator")
    command.parser().parse_args(arguments)


def test_the_table_of_options_is_complete() -> None:
    options = {
        option
        for action in command.parser()._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    documented = set(re.findall(r"`(--[a-z-]+)", TEXT))
    assert options <= documented
    assert documented <= options


def test_the_table_of_control_is_complete() -> None:
    table = TEXT[TEXT.index("| Python | HTTP |") : TEXT.index("### Faults")]
    methods = {name for name in vars(Control) if not name.startswith("_")} - {"of", "progress"}
    assert {name for name in methods if f"`{name}(" not in table} == set()
    with Emulator() as emulator:
        served = {
            re.sub(r"\{\w+(:int)?\}", "*", route.path)  # type: ignore[attr-defined]  # Route has it
            for route in emulator.app.routes
            if route.path.startswith("/_emulator")  # type: ignore[attr-defined]  # likewise
        }
    for path in re.findall(r"(/_emulator/[\w/{}]+)", table):
        assert re.sub(r"\{\w+\}", "*", path) in served, path
