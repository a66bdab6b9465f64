"""Write overlays/ionq_direct/_sync from overlays/ionq_direct/_async: one source, two worlds.

    python -m scripts.sync_from_async            write _sync
    python -m scripts.sync_from_async --check    exit 1 and name each file that differs

Edit only _async. How to write a module there:

1.  Names. `AsyncX` becomes `X`, `async_x` becomes `x`, `_async` becomes `_sync`; `async`/`await`
    go; `__aenter__`, `__aiter__`, `anext`, `asynccontextmanager`, ... become their plain forms.
    `aclose` -> `close`, `aread` -> `read`, `aiter_bytes` -> `iter_bytes`, and of the generated
    client `op.asyncio` -> `op.sync`, `asyncio_detailed` -> `sync_detailed`,
    `get_async_httpx_client` -> `get_httpx_client` (`RENAMED` below is the list).
2.  What differs in kind comes in pairs of one shape from `ionq_direct._concurrency`: import the
    Async half and the rewrite finds the other. `AsyncClock` (`await clock.sleep(s)`),
    `AsyncLock`, `AsyncLimiter`, `AsyncLocal` (per process and loop), `async_deadline`,
    `async_run_many`/`async_settle_many` (bounded, in order; threads in the sync half),
    `async_call` (a user's callback, async or not), `async_in_thread` (files, databases). Add a
    pair there rather than a special case here. So asyncio, threading and time are not imported
    in _async: this script refuses them, with file and line.
3.  Types. A callback's type is `Callable[[str], AsyncReturn[int]]`, never `Awaitable[int]`.
4.  A class that both halves share (a dataclass, an error, a pure function) lives outside of
    _async; otherwise there are two of it.
5.  Inside strings and comments the words `AsyncX`, `async_x`, `aclose`, `async with/for/def` and
    `await ` are rewritten too, so that docstrings read right in both. Keep `await` out of prose:
    write "awaited" or "waits for".
6.  Imports are sorted and unused ones dropped afterwards, then ruff formats: the order of names
    is nothing to care about.

May import: the standard library, unasync (the rewriting) and tokenize_rt (which it builds on).
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tokenize_rt
import unasync

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path("overlays/ionq_direct")

RENAMED = {
    "_async": "_sync",
    "AsyncByteStream": "SyncByteStream",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "aclose": "close",
    "aclosing": "closing",
    "aiter": "iter",
    "aiter_bytes": "iter_bytes",
    "aiter_lines": "iter_lines",
    "aiter_raw": "iter_raw",
    "anext": "next",
    "aread": "read",
    "asyncio": "sync",
    "asyncio_detailed": "sync_detailed",
    "enter_async_context": "enter_context",
    "get_async_httpx_client": "get_httpx_client",
    "set_async_httpx_client": "set_httpx_client",
    "handle_async_request": "handle_request",
    "push_async_callback": "callback",
    "push_async_exit": "push",
}
"""Beside the prefixes of convention 1, and what unasync renames by itself."""

_PREFIX = re.compile(r"Async(?=[A-Z])|async_(?=[a-z])")
_NAME = re.compile(r"\b(?:Async[A-Z]|async_[a-z])\w*")
_ONE_WORLD = re.compile(r"^\s*(?:import|from)\s+(asyncio|threading|time|anyio)\b")
_KEYWORD = re.compile(r"\basync (?=with\b|for\b|def\b)|\bawait ")
# In prose the module asyncio is meant, not the generated function.
_WORD = re.compile(r"\b(?:" + "|".join(sorted(set(RENAMED) - {"asyncio"})) + r")\b")


class ConventionError(Exception):
    """A source breaks a convention; the message names file and line."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 1 when something differs or is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 on a difference"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root: Path = options.root
    try:
        wanted = rewritten(root)
    except ConventionError as error:
        print(error, file=sys.stderr)
        return 1
    differing = differences(root, wanted)
    if options.check:
        for line in differing.values():
            print(line, file=sys.stderr)
        return 1 if differing else 0
    for path in differing:
        write(root / path, wanted.get(path))
        print(path)
    return 0


def rewritten(root: Path) -> dict[Path, str]:
    """The text that each file of _sync should have, by its path relative to the root.

    Raises:
        ConventionError: A source imports what exists in one of the two worlds only.
    """
    sources = sorted((root / PACKAGE / "_async").rglob("*.py"))
    for source in sources:
        check_conventions(source, source.relative_to(root))
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory).resolve()
        # The package around them, so that ruff tells our own imports from others' as it does here.
        (copy / PACKAGE).mkdir(parents=True)
        (copy / PACKAGE / "__init__.py").touch()
        shutil.copytree(root / PACKAGE / "_async", copy / PACKAGE / "_async")
        rewrite(copy, [source.relative_to(root) for source in sources])
        format_with_ruff(copy / PACKAGE / "_sync")
        paths = [_sync_path(source.relative_to(root)) for source in sources]
        return {path: (copy / path).read_text(encoding="utf-8") for path in paths}


def check_conventions(source: Path, shown: Path) -> None:
    """Refuse imports that cannot be rewritten.

    Raises:
        ConventionError: There is one.
    """
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        found = _ONE_WORLD.match(line)
        if found:
            raise ConventionError(
                f"{shown}:{number}: {found[1]} exists in one world only; "
                "use a pair of ionq_direct._concurrency"
            )


def rewrite(directory: Path, sources: list[Path]) -> None:
    """Rewrite the sources below the directory, giving each result its header."""
    names = {
        name
        for source in sources
        for name in _NAME.findall((directory / source).read_text("utf-8"))
    }
    replacements = {name: _PREFIX.sub("", name, count=1) for name in names} | RENAMED
    rule = unasync.Rule(fromdir="/_async/", todir="/_sync/", additional_replacements=replacements)
    unasync.unasync_files([str(directory / source) for source in sources], [rule])
    for source in sources:
        target = directory / _sync_path(source)
        header = f"# Generated from {source.as_posix()} by scripts.sync_from_async. Do not edit.\n"
        target.write_text(header + _with_texts_renamed(target.read_text("utf-8")), encoding="utf-8")


def _with_texts_renamed(code: str) -> str:
    """The code with the names in its strings and comments renamed as well."""
    tokens = tokenize_rt.src_to_tokens(code)
    renamed: str = tokenize_rt.tokens_to_src(
        token._replace(src=_text_renamed(token.src))
        if token.name in {"STRING", "COMMENT", "FSTRING_MIDDLE"}
        else token
        for token in tokens
    )
    return renamed


def _text_renamed(text: str) -> str:
    text = _KEYWORD.sub("", text)
    text = _WORD.sub(lambda found: RENAMED[found[0]], text)
    return _NAME.sub(lambda found: _PREFIX.sub("", found[0], count=1), text)


def format_with_ruff(directory: Path) -> None:
    """Sort imports, drop those that only the async half uses, and format."""
    settings = ["--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    for command in (["check", "--fix", "--select", "I,F401"], ["format"]):
        subprocess.run(
            [sys.executable, "-m", "ruff", *command, *settings, str(directory)], check=True
        )


def differences(root: Path, wanted: dict[Path, str]) -> dict[Path, str]:
    """What is to be said about each file of _sync that is not as it should be."""
    found: dict[Path, str] = {}
    for path, text in wanted.items():
        if not (root / path).exists():
            found[path] = f"{path}: missing; run python -m scripts.sync_from_async"
        elif (root / path).read_text(encoding="utf-8") != text:
            found[path] = f"{path}: differs from its source; run python -m scripts.sync_from_async"
    for present in sorted((root / PACKAGE / "_sync").rglob("*.py")):
        path = present.relative_to(root)
        if path not in wanted:
            found[path] = f"{path}: has no source in _async"
    return found


def write(path: Path, text: str | None) -> None:
    """Give the file its text; None removes it."""
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _sync_path(source: Path) -> Path:
    return Path(*("_sync" if part == "_async" else part for part in source.parts))


if __name__ == "__main__":
    sys.exit(main())
