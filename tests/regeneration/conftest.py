"""One copy of the repository that has followed a later edition, for all tests that look at it."""

from __future__ import annotations

import json

import pytest

from tests.regeneration.editions import Synced, copy_of_the_repository, later, sync


@pytest.fixture(scope="session")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Synced:
    """A copy that has been synced. Not to be changed: copy it."""
    root = copy_of_the_repository(tmp_path_factory.mktemp("sync"))
    before = (root / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
    (root / "later.json").write_text(json.dumps(later()), encoding="utf-8")
    return Synced(root, before, sync(root, "later.json", "--published", "2026-12-01"))
