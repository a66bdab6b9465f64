"""The command line, and answers checked against the contract as they leave."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx  # noqa: TID251 (as an application would call it in-process)
import pytest
import requests
from starlette.applications import Starlette
from starlette.routing import Route

from ionq_emulator import Emulator, command
from ionq_emulator.gate import Gate
from ionq_emulator.http import Answer, Call, Operation, json_answer
from tests.emulator.support import Api, bell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response


@contextlib.contextmanager
def running(*arguments: str) -> Iterator[str]:
    """An emulator in a process of its own; its base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ionq_emulator", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.communicate()
    assert process.returncode == 0


def test_the_options_do_what_they_say() -> None:
    options = ["--seed", "7", "--api-key", "one", "--api-key", "two", "--queue", "qpu.aria-1=30"]
    with running(*options, "--speed", "100000", "--check-responses") as url:
        assert (
            requests.get(
                f"{url}/whoami", headers={"Authorization": "apiKey x"}, timeout=30
            ).status_code
            == 401
        )
        api = Api(url, "one")
        with api.session:
            job = api.completed(bell(backend="qpu.aria-1"))
            assert api.get("/backends/qpu.aria-1")["average_queue_time"] == 30_000
            state = api.session.get(url.replace("/v0.4", "/_emulator/state"), timeout=30).json()
            assert (state["progress"], state["clock"]["speed"]) == ("time", 100_000)
    with Emulator(seed=7) as emulator:  # the same seed, the same project: the same id
        again = Api(emulator.url, "one")
        with again.session:
            assert again.submit(bell()) == job["id"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--progress", "sometimes"], "progress must be"),
        (["--speed", "0"], "speed must be positive"),
        (["--queue", "qpu.nowhere=3"], "unknown backend"),
        (["--api-key", " "], "must not be empty"),
        (["--workers", "0"], "must be at least 1"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--port", "0", *arguments]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--queue", "qpu.aria-1=soon"], ["--what"]])
def test_options_that_cannot_be_read_end_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "usage: ionq-direct emulator" in capsys.readouterr().err


# -- checked answers -------------------------------------------------------------------------------


@pytest.mark.parametrize(("check", "status"), [(True, 500), (False, 200)])
async def test_an_answer_against_the_contract_becomes_a_500(*, check: bool, status: int) -> None:
    def wrong(_call: Call) -> Answer:
        return json_answer({"key_id": 7})

    emulator = Emulator()
    gate = Gate(emulator.cloud, check=check)
    operation = Operation("getWhoami", "GET", "/whoami", wrong, public=True)

    async def endpoint(request: Request) -> Response:
        return await gate.pass_through(operation, request)

    app = Starlette(routes=[Route("/whoami", endpoint)])
    try:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://ionq"
        ) as client:
            response = await client.get("/whoami")
    finally:
        emulator.stop()
    assert response.status_code == status
    if check:
        assert "getWhoami answered against the contract" in response.json()["message"]
