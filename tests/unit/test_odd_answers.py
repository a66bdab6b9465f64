"""Whatever shape an answer has, a call gives a value or one of the library's errors, never another.

Each answer of a well-behaved server is taken apart: every place in it is, in turn, dropped or
replaced by something odd, and everything that the call gives back is looked at, property by
property.
"""

from __future__ import annotations

import contextlib
import json
import logging
import random
from itertools import islice

import httpx  # noqa: TID251 - a transport that answers without a network
import pytest

from ionq_direct import IonQ, IonQError, RetryPolicy, SubmissionPolicy
from tests.worlds import KEY, FakeClock, FakeTime

WHEN = "2026-05-15T00:00:00Z"
USD = {"unit": "usd", "value": 24.83}
COMPILED = {"id": "native", "format": "ionq.native.v1", "media_type": "application/json"}
JOB = {
    "id": "0197379a-0000-7000-8000-000000000001",
    "status": "completed",
    "type": "ionq.circuit.v1",
    "backend": "qpu.forte-1",
    "dry_run": False,
    "metadata": {"ionq_direct_tag": "i1-0197379a0000-00000000000000000000.s100"},
    "name": "n",
    "submitted_at": WHEN,
    "predicted_wait_time_ms": 1,
    "execution_duration_ms": 3,
    "failure": {"code": "InternalError", "message": "m"},
    "output": {
        "compilation": {"compiled_circuits": {"ionq.native.v1": COMPILED}},
        "error_mitigation": {
            "debiasing": {
                "variants": [
                    {
                        "variant_id": "v",
                        "qubit_map": [1, 0],
                        "shots": 4,
                        "results": {"probabilities": {"url": "/v0.4/jobs/1/results/probabilities"}},
                    }
                ]
            }
        },
    },
    "stats": {"qubits": 2, "circuits": 1, "gate_counts": {"1q": 1, "2q": 1}},
    "results": {
        "probabilities": {"url": "/v0.4/jobs/1/results/probabilities"},
        "shots": {"url": "/v0.4/jobs/1/results/shots"},
        "ionq.result.shots.json.v2": {"id": "s", "format": "ionq.result.shots.json.v2"},
    },
    "child_job_ids": [],
    "shots": 4,
    "noise": {"model": "ideal", "seed": 1},
    "warning": {"messages": ["w"]},
}
PARENT = {**JOB, "type": "ionq.multi-circuit.v1", "child_job_ids": ["a", "b"]}
BACKEND = {"backend": "simulator", "qubits": 29, "average_queue_time": 1, "last_updated": WHEN}
CHARACTERIZATION = {
    "id": "c",
    "backend": "qpu.forte-1",
    "date": WHEN,
    "qubits": 2,
    "connectivity": [[0, 1]],
    "fidelity": {"1q": {"median": 0.9}, "2q": {"median": 0.9}, "spam": {"median": 0.9}},
    "timing": {"1q": 1, "2q": 2, "readout": 3, "reset": 4, "t1": 5, "t2": 6},
}
LIMITS = {"job_count_limit": 3, "duration_limit_min": 3, "cost_limit": USD, "expires_at": WHEN}
SESSION = {"id": "s", "created_at": WHEN, "backend": "b", "status": "ended", "settings": LIMITS}
PERIOD = {"from": WHEN, "to": WHEN, "amount": 1, "job_count": 3, "usages": [{"amount": 1}]}
USAGE = {"group_by": "project", "from": WHEN, "to": WHEN, "total": PERIOD, "usages": [PERIOD]}
BELL = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "h", "target": 0}]},
}

ANSWERS = {
    "whoami": {"key_id": "k", "key_name": "n", "project_id": "p"},
    "health": {"status": "pass"},
    "backends": [BACKEND],
    "jobs": {"jobs": [JOB], "next": "cursor"},
    "cost": {"dry_run": False, "estimated_cost": USD, "cost": USD},
    "estimate": {"input_values": {"backend": "b"}, "estimated_cost": USD, "estimated_at": WHEN},
    "usage": USAGE,
    "sessions": {"sessions": [SESSION]},
    "probabilities": {"0": 0.5, "3": 0.5},
    "shots": [0, 3, 3, 0],
    "aggregated": {"a": {"0": 1.0}, "b": {"1": 1.0}},
    "native": {"qubits": 1, "circuit": []},
    "characterizations": {"characterizations": [CHARACTERIZATION], "pages": 2},
    "cancel": {"id": "a", "status": "canceled", "ids": ["a"]},
    "end": SESSION,
    "parent": PARENT,
}


def answer_to(request: httpx.Request) -> object:
    """What a well-behaved server says, by the last known word of the path."""
    words = request.url.path.split("/")
    if request.method == "POST" and words[-1] == "jobs":
        return {"id": "a", "status": "submitted", "session_id": None}
    if words[-2:] == ["sessions", "s"] or (request.method == "POST" and words[-1] == "sessions"):
        return SESSION
    if request.method == "DELETE":
        return {"id": "a", "status": "deleted", "ids": ["a"]}
    if words[-2] == "characterizations":
        return CHARACTERIZATION
    if words[-2] == "backends":
        return BACKEND
    if words[-1] in ANSWERS and words[-2] != "artifacts":
        return ANSWERS[words[-1]]
    return ANSWERS.get(words[-1], JOB) if words[-2] == "artifacts" else JOB


def seen(value: object) -> object:
    """Look at all that a view tells."""
    for name in dir(type(value)):
        if isinstance(getattr(type(value), name), property) or name == "_repr_html_":
            try:
                told = getattr(value, name)
                told() if callable(told) else repr(told)
            except IonQError:
                pass
    repr(value), str(value)
    return value


def session_of(ionq: IonQ) -> None:
    with ionq.session("qpu.forte-1") as session:
        seen(session)


CALLS = {
    "whoami": lambda ionq: seen(ionq.whoami()),
    "health": lambda ionq: seen(ionq.health()),
    "backends": lambda ionq: [seen(one) for one in ionq.backends.list()],
    "backend": lambda ionq: seen(ionq.backends.get("simulator")),
    "characterizations": lambda ionq: [
        seen(one) for one in islice(ionq.characterizations.iter("qpu.forte-1"), 9)
    ],
    "latest": lambda ionq: seen(ionq.characterizations.latest("qpu.forte-1")),
    "characterization": lambda ionq: seen(ionq.characterizations.get("qpu.forte-1", "c")),
    "jobs": lambda ionq: [seen(job) for job in islice(ionq.jobs.iter(), 60)],
    "job": lambda ionq: seen(ionq.job("a")),
    "submit": lambda ionq: seen(ionq.submit(BELL)).status,
    "result": lambda ionq: seen(ionq.job("a").result(5, memory=True)),
    "parts": lambda ionq: [seen(one) for one in ionq.job("parent").results(5)],
    "shots": lambda ionq: seen(ionq.job("a").shots_list(5)),
    "variants": lambda ionq: [seen(one) for one in ionq.job("a").variants(5)],
    "compiled": lambda ionq: seen(ionq.job("a").compiled()),
    "cost": lambda ionq: seen(ionq.job("a").cost()),
    "progress": lambda ionq: seen(ionq.job("a").progress()),
    "cancel": lambda ionq: seen(ionq.job("a").cancel()),
    "cancel many": lambda ionq: seen(ionq.jobs.cancel(["a", "b"])),
    "delete": lambda ionq: ionq.job("a").delete(),
    "delete many": lambda ionq: seen(ionq.jobs.delete(["a", "b"])),
    "estimate": lambda ionq: seen(ionq.estimate("qpu.forte-1", shots=3)),
    "usage": lambda ionq: [seen(one) for one in seen(ionq.usage("o", WHEN, WHEN)).periods],
    "sessions": lambda ionq: [seen(one) for one in ionq.sessions.list()],
    "session": session_of,
    "wait": lambda ionq: [seen(job) for job in ionq.wait(["a", "b"], 5)],
    "find": lambda ionq: ionq.find_submission("a-tag-of-mine"),
}

BODIES = [b"", b"null", b"{", b"\xff\xfe", b'"x"', b"5", b"[]", b"{}", b'{"0":NaN}', b"[" * 99_999]
ODD = [None, True, -1, 1e308, 2**70, "", "x", WHEN[:7] + "-45", [], {}, [None], [[]], {"0": None}]
ODD += [{"url": "//elsewhere/x"}, {"url": "/v0.4/../../x"}, "a/b", "DROPPED"]
DROPPED = ODD[-1]


def places(value: object, before: tuple = ()) -> list[tuple]:
    """Where there is something, in a JSON document."""
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    return [before, *(place for key, item in inner for place in places(item, (*before, key)))]


def changed(value: object, place: tuple, odd: object) -> object:
    """The document with something odd in a place; as it is if it has no such place."""
    if not place:
        return odd
    copy = json.loads(json.dumps(value))
    inner = copy
    try:
        for key in place[:-1]:
            inner = inner[key]
        if odd == DROPPED:
            del inner[place[-1]]
        elif inner[place[-1]] is not odd:
            inner[place[-1]] = odd
    except (KeyError, IndexError, TypeError):
        return value
    return copy


def use(call, answer) -> None:
    """Make a call to a server that answers so; what is not the library's error goes on up."""

    def respond(request: httpx.Request) -> httpx.Response:
        body = answer(request)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(201 if request.method == "POST" else 200, content=content)

    ionq = IonQ(
        KEY,
        "https://ionq.example/v0.4",
        transport=lambda: httpx.MockTransport(respond),
        clock=FakeClock(FakeTime()),
        retry=RetryPolicy(attempts=1),
        submission=SubmissionPolicy(settle=0, settle_unanswered=0, deadline=0, max_pages=3),
    )
    with ionq, contextlib.suppress(IonQError):
        call(ionq)


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL)


@pytest.mark.parametrize("name", CALLS)
def test_a_server_that_behaves_well_is_understood(name):
    requests = []
    use(CALLS[name], lambda request: requests.append(request) or answer_to(request))
    assert requests


@pytest.mark.parametrize("name", CALLS)
def test_a_body_that_is_nothing_of_the_kind_is_no_crash(name):
    for body in BODIES:
        use(CALLS[name], lambda _, body=body: body)


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_with_something_odd_in_it_is_no_crash(name):
    told = []
    use(CALLS[name], lambda request: told.append(answer_to(request)) or told[-1])
    here = {place for document in told for place in places(document)}
    cases = [(place, odd) for place in sorted(here, key=str) for odd in ODD]
    for place, odd in random.Random(7).sample(cases, min(len(cases), 250)):
        use(
            CALLS[name],
            lambda request, place=place, odd=odd: changed(answer_to(request), place, odd),
        )
