"""The gate every request passes: key, body, faults, handler, check, log.

May import: starlette and everything of the emulator but the server. The one place that turns
exceptions into IonQ's error bodies.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response, StreamingResponse

from ionq_emulator.auth import Identity
from ionq_emulator.connection import CutResponse
from ionq_emulator.contract import VERSIONS, load
from ionq_emulator.errors import ApiError, not_found
from ionq_emulator.faults import Fault, FaultRules, Matched
from ionq_emulator.http import Answer, Call, Operation, read_body
from ionq_emulator.request_log import RequestLog
from ionq_emulator.responses import ResponseChecker

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    from ionq_emulator.cloud import Cloud

__all__ = ["Gate"]

_LOG = logging.getLogger("ionq_emulator")
_NOBODY = Identity("", "", "", "", "", "", "", admin=False)
# What is read and checked beside other requests, in bytes.
_LONG_BODY = 32_768
_HTML = "<html><body><h1>Bad gateway</h1></body></html>"


@dataclass(slots=True)
class _Passage:
    """One request on its way."""

    request: Request
    operation: Operation
    identity: Identity = _NOBODY
    body: bytes = b""

    @property
    def project_id(self) -> str | None:
        return self.identity.project_id or None


class Gate:
    """Lets requests through to their handlers.

    Args:
        cloud: Whose keys and clock count.
        check: Check every answer against the contract; a violation becomes a 500.
    """

    def __init__(self, cloud: Cloud, *, check: bool) -> None:
        self.faults = FaultRules()
        self.log = RequestLog()
        self._cloud = cloud
        self._checkers = (
            {version: ResponseChecker(load(version)) for version in VERSIONS} if check else {}
        )

    async def pass_through(self, operation: Operation, request: Request) -> Response:
        """Answer a request of the emulated API."""
        began = time.perf_counter()
        passage = _Passage(request, operation)
        faults = Matched()
        try:
            if not operation.public:
                passage.identity = self._cloud.keys.identify(request.headers.get("authorization"))
            faults = self.faults.match(operation.name, request.method, passage.project_id)
            if delay := faults.seconds("latency"):
                await asyncio.sleep(delay)
            passage.body = await read_body(request)
            answer = self._early(faults) or await self._carry_out(passage, faults)
        except ApiError as error:
            answer = _failure(error)
        except OSError as error:
            _LOG.exception("the database cannot be written")
            answer = _failure(_bug(f"The database cannot be written: {error}"))
        return self._send(passage, answer, faults, began)

    async def refuse(self, request: Request, error: HTTPException) -> Response:
        """Answer a request for which there is no route."""
        if error.status_code == HTTPStatus.NOT_FOUND:
            answer = _failure(not_found())
        else:
            answer = _failure(ApiError(error.status_code, error.detail, error.detail))
        answer.headers.update(error.headers or {})
        nowhere = Operation("", request.method, request.url.path, lambda _call: answer)
        return self._send(_Passage(request, nowhere), answer, Matched(), time.perf_counter())

    # -- handler --------------------------------------------------------------------------------

    async def _carry_out(self, passage: _Passage, faults: Matched) -> Answer:
        if passage.operation.slow or len(passage.body) > _LONG_BODY:
            answer = await asyncio.to_thread(self._answer, passage, faults)
        else:
            answer = self._answer(passage, faults)
        if passage.operation.method != "GET" and self._cloud.store.on_disk:
            # What was accepted is on disk before anybody hears of it.
            await asyncio.to_thread(self._cloud.store.flush)
        return answer

    def _answer(self, passage: _Passage, faults: Matched) -> Answer:
        request, operation = passage.request, passage.operation
        call = Call(passage.identity, request.path_params, request.query_params, passage.body)
        call.lag_ms = round(faults.seconds("lag") * 1000)
        try:
            answer = operation.handler(call)
        except ApiError as error:
            answer = _failure(error)
        except Exception:  # noqa: BLE001 (a handler's bug is a 500, never a dropped connection)
            _LOG.exception("%s %s", request.method, request.url.path)
            answer = _failure(_bug("The emulator failed; see its log"))
        return self._checked(operation, answer)

    def _checked(self, operation: Operation, answer: Answer) -> Answer:
        checker = self._checkers.get(operation.version)
        if checker is None or answer.stream is not None:
            return answer
        problems = checker.problems(operation.name, answer.status, answer.media_type, answer.body)
        if not problems:
            return answer
        text = f"{operation.name} answered against the contract: {'; '.join(problems)}"
        _LOG.error("%s", text)
        return _failure(_bug(text))

    # -- faults ---------------------------------------------------------------------------------

    def _early(self, faults: Matched) -> Answer | None:
        """An answer in place of the handler's: the request has no effect."""
        if faults.first("drop", when="before"):
            return Answer(b"", 0)
        fault = faults.first("status", when="before")
        return _faulty(fault) if fault else None

    def _send(self, passage: _Passage, answer: Answer, faults: Matched, began: float) -> Response:
        """The handler's answer, or what the faults make of it."""
        if answer.stream is not None and faults.first("truncate", "garble"):
            answer.body, answer.stream = b"".join(answer.stream), None
        fault = faults.first("status", when="after")
        if fault is not None and answer.status:
            answer = _faulty(fault)
        garbled = faults.first("garble")
        if garbled is not None:
            answer.body = (garbled.body or _HTML).encode()
        dropped = not answer.status or faults.first("drop", when="after") is not None
        request_id = secrets.token_hex(16)
        request = passage.request
        self.log.add(
            at_ms=self._cloud.clock.now(),
            method=request.method,
            path=request.url.path,
            query=request.url.query,
            operation=passage.operation.name or None,
            project_id=passage.project_id,
            status=None if dropped else answer.status,
            duration_ms=round((time.perf_counter() - began) * 1000, 3),
            request_id=request_id,
            request_body=passage.body,
            response_body=answer.body,
            faults=faults.names,
        )
        if dropped:
            return CutResponse()
        return _response(answer, request_id, truncated=faults.first("truncate") is not None)


def _response(answer: Answer, request_id: str, *, truncated: bool) -> Response:
    headers = {"x-request-id": request_id, **answer.headers}
    if truncated:
        return CutResponse(
            answer.body,
            sent=len(answer.body) // 2,
            status_code=answer.status,
            headers=headers,
            media_type=answer.media_type,
        )
    if answer.stream is not None:
        return StreamingResponse(
            answer.stream, answer.status, headers, media_type=answer.media_type
        )
    return Response(answer.body, answer.status, headers, media_type=answer.media_type)


def _failure(error: ApiError) -> Answer:
    return Answer(orjson.dumps(error.body), error.status, headers=dict(error.headers))


def _faulty(fault: Fault) -> Answer:
    if fault.body is not None:
        return Answer(fault.body.encode(), fault.status, headers=dict(fault.headers))
    name = HTTPStatus(fault.status).phrase if fault.status in _KNOWN else "Error"
    error = ApiError(fault.status, name, f"Fault {fault.id}", headers=fault.headers)
    return _failure(error)


_KNOWN = frozenset(status.value for status in HTTPStatus)


def _bug(message: str) -> ApiError:
    return ApiError(500, "Internal Server Error", message)
