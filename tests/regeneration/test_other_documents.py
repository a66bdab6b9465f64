"""Other people's documents: nothing in the pipeline knows about IonQ but its configuration.

Two documents of services in daily use, out of packages on the index. They are not kept here: they
are fetched, by exact version and hash, into .build/.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import paths
from scripts.documents import HTTP_METHODS, load_openapi

FOLDER = paths.ROOT / ".build" / "documents"


@dataclass(frozen=True)
class Other:
    """A document in a wheel.

    Attributes:
        requirement: The package, with its version.
        sha256: Of the wheel.
        member: The document in it.
        operations: How many operations it describes.
    """

    requirement: str
    sha256: str
    member: str
    operations: int

    @property
    def name(self) -> str:
        return self.requirement.partition("==")[0].replace("-", "_")


OTHERS = [
    Other(
        "jupyterlab_server==2.27.3",
        "e697488f66c3db49df675158a77b3b017520d772c6e1548c7d9bcc5df7944ee4",
        "jupyterlab_server/rest-api.yml",
        operations=12,
    ),
    Other(
        "apache-airflow==2.10.5",
        "4c6d19159bcd85f496fbea70db72ef55d32335f80e4ffb82ae3c252782079ca0",
        "airflow/api_connexion/openapi/v1.yaml",
        operations=89,
    ),
]


def wheel_of(other: Other) -> Path:
    """The wheel; downloaded once, and checked by pip against its hash.

    Only where the package cannot be had at all is the test skipped; a wheel of another hash fails.
    """
    folder = FOLDER / other.name
    found = list(folder.glob("*.whl"))
    if found:
        return found[0]
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{other.requirement} --hash=sha256:{other.sha256}\n", encoding="utf-8")
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--only-binary", ":all:", "--require-hashes"),
        *("--retries", "1", "--timeout", "20", "--dest", str(folder), "-r", str(wanted)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "HASHES" not in done.stderr, done.stderr  # "DO NOT MATCH THE HASHES"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        pytest.skip(f"{other.requirement} cannot be had: {last}")
    (downloaded,) = folder.glob("*.whl")
    return downloaded


@pytest.fixture(scope="module", params=OTHERS, ids=lambda other: other.name)
def other(request: pytest.FixtureRequest) -> Other:
    found: Other = request.param
    return found


@pytest.fixture(scope="module")
def document(other: Other) -> Path:
    path = FOLDER / other.name / Path(other.member).name
    with zipfile.ZipFile(wheel_of(other)) as wheel:
        path.write_bytes(wheel.read(other.member))
    return path


@pytest.fixture(scope="module")
def package(other: Other, document: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make generate SPEC=... OUT=...` writes."""
    package = tmp_path_factory.mktemp("others") / f"{other.name}_client"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scripts.generate"),
            *("--spec", str(document), "--out", str(package)),
        ],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "none for this version" in done.stdout
    return package


def modules(package: Path) -> list[str]:
    """Every module of a package, by its full name."""
    files = sorted(package.rglob("*.py"))
    names = [path.relative_to(package.parent).with_suffix("").as_posix() for path in files]
    return [name.replace("/", ".").removesuffix(".__init__") for name in names]


def test_every_operation_becomes_a_module(other: Other, document: Path, package: Path) -> None:
    items = load_openapi(document)["paths"].values()
    assert sum(key in HTTP_METHODS for item in items for key in item) == other.operations
    made = [path for path in (package / "api").glob("*/*.py") if path.name != "__init__.py"]
    assert len(made) == other.operations


def test_nothing_of_ionq_is_in_it(package: Path) -> None:
    for path in package.rglob("*.py"):
        assert "ionq" not in path.read_text(encoding="utf-8").lower(), path


def test_it_type_checks(package: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir=cache"),
            *("-p", package.name),
        ],
        cwd=package.parent,
        env={name: value for name, value in os.environ.items() if name != "MYPYPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_every_module_can_be_imported(package: Path) -> None:
    """In a process of its own, with every warning an error."""
    names = modules(package)
    assert len(names) > 20
    code = f"import importlib\nfor name in {names!r}:\n    importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_a_second_run_writes_the_same(document: Path, package: Path, tmp_path: Path) -> None:
    again = tmp_path / package.name
    subprocess.run(
        [
            *(sys.executable, "-m", "scripts.generate"),
            *("--spec", str(document), "--out", str(again)),
        ],
        cwd=paths.ROOT,
        capture_output=True,
        check=True,
    )
    files = {p.relative_to(package): p.read_bytes() for p in package.rglob("*.py")}
    assert {p.relative_to(again): p.read_bytes() for p in again.rglob("*.py")} == files
