"""Puts a report together: changes, who uses what they touch, what patches hide.

May import: the other modules of this package.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from ionq_conformance.spec.changes import Change
from ionq_conformance.spec.diff import diff
from ionq_conformance.spec.report import Report
from ionq_conformance.spec.uses import Overlays, Use

__all__ = ["PACKAGE", "report_on"]

PACKAGE: Final = "ionq_api.v0_4"


def report_on(
    title: str,
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    overlays: Path | None = None,
    package: str = PACKAGE,
    patched: tuple[dict[str, Any], dict[str, Any]] | None = None,
) -> Report:
    """The report on two documents.

    Args:
        title: Its first line.
        old: The old document.
        new: The new document.
        overlays: The folder of the overlays; None: nobody's uses are looked for.
        package: The generated package that the document becomes.
        patched: Both documents with their patches, which is what the client is made from.
    """
    report = Report(title, diff(old, new))
    if patched is not None:
        felt = diff(*patched)
        report.hidden = _hidden(report.changes, felt)
        report.through_patches = [felt[i] for i in sorted(_hidden(felt, report.changes))]
    if overlays is not None:
        _find_uses(report, Overlays(overlays), package)
    return report


def _hidden(changes: list[Change], felt: list[Change]) -> set[int]:
    """The changes that leave no trace in the patched document, at their place or around it."""
    places = [change.pointer for change in felt]

    def near(one: str, other: str) -> bool:
        return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")

    return {
        number
        for number, change in enumerate(changes)
        if not any(near(change.pointer, place) for place in places)
    }


def _find_uses(report: Report, overlays: Overlays, package: str) -> None:
    for number, change in enumerate(report.changes):
        uses = _uses(change, overlays, package)
        if uses:
            report.uses[number] = uses
        # What a patch puts back is not gone.
        if change.kind == "operation-removed" and number not in report.hidden:
            _note_helpers(report, change, overlays, package)
    for change in report.through_patches:
        if change.kind == "operation-removed":
            _note_helpers(report, change, overlays, package)


def _uses(change: Change, overlays: Overlays, package: str) -> list[Use]:
    found: list[Use] = []
    for operation in change.operations:
        if len(change.operations) == 1 or change.kind.startswith(("operation", "path", "tag")):
            for target in overlays.operation_modules(operation, package):
                found += overlays.of_generated(target)
            found += overlays.of_text(operation, None, "names")
    component = _component(change.pointer)
    if component is not None:
        for target in overlays.model_classes(component, package):
            found += overlays.of_generated(target)
    keys = _keys(change)
    if keys:
        modules = _modules(change, overlays, package)
        for key in keys:
            found += overlays.of_text(key, modules, "names the key")
    return sorted(set(found))


def _component(pointer: str) -> str | None:
    parts = pointer.split("/")
    return parts[3] if parts[1:3] == ["components", "schemas"] and len(parts) > 3 else None


def _keys(change: Change) -> list[str]:
    """The texts by which code knows what is gone."""
    if change.kind.endswith("enum-narrowed"):
        values = change.before if change.after is None and isinstance(change.before, list) else []
        return [value for value in values if isinstance(value, str)]
    if change.kind.endswith(("field-removed", "field-made-optional", "parameter-removed")):
        last = change.pointer.rpartition("/")[2]
        return [] if last.isdecimal() else [last.replace("~1", "/").replace("~0", "~")]
    return []


def _modules(change: Change, overlays: Overlays, package: str) -> set[str]:
    """The modules that use the change's operations, and those they import themselves."""
    using: set[str] = set()
    for operation in change.operations:
        using |= overlays.naming(operation)
        for target in overlays.operation_modules(operation, package):
            using |= overlays.using(target)
    return overlays.with_neighbours(using)


def _note_helpers(report: Report, change: Change, overlays: Overlays, package: str) -> None:
    gone = f"{change.operations[0]} ({change.before}) is gone"
    for target in overlays.operation_modules(change.operations[0], package):
        for helper in overlays.helpers_of(target):
            known = report.helpers.get(helper)
            report.helpers[helper] = f"{known}; {gone}" if known else f"calls what is gone: {gone}"
        broken = sorted(overlays.broken_imports(target))
        if broken:
            module = target.removeprefix(f"{package}.")
            report.notes.append(
                f"without {module} these cannot be imported until their modules are mended: "
                + ", ".join(broken)
            )
