"""Every function body is checked against the tables as they are; loading looks at none."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusters import Database

CHECK = """
select p.oid::regprocedure::text || coalesce(' on ' || t.tgrelid::regclass, ''),
       c.lineno, c.level, c.message, c.detail, c.statement
from pg_proc p
join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
left join pg_trigger t on t.tgfoid = p.oid
cross join lateral plpgsql_check_function_tb(
  p.oid, coalesce(t.tgrelid, 0), other_warnings => true, performance_warnings => false,
  extra_warnings => true, oldtable => t.tgoldtable, newtable => t.tgnewtable
) c
where p.pronamespace = 'apartado'::regnamespace
  and (p.prorettype <> 'trigger'::regtype or t.oid is not null)
  and (c.level = 'error' or c.message ~ '^(unused|never read) ')
  and c.message <> 'relation "cron.job" does not exist' -- looked for only where pg_cron is
order by 1, 2
"""


@pytest.mark.only_postgresql(15)
def test_plpgsql_check_finds_no_error_and_nothing_unused(database: Database) -> None:
    if not Path("/usr/share/postgresql/15/extension/plpgsql_check.control").exists():
        pytest.skip("plpgsql_check is not installed on this machine")
    with database.connect() as connection:
        connection.execute("create extension plpgsql_check")
        found = connection.execute(CHECK).fetchall()
    assert found == [], "\n".join(map(str, found))


def test_sql_bodies_are_valid_when_they_are_checked(database: Database) -> None:
    """Functions in language sql: made again with the check that the loader leaves out."""
    with database.connect() as connection:
        rows = connection.execute(
            "select p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc p"
            " join pg_language l on l.oid = p.prolang and l.lanname = 'sql'"
            " where p.pronamespace = 'apartado'::regnamespace"
        ).fetchall()
        assert rows
        for _name, definition in rows:
            connection.execute(definition)
