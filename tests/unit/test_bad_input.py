"""Whoever gives the wrong thing is told at once which argument it is, and what it has to be."""

from __future__ import annotations

import math
import traceback

import numpy as np
import pytest

import ionq_direct
from ionq_direct import (
    Connection,
    IonQ,
    PollPolicy,
    SubmissionPolicy,
    bitstrings,
    counts_from_probabilities,
    marginal,
    wait_for_job,
)
from ionq_direct.errors import (
    ConfigurationError,
    InvalidArgument,
    InvalidDistribution,
    InvalidJob,
)
from ionq_emulator import Emulator

KEY = "a-key-that-nobody-may-see"
PASSWORD = "hunter2-of-the-proxy"
BELL = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 100,
    "input": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]},
}


@pytest.fixture(scope="module")
def cloud():
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def ionq(cloud):
    with IonQ(cloud.api_key, cloud.url) as client:
        yield client


# --- Settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        f"ftp://user:{PASSWORD}@host/v0.4",
        f"user:{PASSWORD}@host/v0.4",
        f"https://user:{PASSWORD}/x@host/v0.4",
        f"https://user:{PASSWORD}@host:99999/v0.4",
        f"https://{PASSWORD}@host/v0.4",
        f" https://user:{PASSWORD}@host/v0.4",
    ],
)
def test_no_base_url_shows_the_password_in_it(url, monkeypatch):
    for make in (lambda: IonQ(KEY, url), lambda: IonQ(KEY)):
        monkeypatch.setenv("IONQ_API_URL", url)
        with pytest.raises(ConfigurationError, match="base_url: must not hold a user") as caught:
            make()
        told = traceback.format_exception_only(caught.value)
        assert PASSWORD not in "".join(told) + repr(vars(caught.value))


@pytest.mark.parametrize(
    "url",
    [
        5,
        b"https://host",
        "https://ho st",
        "https://host/v0.4\n",
        "https://höst",
        "",
        "https://[::1",
    ],
)
def test_a_base_url_that_is_none_is_refused(url):
    with pytest.raises(ConfigurationError, match="base_url: "):
        IonQ(KEY, url)


@pytest.mark.parametrize("key", [5, b"a-key", ["a-key"]])
def test_a_key_that_is_no_text_is_refused_and_not_shown(key):
    with pytest.raises(ConfigurationError, match=r"api_key: must be text \(got \w+\)") as caught:
        IonQ(key)
    assert "a-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("timeout", value) for value in ("5", True, None, math.nan, -1, 0)],
        *[(name, 3) for name in ("retry", "throttle", "connection", "submission", "poll")],
        ("hooks", 3),
        ("validate", "no"),
        ("strict", None),
        ("transport", "mock"),
        ("on_deviations", []),
        ("headers", 3),
        ("headers", {"X-Team": 1}),
        ("headers", {"X-Team": "a\r\nEvil: b"}),
        ("headers", {"X Team": "a"}),
        ("headers", {1: "a"}),
        ("user_agent", "a\r\nEvil: b"),
        ("user_agent", "ü"),
        ("user_agent", 1),
    ],
)
def test_an_option_of_the_wrong_kind_is_refused_by_name(name, value):
    with pytest.raises(ConfigurationError, match=rf"^{name}\b"):
        IonQ(KEY, **{name: value})
    with (
        IonQ(KEY) as made,
        pytest.raises(ConfigurationError, match=rf"^{name}\b"),
    ):
        made.with_options(**{name: value})


def test_a_header_may_be_private():
    with IonQ(KEY, headers={"X-Gateway-Token": PASSWORD}) as made:
        assert PASSWORD not in repr(made.options)


@pytest.mark.parametrize(
    ("policy", "field", "value"),
    [
        (SubmissionPolicy, "settle", "6"),
        (SubmissionPolicy, "deadline", math.inf),
        (SubmissionPolicy, "attempts", 1.5),
        (SubmissionPolicy, "max_pages", None),
        (PollPolicy, "first", "1"),
        (PollPolicy, "longest", None),
    ],
)
def test_a_policy_of_the_wrong_kind_is_refused_by_name(policy, field, value):
    with pytest.raises(ConfigurationError, match=rf"\.{field}: "):
        policy(**{field: value})


@pytest.mark.parametrize(
    "proxy", [f"ftp://user:{PASSWORD}@h:1", PASSWORD, f"//{PASSWORD}", f"http://h:{PASSWORD}", 5]
)
def test_a_proxy_that_is_none_is_refused_and_not_shown(proxy):
    with pytest.raises(ConfigurationError, match=r"connection\.proxy: ") as caught:
        Connection(proxy=proxy)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize(
    ("connection", "told"),
    [
        (Connection(verify="/no/such/file.pem"), r"connection\.verify: .*/no/such/file\.pem"),
        (Connection(http2=True), r"connection\.http2: .*pip install h2"),
        (Connection(proxy="socks5://127.0.0.1:1"), "connection: .*socksio"),
    ],
)
def test_what_cannot_be_set_up_is_told_before_anything_is_sent(connection, told):
    with (
        IonQ(KEY, "https://127.0.0.1:9/v0.4", connection=connection) as made,
        pytest.raises(ConfigurationError, match=told),
    ):
        made.whoami()


# --- Arguments ------------------------------------------------------------------------------------


@pytest.mark.parametrize("job_id", ["", ".", "..", "a/b", "a\\b", None, 5, "a\nb"])
def test_what_cannot_be_a_jobs_id_is_refused(ionq, job_id):
    for call in (ionq.job, ionq.jobs.get, lambda it: wait_for_job(ionq.api, it)):
        with pytest.raises(InvalidArgument, match="job_id: "):
            call(job_id)
    with pytest.raises(InvalidArgument, match="job: "):
        ionq.resubmit(job_id)


@pytest.mark.parametrize("tag", [5, None, b"a-long-tag", "short", "with a space"])
def test_a_tag_that_is_none_is_refused(ionq, tag):
    with pytest.raises(InvalidArgument, match="tag: "):
        ionq.find_submission(tag)


@pytest.mark.parametrize("payloads", [None, 5, BELL, "a text"])
def test_payloads_have_to_be_several(ionq, payloads):
    with pytest.raises(InvalidArgument, match="payloads: must be a collection of jobs"):
        ionq.submit_many(payloads)


def test_a_payload_that_is_none_is_told_by_its_place(ionq):
    with pytest.raises(InvalidJob, match=r"payloads\[1\]: a job is a circuit"):
        ionq.submit_many([BELL, None])
    with pytest.raises(InvalidJob, match=r"payloads\[0\]\.shots: "):
        ionq.submit_many([BELL], extra={"shots": 5})


@pytest.mark.parametrize("concurrency", [0, "8", 1.5, None, True])
def test_how_many_at_a_time_is_a_whole_number(ionq, concurrency):
    with pytest.raises(InvalidArgument, match="concurrency: must be an integer of 1 or more"):
        ionq.submit_many([BELL], concurrency=concurrency)


@pytest.mark.parametrize("journal", [5, "", "a\0b"])
def test_a_journal_is_the_path_of_a_file(ionq, journal):
    with pytest.raises(InvalidArgument, match="journal: must be the path of a file"):
        ionq.submit_many([BELL], journal=journal)


def test_further_fields_are_a_mapping(ionq):
    with pytest.raises(InvalidArgument, match="extra: must be a mapping of fields"):
        ionq.submit(BELL, extra=5)


@pytest.mark.parametrize(
    ("field", "value"), [("x", math.nan), ("x", object()), ("name", "\ud800"), ("x", {1j: 2})]
)
def test_what_json_cannot_carry_is_refused_though_nothing_is_validated(ionq, field, value):
    with pytest.raises(InvalidJob, match=rf"^\$\.{field}"):
        ionq.submit({**BELL, field: value}, validate=False)


def test_what_is_not_validated_is_sent_as_it_is(ionq):
    with pytest.raises(ionq_direct.BadRequest):  # by the server
        ionq.submit({**BELL, "shots": 1 << 70}, validate=False)


@pytest.mark.parametrize("backend", [None, "", 5])
def test_a_session_names_its_backend(ionq, backend):
    with pytest.raises(InvalidArgument, match="backend: must name a backend"):
        ionq.session(backend)


# --- Counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("shots", [-1, "100", None, 1.5, True])
def test_shots_are_a_whole_number(shots):
    with pytest.raises(InvalidArgument, match="shots: must be an integer of 0 or more"):
        counts_from_probabilities({"0": 1.0}, shots)


def test_whole_numbers_may_be_numpys():
    assert counts_from_probabilities({"0": 1.0}, np.int64(7)) == {"0": 7}
    assert bitstrings({"1": 1.0}, np.int32(2)) == {"01": 1.0}
    assert marginal({"2": 1.0}, np.array([1])) == {"1": 1.0}


@pytest.mark.parametrize("distribution", [None, 5, [("0", 1.0)], "0"])
def test_a_distribution_is_a_mapping(distribution):
    for call in (
        lambda it: counts_from_probabilities(it, 10),
        lambda it: bitstrings(it, 2),
        lambda it: marginal(it, [0]),
    ):
        with pytest.raises(InvalidDistribution, match="maps outcomes to weights"):
            call(distribution)


@pytest.mark.parametrize("qubits", [0, -1, "2", 1 << 40, None])
def test_a_width_is_one_that_fits_into_memory(qubits):
    with pytest.raises(InvalidArgument, match="qubits: must be an integer from 1 to 4096"):
        bitstrings({"0": 1.0}, qubits)


@pytest.mark.parametrize("qubits", [0, None, "01", [0, 0], [-1], [1 << 40], ["0"]])
def test_qubits_to_keep_are_a_list_of_them(qubits):
    with pytest.raises(InvalidArgument, match="qubits: must"):
        marginal({"0": 1.0}, qubits)
