"""A later edition is synced by one command, on a copy of the repository; the report is true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

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
from tests.regeneration.editions import Document, Synced, later, sync, tree

VENDORED = paths.OPENAPI / "v0.4.yaml"


class TestALaterEdition:
    def test_the_command_ends_well(self, synced: Synced) -> None:
        assert synced.done.returncode == 0, synced.done.stderr

    def test_the_structure_is_the_later_one(self, synced: Synced) -> None:
        vendored = load_openapi(synced.root / "openapi" / "v0.4.yaml")
        assert {change.rating for change in diff(vendored, later())} <= {"wording"}

    def test_words_are_ours_wherever_the_element_is_still_there(self, synced: Synced) -> None:
        text = (synced.root / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
        assert "IonQ's own title" not in text
        assert "publisher's" not in text
        assert "IonQ's words" not in text
        old = load_openapi(VENDORED)["components"]["schemas"]["GetJobEstimateResponse"]
        new = load_openapi(synced.root / "openapi" / "v0.4.yaml")["components"]["schemas"]
        split = new["RateInformation"]
        assert split == old["properties"]["rate_information"]

    def test_the_difference_is_small(self, synced: Synced) -> None:
        before = synced.before.splitlines()
        after = (synced.root / "openapi" / "v0.4.yaml").read_text(encoding="utf-8").splitlines()
        assert len(set(after) - set(before)) < 40
        kept = [line for line in after if line in set(before)]
        assert len(kept) > len(before) - 150

    def test_the_lock_and_the_document_say_which_edition_it_is(self, synced: Synced) -> None:
        lock = (synced.root / "openapi" / "lock.toml").read_text(encoding="utf-8")
        assert 'published = "2026-12-01"' in lock
        text = (synced.root / "openapi" / "v0.4.yaml").read_text(encoding="utf-8")
        assert "2026-12-01" in text

    def test_generated_code_is_typed_and_has_the_new_operation(self, synced: Synced) -> None:
        package = synced.root / "generated" / "ionq_api" / "v0_4"
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
            cwd=synced.root / "generated",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def test_the_same_again_does_nothing(self, synced: Synced) -> None:
        before = tree(synced.root)
        done = sync(synced.root, "later.json")
        assert done.returncode == 0
        assert "nothing to do" in done.stdout
        assert tree(synced.root) == before

    def test_patches_that_died_are_out_of_the_way(self, synced: Synced) -> None:
        folder = synced.root / "openapi" / "patches" / "v0.4"
        document = load_openapi(synced.root / "openapi" / "v0.4.yaml")
        settled = settle(document, load_overlays(folder))
        assert (settled.mended, settled.conflicts) == ([], [])
        assert (folder / "retired" / "08-compiled-circuits-gone.yaml").is_file()
        assert not (folder / "08-compiled-circuits-gone.yaml").exists()


class TestTheReport:
    @pytest.fixture
    def report(self, synced: Synced) -> str:
        return (synced.root / "openapi" / "reports" / "v0.4-2026-12-01.md").read_text(
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

    @pytest.mark.parametrize(
        "helper", ["Job.compiled", "AsyncJob.compiled", "Job.result", "AsyncJob.variants"]
    )
    def test_it_names_each_helper_that_breaks(self, report: str, helper: str) -> None:
        section = report.partition("## Helpers that stop working")[2].partition("\n## ")[0]
        assert f"`{helper}`" in section

    @pytest.mark.parametrize("helper", ["Job.cancel", "IonQ.submit", "IonQ.usage", "Job.cost"])
    def test_it_names_no_helper_that_does_not(self, report: str, helper: str) -> None:
        section = report.partition("## Helpers that stop working")[2].partition("\n## ")[0]
        assert f"`{helper}`" not in section

    def test_it_tells_who_reads_a_field_that_is_gone(self, report: str) -> None:
        section = report.partition("## Helpers that may break")[2].partition("\n## ")[0]
        (line,) = [one for one in section.splitlines() if "`Job.cost`" in one]
        assert "`AsyncJob.cost`" in line
        assert "reads the key estimated_cost" in line
        assert "Job.cancel" not in section

    def test_it_says_how_to_keep_an_operation_alive(self, report: str) -> None:
        section = report.partition("## Operations that can be kept alive")[2].partition("\n## ")[0]
        assert """`make sync-spec ARGS='--keep "GetVariantShots"'`""" in section
        assert "GetJob`" not in section

    def test_a_new_operation_without_a_tag_gets_that_of_its_neighbours(
        self, synced: Synced, report: str
    ) -> None:
        section = report.partition("## New operations without a tag")[2].partition("\n## ")[0]
        assert "- `post /jobs/{UUID}/clone`: `jobs`" in section
        package = synced.root / "generated" / "ionq_api" / "v0_4"
        assert (package / "api" / "jobs" / "clone_job.py").is_file()
        assert not (package / "api" / "default").exists()

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
        before = tree(synced.root)
        (synced.root / "page.html").write_text("<!doctype html><html></html>", encoding="utf-8")
        done = sync(synced.root, "page.html")
        assert done.returncode == 1
        assert "nothing was changed" in done.stderr
        assert tree(synced.root) == before


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
