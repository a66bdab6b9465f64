"""Runs one command and turns what becomes of it into an exit code.

May import: the rest of _cli; the library on use, so that `--help` stays quick.
"""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from importlib import import_module
from typing import Final

from ionq_direct._cli.exits import Exit, exit_of
from ionq_direct._cli.parser import DELEGATED, build_parser

__all__ = ["run"]

_HOMES: Final = {
    "emulator": ("ionq_emulator.command", "emulator"),
    "conformance": ("ionq_conformance.command", "conformance"),
    "spec": ("ionq_conformance.spec_command", "conformance"),
}
"""Module with `main(argv)`, and the extra that brings it."""


def run(argv: list[str]) -> int:
    """Run the command that the arguments name.

    Returns:
        The exit code.
    """
    try:
        code = _delegate(argv[0], argv[1:]) if argv and argv[0] in DELEGATED else _own(argv)
        sys.stdout.flush()  # here, where a closed pipe can be dealt with
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough of it (`| head`). Nothing more can be written, not
        # even by the interpreter when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    return code


def _own(argv: list[str]) -> int:
    options = _parsed(argv)
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s", stream=sys.stderr)
    return _run(options)


def _parsed(argv: list[str]) -> Namespace:
    """The options. What is unknown is told by name only: its value may be a key."""
    parser = build_parser()
    options, unknown = parser.parse_known_args(argv)
    if unknown:
        names = [text.partition("=")[0] for text in unknown if text.startswith("-")]
        parser.error(f"unknown option: {', '.join(names)}" if names else "too many arguments")
    if options.command in DELEGATED:
        parser.error(f"{options.command} reads its own options: ionq-direct {options.command} ...")
    return options


def _run(options: Namespace) -> int:
    from ionq_direct._cli.commands import COMMANDS  # noqa: PLC0415 - --help does without
    from ionq_direct.errors import IonQError  # noqa: PLC0415

    try:
        return COMMANDS[options.command](options)
    except IonQError as error:
        print(f"ionq-direct: {error}", file=sys.stderr)
        for note in getattr(error, "__notes__", ()):
            print(f"  {note}", file=sys.stderr)
        return exit_of(error)


def _delegate(command: str, argv: list[str]) -> int:
    """Run a command of another package, if it is installed."""
    module, extra = _HOMES[command]
    try:
        main = import_module(module).main
    except ModuleNotFoundError as error:
        print(
            f"ionq-direct {command}: {error.name} is not installed: "
            f"pip install 'ionq-direct[{extra}]'",
            file=sys.stderr,
        )
        return Exit.CONFIGURATION
    return int(main(argv) or 0)
