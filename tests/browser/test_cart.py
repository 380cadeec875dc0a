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
        ("en-GB", "1 set aside, 1 in line.", "€20.00"),
        ("es-ES", "1 apartado, 1 en cola.", "20,00 €"),
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
    expect(carts).to_have_count(1)
    expect(carts.locator("li")).to_contain_text("Near")
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


def test_what_a_hard_cart_sets_aside_counts(service: Service, shop: Api, people: People) -> None:
    shop.call("set_policy", policy="default", values={"cart": "hard"}, reason="No disputes")
    service.item(shop, title="Free")
    ana = people("ana")
    ana.press("Free", "add_to_cart")
    ana.sees("Free", "reserved")
    expect(ana.page.locator("#cart-count")).to_have_text("1")
    ana.page.reload()
    expect(ana.page.locator("#cart-count")).to_have_text("1")
