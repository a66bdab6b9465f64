"""No place of a document can change unseen, and words are never more than words.

Each key and each element of a document is taken away, replaced, or doubled under another name, one
at a time.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from ionq_conformance.spec.changes import Rating
from ionq_conformance.spec.diff import diff
from scripts import paths
from scripts.documents import load_openapi
from tests.regeneration.test_spec_diff import shop

Document = dict[str, Any]

NAMES = {
    *("paths", "properties", "schemas", "responses", "requestBodies", "headers", "content"),
    *("securitySchemes", "links", "callbacks", "variables", "mapping", "encoding"),
}
"""Keys below which keys are names, where `description` may be a field."""
WORDS = {"description", "summary", "title", "example", "examples", "externalDocs", "contact"}


class Spot(NamedTuple):
    """A key of an object or an index of a list."""

    place: tuple[str | int, ...]
    named: bool
    words: bool


def spots(
    node: Any, place: tuple[str | int, ...] = (), *, named: bool = False, words: bool = False
) -> Iterator[Spot]:
    if isinstance(node, dict):
        for key, value in node.items():
            wordy = words or (not named and key in WORDS) or place == ("tags",)
            yield Spot((*place, key), named, wordy)
            below = not named and key in NAMES
            yield from spots(value, (*place, key), named=below, words=wordy)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            wordy = words or place == ("tags",)
            yield Spot((*place, index), named=False, words=wordy)
            yield from spots(value, (*place, index), words=wordy)


def take_away(owner: Any, key: Any) -> bool:
    del owner[key]
    return True


def replace(owner: Any, key: Any) -> bool:
    value = owner[key]
    if isinstance(value, bool):
        owner[key] = not value
    elif isinstance(value, int | float):
        owner[key] = value + 1
    elif isinstance(value, str) and key != "$ref":
        owner[key] = f"{value}x"
    else:
        return False
    return True


def double(owner: Any, key: Any) -> bool:
    if isinstance(owner, dict):
        owner[f"{key}Too"] = copy.deepcopy(owner[key])
    return isinstance(owner, dict)


def may_be_unseen(
    document: Document, place: tuple[str | int, ...], edit: Callable[[Any, Any], bool]
) -> bool:
    """Whether the document means the same without what is there, or with another patch level."""
    if edit is not take_away:
        return place == ("openapi",)
    owner = at(document, place[:-1])
    value = owner[place[-1]]
    implied = place[-1] == "type" and bool(
        value in {"object", "array"} and owner.keys() & {"properties", "items"}
    )
    return implied or (place[-1] == "schema" and value == {})


def at(node: Any, place: tuple[str | int, ...]) -> Any:
    for key in place:
        node = node[key]
    return node


EDITS: list[Callable[[Any, Any], bool]] = [take_away, replace, double]


@pytest.mark.parametrize("edit", EDITS)
def test_every_place_of_a_document(edit: Callable[[Any, Any], bool]) -> None:
    document = shop()
    unseen, overrated, tried = [], [], 0
    for spot in spots(document):
        new = copy.deepcopy(document)
        last = spot.place[-1]
        if edit is double and not spot.named:
            continue
        if not edit(at(new, spot.place[:-1]), last):
            continue
        tried += 1
        ratings = {change.rating for change in diff(document, new)}
        if spot.words:
            if ratings - {Rating.WORDING}:
                overrated.append(spot.place)
        elif ratings <= {Rating.WORDING} and not may_be_unseen(document, spot.place, edit):
            unseen.append(spot.place)
    assert (unseen, overrated) == ([], [])
    assert tried > 40


@pytest.mark.parametrize("version", ["v0.3", "v0.4"])
def test_a_document_does_not_differ_from_itself(version: str) -> None:
    document = load_openapi(paths.OPENAPI / f"{version}.yaml")
    assert diff(document, copy.deepcopy(document)) == []
    generated = paths.GENERATED / "ionq_api" / version.replace(".", "_") / "openapi.json"
    patched = load_openapi(generated)
    assert diff(patched, copy.deepcopy(patched)) == []
