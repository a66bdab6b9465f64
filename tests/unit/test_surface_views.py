"""Views of what IonQ sends: right for IonQ's own examples, unmoved by anything else."""

from __future__ import annotations

import datetime
import json
from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionq_direct import AsyncIonQ, Failure, IonQ, Job, JobCanceled, JobDeleted, JobFailed
from ionq_direct._job_view import JobView
from ionq_direct._sessions import SessionView
from ionq_direct.account import Health, UsageReport, Whoami
from ionq_direct.artifacts import ArtifactPointer
from ionq_direct.backends import Backend, Characterization, Fidelity
from ionq_direct.bulk import BulkOutcome, BulkReport
from ionq_direct.costs import Cost, Estimate, Money
from ionq_direct.errors import InvalidArgument, NotFound
from ionq_direct.progress import Progress

DATA = Path(__file__).parent.parent / "data" / "ionq_v0_4"


def body(name: str) -> Any:
    """The body of one of IonQ's examples, fractions as the decimals they spell."""
    return json.loads((DATA / f"{name}.json").read_text(), parse_float=Decimal)["body"]


# --- Jobs -----------------------------------------------------------------------------------------


def test_a_completed_job() -> None:
    job = JobView(body("get_job_output_debiasing_variants"))
    assert job.status == "completed"
    assert job.has_ended
    assert job.is_settled
    assert (job.type, job.backend) == ("ionq.circuit.v1", "qpu.forte-1")
    assert (job.shots, job.qubits) == (1000, 2)
    assert job.gate_counts == {"1q": 6, "2q": 1}
    assert job.submitted_at == datetime.datetime(2026, 9, 14, 10, 2, 11, 482000, UTC)
    assert job.started_at == datetime.datetime(2026, 9, 14, 11, 40, tzinfo=UTC)
    assert job.execution_time == timedelta(seconds=31.2)
    assert job.predicted_wait is None
    assert job.submitter_id == "68f1c2a97b3e4d0015ac9e42"
    assert job.project_id == "7d3f5a90-1c2e-4b86-9f07-a3e5d8c41b62"
    assert (job.name, job.session_id, job.parent_id, job.failure) == (None, None, None, None)
    assert job.metadata == {}
    assert not job.is_dry_run
    assert job.compiled_circuits == {
        "ionq.native.v1": ArtifactPointer(
            "b4e8d1f3-6a27-4c95-8e10-92d7f3a5c064", "ionq.native.v1", "application/json"
        )
    }
    job.raise_unless_completed()


@pytest.mark.parametrize("name", ["get_job_failed_message", "get_job_failed_error"])
def test_a_failure_is_told_by_either_name(name: str) -> None:
    raw = body(name)
    job = JobView(raw)
    text = raw["failure"].get("message") or raw["failure"]["error"]
    assert job.failure == Failure(raw["failure"]["code"], text)
    with pytest.raises(JobFailed) as caught:
        job.raise_unless_completed()
    assert (caught.value.code, caught.value.message) == (raw["failure"]["code"], text)


@pytest.mark.parametrize(("status", "error"), [("canceled", JobCanceled), ("deleted", JobDeleted)])
def test_ends_without_a_result_are_errors(status: str, error: type[Exception]) -> None:
    with pytest.raises(error, match="job j1"):
        JobView({"id": "j1", "status": status}).raise_unless_completed()


@pytest.mark.parametrize("status", ["submitted", "ready", "started", "paused", None, 3])
def test_what_has_not_ended_is_no_error(status: object) -> None:
    job = JobView({"id": "j1", "status": status})
    assert not job.has_ended
    job.raise_unless_completed()


def test_warnings_metadata_noise_and_children() -> None:
    assert JobView(body("get_job_warning")).warnings == ("shots were rounded",)
    assert (
        JobView(body("get_job_with_metadata")).metadata == body("get_job_with_metadata")["metadata"]
    )
    assert JobView(body("get_job_completed_noisy_simulator")).noise_model is not None
    parent = body("get_job_multi_circuit_parent")
    assert JobView(parent).child_ids == tuple(parent["child_job_ids"])
    child = body("get_job_multi_circuit_child")
    assert JobView(child).parent_id == child["parent_job_id"]


def test_a_dry_run_says_so_before_the_server_does() -> None:
    assert JobView(body("get_job_dry_run")).is_dry_run
    receipt = {"id": "j1", "status": "submitted", "session_id": None}
    assert JobView(receipt, payload={"dry_run": True}).is_dry_run


def test_directly_after_a_submission_the_payload_tells() -> None:
    payload = {
        "type": "ionq.circuit.v1",
        "name": "bell",
        "backend": "simulator",
        "input": {"qubits": 2},
        "metadata": {"a": "b", "ionq_direct_tag": "0123456789abcdef.s100"},
    }
    job = JobView({"id": "j1", "status": "submitted"}, payload=payload)
    assert (job.name, job.backend, job.type) == ("bell", "simulator", "ionq.circuit.v1")
    assert (job.qubits, job.shots) == (2, 100)
    assert job.metadata["a"] == "b"
    assert job.tag == "0123456789abcdef.s100"
    assert not job.is_settled


def test_shots_of_the_ideal_simulator_are_those_of_the_tag() -> None:
    job = JobView({"id": "j1", "metadata": {"ionq_direct_tag": "0123456789abcdef.s250"}})
    assert job.shots == 250


def test_a_list_does_not_make_a_job_forget_its_parts() -> None:
    job = JobView({"id": "j1", "backend": "simulator", "child_job_ids": ["a", "b"]})
    job.look({"id": "j1", "status": "completed"})
    assert job.child_ids == ("a", "b")
    job.look({"id": "j1", "status": "completed", "child_job_ids": None})
    assert job.child_ids == ()


def test_the_answer_to_a_cancellation_is_no_look_at_the_job() -> None:
    job = JobView(body("get_job_started"))
    job.told({"id": job.id, "status": "canceled"})
    assert job.status == "canceled"
    assert not job.is_settled


def test_a_job_known_by_its_id_only_is_unseen() -> None:
    assert JobView({"id": "j1"}).status == "unseen"


anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["completed", "failed", "2026-09-14T10:02:11Z", "ionq_direct_tag", "1q"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)

VIEWS: list[tuple[str, Any]] = [
    ("get_job_output_debiasing_variants", JobView),
    ("get_job_failed_message", JobView),
    ("get_backend_qpu", Backend.read),
    ("get_characterization", Characterization.read),
    ("cost_qpu", Cost.read),
    ("estimate_rate_card_gates", Estimate.read),
    ("estimate_by_input", Estimate.read),
    ("usage", UsageReport.read),
    ("whoami", Whoami.read),
    ("health", Health.read),
]


def look_at_everything(view: Any) -> None:
    for name in dir(view):
        if not name.startswith("__") and not callable(getattr(type(view), name, None)):
            getattr(view, name)
    repr(view)
    if isinstance(view, JobView):
        view._repr_html_()


@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize(
    ("name", "read"), VIEWS, ids=lambda value: getattr(value, "__name__", value)
)
@given(st.data())
def test_no_answer_makes_a_view_fail(name: str, read: Any, data: st.DataObject) -> None:
    raw = body(name)
    if data.draw(st.booleans()):  # any field may be of any kind, or missing
        field = data.draw(st.sampled_from(sorted(raw)))
        raw[field] = data.draw(anything)
        other = data.draw(st.sampled_from(sorted(raw)))
        raw.pop(other)
    else:
        raw = {name: data.draw(anything) for name in raw}
    raw.setdefault("id", "some-id")
    look_at_everything(read(raw))


@given(
    st.dictionaries(st.sampled_from(["id", "status", "active", "settings", "ended_at"]), anything)
)
def test_no_answer_makes_a_session_fail(raw: dict[str, Any]) -> None:
    session = SessionView()
    session.data = raw
    look_at_everything(session)


def test_a_job_in_a_notebook_is_a_table_without_live_html() -> None:
    job = JobView({"id": "j1", "status": "failed", "name": "<script>alert(1)</script>"})
    shown = job._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


# --- Where it is in the console -------------------------------------------------------------------


@pytest.mark.parametrize("cls", [IonQ, AsyncIonQ])
def test_a_job_at_ionqs_cloud_has_a_page_in_the_console(cls: Any) -> None:
    ionq = cls("key", "https://api.ionq.co/v0.4")
    job = Job(ionq, {"id": "019a2b7c-4d10-7e52-a8f3-2b6c91d0e447"})
    assert job.url == "https://cloud.ionq.com/jobs/019a2b7c-4d10-7e52-a8f3-2b6c91d0e447"
    assert Job(cls("key", "http://127.0.0.1:8000/v0.4"), {"id": "j"}).url is None


# --- Backends and characterizations ---------------------------------------------------------------


def test_a_backend_has_times_and_gates() -> None:
    raw = body("get_backend_qpu")
    backend = Backend.read(raw)
    assert backend.name == raw["backend"]
    assert backend.queue_time == timedelta(milliseconds=float(raw["average_queue_time"]))
    assert backend.last_updated is not None
    assert backend.native_gates == tuple(raw.get("supported_native_gates", ()))
    assert backend.is_available is (raw["status"] == "available")
    assert not backend.is_simulator


def test_the_simulator_lists_its_noise_models() -> None:
    simulator = Backend.read(body("get_backend_simulator"))
    assert simulator.noise_models == ("aria-1", "forte-1", "forte-enterprise-1", "ideal")
    assert simulator.queue_time == timedelta(0)
    assert simulator.degraded is False
    assert simulator.is_simulator


def test_a_characterization_has_fidelities_and_seconds() -> None:
    found = Characterization.read(body("get_characterization"))
    assert found.date == datetime.datetime(2026, 9, 14, tzinfo=UTC)
    assert found.fidelity["2q"] == Fidelity(0.9951, 0.0004)
    assert found.fidelity["1q"] == Fidelity(0.9998, None)
    assert found.timing == {
        "t1": 100, "t2": 1.1, "1q": 0.000135, "2q": 0.0006, "readout": 0.00013, "reset": 2e-05
    }  # fmt: skip
    assert found.connectivity == ((0, 1), (0, 2), (1, 2))


# --- Money ----------------------------------------------------------------------------------------


def test_money_has_the_digits_that_the_server_sent() -> None:
    cost = Cost.read(json.loads('{"cost": {"value": 0.1, "unit": "usd"}}', parse_float=Decimal))
    assert cost.charged == Money(Decimal("0.1"), "usd")
    assert str(cost.charged) == "0.1 usd"
    assert sum((cost.charged.amount for _ in range(3)), Decimal()) == Decimal("0.3")


def test_costs_of_a_qpu_a_queued_job_and_the_simulator() -> None:
    assert Cost.read(body("cost_qpu")).estimated == Money(Decimal("12.5"), "usd")
    assert Cost.read(body("cost_qpu")).charged == Money(Decimal("11.75"), "usd")
    assert Cost.read(body("cost_queued")).charged is None
    assert Cost.read(body("cost_simulator")).estimated is None


def test_an_estimate_as_it_is_served_now() -> None:
    estimate = Estimate.read(body("estimate_rate_card_seconds"))
    assert estimate.cost == Money(Decimal("182.9"), "usd")
    assert estimate.execution_time == timedelta(seconds=96.25)
    assert estimate.queue_time == timedelta(milliseconds=397577)
    assert estimate.quantum_compute_time == timedelta(seconds=96.25)
    (rate,) = estimate.rates
    assert (rate.unit, rate.unit_cost) == ("compute_second", Decimal("1.9"))
    assert estimate.inputs["1q_gates"] == 140


def test_an_estimate_as_the_may_document_has_it() -> None:
    estimate = Estimate.read(body("estimate_by_input"))
    assert estimate.cost is not None
    assert (float(estimate.cost.amount), estimate.cost.unit) == (100.0, "usd")
    assert estimate.execution_time == timedelta(seconds=96.25)
    assert estimate.quantum_compute_time is None
    (rate,) = estimate.rates
    assert (rate.one_qubit_gate, rate.two_qubit_gate) == (Decimal("0.0001"), Decimal("0.001"))
    assert rate.minimum == Decimal("20.5")
    assert estimate.inputs["qubits"] == 12


def test_usage_has_amounts_and_times_by_period_and_group() -> None:
    usage = UsageReport.read(body("usage"))
    assert usage.amount == Money(Decimal("88.2"), "USD")
    assert usage.quantum_time == timedelta(microseconds=912345.5)
    assert usage.start == datetime.datetime(2026, 8, 1, tzinfo=UTC)
    (period,) = usage.periods
    assert (period.start, period.job_count) == (usage.start, 7)
    (group,) = period.groups
    assert (group.name, group.amount) == ("chemistry", Money(Decimal("88.2"), "USD"))


# --- The rest -------------------------------------------------------------------------------------


def test_progress_is_a_share() -> None:
    progress = Progress.of({"completed": 2, "failed": 1, "ready": 1})
    assert (progress.total, progress.ended, progress.fraction) == (4, 3, 0.75)
    assert Progress.of({}).fraction == 1.0


def test_a_report_tells_what_was_done_and_what_was_not() -> None:
    refusal = NotFound("no such job", status=404)
    report = BulkReport({"a": BulkOutcome("a", "canceled"), "b": BulkOutcome("b", error=refusal)})
    assert (report.ok, report.done, report.failed) == (False, ("a",), {"b": refusal})
    assert list(report) == ["a", "b"]
    assert report["a"].ok
    with pytest.raises(NotFound) as caught:
        report.raise_for_failures()
    assert caught.value.__notes__ == ["for job b, and 0 more of 2"]
    BulkReport({}).raise_for_failures()


def test_a_session_that_is_not_open_has_no_id() -> None:
    with pytest.raises(InvalidArgument, match="must be opened first"):
        _ = IonQ("key").session("qpu.forte-1").id
