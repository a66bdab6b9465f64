"""The report names the helpers that a change breaks, by the types of the code that is generated.

One later document with one change of each kind; each is told with the helpers it reaches, sync and
async, and with no others. Expected is what reading the library says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ionq_conformance.spec.analysis import report_on
from ionq_conformance.spec.documents import dumps
from ionq_conformance.spec.report import Report
from ionq_conformance.spec.uses import Overlays
from scripts import paths, programs
from scripts.generate import build_package

Document = dict[str, Any]
PACKAGE = paths.GENERATED / "ionq_api" / "v0_4"


def operation(document: Document, name: str) -> Document:
    return next(
        one
        for item in document["paths"].values()
        for one in item.values()
        if isinstance(one, dict) and one.get("operationId") == name
    )


def later() -> Document:
    document: Document = json.loads((PACKAGE / "openapi.json").read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    for path in [p for p, item in document["paths"].items() if "end" in p.split("/")]:
        del document["paths"][path]
    operation(document, "getWhoami")["operationId"] = "readWhoami"
    listed = operation(document, "GetJobs")
    listed["parameters"] = [p for p in listed["parameters"] if p.get("name") != "submitter_id"]
    for parameter in operation(document, "EstimateJobCost")["parameters"]:
        if parameter.get("name") == "qubits":
            parameter["name"] = "width"
    for name in ("BaseJob", "GetCircuitJobResponse"):
        fields = schemas[name]["properties"]
        fields["waiting_ms"] = fields.pop("predicted_wait_time_ms")
        schemas[name]["required"].remove("predicted_wait_time_ms")
    bulk = schemas["JobsBulkOperationRequest"]
    bulk["properties"]["job_ids"] = bulk["properties"].pop("ids")
    bulk["required"] = ["job_ids"]
    del bulk["example"]
    for parameter in operation(document, "get-usages")["parameters"]:
        if parameter.get("name") == "group_by":
            choice = parameter["schema"]
            names = choice["$ref"].rpartition("/")[2] if "$ref" in choice else None
            (schemas[names] if names else choice)["enum"].remove("project")
    return document


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    package = tmp_path_factory.mktemp("later") / "v0_4"
    old, new = json.loads((PACKAGE / "openapi.json").read_text(encoding="utf-8")), later()
    build_package(dumps(new), package, "later.json")
    outcome = programs.compared(PACKAGE, package)
    return report_on("later", old, new, overlays=paths.ROOT / "overlays", faults=outcome.overlays)


Reasons = Callable[[str], str]


@pytest.fixture
def broken(report: Report) -> Reasons:
    return lambda helper: "; ".join(report.helpers.get(helper, []))


@pytest.fixture
def touched(report: Report) -> Reasons:
    return lambda helper: "; ".join(report.touched.get(helper, []))


@pytest.mark.parametrize("helper", ["Session.end", "AsyncSession.end", "Session", "AsyncSession"])
def test_an_operation_that_is_gone(broken: Reasons, helper: str) -> None:
    """A session that is left ends: as a context manager it breaks, too."""
    assert "needs EndSession (POST /sessions/{session_id}/end)" in broken(helper)


@pytest.mark.parametrize("helper", ["IonQ.whoami", "AsyncIonQ.whoami"])
def test_an_operation_of_another_name(broken: Reasons, helper: str) -> None:
    assert 'has no attribute "get_whoami"' in broken(helper)


@pytest.mark.parametrize(
    "helper",
    [
        "Jobs.cancel",
        "AsyncJobs.cancel",
        "Jobs.delete",
        "JobGroup.cancel",
        "legacy.Legacy.cancel_jobs",
    ],
)
def test_a_field_of_a_request(broken: Reasons, helper: str) -> None:
    assert 'Unexpected keyword argument "ids"' in broken(helper)


@pytest.mark.parametrize("helper", ["IonQ.estimate", "AsyncIonQ.estimate"])
def test_a_parameter_by_name(broken: Reasons, helper: str) -> None:
    assert 'Unexpected keyword argument "qubits"' in broken(helper)


@pytest.mark.parametrize("helper", ["Jobs.iter", "AsyncJobs.iter", "Jobs.list"])
def test_a_parameter_that_is_passed_on(touched: Reasons, helper: str) -> None:
    assert "parameter-removed" in touched(helper)


@pytest.mark.parametrize("helper", ["Job.predicted_wait", "AsyncJob.predicted_wait"])
def test_a_field_of_an_answer(touched: Reasons, helper: str) -> None:
    assert "predicted_wait_time_ms (ionq_direct/_job_view.py:" in touched(helper)


@pytest.mark.parametrize("helper", ["IonQ.usage", "AsyncIonQ.usage"])
def test_a_member_of_an_enum(touched: Reasons, helper: str) -> None:
    assert "names project" in touched(helper)


@pytest.mark.parametrize(
    "helper",
    [
        *("IonQ.submit", "Job.result", "Job.cost", "Job.cancel", "Backends.list", "Session.open"),
        *("counts_from_probabilities", "Circuit", "Characterizations.latest"),
    ],
)
def test_no_helper_that_goes_on(broken: Reasons, helper: str) -> None:
    assert broken(helper) == ""


OPERATIONS = [
    *("jobs.create_job", "jobs.get_job", "jobs.get_jobs", "jobs.delete_jobs", "costs.get_job_cost"),
    *("results.get_variant_shots", "sessions.end_session", "usage.get_usages"),
]


@pytest.fixture(scope="module")
def overlays() -> Overlays:
    return Overlays(paths.ROOT / "overlays")


@pytest.mark.parametrize("name", OPERATIONS)
def test_both_halves_of_the_library_are_told_alike(overlays: Overlays, name: str) -> None:
    helpers = overlays.helpers_of(f"ionq_api.v0_4.api.{name}")
    plain = {re.sub(r"(?<![a-z])(Async|async_)", "", one) for one in helpers}
    assert plain == {one for one in helpers if not re.search(r"(?<![a-z])(Async|async_)", one)}
    assert 2 * len(plain) == len(helpers) > 0


def test_helpers_are_found_through_attributes_and_generic_classes(overlays: Overlays) -> None:
    """Submission looks for its tag on the job list, by an object that another makes on demand."""
    found = overlays.helpers_of("ionq_api.v0_4.api.jobs.get_jobs")
    assert {"IonQ.submit", "IonQ.submit_many", "IonQ.find_submission", "Jobs.iter"} <= found
    assert "Job.cancel" not in found


def test_lines_are_where_it_says(report: Report) -> None:
    places = [
        place.partition(")")[0].split(":")
        for reasons in (*report.helpers.values(), *report.touched.values())
        for reason in reasons
        for place in reason.split("(ionq_direct/")[1:]
    ]
    assert places
    for file, line in places:
        text = Path(paths.ROOT / "overlays" / "ionq_direct" / file).read_text(encoding="utf-8")
        assert int(line) <= len(text.splitlines())
