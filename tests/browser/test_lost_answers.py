"""What reached the shop though its answer was lost is done once, however often one tries."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Route, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"
UNREACHABLE = "The shop cannot be reached."


def loses(person: Person, command: str) -> list[str]:
    """The shop does it, and nobody here is told; gives the keys that were sent."""
    keys: list[str] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.fetch()
        route.abort()

    person.page.route(f"**/rpc/{command}", lose)
    return keys


def finds(person: Person, command: str) -> None:
    person.page.unroute(f"**/rpc/{command}")


def test_a_sale_whose_answer_was_lost_is_recorded_once(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title=TITLE, quantity=9)
    operator.press(TITLE, "mark_sold")
    keys = loses(operator, "mark_sold")
    operator.answer_dialog(quantity="2")
    expect(operator.dialog.get_by_role("alert")).to_contain_text(UNREACHABLE)
    assert len(keys) == 3
    finds(operator, "mark_sold")
    operator.answer_dialog()
    operator.is_told(f"{TITLE} is sold")
    expect(operator.page.get_by_role("dialog")).to_have_count(0)
    assert shop.ask("get_item", item=item)["sold"] == 2
    # The next dialog asks for another sale.
    operator.press(TITLE, "mark_sold")
    operator.answer_dialog(quantity="2")
    expect(operator.page.get_by_role("dialog")).to_have_count(0)
    assert shop.ask("get_item", item=item)["sold"] == 4


def test_another_value_is_another_command_and_a_refusal_does_not_make_it_one(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title=TITLE, quantity=9)
    operator.press(TITLE, "manage")
    operator.dialog.get_by_role("button", name="Adjust").click()
    keys = loses(operator, "adjust_stock")
    operator.answer_dialog(delta="5", reason="Came in")
    expect(operator.dialog.get_by_role("alert")).to_contain_text(UNREACHABLE)
    finds(operator, "adjust_stock")
    # What stands in front of the shop refuses it before that looks what it has done.
    with operator.page.expect_response("**/rpc/adjust_stock"):
        operator.page.route(
            "**/rpc/adjust_stock", lambda route: route.fulfill(status=429, body="{}"), times=1
        )
        operator.answer_dialog()
    expect(operator.dialog.get_by_role("alert")).to_contain_text("(429)")
    with operator.page.expect_request("**/rpc/adjust_stock") as sent:
        operator.answer_dialog()
    assert {sent.value.headers["idempotency-key"]} == set(keys)
    operator.is_told(f"{TITLE}: 14 in all.")

    operator.dialog.get_by_role("button", name="Adjust").click()
    keys = loses(operator, "adjust_stock")
    operator.answer_dialog(delta="1", reason="Came in")
    expect(operator.dialog.get_by_role("alert")).to_contain_text(UNREACHABLE)
    finds(operator, "adjust_stock")
    operator.answer_dialog(delta="2")
    operator.is_told(f"{TITLE}: 17 in all.")


def test_a_cart_that_was_sold_in_an_answer_that_was_lost_is_told_as_sold(
    service: Service, shop: Api, operator: Person
) -> None:
    ana = service.member("ana")
    ana.call("add_to_cart", item=service.item(shop, title=TITLE, price="7"))
    operator.page.goto(f"{operator.service.url}/#shop/ana")
    operator.page.get_by_role("button", name="Sell the cart: main").click()
    loses(operator, "place_order")
    operator.answer_dialog(reference="R-7")
    expect(operator.dialog.get_by_role("alert")).to_contain_text(UNREACHABLE)
    finds(operator, "place_order")
    operator.answer_dialog()
    operator.is_told("Sold, order no. 1: €7.00.")
    assert len(ana.ask("list_purchases")) == 1


@pytest.fixture
def line(service: Service, shop: Api, operator: Person) -> Person:
    """At the till; ana, bea and eva stand in line, and ana has something in her cart."""
    item = service.item(shop, title=TITLE, price="7")
    for alias in ("ana", "bea", "eva"):
        somebody = service.member(alias)
        if alias == "ana":
            somebody.call("add_to_cart", item=item)
        somebody.call("join_walk_in")
    operator.page.get_by_role("link", name="The shop").click()
    expect(operator.page.locator("#counter ol.lines li")).to_have_count(3)
    return operator


def calls_in_vain(line: Person) -> Locator:
    """The button that calls the next: ticket 1 was called, and the answer lost."""
    call = line.page.locator("#counter").get_by_role("button", name="Call the next: main")
    loses(line, "serve_next")
    call.click()
    line.is_told(UNREACHABLE)
    finds(line, "serve_next")
    return call


def test_nobody_is_passed_over_because_an_answer_was_lost(line: Person) -> None:
    call = calls_in_vain(line)
    call.click()
    line.is_told("Ticket 1 is called: ana.")
    expect(line.page.locator("#counter .called")).to_have_count(1)
    # That was answered: who is called now is the next.
    call.click()
    line.is_told("Ticket 2 is called: bea.")


def test_what_was_not_answered_is_over_when_something_else_was_done(line: Person) -> None:
    call = calls_in_vain(line)
    line.page.locator("#counter").get_by_role("button", name="Sell the cart: ana").click()
    # also while the page waits for what it is drawn anew with
    line.page.route("**/rpc/list_walk_ins*", lambda _: None)
    line.answer_dialog()
    line.is_told("Sold, order no. 1: €7.00.")
    call.click()
    line.is_told("Ticket 2 is called: bea.")
    line.page.unroute("**/rpc/list_walk_ins*")


def test_nobody_is_passed_over_because_something_else_was_done_before_it_was_not_answered(
    line: Person,
) -> None:
    keys: list[str] = []
    under_way: list[Route] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 3:
            route.continue_()
            return
        route.fetch()
        if len(keys) > 1:
            route.abort()
        else:
            under_way.append(route)

    line.page.route("**/rpc/serve_next", lose)
    call = line.page.locator("#counter").get_by_role("button", name="Call the next: main")
    call.click()
    line.page.locator("#counter").get_by_role("button", name="Sell the cart: ana").click()
    line.answer_dialog()
    line.is_told("Sold, order no. 1: €7.00.")
    under_way.pop().abort()
    line.is_told(UNREACHABLE)
    call.click()
    line.is_told("Ticket 1 is called: ana.")
    assert len(set(keys)) == 1


def test_what_was_not_answered_is_not_over_because_one_looked(
    service: Service, people: People, shop: Api
) -> None:
    ana = people("ana")
    service.item(shop, title=TITLE)
    ana.press(TITLE, "add_to_cart")
    ana.page.locator("#cart").click()
    checkout = ana.dialog.get_by_role("button", name="Set it all aside")
    keys: list[str] = []

    def refuse(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.abort()

    ana.page.route("**/rpc/checkout", refuse)
    checkout.click()
    expect(ana.dialog.get_by_role("alert")).to_contain_text(UNREACHABLE)
    ana.dialog.get_by_role("button", name="Write to the shop").click()
    expect(ana.dialog.locator(".summary")).to_contain_text(TITLE)
    ana.close_dialog()
    finds(ana, "checkout")
    with ana.page.expect_request("**/rpc/checkout") as sent:
        checkout.click()
    assert {sent.value.headers["idempotency-key"]} == set(keys)


def test_how_things_are_is_asked_anew(service: Service, shop: Api, operator: Person) -> None:
    """The shop remembers the answer to a command, and the text of an order is one."""
    shop.call("add_to_cart", item=service.item(shop, title=TITLE))
    operator.page.locator("#cart").click()
    write = operator.dialog.get_by_role("button", name="Write to the shop")
    loses(operator, "order_summary")
    write.click()
    expect(operator.dialog.get_by_role("alert")).to_contain_text(UNREACHABLE)
    finds(operator, "order_summary")
    shop.call("add_to_cart", item=service.item(shop, title="Marea"))
    write.click()
    expect(operator.dialog.locator(".summary")).to_contain_text("Marea")
