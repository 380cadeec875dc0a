"""What races and faults are made of: a shop with members and items, its state, and mutants.

A mutant is the database with one mistake put in. The race that must catch it is a function of the
shop; `breaks` says that it fails there, by an assertion or by an error nobody promised.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from clusters import Database
from sessions import Row, Session, Step

LEVELS = ("read committed", "repeatable read", "serializable")
ATTEMPTS = 50
TOGETHER = "select * from apartado.reserve_together(%s)"

_numbers = itertools.count(1)

STATE = """
select s.total, s.available, s.reserved, s.sold,
       array(select m.alias from apartado.reservations r
               join apartado.members m on m.member_id = r.member_id
              where r.stock_id = s.stock_id and r.status = 'active'
              order by r.reservation_id) as holders,
       array(select m.alias from apartado.queue_entries q
               join apartado.members m on m.member_id = q.member_id
              where q.stock_id = s.stock_id and q.status = 'waiting'
              order by q.ticket) as line,
       array(select m.alias from apartado.purchases p
               left join apartado.members m on m.member_id = p.member_id
              where p.stock_id = s.stock_id
              order by p.purchase_id) as buyers
  from apartado.stock s
 where s.item_id = %s
"""


@dataclass
class State:
    """An item's counters, and by alias who holds it, who waits in which order, who bought it."""

    total: int
    available: int
    reserved: int
    sold: int
    holders: list[str]
    line: list[str]
    buyers: list[str | None]


class Shop:
    """A database with people and things in it, seen by its administrator."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.connection: psycopg.Connection[Row] = psycopg.connect(
            database.url(), autocommit=True, row_factory=dict_row
        )

    def close(self) -> None:
        """End the administrator's connection."""
        self.connection.close()

    def ask(self, text: str, parameters: Any = None) -> list[Row]:
        """Rows of one autocommitted statement."""
        cursor = self.connection.execute(text, parameters)
        return cursor.fetchall() if cursor.description else []

    def one(self, text: str, parameters: Any = None) -> Any:
        """The only value of the only row."""
        (row,) = self.ask(text, parameters)
        (value,) = row.values()
        return value

    # -- people and things --------------------------------------------------------------------

    def members(self, *names: str) -> list[str]:
        """New members whose aliases begin with these names, as the database is used again."""
        mark = next(_numbers)
        aliases = [f"{name}{mark}" for name in names]
        self.ask(
            "insert into apartado.members (alias, secret_hash, created_at)"
            " select a, sha256(convert_to(a, 'UTF8')), apartado.clock() from unnest(%s::text[]) a",
            [aliases],
        )
        return aliases

    def item(self, units: int = 1, **fields: Any) -> int:
        """A new item with so many units."""
        item = {"sku": f"race-{next(_numbers)}", "title": "Race", "price": "10.00", **fields}
        rows = self.ask(
            "select * from apartado.put_items(null, %s)", [Jsonb([{**item, "quantity": units}])]
        )
        assert rows[0]["outcome"] == "inserted", rows
        return int(rows[0]["item_id"])

    def policy(self, **settings: Any) -> str:
        """A new policy: the default one but for these columns."""
        name = f"policy-{next(_numbers)}"
        values = {"hold": "168 hours", "active_limit": 5, "queue_limit": 1000, **settings}
        self.ask(
            "insert into apartado.policies (name, hold, active_limit, queue_limit)"
            " values (%s, %s::interval, %s, %s)",
            [name, values["hold"], values["active_limit"], values["queue_limit"]],
        )
        return name

    def reserve(self, alias: str, item: int, **parameters: Any) -> int:
        """A reservation, made at once."""
        named = "".join(f", p_{key} => %s" for key in parameters)
        (row,) = self.ask(
            f"select * from apartado.reserve(%s, %s{named})", [alias, item, *parameters.values()]
        )
        assert row["outcome"] == "reserved", row
        return int(row["reservation_id"])

    def wait(self, alias: str, item: int, quantity: int = 1) -> int:
        """A place in the queue, taken at once."""
        (row,) = self.ask("select * from apartado.join_queue(%s, %s, %s)", [alias, item, quantity])
        return int(row["queue_entry_id"])

    def let_pass(self, reservation: int) -> None:
        """As if the time until just after the deadline had passed, for this reservation."""
        with self.connection.transaction():
            self.ask(past(reservation))

    # -- what came of it ----------------------------------------------------------------------

    def state(self, item: int) -> State:
        """The item as it is in the tables."""
        (row,) = self.ask(STATE, [item])
        return State(**row)

    def status(self, reservation: int) -> str:
        """What became of a reservation."""
        return str(
            self.one(
                "select status from apartado.reservations where reservation_id = %s",
                [reservation],
            )
        )

    def kinds(self, item: int) -> list[str]:
        """What was told of an item since it has its stock, in the order of the ids."""
        rows = self.ask(
            "select e.kind from apartado.events e join apartado.stock s on s.stock_id = e.stock_id"
            " where s.item_id = %s order by e.event_id",
            [item],
        )
        return [row["kind"] for row in rows][1:]

    def check(self, item: int | None = None) -> None:
        """Every rule that always holds, counted here once more for the one item."""
        assert self.ask("select * from apartado.check_consistency()") == []
        if item is None:
            return
        state = self.state(item)
        assert state.total == state.available + state.reserved + state.sold
        (sums,) = self.ask(
            "select coalesce((select sum(r.quantity) from apartado.reservations r"
            "  where r.stock_id = s.stock_id and r.status = 'active'), 0) as reserved,"
            " coalesce((select sum(p.quantity - p.undone) from apartado.purchases p"
            "  where p.stock_id = s.stock_id), 0) as sold"
            " from apartado.stock s where s.item_id = %s",
            [item],
        )
        assert (sums["reserved"], sums["sold"]) == (state.reserved, state.sold)

    # -- mutants ------------------------------------------------------------------------------

    def mutate(self, pattern: str, replacement: str, function: str = "%") -> None:
        """Put a mistake into every function that has the pattern; at least one must have it."""
        rows = self.ask(
            "select pg_get_functiondef(oid) as definition from pg_proc"
            " where pronamespace = 'apartado'::regnamespace and prokind = 'f' and proname like %s",
            [function],
        )
        mutants = [re.subn(pattern, replacement, row["definition"]) for row in rows]
        assert any(found for _, found in mutants), f"{pattern!r} is gone: choose another mutant"
        for mutant, found in mutants:
            if found:
                self.connection.execute(mutant.encode())

    def unlock(self, function: str, lock: str = "") -> None:
        """That function reads its stock row, and neither bumps nor locks it but with that lock."""
        self.mutate(
            r"update (apartado\.stock s)\s+set version = s\.version \+ 1(\s+where[^;]*?)"
            r"returning s\.\* into",
            rf"select s.* from \1\2{lock} into",
            function,
        )


def requests(item: int, *asked: tuple[str | None, dict[str, Any]]) -> str:
    """As the service sends them; the token of a session is the alias of its member."""
    return json.dumps([{"token": alias, "item": str(item), **fields} for alias, fields in asked])


def sign_in(shop: Shop, aliases: list[str]) -> None:
    """A session for each, by hand: the token is the alias."""
    shop.ask(
        "insert into apartado.sessions"
        " (member_id, token_hash, language, created_at, last_seen_at, expires_at)"
        " select m.member_id, sha256(convert_to(m.alias, 'UTF8')), 'en', apartado.clock(),"
        "        apartado.clock(), apartado.clock() + interval '700 hours'"
        "   from apartado.members m where m.alias = any (%s)",
        [aliases],
    )


def past(reservation: int) -> str:
    """SQL that lets a reservation's deadline be this moment; to be run in a transaction."""
    return f"""
      set local session_replication_role = replica;
      update apartado.reservations
         set reserved_at = least(reserved_at, clock_timestamp() - interval '1 second'),
             expires_at = clock_timestamp()
       where reservation_id = {reservation};
      update apartado.stock s
         set next_due_at = r.expires_at
        from apartado.reservations r
       where r.reservation_id = {reservation} and s.stock_id = r.stock_id;
    """


def level_of(text: str, level: str) -> str:
    """That level, or the only one at which it is done: a name is taken at READ COMMITTED."""
    return LEVELS[0] if "anonymise" in text else level


def retried(session: Session, text: str, parameters: Any = None) -> Step:
    """A step as a client makes it: again, after each serialization failure."""
    for _ in range(ATTEMPTS):
        step = session.step(text, parameters)
        if not step.refused or step.error.sqlstate != "40001":
            return step
    raise AssertionError(f"{session.name}: no end of serialization failures in {text}")


def finish(step: Step, parameters: Any = None) -> Step:
    """The end of a step that had to wait: at the stricter levels it is stopped, and tried again."""
    if step.refused and step.error.sqlstate == "40001":
        return retried(step.session, step.text, parameters)
    return step


def outcome(step: Step) -> str:
    """The outcome, or the code of the refusal."""
    if step.refused:
        return str(step.error.sqlstate)
    return str(step.row.get("outcome", "done"))


def breaks(race: Callable[[], None]) -> None:
    """The race fails, as it must in the mutant."""
    with pytest.raises((AssertionError, psycopg.Error)):
        race()
