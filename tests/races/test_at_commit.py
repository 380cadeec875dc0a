"""What happens at the commit: the deferred triggers, in transactions of several steps."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks
from sessions import Session, Stage

CALL = "select r.* from apartado.authenticate(%s) a cross join lateral apartado.{}(a.alias, %s) r"


def service_session(shop: Shop, stage: Stage) -> tuple[Session, str]:
    """The service's own login, which has no right on any table, and somebody's token."""
    (ana,) = shop.members("ana")
    alias = f"new{ana}"
    token = shop.one("select token from apartado.sign_in(%s)", [alias])
    return stage.session("service", user="apartado_api"), token


def a_caller_without_rights(shop: Shop, stage: Stage) -> None:
    """The check at the commit runs after the function, as whoever commits."""
    item = shop.item()
    service, token = service_session(shop, stage)
    service.step("begin")
    held = service.step(CALL.format("reserve"), [token, item]).row["reservation_id"]
    assert not service.step("commit").refused
    service.step("begin")
    assert not service.step(CALL.format("cancel_reservation"), [token, held]).refused
    assert not service.step("commit").refused
    assert shop.state(item).available == 1


def test_trap_69_a_caller_without_rights_commits(shop: Shop, stage: Stage) -> None:
    a_caller_without_rights(shop, stage)
    shop.check()


@pytest.mark.only_postgresql(15)  # newer ones run a deferred trigger as whoever queued it
def test_trap_69_is_caught_when_the_trigger_runs_as_the_caller(
    mutant: Shop, mutant_stage: Stage
) -> None:
    # and looks at every change, as it does after whatever does not vouch for its counters
    mutant.ask("alter function apartado.tg_stock__refuse_disagreement() security invoker")
    mutant.ask("drop trigger _340_refuse_disagreement_update on apartado.stock")
    mutant.ask(
        "create constraint trigger _340_refuse_disagreement_update after update on apartado.stock"
        " deferrable initially deferred for each row"
        " execute function apartado.tg_stock__refuse_disagreement()"
    )
    breaks(lambda: a_caller_without_rights(mutant, mutant_stage))


def several_steps(shop: Shop, stage: Stage, level: str = LEVELS[0], *, at_once: bool) -> None:
    """The row at the event is not the row at the commit."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item(2)
    dba = stage.session("dba", user="dba", isolation=level)
    dba.step("begin")
    if at_once:
        dba.step("set constraints all immediate")

    def call(text: str, *parameters: object) -> dict[str, object]:
        return dba.step(f"select * from apartado.{text}", parameters).row

    first = call("reserve(%s, %s, 2)", ana, item)["reservation_id"]
    assert call("join_queue(%s, %s)", bea, item)["position"] == 1
    assert call("join_queue(%s, %s)", cat, item)["position"] == 2
    assert call("cancel_reservation(%s, %s, 1)", ana, first)["promoted"] == 1
    assert call("confirm_reservation(%s, %s)", ana, first)["remaining"] == 0
    assert call("leave_queue(%s, %s)", cat, item)["status"] == "left"
    assert call("mark_sold(null, %s)", item)["buyer"] == bea
    assert call("adjust_stock(null, %s, 1, 'one more')", item)["available"] == 1
    assert not dba.step("commit").refused
    state = shop.state(item)
    assert (state.total, state.available, state.sold, state.buyers) == (3, 1, 2, [ana, bea])
    shop.check(item)


@pytest.mark.parametrize("at_once", [False, True], ids=["deferred", "immediate"])
@pytest.mark.parametrize("level", LEVELS)
def test_trap_69_several_steps_in_one_transaction(
    shop: Shop, stage: Stage, level: str, at_once: bool
) -> None:
    several_steps(shop, stage, level, at_once=at_once)


def test_trap_69_is_caught_when_the_trigger_believes_new(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.ask("""
      create or replace function apartado.tg_stock__refuse_disagreement() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        if exists (select from apartado.stock_tallies t where t.stock_id = new.stock_id
                    and (t.reserved, t.sold) is distinct from (new.reserved, new.sold)) then
          raise exception 'disagreement';
        end if;
        return null;
      end $$;
      drop trigger _340_refuse_disagreement_update on apartado.stock;
      create constraint trigger _340_refuse_disagreement_update after update on apartado.stock
        deferrable initially deferred for each row
        execute function apartado.tg_stock__refuse_disagreement();
    """)
    breaks(lambda: several_steps(mutant, mutant_stage, at_once=False))


@pytest.mark.parametrize(
    "by_hand",
    [
        "update apartado.stock set reserved = reserved + 1, available = available - 1,"
        " version = version + 1 where item_id = %s",
        "update apartado.reservations set status = 'cancelled', closed_at = clock_timestamp()"
        " where stock_id = (select stock_id from apartado.stock where item_id = %s)",
        "update apartado.stock set queue_length = queue_length + 1, version = version + 1"
        " where item_id = %s",
    ],
    ids=["counters", "rows", "queue"],
)
def test_what_is_written_by_hand_and_does_not_add_up_is_refused_at_the_commit(
    shop: Shop, stage: Stage, by_hand: str
) -> None:
    (ana,) = shop.members("ana")
    item = shop.item(2)
    shop.reserve(ana, item)
    dba = stage.session("dba")
    dba.step("begin")
    assert not dba.step(by_hand, [item]).refused
    assert dba.step("commit").error.sqlstate == "RS312"
    assert shop.state(item).holders == [ana]
    shop.check(item)


def rows_by_hand_after_a_harmless_command(shop: Shop, stage: Stage) -> None:
    """The version is newer than what was counted last, but of an earlier transaction."""
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    shop.reserve(ana, item)
    shop.ask("select * from apartado.leave_queue(%s, %s)", [bea, item])
    dba = stage.session("dba")
    dba.step("begin")
    by_hand = "update apartado.reservations set quantity = 2 where stock_id ="
    dba.step(f"{by_hand} (select stock_id from apartado.stock where item_id = %s)", [item])
    assert dba.step("commit").error.sqlstate == "RS312"
    shop.check(item)


def test_rows_by_hand_after_a_harmless_command_are_refused_at_the_commit(
    shop: Shop, stage: Stage
) -> None:
    rows_by_hand_after_a_harmless_command(shop, stage)


def test_that_is_caught_when_only_versions_are_compared(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"age\(s.xmin\) > 0", "false", "tg_reservations__record_update")
    breaks(lambda: rows_by_hand_after_a_harmless_command(mutant, mutant_stage))


def test_a_savepoint_takes_everything_back_with_it(shop: Shop, stage: Stage) -> None:
    """A savepoint that is rolled back takes its rows, counters and events with it."""
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    dba = stage.session("dba")
    dba.step("begin")
    dba.step("select * from apartado.reserve(%s, %s)", [ana, item])
    dba.step("savepoint before_bea")
    dba.step("select * from apartado.reserve(%s, %s)", [bea, item])
    dba.step("rollback to savepoint before_bea")
    assert not dba.step("commit").refused
    assert shop.state(item).holders == [ana]
    assert shop.kinds(item) == ["reservation.created"]
    shop.check(item)
