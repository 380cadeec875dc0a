"""What the shop does about one record: stock, places in the line, reasons that people read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Route, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


@pytest.fixture
def waiting(service: Service, shop: Api) -> int:
    """A record that bea holds, and for which eva waits, and after her the others."""
    item = service.item(shop, title=TITLE)
    service.member("bea").call("reserve", item=item)
    service.member("eva").call("join_queue", item=item)
    return item


def test_who_waits_is_moved_and_told_why(waiting: int, operator: Person, people: People) -> None:
    ana = people("ana", language="es-ES")
    ana.press(TITLE, "join_queue")
    expect(ana.kept(TITLE)).to_contain_text("2.º de 2")

    operator.press(TITLE, "manage")
    line = operator.dialog.locator("ol.lines li")
    expect(line).to_have_count(2)
    operator.dialog.get_by_role("button", name="Move: ana", exact=True).click()
    operator.answer_dialog(position="1", reason="She came on foot")
    operator.is_told("ana is now 1st in line.")
    expect(line.first).to_contain_text("ana")
    # The person sees it at once, and reads why.
    expect(ana.kept(TITLE)).to_contain_text("1.º de 2")
    ana.kept(TITLE).locator(".wait").click()
    expect(ana.dialog).to_contain_text("La tienda ha movido tu lugar.")
    expect(ana.dialog).to_contain_text("She came on foot")


def test_a_reason_is_needed_and_asked_for_at_its_field(waiting: int, operator: Person) -> None:
    operator.press(TITLE, "manage")
    operator.dialog.get_by_role("button", name="Remove: eva").click()
    operator.answer_dialog()
    expect(operator.dialog.get_by_role("alert")).to_be_visible()
    expect(operator.dialog.locator("[name=reason]")).to_be_focused()
    operator.answer_dialog(reason="Asked for it by telephone")
    operator.is_told("eva is no longer in the line.")
    expect(operator.dialog.locator("ol.lines")).to_have_count(0)
    operator.close_dialog()
    expect(operator.card(TITLE).locator("[data-action=manage]")).to_be_focused()


def test_who_leaves_a_dialog_is_where_they_were_though_the_list_was_drawn_anew(
    waiting: int, service: Service, shop: Api, operator: Person
) -> None:
    operator.press(TITLE, "manage")
    line = operator.page.locator("dialog .till ol.lines li")
    remove = operator.dialog.get_by_role("button", name="Remove: eva", exact=True)
    remove.click()
    service.member("ana").call("join_queue", item=waiting)
    expect(line).to_have_count(2)
    operator.close_dialog()
    expect(remove).to_be_focused()
    # What is gone meanwhile gives it to the heading.
    remove.click()
    (eva, _) = shop.ask("list_queue", item=waiting)
    shop.call("remove_entry", entry=eva["queue_entry_id"], reason="Asked for it")
    expect(line).to_have_count(1)
    operator.close_dialog()
    expect(operator.dialog.locator("h2")).to_be_focused()


def test_who_leaves_a_dialog_of_the_shop_is_where_they_were(
    waiting: int, service: Service, shop: Api, operator: Person
) -> None:
    operator.page.goto(f"{operator.service.url}/#shop/bea")
    person = operator.page.locator("#member")
    revoke = person.get_by_role("button", name=f"Revoke: {TITLE}")
    revoke.click()
    other = service.item(shop, title="Marea")
    shop.call("mark_sold", item=other, buyer="bea")
    expect(person).to_contain_text("Marea")
    operator.close_dialog()
    expect(revoke).to_be_focused()


def test_a_name_keeps_the_focus_though_the_list_was_drawn_anew(
    waiting: int, service: Service, shop: Api, operator: Person
) -> None:
    operator.press(TITLE, "manage")
    line = operator.page.locator("dialog .till ol.lines li")
    eva = line.get_by_role("link", name="eva", exact=True)
    eva.focus()
    service.member("ana").call("join_queue", item=waiting)
    expect(line).to_have_count(2)
    expect(eva).to_be_focused()
    # Who is gone meanwhile gives it to the heading.
    (first, _) = shop.ask("list_queue", item=waiting)
    shop.call("remove_entry", entry=first["queue_entry_id"], reason="Asked for it")
    expect(line).to_have_count(1)
    expect(operator.dialog.locator("h2")).to_be_focused()


def test_more_stock_goes_to_the_line_first(waiting: int, operator: Person, people: People) -> None:
    ana = people("ana")
    ana.press(TITLE, "join_queue")
    operator.press(TITLE, "manage")
    operator.dialog.get_by_role("button", name="Adjust").click()
    operator.answer_dialog(delta="2", reason="Found in the cellar")
    operator.is_told(f"{TITLE}: 3 in all. 2 went to the line.")
    ana.is_told("It is your turn")
    figures = operator.dialog.locator(".figures dd")
    expect(figures).to_have_text(["0", "3", "0"])
    expect(operator.dialog).to_contain_text("Found in the cellar")


def test_a_paused_line_says_so(waiting: int, operator: Person, people: People) -> None:
    ana = people("ana")
    ana.press(TITLE, "join_queue")
    operator.press(TITLE, "manage")
    operator.dialog.get_by_role("button", name="Pause the line").click()
    operator.answer_dialog(reason="We are counting")
    operator.is_told(f"The line for {TITLE} is paused.")
    ana.kept(TITLE).locator(".wait").click()
    expect(ana.dialog).to_contain_text("The shop has paused this line.")
    expect(ana.dialog).to_contain_text("We are counting")


FORMS: dict[str, dict[str, str]] = {
    "en-GB": {"no_reason": "“Reason” is missing.", "no_number": "“Difference” is missing.",
              "zero": "Say how many came in or are gone.", "few": "Only 10 are free."},
    "es-ES": {"no_reason": "Falta «Motivo».", "no_number": "Falta «Diferencia».",
              "zero": "Di cuántas unidades han llegado o faltan.",
              "few": "Solo quedan 10 libres."},
}  # fmt: skip


@pytest.mark.parametrize("language", FORMS)
def test_a_form_says_what_is_missing_and_what_cannot_be(
    service: Service, shop: Api, people: People, language: str
) -> None:
    said = FORMS[language]
    service.item(shop, title=TITLE, quantity=10)
    olga = people(language=language)
    olga.open(f"?lang={language[:2]}")
    olga.carry(shop.token or "")
    olga.press(TITLE, "manage")
    olga.dialog.locator("[data-deed^=adjust]").click()
    alert = olga.dialog.get_by_role("alert")
    olga.answer_dialog(delta="")
    expect(alert).to_have_text(said["no_number"])
    expect(olga.dialog.locator("[name=delta]")).to_be_focused()
    olga.answer_dialog(delta="-11")
    expect(alert).to_have_text(said["no_reason"])
    expect(olga.dialog.locator("[name=reason]")).to_be_focused()
    olga.answer_dialog(reason=" ")
    expect(alert).to_have_text(said["no_reason"])
    olga.answer_dialog(delta="0", reason="Counted")
    expect(alert).to_have_text(said["zero"])
    olga.answer_dialog(delta="-11")
    expect(alert).to_have_text(said["few"])
    expect(olga.dialog.locator("[name=delta]")).to_be_focused()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en-GB", f"You are now 2nd in line for {TITLE}: Eva was first"),
        ("es-ES", f"Ahora eres el 2.º en la cola de {TITLE}: Eva was first"),
    ],
)
def test_who_is_moved_back_is_told_and_why(
    service: Service, shop: Api, people: People, language: str, told: str
) -> None:
    item = service.item(shop, title=TITLE)
    service.member("bea").call("reserve", item=item)
    ana = people("ana", language=language)
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    service.member("eva").call("join_queue", item=item)
    (first, _) = shop.ask("list_queue", item=item)
    shop.call("move_entry", entry=first["queue_entry_id"], position=2, reason="Eva was first")
    ana.is_told(told)
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(1)
    expect(ana.kept(TITLE)).to_contain_text("2")


def test_who_is_moved_back_while_an_answer_is_under_way_is_told(
    service: Service, shop: Api, people: People
) -> None:
    """What a status says before the event must not be all that is said."""
    item = service.item(shop, title=TITLE)
    service.member("bea").call("reserve", item=item)
    ana, held, is_slow = people("ana"), list[Route](), [True]

    def answer(route: Route) -> None:
        if any(is_slow):
            held.append(route)
        else:
            route.continue_()

    ana.page.route("**/rpc/get_status*", answer)
    ana.press(TITLE, "join_queue")
    ana.is_told(f"You are 1st in line for {TITLE}")
    service.member("eva").call("join_queue", item=item)
    (first, _) = shop.ask("list_queue", item=item)
    shop.call("move_entry", entry=first["queue_entry_id"], position=2, reason="Eva was first")
    ana.is_told(f"You are now 2nd in line for {TITLE}: Eva was first")
    is_slow.clear()
    for route in held:
        route.continue_()
    ana.sees(TITLE, "in_queue")


PAUSED: dict[str, dict[str, str]] = {
    "en-GB": {"pause": "Pause the line", "go_on": "Let the line go on",
              "line": "The line is paused: We are counting", "card": "line paused"},
    "es-ES": {"pause": "Detener la cola", "go_on": "Reanudar la cola",
              "line": "La cola está detenida: We are counting", "card": "cola detenida"},
}  # fmt: skip


@pytest.mark.parametrize("language", PAUSED)
def test_a_paused_line_is_seen_and_has_one_button(  # noqa: PLR0917 - fixtures
    waiting: int,
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
) -> None:
    said = PAUSED[language]
    ana = people("ana", language=language, dark=language == "es-ES")
    ana.press(TITLE, "join_queue")
    expect(ana.kept(TITLE)).to_contain_text("2")
    olga = people(language=language)
    olga.open(f"?lang={language[:2]}")
    olga.carry(shop.token or "")
    olga.press(TITLE, "manage")
    line = olga.dialog.locator(".till > section").nth(2)
    expect(line.get_by_role("button", name=said["go_on"])).to_have_count(0)
    line.get_by_role("button", name=said["pause"]).click()
    olga.answer_dialog(reason="We are counting")
    expect(line).to_contain_text(said["line"])
    expect(line.get_by_role("button", name=said["pause"])).to_have_count(0)
    expect(ana.kept(TITLE)).to_contain_text(said["line"])
    expect(ana.card(TITLE)).to_contain_text(said["card"])
    ana.page.reload()
    expect(ana.kept(TITLE)).to_contain_text(said["line"])
    picture(ana, f"paused-{language[:2]}")
    picture(olga, f"paused-till-{language[:2]}")
    line.get_by_role("button", name=said["go_on"]).click()
    olga.answer_dialog(reason="All there")
    expect(ana.kept(TITLE)).not_to_contain_text(said["line"])
    expect(line).not_to_contain_text(said["line"])


def test_more_than_a_page_is_counted_and_can_be_read(
    service: Service, shop: Api, operator: Person
) -> None:
    item = service.item(shop, title=TITLE)
    service.member("bea").call("reserve", item=item)
    with service.database.connect() as connection:
        connection.execute(
            "insert into apartado.members (alias, secret_hash, created_at)"
            " select 'm' || n, sha256(n::text::bytea), apartado.clock()"
            " from generate_series(1, 230) n"
        )
        connection.execute(
            "select j.* from generate_series(1, 230) n"
            " cross join lateral apartado.join_queue('m' || n, %s) j",
            [item],
        )
    operator.press(TITLE, "manage")
    line = operator.dialog.locator(".till > section").nth(2)
    expect(line.locator("h3 .count")).to_have_text("230")
    expect(line.locator("li")).to_have_count(200)
    line.get_by_role("button", name="Show more").click()
    expect(line.locator("li")).to_have_count(230)
    expect(line.get_by_role("button", name="Show more")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 600])
def test_what_happened_can_be_read_on_a_narrow_screen(
    service: Service, shop: Api, people: People, width: int
) -> None:
    service.item(shop, title=TITLE)
    olga = people(query="?lang=es", width=width)
    olga.carry(shop.token or "")
    olga.press(TITLE, "manage")
    what = olga.dialog.locator(".lines .what").get_by_text("Existencias")
    expect(what).to_be_visible()
    one_line = "(it) => it.offsetHeight < 2 * parseFloat(getComputedStyle(it).fontSize)"
    assert what.evaluate(one_line)


def test_a_sale_to_nobody_is_taken_back_where_it_is_told(
    service: Service, shop: Api, operator: Person, picture: Callable[[Person, str], None]
) -> None:
    shop.call("set_location", location="barcelona", name="Barcelona")
    item = service.item(shop, title=TITLE, quantity=3)
    way: dict[str, Any] = {"from": "main", "to": "barcelona"}
    shop.call("transfer_stock", item=item, quantity=1, reason="For the window", **way)
    shop.call("mark_sold", item=item, location="barcelona", buyer="")
    shop.call("mark_sold", item=item, location="main", quantity=2, buyer="")
    operator.page.locator("#cards [data-key$='@main'] [data-action=manage]").click()
    happened = operator.dialog.locator(".till > section").last
    undo = happened.get_by_role("button", name="Take back")
    expect(undo).to_have_count(1)
    picture(operator, "till-take-back")
    for left in ("1", None):
        undo.click()
        fields = {} if left is None else {"quantity": left}
        operator.answer_dialog(reason="It skips", **fields)
        operator.is_told(f"Taken back. {TITLE} is in stock again.")
        expect(undo).to_have_count(0 if left is None else 1)
    expect(happened).to_contain_text("taken back")
    expect(operator.dialog.locator(".figures dd").last).to_have_text("0")
    sold = {one["location"]: one["sold"] for one in shop.ask("list_statuses", items=item)}
    assert sold == {"main": 0, "barcelona": 1}


def test_what_happens_while_it_opens_is_seen(service: Service, shop: Api, operator: Person) -> None:
    item = service.item(shop, title=TITLE)
    operator.sees(TITLE, "available")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    operator.page.route("**/rpc/list_stock_changes*", hold, times=1)
    with operator.page.expect_response("**/rpc/list_holders*"):
        operator.press(TITLE, "manage")
    service.member("ana").call("reserve", item=item)
    operator.sees(TITLE, "reserved_by_others")
    held[0].continue_()
    expect(operator.dialog.get_by_role("button", name="Revoke: ana")).to_be_visible()
    expect(operator.dialog.locator(".figures dd")).to_have_text(["0", "1", "0"])


def test_an_answer_that_comes_late_hides_nobody(
    waiting: int, service: Service, operator: Person
) -> None:
    operator.press(TITLE, "manage")
    line = operator.dialog.locator("ol.lines li")
    expect(line).to_have_count(1)
    late: list[tuple[Route, APIResponse]] = []

    def keep(route: Route) -> None:
        late.append((route, route.fetch()))

    operator.page.route("**/rpc/list_queue*", keep, times=1)
    with operator.page.expect_request("**/rpc/list_queue*"):
        service.member("ana").call("join_queue", item=waiting)
    service.until(lambda: operator.page.evaluate("true") and late != [])
    service.member("cai").call("join_queue", item=waiting)
    expect(line).to_have_count(3)
    ((route, answer),) = late
    with operator.page.expect_response("**/rpc/list_queue*"):
        route.fulfill(response=answer)
    operator.page.evaluate("fetch('/health').then((answer) => answer.text())")
    expect(line).to_have_count(3)
