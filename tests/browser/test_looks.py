"""Light and dark, pictures, and every word in the language that is spoken."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from apartado.board import assets
from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def theme(person: Person) -> str | None:
    return person.page.locator("html").get_attribute("data-theme")


def test_the_theme_is_the_systems_until_another_is_chosen(people: People) -> None:
    ana = people(dark=True)
    assert theme(ana) == "dark"
    ana.page.emulate_media(color_scheme="light")
    expect(ana.page.locator("html")).to_have_attribute("data-theme", "light")
    ana.page.get_by_role("button", name="Dark").click()
    expect(ana.page.locator("html")).to_have_attribute("data-theme", "dark")
    ana.page.reload()
    assert theme(ana) == "dark"
    # Chosen back, nothing is kept in the browser.
    ana.page.get_by_role("button", name="Dark").click()
    assert theme(ana) == "light"
    assert ana.page.evaluate("localStorage.length") == 0


def test_pictures_come_from_where_the_shop_says_and_else_the_sleeve_is_drawn(
    service: Service, shop: Api, people: People
) -> None:
    far = "https://pictures.example/cover.jpg"
    own = {"sku": "OWN", "title": "Own", "images": [{"url": f"{service.url}/icon.svg"}]}
    gone = {"sku": "GONE", "title": "Gone", "images": [{"url": f"{service.url}/gone.jpg"}]}
    away = {"sku": "FAR", "title": "Far", "images": [{"url": far}]}
    shop.call("put_items", items=[own, gone, away])
    ana = people()
    expect(ana.card("Own").locator(".pictured img")).to_be_visible()
    for title in ("Gone", "Far"):
        expect(ana.card(title).locator("svg.sleeve")).to_be_visible()
        expect(ana.card(title).locator("img")).to_have_count(0)
    assert far not in ana.asked


def test_a_named_origin_is_in_the_policy_and_the_page_knows_it() -> None:
    (index,) = (one for one in assets(("https://pictures.example",)) if one.address == "/")
    policy = dict(index.headers)[b"content-security-policy"]
    assert b"img-src 'self' https://pictures.example;" in policy
    assert b'<meta name="pictures" content="https://pictures.example">' in index.body


MARKED = """
const mark = (key, value) =>
  typeof value === "function" ? (...given) => `⟦${value(...given)}⟧`
  : typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mark(k, v)]))
  : `⟦${value}⟧`;
const plain = new Set(["position_facts", "days_hours", "hours_minutes"]);
export const %(name)s = Object.fromEntries(Object.entries(REAL_%(name)s)
  .map(([key, value]) => [key, plain.has(key) ? value : mark(key, value)]));
"""

UNMARKED = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode()) {
    const e = words.currentNode.parentElement;
    if (e.closest("svg, script, noscript, option, abbr, .wordmark, .title, .artist")) continue;
    if (e.closest("time, .alias, .press, .price, .secret")) continue;
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const text = words.currentNode.data.replace(/⟦[^]*?⟧/g, "");
    if (/\\p{L}/u.test(text)) found.push(text);
  }
  for (const e of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    for (const name of ["aria-label", "placeholder", "title"]) {
      const text = e.getAttribute(name);
      if (text && e.localName !== "abbr" && !text.includes("⟦")) found.push(`${name}: ${text}`);
    }
  return found;
}"""


def test_no_word_on_the_board_is_written_into_its_code(
    service: Service, shop: Api, people: People
) -> None:
    """Every text of the dictionary is marked; what is seen without a mark came from elsewhere."""
    item = service.item(shop, title=TITLE, condition="Mint (M)", styles=["Son"])
    service.member("bea").call("reserve", item=item)

    def marked(route: Route) -> None:
        body = route.fetch().text()
        (name,) = re.findall(r"^export const (\w+) = \{", body, re.M)
        body = body.replace(f"export const {name} ", f"const REAL_{name} ") + MARKED % {
            "name": name
        }
        route.fulfill(content_type="text/javascript", body=body)

    ana = people("ana")
    ana.page.route(re.compile(r"/words-\w\w(-\w+)?\.js$"), marked)
    ana.page.reload()
    expect(ana.card(TITLE).locator("[data-action=join_queue]")).to_be_visible()
    styles = {"Son"}
    assert set(ana.page.evaluate(UNMARKED)) <= styles
    ana.press(TITLE, "join_queue")
    expect(ana.kept(TITLE)).to_be_visible()
    assert set(ana.page.evaluate(UNMARKED)) <= styles
    ana.page.locator("#profile").click()
    expect(ana.dialog).to_be_visible()
    assert set(ana.page.evaluate(UNMARKED)) <= styles


@pytest.mark.parametrize(("language", "band"), [("en-GB", "offered"), ("es-ES", "ofrecido")])
def test_the_band_around_what_is_offered_says_so(
    service: Service, shop: Api, people: People, language: str, band: str
) -> None:
    item = service.item(shop, title=TITLE)
    shop.call("set_policy", policy="offers", item=item, values={"promotion": "offer"})
    bea, ana = service.member("bea"), people("ana", language=language)
    held = bea.call("reserve", item=item)["reservation_id"]
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    bea.call("cancel_reservation", reservation=held)
    ana.sees(TITLE, "offered")
    expect(ana.card(TITLE).locator(".band")).to_have_text(band)


def test_a_closer_look_shows_the_status_in_the_colour_of_the_card(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    visitor = people()
    on_card = visitor.card(TITLE).locator(".chip")
    colour = """one => [getComputedStyle(one).color,
                        getComputedStyle(one, "::before").backgroundColor]"""
    visitor.card(TITLE).locator(".title").click()
    assert visitor.dialog.locator(".chip").evaluate(colour) == on_card.evaluate(colour)
