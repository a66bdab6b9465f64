"""The pytest fixtures this package ships: `ionq_emulator` and what it is made of.

May import: pytest; the emulator only when a test asks for it, so that no other run pays for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ionq_emulator import Emulator
    from ionq_emulator.project import Project

__all__ = ["ionq_emulator", "ionq_emulator_server", "ionq_emulator_settings"]


@pytest.fixture(scope="session")
def ionq_emulator_settings() -> dict[str, Any]:
    """Arguments of the session's `Emulator`; override it to set a seed, say."""
    return {}


@pytest.fixture(scope="session")
def ionq_emulator_server(ionq_emulator_settings: dict[str, Any]) -> Iterator[Emulator]:
    """One emulator for the whole session, started when the first test needs it."""
    from ionq_emulator import Emulator  # noqa: PLC0415 (see the module's first lines)

    with Emulator(**ionq_emulator_settings) as emulator:
        yield emulator


@pytest.fixture
def ionq_emulator(
    ionq_emulator_server: Emulator, request: pytest.FixtureRequest
) -> Iterator[Project]:
    """An emulated cloud for one test: a project of its own, with a key of its own.

    Has `url`, `api_key` and `control`; faults and the request log are this test's alone. What the
    test does to the clock, to progress and to the machines is undone after it.
    """
    project = ionq_emulator_server.project(f"test {request.node.nodeid}")
    yield project
    project.close()
