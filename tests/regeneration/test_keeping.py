"""An operation that is gone can be kept alive: patched back in, deprecated, warned of once.

The story on a copy of the repository: the edition of the other tests takes `GetVariantShots` and
`GetCompiledFile` away; a second command brings one of them back.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ionq_conformance.spec.documents import DocumentError
from ionq_conformance.spec.keeping import Wish, draft, keep, removed
from ionq_conformance.spec.overlay import apply
from tests.regeneration.editions import Done, Synced, sync, tree

PATCH = "openapi/patches/v0.4/48-keep-get-variant-shots.yaml"


@pytest.fixture(scope="module")
def revived(synced: Synced, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    root = tmp_path_factory.mktemp("kept") / "copy"
    shutil.copytree(synced.root, root)
    return root, sync(root, "later.json", "--keep", "GetVariantShots=GetJobArtifact")


def run(root: Path, program: str) -> Any:
    """What a program prints as JSON that sees the copy's packages and no others."""
    path = os.pathsep.join([str(root / "generated"), str(root / "overlays")])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_is_gone_until_then(synced: Synced) -> None:
    assert not list(synced.root.glob("generated/ionq_api/v0_4/api/*/get_variant_shots.py"))
    folder = synced.root / "openapi" / "patches" / "v0.4" / "retired"
    assert (folder / "keep-get-variant-shots.yaml").is_file()


def test_the_patch_is_put_into_force(revived: tuple[Path, Done]) -> None:
    root, done = revived
    assert done.returncode == 0, done.stderr
    assert (root / PATCH).is_file()
    assert not (root / "openapi/patches/v0.4/retired/keep-get-variant-shots.yaml").exists()
    report = max((root / "openapi/reports").glob("*.md"), key=lambda one: one.stat().st_mtime_ns)
    text = report.read_text(encoding="utf-8")
    kept = text.partition("## Operations kept alive, deprecated")[2].partition("\n## ")[0]
    assert "`GetVariantShots`: by `48-keep-get-variant-shots.yaml`" in kept


def test_the_same_again_does_nothing(revived: tuple[Path, Done]) -> None:
    before = tree(revived[0])
    done = sync(revived[0], "later.json", "--keep", "GetVariantShots=GetJobArtifact")
    assert "nothing to do" in done.stdout
    assert tree(revived[0]) == before


def test_what_is_not_gone_cannot_be_kept(revived: tuple[Path, Done]) -> None:
    before = tree(revived[0])
    done = sync(revived[0], "later.json", "--keep", "GetJob")
    assert done.returncode == 1
    assert "--keep GetJob: the operation is not gone" in done.stderr
    assert tree(revived[0]) == before


USE = """
import asyncio, json, sys, warnings
from ionq_api.v0_4 import AuthenticatedClient
from ionq_api.v0_4.api.jobs import get_job
from ionq_api.v0_4.api.results import get_variant_shots
from ionq_emulator import Emulator

bell = {"qubits": 2, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]}
payload = {"type": "ionq.circuit.v1", "backend": "qpu.aria-1", "shots": 500, "input": bell}
with Emulator(check_responses=True) as emulator:
    def client():
        return AuthenticatedClient(emulator.url, token=emulator.api_key, prefix="apiKey")
    with client() as api:
        made = api.get_httpx_client().post("/jobs", json=payload).json()
        while (job := get_job.sync(made["id"], client=api).to_dict())["status"] != "completed":
            pass
        variant = job["output"]["error_mitigation"]["debiasing"]["variants"][0]
        place = (made["id"], variant["variant_id"])
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            ORDER
    print(json.dumps({
        "statuses": [one.status_code for one in answers],
        "told": [[one.category.__name__, str(one.message), one.filename] for one in told],
    }))
"""
SYNC = "answers = [get_variant_shots.sync_detailed(*place, client=api) for _ in range(3)]"
ASYNC = """
            async def ask():
                async with client() as other:
                    return [await get_variant_shots.asyncio_detailed(*place, client=other)
                            for _ in range(3)]
            answers = asyncio.run(ask())
            get_variant_shots.sync(*place, client=api)
"""


@pytest.mark.parametrize("order", [SYNC, ASYNC], ids=["sync", "async"])
def test_the_client_warns_once_and_the_emulator_serves_it(
    revived: tuple[Path, Done], order: str
) -> None:
    found = run(revived[0], USE.replace("ORDER", order.strip()))
    assert found["statuses"] == [200, 200, 200]
    ((category, message, place),) = found["told"]
    assert category == "DeprecationWarning"
    assert "ionq_api.v0_4.api.results.get_variant_shots" in message
    assert message.endswith("in its place: GetJobArtifact")
    assert place == "<string>"  # whoever calls it, not the client's own code


def test_the_others_do_not_know_of_warnings(revived: tuple[Path, Done]) -> None:
    package = revived[0] / "generated/ionq_api/v0_4/api"
    named = [p.stem for p in package.glob("*/*.py") if "_deprecation" in p.read_text("utf-8")]
    assert named == ["get_variant_shots"]
    assert "Deprecated" in (package / "results/get_variant_shots.py").read_text("utf-8")


# --- The patch itself -----------------------------------------------------------------------------


def shop() -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Thing"}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            "/things/{id}": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
                ],
                "get": {
                    "operationId": "getThing",
                    "security": [{"key": []}],
                    "parameters": [{"name": "deep", "in": "query", "schema": {"type": "integer"}}],
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {"application/json": {"schema": reference}},
                        }
                    },
                },
                "delete": {"responses": {"204": {"description": ""}}},
            }
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "Key"}},
            "schemas": {
                "Thing": {"properties": {"part": {"$ref": "#/components/schemas/Part"}}},
                "Part": {"properties": {"whole": reference}},
                "Other": {"type": "object"},
            },
        },
    }


def test_it_brings_back_what_the_operation_needs_and_nothing_else() -> None:
    old, new = shop(), shop()
    del new["paths"]["/things/{id}"]["get"]
    del new["paths"]["/things/{id}"]["parameters"]
    new["components"] = {"schemas": {"Part": {"type": "object"}}}
    (gone,) = removed(old, new)
    patch = draft(gone, old, new, "2026-12-01", "getThings", 3).patch
    assert patch.name == "03-keep-get-thing.yaml"
    patched, dead = apply(new, [patch.overlay])
    assert dead == []
    operation = patched["paths"]["/things/{id}"]["get"]
    assert operation["deprecated"] is True
    assert operation["x-replaced-by"] == "getThings"
    assert [(p["name"], p["schema"]["type"]) for p in operation["parameters"]] == [
        ("id", "string"),
        ("deep", "integer"),
    ]
    assert patched["paths"]["/things/{id}"]["delete"] == new["paths"]["/things/{id}"]["delete"]
    assert sorted(patched["components"]["schemas"]) == ["Part", "Thing"]
    assert patched["components"]["schemas"]["Part"] == {"type": "object"}  # theirs, as it is now
    assert "key" in patched["components"]["securitySchemes"]


def test_an_operation_without_an_id_is_named_by_method_and_path(tmp_path: Path) -> None:
    old, new = shop(), shop()
    del new["paths"]["/things/{id}"]["delete"]
    found = keep(Wish("DELETE /things/{id}"), old, new, "2026-12-01", tmp_path, 1)
    assert found.patch.name == "01-keep-delete-things-id.yaml"
    with pytest.raises(DocumentError, match="no such operation is gone; gone are: DELETE"):
        keep(Wish("DELETE /others"), old, new, "2026-12-01", tmp_path, 1)


def test_a_hostile_name_leads_nowhere(tmp_path: Path) -> None:
    old, new = shop(), shop()
    old["paths"]["/x"] = {"get": {"operationId": "../../../etc/passwd\n# hi", "responses": {}}}
    (gone,) = removed(old, new)
    made = draft(gone, old, new, "2026-12-01")
    made.patch.write(tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name == "keep-etc-passwd-hi.yaml"
