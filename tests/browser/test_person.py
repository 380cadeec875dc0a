"""One person before the counter: what they hold, wait for and bought, and what the shop does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person, held_back, the_next
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

HELD, AWAITED, BOUGHT = "Luz de Enero", "Marea", "Cartas"


@pytest.fixture
def ana(service: Service, shop: Api) -> Api:
    """She holds a record, waits for another behind bea, and bought a third."""
    ana = service.member("ana")
    ana.call("reserve", item=service.item(shop, title=HELD))
    awaited = service.item(shop, title=AWAITED)
    service.member("bea").call("reserve", item=awaited)
    ana.call("join_queue", item=awaited)
    shop.call("mark_sold", item=service.item(shop, title=BOUGHT), buyer="ana")
    return ana


def look_up(operator: Person, alias: str) -> None:
    operator.page.get_by_role("link", name="The shop").click()
    form = operator.page.locator("#people-form")
    form.get_by_label("Alias").fill(alias)
    form.get_by_role("button").click()


def test_a_person_is_found_and_each_thing_of_theirs_is_taken_back(
    ana: Api, operator: Person, picture: Callable[[Person, str], None]
) -> None:
    look_up(operator, "Ana")
    person = operator.page.locator("#member")
    expect(person.locator("#member-name")).to_have_text("ana")
    expect(person).to_contain_text(HELD)
    expect(person).to_contain_text("waits · place 1")
    expect(person).to_contain_text(BOUGHT)
    picture(operator, "person-en")

    person.get_by_role("button", name=f"Revoke: {HELD}").click()
    operator.answer_dialog(reason="It is cracked")
    operator.is_told(f"Revoked. {HELD} is free again.")
    expect(person).to_contain_text("Nothing is set aside for them.")
    person.get_by_role("button", name=f"Remove: {AWAITED}").click()
    operator.answer_dialog(reason="Asked for it by telephone")
    expect(person).to_contain_text("They wait for nothing.")
    person.get_by_role("button", name=f"Take back: {BOUGHT}").click()
    operator.answer_dialog(reason="It skips")
    operator.is_told(f"Taken back. {BOUGHT} is in stock again.")
    expect(person).to_contain_text("taken back")
    assert [one["undone"] for one in ana.ask("list_purchases")] == [1]


def test_of_several_units_as_many_are_taken_back_as_came_back(
    ana: Api, service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title="Shirt", quantity=4)
    shop.call("mark_sold", item=item, buyer="ana", quantity=3)
    look_up(operator, "ana")
    person = operator.page.locator("#member")
    undo = person.get_by_role("button", name="Take back: Shirt")
    undo.click()
    quantity = operator.dialog.locator("[name=quantity]")
    expect(quantity).to_have_value("3")
    operator.answer_dialog(quantity="4", reason="They are too small")
    expect(operator.dialog.get_by_role("alert")).not_to_be_empty()
    expect(quantity).to_be_focused()
    operator.answer_dialog(quantity="2")
    operator.is_told("Taken back. Shirt is in stock again.")
    expect(person).to_contain_text("2 taken back")
    # Of the last one it is not asked.
    undo.click()
    expect(quantity).to_have_count(0)
    operator.answer_dialog(reason="This one, too")
    expect(undo).to_have_count(0)
    assert [one["undone"] for one in ana.ask("list_purchases")][:1] == [3]


def test_a_person_is_barred_and_allowed_again(ana: Api, operator: Person) -> None:
    look_up(operator, "ana")
    person = operator.page.locator("#member")
    person.get_by_role("button", name="Bar", exact=True).click()
    operator.answer_dialog(reason="Resells")
    expect(person).to_contain_text(": Resells")
    person.get_by_role("button", name="Allow again").click()
    operator.answer_dialog(reason="Promised not to")
    expect(person.get_by_role("button", name="Bar", exact=True)).to_be_visible()
    expect(person).not_to_contain_text("Resells")
    assert len(ana.ask("list_reservations")) == 1


def test_what_concerns_them_is_seen_at_once(ana: Api, service: Service, operator: Person) -> None:
    look_up(operator, "ana")
    person = operator.page.locator("#member")
    expect(person).to_contain_text("place 1")
    (held,) = ana.ask("list_reservations")
    ana.call("cancel_reservation", reservation=held["reservation_id"])
    expect(person).to_contain_text("Nothing is set aside for them.")


def test_an_alias_that_nobody_has_is_said_at_its_field(ana: Api, operator: Person) -> None:
    look_up(operator, "nobody-known")
    expect(operator.page.locator("#people-form").get_by_role("alert")).not_to_be_empty()
    expect(operator.page.locator("#people-form [name=alias]")).to_be_focused()
    expect(operator.page.locator("#member")).to_be_empty()


def test_who_is_anonymised_elsewhere_is_shown_no_more(
    ana: Api, shop: Api, operator: Person
) -> None:
    look_up(operator, "ana")
    expect(operator.page.locator("#member-name")).to_have_text("ana")
    shop.call("anonymise", alias="ana", reason="She asked for it")
    expect(operator.page.locator("#member")).to_be_empty()
    operator.is_told("There is no such member.")


def test_names_in_manage_and_in_the_ledger_lead_to_the_person(ana: Api, operator: Person) -> None:
    operator.press(HELD, "manage")
    operator.dialog.get_by_role("link", name="ana").click()
    expect(operator.page.locator("#member-name")).to_have_text("ana")
    expect(operator.page.get_by_role("dialog")).to_have_count(0)
    operator.page.locator("#activity").get_by_role("link", name="bea").first.click()
    expect(operator.page.locator("#member-name")).to_have_text("bea")
    expect(operator.page.locator("#member-name")).to_be_focused()
    expect(operator.page.locator("#member-name")).to_be_in_viewport()
    operator.page.go_back()
    expect(operator.page.locator("#member-name")).to_have_text("ana")
    # Who fills in something else when it is read stays there.
    on_its_way = held_back(operator, "**/rpc/get_member?*")
    operator.page.go_forward()
    release = the_next(operator, on_its_way)
    order = operator.page.get_by_label("Number of the order")
    order.focus()
    release()
    expect(operator.page.locator("#member-name")).to_have_text("bea")
    expect(order).to_be_focused()


def test_only_operators_see_anybody(ana: Api, people: People) -> None:
    visitor = people(query="#shop/ana")
    expect(visitor.page.locator("#people-form")).to_be_hidden()
    expect(visitor.page.locator("#member")).to_be_empty()


def test_a_person_fits_on_a_telephone_in_spanish(
    ana: Api, shop: Api, people: People, picture: Callable[[Person, str], None]
) -> None:
    olga = people(query="?lang=es", width=390, dark=True)
    olga.carry(shop.token or "")
    olga.press(HELD, "manage")
    olga.dialog.get_by_role("link", name="ana").click()
    person = olga.page.locator("#member")
    expect(person).to_contain_text("espera · lugar 1")
    expect(person.get_by_role("button", name=f"Deshacer la venta: {BOUGHT}")).to_be_visible()
    person.scroll_into_view_if_needed()
    picture(olga, "person-es")
    assert olga.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
