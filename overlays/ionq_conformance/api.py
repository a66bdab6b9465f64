"""Requests of the scenarios: each answer is checked against the document, each claim counted.

May import: requests, the contract, judging, findings, curl.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self, cast
from urllib.parse import quote

import requests

from ionq_conformance import curl
from ionq_conformance.contract import Contract, Json, Operation
from ionq_conformance.findings import Failure, Findings
from ionq_conformance.judging import CHECKS, clause_of, json_of, judge_answer, title_of

__all__ = ["Api", "NoAnswerError", "Reply"]

_TIMEOUT: Final = 60.0
_SHOWN: Final = 600


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        operation: What was asked for.
        status: HTTP status.
        body: The JSON value; None where it is none.
        curl: The request as a command.
        content: The body.
    """

    operation: Operation
    status: int
    body: Any
    curl: str
    content: bytes

    @property
    def text(self) -> str:
        """The body as text, shortened."""
        return self.content[:_SHOWN].decode("utf-8", "backslashreplace")

    @property
    def fine(self) -> bool:
        """Whether it is a success."""
        return 200 <= self.status < 300

    @property
    def object(self) -> Json:
        """The body where it is an object, else an empty one."""
        return cast("Json", self.body) if isinstance(self.body, dict) else {}

    @property
    def id(self) -> str:
        """The id it names; empty where it names none."""
        found: object = self.object.get("id")
        return found if isinstance(found, str) else ""

    @property
    def objects(self) -> list[Json]:
        """The objects of a body that is a list."""
        return _objects(self.body)

    def items(self, name: str) -> list[Json]:
        """The objects of a list in the body."""
        return _objects(self.object.get(name))


def _objects(value: object) -> list[Json]:
    if not isinstance(value, list):
        return []
    return [cast("Json", one) for one in cast("list[object]", value) if isinstance(one, dict)]


class NoAnswerError(Exception):
    """The connection was cut, or nothing came in time; it is counted as a failure already."""


@dataclass(slots=True)
class Api:
    """The server as scenarios use it.

    Attributes:
        contract: The document.
        schema: The same as schemathesis holds it: it judges the answers.
        url: Where requests go.
        target: The server behind it, for curl commands.
        api_key: Of the owner.
        findings: Is added to.
        progress: Told (phase, operation).
        phase: What part of the suite asks.
    """

    contract: Contract
    schema: Any
    url: str
    target: str
    api_key: str
    findings: Findings
    progress: Callable[[str, str], None]
    phase: str = ""
    _session: requests.Session = field(default_factory=requests.Session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def call(
        self,
        name: str,
        *parts: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        key: str | None = "",
    ) -> Reply:
        """Send a request, and judge its answer by the document.

        Args:
            name: The `operationId`.
            parts: Its path parameters in order.
            query: Query parameters.
            body: JSON body; None: none.
            key: Another API key; None: no key at all; empty: the owner's.
        """
        operation = self.contract.operations[name]
        self.progress(self.phase, operation.label)
        path = _path(operation.path, parts)
        headers = {} if key is None else {"Authorization": f"apiKey {key or self.api_key}"}
        try:
            response = self._session.request(
                operation.method,
                self.url + path,
                params=query,
                json=body,
                headers=headers,
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            self._unanswered(operation, error)
            raise NoAnswerError(operation.label) from error
        reply = Reply(
            operation,
            response.status_code,
            json_of(response.content),
            self._curl(response.request),
            response.content,
        )
        self.findings.case(operation.label)
        self._judge(reply, response, parts)
        return reply

    def _unanswered(self, operation: Operation, error: requests.RequestException) -> None:
        request = error.request
        self.findings.case(operation.label)
        self.findings.failed(
            Failure(
                operation=operation.label,
                check="answers",
                title="No answer",
                message=type(error).__name__,
                clause=f"{operation.pointer}/responses",
                curl=self._curl(request) if isinstance(request, requests.PreparedRequest) else "",
                phase=self.phase,
            )
        )

    def claim(
        self,
        check: str,
        holds: bool,
        title: str,
        *replies: Reply,
        detail: str = "",
        clause: str = "",
    ) -> bool:
        """Count a judgement that no schema can make.

        Args:
            check: Its name.
            holds: Whether it is as it should be.
            title: What is wrong where it is not: the same words in each run.
            replies: What it was seen in; the last names the operation.
            detail: What it was this time.
            clause: JSON pointer; default: the document's words on the last answer.

        Returns:
            Whether it holds.
        """
        last = replies[-1]
        if holds:
            self.findings.passed(last.operation.label, check)
            return True
        self.findings.failed(
            Failure(
                operation=last.operation.label,
                check=check,
                title=title,
                message="\n".join(
                    [*filter(None, [detail]), *(f"{one.status}: {one.text}" for one in replies)]
                ),
                clause=clause or self.contract.clause(last.operation, last.status),
                curl="\n".join(one.curl for one in replies),
                phase=self.phase,
            )
        )
        return False

    def _judge(self, reply: Reply, response: requests.Response, parts: tuple[str, ...]) -> None:
        operation = reply.operation
        names = re.findall(r"\{([^}]*)\}", operation.path)
        path_parameters = dict(zip(names, parts, strict=True))
        wrong = judge_answer(self.schema, operation, path_parameters, response)
        for check in CHECKS:
            seen = wrong.get(check)
            if seen is None:
                self.claim(check, True, "", reply)
                continue
            at = clause_of(self.contract, operation, reply.status, seen)
            self.claim(check, False, title_of(seen), reply, detail=seen.message, clause=at)

    def _curl(self, request: requests.PreparedRequest) -> str:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        return curl.command(
            request.method or "GET",
            (request.url or "").replace(self.url, self.target, 1),
            request.headers,
            body if isinstance(body, bytes) else None,
            secret=self.api_key,
        )


def _path(template: str, parts: tuple[str, ...]) -> str:
    pieces = template.split("{")
    path = pieces[0]
    for part, piece in zip(parts, pieces[1:], strict=True):
        path += quote(part, safe="") + piece.partition("}")[2]
    return path
