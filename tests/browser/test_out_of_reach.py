"""What could not be read leaves what is there, and is read as soon as it can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

FAILED = {"en-GB": "The records could not be read.", "es-ES": "No se han podido leer los discos."}


def breaks(person: Person) -> None:
    person.page.route(
        "**/rpc/find_items*",
        lambda route: route.fulfill(status=500, content_type="application/problem+json", body="{}"),
    )


def mends(person: Person) -> None:
    """And the stream, which was cut as well, is opened again."""
    person.page.unroute("**/rpc/find_items*")
    person.page.evaluate("dispatchEvent(new Event('online'))")


@pytest.mark.parametrize("language", FAILED)
def test_a_search_that_fails_leaves_the_records_and_is_made_again(
    service: Service, shop: Api, people: People, language: str
) -> None:
    for title in ("Here", "There"):
        service.item(shop, title=title)
    visitor = people(language=language)
    visitor.sees("Here", "available")
    breaks(visitor)
    visitor.page.get_by_role("searchbox").fill("There")
    expect(visitor.page.locator("#trouble")).to_contain_text(FAILED[language])
    visitor.sees("Here", "available")
    mends(visitor)
    expect(visitor.page.locator("#trouble")).to_be_empty()
    expect(visitor.card("Here")).to_have_count(0)
    visitor.sees("There", "available")


UNWORDED = {
    "en-GB": ("The shop did not answer as it should (500).", "Try again in a moment."),
    "es-ES": ("La tienda no ha respondido como debía (500).", "Vuelve a intentarlo en un momento."),
}


@pytest.mark.parametrize("language", UNWORDED)
def test_a_refusal_without_words_is_told_in_words(
    service: Service, shop: Api, people: People, language: str
) -> None:
    title, hint = UNWORDED[language]
    service.item(shop, title="Here")
    visitor = people(language=language)
    breaks(visitor)
    visitor.page.get_by_role("searchbox").fill("There")
    trouble = visitor.page.locator("#trouble")
    expect(trouble.locator("strong")).to_have_text(f"{FAILED[language]} {title}")
    expect(trouble.locator("span")).to_have_text(hint)


def test_a_page_that_fails_is_said_at_the_button_and_read_again(shop: Api, people: People) -> None:
    items = [{"sku": f"M-{n}", "title": f"Number {n:04}", "price": "5"} for n in range(60)]
    shop.call("put_items", items=items)
    visitor = people()
    cards = visitor.page.locator("#cards .card")
    expect(cards).to_have_count(48)
    breaks(visitor)
    visitor.page.locator("#more").click()
    expect(visitor.page.locator("#more-trouble")).to_contain_text(FAILED["en-GB"])
    expect(cards).to_have_count(48)
    expect(visitor.page.locator("#more")).to_be_visible()
    mends(visitor)
    expect(cards).to_have_count(60)
    expect(visitor.page.locator("#more-trouble")).to_be_empty()


UNTIL_IT_WAS_GIVEN_UP = """async () => {
  const { rows } = await import("/store.js");
  await Promise.all([...rows.values()].map((row) => row.asking));
}"""


def test_a_status_that_could_not_be_read_is_read_when_the_stream_is_back(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="Here")
    phone = service.member("ana")
    ana = people()
    ana.carry(phone.token or "")
    ana.page.route("**/rpc/get_status*", lambda route: route.abort())
    with ana.page.expect_request("**/rpc/get_status*"):
        phone.call("reserve", item=item)
    ana.page.evaluate(UNTIL_IT_WAS_GIVEN_UP)
    ana.page.unroute("**/rpc/get_status*")
    expect(ana.kept("Here")).to_have_count(0)
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    expect(ana.kept("Here")).to_be_visible()


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("find_items?status=reserved*", "#mine .mine-item"),
        ("list_drops*", ".drop"),
        ("list_carts*", "#cart-count:has-text('1')"),
    ],
)
def test_what_stands_beside_the_records_is_read_when_the_stream_is_back(
    service: Service, shop: Api, people: People, question: str, place: str
) -> None:
    held, gathered = (service.item(shop, title=title) for title in ("Here", "There"))
    opens_at = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    shop.call("create_drop", title="Friday", items=[service.item(shop)], opens_at=opens_at)
    phone = service.member("ana")
    phone.call("reserve", item=held)
    phone.call("add_to_cart", item=gathered)
    ana = people(query="?query=nothing-has-this-name")
    ana.page.route(f"**/rpc/{question}", lambda route: route.abort())
    ana.carry(phone.token or "")
    expect(ana.page.locator(place)).to_have_count(0)
    ana.page.unroute(f"**/rpc/{question}")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    expect(ana.page.locator(place)).to_be_visible()


def fails(person: Person, question: str) -> None:
    person.page.route(f"**/rpc/{question}*", lambda route: route.fulfill(status=500, body="{}"))


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("list_drops", ".drop"),
        ("get_item", "#mine .mine-item"),
        ("get_cart", "#cart-count:has-text('1')"),
        ("get_status", "#cards .card[data-status=reserved]"),
        ("list_statuses", "#cards .card [data-action=join_queue]"),
    ],
)
def test_what_an_event_made_one_read_is_read_again_though_no_other_comes(
    service: Service, shop: Api, people: People, question: str, place: str
) -> None:
    item = service.item(shop, title="Here")
    phone = service.member("ana")
    ana = people(query="?query=nothing-has-this-name" if question == "get_item" else "")
    ana.carry(phone.token or "")
    fails(ana, question)
    with ana.page.expect_response(f"**/rpc/{question}*"):
        match question:
            case "list_drops":
                opens_at = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
                other = service.item(shop, title="There")
                shop.call("create_drop", title="Friday", items=[other], opens_at=opens_at)
            case "get_cart":
                phone.call("add_to_cart", item=item)
            case "list_statuses":
                service.member("bea").call("reserve", item=item)
            case _:
                phone.call("reserve", item=item)
    expect(ana.page.locator(place)).to_have_count(0)
    ana.page.unroute(f"**/rpc/{question}*")
    expect(ana.page.locator(place)).to_be_visible()


SHOP = {
    "list_walk_ins": ("#counter", "ana"),
    "list_orders": ("#orders", "order no. 1"),
    "dashboard": ("#figures", "€5.00"),
    "search_audit": ("#activity", "Ordered"),
    "get_member": ("#member", "order no. 1"),
}


@pytest.mark.parametrize("is_open", [True, False])
def test_what_the_shop_looks_at_is_read_again_though_nothing_else_happens(
    service: Service, shop: Api, operator: Person, is_open: bool
) -> None:
    item = service.item(shop, title="Here", price="5")
    ana = service.member("ana")
    page = operator.page
    office = f"{service.url}/#shop/ana"
    if is_open:
        page.goto(office)
        expect(page.locator("#member-name")).to_have_text("ana")
    failed: set[str] = set()
    page.on("response", lambda answer: failed.add(answer.url.split("/rpc/")[-1].split("?")[0]))
    for question in SHOP:
        fails(operator, question)
    ana.call("join_walk_in")
    ana.call("place_order", lines=[{"item": item, "quantity": 1}])
    if not is_open:
        page.goto(office)
    service.until(lambda: page.evaluate("true") and failed >= SHOP.keys())
    problem = page.locator("#toasts, #people-form").filter(has_text="did not answer as it should")
    expect(problem.first).to_be_visible()
    for question in SHOP:
        page.unroute(f"**/rpc/{question}*")
    for place, words in SHOP.values():
        expect(page.locator(place)).to_contain_text(words)
    expect(page.locator("#people-form").get_by_role("alert")).to_have_count(0)


def test_what_a_record_shows_the_shop_is_read_again_though_nothing_else_happens(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title="Here")
    operator.press("Here", "manage")
    expect(operator.dialog).to_contain_text("Nobody holds it now.")
    fails(operator, "list_holders")
    with operator.page.expect_response("**/rpc/list_holders*"):
        service.member("ana").call("reserve", item=item)
    operator.is_told("did not answer as it should")
    operator.page.unroute("**/rpc/list_holders*")
    expect(operator.dialog.get_by_role("button", name="Revoke: ana")).to_be_visible()
