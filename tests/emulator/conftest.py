"""One emulator for all tests that need no other, and a project of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ionq_emulator import Emulator
from tests.emulator.support import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def shared() -> Iterator[Emulator]:
    """An emulator whose jobs move at once. Nobody changes its clock, progress or faults."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def api(shared: Emulator, request: pytest.FixtureRequest) -> Iterator[Api]:
    """A client with a key, and so a project, that no other test has."""
    client = Api(shared.url, f"key-of-{request.node.nodeid}")
    with client.session:
        yield client


@pytest.fixture
def emulate() -> Iterator[Callable[..., tuple[Emulator, Api]]]:
    """Start an emulator of one's own, set up as the arguments say."""
    started: list[tuple[Emulator, Api]] = []

    def start(**settings: object) -> tuple[Emulator, Api]:
        emulator = Emulator(**settings).start()  # type: ignore[arg-type]  # tests pass what fits
        client = Api(emulator.url, emulator.api_key)
        started.append((emulator, client))
        return emulator, client

    yield start
    for emulator, client in started:
        client.session.close()
        emulator.stop()
