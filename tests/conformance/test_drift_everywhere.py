"""Each place of each answer that the service is known to give, gone wrong in each way.

What patches make of it is judged by another library's validator, and by a client made with them.
"""

from __future__ import annotations

import datetime
import importlib
import json
import random
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx  # noqa: TID251  answers of the real library, without the way over the network
import pytest

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.client import Client
from ionq_conformance.contract import Contract, load
from ionq_conformance.drift import Drift, read
from ionq_conformance.patching import Patch, propose, to_yaml
from ionq_conformance.spec.overlay import Overlay, apply
from ionq_direct._deviations import DeviationRecorder
from scripts import paths
from scripts.generate import main as generate
from tests import contract
from tests.contract import Example

PACKAGE = "ionq_with_all_patches"
SEED = 21

Wrong = tuple[Example, Any]

ALL: list[Wrong] = [
    (example, mutation.body)
    for example in contract.answers()
    for mutation in contract.mutations(example.body)
]


def answer(example: Example, body: Any) -> httpx.Response:
    return httpx.Response(example.status, content=json.dumps(body).encode())


def recorded(wrong: Iterable[Wrong], path: Path) -> list[Drift]:
    """What a program that met these answers leaves in its file."""
    client = Client("http://unused.invalid", on_answer=DeviationRecorder(path))
    for example, body in wrong:
        module = example.module
        name = module.__name__.rpartition(".")[2]
        _codec.build_response(client, answer(example, body), module._RESPONSES, name)
    return read([path]) if path.exists() else []


def patched(patch: Patch) -> Contract:
    actions = tuple({"target": one.target, **one.change} for one in patch.actions)
    document, dead = apply(load().document, [Overlay("seen", "seen", actions)])
    assert dead == []
    return Contract(document)


def is_valid(mended: Contract, example: Example, body: Any) -> bool:
    """By jsonschema-rs, formats included."""
    operation = mended.named(example.operation)
    assert operation is not None
    found = mended.response(operation, example.status)
    assert found is not None
    schema = contract.json_schema(found[0]["content"]["application/json"]["schema"])
    components = contract.json_schema(mended.document["components"]["schemas"])
    return contract.validator_with(schema, components).is_valid(body)


def test_any_few_deviations_are_mended_by_a_patch_that_then_asks_for_no_more(
    tmp_path: Path,
) -> None:
    draw = random.Random(SEED)
    for number in range(60):
        wrong = draw.sample(ALL, draw.choice([1, 1, 2, 4, 8]))
        drifts = recorded(wrong, tmp_path / f"{number}.jsonl")
        patch = propose(load(), drifts)
        mended = patched(patch)
        assert patch.unsolved == []
        assert [body for example, body in wrong if not is_valid(mended, example, body)] == []
        again = propose(mended, drifts)
        assert (again.actions, again.unsolved) == ([], [])


def test_a_client_made_with_the_patch_of_very_many_deviations_notes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = random.Random(SEED).sample(ALL, 300)
    patch = propose(load(), recorded(wrong, tmp_path / "seen.jsonl"))
    patches = tmp_path / "patches"
    shutil.copytree(paths.ROOT / "openapi/patches/v0.4", patches)
    text = to_yaml(patch, today=datetime.date(2026, 11, 21))
    (patches / "99-seen.yaml").write_text(text, "utf-8")
    spec = str(paths.ROOT / "openapi/v0.4.yaml")
    out = str(tmp_path / PACKAGE)
    assert generate(["--spec", spec, "--patches", str(patches), "--out", out]) == 0
    monkeypatch.syspath_prepend(tmp_path)

    codec: Any = importlib.import_module(f"{PACKAGE}._codec")
    client = importlib.import_module(f"{PACKAGE}.client").Client("http://unused.invalid")
    noted = []
    for example, body in wrong:
        name = example.module.__name__.replace("ionq_api.v0_4", PACKAGE)
        module: Any = importlib.import_module(name)
        response = codec.build_response(client, answer(example, body), module._RESPONSES, name)
        noted += [*response.deviations, *codec.unknown_fields(response.parsed)]
        assert contract.same(codec.encode(response.parsed), body)
    assert noted == []
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
