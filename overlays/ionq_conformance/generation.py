"""Inputs and answers that the document allows, as Hypothesis strategies; and how they are run.

May import: schemathesis, hypothesis, the contract, wire's inputs.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core import NotSet

from ionq_conformance.contract import Contract, Json, Operation
from ionq_conformance.wire import NO_BODY, Input, json_ready, sendable

__all__ = ["AnswerSource", "Documented", "examples_of", "generate", "inputs"]

_CONFIG: Final[Any] = schemathesis.Config  # it leaves type arguments out: of unknown type
_JSON: Final = "application/json"
# What the document allows may be slow to make or large: that is no mistake here.
_HEALTH_CHECKS: Final = cast("Iterable[HealthCheck]", HealthCheck)
# Statuses that stand for a range of the document.
_STATUSES: Final = {"4XX": (400, 401, 403, 404, 409, 429), "5XX": (500, 502, 503, 520)}


def generate(
    strategy: st.SearchStrategy[Any], judge: Callable[[Any], None], *, examples: int, number: int
) -> None:
    """Call a function with generated values.

    Args:
        strategy: Of the values.
        judge: Raises nothing: what it finds it keeps.
        examples: Most values.
        number: Seed: the same one gives the same values.
    """

    # Nothing is sent again to make it smaller, and nothing is remembered from run to run.
    @seed(number)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        derandomize=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=[*_HEALTH_CHECKS],
    )
    @given(strategy)
    def each(value: Any) -> None:
        judge(value)

    each()


def inputs(schema: Any, operation: Operation) -> st.SearchStrategy[Input]:
    """Inputs of an operation that the document allows.

    Args:
        schema: The document as schemathesis holds it.
        operation: Whose.
    """
    cases: st.SearchStrategy[Any] = schema[operation.path][operation.method].as_strategy(
        generation_mode=schemathesis.GenerationMode.POSITIVE
    )
    return cases.map(_input).filter(sendable)


def _input(case: Any) -> Input:
    body = NO_BODY if isinstance(case.body, NotSet) else case.body
    return Input(dict(case.path_parameters or {}), dict(case.query or {}), body)


def examples_of(contract: Contract, operation: Operation) -> Iterator[Input]:
    """The bodies that the document itself shows."""
    node = operation.node.get("requestBody")
    if node is None:
        return
    content: Json = contract.resolve(cast("Json", node))["content"][_JSON]
    for example in cast("dict[str, Json]", content.get("examples", {})).values():
        yield Input(body=copy.deepcopy(contract.resolve(example)["value"]))


@dataclass(frozen=True, slots=True)
class Documented:
    """A documented answer: its key in the document, the statuses it stands for."""

    key: str
    statuses: tuple[int, ...]


class AnswerSource:
    """Generates documented answers: the document turned round, each of them a request's body.

    Args:
        contract: The document.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        config = _CONFIG.from_dict({"generation": {"with-security-parameters": False}})
        self._schema: Any = schemathesis.openapi.from_dict(self._turned(), config=config)

    def documented(self, operation: Operation) -> list[Documented]:
        """The answers of an operation that have a JSON body."""
        return [Documented(key, _STATUSES.get(key) or (int(key),)) for key in self._keys(operation)]

    def bodies(self, operation: Operation, answer: Documented) -> st.SearchStrategy[Any]:
        """Bodies of a documented answer."""
        cases: st.SearchStrategy[Any] = self._schema[_turned_path(operation, answer.key)][
            "POST"
        ].as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
        return cases.map(_body).filter(json_ready)

    def _keys(self, operation: Operation) -> Iterator[str]:
        for key in cast("Json", operation.node["responses"]):
            if self._answer_schema(operation, key) is not None:
                yield key

    def _answer_schema(self, operation: Operation, key: str) -> Json | None:
        response = self._contract.resolve(operation.node["responses"][key])
        return cast("Json | None", response.get("content", {}).get(_JSON, {}).get("schema"))

    def _turned(self) -> Json:
        document = copy.deepcopy(self._contract.document)
        document["paths"] = {
            _turned_path(operation, key): {
                "post": {
                    "operationId": f"{operation.operation_id}-{key}",
                    "requestBody": {
                        "required": True,
                        "content": {_JSON: {"schema": self._answer_schema(operation, key)}},
                    },
                    "responses": {"200": {"description": "Any."}},
                }
            }
            for operation in self._contract.operations.values()
            for key in self._keys(operation)
        }
        return copy.deepcopy(document)


def _turned_path(operation: Operation, key: str) -> str:
    return f"/{operation.operation_id}/{key}"


def _body(case: Any) -> Any:
    return case.body
