"""pg_dump into another database, and into another cluster: the shop goes on as if nothing was."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import clusters
from apartado import database as db
from apartado.doctor import Finding, examine
from apartado.settings import Settings
from clusters import Database, Server
from scenes import Shop

HEAD = "select pos from apartado.event_head()"
LEDGER = "select pos, kind, item_id, data from apartado.list_events(%s, 0, 1000)"
CURSOR = "select low_id, mark_xid::text::bigint as xid from apartado.event_cursor"


def copy(source: Database, target: Database, bindir: Path, *how: str) -> None:
    """As a DBA moves it: a plain dump, run in an empty database."""

    def tool(name: str, place: Database, *arguments: str, given: str | None = None) -> str:
        command = [str(bindir / name), "-h", place.host, "-U", "postgres", "-d", place.name]
        done = subprocess.run(
            [*command, *arguments], input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    dump = tool("pg_dump", source, *how)
    tool("psql", target, "-qX", "-v", "ON_ERROR_STOP=1", given=dump)


@pytest.fixture(scope="module")
def other_server(server: Server) -> Iterator[Server]:
    """A second server of the same version, far behind the first one's transaction ids."""
    second = Server(server.major, clusters.available()[server.major])
    yield second
    second.stop()


def busy_shop(database: Database) -> tuple[Shop, dict[str, int]]:
    """Something of everything, numbered in part, with a mark from a much later transaction."""
    shop = Shop(database)
    ana, bea, cat = shop.members("ana", "bea", "cat")
    shop.ask("select * from apartado.grant_operator(null, %s)", [cat])
    item, other = shop.item(), shop.item(5)
    held = shop.reserve(ana, item)
    shop.wait(bea, item)
    bought = shop.reserve(bea, other, quantity=2)
    shop.ask("select * from apartado.confirm_reservation(%s, %s, 1)", [bea, bought])
    shop.ask("select apartado._number_events(3)")
    shop.ask("update apartado.event_cursor set mark_xid = '99999999999'")
    return shop, {"item": item, "other": other, "held": held}


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same cluster", "other cluster"])
def test_after_dump_and_restore_everything_goes_on(
    database: Database, server: Server, other_server: Server, elsewhere: bool
) -> None:
    shop, known = busy_shop(database)
    before = {item: shop.state(known[item]) for item in ("item", "other")}
    (ana, bea, cat) = (row["alias"] for row in shop.ask(
        "select alias from apartado.members order by member_id"))  # fmt: skip
    ledger = shop.ask(LEDGER, [cat])
    tail = shop.one("select count(*) from apartado.events where pos is null")
    assert tail > 0
    assert len(ledger) == shop.one(HEAD) == 3
    shop.close()

    host = other_server if elsewhere else server
    target = host.clone(template=None)
    try:
        copy(database, target, clusters.available()[server.major])
        report = db.migrate(target.url())
        assert (report.applied, report.made, report.changed, report.dropped) == ([], [], [], [])

        shop = Shop(target)
        shop.check()
        assert {item: shop.state(known[item]) for item in ("item", "other")} == before
        assert shop.ask(LEDGER, [cat]) == ledger
        assert shop.one("select apartado._number_events()") == tail
        ledger = shop.ask(LEDGER, [cat])
        assert [row["pos"] for row in ledger] == list(range(1, 3 + tail + 1))

        shop.ask("select * from apartado.cancel_reservation(%s, %s)", [ana, known["held"]])
        assert shop.state(known["item"]).holders == [bea]
        shop.ask("select apartado._number_events()")
        new = shop.ask(LEDGER, [cat])[len(ledger) :]
        assert new[0]["kind"] == "reservation.cancelled"
        assert {row["kind"] for row in new[1:]} == {"queue.promoted", "reservation.created"}
        shop.check()
        shop.close()
    finally:
        host.drop(target.name)


OTHERS = """
select c.relname from pg_class c
 where c.relnamespace = 'apartado'::regnamespace and c.relowner <> 'apartado_owner'::regrole
union all
select p.proname from pg_proc p
 where p.pronamespace = 'apartado'::regnamespace and p.proowner <> 'apartado_owner'::regrole
union all
select t.typname from pg_type t
 where t.typnamespace = 'apartado'::regnamespace and t.typowner <> 'apartado_owner'::regrole
"""


def test_what_was_restored_without_owners_is_given_back(database: Database, server: Server) -> None:
    """As between hosted databases: functions would run with the rights of whoever restored it."""
    shop, known = busy_shop(database)
    shop.close()
    target = server.clone(template=None)
    try:
        copy(database, target, clusters.available()[server.major], "--no-owner", "--no-acl")
        db.migrate(target.url())
        with target.connect() as connection:
            assert connection.execute(OTHERS).fetchall() == []
            # and one table that was brought back alone
            connection.execute("alter table apartado.alerts owner to current_user")
            db.migrate(target.url())
            assert connection.execute(OTHERS).fetchall() == []
        findings = list(examine(Settings(database_url=target.url())))
        assert [one for one in findings if not one.healthy] == []
        with target.connect("apartado_api") as service:
            status = service.execute(
                "select status from apartado.get_status(null, %s)", [known["item"]]
            )
            assert status.fetchone() == ("reserved_by_others",)
        shop = Shop(target)
        shop.check()
        shop.close()
    finally:
        server.drop(target.name)


def test_a_restore_without_its_last_section_is_told(database: Database, server: Server) -> None:
    """As one ends that stopped: every row is there, and no key, index or row level security."""
    target = server.clone(template=None)
    bindir = clusters.available()[server.major]

    def schema() -> Finding:
        findings = examine(Settings(database_url=target.url()))
        return next(one for one in findings if one.subject == "schema")

    try:
        copy(database, target, bindir, "--section=pre-data", "--section=data")
        assert not schema().healthy
        assert "missing (row level security of " in schema().text
        copy(database, target, bindir, "--section=post-data")
        assert schema().healthy
    finally:
        server.drop(target.name)


def the_mark_is_of_another_cluster(shop: Shop) -> None:
    """Its transaction will come in years here: it is dropped, and the search gets shorter again."""
    (ana,) = shop.members("ana")
    item = shop.item()
    shop.ask("update apartado.event_cursor set mark_xid = '99999999999'")
    shop.reserve(ana, item)
    newest = shop.one("select max(event_id) from apartado.events")
    for _ in range(4):
        shop.ask("select apartado._number_events()")
    (cursor,) = shop.ask(CURSOR)
    assert cursor["low_id"] == newest
    assert cursor["xid"] < 99999999999


def test_a_mark_from_another_cluster_is_dropped(database: Database) -> None:
    shop = Shop(database)
    the_mark_is_of_another_cluster(shop)
    shop.close()


def test_that_is_caught_when_the_mark_is_believed(database: Database) -> None:
    shop = Shop(database)
    shop.mutate(r"or p_cursor\.mark_xid > pg_current_xact_id\(\)", "", "_move_mark")
    with pytest.raises(AssertionError):
        the_mark_is_of_another_cluster(shop)
    shop.close()


def test_trap_71_a_cursor_ahead_of_the_head_after_a_restore_is_told_so(
    database: Database,
) -> None:
    shop = Shop(database)
    head = shop.one(HEAD)
    with pytest.raises(psycopg.Error) as refusal:
        shop.ask("select * from apartado.list_events(null, %s)", [head + 1])
    assert refusal.value.sqlstate == "RS403"
    shop.close()
