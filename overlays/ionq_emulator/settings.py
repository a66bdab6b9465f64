"""How one emulator is set up.

May import: the standard library, auth and backends' names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import os

    from ionq_emulator.auth import ApiKey

__all__ = ["Progress", "Settings"]


@dataclass(frozen=True, slots=True)
class Progress:
    """When jobs move from one state to the next.

    Attributes:
        mode: `instant`: as soon as the work is done. `time`: by the emulator's clock, with
            compilation, queue and execution taking the time the machine would. `polls`: one state
            further after every `polls` requests that showed the job.
        polls: For `polls`: how many requests show one state.
    """

    mode: Literal["instant", "time", "polls"] = "instant"
    polls: int = 1

    @classmethod
    def parse(cls, text: str | int | Progress) -> Progress:
        """Read `instant`, `time`, `polls:3`, or 3.

        Raises:
            ValueError: It is none of these.
        """
        if isinstance(text, Progress):
            return text
        if isinstance(text, int):
            return cls._after(text)
        if text in {"instant", "time"}:
            return cls(mode="instant" if text == "instant" else "time")
        mode, _, number = text.partition(":")
        if mode == "polls" and number.isdecimal():
            return cls._after(int(number))
        raise ValueError(f"progress must be instant, time or polls:N, got {text!r}")

    @classmethod
    def _after(cls, polls: int) -> Progress:
        if polls < 1:
            raise ValueError(f"progress: the number of polls must be at least 1, got {polls}")
        return cls(mode="polls", polls=polls)

    def __str__(self) -> str:
        return f"polls:{self.polls}" if self.mode == "polls" else self.mode


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is decided when an emulator starts.

    Attributes:
        database: SQLite file; None keeps everything in memory.
        seed: Ids, sampling and noise follow from it.
        speed: Emulated seconds per real second.
        progress: When jobs move on.
        api_keys: The only keys accepted; empty: any, each its own project.
        workers: Simulations that run at once, each in a process of its own.
        memory_bytes: What all running simulations may use together; None: most of what is free.
        check_responses: Check every answer against the contract; a violation becomes a 500.
        estimate_shape: `current`: as IonQ serves estimates; `documented`: as its May 2026
            document describes them.
        compiled_circuits: Serve `/jobs/{id}/circuits/{lang}`; IonQ has answered 410 since 2026.
        queue_ms: Waits per backend in ms of emulated time, over the catalogue's.
        control: Serve `/_emulator/`, and the page at `/`.
    """

    database: str | os.PathLike[str] | None = None
    seed: int = 0
    speed: float = 1.0
    progress: Progress = field(default_factory=Progress)
    api_keys: tuple[ApiKey | str, ...] = ()
    workers: int | None = None
    memory_bytes: int | None = None
    check_responses: bool = False
    estimate_shape: Literal["current", "documented"] = "current"
    compiled_circuits: bool = True
    queue_ms: dict[str, int] = field(default_factory=dict)
    control: bool = True
