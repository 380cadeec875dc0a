"""A lottery over HTTP: promised, lined up for, drawn, and worked out again by whoever likes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from services import Service, problem
from streams import EventStream

PAST = "2020-01-01T00:00:00Z"
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
HAS_OPENED = "update apartado.drops set opens_at = apartado.clock() - interval '1 second'"


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_a_lottery_is_drawn_at_its_opening_and_anybody_can_work_it_out(service: Service) -> None:
    operator, anybody = service.operator(), service.client()
    item = service.item(operator, quantity=2)
    made = operator.call("create_drop", title="Lots", items=[item], opens_at=SOON, lottery=True)
    drop = made["drop_id"]
    entries = {
        service.member(f"m{number}").call("join_queue", item=item)["queue_entry_id"]: f"m{number}"
        for number in range(9)
    }
    (promised,) = anybody.ask("list_drops")
    assert (promised["seed_hash"], promised["seed"]) == (made["seed_hash"], None)
    early = operator.refused("draw_lottery", drop=drop)
    assert (early["status"], early["code"], early["field"]) == (409, "RS307", "drop")

    with EventStream(service.port, f"?drop={drop}") as reader:
        next(reader.messages())
        with service.database.connect() as connection:
            connection.execute(HAS_OPENED)
        closed = operator.call("draw_lottery", drop=drop)
        assert closed["closed_at"] is not None
        drawn = operator.call("draw_lottery", drop=drop)  # or the job was quicker
        told = next(event for event in reader.events() if event.kind == "drop.drawn")
    assert (told.data["item_id"], told.data["drop_id"]) == (item, drop)
    assert "seed" not in told.data
    assert hash_of(drawn["seed"]) == drawn["seed_hash"] == made["seed_hash"]
    (shown,) = anybody.ask("list_drops")
    assert shown["seed"] == drawn["seed"]

    order = sorted(entries, key=lambda entry: hash_of(f"{drawn['seed']}:{entry}"))
    assert drawn["lots"] == len(entries)
    lots = anybody.ask("verify_lottery", drop=drop, item=item)
    assert [lot["queue_entry_id"] for lot in lots] == order
    assert all(lot["is_right"] for lot in lots)
    holders = [row["alias"] for row in operator.ask("list_holders", item=item)]
    assert set(holders) == {entries[entry] for entry in order[:2]}
    line = [row["queue_entry_id"] for row in operator.ask("list_queue", item=item)]
    assert line == order[2:]


def test_what_is_no_lottery_is_refused(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    drop: dict[str, Any] = {"title": "Plain", "items": [service.item(operator)], "opens_at": PAST}
    plain = operator.call("create_drop", **drop)["drop_id"]
    for caller, name, fields, code, field in (
        (ana, "draw_lottery", {"drop": plain}, "RS602", "actor"),
        (operator, "draw_lottery", {"drop": plain}, "RS312", "drop"),
        (operator, "draw_lottery", {"drop": 9_999_999}, "RS106", "drop"),
        (operator, "create_drop", {**drop, "lottery": True}, "RS204", "opens_at"),
        (operator, "create_drop", {**drop, "lottery": 1}, "RS205", "lottery"),
    ):
        refused = caller.refused(name, **fields)
        assert (refused["code"], refused["field"]) == (code, field)
    asked = problem(
        ana.get("/rpc/verify_lottery", params={"drop": plain, "item": drop["items"][0]})
    )
    assert (asked["status"], asked["code"], asked["field"]) == (409, "RS312", "drop")
