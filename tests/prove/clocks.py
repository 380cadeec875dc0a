"""A deadline is a fact of the database's clock: no job, no other clock and no calendar moves it."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

import psycopg

from prove.clients import HttpClient
from prove.cluster import Ground
from prove.ledger import Ledger, Line
from prove.replay import Replay
from prove.trial import Figure, Trial, mutant, proof

LOOK = 0.01
SHIFTED = """
create or replace function apartado.clock() returns timestamptz language plpgsql volatile
set search_path = pg_catalog, pg_temp as $$ begin return clock_timestamp() + interval '{}'; end $$
"""


def shift(ground: Ground, by: str) -> None:
    """Move the database's clock."""
    ground.ask(SHIFTED.format(by))


def status(ground: Ground, alias: str, item: int) -> dict[str, Any]:
    """What an item is to somebody."""
    (row,) = ground.ask("select * from apartado.get_status(%s, %s)", [alias, item])
    return row


def refusal(ground: Ground, function: str, *values: object) -> str:
    """The code with which a call is refused."""
    marks = ", ".join(["%s"] * len(values))
    try:
        ground.ask(f"select * from apartado.{function}({marks})", values)
    except psycopg.Error as error:
        return error.sqlstate or ""
    return "none"


@proof("no_job", "without job and ticker an expired reservation is dead to everybody", short=0.2)
def no_job(trial: Trial) -> Figure:
    ground = trial.ground()
    count = trial.of(100)
    items = ground.items(count, 1)
    holders, waiters, late = (ground.crowd(count) for _ in range(3))
    held = []
    for item, holder, first, second in zip(items, holders, waiters, late, strict=True):
        held.append(ground.reserve(holder, item, ttl=timedelta(minutes=15)))
        ground.wait(first, item)
        ground.wait(second, item)
    shift(ground, "16 minutes")
    for item, holder, first, second, number in zip(
        items, holders, waiters, late, held, strict=True
    ):
        mine, next_one, stranger = (status(ground, who, item) for who in (holder, first, second))
        assert mine["my_reservation_id"] is None, mine
        assert next_one["status"] == "in_queue", next_one
        assert "reserve" in next_one["actions"], next_one
        assert "reserve" not in stranger["actions"], stranger
        assert refusal(ground, "confirm_reservation", holder, number) == "RS401"
        assert refusal(ground, "reserve", second, item) == "RS303"
        assert ground.reserve(first, item) > number
        assert ground.state(item).line == [second]
    trial.judge(ground, Ledger())
    return Figure(
        f"{count} deadlines, nothing runs", f"{count} dead at once, {count} heads served", "all"
    )


@proof("clocks", "services whose clocks and zones are wrong go by the database's clock", short=0.2)
def clocks(trial: Trial) -> Figure:
    async def ask(client: HttpClient, name: str, who: str, **fields: Any) -> Line:
        return await ledger.ask(client, name, who, **fields)

    ledger, seen = Ledger(), 0
    for by, zone in (("1 hour", "Asia/Kathmandu"), ("-1 hour", "America/St_Johns")):
        ground = trial.ground()
        shift(ground, by)
        service = trial.service(ground, TZ=zone, PGTZ=zone)
        aliases = ground.crowd(trial.of(50))
        client = HttpClient(service.port, dict(zip(aliases, ground.tokens(aliases), strict=True)))
        items = ground.items(len(aliases), 1)
        replay = Replay(ground, items)

        async def all_of_them(client: HttpClient, ground: Ground, people: dict[str, int]) -> int:
            for alias, item in people.items():
                line = await ask(client, "reserve", alias, item=item, ttl=600)
                assert line.code is None, line
                until, told = (
                    datetime.fromisoformat(line.answer[name])
                    for name in ("expires_at", "server_time")
                )
                assert until - told == timedelta(minutes=10), line.answer
                off = abs((told - ground.one("select apartado.clock()")).total_seconds())
                assert off < 600, f"the answer's clock is {off} s off the database's"
            await client.close()
            return len(people)

        seen += asyncio.run(all_of_them(client, ground, dict(zip(aliases, items, strict=True))))
        trial.judge(ground, ledger, replay)
        service.close()
        ledger = Ledger()
    return Figure(
        f"{seen} reservations, clocks an hour ahead and behind, two zones",
        "every deadline by the database's clock",
        "all",
    )


DAY = """
create or replace function apartado.clock() returns timestamptz language plpgsql volatile
set search_path = pg_catalog, pg_temp as $$ begin return timestamptz '{}'; end $$
"""
CHANGES = (
    "2026-03-29 00:30+01",
    "2026-10-25 00:30+02",
    "2026-03-08 01:30-05",
    "2026-11-01 00:30-04",
)


@proof("dst_day", "a day is 24 hours, also when the clocks are changed", short=1)
def dst_day(trial: Trial) -> Figure:
    ground = trial.ground()
    done = 0
    for moment in CHANGES:
        ground.ask(DAY.format(moment))
        for zone in ("Europe/Madrid", "America/New_York", "UTC"):
            ground.ask(f"set timezone to '{zone}'")
            for ttl, seconds in (("1 day", 86400), ("7 days", 604800), (None, 604800)):
                (alias,) = ground.members("ana")
                (row,) = ground.ask(
                    "select extract(epoch from r.expires_at - r.server_time)::float8 as lasts"
                    " from apartado.reserve(%s, %s, p_ttl => %s::interval) r",
                    [alias, ground.item(), ttl],
                )
                assert row["lasts"] == seconds, (moment, zone, ttl, row)
                done += 1
    ground.ask("set timezone to 'UTC'")
    trial.judge(ground, Ledger())
    return Figure(f"{done} reservations over four changes", "each as long as it says", "all")


@proof("late_commit", "a transaction from before the deadline is late after it", short=0.2)
def late_commit(trial: Trial) -> Figure:
    ground = trial.ground()
    count = trial.of(25)
    aliases, items = ground.crowd(count), ground.items(count, 1)
    lasting = timedelta(milliseconds=300)
    for alias, item in zip(aliases, items, strict=True):
        with ground.database.connect("dba", autocommit=False) as early:
            early.execute("select now()")
            number = ground.reserve(alias, item, ttl=lasting)
            while ground.one("select status from apartado.validate_reservations(%s, %s)",
                             [alias, [number]]) == "active":  # fmt: skip
                time.sleep(LOOK)
            try:
                early.execute("select * from apartado.confirm_reservation(%s, %s)", [alias, number])
                early.commit()
                code = "none"
            except psycopg.Error as error:
                code = error.sqlstate or ""
        assert code == "RS401", f"not refused as late: {code}"
    trial.judge(ground, Ledger())
    return Figure(f"{count} transactions", f"{count} refused with RS401", "all")


@mutant("the clock stands still in a transaction", "late_commit", size=0.05)
def _begins_early(ground: Ground) -> None:
    ground.mutate(r"clock_timestamp\(\)", "pg_catalog.now()", "clock")


@mutant("readers are told what the rows say", "no_job", size=0.02)
def _believes_the_rows(ground: Ground) -> None:
    ground.mutate(r"where s\.next_due_at <= p_now", "where false", "_statuses")


@mutant("a day is a day of the calendar", "dst_day", size=1)
def _goes_by_the_calendar(ground: Ground) -> None:
    ground.mutate(r"p_ttl := make_interval\(secs => extract\(epoch from p_ttl\)\);", "", "reserve")


@mutant("a deadline is what the session's zone says", "clocks", size=0.02)
def _shifted_deadline(ground: Ground) -> None:
    ground.mutate(
        r"expires_at := server_time \+ coalesce\(p_ttl, v_hold\)",
        "expires_at := clock_timestamp() + coalesce(p_ttl, v_hold)",
        "reserve",
    )
