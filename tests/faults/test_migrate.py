"""`apartado migrate` twice, by two at once, and after a kill in the middle.

No test waits for a moment: a migration or a file of code stops at a lock that the test holds, and
the server says when it has got there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from apartado import database as db
from apartado import migrations
from apartado.__main__ import cli
from apartado.doctor import Finding, examine
from apartado.settings import Settings, Trouble
from clusters import Database, Server
from trees import THINGS, Tree

GATE = 4711
STOP_AT_THE_GATE = f"do $$ begin perform pg_catalog.pg_advisory_xact_lock_shared({GATE}); end $$;"

MIGRATE = """
import sys
from pathlib import Path
from apartado.database import migrate
migrate(sys.argv[1], Path(sys.argv[2]))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Two migrations and two functions; nothing stops anywhere yet."""
    made = Tree(tmp_path / "tree")
    made.migration("0001.things", THINGS, "drop table apartado.things;")
    made.migration(
        "0002.more",
        "alter table apartado.things add column more int;\n"
        "insert into apartado.things values (1, 'a');\n",
        "alter table apartado.things drop column more;",
    )
    made.function("one")
    made.function("two", body="return 2;")
    return made


def migrate_in_a_process(where: Database, tree: Tree) -> subprocess.Popen[bytes]:
    """A migration that can be killed."""
    return subprocess.Popen(
        [sys.executable, "-c", MIGRATE, where.url(), str(tree.root)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(db.__file__).parents[1])},
    )


@contextmanager
def closed_gate(where: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """While this is open, whatever reaches the gate waits there."""
    with where.connect() as connection:
        connection.execute("select pg_catalog.pg_advisory_lock(%s)", [GATE])
        yield connection


def who_waits(connection: psycopg.Connection[tuple[object, ...]], key: int) -> int:
    """The process that waits for this advisory lock, as soon as there is one."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        row = connection.execute(
            "select pid from pg_catalog.pg_locks where locktype = 'advisory' and not granted"
            " and (classid::int8 << 32) | objid::int8 = %s and database ="
            " (select oid from pg_catalog.pg_database where datname = current_database())",
            [key],
        ).fetchone()
        if row is not None:
            return int(str(row[0]))
    raise AssertionError("nobody came to the gate")


def assert_whole(where: Database, tree: Tree) -> None:
    """The database is as a migration without any mishap leaves it."""
    with where.connect() as connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        assert ask("select thing_id, name, more from apartado.things") == [(1, "a", None)]
        assert ask("select apartado.one(), apartado.two()") == [(1, 2)]
        ids = [("0001.things",), ("0002.more",)]
        assert ask("select id from apartado.migration_checksums order by 1") == ids
        assert ask("select migration_id from apartado._yoyo_migration order by 1") == ids
        assert ask("select pid from apartado.yoyo_lock") == []
        assert migrations.pending_migrations(connection, tree.root) == []
    report = db.migrate(where.url(), tree.root)
    assert (report.applied, report.made, report.changed, report.dropped) == ([], [], [], [])


STOPS = {
    "in the roles": "sql/roles.sql",
    "in the first migration": "migrations/0001.things.sql",
    "in the second migration": "migrations/0002.more.sql",
    "in the code": "functions/made_up/two.sql",
    "in the last file": "sql/settings.sql",
}


@pytest.mark.parametrize("path", STOPS.values(), ids=STOPS.keys())
@pytest.mark.parametrize("what", ["client", "server process"])
def test_a_kill_in_the_middle_leaves_whole_steps(
    empty: Database, tree: Tree, path: str, what: str
) -> None:
    target = tree.root / path
    before = target.read_text() if target.exists() else ""
    tree.write(path, before + STOP_AT_THE_GATE)
    with closed_gate(empty) as gate:
        victim = migrate_in_a_process(empty, tree)
        process = who_waits(gate, GATE)
        if what == "client":
            victim.kill()
        else:
            gate.execute("select pg_catalog.pg_terminate_backend(%s)", [process])
        assert victim.wait(30) != 0
    # The gate is open again. A server process whose client is gone may still be at work: the lock
    # that it holds makes the next migration wait for its end.
    db.migrate(empty.url(), tree.root)
    assert_whole(empty, tree)


def test_a_kill_between_a_migration_and_its_note_undoes_both(empty: Database, tree: Tree) -> None:
    """Catches yoyo's own way, a note in a transaction of its own: there it is applied twice."""
    texts = [tree.root / "migrations" / f"0002.more{end}" for end in (".sql", ".rollback.sql")]
    kept = [path.read_text() for path in texts]
    for path in texts:
        path.unlink()
    db.migrate(empty.url(), tree.root)
    with closed_gate(empty) as gate:
        gate.execute(
            "create function public.stop() returns trigger language plpgsql as"
            f" $$ begin perform pg_advisory_xact_lock_shared({GATE}); return new; end $$;"
            " create trigger stop before insert on apartado._yoyo_migration"
            " for each row execute function public.stop()"
        )
        for path, text in zip(texts, kept, strict=True):
            path.write_text(text)
        victim = migrate_in_a_process(empty, tree)
        who_waits(gate, GATE)
        victim.kill()
        victim.wait(30)
        gate.execute("select pg_advisory_unlock(%s)", [GATE])
    db.migrate(empty.url(), tree.root)
    assert_whole(empty, tree)


def test_two_at_once_are_one_after_the_other(empty: Database, tree: Tree) -> None:
    tree.write("migrations/0002.more.sql", tree_text(tree) + STOP_AT_THE_GATE)
    said: list[str] = []
    with ThreadPoolExecutor(2) as both, closed_gate(empty) as gate:
        first = both.submit(db.migrate, empty.url(), tree.root)
        who_waits(gate, GATE)
        second = both.submit(db.migrate, empty.url(), tree.root, say=said.append)
        who_waits(gate, db.LOCK)
        gate.execute("select pg_catalog.pg_advisory_unlock(%s)", [GATE])
        assert first.result().applied == ["0001.things", "0002.more"]
        assert second.result().applied == []
    assert said[0] == "another migration of this database is running; waiting for it"
    assert_whole(empty, tree)


def tree_text(tree: Tree) -> str:
    return (tree.root / "migrations" / "0002.more.sql").read_text()


def test_two_databases_of_one_cluster_at_once(
    empty: Database, database: Database, tree: Tree
) -> None:
    """Roles are shared by both, and a role that two change at once is an error of one."""
    with database.connect() as connection:
        connection.execute("alter role apartado_api set statement_timeout = '7s'")
    with ThreadPoolExecutor(2) as both:
        results = [
            both.submit(db.migrate, empty.url(), tree.root),
            both.submit(db.migrate, database.url()),
        ]
        assert [result.result().applied for result in results] == [
            ["0001.things", "0002.more"],
            [],
        ]
    with database.connect("apartado_api") as connection:
        assert connection.execute("show statement_timeout").fetchone() == ("5s",)


def test_what_a_login_allows_itself_in_psql_stops_no_migration(empty: Database) -> None:
    """Mutants: connect without its timeouts; without its letters."""
    limits = "statement_timeout=1h", "idle_in_transaction_session_timeout=1ms"
    url = empty.url(options="".join(f"-c {one} " for one in (*limits, "client_encoding=latin1")))
    with db.connect(url) as connection:
        assert connection.execute("show statement_timeout").fetchone() == ("0",)
    db.migrate(url)
    findings = list(examine(Settings(database_url=url)))
    assert [one for one in findings if not one.healthy] == []


@contextmanager
def database_with(server: Server, what: str) -> Iterator[Database]:
    """One that is unlike those that the server makes by itself."""
    name = "apartado_unlike"
    with Database(server.host, "postgres", server.major).connect() as connection:
        connection.execute(f"create database {name} template template0 {what}".encode())
    try:
        yield Database(server.host, name, server.major)
    finally:
        server.drop(name)


@pytest.mark.one_postgresql
def test_where_nothing_can_be_written_the_way_out_is_said(empty: Database, tree: Tree) -> None:
    """A migration of its own accord into what somebody has closed, or a standby, is none."""
    with pytest.raises(Trouble, match=r"standby, or default_transaction_read_only is on\. Run"):
        db.migrate(empty.url(options="-c default_transaction_read_only=on"), tree.root)


@pytest.mark.one_postgresql
def test_who_may_use_nothing_is_told_which_login_may(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APARTADO_DATABASE_URL", database.url("stranger"))
    answer = CliRunner().invoke(cli, ["admin", "grant", "ana"])
    assert re.search(
        r"login stranger may not do this: permission denied .*\. .* apartado_operator",
        str(answer.exception),
    )
    assert isinstance(answer.exception, Trouble)


@pytest.mark.one_postgresql
@pytest.mark.parametrize("made", ["sequence {}", "materialized view {} as select 1 as n"])
def test_what_a_superuser_left_in_the_schema_stops_no_migration(
    empty: Database, tree: Tree, made: str
) -> None:
    """Mutant: roles.sql that looks at tables and views only."""
    db.migrate(empty.url(), tree.root)
    with empty.connect() as connection:
        connection.execute(f"create {made.format('apartado.hers')}".encode())
    db.migrate(empty.url(), tree.root)


def test_a_table_of_somebody_else_in_the_schema_is_named(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    with empty.connect() as connection:
        connection.execute("create table apartado.hers (n int)")
        connection.execute("grant apartado_owner to stranger")
        try:
            named = r"not apartado_owner's: hers\. .* set schema"
            with db.connect(empty.url("stranger")) as other, pytest.raises(Trouble, match=named):
                db.compare_code(other, tree.root)
        finally:
            connection.execute("revoke apartado_owner from stranger")


@pytest.mark.one_postgresql
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_does_not_hold_every_letter_is_refused(
    server: Server, encoding: str
) -> None:
    """In one without an encoding no function failed until somebody signed in."""
    way_out = f"has the encoding {encoding}.*create database .* encoding 'UTF8' template template0"
    what = f"encoding '{encoding}' lc_collate 'C' lc_ctype 'C'"
    with database_with(server, what) as unlike:
        with pytest.raises(Trouble, match=way_out):
            db.migrate(unlike.url())
        found = {one.subject: one for one in examine(Settings(database_url=unlike.url()))}
        assert re.search(way_out, found["encoding"].text)
        assert not found["encoding"].healthy


@pytest.mark.only_postgresql(15)  # the wheel's was built without ICU
def test_what_names_a_thing_is_turned_as_in_english_whatever_the_database_speaks(
    server: Server,
) -> None:
    """In Turkish a small I has no dot, and a large i keeps its own."""
    turkish = "locale_provider icu icu_locale 'tr-TR' lc_collate 'C' lc_ctype 'C' encoding 'UTF8'"
    with database_with(server, turkish) as unlike:
        db.migrate(unlike.url())
        with unlike.connect() as connection:
            found = connection.execute(
                "select lower('I') = 'i', apartado._canonical_alias('INES'),"
                " apartado._canonical_code('abij-1234'), r.item ->> 'currency', r.code"
                " from apartado._read_items("
                """'[{"sku": "1", "title": "x", "currency": "inr"}]') r"""
            ).fetchone()
    assert found == (False, "ines", "AB1J1234", "INR", None)


def test_the_lock_row_of_a_killed_yoyo_does_not_stop_us(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    with empty.connect() as connection:
        connection.execute(
            "insert into apartado.yoyo_lock (locked, ctime, pid) values (1, null, 1)"
        )
    tree.migration("0003.even_more", "alter table apartado.things add column n int;")
    assert db.migrate(empty.url(), tree.root).applied == ["0003.even_more"]


def test_a_migration_that_fails_is_undone_and_named(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    tree.migration("0003.bad", "alter table apartado.things add column n int; select 1 / 0;")
    with pytest.raises(Trouble, match=r"0003\.bad failed and was undone: division by zero"):
        db.migrate(empty.url(), tree.root)
    assert_whole_without(empty, tree, "0003.bad")


def assert_whole_without(where: Database, tree: Tree, id: str) -> None:
    tree.remove(f"migrations/{id}.sql")
    tree.remove(f"migrations/{id}.rollback.sql")
    assert_whole(where, tree)


def test_a_migration_waits_for_a_table_no_longer_than_others_can(
    empty: Database, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup reads every table for hours, and who comes to one that a migration waits for waits.

    The mutant is a migration that waits as long as it takes.
    """
    db.migrate(empty.url(), tree.root)
    tree.migration("0003.wider", "alter table apartado.things add column n int;")
    tree.migration("0004.wider_still", "alter table apartado.things add column o int;")
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "50ms", raising=False)
    with ThreadPoolExecutor(1) as other, empty.connect(autocommit=False) as backup:
        backup.execute("select from apartado.things")
        migrating = other.submit(db.migrate, empty.url(), tree.root)
        try:
            with pytest.raises(Trouble, match=r"The tables could not .* other sessions hold"):
                migrating.result(30)
        finally:
            backup.rollback()
    assert db.migrate(empty.url(), tree.root).applied == ["0003.wider", "0004.wider_still"]


def test_a_migration_in_a_circle_of_waiters_is_tried_again(empty: Database, tree: Tree) -> None:
    """The migration is the one that is chosen, and finds the tables free at its second try."""
    db.migrate(empty.url(), tree.root)
    tree.migration("0003.first", "alter table apartado.things add column n int;")
    tree.migration(
        "0004.others",
        "create table if not exists apartado.others (n int);"
        "lock table apartado.things in access exclusive mode;" + STOP_AT_THE_GATE,
    )
    with closed_gate(empty) as gate, ThreadPoolExecutor(1) as other:
        migrating = other.submit(db.migrate, empty.url(), tree.root)
        gate.execute("set deadlock_timeout = '1min'")
        who_waits(gate, GATE)
        gate.execute("select from apartado.things")  # waits for the migration, which waits for it
        gate.execute("select pg_catalog.pg_advisory_unlock(%s)", [GATE])
        assert migrating.result(30).applied == ["0003.first", "0004.others"]


def test_an_applied_file_that_was_edited_is_refused(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    text = tree_text(tree)
    tree.write("migrations/0002.more.sql", text + " -- and more")
    tree.migration("0003.never", "create table apartado.never (n int);")
    with pytest.raises(Trouble, match=r"edited after they were applied.*0002\.more.*new migration"):
        db.migrate(empty.url(), tree.root)
    tree.write("migrations/0002.more.sql", text.replace("\n", "\r\n"))  # a checkout on Windows
    assert_whole_without(empty, tree, "0003.never")


def test_a_database_from_the_future_is_refused(empty: Database, tree: Tree) -> None:
    tree.migration("0003.later", "create table apartado.later (n int);")
    db.migrate(empty.url(), tree.root)
    tree.remove("migrations/0003.later.sql")
    with pytest.raises(Trouble, match=r"already seen 0003\.later.*newer"):
        db.migrate(empty.url(), tree.root)


def test_a_rollback_that_is_missing_is_refused(empty: Database, tree: Tree) -> None:
    """yoyo alone would strike the migration from its list and leave its tables."""
    db.migrate(empty.url(), tree.root)
    tree.remove("migrations/0002.more.rollback.sql")
    with pytest.raises(Trouble, match=r"0002\.more has no rollback file"):
        db.roll_back(empty.url(), tree.root)
    db.migrate(empty.url(), tree.root)
    assert_whole(empty, tree)


def test_a_login_that_may_not_make_roles_is_told_what_it_needs(empty: Database, tree: Tree) -> None:
    with pytest.raises(Trouble, match=r"login stranger may not .*create roles"):
        db.migrate(empty.url("stranger"), tree.root)


def test_a_login_that_inherits_nothing_is_told_so(empty: Database, tree: Tree) -> None:
    with empty.connect() as connection:
        connection.execute(
            "create role bare login noinherit createrole;"
            "grant apartado_owner, apartado_api, apartado_operator, apartado_reader, apartado_jobs"
            f" to bare with admin option; alter database {empty.name} owner to bare"
        )
        try:
            with pytest.raises(Trouble, match=r"login bare may not .*CREATEROLE and INHERIT"):
                db.migrate(empty.url("bare"), tree.root)
        finally:
            connection.execute(
                f"alter database {empty.name} owner to postgres;"
                "reassign owned by bare to postgres; drop owned by bare; drop role bare"
            )


@pytest.mark.only_postgresql(18)
def test_a_login_that_did_not_make_the_roles_is_told_the_grant(empty: Database, tree: Tree) -> None:
    """It may create roles and owns the database, and another one made those of this cluster."""
    settings = Settings(database_url=empty.url("keeper"))

    def roles() -> Finding:
        return next(one for one in examine(settings) if one.subject == "roles")

    with empty.connect() as connection:
        connection.execute(
            f"create role keeper login createrole;alter database {empty.name} owner to keeper"
        )
        try:
            with pytest.raises(Trouble, match=r"let a superuser run: grant .*;") as told:
                db.migrate(empty.url("keeper"), tree.root)
            found = re.search(r"grant apartado.*? with admin option", str(told.value))
            assert found is not None
            assert found[0] in roles().text
            assert not roles().healthy
            connection.execute(found[0].encode())
            assert roles().healthy
            db.migrate(empty.url("keeper"), tree.root)
            assert_whole(empty, tree)
        finally:
            connection.execute(
                f"alter database {empty.name} owner to postgres;"
                "reassign owned by keeper to postgres; drop owned by keeper; drop role keeper"
            )


@pytest.mark.parametrize("again", [False, True])
def test_nobody_elses_function_runs_with_the_rights_of_who_migrates(
    empty: Database, tree: Tree, again: bool
) -> None:
    """Where everybody may create in schema public (what PostgreSQL 14 made is so for good), theirs
    would fit better than pg_catalog's, which takes any values."""
    if again:
        db.migrate(empty.url(), tree.root)
    with empty.connect() as connection:
        connection.execute(
            "create function public.format(text, text, text) returns text language plpgsql"
            " as $$ begin raise 'with the rights of %', current_user; end $$"
        )
    db.migrate(empty.url(), tree.root)


@pytest.mark.one_postgresql
def test_roles_that_were_made_anew_may_use_the_schema_again(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(
            "revoke usage on schema apartado from apartado_api, apartado_operator, apartado_reader"
        )
    settings = Settings(database_url=database.url())
    found = [(one.subject, one.text) for one in examine(settings) if not one.healthy]
    roles = "apartado_api, apartado_operator, apartado_reader"
    assert ("roles", f"{roles} may not use the schema: run apartado migrate") in found
    with pytest.raises(Trouble, match="does not let apartado_api use the schema apartado"):
        db.check_service(database.url("apartado_api"))
    db.migrate(database.url())
    assert [one for one in examine(settings) if not one.healthy] == []


def test_a_login_without_superuser_rights_is_enough(empty: Database, tree: Tree) -> None:
    """A hosted database's administrator: CREATEROLE, and the owner of the database."""
    with empty.connect() as connection:
        connection.execute(
            "create role administrator login createrole;"
            f"alter database {empty.name} owner to administrator"
        )
        if connection.info.server_version >= 160000:  # there, only who made a role may give it away
            connection.execute(
                "grant apartado_owner, apartado_api, apartado_operator, apartado_reader,"
                " apartado_jobs to administrator with admin option"
            )
    try:
        db.migrate(empty.url("administrator"), tree.root)
        assert_whole(empty, tree)
    finally:
        with empty.connect() as connection:
            connection.execute(
                f"alter database {empty.name} owner to postgres;"
                "reassign owned by administrator to postgres;"
                "drop owned by administrator; drop role administrator"
            )


def test_writers_at_work_do_not_stop_the_loader(empty: Database, tree: Tree) -> None:
    """The loader waits for a writer's table and goes on; the writer loses nothing."""
    tree.function("tg_keep", returns="trigger", body="return new;")
    tree.write(
        "triggers/things.sql",
        "create or replace trigger _100_keep before update on apartado.things"
        " for each row execute function apartado.tg_keep();",
    )
    db.migrate(empty.url(), tree.root)
    with empty.connect(autocommit=False) as writer, empty.connect() as observer:
        writer.execute("update apartado.things set name = 'b'")
        with ThreadPoolExecutor(1) as other:
            loading = other.submit(db.migrate, empty.url(), tree.root)
            waiting = "select from pg_catalog.pg_locks where not granted and locktype = 'relation'"
            while observer.execute(waiting).fetchone() is None:
                assert not loading.done()
            writer.commit()
            assert loading.result().unchanged == 4


def test_the_loader_takes_no_table_that_a_writer_is_still_to_come_to(database: Database) -> None:
    """Triggers are replaced in another order than commands write; both must get through.

    The mutant is a loader without its locks: it holds reservations when it comes to stock.
    """
    with database.connect(autocommit=False) as writer, database.connect() as observer:
        writer.execute("update apartado.stock set version = version + 1 where false")
        with ThreadPoolExecutor(1) as other:
            loading = other.submit(db.migrate, database.url())
            waiting = (
                "select c.relname from pg_catalog.pg_locks l"
                " join pg_catalog.pg_class c on c.oid = l.relation"
                " where not l.granted and l.database ="
                " (select oid from pg_catalog.pg_database where datname = current_database())"
            )
            while (found := observer.execute(waiting).fetchone()) is None:
                assert not loading.done()
            assert found == ("stock",)
            for table in ("reservations", "queue_entries", "purchases", "stock_tallies", "events"):
                writer.execute(f"lock table apartado.{table} in row exclusive mode nowait")
            writer.commit()
            assert loading.result().changed == []
