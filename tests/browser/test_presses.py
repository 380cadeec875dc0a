"""A press that news comes into: what is pressed stays where it is until it is let go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Response, Route, expect

from browser.conftest import People, Person, held_back, the_next
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
    on_its_way = held_back(ana, "**/rpc/get_cart")
    phone.call("remove_from_cart", item=first)
    release = the_next(ana, on_its_way)
    let_go = press(ana, take_out)
    # What is drawn now would move the others up, under what presses.
    release()
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


def test_what_was_done_does_not_lose_a_press_on_a_name(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Here")
    service.member("ana")
    operator.page.get_by_role("link", name="The shop").click()
    done = operator.page.locator("#activity")
    let_go = mouse(operator, done.get_by_role("link", name="ana", exact=True))
    read: list[Response] = []

    def note(response: Response) -> None:
        read.append(response)

    operator.page.on("response", note)
    service.member("bea")
    # what came before may still be read first
    while not any("/rpc/search_audit" in one.url and "bea" in one.text() for one in read):
        operator.page.evaluate("0")
    expect(done).not_to_contain_text("bea")
    let_go()
    expect(operator.page.locator("#member-name")).to_have_text("ana")
    expect(done).to_contain_text("bea")


@pytest.fixture
def line(service: Service, operator: Person) -> Person:
    """At the till; three stand in line."""
    for alias in ("ana", "bea", "eva"):
        service.member(alias).call("join_walk_in")
    operator.page.get_by_role("link", name="The shop").click()
    expect(operator.page.locator("#counter ol.lines li")).to_have_count(3)
    return operator


def sent(person: Person, command: str) -> int:
    """How often, by now."""
    person.page.evaluate("0")
    return sum(url.endswith(f"/rpc/{command}") for url in person.asked)


def test_a_key_that_is_held_calls_one(line: Person) -> None:
    line.page.locator("#counter").get_by_role("button", name="Call the next: main").focus()
    line.page.keyboard.down("Enter")
    line.is_told("Ticket 1 is called: ana.")
    for left in (2, 2):
        line.page.keyboard.down("Enter")  # which is its repeat
        expect(line.page.locator("#counter ol.lines li")).to_have_count(left)
    line.page.keyboard.up("Enter")
    assert sent(line, "serve_next") == 1
    # Another press is another one.
    line.page.keyboard.press("Enter")
    line.is_told("Ticket 2 is called: bea.")


def test_a_key_that_is_held_answers_a_dialog_and_opens_no_other(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Here", quantity=9)
    operator.press("Here", "mark_sold")
    operator.dialog.locator("[name=buyer]").focus()
    operator.page.keyboard.down("Enter")
    expect(operator.page.get_by_role("dialog")).to_have_count(0)
    opener = operator.card("Here").locator("[data-action=mark_sold]")
    expect(opener).to_be_focused()
    operator.is_told("Here is sold")
    for _ in range(3):
        operator.page.keyboard.down("Enter")
    operator.page.keyboard.up("Enter")
    assert sent(operator, "mark_sold") == 1
    expect(operator.page.get_by_role("dialog")).to_have_count(0)
    operator.page.keyboard.press("Enter")
    expect(operator.dialog.locator("[name=buyer]")).to_be_focused()


def sells(operator: Person) -> Callable[[], None]:
    """Sells one, and presses again while what became of it is read; gives what lets that go on."""
    on_its_way = held_back(operator, "**/rpc/get_status?*", times=1)
    operator.press("Here", "mark_sold")
    operator.dialog.locator("[name=buyer]").press("Enter")
    operator.is_told("Here is sold")
    release = the_next(operator, on_its_way)
    opener = operator.card("Here").locator("[data-action=mark_sold]")
    expect(opener).to_be_focused()
    operator.page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-disabled", "true")
    return release


def test_a_press_while_what_was_done_is_read_waits_for_it(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Here", quantity=9)
    release = sells(operator)
    expect(operator.page.get_by_role("dialog")).to_have_count(0)
    for _ in range(2):
        operator.page.keyboard.press("Enter")
    release()
    expect(operator.dialog.locator("[name=buyer]")).to_be_focused()
    expect(operator.page.get_by_role("dialog")).to_have_count(1)
    opener = operator.card("Here").locator("[data-action=mark_sold]")
    expect(opener).not_to_have_attribute("aria-disabled", "true")
    assert sent(operator, "mark_sold") == 1


def test_a_press_that_waited_opens_nothing_where_nothing_is_left(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Here")
    operator.page.route("**/rpc/list_statuses?*", lambda _: None)
    release = sells(operator)
    tried = sent(operator, "preview")
    release()
    operator.sees("Here", "sold")
    expect(operator.card("Here").locator("[data-action=manage]")).to_be_focused()
    assert sent(operator, "preview") == tried
    expect(operator.page.get_by_role("dialog")).to_have_count(0)


def test_a_press_that_waited_opens_nothing_over_another_dialog(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Here", quantity=9)
    release = sells(operator)
    tried = sent(operator, "preview")
    operator.press("Here", "manage")
    expect(operator.dialog.get_by_role("button", name="Adjust")).to_be_visible()
    release()
    opener = operator.card("Here").locator("[data-action=mark_sold]")
    expect(opener).not_to_have_attribute("aria-disabled", "true")
    assert sent(operator, "preview") == tried
    expect(operator.page.get_by_role("dialog")).to_have_count(1)


def test_a_key_that_is_held_writes_lines(service: Service, shop: Api, operator: Person) -> None:
    service.item(shop, title="Here")
    operator.press("Here", "manage")
    operator.dialog.get_by_role("button", name="Adjust").click()
    reason = operator.dialog.locator("[name=reason]")
    reason.focus()
    for _ in range(3):
        operator.page.keyboard.down("Enter")
    operator.page.keyboard.up("Enter")
    expect(reason).to_have_value("\n\n\n")


def second_click(person: Person) -> None:
    """Of a double click, where the first was."""
    person.page.mouse.down(click_count=2)
    person.page.mouse.up(click_count=2)


def test_a_double_click_calls_one(line: Person) -> None:
    call = line.page.locator("#counter").get_by_role("button", name="Call the next: main")
    mouse(line, call)()
    line.is_told("Ticket 1 is called: ana.")
    expect(line.page.locator("#counter ol.lines li")).to_have_count(2)
    call.hover()
    second_click(line)
    assert sent(line, "serve_next") == 1
    call.click()
    line.is_told("Ticket 2 is called: bea.")


def test_a_double_click_does_not_answer_the_dialog_that_it_opened(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Here", quantity=9)
    mouse(operator, operator.card("Here").locator("[data-action=mark_sold]"))()
    record = operator.dialog.locator("button[type=submit]")
    record.hover()  # as if it had come up under the pointer
    second_click(operator)
    assert sent(operator, "mark_sold") == 0
    record.click()
    operator.is_told("Here is sold")


def test_what_is_under_way_is_done_once_though_its_button_is_drawn_anew(
    service: Service, line: Person
) -> None:
    under_way: list[Route] = []

    def keep(route: Route) -> None:
        under_way.append(route)

    line.page.route("**/rpc/serve_next", keep)
    counter = line.page.locator("#counter")
    call = counter.get_by_role("button", name="Call the next: main")
    call.click()
    expect(call).to_have_attribute("aria-disabled", "true")
    service.member("zoe").call("join_walk_in")
    expect(counter.locator("ol.lines li")).to_have_count(4)
    expect(call).to_have_attribute("aria-disabled", "true")
    call.dispatch_event("click")
    assert sent(line, "serve_next") == 1
    under_way.pop().continue_()
    line.is_told("Ticket 1 is called: ana.")
    expect(call).not_to_have_attribute("aria-disabled", "true")
    expect(counter.locator("ol.lines li")).to_have_count(3)
