"""Puts a report together: changes, who uses what they touch, what patches hide.

May import: the other modules of this package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

from ionq_conformance.spec.changes import Change
from ionq_conformance.spec.diff import diff, operations_of
from ionq_conformance.spec.report import Report
from ionq_conformance.spec.uses import Overlays, TypeFault, Use
from ionq_conformance.spec.views import Document, Part, Place

__all__ = ["PACKAGE", "report_on"]

PACKAGE: Final = "ionq_api.v0_4"
_GONE: Final = "operation-removed"
_FATAL: Final = {"attr-defined", "call-arg", "import-not-found", "name-defined"}
"""What a type checker calls that which fails when it runs, and not only when it is checked."""


def report_on(
    title: str,
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    overlays: Path | None = None,
    package: str = PACKAGE,
    patched: tuple[dict[str, Any], dict[str, Any]] | None = None,
    faults: Sequence[TypeFault] = (),
) -> Report:
    """The report on two documents.

    Args:
        title: Its first line.
        old: The old document.
        new: The new document.
        overlays: The folder of the overlays; None: nobody's uses are looked for.
        package: The generated package that the document becomes.
        patched: Both documents with their patches, which is what the client is made from.
        faults: Where the overlays' types no longer fit the generated code.
    """
    report = Report(title, diff(old, new))
    if patched is not None:
        felt = diff(*patched)
        report.hidden = _hidden(report.changes, felt, patched[1])
        report.through_patches = _only_felt(felt, report.changes)
    if overlays is not None:
        document = Document(new if patched is None else patched[1])
        _Search(report, Overlays(overlays), package, faults, document).run()
    return report


def _near(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _hidden(changes: list[Change], felt: list[Change], patched: dict[str, Any]) -> set[int]:
    """The changes that leave no trace in the patched document, at their place or around it."""
    there = {one.label for one in operations_of(Document(patched))}
    places = [change.pointer for change in felt]
    return {
        number
        for number, change in enumerate(changes)
        if (change.kind == _GONE and there.issuperset(change.operations))
        or not any(_near(change.pointer, place) for place in places)
    }


def _only_felt(felt: list[Change], changes: list[Change]) -> list[Change]:
    """The changes that the client has and upstream's document has not."""
    places = [change.pointer for change in changes]
    return [one for one in felt if not any(_near(one.pointer, place) for place in places)]


class _Search:
    """Looks for who uses what a report's changes touch."""

    def __init__(
        self,
        report: Report,
        overlays: Overlays,
        package: str,
        faults: Sequence[TypeFault],
        document: Document,
    ) -> None:
        self.report = report
        self.overlays = overlays
        self.package = package
        self.faults = faults
        self.operations = {one.label: one for one in operations_of(document)}
        self.document = document
        self.gone: set[str] = set()

    def run(self) -> None:
        """Fill in the report."""
        changes = self.report.changes
        for number, change in enumerate(changes):
            uses = self._uses(change)
            if uses:
                self.report.uses[number] = uses
        # What a patch puts back is not gone.
        shown = [change for i, change in enumerate(changes) if i not in self.report.hidden]
        for change in [*shown, *self.report.through_patches]:
            if change.kind == _GONE:
                self._note_gone(change)
            else:
                self._note_keys(change)
        for fault in self.faults:
            self._note_fault(fault)

    # --- Places ---

    def _uses(self, change: Change) -> list[Use]:
        found: set[Use] = set()
        for operation in change.operations:
            if len(change.operations) == 1 or change.kind.startswith(("operation", "path", "tag")):
                for target in self.overlays.operation_modules(operation, self.package):
                    found.update(self.overlays.of_generated(target))
                found.update(self.overlays.of_text(operation, None))
        component = _component(change.pointer)
        if component is not None:
            for target in self.overlays.model_classes(component, self.package):
                found.update(self.overlays.of_generated(target))
        keys = _keys(change)
        modules = self._modules(change) if keys else set[str]()
        for key in keys:
            found.update(self.overlays.of_text(key, modules))
        return sorted(found)

    def _modules(self, change: Change) -> set[str]:
        """The modules that use the change's operations, and those they import themselves."""
        using: set[str] = set()
        for operation in change.operations:
            using |= self.overlays.naming(operation)
            for target in self.overlays.operation_modules(operation, self.package):
                using |= self.overlays.using(target)
        return self.overlays.with_neighbours(using)

    # --- Helpers ---

    def _note_gone(self, change: Change) -> None:
        operation = change.operations[0]
        for target in sorted(self.overlays.operation_modules(operation, self.package)):
            self.gone.add(target)
            for helper in self.overlays.helpers_of(target):
                _add(self.report.helpers, helper, f"needs {operation} ({change.before})")
            broken = sorted(self.overlays.broken_imports(target))
            if broken:
                self.report.notes.append(
                    f"{operation} is gone: until the modules that import it are mended, or it is "
                    f"kept alive, these cannot be imported: {', '.join(broken)}"
                )

    def _note_keys(self, change: Change) -> None:
        if not change.rating.breaking:
            return
        targets = {
            target
            for operation in change.operations
            for target in self.overlays.operation_modules(operation, self.package)
        }
        for key in _keys(change):
            also = "; another field of that name stays" if self._stays(key, change) else ""
            for sent in _ways(change):
                found = self.overlays.helpers_with(key, targets, sent=sent)
                for helper, use in found.items():
                    told = f"{use.how} {key} ({use.file}:{use.line})"
                    why = f"{told}: {change.kind} {change.where}{also}"
                    _add(self.report.touched, helper, why)

    def _stays(self, key: str, change: Change) -> bool:
        """Whether an operation of the change still has a field of a name."""
        found = [self.operations[one].part for one in change.operations if one in self.operations]
        return change.kind.endswith("field-removed") and any(
            key in names for one in found for names in self._fields(one)
        )

    def _fields(self, operation: Part) -> Iterator[set[str]]:
        """The names of the fields of each object that an operation sends or receives."""
        seen: set[Place] = set()
        waiting = [operation.at("responses"), operation.at("requestBody")]
        while waiting:
            part = self.document.follow(waiting.pop())
            if part.place in seen:
                continue
            seen.add(part.place)
            yield {name for name, _ in part.at("properties").items()}
            waiting += [inner for _, inner in part.items()]
            waiting += part.elements()

    def _note_fault(self, fault: TypeFault) -> None:
        if any(_names(fault.message, target) for target in self.gone):
            return  # said already, in terms of the operation
        why = f"{fault.message} ({fault.file}:{fault.line})"
        helpers = self.overlays.helpers_at(fault)
        table = self.report.helpers if fault.code in _FATAL else self.report.touched
        for helper in helpers:
            _add(table, helper, why)
        if not helpers:
            self.report.notes.append(f"the overlays no longer fit the generated code: {why}")


def _add(table: dict[str, list[str]], name: str, why: str) -> None:
    reasons = table.setdefault(name, [])
    if why not in reasons:
        reasons.append(why)


def _names(message: str, target: str) -> bool:
    """Whether a message on an import is about a generated module."""
    home, _, name = target.rpartition(".")
    return f'"{target}"' in message or (f'"{home}"' in message and f'"{name}"' in message)


def _ways(change: Change) -> tuple[bool, ...]:
    """Whether it is sent, received, or both."""
    if change.kind.startswith("response"):
        return (False,)
    return (True,) if change.kind.startswith(("request", "parameter")) else (True, False)


def _component(pointer: str) -> str | None:
    parts = pointer.split("/")
    return parts[3] if parts[1:3] == ["components", "schemas"] and len(parts) > 3 else None


def _keys(change: Change) -> list[str]:
    """The texts by which code knows what is gone."""
    if change.kind.endswith("enum-narrowed"):
        gone = change.before if change.after is None else None
        values = cast("list[object]", gone) if isinstance(gone, list) else []
        return [value for value in values if isinstance(value, str)]
    if change.kind == "parameter-removed":
        return [str(change.before).partition(" ")[2]]
    if change.kind.endswith(("field-removed", "field-made-optional")):
        last = change.pointer.rpartition("/")[2]
        return [] if last.isdecimal() else [last.replace("~1", "/").replace("~0", "~")]
    return []
