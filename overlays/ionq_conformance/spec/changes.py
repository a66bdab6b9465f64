"""One change between two editions of a contract, and how it is rated for this client.

May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

__all__ = ["Change", "Rating", "Side", "rate"]


class Rating(StrEnum):
    """What a change means for this client, worst first."""

    CALLERS = "breaking-callers"
    READERS = "breaking-readers"
    SAFE = "safe"
    WORDING = "wording"

    @property
    def breaking(self) -> bool:
        """Whether somebody's program can stop working."""
        return self in {Rating.CALLERS, Rating.READERS}


class Side(StrEnum):
    """Which way a value goes: what widens one way narrows the other."""

    PARAMETER = "parameter"
    REQUEST = "request"
    RESPONSE = "response"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: What changed, e.g. `response-field-removed`.
        where: The place in words, e.g. `Backend.status`.
        pointer: JSON pointer (RFC 6901) into the new document; into the old one where it is gone.
        before: The old value, or a short form of it; None where there was none.
        after: The new value, likewise.
        rating: The worst it means for anybody.
        why: The reason of the rating.
        operations: The `operationId`s it reaches (or method and path), sorted.
    """

    kind: str
    where: str
    pointer: str
    before: Any
    after: Any
    rating: Rating
    why: str
    operations: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The change in terms of JSON."""
        return {
            "kind": self.kind,
            "rating": str(self.rating),
            "where": self.where,
            "pointer": self.pointer,
            "before": self.before,
            "after": self.after,
            "why": self.why,
            "operations": list(self.operations),
        }


_C, _R, _S, _W = Rating.CALLERS, Rating.READERS, Rating.SAFE, Rating.WORDING

_UNSENT = "old programs do not send it"
_STILL = "it works until it is removed"
_NO_BOUNDS = "decoding checks no bounds"
_READ_AS_IS = "decoding takes values that are not listed as they are"

_VALUES: Final[dict[str, tuple[tuple[Rating, str], tuple[Rating, str]]]] = {
    # name: (where it is sent, where it is received)
    "type-changed": ((_C, "what was sent is refused"), (_R, "readers get another type")),
    "type-widened": ((_S, "more is accepted"), (_R, "readers get types they did not before")),
    "type-narrowed": ((_C, "some of what was sent is refused"), (_S, "readers get less")),
    "nullable-added": ((_S, "null is accepted, too"), (_R, "readers meet null")),
    "nullable-removed": ((_C, "null is refused"), (_S, "readers meet null no more")),
    "enum-grown": ((_S, "more values are accepted"), (_S, _READ_AS_IS)),
    "enum-narrowed": ((_C, "values that were accepted are refused"), (_S, "readers get less")),
    "format-changed": ((_C, "it is written otherwise"), (_R, "it is read as another type")),
    "width-changed": ((_S, "the same in Python"), (_S, "the same in Python")),
    "bound-tightened": ((_C, "some of what was sent is refused"), (_S, "readers get less")),
    "bound-loosened": ((_S, "more is accepted"), (_S, _NO_BOUNDS)),
    "pattern-changed": ((_C, "some of what was sent may be refused"), (_S, _NO_BOUNDS)),
    "rule-changed": ((_C, "some of what was sent may be refused"), (_S, _NO_BOUNDS)),
    "rule-removed": ((_S, "more is accepted"), (_S, _NO_BOUNDS)),
    "default-changed": (
        (_C, "a call that leaves it out means something else"),
        (_S, "what is absent stays absent to readers"),
    ),
    "field-added-required": ((_C, _UNSENT), (_S, "unknown fields were kept already")),
    "field-added-optional": ((_S, "it may be left out"), (_S, "unknown fields were kept already")),
    "field-removed": ((_C, "it has no effect or is refused"), (_R, "readers miss it")),
    "field-made-required": ((_C, "callers may leave it out"), (_S, "it is always there")),
    "field-made-optional": ((_S, "it may be left out"), (_R, "readers may miss it")),
    "access-changed": ((_C, "it may no longer be sent"), (_R, "readers may miss it")),
    "additional-closed": ((_C, "fields of the caller's own are refused"), (_S, "readers get less")),
    "additional-opened": ((_S, "more is accepted"), (_S, "unknown fields were kept already")),
    "variant-added": ((_S, "more is accepted"), (_R, "readers meet a form they do not know")),
    "variant-removed": ((_C, "one form is refused"), (_S, "readers get less")),
    "union-changed": ((_S, "the same forms"), (_S, "the same forms")),
    "discriminator-changed": (
        (_C, "forms are told apart otherwise"),
        (_R, "forms are told apart otherwise"),
    ),
    "deprecated": ((_S, _STILL), (_S, _STILL)),
    "undeprecated": ((_S, "it stays"), (_S, "it stays")),
}

_ELSE: Final[dict[str, tuple[Rating, str]]] = {
    "operation-added": (_S, "nobody calls it yet"),
    "operation-removed": (_C, "calls fail"),
    "operation-deprecated": (_S, "it works until it is removed"),
    "operation-undeprecated": (_S, "it stays"),
    "operation-id-renamed": (_C, "the generated module has another name"),
    "tag-changed": (_C, "the generated module moves to another package"),
    "other-tags-changed": (_S, "only the first tag names the package"),
    "path-renamed": (_C, "calls of released clients go to the old path"),
    "path-parameter-renamed": (_C, "the argument has another name in Python"),
    "method-changed": (_C, "calls of released clients use the old method"),
    "parameter-added-optional": (_S, "it may be left out"),
    "parameter-added-required": (_C, _UNSENT),
    "parameter-removed": (_C, "the argument is gone, or has no effect"),
    "parameter-made-required": (_C, "callers may leave it out"),
    "parameter-made-optional": (_S, "it may be left out"),
    "parameter-location-changed": (_C, "it is sent where nobody looks"),
    "parameter-style-changed": (_C, "it is written otherwise"),
    "request-encoding-changed": (_C, "parts of the body are written otherwise"),
    "response-encoding-changed": (_R, "parts of the body are written otherwise"),
    "request-body-added-required": (_C, _UNSENT),
    "request-body-added-optional": (_S, "it may be left out"),
    "request-body-removed": (_C, "the argument is gone, or has no effect"),
    "request-body-made-required": (_C, "callers may leave it out"),
    "request-body-made-optional": (_S, "it may be left out"),
    "request-content-type-added": (_S, "more is accepted"),
    "request-content-type-removed": (_C, "what was sent is refused"),
    "response-success-added": (_R, "readers meet an answer they do not know"),
    "response-success-removed": (_R, "readers wait for an answer that does not come"),
    "response-error-added": (_S, "errors are raised by their status, listed or not"),
    "response-error-removed": (_S, "errors are raised by their status, listed or not"),
    "response-content-type-added": (_R, "readers may get another form"),
    "response-content-type-removed": (_R, "readers get another form, or none"),
    "response-header-added": (_S, "nobody reads it yet"),
    "response-header-removed": (_R, "readers miss it"),
    "response-header-made-required": (_S, "it is always there"),
    "response-header-made-optional": (_R, "readers may miss it"),
    "security-added": (_C, "calls without a key are refused"),
    "security-removed": (_S, "a key does no harm"),
    "security-way-added": (_S, "the old credentials do, too"),
    "security-changed": (_C, "calls carry the wrong credentials"),
    "security-scheme-changed": (_C, "calls carry the wrong credentials"),
    "security-scheme-renamed": (_S, "the same credentials"),
    "security-scheme-added": (_S, "no operation asks for it that did not before"),
    "security-scheme-removed": (_S, "no operation asks for it"),
    "server-changed": (_C, "released clients talk to the old server"),
    "component-renamed": (
        _S,
        "its class has another name; what differs inside is listed",
    ),
    "component-split": (_S, "a component of its own; what differs inside is listed"),
    "component-merged": (_S, "another component; what differs inside is listed"),
    "component-extracted": (_S, "now a component; what differs inside is listed"),
    "component-inlined": (_S, "no longer a component; what differs inside is listed"),
    "component-changed": (_S, "no operation uses it"),
    "component-added": (_S, "no operation uses it"),
    "component-removed": (_S, "no operation used it"),
    "document-version-changed": (_S, "a label"),
    "openapi-version-changed": (_S, "the way of writing, not the API"),
    "callbacks-changed": (_S, "the client makes nothing of callbacks, links and webhooks"),
    "description-changed": (_W, "words"),
    "example-changed": (_W, "an example"),
}


def rate(name: str, sides: set[Side]) -> tuple[str, Rating, str]:
    """The kind, the rating and its reason, of a change by name, reached from some sides."""
    if name in _ELSE:
        return name, *_ELSE[name]
    sent, received = _VALUES[name]
    if sides <= {Side.UNUSED}:
        return f"unused-{name}", Rating.SAFE, "no operation uses it"
    sending = sides & {Side.PARAMETER, Side.REQUEST}
    if Side.RESPONSE not in sides:
        side = Side.PARAMETER if sending == {Side.PARAMETER} else Side.REQUEST
        return f"{side}-{name}", *sent
    if not sending:
        rating, why = received
        return f"response-{name}", rating, why
    both = sorted([sent, received], key=lambda one: list(Rating).index(one[0]))
    return name, both[0][0], f"sent: {sent[1]}; received: {received[1]}"
