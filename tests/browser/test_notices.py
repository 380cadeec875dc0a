"""Notices: those that last are never lost, and nothing is said in the wrong language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import People
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TOLD = """async () => {
  const { toast } = await import("/dialogs.js");
  for (let n = 1; n <= 5; n += 1) toast({ text: `Told ${n}`, lasting: true });
  for (let n = 1; n <= 5; n += 1) toast({ text: `Passing ${n}` });
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
