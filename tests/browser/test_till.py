"""What the shop does about one record: stock, places in the line, reasons that people read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
    operator.is_told("ana is now 1.")
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
