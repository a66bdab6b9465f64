"""Every error that this library raises. May import: the standard library and _error_body.

    IonQError
    ├── ConfigurationError            no key, a malformed base URL, an option out of range
    ├── InvalidArgument (ValueError)  refused before sending: the argument's name, value, rule
    ├── InvalidJob (ValueError)       refused before sending: JSON path, value, rule
    ├── InvalidDistribution (ValueError)   probabilities that are none
    ├── APIError                      the server answered with an error status
    │   ├── BadRequest                400
    │   ├── Unauthorized              401
    │   ├── Forbidden                 403
    │   ├── NotFound                  404
    │   ├── Conflict                  409
    │   ├── PayloadTooLarge           413
    │   ├── RateLimited               429
    │   └── ServerError               500-599
    ├── ConnectionFailed (ConnectionError)   no answer: DNS, TLS, refused, dropped
    ├── RequestTimeout (TimeoutError)        no answer in time, or the call's deadline passed
    ├── SubmissionUnknown             a job may or may not exist; look its tag up
    ├── SubmissionsFailed             some of many submissions made no job; tells of each
    ├── NotSubmitted                  one of many, not tried: an earlier failure stopped the run
    ├── ShotsUnknown                  counts asked of a job whose shots nobody told
    ├── JobError
    │   ├── JobFailed                 the job ended as failed
    │   ├── JobCanceled               the job ended as canceled
    │   ├── JobDeleted                the job is gone, with its results
    │   ├── JobTimeout (TimeoutError) the job had not ended by the deadline
    │   └── NoResults                 the job has completed without the result asked for
    ├── CircuitUnavailable            IonQ has published no compiled circuit in that form
    ├── DecodeError                   strict mode: an answer strays from the contract
    └── MissingExtra (ImportError)    an optional dependency is not installed

All of them pickle and copy with every attribute. None of them holds a request header.
"""

# ruff: noqa: N818 - the names are the library's public contract

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ionq_direct._error_body import ErrorBody, read_error_body
from ionq_direct._retry_after import retry_after_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ionq_direct.submissions import SubmissionOutcome

__all__ = [
    "APIError",
    "BadRequest",
    "CircuitUnavailable",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "DecodeError",
    "Forbidden",
    "InvalidArgument",
    "InvalidDistribution",
    "InvalidJob",
    "IonQError",
    "JobCanceled",
    "JobDeleted",
    "JobError",
    "JobFailed",
    "JobTimeout",
    "MissingExtra",
    "NoResults",
    "NotFound",
    "NotSubmitted",
    "PayloadTooLarge",
    "RateLimited",
    "RequestTimeout",
    "ServerError",
    "ShotsUnknown",
    "SubmissionUnknown",
    "SubmissionsFailed",
    "Unauthorized",
    "error_for",
]

_SHORTENED = reprlib.Repr()
_SHORTENED.maxstring = _SHORTENED.maxother = _SHORTENED.maxlong = 80


class IonQError(Exception):
    """Root of every error of this library.

    Attributes:
        message: What went wrong, never empty.
    """

    message: str

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # The default calls the class with `args`, which fails for keyword-only parameters.
        state = {name: _portable(value) for name, value in self.__dict__.items()}
        return _rebuild, (type(self), self.args, state)

    def __copy__(self) -> IonQError:
        return _rebuild(type(self), self.args, self.__dict__)


def _rebuild(
    cls: type[IonQError], args: tuple[object, ...], state: Mapping[str, object]
) -> IonQError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _portable(value: object) -> object:
    """The value, or its repr when it does not pickle: an error has to cross a process boundary."""
    import pickle  # noqa: PLC0415 - whoever gets here has it loaded

    try:
        pickle.dumps(value)
    except Exception:  # noqa: BLE001 - __reduce__ of a foreign object may raise anything
        return _short(value)
    return value


def _short(value: object) -> str:
    return _SHORTENED.repr(value)


class ConfigurationError(IonQError):
    """The client cannot be set up as asked, for example without an API key."""


class InvalidArgument(IonQError, ValueError):
    """An argument that cannot go into a request, caught before it is sent.

    Attributes:
        name: The argument.
        value: The offending value.
        rule: The rule it breaks, as a sentence.
    """

    name: str
    value: object
    rule: str

    def __init__(self, *, name: str, value: object, rule: str) -> None:
        super().__init__(f"{name}: {rule} (got {_short(value)})")
        self.name = name
        self.value = value
        self.rule = rule


class InvalidJob(IonQError, ValueError):
    """A job that IonQ would refuse, caught before it is sent.

    Attributes:
        path: JSON path of the offending value, such as `$.input.circuit[3].target`.
        value: The offending value; None when it is absent.
        rule: The rule it breaks, as a sentence.
    """

    path: str
    value: object
    rule: str

    def __init__(self, *, path: str, value: object, rule: str) -> None:
        super().__init__(f"{path}: {rule} (got {_short(value)})")
        self.path = path
        self.value = value
        self.rule = rule


class InvalidDistribution(IonQError, ValueError):
    """A mapping that is no probability distribution over decimal outcomes.

    Attributes:
        key: The offending key, or None when the distribution as a whole is at fault.
        value: The offending probability, or the sum of all.
    """

    key: object
    value: object

    def __init__(self, message: str, *, key: object = None, value: object = None) -> None:
        super().__init__(message)
        self.key = key
        self.value = value


class APIError(IonQError):
    """The server answered with an error status.

    Attributes:
        status: HTTP status code.
        code: The server's name for the error (`"Bad Request"`, `"rate_limited"`, ...), if any.
        message: The server's message, or a description of the body when it holds none.
        request_id: The `x-request-id` of the answer, for IonQ's support.
        body: The answer's body as text, at most 64 KiB.
        retry_after: Seconds the server asks to wait, 0 to 300, or None.
        attempts: How often the request was sent.
        method: HTTP method.
        url: Where it was sent, without query.
    """

    status: int
    code: str | None
    request_id: str | None
    body: str
    retry_after: float | None
    attempts: int
    method: str | None
    url: str | None

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str | None = None,
        request_id: str | None = None,
        body: str = "",
        retry_after: float | None = None,
        attempts: int = 1,
        method: str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.body = body
        self.retry_after = retry_after
        self.attempts = attempts
        self.method = method
        self.url = _bare_url(url)

    @property
    def details(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is none."""
        return ErrorBody.parse(self.body).fields

    @property
    def invalid_keys(self) -> tuple[str, ...]:
        """Names of the parameters that the server refused, where it says (`validation.keys`)."""
        return ErrorBody.parse(self.body).invalid_keys

    def __str__(self) -> str:
        told = [_endpoint(self.method, self.url)] if self.url else []
        if self.request_id:
            told.append(f"request {self.request_id}")
        if self.attempts > 1:
            told.append(f"{self.attempts} attempts")
        if self.retry_after is not None:
            told.append(f"retry after {self.retry_after:g} s")
        return f"HTTP {self.status}: {self.message}" + (f" [{', '.join(told)}]" if told else "")


class BadRequest(APIError):
    """400: the request's syntax or structure is wrong."""


class Unauthorized(APIError):
    """401: the API key is missing or not valid."""


class Forbidden(APIError):
    """403: the key is valid and lacks the right."""


class NotFound(APIError):
    """404: no such resource, none yet (results of a running job), or none for this key."""


class Conflict(APIError):
    """409: in practice a DNS failure at IonQ's front (Cloudflare error 1001)."""


class PayloadTooLarge(APIError):
    """413: the request body exceeds 10 MB."""


class RateLimited(APIError):
    """429: too many requests; see `retry_after`."""


class ServerError(APIError):
    """500-599: the service, or the proxy before it, failed."""


class ConnectionFailed(IonQError, ConnectionError):
    """No answer came: DNS, TLS, connection refused or dropped.

    Attributes:
        method: HTTP method.
        url: Where it was sent, without query.
        attempts: How often the request was sent.
        sent: Whether the server may have received it: False when it certainly has not, in any
            attempt; None when that is not known.
    """

    method: str | None
    url: str | None
    attempts: int
    sent: bool | None

    def __init__(
        self,
        message: str,
        *,
        method: str | None = None,
        url: str | None = None,
        attempts: int = 1,
        sent: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.url = _bare_url(url)
        self.attempts = attempts
        self.sent = sent

    def __str__(self) -> str:
        return _with_endpoint(self.message, self.method, self.url, self.attempts)


class RequestTimeout(IonQError, TimeoutError):
    """No answer came in time.

    Attributes:
        method: HTTP method.
        url: Where it was sent, without query.
        attempts: How often the request was sent.
        timeout: The limit that passed, in seconds.
        sent: Whether the server may have received it: False when it certainly has not, in any
            attempt; None when that is not known.
    """

    method: str | None
    url: str | None
    attempts: int
    timeout: float | None
    sent: bool | None

    def __init__(
        self,
        message: str,
        *,
        method: str | None = None,
        url: str | None = None,
        attempts: int = 1,
        timeout: float | None = None,
        sent: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.url = _bare_url(url)
        self.attempts = attempts
        self.timeout = timeout
        self.sent = sent

    def __str__(self) -> str:
        return _with_endpoint(self.message, self.method, self.url, self.attempts)


class SubmissionUnknown(IonQError):
    """A job was sent and it cannot be told whether IonQ has it.

    Attributes:
        tag: The submission's tag in the job's metadata; `find_submission(tag)` settles it later.
    """

    tag: str

    def __init__(self, tag: str, message: str | None = None) -> None:
        super().__init__(message or "it is not known whether IonQ received the job")
        self.tag = tag

    def __str__(self) -> str:
        return f"{self.message} [tag {self.tag}: settle it with find_submission({self.tag!r})]"


class SubmissionsFailed(IonQError):
    """Some of many submissions did not make a job.

    Attributes:
        outcomes: What became of each payload, in order; those that did make a job carry its id.
    """

    outcomes: tuple[SubmissionOutcome, ...]

    def __init__(self, outcomes: Iterable[SubmissionOutcome]) -> None:
        self.outcomes = tuple(outcomes)
        failed = [outcome for outcome in self.outcomes if outcome.error is not None]
        skipped = sum(isinstance(outcome.error, NotSubmitted) for outcome in failed)
        told = next((o for o in failed if not isinstance(o.error, NotSubmitted)), failed[0])
        super().__init__(
            f"{len(failed)} of {len(self.outcomes)} submissions made no job"
            + (f", {skipped} of them were not tried" if skipped else "")
            + f"; the first: payload {told.position}: {told.error}"
        )


class NotSubmitted(IonQError):
    """One of many submissions was not tried, since an earlier failure had stopped the run."""


class ShotsUnknown(IonQError):
    """Counts were asked of a job whose number of shots is not known.

    IonQ does not report shots for jobs on the ideal simulator; give them to
    `job.result(shots=...)` or `result.get_counts(shots=...)`.
    """


class JobError(IonQError):
    """A job did not end with a result.

    Attributes:
        job_id: The job.
    """

    job_id: str

    def __init__(self, message: str, *, job_id: str) -> None:
        super().__init__(message)
        self.job_id = job_id

    def __str__(self) -> str:
        return f"job {self.job_id}: {self.message}"


class JobFailed(JobError):
    """The job ended as `failed`.

    Attributes:
        code: IonQ's failure code, such as `NotEnoughQubits`; not limited to the published list.
        message: IonQ's explanation.
    """

    code: str | None

    def __init__(
        self, message: str = "failed without a message", *, job_id: str, code: str | None = None
    ) -> None:
        super().__init__(message, job_id=job_id)
        self.code = code

    @classmethod
    def from_failure(cls, job_id: str, failure: Mapping[str, object] | None) -> JobFailed:
        """Make the error from a job's `failure` object.

        The spec names the text `message`; v0.3 and the fixtures of other SDKs name it `error`.

        Args:
            job_id: The job.
            failure: The job's `failure`, null included.
        """
        told = failure or {}
        texts = (told.get(name) for name in ("message", "error"))
        message = next((text for text in texts if isinstance(text, str) and text.strip()), None)
        code = told.get("code")
        return cls(
            message or "failed without a message",
            job_id=job_id,
            code=None if code is None else str(code),
        )

    def __str__(self) -> str:
        return (
            f"job {self.job_id} failed: " + (f"{self.code}: " if self.code else "") + self.message
        )


class JobCanceled(JobError):
    """The job ended as `canceled`."""

    def __init__(self, message: str = "was canceled", *, job_id: str) -> None:
        super().__init__(message, job_id=job_id)


class JobDeleted(JobError):
    """The job was deleted: neither it nor its results can be had any more."""

    def __init__(self, message: str = "was deleted", *, job_id: str) -> None:
        super().__init__(message, job_id=job_id)


class JobTimeout(JobError, TimeoutError):
    """The job had not ended when the waiting time was over. It keeps running.

    Attributes:
        status: The status last seen, or None when none was.
        timeout: The waiting time, in seconds.
        pending: Ids of all jobs waited for that had not ended; `job_id` is the first.
    """

    status: str | None
    timeout: float | None
    pending: tuple[str, ...]

    def __init__(
        self,
        message: str | None = None,
        *,
        job_id: str,
        status: str | None = None,
        timeout: float | None = None,
        pending: Iterable[str] = (),
    ) -> None:
        waited = "" if timeout is None else f" after {timeout:g} s"
        seen = f", last seen as {status}" if status else ""
        self.pending = tuple(pending) or (job_id,)
        others = f", nor had {len(self.pending) - 1} others" if len(self.pending) > 1 else ""
        super().__init__(message or f"had not ended{waited}{seen}{others}", job_id=job_id)
        self.status = status
        self.timeout = timeout


class CircuitUnavailable(IonQError):
    """A job's compiled circuit cannot be had in the form asked for.

    Attributes:
        job_id: The job.
        form: The form, such as `native`.
    """

    job_id: str
    form: str

    def __init__(self, message: str, *, job_id: str, form: str) -> None:
        super().__init__(message)
        self.job_id = job_id
        self.form = form

    def __str__(self) -> str:
        return f"job {self.job_id}: no compiled circuit as {self.form}: {self.message}"


class NoResults(JobError):
    """The job has completed and has no result of the kind asked for.

    A dry run has none at all; the ideal simulator runs no shots and has no histogram and no list
    of shots; a quantum function has a value instead of a distribution (`result.raw`).
    """


class DecodeError(IonQError):
    """Strict mode: an answer strays from the contract.

    Attributes:
        path: JSON path of the first deviation.
        deviations: All deviations, in document order.
    """

    path: str
    deviations: tuple[object, ...]

    def __init__(
        self, message: str | None = None, *, path: str, deviations: Iterable[object] = ()
    ) -> None:
        self.deviations = tuple(deviations)
        first = str(self.deviations[0]) if self.deviations else "strays from the contract"
        super().__init__(message or first)
        self.path = path

    def __str__(self) -> str:
        more = len(self.deviations) - 1
        return f"{self.path}: {self.message}" + (f" (and {more} more)" if more > 0 else "")


class MissingExtra(IonQError, ImportError):
    """Something optional is asked for and what it needs is not installed.

    Attributes:
        extra: The extra that brings it: `pip install ionq-direct[extra]`.
        module: What could not be imported.
    """

    extra: str
    module: str

    def __init__(self, what: str, *, extra: str, module: str) -> None:
        super().__init__(f"{what} needs {module}: pip install ionq-direct[{extra}]")
        self.extra = extra
        self.module = module


_BY_STATUS: dict[int, type[APIError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: PayloadTooLarge,
    429: RateLimited,
}
_SERVER_ERRORS = range(500, 600)


def error_for(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    attempts: int = 1,
    method: str | None = None,
    url: str | None = None,
    secrets: Sequence[str] = (),
) -> APIError:
    """Make the error for an answer with an error status.

    Reads IonQ's three error shapes, and makes the best of anything else: HTML of a proxy, JSON cut
    off in the middle, no body at all.

    Args:
        status: HTTP status code.
        headers: Response headers, names in any case.
        body: The body, or its beginning; what exceeds 64 KiB is dropped.
        attempts: How often the request was sent.
        method: HTTP method of the request.
        url: URL of the request; its query, fragment and user part are dropped.
        secrets: Texts that must not appear in the error even if the server echoes them.

    Returns:
        The error, not raised.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    read = read_error_body(status, body, secrets)
    cls = _BY_STATUS.get(status, ServerError if status in _SERVER_ERRORS else APIError)
    return cls(
        read.message,
        status=status,
        code=read.code,
        request_id=lowered.get("x-request-id") or None,
        body=read.text,
        retry_after=retry_after_from(lowered),
        attempts=attempts,
        method=method,
        url=url,
    )


def _bare_url(url: str | None) -> str | None:
    """Scheme, host, port and path: a query, fragment or user part may carry what is private."""
    if not url:
        return None
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _endpoint(method: str | None, url: str | None) -> str:
    return " ".join(part for part in (method, url) if part)


def _with_endpoint(message: str, method: str | None, url: str | None, attempts: int) -> str:
    told = [_endpoint(method, url)] if url else []
    if attempts > 1:
        told.append(f"{attempts} attempts")
    return message + (f" [{', '.join(told)}]" if told else "")
