"""The code: functions, triggers and views, replaced in one transaction.

What no file makes any more is dropped, never with cascade, and every right is given anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from apartado.damage import enabling
from apartado.settings import Trouble
from apartado.tree import GRANTEES, OWNER, SCHEMA, SEARCH_PATH, explain

COME_FIRST = ("members", "stock", "stock_tallies")
"""The tables of triggers that commands write before any other: whoever waits for a writer waits
here, holding nothing that the writer is still to come to."""

NOT_CODE = ("roles", "schema")
"""The files of sql/ that the loader leaves alone: the one runs before it, the other is made."""

Identity = tuple[str, int]
"""Catalogue and oid of one function, trigger or view."""


@dataclass
class Report:
    """What one migration did."""

    applied: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unchanged: int = 0
    enabled: list[str] = field(default_factory=list)
    """Tables with triggers that were off and fire again."""
    off: list[str] = field(default_factory=list)
    """Tables with triggers of foreign keys that only a superuser may enable."""

    def lines(self) -> Iterator[str]:
        """A few lines for people."""
        yield f"migrations applied: {', '.join(self.applied) or 'none, all were'}"
        for what in ("made", "changed", "dropped"):
            names: list[str] = getattr(self, what)
            if names:
                shown = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
                yield f"code {what}: {len(names)} ({shown})"
        yield f"code unchanged: {self.unchanged}"
        if self.enabled:
            yield (
                f"triggers enabled that were off: {', '.join(self.enabled)}. What was written "
                "there meanwhile was not checked: where a restore stopped, restore again."
            )
        if self.off:
            yield (
                "triggers of foreign keys are off, and this login may not enable them: "
                f"let a superuser run: {enabling(self.off)}"
            )


@dataclass(frozen=True, slots=True)
class _Object:
    """One piece of code in the database."""

    name: str
    drop: str
    row: str
    """Where its catalogue row lies: replacing an object moves the row, even to the same content."""
    definition: str


_SIGNATURE = re.compile(r"^comment on (?:function|procedure) (apartado\.(\w+)\(.*?\)) is", re.M)

_CODE = """
select 'trigger' as kind, t.oid::int8, t.tgname || ' on ' || c.relname,
       pg_catalog.format('drop trigger %%I on %%s', t.tgname, t.tgrelid::pg_catalog.regclass),
       -- a dump nests the alternatives of a condition otherwise
       t.ctid::text, pg_catalog.translate(pg_catalog.pg_get_triggerdef(t.oid), '()', '')
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
where c.relnamespace = pg_catalog.to_regnamespace(%(schema)s) and not t.tgisinternal
union all
select 'view', c.oid::int8, c.relname,
       case c.relkind when 'm' then 'drop materialized view ' else 'drop view ' end
       || c.oid::pg_catalog.regclass,
       r.ctid::text, pg_catalog.pg_get_viewdef(c.oid)
from pg_catalog.pg_class c
join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
where c.relnamespace = pg_catalog.to_regnamespace(%(schema)s) and c.relkind in ('v', 'm')
union all
select 'function', p.oid::int8, p.oid::pg_catalog.regprocedure::text,
       'drop routine ' || p.oid::pg_catalog.regprocedure,
       p.ctid::text,
       case when p.prokind = 'a' then '' else pg_catalog.pg_get_functiondef(p.oid) end
       || coalesce(p.proacl::text, '')
from pg_catalog.pg_proc p
where p.pronamespace = pg_catalog.to_regnamespace(%(schema)s)
  and not exists (select from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                    and d.objid = p.oid and d.deptype = 'e')
"""


def _code(connection: psycopg.Connection[Any]) -> dict[Identity, _Object]:
    rows = connection.execute(_CODE, {"schema": SCHEMA})
    return {(kind, oid): _Object(*rest) for kind, oid, *rest in rows}


def code_files(root: Path) -> list[Path]:
    """Every file of code, in the order in which the loader runs them.

    Functions come first, because triggers, views and settings use them; bodies are not looked at
    while loading, so that functions may stand in any order.
    """
    return [
        *sorted((root / "functions").rglob("*.sql")),
        *sorted((root / "triggers").glob("*.sql")),
        *(path for path in sorted((root / "sql").glob("*.sql")) if path.stem not in NOT_CODE),
    ]


def load_code(
    connection: psycopg.Connection[Any], root: Path, report: Report, *, keep: bool = True
) -> None:
    """Replace all code in one transaction, and fill in the report.

    With keep=False the transaction is rolled back: the report says what would have changed. Whoever
    comes to a table for which it waits has to wait, too, so it does for no longer than a moment.
    """
    lock_timeout = "10s" if keep else "100ms"
    with connection.transaction(force_rollback=not keep):
        connection.execute(
            f"set local lock_timeout = '{lock_timeout}'; set local check_function_bodies = off;"
            f"set local search_path = {SEARCH_PATH}; set local client_min_messages = warning"
        )
        before = _code(connection)
        _revoke_everything(connection)
        _drop_other_signatures(connection, root)
        untouched = {key: item.row for key, item in _code(connection).items()}
        locked = False
        for path in code_files(root):
            if path.parent.name == "triggers" and not locked:
                _lock_tables(connection)
                locked = True
            _run_file(connection, path, root)
        now = _code(connection)
        gone = {key: item for key, item in now.items() if untouched.get(key) == item.row}
        _drop(connection, gone)
        after = {(key[0], item.name): item for key, item in now.items() if key not in gone}
        old = {(kind, item.name): item.definition for (kind, _), item in before.items()}
        report.made = sorted(name for kind, name in after.keys() - old.keys())
        report.dropped = sorted(name for kind, name in old.keys() - after.keys())
        report.changed = sorted(
            name for (kind, name), item in after.items()
            if (kind, name) in old and old[kind, name] != item.definition
        )  # fmt: skip
        report.unchanged = len(after) - len(report.made) - len(report.changed)


def drop_code(connection: psycopg.Connection[Any]) -> None:
    """Drop all code, because it leans on the tables."""
    with connection.transaction():
        _drop(connection, _code(connection))


def _drop_other_signatures(connection: psycopg.Connection[Any], root: Path) -> None:
    """Drop functions of which a file makes another signature now.

    Beside it they would be overloads: the file, which gives rights by the name alone, could not.
    """
    files = sorted((root / "functions").rglob("*.sql"))
    made = [one for path in files for one in _SIGNATURE.findall(path.read_text(encoding="utf-8"))]
    rows = connection.execute(
        "select 'function', p.oid::int8 from unnest(%s::text[], %s::text[]) as m (signature, name)"
        " join pg_catalog.pg_proc p on p.proname = m.name"
        " where p.pronamespace = pg_catalog.to_regnamespace(%s)"
        " and p.oid is distinct from pg_catalog.to_regprocedure(m.signature)",
        [[signature for signature, _ in made], [name for _, name in made], SCHEMA],
    ).fetchall()
    if rows:
        code = _code(connection)
        _drop(connection, {(kind, oid): code[kind, oid] for kind, oid in rows})


def _drop_made_by(connection: psycopg.Connection[Any], text: str) -> None:
    """Drop the functions that a file is about to make, if nothing leans on them."""
    for signature, _ in _SIGNATURE.findall(text):
        connection.execute(f"drop routine if exists {signature}".encode())


def _lock_tables(connection: psycopg.Connection[Any]) -> None:
    """Lock the tables of all triggers at once, in the order in which writers come to them.

    File by file would be the order of the alphabet: under load every attempt then ends in a
    deadlock with some command. A constraint trigger cannot be replaced, only dropped and made
    anew, which takes the strongest lock; taken first, because a weaker one cannot grow into it
    beside a reader that is about to write.
    """
    rows = connection.execute(
        "select c.relname, bool_or(t.tgconstraint <> 0)"
        " from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid"
        " where c.relnamespace = pg_catalog.to_regnamespace(%s) and not t.tgisinternal"
        " group by c.relname"
        " order by array_position(%s::name[], c.relname), c.relname",
        [SCHEMA, list(COME_FIRST)],
    ).fetchall()
    for name, is_dropped in rows:
        mode = sql.SQL("access exclusive" if is_dropped else "share row exclusive")
        table = sql.Identifier(SCHEMA, name)
        connection.execute(sql.SQL("lock table {} in {} mode").format(table, mode))


def _revoke_everything(connection: psycopg.Connection[Any]) -> None:
    """Files give rights, so none may be left from before; and no new function is for PUBLIC.

    Default privileges must be revoked globally: revoking them in one schema has no effect, because
    what PUBLIC gets is not given there.
    """
    rows = connection.execute(
        "select rolname from pg_catalog.pg_roles where rolname = any(%s)", [list(GRANTEES)]
    )
    names = sql.SQL(", ").join([sql.SQL("public"), *(sql.Identifier(row[0]) for row in rows)])
    connection.execute("alter default privileges revoke execute on routines from public")
    try:
        with connection.transaction():
            for kind in ("routines", "tables", "sequences"):
                connection.execute(
                    sql.SQL("revoke all on all {} in schema {} from {}").format(
                        sql.SQL(kind), sql.Identifier(SCHEMA), names
                    )
                )
    except psycopg.errors.InsufficientPrivilege:
        theirs = connection.execute(
            "select relname from pg_catalog.pg_class where relnamespace ="
            " pg_catalog.to_regnamespace(%s) and relkind = any('{r,v,m,S,f,p}')"
            " and not pg_catalog.pg_has_role(relowner, 'usage') order by relname",
            [SCHEMA],
        ).fetchall()
        if not theirs:
            raise
        raise Trouble(
            f"These in the schema {SCHEMA} are not {OWNER}'s:"
            f" {', '.join(name for (name,) in theirs)}. What is yours, move into a schema of yours"
            " (alter table … set schema …); what a restore with --no-owner left, apartado migrate"
            " with an administrator's URL gives back."
        ) from None


def _drop(connection: psycopg.Connection[Any], gone: Mapping[Identity, _Object]) -> None:
    """Drop what is not wanted any more, each after what leans on it, and nothing else."""
    left = dict(gone)
    while left:
        refusals = []
        for key, item in list(left.items()):
            try:
                with connection.transaction():
                    connection.execute(item.drop)
                del left[key]
            except psycopg.errors.DependentObjectsStillExist as error:
                refusals.append(f"{item.name} ({error.diag.message_detail})")
        if len(refusals) == len(left) and refusals:
            raise Trouble(
                "No file makes these any more, but something else in the database still needs "
                f"them: {'; '.join(refusals)}. No code was changed. Drop what needs them, run "
                "apartado migrate again, and make it anew."
            )


def _run_file(connection: psycopg.Connection[Any], path: Path, root: Path) -> None:
    text = path.read_text(encoding="utf-8")
    try:
        try:
            with connection.transaction():
                connection.execute(text)
        except psycopg.errors.InvalidFunctionDefinition:
            # CREATE OR REPLACE cannot change the result type
            _drop_made_by(connection, text)
            connection.execute(text)
    except (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable):
        raise
    except psycopg.errors.DependentObjectsStillExist as error:
        # not the server's hint, which is DROP … CASCADE
        raise Trouble(
            f"{path.relative_to(root)} gives something else than it did, and something else in the "
            f"database still needs that: {error.diag.message_detail}. No code was changed. Drop "
            "what needs it, run apartado migrate again, and make it anew."
        ) from error
    except psycopg.Error as error:
        position = error.diag.statement_position
        line = text.count("\n", 0, int(position)) + 1 if position else None
        where = f"{path.relative_to(root)}{f', line {line}' if line else ''}"
        raise Trouble(f"{where}: {explain(error)}") from error
