"""openapi/lock.toml: the hash of everything that goes into generated code, and of what comes out.

May import: scripts.paths, tomlkit and the standard library.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import tomlkit

from scripts import paths

GENERATOR = "openapi-python-client"


@dataclass(frozen=True)
class Document:
    """A vendored contract: `openapi/<version>.yaml`, which becomes the package `package`."""

    version: str
    package: str
    source: str

    @property
    def path(self) -> Path:
        """The vendored document."""
        return paths.OPENAPI / f"{self.version}.yaml"

    @property
    def patches(self) -> Path:
        """The folder of its overlays."""
        return paths.PATCHES / self.version


@dataclass(frozen=True)
class Lock:
    """The lock as it stands in the file."""

    tools: dict[str, str]
    documents: tuple[Document, ...]
    hashes: dict[str, str]


def read() -> Lock:
    """Read openapi/lock.toml."""
    data = tomllib.loads(paths.LOCK.read_text(encoding="utf-8"))
    documents = (
        Document(version, entry["package"], entry["source"])
        for version, entry in data["documents"].items()
    )
    return Lock(data["tools"], tuple(documents), data.get("hashes", {}))


def write_hashes(hashes: dict[str, str]) -> None:
    """Replace the table of hashes, leaving what people wrote as it is."""
    document: Any = tomlkit.parse(paths.LOCK.read_text(encoding="utf-8"))
    document["hashes"] = hashes
    paths.LOCK.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")


def write_edition(version: str, published: str, upstream: str) -> None:
    """Say which edition of a document is vendored: its day, and the hash of what was fetched."""
    document: Any = tomlkit.parse(paths.LOCK.read_text(encoding="utf-8"))
    entry = document["documents"][version]
    entry["published"] = published
    entry["upstream_sha256"] = upstream
    paths.LOCK.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")


def version_of(document: dict[str, Any], known: Iterable[str]) -> str | None:
    """The known version that a document is of, by info.version or the end of a server's URL."""
    servers = document.get("servers")
    urls = [
        str(server.get("url"))
        for server in (servers if isinstance(servers, list) else [])
        if isinstance(server, dict)
    ]
    versions = {
        str(document["info"].get("version")),
        *(url.rstrip("/").rpartition("/")[2] for url in urls),
    }
    return next((one for one in known if one in versions), None)


def sha256(data: bytes) -> str:
    """The hash used everywhere in the lock, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def tree_hash(folder: Path) -> str:
    """One hash over the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in tree_files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def tree_files(folder: Path) -> list[Path]:
    """All files below a folder, in a fixed order, without compiled Python."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def inputs(documents: tuple[Document, ...]) -> dict[str, str]:
    """The hash of each file that decides what is generated, by its name in the repository."""
    files = [paths.CODEGEN / "config.yaml", Path(__file__).with_name("generate.py")]
    files += [paths.SPEC_TOOLS / "overlay.py", paths.SPEC_TOOLS / "documents.py"]
    files += tree_files(paths.TEMPLATES) + tree_files(paths.RUNTIME)
    for document in documents:
        files += [document.path, *sorted(document.patches.glob("*.yaml"))]
    hashes = {f.relative_to(paths.ROOT).as_posix(): sha256(f.read_bytes()) for f in files}
    return {**hashes, **upstream_templates()}


def upstream_templates() -> dict[str, str]:
    """The hash of the generator's own version of each template that ours replaces."""
    spec = find_spec("openapi_python_client")  # importing it would take longer than all the rest
    originals = Path(str(spec and spec.origin)).with_name("templates")
    return {
        f"{GENERATOR}: {ours.name}": sha256((originals / ours.name).read_bytes())
        for ours in sorted(paths.TEMPLATES.glob("*.jinja"))
        if (originals / ours.name).is_file()
    }


def wrong_tools(tools: dict[str, str]) -> list[str]:
    """Each tool whose installed version is not the pinned one."""
    installed = {name: _installed(name) for name in tools}
    return [
        f"{name} is {installed[name] or 'not installed'}, the lock wants {version}"
        for name, version in tools.items()
        if installed[name] != version
    ]


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
