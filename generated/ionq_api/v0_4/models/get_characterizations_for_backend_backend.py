# @generated from openapi/v0.4.yaml: edits are lost
from enum import StrEnum
from typing import Self


class GetCharacterizationsForBackendBackend(StrEnum):
    QPU_ARIA_1 = "qpu.aria-1"
    QPU_ARIA_2 = "qpu.aria-2"
    QPU_FORTE_1 = "qpu.forte-1"
    QPU_FORTE_ENTERPRISE_1 = "qpu.forte-enterprise-1"
    QPU_FORTE_ENTERPRISE_2 = "qpu.forte-enterprise-2"
    QPU_FORTE_ENTERPRISE_3 = "qpu.forte-enterprise-3"

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
