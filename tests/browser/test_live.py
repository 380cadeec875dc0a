"""What the stream changes on the screen, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"
AN_HOUR_FAST = "const now = Date.now; Date.now = () => now() + 3600 * 1000;"
SET_RIGHT_DURING_A_REQUEST = """
    const now = Date.now, ask = window.fetch;
    let fast = 3600 * 1000;
    Date.now = () => now() + fast;
    window.fetch = async (...what) => {
      const answer = await ask(...what);
      fast = 0;
      return answer;
    };
"""


def questions(person: Person) -> list[str]:
    return [url for url in person.asked if "/rpc/" in url]


def test_a_visitor_asks_nothing_when_something_changes(
    service: Service, shop: Api, people: People
) -> None:
    """Trap 46: the event carries the state, so nobody has to fetch it."""
    items = [service.item(shop, title=f"{TITLE} {n}") for n in range(5)]
    visitor = people()
    visitor.page.clock.install()
    visitor.open()
    visitor.sees(f"{TITLE} 0", "available")
    before = questions(visitor)
    ana = service.member("ana")
    for item in items:
        ana.call("reserve", item=item)
    for n in range(5):
        visitor.sees(f"{TITLE} {n}", "reserved_by_others")
    # Nor later: whatever the page put off is due now.
    visitor.page.clock.fast_forward(60_000)
    visitor.page.evaluate("0")
    assert questions(visitor) == before


def test_a_member_reads_again_only_what_changed_and_is_in_sight(
    service: Service, shop: Api, people: People
) -> None:
    """Trap 46: never everything on every event."""
    items = [service.item(shop, title=f"{TITLE} {n}") for n in range(20)]
    ana = people("ana")
    expect(ana.card(f"{TITLE} 19").locator("[data-action=reserve]")).to_be_visible()
    before = len(questions(ana))
    bea = service.member("bea")
    bea.call("reserve", item=items[0])
    bea.call("reserve", item=items[19])
    ana.sees(f"{TITLE} 0", "reserved_by_others")
    expect(ana.card(f"{TITLE} 19").locator("[data-action=join_queue]")).to_be_visible()
    expect(ana.card(f"{TITLE} 0").locator("[data-action=reserve]")).to_have_count(1)
    (again,) = questions(ana)[before:]
    assert urlsplit(again).path == "/rpc/list_statuses"
    assert parse_qs(urlsplit(again).query)["items"] == [str(items[19])]

    ana.card(f"{TITLE} 0").scroll_into_view_if_needed()
    expect(ana.card(f"{TITLE} 0").locator("[data-action=join_queue]")).to_be_visible()


def test_deadlines_are_counted_down_on_the_clock_of_the_database(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana", script=AN_HOUR_FAST)
    ana.press(TITLE, "reserve")
    # On her own clock an hour of it would be gone already.
    expect(ana.kept(TITLE).locator("time")).to_have_text("6 d 23 h")


def test_a_clock_that_is_set_right_during_a_request_is_learned_from_that_answer(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana", script=SET_RIGHT_DURING_A_REQUEST)
    ana.press(TITLE, "reserve")
    expect(ana.kept(TITLE).locator("time")).to_have_text("6 d 23 h")


def test_an_answer_that_the_browser_has_kept_does_not_tell_the_time(
    service: Service, shop: Api, people: People
) -> None:
    """What has not changed the browser gives again as it kept it, with the time of back then."""
    item = service.item(shop, title=TITLE)
    now = datetime.now(UTC)
    opens, closes = now.isoformat(), (now + timedelta(hours=4)).isoformat()
    shop.call("create_drop", title="Friday", items=[item], opens_at=opens, closes_at=closes)
    with service.database.connect() as connection:
        connection.execute("select apartado.announce_drops()")
    visitor = people()
    timer = visitor.page.locator(".drop").get_by_role("timer")
    expect(timer).to_have_text("3 h 59 min")

    service.database_clock("+ interval '2 hours'")
    visitor.page.add_init_script(AN_HOUR_FAST)
    visitor.page.reload()
    expect(timer).to_have_text("1 h 59 min")


def test_a_deadline_that_passes_takes_the_record_away(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people()
    secret = service.client().call("sign_in", alias="ana")["recovery_secret"]
    phone = service.client(service.client().call("sign_in", alias="ana", secret=secret)["token"])
    phone.call("reserve", item=item, ttl=3)
    ana.page.locator("#sign-in").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("ana")
    ana.answer_dialog()
    dialog.locator("[name=secret]").fill(secret)
    ana.answer_dialog()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    expect(ana.kept(TITLE)).to_have_count(0)
    ana.sees(TITLE, "available")


def test_the_stream_comes_back_by_itself_and_nothing_is_missed(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    visitor = people()
    head = service.client().ask("get_snapshot", items=[item])["pos"]
    broken = True

    def answer(route: Route) -> None:
        if broken:
            body = f"id: {head}\nretry: 200\n\n"
            route.fulfill(status=200, content_type="text/event-stream", body=body)
        else:
            route.continue_()

    visitor.page.route("**/events*", answer)
    visitor.page.reload()
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "cut")
    service.member("ana").call("reserve", item=item)
    visitor.sees(TITLE, "available")
    broken = False
    expect(visitor.page.locator("body")).to_have_attribute("data-line", "live")
    visitor.sees(TITLE, "reserved_by_others")


def test_what_happens_between_the_snapshot_and_the_stream_is_not_missed(
    service: Service, shop: Api, people: People
) -> None:
    """Trap 42: the stream begins where the snapshot was taken, not where it is now."""
    item = service.item(shop, title=TITLE)
    visitor = people()
    ana = service.member("ana")
    reserved: list[int] = []

    def answer(route: Route) -> None:
        if not reserved:
            reserved.append(ana.call("reserve", item=item)["reservation_id"])
        route.continue_()

    visitor.page.route("**/events*", answer)
    visitor.page.reload()
    visitor.sees(TITLE, "reserved_by_others")
    assert reserved


def test_a_reset_is_answered_with_a_snapshot(service: Service, shop: Api, people: People) -> None:
    item = service.item(shop, title=TITLE)
    visitor = people()
    body = 'id: 1\nretry: 200\nevent: reset\ndata: {"pos": 1}\n\n'
    visitor.page.route(
        "**/events*",
        lambda route: route.fulfill(status=200, content_type="text/event-stream", body=body),
    )
    visitor.page.reload()
    visitor.sees(TITLE, "available")
    service.member("ana").call("reserve", item=item)
    visitor.sees(TITLE, "reserved_by_others")


def test_a_command_whose_answer_is_cut_off_is_sent_again_under_its_key(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana")
    keys: list[str | None] = []

    def cut_off(route: Route) -> None:
        keys.append(route.request.header_value("idempotency-key"))
        if len(keys) == 1:
            body = route.fetch().text()[:20]
            route.fulfill(status=200, content_type="application/json", body=body)
        else:
            route.continue_()

    ana.page.route("**/rpc/reserve", cut_off)
    ana.press(TITLE, "reserve")
    ana.is_told(f"{TITLE} is yours until")
    assert len(keys) == 2
    assert keys[0] is not None
    assert keys[0] == keys[1]


def test_a_shop_that_cannot_be_reached_says_so_and_can_be_tried_again(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana")
    ana.page.route("**/rpc/**", lambda route: route.abort())
    ana.page.reload()
    expect(ana.page.locator("#cards")).to_contain_text("The shop cannot be reached.")
    ana.page.unroute("**/rpc/**")
    ana.page.get_by_role("button", name="Try again").click()
    ana.sees(TITLE, "available")
    expect(ana.page.locator("#account .alias")).to_have_text("ana")


def test_who_cannot_be_recognised_is_not_taken_for_a_visitor(people: People) -> None:
    ana = people("ana")
    ana.page.route("**/rpc/who_am_i", lambda route: route.abort())
    ana.page.reload()
    expect(ana.page.locator("#cards")).to_contain_text("The shop cannot be reached.")
    expect(ana.page.locator("#sign-in")).to_have_count(0)
    ana.page.unroute("**/rpc/who_am_i")
    ana.page.get_by_role("button", name="Try again").click()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")


def test_records_appear_on_an_empty_board_when_the_shop_imports_them(
    service: Service, shop: Api, people: People
) -> None:
    visitor = people()
    expect(visitor.page.locator("#cards")).to_contain_text("The crates are empty.")
    service.item(shop, title=TITLE)
    visitor.sees(TITLE, "available")


def test_a_board_that_began_empty_misses_nothing_while_its_stream_is_refused(
    service: Service, shop: Api, people: People
) -> None:
    visitor = people()
    answers = iter(["ended", "refused"])
    refused: list[int] = []

    def answer(route: Route) -> None:
        match next(answers, "served"):
            case "ended":
                route.fulfill(status=200, content_type="text/event-stream", body="retry: 200\n\n")
            case "refused":
                item = service.item(shop, title=TITLE)
                visitor.page.get_by_role("searchbox").fill(TITLE)
                visitor.sees(TITLE, "available")
                service.member("ana").call("reserve", item=item)
                refused.append(item)
                route.fulfill(status=503)
            case _:
                route.continue_()

    visitor.page.route("**/events*", answer)
    visitor.page.reload()
    visitor.sees(TITLE, "reserved_by_others")
    assert refused


def test_an_older_answer_never_replaces_a_newer_one(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    visitor = people()
    old = service.client().ask("get_status", item=item)
    service.member("ana").call("reserve", item=item)
    visitor.sees(TITLE, "reserved_by_others")
    learned = visitor.page.evaluate(
        "async (old) => (await import('/store.js')).learn(old).status", old
    )
    assert learned == "reserved_by_others"


def test_a_hidden_record_leaves_the_board(service: Service, shop: Api, people: People) -> None:
    service.item(shop, title=TITLE, sku="HIDE-ME")
    ana = people("ana")
    ana.sees(TITLE, "available")
    shop.call("put_items", items=[{"sku": "HIDE-ME", "title": TITLE, "visible": False}])
    expect(ana.card(TITLE)).to_have_count(0)


def test_a_new_price_is_shown_at_once(service: Service, shop: Api, people: People) -> None:
    service.item(shop, title=TITLE, sku="PRICE", price="12.50")
    visitor = people()
    expect(visitor.card(TITLE)).to_contain_text("€12.50")
    shop.call("put_items", items=[{"sku": "PRICE", "price": "9.00"}])
    expect(visitor.card(TITLE)).to_contain_text("€9.00")


def test_who_holds_a_record_is_told_when_the_time_is_nearly_over(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    phone = service.member("ana")
    ana = people()
    ana.carry(phone.token or "")
    phone.call("reserve", item=item)
    ana.sees(TITLE, "reserved")
    service.database_clock("+ interval '6 days 12 hours'")
    with service.database.connect() as connection:
        connection.execute("select * from apartado.announce_expiring()")
    ana.is_told("Not much time left")
