"""Debian's Chromium without a window, spoken to through a pipe (its DevTools protocol).

May import: the standard library. No driver and no websocket: messages are JSON, each ended by a
zero byte, on file descriptors 3 and 4.
"""

from __future__ import annotations

import itertools
import json
import os
import selectors
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Chromium", "chromium_path"]

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
# Deadlines are for a slow machine with other things to do.
_ANSWER_SECONDS = 120.0


def chromium_path() -> str | None:
    """Where Chromium is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class RefusedError(Exception):
    """Chromium could not do what it was asked."""


class Chromium:
    """One browser with one page; use it in a `with` block.

    Attributes:
        problems: Everything the page reported: scripts that failed, what its policy kept out.
    """

    def __init__(self, path: str) -> None:
        self.problems: list[str] = []
        self._path = path
        self._numbers = itertools.count(1)
        self._page: str | None = None
        self._received = b""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            profile = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
            )
            to_browser, self._write = os.pipe()
            self._read, from_browser = os.pipe()
            for end in (self._write, self._read):
                stack.callback(os.close, end)
            # The shell gives the pipe's ends the numbers that the browser expects.
            command = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
            arguments = [self._path, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
            process = subprocess.Popen(
                ["bash", "-c", command, "bash", *arguments],
                pass_fds=(to_browser, from_browser),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            os.close(to_browser)
            os.close(from_browser)
            stack.callback(process.wait)
            stack.callback(process.kill)
            self._attach()
            self._cleanup = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cleanup.close()

    def open(self, url: str) -> None:
        """Load a page, until it is there with its scripts."""
        self._ask("Page.navigate", url=url)
        self.wait(f"document.readyState === 'complete' && location.href.startsWith({url!r})")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, expression: str, *, seconds: float = 120) -> Any:
        """The value of an expression once it is true."""
        deadline = time.monotonic() + seconds
        while True:
            # Between two pages there is nothing to ask.
            with suppress(RefusedError):
                if value := self.evaluate(expression):
                    return value
            assert time.monotonic() < deadline, f"never became true: {expression}"
            time.sleep(0.05)

    # -- the protocol ---------------------------------------------------------------------------

    def _attach(self) -> None:
        targets = self._ask("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._page = self._ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._page is not None:
            message["sessionId"] = self._page
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RefusedError(answer["error"])
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        if event.get("method") in {"Runtime.exceptionThrown", "Log.entryAdded"}:
            self.problems.append(json.dumps(event["params"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            with selectors.DefaultSelector() as selector:
                selector.register(self._read, selectors.EVENT_READ)
                assert selector.select(_ANSWER_SECONDS), "Chromium does not answer"
            part = os.read(self._read, 1 << 16)
            assert part, "Chromium has ended"
            self._received += part
        message, _, self._received = self._received.partition(b"\0")
        return dict(json.loads(message))
