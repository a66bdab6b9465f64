"""Nothing waits for ever: limits per phase, the call's total time, cancellation and Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest

from ionq_direct import _http
from ionq_direct._concurrency import deadline, seconds_to_deadline
from ionq_direct._http import connect
from ionq_direct._origin import BaseURL
from ionq_direct._socket_deadline import DeadlineBackend
from ionq_direct._transport_config import CALL_OPTIONS, CallOptions
from ionq_direct.errors import RequestTimeout
from ionq_direct.hooks import Hooks
from ionq_direct.options import Connection, RetryPolicy, Throttle, Timeouts
from tests.servers import ScriptedServer, answer, head, reset_unread, sending, silent
from tests.worlds import AsyncWorld, FakeTime, SyncWorld, until, world_fixture

world = world_fixture()

ONCE = RetryPolicy(attempts=1)
SHORT = 0.15
SOON = 10.0
"""Seconds that no call takes here, unless the limit that it is to obey is not obeyed."""


def timed_out(world, client, method="GET", **more):
    begun = time.monotonic()
    with pytest.raises(RequestTimeout) as caught:
        world.request(client, method, "/jobs", **more)
    return caught.value, time.monotonic() - begun


def test_a_silent_server_is_left_after_the_read_limit(world):
    with ScriptedServer(otherwise=silent) as server:
        client = world.client(server.url, timeouts=Timeouts(read=SHORT), retry=ONCE)
        error, took = timed_out(world, client, timeout=None)
    assert took < SOON
    assert (error.timeout, error.sent, error.attempts) == (SHORT, None, 1)
    assert "(read)" in str(error)
    assert isinstance(error, TimeoutError)


def test_a_get_is_sent_again_after_the_read_limit_and_a_post_is_not(world):
    for method, expected in (("GET", 200), ("POST", None)):
        with ScriptedServer(silent) as server:
            client = world.client(server.url, timeouts=Timeouts(read=SHORT))
            if expected:
                assert world.request(client, method, "/jobs", timeout=None).status_code == expected
            else:
                timed_out(world, client, method, timeout=None)
            assert (len(server.seen) > 1) == bool(expected)


def test_limits_that_a_request_sets_itself_come_first(world):
    with ScriptedServer(otherwise=silent) as server:
        client = world.client(server.url, retry=ONCE)
        error, took = timed_out(world, client, timeout=SHORT)
    assert (error.timeout, took < SOON) == (SHORT, True)


def test_a_full_pool_is_not_waited_for_beyond_its_limit(world):
    with ScriptedServer(silent) as server:
        client = world.client(
            server.url,
            connection=Connection(max_connections=1),
            timeouts=Timeouts(pool=SHORT, read=4 * SHORT),
            retry=ONCE,
        )
        errors = world.many(client, "POST", ["/jobs"] * 2, timeout=None)
    assert sorted(str(error.sent) for error in errors) == ["False", "None"]
    assert {error.timeout for error in errors} == {SHORT, 4 * SHORT}
    assert len(server.seen) == 1


def test_a_connection_that_is_not_made_in_time_has_sent_nothing(world):
    # A handshake that nobody answers: connected, but not ready within the limit.
    with ScriptedServer(otherwise=lambda exchange: exchange.stay_silent()) as server:
        url = server.url.replace("http:", "https:")
        client = world.client(url, timeouts=Timeouts(connect=SHORT), retry=ONCE)
        error, took = timed_out(world, client, "POST", timeout=None)
    assert took < SOON
    assert (error.sent, error.timeout) == (False, SHORT)


HEAD = head(200, {"content-length": "1000", "content-type": "application/json"})

DRIPS = {
    "the head comes byte by byte": [HEAD[i : i + 1] for i in range(len(HEAD))],
    "the body comes byte by byte": [HEAD, *[b"x"] * 500],
    "an error's body comes byte by byte": [
        head(400, {"content-length": "1000"}),
        *[b"x"] * 500,
    ],
}


@pytest.mark.parametrize("pieces", DRIPS.values(), ids=DRIPS)
def test_a_server_that_is_never_silent_is_left_at_the_deadline(world, pieces):
    total = 0.5
    with ScriptedServer(otherwise=sending(*pieces, every=0.05)) as server:
        client = world.client(server.url, timeouts=Timeouts(total=total))
        error, took = timed_out(world, client)
    assert total <= took < SOON
    assert (error.timeout, error.attempts) == (total, 1)
    assert len(server.seen) == 1


def test_a_server_that_takes_no_request_is_left_at_the_deadline(world):
    def slow_reader(exchange):
        while not exchange.server.ending.wait(0.005):
            exchange.sock.recv(1000)
        exchange.close()

    with ScriptedServer(otherwise=slow_reader) as server:
        client = world.client(server.url, timeouts=Timeouts(total=2 * SHORT), retry=ONCE)
        error, took = timed_out(world, client, "POST", content=bytes(20_000_000))
    assert took < SOON
    assert error.sent is None


def test_the_total_covers_attempts_and_the_waits_between(world):
    fake = FakeTime()
    policy = RetryPolicy(attempts=50, base=1, cap=1)
    with ScriptedServer(otherwise=answer(503)) as server:
        client = world.client(
            server.url, fake, timeouts=Timeouts(total=4.5), retry=policy, rand=lambda: 0.999
        )
        begun = fake.now
        response = world.request(client, "GET", "/jobs")
    # The fifth wait would pass the deadline: the last answer comes back instead of the wait.
    assert response.status_code == 503
    assert len(server.seen) == 5
    assert fake.now - begun == pytest.approx(4 * 0.999)


def test_an_attempt_gets_no_more_time_than_the_call_has_left(world):
    with ScriptedServer(otherwise=silent) as server:
        client = world.client(server.url, timeouts=Timeouts(total=SHORT))
        error, took = timed_out(world, client, timeout=None)
    assert took < SOON
    assert error.timeout == SHORT
    assert "are over" in str(error)


def test_one_call_can_have_a_total_of_its_own(world):
    with ScriptedServer(otherwise=silent) as server:
        extensions = {CALL_OPTIONS: CallOptions(total=SHORT)}
        error, took = timed_out(world, world.client(server.url), extensions=extensions)
    assert (error.timeout, took < SOON) == (SHORT, True)


def test_sleeping_past_the_deadline_sends_nothing_more(world):
    fake = FakeTime()
    pass_by = fake.pass_by
    fake.pass_by = lambda seconds: pass_by(seconds + 100)  # the machine was suspended
    with ScriptedServer(otherwise=answer(503)) as server:
        error, _ = timed_out(world, world.client(server.url, fake))
    assert (len(server.seen), error.attempts) == (1, 1)


def test_after_a_timeout_the_client_is_as_good_as_new(world):
    with ScriptedServer(silent, sending(HEAD, b"x", then=lambda e: e.stay_silent())) as server:
        client = world.client(
            server.url,
            connection=Connection(max_connections=1),
            throttle=Throttle(concurrency=1),
            timeouts=Timeouts(read=SHORT),
            retry=ONCE,
        )
        for _ in range(2):
            timed_out(world, client, timeout=None)
        assert world.request(client, "GET", "/jobs", timeout=SOON).status_code == 200


# --- The deadline in the socket ------------------------------------------------------------------


def test_the_http_library_still_takes_the_backend():
    """It is set through private names of the library: this is where a change of them shows."""
    transport = connect(Connection(), BaseURL.parse("http://127.0.0.1:1"))
    assert isinstance(transport._pool._network_backend, DeadlineBackend)
    transport.close()


def test_deadlines_nest_and_end():
    assert seconds_to_deadline() is None
    with deadline(10):
        with deadline(1):
            assert 0.5 < seconds_to_deadline() <= 1
        with deadline(100):
            assert 9 < seconds_to_deadline() <= 10
    assert seconds_to_deadline() is None


class Recorder:
    """A backend and a stream that write down the limits they are given."""

    def __init__(self):
        self.limits = []

    def connect_tcp(self, host, port, timeout=None, **options):
        self.limits.append(timeout)
        return self

    def connect_unix_socket(self, path, timeout=None, **options):
        return self.connect_tcp(path, 0, timeout)

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        self.limits.append(timeout)
        return self

    def read(self, max_bytes, timeout=None):
        self.limits.append(timeout)
        return b"x"

    def write(self, buffer, timeout=None):
        self.limits.append(timeout)

    def sleep(self, seconds):
        self.limits.append(seconds)

    def get_extra_info(self, info):
        return info


@pytest.mark.parametrize(("left", "own"), [(None, None), (None, 7), (3, 7), (3, None), (3, 1)])
def test_each_step_of_a_connection_is_limited_by_the_deadline(left, own):
    recorder = Recorder()
    backend = DeadlineBackend(recorder)

    def steps():
        stream = backend.connect_tcp("host", 1, timeout=own)
        backend.connect_unix_socket("path", timeout=own)
        stream = stream.start_tls(None, "host", own)
        stream.read(1, own)
        stream.write(b"x" * 100_000, own)
        return stream

    if left is None:
        stream = steps()
    else:
        with deadline(left):
            stream = steps()
    limits = [limit for limit in (left, own) if limit is not None]
    expected = min(limits) if limits else None
    assert len(recorder.limits) == 6  # the write went out in two pieces
    if expected is None:
        assert recorder.limits == [None] * 6
    else:
        assert recorder.limits == pytest.approx([expected] * 6, abs=0.5)
        assert max(recorder.limits) <= expected
    assert stream.get_extra_info("socket") == "socket"
    backend.sleep(5)
    assert recorder.limits[-1] == 5


def test_a_deadline_that_has_passed_leaves_the_shortest_limit_not_none():
    recorder = Recorder()
    with deadline(-1):
        DeadlineBackend(recorder).connect_tcp("host", 1)
    assert recorder.limits == [0.001]


# --- Interruptions -------------------------------------------------------------------------------

TIGHT = {
    "connection": Connection(max_connections=1),
    "throttle": Throttle(concurrency=1),
    "retry": ONCE,
}


def stalling():
    """Each place where a call can be interrupted on the network."""
    return {
        "before the answer": silent,
        "in the body": sending(HEAD, b"x", then=lambda exchange: exchange.stay_silent()),
    }


@pytest.mark.parametrize("action", stalling().values(), ids=stalling())
def test_cancelling_a_task_passes_through_and_leaks_nothing(action):
    world = AsyncWorld()
    with ScriptedServer(action, answer(200)) as server:
        client = world.client(server.url, **TIGHT)

        async def cancelled():
            task = asyncio.create_task(client.get("/jobs"))
            await until(lambda: server.seen)
            await asyncio.sleep(0.01)
            task.cancel("mine")
            with pytest.raises(asyncio.CancelledError):
                await task
            return await client.get("/jobs")

        assert world.run(cancelled()).status_code == 200
        world.end()


def test_cancelling_while_waiting_for_the_next_attempt_sends_nothing_more():
    world = AsyncWorld()
    with ScriptedServer(answer(503, retry_after="5"), answer(200)) as server:
        retrying = []
        client = world.client(
            server.url,
            throttle=Throttle(concurrency=1),
            timeouts=Timeouts(),
            hooks=Hooks(on_retry=retrying.append),
        )

        async def cancelled():
            task = asyncio.create_task(client.get("/jobs"))
            await until(lambda: retrying)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert len(server.seen) == 1
            return await client.get("/jobs")

        assert world.run(cancelled()).status_code == 200
        world.end()


def test_cancelling_in_the_queue_for_a_slot_keeps_the_queue_sound():
    world = AsyncWorld()
    with ScriptedServer(silent) as server:
        client = world.client(server.url, **TIGHT)

        async def cancelled():
            tasks = [asyncio.create_task(client.get("/jobs")) for _ in range(4)]
            await until(lambda: server.seen)
            for task in tasks[1:3]:
                task.cancel()
            await asyncio.sleep(0.01)
            tasks[0].cancel()
            return await asyncio.gather(*tasks, return_exceptions=True)

        outcomes = world.run(cancelled())
        world.end()
    assert [type(outcome) for outcome in outcomes[:3]] == [asyncio.CancelledError] * 3
    assert outcomes[3].status_code == 200
    assert len(server.seen) == 2


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no interval timer")
@pytest.mark.parametrize("action", stalling().values(), ids=stalling())
def test_ctrl_c_passes_through_and_leaks_nothing(action):
    world = SyncWorld()

    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with ScriptedServer(action, answer(200)) as server:
            client = world.client(server.url, **TIGHT)
            signal.setitimer(signal.ITIMER_REAL, SHORT)
            with pytest.raises(KeyboardInterrupt):
                client.get("/jobs")
            assert client.get("/jobs").status_code == 200
            assert len(server.seen) == 2
            world.end()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_error_in_flight_keeps_its_own_history():
    """What the caller was handling stays the context of an interruption; the library's does not."""
    world = AsyncWorld()
    with ScriptedServer(otherwise=reset_unread) as server:
        client = world.client(server.url, connector=Interrupted)

        async def interrupted():
            try:
                raise ValueError("the caller's")
            except ValueError as outer:
                with pytest.raises(asyncio.CancelledError) as caught:
                    await client.get("/jobs")
                return outer, caught.value

        outer, error = world.run(interrupted())
        world.end()
    assert error.__context__ is outer


class Interrupted(_http.AsyncBaseTransport):
    async def handle_async_request(self, request):
        try:
            raise OSError("inside, with the request at hand")
        except OSError:
            raise asyncio.CancelledError from None
