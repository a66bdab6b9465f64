"""A document is got whole or not at all, from a path or over HTTP, however it is packed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ionq_conformance.spec import source
from ionq_conformance.spec.diff import diff
from ionq_conformance.spec.documents import DocumentError, parse
from ionq_conformance.spec.source import fetch, read_document
from scripts import paths
from scripts.documents import load_openapi
from tests.loopback import Loopback, serve

DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "A", "version": "1"},
    "paths": {"/a": {"get": {}}},
}
TEXT = json.dumps(DOCUMENT).encode()


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serve() as loopback:
        yield loopback


def test_it_is_read_as_it_is(server: Loopback) -> None:
    server.answer(200, TEXT, last_modified="Thu, 01 Oct 2026 10:00:00 GMT")
    found = fetch(server.url)
    assert (found.data, found.published) == (TEXT, "2026-10-01")
    assert read_document(found)[0] == DOCUMENT


def test_it_is_unpacked(server: Loopback) -> None:
    server.answer(200, gzip.compress(TEXT), content_encoding="gzip")
    assert fetch(server.url).data == TEXT


@pytest.mark.parametrize(
    ("status", "body", "headers", "why"),
    [
        (404, TEXT, {}, "404"),
        (500, TEXT, {}, "500"),
        (204, b"", {}, "not an OpenAPI document"),
        (302, b"", {"Location": "file:///etc/passwd"}, "not allowed"),
        (200, b"<!doctype html>", {}, "HTML"),
        (200, b'  <?xml version="1.0"?>', {}, "XML"),
        (200, TEXT[:60], {}, "neither JSON nor YAML"),
        (200, b"\xff\xfe", {}, "not UTF-8"),
        (200, b"not packed", {"content_encoding": "gzip"}, "said to be gzip and is not"),
        (200, gzip.compress(TEXT)[:-9], {"content_encoding": "gzip"}, "cut off"),
    ],
)
def test_what_is_no_document_is_refused(
    server: Loopback, status: int, body: bytes, headers: dict[str, str], why: str
) -> None:
    server.answer(status, body, **headers)
    with pytest.raises(DocumentError, match=why) as caught:
        read_document(fetch(server.url))
    assert "\n" not in str(caught.value)


def test_nobody_there_is_refused(server: Loopback) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        fetch(f"{server.url}0/")  # no such port


def test_what_is_too_large_is_not_read_to_its_end(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_LARGEST", 1000)
    for body, headers in ((b" " * 2000, {}), (gzip.compress(b" " * 10**6), {"encoding": "gzip"})):
        server.answer(200, body, **{f"content_{k}": v for k, v in headers.items()})
        with pytest.raises(DocumentError, match="larger than 1,000 bytes"):
            fetch(server.url)


def test_a_few_lines_that_stand_for_billions_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    with pytest.raises(DocumentError, match="more than 5,000,000 values"):
        parse("\n".join(lines), "bomb")
    with pytest.raises(DocumentError, match="holds itself"):
        parse("a: &a [*a]", "ring")


@pytest.mark.parametrize("version", ["v0.3", "v0.4"])
def test_our_documents_mean_the_same_in_openapi_3_1(version: str, tmp_path: Path) -> None:
    ours = load_openapi(paths.OPENAPI / f"{version}.yaml")
    newer = {**modern(ours), "openapi": "3.1.0"}
    assert [one.kind for one in diff(ours, newer)] == ["openapi-version-changed"]
    path = tmp_path / "newer.json"
    path.write_text(json.dumps(newer), encoding="utf-8")
    read, lost = read_document(fetch(str(path)))
    assert lost == []
    assert [one.kind for one in diff({**ours, "openapi": "3.0.3"}, read)] == []


def modern(node: Any) -> Any:
    """The same as OpenAPI 3.1 writes it: null is a type."""
    if isinstance(node, list):
        return [modern(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: modern(value) for key, value in node.items()}
    if made.get("nullable") is not True:
        return made
    if isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
        if "enum" in made and None not in made["enum"]:
            made["enum"] = [*made["enum"], None]
    elif len(made.get("allOf", [])) == 1:
        made["anyOf"] = [made.pop("allOf")[0], {"type": "null"}]
    else:
        joiner = next((one for one in ("anyOf", "oneOf") if one in made), None)
        if joiner is None:
            return made
        made[joiner] = [*made[joiner], {"type": "null"}]
    del made["nullable"]
    return made
