# @generated from openapi/v0.4.yaml: edits are lost
"""Contains all the data models used in inputs/outputs"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .add_job_results_payload import AddJobResultsPayload
    from .add_job_results_response import AddJobResultsResponse
    from .ansatz import Ansatz
    from .artifact_descriptor import ArtifactDescriptor
    from .backend import Backend
    from .base_job import BaseJob
    from .characterization import Characterization
    from .characterization_fidelity import CharacterizationFidelity
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
    from .circuit_job_stats import CircuitJobStats
    from .create_session_request import CreateSessionRequest
    from .debiasing_parameters import DebiasingParameters
    from .error import Error
    from .error_detail import ErrorDetail
    from .estimate_context import EstimateContext
    from .failure import Failure
    from .gate_native_gate import GateNativeGate
    from .gate_qis_gate import GateQisGate
    from .generic_quantum_function_input import GenericQuantumFunctionInput
    from .generic_quantum_function_input_data import GenericQuantumFunctionInputData
    from .get_aggregated_results_response import GetAggregatedResultsResponse
    from .get_characterizations_for_backend_response_200 import (
        GetCharacterizationsForBackendResponse200,
    )
    from .get_circuit_job_response import GetCircuitJobResponse
    from .get_compiled_file_lang import GetCompiledFileLang
    from .get_job_cost_response import GetJobCostResponse
    from .get_job_cost_response_cost import GetJobCostResponseCost
    from .get_job_cost_response_estimated_cost import GetJobCostResponseEstimatedCost
    from .get_job_estimate_query_params import GetJobEstimateQueryParams
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
    from .health_response import HealthResponse
    from .histogram_response import HistogramResponse
    from .job_canceled_response import JobCanceledResponse
    from .job_canceled_response_status import JobCanceledResponseStatus
    from .job_creation_response import JobCreationResponse
    from .job_deleted_response import JobDeletedResponse
    from .job_deleted_response_status import JobDeletedResponseStatus
    from .job_estimate_by_input import JobEstimateByInput
    from .job_estimate_by_input_rate_information import JobEstimateByInputRateInformation
    from .job_estimate_by_rate_card import JobEstimateByRateCard
    from .job_metadata import JobMetadata
    from .job_q_ctrl_status import JobQCtrlStatus
    from .job_status import JobStatus
    from .job_warning import JobWarning
    from .jobs_bulk_operation_request import JobsBulkOperationRequest
    from .jobs_canceled_response import JobsCanceledResponse
    from .jobs_canceled_response_status import JobsCanceledResponseStatus
    from .jobs_deleted_response import JobsDeletedResponse
    from .jobs_deleted_response_status import JobsDeletedResponseStatus
    from .json_multi_circuit_input import JsonMultiCircuitInput
    from .json_multi_circuit_input_gateset import JsonMultiCircuitInputGateset
    from .json_object import JsonObject
    from .linear_constraint import LinearConstraint
    from .median_fidelity import MedianFidelity
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
    from .phi_chi_twirling import PhiChiTwirling
    from .qasm_3_circuit_input import Qasm3CircuitInput
    from .qasm_3_job_creation_payload import Qasm3JobCreationPayload
    from .qasm_3_job_creation_payload_settings import Qasm3JobCreationPayloadSettings
    from .qasm_3_job_creation_payload_settings_compilation import (
        Qasm3JobCreationPayloadSettingsCompilation,
    )
    from .qasm_3_job_creation_payload_settings_error_mitigation import (
        Qasm3JobCreationPayloadSettingsErrorMitigation,
    )
    from .qasm_3_job_creation_payload_type import Qasm3JobCreationPayloadType
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
    from .rate import Rate
    from .rate_card import RateCard
    from .registers import Registers
    from .request_validation import RequestValidation
    from .result_pointer import ResultPointer
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
    "ArtifactDescriptor": ".artifact_descriptor",
    "Backend": ".backend",
    "BaseJob": ".base_job",
    "Characterization": ".characterization",
    "CharacterizationFidelity": ".characterization_fidelity",
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
    "CircuitJobStats": ".circuit_job_stats",
    "CreateSessionRequest": ".create_session_request",
    "DebiasingParameters": ".debiasing_parameters",
    "Error": ".error",
    "ErrorDetail": ".error_detail",
    "EstimateContext": ".estimate_context",
    "Failure": ".failure",
    "GateNativeGate": ".gate_native_gate",
    "GateQisGate": ".gate_qis_gate",
    "GenericQuantumFunctionInput": ".generic_quantum_function_input",
    "GenericQuantumFunctionInputData": ".generic_quantum_function_input_data",
    "GetAggregatedResultsResponse": ".get_aggregated_results_response",
    "GetCharacterizationsForBackendResponse200": ".get_characterizations_for_backend_response_200",
    "GetCircuitJobResponse": ".get_circuit_job_response",
    "GetCompiledFileLang": ".get_compiled_file_lang",
    "GetJobCostResponse": ".get_job_cost_response",
    "GetJobCostResponseCost": ".get_job_cost_response_cost",
    "GetJobCostResponseEstimatedCost": ".get_job_cost_response_estimated_cost",
    "GetJobEstimateQueryParams": ".get_job_estimate_query_params",
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
    "HealthResponse": ".health_response",
    "HistogramResponse": ".histogram_response",
    "JobCanceledResponse": ".job_canceled_response",
    "JobCanceledResponseStatus": ".job_canceled_response_status",
    "JobCreationResponse": ".job_creation_response",
    "JobDeletedResponse": ".job_deleted_response",
    "JobDeletedResponseStatus": ".job_deleted_response_status",
    "JobEstimateByInput": ".job_estimate_by_input",
    "JobEstimateByInputRateInformation": ".job_estimate_by_input_rate_information",
    "JobEstimateByRateCard": ".job_estimate_by_rate_card",
    "JobMetadata": ".job_metadata",
    "JobQCtrlStatus": ".job_q_ctrl_status",
    "JobStatus": ".job_status",
    "JobWarning": ".job_warning",
    "JobsBulkOperationRequest": ".jobs_bulk_operation_request",
    "JobsCanceledResponse": ".jobs_canceled_response",
    "JobsCanceledResponseStatus": ".jobs_canceled_response_status",
    "JobsDeletedResponse": ".jobs_deleted_response",
    "JobsDeletedResponseStatus": ".jobs_deleted_response_status",
    "JsonMultiCircuitInput": ".json_multi_circuit_input",
    "JsonMultiCircuitInputGateset": ".json_multi_circuit_input_gateset",
    "JsonObject": ".json_object",
    "LinearConstraint": ".linear_constraint",
    "MedianFidelity": ".median_fidelity",
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
    "PhiChiTwirling": ".phi_chi_twirling",
    "Qasm3CircuitInput": ".qasm_3_circuit_input",
    "Qasm3JobCreationPayload": ".qasm_3_job_creation_payload",
    "Qasm3JobCreationPayloadSettings": ".qasm_3_job_creation_payload_settings",
    "Qasm3JobCreationPayloadSettingsCompilation": ".qasm_3_job_creation_payload_settings_compilation",
    "Qasm3JobCreationPayloadSettingsErrorMitigation": ".qasm_3_job_creation_payload_settings_error_mitigation",
    "Qasm3JobCreationPayloadType": ".qasm_3_job_creation_payload_type",
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
    "Rate": ".rate",
    "RateCard": ".rate_card",
    "Registers": ".registers",
    "RequestValidation": ".request_validation",
    "ResultPointer": ".result_pointer",
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
    "ArtifactDescriptor",
    "Backend",
    "BaseJob",
    "Characterization",
    "CharacterizationFidelity",
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
    "CircuitJobStats",
    "CreateSessionRequest",
    "DebiasingParameters",
    "Error",
    "ErrorDetail",
    "EstimateContext",
    "Failure",
    "GateNativeGate",
    "GateQisGate",
    "GenericQuantumFunctionInput",
    "GenericQuantumFunctionInputData",
    "GetAggregatedResultsResponse",
    "GetCharacterizationsForBackendResponse200",
    "GetCircuitJobResponse",
    "GetCompiledFileLang",
    "GetJobCostResponse",
    "GetJobCostResponseCost",
    "GetJobCostResponseEstimatedCost",
    "GetJobEstimateQueryParams",
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
    "HealthResponse",
    "HistogramResponse",
    "JobCanceledResponse",
    "JobCanceledResponseStatus",
    "JobCreationResponse",
    "JobDeletedResponse",
    "JobDeletedResponseStatus",
    "JobEstimateByInput",
    "JobEstimateByInputRateInformation",
    "JobEstimateByRateCard",
    "JobMetadata",
    "JobQCtrlStatus",
    "JobStatus",
    "JobWarning",
    "JobsBulkOperationRequest",
    "JobsCanceledResponse",
    "JobsCanceledResponseStatus",
    "JobsDeletedResponse",
    "JobsDeletedResponseStatus",
    "JsonMultiCircuitInput",
    "JsonMultiCircuitInputGateset",
    "JsonObject",
    "LinearConstraint",
    "MedianFidelity",
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
    "PhiChiTwirling",
    "QISCircuit",
    "QISCircuitGateset",
    "Qasm3CircuitInput",
    "Qasm3JobCreationPayload",
    "Qasm3JobCreationPayloadSettings",
    "Qasm3JobCreationPayloadSettingsCompilation",
    "Qasm3JobCreationPayloadSettingsErrorMitigation",
    "Qasm3JobCreationPayloadType",
    "QctrlQaoaJobCreationPayload",
    "QctrlQaoaJobCreationPayloadExternalSettings",
    "QctrlQaoaJobCreationPayloadSettings",
    "QctrlQaoaJobCreationPayloadSettingsErrorMitigation",
    "QctrlQaoaJobCreationPayloadType",
    "QctrlQaoaJobInput",
    "QctrlQaoaJobInputProblem",
    "QctrlQaoaJobInputProblemType",
    "QisCircuitInput",
    "QisCircuitInputGateset",
    "QisGate",
    "QuadraticConstraint",
    "QuantumFunctionJobCreationPayload",
    "QuantumFunctionJobCreationPayloadSettings",
    "QuantumFunctionJobCreationPayloadSettingsErrorMitigation",
    "QuantumFunctionJobCreationPayloadType",
    "Rate",
    "RateCard",
    "Registers",
    "RequestValidation",
    "ResultPointer",
    "Session",
    "SessionCostLimit",
    "SessionSettings",
    "SessionSettingsRequest",
    "SessionStatusEnum",
    "SessionsResponse",
    "Usage",
    "Usages",
    "Whoami",
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
