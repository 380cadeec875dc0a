"""Spanish and English: the browser's at first, then the person's choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

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


@pytest.mark.parametrize(
    ("asked", "title"), [("es-MX", "Apartado para ti"), ("toString", "Set aside for you")]
)
def test_the_address_says_it_as_browsers_do(people: People, asked: str, title: str) -> None:
    page = people(language="en-GB").page
    page.goto(f"{page.url.split('?')[0]}?lang={asked}")
    expect(page.get_by_role("heading", name=title)).to_be_visible()


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


GRAMMAR = """async () => {
  const { number, roughly, speak, t, word } = await import("/words.js");
  speak("en");
  const english = t("expected_wait", roughly(25 * 3600));
  speak("es");
  return [english, t("expected_wait", roughly(2 * 3600)), t("counters", 1, 1, 2),
    t("units", 1, 3, String), t("units", 2, 12345, number),
    t("drop_counts", { available: 2, reserved: 1, sold: 1 }, String),
    word("statuses_shop", "hidden", 1), t("stock_available", 1),
    t("did_resume", "Luz", null), t("did_resume", "Luz", 2),
    ...["open_reservations", "due_soon", "people_waiting"].map((name) => t(name, 1))];
}"""


def test_numbers_and_words_agree(people: People) -> None:
    assert people().page.evaluate(GRAMMAR) == [
        "About 1 day to wait.",
        "Cerca de 2 horas de espera.",
        "1 libre · 1 apartado · 2 vendidos",
        "1 de 3 libre",
        "2 de 12.345 libres",
        "2 libres · 1 apartado · 1 vendido",
        "oculto",
        "libre",
        "Vuelves a tener turno en la cola de Luz.",
        "Vuelves a tener turno en la cola de Luz: eres el 2.º.",
        "reserva",
        "acaba en un día",
        "lugar en una cola",
    ]


def test_a_sale_is_a_button_a_deed_and_a_state_in_different_words(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    olga = people(language="es-ES", query="?lang=es")
    olga.carry(shop.token or "")
    expect(olga.card(TITLE).locator("[data-action=mark_sold]")).to_have_text("Marcar vendido")
    olga.press(TITLE, "mark_sold")
    expect(olga.dialog.locator("button[type=submit]")).to_have_text("Registrar la venta")


def test_before_the_words_are_there_nothing_is_said_in_another_language(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE)
    ana = people(language="es-ES")
    late: list[Route] = []
    ana.page.route("**/board.js", lambda route: late.append(route))  # noqa: PLW0108 - it is marked
    ana.page.goto(service.url, wait_until="commit")
    expect(ana.page.locator("#cards")).to_contain_text("Cargando…")
    assert ana.page.locator("html").get_attribute("lang") == "es"
    expect(ana.page.locator("#cards [lang=en]")).to_be_hidden()
    expect(ana.page.get_by_text("Set aside for you")).to_be_hidden()
    expect(ana.page.locator("#cards")).to_contain_text("Cargando…")
    for route in late:
        route.continue_()
    ana.sees(TITLE, "available")


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_an_operators_head_is_as_wide_as_a_narrow_screen(
    shop: Api, people: People, language: str
) -> None:
    olga = people(language=language, width=320)
    olga.carry(shop.token or "")
    expect(olga.page.locator("#to-shop")).to_be_visible()
    assert olga.page.evaluate("document.documentElement.scrollWidth") == 320


NONE = {
    "en": ("None in stock", "1 sold", "none in stock"),
    "es": ("Sin existencias", "1 vendido", "sin existencias"),
}


@pytest.mark.parametrize("language", NONE)
def test_only_what_was_sold_is_called_so(
    service: Service, shop: Api, people: People, language: str
) -> None:
    none, one_sold, none_shop = NONE[language]
    service.item(shop, title="Never", quantity=0, parent="shoe")
    shop.call("mark_sold", item=service.item(shop, title=TITLE, parent="shoe"))
    olga = people(query=f"?lang={language}")
    olga.carry(shop.token or "")
    expect(olga.card("Never").locator(".chip")).to_have_text(none)
    expect(olga.card("Never").locator(".dot")).to_be_hidden()
    expect(olga.card(TITLE).locator(".dot")).to_be_visible()
    expect(olga.page.locator("#tally .sold")).to_have_text(one_sold)
    olga.card(TITLE).locator(".title").click()
    expect(olga.dialog.locator(".family .chip")).to_have_text(none)
    olga.dialog.locator(".family .title").click()
    expect(olga.dialog.locator(".look-state .chip")).to_have_text(none)
    for _ in range(2):
        olga.close_dialog()
    olga.page.locator("#to-shop").click()
    expect(olga.page.locator(".status-bars")).to_contain_text(f"2 {none_shop}")


def test_what_is_taken_out_of_stock_is_not_sold_in_a_cart(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people("ana")
    ana.press(TITLE, "add_to_cart")
    ana.sees(TITLE, "in_cart")
    shop.call("adjust_stock", item=item, delta=-1, reason="It broke")
    ana.sees(TITLE, "none")
    with service.database.connect() as connection:
        connection.execute("select apartado._number_events()")
        connection.execute("select from apartado.validate_carts()")
    ana.is_told(f"{TITLE} is no longer to be had: none is in stock.")
    ana.page.locator("#cart").click()
    expect(ana.dialog.locator(".lines .hint")).to_contain_text("None in stock")
