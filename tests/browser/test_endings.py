"""How what somebody held or waited for ended: said once, in words, and with the reason."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from browser.conftest import People
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en-GB", f"Your place in the line for {TITLE} is over: it is sold"),
        ("es-ES", f"Tu lugar en la cola de {TITLE} ha terminado: está vendido"),
    ],
)
def test_who_waited_for_what_is_sold_reads_that_in_words(
    service: Service, shop: Api, people: People, language: str, told: str
) -> None:
    item = service.item(shop, title=TITLE)
    bea = service.member("bea")
    held = bea.call("reserve", item=item)["reservation_id"]
    ana = people("ana", language=language)
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    bea.call("confirm_reservation", reservation=held)
    ana.is_told(told)


def test_who_has_an_offer_and_is_removed_is_told_why(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    shop.call("set_policy", policy="offers", item=item, values={"promotion": "offer"})
    bea = service.member("bea")
    held = bea.call("reserve", item=item)["reservation_id"]
    ana = people("ana")
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    bea.call("cancel_reservation", reservation=held)
    ana.sees(TITLE, "offered")
    (entry,) = shop.ask("list_queue", item=item)
    shop.call("remove_entry", entry=entry["queue_entry_id"], reason="It broke when we played it")
    ana.is_told(f"Your place in the line for {TITLE} is over: It broke when we played it")
    expect(ana.page.locator("#toasts")).not_to_contain_text("has passed")


HUSHED = """
    const add = EventSource.prototype.addEventListener, kept = [];
    window.hush = false;
    EventSource.prototype.addEventListener = function (kind, hear) {
      add.call(this, kind, (event) => window.hush ? kept.push(() => hear(event)) : hear(event));
    };
    window.speakUp = () => {
      window.hush = false;
      for (const tell of kept.splice(0)) tell();
    };
"""
READ_ALL = """async () => {
  const { rows } = await import("/store.js");
  const { readStatus } = await import("/reading.js");
  await Promise.all([...rows.values()].map(readStatus));
}"""
ENDS = {
    "revoked": "The shop took back your reservation of {}: It broke",
    "sold": "{} is sold to you.",
    "sold of several": "{} is sold to you.",
    "cancelled": "Your reservation of {} was cancelled.",
    "removed": "Your place in the line for {} is over: It broke",
    "closed": "Your place in the line for {} is over: it is sold",
    "expired": "Your time for {} has run out.",
    "expired and sold on": "Your time for {} has run out.",
}
"""In turn; those that take time come last, for it passes for all."""


def end_it(service: Service, shop: Api, phone: Api, end: str, item: int) -> None:
    match end:
        case "revoked":
            (held,) = shop.ask("list_holders", item=item)
            shop.call("revoke_reservation", reservation=held["reservation_id"], reason="It broke")
        case "sold" | "sold of several":
            shop.call("mark_sold", item=item, buyer="ana")
        case "cancelled":
            (held,) = shop.ask("list_holders", item=item)
            phone.call("cancel_reservation", reservation=held["reservation_id"])
        case "removed":
            (entry,) = shop.ask("list_queue", item=item)
            shop.call("remove_entry", entry=entry["queue_entry_id"], reason="It broke")
        case "closed":
            shop.call("mark_sold", item=item, buyer="bea")
        case "expired":
            service.database_clock("+ interval '8 days'")
            shop.call("expire_and_promote")
        case "expired and sold on":
            shop.call("mark_sold", item=item, buyer="bea")


@pytest.mark.parametrize("status_first", [True, False], ids=["status first", "event first"])
def test_how_it_ended_is_told_by_the_event_whichever_comes_first(
    service: Service, shop: Api, people: People, status_first: bool
) -> None:
    shop.call("set_policy", policy="default", values={"active_limit": len(ENDS)})
    phone, bea = service.member("ana"), service.member("bea")
    items = {
        end: service.item(shop, title=f"{end}: Luz", quantity=1 + (end == "sold of several"))
        for end in ENDS
    }
    for end, item in items.items():
        if end in {"removed", "closed"}:
            bea.call("reserve", item=item)
        phone.call("join_queue" if end in {"removed", "closed"} else "reserve", item=item)
    ana = people(script=HUSHED)
    ana.carry(phone.token or "")
    for end, item in items.items():
        title = f"{end}: Luz"
        if end != "expired and sold on":  # that one ended with the time of the other
            expect(ana.kept(title)).to_be_visible()
        ana.page.evaluate("hush = true" if status_first else "0")
        end_it(service, shop, phone, end, item)
        if status_first:
            ana.page.evaluate(READ_ALL)
            expect(ana.kept(title)).to_have_count(0)
            ana.page.evaluate("speakUp()")
        ana.is_told(ENDS[end].format(title))
        told = ana.page.locator("#toasts [data-lasting]").filter(has_text=title)
        expect(told).to_have_count(1)
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(len(ENDS))


def test_what_ended_in_a_gap_of_the_stream_is_told_too(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    phone = service.member("ana")
    held = phone.call("reserve", item=item)["reservation_id"]
    ana = people(script=HUSHED)
    ana.carry(phone.token or "")
    expect(ana.kept(TITLE)).to_be_visible()
    ana.page.evaluate("hush = true")
    shop.call("revoke_reservation", reservation=held, reason="It broke")
    body = 'id: 1\nretry: 200\nevent: reset\ndata: {"pos": 1}\n\n'
    ana.page.route(
        "**/events*",
        lambda route: route.fulfill(status=200, content_type="text/event-stream", body=body),
    )
    ana.page.evaluate("hush = false; dispatchEvent(new Event('online'))")
    ana.is_told(ENDS["revoked"].format(TITLE))


def test_what_one_lets_go_oneself_is_answered_and_not_told_again(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana", script=HUSHED)
    ana.press(TITLE, "reserve")
    ana.page.evaluate("hush = true")
    ana.kept(TITLE).locator("[data-action=cancel_reservation]").click()
    ana.answer_dialog()
    ana.is_told(f"You let {TITLE} go.")
    expect(ana.kept(TITLE)).to_have_count(0)
    ana.page.evaluate("speakUp()")
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(0)


def test_what_one_buys_oneself_is_answered_and_not_told_again(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana")
    ana.press(TITLE, "reserve")
    ana.kept(TITLE).locator("[data-action=confirm_reservation]").click()
    ana.answer_dialog()
    ana.is_told(f"{TITLE} is bought")
    ana.sees(TITLE, "sold")
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(0)


@pytest.mark.parametrize("deed", ["cancel_reservation", "leave_queue", "suspend_entry"])
def test_what_the_shop_ends_while_an_own_command_is_under_way_is_told(
    service: Service, shop: Api, people: People, deed: str
) -> None:
    item = service.item(shop, title=TITLE)
    holds = deed == "cancel_reservation"
    ana, late = people("ana"), list[Route]()
    if not holds:
        service.member("bea").call("reserve", item=item)
        ana.sees(TITLE, "reserved_by_others")
    ana.press(TITLE, "reserve" if holds else "join_queue")
    ana.page.route(f"**/rpc/{deed}", lambda route: late.append(route))  # noqa: PLW0108 - Playwright marks it
    with ana.page.expect_request(f"**/rpc/{deed}"):
        ana.kept(TITLE).locator(f"[data-action={deed}]").click()
        if deed != "suspend_entry":
            ana.answer_dialog()
    if holds:
        (held,) = shop.ask("list_holders", item=item)
        shop.call("revoke_reservation", reservation=held["reservation_id"], reason="It broke")
    else:
        (entry,) = shop.ask("list_queue", item=item)
        shop.call("remove_entry", entry=entry["queue_entry_id"], reason="It broke")
    ana.is_told(ENDS["revoked" if holds else "removed"].format(TITLE))
    with ana.page.expect_response(f"**/rpc/{deed}"):
        late[0].continue_()
    expect(ana.page.locator("#toasts").get_by_text(": It broke")).to_have_count(1)


def test_what_happens_while_a_dialog_asks_is_told(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people("ana")
    ana.press(TITLE, "reserve")
    ana.kept(TITLE).locator("[data-action=confirm_reservation]").click()
    expect(ana.dialog).to_contain_text(f"Buy {TITLE}?")
    (held,) = shop.ask("list_holders", item=item)
    shop.call("revoke_reservation", reservation=held["reservation_id"], reason="It broke")
    ana.is_told(ENDS["revoked"].format(TITLE))
    ana.answer_dialog()
    expect(ana.dialog.get_by_role("alert")).to_contain_text("was cancelled or revoked")
    ana.dialog.get_by_role("button", name="Not yet").click()
    expect(ana.page.get_by_role("dialog")).to_have_count(0)
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(1)


def test_what_was_sent_is_answered_though_its_dialog_was_left(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    service.member("bea").call("reserve", item=item)
    ana, held = people("ana"), list[Route]()
    ana.press(TITLE, "join_queue")
    ana.page.route("**/rpc/leave_queue", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    leave = ana.kept(TITLE).locator("[data-action=leave_queue]")
    for _ in range(2):
        leave.click()
        with ana.page.expect_request("**/rpc/leave_queue"):
            ana.answer_dialog()
        ana.dialog.get_by_role("button", name="Stay").click()
        expect(ana.page.get_by_role("dialog")).to_have_count(0)
        if len(held) == 1:
            body = '{"title": "That went wrong."}'
            held[0].fulfill(status=409, content_type="application/problem+json", body=body)
            ana.is_told("That went wrong.")
    held[1].continue_()
    ana.is_told(f"You left the line for {TITLE}.")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en-GB", f"{TITLE} is not on the board any more."),
        ("es-ES", f"{TITLE} ya no está en el tablón."),
    ],
)
def test_who_waits_for_what_is_hidden_is_told_that_it_is_not_to_be_seen(
    service: Service, shop: Api, people: People, language: str, told: str
) -> None:
    item = service.item(shop, title=TITLE)
    service.member("bea").call("reserve", item=item)
    ana = people("ana", language=language)
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    shop.call("set_visibility", item=item, visible=False, reason="To be looked at")
    ana.is_told(told)
    expect(ana.kept(TITLE)).to_have_count(0)


def test_what_is_hidden_when_it_is_sold_is_told_as_any_end(
    service: Service, shop: Api, people: People
) -> None:
    phone, bea = service.member("ana"), service.member("bea")
    items = {
        (end, first): service.item(shop, title=f"{end}, {first} first: Luz")
        for end in ("sold", "closed")
        for first in ("status", "event")
    }
    for (end, _), item in items.items():
        shop.call("set_policy", policy="hides", item=item, values={"hide_sold": True})
        (phone if end == "sold" else bea).call("reserve", item=item)
        if end == "closed":
            phone.call("join_queue", item=item)
    ana = people(script=HUSHED)
    ana.carry(phone.token or "")
    for (end, first), item in items.items():
        title = f"{end}, {first} first: Luz"
        expect(ana.kept(title)).to_be_visible()
        ana.page.evaluate("hush = true" if first == "status" else "0")
        shop.call("mark_sold", item=item)
        if first == "status":
            ana.page.evaluate(READ_ALL)
            expect(ana.kept(title)).to_have_count(0)
            ana.page.evaluate("speakUp()")
        ana.is_told(ENDS[end].format(title))
        told = ana.page.locator("#toasts [data-lasting]").filter(has_text=title)
        expect(told).to_have_count(1)
    expect(ana.page.locator("#toasts [data-lasting]")).to_have_count(len(items))
