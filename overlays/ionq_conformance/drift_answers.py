"""Whole answers that the document does not have: another status, or a body that is no JSON.

May import: the contract, drift, drift_actions, drift_places; the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, cast

from ionq_conformance.contract import Contract, Json, Operation
from ionq_conformance.drift import Drift
from ionq_conformance.drift_actions import SEEN, Action, evidence, schema_of
from ionq_conformance.drift_places import JSON_TYPE, NowhereError, json_path, unpointed
from ionq_direct._deviations_form import BROKEN, NOT_A_NUMBER, NOTHING, TEXT

__all__ = ["answers", "by_answer"]

_LIKE: Final = re.compile(r"such as (\d{3})$")
_TEXT: Final[Json] = {"schema": {"type": "string"}}
_NO_PATCH: Final = {
    NOTHING: (
        "the body is empty: OpenAPI cannot say of a body that it may be absent, only that there "
        "is none for a status"
    ),
    BROKEN: "JSON that ends or breaks off: a transfer gone wrong, which no document allows",
    NOT_A_NUMBER: "NaN or Infinity: no JSON, whatever a document says",
}


def answers(contract: Contract, drifts: Iterable[Drift]) -> tuple[list[Action], list[Drift]]:
    """The actions for deviations of one operation and status; and what the document has already.

    Args:
        contract: The document as it is now.
        drifts: Of kind `status` or `body`, all of one operation and status.

    Raises:
        NowhereError: No patch can express it; the message says why.
    """
    drifts = list(drifts)
    operation = contract.named(drifts[0].operation)
    if operation is None:
        raise NowhereError("the document has no such operation")
    if drifts[0].kind == "status":
        return _status(contract, operation, drifts)
    return _bodies(contract, operation, drifts)


# -- a status -------------------------------------------------------------------------------------


def _status(
    contract: Contract, operation: Operation, seen: list[Drift]
) -> tuple[list[Action], list[Drift]]:
    status = seen[0].status
    if contract.response(operation, status) is not None:
        return [], seen
    if not 200 <= status <= 599:
        raise NowhereError(f"{status} is no status of an answer to a request")
    reason = f"The service answers {status}."
    response = _response_like(contract, operation, seen)
    return [Action(_responses(operation), {"update": response}, reason, evidence(seen))], []


def _response_like(contract: Contract, operation: Operation, seen: list[Drift]) -> Json:
    """The new response: as one that is documented, where the bodies read as that one's do."""
    key = str(seen[0].status)
    like = {match[1] for drift in seen if (match := _LIKE.search(drift.expected))}
    bodies = {drift.found for drift in seen} - {NOTHING}
    if like and all(_LIKE.search(drift.expected) for drift in seen if drift.found != NOTHING):
        found = contract.response(operation, int(min(like)))
        if found is not None:
            return {key: {"description": SEEN, "content": _schemas(found[0])}}
    content = _content([drift for drift in seen if drift.found in bodies])
    return {key: {"description": SEEN} | ({"content": content} if content else {})}


def _schemas(response: Json) -> Json:
    """The content of a response without its examples, which are of another status."""
    content = cast("dict[str, Json]", response.get("content", {}))
    return {name: {"schema": media["schema"]} for name, media in content.items()}


def _content(seen: list[Drift]) -> Json:
    """A body by its media types: JSON with the types that were seen, and text."""
    for drift in seen:
        if drift.found in _NO_PATCH:
            raise NowhereError(_NO_PATCH[drift.found])
    texts = [drift for drift in seen if drift.found == TEXT]
    json = [drift for drift in seen if drift.found != TEXT]
    content: Json = {JSON_TYPE: {"schema": schema_of(json)}} if json else {}
    return content | {_text_type(drift): _TEXT for drift in texts}


def _text_type(drift: Drift) -> str:
    """The media type of a text.

    Raises:
        NowhereError: It says that it is no text.
    """
    if drift.sample.startswith("text/"):
        return drift.sample
    says = f"says that it is {drift.sample}" if drift.sample else "does not say what it is"
    raise NowhereError(f"the body is text and {says}: a client can only go by what it says")


# -- a body ---------------------------------------------------------------------------------------


def _bodies(
    contract: Contract, operation: Operation, seen: list[Drift]
) -> tuple[list[Action], list[Drift]]:
    """Text where JSON is documented: documented beside it, for this status."""
    for drift in seen:
        if drift.found in _NO_PATCH:
            raise NowhereError(_NO_PATCH[drift.found])
        if drift.found != TEXT:
            raise NowhereError("JSON in an encoding that the client cannot read")
    status = seen[0].status
    found = contract.response(operation, status)
    if found is None:
        raise NowhereError("the document has no such response")
    response, at = found
    content = cast("Json", response.get("content", {}))
    settled = [drift for drift in seen if _text_type(drift) in content]
    new = [drift for drift in seen if drift not in settled]
    more = {_text_type(drift): _TEXT for drift in new}
    if not more:
        return [], settled
    reason = f"The service answers {status} with text, too."
    if at.endswith(f"/{status}") or status < 300:
        target, update = f"{json_path(unpointed(at))}.content", more
    else:
        # Of a whole range of errors, this one.
        target = _responses(operation)
        update = {str(status): {"description": SEEN, "content": _schemas(response) | more}}
    return [Action(target, {"update": update}, reason, evidence(new))], settled


def _responses(operation: Operation) -> str:
    return json_path(("paths", operation.path, operation.method.lower(), "responses"))


def by_answer(drifts: Iterable[Drift]) -> Iterator[list[Drift]]:
    """Deviations of whole answers, together by operation, status and kind."""
    groups: dict[tuple[str, int, str], list[Drift]] = {}
    for drift in drifts:
        groups.setdefault((drift.operation, drift.status, drift.kind), []).append(drift)
    yield from groups.values()
