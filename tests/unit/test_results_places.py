"""Where results are looked for: what a job tells, never another origin than the client's own."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._answers import with_query
from ionq_direct._result_places import (
    Place,
    Variant,
    aggregate_places,
    is_multi_circuit,
    job_records_place,
    named_values,
    places,
    register_places,
    same_origin_url,
    variants_of,
)
from tests.routes import example

BASE = "https://api.ionq.co/v0.4"
KNOWN = "/jobs/j1/results/probabilities"


# --- URLs that the server gives -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "told", "meant"),
    [
        # Relative, with the version, as IonQ sends them: the version is not doubled.
        (BASE, "/v0.4/jobs/1/results/shots", f"{BASE}/jobs/1/results/shots"),
        (BASE + "/", "/v0.4/jobs/1", f"{BASE}/jobs/1"),
        # Without the version, or without anything to begin with.
        (BASE, "/jobs/1/results/shots", f"{BASE}/jobs/1/results/shots"),
        (BASE, "jobs/1/results/shots", f"{BASE}/jobs/1/results/shots"),
        # Another version of the API.
        (BASE, "/v0.3/jobs/1/results", "https://api.ionq.co/v0.3/jobs/1/results"),
        # Whole URLs of the same origin, however it is spelled.
        (BASE, "https://api.ionq.co/v0.4/jobs/1", f"{BASE}/jobs/1"),
        (BASE, "HTTPS://API.IonQ.co:443/v0.4/jobs/1", f"{BASE}/jobs/1"),
        (BASE, "//api.ionq.co/v0.4/jobs/1", f"{BASE}/jobs/1"),
        # A query stays, a fragment goes.
        (BASE, "/v0.4/jobs/1?sharpen=true#top", f"{BASE}/jobs/1?sharpen=true"),
        # Behind a proxy that serves the API below a path of its own.
        ("https://lab.example/ionq/v0.4", "/v0.4/jobs/1", "https://lab.example/ionq/v0.4/jobs/1"),
        (
            "https://lab.example/ionq/v0.4",
            "/ionq/v0.4/jobs/1",
            "https://lab.example/ionq/v0.4/jobs/1",
        ),
        ("http://127.0.0.1:8000/v0.4", "/v0.4/jobs/1", "http://127.0.0.1:8000/v0.4/jobs/1"),
        ("http://[::1]:8000/v0.4", "/v0.4/jobs/1", "http://[::1]:8000/v0.4/jobs/1"),
        ("http://127.0.0.1:8000", "/jobs/1", "http://127.0.0.1:8000/jobs/1"),
        # Somewhere else on the same origin: files, say.
        (BASE, "/files/1.json", "https://api.ionq.co/files/1.json"),
    ],
)
def test_a_url_means_a_place_of_the_same_origin(base: str, told: str, meant: str) -> None:
    assert same_origin_url(base, told) == meant


@pytest.mark.parametrize(
    "told",
    [
        "https://evil.example/v0.4/jobs/1",
        "//evil.example/v0.4/jobs/1",
        "http://api.ionq.co/v0.4/jobs/1",  # the key in the clear
        "https://api.ionq.co:8443/v0.4/jobs/1",
        "https://api.ionq.co.evil.example/jobs/1",
        "https://api.ionq.co@evil.example/jobs/1",
        "https://user:password@api.ionq.co/v0.4/jobs/1",
        "https://api.ionq.co:port/jobs/1",
        "https://[::1/jobs/1",
        "/\\evil.example/jobs/1",
        "\\\\evil.example\\jobs",
        "\t//evil.example/jobs/1",
        "/v0.4/jobs/1\r\nHost: evil.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:application/json,{}",
        "/v0.4/jobs/../../whoami",
        "/v0.4/jobs/%2e%2e/whoami",
        "/v0.4/jobs//results",
        "/v0.4/jobs/",
        "",
        None,
        7,
        {"url": "/v0.4/jobs/1"},
    ],
)
def test_what_leads_elsewhere_or_nowhere_is_refused(told: object) -> None:
    assert same_origin_url(BASE, told) is None


@given(st.text(st.sampled_from("/\\.:@%?#[]ahtps2e0v4jobs-\t evil"), max_size=40))
def test_whatever_the_server_says_the_origin_stays(told: str) -> None:
    url = same_origin_url(BASE, told)
    if url is not None:
        parts = urlsplit(url)
        assert (parts.scheme, parts.netloc) == ("https", "api.ionq.co")
        assert ".." not in parts.path.split("/")


def test_a_query_is_added_to_the_one_there_is() -> None:
    assert with_query("/a", {}) == "/a"
    assert with_query("/a", {"sharpen": True}) == "/a?sharpen=true"
    assert with_query("/a?x=1", {"sharpen": False, "y": "1&2"}) == "/a?x=1&sharpen=false&y=1%262"
    assert with_query("/a", {"ids": ["1", "2"]}) == "/a?ids=1&ids=2"


# --- Places ---------------------------------------------------------------------------------------


def places_of(results: object, kind: Any = "probabilities", **params: Any) -> list[Place]:
    return places({"id": "j1", "results": results}, kind, base=BASE, params=params)


def descriptor(kind: str, version: int, artifact: str) -> dict[str, Any]:
    name = f"ionq.result.{kind}.json.v{version}"
    return {name: {"id": artifact, "format": name, "media_type": "application/json"}}


@pytest.mark.parametrize("results", [None, {}, "odd", [], {"probabilities": "odd"}])
def test_a_job_that_tells_nothing_is_asked_at_the_known_path(results: object) -> None:
    assert places_of(results) == [Place(KNOWN)]


def test_a_pointer_to_the_known_path_is_followed_once() -> None:
    assert places_of({"probabilities": {"url": f"/v0.4{KNOWN}"}}) == [Place(KNOWN)]


def test_a_pointer_elsewhere_on_the_origin_goes_first() -> None:
    found = places_of({"probabilities": {"url": "/v0.4/files/7"}}, sharpen=True)
    assert found == [Place(f"{BASE}/files/7", {"sharpen": True}), Place(KNOWN, {"sharpen": True})]


def test_a_pointer_to_another_origin_is_left_alone_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, "ionq_direct"):
        found = places_of({"probabilities": {"url": "https://evil.example/steal?me=1"}})
    assert found == [Place(KNOWN)]
    assert "not followed" in caplog.text
    assert "evil" not in caplog.text


def test_artifacts_are_where_their_descriptors_say() -> None:
    results = descriptor("probabilities", 1, "probabilities") | descriptor(
        "probabilities", 2, "u-2"
    )
    assert places_of(results) == [
        Place(KNOWN),
        Place("/jobs/j1/artifacts/probabilities"),
        Place("/jobs/j1/artifacts/u-2"),
    ]
    assert register_places({"id": "j1", "results": results}, "probabilities") == [
        Place("/jobs/j1/artifacts/u-2")
    ]


@pytest.mark.parametrize("artifact", ["../../whoami", "..", "a/b", "", None])
def test_the_id_of_an_artifact_cannot_lead_elsewhere(artifact: Any) -> None:
    assert places_of(descriptor("probabilities", 1, artifact)) == [Place(KNOWN)]


def test_shots_are_read_where_leakage_is_told() -> None:
    results = descriptor("shots", 2, "s-2") | descriptor("shots", 1, "shots")
    assert places_of(results, "shots") == [
        Place("/jobs/j1/artifacts/s-2"),
        Place("/jobs/j1/results/shots"),
        Place("/jobs/j1/artifacts/shots"),
    ]


def test_with_parameters_an_artifact_would_be_the_wrong_file() -> None:
    results = descriptor("probabilities", 1, "probabilities")
    assert places_of(results, sharpen=True) == [Place(KNOWN, {"sharpen": True})]


def test_an_aggregation_that_the_job_lists_is_read_there() -> None:
    job = example("get_job_output_debiasing_variants")
    found = places(job, "probabilities", base=BASE, params={"aggregation": "voting"})
    artifact = "b4e8d1f3-6a27-4c95-8e10-92d7f3a5c064"
    known = f"/jobs/{job['id']}/results/probabilities"
    assert found == [
        Place(f"/jobs/{job['id']}/artifacts/{artifact}"),
        Place(known, {"aggregation": "voting"}),
    ]
    found = places(job, "probabilities", base=BASE, params={"aggregation": "dnl"})
    assert found == [Place(known, {"aggregation": "dnl"})]


def test_parts_of_a_multi_circuit_job() -> None:
    known = "/jobs/019a2b7c-4d10-7e52-a8f3-2b6c91d0e447/results/probabilities/aggregated"
    pointed = example("get_job_multi_circuit_parent")
    assert aggregate_places(pointed, base=BASE) == [Place(known)]
    described = example("get_job_multi_circuit_parent_artifact")
    assert aggregate_places(described, base=BASE) == [
        Place(known),
        Place(f"/jobs/{described['id']}/artifacts/probabilities-aggregate"),
    ]
    assert job_records_place(["a", "b"]) == Place("/jobs", {"ids": ["a", "b"], "limit": 2})


# --- What a job's JSON tells ----------------------------------------------------------------------


def test_which_jobs_have_parts() -> None:
    assert is_multi_circuit(example("get_job_multi_circuit_parent"))
    assert not is_multi_circuit(example("get_job_completed_qpu"))
    assert is_multi_circuit({"child_job_ids": ["a"]})
    # Whatever the children of a debiased job may be, it is one circuit.
    assert not is_multi_circuit({"type": "ionq.circuit.v1", "child_job_ids": ["a"]})


def test_values_in_place_of_pointers() -> None:
    for name in ("get_job_qaoa", "get_job_quantum_function"):
        results = example(name)["results"]
        assert named_values(results) == results
    for name in ("get_job_completed_qpu", "get_job_completed_simulator", "get_job_dry_run"):
        assert named_values(example(name)["results"]) is None
    assert named_values({}) is None


def test_variants_are_what_the_output_tells() -> None:
    first, second = variants_of(example("get_job_output_debiasing_variants"))
    assert first == Variant("019a2b7c-4d18-7001-9c3a-7f5be1a20d81", [3, 0], 500, {})
    assert second == Variant("019a2b7c-4d18-7002-b5d6-08c47a93fe12", None, 500, {})
    assert variants_of(example("get_job_output_debiasing_off")) == []
    assert variants_of(example("get_job_output_null")) == []
    odd = {"variants": [{"variant_id": "v", "shots": "5", "qubit_map": [0, "1"]}, {}, 3]}
    job = {"output": {"error_mitigation": {"debiasing": odd}}}
    assert variants_of(job) == [Variant("v", None, None, {})]


def test_a_variant_is_at_its_own_path() -> None:
    job = example("get_job_output_debiasing_variants")
    variant = variants_of(job)[0]
    found = places(job, "histogram", base=BASE, params={}, variant=variant)
    assert found == [Place(f"/jobs/{job['id']}/variants/{variant.id}/results/histogram")]
