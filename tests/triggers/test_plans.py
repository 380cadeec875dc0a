"""Plans of triggers are kept by a session: one made for a single row must do for ten thousand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from scenes import Shop

Plan = dict[str, Any]

SETTINGS = (
    "load 'auto_explain'",
    "set auto_explain.log_min_duration = 0",
    "set auto_explain.log_nested_statements = on",
    "set auto_explain.log_format = json",
    "set client_min_messages = log",
)


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def is_of_changed_rows(plan: Plan) -> bool:
    """A node that reads the rows a statement changed, and nothing else."""
    scans = [one["Node Type"] for one in nodes(plan) if not one.get("Plans")]
    return set(scans) == {"Named Tuplestore Scan"}


def plans_of_single_rows(shop: Shop) -> list[Plan]:
    """Of everything that happens when one row at a time is changed."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item(1)
    shop.ask("update apartado.policies set cart = 'hard' where name = 'default'")
    said: list[str] = []
    shop.connection.add_notice_handler(lambda note: said.append(note.message_primary or ""))
    for setting in SETTINGS:
        shop.ask(setting)
    shop.ask("select from apartado.add_to_cart(%s, %s)", [ana, item])
    for alias in (bea, cat):
        shop.wait(alias, item)
    held = shop.one(
        "select reservation_id from apartado.reservations r join apartado.members m"
        " using (member_id) where m.alias = %s", [ana],
    )  # fmt: skip
    shop.ask("select from apartado.cancel_reservation(%s, %s)", [ana, held])
    shop.ask("select from apartado.leave_queue(%s, %s)", [cat, item])
    shop.ask("select from apartado.expire_and_promote()")
    texts = [text.partition("plan:\n")[2] for text in said if "plan:\n" in text]
    return [json.loads(text)["Plan"] for text in texts]


def loops_within_loops(shop: Shop) -> int:
    found = [node for plan in plans_of_single_rows(shop) for node in nodes(plan)]
    assert sum(node["Node Type"] == "Named Tuplestore Scan" for node in found) > 10
    return sum(
        node["Node Type"] == "Nested Loop" and all(map(is_of_changed_rows, node["Plans"]))
        for node in found
    )


@pytest.mark.only_postgresql(15)
def test_no_trigger_compares_all_changed_rows_with_all(mutant: Shop) -> None:
    assert loops_within_loops(mutant) == 0


@pytest.mark.only_postgresql(15)
@pytest.mark.parametrize("table", ["reservations", "cart_lines"])
def test_it_is_noticed_when_one_does(mutant: Shop, table: str) -> None:
    mutant.mutate("full join old_rows o", "join old_rows o", f"tg_{table}__record_update")
    assert loops_within_loops(mutant) > 0
