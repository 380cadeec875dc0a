"""How what somebody held or waited for ended: said once, in words, and with the reason."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
