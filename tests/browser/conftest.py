"""What a test of the board can ask for.

service     a real uvicorn over a fresh clone (services.Service)
shop        the operator's client, to fill the shop with
people      makes somebody with a browser window of their own (Person): `people("ana")` is signed
            in, `people()` only looks. Whoever makes them, at the end none of their pages may have
            logged an error, broken the content security policy or asked anything of another origin
picture     keeps a screenshot outside the tree: in APARTADO_ARTEFACTS, else in pytest's directory

Chromium is Debian's or Playwright's own; where there is none these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from apartado.callers import COOKIE
from clusters import Database
from services import Api, Service

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
PATIENCE_MS = 15_000  # after which something that does not happen is a failure

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        except Error as error:
            pytest.skip(f"no Chromium can be started here: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def service(database: Database) -> Iterator[Service]:
    with Service(database) as running:
        yield running


@pytest.fixture
def shop(service: Service) -> Api:
    """The operator's client, to fill the shop with."""
    return service.operator()


@dataclass
class Person:
    """Somebody before the board, in a window of their own."""

    page: Page
    service: Service
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", self._logged)
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("request", self._requested)

    def _logged(self, message: ConsoleMessage) -> None:
        # Chromium logs every refusal as a failed resource; refusals are part of the game.
        refusal = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not refusal:
            self.faults.append(f"{message.type}: {message.text}")

    def _requested(self, request: Request) -> None:
        self.asked.append(request.url)
        if urlsplit(request.url).netloc != urlsplit(self.service.url).netloc:
            self.faults.append(f"another origin: {request.url}")

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.service.url}/{query}")
        expect(self.page.locator("body")).to_have_attribute("data-line", "live")

    def carry(self, token: str) -> None:
        """Go on with a session that was begun elsewhere."""
        cookie = {"name": COOKIE, "value": token, "url": self.service.url}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        self.open(urlsplit(self.page.url).query and f"?{urlsplit(self.page.url).query}")

    def sign_in(self, alias: str) -> str:
        """Sign in for the first time; gives the recovery secret."""
        self.page.locator("#sign-in").click()
        dialog = self.page.get_by_role("dialog")
        dialog.locator("[name=alias]").fill(alias)
        dialog.locator("button[type=submit]").click()
        secret = dialog.locator(".secret").text_content() or ""
        dialog.locator("button[type=submit]").click()
        expect(self.page.locator("#account .alias")).to_have_text(alias)
        expect(self.page.locator("body")).to_have_attribute("data-line", "live")
        return secret

    def card(self, title: str) -> Locator:
        """The record on the board."""
        heading = self.page.get_by_role("button", name=title, exact=True)
        return self.page.locator("#cards .card").filter(has=heading)

    def kept(self, title: str) -> Locator:
        """The record among what is set aside for this person."""
        heading = self.page.get_by_role("button", name=title, exact=True)
        return self.page.locator("#mine .mine-item").filter(has=heading)

    def press(self, title: str, action: str) -> None:
        self.card(title).locator(f"[data-action={action}]").click()

    @property
    def dialog(self) -> Locator:
        """The dialog on top."""
        return self.page.get_by_role("dialog").last

    def answer_dialog(self, **fields: str) -> None:
        """Fill in what it asks, and send it."""
        for name, value in fields.items():
            self.dialog.locator(f"[name={name}]").fill(value)
        self.dialog.locator("button[type=submit]").click()

    def close_dialog(self) -> None:
        self.page.keyboard.press("Escape")

    def sees(self, title: str, status: str) -> None:
        expect(self.card(title)).to_have_attribute("data-status", status)

    def is_told(self, words: str) -> None:
        expect(self.page.locator("#toasts")).to_contain_text(words)


def held_back(person: Person, url: str, times: int | None = None) -> list[Route]:
    """What is asked there from now on, which nobody answers; so many times, or always."""
    on_its_way: list[Route] = []

    def keep(route: Route) -> None:
        on_its_way.append(route)

    person.page.route(url, keep, times=times)
    return on_its_way


def the_next(person: Person, on_its_way: list[Route]) -> Callable[[], None]:
    """Wait until something is held back; gives what lets it go on."""
    while not on_its_way:
        person.page.evaluate("0")
    return on_its_way.pop().continue_


People = Callable[..., Person]


@pytest.fixture
def people(chromium: Browser, service: Service) -> Iterator[People]:
    contexts: list[BrowserContext] = []
    made: list[Person] = []

    def make(
        alias: str | None = None,
        *,
        language: str = "en-GB",
        width: int = 1280,
        dark: bool = False,
        touch: bool = False,
        query: str = "",
        script: str | None = None,
    ) -> Person:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=touch,
            is_mobile=touch,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if script is not None:
            context.add_init_script(script)
        person = Person(context.new_page(), service)
        made.append(person)
        person.watch()
        person.open(query)
        if alias is not None:
            person.sign_in(alias)
        return person

    yield make
    faults = [fault for person in made for fault in person.faults]
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def operator(people: People, service: Service, shop: Api) -> Person:
    """Olga, the shop's operator, before the board."""
    olga = people()
    olga.carry(shop.token or "")
    expect(olga.page.locator("body")).to_have_attribute("data-viewer", "operator")
    return olga


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Person, str], None]:
    kept = Path(os.environ.get("APARTADO_ARTEFACTS") or tmp_path) / "board"

    def take(person: Person, name: str) -> None:
        kept.mkdir(parents=True, exist_ok=True)
        person.page.screenshot(path=kept / f"{name}.png", full_page=False)

    return take
