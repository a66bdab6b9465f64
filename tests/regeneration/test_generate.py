"""What `make generate` and `make check` promise, tried on a copy of the repository.

The scripts find the repository from where they stand, so a copy of theirs works on the copy.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from scripts import paths
from scripts.generate import _swap, main

Completed = subprocess.CompletedProcess[str]

PATCH = """\
overlay: 1.1.0
info: {title: A patch of this test, version: 1.0.0}
x-reason: A test needs one
x-evidence: This file
x-date: 2026-11-21
actions:
  - target: $.paths['/whoami'].get
    update: {summary: Say whose key it is}
  - target: $.paths['/health'].get
    update: {summary: Look whether anybody is there}
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what generation reads and writes; every test leaves it as it was."""
    root = tmp_path_factory.mktemp("copy")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("scripts", "openapi", "generated", "overlays/ionq_conformance"):
        shutil.copytree(paths.ROOT / name, root / name, ignore=ignore)
    return root


def run(copy: Path, module: str, *arguments: str | Path) -> Completed:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{module}", *map(str, arguments)],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def generate(copy: Path, *arguments: str | Path) -> Completed:
    return run(copy, "generate", *arguments)


def check(copy: Path) -> Completed:
    return run(copy, "check", "generated")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@contextmanager
def edited(path: Path, edit: Callable[[str], str]) -> Iterator[None]:
    """A file with other text in it (or a new file), put back afterwards."""
    before = path.read_bytes() if path.exists() else None
    path.write_text(edit(before.decode() if before is not None else ""), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink() if before is None else path.write_bytes(before)


def appending(more: str) -> Callable[[str], str]:
    return lambda text: text + more


@pytest.fixture
def untouched(copy: Path) -> Iterator[None]:
    """Neither generated/ nor the lock changes, and nothing is left lying about."""
    before = tree(copy)
    yield
    assert tree(copy) == before
    rooms = ["generated", "openapi", "overlays", "scripts"]
    assert sorted(path.name for path in copy.iterdir()) == rooms


class TestTheVendoredContract:
    def test_deleting_generated_and_generating_gives_it_back_to_the_byte(self, copy: Path) -> None:
        before = tree(copy)
        shutil.rmtree(copy / "generated")
        assert generate(copy).returncode == 0
        assert tree(copy) == before

    @pytest.mark.usefixtures("untouched")
    def test_with_nothing_moved_nothing_is_made(self, copy: Path) -> None:
        inode = (copy / "generated" / "ionq_api").stat().st_ino
        done = generate(copy)
        assert (done.returncode, done.stdout) == (0, "generated/ is current: nothing has moved\n")
        assert (copy / "generated" / "ionq_api").stat().st_ino == inode

    def test_it_is_made_on_request_and_is_the_same(self, copy: Path) -> None:
        before = tree(copy)
        assert "made from v0.4.yaml" in generate(copy, "--force").stdout
        assert tree(copy) == before

    def test_a_moved_input_makes_new_code_and_a_new_lock(self, copy: Path) -> None:
        before = tree(copy)
        contract = copy / "openapi" / "v0.4.yaml"
        with edited(contract, lambda text: text.replace("A job in full", "All about a job")):
            assert generate(copy).returncode == 0
            after = tree(copy)
        changed = {name for name in after if after[name] != before.get(name)}
        assert "generated/ionq_api/v0_4/models/get_circuit_job_response.py" in changed
        assert "openapi/lock.toml" in changed
        assert generate(copy).returncode == 0  # it moved back
        assert tree(copy) == before

    def test_the_lock_keeps_what_people_wrote(self, copy: Path) -> None:
        text = (copy / "openapi" / "lock.toml").read_text(encoding="utf-8")
        assert text.startswith("# What generated/ was made from.")
        assert "# A document: where it comes from" in text
        lock = tomllib.loads(text)
        assert list(lock) == ["tools", "documents", "hashes"]


class TestTheCheck:
    @pytest.mark.usefixtures("untouched")
    def test_it_passes_on_what_is_committed(self, copy: Path) -> None:
        done = check(copy)
        assert done.returncode == 0, done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_one_byte_is_noticed_and_the_file_named(self, copy: Path) -> None:
        names = ["py.typed", "v0_4/_codec.py", "v0_4/models/job_status.py", "v0_4/openapi.json"]
        with ExitStack() as edits:
            for name in names:
                path = copy / "generated" / "ionq_api" / name
                edits.enter_context(edited(path, lambda text: text + " "))
            done = check(copy)
        assert done.returncode == 1
        assert done.stderr.splitlines()[2:] == [
            "generated moved since the lock was written",
            *(f"generated/ionq_api/{n}: differs from what the generator makes" for n in names),
            "run `make generate`",
        ]

    @pytest.mark.usefixtures("untouched")
    def test_so_are_files_that_are_missing_or_strange(self, copy: Path) -> None:
        package = copy / "generated" / "ionq_api" / "v0_4"
        moved = package / "models" / "job_status_too.py"
        (package / "models" / "job_status.py").rename(moved)
        done = check(copy)
        moved.rename(package / "models" / "job_status.py")
        assert "models/job_status.py: missing" in done.stderr
        assert "models/job_status_too.py: not made by the generator" in done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_every_kind_of_input_that_moved_is_named(self, copy: Path) -> None:
        names = [
            "openapi/codegen/config.yaml",
            "openapi/codegen/runtime/_codec.py",
            "openapi/codegen/templates/model.py.jinja",
            "openapi/patches/v0.4/01-tags.yaml",
            "openapi/patches/v0.4/99-test.yaml",
            "openapi/v0.4.yaml",
            "overlays/ionq_conformance/spec/documents.py",
            "overlays/ionq_conformance/spec/overlay.py",
            "scripts/generate.py",
        ]
        with ExitStack() as edits:
            for name in names:
                comment = "{# moved #}" if name.endswith(".jinja") else "\n# moved\n"
                more = PATCH if name.endswith("99-test.yaml") else comment
                edits.enter_context(edited(copy / name, appending(more)))
            done = check(copy)
        assert done.returncode == 1
        assert done.stderr.splitlines()[2 : 2 + len(names)] == [
            f"{name} moved since the lock was written" for name in names
        ]
        assert "generated/ionq_api/v0_4/openapi.json: differs" in done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_inputs_are_named_also_when_nothing_can_be_made_of_them(self, copy: Path) -> None:
        with edited(copy / "openapi/v0.4.yaml", lambda text: text.partition("\npaths:")[0]):
            done = check(copy)
        assert done.returncode == 1
        assert "openapi/v0.4.yaml moved since the lock was written" in done.stderr
        assert "v0.4.yaml: not an OpenAPI document: 'paths' is missing" in done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_so_is_each_hash_in_the_lock(self, copy: Path) -> None:
        """A template of the generator that ours replaces has one, too."""
        names = [
            "generated",
            "openapi-python-client: model.py.jinja",
            "openapi/v0.3.yaml",
            "patched v0.4",
        ]

        def other_hashes(text: str) -> str:
            for name in names:
                start = text.index(f'"{name}" = "' if f'"{name}" = "' in text else f'{name} = "')
                end = text.index("\n", start)
                text = f'{text[:start]}"{name}" = "0"{text[end:]}'
            return text

        with edited(copy / "openapi/lock.toml", other_hashes):
            done = check(copy)
        assert done.returncode == 1
        assert done.stderr.splitlines()[2:-1] == [
            *(f"{name} moved since the lock was written" for name in names[:-1]),
            f"{names[-1]} is not what the lock says",
        ]


class TestPatches:
    @pytest.mark.usefixtures("untouched")
    def test_a_patch_without_effect_stops_the_build_and_is_named(self, copy: Path) -> None:
        patch = PATCH.replace("/health", "/wealth")
        with edited(copy / "openapi/patches/v0.4/99-test.yaml", lambda _: patch):
            done = generate(copy)
            checked = check(copy)
        assert done.returncode == checked.returncode == 1
        dead = "99-test.yaml: action 2: $.paths['/wealth'].get: the target matches nothing"
        assert f"dead patch: {dead}" in done.stderr
        assert dead in checked.stderr
        assert "1 patch action(s) have no effect" in done.stderr
        assert "--skip-dead-patches" in done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_every_dead_patch_is_named(self, copy: Path) -> None:
        patch = PATCH.replace("/health", "/wealth").replace("/whoami", "/whoareyou")
        with edited(copy / "openapi/patches/v0.4/99-test.yaml", lambda _: patch):
            done = generate(copy)
        assert done.stderr.count("dead patch: 99-test.yaml") == 2

    def test_on_request_the_build_goes_on_without_it(self, copy: Path) -> None:
        before = tree(copy)
        patch = PATCH.replace("/health", "/wealth")
        with edited(copy / "openapi/patches/v0.4/99-test.yaml", lambda _: patch):
            done = generate(copy, "--skip-dead-patches")
            made = copy / "generated/ionq_api/v0_4/api/whoami/get_whoami.py"
            assert done.returncode == 0
            assert "dead patch: 99-test.yaml: action 2" in done.stderr
            assert "Say whose key it is" in made.read_text(encoding="utf-8")
        assert generate(copy).returncode == 0
        assert tree(copy) == before

    @pytest.mark.usefixtures("untouched")
    def test_a_file_that_is_no_patch_stops_the_build(self, copy: Path) -> None:
        patch = PATCH.replace("x-evidence: This file\n", "")
        with edited(copy / "openapi/patches/v0.4/99-test.yaml", lambda _: patch):
            done = generate(copy)
        assert done.returncode == 1
        assert "99-test.yaml: action 1: x-evidence is missing" in done.stderr


class TestFailures:
    """A failure says why and leaves the old generated/ as it was."""

    @pytest.mark.usefixtures("untouched")
    def test_a_warning_of_the_generator(self, copy: Path) -> None:
        soap = "        content:\n          application/soap+xml:\n"
        contract = copy / "openapi" / "v0.4.yaml"
        json_body = "        content:\n          application/json:\n"
        with edited(contract, lambda text: text.replace(json_body, soap, 1)):
            done = generate(copy, "--skip-dead-patches")
        assert done.returncode == 1
        assert "the generator complained" in done.stderr
        assert "application/soap+xml" in done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_a_broken_template(self, copy: Path) -> None:
        template = copy / "openapi/codegen/templates/model.py.jinja"
        with edited(template, lambda text: text + "{{ no_such_thing() }}"):
            done = generate(copy)
        assert done.returncode == 1
        assert "no_such_thing" in done.stderr

    @pytest.mark.usefixtures("untouched")
    def test_a_template_that_makes_no_python(self, copy: Path) -> None:
        template = copy / "openapi/codegen/templates/model.py.jinja"
        with edited(template, lambda text: text + "\nclass\n"):
            done = generate(copy)
        assert done.returncode == 1
        assert "the generator complained" in done.stderr

    @pytest.mark.usefixtures("untouched")
    @pytest.mark.parametrize(
        ("pinned", "why"),
        [
            ('openapi-python-client = "0.29.0"', "openapi-python-client is 0.29.1, the lock wants"),
            ('no-such-tool = "1"', "no-such-tool is not installed, the lock wants 1"),
        ],
    )
    def test_another_version_of_a_tool(self, copy: Path, pinned: str, why: str) -> None:
        def repin(text: str) -> str:
            return text.replace('openapi-python-client = "0.29.1"', pinned)

        with edited(copy / "openapi/lock.toml", repin):
            done, checked = generate(copy), check(copy)
        assert done.returncode == checked.returncode == 1
        assert why in done.stderr
        assert why in checked.stderr

    def test_a_swap_that_fails_half_way(self, tmp_path: Path) -> None:
        target = tmp_path / "target"
        target.mkdir()
        (target / "old.py").touch()
        (tmp_path / "scratch").mkdir()
        with pytest.raises(FileNotFoundError):
            _swap(tmp_path / "scratch" / "never-made", target)
        assert (target / "old.py").exists()


class Other:
    """Generates another document into a folder of the test, in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.spec = folder / "other.json"
        self.out = folder / "out"
        self.errors = ""
        self._capsys = capsys

    def write(self, document: Any) -> None:
        text = document if isinstance(document, str) else json.dumps(document)
        self.spec.write_text(text, encoding="utf-8")

    def generate(self, document: Any, *arguments: str | Path) -> int:
        self.write(document)
        self._capsys.readouterr()
        code = main(["--spec", str(self.spec), "--out", str(self.out), *map(str, arguments)])
        self.errors = self._capsys.readouterr().err
        return code


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Other:
    return Other(tmp_path, capsys)


class TestAnotherDocument:
    """`--spec FILE --out DIR`: any OpenAPI 3 document, and the vendored one is not touched."""

    @pytest.mark.usefixtures("untouched")
    def test_a_later_edition_is_patched_with_the_patches_of_its_version(
        self, copy: Path, other: Other
    ) -> None:
        later = (copy / "openapi/v0.4.yaml").read_text(encoding="utf-8")
        other.write(later.replace("/whoami:", "/who-am-i:"))
        arguments = ("--spec", other.spec, "--out", other.out)
        done = generate(copy, *arguments)
        assert done.returncode == 1
        why = "['/whoami'] matches nothing"
        assert "dead patch: 02-security.yaml: action 1: $.paths['/whoami'," in done.stderr
        assert why in done.stderr
        assert not other.out.exists()

        assert generate(copy, *arguments, "--skip-dead-patches").returncode == 0
        assert (other.out / "api/whoami/get_whoami.py").exists()
        assert (other.out / "api/health/get_health.py").exists()  # a patch adds it

    def test_patches_can_be_named(self, other: Other, tmp_path: Path) -> None:
        (tmp_path / "patches").mkdir()
        patch = PATCH.partition("  - target")[0] + "  - {target: $.info.title, update: After}\n"
        (tmp_path / "patches" / "title.yaml").write_text(patch, encoding="utf-8")
        assert other.generate(minimal(), "--patches", tmp_path / "patches") == 0
        assert json.loads((other.out / "openapi.json").read_text())["info"]["title"] == "After"

    def test_patches_that_are_not_there_are_an_error(self, other: Other) -> None:
        assert other.generate(minimal(), "--patches", "nowhere") == 1
        assert other.errors == "generate: nowhere is not a folder of patches\n"

    def test_a_package_of_ours_is_replaced_and_nothing_else(self, other: Other) -> None:
        other.out.mkdir()  # an empty folder will do
        assert other.generate(minimal()) == 0
        (other.out / "stale.py").touch()
        assert other.generate(minimal()) == 0
        assert not (other.out / "stale.py").exists()

        (other.out / "_codec.py").write_text("# somebody's own", encoding="utf-8")
        before = tree(other.out)
        assert other.generate(minimal()) == 1
        assert "was not generated: it is left alone" in other.errors
        assert tree(other.out) == before

    def test_out_is_required_and_is_a_folder(
        self, other: Other, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other.write(minimal())
        assert main(["--spec", str(other.spec)]) == 1
        assert "--spec needs --out" in capsys.readouterr().err
        other.out = other.spec
        assert other.generate(minimal()) == 1
        assert json.loads(other.spec.read_text()) == minimal()

    def test_a_folder_called_warning_is_no_warning(self, other: Other, tmp_path: Path) -> None:
        other.out = tmp_path / "Warning" / "out"
        assert other.generate(minimal()) == 0

    @pytest.mark.parametrize(
        ("document", "why"),
        [
            ("", "not an OpenAPI document"),
            ("<!DOCTYPE html><html><body>Bad gateway</body></html>", "not an OpenAPI document"),
            ('{"openapi": "3.0.3", "info": {"ti', "neither JSON nor YAML"),
            ("openapi: 3.0.3\ninfo: {title: Half, version: '1'}\n", "'paths' is missing"),
            ("swagger: '2.0'\ninfo: {}\npaths: {}\n", "not an OpenAPI 3 document"),
            ("openapi: 3\ninfo: {}\npaths: {}\n", "not an OpenAPI 3 document"),
            ("a: &a [*a]\n", "nested too deeply"),
            ("[" * 100_000, "nested too deeply"),
            ("openapi: 3.0.3\ninfo: {}\npaths: {}\nx-n: .nan\n", "$.x-n: nan has no JSON form"),
            ('{"openapi": "3.0.3", "info": {}, "paths": {}, "x-n": NaN}', "has no JSON form"),
            ('{"openapi": "3.0.3", "info": {}, "paths": {}, "x": "\\ud800"}', "half a character"),
            ("openapi: 3.0.3\nopenapi: 3.0.3\n", "neither JSON nor YAML"),
            ("openapi: 3.0.3\ninfo: {}\npaths: {}\nx: {true: 1}\n", "the key True is not text"),
        ],
    )
    def test_what_is_no_document_is_refused(self, other: Other, document: str, why: str) -> None:
        assert other.generate(document) == 1
        assert other.errors.startswith(f"generate: {other.spec}: ")
        assert why in other.errors
        assert [path.name for path in other.spec.parent.iterdir()] == ["other.json"]

    @pytest.mark.parametrize(
        "reference",
        [
            "https://evil.example/x.json",
            "other.yaml#/X",
            "/etc/passwd",
            "file:///etc/passwd",
            "//x",
        ],
    )
    def test_a_reference_out_of_the_document_is_refused(self, other: Other, reference: str) -> None:
        schemas = {"X": {"properties": {"a": {"$ref": reference}}}}
        assert other.generate(minimal(schemas=schemas)) == 1
        where = "$.components.schemas.X.properties.a"
        assert f"{where}: $ref leaves the document: '{reference}'" in other.errors

    @pytest.mark.parametrize(
        "extra",
        [
            {"components": []},
            {"servers": "here"},
            {"paths": {"/x": {"get": {"parameters": 5}}}},
            {"paths": {"/x": {"get": []}}},
            {"paths": {"/x": 5}},
        ],
    )
    def test_so_is_what_only_looks_like_one(self, other: Other, extra: dict[str, Any]) -> None:
        assert other.generate(minimal() | extra) == 1
        assert "the generator complained" in other.errors
        assert not other.out.exists()

    def test_operations_whose_names_become_one_are_refused(self, other: Other) -> None:
        assert other.generate(minimal(operations={"/a": "getThing", "/b": "get_thing"})) == 1
        assert "2 operations became 1 modules" in other.errors

    def test_schemas_whose_names_become_one_are_refused(self, other: Other) -> None:
        schemas = {"FooBAR": {"type": "object"}, "FooBar": {"type": "object"}}
        assert other.generate(minimal(schemas=schemas)) == 1
        assert "schemas share the modules ['foo_bar']" in other.errors


def minimal(
    operations: dict[str, str] | None = None, schemas: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A document with one operation a path, by its operationId."""
    nothing = {"204": {"description": "Nothing"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Other", "version": "1"},
        "paths": {
            path: {"get": {"operationId": name, "responses": nothing}}
            for path, name in (operations or {"/a": "getThing"}).items()
        },
        "components": {"schemas": schemas or {}},
    }
