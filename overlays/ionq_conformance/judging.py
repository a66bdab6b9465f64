"""What schemathesis says of an answer: the checks that look at it alone, and send nothing.

May import: schemathesis, the contract, known.
"""

from __future__ import annotations

import json
from typing import Any, Final

from schemathesis import checks as general
from schemathesis.core.failures import Failure as Seen
from schemathesis.core.failures import FailureGroup
from schemathesis.openapi import checks as kinds
from schemathesis.specs.openapi import checks as openapi

from ionq_conformance.contract import Contract, Operation, pointer
from ionq_conformance.known import is_known_refusal

__all__ = [
    "CHECKS",
    "REFUSAL",
    "clause_of",
    "is_wrong_refusal",
    "json_of",
    "judge_answer",
    "title_of",
]

# Schemathesis leaves type arguments out, so that what takes them is of unknown type.
_GENERAL: Final[Any] = general
_OPENAPI: Final[Any] = openapi
_FUNCTIONS: Final[list[Any]] = [
    _GENERAL.not_a_server_error,
    _OPENAPI.status_code_conformance,
    _OPENAPI.content_type_conformance,
    _OPENAPI.response_schema_conformance,
]
CHECKS: Final = tuple(str(check.__name__) for check in _FUNCTIONS)
"""Their names."""


def judge_answer(
    schema: Any, operation: Operation, path_parameters: dict[str, Any], response: Any
) -> dict[str, Seen]:
    """The checks that an answer does not pass, each with what is wrong.

    Args:
        schema: The document as schemathesis holds it.
        operation: What was asked for.
        path_parameters: By name.
        response: As requests has it, or schemathesis.
    """
    case = schema[operation.path][operation.method].Case(path_parameters=path_parameters)
    try:
        case.validate_response(response, checks=_FUNCTIONS)
    except FailureGroup as group:
        return {_check_of(one): one for one in group.exceptions}
    return {}


def title_of(seen: Seen) -> str:
    """What is wrong in a line: the same words in each run, others for another rule."""
    if not isinstance(seen, kinds.JsonSchemaError) or not seen.schema_path:
        return seen.title
    return f"{seen.title}: {'/'.join(map(str, seen.schema_path))}"


def clause_of(contract: Contract, operation: Operation, status: int, seen: Seen) -> str:
    """JSON pointer of the clause of the document that was violated."""
    if isinstance(seen, kinds.JsonSchemaError):
        steps = [str(step) for step in seen.schema_path]
        return contract.clause(operation, status) + pointer(*steps)[1:]
    if isinstance(seen, kinds.UndefinedStatusCode):
        return f"{operation.pointer}/responses"
    if isinstance(seen, kinds.RejectedPositiveData):
        part = "requestBody" if "requestBody" in operation.node else "parameters"
        return f"{operation.pointer}/{part}"
    if isinstance(seen, kinds.IgnoredAuth):
        return f"{operation.pointer}/security"
    return contract.clause(operation, status)


REFUSAL: Final = ("positive_data_acceptance", "API rejected schema-compliant request")
"""Check and title of a refusal of what the document allows, as schemathesis has them."""
_REFUSED: Final = frozenset({400, 406, 413, 415, 422})


def is_wrong_refusal(operation: Operation, status: int, body: bytes) -> bool:
    """Whether valid data is refused for no reason that the facts know."""
    return status in _REFUSED and not is_known_refusal(operation.operation_id, status, body)


def _check_of(seen: Seen) -> str:
    return next((name for name in seen.checks if name in CHECKS), CHECKS[0])


def json_of(content: bytes) -> Any:
    """The JSON value of a body; None where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
