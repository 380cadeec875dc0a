"""The tables: the files of migrations/, each applied once, in one transaction with its note.

yoyo keeps the list; beside it stands the checksum of what each file was.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from yoyo import read_migrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import DatabaseURI
from yoyo.migrations import Migration, MigrationList

from apartado.settings import Trouble
from apartado.tree import SCHEMA, SEARCH_PATH, database_root, explain

LOCK_TIMEOUT = "10s"
"""How long a migration waits for a table: whoever comes to it meanwhile waits behind it."""


class _Backend(PostgresqlPsycopgBackend):  # type: ignore[misc]  # yoyo has no types
    """yoyo over our own connection, with a migration and its note in one transaction.

    yoyo itself notes in a second transaction, through a second connection: a kill in between makes
    it apply a migration twice. And it skips a migration that it cannot read, without a word.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._given = connection
        super().__init__(DatabaseURI("postgresql+psycopg", *[None] * 5, {}), "_yoyo_migration")

    def connect(self, dburi: DatabaseURI) -> psycopg.Connection[Any]:
        self.schema = SCHEMA
        return self._given

    def list_tables(self, **kwargs: Any) -> list[str]:
        found = self._given.execute(
            "select relname from pg_catalog.pg_class"
            " where relnamespace = pg_catalog.to_regnamespace(%s) and relkind = 'r'", [SCHEMA],
        )  # fmt: skip
        return [row[0] for row in found]

    def get_log_data(
        self, migration: Migration | None = None, operation: str = "apply"
    ) -> dict[str, Any]:
        """Who, as the database knows them: yoyo asks the system, which may not know or be slow."""
        row = self._given.execute(
            "select pg_catalog.gen_random_uuid()::text, session_user::text,"
            " pg_catalog.timezone('UTC', pg_catalog.clock_timestamp())"
        ).fetchone()
        number, user, now = row or (None, None, None)
        return {
            "id": number,
            "migration_id": migration.id if migration else None,
            "migration_hash": migration.hash if migration else None,
            "username": user,
            "hostname": None,
            "created_at_utc": now,
            "operation": operation,
        }

    def apply(self, migration: Migration) -> None:
        """Run one migration and note it with its checksum."""
        migration.load()
        if not migration.use_transactions:
            migration.process_steps(self, "apply")
        with self.transaction():
            self.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
            if migration.use_transactions:
                migration.process_steps(self, "apply")
            self.mark_one(migration)
            self.execute(
                f"insert into {SCHEMA}.migration_checksums (id, sha256, applied_at)"
                " values (:id, :sha256, pg_catalog.clock_timestamp())"
                " on conflict (id) do update set sha256 = excluded.sha256,"
                " applied_at = excluded.applied_at",
                {"id": migration.id, "sha256": _checksum(Path(migration.path))},
            )

    def undo(self, migration: Migration) -> None:
        """Run one rollback file and strike the note."""
        if not Path(migration.path).with_suffix(".rollback.sql").is_file():
            raise Trouble(f"The migration {migration.id} has no rollback file; it stays applied.")
        migration.load()
        with self.transaction():
            migration.process_steps(self, "rollback")
            self.unmark_one(migration)
            self.execute(
                f"delete from {SCHEMA}.migration_checksums where id = :id", {"id": migration.id}
            )


def _backend(connection: psycopg.Connection[Any]) -> _Backend:
    """yoyo with its tables and ours in place, and without a killed run's lock row."""
    backend = _Backend(connection)
    if backend.lock_table not in backend.list_tables():
        backend.create_lock_table()
    backend.break_lock()
    backend.ensure_internal_schema_updated()
    connection.execute(
        f"create table if not exists {SCHEMA}.migration_checksums ("
        " id text constraint migration_checksums_pkey primary key,"
        " sha256 text not null, applied_at timestamptz not null)"
    )
    bare = connection.execute(
        "select relname from pg_catalog.pg_class where relkind = 'r' and not relrowsecurity"
        " and relnamespace = pg_catalog.to_regnamespace(%s)"
        " and relname ~ '^(_?yoyo_|migration_checksums$)'", [SCHEMA],
    ).fetchall()  # fmt: skip
    for (name,) in bare:
        connection.execute(
            sql.SQL("alter table {} enable row level security").format(sql.Identifier(SCHEMA, name))
        )
    return backend


def _read(root: Path) -> MigrationList:
    return read_migrations(str(root / "migrations"))


def apply_migrations(connection: psycopg.Connection[Any], root: Path, applied: list[str]) -> None:
    """Apply what is pending, in order, and add the ids."""
    backend = _backend(connection)
    migrations = _read(root)
    check_history(connection, migrations)
    for migration in backend.to_apply(migrations):
        try:
            backend.apply(migration)
        except (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable):
            raise
        except psycopg.Error as error:
            raise Trouble(
                f"The migration {migration.id} failed and was undone: {explain(error)}"
            ) from error
        applied.append(migration.id)
    connection.execute(f"set search_path = {SEARCH_PATH}")


def undo_migrations(
    connection: psycopg.Connection[Any], root: Path, *, to: str | None = None
) -> list[str]:
    """Undo what came after `to` (default: all), newest first; gives the ids."""
    backend = _backend(connection)
    undone = []
    for migration in backend.to_rollback(_read(root)):
        if to is not None and migration.id <= to:
            break
        backend.undo(migration)
        undone.append(migration.id)
    return undone


def newest_migration(root: Path | None = None) -> str:
    """The last migration of this version."""
    files = ((root or database_root()) / "migrations").glob("*.sql")
    return max(path.stem for path in files if not path.stem.endswith(".rollback"))


def pending_migrations(connection: psycopg.Connection[Any], root: Path | None = None) -> list[str]:
    """The ids of the files that this database has not seen yet, without changing anything."""
    known = connection.execute(
        "select pg_catalog.to_regclass(%s) is not null", [f"{SCHEMA}.migration_checksums"]
    ).fetchone()
    applied: set[str] = set()
    if known and known[0]:
        rows = connection.execute(f"select id from {SCHEMA}.migration_checksums")
        applied = {row[0] for row in rows}
    ids = (migration.id for migration in _read(root or database_root()))
    return sorted(id for id in ids if id not in applied)


def check_history(
    connection: psycopg.Connection[Any], migrations: MigrationList | None = None
) -> None:
    """Refuse a tree that is older than the database, or was edited behind its back."""
    recorded = dict(connection.execute(f"select id, sha256 from {SCHEMA}.migration_checksums"))
    migrations = migrations or _read(database_root())
    files = {migration.id: Path(migration.path) for migration in migrations}
    unknown = sorted(set(recorded) - set(files))
    if unknown:
        raise Trouble(
            f"This database has already seen {', '.join(unknown)}, which this version of Apartado "
            "does not have: it was migrated by a newer one. Use that version, or a newer one."
        )
    edited = sorted(id for id, sha256 in recorded.items() if _checksum(files[id]) != sha256)
    if edited:
        raise Trouble(
            "Migrations were edited after they were applied to this database: "
            f"{', '.join(edited)}. Nothing was changed. "
            "Put the files back as they were and write the change as a new "
            "migration."
        )


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
