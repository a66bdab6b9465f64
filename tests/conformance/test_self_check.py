"""The suite against servers that misbehave: each mistake is caught, none is made up."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from ionq_conformance.misbehaviour import MISBEHAVIOURS
from ionq_conformance.self_check import check

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:uvicorn")

# The check that names the mistake: caught for the right reason, not by accident.
CAUGHT_BY = {
    "dropped-required-field": "response_schema_conformance",
    "dropped-field-in-a-list": "response_schema_conformance",
    "wrong-type": "response_schema_conformance",
    "null-where-none-is-allowed": "response_schema_conformance",
    "status-outside-the-list": "response_schema_conformance",
    "extra-field-in-a-closed-object": "response_schema_conformance",
    "instant-that-is-none": "response_schema_conformance",
    "list-skips-an-element": "lists_all",
    "list-repeats-an-element": "lists_each_once",
    "negative-times": "no_negative_numbers",
    "ended-before-it-began": "times_in_order",
    "probabilities-do-not-sum-to-1": "probabilities_sum_to_1",
    "qubits-in-the-wrong-order": "right_outcomes",
    "counts-do-not-sum-to-shots": "counts_sum_to_shots",
    "shots-are-missing": "as_many_as_shots",
    "parts-in-another-order": "in_the_order_sent",
    "list-for-an-object": "response_schema_conformance",
    "fraction-for-a-whole-number": "response_schema_conformance",
    "text-for-json": "content_type_conformance",
    "page-for-an-error": "content_type_conformance",
    "body-is-empty": "response_schema_conformance",
    "undocumented-status": "status_code_conformance",
    "server-error-on-odd-input": "not_a_server_error",
    "wrong-content-type": "content_type_conformance",
    "body-cut-short": "response_schema_conformance",
    "cursor-repeats": "cursor_moves_on",
    "next-is-never-null": "last_page_ends",
    "filter-is-ignored": "filters",
    "visible-to-another-key": "keys_see_their_own",
    "no-key-is-needed": "requires_a_key",
    "deleted-job-still-there": "is_gone",
    "cancel-does-nothing": "cancel_ends",
    "results-before-completion": "no_results_before_the_end",
    "status-goes-backwards": "goes_forward",
    "completed-job-runs-again": "stays_ended",
    "created-without-an-id": "gives_an_id",
    "bad-job-is-accepted": "refuses",
    "finds-what-is-not-there": "says_not_found",
    "session-does-not-end": "session_ends",
    "any-method-is-fine": "unsupported_method",
}


def test_there_are_at_least_twenty_and_each_has_its_check() -> None:
    assert CAUGHT_BY.keys() == MISBEHAVIOURS.keys()
    assert len(MISBEHAVIOURS) >= 20


@pytest.mark.parametrize("name", CAUGHT_BY)
def test_a_misbehaviour_is_caught_for_what_it_is(name: str) -> None:
    catch = check(name)
    assert CAUGHT_BY[name] in {one.partition(": ")[2] for one in catch.found}


def test_a_server_that_behaves_is_not_blamed_and_ctrl_c_ends_the_whole_check() -> None:
    """One test, since it is the longest run: the innocent server first, and then no other."""
    code = "import sys; from ionq_direct.cli import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "conformance", "--self-check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().split(maxsplit=1) == ["none", "not blamed\n"]
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 130, output
    assert errors.strip() == "interrupted"
    assert "catch rate" not in output
