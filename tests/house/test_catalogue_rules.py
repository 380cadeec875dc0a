"""The house rules that only the database itself can answer for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from apartado.tree import database_root
from clusters import Database, Server

ROOT = database_root()
MIGRATIONS = sorted(
    path for path in (ROOT / "migrations").glob("*.sql") if not path.stem.endswith(".rollback")
)
PINNED = "search_path=pg_catalog, pg_temp"
DESIGN = {
    f"RS{group}{number:02}"
    for group, last in ((1, 9), (2, 5), (3, 12), (4, 4), (5, 5), (6, 4))
    for number in range(1, last + 1)
}
"""Every code of the contract."""


@pytest.fixture(scope="module")
def catalogue(server: Server) -> Iterator[psycopg.Connection[Any]]:
    """A clone to ask, and to change within transactions that are rolled back."""
    made = server.clone()
    with made.connect() as connection:
        yield connection
    server.drop(made.name)


def ask(connection: psycopg.Connection[Any], text: str) -> list[Any]:
    """The first column."""
    return [row[0] for row in connection.execute(text.encode())]


UNPINNED = f"""
select proname from pg_proc
 where pronamespace = 'apartado'::regnamespace
   and not coalesce(proconfig @> array['{PINNED}'], false)
   and prosqlbody is null
"""


def test_trap_51_every_function_has_its_search_path(catalogue: psycopg.Connection[Any]) -> None:
    """loop_job commits, so it can have none; in it every name is qualified.

    A body in standard SQL is parsed when it is made, and names what it uses by what it is: no path
    can lead it astray.
    """
    assert ask(catalogue, UNPINNED) == ["loop_job"]


def test_trap_51_what_looks_like_ours_in_a_temporary_schema_is_not_used(
    catalogue: psycopg.Connection[Any],
) -> None:
    with catalogue.transaction(force_rollback=True):
        catalogue.execute("create temporary table members (alias text, is_operator boolean)")
        catalogue.execute("create domain pg_temp.text as pg_catalog.text check (false)")
        catalogue.execute("set local search_path = pg_temp, public")
        alias = ask(catalogue, "select alias from apartado.sign_in('ana')")
    assert alias == ["ana"]


OTHER_STRINGS = r"""
select proname from pg_proc
 where pronamespace = 'apartado'::regnamespace
   and regexp_replace(prosrc, '--[^\n]*|E''[^'']*''', '', 'g') ~ '\\'
   and not coalesce(proconfig @> array['standard_conforming_strings=on'], false)
 order by proname
"""


def test_a_backslash_is_one_whatever_the_session_says(catalogue: psycopg.Connection[Any]) -> None:
    """Where standard_conforming_strings is off, '\\s' in a body is an s."""
    assert ask(catalogue, OTHER_STRINGS) == []
    with catalogue.transaction(force_rollback=True):
        catalogue.execute("alter function apartado._fold(text) reset standard_conforming_strings")
        assert ask(catalogue, OTHER_STRINGS) == ["_fold"]


PUBLIC = """
select p.oid::regprocedure::text from pg_proc p
 where p.pronamespace = 'apartado'::regnamespace
   and (p.proacl is null
        or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
"""


def test_trap_52_nothing_is_executable_by_public(catalogue: psycopg.Connection[Any]) -> None:
    assert ask(catalogue, PUBLIC) == []


def test_trap_52_nor_is_what_the_owner_makes_next(catalogue: psycopg.Connection[Any]) -> None:
    with catalogue.transaction(force_rollback=True):
        catalogue.execute("set local role apartado_owner")
        catalogue.execute("create function apartado.next() returns int language sql as 'select 1'")
        assert ask(catalogue, PUBLIC) == []
        catalogue.execute("grant execute on function apartado.next to public")
        assert ask(catalogue, PUBLIC) == ["apartado.next()"]  # the question can be answered badly


def test_nobody_but_the_owner_may_write_to_a_table(catalogue: psycopg.Connection[Any]) -> None:
    found = ask(
        catalogue,
        "select c.relname || ' ' || a.grantee::regrole || ' ' || a.privilege_type from pg_class c"
        " cross join lateral aclexplode(c.relacl) a"
        " where c.relnamespace = 'apartado'::regnamespace and c.relkind in ('r', 'v', 'S')"
        " and a.grantee <> c.relowner and a.privilege_type <> 'SELECT'",
    )
    assert found == []


COUNTER_INDEXES = """
select i.indexrelid::regclass::text
  from pg_index i
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
 where i.indrelid in ('apartado.stock'::regclass, 'apartado.stock_tallies'::regclass)
   and a.attname not in ('stock_id', 'item_id', 'location_id', 'drop_id') -- a drop changes seldom
"""


def test_trap_59_no_index_on_what_a_command_changes(catalogue: psycopg.Connection[Any]) -> None:
    assert ask(catalogue, COUNTER_INDEXES) == []
    with catalogue.transaction(force_rollback=True):
        catalogue.execute("create index by_version on apartado.stock (version)")
        assert ask(catalogue, COUNTER_INDEXES) == ["apartado.by_version"]


def test_trap_59_a_reservation_is_a_hot_update(database: Database) -> None:
    """Each reserve and cancel leaves the indexes of stock as they are."""
    with database.connect() as connection:
        connection.execute(
            "insert into apartado.members (alias, secret_hash, created_at)"
            " values ('ana', sha256('x'), apartado.clock())"
        )
        (item,) = ask(
            connection,
            "select item_id from apartado.put_items(null,"
            """ '[{"sku": "a", "title": "A", "quantity": 1}]')""",
        )
        for _ in range(20):
            (held,) = ask(connection, f"select reservation_id from apartado.reserve('ana', {item})")
            connection.execute("select * from apartado.cancel_reservation('ana', %s)", [held])
        connection.execute("select pg_stat_force_next_flush()")
        row = connection.execute(
            "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables"
            " where relid = 'apartado.stock'::regclass"
        ).fetchone()
    assert row is not None
    updates, hot = row
    assert updates >= 40
    assert hot >= updates * 0.9  # a full page now and then makes room on a new one


def test_parameters_are_called_p(catalogue: psycopg.Connection[Any]) -> None:
    found = ask(
        catalogue,
        "select p.proname || ' ' || a.name from pg_proc p"
        " cross join lateral unnest(p.proargnames, coalesce(p.proargmodes::text[],"
        "   array_fill('i'::text, array[p.pronargs::int]))) as a (name, mode)"
        " where p.pronamespace = 'apartado'::regnamespace"
        " and (a.mode in ('i', 'b', 'v')) <> (a.name like 'p\\_%')",
    )
    assert found == []


def test_there_are_no_overloads(catalogue: psycopg.Connection[Any]) -> None:
    names = ask(
        catalogue, "select proname from pg_proc where pronamespace = 'apartado'::regnamespace"
    )
    assert len(names) == len(set(names))


def test_only_what_is_granted_acts_as_the_owner(catalogue: psycopg.Connection[Any]) -> None:
    """An internal function has the rights of the public one that called it, and no more."""
    found = ask(
        catalogue,
        "select proname from pg_proc where pronamespace = 'apartado'::regnamespace"
        " and proname like '\\_%' and prosecdef",
    )
    assert found == ["_number_events"]


SHARED = {("tg_stock__refuse_disagreement", "stock_tallies")}
"""Trigger functions of one table that serve another, too; those of any are in _any.sql."""


def test_triggers_are_called_by_when_they_fire_and_what_they_do(
    catalogue: psycopg.Connection[Any],
) -> None:
    rows = catalogue.execute(
        "select t.tgname, c.relname, p.proname from pg_trigger t"
        " join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid"
        " where c.relnamespace = 'apartado'::regnamespace and not t.tgisinternal"
    ).fetchall()
    assert rows
    for trigger, table, function in rows:
        assert re.fullmatch(r"_[1-9]\d\d_[a-z_]+", trigger), trigger
        assert re.fullmatch(r"tg_[a-z_]+__[a-z_]+", function), function
        own = function.startswith((f"tg_{table}__", "tg_any__"))
        assert own or (function, table) in SHARED, f"{function} on {table}"


def test_constraints_say_what_they_mean(catalogue: psycopg.Connection[Any]) -> None:
    """Users read them. A name that PostgreSQL made up says what it is, not what it means."""
    found = ask(
        catalogue,
        "select conname from pg_constraint where connamespace = 'apartado'::regnamespace"
        " and contype in ('c', 'f', 'u', 'x') and conname ~ '_(check|fkey|key|excl)\\d*$'"
        " and conrelid::regclass::text !~ 'yoyo'",
    )
    assert found == []


def test_tables_say_what_they_are(catalogue: psycopg.Connection[Any]) -> None:
    found = ask(
        catalogue,
        "select relname from pg_class where relnamespace = 'apartado'::regnamespace"
        " and relkind in ('r', 'p', 'v') and obj_description(oid, 'pg_class') is null"
        " and relname !~ 'yoyo'",
    )
    assert found in ([], ["migration_checksums"])  # the migration's own, as are yoyo's


def test_every_code_of_the_contract_has_its_words_in_both_languages(
    catalogue: psycopg.Connection[Any],
) -> None:
    for language in ("en", "es"):
        codes = ask(
            catalogue,
            f"select distinct left(code, 5) from apartado.messages where language = '{language}'",
        )
        assert set(codes) == DESIGN


def test_every_code_that_is_used_is_of_the_contract() -> None:
    used = {
        code
        for folder in ("functions", "triggers")
        for path in (ROOT / folder).rglob("*.sql")
        for code in re.findall(r"\bRS\d{3}\b", path.read_text(encoding="utf-8"))
    }
    assert used - DESIGN == {"RS000"}  # the class, as plpgsql names it


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_that_is_run_again_changes_nothing(
    catalogue: psycopg.Connection[Any], path: Path
) -> None:
    """yoyo marks it in a second transaction: a crash between the two runs it again."""
    shape = (
        "select string_agg(format('%s', x), e'\\n' order by x::text) from ("
        " select (attrelid::regclass, attname, atttypid::regtype, attnotnull)::text as x"
        "   from pg_attribute a join pg_class c on c.oid = a.attrelid"
        "  where c.relnamespace = 'apartado'::regnamespace"
        " union all select conname || pg_get_constraintdef(oid) from pg_constraint"
        "  where connamespace = 'apartado'::regnamespace"
        " union all select indexdef from pg_indexes where schemaname = 'apartado') s"
    )
    with catalogue.transaction(force_rollback=True):
        before = ask(catalogue, shape)
        catalogue.execute("set local role apartado_owner")
        catalogue.execute(path.read_text(encoding="utf-8").encode())
        assert ask(catalogue, shape) == before
