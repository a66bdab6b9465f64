"""What a run's deviations ask of the document: recorded as they come, a patch at the end.

May import: drift, patching, findings' types, the contract.
"""

from __future__ import annotations

import contextlib
import datetime
import tempfile
from collections.abc import Generator
from pathlib import Path

from ionq_conformance import drift, patching
from ionq_conformance.contract import Contract
from ionq_conformance.drift import AnswerReader
from ionq_conformance.findings import Proposal

__all__ = ["Recording", "recording"]


class Recording:
    """The deviations of one run, also where the file holds those of others.

    Args:
        file: Where they are recorded.
        scratch: A folder for what is read back.

    Attributes:
        reader: To be given every answer.
    """

    def __init__(self, file: Path, scratch: Path) -> None:
        self._file = file
        self._scratch = scratch
        self._before = file.stat().st_size if file.exists() else 0
        self.reader = AnswerReader(file)

    def proposal(self, contract: Contract) -> Proposal:
        """What would make the document agree with the answers of this run."""
        if not self.reader.count:
            return Proposal()
        new = self._scratch / "of-this-run.jsonl"
        new.write_bytes(self._file.read_bytes()[self._before :])
        patch = patching.propose(contract, drift.read([new]))
        today = datetime.datetime.now(datetime.UTC).date()
        return Proposal(
            deviations=self.reader.count,
            actions=tuple(f"{one.target}: {one.reason}" for one in patch.actions),
            unsolved=tuple(f"{one.operation} {one.path}: {why}" for one, why in patch.unsolved),
            overlay=patching.to_yaml(patch, today=today) if patch.actions else "",
        )


@contextlib.contextmanager
def recording(file: Path | None) -> Generator[Recording]:
    """Record deviations for the length of a run.

    Args:
        file: Where to keep them; None: they are forgotten afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="ionq-conformance-") as scratch:
        folder = Path(scratch)
        yield Recording(file or folder / "deviations.jsonl", folder)
