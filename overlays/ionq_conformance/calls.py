"""One call of a generated function: what it sent, what the answer is worth, what came of it.

May import: the generated client's codec, the gate's exchanges, judging, wire, world, curl.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from schemathesis import Response as JudgedResponse

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.types import Response
from ionq_conformance import curl, judging, wire
from ionq_conformance.contract import Operation
from ionq_conformance.findings import Failure
from ionq_conformance.gate import Answer, Exchange
from ionq_conformance.wire import Input, Wrong
from ionq_conformance.world import World

__all__ = ["PHASE", "TAKES", "Call"]

PHASE: Final = "client"
_SHOWN: Final = 600
_JSON: Final = "application/json"
_PLACE: Final = re.compile(r'\[(?:\d+|"[^"]*")\]')
TAKES: Final = "takes_the_input"
UNDERSTANDS: Final = "understands_the_answer"
GIVES_BACK: Final = "gives_the_answer_back"


@dataclass(slots=True)
class Call:
    """One call of a function, and what is to be said of it.

    Attributes:
        world: The server, and where findings go.
        operation: Whose function it is.
        way: How it was called.
        seen: What passed the gate meanwhile.
    """

    world: World
    operation: Operation
    way: str
    seen: list[Exchange]

    def holds(self, check: str) -> None:
        """Count a judgement that found nothing."""
        self.world.api.findings.passed(self.operation.label, check)

    def fails(self, check: str, title: str, detail: str, clause: str = "") -> None:
        """Count a judgement that found something."""
        self.world.api.findings.failed(
            Failure(
                operation=self.operation.label,
                check=check,
                title=title,
                message="\n".join(filter(None, [detail, self._shown_answer()])),
                clause=clause or self.operation.pointer,
                curl=self._curl(),
                phase=f"{PHASE}, {self.way}",
            )
        )

    def counts(self, checks: Iterable[str], wrong: Iterable[Wrong]) -> None:
        """Count each of some checks, by what is wrong."""
        found = {one.check: one for one in wrong}
        for check in checks:
            if check not in found:
                self.holds(check)
                continue
            one = found[check]
            self.fails(check, one.title, one.detail, one.clause)

    def raised(self, error: Exception) -> None:
        """The function raised: whose fault it is shows in how far it came."""
        last = self.seen[-1] if self.seen else None
        if last is not None and last.forbidden:
            return  # the run says so at its end
        self.world.api.findings.case(self.operation.label)
        told = f"{type(error).__name__}: {error}"
        if last is None:
            self.fails(TAKES, "Client refuses what the document allows", told)
        elif last.answer is None:
            at = f"{self.operation.pointer}/responses"
            self.fails("answers", "No answer", told, at)
        else:
            self.fails(UNDERSTANDS, "Client raises on an answer", told, self._clause(last.answer))

    def answer(self, response: Response[Any], given: Input) -> None:
        """Judge the answer, if the server gave it, and what the client made of it."""
        answer = self.seen[-1].answer
        if answer is None:
            return
        if answer.operation is not None:
            self._server(answer, given)
        if _JSON not in answer.headers.get("content-type", ""):
            return  # generated code reads JSON, and says so; the rest is in `response.content`
        for deviation in response.deviations[:1]:
            place = _PLACE.sub("[*]", deviation.path)
            title = f"Answer deviates: {deviation.kind} at {place}"
            detail = f"{deviation.path}: expected {deviation.expected}"
            self.fails(UNDERSTANDS, title, detail, self._clause(answer))
        if not response.deviations:
            self.holds(UNDERSTANDS)
        if response.parsed is None:
            return  # of another kind altogether: told as a deviation
        if wire.same(_codec.encode(response.parsed), judging.json_of(answer.body)):
            self.holds(GIVES_BACK)
        else:
            back = json.dumps(_codec.encode(response.parsed), default=str)[:_SHOWN]
            title = "Client does not give back what it was given"
            self.fails(GIVES_BACK, title, f"given back: {back}", self._clause(answer))

    def _server(self, answer: Answer, given: Input) -> None:
        schema = self.world.api.schema
        seen = judging.judge_answer(schema, self.operation, dict(given.path), self._judged(answer))
        contract, status = self.world.api.contract, answer.status
        wrong = [
            Wrong(
                check,
                judging.title_of(one),
                one.message,
                judging.clause_of(contract, self.operation, status, one),
            )
            for check, one in seen.items()
        ]
        self.counts(judging.CHECKS, wrong)
        check, title = judging.REFUSAL
        part = "requestBody" if "requestBody" in self.operation.node else "parameters"
        refused = judging.is_wrong_refusal(self.operation, answer.status, answer.body)
        found = [Wrong(check, title, "", f"{self.operation.pointer}/{part}")] if refused else []
        self.counts([check], found)

    def _judged(self, answer: Answer) -> JudgedResponse:
        """The answer as schemathesis takes it."""
        sent = self.seen[-1]
        request = requests.Request(sent.method, self._url(), data=sent.body or None).prepare()
        headers = {name: [value] for name, value in answer.headers.items()}
        return JudgedResponse(answer.status, headers, answer.body, request, 0.0, verify=False)

    def _clause(self, answer: Answer) -> str:
        return self.world.api.contract.clause(self.operation, answer.status)

    def _url(self) -> str:
        target = urlsplit(self.world.api.target)
        return f"{target.scheme}://{target.netloc}{self.seen[-1].target}"

    def _curl(self) -> str:
        if not self.seen:
            return ""
        sent, key = self.seen[-1], self.world.api.api_key
        return curl.command(sent.method, self._url(), dict(sent.headers), sent.body, secret=key)

    def _shown_answer(self) -> str:
        answer = self.seen[-1].answer if self.seen else None
        if answer is None:
            return ""
        return f"{answer.status}: {answer.body[:_SHOWN].decode('utf-8', 'backslashreplace')}"
