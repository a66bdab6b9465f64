"""Answers against the contract: `--check-responses`, and the tests.

May import: the contract, schema, orjson.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from ionq_emulator.schema import compile_schema

if TYPE_CHECKING:
    import jsonschema_rs

    from ionq_emulator.contract import Contract, Json

__all__ = ["ResponseChecker"]

_SHOWN = 5


class ResponseChecker:
    """Says what is wrong with an answer by the contract."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._compiled: dict[tuple[str, str, str], jsonschema_rs.Draft202012Validator] = {}

    def problems(
        self, operation_id: str, status: int, media_type: str | None, body: bytes
    ) -> list[str]:
        """What the contract does not allow about an answer; empty when all is well.

        Args:
            operation_id: The contract's name of the operation.
            status: The HTTP status.
            media_type: `Content-Type`, parameters included or not.
            body: The body's bytes.
        """
        operation = self._contract.operations.get(operation_id)
        if operation is None:
            return [f"the contract has no operation {operation_id}"]
        code = next(
            (code for code in (str(status), f"{status // 100}XX") if code in operation.responses),
            "default",
        )
        response = operation.responses.get(code)
        if response is None:
            return [f"{operation_id} does not document status {status}"]
        content = response.get("content")
        if content is None:
            return []
        name = (media_type or "").partition(";")[0].strip().lower()
        if name not in content:
            return [f"{operation_id} does not document media type {name!r} for {status}"]
        if name != "application/json":
            return []
        return self._json_problems((operation_id, code, name), content[name]["schema"], body)

    def _json_problems(self, key: tuple[str, str, str], schema: Json, body: bytes) -> list[str]:
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            return [f"the body is not JSON: {error}"]
        if key not in self._compiled:
            self._compiled[key] = compile_schema(self._contract, schema)
        validator = self._compiled[key]
        if validator.is_valid(value):
            return []
        errors = [
            f"{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
            for error in validator.iter_errors(value)
        ]
        return errors[:_SHOWN]
