"""The parts of the generated client that are not decoding: enums, UNSET, clients, what is imported.

The whole of it is tried on the vendored contract; documents of other kinds are in
tests/regeneration/test_any_document.py.
"""

from __future__ import annotations

import copy
import datetime
import json
import math
import multiprocessing
import operator
import pickle
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_api.v0_4 import client as client_module
from ionq_api.v0_4 import models
from ionq_api.v0_4.api.backends import get_backend
from ionq_api.v0_4.api.costs import estimate_job_cost
from ionq_api.v0_4.api.jobs import create_job, delete_jobs, get_job, get_jobs
from ionq_api.v0_4.api.results import get_job_artifact
from ionq_api.v0_4.api.usage import get_usages
from ionq_api.v0_4.client import AuthenticatedClient, Client
from ionq_api.v0_4.errors import DecodeError, UnexpectedStatus
from ionq_api.v0_4.models import JobStatus
from ionq_api.v0_4.types import UNSET, Deviation, Unset
from tests.loopback import Loopback, serve

KEY = "sk-3f9a7c21d04e4b6c8a55"


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serve() as loopback:
        loopback.answer_json(200, {})
        yield loopback


@pytest.fixture
def client(server: Loopback) -> Iterator[AuthenticatedClient]:
    with AuthenticatedClient(server.url, token=KEY, prefix="apiKey") as client:
        yield client


def through_another_process(value: Any, method: str) -> Any:
    """What a method of a value returns in a fresh interpreter that was sent the value."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(operator.methodcaller(method), (value,))


class TestEnumsOfText:
    """A value the document does not list is a member too: servers know more than documents."""

    def test_a_listed_value_is_its_member(self) -> None:
        assert JobStatus("ready") is JobStatus.READY
        assert JobStatus.READY.is_known

    def test_another_value_is_a_member_that_is_not_listed(self) -> None:
        paused = JobStatus("paused")
        assert isinstance(paused, JobStatus)
        assert (paused.value, paused.name, str(paused)) == ("paused", "paused", "paused")
        assert not paused.is_known

    def test_the_list_of_members_stays_that_of_the_document(self) -> None:
        before = list(JobStatus)
        JobStatus("paused")
        assert list(JobStatus) == before
        assert len(JobStatus) == len(before)
        assert "paused" not in JobStatus.__members__
        assert "paused" not in JobStatus._value2member_map_

    def test_members_equal_their_text_and_each_other(self) -> None:
        assert JobStatus("ready") == "ready"
        assert JobStatus("paused") == "paused" == JobStatus("paused")
        assert JobStatus("paused") != JobStatus("resting")
        assert {"paused": 1}[JobStatus("paused")] == 1
        assert len({JobStatus("paused"), JobStatus("paused"), "paused"}) == 1

    def test_they_are_told_apart_in_a_match(self) -> None:
        for status in (JobStatus("ready"), JobStatus("paused")):
            match status:
                case JobStatus.READY:
                    assert status.is_known
                case _:
                    assert status.value == "paused"

    @pytest.mark.parametrize("value", ["ready", "paused", "", "ready ", "READY", "🦊"])
    def test_they_can_be_copied_and_pickled(self, value: str) -> None:
        member = JobStatus(value)
        copies = [copy.copy(member), copy.deepcopy(member)]
        copies += [pickle.loads(pickle.dumps(member, protocol)) for protocol in range(6)]
        for one in copies:
            assert type(one) is JobStatus
            assert one == member
            assert one.is_known is member.is_known
        assert json.dumps(member) == json.dumps(value)

    def test_they_cross_processes(self) -> None:
        status = JobStatus("paused")
        assert through_another_process(status, "upper") == "PAUSED"
        assert through_another_process(status, "__str__") == "paused"

    @given(value=st.text())
    def test_any_text_will_do(self, value: str) -> None:
        assert JobStatus(value).value == value

    @pytest.mark.parametrize("value", [None, 5, b"ready", ["ready"]])
    def test_nothing_else_will(self, value: Any) -> None:
        with pytest.raises(ValueError, match="is not a valid JobStatus"):
            JobStatus(value)


class TestUnset:
    """The one value that says that a field is not there; whatever carries it, it stays that one."""

    def payload(self) -> models.CircuitJobCreationPayload:
        """As a caller would make it; much of it is left out."""
        return models.CircuitJobCreationPayload(
            backend="simulator",
            type_=models.CircuitJobCreationPayloadType.IONQ_CIRCUIT_V1,
            input_=models.QisCircuitInput(
                qubits=1,
                gateset=models.QisCircuitInputGateset.QIS,
                circuit=[models.GateQisGate(gate=models.QisGate.H, target=0)],
            ),
        )

    def test_there_is_one(self) -> None:
        assert Unset() is UNSET
        assert not UNSET
        assert repr(UNSET) == "UNSET"

    def test_copies_are_the_same(self) -> None:
        assert copy.copy(UNSET) is copy.deepcopy(UNSET) is UNSET
        for protocol in range(6):
            assert pickle.loads(pickle.dumps(UNSET, protocol)) is UNSET

    def test_a_copied_payload_is_sent_as_the_original_would_be(self) -> None:
        payload = self.payload()
        assert payload.name is UNSET
        copies = [copy.copy(payload), copy.deepcopy(payload)]
        copies += [pickle.loads(pickle.dumps(payload, protocol)) for protocol in range(6)]
        for one in copies:
            assert one == payload
            assert one.name is UNSET
            assert json.dumps(one.to_dict()) == json.dumps(payload.to_dict())

    def test_so_is_one_that_came_from_another_process(self) -> None:
        payload = self.payload()
        assert through_another_process(payload, "to_dict") == payload.to_dict()

    def test_it_is_sent_nowhere(self, client: AuthenticatedClient, server: Loopback) -> None:
        payload = self.payload()
        payload["extra"] = UNSET
        create_job.sync_detailed(client=client, body=payload)
        assert json.loads(server.last.body) == {
            "backend": "simulator",
            "type": "ionq.circuit.v1",
            "shots": 100,  # the default of the document
            "input": {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]},
        }

    def test_null_is_something_else(self) -> None:
        assert models.CreateSessionRequest.from_dict({"backend": None}).to_dict() == {
            "backend": None
        }


class TestKeys:
    """A key is sent with each request and shows up nowhere else."""

    def clients(self) -> list[AuthenticatedClient]:
        client = AuthenticatedClient("http://127.0.0.1:9", token=KEY, prefix="apiKey")
        return [
            client,
            client.with_headers({"X-Key": KEY}),
            client.with_cookies({"key": KEY}),
            AuthenticatedClient("http://127.0.0.1:9", token=KEY, headers={"Authorization": KEY}),
            AuthenticatedClient("http://127.0.0.1:9", token=KEY, httpx_args={"auth": ("x", KEY)}),
        ]

    def test_not_in_a_repr(self) -> None:
        for client in self.clients():
            client.get_httpx_client()
            assert KEY not in f"{client!r} {client}"

    def test_not_in_a_pickle_or_a_copy(self) -> None:
        for client in self.clients():
            for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
                with pytest.raises(TypeError, match="not pickled or copied") as caught:
                    attempt(client)
                assert KEY not in str(caught.value)

    def test_not_in_errors(self, server: Loopback) -> None:
        strict = AuthenticatedClient(server.url, token=KEY, strict=True)
        server.answer(200, b"nothing to read")
        with strict, pytest.raises(DecodeError) as caught:
            get_job.sync("an-id", client=strict)
        assert KEY not in repr(caught.value)
        server.answer_json(200, {})

    def test_it_is_sent_in_the_header_asked_for(self, server: Loopback) -> None:
        with AuthenticatedClient(server.url, token=KEY, prefix="apiKey") as client:
            get_job.sync("an-id", client=client)
        assert server.last.headers["Authorization"] == f"apiKey {KEY}"
        with AuthenticatedClient(
            server.url, token=KEY, prefix="", auth_header_name="X-Key"
        ) as client:
            get_job.sync("an-id", client=client)
        assert server.last.headers["X-Key"] == KEY
        assert "Authorization" not in server.last.headers

    def test_clients_without_a_key_send_none(self, server: Loopback) -> None:
        with Client(server.url) as client:
            get_backend.sync("simulator", client=client)
        assert "Authorization" not in server.last.headers

    def test_a_redirect_is_not_followed_unasked(self, server: Loopback) -> None:
        server.answer(302, b"", location="http://127.0.0.1:9/elsewhere")
        with AuthenticatedClient(server.url, token=KEY) as client:
            assert get_job.sync_detailed("an-id", client=client).status_code == 302
        server.answer_json(200, {})


class TestErrors:
    def test_they_can_be_pickled(self) -> None:
        deviation = Deviation("$.id", "missing", "a required field", UNSET)
        for error in (UnexpectedStatus(520, b"body"), DecodeError("get_job", (deviation,))):
            again = pickle.loads(pickle.dumps(error))
            assert (type(again), str(again), again.args) == (type(error), str(error), error.args)
        assert again.deviations[0].value is UNSET


class TestOneClientFromAnother:
    """`with_...` makes a client; it never changes the one it is made from, opened or not."""

    @pytest.mark.parametrize("opened", [False, True])
    def test_headers(self, server: Loopback, opened: bool) -> None:
        with AuthenticatedClient(server.url, token=KEY, headers={"X-One": "1"}) as one:
            if opened:
                one.get_httpx_client()
                one.get_async_httpx_client()
            with one.with_headers({"X-Two": "2", "X-One": "3"}) as two:
                get_job.sync("an-id", client=two)
                assert (server.last.headers["X-One"], server.last.headers["X-Two"]) == ("3", "2")
            get_job.sync("an-id", client=one)
            assert server.last.headers["X-One"] == "1"
            assert "X-Two" not in server.last.headers

    @pytest.mark.parametrize("opened", [False, True])
    def test_cookies(self, server: Loopback, opened: bool) -> None:
        with AuthenticatedClient(server.url, token=KEY, cookies={"one": "1"}) as one:
            if opened:
                one.get_httpx_client()
            with one.with_cookies({"two": "2"}) as two:
                get_job.sync("an-id", client=two)
                assert server.last.headers["Cookie"] == "one=1; two=2"
            get_job.sync("an-id", client=one)
            assert server.last.headers["Cookie"] == "one=1"

    @pytest.mark.parametrize("opened", [False, True])
    def test_timeout(self, server: Loopback, opened: bool) -> None:
        one = AuthenticatedClient(server.url, token=KEY, timeout=7)
        if opened:
            one.get_httpx_client()
            one.get_async_httpx_client()
        two = one.with_timeout(3)
        for client, seconds in ((one, 7), (two, 3)):
            assert client.get_httpx_client().timeout.read == seconds
            assert client.get_async_httpx_client().timeout.read == seconds

    def test_the_rest_is_the_same(self, server: Loopback) -> None:
        one = AuthenticatedClient(
            server.url, token=KEY, prefix="apiKey", strict=True, on_deviations=print
        )
        for two in (one.with_headers({}), one.with_cookies({}), one.with_timeout((10, 60, 60, 60))):
            assert type(two) is AuthenticatedClient
            assert two == one
            assert two.get_httpx_client() is not one.get_httpx_client()

    def test_a_client_can_be_lent_its_connections(self, client: AuthenticatedClient) -> None:
        other = AuthenticatedClient("http://unused", token=KEY)
        assert other.set_httpx_client(client.get_httpx_client()) is other
        assert get_job.sync_detailed("an-id", client=other).status_code == 200
        asynchronous = client.get_async_httpx_client()
        assert other.set_async_httpx_client(asynchronous).get_async_httpx_client() is asynchronous


class TestTimeouts:
    def test_nothing_waits_for_ever_by_default(self) -> None:
        client = AuthenticatedClient("http://127.0.0.1:9", token=KEY)
        for limits in (client.get_httpx_client().timeout, client.get_async_httpx_client().timeout):
            for seconds in (limits.connect, limits.read, limits.write, limits.pool):
                assert seconds is not None
                assert 0 < seconds <= 60
        assert all(map(math.isfinite, client_module.DEFAULT_TIMEOUT))

    def test_it_may_when_told_to(self) -> None:
        client = Client("http://127.0.0.1:9").with_timeout(None)
        assert client.get_httpx_client().timeout.read is None


class TestPaths:
    """A path argument names one resource, and cannot be made to name another."""

    @pytest.mark.parametrize("value", ["", ".", "..", "a/b", "/", "a\\b", "../jobs", None, UNSET])
    async def test_what_would_name_another_resource_is_not_sent(
        self, client: AuthenticatedClient, server: Loopback, value: Any
    ) -> None:
        sent = len(server.received)
        with pytest.raises(ValueError, match=r"^uuid: .* cannot be part of a path"):
            get_job.sync(value, client=client)
        with pytest.raises(ValueError, match=r"^uuid: .* cannot be part of a path"):
            await get_job.asyncio_detailed(value, client=client)
        with pytest.raises(ValueError, match=r"^artifact_id: .* cannot be part of a path"):
            get_job_artifact.sync("an-id", value, client=client)
        assert len(server.received) == sent

    @pytest.mark.parametrize(
        ("value", "target"),
        [
            ("019a-b", "/jobs/019a-b"),
            ("a b", "/jobs/a%20b"),
            ("a?b=c#d", "/jobs/a%3Fb%3Dc%23d"),
            ("%2e%2e", "/jobs/%252e%252e"),
            ("%2F", "/jobs/%252F"),
            ("...", "/jobs/..."),
            ("a;b", "/jobs/a%3Bb"),
            ("é🦊", "/jobs/%C3%A9%F0%9F%A6%8A"),
            ("a\r\nX: y", "/jobs/a%0D%0AX%3A%20y"),
            ("{uuid}", "/jobs/%7Buuid%7D"),
        ],
    )
    def test_anything_else_is_escaped(
        self, client: AuthenticatedClient, server: Loopback, value: str, target: str
    ) -> None:
        get_job.sync(value, client=client)
        assert server.last.target == target

    def test_the_path_of_the_base_url_stays(self, server: Loopback) -> None:
        for base in (f"{server.url}/v0.4", f"{server.url}/v0.4/"):
            with AuthenticatedClient(base, token=KEY) as client:
                get_job.sync("x", client=client)
            assert server.last.target == "/v0.4/jobs/x"


class TestQueries:
    def test_lists_are_repeated(self, client: AuthenticatedClient, server: Loopback) -> None:
        get_jobs.sync(client=client, ids=["a", "b&c"], status=JobStatus.READY, limit=2)
        assert server.last.query == [
            ("ids", "a"), ("ids", "b&c"), ("status", "ready"), ("limit", "2"),
        ]  # fmt: skip

    def test_booleans_are_lower_case(self, client: AuthenticatedClient, server: Loopback) -> None:
        estimate_job_cost.sync(client=client, backend="qpu.forte-1", session=True)
        assert ("session", "true") in server.last.query

    def test_dates_and_members(self, client: AuthenticatedClient, server: Loopback) -> None:
        get_usages.sync(
            "com.example",
            client=client,
            start_date=datetime.date(2026, 11, 1),
            end_date=datetime.date(2026, 11, 21),
            group_by=models.GroupBy.JOB,
            modality=models.Modality("hourly"),  # not listed, sent all the same
        )
        assert sorted(server.last.query) == [
            ("end_date", "2026-11-21"), ("group_by", "job"), ("modality", "hourly"),
            ("start_date", "2026-11-01"),
        ]  # fmt: skip

    def test_what_is_not_given_is_not_sent(
        self, client: AuthenticatedClient, server: Loopback
    ) -> None:
        get_jobs.sync(client=client)
        assert server.last.query == []

    def test_a_delete_may_have_a_body(self, client: AuthenticatedClient, server: Loopback) -> None:
        delete_jobs.sync(client=client, body=models.JobsBulkOperationRequest(ids=["a"]))
        assert (server.last.method, server.last.path) == ("DELETE", "/jobs")
        assert json.loads(server.last.body) == {"ids": ["a"]}


def modules_after(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after running some code."""
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


class TestImports:
    """Importing one operation costs what that operation needs, no more."""

    PREFIX = "ionq_api.v0_4.models."

    def test_one_operation_loads_its_own_models(self) -> None:
        loaded = modules_after("import ionq_api.v0_4.api.jobs.get_job")
        own = {name.removeprefix(self.PREFIX) for name in loaded if name.startswith(self.PREFIX)}
        assert {"get_job_response", "error", "job_status"} <= own
        assert len(own) < 8, sorted(own)

    def test_decoding_loads_what_is_in_the_answer(self) -> None:
        code = "from ionq_api.v0_4.models import GetJobResponse as R; R.from_dict({'stats': {}})"
        loaded = modules_after(code)
        assert f"{self.PREFIX}circuit_job_stats" in loaded
        assert f"{self.PREFIX}session" not in loaded

    def test_the_http_library_is_loaded_when_a_client_is_opened(self) -> None:
        quiet = "from ionq_api.v0_4 import client; c = client.Client('http://unused')"
        assert "httpx" not in modules_after(f"import ionq_api.v0_4.api.jobs.get_job; {quiet}")
        assert "httpx" in modules_after(f"{quiet}; c.get_httpx_client()")
        assert "httpx" in modules_after(f"{quiet}; c.get_async_httpx_client()")

    def test_every_model_is_there_by_name(self) -> None:
        assert set(models.__all__) == set(dir(models))
        for name in models.__all__:
            assert getattr(models, name).__name__ == name
        assert models.JobStatus is JobStatus

    def test_what_is_no_model_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match=r"ionq_api\.v0_4\.models.* no attribute 'Jobb'"):
            _ = models.Jobb  # type: ignore[attr-defined]  # as a typing mistake would
