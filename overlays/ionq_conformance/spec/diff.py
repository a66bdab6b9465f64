"""What changed between two editions of a contract, by meaning, rated for this client.

`diff(old, new)` of a document with itself is empty. May import: changes, schemas, views.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# Documents are of unknown shape here: what isinstance() finds is all that is known of them.

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ionq_conformance.spec.changes import Change, Rating, Side
from ionq_conformance.spec.documents import HTTP_METHODS
from ionq_conformance.spec.schemas import SchemaDiff, canonical
from ionq_conformance.spec.views import Document, Part, Place, bare, place_of

__all__ = ["Difference", "Operation", "compare", "diff", "operations_of"]

_COMPONENTS: Final = (
    *("schemas", "responses", "parameters", "requestBodies", "headers"),
    *("links", "callbacks", "pathItems"),
)
_STYLE: Final = {
    "query": "form",
    "path": "simple",
    "header": "simple",
    "cookie": "form",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, and the path it is under."""

    method: str
    path: str
    part: Part
    item: Part

    @property
    def label(self) -> str:
        """The `operationId`, or method and path."""
        return str(self.part.get("operationId") or f"{self.method.upper()} {self.path}")

    @property
    def tag(self) -> str | None:
        """The first tag, which names the generated package."""
        tags = self.part.get("tags")
        return str(tags[0]) if isinstance(tags, list) and tags else None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, worst first, and what stands for what.

    Attributes:
        changes: The changes.
        pairs: The old place of each new place that was compared with it.
        moved: Old and new (method, path) of each operation that is in both.
    """

    changes: tuple[Change, ...]
    pairs: dict[Place, Place]
    moved: dict[tuple[str, str], tuple[str, str]]


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The changes from one OpenAPI 3 document to another, worst first."""
    return list(compare(old, new).changes)


def compare(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    """The changes from one OpenAPI 3 document to another, and what was compared with what."""
    return _DocumentDiff(Document(old), Document(new)).run()


def operations_of(document: Document) -> Iterator[Operation]:
    """The operations, in the order of the document."""
    for path, item in document.root.at("paths").items():
        if path.startswith("x-"):
            continue
        target = document.follow(item)
        for method, part in target.items():
            if method in HTTP_METHODS and isinstance(part.node, dict):
                yield Operation(method, path, part, target)


def _anonymous(operation: Operation) -> tuple[str, str]:
    return operation.method, re.sub(r"\{[^}]*\}", "{}", operation.path)


Pairs = list[tuple[Operation, Operation]]
Keyed = dict[tuple[str, str], Part]


class _DocumentDiff:
    def __init__(self, old: Document, new: Document) -> None:
        self.old = old
        self.new = new
        self.found = SchemaDiff(old, new)
        self._compared: set[tuple[Place, Place]] = set()

    def run(self) -> Difference:
        pairs, gone, more = self._matched()
        self._compare_heads()
        for old, new in pairs:
            self.found.start(new.label)
            self._compare_operation(old, new)
        for name, operations in (("operation-removed", gone), ("operation-added", more)):
            for one in operations:
                self.found.start(one.label)
                self._note_whole(name, one)
        self.found.start(None)
        self._compare_rest()
        changes = self.found.changes()
        order = list(Rating)
        changes.sort(key=lambda one: (order.index(one.rating), one.pointer, one.kind))
        moved = {(a.method, a.path): (b.method, b.path) for a, b in pairs}
        return Difference(tuple(changes), self.found.pairs, moved)

    def _note_whole(self, name: str, one: Operation) -> None:
        text = f"{one.method.upper()} {one.path}"
        if name == "operation-removed":
            self.found.note(name, one.part.place, None, text)
        else:
            self.found.note(name, None, one.part.place, None, text)

    # --- Which operation is which ---

    def _matched(self) -> tuple[Pairs, list[Operation], list[Operation]]:
        """Pair operations by method and path, whatever its parameters are called; then by name."""
        left, right = list(operations_of(self.old)), list(operations_of(self.new))
        pairs: Pairs = []
        keys: tuple[Callable[[Operation], object], ...] = (
            lambda one: (one.method, one.path),
            _anonymous,
            lambda one: one.part.get("operationId"),
        )
        for key in keys:
            index = {key(one): one for one in right}
            for one in list(left):
                other = index.get(key(one)) if key(one) else None
                if other is not None and other in right:
                    pairs.append((one, other))
                    left.remove(one)
                    right.remove(other)
        return pairs, left, right

    # --- The document itself ---

    def _compare_heads(self) -> None:
        here, there = self.old.root, self.new.root
        versions = [str(one.get("openapi", "")).split(".")[:2] for one in (here, there)]
        if versions[0] != versions[1]:
            before, after = here.get("openapi"), there.get("openapi")
            self.found.note("openapi-version-changed", ("openapi",), ("openapi",), before, after)
        self._plain(here.at("info"), there.at("info"), "version", "document-version-changed")
        for key in ("title", "description", "summary", "termsOfService", "contact", "license"):
            self._plain(here.at("info"), there.at("info"), key, "description-changed")
        self._plain(here, there, "externalDocs", "description-changed")
        tags = [{_named(t): t for t in one.at("tags").elements()} for one in (here, there)]
        for name in sorted(tags[0].keys() | tags[1].keys()):
            mine, theirs = tags[0].get(name, Part({}, ())), tags[1].get(name, Part({}, ()))
            self._words(mine, theirs, "description", "externalDocs")
            if (name in tags[0]) != (name in tags[1]):
                places = [one[name].place if name in one else None for one in tags]
                self.found.note("description-changed", places[0], places[1], detail=name)
        self._plain(here, there, "webhooks", "callbacks-changed")
        self._plain(here, there, "jsonSchemaDialect", "openapi-version-changed")

    def _plain(self, old: Part, new: Part, key: str, name: str, default: Any = None) -> None:
        """Compare one member as it stands."""
        before, after = old.get(key, default), new.get(key, default)
        if canonical(before) != canonical(after):
            places = (*old.place, key), (*new.place, key)
            self.found.note(name, *places, before, after, detail=key)

    def _words(self, old: Part, new: Part, *keys: str) -> None:
        for key in keys:
            name = "example-changed" if key.startswith("example") else "description-changed"
            self._plain(old, new, key, name)

    # --- One operation ---

    def _compare_operation(self, old: Operation, new: Operation) -> None:
        self._compare_address(old, new)
        self._compare_label(old, new)
        self._words(old.part, new.part, "summary", "description", "externalDocs")
        self._words(old.item, new.item, "summary", "description")
        self._plain(old.part, new.part, "callbacks", "callbacks-changed")
        self._compare_servers(old, new)
        self._compare_security(old.part, new.part)
        self._compare_parameters(old, new)
        self._compare_body(old.part, new.part)
        self._compare_responses(old.part.at("responses"), new.part.at("responses"))

    def _compare_address(self, old: Operation, new: Operation) -> None:
        if old.method != new.method:
            text = old.method.upper(), new.method.upper()
            self.found.note("method-changed", old.part.place, new.part.place, *text)
        if old.path != new.path:
            same = _anonymous(old)[1] == _anonymous(new)[1]
            name = "path-parameter-renamed" if same else "path-renamed"
            self.found.note(name, old.item.place, new.item.place, old.path, new.path)

    def _compare_label(self, old: Operation, new: Operation) -> None:
        self._plain(old.part, new.part, "operationId", "operation-id-renamed")
        places = (*old.part.place, "tags"), (*new.part.place, "tags")
        if old.tag != new.tag:
            self.found.note("tag-changed", *places, old.tag, new.tag)
        else:
            more = [sorted(map(str, one.part.get("tags") or [])) for one in (old, new)]
            if more[0] != more[1]:
                self.found.note("other-tags-changed", *places, *more)
        was, now = old.part.get("deprecated") is True, new.part.get("deprecated") is True
        if was != now:
            name = "operation-deprecated" if now else "operation-undeprecated"
            self.found.note(name, old.part.place, new.part.place, was, now)

    def _compare_servers(self, old: Operation, new: Operation) -> None:
        mine, theirs = self._servers(self.old, old), self._servers(self.new, new)
        urls = [[one.get("url") for one in found.elements()] for found in (mine, theirs)]
        if urls[0] != urls[1]:
            self.found.note("server-changed", mine.place, theirs.place, *urls)
            return
        for one, other in zip(mine.elements(), theirs.elements(), strict=True):
            self._words(one, other, "description")
            self._plain(one, other, "variables", "server-changed")

    def _servers(self, document: Document, one: Operation) -> Part:
        owners = (one.part, one.item, document.root)
        return next((o.at("servers") for o in owners if o.get("servers")), Part([], ("servers",)))

    # --- Security ---

    def _compare_security(self, old: Part, new: Part) -> None:
        mine, theirs = self._security(self.old, old), self._security(self.new, new)
        before, after = self._ways(mine, self.old), self._ways(theirs, self.new)
        if before == after:
            return
        if before and before <= after and "{}" not in after:
            name = "security-way-added"
        elif "{}" in before or not before:
            name = "security-added"
        elif "{}" in after or not after:
            name = "security-removed"
        else:
            name = "security-changed"
        self.found.note(name, mine.place, theirs.place, mine.node, theirs.node)

    def _security(self, document: Document, operation: Part) -> Part:
        owner = operation if isinstance(operation.get("security"), list) else document.root
        listed = owner.get("security")
        return Part(listed if isinstance(listed, list) else [], (*owner.place, "security"))

    def _ways(self, security: Part, document: Document) -> set[str]:
        """The ways to be let in, schemes of one meaning under one name."""
        ways = set()
        for one in security.elements():
            scopes = one.node if isinstance(one.node, dict) else {}
            named = {self._scheme(document, name): scopes[name] for name in scopes}
            ways.add(canonical(named))
        return ways

    def _scheme(self, document: Document, name: str) -> str:
        mine, theirs = self._schemes(self.old), self._schemes(self.new)
        if document is self.old or name in mine:
            return name
        return next((old for old in mine if mine[old] == theirs.get(name)), name)

    def _schemes(self, document: Document) -> dict[str, str]:
        """What each scheme asks for, words aside."""
        found = {}
        for name, part in document.at(("components", "securitySchemes")).items():
            node = document.follow(part).node
            meaning = {k: v for k, v in node.items() if k != "description" and k[:2] != "x-"}
            found[name] = canonical(meaning)
        return found

    # --- Parameters ---

    def _compare_parameters(self, old: Operation, new: Operation) -> None:
        mine, theirs = self._parameters(self.old, old), self._parameters(self.new, new)
        places = [[k for k in self._order(one) if k[0] == "path"] for one in (old, new)]
        if _anonymous(old) == _anonymous(new) and len(places[0]) == len(places[1]):
            for key, other in zip(*places, strict=True):
                if key in mine and other in theirs:
                    self._compare_parameter(mine.pop(key), theirs.pop(other))
        for key in [key for key in mine if key in theirs]:
            self._compare_parameter(mine.pop(key), theirs.pop(key))
        for key in list(mine):
            other = next((k for k in theirs if k[1] == key[1]), None)
            if other is not None:
                here, there = mine.pop(key), theirs.pop(other)
                name = "parameter-location-changed"
                self.found.note(name, here.place, there.place, key[0], other[0])
                self._compare_parameter(here, there)
        for key, part in mine.items():
            self.found.note("parameter-removed", part.place, None, _of(key), detail=_of(key))
        for key, part in theirs.items():
            must = part.get("required") is True
            name = "parameter-added-required" if must else "parameter-added-optional"
            self.found.note(name, None, part.place, None, _of(key), detail=_of(key))

    def _parameters(self, document: Document, one: Operation) -> Keyed:
        found: Keyed = {}
        for owner in (one.item, one.part):  # the operation's own win
            for part in owner.at("parameters").elements():
                target = document.follow(part)
                found[str(target.get("in")), str(target.get("name"))] = target
        return found

    def _order(self, one: Operation) -> list[tuple[str, str]]:
        return [("path", name) for name in re.findall(r"\{([^}]*)\}", one.path)]

    def _compare_parameter(self, old: Part, new: Part) -> None:
        self.found.pairs.setdefault(new.place, old.place)
        self._required(old, new, "parameter")
        self._words(old, new, "description", "example", "examples")
        where = [_STYLE.get(str(one.get("in")), "form") for one in (old, new)]
        styles = [
            str(one.get("style", default)) for one, default in zip((old, new), where, strict=True)
        ]
        for key, default in (("explode", styles[0] == "form"), ("allowReserved", False)):
            self._plain(old, new, key, "parameter-style-changed", default)
        if styles[0] != styles[1] and old.get("in") == new.get("in"):
            self.found.note("parameter-style-changed", old.place, new.place, *styles)
        kinds = [sorted(key for key, _ in one.at("content").items()) for one in (old, new)]
        if kinds[0] != kinds[1]:
            self.found.note("parameter-style-changed", old.place, new.place, *kinds, detail="kind")
        was, now = old.get("allowEmptyValue") is True, new.get("allowEmptyValue") is True
        if was != now:
            name = "bound-loosened" if now else "bound-tightened"
            self.found.note(name, old.place, new.place, was, now, side=Side.PARAMETER)
        self._deprecated(old, new, Side.PARAMETER)
        self.found.compare(_schema(old), _schema(new), Side.PARAMETER)

    def _deprecated(self, old: Part, new: Part, side: Side) -> None:
        was, now = old.get("deprecated") is True, new.get("deprecated") is True
        if was != now:
            name = "deprecated" if now else "undeprecated"
            self.found.note(name, old.place, new.place, was, now, side=side)

    def _required(self, old: Part, new: Part, what: str) -> None:
        was, now = old.get("required") is True, new.get("required") is True
        if was != now:
            name = f"{what}-made-required" if now else f"{what}-made-optional"
            self.found.note(name, old.place, new.place, was, now)

    # --- Bodies ---

    def _compare_body(self, old: Part, new: Part) -> None:
        here, there = self.old.follow(old.at("requestBody")), self.new.follow(new.at("requestBody"))
        if not here.node or not there.node:
            if here.node:
                self.found.note("request-body-removed", here.place, None, self._bodies(here))
            elif there.node:
                must = "required" if there.get("required") is True else "optional"
                name = f"request-body-added-{must}"
                self.found.note(name, None, there.place, None, self._bodies(there))
            return
        self.found.pairs.setdefault(there.place, here.place)
        self._required(here, there, "request-body")
        self._words(here, there, "description")
        self._compare_content(here.at("content"), there.at("content"), Side.REQUEST)

    def _bodies(self, body: Part) -> list[str]:
        return [key for key, _ in body.at("content").items()]

    def _compare_content(self, old: Part, new: Part, side: Side) -> None:
        mine, theirs = dict(old.items()), dict(new.items())
        for kind in mine.keys() - theirs.keys():
            name = f"{side}-content-type-removed"
            self.found.note(name, mine[kind].place, None, kind)
        for kind in theirs.keys() - mine.keys():
            name = f"{side}-content-type-added"
            self.found.note(name, None, theirs[kind].place, None, kind)
        for kind in mine.keys() & theirs.keys():
            self._words(mine[kind], theirs[kind], "example", "examples")
            encodings = [bare(one[kind].get("encoding", {})) for one in (mine, theirs)]
            if canonical(encodings[0]) != canonical(encodings[1]):
                places = mine[kind].place, theirs[kind].place
                self.found.note(f"{side}-encoding-changed", *places, *encodings)
            self.found.compare(mine[kind].at("schema"), theirs[kind].at("schema"), side)

    # --- Answers ---

    def _compare_responses(self, old: Part, new: Part) -> None:
        mine, theirs = dict(old.items()), dict(new.items())
        for status in mine.keys() - theirs.keys():
            name = f"response-{_outcome(status)}-removed"
            self.found.note(name, mine[status].place, None, status)
        for status in theirs.keys() - mine.keys():
            name = f"response-{_outcome(status)}-added"
            self.found.note(name, None, theirs[status].place, None, status)
        for status in sorted(mine.keys() & theirs.keys()):
            here, there = self.old.follow(mine[status]), self.new.follow(theirs[status])
            self.found.pairs.setdefault(there.place, here.place)
            self._words(here, there, "description")
            self._plain(here, there, "links", "callbacks-changed")
            self._compare_content(here.at("content"), there.at("content"), Side.RESPONSE)
            self._compare_headers(here.at("headers"), there.at("headers"))

    def _compare_headers(self, old: Part, new: Part) -> None:
        mine = {name.lower(): part for name, part in old.items()}
        theirs = {name.lower(): part for name, part in new.items()}
        for name in mine.keys() - theirs.keys():
            self.found.note("response-header-removed", mine[name].place, None, name)
        for name in theirs.keys() - mine.keys():
            self.found.note("response-header-added", None, theirs[name].place, None, name)
        for name in sorted(mine.keys() & theirs.keys()):
            here, there = self.old.follow(mine[name]), self.new.follow(theirs[name])
            self._required(here, there, "response-header")
            self._deprecated(here, there, Side.RESPONSE)
            self._words(here, there, "description", "example", "examples")
            self.found.compare(_schema(here), _schema(there), Side.RESPONSE)

    # --- Components ---

    def _compare_rest(self) -> None:
        self._compare_unused()
        self._note_renames()
        self._compare_schemes()

    def _compare_unused(self) -> None:
        """Components that no operation of either edition uses; they still become classes."""
        used = _reached(self.old), _reached(self.new)
        here, there = self.old.at(("components",)), self.new.at(("components",))
        for kind in _COMPONENTS:
            mine, theirs = dict(here.at(kind).items()), dict(there.at(kind).items())
            for name in mine.keys() - theirs.keys():
                if mine[name].place not in used[0]:
                    self.found.note("component-removed", mine[name].place, None, name)
            for name in theirs.keys() - mine.keys():
                if theirs[name].place not in used[1]:
                    self.found.note("component-added", None, theirs[name].place, None, name)
            for name in mine.keys() & theirs.keys():
                if {mine[name].place, theirs[name].place}.isdisjoint(used[0] | used[1]):
                    self._compare_component(kind, mine[name], theirs[name])
        self._plain(here, there, "examples", "example-changed")

    def _compare_component(self, kind: str, old: Part, new: Part) -> None:
        """One that no operation uses."""
        if kind == "schemas":
            self.found.compare(old, new, Side.UNUSED)
        elif canonical(bare(old.node)) != canonical(bare(new.node)):
            self.found.note("component-changed", old.place, new.place)
        elif canonical(old.node) != canonical(new.node):
            self.found.note("description-changed", old.place, new.place)

    def _note_renames(self) -> None:
        old_names = {name for name, _ in self.old.at(("components", "schemas")).items()}
        new_names = {name for name, _ in self.new.at(("components", "schemas")).items()}
        for (old, new), places in self.found.renames.items():
            gone, fresh = old is not None and old not in new_names, new not in old_names
            if old is None:
                name = "component-extracted" if fresh else ""
            elif new is None:
                name = "component-inlined" if gone else ""
            elif gone:
                name = "component-renamed" if fresh else "component-merged"
            else:
                name = "component-split" if fresh else ""
            if name:
                self.found.note(name, *places, old, new, detail=f"{old} {new}")

    def _compare_schemes(self) -> None:
        mine, theirs = self._schemes(self.old), self._schemes(self.new)
        root = ("components", "securitySchemes")
        fresh = theirs.keys() - mine.keys()
        for name in sorted(mine.keys() - theirs.keys()):
            new = next((n for n in sorted(fresh) if theirs[n] == mine[name]), None)
            if new is not None:
                fresh = fresh - {new}
                self.found.note("security-scheme-renamed", (*root, name), (*root, new), name, new)
            else:
                self.found.note("security-scheme-removed", (*root, name), None, name)
        for name in sorted(fresh):
            self.found.note("security-scheme-added", None, (*root, name), None, name)
        for name in sorted(mine.keys() & theirs.keys()):
            here, there = self.old.at((*root, name)), self.new.at((*root, name))
            self._words(here, there, "description")
            if mine[name] != theirs[name]:
                places = (*root, name), (*root, name)
                self.found.note("security-scheme-changed", *places, here.node, there.node)


def _named(tag: Part) -> str:
    return str(tag.get("name"))


def _of(key: tuple[str, str]) -> str:
    return f"{key[0]} {key[1]}"


def _outcome(status: str) -> str:
    return "success" if status.startswith("2") else "error"


def _schema(part: Part) -> Part:
    """The schema of a parameter or header, also where it is under a media type."""
    if part.get("schema") is not None or not isinstance(part.get("content"), dict):
        return part.at("schema")
    return next((media.at("schema") for _, media in part.at("content").items()), part.at("schema"))


def _reached(document: Document) -> set[Place]:
    """The components that can be reached from a path."""
    seen: set[Place] = set()
    waiting: list[Any] = [document.root.get("paths")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            waiting.extend(node.values())
            reference = node.get("$ref")
            if isinstance(reference, str) and (place := place_of(reference)) not in seen:
                seen.add(place)
                waiting.append(document.at(place).node)
    return seen
