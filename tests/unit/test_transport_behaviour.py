"""The transport against a real server, each test once with threads and once with tasks."""

from __future__ import annotations

import gzip
import json
import logging
import random
import ssl
import threading
import time
import warnings
import zlib
from dataclasses import replace

import httpx  # noqa: TID251 - the faults of the library beneath
import pytest

from ionq_direct import _http
from ionq_direct._origin import InsecureTransportWarning
from ionq_direct._pacing import Pacing
from ionq_direct._transport_config import CALL_OPTIONS, CallOptions
from ionq_direct.errors import (
    ConfigurationError,
    ConnectionFailed,
    InvalidArgument,
    RequestTimeout,
)
from ionq_direct.hooks import Hooks
from ionq_direct.options import Connection, RetryPolicy, Throttle, Timeouts
from tests.servers import (
    CERTIFICATE,
    ScriptedServer,
    answer,
    close_read,
    head,
    refused_port,
    reset_read,
    reset_unread,
    sending,
    silent,
    statuses,
)
from tests.worlds import EAGER, KEY, FakeTime, world_fixture

world = world_fixture()

ONCE = RetryPolicy(attempts=1)
MIB = 1024 * 1024


def attempts(response):
    return response.extensions["ionq_attempts"]


def call_options(**options):
    return {CALL_OPTIONS: CallOptions(**options)}


# --- Requests and answers pass through -----------------------------------------------------------


def test_a_request_arrives_with_the_key_and_its_answer_comes_back(world):
    with ScriptedServer(answer(200, b'{"a": 1}', x_request_id="r-1")) as server:
        client = world.client(server.url)
        response = world.request(client, "GET", "/jobs", params={"limit": 3})
    assert (response.status_code, response.json(), attempts(response)) == (200, {"a": 1}, 1)
    assert response.headers["x-request-id"] == "r-1"
    assert response.elapsed.total_seconds() > 0
    (seen,) = server.seen
    assert (seen.method, seen.target) == ("GET", "/v0.4/jobs?limit=3")
    assert seen.headers["authorization"] == f"apiKey {KEY}"
    assert seen.headers["accept-encoding"] == "gzip, deflate"


def test_a_body_is_sent_with_each_attempt(world):
    with ScriptedServer(answer(503), reset_read, answer(200)) as server:
        client = world.client(server.url)
        response = world.request(client, "PUT", "/jobs/status/cancel", json={"ids": ["a"]})
    assert attempts(response) == 3
    assert [json.loads(seen.body) for seen in server.seen] == [{"ids": ["a"]}] * 3


def test_a_connection_is_used_again(world):
    with ScriptedServer() as server:
        client = world.client(server.url)
        for _ in range(3):
            world.request(client, "GET", "/jobs")
    assert [seen.connection for seen in server.seen] == [1, 1, 1]


def test_a_body_of_unknown_length_is_read(world):
    chunked = head(200, {"transfer-encoding": "chunked"}) + b'4\r\n{"a"\r\n4\r\n: 1}\r\n0\r\n\r\n'
    with ScriptedServer(sending(chunked)) as server:
        response = world.request(world.client(server.url), "GET", "/jobs")
    assert response.json() == {"a": 1}


def test_an_answer_without_a_body_is_fine(world):
    with ScriptedServer(
        sending(head(204, {})), sending(head(200, {"content-length": "9"}))
    ) as server:
        client = world.client(server.url)
        assert world.request(client, "DELETE", "/jobs/a").content == b""
        assert world.request(client, "HEAD", "/jobs").content == b""


def test_without_a_key_none_is_sent_and_with_one_no_other(world):
    with ScriptedServer() as server:
        world.request(world.client(server.url, secret=None), "GET", "/backends")
        client = world.client(server.url)
        world.request(client, "GET", "/jobs", headers={"Authorization": "apiKey other"})
    assert "authorization" not in server.seen[0].headers
    assert server.seen[1].headers["authorization"] == f"apiKey {KEY}"


def test_only_encodings_that_can_be_stopped_are_asked_for(world):
    with ScriptedServer() as server:
        headers = {"Accept-Encoding": "br, zstd"}
        world.request(world.client(server.url), "GET", "/jobs", headers=headers)
    assert server.seen[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("asked", "remaining", "expected"),
    [
        ({}, 100.0, {"connect": 2, "read": 3, "write": 4, "pool": 5}),
        ({"read": 1.5, "write": None}, 100.0, {"connect": 2, "read": 1.5, "write": 4, "pool": 5}),
        ({}, 2.5, {"connect": 2, "read": 2.5, "write": 2.5, "pool": 2.5}),
        ({"read": 90.0}, 0.0, dict.fromkeys(["connect", "read", "write", "pool"], 0.001)),
    ],
)
def test_no_phase_may_take_longer_than_the_call_has_left(asked, remaining, expected):
    request = _http.Request("GET", "https://api.ionq.co/v0.4/jobs", extensions={"timeout": asked})
    limits = Timeouts(connect=2, read=3, write=4, pool=5)
    outgoing = _http.wire_request(request, None, limits, remaining)
    assert outgoing.extensions["timeout"] == expected
    assert request.extensions["timeout"] == asked


# --- Retries -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_a_transient_failure_is_bridged(world, method):
    with ScriptedServer(answer(502, b""), answer(200, b"")) as server:
        response = world.request(world.client(server.url), method, "/jobs/a")
    assert (response.status_code, attempts(response), len(server.seen)) == (200, 2, 2)


@pytest.mark.parametrize(
    "action",
    [answer(500), answer(520), answer(429), reset_read, close_read],
    ids=["500", "520", "429", "reset", "closed"],
)
def test_a_post_that_may_have_arrived_is_sent_once(world, action):
    with ScriptedServer(action, answer(201)) as server:
        client = world.client(server.url)
        (outcome,) = world.many(client, "POST", ["/jobs"], json={})
    if isinstance(outcome, ConnectionFailed):
        assert (outcome.sent, outcome.attempts) == (None, 1)
    else:
        assert (outcome.status_code in {429, 500, 520}, attempts(outcome)) == (True, 1)
    assert len(server.seen) == 1


def test_a_post_refused_with_429_is_resent_when_its_caller_says_so(world):
    with ScriptedServer(answer(429), answer(503), answer(201)) as server:
        client = world.client(server.url)
        extensions = call_options(resend_refused=True)
        response = world.request(client, "POST", "/jobs", json={}, extensions=extensions)
    assert (response.status_code, attempts(response)) == (503, 2)


def test_without_a_connection_even_a_post_is_tried_again_and_surely_not_sent(world):
    client = world.client(f"http://127.0.0.1:{refused_port()}/v0.4")
    with pytest.raises(ConnectionFailed) as caught:
        world.request(client, "POST", "/jobs", json={})
    assert caught.value.sent is False
    assert caught.value.attempts == EAGER.attempts
    assert caught.value.method == "POST"
    assert caught.value.url.endswith("/v0.4/jobs")
    assert isinstance(caught.value, ConnectionError)


def test_a_name_that_does_not_resolve_is_no_connection(world):
    with pytest.warns(InsecureTransportWarning):
        client = world.client("http://nowhere.invalid/v0.4", connection=Connection(trust_env=False))
    with pytest.raises(ConnectionFailed) as caught:
        world.request(client, "POST", "/jobs", json={})
    assert caught.value.sent is False
    assert caught.value.attempts == EAGER.attempts


def test_the_last_answer_is_given_back_when_attempts_are_used_up(world):
    with ScriptedServer(otherwise=answer(503, b'{"message": "down"}')) as server:
        response = world.request(world.client(server.url), "GET", "/jobs")
    assert (response.status_code, attempts(response)) == (503, EAGER.attempts)
    assert response.json() == {"message": "down"}
    assert len(server.seen) == EAGER.attempts


@pytest.mark.parametrize("action", [reset_unread, reset_read, close_read])
def test_a_dropped_connection_is_bridged_for_get_and_an_error_in_the_end(world, action):
    with ScriptedServer(action, action) as server:
        response = world.request(world.client(server.url), "GET", "/jobs")
        assert (response.status_code, attempts(response)) == (200, 3)
        server.then(*[action] * EAGER.attempts)
        with pytest.raises(ConnectionFailed) as caught:
            world.request(world.client(server.url), "GET", "/jobs")
    assert (caught.value.attempts, caught.value.sent) == (EAGER.attempts, None)


def test_a_body_that_breaks_off_is_fetched_again(world):
    half = head(200, {"content-length": "1000"}) + b'{"half":'
    with ScriptedServer(sending(half, then=lambda e: e.close()), answer(200, b"[1]")) as server:
        response = world.request(world.client(server.url), "GET", "/jobs/a/results/probabilities")
    assert (response.json(), attempts(response)) == ([1], 2)


def test_a_post_whose_answer_breaks_off_has_surely_arrived(world):
    half = head(201, {"content-length": "1000"}) + b'{"id":'
    with ScriptedServer(sending(half, then=lambda e: e.close())) as server:
        client = world.client(server.url)
        with pytest.raises(ConnectionFailed) as caught:
            world.request(client, "POST", "/jobs", json={})
    assert caught.value.sent is True
    assert len(server.seen) == 1


def test_nonsense_for_an_answer_is_a_broken_connection(world):
    with ScriptedServer(sending(b"SSH-2.0-OpenSSH\r\n\r\n"), answer()) as server:
        assert attempts(world.request(world.client(server.url), "GET", "/jobs")) == 2


def test_retry_after_is_waited_for_in_seconds_and_as_a_date(world):
    fake = FakeTime()
    day = "Fri, 21 Nov 2025 08:00:"
    script = [
        answer(503, retry_after="7"),
        answer(429, retry_after=f"{day}30 GMT", date=f"{day}19 GMT"),
        answer(503, retry_after="999999"),
        answer(200),
    ]
    with ScriptedServer(*script) as server:
        client = world.client(server.url, fake, timeouts=Timeouts(total=400))
        assert attempts(world.request(client, "GET", "/jobs")) == 4
    assert fake.slept == pytest.approx([7, 11, 300])


@pytest.mark.parametrize("value", ["inf", "nan", "-7", "soon", "1e9", ""])
def test_a_retry_after_that_says_nothing_is_ignored(world, value):
    fake = FakeTime()
    with ScriptedServer(answer(503, retry_after=value)) as server:
        assert attempts(world.request(world.client(server.url, fake), "GET", "/jobs")) == 2
    assert sum(fake.slept) <= EAGER.base


def test_back_off_is_jittered_between_nothing_and_a_doubling_bound(world):
    fake = FakeTime()
    draws = iter([0.5, 0.25, 0.999])
    policy = RetryPolicy(attempts=4, base=1.0, cap=3.0)
    with ScriptedServer(*statuses([503] * 3)) as server:
        client = world.client(
            server.url, fake, retry=policy, rand=lambda: next(draws), timeouts=Timeouts()
        )
        world.request(client, "GET", "/jobs")
    assert fake.slept == pytest.approx([0.5, 0.5, 3 * 0.999])


def test_one_call_can_have_a_policy_of_its_own(world):
    with ScriptedServer(otherwise=answer(503)) as server:
        client = world.client(server.url)
        extensions = call_options(retry=ONCE)
        assert attempts(world.request(client, "GET", "/jobs", extensions=extensions)) == 1


# --- The retry budget ----------------------------------------------------------------------------


def test_the_budget_ends_retries_of_all_calls_and_grows_back_with_success(world, caplog):
    budget = Pacing(budget=12, throttle=Throttle())
    with ScriptedServer(otherwise=answer(503)) as server:
        client = world.client(server.url, pacing=budget)
        with caplog.at_level(logging.WARNING, "ionq_direct.http"):
            tried = [attempts(world.request(client, "GET", "/jobs")) for _ in range(3)]
        assert tried == [3, 1, 1]  # 12 buys two retries of 5 each
        assert caplog.text.count("retry budget is used up") == 3
        server.otherwise = answer(200)
        for _ in range(3):
            world.request(client, "GET", "/jobs")
        assert budget.budget.left == 5
        server.then(answer(503))
        assert attempts(world.request(client, "GET", "/jobs")) == 2


def test_a_call_that_succeeds_in_the_end_gives_back_what_it_took(world):
    budget = Pacing(budget=20, throttle=Throttle())
    with ScriptedServer(*statuses([503, 503, 503, 200])) as server:
        world.request(world.client(server.url, pacing=budget), "GET", "/jobs")
    assert budget.budget.left == 20


def test_one_failure_in_three_never_exhausts_the_budget(world):
    budget = Pacing(budget=50, throttle=Throttle())
    dice = random.Random(7)
    script = [answer(502 if dice.random() < 1 / 3 else 200) for _ in range(700)]
    patient = RetryPolicy(attempts=12, base=0, cap=0)
    with ScriptedServer(*script) as server:
        client = world.client(server.url, pacing=budget, retry=patient)
        for _ in range(400):
            assert world.request(client, "GET", "/jobs").status_code == 200
    assert budget.budget.left == 50


def test_concurrent_calls_share_the_budget(world):
    budget = Pacing(budget=25, throttle=Throttle())
    with ScriptedServer(otherwise=answer(503)) as server:
        client = world.client(server.url, pacing=budget)
        responses = world.many(client, "GET", ["/jobs"] * 8)
    assert [response.status_code for response in responses] == [503] * 8
    assert sum(attempts(response) - 1 for response in responses) == 5
    assert len(server.seen) == 8 + 5


# --- Cool-down and throttle ----------------------------------------------------------------------


def test_after_a_429_nobody_sends_until_the_server_wants_to(world):
    rest = 0.05
    sent: list[float] = []
    hooks = Hooks(on_request=lambda view: sent.append(time.monotonic()))
    with ScriptedServer(answer(429, retry_after=str(rest))) as server:
        client = world.client(server.url, hooks=hooks)
        extensions = call_options(retry=ONCE)
        world.request(client, "GET", "/jobs", extensions=extensions)
        told = server.seen[0].at
        # A POST, which was not refused itself, is held back just the same.
        responses = world.many(client, "POST", ["/jobs"] * 6, json={})
    assert [response.status_code for response in responses] == [200] * 6
    assert min(sent[1:]) >= told + rest


def test_calls_under_way_join_the_cool_down_that_one_of_them_causes(world):
    rest = 0.05
    all_here = threading.Barrier(4)

    def refuse_together(exchange):
        exchange.wait()
        all_here.wait(30)
        answer(429, retry_after=str(rest))(exchange)

    with ScriptedServer(*[refuse_together] * 4) as server:
        responses = world.many(world.client(server.url), "GET", ["/jobs"] * 4)
    assert [attempts(response) for response in responses] == [2] * 4
    first, second = server.seen[:4], server.seen[4:]
    assert min(seen.at for seen in second) >= min(seen.at for seen in first) + rest


def test_a_cool_down_beyond_the_deadline_is_an_error_at_once(world):
    with ScriptedServer(answer(429, retry_after="30")) as server:
        client = world.client(server.url)
        assert world.request(client, "GET", "/jobs").status_code == 429
        begun = time.monotonic()
        with pytest.raises(RequestTimeout) as caught:
            world.request(client, "POST", "/jobs", json={})
    assert time.monotonic() - begun < 20  # not the 30 s that the server asks for
    assert (caught.value.sent, caught.value.attempts) == (False, 0)
    assert len(server.seen) == 1


def test_two_clients_do_not_share_a_cool_down(world):
    with ScriptedServer(answer(429, retry_after="30")) as server:
        world.request(world.client(server.url), "GET", "/jobs")
        assert world.request(world.client(server.url), "GET", "/jobs").status_code == 200


def test_the_throttle_limits_concurrency(world):
    under_way, most = 0, 0
    lock = threading.Lock()

    def busy(exchange):
        nonlocal under_way, most
        exchange.read()
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.01)
        with lock:
            under_way -= 1
        exchange.send(head(200, {"content-length": "2"}) + b"{}")

    with ScriptedServer(otherwise=busy) as server:
        client = world.client(server.url, throttle=Throttle(concurrency=2))
        world.many(client, "GET", ["/jobs"] * 8)
        assert most == 2
        most = 0
        world.many(world.client(server.url), "GET", ["/jobs"] * 8)
        assert most > 2


def test_a_slot_is_waited_for_no_longer_than_the_limit(world):
    with ScriptedServer(silent) as server:
        client = world.client(
            server.url,
            throttle=Throttle(concurrency=1),
            timeouts=Timeouts(pool=0.02, total=0.5, read=0.5),
            retry=ONCE,
        )
        errors = world.many(client, "POST", ["/jobs"] * 2, json={})
    assert sorted(str(error.sent) for error in errors) == ["False", "None"]
    assert all(isinstance(error, RequestTimeout) for error in errors)
    assert len(server.seen) == 1


def test_the_throttle_limits_the_rate(world):
    fake = FakeTime()
    with ScriptedServer() as server:
        client = world.client(server.url, fake, throttle=Throttle(rate=10, burst=2))
        for _ in range(5):
            world.request(client, "GET", "/jobs")
    assert fake.slept == pytest.approx([0.1, 0.1, 0.1])


def test_a_rate_that_cannot_be_kept_before_the_deadline_is_an_error(world):
    with ScriptedServer() as server:
        client = world.client(server.url, FakeTime(), throttle=Throttle(rate=0.01))
        world.request(client, "GET", "/jobs")
        with pytest.raises(RequestTimeout) as caught:
            world.request(client, "GET", "/jobs")
    assert caught.value.sent is False
    assert len(server.seen) == 1


def test_a_cool_down_that_begins_while_waiting_for_the_rate_is_kept_too(world):
    fake = FakeTime()
    pacing = Pacing(budget=100, throttle=Throttle(rate=1))
    with ScriptedServer() as server:
        client = world.client(server.url, fake, pacing=pacing)
        world.request(client, "GET", "/jobs")
        pass_by = fake.pass_by

        def told_meanwhile(seconds):
            pass_by(seconds)
            if len(fake.slept) == 1:
                pacing.cool_down.extend(fake.now, 2)

        fake.pass_by = told_meanwhile
        world.request(client, "GET", "/jobs")
    assert fake.slept == pytest.approx([1, 2])


# --- Limits on answers ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_answer_is_decoded(world, encoding):
    data = json.dumps({str(i): i / 7 for i in range(5000)}).encode()
    packed = gzip.compress(data) if encoding == "gzip" else zlib.compress(data)
    with ScriptedServer(answer(200, packed, content_encoding=encoding)) as server:
        response = world.request(world.client(server.url), "GET", "/jobs")
    assert response.content == data
    assert "content-encoding" not in response.headers
    assert response.headers["content-length"] == str(len(data))


def test_a_decompression_bomb_is_refused_once(world):
    bomb = gzip.compress(bytes(64 * MIB), 9)
    with ScriptedServer(otherwise=answer(200, bomb, content_encoding="gzip")) as server:
        client = world.client(server.url)
        with pytest.raises(ConnectionFailed, match="decompression bomb") as caught:
            world.request(client, "GET", "/jobs")
    assert (caught.value.attempts, caught.value.sent) == (1, True)
    assert len(server.seen) == 1


def test_an_answer_longer_than_allowed_is_refused(world):
    connection = Connection(max_response_bytes=1000)
    with ScriptedServer(answer(200, b"x" * 1000), answer(200, b"x" * 1001)) as server:
        client = world.client(server.url, connection=connection)
        assert len(world.request(client, "GET", "/jobs").content) == 1000
        with pytest.raises(ConnectionFailed, match="1001 bytes are more than the 1000"):
            world.request(client, "GET", "/jobs")


def test_of_an_errors_body_64_kib_are_read(world):
    with ScriptedServer(answer(404, b"x" * 70_000), answer(200)) as server:
        client = world.client(server.url)
        response = world.request(client, "GET", "/jobs")
        assert response.content == b"x" * 65536
        assert world.request(client, "GET", "/jobs").status_code == 200


def test_an_endless_errors_body_does_not_hold_up_the_call(world):
    def endless(exchange):
        exchange.read()
        exchange.send(head(500, {"transfer-encoding": "chunked"}))
        while not exchange.server.ending.is_set():
            exchange.send(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")

    with ScriptedServer(otherwise=endless) as server:
        client = world.client(server.url, retry=ONCE)
        response = world.request(client, "GET", "/jobs")
    assert (response.status_code, len(response.content)) == (500, 65536)


def test_a_key_that_the_server_echoes_is_blotted_out_of_its_error(world):
    body = json.dumps({"message": f"Invalid key provided: {KEY}"}).encode()
    with ScriptedServer(answer(401, body)) as server:
        response = world.request(world.client(server.url), "GET", "/jobs")
    assert response.json() == {"message": "Invalid key provided: [redacted]"}


# --- Where the key may go ------------------------------------------------------------------------


def test_a_request_to_another_origin_is_refused_before_sending(world):
    with ScriptedServer() as ours, ScriptedServer() as other:
        client = world.client(ours.url)
        for url in (f"{other.url}/jobs", f"https://127.0.0.1:{ours.port}/v0.4/jobs"):
            with pytest.raises(ConfigurationError, match="refused to send") as caught:
                world.request(client, "GET", url)
            assert str(ours.port) in str(caught.value)
        assert world.request(client, "GET", f"{ours.url}/jobs").status_code == 200
    assert (len(ours.seen), len(other.seen), other.connections) == (1, 0, 0)


@pytest.mark.parametrize("path", ["/jobs//cost", "/jobs/a%2Fb", "/jobs/a%5Cb", "/jobs/"])
def test_a_wayward_path_is_refused_before_sending(world, path):
    with ScriptedServer() as server, pytest.raises(InvalidArgument):
        world.request(world.client(server.url), "GET", path)
    assert server.connections == 0


def test_redirects_are_not_followed_unless_asked(world):
    with ScriptedServer(answer(302, b"", location="/v0.4/backends")) as server:
        response = world.request(world.client(server.url), "GET", "/jobs")
    assert response.status_code == 302
    assert len(server.seen) == 1


FOLLOWING = Connection(follow_redirects=True)


@pytest.mark.parametrize("location", ["/v0.4/backends?a=1", "backends?a=1", "{url}/backends?a=1"])
def test_a_redirect_to_the_same_origin_is_followed_with_the_key(world, location):
    with ScriptedServer() as server:
        place = location.format(url=server.url)
        server.then(answer(307, b"", location=place), answer(503), answer(200, b"[7]"))
        client = world.client(server.url, connection=FOLLOWING)
        response = world.request(client, "GET", "/jobs", headers={"X-Mine": "1"})
    assert response.json() == [7]
    assert attempts(response) == 2
    followed = server.seen[-1]
    assert followed.target == "/v0.4/backends?a=1"
    assert followed.headers["authorization"] == f"apiKey {KEY}"
    assert followed.headers["x-mine"] == "1"


def test_a_redirect_to_another_origin_is_refused_and_the_key_stays(world):
    with ScriptedServer() as ours, ScriptedServer() as other:
        ours.then(answer(302, b"", location=f"{other.url}/steal"))
        client = world.client(ours.url, connection=FOLLOWING)
        with pytest.raises(ConnectionFailed, match="the key is for") as caught:
            world.request(client, "GET", "/jobs")
    assert other.connections == 0
    assert caught.value.sent is True


def test_a_redirect_of_a_post_is_not_followed(world):
    with ScriptedServer(answer(307, b"", location="/v0.4/other")) as server:
        client = world.client(server.url, connection=FOLLOWING)
        assert world.request(client, "POST", "/jobs", json={}).status_code == 307
    assert len(server.seen) == 1


def test_redirects_in_a_circle_end(world):
    with ScriptedServer(otherwise=answer(302, b"", location="/v0.4/jobs")) as server:
        client = world.client(server.url, connection=FOLLOWING)
        with pytest.raises(ConnectionFailed, match="redirects"):
            world.request(client, "GET", "/jobs")
    assert len(server.seen) == 6


@pytest.mark.parametrize("location", ["http://[::1", "http://host:port/"])
def test_a_redirect_to_what_is_no_url_is_an_error_of_ours(world, location):
    with ScriptedServer(answer(302, b"", location=location)) as server:
        client = world.client(server.url)
        with pytest.raises(ConnectionFailed, match="no URL"):
            world.request(client, "GET", "/jobs")


def test_plain_http_beyond_loopback_warns_once_per_client(world):
    url = "http://ionq.example/v0.4"
    pacing = Pacing(budget=1, throttle=Throttle())
    with pytest.warns(InsecureTransportWarning):
        first = world.transport(url, pacing=pacing)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        world.transport(url, pacing=pacing)
        first.sibling(first._config)
        world.transport("https://ionq.example/v0.4")
    with pytest.warns(InsecureTransportWarning, match="verify"):
        world.transport("https://ionq.example/v0.4", connection=Connection(verify=False))


# --- TLS -----------------------------------------------------------------------------------------


def test_a_certificate_that_is_not_trusted_is_no_matter_of_trying_again(world):
    with ScriptedServer(tls=True) as server:
        client = world.client(server.url)
        with pytest.raises(ConnectionFailed, match="not trusted") as caught:
            world.request(client, "POST", "/jobs", json={})
    assert (caught.value.attempts, caught.value.sent) == (1, False)
    assert server.seen == []


@pytest.mark.parametrize("as_context", [False, True])
def test_a_private_authority_can_be_trusted(world, as_context):
    verify = ssl.create_default_context(cafile=CERTIFICATE) if as_context else CERTIFICATE
    with ScriptedServer(tls=True) as server:
        client = world.client(server.url, connection=Connection(verify=verify))
        assert world.request(client, "GET", "/jobs").status_code == 200


def test_a_handshake_that_fails_has_sent_nothing(world):
    with ScriptedServer(otherwise=reset_unread) as server:
        url = server.url.replace("http:", "https:")
        with pytest.raises(ConnectionFailed) as caught:
            world.request(world.client(url), "POST", "/jobs", json={})
    assert caught.value.sent is False
    assert caught.value.attempts == EAGER.attempts


# --- Proxies -------------------------------------------------------------------------------------


def test_requests_go_through_the_proxy_that_is_configured(world):
    with ScriptedServer() as proxy:
        connection = Connection(proxy=f"http://127.0.0.1:{proxy.port}")
        with pytest.warns(InsecureTransportWarning):
            client = world.client("http://ionq.example/v0.4", connection=connection)
        assert world.request(client, "GET", "/jobs").status_code == 200
    assert proxy.seen[0].target == "http://ionq.example/v0.4/jobs"


@pytest.mark.parametrize(
    ("variables", "trust_env", "expected"),
    [
        ({"http_proxy": "{proxy}"}, True, True),
        ({"all_proxy": "{host}"}, True, True),
        ({"http_proxy": "{proxy}"}, False, False),
        ({"http_proxy": "{proxy}", "no_proxy": "ionq.invalid"}, True, False),
        ({}, True, False),
    ],
)
def test_the_environment_may_name_a_proxy(world, monkeypatch, variables, trust_env, expected):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with ScriptedServer() as proxy:
        host = f"127.0.0.1:{proxy.port}"
        for name, value in variables.items():
            monkeypatch.setenv(name, value.format(proxy=f"http://{host}", host=host))
        connection = Connection(trust_env=trust_env)
        with pytest.warns(InsecureTransportWarning):
            client = world.client("http://ionq.invalid/v0.4", connection=connection, retry=ONCE)
        try:
            world.request(client, "GET", "/jobs")
        except ConnectionFailed:
            assert not expected
    assert bool(proxy.seen) == expected


def test_this_machine_is_reached_without_the_environments_proxy(world, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{refused_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with ScriptedServer() as server:
        assert world.request(world.client(server.url), "GET", "/jobs").status_code == 200


# --- Hooks and logs ------------------------------------------------------------------------------


def watched(seen):
    return Hooks(on_request=seen.append, on_response=seen.append, on_retry=seen.append)


def test_hooks_see_each_attempt_without_secrets(world):
    seen = []
    script = [answer(503, x_request_id="r-1", set_cookie="s=1"), reset_read, answer(200)]
    with ScriptedServer(*script) as server:
        client = world.client(server.url, hooks=watched(seen))
        world.request(client, "PUT", "/jobs/status/cancel?private=1", json={"ids": []})
    kinds = [type(view).__name__ for view in seen]
    assert kinds == [
        *["RequestView", "ResponseView", "RetryView"],
        *["RequestView", "RetryView"],
        *["RequestView", "ResponseView"],
    ]
    assert {view.method for view in seen} == {"PUT"}
    assert {view.url for view in seen} == {f"{server.url}/jobs/status/cancel"}
    assert [view.attempt for view in seen] == [1, 1, 1, 2, 2, 3, 3]
    assert [view.elapsed for view in seen] == sorted(view.elapsed for view in seen)
    assert seen[0].headers == {"content-type": "application/json", "content-length": "10"}
    assert seen[1].status == 503
    assert seen[1].headers == {"x-request-id": "r-1", "content-length": "2"}
    assert (seen[2].status, seen[2].reason) == (503, "status 503")
    assert (seen[4].status, seen[4].reason) == (None, "the connection broke")
    assert 0 <= seen[2].delay <= EAGER.cap
    assert KEY not in repr(seen)
    with pytest.raises(AttributeError):
        seen[0].method = "POST"


def test_a_hook_that_fails_is_logged_and_changes_nothing(world, caplog):
    def broken(view):
        raise ZeroDivisionError("mine")

    with ScriptedServer(answer(503), answer(201)) as server:
        hooks = Hooks(on_request=broken, on_response=broken, on_retry=broken)
        client = world.client(server.url, hooks=hooks)
        assert world.request(client, "GET", "/jobs").status_code == 201
    failures = [record for record in caplog.records if record.exc_info]
    assert len(failures) == 5
    assert {record.exc_info[0] for record in failures} == {ZeroDivisionError}


def test_an_async_hook_is_awaited_where_it_can_be(world, caplog):
    seen = []

    async def hook(view):
        seen.append(view)

    with ScriptedServer() as server:
        client = world.client(server.url, hooks=Hooks(on_request=hook))
        assert world.request(client, "GET", "/jobs").status_code == 200
    assert len(seen) == (1 if world.name == "async" else 0)
    assert ("is async" in caplog.text) == (world.name == "sync")


def test_attempts_and_retries_are_logged_with_allowed_headers_only(world, caplog):
    script = [answer(503, x_request_id="r-1", set_cookie="crumb=zq7x"), reset_read, answer(200)]
    with caplog.at_level(logging.DEBUG, "ionq_direct.http"), ScriptedServer(*script) as server:
        world.request(world.client(server.url), "GET", "/jobs?filter=zq8x")
    records = [r for r in caplog.records if r.name == "ionq_direct.http"]
    assert [r.levelname for r in records] == ["DEBUG", "INFO", "DEBUG", "INFO", "DEBUG"]
    first = records[0].ionq
    assert (first["method"], first["url"]) == ("GET", f"{server.url}/jobs")
    assert (first["attempt"], first["status"]) == (1, 503)
    assert first["headers"] == {"x-request-id": "r-1", "content-length": "2"}
    assert records[1].ionq["reason"] == "status 503"
    assert records[1].ionq["delay_s"] >= 0
    assert records[2].ionq["failure"] == "LOST"
    text = " ".join(str(vars(r)) + r.getMessage() for r in records)
    assert "zq8x" not in text
    assert "zq7x" not in text


def test_giving_up_after_retries_is_a_warning(world, caplog):
    with ScriptedServer(otherwise=answer(503)) as server:
        world.request(world.client(server.url), "GET", "/jobs")
        world.request(world.client(server.url), "POST", "/jobs", json={})
    warned = [r for r in caplog.records if r.levelname == "WARNING"]
    assert len(warned) == 1
    assert "given up after attempt 4" in warned[0].getMessage()


# --- Life of a transport -------------------------------------------------------------------------


def test_a_closed_client_leaves_no_connection(world):
    with ScriptedServer() as server:
        client = world.client(server.url)
        world.many(client, "GET", ["/jobs"] * 4)
        world.close(client)
        for _ in range(2000):
            if not server.still_open():
                break
            time.sleep(0.005)
        assert server.still_open() == 0


def test_a_sibling_shares_connections_and_rest_but_not_behaviour(world):
    with ScriptedServer(otherwise=answer(503)) as server:
        transport = world.transport(server.url)
        config = transport._config
        client = world.client_of(transport, server.url)
        other = world.client_of(transport.sibling(replace(config, retry=ONCE)), server.url)
        assert attempts(world.request(client, "GET", "/jobs")) == EAGER.attempts
        assert attempts(world.request(other, "GET", "/jobs")) == 1
        assert server.connections == 1
        world.close(other)
        world.request(client, "GET", "/jobs")
        assert server.connections == 1
        server.then(answer(429, retry_after="30"))
        world.request(other_open(world, transport, config, server), "GET", "/jobs")
        with pytest.raises(RequestTimeout):
            world.request(client, "GET", "/jobs")


def other_open(world, transport, config, server):
    return world.client_of(transport.sibling(config), server.url)


def test_a_sibling_of_a_closed_transport_says_so(world):
    with ScriptedServer() as server:
        transport = world.transport(server.url)
        client = world.client_of(transport, server.url)
        other = world.client_of(transport.sibling(transport._config), server.url)
        world.request(client, "GET", "/jobs")
        world.close(client)
        with pytest.raises(ConfigurationError, match="closed"):
            world.request(other, "GET", "/jobs")


def test_a_transport_of_the_users_goes_beneath_ours(world):
    asked = []

    class Canned(_http.BaseTransport, _http.AsyncBaseTransport):
        def handle_request(self, request):
            asked.append(request)
            if len(asked) == 1:
                return _http.Response(503)
            if len(asked) == 2:
                return _http.Response(200, content=b"[1]")
            raise ZeroDivisionError(f"their own fault, with {KEY}")

        async def handle_async_request(self, request):
            return self.handle_request(request)

    client = world.client("https://api.ionq.co/v0.4", connector=Canned)
    response = world.request(client, "GET", "/jobs")
    assert (response.json(), attempts(response)) == ([1], 2)
    assert asked[0].headers["authorization"] == f"apiKey {KEY}"
    with pytest.raises(ConnectionFailed, match="ZeroDivisionError: their own fault") as caught:
        world.request(client, "GET", "/jobs")
    assert KEY not in str(caught.value)


def test_what_one_attempt_may_have_done_a_later_one_does_not_undo(world):
    faults = [httpx.ReadError("lost"), httpx.ConnectError("refused")]

    class Failing(_http.BaseTransport, _http.AsyncBaseTransport):
        def handle_request(self, request):
            raise faults.pop(0)

        async def handle_async_request(self, request):
            raise faults.pop(0)

    twice = RetryPolicy(attempts=2, base=0)
    client = world.client("https://api.ionq.co/v0.4", connector=Failing, retry=twice)
    with pytest.raises(ConnectionFailed, match="refused") as caught:
        world.request(client, "PUT", "/jobs/a/status/cancel")
    assert (caught.value.sent, caught.value.attempts) == (None, 2)


def test_a_body_that_can_be_read_once_is_sent_once(world):
    def pieces():
        yield b"{}"

    async def async_pieces():
        yield b"{}"

    content = pieces() if world.name == "sync" else async_pieces()
    with ScriptedServer(otherwise=answer(503)) as server:
        headers = {"content-length": "2"}
        client = world.client(server.url)
        response = world.request(client, "PUT", "/jobs", content=content, headers=headers)
    assert (response.status_code, attempts(response)) == (503, 1)


def test_a_request_that_is_no_http_is_not_tried_again_and_not_quoted(world):
    with ScriptedServer() as server:
        client = world.client(server.url)
        with pytest.raises(ConnectionFailed, match="cannot be sent as HTTP") as caught:
            world.request(client, "GET", "/jobs", headers={"X-Bad": "a\nb"})
    assert caught.value.attempts == 1
    assert "a\nb" not in repr(caught.value)
