# @generated from openapi/v0.3.yaml: edits are lost
from enum import StrEnum
from typing import Self


class Gateset(StrEnum):
    NATIVE = "native"
    QIS = "qis"

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = value
        unknown._value_ = value
        return unknown

    @property
    def is_known(self) -> bool:
        """Whether the document lists this value"""
        return self._value_ in type(self)._value2member_map_
