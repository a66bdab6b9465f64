"""The command `ionq-direct`. May import: ionq_direct._cli; what talks to a server loads on use."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ionq_direct._cli.run import run

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments; default: the process's.

    Returns:
        The exit code; `ionq-direct --help` and docs/cli.md say what each means.
    """
    return run(list(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    sys.exit(main())
