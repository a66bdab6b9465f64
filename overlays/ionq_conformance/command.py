"""The command `ionq-direct conformance`.

May import: everything of this package; the emulator in a process of its own, by its command.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import requests
from rich.console import Console

from ionq_conformance import baseline, client, reports, session, terminal
from ionq_conformance.contract import load
from ionq_conformance.exits import Exit
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import PHASES, Fuzz
from ionq_conformance.profiles import PROFILES, Profile, is_loopback
from ionq_conformance.proposal import recording
from ionq_conformance.session import Plan, Target

__all__ = ["main"]

_KEY_VARIABLE: Final = "IONQ_API_KEY"
_SECOND_KEY_VARIABLE: Final = "IONQ_API_KEY_2"
_URL_VARIABLE: Final = "IONQ_API_URL"
_PHASES: Final = ("scenarios", client.PHASE, *PHASES)
_EMULATOR_KEYS: Final = ("conformance-key", "conformance-key-of-another-project")

_EPILOG: Final = """\
exit codes:
    0  no failures but those the baseline accepts
    1  failures
    2  the command line is wrong
    3  no API key, a bad setting, a file that cannot be written, or an extra not installed
    9  the server does not answer
   15  the suite could not do all its work, nothing was tested, or a job is left behind
  130  interrupted (Ctrl-C); what was found until then is reported
The key is read from IONQ_API_KEY, that of another project from IONQ_API_KEY_2."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Arguments; default: the process's.

    Returns:
        The exit code; see `--help`.
    """
    options = _parser().parse_args(argv)
    # A log has no width of its own: one in which the table fits.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)
    if options.self_check:
        from ionq_conformance.self_check import main as self_check

        return self_check(console, only=options.mutation)
    # As Ctrl-C, so that nothing is left behind.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _target(options) as target:
            return _run(options, target, console)
    except _SettingError as error:
        print(f"ionq-direct conformance: {error}", file=sys.stderr)
        return error.code
    except baseline.BaselineError as error:
        print(f"ionq-direct conformance: {error}", file=sys.stderr)
        return Exit.CONFIGURATION
    finally:
        signal.signal(signal.SIGTERM, before)


class _SettingError(Exception):
    """The run cannot begin; the message says why."""

    def __init__(self, message: str, code: Exit = Exit.CONFIGURATION) -> None:
        super().__init__(message)
        self.code = code


def _run(options: argparse.Namespace, target: Target, console: Console) -> int:
    plan = _plan(options)
    accepted = baseline.read(options.baseline) if _has_baseline(options) else []
    findings = Findings(accepted)
    for path in _written(options):
        _require_writable(path)
    console.print(
        f"{target.url}: profile {plan.profile.name}"
        + (f", at most {plan.per_second:g} requests/s" if plan.per_second else "")
        + (f", seed {plan.fuzz.seed}" if plan.fuzz else "")
    )
    with recording(options.record_deviations) as record:
        with terminal.Progress(console, findings) as progress:
            read = record.reader.read
            session.run(target, plan, findings, progress=progress.at, on_answer=read)
        findings.patch = record.proposal(plan.contract)
    if not findings.cases and not findings.interrupted:
        findings.error("nothing was tested: the profile leaves nothing of these phases")
    if options.update_baseline:
        _update_baseline(options.baseline, findings)
    _report(options, findings, target, plan.profile)
    terminal.summary(console, findings)
    terminal.proposal(console, findings.patch, options.patch, options.record_deviations)
    return _exit_code(findings, accept=options.update_baseline)


def _update_baseline(path: Path, findings: Findings) -> None:
    """Accept what fails now; a run that was cut short has not seen all of it."""
    if findings.interrupted or findings.errors:
        findings.error(f"{path} is as it was: the run was not complete")
        return
    baseline.write(path, [*findings.accepted, *findings.failures])


def _exit_code(findings: Findings, *, accept: bool) -> int:
    if findings.interrupted:
        return Exit.INTERRUPTED
    if findings.failures and not accept:
        return Exit.FAILURES
    return Exit.INCOMPLETE if findings.errors else Exit.OK


def _report(
    options: argparse.Namespace, findings: Findings, target: Target, profile: Profile
) -> None:
    written: tuple[tuple[Path | None, Callable[[], str]], ...] = (
        (options.report_html, lambda: reports.as_html(findings, target.url, profile.name)),
        (options.junit, lambda: reports.as_junit(findings)),
        (options.json, lambda: reports.as_json(findings, target.url, profile.name)),
        (options.patch, lambda: findings.patch.overlay),
    )
    for path, text in written:
        if path is not None and (written_text := text()):
            path.write_text(written_text, encoding="utf-8")


def _written(options: argparse.Namespace) -> Iterator[Path]:
    """The files that a run writes."""
    named = (options.report_html, options.junit, options.json, options.patch)
    yield from filter(None, (*named, options.record_deviations))
    if options.update_baseline and options.baseline is not None:
        yield options.baseline


def _require_writable(path: Path) -> None:
    """Find out before the run, not after it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _SettingError(f"{path} cannot be written: {error.strerror}") from error
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _SettingError(f"{path} cannot be written")


def _has_baseline(options: argparse.Namespace) -> bool:
    if options.baseline is None:
        if options.update_baseline:
            raise _SettingError("--update-baseline needs --baseline: the file to write")
        return False
    return not options.update_baseline or options.baseline.exists()


def _plan(options: argparse.Namespace) -> Plan:
    profile = PROFILES[options.profile]
    per_second = profile.per_second if options.rate is None else options.rate
    examples = profile.max_examples if options.max_examples is None else options.max_examples
    seed = random.SystemRandom().getrandbits(32) if options.seed is None else options.seed
    phases: tuple[str, ...] = tuple(options.phase or _PHASES)
    inputs = profile.client_examples if options.max_examples is None else options.max_examples
    fuzz = Fuzz(
        max_examples=examples,
        seed=seed,
        phases=tuple(phase for phase in PHASES if phase in phases),
        operations=tuple(map(_operation, options.operation)),
    )
    return Plan(
        profile=profile,
        fuzz=fuzz,
        scenarios="scenarios" in phases,
        client=inputs if client.PHASE in phases else 0,
        per_second=per_second or None,
        max_jobs=profile.max_jobs if options.max_jobs is None else options.max_jobs,
        contract=load(),
    )


def _operation(name: str) -> str:
    """The `operationId`, however it is spelled."""
    found = load().named(name)
    if found is None:
        known = ", ".join(load().operations)
        raise _SettingError(f"--operation {name}: the document has {known}", Exit.USAGE)
    return found.operation_id


# -- what is tested -------------------------------------------------------------------------------


@contextlib.contextmanager
def _target(options: argparse.Namespace) -> Generator[Target]:
    """The server that the options name, or an emulator started for the run."""
    if options.emulator:
        with _emulator() as started:
            yield Target(started, *_EMULATOR_KEYS)
        return
    url = str(options.base_url or os.environ.get(_URL_VARIABLE, ""))
    if not url:
        raise _SettingError(f"which server? give --base-url, set {_URL_VARIABLE}, or --emulator")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise _SettingError(f"--base-url {url}: must be an http(s) URL with a host and the version")
    if options.profile == "full" and not is_loopback(url) and not options.i_own_this_server:
        raise _SettingError(
            "--profile full sends everything, cancels and deletes, and "
            f"{urlsplit(url).hostname} is not this machine: if it may, say --i-own-this-server",
            Exit.USAGE,
        )
    key = os.environ.get(_KEY_VARIABLE, "").strip()
    if not key:
        raise _SettingError(f"no API key: set {_KEY_VARIABLE}")
    _require_answer(url)
    yield Target(url.rstrip("/"), key, os.environ.get(_SECOND_KEY_VARIABLE) or None)


def _require_answer(url: str) -> None:
    try:
        requests.get(f"{url.rstrip('/')}/backends", timeout=10, allow_redirects=False)
    except requests.RequestException as error:
        reason = type(error).__name__
        raise _SettingError(f"{url} does not answer: {reason}", Exit.UNAVAILABLE) from error


@contextlib.contextmanager
def _emulator() -> Generator[str]:
    """An emulator in a process of its own, told to check its answers, too."""
    command = [sys.executable, "-m", "ionq_emulator", "--port", "0"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is ours: jobs are cleaned up before the server goes
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise _SettingError("the emulator did not start: pip install 'ionq-direct[emulator]'")
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


# -- options --------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ionq-direct conformance",
        description="Does a server do what the document says, does the client send and understand "
        "what it allows, and which patch would make them agree?",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--base-url", metavar="URL", help=f"the server, with the version (or {_URL_VARIABLE})")
    add("--emulator", action="store_true", help="start the emulator and test that")
    add(
        "--profile",
        choices=list(PROFILES),
        default="read-only",
        help="read-only: GET only; simulator: also jobs on the free simulator, deleted afterwards; "
        "full: everything, on a server of your own (default: %(default)s)",
    )
    add("--i-own-this-server", action="store_true", help="let `full` loose beyond this machine")
    add("--max-jobs", type=_count, metavar="N", help="most jobs to create (simulator: 40)")
    add("--rate", type=_rate, metavar="N", help="most requests a second; 0: no limit")
    add(
        "--max-examples",
        type=_positive,
        metavar="N",
        help="generated cases for an operation in each phase",
    )
    add("--seed", type=int, metavar="N", help="of the generator, to repeat a run")
    add("--operation", action="append", default=[], metavar="ID", help="generate only for this one")
    add("--phase", action="append", choices=_PHASES, help="run only this phase")
    add("--baseline", type=Path, metavar="FILE", help="failures that are accepted")
    add("--update-baseline", action="store_true", help="accept what fails now: write the file")
    add("--report-html", type=Path, metavar="FILE", help="write a page that needs nothing else")
    add("--junit", type=Path, metavar="FILE", help="write JUnit XML")
    add("--json", type=Path, metavar="FILE", help="write everything as JSON")
    add(
        "--record-deviations",
        type=Path,
        metavar="FILE",
        help="append where answers deviate from the document, for `ionq-direct spec drift`",
    )
    add(
        "--patch",
        type=Path,
        metavar="FILE",
        help="write the OpenAPI Overlay that would make the document agree with the answers",
    )
    add("--self-check", action="store_true", help="does the suite catch a server that misbehaves?")
    add("--mutation", action="append", metavar="NAME", help="with --self-check: only this one")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return number


def _positive(text: str) -> int:
    if _count(text) == 0:
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def _rate(text: str) -> float:
    number = float(text)
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no number of requests a second")
    return number
