"""IonQ's error bodies, as an exception that carries one.

May import: the standard library only.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "ApiError",
    "bad_request",
    "conflict",
    "forbidden",
    "gone",
    "not_found",
    "too_large",
    "unauthorized",
]

# Texts of the documented examples (IonQ API reference, components.responses), in short.
_SEE = "See https://docs.ionq.com/ for details, or email support@ionq.co for help."
_SEE_KEYS = (
    "See https://docs.ionq.com/#authentication for details, or email support@ionq.co for help."
)


class ApiError(Exception):
    """An answer other than success.

    Attributes:
        status: HTTP status code.
        body: The JSON body: `statusCode`, `error`, `message` and, for 400, `validation`.
        headers: Further response headers.
    """

    def __init__(
        self,
        status: int,
        error: str,
        message: str,
        *,
        validation: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"statusCode": status, "error": error, "message": message}
        if validation is not None:
            self.body["validation"] = validation
        self.headers = headers or {}


def bad_request(message: str, *keys: str, source: str = "payload") -> ApiError:
    """400: something in the request is wrong.

    Args:
        message: What is wrong: the field, the value and the rule.
        keys: Dotted names of the offending fields.
        source: Where they are: `payload`, `query` or `params`.
    """
    return ApiError(400, "Bad Request", message, validation={"keys": list(keys), "source": source})


def unauthorized() -> ApiError:
    """401: no key, or none that is known."""
    return ApiError(401, "Unauthorized Error", f"Invalid key provided. {_SEE_KEYS}")


def forbidden(message: str) -> ApiError:
    """403: the key is good but not for this."""
    return ApiError(403, "Forbidden", message)


def not_found() -> ApiError:
    """404: not there, not this project's, or not yet."""
    return ApiError(404, "Not Found Error", f"Resource not found. {_SEE}")


def conflict(message: str) -> ApiError:
    """409: the resource is in a state that does not allow this."""
    return ApiError(409, "Conflict", message)


def gone(message: str) -> ApiError:
    """410: IonQ has taken this away."""
    return ApiError(410, "Gone", message)


def too_large(limit_bytes: int) -> ApiError:
    """413: the body is larger than IonQ takes (10 MB)."""
    return ApiError(
        413,
        "Request Entity Too Large",
        f"The request body may not exceed {limit_bytes // (1024 * 1024)}MB",
    )
