"""Where a request may go: path arguments, base URLs, and the key's mask."""

from __future__ import annotations

import copy
import pickle
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._origin import BaseURL, InsecureTransportWarning
from ionq_direct._paths import check_path, check_path_argument
from ionq_direct._secret import Secret
from ionq_direct.errors import ConfigurationError, InvalidArgument

KEY = "sk-3f9a7c21d04e4b6c8a55"


@pytest.mark.parametrize(
    "value",
    [
        "0191a1c3-7d2b-7000-8000-000000000000",
        "qpu.aria-1",
        "simulator",
        "a b",
        "ü",
        "...",
        "a..b",
        7,
    ],
)
def test_an_argument_that_stays_one_segment_is_accepted(value):
    assert check_path_argument("job_id", value) == str(value)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("", "empty"),
        (None, "empty"),
        (".", "'.'"),
        ("..", "'..'"),
        ("%2e", "'.'"),
        ("%2E.", "'..'"),
        ("a/b", "slash"),
        ("/", "slash"),
        ("../jobs", "slash"),
        ("a\\b", "backslash"),
        ("a%2fb", "slash"),
        ("a%5Cb", "backslash"),
        ("a\nb", "control"),
        ("a\x00", "control"),
    ],
)
def test_an_argument_that_would_lead_elsewhere_is_refused(value, rule):
    with pytest.raises(InvalidArgument) as caught:
        check_path_argument("job_id", value)
    assert caught.value.name == "job_id"
    assert caught.value.value is value
    assert rule in caught.value.rule
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "path",
    [
        "/v0.4/jobs",
        "/v0.4/jobs/abc-1/results/probabilities",
        "/a%20b/.hidden/x...y",
        "/v0.4/jobs/%C3%BC",
    ],
)
def test_an_ordinary_path_is_accepted(path):
    check_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "/v0.4/jobs//cost",
        "/v0.4/jobs/",
        "//jobs",
        "/v0.4/./jobs",
        "/v0.4/../jobs",
        "/v0.4/%2e%2E/jobs",
        "/v0.4/.%2e/jobs",
        "/v0.4/jobs/a%2Fb",
        "/v0.4/jobs/a%5cb",
        "/v0.4/jobs/a\\b",
        "/",
    ],
)
def test_a_path_with_a_wayward_segment_is_refused(path):
    with pytest.raises(InvalidArgument, match="path"):
        check_path(path)


@given(st.lists(st.sampled_from(["a", ".", "..", "...", "", "%2e", "x.y", "%2f", "a%20b"])))
def test_the_short_way_agrees_with_the_long_one(segments):
    wayward = any(s in {"", ".", "..", "%2e", "%2f"} for s in segments) or not segments
    try:
        check_path("/" + "/".join(segments))
    except InvalidArgument:
        assert wayward
    else:
        assert not wayward


@pytest.mark.parametrize(
    ("url", "origin", "host", "port"),
    [
        ("https://api.ionq.co/v0.4", "https://api.ionq.co", "api.ionq.co", 443),
        ("https://API.ionq.co:443/v0.4/", "https://api.ionq.co", "api.ionq.co", 443),
        ("http://127.0.0.1:8000/v0.4", "http://127.0.0.1:8000", "127.0.0.1", 8000),
        ("http://[::1]:8000", "http://[::1]:8000", "::1", 8000),
    ],
)
def test_a_base_url_has_an_origin(url, origin, host, port):
    base = BaseURL.parse(url)
    assert (base.origin, base.host, base.port) == (origin, host, port)
    assert base.text == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.ionq.co/v0.4",
        "ftp://api.ionq.co",
        "https://",
        "https:///v0.4",
        "https://api.ionq.co:x/v0.4",
        "https://[::1/v0.4",
        "https://api.ionq.co/v0.4?a=1",
        "https://api.ionq.co/v0.4#top",
    ],
)
def test_a_base_url_that_is_none_is_refused(url):
    with pytest.raises(ConfigurationError, match="base_url"):
        BaseURL.parse(url)


def test_a_base_url_with_a_password_is_refused_without_showing_it():
    for url in ("https://me:s3cret@api.ionq.co/v0.4", "https://s3cret@api.ionq.co/v0.4"):
        with pytest.raises(ConfigurationError, match="password") as caught:
            BaseURL.parse(url)
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.ionq.co/v0.4",
        "http://localhost:8000/v0.4",
        "http://emulator.localhost/v0.4",
        "http://127.0.0.1:8000",
        "http://127.8.8.8",
        "http://[::1]:8000",
    ],
)
def test_no_warning_where_nobody_listens_in(url):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        BaseURL.parse(url).warn_if_insecure(verified=True)


@pytest.mark.parametrize(
    ("url", "verified", "words"),
    [
        ("http://api.ionq.co/v0.4", True, "plain http"),
        ("http://10.0.0.7:8000", True, "plain http"),
        ("http://localhost.evil.example", True, "plain http"),
        ("https://api.ionq.co/v0.4", False, "not verified"),
    ],
)
def test_a_warning_where_somebody_may(url, verified, words):
    with pytest.warns(InsecureTransportWarning, match=words) as caught:
        BaseURL.parse(url).warn_if_insecure(verified=verified)
    assert caught[0].filename == __file__


def test_a_key_shows_nowhere_by_accident():
    secret = Secret(KEY)
    assert secret.reveal() == KEY
    for text in (repr(secret), str(secret), f"{secret}", f"{secret!r}", repr({"a": [secret]})):
        assert KEY not in text
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    assert secret.redact(f"apiKey {KEY}!") == "apiKey [redacted]!"
    assert secret.redact_bytes(f"<{KEY}>".encode()) == b"<[redacted]>"


@pytest.mark.parametrize("value", ["", "a b", "abc\n", "abc\r\nX-Evil: 1", "schlüssel", "a\x00b"])
def test_a_key_that_no_header_can_carry_is_refused_without_showing_it(value):
    with pytest.raises(ConfigurationError, match="api_key") as caught:
        Secret(value)
    assert not value or value not in str(caught.value)
