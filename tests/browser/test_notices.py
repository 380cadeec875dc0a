"""Notices: those that last are never lost, and nothing is said in the wrong language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TOLD = """async () => {
  const { toast } = await import("/dialogs.js");
  for (let n = 1; n <= 5; n += 1) toast({ text: `Told ${n}`, lasting: true });
  for (let n = 1; n <= 5; n += 1) toast({ text: `Passing ${n}` });
}"""
LONG = """async () => {
  const { toast } = await import("/dialogs.js");
  toast({ text: `Told ${"lang".repeat(25)}`, lasting: true });
}"""


@pytest.mark.parametrize(
    ("language", "width", "more"),
    [("en-GB", 1440, "3 more notices"), ("es-ES", 390, "3 avisos más")],
)
def test_a_lasting_notice_is_never_lost(
    people: People, language: str, width: int, more: str
) -> None:
    ana = people("ana", language=language, width=width)
    ana.page.evaluate(TOLD)
    notices = ana.page.locator("#toasts .toast")
    seen = notices.filter(visible=True, has_text="Told")
    expect(seen).to_have_text(["Told 4×", "Told 5×"])
    expect(notices.filter(has_text="Passing 5")).to_be_visible()
    ana.page.get_by_role("button", name=more).click()
    expect(seen).to_have_text([f"Told {n}×" for n in range(1, 6)])
    expect(ana.page.get_by_role("button", name=more)).to_have_count(0)
    for _ in range(5):
        seen.first.locator(".toast-close").click()
    expect(seen).to_have_count(0)
    # A long word does not push its way out of the window.
    ana.page.evaluate(LONG)
    close = seen.locator(".toast-close").bounding_box()
    assert close is not None
    assert close["x"] + close["width"] <= width


@pytest.mark.parametrize(
    ("query", "said", "then"),
    [("", "1 record", "1 disco"), ("?query=nothing+like+it", "0 records", "")],
)
def test_what_is_said_for_ears_is_over_in_another_language(  # noqa: PLR0917 - fixtures
    service: Service, shop: Api, people: People, query: str, said: str, then: str
) -> None:
    """How many there are is said anew."""
    service.item(shop)
    visitor = people(query=query)
    murmur = visitor.page.locator("#murmur")
    expect(murmur).to_have_text(said)
    visitor.page.locator("#tongue-es").click()
    expect(murmur).to_have_text(then)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_a_lasting_notice_covers_in_a_dialog_can_be_pressed(
    service: Service, shop: Api, people: People, width: int
) -> None:
    for number in range(4):
        service.item(shop, title=f"Disco {number}")
    ana = people("ana", width=width)
    ana.page.set_viewport_size({"width": width, "height": 500})
    for number in range(4):
        ana.press(f"Disco {number}", "add_to_cart")
    expect(ana.page.locator("#cart-count")).to_have_text("4")
    ana.page.locator("#cart").click()
    ana.page.evaluate(TOLD)
    ana.dialog.locator("[data-deed^=checkout]").click()
    ana.sees("Disco 3", "reserved")


@pytest.fixture
def promoted(service: Service, shop: Api, people: People) -> Person:
    """Ana, whose turn it is for nine minutes."""
    item = service.item(shop, title="Luz de Enero")
    shop.call("set_policy", policy="short", item=item, values={"hold": "9 minutes"})
    bea = service.member("bea")
    held = bea.call("reserve", item=item)["reservation_id"]
    ana = people("ana")
    ana.press("Luz de Enero", "join_queue")
    ana.sees("Luz de Enero", "in_queue")
    bea.call("cancel_reservation", reservation=held)
    ana.is_told("It is your turn")
    return ana


def announce(service: Service) -> None:
    with service.database.connect() as connection:
        connection.execute("select * from apartado.announce_expiring()")


def test_of_a_deadline_there_is_one_notice_and_none_when_it_is_past(
    service: Service, promoted: Person
) -> None:
    lasting = promoted.page.locator("#toasts [data-lasting]")
    # Who has less than ten minutes is told to the second.
    to_the_second = re.compile(r"until .*\d\d:\d\d:\d\d\.")
    expect(lasting).to_contain_text(to_the_second)
    expect(promoted.kept("Luz de Enero").locator(".until")).to_contain_text(
        re.compile(r":\d\d:\d\d$")
    )
    service.database_clock("+ interval '8 minutes'")
    announce(service)
    promoted.is_told("Not much time left")
    expect(lasting).to_have_count(1)
    service.database_clock("+ interval '10 minutes'")
    service.operator("eva").call("expire_and_promote")
    promoted.is_told("Your time for Luz de Enero has run out.")
    expect(lasting).to_have_count(1)


def test_what_is_bought_has_no_deadline_any_more(promoted: Person) -> None:
    lasting = promoted.page.locator("#toasts [data-lasting]")
    promoted.press("Luz de Enero", "confirm_reservation")
    promoted.answer_dialog()
    promoted.is_told("is bought, for")
    expect(lasting).to_have_count(0)


def test_a_notice_goes_by_itself_when_its_time_is_over(people: People) -> None:
    ana = people("ana")
    ana.page.evaluate("""async () => {
      const { toast } = await import("/dialogs.js");
      const { serverNow } = await import("/clock.js");
      const until = (ms) => new Date(serverNow() + ms).toISOString();
      toast({ text: "Soon over", lasting: true, about: "one", until: until(300) });
      toast({ text: "Over later", lasting: true, about: "other", until: until(60_000) });
      toast({ text: "Never over", lasting: true });
    }""")
    notices = ana.page.locator("#toasts .toast")
    expect(notices).to_have_text(["Over later×", "Never over×"])


def test_that_not_much_time_is_left_is_not_said_when_none_is(
    service: Service, shop: Api, people: People
) -> None:
    """It was told a moment before the end, and is heard after it."""
    service.item(shop, title="Luz de Enero")
    ana = people("ana")
    ana.press("Luz de Enero", "reserve")
    ana.sees("Luz de Enero", "reserved")
    ana.page.evaluate("""async () => {
      const { rows } = await import("/store.js");
      const { tellExpiringSoon } = await import("/changes.js");
      const [row] = rows.values();
      tellExpiringSoon({ ...row, my_expires_at: new Date(Date.now() - 60_000).toISOString() });
    }""")
    expect(ana.page.locator("#toasts")).not_to_contain_text("Not much time left")
