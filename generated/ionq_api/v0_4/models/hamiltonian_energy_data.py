# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.ansatz import Ansatz
    from ..models.hamiltonian_pauli_term import HamiltonianPauliTerm
    from ..models.linear_constraint import LinearConstraint
    from ..models.quadratic_constraint import QuadraticConstraint


@_attrs_define
class HamiltonianEnergyData:
    """Energy of a state the ansatz prepares, penalties for broken constraints included.

    Attributes:
        hamiltonian (list[HamiltonianPauliTerm]): Terms whose sum is the Hamiltonian.
        ansatz (Ansatz): Parametrised circuit that prepares the state.
        linear_constraints (list[LinearConstraint] | Unset): Linear constraints on the measured
            bits.
        quadratic_constraints (list[QuadraticConstraint] | Unset): Quadratic constraints on the
            measured bits.
        penalty (float | None | Unset): Weight of a broken constraint; 0 or null for none.
            Default: 0.0.
        cvar_alpha (float | None | Unset): Fraction of lowest-energy samples to average, above 0
            and up to 1 (conditional value at risk); null averages all.
    """

    hamiltonian: list[HamiltonianPauliTerm]
    ansatz: Ansatz
    linear_constraints: list[LinearConstraint] | Unset = UNSET
    quadratic_constraints: list[QuadraticConstraint] | Unset = UNSET
    penalty: float | None | Unset = 0.0
    cvar_alpha: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("hamiltonian", "hamiltonian", _codec.array(_codec.model("HamiltonianPauliTerm")), True),
        ("ansatz", "ansatz", _codec.model("Ansatz"), True),
        (
            "linear_constraints",
            "linear_constraints",
            _codec.array(_codec.model("LinearConstraint")),
            False,
        ),
        (
            "quadratic_constraints",
            "quadratic_constraints",
            _codec.array(_codec.model("QuadraticConstraint")),
            False,
        ),
        ("penalty", "penalty", _codec.union(_codec.FLOAT, _codec.NONE), False),
        ("cvar_alpha", "cvar_alpha", _codec.union(_codec.FLOAT, _codec.NONE), False),
        additional=_codec.OPEN,
    )

    def to_dict(self) -> dict[str, Any]:
        """The JSON object: what came in or was set, nothing else"""
        return _codec.to_dict(self)

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], deviations: list[Deviation] | None = None
    ) -> Self:
        """Read a JSON object; what does not fit is kept as it came and added to `deviations`"""
        return _codec.from_dict(cls, src_dict, deviations)

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
