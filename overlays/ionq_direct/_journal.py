"""What a run of many submissions has done so far, on disk, so that a killed run can go on.

May import: errors, and the standard library. One SQLite file; nothing else here speaks SQL. It
holds payloads, tags and job ids, and never the API key.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, cast

from ionq_direct._secret import Secret
from ionq_direct.errors import InvalidArgument, IonQError

__all__ = ["Entry", "Journal", "fingerprint_of"]

_APPLICATION_ID: Final = 0x696F6E51  # "ionQ", at a fixed place of the file
_LAYOUT: Final = 1
_SCHEMA: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE items (
    position INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,
    tag TEXT NOT NULL UNIQUE,
    payload BLOB NOT NULL,
    sent_at REAL,
    receipt TEXT,
    job_id TEXT
);
CREATE INDEX items_of_job ON items (job_id);
"""

Path_: TypeAlias = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission of a run.

    Attributes:
        position: Its place among the payloads, from 0.
        tag: Its tag.
        payload: The job as JSON, without the tag.
        sent_at: When it was first sent, in seconds since 1970; None: certainly not there yet.
        receipt: What the server told of the job; None: nothing so far.
    """

    position: int
    tag: str
    payload: Mapping[str, Any]
    sent_at: float | None = None
    receipt: dict[str, Any] | None = None

    @property
    def seconds_since_sent(self) -> float:
        """Seconds since it was first sent, by the wall clock, which may have been set back."""
        return time.time() - (self.sent_at or 0.0)


class Journal:
    """The journal of one run.

    A change is on disk when its method returns. Methods may be called from any thread; changes
    made at the same time share one write to the disk. One process at a time has a journal open;
    a process that dies, however it dies, lets go of it.

    Args:
        path: The file; made when missing, readable by its owner only.

    Raises:
        InvalidArgument: Another run has it open, or it is something else.
        IonQError: It cannot be opened or read.
    """

    def __init__(self, path: Path_) -> None:
        self.path = _file(path)
        self._write_lock = threading.Lock()
        self._queue_lock = threading.Lock()
        self._queue: list[_Change] = []
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise IonQError(f"journal {self.path}: {error}") from error
        self._db = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, timeout=0
        )
        try:
            self._open()
        except BaseException as error:
            self._db.close()
            if isinstance(error, sqlite3.Error):
                raise self._explained(error) from error
            raise

    def _open(self) -> None:
        # Exclusive from the first transaction until the process ends or closes the file.
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != _APPLICATION_ID and tables:
            raise self._wrong("is no journal of submissions, but some other database")
        self._db.execute("PRAGMA journal_mode=WAL")
        # A tag must be on disk, not on its way there, before the job leaves.
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("BEGIN IMMEDIATE")
        (layout,) = self._db.execute("PRAGMA user_version").fetchone()
        if layout not in (0, _LAYOUT):
            raise self._wrong(f"was written by another version (layout {layout}, not {_LAYOUT})")
        if not layout:
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id={_APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version={_LAYOUT}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file, so that another run can have it."""
        with self._write_lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # --- The run ---

    def plan(
        self, payloads: Sequence[Mapping[str, Any]], *, server: str, new_tag: Callable[[int], str]
    ) -> list[Entry]:
        """Begin a run, or take up the one that the journal holds.

        Args:
            payloads: The jobs as JSON; the same, in the same order, as when the run began.
            server: The base URL that they go to.
            new_tag: Makes the tag of the payload at a position.

        Raises:
            InvalidArgument: The payloads or the server are others than when the run began.
        """
        known = self.entries()
        if not known:
            self._begin(payloads, server, new_tag)
            return self.entries()
        begun_with = self._fact("server", b"").decode()
        if begun_with != server:
            raise self._wrong(f"belongs to a run against {begun_with}, not {server}")
        hashes = dict(self._read("SELECT position, hash FROM items"))
        for position, payload in enumerate(payloads):
            if position not in hashes:
                rule = f"is not in the journal, which holds {len(known)} payloads"
                raise _changed(position, payload, rule)
            if hashes[position] != _hash(payload):
                raise _changed(position, payload, "differs from the one in the journal")
        if len(known) > len(payloads):
            rule = f"is missing: the journal holds {len(known)} payloads"
            raise _changed(len(payloads), None, rule)
        return known

    def _begin(
        self,
        payloads: Sequence[Mapping[str, Any]],
        server: str,
        new_tag: Callable[[int], str],
    ) -> None:
        rows = [
            (position, _hash(payload), new_tag(position), _packed(payload))
            for position, payload in enumerate(payloads)
        ]
        self._write(
            ("INSERT OR REPLACE INTO facts VALUES ('server', ?)", [(server.encode(),)]),
            ("INSERT INTO items (position, hash, tag, payload) VALUES (?, ?, ?, ?)", rows),
        )

    def entries(self) -> list[Entry]:
        """All submissions of the run, in order."""
        rows = self._read(
            "SELECT position, tag, payload, sent_at, receipt FROM items ORDER BY position"
        )
        return [
            Entry(
                position,
                tag,
                _unpacked(payload),
                sent_at,
                None if receipt is None else json.loads(receipt),
            )
            for position, tag, payload, sent_at, receipt in rows
        ]

    def payload_of(self, job_id: str) -> dict[str, Any] | None:
        """The payload of a job that the run submitted, without the tag."""
        rows = self._read("SELECT payload FROM items WHERE job_id = ?", job_id)
        return _unpacked(rows[0][0]) if rows else None

    def sending(self, position: int) -> None:
        """The payload at this position is about to be sent."""
        self._write(
            (
                "UPDATE items SET sent_at = coalesce(sent_at, ?) WHERE position = ?",
                [(time.time(), position)],
            )
        )

    def submitted(self, position: int, receipt: Mapping[str, Any]) -> None:
        """The server has the job."""
        self._write(
            (
                "UPDATE items SET receipt = ?, job_id = ? WHERE position = ?",
                [(json.dumps(receipt), str(receipt["id"]), position)],
            )
        )

    def not_there(self, position: int) -> None:
        """The server certainly does not have the job."""
        self._write(("UPDATE items SET sent_at = NULL WHERE position = ?", [(position,)]))

    # --- The key ---

    def was_begun_with(self, key: Secret) -> bool:
        """Whether the run was begun with this API key; a new run is, from now on."""
        told = self._fact("key", None)
        if told is None:
            self.adopt(key)
            return True
        return secrets.compare_digest(told, fingerprint_of(key, told[:_SALT_BYTES]))

    def adopt(self, key: Secret) -> None:
        """The run goes on with this key."""
        fingerprint = fingerprint_of(key, secrets.token_bytes(_SALT_BYTES))
        self._write(("INSERT OR REPLACE INTO facts VALUES ('key', ?)", [(fingerprint,)]))

    # --- SQL ---

    def _fact(self, name: str, default: Any) -> Any:
        rows = self._read("SELECT value FROM facts WHERE name = ?", name)
        return rows[0][0] if rows else default

    def _read(self, query: str, *parameters: object) -> list[Any]:
        try:
            with self._write_lock:
                return self._db.execute(query, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _write(self, *statements: _Statement) -> None:
        """Carry out the statements in one transaction, together with those of other threads."""
        change = _Change(statements)
        with self._queue_lock:
            self._queue.append(change)
        with self._write_lock:
            if not change.is_done:
                with self._queue_lock:
                    changes, self._queue = self._queue, []
                self._commit(changes)
        if change.error is not None:
            raise self._explained(change.error) from change.error

    def _commit(self, changes: Sequence[_Change]) -> None:
        error: sqlite3.Error | None = None
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for change in changes:
                for sql, rows in change.statements:
                    self._db.executemany(sql, rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as failure:
            error = failure
            with contextlib.suppress(sqlite3.Error):  # there may be none to roll back
                self._db.execute("ROLLBACK")
        for change in changes:
            change.error, change.is_done = error, True

    # --- Errors ---

    def _explained(self, error: sqlite3.Error) -> IonQError:
        name = getattr(error, "sqlite_errorname", "")  # sqlite3's own errors have none
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return self._wrong("is in use by another run: one at a time")
        if name == "SQLITE_NOTADB":
            return self._wrong("is no journal of submissions, but some other file")
        return IonQError(f"journal {self.path}: {error}")

    def _wrong(self, rule: str) -> InvalidArgument:
        return InvalidArgument(name="journal", value=str(self.path), rule=rule)


def _file(path: object) -> Path:
    """The path of a journal.

    Raises:
        InvalidArgument: It names no file.
    """
    try:
        text = os.fsdecode(cast("Path_", path))
    except TypeError:
        text = ""
    if not text or "\0" in text:
        raise InvalidArgument(name="journal", value=path, rule="must be the path of a file")
    return Path(text)


_Statement: TypeAlias = tuple[str, Sequence[tuple[Any, ...]]]


class _Change:
    """Statements that wait for the disk."""

    def __init__(self, statements: Sequence[_Statement]) -> None:
        self.statements = statements
        self.is_done = False
        self.error: sqlite3.Error | None = None


_SALT_BYTES: Final = 16


def fingerprint_of(key: Secret, salt: bytes) -> bytes:
    """The salt, and a digest by which a key can be known again but not found out."""
    return salt + hashlib.pbkdf2_hmac("sha256", key.reveal().encode(), salt, 100_000)


def _changed(position: int, payload: object, rule: str) -> InvalidArgument:
    return InvalidArgument(
        name=f"payloads[{position}]",
        value=payload,
        rule=f"{rule}; a journal goes on with the payloads it was begun with, and no others",
    )


def _canonical(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()


def _hash(payload: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(_canonical(payload)).digest()


def _packed(payload: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(payload).encode(), 1)


def _unpacked(payload: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(zlib.decompress(payload)))
