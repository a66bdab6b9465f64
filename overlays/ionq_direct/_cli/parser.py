"""The arguments of every command. May import: the standard library, _cli.exits."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ionq_direct._cli.exits import table

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DELEGATED", "build_parser"]

DELEGATED: Final[dict[str, str]] = {
    "emulator": "run IonQ's cloud on this machine (needs ionq-direct[emulator])",
    "conformance": "check a server against the contract (needs ionq-direct[conformance])",
    "spec": "look at the contract and its drift (needs ionq-direct[conformance])",
}
"""Commands of other packages, which read their own arguments."""

_STATUSES: Final = "submitted, ready, started, completed, failed, canceled"


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print(f"ionq-direct {version('ionq-direct')}")
        parser.exit()


class _KeyOnTheCommandLine(argparse.Action):
    """Refuses the key without repeating it: other users of a machine see command lines."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        parser.error(
            "an API key does not belong on the command line, where others can see it: "
            "set IONQ_API_KEY, or use --api-key-file"
        )


def build_parser() -> argparse.ArgumentParser:
    """The parser of `ionq-direct`."""
    parser = argparse.ArgumentParser(
        prog="ionq-direct",
        description="IonQ's quantum cloud from the command line.",
        epilog=f"The API key is read from IONQ_API_KEY, the address from IONQ_API_URL.\n\n"
        f"exit codes:\n{table()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", nargs=0, action=_Version, help="print the version and exit")
    _common(parser, defaults=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, help_ in {**_READING, **_ACTING, **DELEGATED}.items():
        one = commands.add_parser(name, help=help_, description=f"{help_}.", allow_abbrev=False)
        if name in DELEGATED:
            continue
        _common(one, defaults=False)
        _ARGUMENTS[name](one)
        json_help = "print one line of JSON for each job" if name == "wait" else "print JSON"
        one.add_argument("--json", action="store_true", help=json_help)
    return parser


def _common(parser: argparse.ArgumentParser, *, defaults: bool) -> None:
    """What stands before or after the command. A default after it would undo what is before it."""
    group = parser.add_argument_group("connection")

    def add(name: str, **settings: Any) -> None:
        group.add_argument(name, default=None if defaults else argparse.SUPPRESS, **settings)

    add("--api-key-file", metavar="FILE", help="read the API key from a file (- for stdin)")
    add("--base-url", metavar="URL", help="address of the API, with its version")
    add("--timeout-request", metavar="S", type=float, help="most seconds for one request")
    quiet = False if defaults else argparse.SUPPRESS
    group.add_argument(
        "-q", "--quiet", action="store_true", default=quiet, help="no progress on stderr"
    )
    group.add_argument("--api-key", nargs="?", action=_KeyOnTheCommandLine, help=argparse.SUPPRESS)


# --- What each command takes ---------------------------------------------------------------------

_READING: Final = {
    "whoami": "show the API key in use, its project and the console",
    "backends": "list backends, or show one",
    "jobs": "list jobs, newest first",
    "job": "show a job",
    "results": "show what a completed job produced",
    "cost": "show what a job costs",
    "estimate": "estimate what a job would cost",
    "sessions": "list sessions, or show or end one",
    "usage": "show what an organization used",
    "characterizations": "list a backend's characterizations",
}
_ACTING: Final = {
    "submit": "submit a job",
    "wait": "wait for jobs",
    "cancel": "cancel jobs",
    "delete": "delete jobs with their results, for good",
}


def _whoami(_: argparse.ArgumentParser) -> None:
    pass


def _backends(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="show this one only")


def _submit(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", help="the job as JSON: a file, or - for stdin")
    add("--backend", help="where to run it, instead of what the file says")
    add("--shots", type=int, help="number of shots, instead of what the file says")
    add("--name", help="name of the job, instead of what the file says")
    add("--tag", help="your name for this submission; a job that has it is not submitted again")
    add("--dry-run", action="store_true", help="compile and price it, do not run it")
    add("--no-validate", action="store_true", help="send it as it is")
    add("--wait", action="store_true", help="wait until it has ended")
    _timeout(parser)


def _jobs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--status", help=f"with this status: {_STATUSES}")
    add("--backend", action="append", help="on this backend; repeatable")
    add("--session", metavar="ID", help="in this session")
    add("--parent", metavar="ID", help="parts of this multi-circuit job")
    add("--submitter", metavar="ID", help="submitted by this user")
    add("--limit", type=int, default=25, help="at most so many (default: %(default)s; 0: all)")
    add("--cursor", help="go on from here: the `next` of an earlier list")


def _job(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", help="the job")


def _wait(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="the jobs")
    _timeout(parser)
    parser.add_argument(
        "--cancel-on-exit",
        action="store_true",
        help="cancel what has not ended when waiting ends (timeout, Ctrl-C); by default it goes on",
    )


def _results(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("id", help="the job")
    add("--counts", action="store_true", help="counts instead of probabilities")
    add("--histogram", action="store_true", help="draw bars")
    add("--shots", type=int, help="number of shots, for jobs that tell none (ideal simulator)")
    add("--aggregation", help="how to combine a debiased job's variants: average, voting, dnl")
    add("--timeout", type=float, default=0.0, metavar="S", help="wait so long for it (default: 0)")


def _cost(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", help="the job")


def _estimate(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", nargs="?", help="a job as JSON, whose gates are counted: a file, or - for stdin")
    add("--backend", help="where it would run")
    add("--qubits", type=int, help="number of qubits")
    add("--shots", type=int, help="number of shots")
    add("--gates-1q", type=int, metavar="N", help="one-qubit gates")
    add("--gates-2q", type=int, metavar="N", help="two-qubit gates")
    add("--error-mitigation", action="store_true", default=None, help="with debiasing")


def _cancel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="the jobs")


def _delete(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="the jobs")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _sessions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="show this one only")
    parser.add_argument("--active", action="store_true", help="only those that take jobs")
    parser.add_argument("--end", action="store_true", help="end the session named")


def _usage(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("organization", help="its id, such as com.example")
    add("start", help="first day, such as 2026-09-01")
    add("end", help="last day")
    add("--group-by", choices=["job", "project", "user"], default="project")
    add("--modality", choices=["daily", "weekly", "monthly"], default="monthly")


def _characterizations(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("backend", help="such as qpu.forte-1")
    add("--id", help="show this one only")
    add("--latest", action="store_true", help="show the latest one only")
    add("--start", metavar="DATE", help="not before this")
    add("--end", metavar="DATE", help="not after this")
    add("--limit", type=int, default=10, help="at most so many (default: %(default)s; 0: all)")


def _timeout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--timeout",
        type=float,
        default=300.0,
        metavar="S",
        help="most seconds to wait (default: 300)",
    )


_ARGUMENTS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {
    "whoami": _whoami,
    "backends": _backends,
    "submit": _submit,
    "jobs": _jobs,
    "job": _job,
    "wait": _wait,
    "results": _results,
    "cost": _cost,
    "estimate": _estimate,
    "cancel": _cancel,
    "delete": _delete,
    "sessions": _sessions,
    "usage": _usage,
    "characterizations": _characterizations,
}
