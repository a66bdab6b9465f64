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
from ionq_conformance.spec.documents import DocumentError, parse
from ionq_conformance.spec.examples import drop_unfit
from ionq_conformance.spec.keeping import (
    Keep,
    Wish,
    draft,
    keep,
    kept,
    removed,
    write_keeps,
)
from ionq_conformance.spec.merge import Merged, merge, read_yaml, write_yaml
from ionq_conformance.spec.overlay import Overlay, apply, load_overlays
from ionq_conformance.spec.patches import NewPatch, Settled, next_number, settle, write_settled
from ionq_conformance.spec.report import Report
from ionq_conformance.spec.source import Source, fetch, read_document
from ionq_conformance.spec.surface import breakages
from ionq_conformance.spec.tagging import tag_patch, tags_for
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


@dataclass(frozen=True, slots=True)
class _Added:
    """The patches that the update writes anew.

    Attributes:
        keeps: They keep operations alive.
        drafts: They could, and are put aside.
        tags: The tags of new operations that have none, by method and path.
        tagging: The patch that gives them.
    """

    keeps: list[Keep]
    drafts: list[Keep]
    tags: dict[str, str]
    tagging: NewPatch | None

    @property
    def patches(self) -> list[NewPatch]:
        """What is put into force."""
        return [one.patch for one in self.keeps] + ([self.tagging] if self.tagging else [])


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
    added: _Added
    before_day: str


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
    day = _published(vendored)
    if text != before:
        _date(tree, day, edition.day)
        text = write_yaml(tree)
    plain = parse(text, str(vendored.path))
    settled = settle(plain, overlays, old, _fault)
    added = _added(wishes, patched, settled.patched, edition)
    _add(added.patches, settled, plain)
    return _Update(edition, old, plain, text, merged, overlays, settled, notes, patched, added, day)


def _added(
    wishes: list[Wish], old: dict[str, Any], new: dict[str, Any], edition: _Edition
) -> _Added:
    """What is to be patched besides: operations to keep, and new ones that have no tag."""
    folder, day = edition.vendored.patches, edition.day
    number = next_number(folder)
    lost = removed(old, new)
    fresh = {(one.path, one.method) for one in removed(new, old)}
    there = kept(folder)
    keeps = [
        keep(wish, old, new, day, folder, number + index)
        for index, wish in enumerate(one for one in wishes if one.operation not in there)
    ]
    names = {one.operation for one in keeps}
    tags = {place: tag for place, tag in tags_for(new).items() if place in fresh}
    return _Added(
        keeps,
        [draft(one, old, new, day) for one in lost if one.label not in names],
        {f"{method} {path}": tag for (path, method), tag in tags.items()},
        tag_patch(tags, day, number + len(keeps)) if tags else None,
    )


def _add(patches: list[NewPatch], settled: Settled, document: dict[str, Any]) -> None:
    """Put new patches after those that are there."""
    if not patches:
        return
    after = settle(document, [*settled.overlays, *(one.overlay for one in patches)], None, _fault)
    for dead in (*after.conflicts, *after.mended):
        raise DocumentError(f"this cannot be patched in: {dead}")
    settled.overlays, settled.patched = after.overlays, after.patched


def _fault(document: dict[str, Any]) -> str:
    """The first thing that makes a document invalid."""
    from openapi_spec_validator import OpenAPIV30SpecValidator  # noqa: PLC0415  slow to import

    error = next(iter(OpenAPIV30SpecValidator(copy.deepcopy(document)).iter_errors()), None)
    return "" if error is None else str(error.message)[:200]


def _date(tree: Any, old: str, new: str) -> None:
    """Our description says which edition this is."""
    words = tree["info"].get("description")
    if old and words is not None and old in words:
        tree["info"]["description"] = type(words)(words.replace(old, new))


def _published(vendored: lock.Document) -> str:
    """The day of the vendored edition; empty where the lock does not say."""
    entry = tomllib.loads(paths.LOCK.read_text(encoding="utf-8"))["documents"][vendored.version]
    return str(entry.get("published", ""))


def _moved(update: _Update) -> bool:
    before, after = update.before, update.settled.overlays
    return [one.actions for one in before] != [one.actions for one in after]


def _write(update: _Update) -> None:
    edition = update.edition
    vendored = edition.vendored
    vendored.path.write_text(update.text, encoding="utf-8", newline="\n")
    write_settled(vendored.patches, update.settled, update.before)
    write_keeps(vendored.patches, update.added.keeps, update.added.drafts)
    if update.added.tagging is not None:
        update.added.tagging.write(vendored.patches)
    lock.write_edition(vendored.version, edition.day, lock.sha256(edition.source.data))


def _reported(update: _Update, kept: Path, package: Path) -> Report:
    vendored = update.edition.vendored
    outcome = programs.compared(kept, package)
    report = report_on(
        f"{vendored.version}: {update.before_day} -> {update.edition.day}",
        update.old,
        update.new,
        overlays=paths.ROOT / "overlays",
        package=vendored.package,
        patched=(update.patched, update.settled.patched),
        faults=outcome.overlays,
    )
    report.mended, report.conflicts = update.settled.mended, update.settled.conflicts
    report.wordless = update.merged.wordless
    report.notes += update.notes
    report.interface = breakages(kept, package)
    report.programs = outcome.programs
    report.kept = {one.operation: one.patch.name for one in update.added.keeps}
    report.lost = [one.operation for one in update.added.drafts]
    report.tagged = update.added.tags
    report.version = programs.project_version()
    return report


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
