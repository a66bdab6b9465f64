"""scripts/sync_from_async.py: one source gives both worlds, and a stale copy is named."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from scripts import sync_from_async

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = '''
"""The `AsyncPager` of a client; `await pager.aclose()` when done, or `async with` it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from ionq_direct._async.other import AsyncOther, async_helper
from ionq_direct._concurrency import AsyncClock, AsyncReturn, async_run_many

__all__ = ["AsyncPager"]


class AsyncPager:
    def __init__(self, clock: AsyncClock, fetch: Callable[[str], AsyncReturn[int]]) -> None:
        self._clock = clock
        self._fetch = fetch
        self._other: AsyncOther = async_helper()

    async def __aenter__(self) -> AsyncPager:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._clock.sleep(0.1)  # the AsyncClock's

    async def pages(self, operation, client) -> AsyncIterator[int]:
        await async_run_many(self._fetch, ["a"], limit=1)
        yield await operation.asyncio(client=client)
        raise RuntimeError(f"{client.get_async_httpx_client()} of {type(self).__name__}")


@asynccontextmanager
async def opened(pager: "AsyncPager") -> AsyncIterator[AsyncPager]:
    async with pager as open_pager:
        yield open_pager
'''

EXPECTED = '''\
# Generated from overlays/ionq_direct/_async/pager.py by scripts.sync_from_async. Do not edit.

"""The `Pager` of a client; `pager.close()` when done, or `with` it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ionq_direct._concurrency import Clock, Return, run_many
from ionq_direct._sync.other import Other, helper

__all__ = ["Pager"]


class Pager:
    def __init__(self, clock: Clock, fetch: Callable[[str], Return[int]]) -> None:
        self._clock = clock
        self._fetch = fetch
        self._other: Other = helper()

    def __enter__(self) -> Pager:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._clock.sleep(0.1)  # the Clock's

    def pages(self, operation, client) -> Iterator[int]:
        run_many(self._fetch, ["a"], limit=1)
        yield operation.sync(client=client)
        raise RuntimeError(f"{client.get_httpx_client()} of {type(self).__name__}")


@contextmanager
def opened(pager: "Pager") -> Iterator[Pager]:
    with pager as open_pager:
        yield open_pager
'''


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    package = tmp_path / "overlays/ionq_direct"
    (package / "_async").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "_async/pager.py").write_text(SOURCE)
    return tmp_path


def run(tree: Path, *arguments: str) -> int:
    return sync_from_async.main(["--root", str(tree), *arguments])


def generated(tree: Path) -> Path:
    return tree / "overlays/ionq_direct/_sync/pager.py"


def test_the_source_is_rewritten_name_by_name(tree):
    assert run(tree) == 0
    assert generated(tree).read_text() == EXPECTED


def test_a_second_run_writes_nothing(tree, capsys):
    run(tree)
    before = generated(tree).stat().st_mtime_ns
    capsys.readouterr()
    assert run(tree) == 0
    assert capsys.readouterr().out == ""
    assert generated(tree).stat().st_mtime_ns == before


def test_check_accepts_what_a_run_wrote(tree):
    run(tree)
    assert run(tree, "--check") == 0


def test_check_names_a_missing_file_and_writes_nothing(tree, capsys):
    assert run(tree, "--check") == 1
    assert "overlays/ionq_direct/_sync/pager.py: missing" in capsys.readouterr().err
    assert not generated(tree).exists()


def test_check_names_a_file_edited_by_hand(tree, capsys):
    run(tree)
    generated(tree).write_text(EXPECTED + "# mine\n")
    assert run(tree, "--check") == 1
    assert "overlays/ionq_direct/_sync/pager.py: differs" in capsys.readouterr().err


def test_a_file_without_a_source_is_named_then_removed(tree, capsys):
    run(tree)
    stray = generated(tree).with_name("old.py")
    stray.touch()
    assert run(tree, "--check") == 1
    assert "_sync/old.py: has no source" in capsys.readouterr().err
    assert run(tree) == 0
    assert not stray.exists()


@pytest.mark.parametrize(
    "line", ["import asyncio", "from threading import Lock", "    import time", "import anyio.abc"]
)
def test_an_import_of_one_world_is_refused_with_file_and_line(tree, capsys, line):
    source = tree / "overlays/ionq_direct/_async/pager.py"
    source.write_text(textwrap.dedent(SOURCE) + line + "\n")
    assert run(tree) == 1
    number = len(source.read_text().splitlines())
    assert f"_async/pager.py:{number}: " in capsys.readouterr().err
    assert not generated(tree).exists()


def test_the_committed_sync_half_is_current():
    done = subprocess.run(
        [sys.executable, "-m", "scripts.sync_from_async", "--check"],
        cwd=sync_from_async.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
