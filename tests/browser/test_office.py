"""The shop as a whole: figures that follow, who did what and why, and only for operators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def test_the_figures_and_the_feed_follow_what_happens(
    service: Service, shop: Api, operator: Person, picture: Callable[[Person, str], None]
) -> None:
    item = service.item(shop, title=TITLE, price="12.50", quantity=2)
    # What is seen on it is what it is called.
    expect(operator.page.locator("#profile")).to_have_accessible_name("olga operator: your account")
    operator.page.get_by_role("link", name="The shop").press("Enter")
    expect(operator.page.locator("#shop-title")).to_be_focused()
    # The servers of the tests write without fsync, and health says what that is worth.
    expect(operator.page.locator("#health")).to_contain_text("1 thing needs somebody.")
    expect(operator.page.locator("#health li").first).to_contain_text("Durability switched off")
    free = operator.page.locator("#figures dl > div").first
    expect(free).to_have_text("free2")
    held = service.member("ana").call("reserve", item=item)["reservation_id"]
    expect(free).to_have_text("free1")
    shop.call("revoke_reservation", reservation=held, reason="The needle slipped")
    expect(operator.page.locator("#activity")).to_contain_text("by olga · The needle slipped")
    shop.call("mark_sold", item=item)
    expect(operator.page.locator("#figures")).to_contain_text("€12.50")
    picture(operator, "shop-en")

    operator.page.get_by_label("Words in it").fill("needle")
    operator.page.get_by_label("Words in it").press("Enter")
    expect(operator.page.locator("#activity li")).to_have_count(1)
    expect(operator.page.locator("#activity li")).to_contain_text(f"Revoked{TITLE} · ana")
    expect(operator.page.locator("#murmur")).to_have_text("1 found.")
    operator.page.get_by_label("By whom").fill("nobody")
    operator.page.get_by_label("By whom").press("Enter")
    expect(operator.page.locator("#activity")).to_have_text("Nothing like that was done.")

    # A reload stays, and the way back is where the way here was.
    operator.page.reload()
    expect(operator.page.get_by_role("heading", name="The shop", exact=True)).to_be_visible()
    operator.page.get_by_role("link", name="The board").press("Enter")
    expect(operator.page.locator("#records")).to_be_focused()
    expect(operator.card(TITLE)).to_be_visible()


def test_what_is_new_stands_above_what_one_has_gone_back_to(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title=TITLE, quantity=200)
    ana = service.member("ana")
    held = ana.call("reserve", item=item)["reservation_id"]
    for units in range(2, 92):
        ana.call("change_quantity", reservation=held, quantity=units)
    operator.page.get_by_role("link", name="The shop").click()
    lines = operator.page.locator("#activity li")
    expect(lines).to_have_count(40)
    more = operator.page.locator("#activity-more")
    more.click()
    expect(lines).to_have_count(80)
    ana.call("cancel_reservation", reservation=held)
    expect(lines.first).to_contain_text(f"Let go{TITLE} · ana")
    expect(lines).to_have_count(81)
    more.click()
    expect(lines.last).to_contain_text("Signed inolga")
    expect(more).to_be_hidden()

    # Other words begin anew.
    operator.page.get_by_label("What", exact=True).select_option("purchase")
    expect(lines).to_have_text(["Nothing like that was done."])
    shop.call("mark_sold", item=item)
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text(f"Sold{TITLE}")


@pytest.mark.parametrize("place", ["activity", "orders"])
def test_a_name_keeps_the_focus_where_it_stands_often(
    service: Service, shop: Api, operator: Person, place: str
) -> None:
    item = service.item(shop, title=TITLE, quantity=9)
    ana = service.member("ana")

    def buy() -> None:
        cart = ana.call("add_to_cart", item=item)["cart_id"]
        shop.call("place_order", cart=cart)

    buy()
    buy()
    operator.page.get_by_role("link", name="The shop").click()
    names = operator.page.locator(f"#{place}").get_by_role("link", name="ana", exact=True)
    expect(names.nth(1)).to_be_visible()
    before = names.count()
    names.last.focus()
    buy()
    expect(names).not_to_have_count(before)
    expect(names.last).to_be_focused()


def test_an_office_that_stays_open_does_not_grow_without_end(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title=TITLE, quantity=200)
    ana = service.member("ana")
    held = ana.call("reserve", item=item)["reservation_id"]
    quantities = iter(range(2, 200))

    def go_on(times: int) -> None:
        for _ in range(times):
            ana.call("change_quantity", reservation=held, quantity=next(quantities))

    go_on(50)
    operator.page.get_by_role("link", name="The shop").click()
    lines = operator.page.locator("#activity li")
    expect(lines).to_have_count(40)
    go_on(30)
    expect(lines).to_have_count(70)
    go_on(30)
    expect(lines).to_have_count(80)
    operator.page.locator("#activity-more").click()
    expect(lines.last).to_contain_text("Signed inolga")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Well againNumbers used, in percent", "AlertNumbers used, in percent"]),
        (
            "es",
            [
                "De nuevo en ordenNúmeros gastados, en porcentaje",
                "AlertaNúmeros gastados, en porcentaje",
            ],
        ),
    ],
)
def test_the_feed_says_which_measure_an_alert_is_about(
    service: Service, operator: Person, language: str, told: list[str]
) -> None:
    with service.database.connect() as connection:
        connection.execute(
            "insert into apartado.alerts (measure, value, largest, unit, since)"
            " values ('numbers_used', 90, 50, '%%', apartado.clock())"
        )
        connection.execute("update apartado.alerts set told_at = apartado.clock()")
        connection.execute("delete from apartado.alerts")
    operator.page.goto(f"{service.url}/?lang={language}#shop")
    lines = operator.page.locator("#activity .what", has_text=told[0][-10:])
    expect(lines).to_have_text(told)


def test_the_feed_follows_what_is_about_no_record(
    service: Service, shop: Api, operator: Person
) -> None:
    operator.page.get_by_role("link", name="The shop").click()
    newest = operator.page.locator("#activity li").first
    expect(newest).to_be_visible()
    ana = service.member("ana")
    expect(newest).to_contain_text("Signed inana")
    shop.call("set_policy", policy="default", values={"hold": 3600}, reason="Quicker")
    expect(newest).to_contain_text("Quicker")
    shop.call("set_location", location="till")
    expect(newest).to_contain_text("Location changed")
    ana.call("join_walk_in", location="till")
    expect(newest).to_contain_text("Lined up at the tillana")
    shop.call("change_settings", registration="closed")
    expect(newest).to_contain_text("Settings changed")


def test_a_name_that_is_only_typed_hides_nothing(service: Service, operator: Person) -> None:
    operator.page.get_by_role("link", name="The shop").click()
    newest = operator.page.locator("#activity li").first
    expect(newest).to_be_visible()
    by = operator.page.get_by_label("By whom")
    by.press_sequentially("ev")
    service.member("ana")
    expect(newest).to_contain_text("Signed inana")
    expect(by).to_have_value("ev")
    by.press("Enter")
    expect(operator.page.locator("#activity")).to_have_text("Nothing like that was done.")


def test_what_happens_while_the_page_opens_is_seen(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title=TITLE)
    page = operator.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/rpc/get_snapshot*", hold, times=1)
    page.goto(f"{service.url}/?lang=en#shop")
    service.until(lambda: page.evaluate("document.readyState") == "complete" and held != [])
    service.member("ana").call("join_walk_in")
    held[0].continue_()
    expect(page.locator("#counter")).to_contain_text("ana")


def test_nobody_else_has_a_shop_to_look_at(service: Service, shop: Api, people: People) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana", language="es-ES", query="#shop")
    expect(ana.card(TITLE)).to_be_visible()
    expect(ana.page.locator("#shop")).to_be_hidden()
    expect(ana.page.locator("#to-shop")).to_be_hidden()


def test_a_hidden_record_leaves_every_board_and_comes_back(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    olga = people(query="?lang=es")
    olga.carry(shop.token or "")
    olga.press(TITLE, "manage")
    olga.dialog.get_by_role("button", name="Ocultar").click()
    olga.answer_dialog(reason="Se está limpiando")
    olga.is_told(f"{TITLE} está oculto.")
    expect(olga.dialog.get_by_role("button", name="Mostrar")).to_be_visible()
    olga.sees(TITLE, "hidden")
    visitor = people()
    expect(visitor.page.locator("#cards")).to_contain_text("The crates are empty.")
    olga.dialog.get_by_role("button", name="Mostrar").click()
    olga.answer_dialog(reason="Limpio")
    olga.is_told(f"{TITLE} está en el tablón.")
    olga.sees(TITLE, "available")
