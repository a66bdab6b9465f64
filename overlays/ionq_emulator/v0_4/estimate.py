"""Cost estimates in both shapes: as IonQ serves them, and as its May 2026 document has them.

May import: backends, pricing, clock, auth, errors and query reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionq_emulator.clock import iso
from ionq_emulator.errors import bad_request
from ionq_emulator.pricing import cost_usd, execution_ms, quantum_time_us
from ionq_emulator.records import CIRCUIT
from ionq_emulator.validation import query_bool, query_int

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from ionq_emulator.auth import Identity
    from ionq_emulator.backends import Backend, Catalogue
    from ionq_emulator.values import Json


__all__ = ["Estimate", "read_estimate"]


# IonQ API reference, GET /jobs/estimate.
_QUBITS = 25
_SHOTS = 1000
# Past this width a simulator's time is no longer worth telling apart.
_MAX_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is to be estimated."""

    backend: Backend
    type: str
    qubits: int
    shots: int
    one_qubit: int
    two_qubit: int
    mitigated: bool

    def served(self, identity: Identity, now_ms: int) -> Json:
        """The shape IonQ serves."""
        rates = self._rates()
        who = {"organization": identity.organization_id, "project": identity.project_id}
        return {
            "estimate_context": self._inputs() | who,
            "estimated_at": iso(now_ms),
            "estimated_unit": "usd",
            "rate_card": {
                "id": f"azure-list-{self.backend.name}",
                "rates": [{"sku": self.backend.name, "unit": "gates", **rates}],
            },
            "estimated_total_cost": self._cost(),
            "estimated_execution_time": self._duration_ms(),
            "estimated_quantum_compute_time_us": quantum_time_us(
                self.backend, one_qubit=self.one_qubit, two_qubit=self.two_qubit, shots=self.shots
            ),
            "current_predicted_queue_time": self.backend.queue_ms,
        }

    def documented(self, identity: Identity, now_ms: int) -> Json:
        """The shape of the May 2026 document."""
        return {
            "input_values": self._inputs(),
            "estimated_at": iso(now_ms),
            "cost_unit": "usd",
            "rate_information": self._rates() | {"organization": identity.organization_id},
            "estimated_cost": self._cost(),
            "estimated_execution_time": self._duration_ms(),
            "current_predicted_queue_time": self.backend.queue_ms,
        }

    def _inputs(self) -> Json:
        return {
            "backend": self.backend.name,
            "type": self.type,
            "qubits": self.qubits,
            "shots": self.shots,
            "1q_gates": self.one_qubit,
            "2q_gates": self.two_qubit,
            "error_mitigation": self.mitigated,
        }

    def _rates(self) -> Json:
        rates = self.backend.rates
        if rates is None:
            return {"cost_1q_gate": 0.0, "cost_2q_gate": 0.0, "job_cost_minimum": 0.0}
        return {
            "cost_1q_gate": rates.one_qubit_gate,
            "cost_2q_gate": rates.two_qubit_gate,
            "job_cost_minimum": rates.minimum_mitigated if self.mitigated else rates.minimum,
        }

    def _cost(self) -> float:
        cost = cost_usd(
            self.backend,
            one_qubit=self.one_qubit,
            two_qubit=self.two_qubit,
            shots=self.shots,
            mitigated=self.mitigated,
        )
        return cost or 0.0

    def _duration_ms(self) -> int:
        return execution_ms(
            self.backend,
            qubits=min(self.qubits, _MAX_WIDTH),
            one_qubit=self.one_qubit,
            two_qubit=self.two_qubit,
            shots=self.shots,
        )


def read_estimate(query: QueryParams, catalogue: Catalogue) -> Estimate:
    """The query of `GET /jobs/estimate`.

    Raises:
        ApiError: 400 that names the parameter.
    """
    name = query.get("backend")
    backend = catalogue.find(name) if name else None
    if backend is None:
        known = ", ".join(catalogue.backends)
        text = "it is missing" if name is None else f"got {name[:60]!r}"
        raise bad_request(f'"backend" must be one of {known}; {text}', "backend", source="query")
    return Estimate(
        backend=backend,
        type=query.get("type", CIRCUIT),
        qubits=query_int(query, "qubits", _QUBITS, 1),
        shots=query_int(query, "shots", _SHOTS, 1),
        one_qubit=query_int(query, "1q_gates", 0, 0),
        two_qubit=query_int(query, "2q_gates", 0, 0),
        mitigated=bool(query_bool(query, "error_mitigation", default=False)),
    )
