"""Two imports at once, and an import beside a reservation."""

from __future__ import annotations

from clusters import Database
from sessions import Stage

TWO = """select sku, outcome from apartado.put_items(null,
  '[{"sku": "%s", "title": "T"}, {"sku": "%s", "title": "T"}]') order by number"""


def test_two_imports_of_the_same_new_skus_make_each_once(database: Database) -> None:
    """Mutant: an insert without on conflict gives 23505."""
    with Stage(database) as stage:
        one, two = stage.sessions("one", "two")
        one.step("begin")
        first = one.step(TWO % ("a", "b"))
        late = two.step(TWO % ("b", "a"))
        assert late.blocked_by == {"one"}
        one.step("commit")
        assert [row["outcome"] for row in first.rows] == ["inserted", "inserted"]
        assert [row["outcome"] for row in late.rows] == ["unchanged", "unchanged"]


def test_imports_make_new_skus_in_one_order(database: Database) -> None:
    """Mutant: an insert in the order of the file; then `two` holds b while `one` holds a."""
    with Stage(database) as stage:
        other, one, two = stage.sessions("other", "one", "two")
        other.step("begin")
        other.step("""select * from apartado.put_items(null, '[{"sku": "b", "title": "T"}]')""")
        first = one.step(TWO % ("a", "b"))
        assert first.blocked_by == {"other"}
        late = two.step(TWO % ("b", "a"))
        assert late.blocked_by == {"one"}
        other.step("rollback")
        assert [row["outcome"] for row in first.rows] == ["inserted", "inserted"]
        assert [row["outcome"] for row in late.rows] == ["unchanged", "unchanged"]


def test_imports_lock_what_they_change_in_one_order(database: Database) -> None:
    """Mutant: stock rows locked in another order; then `two` holds c while it waits for a."""
    change = """select sku, outcome from apartado.put_items(null,
      '[{"sku": "%s", "price": %s}, {"sku": "%s", "price": %s}]') order by number"""
    with Stage(database) as stage:
        other, one, two, probe = stage.sessions("other", "one", "two", "probe")
        one.step(TWO % ("a", "b"))
        one.step("""select * from apartado.put_items(null, '[{"sku": "c", "title": "T"}]')""")
        other.step("begin")
        other.step("""select * from apartado.put_items(null, '[{"sku": "b", "notes": "n"}]')""")
        first = one.step(change % ("a", 1, "b", 2))
        assert first.blocked_by == {"other"}
        late = two.step(change % ("c", 2, "a", 3))
        assert late.blocked_by == {"one"}
        free = probe.step(
            "select stock_id from apartado.stock where item_id = apartado.item_id('c') "
            "for no key update nowait"
        )
        assert len(free.rows) == 1
        other.step("commit")
        assert [row["outcome"] for row in first.rows] == ["updated", "updated"]
        assert [row["outcome"] for row in late.rows] == ["updated", "updated"]


def test_units_reserved_meanwhile_are_not_taken_away(database: Database) -> None:
    """Mutant: the quantity is judged before the lock."""
    with Stage(database) as stage:
        member, shop = stage.sessions("member", "shop")
        shop.step(TWO % ("a", "b"))
        shop.step(
            "insert into apartado.members (alias, secret_hash, created_at) "
            "values ('ana', sha256('x'), now())"
        )
        member.step("begin")
        member.step("select * from apartado.reserve('ana', apartado.item_id('a'))")
        late = shop.step(
            "select outcome, left(reason, 5) as code "
            """from apartado.put_items(null, '[{"sku": "a", "quantity": 0}]')"""
        )
        assert late.blocked_by == {"member"}
        member.step("commit")
        assert late.rows == [{"outcome": "refused", "code": "RS301"}]


def test_a_price_changed_meanwhile_stops_a_reservation_at_repeatable_read(
    database: Database,
) -> None:
    """Mutant: a change of price that does not bump the stock row."""
    with Stage(database) as stage:
        member = stage.session("member", isolation="repeatable read")
        shop = stage.session("shop")
        shop.step(TWO % ("a", "b"))
        shop.step(
            "insert into apartado.members (alias, secret_hash, created_at) "
            "values ('ana', sha256('x'), now())"
        )
        member.step("begin")
        member.step("select apartado.item_id('a')")
        shop.step("""select * from apartado.put_items(null, '[{"sku": "a", "price": 9}]')""")
        late = member.step("select * from apartado.reserve('ana', apartado.item_id('a'))")
        assert late.error is not None
        assert late.error.sqlstate == "40001"
