"""`make docs`: the API reference as HTML, made of the docstrings by pdoc.

May import: pdoc. The guides are in docs/ and are Markdown, to be read as they are.
"""

from __future__ import annotations

import argparse
import shutil
import warnings
from importlib import import_module
from pathlib import Path
from typing import Final

import pdoc
import pdoc.render

__all__ = ["MODULES", "main", "write_reference"]

MODULES: Final = (
    "ionq_direct",
    "ionq_direct.errors",
    "ionq_direct.legacy",
    "ionq_direct.telemetry",
    "ionq_emulator",
    "ionq_api.v0_4",
    "ionq_api.v0_4.api",
    "ionq_api.v0_4.models",
)


def write_reference(out: Path) -> None:
    """Write the reference of all public modules, in place of what is in the directory."""
    shutil.rmtree(out, ignore_errors=True)
    for module in map(import_module, MODULES):
        for name in getattr(module, "__all__", ()):
            # What loads on first use is not in a module before that, and pdoc would not see it.
            vars(module).setdefault(name, getattr(module, name))
            _take_in_private_bases(getattr(module, name))
    pdoc.render.configure(docformat="google", show_source=False)
    with warnings.catch_warnings():
        # Names imported for types alone are shown as they are written, and not linked.
        warnings.filterwarnings("ignore", message="Error parsing type annotation")
        pdoc.pdoc(*MODULES, output_directory=out)


def _take_in_private_bases(found: object) -> None:
    """Have a class show what it inherits from a class that has no page of its own."""
    if not isinstance(found, type):
        return
    for base in found.__mro__[1:]:
        if "._" in base.__module__ and base.__module__.startswith("ionq_"):
            for name, member in vars(base).items():
                if not name.startswith("_") and name not in vars(found):
                    setattr(found, name, member)


def main() -> None:
    """Write it where the command line says."""
    parser = argparse.ArgumentParser(description="Write the API reference.")
    parser.add_argument("--out", type=Path, default=Path(".build/docs"))
    out: Path = parser.parse_args().out
    write_reference(out)
    print(f"The API reference is in {out / 'index.html'}")


if __name__ == "__main__":
    main()
