"""The transport beneath every request: deadline, retries, pacing, hooks, limits, and the key.

May import: ionq_direct._http, _concurrency and this package's modules without I/O.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypeVar, cast

from ionq_direct._body import BodyReader, BrokenBody, RefusedBody
from ionq_direct._call import Call, Fault
from ionq_direct._concurrency import (
    AsyncClock,
    AsyncLimiter,
    AsyncLocal,
    async_deadline,
)
from ionq_direct._concurrency import async_call as async_notify
from ionq_direct._http import (
    URL,
    AsyncBaseTransport,
    AsyncByteStream,
    LibraryError,
    Request,
    Response,
    async_connect,
    fault_of,
    follow_up,
    is_redirect,
    is_repeatable,
    set_body,
    wire_request,
)
from ionq_direct._pacing import Pacing
from ionq_direct._paths import check_path
from ionq_direct._retry import RETRIED_STATUSES, TOO_MANY_REQUESTS, Decision, Failure, decide
from ionq_direct._retry_after import retry_after_from
from ionq_direct._transport_config import ATTEMPTS, CALL_OPTIONS, CallOptions, TransportConfig
from ionq_direct.errors import ConfigurationError
from ionq_direct.hooks import RequestView, ResponseView, RetryView

__all__ = ["AsyncTransport"]

_MOST_REDIRECTS: Final = 5
_DEFAULT_CALL: Final = CallOptions()
# The limits of connect, read and write, which say more, go first when they end with the deadline.
_GRACE_S: Final = 0.02

View = TypeVar("View", RequestView, ResponseView, RetryView)


@dataclass(frozen=True, slots=True)
class AsyncWire:
    """What belongs to one process and event loop: its connections, and who may use them."""

    transport: AsyncBaseTransport
    limiter: AsyncLimiter


class AsyncTransport(AsyncBaseTransport):
    """Sends the requests of one client to one origin.

    Each call: checked, then attempt by attempt throttled, held back while the server wants rest,
    shown to hooks, sent with the key, answered with its body read, decided upon. All of it within
    the call's total time. Safe to share between threads and tasks; a forked process, and another
    event loop, get connections of their own.
    """

    def __init__(
        self,
        config: TransportConfig,
        *,
        clock: AsyncClock | None = None,
        pacing: Pacing | None = None,
        connector: Callable[[], AsyncBaseTransport] | None = None,
        wires: AsyncLocal[AsyncWire] | None = None,
    ) -> None:
        """Make a transport; it connects when it is first used.

        Args:
            config: How it behaves.
            clock: Time; tests replace it.
            pacing: What it shares with the client's other transports; its own when None.
            connector: Makes the transport beneath; the HTTP library's when None.
            wires: Connections of another transport, which is the one to close them.
        """
        self._config = config
        self._clock = clock or AsyncClock()
        self._pacing = pacing or Pacing(budget=config.retry.budget, throttle=config.throttle)
        self._origin = _origin_of(URL(config.base.text))

        def wire() -> AsyncWire:
            made = connector() if connector else async_connect(config.connection, config.base)
            return AsyncWire(made, AsyncLimiter(config.throttle.concurrency))

        self._wires = wires or AsyncLocal(wire)
        self._owner = wires is None
        if self._pacing.first_use():
            config.base.warn_if_insecure(verified=config.connection.verify is not False)

    def sibling(self, config: TransportConfig) -> AsyncTransport:
        """A transport that behaves otherwise, over the same connections, which it does not close.

        Args:
            config: Its behaviour; the same base URL, throttle and connection.
        """
        return AsyncTransport(config, clock=self._clock, pacing=self._pacing, wires=self._wires)

    async def aclose(self) -> None:
        """Close the connections of this process and event loop. Others cannot be closed here."""
        if self._owner:
            for wire in self._wires.drain():
                await wire.transport.aclose()

    async def handle_async_request(self, request: Request) -> Response:
        """Send a request and read its answer.

        Raises:
            ConfigurationError: It would go to another origin than the client's.
            InvalidArgument: A segment of its path is empty, a dot segment, or holds a slash.
            ConnectionFailed: No attempt brought a whole answer, or one was refused.
            RequestTimeout: No attempt was answered in time, or the call's total time is over.
        """
        options: CallOptions = request.extensions.get(CALL_OPTIONS, _DEFAULT_CALL)
        self._check_target(request.url)
        call = Call(
            request.method,
            self._shown(request.url),
            options.total or self._config.timeouts.total,
            self._clock.monotonic,
        )
        response = await self._answer(call, request, options)
        if is_redirect(response):
            response = await self._follow(call, request, response, options)
        response.extensions[ATTEMPTS] = call.attempt
        response.elapsed = timedelta(seconds=call.elapsed)
        return response

    # --- Where to ---

    def _check_target(self, url: URL) -> None:
        if _origin_of(url) != self._origin:
            raise ConfigurationError(
                f"refused to send to {url.scheme}://{url.netloc.decode('ascii')}: "
                f"this client and its key belong to {self._config.base.origin}"
            )
        check_path(url.raw_path.partition(b"?")[0].decode("ascii"))

    def _shown(self, url: URL) -> str:
        return self._config.base.origin + url.raw_path.partition(b"?")[0].decode("ascii")

    async def _follow(
        self, call: Call, request: Request, response: Response, options: CallOptions
    ) -> Response:
        """Follow redirects as far as they stay at our origin, if they are to be followed."""
        for _ in range(_MOST_REDIRECTS):
            following = follow_up(request, response)
            if following is None:
                raise call.error(_refused("the answer redirects to what is no URL"))
            if not self._config.connection.follow_redirects or request.method not in {
                "GET",
                "HEAD",
            }:
                return response
            request = following
            if _origin_of(request.url) != self._origin:
                raise call.error(
                    _refused(
                        f"the answer redirects to {request.url.scheme}://{request.url.host}, and "
                        f"the key is for {self._config.base.origin} only"
                    )
                )
            self._check_target(request.url)
            call.redirect(self._shown(request.url))
            response = await self._answer(call, request, options)
            if not is_redirect(response):
                return response
        raise call.error(_refused(f"more than {_MOST_REDIRECTS} redirects"))

    # --- Attempts ---

    async def _answer(self, call: Call, request: Request, options: CallOptions) -> Response:
        """Send until there is an answer to give back, or an error to raise."""
        while True:
            outcome = await self._attempt(call, request)
            decision = self._decide(call, request, outcome, options)
            if not decision.retry:
                return self._end(call, outcome, decision)
            call.log_retry(decision)
            status = outcome.status_code if isinstance(outcome, Response) else None
            if self._config.hooks.on_retry is not None:
                view = call.retry_view(status, decision)
                await self._tell(call, self._config.hooks.on_retry, view)
            await self._clock.sleep(decision.delay)

    async def _attempt(self, call: Call, request: Request) -> Response | Fault:
        """Send once, when it is our turn."""
        if self._wires.closed:
            raise ConfigurationError("the client is closed")
        call.attempt += 1
        wire = self._wires.get()
        patience = self._config.timeouts.pool
        if not await wire.limiter.acquire(min(patience, call.remaining)):
            message = f"no free slot within {patience:g} s (throttle)"
            return self._failed(call, Fault(Failure.NOT_SENT, message, patience, sent=False))
        try:
            await self._admit(call)
            if self._config.hooks.on_request is not None:
                view = call.request_view(request.headers)
                await self._tell(call, self._config.hooks.on_request, view)
            outcome = await self._exchange(call, wire.transport, request)
        finally:
            wire.limiter.release()
        if isinstance(outcome, Fault):
            return self._failed(call, outcome)
        call.log_answer(outcome.status_code, outcome.headers)
        if self._config.hooks.on_response is not None:
            answered = call.response_view(outcome.status_code, outcome.headers)
            await self._tell(call, self._config.hooks.on_response, answered)
        return outcome

    async def _admit(self, call: Call) -> None:
        """Wait until the cool-down is over and the rate allows one more.

        Raises:
            RequestTimeout: That would be at or after the deadline.
        """
        pacing = self._pacing
        admitted = False
        while not admitted:
            now = self._clock.monotonic()
            wait = pacing.cool_down.remaining(now)
            if not wait:
                wait = pacing.rate.reserve(now, call.remaining)
                admitted = True
            if wait >= call.remaining:
                call.attempt -= 1  # this one does not take place
                raise call.timed_out(
                    f"the call's {call.total:g} s are over, or will be, before it may be sent",
                    call.total,
                )
            if wait:
                await self._clock.sleep(wait)
                # Somebody may have been told to slow down meanwhile.
                admitted = admitted and not pacing.cool_down.remaining(self._clock.monotonic())

    async def _exchange(
        self, call: Call, transport: AsyncBaseTransport, request: Request
    ) -> Response | Fault:
        """Send the request, with the key, and read the answer; all that can go wrong is a Fault."""
        config = self._config
        outside = sys.exception()
        try:
            async with async_deadline(call.remaining + _GRACE_S):
                response = await transport.handle_async_request(
                    wire_request(request, config.secret, config.timeouts, call.remaining)
                )
                call.sent = True
                await _read(response, config)
        except LibraryError as error:
            return fault_of(error, request, config.timeouts)
        except TimeoutError:
            return Fault(Failure.TIMED_OUT, "no whole answer in time", call.total)
        except RefusedBody as error:
            return Fault(Failure.HOPELESS, str(error), sent=True)
        except BrokenBody as error:
            return Fault(Failure.LOST, str(error), sent=True)
        except Exception as error:  # noqa: BLE001 - a transport of the user's may raise anything
            return Fault(Failure.HOPELESS, f"{type(error).__name__}: {error}")
        except BaseException as error:  # noqa: BLE001 - and raised again
            # Ctrl-C or a cancellation, on its way up from frames that hold the key.
            error.__context__ = outside
            raise error.with_traceback(None)  # noqa: B904 - it is the same exception
        return response

    def _failed(self, call: Call, fault: Fault) -> Fault:
        """The fault, fit for users' eyes, and remembered."""
        secret = self._config.secret
        message = secret.redact(fault.message) if secret else fault.message
        fault = replace(fault, message=message)
        if call.remaining <= 0 and fault.timeout is not None:
            message = f"the call's {call.total:g} s are over before its answer is whole"
            fault = replace(fault, message=message, timeout=call.total)
        call.note(fault)
        call.log_fault(fault)
        return fault

    # --- After an attempt ---

    def _decide(
        self, call: Call, request: Request, outcome: Response | Fault, options: CallOptions
    ) -> Decision:
        """Decide what comes next, and let all calls know when the server wants rest."""
        policy = options.retry or self._config.retry
        pacing = self._pacing
        told, retry_after = _told(outcome)
        decision = decide(
            call.method,
            told,
            call.attempt,
            policy=policy,
            retry_after=retry_after,
            remaining=call.remaining,
            resend_refused=options.resend_refused,
            rand=self._config.rand,
        )
        if told == TOO_MANY_REQUESTS:
            wanted = policy.base if retry_after is None else retry_after
            rest = decision.delay if decision.retry else wanted
            pacing.cool_down.extend(self._clock.monotonic(), rest)
        if not decision.retry:
            return decision
        if not is_repeatable(request):
            return Decision.final(f"{decision.reason}: the body cannot be sent again")
        if not pacing.budget.take(decision.cost):
            return Decision.final(f"{decision.reason}: the retry budget is used up", starved=True)
        call.spent += decision.cost
        return decision

    def _end(self, call: Call, outcome: Response | Fault, decision: Decision) -> Response:
        """Give back the answer, whatever its status, or raise the error."""
        if isinstance(outcome, Response) and outcome.status_code not in RETRIED_STATUSES:
            self._pacing.budget.give(call.spent or 1)
            return outcome
        if call.attempt > 1 or decision.starved:
            call.log_end(decision.reason)
        if isinstance(outcome, Fault):
            raise call.error(outcome)
        return outcome

    async def _tell(self, call: Call, hook: Callable[[View], object], view: View) -> None:
        """Call a hook; it cannot stop the call."""
        try:
            await async_notify(hook, view)
        except Exception as error:  # noqa: BLE001 - the user's function may raise anything
            call.log_hook_failure(error)


async def _read(response: Response, config: TransportConfig) -> None:
    """Read the body of an answer, within limits, and close its stream."""
    stream = cast("AsyncByteStream", response.stream)
    headers = response.headers
    try:
        reader = BodyReader(
            response.status_code,
            headers.get("content-encoding"),
            headers.get("content-length"),
            max_bytes=config.connection.max_response_bytes,
        )
        async for piece in stream:
            if not reader.feed(piece):
                break
    finally:
        await stream.aclose()
    body = reader.finish()
    if response.is_error and config.secret is not None:
        body = config.secret.redact_bytes(body)
    set_body(response, body, changed=reader.encoded or len(body) != reader.received)


def _told(outcome: Response | Fault) -> tuple[int | Failure, float | None]:
    """What the decision is made upon: the status or the kind of failure, and Retry-After."""
    if isinstance(outcome, Response):
        return outcome.status_code, retry_after_from(outcome.headers)
    return outcome.kind, None


def _origin_of(url: URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


def _refused(message: str) -> Fault:
    return Fault(Failure.HOPELESS, message, sent=True)
