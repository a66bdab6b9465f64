"""One copy of the repository that has followed a later edition, for all tests that look at it."""

from __future__ import annotations

import fcntl
import json
import pickle
from pathlib import Path

import pytest

from tests.regeneration.editions import Synced, copy_of_the_repository, later, sync


@pytest.fixture(scope="session")
def synced(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Synced:
    """A copy that has been synced. Not to be changed: copy it.

    It is made once, whichever of the processes that run the tests is the first to need it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "synced"
    folder.mkdir(exist_ok=True)
    known = folder / "synced.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            known.write_bytes(pickle.dumps(tuple(_synced(folder / "copy"))))
    return Synced(*pickle.loads(known.read_bytes()))


def _synced(root: Path) -> Synced:
    copy_of_the_repository(root)
    before = (root / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
    (root / "later.json").write_text(json.dumps(later()), encoding="utf-8")
    return Synced(root, before, sync(root, "later.json", "--published", "2026-12-01"))
