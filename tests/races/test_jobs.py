"""Two services, or a service and pg_cron, never do the same work twice at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from clusters import Database
from scenes import Shop, breaks
from sessions import Stage

RUN = "select * from apartado.run_due_jobs('write_down')"


@pytest.fixture
def busy(database: Database) -> Iterator[Shop]:
    """A shop whose only job writes down that it ran."""
    shop = Shop(database)
    shop.ask("""
      create table apartado.runs (at timestamptz not null default clock_timestamp());
      grant insert on apartado.runs to apartado_owner;
      create function apartado.write_down() returns bigint language sql
        as 'insert into apartado.runs default values; select count(*) from apartado.runs';
      delete from apartado.jobs;
      insert into apartado.jobs (job, command, every)
        values ('write_down', 'select apartado.write_down() as ran', '1 hour');
      alter table apartado.runs owner to apartado_owner;
    """)
    yield shop
    shop.close()


def two_run_it(shop: Shop, stage: Stage) -> None:
    """The second comes while the first is at it, and again when it is done."""
    one, other = stage.sessions("one", "other", user="apartado_api")
    one.step("begin")
    assert len(one.step(RUN).rows) == 1
    late = other.step(RUN)
    assert not late.blocked
    assert late.rows == []
    one.step("commit")
    assert other.step(RUN).rows == []  # its hour is not over
    assert shop.one("select count(*) from apartado.runs") == 1


def test_trap_60_two_services_run_a_job_once(busy: Shop) -> None:
    with Stage(busy.database) as stage:
        two_run_it(busy, stage)


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"continue when not pg_try_advisory_xact_lock\([^;]*;", ""),
        (r"j\.last_run_at \+ j\.every <= apartado\.clock\(\)", "true"),
    ],
    ids=["nobody locks it", "nobody looks when it ran"],
)
def test_trap_60_is_caught_when(busy: Shop, pattern: str, replacement: str) -> None:
    busy.mutate(pattern, replacement, "run_due_jobs")
    with Stage(busy.database) as stage:
        breaks(lambda: two_run_it(busy, stage))


def test_trap_60_many_at_once_run_it_once(busy: Shop) -> None:
    def run(_: int) -> int:
        with busy.database.connect("scheduler") as connection:
            return len(connection.execute(RUN.encode()).fetchall())

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(run, range(16))) == 1
    assert busy.one("select count(*) from apartado.runs") == 1


def all_at_an_opening(shop: Shop, stage: Stage) -> None:
    """Who changes rules holds a gate, and goes on to the stock of a drop that is to be told."""
    item = shop.item()
    shop.ask("select from apartado.create_drop(null, 'D', %s, apartado.clock())", [[item]])
    lots = shop.item()
    shop.ask(
        "select from apartado.create_drop(null, 'L', %s, apartado.clock() + '1 hour',"
        " p_lottery => true)",
        [[lots]],
    )
    shop.ask(
        "select from apartado.change_drop(null, (select max(drop_id) from apartado.drops),"
        " p_opens_at => apartado.clock(), p_reason => 'now')"
    )
    operator, scheduler = stage.sessions("operator", "scheduler")
    operator.step("begin")
    operator.step('select * from apartado.put_items(null, \'[{"sku": "n", "title": "N"}]\')')
    late = scheduler.step("select * from apartado.run_due_jobs()")
    assert late.blocked_by == {"operator"}
    added = operator.step("select * from apartado.adjust_stock(null, %s, 1, 'more')", [item])
    assert not added.refused
    operator.step("commit")
    assert [row["job"] for row in late.rows][-1] == "draw_lotteries"
    assert scheduler.step("select * from apartado.run_due_jobs('announce_drops')").rows
    shop.check()


def test_all_jobs_at_once_wait_for_nobody_who_waits_for_them(shop: Shop, stage: Stage) -> None:
    all_at_an_opening(shop, stage)


def test_a_circle_is_caught_when_they_come_in_the_order_of_their_names(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"array_position\(c_first, j\.job\), ", "", "run_due_jobs")
    breaks(lambda: all_at_an_opening(mutant, mutant_stage))


def test_a_second_loop_of_one_job_ends_at_once(busy: Shop) -> None:
    """Each round of it takes the lock of the loop, a pause, too."""
    lock = "select pg_advisory_lock(hashtextextended('apartado loop:write_down', 0))"
    with Stage(busy.database) as stage:
        first, second = stage.sessions("first", "second")
        first.step(lock)
        late = second.step("call apartado.loop_job('write_down')")
        assert not late.blocked
        assert not late.refused
    assert busy.one("select count(*) from apartado.runs") == 0


def test_a_loop_that_is_cancelled_leaves_the_job_to_others(busy: Shop) -> None:
    """Its session lives on, as psql does after Ctrl-C."""
    with Stage(busy.database) as stage:
        third, first, second = stage.sessions("third", "first", "second")
        third.step("begin")
        third.step("select from apartado.jobs for update")
        loop = first.step("call apartado.loop_job('write_down')")
        assert loop.blocked_by == {"third"}
        busy.ask("select pg_cancel_backend(%s)", [first.pid])
        assert loop.error.sqlstate == "57014"
        third.step("rollback")
        assert not second.step("call apartado.loop_job('write_down', 0)").refused
    assert busy.one("select count(*) from apartado.runs") == 1


def test_a_job_that_fails_leaves_no_trace_and_stops_no_other(busy: Shop) -> None:
    busy.ask(
        "insert into apartado.jobs (job, command, every)"
        " values ('fail', 'select 1 / 0 as nothing', '1 hour')"
    )
    with Stage(busy.database) as stage:
        service = stage.session("service", user="apartado_api")
        failed = service.step("select * from apartado.run_due_jobs('fail')")
        assert failed.error.sqlstate == "22012"
        assert len(service.step(RUN).rows) == 1
    never = "select last_run_at = '-infinity' from apartado.jobs where job = 'fail'"
    assert busy.one(never)


def test_the_job_that_every_service_runs_expires_and_promotes(busy: Shop) -> None:
    """Two sessions with the real job: one unit, one promotion."""
    busy.ask(
        "insert into apartado.jobs (job, command, every)"
        " values ('expire_and_promote', 'select * from apartado.expire_and_promote()', '1 hour')"
    )
    ana, bea, cat = busy.members("ana", "bea", "cat")
    item = busy.item()
    held = busy.reserve(ana, item)
    busy.wait(bea, item)
    busy.wait(cat, item)
    busy.let_pass(held)
    run = "select * from apartado.run_due_jobs('expire_and_promote')"
    with Stage(busy.database) as stage:
        one, other = stage.sessions("one", "other", user="apartado_api")
        one.step("begin")
        assert len(one.step(run).rows) == 1
        assert other.step(run).rows == []
        one.step("commit")
    state = busy.state(item)
    assert (state.holders, state.line) == ([bea], [cat])
    busy.check(item)


def a_warning_beside_a_command(shop: Shop, stage: Stage) -> None:
    """Somebody is at work on a row whose holder is to be warned."""
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    held = shop.reserve(ana, item)
    with shop.connection.transaction():
        shop.ask("set local session_replication_role = replica")
        shop.ask(
            "update apartado.reservations set expires_at = apartado.clock() + '1 minute',"
            " reserved_at = reserved_at - interval '1 hour' where reservation_id = %s",
            [held],
        )
        shop.ask(
            "update apartado.stock s set next_due_at = r.expires_at from apartado.reservations r"
            " where r.reservation_id = %s and s.stock_id = r.stock_id",
            [held],
        )
    warn = "select told from apartado.announce_expiring()"
    member, scheduler = stage.sessions("member", "scheduler")
    member.step("begin")
    assert member.step("select * from apartado.reserve(%s, %s)", [bea, item]).rows
    busy = scheduler.step(warn)
    assert not busy.blocked
    assert busy.row["told"] == 0
    member.step("commit")
    assert scheduler.step(warn).row["told"] == 1
    assert shop.kinds(item)[-1] == "reservation.expiring"
    shop.check(item)


def test_a_warning_waits_for_nobody_and_comes_with_the_next_run(shop: Shop, stage: Stage) -> None:
    a_warning_beside_a_command(shop, stage)


def test_it_is_caught_when_warnings_take_no_rows(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"\s+for no key update skip locked", "", "announce_expiring")
    breaks(lambda: a_warning_beside_a_command(mutant, mutant_stage))
