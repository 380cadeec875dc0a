"""Bringing a database up to this version: roles, tables, then all code in one transaction.

Tables migrate, code is replaced. `migrate` runs, over one connection and under one advisory lock:

1. `sql/roles.sql` as the login it was given, which must be allowed to create roles;
2. the pending files of `migrations/` as `apartado_owner`, each in one transaction together with the
   note that it was applied and the checksum of what it was (yoyo keeps the list);
3. the loader: every function, trigger and view in one transaction. What no file makes any more is
   dropped, never with cascade, and every right is given anew;
4. the triggers of foreign keys that somebody switched off, where the login may; ours the loader
   made anew;
5. `apartado.sync_jobs()`, so that pg_cron, where it is there, matches the table of jobs.

Because lock and work share the connection, a second run waits until the first is over or dead, and
what was killed in the middle has left nothing but whole steps behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from apartado.damage import enabling, triggers_off
from apartado.loader import Report, drop_code, load_code
from apartado.migrations import LOCK_TIMEOUT, apply_migrations, newest_migration, undo_migrations
from apartado.settings import Trouble
from apartado.tree import GRANTEES, OWNER, SCHEMA, SEARCH_PATH, SERVICE, database_root

LOCK = 0x61706172  # "apar": one migration at a time in one database

WITHOUT_TIMEOUTS = (
    "select pg_catalog.set_config(s.name, '0', false) from pg_catalog.pg_settings s where s.name in"
    " ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_session_timeout',"
    " 'idle_in_transaction_session_timeout')"
)

Say = Callable[[str], None]


# -- connections ------------------------------------------------------------------------------


def connect(url: str, **settings: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """An autocommitting connection; a failure is Trouble that never shows the password.

    It is an administrator's, so no function out of schema public is to be found by it, and what
    they like in psql, of time, letters or strings, is not meant for it (nor for pg_dump).
    """
    try:
        connection = psycopg.connect(url, autocommit=True, client_encoding="utf8", **settings)
        connection.execute(f"set search_path = {SEARCH_PATH}; set standard_conforming_strings = on")
        connection.execute(WITHOUT_TIMEOUTS)
        return connection
    except psycopg.OperationalError as error:
        raise Trouble(
            f"The database {describe(url)} cannot be reached: {' '.join(str(error).split())}"
        ) from None


def describe(url: str) -> str:
    """The connection string without its secrets."""
    parts = conninfo_to_dict(url)
    where = {key: parts[key] for key in ("host", "port", "user", "dbname") if key in parts}
    return make_conninfo("", **where) or "of libpq's defaults"


def service_url(url: str) -> str:
    """The same database for the login of the service, `apartado_api`.

    The service never acts under an administrator's rights: settings on a role reach only the role
    that logs in, and `session_user` decides who is an operator. So a URL that names another login
    is rewritten to apartado_api without the password, which libpq then takes from PGPASSFILE or
    ~/.pgpass (or needs none: peer, cert, trust). A URL that names apartado_api is used as it is.
    """
    parts = conninfo_to_dict(url)
    if parts.get("user") == SERVICE:
        return url
    parts.pop("password", None)
    return make_conninfo("", **{**parts, "user": SERVICE})


def check_service(url: str) -> None:
    """See that the service can log in, and finds its functions."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            row = connection.execute(
                "select pg_catalog.has_schema_privilege(pg_catalog.to_regnamespace(%s), 'usage')",
                [SCHEMA],
            ).fetchone()
    except psycopg.OperationalError as error:
        raise Trouble(
            f"The service cannot log in as {SERVICE} at {describe(url)}: "
            f"{' '.join(str(error).split())} Give the role a password (in psql: "
            f"\\password {SERVICE}) and put it into ~/.pgpass or PGPASSFILE, or let pg_hba.conf "
            f"trust it; or set APARTADO_DATABASE_URL to a URL of {SERVICE} and run apartado "
            "migrate beforehand. Where PUBLIC may not connect to this database, let its owner "
            f"grant connect on it to {SERVICE}."
        ) from None
    if row is None or not row[0]:
        missing = "does not have Apartado in it yet"
        if row is not None and row[0] is False:
            missing = f"does not let {SERVICE} use the schema {SCHEMA}"
        raise Trouble(
            f"The database at {describe(url)} {missing}. Run apartado migrate with "
            "APARTADO_DATABASE_URL naming an administrator."
        )


def check_encoding(connection: psycopg.Connection[Any]) -> None:
    """See that this database holds every letter: in another one functions load, and fail later."""
    row = connection.execute(
        "select current_setting('server_encoding'), current_database()"
    ).fetchone()
    if row and row[0] != "UTF8":
        raise Trouble(
            f"The database {row[1]} has the encoding {row[0]}, and Apartado needs UTF8. That is"
            " chosen when a database is made: create database another_name encoding 'UTF8'"
            " template template0 (where its locale does not go with that: locale 'C')."
        )


def _check_writable(connection: psycopg.Connection[Any]) -> None:
    """What somebody closed is not opened here."""
    row = connection.execute("show transaction_read_only").fetchone()
    if row and row[0] == "on":
        raise Trouble(
            f"Nothing can be written in the database {describe(connection.info.dsn)}: it is a"
            " standby, or default_transaction_read_only is on. Run apartado migrate at the primary,"
            " or after that setting was switched off."
        )


def check_version(connection: psycopg.Connection[Any]) -> None:
    """See that this database was migrated to this version, as far as the login may look."""
    try:
        row = connection.execute("select r.migration from apartado.readiness() as r").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return
    except (psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedFunction):
        row = None
    if row is None or row[0] is None or row[0] < newest_migration():
        where = describe(connection.info.dsn)
        raise Trouble(
            f"The database {where} does not have this version of Apartado in it yet. Run apartado "
            "migrate with APARTADO_DATABASE_URL naming an administrator."
        )


# -- the whole --------------------------------------------------------------------------------


def migrate(url: str, root: Path | None = None, *, say: Say = lambda line: None) -> Report:
    """Bring the database behind `url` up to the files in `root` (default: this version's).

    `url` names a login that may create roles: the owner of the embedded cluster, or a DBA.
    """
    root = root or database_root()
    report = Report()
    with connect(url, application_name="apartado migrate") as connection, _alone(connection, say):
        connection.add_notice_handler(partial(_warn, say))
        check_encoding(connection)
        _check_writable(connection)
        _prepare_roles(connection, root)
        with _as_owner(connection):
            _with_retries("tables", lambda: apply_migrations(connection, root, report.applied))
            off = triggers_off(connection)
            try:
                _with_retries("code", lambda: load_code(connection, root, report))
            except Trouble as trouble:
                if not report.applied:
                    raise
                raise Trouble(
                    f"{trouble} Do it soon: the tables are those of this version by now, and with "
                    "the old code a service may fail."
                ) from trouble
        _enable_triggers(connection, off, report)
        _sync_jobs(connection)
    for line in report.lines():
        say(line)
    return report


def _warn(say: Say, notice: psycopg.errors.Diagnostic) -> None:
    """Pass on what our own files warn of; PostgreSQL's warnings have codes of their own."""
    if notice.severity_nonlocalized == "WARNING" and notice.sqlstate == "01000":
        say(f"{notice.message_primary}. {notice.message_hint or ''}".rstrip())


def compare_code(connection: psycopg.Connection[Any], root: Path | None = None) -> Report:
    """What the loader would change here; it is tried and taken back."""
    report = Report()
    with _alone(connection), _as_owner(connection):
        load_code(connection, root or database_root(), report, keep=False)
    return report


def migrate_tables(url: str, root: Path | None = None) -> list[str]:
    """Only roles and tables, as the dump of the tables needs them; gives what was applied."""
    root = root or database_root()
    with connect(url) as connection, _alone(connection):
        _prepare_roles(connection, root)
        with _as_owner(connection):
            applied: list[str] = []
            apply_migrations(connection, root, applied)
            return applied


def roll_back(url: str, root: Path | None = None, *, to: str | None = None) -> list[str]:
    """Undo the migrations after `to` (default: all), newest first; gives what was undone.

    All code is dropped before, because it leans on the tables; `migrate` loads it again.
    """
    root = root or database_root()
    with connect(url) as connection, _alone(connection), _as_owner(connection):
        drop_code(connection)
        return undo_migrations(connection, root, to=to)


@contextmanager
def _alone(connection: psycopg.Connection[Any], say: Say = lambda line: None) -> Iterator[None]:
    """Under the advisory lock, which the server takes back however the connection ends."""
    row = connection.execute("select pg_catalog.pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    if not (row and row[0]):
        say("another migration of this database is running; waiting for it")
        connection.execute("select pg_catalog.pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("select pg_catalog.pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _as_owner(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Everything made inside belongs to apartado_owner."""
    connection.execute(f"set role {OWNER}")
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("reset role")


def _with_retries(what: str, work: Callable[[], None], attempts: int = 5) -> None:
    """Writers at work may hold the locks that we need, or wait for ours in a circle."""
    for attempt in range(1, attempts + 1):
        try:
            work()
            return
        except (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable) as error:
            if attempt == attempts:
                raise Trouble(
                    f"The {what} could not be brought up to this version, because other sessions "
                    f"hold the tables ({error.diag.message_primary}). What was begun was undone. "
                    "End long transactions (pg_stat_activity shows them; a backup is one, too) and "
                    "run apartado migrate again."
                ) from None


def missing_grant(connection: psycopg.Connection[Any]) -> str | None:
    """The statement that lets this login use the roles that another one made in this cluster.

    Since PostgreSQL 16 CREATEROLE reaches only the roles that a login made itself.
    """
    if connection.info.server_version < 160000:
        return None
    rows = connection.execute(
        "select r.rolname from pg_catalog.pg_roles r where r.rolname = any(%s)"
        " and not pg_catalog.pg_has_role(r.oid, 'usage with admin option') order by r.rolname",
        [[OWNER, *GRANTEES]],
    ).fetchall()
    if not rows:
        return None
    return (
        f'grant {", ".join(row[0] for row in rows)} to "{connection.info.user}" with admin option'
    )


def _prepare_roles(connection: psycopg.Connection[Any], root: Path) -> None:
    """Roles belong to the whole cluster, so two databases of one may be migrated at once."""
    for attempt in range(1, 6):
        try:
            with connection.transaction():
                text = (root / "sql" / "roles.sql").read_text(encoding="utf-8")
                connection.execute(text)
            return
        except psycopg.errors.InternalError_:  # "tuple concurrently updated": the other one won
            if attempt == 5:
                raise
        except psycopg.errors.InsufficientPrivilege as error:
            user = connection.info.user
            grant = missing_grant(connection)
            if grant is not None:
                raise Trouble(
                    f"The login {user} may not do what a migration needs: "
                    f"{error.diag.message_primary}. Another login made the roles of this cluster; "
                    f"let a superuser run: {grant}; and give {user} CREATEROLE and the database, "
                    "if it may not create roles and schemas in it."
                ) from None
            raise Trouble(
                f"The login {user} may not do what a migration needs: {error.diag.message_primary}."
                " Run `apartado migrate` with a login that may create roles and schemas in this "
                "database (a superuser, or the database's owner with CREATEROLE and INHERIT)."
            ) from None


def _enable_triggers(
    connection: psycopg.Connection[Any], before: set[tuple[str, str, bool]], report: Report
) -> None:
    """Enable what the loader did not: foreign keys' triggers, which are for superusers only."""

    def enable(table: str) -> None:
        with connection.transaction():
            connection.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
            connection.execute(enabling([table]).encode())

    for table in sorted({table for table, *_ in triggers_off(connection)}):
        try:
            _with_retries("triggers", partial(enable, table))
        except psycopg.errors.InsufficientPrivilege:
            report.off.append(table)
    report.enabled = sorted({table for table, *_ in before - triggers_off(connection)})


def _sync_jobs(connection: psycopg.Connection[Any]) -> None:
    exists = "select pg_catalog.to_regprocedure(%s) is not null"
    row = connection.execute(exists, [f"{SCHEMA}.sync_jobs()"]).fetchone()
    if row and row[0]:
        connection.execute(f"select * from {SCHEMA}.sync_jobs()")
