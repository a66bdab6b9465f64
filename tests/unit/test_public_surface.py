"""The public surface: what is listed exists, is documented, and costs little to import."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import ionq_direct

PUBLIC = sorted(ionq_direct.__all__)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_had_and_says_what_it_is(name: str) -> None:
    value = getattr(ionq_direct, name)
    assert inspect.getdoc(value), f"{name} has no docstring"


def test_type_checkers_and_the_interpreter_see_the_same_names() -> None:
    tree = ast.parse(Path(ionq_direct.__file__).read_text(encoding="utf-8"))
    block = next(
        node
        for node in tree.body
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
    )
    imported = [
        alias.asname
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert sorted(str(name) for name in imported) == PUBLIC


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = ionq_direct.no_such_name


@pytest.mark.parametrize("heavy", ["httpx", "numpy", "asyncio", "ionq_emulator", "matplotlib"])
def test_importing_the_library_loads_nothing_heavy(heavy: str) -> None:
    code = f"import ionq_direct, sys; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def methods(cls: type) -> list[str]:
    return [
        name
        for name, member in inspect.getmembers(cls)
        if not name.startswith("_") and callable(member)
    ]


@pytest.mark.parametrize("cls", [ionq_direct.IonQ, ionq_direct.Job, ionq_direct.Result])
def test_every_public_method_is_documented(cls: type) -> None:
    undocumented = [name for name in methods(cls) if not inspect.getdoc(getattr(cls, name))]
    assert undocumented == []
