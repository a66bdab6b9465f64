"""The report of a spec update: Markdown, JSON, and lines for a terminal.

Whatever comes from a document is shown as inert text. May import: changes, and rich on use.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# Documents are of unknown shape here: what isinstance() finds is all that is known of them.

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any, Final

from ionq_conformance.spec.changes import Change, Rating
from ionq_conformance.spec.overlay import DeadAction
from ionq_conformance.spec.uses import Use

__all__ = ["Report", "code"]

_TITLES: Final = {
    Rating.CALLERS: "Breaking for callers",
    Rating.READERS: "Breaking for readers",
    Rating.SAFE: "Safe",
    Rating.WORDING: "Wording",
}
_COLORS: Final = {
    Rating.CALLERS: "bold red",
    Rating.READERS: "red",
    Rating.SAFE: "green",
    Rating.WORDING: "dim",
}
_MOST_USES: Final = 12
_MOST_REASONS: Final = 6
_LONGEST: Final = 160


@dataclass(slots=True)
class Report:
    """All that is known of an update.

    Attributes:
        title: What is compared with what.
        changes: Between the documents, worst first.
        uses: Where the overlays use what a change touches, by its number in `changes`.
        helpers: The public names of the library that stop working, each with the reasons.
        touched: Those whose types no longer fit, or that read or send what is gone by its name.
        hidden: The numbers of the changes that patches keep from the generated client.
        through_patches: What changes for the client although upstream did not change it: by
            patches that no longer apply.
        mended: Patch actions that upstream made needless.
        conflicts: Patch actions that find nothing to patch any more.
        kept: The operations that a patch newly keeps alive, each with its file.
        tagged: The tag that a patch gives to each new operation without one.
        lost: The operations that are gone and can be kept alive.
        wordless: Pointers of the new elements that need words.
        notes: What else somebody should look at.
        interface: Lines on the public names of the generated package.
        programs: What the programs of old users meet, by program.
        version: The version at present.
    """

    title: str
    changes: list[Change]
    uses: dict[int, list[Use]] = field(default_factory=dict[int, list[Use]])
    helpers: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    touched: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    hidden: set[int] = field(default_factory=set[int])
    through_patches: list[Change] = field(default_factory=list[Change])
    mended: list[DeadAction] = field(default_factory=list[DeadAction])
    conflicts: list[DeadAction] = field(default_factory=list[DeadAction])
    kept: dict[str, str] = field(default_factory=dict[str, str])
    tagged: dict[str, str] = field(default_factory=dict[str, str])
    lost: list[str] = field(default_factory=list[str])
    wordless: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    interface: list[str] | None = None
    programs: dict[str, list[str]] | None = None
    version: str | None = None

    @property
    def breaking(self) -> bool:
        """Whether a user's program can stop working."""
        shown = (c for i, c in enumerate(self.changes) if i not in self.hidden)
        felt = [*shown, *self.through_patches]
        return any(c.rating.breaking for c in felt) or bool(self.interface)

    @property
    def next_version(self) -> str | None:
        """The version to release this as: while it is 0.x, what breaks is a minor release."""
        if self.version is None:
            return None
        major, minor, patch = (int(part) for part in self.version.split(".")[:3])
        if not self.changes:
            return self.version
        if not self.breaking:
            return f"{major}.{minor}.{patch + 1}"
        return f"0.{minor + 1}.0" if major == 0 else f"{major + 1}.0.0"

    # --- JSON ---

    def as_json(self) -> dict[str, Any]:
        """The report in terms of JSON."""
        changes = [
            {
                **change.as_json(),
                "patched_away": number in self.hidden,
                "uses": [use.as_json() for use in self.uses.get(number, [])],
            }
            for number, change in enumerate(self.changes)
        ]
        return {
            "title": self.title,
            "changes": changes,
            "through_patches": [change.as_json() for change in self.through_patches],
            "helpers": self.helpers,
            "touched": self.touched,
            "kept_alive": self.kept,
            "tagged": self.tagged,
            "could_be_kept_alive": self.lost,
            "patches": {
                "mended": [str(one) for one in self.mended],
                "conflicts": [str(one) for one in self.conflicts],
            },
            "wordless": self.wordless,
            "notes": self.notes,
            "interface": self.interface,
            "programs": self.programs,
            "version": {"now": self.version, "next": self.next_version},
        }

    # --- Markdown ---

    def markdown(self) -> str:
        """The report as Markdown."""
        lines = [f"# {_text(self.title)}", "", *self._summary()]
        for rating, title in _TITLES.items():
            lines += self._section(rating, title)
        told = [c for c in self.through_patches if c.rating is not Rating.WORDING]
        lines += _list("Only because patches no longer apply", [_line(c) for c in told])
        lines += _list("Helpers that stop working", _helper_lines(self.helpers))
        lines += _list(
            "Helpers that may break: their types no longer fit, or they name what is gone",
            _helper_lines(self.touched),
        )
        lines += _list("Operations kept alive, deprecated", self._kept_lines())
        lines += _list("Operations that can be kept alive", self._lost_lines())
        lines += _list(
            "Patches that upstream made needless (taken out)",
            [code(str(one)) for one in self.mended],
        )
        lines += _list(
            "Patches that conflict (moved to `retired/`, not applied)",
            [code(str(one)) for one in self.conflicts],
        )
        if self.interface is not None:
            lines += _list("Public names of the generated package", self.interface or ["no change"])
        if self.programs is not None:
            lines += _list("Programs of old users", self._program_lines())
        lines += _list(
            "New operations without a tag, and the tag they were given: it names their module",
            [f"{code(one)}: {code(tag)}" for one, tag in sorted(self.tagged.items())],
        )
        lines += _list("New elements that need words", [code(one) for one in self.wordless])
        lines += _list("To look at", [_text(one) for one in self.notes])
        lines += self._changelog()
        return "\n".join(lines).rstrip() + "\n"

    def _summary(self) -> list[str]:
        if not self.changes:
            return ["No change.", ""]
        counts = {r: sum(c.rating is r for c in self.changes) for r in Rating}
        told = ", ".join(f"{_TITLES[r].lower()}: {n}" for r, n in counts.items())
        lines = [f"{len(self.changes)} changes ({told})."]
        if self.version:
            lines.append(f"Proposed version: {self.next_version} (now {self.version}).")
        return [*lines, ""]

    def _section(self, rating: Rating, title: str) -> list[str]:
        found = [(i, c) for i, c in enumerate(self.changes) if c.rating is rating]
        if not found:
            return []
        lines = [f"## {title}", ""]
        for number, change in found:
            hidden = " *Our patches keep it from the client.*" if number in self.hidden else ""
            lines.append(f"- {_line(change)}{hidden}")
            if rating is not Rating.WORDING:
                lines += [f"  - {use_line}" for use_line in self._use_lines(number)]
        return [*lines, ""]

    def _use_lines(self, number: int) -> list[str]:
        uses = self.uses.get(number, [])
        lines = [f"{use.how} {code(use.symbol)} ({use.file}:{use.line})" for use in uses]
        more = len(lines) - _MOST_USES
        return lines[:_MOST_USES] + ([f"... and {more} more"] if more > 0 else [])

    def _kept_lines(self) -> list[str]:
        return [f"{code(one)}: by {code(file)}" for one, file in sorted(self.kept.items())]

    def _lost_lines(self) -> list[str]:
        return [f"{code(one)}: {code(_keep_command(one))}" for one in self.lost]

    def _program_lines(self) -> list[str]:
        lines = []
        for name, problems in (self.programs or {}).items():
            lines.append(f"{code(name)}: {'as before' if not problems else 'breaks'}")
            lines += [f"  {code(problem)}" for problem in problems]
        return lines

    def _changelog(self) -> list[str]:
        shown = [c for i, c in enumerate(self.changes) if i not in self.hidden]
        groups = {
            "Removed": [c for c in shown if c.kind.endswith("-removed") and c.rating.breaking],
            "Added": [c for c in shown if c.kind == "operation-added"],
        }
        rest = [c for c in shown if c.rating.breaking and c not in groups["Removed"]]
        groups["Changed"] = rest
        lines = ["## Proposed CHANGELOG entry", "", "```markdown"]
        for title, changes in groups.items():
            if changes:
                mark = "**Breaking:** " if title != "Added" else ""
                entries = [f"- {mark}{_line(c).replace('```', '')}" for c in changes]
                lines += [f"### {title}", "", *entries, ""]
        if len(lines) == 3:
            lines += ["### Changed", "", "- The contract follows IonQ's document.", ""]
        return [*lines[:-1], "```"] if shown else []

    # --- Terminal ---

    def show(self) -> None:
        """Print what changed, in colour where that can be seen."""
        from rich.console import Console
        from rich.text import Text

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        for number, change in enumerate(self.changes):
            console.print(Text(f"{change.rating:<17}", _COLORS[change.rating]), end=" ")
            console.print(Text(_inert(_plain_line(change))))
            for line in self._use_lines(number) if change.rating is not Rating.WORDING else ():
                console.print(Text(f"{'':<18}{line}".replace("`", ""), "dim"))
        for title, table in (("helper breaks", self.helpers), ("helper touched", self.touched)):
            for line in _helper_lines(table):
                console.print(Text(f"{title:<17} {line.replace('`', '')}", "bold red"))
        for one in self.lost:
            console.print(Text(_inert(f"{'to keep alive':<17} {_keep_command(one)}")))
        if not self.changes:
            console.print("no change")


def _helper_lines(helpers: dict[str, list[str]]) -> list[str]:
    """A line a helper; helpers with the same reasons share one."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, reasons in sorted(helpers.items()):
        together.setdefault(tuple(reasons), []).append(name)
    lines = []
    for given, names in together.items():
        more = [f"and {len(given) - _MOST_REASONS} more"] if len(given) > _MOST_REASONS else []
        told = "; ".join([*given[:_MOST_REASONS], *more])
        lines.append(f"{', '.join(code(name) for name in names)}: {_text(told)}")
    return lines


def _keep_command(operation: str) -> str:
    return f"make sync-spec ARGS='--keep \"{operation}\"'"


def _line(change: Change) -> str:
    values = _values(change)
    reached = ", ".join(code(one) for one in change.operations[:8])
    more = f" and {len(change.operations) - 8} more" if len(change.operations) > 8 else ""
    of = f" [{reached}{more}]" if reached else ""
    told = f": {code(values)}" if values else ""
    return f"**{change.kind}** {code(change.where)}{of}{told} - {_text(change.why)}"


def _plain_line(change: Change) -> str:
    values = _values(change)
    return f"{change.kind} {change.where}{f': {values}' if values else ''}"


def _values(change: Change) -> str:
    if change.before is None:
        return "" if change.after is None else _short(change.after)
    return _short(change.before) + ("" if change.after is None else f" -> {_short(change.after)}")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _inert(text: str) -> str:
    """One line without anything that a terminal or a Markdown reader would act on."""
    return "".join(c if c.isprintable() else " " for c in text)


def _text(text: str) -> str:
    shown = _inert(text)
    for sign in "\\`*[]<>#|":
        shown = shown.replace(sign, "\\" + sign)
    return shown


def code(text: str) -> str:
    """Foreign text as Markdown code: nothing in it can end the span."""
    return "`" + _inert(text).replace("`", "'") + "`"


def _list(title: str, items: list[str]) -> list[str]:
    return [f"## {title}", "", *(f"- {item}" for item in items), ""] if items else []
