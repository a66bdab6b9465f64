# @generated from openapi/v0.3.yaml: edits are lost
"""Contains shared errors types that can be raised from API functions"""

from .types import Deviation


class UnexpectedStatus(Exception):
    """An answer whose status is not in the document, when Client.raise_on_unexpected_status is set"""

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(status_code, content)
        self.status_code = status_code
        self.content = content

    def __str__(self) -> str:
        return f"Unexpected status code: {self.status_code}: {self.content[:500].decode(errors='replace')}"


class DecodeError(Exception):
    """An answer that deviates from the document, when Client.strict is set"""

    def __init__(self, operation: str, deviations: tuple[Deviation, ...]) -> None:
        super().__init__(operation, deviations)
        self.operation = operation
        self.deviations = deviations

    def __str__(self) -> str:
        first = self.deviations[0]
        more = f" (and {len(self.deviations) - 1} more)" if len(self.deviations) > 1 else ""
        return f"{self.operation}: {first.path}: {first.kind}, expected {first.expected}{more}"


__all__ = ["DecodeError", "UnexpectedStatus"]
