"""A thousand records, a burst of changes, and a service that goes and comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import People
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"

BURST = """async () => {
  const { onPaint, rows, seeEvent } = await import("/store.js");
  let paints = 0;
  onPaint(() => { paints += 1; });
  const written = [];
  new MutationObserver((changes) => written.push(...changes))
    .observe(document.getElementById("cards"),
      { subtree: true, characterData: true, childList: true });
  for (let turn = 1; turn <= 20; turn += 1)
    for (const row of rows.values())
      seeEvent("reservation.created", { item_id: row.item_id, location: row.location,
        status: "reserved_by_others", available: 0, reserved: 1, sold: 0, queue_length: turn,
        version: row.version + 1 });
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  return { paints, drawn: document.querySelectorAll("#cards svg.sleeve").length,
           states: document.querySelectorAll("#cards [data-status=reserved_by_others]").length,
           written: written.length };
}"""


def test_a_burst_over_a_thousand_records_is_painted_once(
    service: Service, shop: Api, people: People
) -> None:
    """20,000 events in one turn: one painting, one writing per record, no question, and sleeves
    drawn only for what is in sight.

    Trap 46. Mutants: paint in `touch` at once; draw the sleeve when the card is made.
    """
    items = [{"sku": f"M-{n}", "title": f"Number {n:04}", "price": "5"} for n in range(1000)]
    shop.call("put_items", items=items)
    visitor = people()
    visitor.page.evaluate(
        """async () => {
             const more = document.getElementById("more");
             while (!more.hidden) {
               more.click();
               await new Promise((done) => setTimeout(done, 20));
             }
           }"""
    )
    expect(visitor.page.locator("#cards .card")).to_have_count(1000)
    asked = len(visitor.asked)
    seen = visitor.page.evaluate(BURST)
    assert (seen["paints"], seen["states"]) == (1, 1000)
    # its state, its band, how many wait, and the invitation to line up in place of the other
    assert seen["written"] <= 6 * 1000
    assert seen["drawn"] < 200
    assert len(visitor.asked) == asked


def test_a_service_that_was_restarted_is_found_again(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people("ana", language="es-ES")
    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")
    service.stop()
    expect(ana.page.locator("body")).to_have_attribute("data-line", "cut")
    expect(ana.page.locator("#line-text")).to_have_text("Sin conexión, reintentando…")
    with Service(service.database, port=service.port) as again:
        again.client(shop.token).call("mark_sold", item=item, buyer="ana")
        expect(ana.page.locator("body")).to_have_attribute("data-line", "live")
        ana.is_told(f"{TITLE} está vendido a ti.")
        ana.sees(TITLE, "sold")
        ana.page.close()
