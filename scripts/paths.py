"""Where things are in the repository. May import: the standard library."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "openapi"
PATCHES = OPENAPI / "patches"
CODEGEN = OPENAPI / "codegen"
TEMPLATES = CODEGEN / "templates"
RUNTIME = CODEGEN / "runtime"
LOCK = OPENAPI / "lock.toml"
GENERATED = ROOT / "generated"
SPEC_TOOLS = ROOT / "overlays" / "ionq_conformance" / "spec"
