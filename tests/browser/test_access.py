"""Without a mouse, with a screen reader, on a telephone, in the dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"

UNNAMED = """() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const text = (id) => document.getElementById(id)?.textContent.trim();
  const name = (e) => e.getAttribute("aria-label")?.trim()
    || e.getAttribute("aria-labelledby")?.split(" ").map(text).join(" ").trim()
    || [...(e.labels ?? [])].map((l) => l.textContent.trim()).join(" ")
    || (e.matches("button, a, summary, h1, h2, h3") && e.textContent.trim());
  const controls = "button, a[href], input, select, textarea, dialog, [role=group], [tabindex]";
  return [...document.querySelectorAll(controls)]
    .filter((e) => seen(e) && !name(e)).map((e) => e.outerHTML.slice(0, 120));
}"""

STRUCTURE = """() => {
  const faults = [];
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) faults.push(`id twice: ${twice}`);
  for (const kind of ["aria-labelledby", "aria-describedby", "aria-controls", "for"])
    for (const e of document.querySelectorAll(`[${kind}]`))
      for (const id of e.getAttribute(kind).split(" "))
        if (!document.getElementById(id)) faults.push(`${kind} leads nowhere: ${id}`);
  for (const what of ["main", "h1", "header", "footer"])
    if (document.querySelectorAll(what).length !== 1) faults.push(`not one ${what}`);
  let level = 0;
  for (const h of document.querySelectorAll("body > :not(dialog) :is(h1, h2, h3, h4)")) {
    const next = Number(h.tagName[1]);
    if (next > level + 1) faults.push(`${h.tagName} after h${level}: ${h.textContent}`);
    level = next;
  }
  for (const e of document.querySelectorAll("ul, ol"))
    if ([...e.children].some((c) => c.tagName !== "LI")) faults.push("a list of no items");
  for (const e of document.querySelectorAll("[aria-hidden=true] :is(button, a, input)"))
    faults.push(`hidden control: ${e.outerHTML.slice(0, 80)}`);
  for (const e of document.querySelectorAll("[tabindex]"))
    if (e.tabIndex > 0) faults.push("a tab order of its own");
  return faults;
}"""

FAINT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => top.slice(0, 3)
    .map((part, i) => part * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement)
      layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const faults = [];
  const unread = "svg, script, noscript, datalist, option, .unseen, .skip";
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const e = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || e.closest(unread)) continue;
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(e);
    const under = ground(e);
    const [a, b] = [light(over(rgba(style.color), under)), light(under)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24
      || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < (large ? 3 : 4.5))
      faults.push(`${contrast.toFixed(2)} ${e.className} ${words.currentNode.data.slice(0, 40)}`);
  }
  return faults;
}"""

SMALL = """(least) => [...document.querySelectorAll(
    "button, select, input:not([type=checkbox], [type=radio]), .state-choice, a[href]:not(.skip)")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width < 24 || box.height < least)
  .map(([box, e]) => `${box.width}x${box.height} ${e.outerHTML.slice(0, 90)}`)"""


@pytest.fixture
def crates(service: Service, shop: Api) -> str:
    """Records in every state that a member can see, and a drop; gives the token of ana."""
    fields: dict[str, Any] = {
        "condition": "Near Mint (NM or M-)",
        "sleeve_condition": "Very Good Plus (VG+)",
        "styles": ["Bolero", "Son"],
        "labels": [{"name": "Discos del Patio", "catno": "DP-007"}],
        "year": 1961,
        "country": "Mexico",
        "artists": ["Orquesta Interminable de las Noches de Verano en la Terraza"],
    }
    long = "Supercalifragilisticoespialidosamente largo: grabaciones completas"
    titles = [(TITLE, 1), ("Held", 1), ("Waited", 1), ("Offered", 1), ("Sold", 1), (long, 3)]
    made = {
        title: service.item(shop, title=title, quantity=quantity, **fields)
        for title, quantity in titles
    }
    shop.call("set_policy", policy="offers", item=made["Offered"], values={"promotion": "offer"})
    bea = service.member("bea")
    held = {
        title: bea.call("reserve", item=made[title])["reservation_id"]
        for title in ("Held", "Waited", "Offered")
    }
    shop.call("mark_sold", item=made["Sold"])
    now = datetime.now(UTC)
    opens_at = (now + timedelta(hours=30)).isoformat()
    shop.call("create_drop", title="Viernes de rarezas", items=[made[long]], opens_at=opens_at)
    ana = service.member("ana")
    ana.call("reserve", item=made[TITLE])
    for title in ("Waited", "Offered"):
        ana.call("join_queue", item=made[title])
    bea.call("cancel_reservation", reservation=held["Offered"])
    return ana.token or ""


SIZES = {390: 844, 820: 1180, 1440: 900}
VISITOR: dict[str, str | None] = {"visitor": None, "sign-in": "#sign-in"}
MEMBER: dict[str, str | None] = {
    "member": None,
    "record": f'#cards .title:text-is("{TITLE}")',
    "waiting": "#mine .wait:visible",
    "why-not": "#cards .why:visible",
    "profile": "#profile",
    "cart": "#cart",
}
OPERATOR: dict[str, str | None] = {
    "operator": None,
    "till": '#cards .card:has(.title:text-is("Waited")) [data-action=manage]',
    "shop": "#to-shop",
}


def open_view(person: Person, control: str | None) -> None:
    while person.page.get_by_role("dialog").count() > 0:
        person.close_dialog()
    if control is not None:
        person.page.locator(control).first.click()
        expect(person.page.locator("dialog, #activity li").last).to_be_visible()


def faults_in(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        found[f"{theme}, axe"] = axe(page)
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            faults = faults_of(page, touch=width < 700)
            if not fits(page):
                faults["wider than the window"] = [str(width)]
            found[f"{theme}, {width}"] = faults
    return {where: faults for where, faults in found.items() if faults}


def axe(page: Page) -> list[str]:
    """The serious and critical faults that axe finds."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{fault['id']}: {[node['html'][:100] for node in fault['nodes'][:3]]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


def faults_of(page: Page, *, touch: bool) -> dict[str, list[str]]:
    checks = {"unnamed": UNNAMED, "structure": STRUCTURE, "faint": FAINT}
    found = {name: page.evaluate(check) for name, check in checks.items()}
    found["small"] = page.evaluate(SMALL, 44 if touch else 24)
    return {name: faults for name, faults in found.items() if faults}


def fits(page: Page) -> bool:
    fitting: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return fitting


@pytest.mark.parametrize("language", ["es-ES", "en-GB"])
@pytest.mark.parametrize("who", ["visitor", "member", "operator"])
def test_every_view_is_sound_in_every_size_and_theme(  # noqa: PLR0917 - fixtures
    crates: str,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    who: str,
    language: str,
) -> None:
    """Names, structure, contrast, size of touch, width, and what axe finds."""
    person = people(language=language, query=f"?lang={language[:2]}")
    token = {"member": crates, "operator": shop.token}.get(who)
    if token:
        person.carry(token)
    expect(person.page.locator("#cards .card")).to_have_count(6)
    for view, control in {"visitor": VISITOR, "member": MEMBER, "operator": OPERATOR}[who].items():
        open_view(person, control)
        assert (view, faults_in(person.page)) == (view, {})
        for (width, height), theme in zip(SIZES.items(), ("light", "dark", "light"), strict=True):
            person.page.set_viewport_size({"width": width, "height": height})
            person.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            picture(person, f"{view}-{width}-{language[:2]}-{theme}")


def press_until_focused(person: Person, selector: str) -> None:
    """Tab on until it has the focus, as somebody without a mouse does."""
    target = person.page.locator(selector).first
    for _ in range(80):
        person.page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            ring = target.evaluate(
                "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"
            )
            assert ring == "solid3px"
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def test_the_whole_job_is_done_with_the_keyboard(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people()
    keyboard = ana.page.keyboard
    press_until_focused(ana, "#sign-in")
    keyboard.press("Enter")
    expect(ana.page.locator("dialog [name=alias]")).to_be_focused()
    keyboard.type("ana")
    keyboard.press("Enter")
    expect(ana.page.locator("dialog .secret")).to_be_visible()
    press_until_focused(ana, "dialog button[type=submit]")
    keyboard.press("Enter")
    expect(ana.page.locator("#profile")).to_be_focused()

    press_until_focused(ana, "#cards [data-action=reserve]")
    keyboard.press("Enter")
    ana.sees(TITLE, "reserved")
    # The pressed button is gone: the focus goes to what can be done next, not to the top.
    expect(ana.card(TITLE).locator("[data-action=confirm_reservation]")).to_be_focused()
    press_until_focused(ana, "#cards [data-action=cancel_reservation]")
    keyboard.press("Enter")
    expect(ana.page.get_by_role("dialog")).to_be_visible()
    keyboard.press("Escape")
    expect(ana.card(TITLE).locator("[data-action=cancel_reservation]")).to_be_focused()
    ana.sees(TITLE, "reserved")

    # the browser gives the focus back a moment before it says that the dialog is closed
    expect(ana.page.locator("dialog")).to_have_count(0)
    keyboard.press("Enter")
    press_until_focused(ana, "dialog button[type=submit]")
    keyboard.press("Enter")
    ana.sees(TITLE, "available")
    expect(ana.card(TITLE).locator("[data-action=reserve]")).to_be_focused()


def test_a_focused_button_that_another_person_takes_away_leaves_the_focus_on_the_record(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people("ana")
    ana.card(TITLE).locator("[data-action=reserve]").focus()
    service.member("bea").call("reserve", item=item)
    expect(ana.card(TITLE).locator("[data-action=join_queue]")).to_be_focused()
    shop.call("mark_sold", item=item)
    ana.sees(TITLE, "sold")
    expect(ana.card(TITLE).locator(".title")).to_be_focused()


def test_the_first_tab_leads_past_the_head_to_the_records(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people()
    ana.page.keyboard.press("Tab")
    expect(ana.page.locator(".skip")).to_be_focused()
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.press("Tab")
    expect(ana.page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("width", [188, 160])
def test_letters_of_twice_the_size_fit_on_a_telephone(
    crates: str, service: Service, shop: Api, people: People, width: int
) -> None:
    """Half as wide is the same: everything is measured in letters."""
    items = [service.item(shop, title=f"Five {number}") for number in range(5)]
    shop.call("create_drop", title="Five", items=items, opens_at="2097-06-15T12:00:00Z")
    ana = people(language="es-ES", query="?lang=es")
    ana.carry(crates)
    expect(ana.page.locator('#cards [data-status="reserved"]').first).to_be_visible()
    ana.page.set_viewport_size({"width": width, "height": 600})
    expect(ana.page.locator(".faces").last.locator(".face")).to_have_count(5)
    assert fits(ana.page)


def test_notices_are_spoken_and_countdowns_are_not(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people("ana")
    ana.press(TITLE, "reserve")
    expect(ana.page.locator("[aria-live=polite] .toast")).to_contain_text(TITLE)
    timer = ana.kept(TITLE).get_by_role("timer")
    expect(timer).to_be_visible()
    assert timer.evaluate("e => e.closest('[aria-live]')") is None
