"""Requests of the scenarios: each answer is checked against the document, each claim counted.

May import: requests, the contract, fuzzing's schema, findings, curl.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self, cast
from urllib.parse import quote

import requests
from schemathesis import checks as general
from schemathesis.core.failures import Failure as Seen
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi

from ionq_conformance import curl
from ionq_conformance.contract import Contract, Json, Operation
from ionq_conformance.findings import Failure, Findings

__all__ = ["Api", "NoAnswerError", "Reply"]

_TIMEOUT: Final = 60.0
_SHOWN: Final = 600
# Schemathesis leaves type arguments out, so that what takes them is of unknown type.
_GENERAL: Final[Any] = general
_OPENAPI: Final[Any] = openapi
_CHECKS: Final[list[Any]] = [
    _GENERAL.not_a_server_error,
    _OPENAPI.status_code_conformance,
    _OPENAPI.content_type_conformance,
    _OPENAPI.response_schema_conformance,
]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        operation: What was asked for.
        status: HTTP status.
        body: The JSON value; None where it is none.
        curl: The request as a command.
        text: The body as text, shortened.
    """

    operation: Operation
    status: int
    body: Any
    curl: str
    text: str

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

    def items(self, name: str) -> list[Json]:
        """The objects of a list in the body."""
        found: object = self.object.get(name)
        if not isinstance(found, list):
            return []
        return [cast("Json", one) for one in cast("list[object]", found) if isinstance(one, dict)]


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
        scenario: The scenario that runs.
    """

    contract: Contract
    schema: Any
    url: str
    target: str
    api_key: str
    findings: Findings
    progress: Callable[[str, str], None]
    scenario: str = ""
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
        self.progress(f"scenario {self.scenario}", operation.label)
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
            _json(response),
            self._curl(response.request),
            _text(response),
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
                phase=f"scenario {self.scenario}",
            )
        )

    def claim(self, check: str, holds: bool, title: str, *replies: Reply, clause: str = "") -> bool:
        """Count a judgement that no schema can make.

        Args:
            check: Its name.
            holds: Whether it is as it should be.
            title: What is wrong where it is not.
            replies: What it was seen in; the last names the operation.
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
                message="\n".join(f"{one.status}: {one.text}" for one in replies),
                clause=clause or self.contract.clause(last.operation, last.status),
                curl="\n".join(one.curl for one in replies),
                phase=f"scenario {self.scenario}",
            )
        )
        return False

    def _judge(self, reply: Reply, response: requests.Response, parts: tuple[str, ...]) -> None:
        operation = reply.operation
        names = re.findall(r"\{([^}]*)\}", operation.path)
        case = self.schema[operation.path][operation.method].Case(
            path_parameters=dict(zip(names, parts, strict=True))
        )
        seen: dict[str, Seen] = {}
        try:
            case.validate_response(response, checks=_CHECKS)
        except FailureGroup as group:
            seen = {_check_of(one): one for one in group.exceptions}
        for check in _CHECKS:
            name = str(check.__name__)
            if name not in seen:
                self.findings.passed(operation.label, name)
                continue
            self.claim(name, False, seen[name].title, reply)

    def _curl(self, request: requests.PreparedRequest) -> str:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        return curl.command(
            request.method or "GET",
            (request.url or "").replace(self.url, self.target, 1),
            request.headers,
            body if isinstance(body, bytes) else None,
            secret=self.api_key,
        )


def _check_of(seen: Seen) -> str:
    names = {check.__name__ for check in _CHECKS}
    return next((name for name in seen.checks if name in names), "not_a_server_error")


def _path(template: str, parts: tuple[str, ...]) -> str:
    pieces = template.split("{")
    path = pieces[0]
    for part, piece in zip(parts, pieces[1:], strict=True):
        path += quote(part, safe="") + piece.partition("}")[2]
    return path


def _json(response: requests.Response) -> Any:
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return None


def _text(response: requests.Response) -> str:
    return response.content[:_SHOWN].decode("utf-8", "backslashreplace")
