"""One project on a shared emulator: what a test gets to see of it.

May import: the server and the control object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionq_emulator.control import Control
    from ionq_emulator.server import Emulator

__all__ = ["Project"]


class Project:
    """A key and everything that belongs to it.

    Attributes:
        emulator: The emulator it lives on.
        api_key: The project's key.
        project_id: Its id, as whoami shows it.
        control: Clock, progress, faults and so on; faults, log and reset are this project's.
    """

    def __init__(self, emulator: Emulator, api_key: str) -> None:
        self.emulator = emulator
        self.api_key = api_key
        self.project_id = emulator.cloud.keys.identity(api_key).project_id
        self.control: Control = emulator.control.of(self.project_id)

    def __repr__(self) -> str:
        return f"Project({self.project_id!r})"

    @property
    def url(self) -> str:
        """The base URL with the version."""
        return self.emulator.url

    def close(self) -> None:
        """Forget the project's jobs, sessions and faults; clock and machines as set up."""
        self.control.reset()
        self.emulator.cloud.set_up_again()
