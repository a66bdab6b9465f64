"""Later editions of the contract, and copies of the repository that follow them."""

from __future__ import annotations

import copy as copying
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from scripts import paths
from scripts.documents import load_openapi

Document = dict[str, Any]
Done = subprocess.CompletedProcess[str]

WORDS = {"description", "summary", "example", "examples"}
VENDORED = paths.OPENAPI / "v0.4.yaml"


def without_words(node: Any, *, names: bool = False) -> Any:
    """What a publisher with no words would publish."""
    if isinstance(node, list):
        return [without_words(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: without_words(value, names=key in {"properties", "schemas", "responses"} and not names)
        for key, value in node.items()
        if names or key not in WORDS
    }
    if "content" in node or set(node) == {"description"}:
        kept["description"] = "A sentence of the publisher's."
    return kept


def later() -> Document:
    """An edition with operations added and removed, a schema split, enums narrowed, and fixes."""
    document: Document = without_words(load_openapi(VENDORED))
    document["info"]["title"] = "IonQ's own title"
    made = document["paths"]
    schemas = document["components"]["schemas"]
    del made["/jobs/{UUID}/circuits/{lang}"]
    del made["/jobs/{UUID}/variants/{variantId}/results/shots"]
    made["/jobs/{UUID}/clone"] = {
        "post": {
            "operationId": "CloneJob",
            "description": 'IonQ\'s words about ``` clones """ of jobs.',
            "parameters": made["/jobs/{UUID}"]["get"]["parameters"],
            "responses": {
                "201": {
                    "description": "Cloned",
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/JobCreationResponse"}
                        }
                    },
                }
            },
        }
    }
    # One form of answer gets a component of its own.
    rate = schemas["GetJobEstimateResponse"]["properties"]["rate_information"]
    schemas["RateInformation"] = copying.deepcopy(rate)
    schemas["GetJobEstimateResponse"]["properties"]["rate_information"] = {
        "$ref": "#/components/schemas/RateInformation"
    }
    schemas["NoiseModel"]["enum"].remove("harmony")
    del schemas["GetJobCostResponse"]["properties"]["estimated_cost"]
    schemas["GetJobCostResponse"]["required"].remove("estimated_cost")
    schemas["BaseJob"]["required"].append("shots")
    # The publisher mends what a patch of ours mends, too.
    schemas["Backend"]["properties"]["supported_gates"] = {
        "type": "array",
        "items": {"type": "string"},
    }
    return document


class Synced(NamedTuple):
    """A copy that follows a later edition: where it is, its vendored text before, how it ended."""

    root: Path
    before: str
    done: Done


def copy_of_the_repository(root: Path) -> Path:
    """What the command needs, in a folder of its own."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("scripts", "openapi", "generated", "overlays", "tests/regeneration/programs"):
        shutil.copytree(paths.ROOT / name, root / name, ignore=ignore)
    shutil.copy(paths.ROOT / "pyproject.toml", root)
    return root


def sync(root: Path, spec: str, *more: str) -> Done:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-m", "scripts.sync_spec", "--spec", spec, *more],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for room in ("openapi", "generated")
        for path in sorted((root / room).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
