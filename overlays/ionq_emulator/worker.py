"""The process a simulation runs in: reads pickled calls on stdin, answers on stdout.

May import: the standard library (the pickles bring what they need). Run by `workers`, never by
hand. It ends when the server does, however the server ends: stdin is watched while a call runs.
"""

from __future__ import annotations

import os
import pickle
import queue
import sys
import threading
from typing import Any, BinaryIO

__all__ = ["main"]

Call = tuple[Any, tuple[Any, ...], dict[str, Any]]


def main() -> None:
    """Serve calls until stdin ends."""
    # What the simulation prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, calls), daemon=True).start()
    while True:
        function, args, keywords = calls.get()
        try:
            answer = (True, function(*args, **keywords))
        except BaseException as error:  # noqa: BLE001 (whatever it is, the server must hear of it)
            answer = (False, error)
        _answer(answers, answer)


def _read(stream: BinaryIO, calls: queue.SimpleQueue[Call]) -> None:
    while True:
        try:
            calls.put(pickle.load(stream))  # noqa: S301 (from the process that started this one)
        except (EOFError, pickle.UnpicklingError):
            os._exit(0)  # the server is gone: so is the reason to go on computing


def _answer(stream: BinaryIO, answer: tuple[bool, Any]) -> None:
    try:
        text = pickle.dumps(answer, protocol=5)
    except Exception as error:  # noqa: BLE001 (an exception that does not pickle is told as text)
        text = pickle.dumps((False, RuntimeError(f"{answer[1]!r} cannot be sent: {error}")))
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os._exit(0)  # the server is gone, and with it who would want the answer


if __name__ == "__main__":
    main()
