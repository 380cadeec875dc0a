"""What a restore or a replication leaves behind: triggers that are off, tables without keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from apartado.tree import SCHEMA, database_root

WRITTEN = database_root() / "sql" / "schema.sql"

AS_WRITTEN = f"{SCHEMA}_as_written"
"""A schema to compare with, which is never committed."""

_PARTS = """
with relations as (
  select * from pg_catalog.pg_class
  where relnamespace = pg_catalog.to_regnamespace(%s) and relkind in ('r', 'p', 'c')
)
select case c.relkind when 'c' then 'type ' else 'table ' end || c.relname,
       pg_catalog.concat(c.relkind, c.relpersistence)
from relations c
union all
select 'row level security of ' || c.relname, '' from relations c where c.relrowsecurity
union all
select 'column ' || c.relname || '.' || a.attname, pg_catalog.concat_ws(
         ' ', pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
         a.attgenerated, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
from relations c
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
union all
select 'constraint ' || k.conname || ' on ' || c.relname,
       pg_catalog.concat_ws(' ', pg_catalog.pg_get_constraintdef(k.oid), i.indisvalid)
from relations c
-- NOT NULL, since PostgreSQL 18 a constraint, too, is the column's here
join pg_catalog.pg_constraint k on k.conrelid = c.oid and k.contype in ('p', 'u', 'x', 'c', 'f')
left join pg_catalog.pg_index i on i.indexrelid = k.conindid and i.indrelid = c.oid
union all
select 'index ' || x.relname || ' on ' || c.relname, pg_catalog.concat_ws(
         -- how full its pages are, and the like, is for a DBA to say
         ' ', pg_catalog.regexp_replace(
           pg_catalog.pg_get_indexdef(x.oid), ' WITH \\([^)]*\\)', ''), i.indisvalid)
from relations c
join pg_catalog.pg_index i on i.indrelid = c.oid
join pg_catalog.pg_class x on x.oid = i.indexrelid
where not exists (select from pg_catalog.pg_constraint k
                  where k.conindid = x.oid and k.contype in ('p', 'u', 'x'))
"""

_OFF = """
select t.tgrelid::pg_catalog.regclass::text, t.tgname, t.tgisinternal
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
where c.relnamespace = pg_catalog.to_regnamespace(%s) and t.tgenabled <> 'O'
"""

_SUBSCRIBED = """
select distinct s.subname
from pg_catalog.pg_subscription_rel r
join pg_catalog.pg_class c on c.oid = r.srrelid
join pg_catalog.pg_subscription s on s.oid = r.srsubid
where c.relnamespace = pg_catalog.to_regnamespace(%s)
order by 1
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tables beside sql/schema.sql. What somebody added to them is not looked at."""

    missing: list[str]
    different: list[str]
    alike: int


def compare_tables(connection: psycopg.Connection[Any]) -> Comparison:
    """What sql/schema.sql says and the tables here do not.

    It is run in a schema of its own, which is taken back: so one server says both, in the same
    words whatever its version.
    """
    text = WRITTEN.read_text(encoding="utf-8")
    with connection.transaction(force_rollback=True):
        connection.execute(re.sub(rf"\b{SCHEMA}\b", AS_WRITTEN, text).encode())
        written = _parts(connection, AS_WRITTEN)
        found = _parts(connection, SCHEMA)
    missing = [name for name in written if name not in found]
    different = [name for name, says in written.items() if found.get(name, says) != says]
    return Comparison(missing, different, len(written) - len(missing) - len(different))


def _parts(connection: psycopg.Connection[Any], schema: str) -> dict[str, str]:
    """What the server says of each table, column, constraint and index, by name."""
    rows = connection.execute(_PARTS, [schema])
    # a dump nests the alternatives of a condition otherwise
    return {name: re.sub("[()]", "", says.replace(AS_WRITTEN, SCHEMA)) for name, says in rows}


def triggers_off(connection: psycopg.Connection[Any]) -> set[tuple[str, str, bool]]:
    """Table and name of each trigger that does not fire, and whether it is a foreign key's."""
    return set(connection.execute(_OFF, [SCHEMA]))


def subscriptions(connection: psycopg.Connection[Any]) -> list[str]:
    """Those that write these tables, past every rule, because no trigger fires for them."""
    return [name for (name,) in connection.execute(_SUBSCRIBED, [SCHEMA])]


def enabling(tables: Iterable[str]) -> str:
    """The statements that enable all triggers of these tables, foreign keys' too."""
    return "; ".join(f"alter table {table} enable trigger all" for table in tables)
