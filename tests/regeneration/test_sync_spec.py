"""A later edition is synced by one command, on a copy of the repository; the report is true."""

from __future__ import annotations

import copy as copying
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ionq_conformance.spec.diff import diff
from ionq_conformance.spec.documents import DocumentError
from ionq_conformance.spec.merge import read_yaml, write_yaml
from ionq_conformance.spec.overlay import load_overlays
from ionq_conformance.spec.patches import settle
from ionq_conformance.spec.report import Report
from ionq_conformance.spec.source import Source, read_document
from scripts import paths
from scripts.documents import load_openapi

Document = dict[str, Any]

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


@pytest.fixture(scope="module")
def synced(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, str, subprocess.CompletedProcess[str]]:
    """A copy that has been synced, its vendored text before, and the command's end."""
    root = tmp_path_factory.mktemp("sync")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("scripts", "openapi", "generated", "overlays", "tests/regeneration/programs"):
        shutil.copytree(paths.ROOT / name, root / name, ignore=ignore)
    shutil.copy(paths.ROOT / "pyproject.toml", root)
    before = (root / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
    (root / "later.json").write_text(json.dumps(later()), encoding="utf-8")
    return root, before, sync(root, "later.json", "--published", "2026-12-01")


def sync(root: Path, spec: str, *more: str) -> subprocess.CompletedProcess[str]:
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


Synced = tuple[Path, str, "subprocess.CompletedProcess[str]"]


class TestALaterEdition:
    def test_the_command_ends_well(self, synced: Synced) -> None:
        assert synced[2].returncode == 0, synced[2].stderr

    def test_the_structure_is_the_later_one(self, synced: Synced) -> None:
        vendored = load_openapi(synced[0] / "openapi" / "v0.4.yaml")
        assert {change.rating for change in diff(vendored, later())} <= {"wording"}

    def test_words_are_ours_wherever_the_element_is_still_there(self, synced: Synced) -> None:
        text = (synced[0] / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
        assert "IonQ's own title" not in text
        assert "publisher's" not in text
        assert "IonQ's words" not in text
        old = load_openapi(VENDORED)["components"]["schemas"]["GetJobEstimateResponse"]
        new = load_openapi(synced[0] / "openapi" / "v0.4.yaml")["components"]["schemas"]
        split = new["RateInformation"]
        assert split == old["properties"]["rate_information"]

    def test_the_difference_is_small(self, synced: Synced) -> None:
        before = synced[1].splitlines()
        after = (synced[0] / "openapi" / "v0.4.yaml").read_text(encoding="utf-8").splitlines()
        assert len(set(after) - set(before)) < 40
        kept = [line for line in after if line in set(before)]
        assert len(kept) > len(before) - 150

    def test_the_lock_and_the_document_say_which_edition_it_is(self, synced: Synced) -> None:
        lock = (synced[0] / "openapi" / "lock.toml").read_text(encoding="utf-8")
        assert 'published = "2026-12-01"' in lock
        text = (synced[0] / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
        assert "2026-12-01" in text

    def test_generated_code_is_typed_and_has_the_new_operation(self, synced: Synced) -> None:
        package = synced[0] / "generated" / "ionq_api" / "v0_4"
        assert list(package.glob("api/*/clone_job.py"))
        assert not list(package.glob("api/*/get_compiled_file.py"))
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "--config-file",
                os.devnull,
                "-p",
                "ionq_api",
            ],
            cwd=synced[0] / "generated",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def test_the_same_again_does_nothing(self, synced: Synced) -> None:
        before = tree(synced[0])
        done = sync(synced[0], "later.json")
        assert done.returncode == 0
        assert "nothing to do" in done.stdout
        assert tree(synced[0]) == before

    def test_patches_that_died_are_out_of_the_way(self, synced: Synced) -> None:
        folder = synced[0] / "openapi" / "patches" / "v0.4"
        document = load_openapi(synced[0] / "openapi" / "v0.4.yaml")
        settled = settle(document, load_overlays(folder))
        assert (settled.mended, settled.conflicts) == ([], [])
        assert (folder / "retired" / "08-compiled-circuits-gone.yaml").is_file()
        assert not (folder / "08-compiled-circuits-gone.yaml").exists()


class TestTheReport:
    @pytest.fixture
    def report(self, synced: Synced) -> str:
        return (synced[0] / "openapi" / "reports" / "v0.4-2026-12-01.md").read_text(
            encoding="utf-8"
        )

    @pytest.mark.parametrize(
        "line",
        [
            "**operation-removed** `get /jobs/{UUID}/circuits/{lang}`",
            "**operation-removed** `get /jobs/{UUID}/variants/{variantId}/results/shots`",
            "**operation-added** `post /jobs/{UUID}/clone`",
            "**response-field-removed** `GetJobCostResponse.estimated_cost`",
            "**response-field-made-required** `BaseJob.shots`",
            "**component-extracted** `RateInformation`",
            "**response-field-added-optional** `Backend.supported_gates`",
        ],
    )
    def test_it_tells_each_change(self, report: str, line: str) -> None:
        assert report.count(f"- {line}") >= 1

    def test_it_tells_the_narrowed_enum(self, report: str) -> None:
        assert "enum-narrowed** `NoiseModel`" in report

    def test_it_tells_no_other_operation_and_no_other_field(self, report: str) -> None:
        changes = report.partition("## Helpers")[0]
        assert changes.count("**operation-removed**") == 2
        assert changes.count("**operation-added**") == 1
        assert changes.count("-field-removed**") == 1

    @pytest.mark.parametrize("helper", ["Job.compiled", "AsyncJob.compiled", "Job.result"])
    def test_it_names_each_helper_that_breaks(self, report: str, helper: str) -> None:
        section = report.partition("## Helpers that stop working")[2].partition("\n## ")[0]
        assert f"`{helper}`" in section

    @pytest.mark.parametrize("helper", ["Job.cancel", "IonQ.submit", "IonQ.usage", "Job.cost"])
    def test_it_names_no_helper_that_does_not(self, report: str, helper: str) -> None:
        section = report.partition("## Helpers that stop working")[2].partition("\n## ")[0]
        assert f"`{helper}`" not in section

    def test_lines_of_uses_are_where_it_says(self, report: str) -> None:
        found = [part.partition(")")[0] for part in report.split("(ionq_direct/")[1:]]
        assert found
        for place in found:
            file, _, line = place.partition(":")
            source = (paths.ROOT / "overlays" / "ionq_direct" / file).read_text(encoding="utf-8")
            assert int(line) <= len(source.splitlines())

    def test_it_says_what_old_programs_meet(self, report: str) -> None:
        section = report.partition("## Programs of old users")[2].partition("\n## ")[0]
        assert "`compiled.py`: breaks" in section
        assert "`machines.py`: as before" in section

    def test_it_tells_what_became_of_the_patches(self, report: str) -> None:
        assert "08-compiled-circuits-gone.yaml" in report.partition("## Patches that conflict")[2]
        assert "14-backend-fields.yaml" in report.partition("## Patches that upstream made")[2]

    def test_it_lists_what_needs_words(self, report: str) -> None:
        section = report.partition("## New elements that need words")[2].partition("\n## ")[0]
        assert "`/paths/~1jobs~1{UUID}~1clone/post`" in section

    def test_it_proposes_a_version_and_an_entry(self, report: str) -> None:
        assert "Proposed version: 0.2.0 (now 0.1.0)." in report
        assert "### Removed" in report.partition("## Proposed CHANGELOG entry")[2]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("<!doctype html><html><body>Sign in</body></html>", "OpenAPI"),
            ("", "OpenAPI"),
            ("[]", "OpenAPI"),
            ('{"openapi": "2.0", "info": {}, "paths": {}}', "OpenAPI"),
            ('{"openapi": "3.0.3", "info": {}, "paths": {}}', "no operations"),
            ('{"openapi": "3.2.0", "info": {}, "paths": {"/a": {"get": {}}}}', "not known"),
            (json.dumps(load_openapi(VENDORED))[:50_000], "neither JSON nor YAML"),
            (VENDORED.read_text(encoding="utf-8")[:40_000], "cut off|neither JSON nor YAML"),
            (
                json.dumps(
                    {
                        "openapi": "3.0.3",
                        "info": {},
                        "paths": {"/a": {"get": {"x": {"$ref": "https://evil.example/a"}}}},
                    }
                ),
                "leaves the document",
            ),
            (
                json.dumps(
                    {
                        "openapi": "3.1.0",
                        "info": {},
                        "paths": {"/a": {"get": {}}},
                        "components": {"schemas": {"A": {"if": {}, "then": {}}}},
                    }
                ),
                "not to be said in OpenAPI 3.0",
            ),
        ],
    )
    def test_what_is_no_whole_document(self, text: str, why: str) -> None:
        with pytest.raises(DocumentError, match=why):
            read_document(Source("later", text.encode()))

    def test_nothing_is_changed(self, synced: Synced) -> None:
        before = tree(synced[0])
        (synced[0] / "page.html").write_text("<!doctype html><html></html>", encoding="utf-8")
        done = sync(synced[0], "page.html")
        assert done.returncode == 1
        assert "nothing was changed" in done.stderr
        assert tree(synced[0]) == before


def test_openapi_3_1_is_taken_as_what_it_means_in_3_0() -> None:
    document: Document = {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/A"}}}}},
        "components": {
            "responses": {"A": {"description": ""}},
            "schemas": {
                "A": {
                    "type": "object",
                    "properties": {
                        "type": {"type": ["string", "null"]},
                        "kind": {"const": "a"},
                        "more": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]},
                        "size": {"type": ["integer", "string"], "exclusiveMinimum": 0},
                    },
                }
            },
        },
        "webhooks": {},
    }
    read, _ = read_document(Source("a", json.dumps(document).encode()))
    assert read["openapi"] == "3.0.3"
    assert read["components"]["schemas"]["A"]["properties"] == {
        "type": {"type": "string", "nullable": True},
        "kind": {"enum": ["a"]},
        "more": {"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": True},
        "size": {
            "anyOf": [{"type": "integer"}, {"type": "string"}],
            "minimum": 0,
            "exclusiveMinimum": True,
        },
    }
    for one in (document, read):  # a list of types is one more way to write a union
        del one["components"]["schemas"]["A"]["properties"]["size"]
    del document["webhooks"]
    assert [c.kind for c in diff(document, read)] == ["openapi-version-changed"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d["components"]["schemas"].update({"x`\n# Hi <img>|": {"type": "object"}}),
        lambda d: d["components"]["schemas"]["NoiseModel"]["enum"].append("`\n```\n# Hi\x1b[31m"),
        lambda d: d["paths"].update({"/`\n# Hi": {"get": {"operationId": "```\n# Hi"}}}),
    ],
)
def test_hostile_names_are_inert_in_the_report(edit: Callable[[Document], object]) -> None:
    old, new = load_openapi(VENDORED), load_openapi(VENDORED)
    edit(new)
    text = Report("a", diff(old, new)).markdown()
    assert "\n# Hi" not in text
    assert "\x1b" not in text
    fences = [line for line in text.splitlines() if line.startswith("```")]
    assert fences == ["```markdown", "```"]


def test_our_document_is_written_as_it_was_read() -> None:
    text = VENDORED.read_text(encoding="utf-8")
    assert write_yaml(read_yaml(text)) == text
