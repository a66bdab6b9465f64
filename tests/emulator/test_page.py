"""The page at `/`: what it shows, that it escapes what it shows, and that it is alive."""

from __future__ import annotations

import math
import re
import socket
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import requests

from ionq_emulator import Emulator
from ionq_emulator.clock import parse_iso
from ionq_emulator.distributions import Arrays
from ionq_emulator.page.circuit import Frame, angle_text, draw_circuit
from ionq_emulator.page.histogram import take_heaviest
from ionq_emulator.simulation import read_circuit
from tests.emulator.chromium import Chromium, chromium_path
from tests.emulator.support import BELL, Api, bell, multi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Emulate = Callable[..., tuple[Emulator, Api]]

HOSTILE = """</h3><script>pwned=1</script><img src=x onerror="pwned=1"> '"&"""


class Page(HTMLParser):
    """A page taken apart by the standard library's parser: elements, and the text of a reader."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.text = re.sub(r"\s+", " ", self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def get(emulator: Emulator, path: str = "/", *, expect: int = 200) -> Page:
    response = requests.get(emulator.origin + path, timeout=30)
    assert response.status_code == expect
    assert response.headers["content-type"].startswith("text/html")
    return Page(response.text)


def link_to(page: Page, start: str) -> str:
    """The first link below a path."""
    return next(
        href
        for one in page.all("a")
        if (href := one["href"]) is not None and href.startswith(start)
    )


# -- what it shows --------------------------------------------------------------------------------


def test_a_job_with_its_state_circuit_histogram_and_cost(emulate: Emulate) -> None:
    emulator, api = emulate()
    assert "no jobs yet" in get(emulator).text
    circuit = [{"gate": "x", "target": 0}, {"gate": "h", "target": 2}]
    api.completed(bell(name="Lopsided", input={"gateset": "qis", "qubits": 3, "circuit": circuit}))
    page = get(emulator)
    # X on qubit 0: the rightmost bit is 1; H on qubit 2: the leftmost is either.
    assert "Lopsided completed simulator · 3 qubits · 2 1q + 0 2q gates · free" in page.text
    assert "q0 q1 q2 x on q0 X h on q2 H 001 50.00 % 101 50.00 %" in page.text
    assert {"role": "img", "aria-label": "Circuit on 3 qubits, qubit 0 on top"}.items() <= (
        page.all("svg")[0].items()
    )
    assert "POST /v0.4/jobs" in page.text


def test_counts_and_money_of_a_qpu_job(emulate: Emulate) -> None:
    emulator, api = emulate()
    job = api.completed(bell(backend="qpu.forte-1", shots=1000))
    counts = api.follow(job, "histogram")
    page = get(emulator)
    assert "1,000 shots · $168.19" in page.text  # the published minimum with debiasing
    for key, bits in (("0", "00"), ("3", "11")):
        assert f"{bits} {counts[key]} {counts[key] / 10:.2f} %" in page.text


def test_machines_and_the_queue(emulate: Emulate) -> None:
    emulator, api = emulate(progress="time", queue_ms={"qpu.aria-1": 300_000})
    emulator.cloud.clock.freeze(parse_iso("2026-03-01"))
    api.submit(bell(backend="qpu.aria-1", name="patient"))
    emulator.control.advance(60)
    emulator.control.set_backend("qpu.forte-1", status="unavailable")
    page = get(emulator)
    assert "2026-03-01 00:01:00 UTC, frozen · progress: time" in page.text
    assert "qpu.aria-1 available 25 1 5 min 0 s aria-1 $12.42, debiased $97.50" in page.text
    assert "qpu.forte-1 unavailable 36 0" in page.text
    # Compiled after 0.4 s, then 5 minutes of other people's jobs.
    assert "patient qpu.aria-1 ready 2026-03-01 00:00:00 starts in 4 min 0 s" in page.text
    emulator.control.set_backend("qpu.aria-1", status="unavailable")
    assert "waits until qpu.aria-1 is available" in get(emulator).text


def test_every_end_of_a_job_is_told(emulate: Emulate) -> None:
    emulator, api = emulate(progress="polls:2")
    canceled = api.submit(bell(name="unwanted"))
    api.put(f"/jobs/{canceled}/status/cancel")
    assert "moves when polled" not in get(emulator).text
    api.submit(bell(name="patient"))
    assert "patient simulator submitted" in get(emulator).text
    assert "moves when polled" in get(emulator).text  # looking is no poll
    emulator.control.set_progress("instant")
    crowded = [{"gate": "x", "target": 0, "controls": list(range(1, 9))}]
    api.run(bell(name="crowded", input={"gateset": "qis", "qubits": 9, "circuit": crowded}))
    api.run(bell(name="rehearsal", backend="qpu.aria-1", dry_run=True))
    text = get(emulator).text
    assert "unwanted canceled" in text
    assert "crowded failed" in text
    assert "TooManyControls: " in text
    assert "dry run · $12.42 estimated" in text
    assert "a dry run has no results" in text


def test_one_job_in_full(emulate: Emulate) -> None:
    emulator, api = emulate()
    api.completed(
        bell(name="in full", metadata={"fizz": "buzz"}, noise={"model": "aria-1", "seed": 5})
    )
    page = get(emulator, link_to(get(emulator), "/_emulator/page/jobs/"))
    for text in ("in full completed", "noise aria-1", "Seed 5", "fizz buzz", '"gate": "cnot"'):
        assert text in page.text
    assert "GET /v0.4/jobs/" in page.text
    assert "x on q1, controlled by q0" in page.text
    assert "qubit 0 rightmost" in page.text


def test_a_job_of_several_circuits(emulate: Emulate) -> None:
    emulator, api = emulate()
    flip = [{"gate": "x", "target": 1}]
    parent = api.completed(multi(BELL, flip, flip, name="three"))
    page = get(emulator)
    assert "three completed simulator · 3 circuits" in page.text
    assert "3 of 3 circuits have ended (3 completed)" in page.text
    page = get(emulator, f"/_emulator/page/jobs/{parent['id']}")
    assert len(page.all("article")) == 3
    assert page.text.count("10 100.00 %") == 2
    assert [one["data-job"] for one in page.all("article")] == parent["child_job_ids"]
    child = get(emulator, f"/_emulator/page/jobs/{parent['child_job_ids'][0]}")
    assert "Part of three" in child.text


def test_further_circuits_are_a_page_further(emulate: Emulate) -> None:
    emulator, api = emulate()
    parent = api.completed(multi(*[BELL] * 27))
    page = get(emulator, f"/_emulator/page/jobs/{parent['id']}")
    assert len(page.all("article")) == 25
    rest = get(emulator, link_to(page, f"/_emulator/page/jobs/{parent['id']}?"))
    assert [one["data-job"] for one in rest.all("article")] == parent["child_job_ids"][25:]


def test_openqasm_is_drawn_and_shown(emulate: Emulate) -> None:
    emulator, api = emulate()
    source = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];'
    job = api.completed(
        {"type": "ionq.qasm3.v1", "backend": "simulator", "input": {"data": source}}
    )
    page = get(emulator, f"/_emulator/page/jobs/{job['id']}")
    assert source in page.text
    assert "x on q1, controlled by q0" in page.text


def test_a_request_with_what_was_sent_and_answered(emulate: Emulate) -> None:
    emulator, api = emulate()
    api.submit(bell(name="logged"))
    emulator.control.add_fault("status", status=503, times=1)
    api.request("GET", "/jobs", params={"limit": 3})
    page = get(emulator)
    assert re.search(r"GET /v0\.4/jobs\?limit=3 503 [\d.]+ m?s GetJobs status", page.text)
    sent = get(emulator, "/_emulator/page/requests/1")
    assert '"name": "logged"' in sent.text
    assert '"status": "submitted"' in sent.text
    assert api.key not in sent.text
    assert "not here" in get(emulator, "/_emulator/page/requests/99", expect=404).text
    assert "not here" in get(emulator, "/_emulator/page/jobs/nobody", expect=404).text


def test_older_jobs_are_a_page_further(emulate: Emulate) -> None:
    emulator, api = emulate()
    for number in range(23):
        api.submit(bell(name=f"number {number}."))
    page = get(emulator)
    assert "number 22." in page.text
    assert "number 2." not in page.text
    older = get(emulator, link_to(page, "/?before="))
    assert "number 2." in older.text
    assert "number 3." not in older.text
    assert get(emulator, "/?before=<nonsense>").text.count("number ") == page.text.count("number ")


def test_every_project_is_shown(emulate: Emulate) -> None:
    emulator, api = emulate()
    api.submit(bell(name="mine"))
    other = Api(api.url, "somebody else")
    with other.session:
        other.submit(bell(name="theirs"))
    text = get(emulator).text
    assert "mine" in text
    assert "theirs" in text


def test_a_reset_is_seen(emulate: Emulate) -> None:
    """The same ids come again with other circuits: nothing old is shown."""
    emulator, api = emulate(seed=3)
    emulator.control.freeze()
    first = api.submit(bell())
    assert "11 50.00 %" in get(emulator).text
    emulator.control.reset()
    emulator.control.freeze()
    assert "no jobs yet" in get(emulator).text
    flip = [{"gate": "x", "target": 0}, {"gate": "x", "target": 1}]
    assert api.submit(bell(input={"gateset": "qis", "qubits": 2, "circuit": flip})) == first
    assert "11 100.00 %" in get(emulator).text


# -- how it is drawn ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("radians", "text"),
    [
        (0, "0"), (math.pi, "π"), (-math.pi / 2, "-π/2"), (3 * math.pi / 4, "3π/4"),
        (2 * math.pi, "2π"), (1.2345, "1.23"), (1e-5, "1e-05"),
    ],
)  # fmt: skip
def test_angles_in_few_letters(radians: float, text: str) -> None:
    assert angle_text(radians) == text


def test_native_numbers_are_in_turns() -> None:
    gates = [
        {"gate": "ms", "targets": [0, 1], "phases": [0, 0.25], "angle": 0.125},
        {"gate": "zz", "targets": [0, 1], "angle": 0.1},
    ]
    circuit = read_circuit({"gateset": "native", "qubits": 2, "circuit": gates})
    text = Page(draw_circuit(circuit, Frame(2, 9))).text
    assert "ms(0, 0.25, 0.125) on q0, q1" in text
    assert "zz(0.1) on q0, q1" in text


def test_gates_that_share_no_wire_share_a_column() -> None:
    gates = [
        {"gate": "h", "target": 0},
        {"gate": "h", "target": 1},
        {"gate": "cnot", "control": 0, "target": 2},  # crosses q1: nothing beside it
        {"gate": "h", "target": 1},
    ]
    circuit = read_circuit({"gateset": "qis", "qubits": 3, "circuit": gates})
    page = Page(draw_circuit(circuit, Frame(3, 9)))
    labels = [one["x"] for one in page.all("text") if one["class"] == "label"]
    assert labels[0] == labels[1] != labels[2]
    (dot,), (plus,) = (
        [one for one in page.all("circle") if one["class"] == kind] for kind in ("dot", "plus")
    )
    assert dot["cx"] == plus["cx"]
    assert float(str(dot["cy"])) < float(str(plus["cy"]))


def test_a_huge_circuit_is_drawn_in_part(emulate: Emulate) -> None:
    emulator, api = emulate()
    layers = [{"gate": "h", "target": qubit} for _ in range(1000) for qubit in range(30)]
    job_id = api.submit(
        bell(
            backend="qpu.forte-1",
            dry_run=True,
            input={"gateset": "qis", "qubits": 30, "circuit": layers},
        )
    )
    page = get(emulator)
    # 14 columns of 6 wires are drawn on the overview.
    assert "not drawn: 24 more qubits, 29,916 more gates" in page.text
    assert sum(one.get("class") == "gate" for one in page.all("rect")) == 14 * 6
    full = get(emulator, f"/_emulator/page/jobs/{job_id}")
    # 2,000 gates are read, in 67 columns.
    assert "not drawn: 28,000 more gates" in full.text
    assert sum(one.get("class") == "gate" for one in full.all("rect")) == 2_000
    assert "too long to be shown" in full.text


def test_the_heaviest_outcomes_of_a_distribution_in_a_file(tmp_path: Path) -> None:
    entries = 1 << 18
    weights = np.full(entries, 0.5 / (entries - 2))
    weights[[12_345, 250_000]] = (0.3, 0.2)
    excerpt = take_heaviest(Arrays(np.arange(entries), weights).write(str(tmp_path)), 3)
    assert excerpt.rows[:2] == ((12_345, 0.3), (250_000, 0.2))
    assert excerpt.left_over == entries - 3
    assert excerpt.rest == pytest.approx(0.5, abs=1e-4)
    shorter = excerpt.first(1)
    assert shorter.rows == ((12_345, 0.3),)
    assert shorter.rest == pytest.approx(0.7)


# -- who may see it, and what it may do -----------------------------------------------------------


def test_what_users_write_is_text(emulate: Emulate) -> None:
    emulator, api = emulate()
    job_id = api.submit(bell(name=HOSTILE, metadata={HOSTILE[:40]: HOSTILE}))
    api.request("GET", "/jobs", params={HOSTILE: HOSTILE})
    api.request("POST", "/jobs", data=HOSTILE.encode())
    paths = ["/", f"/_emulator/page/jobs/{job_id}", "/_emulator/page/requests/1"]
    paths += ["/_emulator/page/requests/2", "/_emulator/page/requests/3"]
    for path in paths:
        page = get(emulator, path)
        assert page.all("img") == []
        assert [script["src"] for script in page.all("script")] == ["/_emulator/page/page.js"]
    assert HOSTILE in get(emulator, paths[0]).text
    assert get(emulator, paths[1]).text.count(HOSTILE) >= 2


def test_the_policy_allows_our_own_files_only(emulate: Emulate) -> None:
    emulator, _ = emulate()
    response = requests.get(emulator.origin, timeout=30)
    policy = dict(
        part.split(" ", 1) for part in response.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    page = Page(response.text)
    assert {"http-equiv": "refresh", "content": "5"} in page.all("meta")  # without JavaScript
    for tag, attributes in page.elements:
        assert not any(name == "style" or name.startswith("on") for name in attributes), tag
    own = [one["href"] for one in page.all("link")] + [one["src"] for one in page.all("script")]
    for path in own:
        assert path is not None
        assert path.startswith("/_emulator/page/")
        asset = requests.get(emulator.origin + path, timeout=30)
        assert asset.status_code == 200
        assert "http" not in asset.text.replace("http://www.w3.org/2000/svg", "")
    # Looking leaves no trace in the log, not even by the browser's search for an icon.
    assert emulator.control.requests() == []


def test_the_page_is_off_beyond_loopback_unless_asked_for() -> None:
    for control, status in ((None, 404), (True, 200)):
        with Emulator(host="0.0.0.0", control=control) as emulator:
            origin = emulator.origin.replace("0.0.0.0", "127.0.0.1")
            assert requests.get(origin, timeout=30).status_code == status
            script = requests.get(f"{origin}/_emulator/page/page.js", timeout=30)
            assert script.status_code == status


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        # What another web site's page can make a browser send.
        ("POST", "/_emulator/reset", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", "/_emulator/reset", {"Origin": "https://elsewhere.example"}, 403),
        ("POST", "/_emulator/reset", {"Origin": "null"}, 403),
        (
            "POST",
            "/_emulator/reset",
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
            403,
        ),
        ("GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        # A public name that was made to point to this machine.
        ("GET", "/", {"Host": "elsewhere.example:8000"}, 403),
        ("GET", "/_emulator/state", {"Host": "127.0.0.1.elsewhere.example"}, 403),
        ("GET", "/", {"Origin": "http://[::1"}, 403),
        # A link to the page, the page's own requests, and programs.
        ("GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ("GET", "/", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ("GET", "/", {"Host": "localhost:8000"}, 200),
        ("GET", "/", {"Host": "[::1]:8000"}, 200),
        ("POST", "/_emulator/reset", {"Host": "ionq.localhost"}, 200),
        ("POST", "/_emulator/reset", {}, 200),
    ],
)
def test_other_web_sites_are_kept_out(
    shared: Emulator, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    if status == 200 and method == "POST":
        with Emulator() as emulator:  # the shared one's jobs are others' as well
            answer = requests.request(method, emulator.origin + path, headers=headers, timeout=30)
    else:
        answer = requests.request(method, shared.origin + path, headers=headers, timeout=30)
    assert answer.status_code == status


# -- in a browser ---------------------------------------------------------------------------------

needs_chromium = pytest.mark.skipif(
    chromium_path() is None,
    reason="Chromium is not on this machine (Debian: apt-get install chromium)",
)


@pytest.fixture(scope="module")
def window() -> Iterator[Chromium]:
    with Chromium(str(chromium_path())) as browser:
        yield browser


@pytest.fixture
def browser(window: Chromium) -> Chromium:
    """A browser that has nothing to complain of yet."""
    window.open("about:blank")
    window.problems.clear()
    return window


CARD = """(() => {
  const link = [...document.querySelectorAll("article h3 a")].find((a) => a.textContent === %r);
  const card = link && link.closest("article");
  return card && {
    state: card.querySelector(".badge").textContent,
    bars: [...card.querySelectorAll(".histogram tr")].map((row) => ({
      bits: row.querySelector("th").textContent,
      width: row.querySelector("rect").getBoundingClientRect().width,
    })),
    wires: card.querySelectorAll(".circuit .wire").length,
    box: card.getBoundingClientRect().height,
  };
})()"""


@needs_chromium
def test_a_job_submitted_after_the_page_was_loaded_appears_with_its_histogram(
    emulate: Emulate, browser: Chromium
) -> None:
    emulator, api = emulate(progress="time", queue_ms={"qpu.aria-1": 60_000})
    emulator.control.freeze()
    browser.open(emulator.origin)
    assert "no jobs yet" in browser.evaluate("document.getElementById('jobs').innerText")
    browser.evaluate("loadedOnce = true")

    api.submit(bell(name="live", backend="qpu.aria-1", shots=1000))
    seen: list[Any] = []
    for state, seconds in (("submitted", 0), ("ready", 1), ("completed", 3600)):
        emulator.control.advance(seconds)
        card = CARD % "live"
        seen.append(browser.wait(f"(c => c && c.state === '{state}' && c)({card})"))
    assert [one["wires"] for one in seen] == [2, 2, 2]
    assert [one["bars"] for one in seen[:2]] == [[], []]
    bars = {bar["bits"]: bar["width"] for bar in seen[2]["bars"]}
    assert set(bars) >= {"00", "11"}
    assert min(bars["00"], bars["11"]) > 100  # px: really drawn
    assert browser.evaluate("loadedOnce")  # without loading the page anew
    assert browser.problems == []


@needs_chromium
def test_a_hostile_name_does_nothing_in_a_browser(emulate: Emulate, browser: Chromium) -> None:
    emulator, api = emulate()
    browser.open(emulator.origin)
    job_id = api.submit(bell(name=HOSTILE, metadata={"note": HOSTILE}))
    browser.wait("document.querySelectorAll('article').length")
    assert browser.evaluate("document.querySelector('article h3 a').textContent") == HOSTILE
    browser.open(f"{emulator.origin}/_emulator/page/jobs/{job_id}")
    assert browser.evaluate("document.querySelector('#metadata td + td').textContent") == HOSTILE
    assert browser.evaluate("typeof pwned") == "undefined"
    assert browser.evaluate("document.querySelectorAll('img').length") == 0
    assert browser.problems == []


def test_what_was_measured_in_the_middle_has_wires_of_its_own() -> None:
    text = 'include "stdgates.inc"; qubit[2] q; h q[0]; measure q[0]; cx q[0], q[1]; reset q[1];'
    circuit = read_circuit({"qasm": text})
    page = Page(str(draw_circuit(circuit, Frame(qubits=10, columns=10))))
    names = re.findall(r"\b[qh]\d\b", page.text)
    assert names[:4] == ["q0", "q1", "h0", "h1"]
    assert "as they were measured or reset in the middle" in page.text
    titles = re.findall(r"(\w+ on [qh]\d(?:, controlled by [qh]\d)?)", page.text)
    assert titles == ["h on h0", "copy on q0, controlled by h0", "x on h1, controlled by q0"]


def test_an_energy_is_shown(emulate: Emulate) -> None:
    emulator, api = emulate()
    data = {
        "hamiltonian": [{"pauli_string": "Z", "coefficient": 0.25}],
        "ansatz": {"data": 'include "stdgates.inc"; qubit q; x q;'},
    }
    source = {"data": {"type": "hamiltonian-energy", "data": data}}
    job_id = api.submit({"type": "quantum-function", "backend": "simulator", "input": source})
    for path in ("", f"/_emulator/page/jobs/{job_id}"):
        page = Page(requests.get(emulator.origin + path, timeout=30).text)
        assert "value -0.25, variance 0" in page.text
        assert "x on q0" in page.text


@needs_chromium
def test_the_page_says_when_the_emulator_is_gone(emulate: Emulate, browser: Chromium) -> None:
    emulator, _ = emulate()
    browser.open(emulator.origin)
    assert browser.evaluate("document.getElementById('notice').hidden")
    port = urlsplit(emulator.origin).port
    emulator.stop()
    with socket.socket() as taken:  # so that no other test's emulator answers in its stead
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        browser.wait("document.getElementById('notice').innerText.includes('does not answer')")
