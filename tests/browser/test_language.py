"""Spanish and English: the browser's at first, then the person's choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import People
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def test_the_browsers_language_is_the_first(service: Service, shop: Api, people: People) -> None:
    service.item(shop, title=TITLE, price="12.50")
    spanish = people(language="es-MX")
    expect(spanish.page.locator("html")).to_have_attribute("lang", "es")
    expect(spanish.card(TITLE)).to_contain_text("Disponible")
    other = people(language="fr-FR")
    expect(other.page.locator("html")).to_have_attribute("lang", "en")
    expect(other.card(TITLE)).to_contain_text("Available")


def test_switching_changes_every_word_on_the_page_and_loses_nothing(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE, price="12.50")
    ana = people("ana")
    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")
    ana.page.get_by_role("button", name="ES", exact=True).click()
    expect(ana.page.locator("html")).to_have_attribute("lang", "es")
    expect(ana.page.get_by_role("button", name="ES", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(ana.card(TITLE)).to_contain_text("Tuyo")
    expect(ana.card(TITLE)).to_contain_text("12,50 €")
    expect(ana.kept(TITLE).get_by_role("button", name=f"Soltar: {TITLE}")).to_be_visible()
    expect(ana.page.get_by_role("heading", name="Apartado para ti")).to_be_visible()
    expect(ana.page.get_by_role("searchbox")).to_have_attribute(
        "placeholder", "Artista, título, sello…"
    )
    ana.page.reload()
    expect(ana.page.locator("html")).to_have_attribute("lang", "es")


def test_what_is_said_for_ears_changes_its_language_too(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people()
    expect(ana.page.locator("#murmur")).to_have_text("1 record")
    ana.page.get_by_role("button", name="ES", exact=True).click()
    expect(ana.page.locator("#murmur")).to_have_text("1 disco")


def test_the_session_brings_its_language(people: People) -> None:
    ana = people(language="es-ES")
    secret = ana.sign_in("ana")
    ana.page.context.clear_cookies()
    other = people(language="es-ES")
    other.page.get_by_role("button", name="EN", exact=True).click()
    other.page.locator("#sign-in").click()
    dialog = other.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("ana")
    other.answer_dialog()
    dialog.locator("[name=secret]").fill(secret)
    other.answer_dialog()
    expect(other.page.locator("#account .alias")).to_have_text("ana")
    # Without the choice in the address it is the session that says which language.
    other.page.goto(other.service.url)
    expect(other.page.locator("html")).to_have_attribute("lang", "en")


def test_refusals_are_in_the_language_of_the_person(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people("ana", language="es-ES")
    service.member("bea").call("reserve", item=item)
    refusal = ana.page.evaluate(
        """async (item) => {
             const { command } = await import("/api.js");
             return command("reserve", { item }).catch((e) => [e.title, e.hint, e.code]);
           }""",
        item,
    )
    assert refusal == [
        "No hay suficientes unidades disponibles.",
        "Únete a la cola, o pide menos.",
        "RS301",
    ]


def test_both_languages_say_the_same_things(people: People) -> None:
    shapes = people().page.evaluate(
        """async () => {
             const { TONGUES } = await import("/words.js");
             const shape = (words) => Object.entries(words).map(([key, value]) =>
               typeof value === "object" ? [key, shape(value)]
               : typeof value === "function" ? [key, value.length] : [key]).sort();
             return [shape(TONGUES.en), shape(TONGUES.es)];
           }"""
    )
    assert shapes[0] == shapes[1]
