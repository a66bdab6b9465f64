"""What a job has published: compiled circuits and other files.

May import: _answers, errors, the standard library. Values only; public.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

from ionq_direct._answers import RawAnswer
from ionq_direct.errors import APIError, CircuitUnavailable, DecodeError, InvalidArgument

__all__ = [
    "FORMATS",
    "UNPUBLISHED",
    "Artifact",
    "ArtifactPointer",
    "CompiledForm",
    "check_form",
    "unavailable",
]

CompiledForm = Literal["native", "qasm3"]
"""How a compiled circuit is written: in IonQ's native gates, or in OpenQASM 3."""

FORMATS: Final[dict[str, str]] = {"native": "ionq.native.v1", "qasm3": "ionq.qasm3.v1"}
"""The name of each form among a job's artifacts (facts 1.3)."""

UNPUBLISHED: Final = frozenset({404, 410})
"""Answers that say: there is no such compiled circuit."""


@dataclass(frozen=True, slots=True)
class ArtifactPointer:
    """Something that a job has published.

    Attributes:
        id: Its id, for `job.artifact(id)`.
        format: What is in it, such as `ionq.native.v1`.
        media_type: How it is written, such as `application/json`.
    """

    id: str
    format: str
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something that a job has published, as it came.

    Attributes:
        content: Its octets.
        media_type: How it is written, such as `application/json`; None where the server does not
            say.
        format: What is in it, such as `ionq.native.v1`; None where that is not known.
    """

    content: bytes = field(repr=False)
    media_type: str | None = None
    format: str | None = None

    @classmethod
    def read(cls, answer: RawAnswer, form: str | None = None) -> Artifact:
        """From an answer, whatever it is written in."""
        media = answer.headers.get("content-type")
        return cls(answer.body, media.partition(";")[0].strip() if media else None, form)

    def described_by(self, pointer: ArtifactPointer) -> Artifact:
        """The same with what the job says of it."""
        return replace(
            self, format=pointer.format, media_type=self.media_type or pointer.media_type
        )

    @property
    def text(self) -> str:
        """It as text. What the server wraps in JSON, a program in a string, is unwrapped.

        Raises:
            DecodeError: It is no text.
        """
        try:
            plain = self.content.decode()
        except UnicodeDecodeError as error:
            raise DecodeError("the artifact is no text but octets", path="$") from error
        if plain.startswith('"'):
            try:
                inner = json.loads(plain)
            except ValueError:
                return plain
            return inner if isinstance(inner, str) else plain
        return plain

    def json(self) -> Any:
        """It as JSON.

        Raises:
            DecodeError: It is no JSON.
        """
        try:
            return json.loads(self.text)
        except ValueError as error:
            raise DecodeError("the artifact is no JSON", path="$") from error


def check_form(form: str) -> None:
    """Refuse a form that there is not.

    Raises:
        InvalidArgument: There is no such form.
    """
    forms = get_args(CompiledForm)
    if form not in forms:
        raise InvalidArgument(name="form", value=form, rule=f"must be one of {', '.join(forms)}")


def unavailable(
    job_id: str, form: str, error: APIError, published: Sequence[str]
) -> CircuitUnavailable:
    """The error for a compiled circuit that is not to be had, with what helps."""
    why = (
        "IonQ has withdrawn the address that served it"
        if error.status == 410
        else "the server has none"
    )
    there = f"; the job has published {', '.join(published)}" if published else ""
    return CircuitUnavailable(
        f'{why}{there}. Submit with settings.compilation.service_version = "v0.4" to have '
        "compiled circuits published",
        job_id=job_id,
        form=form,
    )
