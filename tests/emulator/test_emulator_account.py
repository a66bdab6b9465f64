"""The key, the machines, their characterizations, the organization's usage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from ionq_emulator import ApiKey, Emulator
from ionq_emulator.clock import parse_iso
from tests.emulator.support import Api, Json, bell

if TYPE_CHECKING:
    from collections.abc import Callable

    Emulate = Callable[..., tuple[Emulator, Api]]

# -- keys -----------------------------------------------------------------------------------------


def test_whoami(api: Api) -> None:
    who = api.get("/whoami")
    assert set(who) == {"key_id", "key_name", "project_id"}
    assert who == api.get("/whoami")


@pytest.mark.parametrize(
    "header", [None, "", "apiKey", "apiKey ", "Bearer some-key", "some-key", "Basic c29tZTprZXk="]
)
def test_a_request_without_a_key_is_refused(api: Api, header: str | None) -> None:
    response = api.request("GET", "/whoami", headers={"Authorization": header})
    assert response.status_code == 401
    body = response.json()
    assert body["statusCode"] == 401
    assert body["error"] == "Unauthorized Error"
    assert body["message"].startswith("Invalid key provided.")


def test_the_scheme_is_read_in_any_case(api: Api) -> None:
    response = api.request("GET", "/whoami", headers={"Authorization": f"APIKEY {api.key}"})
    assert response.json() == api.get("/whoami")


def test_any_key_is_its_own_project(shared: Emulator, api: Api) -> None:
    other = Api(shared.url, "some other key")
    with other.session:
        assert other.get("/whoami")["project_id"] != api.get("/whoami")["project_id"]


def test_only_the_keys_given_are_accepted(emulate: Emulate) -> None:
    emulator, api = emulate(api_keys=["alpha", "beta"])
    assert emulator.api_key == "alpha"
    ids = set()
    for key in ("alpha", "beta"):
        api.session.headers["Authorization"] = f"apiKey {key}"
        ids.add(api.get("/whoami")["project_id"])
    assert len(ids) == 2
    api.session.headers["Authorization"] = "apiKey gamma"
    assert "gamma" not in api.request("GET", "/whoami").text
    api.get("/whoami", expect=401)


def test_two_users_share_a_project(emulate: Emulate) -> None:
    keys = [ApiKey("a", project="lab", user="ann"), ApiKey("b", project="lab", user="bob")]
    _, api = emulate(api_keys=keys)
    ann = api.get(f"/jobs/{api.submit(bell())}")
    api.session.headers["Authorization"] = "apiKey b"
    bob = api.get(f"/jobs/{api.submit(bell())}")
    assert ann["project_id"] == bob["project_id"]
    assert ann["submitter_id"] != bob["submitter_id"]
    assert len(api.get("/jobs")["jobs"]) == 2
    (found,) = api.get("/jobs", submitter_id=ann["submitter_id"])["jobs"]
    assert found["id"] == ann["id"]


def test_a_key_never_shows_in_its_repr() -> None:
    assert "secret" not in repr(ApiKey("secret"))


# -- paths ----------------------------------------------------------------------------------------


def test_health_needs_no_key(api: Api) -> None:
    response = api.request("GET", "/health", headers={"Authorization": None})
    assert response.json() == {"status": "pass"}


def test_an_unknown_path_is_a_404(api: Api) -> None:
    body = api.get("/nowhere", expect=404)
    assert body["error"] == "Not Found Error"
    assert body["statusCode"] == 404


def test_a_method_that_is_not_served_is_a_405(api: Api) -> None:
    response = api.request("PATCH", "/jobs")
    assert response.status_code == 405
    assert response.json()["statusCode"] == 405
    assert "GET" in response.headers["allow"]


# -- machines -------------------------------------------------------------------------------------


def test_machines_are_public(api: Api) -> None:
    response = api.request("GET", "/backends", headers={"Authorization": None})
    backends = {backend["backend"]: backend for backend in response.json()}
    assert backends["simulator"]["qubits"] == 29
    assert backends["simulator"]["average_queue_time"] == 0
    assert "aria-1" in backends["simulator"]["noise_models"]
    assert backends["qpu.aria-1"]["qubits"] == 25
    assert backends["qpu.aria-1"]["supported_native_gates"] == ["gpi", "gpi2", "ms"]
    assert backends["qpu.forte-1"]["qubits"] == 36
    assert backends["qpu.forte-1"]["supported_native_gates"] == ["gpi", "gpi2", "zz"]
    assert backends["qpu.harmony"]["status"] == "retired"
    assert "characterization_id" not in backends["simulator"]
    for name in ("simulator", "qpu.forte-1"):
        assert api.get(f"/backends/{name}") == backends[name]
    api.get("/backends/qpu.nowhere", expect=404)


# -- characterizations ----------------------------------------------------------------------------


def test_the_current_characterization(api: Api) -> None:
    backend = api.get("/backends/qpu.aria-1")
    path = f"/backends/qpu.aria-1/characterizations/{backend['characterization_id']}"
    current = api.get(path)
    assert current["backend"] == "qpu.aria-1"
    assert current["qubits"] == 25
    assert len(current["connectivity"]) == 25 * 24 // 2
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    assert current["date"] == f"{today}T00:00:00.000Z"
    # Azure publishes 99.95 % and 99.6 % for Aria; a day is within a tenth of the error.
    assert current["fidelity"]["1q"]["median"] == pytest.approx(0.9995, abs=0.00006)
    assert current["fidelity"]["2q"]["median"] == pytest.approx(0.996, abs=0.0005)
    assert current["timing"]["2q"] == pytest.approx(600e-6, rel=0.011)
    response = api.request("GET", path, headers={"Authorization": None})
    assert response.status_code == 401  # one alone needs a key, the list does not


def test_a_history_in_pages(api: Api) -> None:
    path = "/backends/qpu.forte-1/characterizations"
    first = api.get(path)
    assert len(first["characterizations"]) == 10
    assert first["pages"] == 11  # 120 days, 10 a page, one shown
    second = api.get(path, page=2)
    assert second["pages"] == 10
    shown = first["characterizations"] + second["characterizations"]
    dates = [one["date"] for one in shown]
    assert dates == sorted(set(dates), reverse=True)
    beyond = api.get(path, page=13)
    assert beyond == {"characterizations": [], "pages": 0}


def test_a_history_between_dates(api: Api) -> None:
    path = "/backends/qpu.harmony/characterizations"
    found = api.get(path, start="2024-08-01", end="2024-08-04")["characterizations"]
    assert [one["date"][:10] for one in found] == ["2024-08-03", "2024-08-02", "2024-08-01"]
    assert api.get(f"{path}/{found[0]['id']}") == found[0]
    none = {"characterizations": None, "pages": 0}  # null, not an empty list, as IonQ has it
    assert api.get(path, start="2025-01-01") == none
    assert api.get("/backends/simulator/characterizations") == none


@pytest.mark.parametrize(
    ("name", "value"), [("limit", 11), ("limit", 0), ("page", 0), ("start", "yesterday")]
)
def test_a_bad_history_is_refused(api: Api, name: str, value: object) -> None:
    query: Json = {name: value}
    body = api.get("/backends/qpu.forte-1/characterizations", expect=400, **query)
    assert body["validation"] == {"keys": [name], "source": "query"}


# -- usage ----------------------------------------------------------------------------------------


def usage(api: Api, organization: str, **query: str) -> Json:
    defaults: Json = {
        "start_date": "2026-01-01",
        "end_date": "2026-03-01",
        "group_by": "project",
        "modality": "daily",
    }
    report: Json = api.get(f"/organizations/{organization}/usage", **(defaults | query))
    return report


def test_usage_adds_up_the_jobs_that_ran(emulate: Emulate) -> None:
    keys = [
        ApiKey("a", project="Lynx", user="ann", organization="com.example.lab"),
        ApiKey("b", project="Otter", user="bob", organization="com.example.lab"),
    ]
    emulator, api = emulate(api_keys=keys)

    def run(key: str, day: str, name: str = "") -> Json:
        emulator.cloud.clock.freeze(parse_iso(day))
        api.session.headers["Authorization"] = f"apiKey {key}"
        fields = {"name": name} if name else {}
        return api.completed(bell(backend="qpu.aria-1", shots=100, **fields))

    run("a", "2026-01-05")  # a Monday
    run("a", "2026-01-06", "second")
    run("b", "2026-01-06")
    run("b", "2026-02-01")  # a Sunday
    api.completed(bell())  # the simulator is not billed
    api.run(bell(backend="qpu.aria-1", dry_run=True))  # nor is a dry run

    minimum = 12.4166
    daily = usage(api, "com.example.lab")
    assert daily["job_count"] == 4
    assert daily["amount_total"] == pytest.approx(4 * minimum)
    assert daily["usage_unit"] == "USD"
    assert [day["from"][:10] for day in daily["usage_data"]] == [
        "2026-02-01", "2026-01-06", "2026-01-05",
    ]  # fmt: skip
    busiest = daily["usage_data"][1]
    assert busiest["job_count"] == 2
    assert {group["group_name"] for group in busiest["group_usages"]} == {"Lynx", "Otter"}
    # 100 shots of 125 µs reset and readout, 135 µs and 600 µs of gates.
    assert daily["time_us_total"] == 4 * 100 * (125 + 135 + 600)

    weekly = usage(api, "com.example.lab", modality="weekly", group_by="user")
    weeks = {week["from"][:10]: week["job_count"] for week in weekly["usage_data"]}
    assert weeks == {"2026-01-05": 3, "2026-01-26": 1}
    assert {group["group_name"] for group in weekly["usage_data"][1]["group_usages"]} == {
        "ann", "bob",
    }  # fmt: skip

    monthly = usage(api, "com.example.lab", modality="monthly", group_by="job")
    months = {month["from"][:10]: month["job_count"] for month in monthly["usage_data"]}
    assert months == {"2026-01-01": 3, "2026-02-01": 1}
    assert "second" in {group["group_name"] for group in monthly["usage_data"][1]["group_usages"]}

    empty = usage(api, "com.example.lab", start_date="2025-01-01", end_date="2025-02-01")
    assert empty["usage_data"] == []
    assert empty["job_count"] == 0
    cut = usage(api, "com.example.lab", end_date="2026-01-06")  # the last day is not included
    assert cut["job_count"] == 1


def test_usage_is_for_administrators_of_the_organization(emulate: Emulate) -> None:
    keys = [ApiKey("boss", organization="org"), ApiKey("guest", organization="org", admin=False)]
    _, api = emulate(api_keys=keys)
    usage(api, "org")
    query = "start_date=2026-01-01&end_date=2026-02-01&group_by=job&modality=daily"
    path = f"/organizations/{{}}/usage?{query}"
    assert api.get(path.format("other.org"), expect=403)["error"] == "Forbidden"
    api.session.headers["Authorization"] = "apiKey guest"
    api.get(path.format("org"), expect=403)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start_date", "January"),
        ("end_date", None),
        ("end_date", "2025-12-31"),
        ("group_by", "planet"),
        ("modality", None),
    ],
)
def test_a_bad_usage_report_is_refused(api: Api, name: str, value: str | None) -> None:
    estimate = api.get("/jobs/estimate", backend="simulator")
    organization = estimate["estimate_context"]["organization"]
    query: Json = {"start_date": "2026-01-01", "end_date": "2026-03-01"}
    query |= {"group_by": "job", "modality": "daily"}
    body = api.get(f"/organizations/{organization}/usage", expect=400, **(query | {name: value}))
    assert body["validation"] == {"keys": [name], "source": "query"}
