# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.qasm_3_job_creation_payload_type import Qasm3JobCreationPayloadType
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.job_metadata import JobMetadata
    from ..models.noise import Noise
    from ..models.qasm_3_circuit_input import Qasm3CircuitInput
    from ..models.qasm_3_job_creation_payload_settings import Qasm3JobCreationPayloadSettings


@_attrs_define
class Qasm3JobCreationPayload:
    """Job that runs one circuit written in OpenQASM 3.

    Attributes:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (Qasm3JobCreationPayloadType): Always `ionq.qasm3.v1` here.
        input_ (Qasm3CircuitInput): A circuit in OpenQASM 3.
        name (str | Unset): Label for the job, free text.
        metadata (JobMetadata | Unset): The sender's own notes, text to text. Up to 10 keys of
            up to 40 characters, values of up to 40000. Example: {'experiment': 'bell', 'run': '7'}.
        shots (int | str | Unset): Repetitions of each circuit, from 1 to 1000000; digits as
            text are taken too. The ideal simulator ignores it. Default: 100.
        session_id (str | Unset): Session to run in; leave it out to run outside any session.
        settings (Qasm3JobCreationPayloadSettings | Unset): How to compile the program and treat
            errors.
        dry_run (bool | Unset): True checks, compiles and prices the job without running it.
        noise (Noise | Unset): Noise of the simulator. Quantum computers take none.
        lang (str | Unset): Left over from older versions of the API, always `json`. Has no
            effect; leave it out.
    """

    backend: str
    type_: Qasm3JobCreationPayloadType
    input_: Qasm3CircuitInput
    name: str | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    shots: int | str | Unset = 100
    session_id: str | Unset = UNSET
    settings: Qasm3JobCreationPayloadSettings | Unset = UNSET
    dry_run: bool | Unset = UNSET
    noise: Noise | Unset = UNSET
    lang: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("backend", "backend", _codec.STR, True),
        ("type", "type_", _codec.enumeration("Qasm3JobCreationPayloadType"), True),
        ("input", "input_", _codec.model("Qasm3CircuitInput"), True),
        ("name", "name", _codec.STR, False),
        ("metadata", "metadata", _codec.model("JobMetadata"), False),
        ("shots", "shots", _codec.union(_codec.INT, _codec.STR), False),
        ("session_id", "session_id", _codec.STR, False),
        ("settings", "settings", _codec.model("Qasm3JobCreationPayloadSettings"), False),
        ("dry_run", "dry_run", _codec.BOOL, False),
        ("noise", "noise", _codec.model("Noise"), False),
        ("lang", "lang", _codec.STR, False),
        additional=None,
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
