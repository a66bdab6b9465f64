# @generated from openapi/v0.4.yaml: edits are lost
"""Contains all the data models used in inputs/outputs"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .add_job_results_payload import AddJobResultsPayload
    from .add_job_results_response import AddJobResultsResponse
    from .ansatz import Ansatz
    from .backend import Backend
    from .bad_request_error import BadRequestError
    from .base_job import BaseJob
    from .characterization import Characterization
    from .characterization_fidelity import CharacterizationFidelity
    from .characterization_fidelity_spam import CharacterizationFidelitySpam
    from .characterization_timing import CharacterizationTiming
    from .circuit_job_compilation_settings import CircuitJobCompilationSettings
    from .circuit_job_creation_payload import CircuitJobCreationPayload
    from .circuit_job_creation_payload_settings import CircuitJobCreationPayloadSettings
    from .circuit_job_creation_payload_settings_compilation import (
        CircuitJobCreationPayloadSettingsCompilation,
    )
    from .circuit_job_creation_payload_settings_error_mitigation import (
        CircuitJobCreationPayloadSettingsErrorMitigation,
    )
    from .circuit_job_creation_payload_type import CircuitJobCreationPayloadType
    from .circuit_job_result import CircuitJobResult
    from .circuit_job_result_histogram import CircuitJobResultHistogram
    from .circuit_job_result_probabilities import CircuitJobResultProbabilities
    from .circuit_job_result_shots import CircuitJobResultShots
    from .circuit_job_settings import CircuitJobSettings
    from .circuit_job_settings_error_mitigation import CircuitJobSettingsErrorMitigation
    from .circuit_job_settings_error_mitigation_debiasing_type_0 import (
        CircuitJobSettingsErrorMitigationDebiasingType0,
    )
    from .circuit_job_settings_error_mitigation_debiasing_type_0_phi_chi_twirling import (
        CircuitJobSettingsErrorMitigationDebiasingType0PhiChiTwirling,
    )
    from .circuit_job_stats import CircuitJobStats
    from .cost_model import CostModel
    from .create_session_request import CreateSessionRequest
    from .error import Error
    from .failure import Failure
    from .failure_code import FailureCode
    from .gate_native_gate import GateNativeGate
    from .gate_qis_gate import GateQisGate
    from .generic_quantum_function_input import GenericQuantumFunctionInput
    from .generic_quantum_function_input_data import GenericQuantumFunctionInputData
    from .get_backend_backend import GetBackendBackend
    from .get_characterization_backend import GetCharacterizationBackend
    from .get_characterizations_for_backend_backend import GetCharacterizationsForBackendBackend
    from .get_characterizations_for_backend_response_200 import (
        GetCharacterizationsForBackendResponse200,
    )
    from .get_circuit_job_response import GetCircuitJobResponse
    from .get_compiled_file_lang import GetCompiledFileLang
    from .get_job_cost_response import GetJobCostResponse
    from .get_job_cost_response_cost import GetJobCostResponseCost
    from .get_job_cost_response_estimated_cost import GetJobCostResponseEstimatedCost
    from .get_job_estimate_query_params import GetJobEstimateQueryParams
    from .get_job_estimate_response import GetJobEstimateResponse
    from .get_job_estimate_response_rate_information import GetJobEstimateResponseRateInformation
    from .get_job_response import GetJobResponse
    from .get_jobs_query_params import GetJobsQueryParams
    from .get_jobs_response import GetJobsResponse
    from .get_results_response import GetResultsResponse
    from .get_sessions_query_params import GetSessionsQueryParams
    from .get_variant_results_response import GetVariantResultsResponse
    from .group_by import GroupBy
    from .group_usage import GroupUsage
    from .hamiltonian_energy_data import HamiltonianEnergyData
    from .hamiltonian_energy_input import HamiltonianEnergyInput
    from .hamiltonian_energy_input_data import HamiltonianEnergyInputData
    from .hamiltonian_energy_input_data_type import HamiltonianEnergyInputDataType
    from .hamiltonian_pauli_term import HamiltonianPauliTerm
    from .job_canceled_response import JobCanceledResponse
    from .job_canceled_response_status import JobCanceledResponseStatus
    from .job_creation_response import JobCreationResponse
    from .job_deleted_response import JobDeletedResponse
    from .job_deleted_response_status import JobDeletedResponseStatus
    from .job_metadata import JobMetadata
    from .job_q_ctrl_status import JobQCtrlStatus
    from .job_status import JobStatus
    from .jobs_bulk_operation_request import JobsBulkOperationRequest
    from .jobs_canceled_response import JobsCanceledResponse
    from .jobs_canceled_response_status import JobsCanceledResponseStatus
    from .jobs_deleted_response import JobsDeletedResponse
    from .jobs_deleted_response_status import JobsDeletedResponseStatus
    from .json_multi_circuit_input import JsonMultiCircuitInput
    from .json_multi_circuit_input_gateset import JsonMultiCircuitInputGateset
    from .json_object import JsonObject
    from .linear_constraint import LinearConstraint
    from .modality import Modality
    from .multi_circuit_job_creation_payload import MultiCircuitJobCreationPayload
    from .multi_circuit_job_creation_payload_settings import MultiCircuitJobCreationPayloadSettings
    from .multi_circuit_job_creation_payload_settings_compilation import (
        MultiCircuitJobCreationPayloadSettingsCompilation,
    )
    from .multi_circuit_job_creation_payload_settings_error_mitigation import (
        MultiCircuitJobCreationPayloadSettingsErrorMitigation,
    )
    from .multi_circuit_job_creation_payload_type import MultiCircuitJobCreationPayloadType
    from .native_circuit import NativeCircuit
    from .native_circuit_gateset import NativeCircuitGateset
    from .native_circuit_input import NativeCircuitInput
    from .native_circuit_input_gateset import NativeCircuitInputGateset
    from .native_gate import NativeGate
    from .noise import Noise
    from .noise_model import NoiseModel
    from .number_map import NumberMap
    from .qctrl_qaoa_job_creation_payload import QctrlQaoaJobCreationPayload
    from .qctrl_qaoa_job_creation_payload_external_settings import (
        QctrlQaoaJobCreationPayloadExternalSettings,
    )
    from .qctrl_qaoa_job_creation_payload_settings import QctrlQaoaJobCreationPayloadSettings
    from .qctrl_qaoa_job_creation_payload_settings_error_mitigation import (
        QctrlQaoaJobCreationPayloadSettingsErrorMitigation,
    )
    from .qctrl_qaoa_job_creation_payload_type import QctrlQaoaJobCreationPayloadType
    from .qctrl_qaoa_job_input import QctrlQaoaJobInput
    from .qctrl_qaoa_job_input_problem import QctrlQaoaJobInputProblem
    from .qctrl_qaoa_job_input_problem_type import QctrlQaoaJobInputProblemType
    from .qis_circuit import QISCircuit
    from .qis_circuit_gateset import QISCircuitGateset
    from .qis_circuit_input import QisCircuitInput
    from .qis_circuit_input_gateset import QisCircuitInputGateset
    from .qis_gate import QisGate
    from .quadratic_constraint import QuadraticConstraint
    from .quantum_function_job_creation_payload import QuantumFunctionJobCreationPayload
    from .quantum_function_job_creation_payload_settings import (
        QuantumFunctionJobCreationPayloadSettings,
    )
    from .quantum_function_job_creation_payload_settings_error_mitigation import (
        QuantumFunctionJobCreationPayloadSettingsErrorMitigation,
    )
    from .quantum_function_job_creation_payload_type import QuantumFunctionJobCreationPayloadType
    from .registers import Registers
    from .request_validation import RequestValidation
    from .session import Session
    from .session_cost_limit import SessionCostLimit
    from .session_settings import SessionSettings
    from .session_settings_request import SessionSettingsRequest
    from .session_status_enum import SessionStatusEnum
    from .sessions_response import SessionsResponse
    from .usage import Usage
    from .usages import Usages
    from .whoami import Whoami

_MODULES = {
    "AddJobResultsPayload": ".add_job_results_payload",
    "AddJobResultsResponse": ".add_job_results_response",
    "Ansatz": ".ansatz",
    "Backend": ".backend",
    "BadRequestError": ".bad_request_error",
    "BaseJob": ".base_job",
    "Characterization": ".characterization",
    "CharacterizationFidelity": ".characterization_fidelity",
    "CharacterizationFidelitySpam": ".characterization_fidelity_spam",
    "CharacterizationTiming": ".characterization_timing",
    "CircuitJobCompilationSettings": ".circuit_job_compilation_settings",
    "CircuitJobCreationPayload": ".circuit_job_creation_payload",
    "CircuitJobCreationPayloadSettings": ".circuit_job_creation_payload_settings",
    "CircuitJobCreationPayloadSettingsCompilation": ".circuit_job_creation_payload_settings_compilation",
    "CircuitJobCreationPayloadSettingsErrorMitigation": ".circuit_job_creation_payload_settings_error_mitigation",
    "CircuitJobCreationPayloadType": ".circuit_job_creation_payload_type",
    "CircuitJobResult": ".circuit_job_result",
    "CircuitJobResultHistogram": ".circuit_job_result_histogram",
    "CircuitJobResultProbabilities": ".circuit_job_result_probabilities",
    "CircuitJobResultShots": ".circuit_job_result_shots",
    "CircuitJobSettings": ".circuit_job_settings",
    "CircuitJobSettingsErrorMitigation": ".circuit_job_settings_error_mitigation",
    "CircuitJobSettingsErrorMitigationDebiasingType0": ".circuit_job_settings_error_mitigation_debiasing_type_0",
    "CircuitJobSettingsErrorMitigationDebiasingType0PhiChiTwirling": ".circuit_job_settings_error_mitigation_debiasing_type_0_phi_chi_twirling",
    "CircuitJobStats": ".circuit_job_stats",
    "CostModel": ".cost_model",
    "CreateSessionRequest": ".create_session_request",
    "Error": ".error",
    "Failure": ".failure",
    "FailureCode": ".failure_code",
    "GateNativeGate": ".gate_native_gate",
    "GateQisGate": ".gate_qis_gate",
    "GenericQuantumFunctionInput": ".generic_quantum_function_input",
    "GenericQuantumFunctionInputData": ".generic_quantum_function_input_data",
    "GetBackendBackend": ".get_backend_backend",
    "GetCharacterizationBackend": ".get_characterization_backend",
    "GetCharacterizationsForBackendBackend": ".get_characterizations_for_backend_backend",
    "GetCharacterizationsForBackendResponse200": ".get_characterizations_for_backend_response_200",
    "GetCircuitJobResponse": ".get_circuit_job_response",
    "GetCompiledFileLang": ".get_compiled_file_lang",
    "GetJobCostResponse": ".get_job_cost_response",
    "GetJobCostResponseCost": ".get_job_cost_response_cost",
    "GetJobCostResponseEstimatedCost": ".get_job_cost_response_estimated_cost",
    "GetJobEstimateQueryParams": ".get_job_estimate_query_params",
    "GetJobEstimateResponse": ".get_job_estimate_response",
    "GetJobEstimateResponseRateInformation": ".get_job_estimate_response_rate_information",
    "GetJobResponse": ".get_job_response",
    "GetJobsQueryParams": ".get_jobs_query_params",
    "GetJobsResponse": ".get_jobs_response",
    "GetResultsResponse": ".get_results_response",
    "GetSessionsQueryParams": ".get_sessions_query_params",
    "GetVariantResultsResponse": ".get_variant_results_response",
    "GroupBy": ".group_by",
    "GroupUsage": ".group_usage",
    "HamiltonianEnergyData": ".hamiltonian_energy_data",
    "HamiltonianEnergyInput": ".hamiltonian_energy_input",
    "HamiltonianEnergyInputData": ".hamiltonian_energy_input_data",
    "HamiltonianEnergyInputDataType": ".hamiltonian_energy_input_data_type",
    "HamiltonianPauliTerm": ".hamiltonian_pauli_term",
    "JobCanceledResponse": ".job_canceled_response",
    "JobCanceledResponseStatus": ".job_canceled_response_status",
    "JobCreationResponse": ".job_creation_response",
    "JobDeletedResponse": ".job_deleted_response",
    "JobDeletedResponseStatus": ".job_deleted_response_status",
    "JobMetadata": ".job_metadata",
    "JobQCtrlStatus": ".job_q_ctrl_status",
    "JobStatus": ".job_status",
    "JobsBulkOperationRequest": ".jobs_bulk_operation_request",
    "JobsCanceledResponse": ".jobs_canceled_response",
    "JobsCanceledResponseStatus": ".jobs_canceled_response_status",
    "JobsDeletedResponse": ".jobs_deleted_response",
    "JobsDeletedResponseStatus": ".jobs_deleted_response_status",
    "JsonMultiCircuitInput": ".json_multi_circuit_input",
    "JsonMultiCircuitInputGateset": ".json_multi_circuit_input_gateset",
    "JsonObject": ".json_object",
    "LinearConstraint": ".linear_constraint",
    "Modality": ".modality",
    "MultiCircuitJobCreationPayload": ".multi_circuit_job_creation_payload",
    "MultiCircuitJobCreationPayloadSettings": ".multi_circuit_job_creation_payload_settings",
    "MultiCircuitJobCreationPayloadSettingsCompilation": ".multi_circuit_job_creation_payload_settings_compilation",
    "MultiCircuitJobCreationPayloadSettingsErrorMitigation": ".multi_circuit_job_creation_payload_settings_error_mitigation",
    "MultiCircuitJobCreationPayloadType": ".multi_circuit_job_creation_payload_type",
    "NativeCircuit": ".native_circuit",
    "NativeCircuitGateset": ".native_circuit_gateset",
    "NativeCircuitInput": ".native_circuit_input",
    "NativeCircuitInputGateset": ".native_circuit_input_gateset",
    "NativeGate": ".native_gate",
    "Noise": ".noise",
    "NoiseModel": ".noise_model",
    "NumberMap": ".number_map",
    "QctrlQaoaJobCreationPayload": ".qctrl_qaoa_job_creation_payload",
    "QctrlQaoaJobCreationPayloadExternalSettings": ".qctrl_qaoa_job_creation_payload_external_settings",
    "QctrlQaoaJobCreationPayloadSettings": ".qctrl_qaoa_job_creation_payload_settings",
    "QctrlQaoaJobCreationPayloadSettingsErrorMitigation": ".qctrl_qaoa_job_creation_payload_settings_error_mitigation",
    "QctrlQaoaJobCreationPayloadType": ".qctrl_qaoa_job_creation_payload_type",
    "QctrlQaoaJobInput": ".qctrl_qaoa_job_input",
    "QctrlQaoaJobInputProblem": ".qctrl_qaoa_job_input_problem",
    "QctrlQaoaJobInputProblemType": ".qctrl_qaoa_job_input_problem_type",
    "QISCircuit": ".qis_circuit",
    "QISCircuitGateset": ".qis_circuit_gateset",
    "QisCircuitInput": ".qis_circuit_input",
    "QisCircuitInputGateset": ".qis_circuit_input_gateset",
    "QisGate": ".qis_gate",
    "QuadraticConstraint": ".quadratic_constraint",
    "QuantumFunctionJobCreationPayload": ".quantum_function_job_creation_payload",
    "QuantumFunctionJobCreationPayloadSettings": ".quantum_function_job_creation_payload_settings",
    "QuantumFunctionJobCreationPayloadSettingsErrorMitigation": ".quantum_function_job_creation_payload_settings_error_mitigation",
    "QuantumFunctionJobCreationPayloadType": ".quantum_function_job_creation_payload_type",
    "Registers": ".registers",
    "RequestValidation": ".request_validation",
    "Session": ".session",
    "SessionCostLimit": ".session_cost_limit",
    "SessionSettings": ".session_settings",
    "SessionSettingsRequest": ".session_settings_request",
    "SessionStatusEnum": ".session_status_enum",
    "SessionsResponse": ".sessions_response",
    "Usage": ".usage",
    "Usages": ".usages",
    "Whoami": ".whoami",
}

__all__ = (
    "AddJobResultsPayload",
    "AddJobResultsResponse",
    "Ansatz",
    "Backend",
    "BadRequestError",
    "BaseJob",
    "Characterization",
    "CharacterizationFidelity",
    "CharacterizationFidelitySpam",
    "CharacterizationTiming",
    "CircuitJobCompilationSettings",
    "CircuitJobCreationPayload",
    "CircuitJobCreationPayloadSettings",
    "CircuitJobCreationPayloadSettingsCompilation",
    "CircuitJobCreationPayloadSettingsErrorMitigation",
    "CircuitJobCreationPayloadType",
    "CircuitJobResult",
    "CircuitJobResultHistogram",
    "CircuitJobResultProbabilities",
    "CircuitJobResultShots",
    "CircuitJobSettings",
    "CircuitJobSettingsErrorMitigation",
    "CircuitJobSettingsErrorMitigationDebiasingType0",
    "CircuitJobSettingsErrorMitigationDebiasingType0PhiChiTwirling",
    "CircuitJobStats",
    "CostModel",
    "CreateSessionRequest",
    "Error",
    "Failure",
    "FailureCode",
    "GateNativeGate",
    "GateQisGate",
    "GenericQuantumFunctionInput",
    "GenericQuantumFunctionInputData",
    "GetBackendBackend",
    "GetCharacterizationBackend",
    "GetCharacterizationsForBackendBackend",
    "GetCharacterizationsForBackendResponse200",
    "GetCircuitJobResponse",
    "GetCompiledFileLang",
    "GetJobCostResponse",
    "GetJobCostResponseCost",
    "GetJobCostResponseEstimatedCost",
    "GetJobEstimateQueryParams",
    "GetJobEstimateResponse",
    "GetJobEstimateResponseRateInformation",
    "GetJobResponse",
    "GetJobsQueryParams",
    "GetJobsResponse",
    "GetResultsResponse",
    "GetSessionsQueryParams",
    "GetVariantResultsResponse",
    "GroupBy",
    "GroupUsage",
    "HamiltonianEnergyData",
    "HamiltonianEnergyInput",
    "HamiltonianEnergyInputData",
    "HamiltonianEnergyInputDataType",
    "HamiltonianPauliTerm",
    "JobCanceledResponse",
    "JobCanceledResponseStatus",
    "JobCreationResponse",
    "JobDeletedResponse",
    "JobDeletedResponseStatus",
    "JobMetadata",
    "JobQCtrlStatus",
    "JobsBulkOperationRequest",
    "JobsCanceledResponse",
    "JobsCanceledResponseStatus",
    "JobsDeletedResponse",
    "JobsDeletedResponseStatus",
    "JobStatus",
    "JsonMultiCircuitInput",
    "JsonMultiCircuitInputGateset",
    "JsonObject",
    "LinearConstraint",
    "Modality",
    "MultiCircuitJobCreationPayload",
    "MultiCircuitJobCreationPayloadSettings",
    "MultiCircuitJobCreationPayloadSettingsCompilation",
    "MultiCircuitJobCreationPayloadSettingsErrorMitigation",
    "MultiCircuitJobCreationPayloadType",
    "NativeCircuit",
    "NativeCircuitGateset",
    "NativeCircuitInput",
    "NativeCircuitInputGateset",
    "NativeGate",
    "Noise",
    "NoiseModel",
    "NumberMap",
    "QctrlQaoaJobCreationPayload",
    "QctrlQaoaJobCreationPayloadExternalSettings",
    "QctrlQaoaJobCreationPayloadSettings",
    "QctrlQaoaJobCreationPayloadSettingsErrorMitigation",
    "QctrlQaoaJobCreationPayloadType",
    "QctrlQaoaJobInput",
    "QctrlQaoaJobInputProblem",
    "QctrlQaoaJobInputProblemType",
    "QISCircuit",
    "QISCircuitGateset",
    "QisCircuitInput",
    "QisCircuitInputGateset",
    "QisGate",
    "QuadraticConstraint",
    "QuantumFunctionJobCreationPayload",
    "QuantumFunctionJobCreationPayloadSettings",
    "QuantumFunctionJobCreationPayloadSettingsErrorMitigation",
    "QuantumFunctionJobCreationPayloadType",
    "Registers",
    "RequestValidation",
    "Session",
    "SessionCostLimit",
    "SessionSettings",
    "SessionSettingsRequest",
    "SessionsResponse",
    "SessionStatusEnum",
    "Usage",
    "Usages",
    "Whoami",
)


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
