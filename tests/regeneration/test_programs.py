"""The programs of old users stand for what people write: they are sound, and leave little out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import ionq_direct
from scripts import paths, programs

PACKAGE = paths.GENERATED / "ionq_api" / "v0_4"


def imported() -> Iterator[tuple[str, str]]:
    """Module and name of everything that the programs import."""
    for path in programs.PROGRAMS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                yield from ((str(node.module), alias.name) for alias in node.names)


def attributes() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in programs.PROGRAMS.glob("*.py")]
    return {n.attr for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Attribute)}


def test_they_fit_the_present_code() -> None:
    """Else a later edition could break them further unseen."""
    assert [str(one) for one in programs.faults(PACKAGE)] == []


def test_they_use_every_operation() -> None:
    used = {name for module, name in imported() if module.startswith("ionq_api.v0_4.api.")}
    made = {p.stem for p in (PACKAGE / "api").glob("*/*.py") if p.stem != "__init__"}
    assert made - used == set()


def test_they_use_each_of_the_four_forms_of_an_operation_and_both_halves_of_the_library() -> None:
    used = attributes()
    assert {"sync", "sync_detailed", "asyncio", "asyncio_detailed"} <= used
    names = {name for module, name in imported() if module.startswith("ionq_direct")}
    assert {"IonQ", "AsyncIonQ", "Legacy"} <= names
    assert names - {"Legacy", "job_from_v0_3", "payload_from_v0_3"} <= set(ionq_direct.__all__)


def test_they_use_what_the_library_is_for() -> None:
    wanted = {
        "submit",
        "submit_many",
        "wait",
        "result",
        "counts",
        "cost",
        "session",
        "jobs",
        "iter",
    }
    wanted |= {"iter", "cancel", "progress", "backends", "api"}
    assert wanted - attributes() == set()
