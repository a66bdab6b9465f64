# @generated from openapi/v0.3.yaml: edits are lost
"""Contains all the data models used in inputs/outputs"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .backend import Backend
    from .body_job_creation_payload import BodyJobCreationPayload
    from .characterization import Characterization
    from .characterization_fidelity import CharacterizationFidelity
    from .characterization_timing import CharacterizationTiming
    from .circuit_input import CircuitInput
    from .circuit_input_format import CircuitInputFormat
    from .error import Error
    from .error_detail import ErrorDetail
    from .error_mitigation import ErrorMitigation
    from .failure import Failure
    from .fidelity import Fidelity
    from .gate import Gate
    from .gate_counts import GateCounts
    from .gateset import Gateset
    from .get_characterizations_response import GetCharacterizationsResponse
    from .get_jobs_response import GetJobsResponse
    from .input_job_creation_payload import InputJobCreationPayload
    from .job import Job
    from .job_creation_response import JobCreationResponse
    from .job_metadata import JobMetadata
    from .job_operation_response import JobOperationResponse
    from .job_status import JobStatus
    from .job_warning import JobWarning
    from .jobs_bulk_operation_request import JobsBulkOperationRequest
    from .jobs_bulk_operation_response import JobsBulkOperationResponse
    from .multi_circuit_input import MultiCircuitInput
    from .multi_circuit_input_format import MultiCircuitInputFormat
    from .named_circuit import NamedCircuit
    from .noise import Noise
    from .probabilities import Probabilities
    from .probabilities_by_circuit import ProbabilitiesByCircuit
    from .program_input import ProgramInput
    from .registers import Registers
    from .request_validation import RequestValidation

_MODULES = {
    "Backend": ".backend",
    "BodyJobCreationPayload": ".body_job_creation_payload",
    "Characterization": ".characterization",
    "CharacterizationFidelity": ".characterization_fidelity",
    "CharacterizationTiming": ".characterization_timing",
    "CircuitInput": ".circuit_input",
    "CircuitInputFormat": ".circuit_input_format",
    "Error": ".error",
    "ErrorDetail": ".error_detail",
    "ErrorMitigation": ".error_mitigation",
    "Failure": ".failure",
    "Fidelity": ".fidelity",
    "Gate": ".gate",
    "GateCounts": ".gate_counts",
    "Gateset": ".gateset",
    "GetCharacterizationsResponse": ".get_characterizations_response",
    "GetJobsResponse": ".get_jobs_response",
    "InputJobCreationPayload": ".input_job_creation_payload",
    "Job": ".job",
    "JobCreationResponse": ".job_creation_response",
    "JobMetadata": ".job_metadata",
    "JobOperationResponse": ".job_operation_response",
    "JobStatus": ".job_status",
    "JobWarning": ".job_warning",
    "JobsBulkOperationRequest": ".jobs_bulk_operation_request",
    "JobsBulkOperationResponse": ".jobs_bulk_operation_response",
    "MultiCircuitInput": ".multi_circuit_input",
    "MultiCircuitInputFormat": ".multi_circuit_input_format",
    "NamedCircuit": ".named_circuit",
    "Noise": ".noise",
    "Probabilities": ".probabilities",
    "ProbabilitiesByCircuit": ".probabilities_by_circuit",
    "ProgramInput": ".program_input",
    "Registers": ".registers",
    "RequestValidation": ".request_validation",
}

__all__ = (
    "Backend",
    "BodyJobCreationPayload",
    "Characterization",
    "CharacterizationFidelity",
    "CharacterizationTiming",
    "CircuitInput",
    "CircuitInputFormat",
    "Error",
    "ErrorDetail",
    "ErrorMitigation",
    "Failure",
    "Fidelity",
    "Gate",
    "GateCounts",
    "Gateset",
    "GetCharacterizationsResponse",
    "GetJobsResponse",
    "InputJobCreationPayload",
    "Job",
    "JobCreationResponse",
    "JobMetadata",
    "JobOperationResponse",
    "JobStatus",
    "JobWarning",
    "JobsBulkOperationRequest",
    "JobsBulkOperationResponse",
    "MultiCircuitInput",
    "MultiCircuitInputFormat",
    "NamedCircuit",
    "Noise",
    "Probabilities",
    "ProbabilitiesByCircuit",
    "ProgramInput",
    "Registers",
    "RequestValidation",
)


if not TYPE_CHECKING:  # a type checker would take any name for a model

    def __getattr__(name: str) -> Any:
        try:
            module = _MODULES[name]
        except KeyError:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
        value = getattr(import_module(module, __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(_MODULES)
