"""The cart: gathered in peace, set aside all at once, and told to the shop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql


@pytest.mark.parametrize(
    ("language", "set_aside", "total"),
    [
        ("en-GB", "1 set aside, 1 in line.", "€12.50"),
        ("es-ES", "1 apartado, 1 en cola.", "12,50 €"),
    ],
)
def test_what_is_gathered_is_set_aside_at_once(  # noqa: PLR0917 - fixtures
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
    set_aside: str,
    total: str,
) -> None:
    service.item(shop, title="Free", price="12.50")
    wanted = service.item(shop, title="Wanted", price="7.50")
    service.item(shop, title="Other", price="99.00")
    ana = people("ana", language=language)
    for title in ("Free", "Wanted", "Other"):
        ana.press(title, "add_to_cart")
        ana.sees(title, "in_cart")
    expect(ana.page.locator("#cart-count")).to_have_text("3")
    service.member("bea").call("reserve", item=wanted)
    ana.sees("Wanted", "reserved_by_others")

    ana.page.locator("#cart").click()
    lines = ana.dialog.locator(".cart .lines li")
    lines.filter(has_text="Other").get_by_role("button").click()
    expect(lines).to_have_count(2)
    expect(ana.page.locator("#cart-count")).to_have_text("2")
    expect(ana.dialog.locator(".cart-totals")).to_have_text(total)
    picture(ana, f"cart-{language[:2]}")
    ana.sees("Other", "available")

    ana.dialog.locator(".primary").click()
    ana.is_told(set_aside)
    expect(lines).to_have_count(0)
    ana.close_dialog()
    ana.sees("Free", "reserved")
    ana.sees("Wanted", "in_queue")
    expect(ana.kept("Free")).to_be_visible()
    expect(ana.page.locator("#cart-count")).to_have_text("")


def test_the_shop_gets_the_order_as_a_text(service: Service, shop: Api, people: People) -> None:
    service.item(shop, title="Free", price="12.50")
    shop.call("set_location", location="main", phone="34600111222")
    ana = people("ana")
    ana.press("Free", "add_to_cart")
    ana.sees("Free", "in_cart")
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name="Write to the shop").click()
    expect(ana.dialog.locator(".summary")).to_contain_text("Free")
    link = ana.dialog.get_by_role("link", name="Send it by WhatsApp")
    expect(link).to_have_attribute("href", re.compile(r"^https://wa\.me/34600111222\?text="))


def test_a_cart_is_the_same_on_every_device(service: Service, shop: Api, people: People) -> None:
    item = service.item(shop, title="Free", price="12.50")
    phone = service.member("ana")
    ana = people()
    ana.carry(phone.token or "")
    ana.sees("Free", "available")
    phone.call("add_to_cart", item=item)
    expect(ana.page.locator("#cart-count")).to_have_text("1")


@pytest.mark.parametrize(
    ("language", "at_main", "at_barcelona", "set_aside"),
    [
        ("en-GB", "at main", "at barcelona", "1 set aside."),
        ("es-ES", "en main", "en barcelona", "1 apartado."),
    ],
)
def test_every_location_has_its_own_cart_and_all_are_shown(  # noqa: PLR0917 - fixtures
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
    at_main: str,
    at_barcelona: str,
    set_aside: str,
) -> None:
    shop.call("set_location", location="barcelona", name="Barcelona")
    service.item(shop, title="Away", price="7.50", location="barcelona")
    ana = people("ana", language=language)
    ana.press("Away", "add_to_cart")
    ana.sees("Away", "in_cart")
    expect(ana.page.locator("#cart-count")).to_have_text("1")
    ana.page.locator("#cart").click()
    carts = ana.dialog.locator(".cart > section")
    expect(carts).to_have_count(1)
    expect(carts.get_by_role("heading")).to_have_text(at_barcelona)
    expect(carts.locator("li")).to_contain_text("Away")
    ana.close_dialog()

    service.item(shop, title="Near", price="12.50")
    ana.page.reload()
    ana.press("Near", "add_to_cart")
    expect(ana.page.locator("#cart-count")).to_have_text("2")
    # Whatever is on the board.
    ana.open("?query=nothing-has-this-name")
    expect(ana.page.locator("#cart-count")).to_have_text("2")
    ana.page.locator("#cart").click()
    expect(carts.get_by_role("heading")).to_have_text([at_main, at_barcelona])
    expect(carts.locator(".cart-totals")).to_have_count(2)
    picture(ana, f"carts-{language[:2]}")
    carts.nth(1).locator(".primary").click()
    ana.is_told(set_aside)
    # Of what the one set aside only what comes next is offered.
    expect(carts.locator("li")).to_have_count(1)
    expect(carts.first.locator("li")).to_contain_text("Near")
    expect(carts.last.get_by_role("heading")).to_have_text(at_barcelona)
    expect(carts.last.locator("[data-deed^=buy]")).to_be_visible()
    ana.close_dialog()
    expect(ana.kept("Away")).to_be_visible()
    expect(ana.page.locator("#cart-count")).to_have_text("1")


def test_what_others_hold_or_was_sold_is_in_the_cart_and_counts(
    service: Service, shop: Api, people: People
) -> None:
    items = [service.item(shop, title=title) for title in ("Free", "Wanted", "Gone")]
    phone = service.member("ana")
    for item in items:
        phone.call("add_to_cart", item=item)
    service.member("ben").call("reserve", item=items[1])
    shop.call("mark_sold", item=items[2])
    ana = people()
    ana.carry(phone.token or "")
    ana.sees("Wanted", "reserved_by_others")
    expect(ana.page.locator("#cart-count")).to_have_text("3")
    # Who waits for it, too, and lets others pass is told the way out in words of the board.
    for command in ("join_queue", "suspend_entry"):
        phone.call(command, item=items[1])
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name="Why can I not set Wanted aside?").click()
    expect(ana.dialog).to_contain_text("Take your turn again, or leave the queue.")


def test_a_cart_elsewhere_is_there_whatever_the_board_shows(
    service: Service, shop: Api, people: People, picture: Callable[[Person, str], None]
) -> None:
    """Of what is hidden now the board shows nothing anywhere."""
    shop.call("set_location", location="barcelona", name="Barcelona")
    away = service.item(shop, title="Away", price="7.50", location="barcelona")
    phone = service.member("ana")
    phone.call("add_to_cart", item=away, location="barcelona")
    shop.call("set_visibility", item=away, visible=False, reason="Not for now")
    ana = people()
    ana.carry(phone.token or "")
    expect(ana.page.locator("#cart-count")).to_have_text("1")
    ana.page.locator("#cart").click()
    cart = ana.dialog.locator(".cart > section")
    expect(cart.get_by_role("heading")).to_have_text("at barcelona")
    expect(cart.locator("li")).to_contain_text("no longer in the shop")
    expect(cart.locator("li .price")).to_be_empty()
    picture(ana, "cart-elsewhere")


def test_an_open_cart_shows_what_it_costs_now(service: Service, shop: Api, people: People) -> None:
    item = service.item(shop, sku="free", title="Free", price="12.50")
    phone = service.member("ana")
    phone.call("add_to_cart", item=item)
    ana = people()
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    totals = ana.dialog.locator(".cart-totals")
    expect(totals).to_contain_text("12.50")
    shop.call("put_items", items=[{"sku": "free", "price": "20.00"}])
    expect(totals).to_contain_text("20.00")
    # Other money is another sum, and both are inside a small window.
    phone.call("add_to_cart", item=service.item(shop, price="1234567.00", currency="USD"))
    expect(totals.locator("strong")).to_have_text(["€20.00", "$1,234,567.00"])
    ana.page.set_viewport_size({"width": 240, "height": 600})
    for one in (*totals.locator("strong").all(), totals):
        box, place = one.bounding_box(), ana.dialog.bounding_box()
        assert box is not None
        assert place is not None
        assert box["x"] + box["width"] <= place["x"] + place["width"]


def test_what_a_hard_cart_sets_aside_counts(service: Service, shop: Api, people: People) -> None:
    shop.call("set_policy", policy="default", values={"cart": "hard"}, reason="No disputes")
    service.item(shop, title="Free")
    ana = people("ana")
    ana.press("Free", "add_to_cart")
    ana.sees("Free", "reserved")
    expect(ana.page.locator("#cart-count")).to_have_text("1")
    ana.page.reload()
    expect(ana.page.locator("#cart-count")).to_have_text("1")


HARD: dict[str, dict[str, str]] = {
    "en-GB": {"added": "is in your cart, and set aside for you until", "until": "until",
              "how": "What is in it is set aside for you until the time beside it.",
              "fell_out": "First is no longer in your cart: the shop took it back.",
              "noted": "OK, noted", "finish": "Done", "done": "1 set aside."},
    "es-ES": {"added": "está en tu carrito, y apartado para ti hasta el", "until": "hasta el",
              "how": "Lo que contiene está apartado para ti hasta la hora que pone al lado.",
              "fell_out": "First ya no está en tu carrito: la tienda lo ha retirado.",
              "noted": "De acuerdo", "finish": "Listo", "done": "1 apartado."},
}  # fmt: skip


@pytest.mark.parametrize("language", HARD)
def test_a_hard_cart_says_what_is_set_aside_until_when_and_what_fell_out(
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
) -> None:
    said = HARD[language]
    shop.call("set_policy", policy="default", values={"cart": "hard"}, reason="No disputes")
    first = service.item(shop, title="First")
    service.item(shop, title="Second")
    ana = people("ana", language=language)
    for title in ("First", "Second"):
        ana.press(title, "add_to_cart")
        ana.is_told(f"{title} {said['added']}")
    ana.page.locator("#cart").click()
    lines = ana.dialog.locator(".cart .lines li")
    expect(lines.first.locator("time")).to_be_visible()
    expect(lines.first).to_contain_text(said["until"])
    expect(ana.dialog).to_contain_text(said["how"])
    (held,) = shop.ask("list_holders", item=first)
    shop.call("revoke_reservation", reservation=held["reservation_id"], reason="It was broken")
    expect(lines).to_have_count(1)
    expect(ana.dialog).to_contain_text(said["fell_out"])
    picture(ana, f"cart-hard-{language[:2]}")
    # It is told at the checkout as well, and is not in the cart.
    ana.dialog.get_by_role("button", name=said["finish"]).click()
    ana.is_told(said["done"])
    expect(lines).to_have_count(0)
    expect(ana.dialog).to_contain_text(said["fell_out"])
    ana.page.reload()
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name=said["noted"]).click()
    expect(ana.dialog).not_to_contain_text(said["fell_out"])


NEWS: dict[str, dict[str, str]] = {
    "en-GB": {"dear": "Dear: now €88.00, was €20.00.", "was": "was €20.00",
              "gone": "Gone is no longer to be had: it is sold.", "total": "€98.00",
              "out": "1 that cannot be set aside now is not counted.",
              "finish": "Set it all aside", "done": "2 set aside, 1 still in the cart.",
              "why": "Gone: No unit of the item is left."},
    "es-ES": {"dear": "Dear: ahora 88,00 €, antes 20,00 €.", "was": "antes 20,00 €",
              "gone": "Gone ya no se puede conseguir: está vendido.", "total": "98,00 €",
              "out": "1 que ahora no se puede apartar no cuenta.",
              "finish": "Apartarlo todo", "done": "2 apartados, 1 en el carrito todavía.",
              "why": "Gone: No queda ninguna unidad del artículo."},
}  # fmt: skip


@pytest.mark.parametrize("language", NEWS)
def test_news_of_the_cart_are_told_and_what_cannot_be_had_is_not_added_up(
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
) -> None:
    said = NEWS[language]
    service.item(shop, title="Dear", sku="DEAR", price="20.00")
    gone = service.item(shop, title="Gone", price="5.00")
    service.item(shop, title="Free", price="10.00")
    ana = people("ana", language=language)
    for title in ("Dear", "Gone", "Free"):
        ana.press(title, "add_to_cart")
        ana.sees(title, "in_cart")
    shop.call("put_items", items=[{"sku": "DEAR", "price": "88.00"}])
    shop.call("mark_sold", item=gone)
    ana.sees("Gone", "sold")
    with service.database.connect() as connection:
        connection.execute("select apartado._number_events()")
        connection.execute("select from apartado.validate_carts()")
    ana.is_told(said["dear"])
    ana.is_told(said["gone"])
    ana.page.locator("#cart").click()
    lines = ana.dialog.locator(".cart .lines li")
    expect(lines.filter(has_text="Dear")).to_contain_text(said["was"])
    expect(ana.dialog.locator(".cart-totals")).to_have_text(said["total"])
    expect(ana.dialog).to_contain_text(said["out"])
    picture(ana, f"cart-news-{language[:2]}")
    ana.dialog.get_by_role("button", name=said["finish"]).click()
    ana.is_told(said["done"])
    ana.is_told(said["why"])


def test_a_checkout_that_is_pressed_twice_is_sent_once(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title="Free")
    ana = people("ana")
    ana.press("Free", "add_to_cart")
    ana.sees("Free", "in_cart")
    ana.page.locator("#cart").click()
    sent = len(ana.asked)
    ana.dialog.locator(".primary").evaluate("(button) => { button.click(); button.click(); }")
    ana.is_told("1 set aside.")
    expect(ana.dialog.locator(".problem")).to_be_empty()
    assert len([url for url in ana.asked[sent:] if "/rpc/checkout" in url]) == 1


def test_what_comes_into_an_open_cart_leaves_the_focus(
    service: Service, shop: Api, people: People
) -> None:
    here, there = (service.item(shop, title=title) for title in ("Here", "There"))
    phone = service.member("ana")
    phone.call("add_to_cart", item=here)
    ana = people()
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    take_out = ana.dialog.get_by_role("button", name="Take out: Here")
    take_out.focus()
    phone.call("add_to_cart", item=there)
    expect(ana.dialog.locator(".lines li")).to_have_count(2)
    expect(take_out).to_be_focused()
    phone.call("remove_from_cart", item=here)
    expect(ana.dialog.locator(".lines li")).to_have_count(1)
    expect(ana.dialog.locator("h2")).to_be_focused()


def test_what_one_takes_out_of_a_hard_cart_is_not_told_as_cancelled(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="Here")
    shop.call("set_policy", policy="hard", item=item, values={"cart": "hard"})
    ana = people("ana")
    ana.press("Here", "add_to_cart")
    ana.sees("Here", "reserved")
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name="Take out: Here").click()
    ana.sees("Here", "available")
    ana.close_dialog()
    # What the stream tells of it has been told when it has told what came later.
    ana.press("Here", "reserve")
    ana.sees("Here", "reserved")
    (held,) = shop.ask("list_holders", item=item)
    shop.call("revoke_reservation", reservation=held["reservation_id"], reason="It broke")
    ana.is_told("It broke")
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(1)


ASIDE: dict[str, dict[str, str]] = {
    "en-GB": {"checkout": "Set it all aside", "buy": "Buy everything", "write": "Write to the shop",
              "total": "€30.50", "done": "All of it is bought, order no. 1: €30.50.",
              "empty": "Nothing in it yet."},
    "es-ES": {"checkout": "Apartarlo todo", "buy": "Comprarlo todo",
              "write": "Escribir a la tienda", "total": "30,50 €",
              "done": "Comprado todo, pedido n.º 1: 30,50 €.", "empty": "Aún no hay nada."},
}  # fmt: skip


@pytest.mark.parametrize("language", ASIDE)
def test_what_a_cart_set_aside_is_bought_all_at_once(
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
) -> None:
    said = ASIDE[language]
    prices = {"First": "12.50", "Second": "18.00", "Third": "5.00", "Apart": "9.00"}
    items = {title: service.item(shop, title=title, price=price) for title, price in prices.items()}
    ana = people("ana", language=language)
    ana.press("Apart", "reserve")
    ana.sees("Apart", "reserved")
    for title in ("First", "Second", "Third"):
        ana.press(title, "add_to_cart")
        ana.sees(title, "in_cart")
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name=said["checkout"]).click()
    buy = ana.dialog.get_by_role("button", name=said["buy"])
    expect(buy).to_be_visible()
    (third,) = shop.ask("list_holders", item=items["Third"])
    shop.call("revoke_reservation", reservation=third["reservation_id"], reason="It broke")
    # What the shop took back meanwhile is left out, and said.
    ana.is_told("It broke")
    expect(ana.dialog.locator(".cart-totals")).to_have_text(said["total"])
    picture(ana, f"cart-aside-{language[:2]}")
    ana.dialog.get_by_role("button", name=said["write"]).click()
    summary = ana.dialog.locator(".summary")
    expect(summary).to_contain_text("First")
    expect(summary).not_to_contain_text("Third")
    ana.close_dialog()
    buy.click()
    expect(summary).to_contain_text("Second")
    picture(ana, f"cart-buy-{language[:2]}")
    ana.answer_dialog()
    ana.is_told(said["done"])
    expect(ana.page.get_by_role("dialog")).to_contain_text(said["empty"])
    ana.close_dialog()
    ana.sees("First", "sold")
    # It was said once, and what was set aside without the cart is held still.
    lasting = ana.page.locator("#toasts [data-lasting]")
    expect(lasting).to_have_count(1)
    expect(lasting).to_contain_text("It broke")
    ana.sees("Apart", "reserved")


def test_only_what_one_has_seen_is_bought_of_what_was_set_aside(
    service: Service, shop: Api, people: People
) -> None:
    items = {title: service.item(shop, title=title, price="9.00") for title in ("First", "Second")}
    phone = service.member("ana")
    for item in items.values():
        phone.call("add_to_cart", item=item)
    phone.call("checkout")
    ana = people()
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    buy = ana.dialog.get_by_role("button", name="Buy everything")
    buy.click()
    expect(ana.dialog.locator(".summary")).to_contain_text("Second")
    (second,) = shop.ask("list_holders", item=items["Second"])
    shop.call("revoke_reservation", reservation=second["reservation_id"], reason="It broke")
    ana.answer_dialog()
    expect(ana.dialog.locator(".problem")).to_contain_text("Some of it was taken back.")
    assert phone.ask("list_purchases") == []
    ana.close_dialog()
    expect(ana.dialog.locator(".cart-totals")).to_have_text("€9.00")
    buy.click()
    expect(ana.dialog.locator(".summary")).not_to_contain_text("Second")
    ana.answer_dialog()
    ana.is_told("All of it is bought")
    assert [one["item_id"] for one in phone.ask("list_purchases")] == [items["First"]]


def test_what_is_bought_elsewhere_meanwhile_is_said(
    service: Service, shop: Api, people: People
) -> None:
    phone = service.member("ana")
    phone.call("add_to_cart", item=service.item(shop, title="First", price="9.00"))
    phone.call("checkout")
    ana = people()
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name="Buy everything").click()
    expect(ana.dialog.locator(".summary")).to_contain_text("First")
    phone.call("place_order")
    ana.answer_dialog()
    expect(ana.dialog.locator(".problem")).to_have_text(
        "It is not what you saw any more. Close this, and look again."
    )
    ana.close_dialog()
    expect(ana.dialog).to_contain_text("Nothing in it yet.")


def test_what_a_cart_set_aside_is_offered_when_it_is_opened_again(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="First", price="12.50", quantity=2)
    phone = service.member("ana")
    phone.call("add_to_cart", item=item, quantity=2)
    phone.call("checkout", mode="reserve_or_queue")
    ana = people()
    ana.carry(phone.token or "")
    ana.page.locator("#cart").click()
    expect(ana.dialog.get_by_role("button", name="Write to the shop")).to_be_visible()
    expect(ana.dialog.locator(".cart-totals")).to_have_text("€25.00")
    (held,) = phone.ask("list_reservations")
    phone.call("change_quantity", reservation=held["reservation_id"], quantity=1)
    expect(ana.dialog.locator(".cart-totals")).to_have_text("€12.50")
    phone.call("cancel_reservation", reservation=held["reservation_id"])
    expect(ana.dialog).to_contain_text("Nothing in it yet.")
