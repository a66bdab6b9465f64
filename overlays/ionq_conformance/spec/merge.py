"""Takes over the structure of a later edition into our document; words and order stay ours.

What upstream says in prose is never taken: new elements come without words. May import: the other
modules of this package that only read, and ruamel.yaml.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from ionq_conformance.spec.diff import Difference
from ionq_conformance.spec.documents import HTTP_METHODS
from ionq_conformance.spec.schemas import canonical
from ionq_conformance.spec.shapes import is_array, is_object
from ionq_conformance.spec.views import Place, pointer_of

__all__ = ["Merged", "merge", "read_yaml", "write_yaml"]

_NAMES: Final = {
    *("paths", "properties", "patternProperties", "schemas", "responses", "parameters"),
    *("requestBodies", "headers", "securitySchemes", "links", "callbacks", "content"),
    *("variables", "mapping", "scopes", "encoding"),
}
"""Keys whose value has names for keys: `description` may be one of those."""
_WORDS: Final = {
    *("description", "summary", "title", "example", "examples", "externalDocs"),
    *("termsOfService", "contact", "license"),
}
_VALUES: Final = {"enum", "default", "const"}
_FLOW: Final = 88
_DESCRIBED: Final = {"properties", "parameters", "schemas", "securitySchemes"}


def read_yaml(text: str) -> Any:
    """Our document, with all that its writing says."""
    return _yaml().load(text)


def write_yaml(tree: Any) -> str:
    """The document as text; what was not changed is written as it was read."""
    stream = io.StringIO()
    _yaml().dump(tree, stream)
    return stream.getvalue()


def _yaml() -> Any:
    yaml: Any = YAML()  # which carries no types
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 110
    yaml.preserve_quotes = True
    yaml.representer.add_representer(type(None), _null)
    return yaml


def _null(representer: Any, _: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


@dataclass(slots=True)
class Merged:
    """What a merge leaves to do.

    Attributes:
        wordless: Pointers of the new elements that need words.
        dropped: Pointers of components of ours that upstream no longer has.
    """

    wordless: list[str] = field(default_factory=list[str])
    dropped: list[str] = field(default_factory=list[str])


def merge(
    ours: Any,
    theirs: dict[str, Any],
    difference: Difference,
    patched: dict[str, Any] | None = None,
) -> Merged:
    """Give `ours`, in place, the structure of `theirs`.

    Args:
        ours: Our document as `read_yaml` gives it.
        theirs: A later edition, as plain JSON, of the same OpenAPI version.
        difference: From ours to theirs; it says which words belong to what has moved.
        patched: Ours with its patches: what they added, upstream may have by now, and the words
            for it are here.
    """
    donors = dict(difference.pairs)
    for (_, old), (_, new) in difference.moved.items():
        donors.setdefault(("paths", new), ("paths", old))
    return _Merge(copy.deepcopy(ours), donors, patched or {}).run(ours, theirs)


class _Merge:
    def __init__(self, original: Any, donors: dict[Place, Place], patched: dict[str, Any]) -> None:
        self.original = original
        self.patched = patched
        self.donors = donors
        self.result = Merged()

    def run(self, ours: Any, theirs: dict[str, Any]) -> Merged:
        head = {"openapi": ours["openapi"]}
        self._object(ours, {**theirs, **head}, (), names=False)
        return self.result

    # --- Objects ---

    def _object(self, ours: Any, theirs: dict[str, Any], place: Place, *, names: bool) -> None:
        """Merge a map whose keys are names, or the keywords of an object."""
        wanted = [k for k in theirs if names or not _is_word(k)]
        for key in list(ours):
            if key not in theirs and (names or not _is_word(str(key))):
                if place[:1] == ("components",) and len(place) == 2:
                    self.result.dropped.append(pointer_of((*place, str(key))))
                del ours[key]
        for key in wanted:
            here = (*place, key)
            if key in ours:
                ours[key] = self._value(ours[key], theirs[key], here, key, names=names)
            else:
                value = self._new(theirs[key], here, key, names=names)
                ours.insert(_position(ours, list(theirs), key), key, value)

    def _value(self, ours: Any, theirs: Any, place: Place, key: str, *, names: bool) -> Any:
        """The merged value of something both have."""
        if canonical(ours) == canonical(theirs):
            return ours
        if is_object(ours) and is_object(theirs):
            if ("$ref" in ours) != ("$ref" in theirs):
                return self._new(theirs, place, key, names=names)
            if not names and key in _VALUES:
                return _plain(theirs)
            self._object(ours, theirs, place, names=not names and key in _NAMES)
            return ours
        if is_array(ours) and is_array(theirs):
            self._list(ours, theirs, place, key)
            return ours
        return self._new(theirs, place, key, names=names)

    def _new(self, theirs: Any, place: Place, key: str, *, names: bool) -> Any:
        """A value that was not there; with our words, where we had it at another place."""
        if is_object(theirs) and "$ref" not in theirs and (names or key not in _VALUES):
            donor = self._donor(place)
            fresh = donor is None
            value: Any = CommentedMap() if donor is None else donor
            self._object(value, theirs, place, names=not names and key in _NAMES)
            if place[-2:-1] == ("responses",):
                value.setdefault("description", "")  # OpenAPI wants one
            if fresh and _wants_words(place):
                self.result.wordless.append(pointer_of(place))
            return value
        if is_array(theirs) and key not in _VALUES:
            items: Any = CommentedSeq()
            self._list(items, theirs, place, key)
            return _flowing(items)
        return _plain(theirs)

    def _donor(self, place: Place) -> Any:
        """A copy of our own node for what is now at `place`, unless that is a mere reference."""
        old = self.donors.get(place)
        for root, where in ((self.original, old), (self.patched, place)):
            node = None if where is None else _at(root, where)
            if is_object(node) and "$ref" not in node:
                return copy.deepcopy(node) if root is self.original else _plain(node)
        return None

    # --- Lists ---

    def _list(self, ours: Any, theirs: list[Any], place: Place, key: str) -> None:
        """Merge a list: what both have stays where it is, in our words."""
        name = _identity(key)
        taken: list[int] = []
        partner: dict[int, int] = {}
        for index, element in enumerate(theirs):
            found = next(
                (i for i, o in enumerate(ours) if i not in taken and name(o) == name(element)), None
            )
            if found is not None:
                taken.append(found)
                partner[index] = found
        if key in {"oneOf", "anyOf", "allOf"} and len(ours) == len(theirs):
            self._pair_rest(ours, theirs, partner)
        kept = {i: ours[i] for i in partner.values()}
        merged: list[tuple[float, Any]] = []
        last = -1.0
        for index, element in enumerate(theirs):
            here = (*place, str(index))
            if index in partner:
                last = float(partner[index])
                value = self._value(kept[partner[index]], element, here, key, names=True)
                merged.append((last, value))
            else:
                merged.append((last + 0.5, self._new(element, here, "", names=False)))
        values = [value for _, value in sorted(merged, key=lambda one: one[0])]
        if [id(v) for v in values] != [id(v) for v in ours]:
            ours[:] = values

    def _pair_rest(self, ours: Any, theirs: list[Any], partner: dict[int, int]) -> None:
        free = [i for i in range(len(ours)) if i not in partner.values()]
        rest = [i for i in range(len(theirs)) if i not in partner]
        for index, mine in zip(rest, free, strict=True):
            pair = ours[mine], theirs[index]
            if all(is_object(one) and "$ref" not in one for one in pair):
                partner[index] = mine


def _at(node: Any, place: Place) -> Any:
    for token in place:
        try:
            node = node[int(token)] if is_array(node) else node[token]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return node


def _identity(key: str) -> Callable[[Any], Hashable]:
    """What makes an element of a list the same."""

    def name(element: Any) -> Hashable:
        if not is_object(element):
            return canonical(element)
        if "$ref" in element:
            return str(element["$ref"])
        if key == "parameters":
            return str(element.get("in")), str(element.get("name"))
        for only in ("url", "name") if key in {"servers", "tags"} else ():
            if only in element:
                return str(element[only])
        return canonical(_without_words(element))

    return name


def _without_words(node: Any, *, names: bool = False) -> Any:
    if is_object(node):
        return {
            k: _without_words(v, names=not names and k in _NAMES)
            for k, v in node.items()
            if names or not _is_word(str(k))
        }
    return [_without_words(v) for v in node] if is_array(node) else node


def _is_word(key: str) -> bool:
    return key in _WORDS or key.startswith("x-")


def _wants_words(place: Place) -> bool:
    """Whether a reader meets the element and wants to be told what it is."""
    if len(place) == 3 and place[0] == "paths":
        return place[2] in HTTP_METHODS
    return len(place) > 1 and (place[-2] in _DESCRIBED or place[-2] == "responses")


def _position(ours: Any, order: list[str], key: str) -> int:
    """Where a new key goes: after what stands before it in their order."""
    keys = list(ours)
    before = [k for k in order[: order.index(key)] if k in ours]
    if before:
        return keys.index(before[-1]) + 1
    after = [k for k in order[order.index(key) + 1 :] if k in ours]
    return keys.index(after[0]) if after else len(keys)


def _plain(value: Any) -> Any:
    """A foreign value as ours are written."""
    if is_object(value):
        return CommentedMap({key: _plain(item) for key, item in value.items()})
    if is_array(value):
        return _flowing(CommentedSeq([_plain(item) for item in value]))
    return value


def _flowing(value: Any) -> Any:
    """A short list of plain values on one line."""
    if not any(is_object(one) or is_array(one) for one in value) and len(str([*value])) < _FLOW:
        value.fa.set_flow_style()
    return value
