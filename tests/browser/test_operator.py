"""What the shop does, and how those see it whom it concerns."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def test_a_record_marked_sold_is_sold_on_every_screen(
    service: Service, shop_item: int, operator: Person, people: People
) -> None:
    olga = operator
    ana = people("ana")
    visitor = people(language="es-ES")
    olga.press(TITLE, "mark_sold")
    olga.answer_dialog()
    olga.is_told(f"{TITLE} is sold.")
    for person in (olga, ana, visitor):
        person.sees(TITLE, "sold")
    expect(visitor.card(TITLE)).to_contain_text("Vendido")
    expect(ana.card(TITLE).locator("[data-action]")).to_have_count(0)


def test_members_are_not_offered_what_operators_do(shop_item: int, people: People) -> None:
    ana = people("ana")
    ana.sees(TITLE, "available")
    expect(ana.card(TITLE).locator("[data-action=reserve]")).to_be_visible()
    expect(ana.card(TITLE).locator("[data-action=mark_sold]")).to_have_count(0)
    expect(ana.card(TITLE).locator("[data-action=manage]")).to_have_count(0)


def test_selling_to_somebody_else_than_the_holder_has_to_be_meant(
    service: Service, shop_item: int, operator: Person, people: People
) -> None:
    olga = operator
    ana = people("ana")
    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")
    service.member("bea")

    olga.press(TITLE, "mark_sold")
    dialog = olga.page.get_by_role("dialog")
    dialog.locator("[name=buyer]").fill("bea")
    expect(dialog.locator("[name=override]")).to_have_count(0)
    expect(dialog.locator("[name=reason]")).to_have_count(0)
    olga.answer_dialog()
    expect(dialog.get_by_role("alert")).to_contain_text("Another member holds it.")
    ana.sees(TITLE, "reserved")
    dialog.locator("[name=override]").check()
    dialog.locator("[name=reason]").fill("It was promised before")
    olga.answer_dialog()
    olga.is_told(f"{TITLE} is sold to bea.")
    ana.is_told(f"The shop took back your reservation of {TITLE}: It was promised before")
    ana.sees(TITLE, "sold")
    expect(ana.kept(TITLE)).to_have_count(0)


def test_a_stranger_at_the_counter_takes_nothing_from_the_only_holder(
    service: Service, shop: Api, operator: Person, people: People
) -> None:
    """The only holder is named as the buyer, and who takes the name away sells to nobody."""
    service.item(shop, title="Shirt", quantity=2)
    olga = operator
    olga.press("Shirt", "mark_sold")
    expect(olga.dialog.locator("[name=buyer]")).to_have_value("")
    olga.close_dialog()
    ana = people("ana")
    ana.press("Shirt", "reserve")
    ana.sees("Shirt", "reserved")
    expect(olga.card("Shirt")).to_contain_text("1 of 2 free")

    olga.press("Shirt", "mark_sold")
    expect(olga.dialog.locator("[name=buyer]")).to_have_value("ana")
    olga.answer_dialog(buyer="")
    olga.is_told("Shirt is sold.")
    ana.sees("Shirt", "reserved")
    assert buyers(shop) == [None]
    olga.press("Shirt", "mark_sold")
    olga.answer_dialog()
    olga.is_told("Shirt is sold to ana.")
    assert buyers(shop) == ["ana", None]


def buyers(shop: Api) -> list[str | None]:
    """To whom the shop sold, the latest first."""
    return [one["member"] for one in shop.ask("search_audit", kinds="purchase.created")]


def test_who_sets_it_aside_while_the_clerk_sells_is_no_buyer(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title="Shirt", quantity=5)
    olga = operator
    olga.card("Shirt").get_by_label("Units").fill("2")
    olga.press("Shirt", "mark_sold")
    expect(olga.dialog.locator("[name=quantity]")).to_have_value("2")
    ana = service.member("ana")
    ana.call("reserve", item=item)
    olga.answer_dialog()
    olga.is_told("Shirt is sold.")
    assert buyers(shop) == [None]
    assert len(ana.ask("list_reservations")) == 1
    service.member("bea").call("reserve", item=item)
    expect(olga.card("Shirt")).to_contain_text("1 of 5 free")
    # Of two it is not known who stands there.
    olga.press("Shirt", "mark_sold")
    expect(olga.dialog.locator("[name=buyer]")).to_have_value("")


def test_a_revoked_reservation_is_explained_to_its_holder(
    service: Service, shop_item: int, operator: Person, people: People
) -> None:
    olga = operator
    ana = people("ana")
    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")

    olga.press(TITLE, "manage")
    olga.page.get_by_role("dialog").get_by_role("button", name="Revoke: ana").click()
    asked = olga.page.get_by_role("dialog").last
    asked.locator("[name=reason]").fill("It broke when we played it")
    asked.locator("button[type=submit]").click()
    olga.is_told("Revoked.")
    ana.is_told(f"The shop took back your reservation of {TITLE}: It broke when we played it")
    ana.sees(TITLE, "available")


def test_an_operator_is_told_why_their_own_was_taken_back(
    service: Service, shop_item: int, operator: Person
) -> None:
    olga = operator
    olga.press(TITLE, "reserve")
    olga.sees(TITLE, "reserved")
    eva = service.operator("eva")
    (held,) = eva.ask("list_holders", item=shop_item)
    eva.call("revoke_reservation", reservation=held["reservation_id"], reason="It broke")
    olga.is_told(f"The shop took back your reservation of {TITLE}: It broke")


def test_what_an_operator_does_to_others_is_no_reason_of_their_own(
    service: Service, shop: Api, shop_item: int, operator: Person
) -> None:
    olga = operator
    shop.call("adjust_stock", item=shop_item, delta=1, reason="One more came")
    olga.press(TITLE, "reserve")
    olga.sees(TITLE, "reserved")
    held = service.member("ana").call("reserve", item=shop_item)["reservation_id"]
    shop.call("revoke_reservation", reservation=held, reason="Ana asked for it")
    expect(olga.card(TITLE)).to_contain_text("1 of 2 free")
    service.database_clock("+ interval '8 days'")
    service.operator("eva").call("expire_and_promote")
    olga.is_told(f"Your time for {TITLE} has run out.")


@pytest.fixture
def shop_item(service: Service, shop: Api) -> int:
    return service.item(shop, title=TITLE)


def test_who_is_made_an_operator_or_is_none_any_more_sees_it_at_once(
    service: Service, people: People
) -> None:
    ana = people("ana")
    viewer = ana.page.locator("body")
    for what, seen in (("grant", "operator"), ("revoke", "member")):
        with service.database.connect() as connection:
            connection.execute(f"select apartado.{what}_operator(null, 'ana')")
        expect(viewer).to_have_attribute("data-viewer", seen)
        expect(viewer).to_have_attribute("data-line", "live")
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
