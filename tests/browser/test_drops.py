"""Drops: the time to the opening, the opening itself, what is left, and who has bought."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import APIResponse, Route, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def within(**time: int) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


def test_a_drop_opens_before_ones_eyes(service: Service, shop: Api, people: People) -> None:
    item = service.item(shop, title=TITLE, quantity=3)
    drop = shop.call("create_drop", title="Friday", items=[item], opens_at=within(hours=2))
    ana = people("ana")
    panel = ana.page.locator(".drop")
    expect(panel).to_contain_text("Coming up")
    expect(panel.get_by_role("timer")).to_contain_text("1 h 59 min")
    expect(panel).to_contain_text("3 free · 0 set aside · 0 sold")
    ana.sees(TITLE, "upcoming")
    expect(ana.card(TITLE).locator("[data-action=reserve]")).to_have_count(0)

    # The job that announces it need not run for the doors to open; the page waits for neither.
    number, soon = drop["drop_id"], within(seconds=2)
    shop.call("change_drop", drop=number, opens_at=soon, reason="We are ready")
    expect(panel).to_contain_text("Open now")
    ana.sees(TITLE, "available")
    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")
    expect(panel).to_contain_text("2 free · 1 set aside · 0 sold")


def test_a_drop_that_is_announced_comes_before_ones_eyes(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    visitor = people()
    visitor.sees(TITLE, "available")
    shop.call("create_drop", title="Friday", items=[item], opens_at=within(hours=2))
    visitor.sees(TITLE, "upcoming")
    expect(visitor.page.locator(".drop")).to_contain_text("Friday")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-GB", r"Opens [^,]+, June 15, 2097 at "),
        ("es-ES", r"Abre el [^,]+, 15 de junio de 2097, "),
    ],
)
def test_a_drop_of_another_year_says_which(
    shop: Api, people: People, language: str, words: str
) -> None:
    soon = within(minutes=1)
    shop.call("create_drop", title="Far", items=[], opens_at="2097-06-15T12:00:00Z")
    shop.call("create_drop", title="Near", items=[], opens_at=soon)
    when = people(language=language).page.locator(".drop-when")
    expect(when).to_have_text([re.compile(soon[8:10].lstrip("0")), re.compile(words)])
    expect(when.first).not_to_contain_text(soon[:4])


def test_a_drop_that_ended_stays_in_sight_for_a_day(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE, quantity=3)
    drop = shop.call("create_drop", title="Friday", items=[item], opens_at=within(seconds=-60))
    shop.call("create_drop", title="Monday", items=[], opens_at=within(days=3))
    ana = people("ana")
    ana.press(TITLE, "reserve")
    panels = ana.page.locator(".drop h3")
    expect(panels).to_have_text(["Friday", "Monday"])
    number, soon = drop["drop_id"], within(seconds=2)
    shop.call("change_drop", drop=number, closes_at=soon, reason="That is all")
    expect(panels).to_have_text(["Monday", "Friday"])
    panel = ana.page.locator(".drop[data-phase=ended]")
    expect(panel).to_contain_text("Closed")
    expect(panel).to_contain_text("It was open until")
    expect(panel).to_contain_text("2 free · 1 set aside · 0 sold")
    expect(panel.get_by_role("timer")).to_have_count(0)
    service.database_clock("+ interval '25 hours'")
    ana.page.reload()
    expect(panels).to_have_text(["Monday"])


def test_a_draw_can_be_checked_after_the_drop_ended(
    service: Service, shop: Api, people: People, picture: Callable[[Person, str], None]
) -> None:
    item = service.item(shop, title=TITLE)
    drop = shop.call(
        "create_drop",
        title="Viernes",
        items=[item],
        opens_at=within(hours=1),
        closes_at=within(hours=2),
        lottery=True,
    )
    service.member("ana").call("join_queue", item=item)
    service.database_clock("+ interval '90 minutes'")
    drawn: list[str] = []

    def draw() -> bool:
        drawn.append(shop.call("draw_lottery", drop=drop["drop_id"])["seed"])
        return drawn[-1] is not None

    service.until(draw)
    service.database_clock("+ interval '150 minutes'")
    visitor = people(language="es-ES")
    panel = visitor.page.locator(".drop")
    expect(panel).to_contain_text("Cerrado")
    expect(panel).to_contain_text("Estuvo abierto hasta el")
    panel.get_by_text("Comprobar el sorteo").click()
    expect(panel.locator("code")).to_have_text([drop["seed_hash"], drawn[-1]])
    picture(visitor, "drop-ended-es")


def test_until_the_draw_a_place_is_no_number_and_then_it_is_told(
    service: Service, shop: Api, people: People, picture: Callable[[Person, str], None]
) -> None:
    item = service.item(shop, title=TITLE)
    drop = shop.call(
        "create_drop", title="Lots", items=[item], opens_at=within(hours=1), lottery=True
    )
    ana = people("ana", width=360)
    ana.card(TITLE).locator(".why").click()
    expect(ana.dialog).to_contain_text("Line up before it opens, and you take part in the draw.")
    ana.close_dialog()
    ana.press(TITLE, "join_queue")
    ana.is_told(f"{TITLE}: you take part in the draw.")
    service.member("bea").call("join_queue", item=item)
    expect(ana.card(TITLE).locator(".facts")).to_have_text("you take part in the draw")
    expect(ana.card(TITLE).locator(".band")).to_have_text("in the draw")
    expect(ana.kept(TITLE)).to_contain_text("you take part in the draw")
    picture(ana, "before-the-draw")
    for action in ("suspend_entry", "resume_entry"):
        ana.kept(TITLE).locator(f"[data-action={action}]").click()
    ana.is_told(f"You take turns again in the line for {TITLE}.")
    ana.kept(TITLE).locator("[data-action=leave_queue]").click()
    expect(ana.dialog).to_contain_text("You lose your place. Joining again")
    ana.close_dialog()

    # Nobody is served, so both stand in line after the draw.
    shop.call("pause_queue", item=item, location="main", paused=True, reason="We are counting")
    service.database_clock("+ interval '61 minutes'")
    service.until(lambda: shop.call("draw_lottery", drop=drop["drop_id"])["seed"] is not None)
    notice = ana.page.locator(".toast", has_text="The lots are drawn")
    expect(notice).to_contain_text(re.compile(rf"You are (1st|2nd) in line for {TITLE}\."))
    expect(ana.card(TITLE).locator(".facts")).to_contain_text(re.compile("(1st|2nd) of 2 in line"))
    picture(ana, "after-the-draw")


def test_recent_buyers_have_a_name_only_by_consent(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE, quantity=3)
    shop.call("create_drop", title="Friday", items=[item], opens_at=within(seconds=-60))
    visitor = people(language="es-ES")
    panel = visitor.page.locator(".drop")
    expect(panel).to_contain_text("Abierto hasta que se acaben.")
    service.member("bea")
    shop.call("mark_sold", item=item, buyer="bea")
    expect(panel.locator(".buyers")).to_contain_text("alguien se llevó uno")

    ana = people("ana")
    ana.page.locator("#profile").click()
    ana.dialog.locator("[name=show_name]").check()
    ana.answer_dialog(display_name="Ana M.")
    ana.is_told("Saved.")
    shop.call("mark_sold", item=item, buyer="ana")
    expect(panel.locator(".buyers")).to_contain_text("Ana M. se llevó uno")
    expect(panel).to_contain_text("1 libre · 0 apartados · 2 vendidos")


def test_a_record_of_a_drop_is_looked_at_and_reserved_from_there(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE, quantity=2)
    shop.call("create_drop", title="Friday", items=[item], opens_at=within(seconds=-60))
    ana = people("ana", query="?query=nothing-has-this-name")
    ana.page.locator(".drop .face").click()
    ana.dialog.locator("[data-action=reserve]").click()
    expect(ana.dialog.locator(".chip")).to_have_text("Yours")
    expect(ana.kept(TITLE)).to_be_visible()


def test_what_events_tell_while_the_counters_are_read_counts(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE, quantity=3)
    drop = shop.call("create_drop", title="Friday", items=[item], opens_at=within(seconds=-60))
    visitor = people()
    panel = visitor.page.locator(".drop")
    expect(panel).to_contain_text("3 free · 0 set aside · 0 sold")
    late: list[tuple[Route, APIResponse]] = []

    def answer(route: Route) -> None:
        late.append((route, route.fetch()))
        service.member("ana").call("reserve", item=item)

    visitor.page.route("**/rpc/list_statuses*", answer)
    shop.call("change_drop", drop=drop["drop_id"], title="Saturday", reason="It is later")
    visitor.sees(TITLE, "available")
    expect(visitor.card(TITLE)).to_contain_text("2 of 3 free")
    ((route, old),) = late
    route.fulfill(response=old)
    expect(panel).to_contain_text("Saturday")
    expect(panel).to_contain_text("2 free · 1 set aside · 0 sold")


def test_a_drop_that_is_read_again_keeps_the_focus_and_how_long_ago_somebody_bought_goes_on(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE, quantity=3)
    drop = shop.call("create_drop", title="Friday", items=[item], opens_at=within(seconds=-60))
    service.member("bea")
    shop.call("mark_sold", item=item, buyer="bea")
    visitor = people()
    panel = visitor.page.locator(".drop")
    visitor.page.clock.install()
    visitor.open()
    expect(panel.locator(".ago")).to_contain_text("second")
    panel.locator(".face").focus()
    shop.call("change_drop", drop=drop["drop_id"], title="Saturday", reason="It is later")
    expect(panel).to_contain_text("Saturday")
    expect(panel.locator(".face")).to_be_focused()
    visitor.page.clock.fast_forward(5 * 60_000)
    expect(panel.locator(".ago")).to_have_text(re.compile(r"[5-6] minutes ago"))
