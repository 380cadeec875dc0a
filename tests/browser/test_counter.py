"""The line in front of the till, carts that are sold there, and what was ordered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

ONE, OTHER = "Luz de Enero", "Marea"
DEVICE = "f7b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5"


@pytest.fixture
def ana(service: Service, shop: Api) -> Api:
    """She has two records in her cart, of which bea holds one by now, and stands in line."""
    ana = service.member("ana")
    one = service.item(shop, title=ONE, price="12.50", quantity=3)
    other = service.item(shop, title=OTHER, price="7")
    ana.call("add_to_cart", item=one, quantity=2)
    ana.call("add_to_cart", item=other)
    service.member("bea").call("reserve", item=other)
    ana.call("join_walk_in")
    return ana


def open_shop(operator: Person) -> None:
    operator.page.get_by_role("link", name="The shop").click()


def test_the_next_is_called_and_what_can_be_had_of_their_cart_is_sold(
    ana: Api, service: Service, operator: Person, picture: Callable[[Person, str], None]
) -> None:
    service.client().call("join_walk_in", device=DEVICE)
    open_shop(operator)
    counter = operator.page.locator("#counter")
    line = counter.locator("ol.lines li")
    expect(line).to_have_count(2)
    expect(line.first).to_contain_text("1 ana3 units")
    expect(line.last).to_contain_text("2 somebody without a name0 units")
    counter.get_by_role("button", name="Call the next: main").click()
    operator.is_told("Ticket 1 is called: ana.")
    expect(line).to_have_count(1)
    counter.get_by_role("button", name="Sell the cart: ana").click()
    dialog = operator.dialog
    picture(operator, "sell-cart-en")
    expect(dialog.get_by_label(f"{ONE} × 2")).to_be_checked()
    # what another holds is not ticked, and it is said why
    expect(dialog.get_by_label(OTHER)).not_to_be_checked()
    expect(dialog.locator("[data-field^=item-]").last).to_contain_text("set aside")
    total = dialog.get_by_role("status").filter(has_text="Total")
    expect(total).to_have_text("Total: €25.00")
    dialog.get_by_label(OTHER).check()
    expect(total).to_have_text("Total: €32.00")
    dialog.get_by_label(OTHER).uncheck()
    expect(total).to_have_text("Total: €25.00")
    operator.answer_dialog(reference="R-7")
    operator.is_told("Sold, order no. 1: €25.00.")
    # what is left in it may be sold later
    expect(counter.locator(".called")).to_contain_text("ticket 1 · ana 1 unit")
    assert [line["code"] for line in ana.call("get_cart")["lines"]] == ["RS301"]
    (order,) = ana.ask("list_purchases")
    assert (order["reference"], order["quantity"]) == ("R-7", 2)

    # whoever has no name and an empty cart is called, and nothing is to be sold
    counter.get_by_role("button", name="Call the next: main").click()
    operator.is_told("Ticket 2 is called: somebody without a name.")
    expect(counter.locator("ol.lines")).to_have_count(0)
    expect(counter.locator(".called")).to_have_count(1)


def test_who_was_called_stays_until_their_cart_is_sold(
    ana: Api, service: Service, shop: Api, operator: Person
) -> None:
    """Also after a reload, and at every till."""
    visitor = service.client()
    item = service.item(shop, title="Cartas", price="3")
    visitor.call("add_to_cart", item=item, device=DEVICE)
    visitor.call("join_walk_in", device=DEVICE)
    open_shop(operator)
    counter = operator.page.locator("#counter")
    for ticket in ("Ticket 1", "Ticket 2"):
        counter.get_by_role("button", name="Call the next: main").click()
        operator.is_told(f"{ticket} is called")
    expect(counter.locator(".called")).to_have_count(2)
    operator.page.reload()
    expect(counter.locator(".called")).to_have_count(2)
    sell = counter.get_by_role("button", name="Sell the cart: somebody without a name · Ticket 2")
    sell.click()
    operator.answer_dialog()
    operator.is_told("Sold, order no. 1: €3.00.")
    expect(counter.locator(".called")).to_have_count(1)


def test_just_what_was_seen_is_sold(ana: Api, service: Service, operator: Person) -> None:
    """The cart is hers: she puts in more while the till asks."""
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    sell = operator.page.get_by_role("button", name="Sell the cart: main")
    sell.click()
    expect(operator.dialog.get_by_label(f"{ONE} × 2")).to_be_checked()
    item = ana.call("get_cart")["lines"][0]["item_id"]
    ana.call("change_cart_line", item=item, quantity=3)
    operator.answer_dialog()
    operator.is_told("The cart is another one by now. Nothing was sold")
    expect(operator.dialog.get_by_label(f"{ONE} × 3")).to_be_checked()
    assert ana.ask("list_purchases") == []
    ana.call("remove_from_cart", item=ana.call("get_cart")["lines"][1]["item_id"])
    operator.answer_dialog()
    expect(operator.dialog.get_by_label(OTHER)).to_have_count(0)
    operator.answer_dialog()
    operator.is_told(": €37.50.")


def test_a_cart_that_changed_is_shown_as_the_clerk_had_ticked_it(
    ana: Api, service: Service, shop: Api, operator: Person
) -> None:
    cartas = service.item(shop, title="Cartas", price="3")
    ana.call("add_to_cart", item=cartas)
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    operator.page.get_by_role("button", name="Sell the cart: main").click()
    operator.dialog.get_by_label("Cartas").uncheck()
    operator.dialog.locator("[name=reference]").fill("R-77")
    ana.call("add_to_cart", item=service.item(shop, title="Nuevo", price="4"))
    operator.answer_dialog()
    operator.is_told("The cart is another one by now. Nothing was sold")
    expect(operator.dialog.get_by_label("Nuevo")).to_be_checked()
    expect(operator.dialog.get_by_label("Cartas")).not_to_be_checked()
    expect(operator.dialog.get_by_label(f"{ONE} × 2")).to_be_checked()
    operator.answer_dialog()
    operator.is_told(": €29.00.")
    (order,) = shop.ask("list_orders")
    assert order["reference"] == "R-77"


def test_what_was_sold_meanwhile_is_seen_in_the_cart(
    ana: Api, service: Service, shop: Api, operator: Person
) -> None:
    """And the rest is sold with the next press."""
    cartas = service.item(shop, title="Cartas", price="3")
    ana.call("add_to_cart", item=cartas)
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    operator.page.get_by_role("button", name="Sell the cart: main").click()
    expect(operator.dialog.get_by_label("Cartas")).to_be_checked()
    shop.call("mark_sold", item=cartas, buyer="")
    operator.answer_dialog()
    operator.is_told("The cart is another one by now. Nothing was sold")
    expect(operator.dialog.get_by_label("Cartas")).not_to_be_checked()
    expect(operator.dialog.locator("[data-field^=item-]").last).to_contain_text("none in stock")
    operator.answer_dialog()
    operator.is_told("Sold, order no. 1: €25.00.")


def test_a_cart_that_was_sold_at_another_till_says_so(
    ana: Api, shop: Api, operator: Person
) -> None:
    operator.page.goto(f"{operator.service.url}/?lang=es#shop/ana")
    operator.page.get_by_role("button", name="Vender el carrito: main").click()
    expect(operator.dialog.get_by_label(f"{ONE} × 2")).to_be_checked()
    (cart,) = shop.ask("get_member", alias="ana")["carts"]
    shop.call(
        "place_order", cart=cart["cart_id"], without=[ana.call("get_cart")["lines"][1]["item_id"]]
    )
    ana.call("clear_cart")
    operator.answer_dialog()
    operator.is_told("Ya se ha vendido entretanto, en otra caja: pedido n.º 1.")
    expect(operator.dialog).to_contain_text("No hay nada dentro.")
    expect(operator.dialog.locator("button[type=submit]")).to_have_count(0)


def test_of_nothing_that_is_ticked_nothing_is_asked(ana: Api, operator: Person) -> None:
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    operator.page.get_by_role("button", name="Sell the cart: main").click()
    operator.dialog.get_by_label(f"{ONE} × 2").uncheck()
    operator.answer_dialog()
    expect(operator.dialog.get_by_role("alert")).to_have_text(
        "Nothing is ticked. Tick what is to be sold."
    )
    assert not any("place_order" in url for url in operator.asked)


def test_what_fell_out_of_a_cart_is_sold_only_where_it_is_ticked(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title=ONE, price="100", quantity=2)
    other = service.item(shop, title=OTHER, price="7")
    shop.call("set_policy", policy="quick", item=item, values={"cart": "hard", "hold": 1})
    ana = service.member("ana")
    ana.call("add_to_cart", item=item)
    ana.call("add_to_cart", item=other)
    service.until(lambda: ana.call("get_cart")["notices"] != [])
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    operator.page.get_by_role("button", name="Sell the cart: main").click()
    expect(operator.dialog.get_by_label(ONE)).not_to_be_checked()
    expect(operator.dialog).to_contain_text("no longer set aside for them")
    operator.answer_dialog()
    operator.is_told("Sold, order no. 1: €7.00.")


def test_a_press_that_comes_twice_calls_one(
    ana: Api, service: Service, shop: Api, operator: Person
) -> None:
    service.member("eva").call("join_walk_in")
    open_shop(operator)
    operator.page.locator("#counter").get_by_role("button", name="Call the next: main").dblclick()
    operator.is_told("Ticket 1 is called: ana.")
    assert [one["alias"] for one in shop.ask("list_walk_ins")] == ["eva"]


def test_who_comes_into_the_line_is_seen_at_once(service: Service, operator: Person) -> None:
    open_shop(operator)
    counter = operator.page.locator("#counter")
    expect(counter).to_have_text("Nobody stands in line at the counter.")
    service.member("eva").call("join_walk_in")
    expect(counter).to_contain_text("eva")


def test_what_is_refused_is_said_in_the_dialog_and_sells_nothing(
    ana: Api, shop: Api, operator: Person
) -> None:
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    operator.page.get_by_role("button", name="Sell the cart: main").click()
    operator.dialog.get_by_label(OTHER).check()
    operator.answer_dialog()
    expect(operator.dialog.get_by_role("alert")).not_to_be_empty()
    expect(operator.dialog.get_by_role("alert")).to_contain_text("Untick it, or free a unit")
    assert shop.ask("list_orders") == []
    operator.dialog.get_by_label(OTHER).uncheck()
    operator.answer_dialog()
    operator.is_told("Sold, order no. 1: €25.00.")
    expect(operator.page.locator("#member")).to_contain_text("order no. 1")
    expect(operator.page.locator("#member")).not_to_contain_text("order 1")


def test_orders_are_listed_found_and_taken_back(
    ana: Api, shop: Api, operator: Person, picture: Callable[[Person, str], None]
) -> None:
    open_shop(operator)
    orders = operator.page.locator("#orders")
    expect(orders).to_have_text("Nothing was ordered yet.")
    item = ana.call("get_cart")["lines"][0]["item_id"]
    ana.call("place_order", lines=[{"item": item, "quantity": 1}], reference="A-17")
    first = orders.locator("> ul > li")
    expect(first).to_have_count(1)
    expect(first).to_contain_text("order no. 1 · ana")
    expect(first).to_contain_text("A-17")
    expect(first.locator(".price")).to_have_text("€12.50")
    orders.get_by_role("button", name="Take back").click()
    operator.answer_dialog(reason="It skips")
    operator.is_told("Taken back.")
    expect(first).to_contain_text("taken back")
    picture(operator, "orders-en")
    assert [one["undone"] for one in ana.ask("list_purchases")] == [1]

    form = operator.page.locator("#orders-form")
    for number, told in (
        ("99", "There is no such order. Check its number."),
        ("first", "malformed"),
    ):
        form.get_by_label("Number of the order").fill(number)
        form.get_by_role("button").click()
        expect(form.get_by_role("alert")).to_contain_text(told)
        expect(form.get_by_label("Number of the order")).to_be_focused()
    form.get_by_label("Number of the order").fill("1")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_have_count(0)
    expect(first).to_have_count(1)


def test_a_number_that_is_only_typed_hides_no_order(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title=ONE, price="1", quantity=20)
    ana = service.member("ana")
    ana.call("place_order", lines=[{"item": item, "quantity": 1}])
    open_shop(operator)
    listed = operator.page.locator("#orders > ul > li")
    expect(listed).to_have_count(1)
    number = operator.page.get_by_label("Number of the order")
    number.fill("12345")
    ana.call("place_order", lines=[{"item": item, "quantity": 1}])
    expect(listed).to_have_count(2)
    expect(operator.page.locator("#toasts")).to_be_empty()
    expect(number).to_have_value("12345")
    # Nor does one that there is not, once that was said.
    number.press("Enter")
    problem = operator.page.locator("#orders-form").get_by_role("alert")
    expect(problem).to_contain_text("There is no such order.")
    ana.call("place_order", lines=[{"item": item, "quantity": 1}])
    expect(listed).to_have_count(3)
    expect(problem).to_contain_text("There is no such order.")


def test_older_orders_are_shown_on_request(service: Service, shop: Api, operator: Person) -> None:
    item = service.item(shop, title=ONE, price="1", quantity=20)
    ana = service.member("ana")
    for _ in range(12):
        ana.call("place_order", lines=[{"item": item, "quantity": 1}])
    open_shop(operator)
    orders = operator.page.locator("#orders")
    expect(orders.locator("> ul > li")).to_have_count(10)
    orders.get_by_role("button", name="Show more").click()
    expect(orders.locator("> ul > li")).to_have_count(12)
    expect(orders.get_by_role("button", name="Show more")).to_have_count(0)


def test_the_counter_fits_on_a_telephone_in_spanish(
    ana: Api, shop: Api, people: People, picture: Callable[[Person, str], None]
) -> None:
    olga = people(query="?lang=es", width=390, dark=True)
    olga.carry(shop.token or "")
    olga.page.get_by_role("link", name="La tienda").click()
    counter = olga.page.locator("#counter")
    counter.get_by_role("button", name="Llamar al siguiente: main").click()
    counter.get_by_role("button", name="Vender el carrito: ana").click()
    picture(olga, "sell-cart-es")
    olga.answer_dialog()
    olga.is_told("Vendido, pedido n.º 1: 25,00 €.")
    olga.page.locator("#orders").scroll_into_view_if_needed()
    picture(olga, "orders-es")
    assert olga.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
