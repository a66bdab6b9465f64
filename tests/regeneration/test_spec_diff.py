"""What `spec diff` finds between two documents: each kind of change alone, rated, and no other."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_conformance.spec.changes import Change, Rating
from ionq_conformance.spec.diff import diff
from ionq_direct.cli import main
from scripts import paths
from scripts.documents import load_openapi

Document = dict[str, Any]
Edit = Callable[[Document], object]

CALLERS, READERS = Rating.CALLERS, Rating.READERS
SAFE, WORDING = Rating.SAFE, Rating.WORDING


def shop() -> Document:
    """A document with something of everything."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1", "description": "Sells."},
        "servers": [{"url": "https://shop.example/v1"}],
        "security": [{"key": []}],
        "paths": {
            "/orders": {
                "get": {
                    "operationId": "listOrders",
                    "tags": ["orders"],
                    "summary": "List orders",
                    "parameters": [
                        {"$ref": "#/components/parameters/limit"},
                        {"name": "state", "in": "query", "schema": {"type": "string"}},
                        {"name": "day", "in": "query", "required": True, "schema": {}},
                    ],
                    "responses": {
                        "200": {
                            "description": "Orders",
                            "headers": {"X-Count": {"schema": {"type": "integer"}}},
                            "content": {
                                "application/json": {
                                    "schema": {
                                        "type": "array",
                                        "items": {"$ref": "#/components/schemas/Order"},
                                    }
                                }
                            },
                        },
                        "404": {"description": "None"},
                    },
                },
                "post": {
                    "operationId": "makeOrder",
                    "tags": ["orders"],
                    "requestBody": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Wish"}},
                            "text/plain": {"schema": {"type": "string"}},
                        },
                    },
                    "responses": {"200": {"$ref": "#/components/responses/One"}},
                },
            },
            "/orders/{id}": {
                "get": {
                    "operationId": "getOrder",
                    "tags": ["orders"],
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "string"},
                        }
                    ],
                    "responses": {"200": {"$ref": "#/components/responses/One"}},
                }
            },
            "/ping": {
                "get": {
                    "operationId": "ping",
                    "security": [],
                    "responses": {"204": {"description": "Here"}},
                }
            },
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "Key"}},
            "parameters": {
                "limit": {
                    "name": "limit",
                    "in": "query",
                    "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
                }
            },
            "responses": {
                "One": {
                    "description": "One",
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Order"}}
                    },
                }
            },
            "schemas": {
                "Order": {
                    "type": "object",
                    "description": "An order.",
                    "required": ["id", "state"],
                    "properties": {
                        "id": {"type": "string", "example": "a1"},
                        "state": {"type": "string", "enum": ["open", "shut"]},
                        "price": {"type": "number", "maximum": 10},
                        "note": {"type": "string", "nullable": True},
                        "at": {"type": "string", "format": "date-time"},
                        "part": {"$ref": "#/components/schemas/Part"},
                        "how": {
                            "oneOf": [
                                {"$ref": "#/components/schemas/Post"},
                                {"$ref": "#/components/schemas/Shelf"},
                            ],
                            "discriminator": {"propertyName": "kind"},
                        },
                    },
                },
                "Part": {
                    "type": "object",
                    "properties": {"again": {"$ref": "#/components/schemas/Part"}},
                    "additionalProperties": False,
                },
                "Post": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {"kind": {"type": "string"}, "street": {"type": "string"}},
                },
                "Shelf": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {"kind": {"type": "string"}, "number": {"type": "integer"}},
                },
                "Wish": {
                    "type": "object",
                    "required": ["item"],
                    "properties": {
                        "item": {"type": "string", "maxLength": 9},
                        "count": {"type": "integer", "default": 1},
                        "wrap": {"type": "string", "enum": ["paper", "none"]},
                        "tip": {"type": "number", "nullable": True},
                        "due": {"type": "string"},
                        "size": {
                            "type": "object",
                            "properties": {"x": {"type": "integer"}},
                        },
                    },
                },
                "Spare": {"type": "object", "properties": {"a": {"type": "string"}}},
            },
        },
    }


def at(*path: str | int) -> Callable[[Document], Any]:
    def find(document: Any) -> Any:
        for key in path:
            document = document[key]
        return document

    return find


def put(*path: str | int, value: Any) -> Edit:
    return lambda document: at(*path[:-1])(document).__setitem__(path[-1], value)


def drop(*path: str | int) -> Edit:
    return lambda document: at(*path[:-1])(document).__delitem__(path[-1])


def rename(*path: str, to: str) -> Edit:
    def edit(document: Document) -> None:
        owner = at(*path[:-1])(document)
        items = [(to if key == path[-1] else key, value) for key, value in owner.items()]
        owner.clear()
        owner.update(items)

    return edit


def refer(name: str, to: str) -> Edit:
    """Rename a schema with all references to it."""

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("$ref") == f"#/components/schemas/{name}":
                node["$ref"] = f"#/components/schemas/{to}"
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    def edit(document: Document) -> None:
        rename(*S, name, to=to)(document)
        walk(document)

    return edit


def extract(document: Document) -> None:
    size = document["components"]["schemas"]["Wish"]["properties"]["size"]
    document["components"]["schemas"]["Size"] = copy.deepcopy(size)
    size.clear()
    size["$ref"] = "#/components/schemas/Size"


def split(document: Document) -> None:
    schemas = document["components"]["schemas"]
    schemas["Piece"] = copy.deepcopy(schemas["Part"])
    schemas["Order"]["properties"]["part"]["$ref"] = "#/components/schemas/Piece"
    schemas["Piece"]["properties"]["again"]["$ref"] = "#/components/schemas/Piece"
    schemas["Post"]["properties"]["part"] = {"$ref": "#/components/schemas/Part"}


def merge_paths(document: Document) -> None:
    rename("paths", "/orders/{id}", to="/orders/{key}")(document)
    document["paths"]["/orders/{key}"]["get"]["parameters"][0]["name"] = "key"


S = ("components", "schemas")
LIST = ("paths", "/orders", "get")
MAKE = ("paths", "/orders", "post")
ONE = ("paths", "/orders/{id}", "get")
LIMIT = ("components", "parameters", "limit")
ORDER = (*S, "Order", "properties")
WISH = (*S, "Wish", "properties")

MUTATIONS: list[tuple[str, Rating, Edit]] = [
    # Operations
    (
        "operation-added",
        SAFE,
        put(
            *("paths", "/ping", "post"),
            value={"operationId": "pong", "responses": {"204": {"description": ""}}},
        ),
    ),
    ("operation-removed", CALLERS, drop(*MAKE)),
    ("operation-deprecated", SAFE, put(*LIST, "deprecated", value=True)),
    ("operation-id-renamed", CALLERS, put(*LIST, "operationId", value="allOrders")),
    ("tag-changed", CALLERS, put(*LIST, "tags", value=["sales"])),
    ("other-tags-changed", SAFE, put(*LIST, "tags", value=["orders", "sales"])),
    ("path-renamed", CALLERS, rename("paths", "/orders", to="/purchases")),
    ("path-parameter-renamed", CALLERS, merge_paths),
    ("method-changed", CALLERS, rename(*MAKE, to="put")),
    ("callbacks-changed", SAFE, put(*LIST, "callbacks", value={"done": {}})),
    # Parameters
    (
        "parameter-added-optional",
        SAFE,
        lambda d: at(*LIST, "parameters")(d).append(
            {"name": "page", "in": "query", "schema": {"type": "integer"}}
        ),
    ),
    (
        "parameter-added-required",
        CALLERS,
        lambda d: at(*LIST, "parameters")(d).append(
            {"name": "page", "in": "query", "required": True, "schema": {"type": "integer"}}
        ),
    ),
    ("parameter-removed", CALLERS, drop(*LIST, "parameters", 1)),
    ("parameter-made-required", CALLERS, put(*LIST, "parameters", 1, "required", value=True)),
    ("parameter-made-optional", SAFE, put(*LIST, "parameters", 2, "required", value=False)),
    ("parameter-location-changed", CALLERS, put(*LIST, "parameters", 1, "in", value="header")),
    ("parameter-style-changed", CALLERS, put(*LIST, "parameters", 1, "explode", value=False)),
    ("parameter-deprecated", SAFE, put(*LIST, "parameters", 1, "deprecated", value=True)),
    ("parameter-type-changed", CALLERS, put(*LIMIT, "schema", "type", value="boolean")),
    ("parameter-type-widened", SAFE, put(*LIMIT, "schema", "type", value="number")),
    ("parameter-default-changed", CALLERS, put(*LIMIT, "schema", "default", value=6)),
    ("parameter-bound-tightened", CALLERS, put(*LIMIT, "schema", "maximum", value=8)),
    ("parameter-bound-loosened", SAFE, drop(*LIMIT, "schema", "minimum")),
    ("parameter-enum-narrowed", CALLERS, put(*LIMIT, "schema", "enum", value=[1, 5])),
    # Bodies that are sent
    ("request-body-made-required", CALLERS, put(*MAKE, "requestBody", "required", value=True)),
    ("request-body-removed", CALLERS, drop(*MAKE, "requestBody")),
    (
        "request-body-added-required",
        CALLERS,
        put(*LIST, "requestBody", value={"required": True, "content": {"text/plain": {}}}),
    ),
    (
        "request-body-added-optional",
        SAFE,
        put(*LIST, "requestBody", value={"content": {"a/b": {}}}),
    ),
    (
        "request-content-type-added",
        SAFE,
        put(*MAKE, "requestBody", "content", "text/csv", value={"schema": {"type": "string"}}),
    ),
    (
        "request-content-type-removed",
        CALLERS,
        drop(*MAKE, "requestBody", "content", "text/plain"),
    ),
    ("request-field-added-optional", SAFE, put(*WISH, "color", value={"type": "string"})),
    (
        "request-field-added-required",
        CALLERS,
        lambda d: (
            put(*WISH, "color", value={"type": "string"})(d),
            at(*S, "Wish", "required")(d).append("color"),
        ),
    ),
    ("request-field-removed", CALLERS, drop(*WISH, "count")),
    ("request-field-made-required", CALLERS, put(*S, "Wish", "required", value=["item", "count"])),
    ("request-field-made-optional", SAFE, drop(*S, "Wish", "required")),
    ("request-type-changed", CALLERS, put(*WISH, "item", "type", value="boolean")),
    ("request-type-widened", SAFE, put(*WISH, "count", "type", value="number")),
    ("request-type-narrowed", CALLERS, put(*WISH, "tip", "type", value="integer")),
    ("request-nullable-added", SAFE, put(*WISH, "item", "nullable", value=True)),
    ("request-nullable-removed", CALLERS, drop(*WISH, "tip", "nullable")),
    ("request-enum-grown", SAFE, put(*WISH, "wrap", "enum", value=["none", "paper", "gold"])),
    ("request-enum-narrowed", CALLERS, put(*WISH, "wrap", "enum", value=["paper"])),
    ("request-format-changed", CALLERS, put(*WISH, "due", "format", value="date")),
    ("request-width-changed", SAFE, put(*WISH, "count", "format", value="int64")),
    ("request-default-changed", CALLERS, put(*WISH, "count", "default", value=2)),
    ("request-bound-tightened", CALLERS, put(*WISH, "item", "maxLength", value=8)),
    ("request-bound-loosened", SAFE, put(*WISH, "item", "maxLength", value=10)),
    ("request-pattern-changed", CALLERS, put(*WISH, "due", "pattern", value="b")),
    (
        "request-additional-closed",
        CALLERS,
        put(*S, "Wish", "additionalProperties", value=False),
    ),
    ("request-access-changed", CALLERS, put(*WISH, "due", "readOnly", value=True)),
    # Answers
    ("response-success-added", READERS, put(*LIST, "responses", "202", value={"description": ""})),
    ("response-error-added", SAFE, put(*LIST, "responses", "429", value={"description": ""})),
    ("response-error-removed", SAFE, drop(*LIST, "responses", "404")),
    ("response-success-removed", READERS, drop(*LIST, "responses", "200")),
    (
        "response-content-type-added",
        READERS,
        put("components", "responses", "One", "content", "text/csv", value={}),
    ),
    (
        "response-content-type-removed",
        READERS,
        drop("components", "responses", "One", "content", "application/json"),
    ),
    (
        "response-header-added",
        SAFE,
        put(*LIST, "responses", "200", "headers", "X-Page", value={"schema": {}}),
    ),
    ("response-header-removed", READERS, drop(*LIST, "responses", "200", "headers", "X-Count")),
    ("response-field-added-optional", SAFE, put(*ORDER, "color", value={"type": "string"})),
    (
        "response-field-added-required",
        SAFE,
        lambda d: (
            put(*ORDER, "color", value={"type": "string"})(d),
            at(*S, "Order", "required")(d).append("color"),
        ),
    ),
    ("response-field-removed", READERS, drop(*ORDER, "price")),
    (
        "response-field-made-required",
        SAFE,
        put(*S, "Order", "required", value=["id", "state", "at"]),
    ),
    ("response-field-made-optional", READERS, put(*S, "Order", "required", value=["id"])),
    ("response-type-changed", READERS, put(*ORDER, "id", "type", value="integer")),
    ("response-type-narrowed", SAFE, put(*ORDER, "price", "type", value="integer")),
    ("response-type-widened", READERS, drop(*ORDER, "note", "type")),
    ("response-nullable-added", READERS, put(*ORDER, "id", "nullable", value=True)),
    ("response-nullable-removed", SAFE, drop(*ORDER, "note", "nullable")),
    ("response-enum-grown", SAFE, put(*ORDER, "state", "enum", value=["open", "lost", "shut"])),
    ("response-enum-narrowed", SAFE, put(*ORDER, "state", "enum", value=["open"])),
    ("response-format-changed", READERS, drop(*ORDER, "at", "format")),
    ("response-bound-loosened", SAFE, put(*ORDER, "price", "maximum", value=11)),
    ("response-bound-tightened", SAFE, put(*ORDER, "price", "maximum", value=9)),
    ("response-additional-opened", SAFE, drop(*S, "Part", "additionalProperties")),
    ("response-additional-closed", SAFE, put(*S, "Post", "additionalProperties", value=False)),
    (
        "response-variant-added",
        READERS,
        lambda d: at(*ORDER, "how", "oneOf")(d).append({"type": "string"}),
    ),
    ("response-variant-removed", SAFE, drop(*ORDER, "how", "oneOf", 1)),
    ("response-union-changed", SAFE, rename(*ORDER, "how", "oneOf", to="anyOf")),
    (
        "response-discriminator-changed",
        READERS,
        put(*ORDER, "how", "discriminator", "propertyName", value="type"),
    ),
    ("response-access-changed", READERS, put(*ORDER, "note", "writeOnly", value=True)),
    ("response-deprecated", SAFE, put(*ORDER, "note", "deprecated", value=True)),
    # Who may call, and where
    ("security-added", CALLERS, drop("paths", "/ping", "get", "security")),
    ("security-removed", SAFE, put(*MAKE, "security", value=[])),
    (
        "security-scheme-changed",
        CALLERS,
        put("components", "securitySchemes", "key", "name", value="K"),
    ),
    (
        "security-scheme-renamed",
        SAFE,
        lambda d: (
            rename("components", "securitySchemes", "key", to="token")(d),
            put("security", value=[{"token": []}])(d),
        ),
    ),
    (
        "security-scheme-added",
        SAFE,
        put("components", "securitySchemes", "more", value={"type": "http", "scheme": "basic"}),
    ),
    ("server-changed", CALLERS, put("servers", 0, "url", value="https://shop.example/v2")),
    ("security-way-added", SAFE, put(*LIST, "security", value=[{"key": []}, {"key": ["read"]}])),
    # What is seldom used
    ("request-rule-changed", CALLERS, put(*WISH, "item", "not", value={"enum": ["bomb"]})),
    ("response-rule-changed", SAFE, put(*ORDER, "note", "contentEncoding", value="base64")),
    (
        "request-encoding-changed",
        CALLERS,
        put(
            *(*MAKE, "requestBody", "content", "text/plain", "encoding"),
            value={"a": {"contentType": "text/csv"}},
        ),
    ),
    ("parameter-bound-loosened", SAFE, put(*LIST, "parameters", 1, "allowEmptyValue", value=True)),
    (
        "response-deprecated",
        SAFE,
        put(*LIST, "responses", "200", "headers", "X-Count", "deprecated", value=True),
    ),
    ("callbacks-changed", SAFE, put("webhooks", value={"sold": {}})),
    (
        "callbacks-changed",
        SAFE,
        put(*LIST, "responses", "200", "links", value={"next": {"operationId": "ping"}}),
    ),
    ("component-added", SAFE, put("components", "callbacks", value={"sold": {}})),
    ("description-changed", WORDING, put("tags", value=[{"name": "orders"}])),
    ("description-changed", WORDING, put(*S, "Order", "$comment", value="Hm.")),
    # Components, whose names are nobody's business but Python's
    ("component-renamed", SAFE, refer("Part", "Piece")),
    ("component-extracted", SAFE, extract),
    ("component-added", SAFE, put(*S, "Extra", value={"type": "object"})),
    ("component-removed", SAFE, drop(*S, "Spare")),
    ("unused-field-removed", SAFE, drop(*S, "Spare", "properties", "a")),
    # Labels and words
    ("document-version-changed", SAFE, put("info", "version", value="2")),
    ("openapi-version-changed", SAFE, put("openapi", value="3.1.0")),
    ("description-changed", WORDING, put(*S, "Order", "description", value="What is bought.")),
    ("description-changed", WORDING, put(*LIST, "summary", value="Show orders")),
    ("description-changed", WORDING, put("info", "description", value="Sells things.")),
    ("example-changed", WORDING, put(*ORDER, "id", "example", value="b2")),
]


def changed(edit: Edit) -> list[Change]:
    """What is found between the shop and the shop after an edit."""
    new = shop()
    if edit is PATTERN:
        old = shop()
        put(*WISH, "due", "pattern", value="a")(old)
        edit(new)
        return diff(old, new)
    edit(new)
    return diff(shop(), new)


PATTERN = next(edit for kind, _, edit in MUTATIONS if kind == "request-pattern-changed")


@pytest.mark.parametrize(("kind", "rating", "edit"), MUTATIONS, ids=[m[0] for m in MUTATIONS])
def test_one_edit_is_one_change_and_rated(kind: str, rating: Rating, edit: Edit) -> None:
    (change,) = changed(edit)
    assert (change.kind, change.rating) == (kind, rating)
    assert change.where
    assert change.why


def test_at_least_forty_kinds_are_told_apart() -> None:
    assert len({kind for kind, _, _ in MUTATIONS}) >= 90


@pytest.mark.parametrize("make", [shop, lambda: load_openapi(paths.OPENAPI / "v0.4.yaml")])
def test_a_document_does_not_differ_from_itself(make: Callable[[], Document]) -> None:
    assert diff(make(), make()) == []


@given(st.sampled_from(range(len(MUTATIONS))))
def test_an_edit_taken_back_is_one_change_too(number: int) -> None:
    """The other way round a change is one change as well, at the same place, of another kind."""
    kind, _, edit = MUTATIONS[number]
    if edit is PATTERN:
        return
    new = shop()
    edit(new)
    (change,) = diff(new, shop())
    assert (change.rating is WORDING) == (kind in {"description-changed", "example-changed"})


class TestMeaning:
    """What is written otherwise and means the same is no change."""

    def test_the_order_of_keys_lists_and_forms(self) -> None:
        new = shop()
        new["paths"] = dict(reversed(new["paths"].items()))
        at(*S, "Order", "required")(new).reverse()
        at(*ORDER, "state", "enum")(new).reverse()
        at(*ORDER, "how", "oneOf")(new).reverse()
        at(*LIST, "parameters")(new).reverse()
        assert diff(shop(), new) == []

    def test_openapi_3_1_in_place_of_3_0(self) -> None:
        new = shop()
        new["openapi"] = "3.1.0"
        put(*ORDER, "note", value={"type": ["string", "null"]})(new)
        put(*WISH, "tip", value={"anyOf": [{"type": "number"}, {"type": "null"}]})(new)
        assert [change.kind for change in diff(shop(), new)] == ["openapi-version-changed"]

    def test_a_schema_spread_over_all_of(self) -> None:
        new = shop()
        order = at(*S, "Order")(new)
        some = {k: order["properties"].pop(k) for k in ("id", "price")}
        put(*S, "Order", value={"allOf": [order, {"type": "object", "properties": some}]})(new)
        order["required"] = ["state"]
        new["components"]["schemas"]["Order"]["allOf"][1]["required"] = ["id"]
        words = [change for change in diff(shop(), new) if change.rating is not WORDING]
        assert words == []

    def test_a_security_scheme_by_another_name(self) -> None:
        new = shop()
        new["components"]["securitySchemes"]["key1"] = new["components"]["securitySchemes"]["key"]
        put(*MAKE, "security", value=[{"key1": []}])(new)
        assert [change.kind for change in diff(shop(), new)] == ["security-scheme-added"]

    def test_a_schema_that_was_split_changes_nothing_for_its_users(self) -> None:
        new = shop()
        split(new)
        kinds = {change.kind: change.rating for change in diff(shop(), new)}
        assert kinds == {"component-split": SAFE, "response-field-added-optional": SAFE}


class TestReach:
    def test_a_change_in_a_shared_schema_is_told_once_with_all_it_reaches(self) -> None:
        (change,) = changed(drop(*ORDER, "price"))
        assert change.operations == ("getOrder", "listOrders", "makeOrder")
        assert change.where == "Order.price"
        assert change.pointer == "/components/schemas/Order/properties/price"

    def test_sent_and_received_are_told_once_with_the_worse_of_two_ratings(self) -> None:
        old = shop()
        put(*WISH, "part", value={"$ref": "#/components/schemas/Part"})(old)
        new = copy.deepcopy(old)
        drop(*S, "Part", "properties", "again")(new)
        (change,) = diff(old, new)
        assert (change.kind, change.rating) == ("field-removed", CALLERS)
        assert change.why.startswith("sent: ")

    def test_a_place_in_an_operation_has_its_address_and_the_parameters_name(self) -> None:
        (change,) = changed(put(*LIST, "parameters", 1, "schema", "maxLength", value=3))
        assert change.where == "get /orders, parameter state"

    def test_a_whole_path_moves_once(self) -> None:
        (change,) = changed(rename("paths", "/orders", to="/purchases"))
        assert change.operations == ("listOrders", "makeOrder")


@pytest.mark.parametrize(
    "edit",
    [
        put(*S, "Order", value={"$ref": "#/components/schemas/Order"}),
        put(*S, "Order", value={"$ref": "#/components/schemas/Nobody"}),
        put(*S, "Order", value={"allOf": [{"$ref": "#/components/schemas/Order"}]}),
        put(*S, "Order", value=None),
        put(*S, "Order", "properties", value=["not", "a", "map"]),
        put(*S, "Order", "required", value="id"),
        put(*LIST, "parameters", value={"not": "a list"}),
        put("components", value=None),
        put("paths", "/orders", value=None),
    ],
)
def test_a_document_that_is_not_as_it_should_be_is_still_compared(edit: Edit) -> None:
    assert changed(edit)


class TestTheCommand:
    """`ionq-direct spec diff`."""

    @pytest.fixture
    def files(self, tmp_path: Path) -> list[str]:
        new = shop()
        drop(*ORDER, "price")(new)
        documents = {"old.json": shop(), "new.json": new}
        for name, document in documents.items():
            (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
        return [str(tmp_path / name) for name in documents]

    def test_json(self, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["spec", "diff", *files, "--json"]) == 0
        (change,) = json.loads(capsys.readouterr().out)["changes"]
        assert (change["kind"], change["rating"]) == ("response-field-removed", READERS)

    def test_lines_without_colour_where_nobody_sees_it(
        self, files: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["spec", "diff", *files]) == 0
        first = capsys.readouterr().out.splitlines()[0]
        assert first == "breaking-readers  response-field-removed Order.price: optional number"

    def test_markdown(self, files: list[str], tmp_path: Path) -> None:
        report = tmp_path / "report.md"
        main(["spec", "diff", *files, "--markdown", str(report)])
        assert "- **response-field-removed** `Order.price`" in report.read_text(encoding="utf-8")

    def test_the_exit_code_can_say_whether_anything_breaks(self, files: list[str]) -> None:
        assert main(["spec", "diff", *files, "--exit-code"]) == 1
        assert main(["spec", "diff", files[0], files[0], "--exit-code"]) == 0

    def test_what_is_no_document_is_refused(self, files: list[str], tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text("<!doctype html>", encoding="utf-8")
        assert main(["spec", "diff", files[0], str(page)]) == 2

    def test_an_unknown_command_is_said_to_be_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["spec", "diffs"]) == 2
        assert "usage: ionq-direct spec" in capsys.readouterr().err
