"""Templates are no public interface of the generator: each override is one more thing that breaks.

So there are few, they are small, and each is tied to the very version of the file it replaces.
"""

from __future__ import annotations

import hashlib
from importlib import metadata, resources
from pathlib import Path

import pytest
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData

from scripts import lock, paths
from scripts.documents import load_openapi

OVERRIDES = sorted(paths.TEMPLATES.glob("*.jinja"))
OWN = {"codec.jinja"}  # included by the others; replaces nothing
UPSTREAM = resources.files("openapi_python_client") / "templates"

MOST_LINES = 662
"""All templates together. May go down; whoever must raise it says why in the commit."""


def test_the_tools_are_the_pinned_ones() -> None:
    assert lock.wrong_tools(lock.read().tools) == []
    assert metadata.version(lock.GENERATOR) == lock.read().tools[lock.GENERATOR]


@pytest.mark.parametrize("name", [p.name for p in OVERRIDES if p.name not in OWN])
def test_the_original_of_an_override_is_the_one_it_was_made_from(name: str) -> None:
    """A change upstream may mend or add something that ours must take up."""
    now = hashlib.sha256((UPSTREAM / name).read_bytes()).hexdigest()
    assert lock.read().hashes[f"{lock.GENERATOR}: {name}"] == now


def test_every_template_replaces_one_of_the_generator_or_is_known_to_be_ours() -> None:
    """A template whose original was renamed would be ignored without a word."""
    replacing = {name.removeprefix(f"{lock.GENERATOR}: ") for name in lock.upstream_templates()}
    assert {path.name for path in OVERRIDES} == replacing | OWN
    assert [path for path in paths.TEMPLATES.rglob("*") if path not in OVERRIDES] == []


@pytest.mark.parametrize("path", OVERRIDES, ids=lambda path: path.name)
def test_a_template_begins_by_saying_why_it_is_there(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{# ")


def test_templates_do_not_grow() -> None:
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in OVERRIDES)
    assert lines <= MOST_LINES


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of our templates that are rendered when the contract is generated."""
    config = Config.from_sources(
        ConfigFile(post_hooks=[]),
        MetaType.NONE,
        document_source=paths.OPENAPI / "v0.4.yaml",
        file_encoding="utf-8",
        overwrite=False,
        output_path=tmp_path_factory.mktemp("rendered") / "package",
    )
    data = GeneratorData.from_dict(load_openapi(paths.OPENAPI / "v0.4.yaml"), config=config)
    assert isinstance(data, GeneratorData)
    project = Project(openapi=data, config=config, custom_template_path=paths.TEMPLATES)
    assert list(project.build()) == []
    loaded = [template for _, template in project.env.cache or {}]
    return {name for name in loaded if (paths.TEMPLATES / name).is_file()}


@pytest.mark.parametrize("path", OVERRIDES, ids=lambda path: path.name)
def test_every_template_is_used(path: Path, rendered: set[str]) -> None:
    assert path.name in rendered
