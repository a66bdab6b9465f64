"""What changed in the public names of a generated package, by griffe.

May import: griffe on use, and the standard library.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["breakages"]


def breakages(old: Path, new: Path) -> list[str]:
    """What callers of the old package miss or meet otherwise in the new one, a line each.

    Args:
        old: The folder of the old package.
        new: The folder of the new package.
    """
    import griffe

    packages = [
        griffe.load(one.name, search_paths=[str(one.parent)], resolve_aliases=False)
        for one in (old, new)
    ]
    lines = {
        f"`{found.obj.path}`: {found.kind.value}"
        for found in griffe.find_breaking_changes(*packages)
        if not found.obj.is_private
    }
    return sorted(lines)
