"""OpenTelemetry: one span per call, attempts on it, the key nowhere."""

from __future__ import annotations

import contextlib
import sys

import httpx  # noqa: TID251 - for a client that is not ours
import pytest
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags

from ionq_direct.errors import ConfigurationError, ConnectionFailed
from ionq_direct.telemetry import instrument, uninstrument
from tests.servers import ScriptedServer, answer, refused_port
from tests.worlds import KEY, AsyncWorld, SyncWorld, world_fixture

world = world_fixture()


class Span(NonRecordingSpan):
    """A span that keeps what it is told. The SDK, which would do that, is no dependency."""

    def __init__(self, name, attributes):
        super().__init__(SpanContext(0xA, 0xB, is_remote=False, trace_flags=TraceFlags(1)))
        self.name = name
        self.told = dict(attributes or {})

    def is_recording(self):
        return True

    def set_attribute(self, key, value):
        self.told[key] = value


class Tracer(trace.NoOpTracer):
    def __init__(self, spans):
        self._spans = spans

    @contextlib.contextmanager
    def start_as_current_span(self, name, *args, attributes=None, **more):
        span = Span(name, attributes)
        self._spans.append(span)
        with trace.use_span(span, record_exception=False, set_status_on_exception=False):
            yield span


class Provider(trace.NoOpTracerProvider):
    def __init__(self):
        self.spans = []

    def get_tracer(self, *args, **more):
        return Tracer(self.spans)


class Generated:
    """Shaped like the generated client, with the HTTP clients of one world each."""

    def __init__(self, url):
        self.worlds = [SyncWorld(), AsyncWorld()]
        self.clients = [world.client(url) for world in self.worlds]

    def get_httpx_client(self):
        return self.clients[0]

    def get_async_httpx_client(self):
        return self.clients[1]

    def request(self, world, method, path):
        index = 0 if world.name == "sync" else 1
        return self.worlds[index].request(self.clients[index], method, path)

    def end(self):
        for world in self.worlds:
            world.end()


class Facade:
    def __init__(self, api):
        self.api = api


@pytest.fixture
def capture_everything(monkeypatch):
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_REQUEST", ".*")
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_RESPONSE", ".*")


def test_a_call_is_one_span_with_its_attempts_and_without_the_key(world, capture_everything):
    provider = Provider()
    with ScriptedServer(answer(503), answer(200)) as server:
        api = Generated(server.url)
        instrument(Facade(api), tracer_provider=provider)
        assert api.request(world, "GET", "/jobs").status_code == 200
        api.end()
    (span,) = provider.spans
    assert span.name == "GET"
    assert span.told["ionq.attempts"] == 2
    assert 200 in span.told.values()
    assert KEY not in repr(span.told)
    assert "user-agent" in repr(span.told).replace("_", "-")  # headers were captured indeed
    traced = [seen.headers.get("traceparent") for seen in server.seen]
    assert traced == [f"00-{0xA:032x}-{0xB:016x}-01"] * 2
    assert {seen.headers["authorization"] for seen in server.seen} == {f"apiKey {KEY}"}


def test_an_error_ends_its_span_without_the_key(world, capture_everything):
    provider = Provider()
    api = Generated(f"http://127.0.0.1:{refused_port()}/v0.4")
    instrument(api, tracer_provider=provider)
    with pytest.raises(ConnectionFailed):
        api.request(world, "GET", "/jobs")
    api.end()
    (span,) = provider.spans
    assert "ionq.attempts" not in span.told
    assert KEY not in repr(span.told)


def test_it_can_be_undone(world):
    provider = Provider()
    with ScriptedServer() as server:
        api = Generated(server.url)
        instrument(api, tracer_provider=provider)
        uninstrument(api)
        api.request(world, "GET", "/jobs")
        api.end()
    assert provider.spans == []


def test_a_client_without_our_transport_has_spans_without_attempts():
    provider = Provider()

    class Foreign(Generated):
        def __init__(self, url):
            super().__init__(url)
            self.clients[0] = httpx.Client(base_url=url)

    with ScriptedServer() as server:
        api = Foreign(server.url)
        instrument(api, tracer_provider=provider)
        api.clients[0].get("/jobs")
        api.clients[0].close()
        api.end()
    assert "ionq.attempts" not in provider.spans[0].told


def test_what_is_no_client_is_refused():
    with pytest.raises(ConfigurationError, match="got str"):
        instrument("https://api.ionq.co")


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.instrumentation.httpx", None)
    with pytest.raises(ConfigurationError, match=r"ionq-direct\[otel\]"):
        instrument(object())
