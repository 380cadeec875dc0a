"""A press that news comes into: what is pressed stays where it is until it is let go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql


def mouse(person: Person, button: Locator) -> Callable[[], None]:
    button.hover()
    person.page.mouse.down()
    return person.page.mouse.up


def space_bar(person: Person, button: Locator) -> Callable[[], None]:
    button.focus()
    person.page.keyboard.down("Space")
    return lambda: person.page.keyboard.up("Space")


@pytest.mark.parametrize("press", [mouse, space_bar])
def test_what_comes_into_a_cart_does_not_lose_a_press_there(
    service: Service,
    shop: Api,
    people: People,
    press: Callable[[Person, Locator], Callable[[], None]],
) -> None:
    here, there = (service.item(shop, title=title) for title in ("Here", "There"))
    phone = service.member("ana")
    phone.call("add_to_cart", item=here)
    ana = people()
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    let_go = press(ana, ana.dialog.get_by_role("button", name="Take out: Here"))
    phone.call("add_to_cart", item=there)
    expect(ana.page.locator("#cart-count")).to_have_text("2")
    lines = ana.dialog.locator(".lines li .what")
    expect(lines).to_have_text(["Here"])
    let_go()
    expect(lines).to_have_text(["There"])
    assert [one["item_id"] for one in phone.call("get_cart")["lines"]] == [there]


def test_what_comes_to_what_one_holds_does_not_lose_a_press_there(
    service: Service, shop: Api, people: People
) -> None:
    here, there = (service.item(shop, title=title) for title in ("Here", "There"))
    phone = service.member("ana")
    phone.call("reserve", item=here)
    ana = people()
    ana.carry(phone.token or "")
    let_go = mouse(ana, ana.kept("Here").locator("[data-action=cancel_reservation]"))
    phone.call("reserve", item=there)
    ana.sees("There", "reserved")
    expect(ana.kept("There")).to_have_count(0)
    let_go()
    ana.answer_dialog()
    ana.sees("Here", "available")
    expect(ana.kept("There")).to_have_count(1)


def test_a_record_that_is_changed_does_not_lose_a_press_on_it(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="Before", sku="PRESSED")
    ana = people("ana")
    let_go = mouse(ana, ana.card("Before").locator("[data-action=reserve]"))
    with ana.page.expect_response("**/rpc/get_item*"):
        shop.call("put_items", items=[{"sku": "PRESSED", "title": "After", "price": "12.50"}])
    # It is painted with the next frame; the one after that shows that it was not.
    ana.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    expect(ana.card("Before")).to_have_count(1)
    let_go()
    ana.sees("After", "reserved")
    assert [held["alias"] for held in shop.ask("list_holders", item=item)] == ["ana"]
