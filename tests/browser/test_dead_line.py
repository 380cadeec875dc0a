"""A line on which nothing comes any more, and a press that nobody answers: both are said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from apartado import events, stream
from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"
SECOND = 1000
TWO_PINGS = """() => new Promise((heard) => {
  const source = new EventSource("/events?pings=true");
  let pings = 0;
  source.addEventListener("ping", () => {
    pings += 1;
    if (pings < 2) return;
    source.close();
    heard();
  });
})"""


def streams(person: Person) -> list[str]:
    return [url for url in person.asked if "/events" in url]


@pytest.mark.parametrize(
    ("language", "cut"),
    [
        ("en-GB", "Connection lost, trying again…"),
        ("es-ES", "Sin conexión, reintentando…"),
    ],
)
def test_a_line_that_says_nothing_is_not_live(
    service: Service, shop: Api, people: People, language: str, cut: str
) -> None:
    item = service.item(shop, title=TITLE)
    visitor = people(language=language)
    visitor.page.clock.install()
    visitor.open()
    kept: list[Route] = []
    visitor.page.route("**/events*", lambda route: kept.append(route))  # noqa: PLW0108 - Playwright marks it
    visitor.page.clock.fast_forward(41 * SECOND)
    expect(visitor.page.locator("#line-text")).to_have_text(cut)
    # Neither does another one that is never opened.
    visitor.page.clock.fast_forward(16 * SECOND)
    expect(visitor.page.locator("#line-text")).to_have_text(cut)
    service.member("ana").call("reserve", item=item)
    visitor.page.unroute("**/events*")
    visitor.page.clock.fast_forward(16 * SECOND)
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "live")
    visitor.sees(TITLE, "reserved_by_others")


def test_pings_are_heard(service: Service, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PING_SECONDS", 0.05)
    visitor = people()
    visitor.page.clock.install()
    visitor.open()
    before = len(streams(visitor))
    for _ in range(3):
        visitor.page.clock.fast_forward(30 * SECOND)
        visitor.page.evaluate(TWO_PINGS)
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "live")
    assert len(streams(visitor)) == before + 3


def test_who_is_offline_is_told_at_once_and_comes_back(people: People) -> None:
    visitor = people()
    visitor.page.context.set_offline(True)
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "cut")
    visitor.page.context.set_offline(False)
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "live")


@pytest.mark.parametrize(
    ("language", "trying", "done"),
    [
        ("en-GB", "Still trying…", f"{TITLE} is yours until"),
        ("es-ES", "Seguimos intentándolo…", f"{TITLE} es tuyo hasta el"),
    ],
)
def test_a_press_that_is_not_answered_is_said_and_repeated_under_its_key(  # noqa: PLR0917 - fixtures
    service: Service, shop: Api, people: People, language: str, trying: str, done: str
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana", language=language)
    ana.page.clock.install()
    ana.open(f"?lang={language[:2]}")
    keys: list[str | None] = []
    unanswered: list[Route] = []

    def swallow(route: Route) -> None:
        keys.append(route.request.header_value("idempotency-key"))
        if len(keys) == 1:
            unanswered.append(route)
        else:
            route.continue_()

    ana.page.route("**/rpc/reserve", swallow)
    ana.press(TITLE, "reserve")
    ana.page.clock.fast_forward(4 * SECOND)
    ana.is_told(trying)
    ana.page.clock.fast_forward(7 * SECOND)
    ana.page.clock.fast_forward(2 * SECOND)
    ana.is_told(done)
    expect(ana.page.locator("#toasts")).not_to_contain_text(trying)
    assert len(keys) == 2
    assert keys[0] is not None
    assert keys[0] == keys[1]


SOURCES = """
    const Source = EventSource;
    window.sources = [];
    window.EventSource = class extends Source {
      constructor(...what) {
        super(...what);
        sources.push(this);
      }
    };
"""


def test_who_comes_back_in_two_ways_at_once_has_one_line(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    visitor = people(script=SOURCES)
    page = visitor.page
    questions: list[Route] = []
    page.route("**/rpc/who_am_i", lambda route: questions.append(route))  # noqa: PLW0108 - Playwright marks it
    page.route("**/events*", lambda route: route.fulfill(status=503))
    with page.expect_request("**/rpc/who_am_i"):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.unroute("**/events*")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("body")).to_have_attribute("data-line", "live")
    with page.expect_request("**/events*"):
        questions[0].continue_()
    lines = "sources.filter(({ readyState }) => readyState !== EventSource.CLOSED).length"
    assert page.evaluate(lines) == 1


SEEN = """
    let seen = "visible";
    Object.defineProperty(document, "visibilityState", { get: () => seen });
    window.look = (next) => {
      seen = next;
      document.dispatchEvent(new Event("visibilitychange"));
    };
"""


def test_a_seventh_page_of_one_browser_finds_a_line(
    service: Service, shop: Api, people: People
) -> None:
    """A browser has six lines to a service, and each stream keeps one."""
    item = service.item(shop, title=TITLE)
    visitor = people(script=SEEN)
    pages = [visitor.page, *(visitor.page.context.new_page() for _ in range(6))]
    for page in pages:
        page.clock.install()
        page.goto(service.url)
        expect(page.locator("body")).to_have_attribute("data-line", "live")
        page.evaluate("look('hidden')")
        page.clock.fast_forward(6 * SECOND)
    service.member("ana").call("reserve", item=item)
    visitor.sees(TITLE, "available")
    visitor.page.evaluate("look('visible')")
    visitor.sees(TITLE, "reserved_by_others")


def test_what_was_hidden_while_the_line_was_cut_is_not_there_any_more(
    service: Service, shop: Api, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it was hidden is told once, to who listens."""
    monkeypatch.setattr(events, "KEPT_SECONDS", 0)
    item = service.item(shop, title=TITLE)
    service.item(shop, title="Otro")
    visitor = people()
    visitor.page.context.set_offline(True)
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "cut")
    hub = service.parts.hub
    service.until(lambda: not hub.readers)
    head = hub.pos or 0
    shop.call("set_visibility", item=item, visible=False, reason="stolen")
    service.until(lambda: hub.remembers(head + 1) and not hub.remembers(head))
    visitor.page.context.set_offline(False)
    expect(visitor.card("Otro")).to_be_visible()
    expect(visitor.card(TITLE)).to_have_count(0)
