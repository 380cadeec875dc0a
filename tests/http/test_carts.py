"""The life of a cart over HTTP: of a device, of its member, checked out, ordered, at the till."""

from __future__ import annotations

from urllib.parse import unquote

from services import Service, problem

DEVICE = "f7b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5"


def test_the_whole_life_of_a_cart(service: Service) -> None:
    operator, visitor = service.operator(), service.client()
    item = service.item(operator, price="12.5", quantity=3, title="Blue Train")
    other = service.item(operator, price="7", quantity=1, title="Kind of Blue")

    # nobody has signed in yet
    cart = visitor.call("add_to_cart", item=item, quantity=2, device=DEVICE)
    (line,) = cart["lines"]
    assert (line["status"], line["price"], line["total"]) == ("available", "12.50", "25.00")
    assert visitor.call("get_cart", device=DEVICE)["cart_id"] == cart["cart_id"]
    assert visitor.refused("get_cart")["code"] == "RS601"
    assert visitor.refused("get_cart", device="short")["field"] == "device"

    # the device's person signs in
    ana = service.member("ana")
    ana.call("add_to_cart", item=other)
    (merged,) = ana.call("merge_carts", device=DEVICE)
    assert (merged["merged"], merged["units"]) == (1, 2)
    mine = ana.call("get_cart")
    assert [line["status"] for line in mine["lines"]] == ["in_cart", "in_cart"]
    assert mine["totals"] == [{"currency": "EUR", "total": "32.00", "units": 3, "unpriced": 0}]
    assert ana.ask("get_status", item=item)["status"] == "in_cart"
    assert visitor.call("get_cart", device=DEVICE)["lines"] == []

    # somebody else is quicker
    bea = service.member("bea")
    bea.call("reserve", item=other)
    refused = ana.refused("place_order")
    assert (refused["code"], refused["field"]) == ("RS301", "lines")
    assert "missing: line" in refused["detail"]
    rows = ana.call("checkout", mode="best_effort")
    assert sorted((row["outcome"], row["code"]) for row in rows) == [
        ("refused", "RS301"),
        ("reserved", None),
    ]
    assert [line["code"] for line in ana.call("get_cart")["lines"]] == ["RS301"]
    ana.call("remove_from_cart", item=other)

    # and the rest is bought
    key = {"Idempotency-Key": "the order of ana"}
    wanted = [{"item": item, "quantity": 2}]
    order = ana.call("place_order", lines=wanted, reference="A-17", headers=key)
    assert ana.call("place_order", lines=wanted, reference="A-17", headers=key) == order
    assert order["totals"][0]["total"] == "25.00"
    assert [row["reference"] for row in ana.ask("list_purchases")] == ["A-17"]
    assert (
        problem(bea.post("/rpc/order_summary", json={"order": order["order_id"]}))["code"]
        == "RS108"
    )
    operator.call("set_location", location="main", phone="+34 600 123 456")
    summary = ana.call("order_summary", order=order["order_id"], language="es")
    assert summary["text"].startswith(f"Pedido {order['order_id']} · Main\n2 × Blue Train")
    address, _, text = summary["link"].partition("?text=")
    assert address == "https://wa.me/34600123456"
    assert unquote(text) == summary["text"]
    assert operator.ask("check_consistency") == []


def test_checkout_pay_order(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, price="12.5", title="Blue Train")
    operator.call("set_location", location="main", phone="+34 600 123 456")
    ana.call("add_to_cart", item=item)
    (row,) = ana.call("checkout")
    assert "1 × Blue Train · 12.50 EUR" in ana.call("order_summary")["text"]
    ana.call("begin_payment", reservation=row["reservation_id"])
    order = ana.call("place_order", reference="card 1234")
    assert [line["reservation_id"] for line in order["lines"]] == [row["reservation_id"]]
    assert ana.call("order_summary", order=order["order_id"])["link"].startswith("https://wa.me/")
    assert ana.refused("place_order")["detail"] == f"cart: {order['cart_id']}, lines: 0"


def test_a_hard_cart_tells_what_fell_out(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    operator.call("set_policy", policy="quick", values={"cart": "hard", "hold": 60}, item=item)
    (line,) = ana.call("add_to_cart", item=item)["lines"]
    assert (line["status"], line["reservation_id"] is None) == ("reserved", False)
    service.database_clock("+ interval '2 minutes'")
    seen = ana.call("validate_cart")
    assert (seen["lines"], [notice["reason"] for notice in seen["notices"]]) == ([], ["expired"])
    assert ana.call("get_cart")["notices"] == []


def test_a_member_finds_their_carts_everywhere_and_is_told_what_became_of_them(
    service: Service,
) -> None:
    operator, ana = service.operator(), service.member("ana")
    operator.call("set_location", location="barcelona", name="Barcelona")
    near, away = service.item(operator), service.item(operator, location="barcelona", quantity=3)
    ana.call("add_to_cart", item=near)
    ana.call("add_to_cart", item=away, quantity=3, location="barcelona")
    carts = ana.ask("list_carts")
    assert [(cart["location"], cart["lines"], cart["units"], cart["kind"]) for cart in carts] == [
        ("main", 1, 1, "soft"),
        ("barcelona", 1, 3, "soft"),
    ]
    (second,) = ana.ask("list_carts", after=carts[0]["cart_id"], limit=1)
    assert second["cart_id"] == carts[1]["cart_id"]
    assert problem(service.client().get("/rpc/list_carts"))["code"] == "RS601"

    operator.call("mark_sold", item=near)

    def news() -> list[dict[str, object]]:
        with service.database.connect() as connection:
            connection.execute("select apartado._number_events(10000)")
        with service.database.connect() as connection:
            connection.execute("select from apartado.validate_carts()")
        told = [row["data"] for row in ana.ask("list_events") if row["kind"] == "cart.changed"]
        return [data for data in told if data["lines"][0]["change"] == "news"]

    service.until(lambda: len(news()) > 0)  # the service may be at it itself
    (data,) = news()
    assert data["location"] == "main"
    sold = {"state": "sold", "price": "12.50", "currency": "EUR"}
    assert data["lines"] == [{"item_id": near, "quantity": 1, "change": "news", **sold}]


def test_the_line_in_front_of_the_till(service: Service) -> None:
    operator, ana, visitor = service.operator(), service.member("ana"), service.client()
    item = service.item(operator, quantity=3)
    visitor.call("add_to_cart", item=item, device=DEVICE)
    first = visitor.call("join_walk_in", device=DEVICE)
    assert first == visitor.call("join_walk_in", device=DEVICE) | {
        "server_time": first["server_time"]
    }
    assert ana.call("join_walk_in")["position"] == 2
    place = visitor.call("get_walk_in_position", device=DEVICE)
    assert (place["status"], place["position"], place["waiting"]) == ("waiting", 1, 2)
    in_address = visitor.get("/rpc/get_walk_in_position", params={"device": DEVICE})
    assert in_address.status_code == 405
    assert [(row["ticket"], row["alias"]) for row in operator.ask("list_walk_ins")] == [
        (1, None),
        (2, "ana"),
    ]
    called = operator.call("serve_next")
    place = visitor.call("get_walk_in_position", device=DEVICE)
    assert (place["status"], place["position"], place["served_at"]) == (
        "served",
        None,
        called["server_time"],
    )
    assert visitor.call("join_walk_in", device=DEVICE)["ticket"] == 1
    assert visitor.call("join_walk_in", device=DEVICE, again=True)["ticket"] == 3
    visitor.call("leave_walk_in", device=DEVICE)
    assert (called["ticket"], called["alias"], len(called["lines"])) == (1, None, 1)
    sold = operator.call("place_order", cart=called["cart_id"])
    assert (sold["buyer"], sold["lines"][0]["item_id"]) == (None, item)
    assert ana.refused("place_order", cart=called["cart_id"])["code"] == "RS105"
    called = operator.call("serve_next")
    assert (called["alias"], called["lines"]) == ("ana", [])
    empty = operator.refused("place_order", cart=called["cart_id"])
    assert empty["detail"] == f"cart: {called['cart_id']}, lines: 0"
    brought = operator.call("place_order", cart=called["cart_id"], lines=[{"item": item}])
    assert (brought["buyer"], len(ana.ask("list_purchases"))) == ("ana", 1)
    text = visitor.call("order_summary", order=sold["order_id"], device=DEVICE)["text"]
    assert text.startswith(f"Order {sold['order_id']} · Main\n1 × ")
    other = {"order": brought["order_id"], "device": DEVICE}
    assert problem(visitor.post("/rpc/order_summary", json=other))["code"] == "RS108"
    assert operator.call("serve_next")["walk_in_entry_id"] is None


def test_trap_44_carts_are_told_to_their_member_and_to_operators_only(service: Service) -> None:
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    item = service.item(operator)
    service.client().call("add_to_cart", item=item, device=DEVICE)
    ana.call("add_to_cart", item=item)
    ana.call("join_walk_in")
    ana.call("place_order")
    with service.database.connect() as connection:
        connection.execute("select apartado._number_events(10000)")

    def private(rows: list[dict[str, object]]) -> list[str]:
        kinds = [str(row["kind"]) for row in rows]
        return [kind for kind in kinds if kind.startswith(("cart.", "walk_in.", "order."))]

    assert private(service.client().ask("list_events")) == []
    assert private(bea.ask("list_events")) == []
    hers = ["cart.changed", "walk_in.joined", "cart.changed", "order.placed"]
    assert sorted(private(ana.ask("list_events"))) == sorted(hers)
    everything = private(operator.ask("list_events", limit=1000))
    assert sorted(everything) == sorted([*hers, "cart.changed"])
