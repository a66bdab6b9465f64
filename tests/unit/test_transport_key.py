"""The key leaves for its origin and shows up nowhere else, whatever goes wrong."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import pickle
import signal
import threading
import traceback

import pytest

from ionq_direct import _http
from ionq_direct.errors import IonQError
from ionq_direct.hooks import Hooks
from ionq_direct.options import Connection, RetryPolicy, Timeouts
from tests.servers import (
    ScriptedServer,
    answer,
    close_read,
    head,
    refused_port,
    reset_read,
    sending,
    silent,
)
from tests.worlds import KEY, AsyncWorld, SyncWorld, until, world_fixture

world = world_fixture()

ONCE = RetryPolicy(attempts=1)


def whole_chain(error):
    """The error with all that hangs on it."""
    found, waiting = [], [error]
    while waiting:
        one = waiting.pop()
        if one is None or one in found:
            continue
        found.append(one)
        waiting += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]
    return found


def everything_shown(error):
    """All text that a log, a crash reporter or a debugger would make of an error."""
    shown = []
    for one in whole_chain(error):
        rendered = traceback.TracebackException.from_exception(one, capture_locals=True)
        shown += rendered.format(chain=True)
        shown += [str(one), repr(one), repr(one.args), repr(vars(one))]
        shown += getattr(one, "__notes__", [])
        shown.append(repr(pickle.dumps(one)))
        shown.append(repr(one.__reduce__()))
    return "\n".join(shown)


def everything_logged(caplog):
    parts = []
    for record in caplog.records:
        parts += [record.getMessage(), repr(record.args), repr(vars(record))]
        if record.exc_info:
            parts.append(everything_shown(record.exc_info[1]))
    return "\n".join(parts)


def test_the_search_would_find_a_key():
    def leak():
        header = f"apiKey {KEY}"
        raise ValueError(len(header))

    with pytest.raises(ValueError, match="30") as caught:
        leak()
    assert KEY in everything_shown(caught.value)

    def chained():
        try:
            leak()
        except ValueError:
            raise KeyError("x") from None

    with pytest.raises(KeyError) as caught:
        chained()
    assert KEY in everything_shown(caught.value)


class Blabbing(_http.BaseTransport, _http.AsyncBaseTransport):
    """A transport of a user's that puts the whole request into its error."""

    def handle_request(self, request):
        headers = dict(request.headers)
        raise RuntimeError(f"cannot send {headers}")

    async def handle_async_request(self, request):
        return self.handle_request(request)


BOMB = gzip.compress(bytes(40_000_000), 9)
HALF = head(200, {"content-length": "1000"}) + b'{"half":'
PATHS = {
    "reset": ([reset_read], {}, {}),
    "closed": ([close_read], {}, {}),
    "nonsense": ([sending(b"NOT HTTP\r\n\r\n")], {}, {}),
    "half a body": ([sending(HALF, then=lambda e: e.close())], {}, {}),
    "damaged body": ([answer(200, b"no gzip", content_encoding="gzip")], {}, {}),
    "bomb": ([answer(200, BOMB, content_encoding="gzip")], {}, {}),
    "unknown encoding": ([answer(200, b"x", content_encoding="br")], {}, {}),
    "too long": ([answer(200, b"xx")], {"connection": Connection(max_response_bytes=1)}, {}),
    "silent": ([silent], {}, {"timeout": 0.02}),
    "deadline": ([silent], {"timeouts": Timeouts(total=0.02)}, {}),
    "drip": ([sending(*[b"H"] * 400, every=0.002)], {"timeouts": Timeouts(total=0.02)}, {}),
    "redirect": (
        [answer(302, b"", location="http://evil.example/")],
        {"connection": Connection(follow_redirects=True)},
        {},
    ),
    "bad redirect": ([answer(302, b"", location="http://[::1")], {}, {}),
    "other origin": ([], {}, {"url": "http://evil.example/v0.4/jobs"}),
    "wayward path": ([], {}, {"url": "/jobs//x"}),
    "no header": ([], {}, {"headers": {"X-Bad": "a\nb"}}),
    "own transport": ([], {"connector": Blabbing}, {}),
}


@pytest.mark.parametrize("path", PATHS)
def test_no_error_shows_the_key(world, caplog, path):
    script, settings, request = PATHS[path]
    views = []
    hooks = Hooks(on_request=views.append, on_response=views.append, on_retry=views.append)
    caplog.set_level(logging.DEBUG)
    url = request.get("url", "/jobs")
    more = {name: value for name, value in request.items() if name != "url"}
    with ScriptedServer(*script * 4, otherwise=silent) as server:
        client = world.client(server.url, hooks=hooks, **settings)
        with pytest.raises(IonQError) as caught:
            world.request(client, "GET", url, **more)
    assert KEY not in everything_shown(caught.value)
    assert KEY not in everything_logged(caplog)
    assert KEY not in repr(views)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "port"), [("http://127.0.0.1:{port}/v0.4", None), ("https://127.0.0.1:{port}/v0.4", 1)]
)
def test_no_error_of_a_connection_shows_the_key(world, caplog, url, port):
    caplog.set_level(logging.DEBUG)
    with ScriptedServer(tls=True) as server:
        place = url.format(port=server.port if port else refused_port())
        client = world.client(place)
        with pytest.raises(IonQError) as caught:
            world.request(client, "GET", "/jobs")
    assert KEY not in everything_shown(caught.value)
    assert KEY not in everything_logged(caplog)


def test_no_answer_shows_the_key(world, caplog):
    caplog.set_level(logging.DEBUG)
    echo = json.dumps({"message": f"key {KEY} is not valid"}).encode()
    with ScriptedServer(answer(401, echo), answer(503), answer(200)) as server:
        client = world.client(server.url)
        responses = [world.request(client, "GET", "/jobs") for _ in range(2)]
    for response in responses:
        assert KEY not in response.text
        assert KEY not in repr(dict(response.request.headers))
        assert KEY not in repr(response.extensions)
    assert KEY not in everything_logged(caplog)


def test_no_part_of_a_client_shows_the_key(world):
    transport = world.transport("https://api.ionq.co/v0.4")
    client = world.client_of(transport, "https://api.ionq.co/v0.4")
    for part in (client, transport, transport._config, transport._config.secret):
        assert KEY not in repr(part)
        assert KEY not in str(part)
    assert KEY not in repr(dict(client.headers))


@pytest.mark.parametrize("action", [silent, sending(HALF, then=lambda e: e.stay_silent())])
def test_a_cancellation_does_not_show_the_key(action):
    world = AsyncWorld()
    with ScriptedServer(action) as server:
        client = world.client(server.url)

        async def cancelled():
            task = asyncio.create_task(client.get("/jobs"))
            await until(lambda: server.seen)
            await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

        error = world.run(cancelled())
        world.end()
    assert KEY not in everything_shown(error)


class Interrupted(_http.BaseTransport, _http.AsyncBaseTransport):
    """Interrupted with the headers at hand, as in the middle of writing them."""

    def handle_request(self, request):
        headers = request.headers.multi_items()
        try:
            raise OSError(len(headers))
        except OSError:
            raise KeyboardInterrupt from None

    async def handle_async_request(self, request):
        headers = request.headers.multi_items()
        try:
            raise OSError(len(headers))
        except OSError:
            raise asyncio.CancelledError from None


@pytest.mark.parametrize("make", [SyncWorld, AsyncWorld], ids=["sync", "async"])
def test_an_interruption_leaves_the_frames_that_hold_the_key_behind(make):
    world = make()
    client = world.client("https://api.ionq.co/v0.4", connector=Interrupted)
    with pytest.raises((KeyboardInterrupt, asyncio.CancelledError)) as caught:
        world.request(client, "GET", "/jobs")
    world.end()
    shown = everything_shown(caught.value)
    assert "_exchange" in shown
    assert "multi_items" not in shown
    assert KEY not in shown


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no interval timer")
def test_ctrl_c_does_not_show_the_key_even_while_the_request_is_written():
    world = SyncWorld()
    read_on = threading.Event()

    def slow_reader(exchange):
        read_on.wait(5)
        exchange.close()

    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with ScriptedServer(otherwise=slow_reader) as server:
            client = world.client(server.url)
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            with pytest.raises(KeyboardInterrupt) as caught:
                client.put("/jobs", content=bytes(20_000_000))
            read_on.set()
            world.end()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert KEY not in everything_shown(caught.value)
