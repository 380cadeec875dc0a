"""The interactive documentation at ``/docs``, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from services import Service

pytestmark = pytest.mark.one_postgresql


def test_it_shows_every_function_and_lets_one_try_it(chromium: Browser, service: Service) -> None:
    service.member("ana")
    page = chromium.new_page(locale="es-ES")
    outside: list[str] = []
    page.on("request", lambda sent: outside.append(sent.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{service.url}/docs")
    expect(page.get_by_text("Buscar")).to_be_visible()
    page.get_by_label("Buscar").fill("/rpc/sign_in")
    page.locator("#sign_in > summary").click()
    expect(page.locator("#sign_in")).to_contain_text("RS201")
    expect(page.locator("#sign_in > pre")).to_contain_text('  "alias": "dora",\n')
    page.get_by_label("Cuerpo de la petición").fill('{"alias": "Ñandú mal"}')
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("#sign_in [role=status]")).to_contain_text("Ese alias no se puede usar.")
    page.get_by_label("Cuerpo de la petición").fill('{"alias": "eva"}')
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("#sign_in [role=status]")).to_contain_text("recovery_secret")
    page.get_by_label("Buscar").fill("")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    expect(page.locator("#reserve")).to_contain_text('Si falta: "fail".')
    expect(page.locator("#get_cart")).to_contain_text("lines[].reservation_id")
    rows = page.locator("[id]:not(#is_ready) > table tr:has(td + td)")
    words = page.locator("[id]:not(#is_ready) > table tr:has(td + td) > td:last-child")
    assert rows.count() > 1_500
    assert [text for text in words.all_inner_texts() if not text.strip()] == []
    assert [url for url in outside if not url.startswith(service.url)] == []
    assert errors == []
    page.close()
