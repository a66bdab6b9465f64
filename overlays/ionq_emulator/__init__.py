"""ionq_emulator: IonQ's cloud on your own machine: real HTTP, real storage, real simulation.

Public: what `__all__` names. May import ionq_api, never ionq_direct.
"""

from ionq_emulator.auth import DEFAULT_API_KEY, ApiKey
from ionq_emulator.server import Emulator
from ionq_emulator.settings import Progress
from ionq_emulator.store import DatabaseInUseError
from ionq_emulator.workplace import ExecutorUnavailableError

__all__ = [
    "DEFAULT_API_KEY",
    "ApiKey",
    "DatabaseInUseError",
    "Emulator",
    "ExecutorUnavailableError",
    "Progress",
]
