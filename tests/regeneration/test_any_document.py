"""Code generated from documents nobody here wrote: one of corner cases, one that means harm."""

from __future__ import annotations

import datetime
import importlib
import io
import json
import pkgutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest

from scripts import lock, paths
from scripts.generate import main
from tests.loopback import Loopback, Received, serve

BIN = Path(sys.executable).parent
ZOO = Path(__file__).with_name("zoo.yaml")

CAT = {"kind": "cat", "name": "Tom", "lives": 9}
DOG = {"kind": "dog", "name": "Rex", "tricks": ["sit"], "legs": 4}


def generated(folder: Path, name: str, spec: Path) -> Iterator[ModuleType]:
    """A package made from a document and imported, for as long as the fixture lives."""
    before = lock.tree_hash(paths.GENERATED)
    assert main(["--spec", str(spec), "--out", str(folder / name)]) == 0
    assert lock.tree_hash(paths.GENERATED) == before
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.partition(".")[0] == name]:
            del sys.modules[module]


def import_all(package: ModuleType) -> int:
    """Import every module with warnings as errors, so that no string holds a bad escape."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        modules = list(pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
        for module in modules:
            importlib.import_module(module.name)
    return len(modules)


def assert_clean(package: ModuleType) -> None:
    """mypy --strict and ruff, both with settings of their own, find nothing."""
    folder = Path(package.__path__[0])
    mypy = "mypy --strict --config-file= --cache-dir=../mypy -p"
    # RUF009: a default that is an instant is computed once, and cannot change.
    # I001: sorted for lines of 100, and this checks with lines of 88.
    ruff = "ruff check --isolated --no-cache --ignore=RUF009,I001"
    for command in (mypy, ruff):
        done = subprocess.run(
            [*f"{BIN}/{command}".split(), package.__name__],
            cwd=folder.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    yield from generated(tmp_path_factory.mktemp("zoo"), "zoo_client", ZOO)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serve() as loopback:
        yield loopback


@pytest.fixture
def client(zoo: ModuleType, server: Loopback) -> Iterator[Any]:
    server.answer(204, b"")
    with importlib.import_module("zoo_client.client").Client(server.url) as client:
        yield client


def model(name: str) -> Any:
    return getattr(importlib.import_module("zoo_client.models"), name)


def operation(name: str) -> Any:
    return importlib.import_module(f"zoo_client.api.{name}")


def file(content: bytes, *more: str) -> Any:
    return importlib.import_module("zoo_client.types").File(io.BytesIO(content), *more)


class TestTheZoo:
    def test_everything_can_be_imported(self, zoo: ModuleType) -> None:
        assert import_all(zoo) > 50

    def test_types_and_lint_are_clean(self, zoo: ModuleType) -> None:
        assert_clean(zoo)

    def test_every_file_says_that_it_is_generated(self, zoo: ModuleType) -> None:
        for path in Path(zoo.__path__[0]).rglob("*.py"):
            assert path.read_text().startswith("# @generated from zoo.yaml: edits are lost\n")


EVERYTHING = {
    "animal": {**DOG, "seen": None, "born": "2020-02-29", "parent": CAT},
    "grid": {"cells": [[1, 2], [], [3]], "corners": [[{"message": "m", "code": None}], []]},
    "weights": {"a": 1.5, "b": 2, "additional_properties": 3.5},
    "days": {"first": "2026-01-01"},
    "homes": {"a": {"cells": []}},
    "closed": {"a": 1},
    "free": {"x": {"y": [None]}},
    "either": "2026-11-21T10:00:00+00:00",
    "scalars": 2.5,
    "any": [{"x": None}],
    "id": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "when": "2026-11-21T10:00:00.250000+02:00",
    "day": "2026-11-21",
    "kind": "sea lion",
    "kinds": ["", "7up", "None", "cat"],
    "legs": 0,
    "class": "c",
    "from": "f",
    "2fast": "2",
    "with space": "s",
    'quote"d': "q",
    "back\\slash": "b",
    "new\nline": "n",
    "self": "self",
    "_private": "p",
    "datetime": "2026-11-21T10:00:00+00:00",
    "date": "2026-11-21",
    "uuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "UNSET": "u",
    "camelCase": "C",
    "camel_case": "_",
    "additionalProperties": "a",
    "to_dict": "t",
    "response": {"file": {"name": "n"}, "client": {"name": "n"}},
    "file": {"name": "n"},
    "reserved": {"a": {"x": 1}, "e": "b", "h": "a", "i": {"x": []}, "n": {}},
    "undocumented": {"kept": True},
}


@pytest.mark.usefixtures("zoo")
class TestModels:
    def test_everything_round_trips_without_deviation(self) -> None:
        deviations: list[Any] = []
        everything = model("Everything").from_dict(EVERYTHING, deviations)
        assert deviations == []
        assert everything.to_dict() == EVERYTHING
        assert model("Everything").from_dict(everything.to_dict()) == everything

    def test_values_have_the_types_of_the_document(self) -> None:
        everything = model("Everything").from_dict(EVERYTHING)
        assert everything.when.utcoffset() == datetime.timedelta(hours=2)
        assert everything.day == datetime.date(2026, 11, 21)
        assert everything.id == UUID("1b4e28ba-2fa1-11d2-883f-0016d3cca427")
        assert everything.kinds[3] is model("Kind").CAT
        assert everything.legs is model("Legs").VALUE_0
        assert everything.days["first"] == datetime.date(2026, 1, 1)
        assert isinstance(everything.homes["a"], model("Grid"))
        assert isinstance(everything.grid.corners[0][0], model("Problem"))

    def test_a_union_is_the_first_variant_that_fits(self) -> None:
        everything = model("Everything").from_dict(EVERYTHING)
        assert isinstance(everything.animal, model("Dog"))
        assert isinstance(everything.animal.parent, model("Cat"))
        assert isinstance(everything.either, datetime.datetime)
        for value in ("some day", 5):
            assert model("Everything").from_dict({"either": value}).either == value

    def test_fields_are_reached_by_names_python_allows(self) -> None:
        everything = model("Everything").from_dict(EVERYTHING)
        assert (everything.class_, everything.from_, everything.field_2fast) == ("c", "f", "2")
        assert (everything.camelCase, everything.camel_case) == ("C", "_")
        assert (everything.self_, everything.field_private) == ("self", "p")

    def test_a_field_hides_nothing_that_models_have(self) -> None:
        everything = model("Everything").from_dict(EVERYTHING)
        assert everything.additional_properties_ == "a"
        assert everything.to_dict_ == "t"
        assert everything.additional_properties == {"undocumented": {"kept": True}}

    def test_a_schema_hides_nothing_that_modules_import(self) -> None:
        everything = model("Everything").from_dict(EVERYTHING)
        assert isinstance(everything.file, model("FileModel"))
        assert isinstance(everything.response.client, model("ClientModel"))
        assert isinstance(everything.reserved.a, model("AnyModel"))

    def test_defaults_are_those_of_the_document(self) -> None:
        everything = model("Everything")()
        assert everything.to_dict() == {
            "when": "2026-01-01T00:00:00+00:00",
            "day": "2026-01-01",
            "kind": "cat",
        }

    @pytest.mark.parametrize("value", [3, -1, True, False, 2.5, "4", None])
    def test_a_number_the_enum_does_not_list_stays_and_is_noted(self, value: Any) -> None:
        deviations: list[Any] = []
        dog = model("Dog").from_dict({**DOG, "legs": value}, deviations)
        assert dog.legs is value
        assert [(d.path, d.value) for d in deviations] == [("$.legs", value)]

    def test_a_number_of_the_enum_may_be_written_as_a_float(self) -> None:
        deviations: list[Any] = []
        dog = model("Dog").from_dict({**DOG, "legs": 4.0}, deviations)
        assert (dog.legs, deviations) == (model("Legs").VALUE_4, [])

    def test_a_closed_object_keeps_and_notes_what_it_should_not_hold(self) -> None:
        deviations: list[Any] = []
        closed = model("Closed").from_dict({"a": 1, "b": 2}, deviations)
        assert closed.to_dict() == {"a": 1, "b": 2}
        assert [(d.path, d.kind) for d in deviations] == [("$.b", "extra")]


Send = Callable[..., Received]


@pytest.fixture(params=["sync", "asyncio"])
def send(request: pytest.FixtureRequest, zoo: ModuleType, server: Loopback) -> Iterator[Send]:
    """Calls an operation, either way, and returns what the server was sent."""
    server.answer(204, b"")
    client = importlib.import_module("zoo_client.client").Client(server.url)

    def sync(name: str, /, *args: Any, **kwargs: Any) -> Received:
        operation(name).sync_detailed(*args, client=client, **kwargs)
        return server.last

    def asyncio(name: str, /, *args: Any, **kwargs: Any) -> Received:
        import asyncio  # noqa: PLC0415  its name is taken here

        async def call() -> None:
            async with importlib.import_module("zoo_client.client").Client(server.url) as own:
                await operation(name).asyncio_detailed(*args, client=own, **kwargs)

        asyncio.run(call())
        return server.last

    with client:
        yield sync if request.param == "sync" else asyncio


def parts(received: Received) -> list[tuple[str, str | None, str, bytes]]:
    """The parts of a multipart body: name, file name, type and content."""
    head = f"Content-Type: {received.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + received.body)
    return [
        (
            part.get_param("name", header="Content-Disposition"),  # type: ignore[misc]  # as text
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


class TestRequests:
    def test_query_parameters(self, send: Send) -> None:
        noon = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
        received = send(
            "animals.list_animals",
            limit=5,
            tame=True,
            since=noon,
            born=noon.date(),
            keeper=UUID(int=1),
            kinds=[model("Kind").CAT, model("Kind")("axolotl")],
            legs=model("Legs").VALUE_4,
            filter_=model("Filter")(colour="red & blue", weight=2.5),
            name=None,
            params="p",
            headers="h",
            cookies="c",
            response="r",
            quote="q",
            client_query="x",
        )
        assert (received.method, received.path) == ("GET", "/animals")
        assert sorted(received.query) == [
            ("born", "2026-11-21"),
            ("client", "x"),
            ("colour", "red & blue"),
            ("cookies", "c"),
            ("headers", "h"),
            ("keeper", "00000000-0000-0000-0000-000000000001"),
            ("kinds", "axolotl"),
            ("kinds", "cat"),
            ("legs", "4"),
            ("limit", "5"),
            ("params", "p"),
            ("quote", "q"),
            ("response", "r"),
            ("since", "2026-11-21T12:00:00+00:00"),
            ("tame", "true"),
            ("weight", "2.5"),
        ]

    def test_parameters_that_are_not_given_are_not_sent_but_defaults_are(self, send: Send) -> None:
        assert send("animals.list_animals").query == [("limit", "25")]

    def test_path_parameters(self, send: Send) -> None:
        day = datetime.date(2026, 11, 21)
        assert send("animals.visit", 7, day, False).target == "/animals/7/visits/2026-11-21/false"
        odd = send("animals.delete_animal", "a b?#%é")
        assert odd.target == "/animals/a%20b%3F%23%25%C3%A9"
        assert (odd.method, odd.path) == ("DELETE", "/animals/a b?#%é")

    # The HTTP library wants cookies on the client instead, where they would go with every request.
    @pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")
    def test_headers_and_cookies(self, send: Send) -> None:
        received = send("animals.get_animal", "7", x_tame=False, x_depth=3, session="s", visits=2)
        assert received.headers["X-Tame"] == "false"
        assert received.headers["X-Depth"] == "3"
        assert "X-Trace" not in received.headers
        assert sorted(received.headers["Cookie"].split("; ")) == ["session=s", "visits=2"]

    def test_json_bodies(self, send: Send) -> None:
        received = send("animals.create_animal", body=model("Cat").from_dict(CAT))
        assert received.headers["Content-Type"] == "application/json"
        assert json.loads(received.body) == CAT

    def test_form_bodies(self, send: Send) -> None:
        body = model("LoginBody")(
            user="u&v", remember=True, roles=["a", "b"], until=datetime.date(2026, 11, 21)
        )
        received = send("sessions.login", body=body)
        assert received.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert parse_qs(received.body.decode()) == {
            "user": ["u&v"],
            "remember": ["true"],
            "roles": ["a", "b"],
            "until": ["2026-11-21"],
        }

    def test_bodies_of_bytes(self, send: Send) -> None:
        received = send("photos.put_photo", "7", body=file(b"\x89PNG\r\n"))
        assert received.headers["Content-Type"] == "application/octet-stream"
        assert received.body == b"\x89PNG\r\n"

    def test_multipart_bodies(self, send: Send) -> None:
        body = model("Upload")(
            photo=file(b"\x89PNG", "tom.png", "image/png"),
            more=[file(b"1", "1.png"), file(b"2", "2.png")],
            caption="Tom, é",
            stars=5,
            tame=True,
            taken=datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC),
            kind=model("Kind").CAT,
            legs=model("Legs").VALUE_4,
            grid=model("Grid")(cells=[[1]]),
            maybe=None,
        )
        body["extra"] = 1.5
        assert parts(send("photos.post_photo", "7", body=body)) == [
            ("photo", "tom.png", "image/png", b"\x89PNG"),
            ("more", "1.png", "image/png", b"1"),
            ("more", "2.png", "image/png", b"2"),
            ("caption", None, "text/plain", "Tom, é".encode()),
            ("stars", None, "text/plain", b"5"),
            ("tame", None, "text/plain", b"true"),
            ("taken", None, "text/plain", b"2026-11-21T00:00:00+00:00"),
            ("kind", None, "text/plain", b"cat"),
            ("legs", None, "text/plain", b"4"),
            ("grid", None, "application/json", b'{"cells": [[1]]}'),
            ("extra", None, "text/plain", b"1.5"),
        ]

    def test_the_type_of_the_body_chooses_how_it_is_sent(self, send: Send) -> None:
        def kind(**body: Any) -> str:
            return (send("default.anything", **body).headers["Content-Type"] or "").partition(";")[
                0
            ]

        assert kind(body=model("Everything")()) == "application/json"
        assert kind(body=model("Upload")(photo=file(b"x"))) == "multipart/form-data"
        assert kind(body=[model("Problem")("m")]) == "application/merge-patch+json"
        assert kind() == ""


SEVEN = {"animal_id": "7", "x_tame": True}


class TestResponses:
    """Which of the documented answers an answer is, and how its body is read."""

    @pytest.mark.parametrize(
        ("name", "args", "status", "body", "expected"),
        [
            ("animals.list_animals", {}, 200, [CAT, DOG], ["Cat", "Dog"]),
            ("animals.list_animals", {}, 418, {"message": "m"}, "Problem"),  # default
            ("animals.create_animal", {"body": None}, 201, CAT, "Cat"),
            ("animals.create_animal", {"body": None}, 422, {"message": "m"}, "Problem"),  # 4XX
            ("animals.get_animal", SEVEN, 200, DOG, "Dog"),  # 2XX
            ("animals.get_animal", SEVEN, 299, DOG, "Dog"),
            ("animals.get_animal", SEVEN, 203, {"message": "m"}, "Problem"),
            ("sessions.login", {"body": None}, 200, {"cells": [[1]]}, "Grid"),
        ],
    )  # fmt: skip
    @pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")
    def test_json(
        self,
        client: Any,
        server: Loopback,
        *,
        name: str,
        args: dict[str, Any],
        status: int,
        body: Any,
        expected: str | list[str],
    ) -> None:
        server.answer_json(status, body)
        answer = operation(name).sync_detailed(client=client, **args)
        assert answer.status_code == status
        assert answer.deviations == ()
        if isinstance(expected, list):
            assert [type(item).__name__ for item in answer.parsed] == expected
            assert [item.to_dict() for item in answer.parsed] == body
        else:
            assert type(answer.parsed).__name__ == expected
            assert answer.parsed.to_dict() == body

    def test_text(self, client: Any, server: Loopback) -> None:
        server.answer(200, "héllo".encode("latin-1"), content_type="text/plain; charset=latin-1")
        day = datetime.date(2026, 11, 21)
        assert operation("animals.visit").sync(7, day, True, client=client) == "héllo"

    def test_bytes(self, client: Any, server: Loopback) -> None:
        server.answer(200, b"\x89PNG", content_type="application/octet-stream")
        photo = operation("photos.get_photo").sync("7", client=client)
        assert photo.payload.read() == b"\x89PNG"

    @pytest.mark.parametrize("body", [None, 5, "text", [1], {"x": [None]}])
    def test_a_body_the_document_leaves_open(
        self, client: Any, server: Loopback, body: Any
    ) -> None:
        server.answer_json(202, body)
        answer = operation("default.anything").sync_detailed(client=client)
        assert (answer.parsed, answer.deviations) == (body, ())

    @pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")
    def test_a_body_nested_beyond_what_python_can_follow(
        self, client: Any, server: Loopback
    ) -> None:
        deep = json.dumps({**CAT, "parent": 0}).replace("0}", "")
        server.answer(200, (deep * 400 + json.dumps(CAT) + "}" * 400).encode())
        answer = operation("animals.get_animal").sync_detailed("7", client=client, x_tame=True)
        assert answer.parsed is None
        assert [(d.path, d.kind) for d in answer.deviations] == [("$", "body")]

    def test_no_body(self, client: Any, server: Loopback) -> None:
        server.answer(204, b"")
        answer = operation("animals.delete_animal").sync_detailed("7", client=client)
        assert (answer.status_code, answer.parsed, answer.deviations) == (204, None, ())


def harm(canary: Path) -> list[str]:
    """Text that would do something if it got out of the quotes it belongs in."""
    touch = f"__import__('pathlib').Path({str(canary)!r}).touch()"
    return [
        f'"""+{touch}+"""', f"'''+{touch}+'''", f'"+{touch}+"', f"'+{touch}+'",
        f"\n{touch}\n", f'"""\n{touch}\n"""', f'\\"""\n{touch}\n#', f'")\n{touch}\n("',
        f"\r{touch}\r", f"\u2028{touch}\u2028", f"\x0c{touch}\x0c", f"\\\n{touch}",
        f"{{{{ {touch} }}}}", f"{{% set x = {touch} %}}", f"{{{touch}}}", f"${{{touch}}}",
        f"`{touch}`", touch, "{self.__class__}", "%s%n{0}", "\\N{BULLET}", "\\u0022\\u0022\\u0022",
        "../../../evil", "..", "/etc/passwd", "C:\\x", "x/../../y", "~/x", "__init__", "__class__",
        "a\x00b", "🦊", "", " ", "#", "import os", "class", "None", "\\", '\\"', "\\'", "'", '"',
        '"""', "x" * 100,
    ]  # fmt: skip


def hostile(strings: list[str]) -> dict[str, Any]:
    """A document with each of the strings wherever a document may hold text."""
    operations, schemas = {}, {}
    for i, s in enumerate(strings):
        body = {"application/json": {"schema": {"$ref": f"#/components/schemas/M{i}"}}}
        text = {"type": "string", "default": s, "example": s, "description": s}
        operations[f"/p{i}/" + s.replace("{", "").replace("}", "")] = {
            "summary": s,
            "post": {
                "operationId": f"op{i}{s}",
                "tags": [f"tag{i}{s}"],
                "summary": s,
                "description": s,
                "parameters": [
                    {"name": f"{where}{i}{s}", "in": where, "description": s, "schema": text}
                    for where in ("query", "header", "cookie")
                ],
                "requestBody": {"required": True, "description": s, "content": body},
                "responses": {"200": {"description": s, "content": body}},
            },
        }
        schemas[f"M{i}"] = {
            "type": "object",
            "description": s,
            "required": [f"p{s}"],
            "properties": {
                f"p{s}": text,
                "enum": {"type": "string", "enum": [s, "fine"], "description": s},
                "varnames": {
                    "type": "string",
                    "enum": ["a", "b"],
                    "x-enum-varnames": [f"V{s}", "W"],
                },
                "inner": {"type": "object", "title": f"T{i}{s}T{i}", "properties": {"x": text}},
            },
        }
        schemas[f"S{i}{s}S{i}"] = {"type": "object", "title": f"U{i}{s}U{i}", "description": s}
    return {
        "openapi": "3.0.3",
        "info": {"title": "".join(strings), "version": "".join(strings)},
        "servers": [{"url": "/".join(strings), "description": "".join(strings)}],
        "tags": [{"name": s, "description": s} for s in strings],
        "paths": operations,
        "components": {"schemas": schemas},
    }


@pytest.fixture(scope="module")
def harm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("harm")


@pytest.fixture(scope="module")
def strings(harm_folder: Path) -> list[str]:
    return harm(harm_folder / "canary")


@pytest.fixture(scope="module")
def harmed(harm_folder: Path, strings: list[str]) -> Iterator[ModuleType]:
    spec = harm_folder / "harm.json"
    spec.write_text(json.dumps(hostile(strings)), encoding="utf-8")
    yield from generated(harm_folder, "harm_client", spec)


class TestADocumentThatMeansHarm:
    def test_files_stay_in_the_folder(self, harmed: ModuleType, harm_folder: Path) -> None:
        assert sorted(p.name for p in harm_folder.iterdir()) == ["harm.json", "harm_client"]

    def test_nothing_is_executed(
        self, harmed: ModuleType, harm_folder: Path, strings: list[str]
    ) -> None:
        assert import_all(harmed) > 5 * len(strings)
        for index in range(len(strings)):
            cls = getattr(importlib.import_module("harm_client.models"), f"M{index}")
            assert repr(cls())
            assert cls.__doc__
        assert not (harm_folder / "canary").exists()

    def test_names_and_values_go_over_the_wire_as_they_are(
        self, harmed: ModuleType, strings: list[str]
    ) -> None:
        for index, string in enumerate(strings):
            cls = getattr(importlib.import_module("harm_client.models"), f"M{index}")
            value = {f"p{string}": string, "enum": string, "inner": {"x": string}}
            deviations: list[Any] = []
            read = cls.from_dict(value, deviations)
            assert read.to_dict() == value
            if string.isprintable():
                assert deviations == []
            else:  # the generator drops control characters from the values of an enum
                assert {d.path for d in deviations} <= {"$.enum"}

    def test_types_and_lint_are_clean(self, harmed: ModuleType) -> None:
        assert_clean(harmed)
