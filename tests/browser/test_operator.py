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
    expect(dialog.get_by_role("alert")).to_contain_text("Tick “Sell it all the same” only")
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


PRICES: dict[str, dict[str, str]] = {
    "en": {"nobody": "Price: €90.00. Held by ben.",
              "ben": "Price: €20.00, as when it was set aside; it costs €90.00 now. Held by ben.",
              "again": "The price is €95.00 by now. Nothing was sold: look at it again.",
              "sold": "is sold to ben. Price: 2 × €20.00 = €40.00.",
              "other": "is sold. Price: €95.00."},
    "es": {"nobody": "Precio: 90,00 €. Apartado para ben.",
              "ben": "Precio: 20,00 €, el de cuando quedó apartado; ahora cuesta 90,00 €."
              " Apartado para ben.",
              "again": "El precio ya es 95,00 €. No se ha vendido nada: vuelve a mirarlo.",
              "sold": "vendido a ben. Precio: 2 × 20,00 € = 40,00 €.",
              "other": "vendido. Precio: 95,00 €."},
}  # fmt: skip


@pytest.mark.parametrize("language", PRICES)
def test_a_sale_is_recorded_at_the_price_that_was_seen(
    service: Service, shop: Api, people: People, language: str
) -> None:
    """Who holds it pays what was agreed, and everybody else what it costs now."""
    said = PRICES[language]
    sku = "PRICED"
    item = service.item(shop, sku=sku, title="Shirt", quantity=3, price="20")
    service.member("ben").call("reserve", item=item)
    shop.call("put_items", items=[{"sku": sku, "title": "Shirt", "price": "90"}])
    olga = people(query=f"?lang={language}")
    olga.carry(shop.token or "")
    olga.press("Shirt", "mark_sold")
    terms = olga.dialog.get_by_role("status").first
    expect(terms).to_have_text(said["ben"])
    buyer = olga.dialog.locator("[name=buyer]")
    buyer.fill("")
    buyer.press("Tab")
    expect(terms).to_have_text(said["nobody"])
    buyer.fill("Ben")
    buyer.press("Tab")
    expect(terms).to_have_text(said["ben"])
    olga.answer_dialog(quantity="2")
    olga.is_told(said["sold"])

    olga.open(f"?lang={language}")
    olga.press("Shirt", "mark_sold")
    expect(buyer).to_have_value("")
    shop.call("put_items", items=[{"sku": sku, "title": "Shirt", "price": "95"}])
    olga.answer_dialog()
    expect(olga.dialog.get_by_role("alert")).to_have_text(said["again"])
    assert buyers(shop) == ["ben"]
    olga.answer_dialog()
    olga.is_told(said["other"])
    sold = [one["details"]["price"] for one in shop.ask("search_audit", kinds="purchase.created")]
    assert sold == ["95.00", "20.00"]


OVERRIDDEN: dict[str, tuple[str, str, str]] = {
    "en": ("Whoever has it loses it and is told: ana.",
              "Whoever has it loses it and is told: ben.",
              "By now ben would lose it. Nothing was sold: look at it again."),
    "es": ("Quien lo tiene lo pierde y recibe un aviso: ana.",
              "Quien lo tiene lo pierde y recibe un aviso: ben.",
              "Ahora lo perdería ben. No se ha vendido nada: vuelve a mirarlo."),
}  # fmt: skip


@pytest.mark.parametrize("language", OVERRIDDEN)
def test_it_is_taken_only_from_whom_the_clerk_meant(
    service: Service, shop: Api, people: People, language: str
) -> None:
    of_ana, of_ben, again = OVERRIDDEN[language]
    item = service.item(shop, title=TITLE)
    ana, ben = service.member("ana"), service.member("ben")
    service.member("cai")
    held = ana.call("reserve", item=item)["reservation_id"]
    ben.call("join_queue", item=item)
    olga = people(query=f"?lang={language}")
    olga.carry(shop.token or "")
    olga.press(TITLE, "mark_sold")
    olga.answer_dialog(buyer="cai")
    override = olga.dialog.locator("[name=override]")
    expect(olga.dialog.locator("[data-field=override]")).to_contain_text(of_ana)
    override.check()
    ana.call("cancel_reservation", reservation=held)
    olga.answer_dialog(reason="Ana agreed on the telephone")
    expect(olga.dialog.get_by_role("alert")).to_have_text(again)
    expect(olga.dialog.locator("[data-field=override]")).to_contain_text(of_ben)
    expect(override).not_to_be_checked()
    assert [one["alias"] for one in shop.ask("list_holders", item=item)] == ["ben"]
    override.check()
    olga.answer_dialog(reason="Ben agreed as well")
    expect(olga.page.get_by_role("dialog")).to_have_count(0)
    assert buyers(shop) == ["cai"]
    assert [one["reason"] for one in ben.ask("list_reservations")] == ["Ben agreed as well"]


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
