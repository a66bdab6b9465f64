"""Bringing a database's write-ahead log to the disk.

May import: the standard library.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DiskLog"]


class DiskLog:
    """The write-ahead log of a database file, brought to the disk by whoever comes first.

    SQLite could do this at each commit, but holds the database meanwhile, and each commit waits
    for the disk alone.
    """

    def __init__(self, database: Path) -> None:
        self._file = os.open(f"{database}-wal", os.O_RDWR)
        self._changed = threading.Condition()
        self._asked = 0
        self._flushed = 0
        self._flushing = False
        if hasattr(os, "O_DIRECTORY"):  # the log's name must be on disk, too
            directory = os.open(database.absolute().parent, os.O_RDONLY | os.O_DIRECTORY)
            os.fsync(directory)
            os.close(directory)

    def flush(self) -> None:
        """Return when the disk has all that was written before the call.

        Raises:
            OSError: The disk refuses.
        """
        with self._changed:
            self._asked += 1
            mine = self._asked
            self._changed.wait_for(lambda: self._flushed >= mine or not self._flushing)
            if self._flushed >= mine:
                return
            self._flushing, flushing = True, self._asked
        try:
            os.fsync(self._file)
        except BaseException:
            flushing = 0
            raise
        finally:
            with self._changed:
                self._flushing = False
                self._flushed = max(self._flushed, flushing)
                self._changed.notify_all()

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)
