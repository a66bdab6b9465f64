"""Gives operations without a tag the one of their neighbours: it names their generated package.

A tag given later would move a module that programs import by then.
May import: diff, patches, views.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ionq_conformance.spec.diff import Operation, operations_of
from ionq_conformance.spec.patches import NewPatch
from ionq_conformance.spec.views import Document

__all__ = ["tag_patch", "tags_for"]


def tags_for(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    """A tag for each (path, method) that has none: that of the nearest path above, or its name."""
    operations = list(operations_of(Document(document)))
    known: dict[tuple[str, ...], Counter[str]] = {}
    for one in operations:
        if one.tag is not None:
            known.setdefault(_segments(one), Counter())[one.tag] += 1
    return {(one.path, one.method): _tag(one, known) for one in operations if one.tag is None}


def tag_patch(tags: dict[tuple[str, str], str], day: str, number: int) -> NewPatch:
    """The patch that gives them."""
    paths: dict[str, Any] = {}
    for (path, method), tag in tags.items():
        paths.setdefault(path, {})[method] = {"tags": [tag]}
    document = {
        "overlay": "1.1.0",
        "info": {"title": f"New operations of {day} have no tag", "version": "1.0.0"},
        "x-reason": "Without a tag the operation lands in the package `default`.",
        "x-evidence": f"The edition of {day}; the tags are those of the nearest paths.",
        "x-date": day,
        "actions": [{"target": "$.paths", "update": paths}],
    }
    return NewPatch(f"{number:02d}-tags-{day}.yaml", document)


def _segments(one: Operation) -> tuple[str, ...]:
    plain = re.sub(r"\{[^}]*\}", "{}", one.path)
    return tuple(part for part in plain.split("/") if part)


def _tag(one: Operation, known: dict[tuple[str, ...], Counter[str]]) -> str:
    segments = _segments(one)
    for length in range(len(segments), 0, -1):
        if segments[:length] in known:
            return known[segments[:length]].most_common(1)[0][0]
    named = next((part for part in segments if part != "{}"), "")
    return re.sub(r"[^A-Za-z0-9]+", "-", named).strip("-").lower() or "default"
