"""The main job over HTTP: put on sale, reserve, line up, be promoted, be sold, watched live."""

import re
from datetime import UTC, datetime

import httpx
import pytest

from services import Service, problem
from streams import EventStream

ISO_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def test_the_whole_life_of_a_record(service: Service) -> None:
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    item = service.item(operator, price="12.5", quantity=1)

    with EventStream(service.port, "?after=0") as watched:
        held = ana.call("reserve", item=item)
        assert held["outcome"] == "reserved"
        assert held["price"] == "12.50"
        assert (held["available"], held["reserved"], held["sold"]) == (0, 1, 0)
        assert ISO_UTC.fullmatch(held["expires_at"])
        assert ISO_UTC.fullmatch(held["server_time"])

        refused = bea.refused("reserve", item=item)
        assert (refused["code"], refused["status"]) == ("RS301", 409)
        assert refused["field"] == "quantity"

        place = bea.call("reserve", item=item, if_unavailable="queue")
        assert (place["outcome"], place["position"], place["queue_length"]) == ("queued", 1, 1)
        position = bea.ask("get_queue_position", item=item)
        assert position["position"] == 1
        assert bea.ask("get_status", item=item)["status"] == "in_queue"
        assert service.client().ask("get_status", item=item)["status"] == "reserved_by_others"

        cancelled = ana.call("cancel_reservation", reservation=held["reservation_id"])
        assert cancelled == {
            "reservation_id": held["reservation_id"],
            "status": "cancelled",
            "quantity": 1,
            "promoted": 1,
        }
        (promoted,) = bea.ask("list_reservations")
        assert (promoted["item_id"], promoted["status"]) == (item, "active")

        sold = operator.call("mark_sold", item=item)
        assert sold["buyer"] == "bea"
        assert sold["price"] == "12.50"
        (bought,) = bea.ask("list_purchases")
        assert bought["purchase_id"] == sold["purchase_id"]
        assert service.client().ask("get_status", item=item)["status"] == "sold"

        seen = []
        for message in watched.events():
            if message.data.get("item_id") == item:
                seen.append(message)
            if message.kind == "purchase.created":
                break
        kinds = [message.kind for message in seen]
        for kind in ("reservation.created", "queue.joined", "reservation.cancelled"):
            assert kind in kinds
        assert kinds.index("reservation.cancelled") < kinds.index("queue.promoted")
        states = [message.data for message in seen if "version" in message.data]
        versions = [state["version"] for state in states]
        assert versions == sorted(versions)
        for state in states:
            assert not {"alias", "reservation_id", "expires_at"} & set(state)
        assert (states[-1]["available"], states[-1]["reserved"], states[-1]["sold"]) == (0, 0, 1)

    assert operator.ask("check_consistency") == []


def test_a_confirmed_part_leaves_the_rest_held(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=5, price="3")
    held = ana.call("reserve", item=item, quantity=3, ttl="PT1H")
    lasts = _moment(held["expires_at"]) - _moment(held["server_time"])
    assert lasts.total_seconds() == 3600
    bought = ana.call(
        "confirm_reservation", reservation=held["reservation_id"], quantity=2, reference="A-17"
    )
    assert (bought["quantity"], bought["remaining"], bought["total"]) == (2, 1, "6.00")
    assert ana.ask("get_status", item=item)["my_quantity"] == 1


def test_a_currency_without_decimals_has_none(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, price="1200", currency="JPY")
    assert ana.call("reserve", item=item)["price"] == "1200"


def test_the_operator_adjusts_and_revokes(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=1)
    held = ana.call("reserve", item=item)
    more = operator.call("adjust_stock", item=item, delta=2, reason="found in the cellar")
    assert (more["total"], more["available"], more["reserved"]) == (3, 2, 1)
    gone = operator.call(
        "revoke_reservation", reservation=held["reservation_id"], reason="never came"
    )
    assert gone["status"] == "revoked"
    again = problem(
        ana.post("/rpc/confirm_reservation", json={"reservation": held["reservation_id"]})
    )
    assert (again["code"], again["status"]) == ("RS402", 410)


def test_a_query_has_an_etag_that_forgets_the_time(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    visitor = service.client()
    first = visitor.get("/rpc/get_status", params={"item": item})
    tag = first.headers["etag"]
    second = visitor.get("/rpc/get_status", params={"item": item})
    assert second.headers["etag"] == tag
    assert second.json()["server_time"] != first.json()["server_time"]
    unchanged = visitor.get(
        "/rpc/get_status", params={"item": item}, headers={"If-None-Match": tag}
    )
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    service.member("ana").call("reserve", item=item)
    changed = visitor.get("/rpc/get_status", params={"item": item}, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_trap_72_the_etag_follows_the_clock_without_a_write(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    ana.call("reserve", item=item)
    visitor = service.client()
    before = visitor.get("/rpc/get_snapshot", params={"items": item})
    service.database_clock("+ interval '8 days'")
    after = visitor.get(
        "/rpc/get_snapshot",
        params={"items": item},
        headers={"If-None-Match": before.headers["etag"]},
    )
    assert after.status_code == 200
    (status,) = after.json()["statuses"]
    assert status["status"] == "available"


def test_trap_72_the_etag_follows_an_opening_without_a_write(service: Service) -> None:
    operator, visitor = service.operator(), service.client()
    item = service.item(operator)
    operator.call(
        "create_drop",
        title="Soon",
        items=[item],
        opens_at="2100-01-01T00:00:00Z",
        closes_at="2100-01-08T00:00:00Z",
    )
    before = visitor.get("/rpc/get_status", params={"item": item})
    assert before.json()["status"] == "upcoming"
    days = (datetime(2100, 1, 2, tzinfo=UTC) - datetime.now(UTC)).days
    service.database_clock(f"+ interval '{days} days'")
    after = visitor.get(
        "/rpc/get_status",
        params={"item": item},
        headers={"If-None-Match": before.headers["etag"]},
    )
    assert after.status_code == 200
    assert after.json()["status"] == "available"
    assert after.json()["version"] == before.json()["version"]


def test_an_expired_reservation_goes_to_the_next_in_line(service: Service) -> None:
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    item = service.item(operator)
    held = ana.call("reserve", item=item)
    bea.call("join_queue", item=item)
    service.database_clock("+ interval '8 days'")
    late = ana.refused("confirm_reservation", reservation=held["reservation_id"])
    assert (late["code"], late["status"]) == ("RS401", 410)
    # the sweep leaves what the service's own job is sweeping to that
    operator.call("expire_and_promote")
    service.until(lambda: bool(bea.ask("list_reservations")))
    (promoted,) = bea.ask("list_reservations")
    assert (promoted["item_id"], promoted["status"]) == (item, "active")


def test_lists_are_given_by_repeating_the_name(service: Service) -> None:
    operator = service.operator()
    items = [service.item(operator) for _ in range(3)]
    found = service.client().ask("list_statuses", items=items[:2])
    assert {row["item_id"] for row in found} == set(items[:2])


def test_find_items_pages_by_cursor(service: Service) -> None:
    operator = service.operator()
    items = {service.item(operator, artists=["Nina"], year=1960 + n) for n in range(5)}
    visitor, found = service.client(), []
    after: dict[str, str] = {}
    while page := visitor.ask("find_items", artist="Nina", limit=2, **after):
        found += [row["item_id"] for row in page]
        after = {"after": page[-1]["cursor"]}
    assert len(found) == 5
    assert set(found) == items
    total = visitor.ask("count_items", artist="Nina")
    assert (total["total"], total["more"]) == (5, False)
    assert visitor.ask("count_items", artist="Nina", parent="nobody")["total"] == 0


def test_the_variants_of_one_thing_are_found(service: Service) -> None:
    operator, visitor = service.operator(), service.client()
    sizes = [service.item(operator, parent="runner", title=f"Runner {n}") for n in (42, 43)]
    service.item(operator, title="Boot")
    found = visitor.ask("find_items", parent="runner", sort="title")
    assert [(row["item_id"], row["parent"]) for row in found] == [(n, "runner") for n in sizes]
    assert visitor.ask("get_item", item=sizes[0])["parent"] == "runner"
    assert visitor.ask("count_items", parent="runner")["total"] == 2


def test_the_number_of_an_item_is_found_by_its_sku(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator, sku="LP-0001")
    assert service.client().ask("item_id", sku="LP-0001") == {"item_id": item}
    unknown = problem(service.client().get("/rpc/item_id", params={"sku": "LP-0002"}))
    assert (unknown["code"], unknown["status"]) == ("RS101", 404)


@pytest.mark.parametrize("name", ["expire_and_promote", "put_items", "mark_sold"])
def test_operator_functions_are_refused_to_members_and_visitors(
    service: Service, name: str
) -> None:
    fields = {"put_items": {"items": []}, "mark_sold": {"item": 1}}.get(name, {})
    ana = service.member("ana")
    refused = problem(ana.post(f"/rpc/{name}", json=fields))
    assert (refused["code"], refused["status"]) == ("RS602", 403)
    nobody = problem(service.client().post(f"/rpc/{name}", json=fields))
    assert (nobody["code"], nobody["status"]) == ("RS601", 401)


def test_the_operator_may_sweep_by_hand(service: Service) -> None:
    swept = service.operator().call("expire_and_promote")
    assert swept == {"expired": 0, "promoted": 0, "remaining": 0}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_description_is_openapi(service: Service) -> None:
    found: httpx.Response = service.client().get("/openapi.json")
    described = found.json()
    assert described["openapi"].startswith("3.1")
    reserve = described["paths"]["/rpc/reserve"]["post"]
    assert reserve["summary"]
    assert "503" in reserve["responses"]
    assert "/rpc/get_status" in described["paths"]
    assert "post" not in described["paths"]["/rpc/get_status"]
