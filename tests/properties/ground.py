"""The database under the properties: one clone, one session of a DBA, a clock that a test moves."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, cast

import psycopg
from psycopg.rows import dict_row

from clusters import Database
from properties.model import NEVER, Drop, Item, Policy, World

START = datetime(2026, 3, 28, 12, tzinfo=UTC)  # Europe changes its clocks in the night
LENGTHS = ("hold", "hold_cap", "offer_window", "extension_total", "payment_window")

CLOCK = """
create or replace function apartado.clock() returns timestamptz language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$ begin return current_setting('tests.now')::timestamptz; end $$;
"""

TABLES = (
    "stock", "reservations", "queue_entries", "purchases", "stock_tallies", "events",
    "queue_blocks", "items", "member_turns", "members", "member_classes", "waves", "drops",
    "wishes", "idempotency_keys", "lottery_lots", "lottery_queues", "lotteries",
)  # fmt: skip
CLEAR = "\n".join(
    (
        "set session_replication_role = replica;",
        *(f"delete from apartado.{table};" for table in TABLES),
        "delete from apartado.policies where name <> 'default';",
        "delete from apartado.locations where code <> 'main';",
        "set session_replication_role = origin;",
    )
)

ROWS = """
select i.sku || '@' || l.code as name, s.total, s.available, s.reserved, s.sold, s.queue_length,
       (select coalesce(json_agg(json_build_array(m.alias, r.quantity,
                                                  extract(epoch from r.expires_at),
                                                  r.reservation_id) order by m.alias), '[]')
          from apartado.reservations r
          join apartado.members m on m.member_id = r.member_id
         where r.stock_id = s.stock_id and r.status = 'active') as held,
       (select coalesce(json_agg(json_build_array(m.alias, q.quantity, q.status, q.queue_entry_id)
                                 order by q.priority desc, q.rank), '[]')
          from apartado.queue_entries q
          join apartado.members m on m.member_id = q.member_id
         where q.stock_id = s.stock_id and q.status in ('waiting', 'suspended')) as line,
       (select coalesce(json_agg(json_build_array(m.alias, q.quantity, q.offered_quantity,
                                                  extract(epoch from q.offered_until),
                                                  q.queue_entry_id) order by m.alias), '[]')
          from apartado.queue_entries q
          join apartado.members m on m.member_id = q.member_id
         where q.stock_id = s.stock_id and q.status = 'offered') as offers
  from apartado.stock s
  join apartado.items i on i.item_id = s.item_id
  join apartado.locations l on l.location_id = s.location_id
"""

SEEN = """
select m.alias, t.*
  from unnest(%s::text[]) m (alias)
 cross join lateral apartado.get_status(m.alias, %s, %s) t
"""


class Ground:
    """The calls and looks of one run after another."""

    def __init__(self, database: Database) -> None:
        self.admin = database.connect()
        self.admin.execute(CLOCK)
        self.admin.execute("analyze")
        self.dba: psycopg.Connection[dict[str, Any]] = psycopg.connect(
            database.url("dba"), autocommit=True, row_factory=dict_row
        )
        # the same plans again and again: most of a look is its planning
        self.dba.execute("set plan_cache_mode = force_generic_plan")
        self.items: dict[str, int] = {}
        self.drop = 0
        self.set_clock(0)

    def close(self) -> None:
        """End both sessions."""
        self.dba.close()
        self.admin.close()

    # -- time -----------------------------------------------------------------------------------

    def set_clock(self, now: float) -> None:
        """Stop the clock at so many seconds after the start."""
        for connection in (self.dba, self.admin):
            connection.execute("select set_config('tests.now', %s, false)", [str(time_of(now))])

    @staticmethod
    def time_of(moment: float) -> datetime | str:
        """The database's word for so many seconds after the start."""
        return time_of(moment)

    # -- a world --------------------------------------------------------------------------------

    def make(self, world: World) -> None:
        """Forget everything, and make this."""
        self.admin.execute(CLEAR)
        self.set_clock(world.now)
        self.put_policy("default", world.default, update=True)
        class_id = self.insert(
            "member_classes (code, policy_id) values ('vip', %s) returning class_id",
            [self.put_policy("vip", world.vip)],
        )
        for member in world.members.values():
            self.insert(
                "members (alias, secret_hash, class_id, created_at)"
                " values (%s, sha256(''), %s, apartado.clock()) returning member_id",
                [member.name, class_id if member.policy else None],
            )
        self.items = {item.name: self.put_item(item) for item in world.items.values()}
        for row in world.rows.values():
            item, location = row.name.split("@")
            self.admin.execute(
                "insert into apartado.locations (code, name) values (%s, %s)"
                " on conflict (code) do nothing",
                [location, location],
            )
            self.insert(
                "stock (item_id, location_id, total, available)"
                " select %s, location_id, %s, %s from apartado.locations where code = %s"
                " returning stock_id",
                [self.items[item], row.total, row.total, location],
            )

    def put_item(self, item: Item) -> int:
        """An item with a policy of its own, and its drop."""
        return self.insert(
            "items (sku, title, price, restock, policy_id, drop_id, created_at, changed_at)"
            " values (%s, %s, 12.50, %s, %s, %s, apartado.clock(), apartado.clock())"
            " returning item_id",
            [
                item.name,
                item.name,
                item.restock,
                self.put_policy(f"item-{item.name}", item.policy),
                self.put_drop(item.drop) if item.drop else None,
            ],
        )

    def put_drop(self, drop: Drop) -> int:
        """A drop with a policy of its own."""
        policy_id = self.put_policy("drop", drop.policy) if drop.policy else None
        self.drop = self.insert(
            "drops (title, opens_at, closes_at, policy_id, created_at)"
            " values ('drop', %s, %s, %s, apartado.clock()) returning drop_id",
            [time_of(drop.opens), time_of(drop.closes), policy_id],
        )
        if drop.seed:
            self.admin.execute(
                "insert into apartado.lotteries (drop_id, seed, seed_hash)"
                " select %s, x.seed, encode(sha256(convert_to(x.seed, 'UTF8')), 'hex')"
                " from (values (%s)) x (seed)",
                [self.drop, drop.seed],
            )
        return self.drop

    def put_policy(self, name: str, policy: Policy, *, update: bool = False) -> int:
        """A policy that says this."""
        values = {
            key: timedelta(seconds=value) if key in LENGTHS else value
            for key, value in asdict(policy).items()
            if value is not None
        }
        if update:
            self.admin.execute(
                "update apartado.policies set "
                + ", ".join(f"{key} = %s" for key in values)
                + " where name = %s",
                [*values.values(), name],
            )
            return 0
        columns = ", ".join(["name", *values])
        marks = ", ".join(["%s"] * (len(values) + 1))
        return self.insert(
            f"policies ({columns}) values ({marks}) returning policy_id", [name, *values.values()]
        )

    def insert(self, text: str, parameters: list[Any]) -> int:
        """The number of a new row."""
        row = self.admin.execute(f"insert into apartado.{text}", parameters).fetchone()
        assert row is not None
        return int(row[0])

    def bar(self, member: str, barred: bool) -> None:
        """An operator bars somebody by hand, or not any more."""
        self.admin.execute(
            "update apartado.members set barred_at = case when %s then apartado.clock() end"
            " where alias = %s",
            [barred, member],
        )

    def mutate(self, pattern: str, replacement: str, function: str) -> None:
        """Put a mistake into a function, which must have the pattern."""
        (definition,) = self.admin.execute(
            "select pg_get_functiondef(oid) from pg_proc"
            " where pronamespace = 'apartado'::regnamespace and proname = %s",
            [function],
        ).fetchone() or ("",)
        mutant, found = re.subn(pattern, replacement, definition)
        assert found, f"{pattern!r} is gone: choose another mutant"
        self.admin.execute(mutant.encode())

    # -- commands and looks ---------------------------------------------------------------------

    def call(self, function: str, **parameters: Any) -> list[dict[str, Any]] | str:
        """The rows of the answer, with times in seconds; or the code of the refusal."""
        named = ", ".join(f"p_{key} => %s" for key in parameters)  # never from input
        try:
            cursor = self.dba.execute(
                f"select * from apartado.{function}({named})", list(parameters.values())
            )
        except psycopg.Error as error:
            if str(error.sqlstate).startswith("RS"):
                return str(error.sqlstate)
            raise
        return [{key: plain(value) for key, value in row.items()} for row in cursor.fetchall()]

    def rows(self) -> dict[str, dict[str, Any]]:
        """Every stock row as it is written."""
        found = self.admin.cursor(row_factory=dict_row).execute(ROWS).fetchall()
        for row in found:
            for held in row["held"]:
                held[2] = seconds(held[2])
            for offer in row["offers"]:
                offer[3] = seconds(offer[3])
        return {row.pop("name"): row for row in found}

    def seen(self, name: str, members: list[str]) -> dict[str, dict[str, Any]]:
        """What get_status says to each."""
        item, location = name.split("@")
        rows = self.dba_rows(SEEN, [members, self.items[item], location])
        return {row["alias"]: {key: plain(value) for key, value in row.items()} for row in rows}

    def breaches(self) -> list[dict[str, Any]]:
        """What check_consistency finds."""
        return self.dba_rows("select * from apartado.check_consistency()")

    def dba_rows(self, text: str, parameters: Any = None) -> list[dict[str, Any]]:
        """Rows of one statement."""
        return self.dba.execute(text, parameters).fetchall()


def time_of(moment: float) -> datetime | str:
    """The database's word for so many seconds after the start."""
    if moment == NEVER:
        return "infinity"
    return START + timedelta(microseconds=round(moment * 1_000_000))


def seconds(epoch: float | None) -> float | None:
    """Seconds after the start, exact to the microsecond."""
    if epoch is None:
        return None
    return cast("float", Fraction(round((epoch - START.timestamp()) * 1_000_000), 1_000_000))


def plain(value: Any) -> Any:
    """Times as the model has them."""
    return seconds(value.timestamp()) if isinstance(value, datetime) else value
