"""Turn the contracts and their patches into generated/, or any OpenAPI document into a package.

May import: the other scripts, the generator (as a process) and the standard library.

    python -m scripts.generate                                # vendored contracts -> generated/
    python -m scripts.generate --spec later.yaml --out DIR    # any document -> a package in DIR
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts import lock, paths
from scripts.documents import HTTP_METHODS, DocumentError, dumps, load_openapi
from scripts.overlay import DeadAction, apply, load_overlays

MARK = "# @generated"
"""How every Python file of a generated package begins."""
DEPRECATED = "\x1f"
"""Ends the description of a deprecated operation; what replaces the operation follows."""


class GenerationError(Exception):
    """Nothing was generated; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when generated code is current, 1 when it could not be made so."""
    arguments = _parser().parse_args(argv)
    try:
        if arguments.spec:
            generate_other(
                arguments.spec, arguments.out, arguments.patches, arguments.skip_dead_patches
            )
        else:
            generate_vendored(arguments.force, arguments.skip_dead_patches)
    except (GenerationError, DocumentError, OSError) as error:
        print(f"generate: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make generate", description=__doc__.splitlines()[0])
    parser.add_argument("--spec", type=Path, help="another OpenAPI document to generate from")
    parser.add_argument("--out", type=Path, help="the package's folder, with --spec")
    parser.add_argument(
        "--patches", type=Path, help="a folder of overlays; by default those of the same version"
    )
    parser.add_argument(
        "--skip-dead-patches", action="store_true", help="go on without actions that have no effect"
    )
    parser.add_argument("--force", action="store_true", help="generate even if nothing has moved")
    return parser


def generate_vendored(force: bool, skip_dead: bool) -> None:
    """Make generated/ current; with nothing moved, only find that out."""
    state = lock.read()
    if not force and is_current(state):
        print("generated/ is current: nothing has moved")
        return
    with tempfile.TemporaryDirectory(dir=paths.ROOT, prefix=".generating-") as scratch:
        tree = Path(scratch) / "ionq_api"
        patched = build_tree(state, tree, skip_dead)
        _swap(tree, paths.GENERATED / "ionq_api")
    hashes = {
        **lock.inputs(state.documents),
        **patched,
        "generated": lock.tree_hash(paths.GENERATED),
    }
    if hashes != state.hashes:
        lock.write_hashes(hashes)
    print(f"generated/ made from {', '.join(d.path.name for d in state.documents)}")


def is_current(state: lock.Lock) -> bool:
    """Whether every input and the output are what the lock says."""
    return not lock.wrong_tools(state.tools) and not moved(state)


def moved(state: lock.Lock) -> list[str]:
    """Each input, and the output, whose hash is not the one in the lock."""
    now = lock.inputs(state.documents)
    if paths.GENERATED.is_dir():
        now["generated"] = lock.tree_hash(paths.GENERATED)
    known = {k: v for k, v in state.hashes.items() if not k.startswith("patched ")}
    return sorted(name for name in now.keys() | known.keys() if now.get(name) != known.get(name))


def build_tree(state: lock.Lock, tree: Path, skip_dead: bool = False) -> dict[str, str]:
    """Generate all vendored contracts into `tree`; return the hashes of the patched documents."""
    wrong = lock.wrong_tools(state.tools)
    if wrong:
        raise GenerationError("; ".join(wrong))
    tree.mkdir()
    (tree / "__init__.py").write_text(
        '"""Generated clients, one package a version of the API; never edited."""\n'
    )
    (tree / "py.typed").touch()
    hashes = {}
    for document in state.documents:
        text = patched_document(document.path, document.patches, skip_dead)
        name = document.package.rpartition(".")[2]
        build_package(text, tree / name, document.path.relative_to(paths.ROOT).as_posix())
        hashes[f"patched {document.version}"] = lock.sha256(text.encode())
    return hashes


def patched_document(path: Path, patches: Path | None, skip_dead: bool) -> str:
    """The document at a path with its patches applied, as JSON text.

    Raises:
        GenerationError: An action matches nothing or changes nothing, and `skip_dead` is not set.
    """
    return _patched(load_openapi(path), patches, skip_dead)


def _patched(document: Any, patches: Path | None, skip_dead: bool) -> str:
    if patches is not None:
        document, dead = apply(document, load_overlays(patches))
        _report_dead(dead, skip_dead)
    return dumps(document)


def _report_dead(dead: list[DeadAction], skip: bool) -> None:
    for action in dead:
        print(f"dead patch: {action}", file=sys.stderr)
    if dead and not skip:
        raise GenerationError(
            f"{len(dead)} patch action(s) have no effect: mend or delete them, or go on without "
            "them with --skip-dead-patches"
        )


def build_package(document: str, package: Path, origin: str) -> None:
    """Generate one package from the text of a document.

    Raises:
        GenerationError: The generator fails, or warns about anything at all.
    """
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "openapi.json"
        source.write_text(_for_the_generator(document), encoding="utf-8")
        _run_generator(source, package)
    _refuse_losses(document, package)
    for runtime in sorted(paths.RUNTIME.glob("*.py")):
        shutil.copyfile(runtime, package / runtime.name)
    mark = f"{MARK} from {' '.join(origin.split())}: edits are lost"
    for module in package.rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        module.write_text(f"{mark}\n{text}", encoding="utf-8")
    (package / "openapi.json").write_text(document, encoding="utf-8")
    (package / "py.typed").touch()


def _for_the_generator(document: str) -> str:
    """The document with what our templates need where the generator looks for it."""
    read = json.loads(document)
    items = [item for item in read["paths"].values() if isinstance(item, dict)]
    operations = [o for item in items for o in item.values() if isinstance(o, dict)]
    for owner in [read.get("components"), *items, *operations]:
        _describe_schemas(owner)
    for operation in operations:
        _mark_deprecated(operation)
    return json.dumps(read)


def _describe_schemas(owner: Any) -> None:
    """Give each parameter's text to its schema, the only place where the generator looks for it."""
    parameters = owner.get("parameters") if isinstance(owner, dict) else None
    if isinstance(parameters, dict):
        parameters = list(parameters.values())
    for parameter in parameters if isinstance(parameters, list) else []:
        schema = parameter.get("schema") if isinstance(parameter, dict) else None
        if isinstance(schema, dict) and "$ref" not in schema and "description" in parameter:
            schema.setdefault("description", parameter["description"])


def _mark_deprecated(operation: dict[str, Any]) -> None:
    """Say in the description, which templates see, that an operation is deprecated."""
    words = str(operation.get("description") or "").replace(DEPRECATED, " ")
    if operation.get("deprecated") is True:
        instead = operation.get("x-replaced-by")
        words += DEPRECATED + (" ".join(instead.split()) if isinstance(instead, str) else "")
    if words:
        operation["description"] = words


def _run_generator(source: Path, package: Path) -> None:
    tools = str(Path(sys.executable).parent)
    command = [
        *(f"{tools}/openapi-python-client", "generate", "--meta", "none", "--fail-on-warning"),
        *("--path", str(source), "--output-path", str(package)),
        *("--config", str(paths.CODEGEN / "config.yaml")),
        *("--custom-template-path", str(paths.TEMPLATES)),
    ]
    # The generator finds ruff by PATH and goes on without it if it is not there.
    environment = {**os.environ, "PATH": tools + os.pathsep + os.environ.get("PATH", "")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    output = (done.stdout + done.stderr).replace(str(package), "the package")
    if done.returncode or "Warning" in output:
        raise GenerationError(f"the generator complained:\n{output}")


def _refuse_losses(document: str, package: Path) -> None:
    """Where two names become one, the generator writes one file over the other and says nothing."""
    items = [item for item in json.loads(document)["paths"].values() if isinstance(item, dict)]
    wanted = sum(key in HTTP_METHODS for item in items for key in item)
    made = sum(path.name != "__init__.py" for path in (package / "api").glob("*/*.py"))
    if made != wanted:
        raise GenerationError(
            f"{wanted} operations became {made} modules: operationIds of a tag must differ in more "
            "than case and punctuation"
        )
    models = (package / "models" / "__init__.py").read_text(encoding="utf-8")
    modules = Counter(re.findall(r'^    "\w+": "\.(\w+)",$', models, flags=re.MULTILINE))
    shared = sorted(name for name, classes in modules.items() if classes > 1)
    if shared:
        raise GenerationError(
            f"schemas share the modules {shared}: their names must differ in more than case"
        )


def _swap(new: Path, target: Path) -> None:
    """Put a finished tree in the place of the old one, which comes back if that fails."""
    target.parent.mkdir(exist_ok=True)
    old = new.with_name("replaced")
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def generate_other(spec: Path, out: Path | None, patches: Path | None, skip_dead: bool) -> None:
    """Generate any document into a folder of its own; the vendored one is not touched."""
    if out is None:
        raise GenerationError("--spec needs --out: the folder of the package to write")
    if out.exists() and not _is_ours(out):
        raise GenerationError(f"{out} is there already and was not generated: it is left alone")
    if patches is not None and not patches.is_dir():
        raise GenerationError(f"{patches} is not a folder of patches")
    wrong = lock.wrong_tools(lock.read().tools)
    if wrong:
        raise GenerationError("; ".join(wrong))
    document = load_openapi(spec)
    folder = patches or _patches_for(document)
    print(f"patches: {folder or 'none for this version'}")
    text = _patched(document, folder, skip_dead)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".generating-") as scratch:
        package = Path(scratch) / "package"
        build_package(text, package, spec.name)
        _swap(package, out)
    print(f"{out} made from {spec}")


def _is_ours(out: Path) -> bool:
    """Whether a folder is empty or holds what this script wrote, so that nothing else is lost."""
    if not out.is_dir() or not any(out.iterdir()):
        return out.is_dir()
    codec = out / "_codec.py"
    return codec.is_file() and codec.read_bytes().startswith(MARK.encode())


def _patches_for(document: dict[str, Any]) -> Path | None:
    """The patches of the document's version, by its info.version or the end of a server's URL."""
    documents = {d.version: d for d in lock.read().documents}
    version = lock.version_of(document, documents)
    return None if version is None else documents[version].patches


if __name__ == "__main__":
    sys.exit(main())
