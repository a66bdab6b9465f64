"""The command line: `ionq-direct emulator`, or `python -m ionq_emulator`.

May import: the server and settings. The only module that prints.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from typing import TYPE_CHECKING

from ionq_emulator.server import Emulator, serve
from ionq_emulator.settings import Progress
from ionq_emulator.store import DatabaseInUseError
from ionq_emulator.workplace import ExecutorUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "parser"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run an emulator until it is told to stop.

    Args:
        argv: Arguments; default: the process's.

    Returns:
        0 after a normal end, 1 when it could not start.
    """
    options = parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    progress = options.progress or ("time" if options.speed is not None else "instant")
    try:
        emulator = Emulator(
            database=options.database,
            seed=options.seed,
            speed=1.0 if options.speed is None else options.speed,
            progress=Progress.parse(progress),
            api_keys=options.api_key,
            workers=options.workers,
            memory_bytes=options.memory,
            executor=options.executor,
            check_responses=options.check_responses,
            queue_ms=dict(options.queue),
            host=options.host,
            port=options.port,
            control=options.control or None,
        )
        _ = emulator.cloud  # opens the database
    except (DatabaseInUseError, ExecutorUnavailableError, ValueError) as error:
        sys.stderr.write(f"ionq-direct emulator: {error}\n")
        return 1
    # As Ctrl+C: stop accepting, close the database, end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serve(emulator, announce=_announce)
    except OSError as error:
        sys.stderr.write(f"ionq-direct emulator: {error}\n")
        return 1
    except KeyboardInterrupt:
        pass
    finally:
        emulator.stop()
    return 0


def _announce(url: str) -> None:
    sys.stdout.write(f"IonQ emulator on {url}\n")
    sys.stdout.flush()


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="ionq-direct emulator", description="IonQ's cloud on your own machine."
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add(
        "--port", type=int, default=8000, help="port to listen on, 0 for any (default: %(default)s)"
    )
    add("--database", metavar="FILE", help="SQLite file to keep jobs in (default: memory)")
    add("--seed", type=int, default=0, help="ids, sampling and noise follow from it")
    add("--speed", type=float, help="emulated seconds per second; implies --progress time")
    add("--progress", metavar="MODE", help="when jobs move: instant (default), time, polls:N")
    add(
        "--api-key",
        action="append",
        default=[],
        metavar="KEY",
        help="accept this key only; repeatable (default: any key, each its own project)",
    )
    add("--workers", type=int, help="simulations at once (default: one per core)")
    add(
        "--memory",
        type=_gibibytes,
        metavar="GIB",
        help="what simulations may use together (default: three quarters of what is free)",
    )
    add(
        "--executor",
        metavar="dask://HOST:PORT",
        help="run simulations on a Dask cluster (default: in processes of its own)",
    )
    add(
        "--queue",
        action="append",
        type=_queue,
        default=[],
        metavar="BACKEND=SECONDS",
        help="how long new jobs wait on a backend; repeatable",
    )
    add(
        "--control",
        action="store_true",
        help="serve /_emulator/ and the page at / even when listening beyond this machine",
    )
    add("--check-responses", action="store_true", help="check every answer against the contract")
    return parser


def _gibibytes(text: str) -> int:
    number = float(text)
    if not 0 < number < 1 << 20:
        raise argparse.ArgumentTypeError(f"{text} GiB is not above 0, or more than there is")
    return int(number * 2**30)


def _queue(text: str) -> tuple[str, int]:
    name, _, seconds = text.partition("=")
    return name, round(float(seconds) * 1000)
