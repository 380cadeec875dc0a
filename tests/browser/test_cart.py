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
