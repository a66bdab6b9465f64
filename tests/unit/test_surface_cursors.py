"""Walks through lists end: cursors that lead back, nowhere, or on for ever are caught."""

from __future__ import annotations

import logging

import pytest

from ionq_direct._cursors import CursorGuard, Page, check_cursor, check_max_items
from ionq_direct._id_chunks import Place, chunks_of
from ionq_direct.errors import DecodeError, InvalidArgument


def test_null_ends_the_list() -> None:
    assert CursorGuard().following(None, 3) is None


def test_a_cursor_leads_on() -> None:
    guard = CursorGuard()
    assert [guard.following(cursor, 1) for cursor in ("a", "b", "c")] == ["a", "b", "c"]


def test_an_empty_cursor_ends_the_list_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "ionq_direct.paging"):
        assert CursorGuard().following("", 25) is None
    assert "empty cursor" in caplog.text


@pytest.mark.parametrize("cursors", [["a", "a"], ["a", "b", "a"]])
def test_a_cursor_that_leads_back_is_an_error(cursors: list[str]) -> None:
    guard = CursorGuard()
    for cursor in cursors[:-1]:
        guard.following(cursor, 25)
    with pytest.raises(DecodeError, match="leads back to a page already read") as caught:
        guard.following(cursors[-1], 25)
    assert caught.value.path == "$.next"


def test_a_cursor_that_leads_back_to_where_one_resumed_is_an_error() -> None:
    with pytest.raises(DecodeError, match="'here' leads back"):
        CursorGuard("here").following("here", 25)


def test_empty_pages_without_end_are_an_error() -> None:
    guard = CursorGuard()
    for number in range(20):
        guard.following(f"cursor-{number}", 0)
    with pytest.raises(DecodeError, match="21 empty pages in a row"):
        guard.following("cursor-20", 0)


def test_a_few_empty_pages_are_passed_over() -> None:
    guard = CursorGuard()
    for number in range(200):
        guard.following(f"cursor-{number}", int(number % 15 == 0))


@pytest.mark.parametrize("cursor", [7, ["a"], {"a": 1}, True])
def test_a_cursor_that_is_no_text_is_an_error(cursor: object) -> None:
    with pytest.raises(DecodeError, match="is no text"):
        CursorGuard().following(cursor, 1)


def test_a_page_is_a_collection_of_its_items() -> None:
    page = Page(("a", "b"), "next")
    assert (list(page), len(page), page.next) == (["a", "b"], 2, "next")


@pytest.mark.parametrize("cursor", ["", "  ", 5, b"a"])
def test_nothing_resumes_from_what_is_no_cursor(cursor: object) -> None:
    with pytest.raises(InvalidArgument, match=r"cursor: must be the `next`"):
        check_cursor(cursor)
    assert check_cursor("a") == "a"
    assert check_cursor(None) is None


@pytest.mark.parametrize("number", [-1, 1.5, True, "3"])
def test_a_limit_is_a_whole_number(number: object) -> None:
    with pytest.raises(InvalidArgument, match="max_items: must be a whole number"):
        check_max_items(number)
    assert check_max_items(0) == 0
    assert check_max_items(None) is None


def test_many_ids_go_25_to_a_request() -> None:
    ids = [str(number) for number in range(60)]
    assert [len(chunk) for chunk in chunks_of(ids)] == [25, 25, 10]
    assert [job_id for chunk in chunks_of(ids) for job_id in chunk] == ids
    assert chunks_of([]) == []


def test_a_place_among_many_ids_reads_back() -> None:
    assert Place.read(None, 3) == Place(0, None)
    assert Place.read("2:", 3) == Place(2, None)
    assert Place.read("1:a:b", 3) == Place(1, "a:b")
    for place in (Place(0, "x"), Place(2, None), Place(1, "a:b")):
        assert Place.read(place.text(), 3) == place


@pytest.mark.parametrize("text", ["a-cursor", "3:", "-1:", ":", "x:y"])
def test_a_cursor_of_another_list_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="for the same ids"):
        Place.read(text, 3)
