"""The modules without network import nothing heavy: what is optional or slow waits for its use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "orjson", "httpx", "pickle", "email.utils", "asyncio", "attrs")


@pytest.mark.parametrize(
    "module", ["errors", "counts", "circuits", "validation", "_histogram", "_distribution"]
)
def test_a_module_imports_nothing_heavy(module: str) -> None:
    script = f"""
import sys
before = set(sys.modules)
import ionq_direct.{module}
print(*sorted(set(sys.modules) - before))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(ran.stdout.split())
