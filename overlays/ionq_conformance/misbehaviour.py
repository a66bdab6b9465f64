"""A server that misbehaves in one named way: an ASGI application around another.

May import: the standard library. Each misbehaviour is one mistake that a real service could make.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

__all__ = ["EVOLUTIONS", "MISBEHAVIOURS", "Misbehaving"]

Json = dict[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Receive, Send], Awaitable[None]]

_PREFIX: Final = "/v0.4"
_JSON: Final = "application/json"
_TERMINAL: Final = {"completed", "failed", "canceled"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request: method, path below the version, query, key header and body."""

    method: str
    path: str
    query: str
    key: str
    body: bytes

    @property
    def parts(self) -> list[str]:
        """The path's segments."""
        return self.path.strip("/").split("/")

    @property
    def is_job(self) -> bool:
        """Whether it asks for one job."""
        return (
            self.method == "GET"
            and len(self.parts) == 2
            and self.parts[0] == "jobs"
            and self.parts[1] != "estimate"
        )

    @property
    def is_list(self) -> bool:
        """Whether it asks for a page of jobs."""
        return self.method == "GET" and self.path == "/jobs"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    body: bytes
    media_type: str = _JSON
    headers: tuple[tuple[bytes, bytes], ...] = ()

    @property
    def fine(self) -> bool:
        """Whether it is a success."""
        return 200 <= self.status < 300

    @property
    def json(self) -> Any:
        """The body; None where it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def saying(self, value: Any) -> Reply:
        """The same with another body."""
        return replace(self, body=json.dumps(value).encode())


Inner = Callable[[Request], Awaitable[Reply]]
Rule = Callable[["Misbehaving", Request, Inner], Awaitable[Reply]]


@dataclass(slots=True)
class Misbehaving:
    """The application with one misbehaviour.

    Args:
        app: What does it right.
        name: One of `MISBEHAVIOURS` or `EVOLUTIONS`; empty: none.
    """

    app: App
    name: str
    remembered: dict[str, Any] = field(default_factory=dict[str, Any])
    owner: str = ""

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await _read(receive)
        headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        request = Request(
            scope["method"],
            scope["path"].removeprefix(_PREFIX),
            scope["query_string"].decode("latin-1"),
            headers.get("authorization", b"").decode("latin-1"),
            body,
        )
        self.owner = self.owner or request.key  # the first key that comes is the owner's

        async def inner(changed: Request) -> Reply:
            return await _ask(self.app, scope, changed)

        rule = MISBEHAVIOURS.get(self.name) or EVOLUTIONS.get(self.name)
        await _send(send, await (rule(self, request, inner) if rule else inner(request)))


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += cast("bytes", message.get("body", b""))
        if not message.get("more_body"):
            return body


async def _ask(app: App, scope: Any, request: Request) -> Reply:
    """Put a request to the application, and collect its answer."""
    headers = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
    if request.key:
        headers.append((b"authorization", request.key.encode("latin-1")))
    path = _PREFIX + request.path if scope["path"].startswith(_PREFIX) else scope["path"]
    asked = scope | {
        "method": request.method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": request.query.encode("latin-1"),
        "headers": headers,
    }
    pending = [{"type": "http.request", "body": request.body, "more_body": False}]
    status, named, chunks = 500, dict[bytes, bytes](), list[bytes]()

    async def receive() -> Message:
        if pending:
            return pending.pop()
        await asyncio.Event().wait()  # nobody hangs up before the answer is there
        raise AssertionError

    async def send(message: Message) -> None:
        nonlocal status, named
        if message["type"] == "http.response.start":
            status = message["status"]
            named = dict(cast("list[tuple[bytes, bytes]]", message["headers"]))
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    await app(asked, receive, send)
    media_type = named.pop(b"content-type", b"").decode("latin-1")
    named.pop(b"content-length", None)
    return Reply(status, b"".join(chunks), media_type, tuple(named.items()))


async def _send(send: Send, reply: Reply) -> None:
    headers = [*reply.headers, (b"content-length", str(len(reply.body)).encode())]
    if reply.media_type:
        headers.append((b"content-type", reply.media_type.encode("latin-1")))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


# -- the misbehaviours ----------------------------------------------------------------------------

MISBEHAVIOURS: Final[dict[str, Rule]] = {}
EVOLUTIONS: Final[dict[str, Rule]] = {}
"""What a service may do though no document says so yet: drift, and no mistake to be caught."""


def _named(rule: Rule) -> Rule:
    name = rule.__name__.replace("_", "-")
    MISBEHAVIOURS[name] = rule
    return rule


def _edits(
    name: str,
    concerns: Callable[[Request], bool],
    edit: Callable[[Any], Any],
    table: dict[str, Rule] = MISBEHAVIOURS,
) -> None:
    """A misbehaviour that changes the body of a success."""

    async def rule(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
        reply = await inner(request)
        if not reply.fine or not concerns(request):
            return reply
        return reply.saying(edit(reply.json))

    table[name] = rule


def _at(*path: str) -> Callable[[Request], bool]:
    """GET requests whose path has these segments; `*` is any one segment."""

    def concerns(request: Request) -> bool:
        parts = request.parts
        return (
            request.method == "GET"
            and len(parts) == len(path)
            and all(one in ("*", part) for one, part in zip(path, parts, strict=True))
        )

    return concerns


def _is_job(request: Request) -> bool:
    return request.is_job


def _is_list(request: Request) -> bool:
    return request.is_list


def _without(name: str) -> Callable[[Json], Json]:
    return lambda body: {key: value for key, value in body.items() if key != name}


def _first_job(change: Callable[[Json], Json]) -> Callable[[Json], Json]:
    def edit(page: Json) -> Json:
        jobs = page["jobs"]
        return page | {"jobs": [change(job) if n == 0 else job for n, job in enumerate(jobs)]}

    return edit


_edits("dropped-required-field", _is_job, _without("submitter_id"))
_edits("dropped-field-in-a-list", _is_list, _first_job(_without("backend")))
_edits("wrong-type", _at("backends", "*"), lambda body: body | {"qubits": str(body["qubits"])})
_edits("null-where-none-is-allowed", _at("backends", "*"), lambda body: body | {"status": None})
_edits("status-outside-the-list", _is_list, _first_job(lambda job: job | {"status": "running"}))
_edits("extra-field-in-a-closed-object", _is_list, lambda body: body | {"total": 1})
_edits("instant-that-is-none", _is_job, lambda body: body | {"submitted_at": "yesterday"})
_edits(
    "list-skips-an-element",
    _is_list,
    lambda page: page | {"jobs": page["jobs"][:1] + page["jobs"][2:]},
)
_edits(
    "list-repeats-an-element",
    _is_list,
    lambda page: page | {"jobs": page["jobs"] + page["jobs"][:1]},
)
_edits("negative-times", _is_job, lambda body: body | {"execution_duration_ms": -5})
_edits(
    "ended-before-it-began",
    _is_job,
    lambda body: body | ({"completed_at": "2001-01-01T00:00:00Z"} if body["completed_at"] else {}),
)
_edits(
    "probabilities-do-not-sum-to-1",
    _at("jobs", "*", "results", "probabilities"),
    lambda body: {state: weight * 0.9 for state, weight in body.items()},
)
_edits(
    "qubits-in-the-wrong-order",
    _at("jobs", "*", "results", "probabilities"),
    lambda body: {("1" if state == "3" else state): weight for state, weight in body.items()},
)
_edits(
    "counts-do-not-sum-to-shots",
    _at("jobs", "*", "results", "histogram"),
    lambda body: {state: count - (n == 0) for n, (state, count) in enumerate(body.items())},
)
_edits("shots-are-missing", _at("jobs", "*", "results", "shots"), lambda body: body[1:])
_edits(
    "parts-in-another-order",
    _at("jobs", "*", "results", "probabilities", "aggregated"),
    lambda body: dict(reversed(body.items())),
)


_edits("list-for-an-object", _at("whoami"), lambda body: [body])
_edits(
    "fraction-for-a-whole-number",
    _is_job,
    lambda body: body | {"execution_duration_ms": 1.5},
)
_edits(
    "new-fields",
    _at("backends", "*"),
    lambda body: (
        body
        | {
            "region": "us-east",
            "next_maintenance": "2026-12-24T18:00:00Z",
            "queued_shots": 4_000,
            "connectivity": [[0, 1], [1, 2]],
            "gate_names": ["gpi", "zz"],
            "limits": {"shots": 1_000_000},
            "operator": None,
        }
    ),
    EVOLUTIONS,
)
_edits(
    "fields-named-by-ids",
    _at("whoami"),
    lambda body: body | {"0199f0c4-0000-7000-8000-000000000001": "admin"},
    EVOLUTIONS,
)


@_named
async def text_for_json(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """A list of backends to be read by people."""
    reply = await inner(request)
    if request.path != "/backends" or not reply.fine:
        return reply
    names = ", ".join(backend["backend"] for backend in reply.json)
    return replace(reply, body=names.encode(), media_type="text/plain; charset=utf-8")


@_named
async def page_for_an_error(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """The error page of whatever stands in front of the service."""
    reply = await inner(request)
    if not request.is_job or reply.status != 404:
        return reply
    return replace(reply, body=b"<html><h1>404</h1></html>", media_type="text/html")


@_named
async def body_is_empty(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """A success that says nothing."""
    reply = await inner(request)
    return replace(reply, body=b"") if request.path == "/whoami" and reply.fine else reply


@_named
async def undocumented_status(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """202 for a page of jobs."""
    reply = await inner(request)
    return replace(reply, status=202) if request.is_list and reply.fine else reply


@_named
async def server_error_on_odd_input(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """500 where a 400 belongs."""
    reply = await inner(request)
    return replace(reply, status=500) if reply.status == 400 else reply


@_named
async def wrong_content_type(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """JSON that says it is HTML."""
    reply = await inner(request)
    return replace(reply, media_type="text/html") if request.path == "/whoami" else reply


@_named
async def body_cut_short(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """Half of a JSON text."""
    reply = await inner(request)
    whole = not request.is_job or not reply.fine
    return reply if whole else replace(reply, body=reply.body[: len(reply.body) // 2])


@_named
async def cursor_repeats(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """Whatever page is asked for, the first comes."""
    if not request.is_list:
        return await inner(request)
    kept = [pair for pair in request.query.split("&") if not pair.startswith("next=")]
    return await inner(replace(request, query="&".join(kept)))


@_named
async def next_is_never_null(self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """A cursor on the last page, too."""
    reply = await inner(request)
    if not request.is_list or not reply.fine:
        return reply
    page = reply.json
    number = self.remembered["pages"] = self.remembered.get("pages", 0) + 1
    return reply.saying(page | {"next": page["next"] or f"cursor-{number}"})


@_named
async def filter_is_ignored(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """All jobs, whichever were asked for."""
    if not request.is_list:
        return await inner(request)
    kept = [pair for pair in request.query.split("&") if not pair.startswith("status=")]
    return await inner(replace(request, query="&".join(kept)))


@_named
async def visible_to_another_key(self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """Jobs are shown to whoever has some key."""
    if request.key and request.is_job:
        return await inner(replace(request, key=self.owner))
    return await inner(request)


@_named
async def no_key_is_needed(self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """Jobs are listed to whoever asks."""
    if not request.key and request.is_list:
        return await inner(replace(request, key=self.owner))
    return await inner(request)


@_named
async def deleted_job_still_there(self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """A deleted job is shown as it was."""
    reply = await inner(request)
    if request.is_job and reply.fine:
        self.remembered[request.path] = reply
    if request.is_job and reply.status == 404:
        return cast("Reply", self.remembered.get(request.path, reply))
    return reply


@_named
async def cancel_does_nothing(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """Says canceled, and does not."""
    if request.method == "PUT" and request.path.endswith("/status/cancel"):
        one = len(request.parts) == 4
        if one:
            body: Json = {"id": request.parts[1], "status": "canceled"}
            return Reply(200, json.dumps(body).encode())
    return await inner(request)


@_named
async def results_before_completion(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """Probabilities of a job that still runs."""
    reply = await inner(request)
    if reply.status == 404 and request.path.endswith("/results/probabilities"):
        return Reply(200, b'{"0": 1.0}')
    return reply


@_named
async def status_goes_backwards(self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """A job that was ready is submitted again."""
    reply = await inner(request)
    if not request.is_job or not reply.fine:
        return reply
    body, looks = reply.json, self.remembered.get(request.path, 0)
    self.remembered[request.path] = looks + 1
    if looks > 0 and body["status"] not in _TERMINAL:
        return reply.saying(body | {"status": "ready" if looks % 2 else "submitted"})
    return reply


@_named
async def completed_job_runs_again(self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """An ended job is shown as started at the second look."""
    reply = await inner(request)
    if not request.is_job or not reply.fine or reply.json["status"] not in _TERMINAL:
        return reply
    seen = self.remembered.setdefault(request.path, False)
    self.remembered[request.path] = True
    return reply.saying(reply.json | {"status": "started"}) if seen else reply


@_named
async def created_without_an_id(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """201, and nobody knows what."""
    reply = await inner(request)
    if request.method == "POST" and request.path == "/jobs" and reply.status == 201:
        return reply.saying({"status": "submitted", "session_id": None})
    return reply


@_named
async def bad_job_is_accepted(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """A job without a program is created."""
    reply = await inner(request)
    if request.method == "POST" and request.path == "/jobs" and reply.status == 400:
        made = {"id": "0199f0c4-0000-7000-8000-000000000000", "status": "submitted"}
        return Reply(201, json.dumps(made | {"session_id": None}).encode())
    return reply


@_named
async def finds_what_is_not_there(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """200 and an empty object for the cost of a job that does not exist."""
    reply = await inner(request)
    if reply.status == 404 and request.path.endswith("/cost"):
        return Reply(200, b'{"dry_run": false}')
    return reply


@_named
async def session_does_not_end(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """An ended session goes on."""
    reply = await inner(request)
    if request.method != "GET" or request.parts[0] != "sessions" or len(request.parts) != 2:
        return reply
    if not reply.fine:
        return reply
    return reply.saying(
        reply.json | {"status": "started", "active": True, "ended_at": None, "ender_id": None}
    )


@_named
async def any_method_is_fine(_self: Misbehaving, request: Request, inner: Inner) -> Reply:
    """An undeclared method is answered like a GET."""
    reply = await inner(request)
    if reply.status == 405:
        return await inner(replace(request, method="GET"))
    return reply
