"""The ground of a proof: a private PostgreSQL with full durability, and databases cloned from one.

What the product itself would run on: `embedded.Cluster` with its own settings, and two that make
faults come out. What a commit did not flush stays in memory for ten seconds, so a crash loses it
for certain; and every event says in which transaction it was written. A third one is what an
administrator would set who wants to be back soon: after a crash the file system is synced at once,
not thousands of files one after the other, which takes seconds on a busy disk.
"""

from __future__ import annotations

import itertools
import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

import clusters
from apartado import database, embedded
from clusters import TEMPLATE, Database
from scenes import Shop
from sessions import Row

PATIENCE = 60.0
PAUSE = 0.02
SETTINGS = {
    "max_connections": "300",
    "wal_writer_delay": "10s",
    "recovery_init_sync_method": "syncfs",
}
WITNESS = (
    "alter table apartado.events"
    " add column written_in text default pg_catalog.pg_current_xact_id()::text"
)

_numbers = itertools.count(1)


def kill(process: int) -> None:
    """kill -9, and wait until the operating system has carried it out."""
    handle = os.pidfd_open(process)
    try:
        os.kill(process, signal.SIGKILL)
        assert select.select([handle], [], [], PATIENCE)[0], "it is still there"
    finally:
        os.close(handle)


class Arena:
    """One cluster and its migrated template."""

    def __init__(self, major: int | None = None, **settings: str) -> None:
        found = clusters.available()
        self.major = major or max(found)
        self.bindir = found[self.major]
        self.directory = clusters.directory()
        self.cluster = embedded.Cluster(
            self.directory / "data", self.bindir, {**SETTINGS, **settings}
        )

    def __enter__(self) -> Arena:
        try:
            self.cluster.start()
            self._make_template()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop it and leave nothing behind."""
        self.cluster.stop()
        shutil.rmtree(self.directory)

    def database(self, name: str) -> Database:
        """One of its databases."""
        return Database(str(self.cluster.socket_directory), name, self.major)

    def ground(self, *, tablespace: str | None = None) -> Ground:
        """A fresh clone of the template."""
        name = f"proof_{next(_numbers)}"
        where: sql.Composable = sql.SQL("")
        if tablespace is not None:
            where = sql.SQL(" tablespace {}").format(sql.Identifier(tablespace))
        with self.database("postgres").connect() as connection:
            connection.execute(
                sql.SQL("create database {} template {}{}").format(
                    sql.Identifier(name), sql.Identifier(TEMPLATE), where
                )
            )
        ground = Ground(self, self.database(name))
        ground.ask(f"revoke temporary on database {name} from public")
        return ground

    def empty(self) -> Ground:
        """A fresh database without anything in it."""
        name = f"proof_{next(_numbers)}"
        with self.database("postgres").connect() as connection:
            connection.execute(f"create database {name}")
        return Ground(self, self.database(name))

    def drop(self, ground: Ground) -> None:
        """Drop a clone, whoever is still connected."""
        ground.close()
        with self.database("postgres").connect() as connection:
            name = sql.Identifier(ground.database.name)
            connection.execute(sql.SQL("drop database {} with (force)").format(name))

    @property
    def postmaster(self) -> int:
        """The process number of the server."""
        return int((self.cluster.pgdata / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """kill -9 of the server; nothing starts it again."""
        kill(self.postmaster)

    def start(self) -> None:
        """Start it again."""
        self.cluster.start()

    def log(self) -> str:
        """What the server has written so far."""
        return self.cluster.log.read_text(encoding="utf-8", errors="replace")

    def _make_template(self) -> None:
        with self.database("postgres").connect() as connection:
            connection.execute(f"create database {TEMPLATE}")
        template = self.database(TEMPLATE)
        database.migrate(template.url())
        with template.connect() as connection:
            connection.execute("create role dba login in role apartado_operator")
            connection.execute(WITNESS)
            connection.execute("vacuum analyze")


class Ground(Shop):
    """A database of the arena, seen by its administrator, who survives a restart of the server."""

    def __init__(self, arena: Arena, place: Database) -> None:
        self.arena = arena
        self.mistake: str | None = None
        """What a mutant puts into the services of this ground, in Python."""
        super().__init__(place)

    def ask(self, text: str, parameters: Any = None) -> list[Row]:
        """As in a shop. What is asked here may be asked twice."""
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return super().ask(text, parameters)
            except psycopg.OperationalError:
                if not self.connection.closed or time.monotonic() > give_up:
                    raise
            self._connect_again(give_up)

    def _connect_again(self, give_up: float) -> None:
        while True:
            try:
                Shop.__init__(self, self.database)
                return
            except psycopg.OperationalError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(PAUSE)

    def crowd(self, count: int) -> list[str]:
        """So many new members."""
        return self.members(*[f"m{number}." for number in range(count)])

    def tokens(self, aliases: list[str]) -> list[str]:
        """A session for each of them: whoever is made here has their alias as their secret."""
        rows = self.ask(
            "select s.token from unnest(%s::text[]) with ordinality u (alias, n)"
            " cross join lateral apartado.sign_in(u.alias, u.alias) s order by u.n",
            [aliases],
        )
        return [row["token"] for row in rows]

    def limits(self, **values: Any) -> None:
        """What the default policy allows."""
        named = ", ".join(f"{key} = %s" for key in values)
        self.ask(
            f"update apartado.policies set {named} where name = 'default'", list(values.values())
        )

    def items(self, count: int, units: int) -> list[int]:
        """So many new items."""
        return [self.item(units) for _ in range(count)]

    def number(self) -> None:
        """Give every event its position, as the service does."""
        while self.one("select apartado._number_events(100000)") == 100000:
            pass


Spoil = Callable[[Ground], None]
