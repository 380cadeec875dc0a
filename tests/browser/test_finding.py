"""Search, filters, order and pages, all asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api

pytestmark = pytest.mark.one_postgresql

MINT, GOOD = "Mint (M)", "Good (G)"


@pytest.fixture
def crates(shop: Api) -> None:
    """A hundred and twenty records in which four can be told apart."""
    items: list[dict[str, Any]] = [
        {"sku": f"N-{n:03}", "title": f"Number {n:03}", "price": f"{n}.00", "condition": GOOD}
        for n in range(1, 117)
    ]
    items += [
        {
            "sku": f"B-{n}",
            "title": f"Boleros {n}",
            "price": f"{200 + n}.00",
            "artists": ["Trío Añil"],
            "styles": ["Bolero"],
            "year": 1950 + n,
            "condition": MINT if n == 1 else GOOD,
        }
        for n in range(1, 5)
    ]
    shop.call("put_items", items=items)


def titles(person: Person) -> list[str]:
    return person.page.locator("#cards .card .title").all_text_contents()


def test_words_filters_and_order_work_together_and_are_kept_in_the_address(
    crates: None, people: People
) -> None:
    ana = people()
    ana.page.get_by_role("searchbox").fill("anil")
    expect(ana.page.locator("#cards .card")).to_have_count(4)
    ana.page.get_by_label("Order", exact=True).select_option("-year")
    expect(ana.page.locator("#cards .title").first).to_have_text("Boleros 4")
    ana.page.get_by_role("button", name="Filters").click()
    ana.page.get_by_label("Price up to").fill("203")
    expect(ana.page.locator("#cards .card")).to_have_count(3)
    ana.page.get_by_label("Condition").select_option(GOOD)
    expect(ana.page.locator("#cards .card")).to_have_count(2)
    assert titles(ana) == ["Boleros 3", "Boleros 2"]

    ana.page.reload()
    expect(ana.page.locator("#cards .card")).to_have_count(2)
    assert titles(ana) == ["Boleros 3", "Boleros 2"]
    expect(ana.page.get_by_role("searchbox")).to_have_value("anil")

    ana.page.get_by_label("Year from").fill("99999999999999")
    expect(ana.page.get_by_label("Year from")).to_have_attribute("aria-invalid", "true")
    ana.page.get_by_role("button", name="Clear all").click()
    expect(ana.page.locator("#cards .card")).to_have_count(48)
    expect(ana.page.get_by_label("Year from")).not_to_have_attribute("aria-invalid", "true")
    expect(ana.page).to_have_url(f"{ana.service.url}/")


def test_a_style_on_a_card_is_a_filter(crates: None, people: People) -> None:
    ana = people(query="?query=boleros")
    ana.page.get_by_role("button", name="Show Bolero").first.click()
    expect(ana.page.get_by_label("Style")).to_have_value("Bolero")
    expect(ana.page.locator("#cards .card")).to_have_count(4)


def test_more_pages_come_without_a_gap_and_the_focus_goes_on(crates: None, people: People) -> None:
    ana = people(query="?sort=price")
    expect(ana.page.locator("#cards .card")).to_have_count(48)
    ana.page.get_by_role("button", name="Show more").click()
    expect(ana.page.locator("#cards .card")).to_have_count(96)
    ana.page.get_by_role("button", name="Show more").click()
    expect(ana.page.locator("#cards .card")).to_have_count(120)
    expect(ana.page.get_by_role("button", name="Show more")).to_have_count(0)
    assert titles(ana)[:116] == [f"Number {n:03}" for n in range(1, 117)]
    expect(ana.page.locator("#cards .card .title").nth(96)).to_be_focused()


def test_the_status_is_a_filter_too(crates: None, people: People) -> None:
    ana = people("ana", query="?query=boleros")
    ana.press("Boleros 2", "reserve")
    ana.sees("Boleros 2", "reserved")
    ana.page.get_by_role("radio", name="Yours").check()
    expect(ana.page.locator("#cards .card")).to_have_count(1)
    ana.page.get_by_role("radio", name="Sold").check()
    expect(ana.page.locator("#cards")).to_contain_text("No record matches that.")
    ana.page.get_by_role("radio", name="All").check()
    expect(ana.page.locator("#cards .card")).to_have_count(4)


def test_markup_in_a_title_stays_text(shop: Api, people: People) -> None:
    title = "<img src=x onerror=alert(1)> & <b>bold</b>"
    shop.call("put_items", items=[{"sku": "X", "title": title}])
    ana = people()
    expect(ana.page.locator("#cards .title")).to_have_text(title)
    expect(ana.page.locator("#cards b, #cards img")).to_have_count(0)


def test_an_empty_shop_says_so(shop: Api, people: People) -> None:
    ana = people(language="es-ES")
    expect(ana.page.locator("#cards")).to_contain_text("Las cubetas están vacías.")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-GB", ("Other variants", "Available", "Set aside")),
        ("es-ES", ("Otras variantes", "Disponible", "Apartado")),
    ],
)
def test_the_variants_of_one_thing_are_shown_together(
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
    words: tuple[str, str, str],
) -> None:
    heading, left, gone = words
    items = [
        {"sku": f"R-{n}", "title": f"Runner - {n}", "price": "90", "parent": "runner"}
        for n in (42, 43, 44)
    ]
    shop.call("put_items", items=[*items, {"sku": "B", "title": "Boot"}])
    ana = people(language=language)
    ana.page.get_by_role("button", name="Runner - 43", exact=True).click()
    family = ana.dialog.locator(".family li")
    expect(ana.dialog.get_by_role("heading", name=heading)).to_be_visible()
    expect(family).to_have_text([f"Runner - 42{left}", f"Runner - 44{left}"])
    shop.call("reserve", item=shop.ask("item_id", sku="R-44")["item_id"])
    expect(family).to_have_text([f"Runner - 42{left}", f"Runner - 44{gone}"])
    for width in (1440, 390):
        ana.page.set_viewport_size({"width": width, "height": 900})
        family.last.scroll_into_view_if_needed()
        picture(ana, f"variants-{language}-{width}")

    family.first.get_by_role("button").click()
    expect(ana.dialog.get_by_role("heading", level=2)).to_have_text("Runner - 42")
    ana.page.keyboard.press("Escape")
    ana.page.keyboard.press("Escape")
    ana.page.get_by_role("button", name="Boot", exact=True).click()
    expect(ana.dialog.get_by_role("heading", name="Boot")).to_be_visible()
    expect(ana.dialog.get_by_role("heading", name=heading)).to_have_count(0)
