"""The two halves have one surface: the same names, and the same signatures but for waiting."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

import ionq_direct

PAIRS = sorted(
    (name, name.removeprefix("Async").removeprefix("async_"))
    for name in ionq_direct.__all__
    if name.startswith(("Async", "async_"))
)
# How the language itself tells the two apart.
RENAMED = {
    "aclose": "close",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
}
SPECIAL = {*RENAMED, *RENAMED.values(), "__call__", "__len__", "__repr__"}


def surface(cls: type) -> dict[str, Any]:
    """Public members, by the name they have in the sync half."""
    members = {
        name: inspect.getattr_static(cls, name)
        for name in dir(cls)
        if not name.startswith("_") or (name in SPECIAL and name in vars(cls))
    }
    return {RENAMED.get(name, name): member for name, member in members.items()}


def plain(annotation: object) -> str:
    """An annotation as the sync half has it."""
    text = re.sub(r"\bAsync(?=[A-Z])", "", str(annotation))
    text = re.sub(r"\b(?:AsyncReturn|Return)\[", "Return[", text)
    text = text.replace("AsyncGenerator", "Generator").replace("_async", "_sync")
    # A coroutine that gives a `Job` is the sync function that does.
    return re.sub(r"\bReturn\[(.*)\]", r"\1", text)


def signature(member: Any) -> list[tuple[str, str, str, str]]:
    if isinstance(member, property):
        assert member.fget is not None
        return [("property", "", "", plain(inspect.signature(member.fget).return_annotation))]
    found = inspect.signature(member)
    parameters = [
        (one.name, str(one.kind), re.sub(r"\bAsync", "", repr(one.default)), plain(one.annotation))
        for one in found.parameters.values()
    ]
    return [*parameters, ("return", "", "", plain(found.return_annotation))]


def test_every_public_name_of_one_half_has_its_counterpart() -> None:
    assert len(PAIRS) >= 10
    missing = [sync for _, sync in PAIRS if sync not in ionq_direct.__all__]
    assert missing == []


CLASSES = [pair for pair in PAIRS if inspect.isclass(getattr(ionq_direct, pair[0]))]


@pytest.mark.parametrize(("async_name", "sync_name"), CLASSES)
def test_both_have_the_same_members(async_name: str, sync_name: str) -> None:
    theirs = surface(getattr(ionq_direct, async_name))
    ours = surface(getattr(ionq_direct, sync_name))
    assert theirs.keys() == ours.keys()
    assert theirs


@pytest.mark.parametrize(("async_name", "sync_name"), PAIRS)
def test_both_take_and_give_the_same(async_name: str, sync_name: str) -> None:
    theirs, ours = getattr(ionq_direct, async_name), getattr(ionq_direct, sync_name)
    if not inspect.isclass(theirs):
        assert signature(theirs) == signature(ours)
        return
    counterpart = surface(ours)
    for name, member in surface(theirs).items():
        if callable(member) or isinstance(member, property):
            assert signature(member) == signature(counterpart[name]), name


@pytest.mark.parametrize(("async_name", "sync_name"), CLASSES)
def test_only_one_of_them_waits(async_name: str, sync_name: str) -> None:
    ours = surface(getattr(ionq_direct, sync_name))
    waiting = [
        name
        for name, member in ours.items()
        if inspect.iscoroutinefunction(member) or inspect.isasyncgenfunction(member)
    ]
    assert waiting == []


@pytest.mark.parametrize(("async_name", "sync_name"), CLASSES)
def test_every_member_says_what_it_does(async_name: str, sync_name: str) -> None:
    members = surface(getattr(ionq_direct, sync_name))
    silent = [
        name
        for name, member in members.items()
        if not name.startswith("__") and not inspect.getdoc(member)
    ]
    assert silent == []
    told = [inspect.getdoc(member) or "" for member in members.values()]
    assert not [
        text for text in told if re.search(r"\bawait\b|\basync (with|for)\b|Async[A-Z]", text)
    ]
