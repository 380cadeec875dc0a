"""A press that news comes into: what is pressed stays where it is until it is let go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

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


def finger(person: Person, button: Locator) -> Callable[[], None]:
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    devtools = person.page.context.new_cdp_session(person.page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", at)
    return lambda: touch("touchEnd")


@pytest.mark.parametrize("press", [mouse, space_bar, finger])
def test_what_comes_into_a_cart_does_not_lose_a_press_there(
    service: Service,
    shop: Api,
    people: People,
    press: Callable[[Person, Locator], Callable[[], None]],
) -> None:
    first, here, there = (service.item(shop, title=title) for title in ("First", "Here", "There"))
    phone = service.member("ana")
    for item in (first, here, there):
        phone.call("add_to_cart", item=item)
    ana = people(touch=press is finger)
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    take_out = ana.dialog.get_by_role("button", name="Take out: Here")
    expect(take_out).to_be_visible()
    # The news is on its way when the press begins: what takes half a second is no tap.
    on_its_way: list[Route] = []

    def keep(route: Route) -> None:
        on_its_way.append(route)

    ana.page.route("**/rpc/get_cart", keep)
    phone.call("remove_from_cart", item=first)
    while not on_its_way:
        ana.page.evaluate("0")
    let_go = press(ana, take_out)
    # What is drawn now would move the others up, under what presses.
    on_its_way.pop().continue_()
    expect(ana.page.locator("#cart-count")).to_have_text("2")
    lines = ana.dialog.locator(".lines li .what")
    expect(lines).to_have_text(["First", "Here", "There"])
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
