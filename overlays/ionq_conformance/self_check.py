"""Does the suite catch a server that misbehaves? A run against each mistake, one against none.

May import: uvicorn and the emulator (by name, on use: extras), this package.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from rich.console import Console

from ionq_conformance import interrupts, session
from ionq_conformance.contract import load
from ionq_conformance.exits import Exit
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import Fuzz
from ionq_conformance.misbehaviour import MISBEHAVIOURS, Misbehaving
from ionq_conformance.profiles import PROFILES
from ionq_conformance.session import Plan, Target

__all__ = ["Catch", "check", "main", "misbehaving_server"]

_KEYS: Final = ("self-check-key", "self-check-key-of-another-project")
_SEED: Final = 20
# Where jobs move one state at each look, all states are seen.
_PROGRESS: Final = "polls:1"
_STOP_SECONDS: Final = 10.0
_WAIT_SECONDS: Final = 3.0
_CUT: Final = Fuzz(max_examples=5, seed=_SEED, phases=("examples", "coverage"), stop_at=1)


@dataclass(frozen=True, slots=True)
class Catch:
    """What the suite made of one misbehaviour.

    Attributes:
        name: The misbehaviour; empty: none, and nothing must be found.
        found: Operation and check of each failure.
        errors: What kept the suite from its work.
        seconds: How long it took.
    """

    name: str
    found: tuple[str, ...]
    errors: tuple[str, ...]
    seconds: float


@contextlib.contextmanager
def misbehaving_server(name: str) -> Generator[str]:
    """An emulator that misbehaves, listening on loopback; yields its base URL.

    Raises:
        ModuleNotFoundError: The extra `emulator` is not installed.
    """
    uvicorn = import_module("uvicorn")
    threads = ThreadPoolExecutor(1)  # two qubits need no process of their own
    emulator: Any = import_module("ionq_emulator").Emulator(
        progress=_PROGRESS, seed=_SEED, executor=threads
    )
    # With the protocol named, asyncio turns Nagle's algorithm off: 40 ms a request otherwise.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    with threads, contextlib.closing(made) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        config = uvicorn.Config(
            Misbehaving(emulator.app, name),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v0.4"
        finally:
            server.should_exit = True
            thread.join(_STOP_SECONDS)
            emulator.stop()


def check(name: str) -> Catch:
    """Run the suite against one misbehaviour, until it is caught."""
    findings = Findings()
    profile = PROFILES["full"]
    with misbehaving_server(name) as url:
        target = Target(url, *_KEYS)
        plan = Plan(profile, None, wait=_WAIT_SECONDS, contract=load())
        session.run(target, plan, findings)
        if not findings.failures and not findings.interrupted:
            session.run(target, Plan(profile, _CUT, scenarios=False), findings)
    if findings.interrupted:  # the whole check, not one of its runs
        raise KeyboardInterrupt
    found = tuple(f"{one.operation}: {one.check}" for one in findings.failures)
    return Catch(name, found, tuple(findings.errors), findings.seconds)


def main(console: Console, only: Iterable[str] | None = None) -> int:
    """Print what was caught by which check, and the rate.

    Returns:
        0 when every misbehaviour is caught and a server that behaves is not blamed.
    """
    logging.getLogger("ionq_emulator").setLevel(logging.CRITICAL)
    names = list(only or MISBEHAVIOURS)
    unknown = [name for name in names if name not in MISBEHAVIOURS]
    if unknown:
        console.print(f"no such misbehaviour: {', '.join(unknown)}", markup=False)
        return Exit.USAGE
    with interrupts.noticed() as look:
        return _check_all(names, console, look)


def _check_all(names: list[str], console: Console, look: Callable[[], None]) -> int:
    innocent = check("")
    wrong = [*innocent.found, *innocent.errors]
    console.print(f"{'none':<34} {'blamed: ' + ', '.join(wrong) if wrong else 'not blamed'}")
    caught = 0
    for name in names:
        look()
        catch = check(name)
        found = [one for one in catch.found if one not in innocent.found]
        caught += bool(found)
        by = found[0] if found else "NOT CAUGHT"
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        console.print(f"{name:<34} {by}{more}  ({catch.seconds:.1f} s)", markup=False)
    console.print(f"catch rate {caught} of {len(names)}")
    return Exit.OK if caught == len(names) and not wrong else Exit.FAILURES
