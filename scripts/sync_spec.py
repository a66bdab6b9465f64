"""Follow a later edition of the contract: structure, patches, lock, generated code, report.

Either all of it is done or nothing. May import: the other scripts, ionq_conformance.spec.

    python -m scripts.sync_spec                    # from the URL in openapi/lock.toml
    python -m scripts.sync_spec --spec later.json  # from a path or another URL
"""

from __future__ import annotations

import argparse
import copy
import datetime
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ionq_conformance.spec.analysis import report_on
from ionq_conformance.spec.diff import compare
from ionq_conformance.spec.documents import HTTP_METHODS, DocumentError, parse
from ionq_conformance.spec.examples import drop_unfit
from ionq_conformance.spec.keeping import (
    Keep,
    Wish,
    draft,
    keep,
    next_number,
    removed,
    write_keeps,
)
from ionq_conformance.spec.merge import Merged, merge, read_yaml, write_yaml
from ionq_conformance.spec.overlay import Overlay, apply, load_overlays
from ionq_conformance.spec.patches import Settled, settle, write_settled
from ionq_conformance.spec.report import Report
from ionq_conformance.spec.source import Source, fetch, read_document
from ionq_conformance.spec.surface import breakages
from scripts import lock, paths, programs
from scripts.generate import GenerationError, generate_vendored

REPORTS = paths.OPENAPI / "reports"


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is to be followed: a document as it was got, in OpenAPI 3.0, and what that lost."""

    vendored: lock.Document
    source: Source
    day: str
    document: dict[str, Any]
    lost: list[str]


@dataclass(slots=True)
class _Update:
    """One update while it is being made."""

    edition: _Edition
    old: dict[str, Any]
    new: dict[str, Any]
    text: str
    merged: Merged
    before: list[Overlay]
    settled: Settled
    notes: list[str]
    patched: dict[str, Any]
    keeps: list[Keep]
    lost: list[Keep]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when the repository follows the document, 1 when it was refused."""
    options = _parser().parse_args(argv)
    try:
        wishes = [Wish.parse(one) for one in options.keep]
        _sync(options.spec, options.document, options.published, wishes)
    except (DocumentError, GenerationError, OSError) as error:
        print(f"sync-spec: {error}\nsync-spec: nothing was changed", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make sync-spec", description=__doc__.splitlines()[0])
    parser.add_argument("--spec", help="path or URL; default: the source in openapi/lock.toml")
    parser.add_argument("--document", help="the version it replaces; default: by what it says")
    parser.add_argument(
        "--published",
        type=datetime.date.fromisoformat,
        help="the day of the edition; default: what the server says, else today",
    )
    parser.add_argument(
        "--keep",
        metavar="OPERATION[=REPLACEMENT]",
        action="append",
        default=[],
        help="keep an operation alive that is gone, now or since an earlier edition; repeatable",
    )
    return parser


def _sync(
    spec: str | None, version: str | None, published: datetime.date | None, wishes: list[Wish]
) -> None:
    documents = lock.read().documents
    chosen = next((d for d in documents if d.version == version), documents[0])
    source = fetch(spec or chosen.source)
    new, lost = read_document(source)
    vendored = _replaced(new, version)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    day = published.isoformat() if published else source.published or today.isoformat()
    update = _prepared(_Edition(vendored, source, day, new, lost), wishes)
    if update.text == vendored.path.read_text(encoding="utf-8") and not _moved(update):
        print(f"{vendored.path.name} has this structure already: nothing to do")
        return
    with _all_or_nothing(), tempfile.TemporaryDirectory() as scratch:
        package = paths.GENERATED.joinpath(*vendored.package.split("."))
        kept = Path(scratch) / "old" / package.name
        shutil.copytree(package, kept)
        _write(update)
        generate_vendored(force=False, skip_dead=False)
        report = _reported(update, kept, package)
        REPORTS.mkdir(exist_ok=True)
        target = _report_path(update)
        target.write_text(report.markdown(), encoding="utf-8")
    report.show()
    print(f"\nreport: {target.relative_to(paths.ROOT)}")
    print(f"proposed version: {report.next_version}")


def _replaced(new: dict[str, Any], version: str | None) -> lock.Document:
    """The vendored document that a later edition is of."""
    known = {d.version: d for d in lock.read().documents}
    said = version or lock.version_of(new, known)
    if said not in known:
        raise DocumentError(
            f"of which document is this an edition? --document takes one of {', '.join(known)}"
        )
    return known[said]


def _prepared(edition: _Edition, wishes: list[Wish]) -> _Update:
    """Everything that can be found out before anything is written."""
    vendored, new = edition.vendored, edition.document
    before = vendored.path.read_text(encoding="utf-8")
    old = parse(before, str(vendored.path))
    overlays = load_overlays(vendored.patches)
    patched, dead = apply(old, overlays)
    if dead:
        raise GenerationError(f"patches are dead before anything changed: {dead[0]}")
    tree = read_yaml(before)
    merged = merge(tree, new, compare(old, new), patched)
    notes = [f"left out, as OpenAPI 3.0 has no such thing: {one}" for one in edition.lost]
    notes += [f"this example of ours no longer fits and went: {one}" for one in drop_unfit(tree)]
    text = write_yaml(tree)
    if text != before:
        _date(tree, _published(vendored), edition.day)
        text = write_yaml(tree)
    plain = parse(text, str(vendored.path))
    settled = settle(plain, overlays, old, _fault)
    lost = removed(patched, settled.patched)
    gone = [draft(one, patched, settled.patched, edition.day) for one in lost]
    keeps = _kept(wishes, patched, settled.patched, edition)
    if keeps:
        settled = settle(plain, [*overlays, *(one.overlay for one in keeps)], old, _fault)
        _refuse_dead(keeps, settled)
    names = {one.operation for one in keeps}
    left = [one for one in gone if one.operation not in names]
    return _Update(
        *(edition, old, plain, text, merged, overlays, settled, notes, patched, keeps, left),
    )


def _kept(
    wishes: list[Wish], old: dict[str, Any], new: dict[str, Any], edition: _Edition
) -> list[Keep]:
    """The patches that keep operations alive, numbered after those that are there."""
    folder, day = edition.vendored.patches, edition.day
    first = next_number(folder)
    return [keep(wish, old, new, day, folder, first + number) for number, wish in enumerate(wishes)]


def _refuse_dead(keeps: list[Keep], settled: Settled) -> None:
    names = {one.overlay.name: one.operation for one in keeps}
    for dead in (*settled.conflicts, *settled.mended):
        if dead.patch in names:
            raise DocumentError(f"{names[dead.patch]} cannot be kept alive: {dead.why}")


def _fault(document: dict[str, Any]) -> str:
    """The first thing that makes a document invalid."""
    from openapi_spec_validator import OpenAPIV30SpecValidator  # noqa: PLC0415  slow to import

    error = next(iter(OpenAPIV30SpecValidator(copy.deepcopy(document)).iter_errors()), None)
    return "" if error is None else str(error.message)[:200]


def _date(tree: Any, old: str | None, new: str) -> None:
    """Our description says which edition this is."""
    words = tree["info"].get("description")
    if old and words is not None and old in words:
        tree["info"]["description"] = type(words)(words.replace(old, new))


def _published(vendored: lock.Document) -> str | None:
    entry = tomllib.loads(paths.LOCK.read_text(encoding="utf-8"))["documents"][vendored.version]
    return str(entry["published"]) if "published" in entry else None


def _moved(update: _Update) -> bool:
    return bool(update.keeps) or [o.actions for o in update.before] != [
        o.actions for o in update.settled.overlays
    ]


def _write(update: _Update) -> None:
    edition = update.edition
    vendored = edition.vendored
    vendored.path.write_text(update.text, encoding="utf-8", newline="\n")
    write_settled(vendored.patches, update.settled, update.before)
    write_keeps(vendored.patches, update.keeps, update.lost)
    lock.write_edition(vendored.version, edition.day, lock.sha256(edition.source.data))


def _reported(update: _Update, kept: Path, package: Path) -> Report:
    vendored = update.edition.vendored
    outcome = programs.compared(kept, package)
    report = report_on(
        f"{vendored.version}: {_published_before(update)} -> {update.edition.day}",
        update.old,
        update.new,
        overlays=paths.ROOT / "overlays",
        package=vendored.package,
        patched=(update.patched, update.settled.patched),
        faults=outcome.overlays,
    )
    report.mended, report.conflicts = update.settled.mended, update.settled.conflicts
    report.wordless = update.merged.wordless
    report.notes += update.notes + list(_untagged(update.settled.patched))
    report.interface = breakages(kept, package)
    report.programs = outcome.programs
    report.kept = {one.operation: one.overlay.name for one in update.keeps}
    report.lost = [one.operation for one in update.lost]
    report.version = programs.project_version()
    return report


def _published_before(update: _Update) -> str:
    words = update.old["info"].get("description", "")
    return "the vendored edition" if update.edition.day in words else "an earlier edition"


def _untagged(patched: dict[str, Any]) -> Iterator[str]:
    for path, item in patched["paths"].items():
        for method, operation in item.items():
            if method in HTTP_METHODS and not operation.get("tags"):
                yield f"no tag, and so in the package `default`: {method} {path}"


def _report_path(update: _Update) -> Path:
    """A file of its own for each edition, also for two on one day."""
    name = f"{update.edition.vendored.version}-{update.edition.day}"
    taken = {path.name for path in REPORTS.glob(f"{name}*.md")}
    names = (f"{name}{f'-{number}' if number > 1 else ''}.md" for number in range(1, 1000))
    return REPORTS / next(one for one in names if one not in taken)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Put openapi/ and generated/ back as they were if anything fails."""
    with tempfile.TemporaryDirectory(dir=paths.ROOT, prefix=".syncing-") as scratch:
        rooms = (paths.OPENAPI, paths.GENERATED)
        for room in rooms:
            shutil.copytree(room, Path(scratch) / room.name)
        try:
            yield
        except BaseException:
            for room in rooms:
                shutil.rmtree(room)
                shutil.copytree(Path(scratch) / room.name, room)
            raise


if __name__ == "__main__":
    sys.exit(main())
