"""Where jobs live: one SQLite file (or memory), behind a narrow interface.

May import: the standard library, orjson and records. Nothing else speaks SQL.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.disk import DiskLog
from ionq_emulator.distributions import Columns
from ionq_emulator.records import TERMINAL, Job, Session

if TYPE_CHECKING:
    import os
    from collections.abc import Generator, Iterable, Iterator, Sequence

__all__ = ["DatabaseInUseError", "JobFilter", "Page", "Row", "Store"]

# A result: job id, variant id or nothing, kind, and what it is.
Row = tuple[str, str, str, bytes | Columns]

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL,
    status TEXT NOT NULL,
    backend TEXT NOT NULL,
    session_id TEXT,
    parent_id TEXT,
    submitter_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    completed_at INTEGER,
    record BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS jobs_of_project ON jobs (project_id, seq);
CREATE INDEX IF NOT EXISTS jobs_of_parent ON jobs (parent_id, status) WHERE parent_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS jobs_of_session ON jobs (session_id, seq) WHERE session_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS jobs_open ON jobs (seq)
    WHERE status NOT IN ('completed', 'failed', 'canceled');
CREATE TABLE IF NOT EXISTS programs (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    variant TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (job_id, variant, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL,
    ended INTEGER NOT NULL,
    record BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS counters (
    project_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (project_id, kind)
) WITHOUT ROWID;
"""
_TABLES = ("results", "programs", "jobs", "sessions", "counters")
_ENDED = ",".join(f"'{status.value}'" for status in sorted(TERMINAL))
# How long to wait for a predecessor that is just ending.
_BUSY_SECONDS = 0.5
# A statement of ours never carries more parameters than every build of SQLite takes.
_CHUNK = 500


class DatabaseInUseError(RuntimeError):
    """Another process has the database open; two emulators never share one file."""


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which of a project's jobs a listing shows; None means any.

    Without `ids` and `parent_id`, the children of multi-circuit jobs are left out.
    `submitted_by_ms` leaves out jobs submitted later.
    """

    ids: Sequence[str] | None = None
    statuses: Sequence[str] | None = None
    backends: Sequence[str] | None = None
    parent_id: str | None = None
    session_id: str | None = None
    submitter_id: str | None = None
    submitted_by_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Jobs, newest first, and the sequence number the next page starts below."""

    jobs: list[Job]
    next: int | None


class Store:
    """Jobs, programs, results and sessions in one SQLite database.

    Every method is safe to call from any thread. Writes happen inside `transaction()`.

    Args:
        path: A file, created when missing; None keeps everything in memory.

    Raises:
        DatabaseInUseError: Another process has the file open.
        ValueError: The file is no database, or of another layout.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._log: DiskLog | None = None
        self._path = Path(path) if path is not None else None
        self._db = sqlite3.connect(
            self._path or ":memory:",
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_SECONDS,
        )
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            self._db.close()
            if "locked" in str(error):
                message = f"{self._path} is in use by another emulator"
                raise DatabaseInUseError(message) from error
            raise ValueError(f"{self._path} cannot be opened: {error}") from error
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        self._db.execute("PRAGMA foreign_keys=ON")
        # Exclusive from the first write below until the process ends, however it ends.
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode=WAL")
        # Commits only append to the write-ahead log; `flush()` sees to the disk.
        self._db.execute("PRAGMA synchronous=NORMAL")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in (0, _SCHEMA_VERSION):
            raise ValueError(f"{self._path} has layout {version}, not {_SCHEMA_VERSION}")
        self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
        self._db.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
        if self._path is not None:
            self._log = DiskLog(self._path)

    def close(self) -> None:
        """Close the database; harmless when closed already."""
        with self._lock:
            if self._log is not None:
                self._log.close()
                self._log = None
            self._db.close()

    @contextlib.contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing; may be nested.

        What is written survives the end of the process, however it ends, and after `flush()`
        also that of the machine.
        """
        with self._lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    @property
    def on_disk(self) -> bool:
        """Whether there is anything for `flush()` to do."""
        return self._log is not None

    def flush(self) -> None:
        """Return when the disk has all that was written before the call.

        Takes as long as the disk does, without holding anybody up: callers at the same time share
        one flush.

        Raises:
            OSError: The disk refuses.
        """
        if self._log is not None:
            self._log.flush()

    # -- numbers --------------------------------------------------------------------------------

    def next_numbers(self, project_id: str, kind: str, count: int = 1) -> range:
        """Take the next `count` numbers of a project's jobs or sessions."""
        row = self._one(
            "INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET value = value + excluded.value RETURNING value",
            (project_id, kind, count),
        )
        assert row is not None
        return range(row[0] - count + 1, row[0] + 1)

    # -- jobs -----------------------------------------------------------------------------------

    def add_jobs(self, jobs: Iterable[Job]) -> None:
        """Store new jobs, oldest first."""
        self._many(
            "INSERT INTO jobs (id, project_id, status, backend, session_id, parent_id,"
            " submitter_id, organization_id, submitted_at, completed_at, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    job.id,
                    job.project_id,
                    job.status,
                    job.backend,
                    job.session_id,
                    job.parent_id,
                    job.submitter_id,
                    job.organization_id,
                    job.submitted_at,
                    job.completed_at,
                    orjson.dumps(job),
                )
                for job in jobs
            ),
        )

    def save_open_job(self, job: Job) -> bool:
        """Store a job's new state, unless it is gone or has ended in the meantime.

        Returns:
            Whether it was stored.
        """
        with self._lock:
            done = self._db.execute(
                "UPDATE jobs SET status = ?, completed_at = ?, record = ?"  # noqa: S608 (the states are constants)
                f" WHERE id = ? AND status NOT IN ({_ENDED})",
                (job.status, job.completed_at, orjson.dumps(job), job.id),
            )
            return done.rowcount == 1

    def status(self, job_id: str) -> str | None:
        """A job's state alone."""
        row = self._one("SELECT status FROM jobs WHERE id = ?", (job_id,))
        return None if row is None else row[0]

    def has_children(self, parent_id: str, statuses: Sequence[str]) -> bool:
        """Whether any child of a job is in one of these states."""
        marks = ",".join("?" * len(statuses))
        row = self._one(
            f"SELECT EXISTS (SELECT 1 FROM jobs WHERE parent_id = ? AND status IN ({marks}))",  # noqa: S608 (only question marks are put in)
            (parent_id, *statuses),
        )
        return row is not None and row[0] == 1

    def job(self, job_id: str) -> Job | None:
        """The job with this id, of whatever project."""
        row = self._one("SELECT record FROM jobs WHERE id = ?", (job_id,))
        return None if row is None else _job(row[0])

    def jobs(self, job_ids: Sequence[str]) -> list[Job]:
        """The jobs with these ids, in the order asked for; unknown ids are left out."""
        found: dict[str, Job] = {}
        for chunk in _chunks(job_ids):
            marks = ",".join("?" * len(chunk))
            rows = self._all(f"SELECT record FROM jobs WHERE id IN ({marks})", chunk)  # noqa: S608 (only question marks are put in)
            found.update((job.id, job) for job in (_job(record) for (record,) in rows))
        return [found[job_id] for job_id in dict.fromkeys(job_ids) if job_id in found]

    def list_jobs(
        self, project_id: str | None, wanted: JobFilter, *, limit: int, before: int | None = None
    ) -> Page:
        """A page of a project's jobs, newest first.

        Args:
            project_id: Whose jobs; None: everybody's.
            wanted: Which of them.
            limit: At most this many.
            before: The `next` of the page before.
        """
        where, values = _conditions(project_id, wanted, before)
        rows = self._all(
            f"SELECT seq, record FROM jobs WHERE {where} ORDER BY seq DESC LIMIT ?",  # noqa: S608 (conditions are literals of ours)
            [*values, limit + 1],
        )
        more = rows[limit - 1][0] if len(rows) > limit else None
        return Page([_job(record) for _, record in rows[:limit]], more)

    def unfinished_jobs(self) -> list[Job]:
        """All jobs that are not in a final state, oldest first."""
        rows = self._all(
            f"SELECT record FROM jobs WHERE status NOT IN ({_ENDED}) ORDER BY seq",  # noqa: S608 (the states are constants)
            (),
        )
        return [_job(record) for (record,) in rows]

    def next_jobs(self, limit: int) -> list[Job]:
        """The oldest jobs of all that have not ended; children left out."""
        rows = self._all(
            f"SELECT record FROM jobs WHERE status NOT IN ({_ENDED}) AND parent_id IS NULL"  # noqa: S608 (the states are constants)
            " ORDER BY seq LIMIT ?",
            (limit,),
        )
        return [_job(record) for (record,) in rows]

    def count_open_jobs(self) -> dict[str, int]:
        """How many jobs of each backend have not ended; children left out."""
        rows = self._all(
            f"SELECT backend, count(*) FROM jobs WHERE status NOT IN ({_ENDED})"  # noqa: S608 (the states are constants)
            " AND parent_id IS NULL GROUP BY backend",
            (),
        )
        return dict(rows)

    def count_children(self, parent_id: str) -> dict[str, int]:
        """How many children of a job there are in each state."""
        rows = self._all(
            "SELECT status, count(*) FROM jobs WHERE parent_id = ? GROUP BY status", (parent_id,)
        )
        return dict(rows)

    def delete_jobs(self, job_ids: Sequence[str]) -> None:
        """Remove jobs with everything that belongs to them."""
        self._many("DELETE FROM jobs WHERE id = ?", ((job_id,) for job_id in job_ids))

    def count_jobs(self, project_id: str | None = None) -> dict[str, int]:
        """How many jobs there are in each state."""
        where, values = ("WHERE project_id = ?", [project_id]) if project_id else ("", [])
        rows = self._all(f"SELECT status, count(*) FROM jobs {where} GROUP BY status", values)  # noqa: S608 (a literal of ours)
        return dict(rows)

    def completed_qpu_jobs(self, organization_id: str, start_ms: int, end_ms: int) -> list[Job]:
        """Completed jobs of an organization on QPUs, by time of completion, children left out."""
        rows = self._all(
            "SELECT record FROM jobs WHERE organization_id = ? AND status = 'completed'"
            " AND backend <> 'simulator' AND parent_id IS NULL"
            " AND completed_at >= ? AND completed_at < ? ORDER BY completed_at, seq",
            (organization_id, start_ms, end_ms),
        )
        return [_job(record) for (record,) in rows]

    def count_session_jobs(self, session_id: str, *, ended: bool = False) -> int:
        """How many jobs a session has, or how many of them have ended; children left out."""
        condition = f"AND status IN ({_ENDED})" if ended else ""
        row = self._one(
            "SELECT count(*) FROM jobs WHERE session_id = ? AND parent_id IS NULL "  # noqa: S608 (the states are constants)
            + condition,
            (session_id,),
        )
        return int(row[0]) if row else 0

    def session_last_end(self, session_id: str) -> int:
        """When the last of a session's jobs that have ended did; 0 when none has."""
        row = self._one(
            "SELECT max(completed_at) FROM jobs WHERE session_id = ? AND parent_id IS NULL",
            (session_id,),
        )
        return int(row[0] or 0) if row else 0

    def session_cost(self, session_id: str) -> float:
        """What a session's jobs have cost so far, in USD."""
        row = self._one(
            "SELECT total(json_extract(CAST(record AS TEXT), '$.cost')) FROM jobs"
            " WHERE session_id = ? AND parent_id IS NULL",
            (session_id,),
        )
        return float(row[0]) if row else 0.0

    # -- programs and results -------------------------------------------------------------------

    def add_programs(self, programs: Iterable[tuple[str, bytes]]) -> None:
        """Store programs: pairs of job id and JSON text."""
        self._many("INSERT INTO programs VALUES (?, ?)", programs)

    def program(self, job_id: str) -> bytes | None:
        """A job's program as JSON text."""
        row = self._one("SELECT body FROM programs WHERE job_id = ?", (job_id,))
        return None if row is None else bytes(row[0])

    def add_results(self, rows: Iterable[Row]) -> None:
        """Store results: JSON text, or where the columns of a large distribution are.

        Raises:
            sqlite3.IntegrityError: The job has this result already.
        """
        self._many(
            "INSERT INTO results VALUES (?, ?, ?, ?, ?)",
            (
                (job_id, variant, kind, "json", body)
                if isinstance(body, bytes)
                else (job_id, variant, kind, "columns", orjson.dumps(body))
                for job_id, variant, kind, body in rows
            ),
        )

    def result(self, job_id: str, kind: str, variant: str = "") -> bytes | Columns | None:
        """One stored result."""
        row = self._one(
            "SELECT form, body FROM results WHERE job_id = ? AND variant = ? AND kind = ?",
            (job_id, variant, kind),
        )
        if row is None:
            return None
        return bytes(row[1]) if row[0] == "json" else Columns(**orjson.loads(row[1]))

    def columns(self, job_ids: Sequence[str]) -> list[str]:
        """The files that large distributions of these jobs are in."""
        rows = self._all(
            "SELECT body FROM results WHERE form = 'columns'"
            " AND job_id IN (SELECT value FROM json_each(?))",
            (orjson.dumps(list(job_ids)).decode(),),
        )
        return [Columns(**orjson.loads(body)).file for (body,) in rows]

    def columns_of(self, project_id: str | None) -> list[str]:
        """The files that large distributions of a project, or of all, are in."""
        rows = self._all(
            "SELECT body FROM results JOIN jobs ON jobs.id = job_id WHERE form = 'columns'"
            " AND (?1 IS NULL OR project_id = ?1)",
            (project_id,),
        )
        return [Columns(**orjson.loads(body)).file for (body,) in rows]

    # -- sessions -------------------------------------------------------------------------------

    def add_session(self, session: Session) -> None:
        """Store a new session."""
        self._run(
            "INSERT INTO sessions (id, project_id, ended, record) VALUES (?, ?, ?, ?)",
            (session.id, session.project_id, 0, orjson.dumps(session)),
        )

    def save_session(self, session: Session) -> None:
        """Store a session's new state."""
        self._run(
            "UPDATE sessions SET ended = ?, record = ? WHERE id = ?",
            (session.ended_at is not None, orjson.dumps(session), session.id),
        )

    def session(self, session_id: str) -> Session | None:
        """The session with this id, of whatever project."""
        row = self._one("SELECT record FROM sessions WHERE id = ?", (session_id,))
        return None if row is None else Session(**orjson.loads(row[0]))

    def sessions(
        self, project_id: str | None = None, *, active: bool | None = None
    ) -> list[Session]:
        """Sessions, newest first."""
        rows = self._all(
            "SELECT record FROM sessions WHERE (?1 IS NULL OR project_id = ?1)"
            " AND (?2 IS NULL OR ended <> ?2) ORDER BY seq DESC",
            (project_id, active),
        )
        return [Session(**orjson.loads(record)) for (record,) in rows]

    # -- everything -----------------------------------------------------------------------------

    def latest_time(self) -> int:
        """The latest moment any job was submitted or finished at; 0 when there is none."""
        row = self._one("SELECT max(max(submitted_at, ifnull(completed_at, 0))) FROM jobs", ())
        return int(row[0] or 0) if row else 0

    def reset(self, project_id: str | None = None) -> None:
        """Forget everything, or everything of one project; numbers start at 1 again."""
        with self.transaction():
            if project_id is None:
                for table in _TABLES:
                    self._run(f"DELETE FROM {table}", ())  # noqa: S608 (our own table names)
                return
            for table in ("jobs", "sessions", "counters"):
                self._run(f"DELETE FROM {table} WHERE project_id = ?", (project_id,))  # noqa: S608 (our own table names)

    def snapshot(self) -> bytes:
        """The whole database as one SQLite file's bytes."""
        with self._lock, contextlib.closing(sqlite3.connect(":memory:")) as copy:
            self._db.backup(copy)
            return copy.serialize()

    def restore(self, snapshot: bytes) -> None:
        """Put back what `snapshot()` gave."""
        with self._lock, contextlib.closing(sqlite3.connect(":memory:")) as copy:
            copy.deserialize(snapshot)
            with self.transaction():
                for table in _TABLES:
                    self._run(f"DELETE FROM {table}", ())  # noqa: S608 (our own table names)
                for table in reversed(_TABLES):
                    rows = copy.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 (our own table names)
                    marks = ",".join("?" * len(rows[0])) if rows else ""
                    if rows:
                        self._many(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 (only question marks)

    # -- statements -----------------------------------------------------------------------------

    def _run(self, statement: str, values: Sequence[Any]) -> None:
        with self._lock:
            self._db.execute(statement, values)

    def _many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._lock:
            self._db.executemany(statement, rows)

    def _one(self, statement: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
        with self._lock:
            row: tuple[Any, ...] | None = self._db.execute(statement, values).fetchone()
            return row

    def _all(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def _job(record: bytes) -> Job:
    return Job(**orjson.loads(record))


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _conditions(
    project_id: str | None, wanted: JobFilter, before: int | None
) -> tuple[str, list[Any]]:
    parts = ["TRUE"]
    values: list[Any] = []
    for column, one in (
        ("project_id", project_id),
        ("parent_id", wanted.parent_id),
        ("session_id", wanted.session_id),
        ("submitter_id", wanted.submitter_id),
    ):
        if one is not None:
            parts.append(f"{column} = ?")
            values.append(one)
    for column, many in (
        ("id", wanted.ids),
        ("status", wanted.statuses),
        ("backend", wanted.backends),
    ):
        if many is not None:
            # One parameter, however long the list: SQLite unpacks the JSON array.
            parts.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 (columns are ours)
            values.append(orjson.dumps(list(many)).decode())
    if wanted.ids is None and wanted.parent_id is None:
        parts.append("parent_id IS NULL")
    for condition, limit in (("seq < ?", before), ("submitted_at <= ?", wanted.submitted_by_ms)):
        if limit is not None:
            parts.append(condition)
            values.append(limit)
    return " AND ".join(parts), values
