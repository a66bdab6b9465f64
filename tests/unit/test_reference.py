"""`make docs` makes a page of each public module, with every public name on it."""

from __future__ import annotations

from importlib import import_module

import pytest

pytest.importorskip("pdoc", reason="made by pdoc, of the dependency group docs")

from scripts.docs import MODULES, write_reference


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    out = tmp_path_factory.mktemp("reference")
    write_reference(out)
    return out


@pytest.mark.parametrize("name", [name for name in MODULES if name.partition(".")[0] != "ionq_api"])
def test_every_public_name_has_its_place(reference, name):
    page = (reference / f"{name.replace('.', '/')}.html").read_text(encoding="utf-8")
    module = import_module(name)
    assert module.__all__
    assert [name for name in module.__all__ if f'id="{name}"' not in page] == []


def test_the_generated_client_is_there_operation_by_operation(reference):
    page = reference / "ionq_api/v0_4/api/jobs/get_job.html"
    assert 'id="asyncio_detailed"' in page.read_text(encoding="utf-8")
    models = (reference / "ionq_api/v0_4/models.html").read_text(encoding="utf-8")
    assert 'id="JobStatus"' in models


def test_what_a_class_inherits_is_on_its_page(reference):
    page = (reference / "ionq_direct.html").read_text(encoding="utf-8")
    for name in ("IonQ.with_options", "AsyncIonQ.aclose", "Job.status", "Session.limits"):
        assert f'id="{name}"' in page
