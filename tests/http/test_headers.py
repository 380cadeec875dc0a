"""What every answer says about itself, and what pages of other origins get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services import Api, Service, problem

pytestmark = pytest.mark.one_postgresql

SHOP = "https://shop.example"
ADDRESSES = ["/", "/health", "/openapi.json", "/rpc/who_am_i", "/rpc/get_status", "/nothing-here"]


@pytest.fixture(scope="module")
def shop(shared: Service) -> Iterator[Service]:
    """A service that pages of one other origin may call."""
    with Service(shared.database, cors_origins=(SHOP,)) as running:
        yield running


@pytest.fixture(scope="module")
def ana(shared: Service) -> Api:
    return shared.member("ana")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_guarded(shared: Service, address: str) -> None:
    answer = shared.client().get(address)
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
    assert answer.headers.get_list("cross-origin-resource-policy") == ["same-origin"]
    (policy,) = answer.headers.get_list("content-security-policy")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers


def test_who_comes_by_https_is_told_to_stay_there(shared: Service) -> None:
    """A proxy that is named is believed how it was reached, and nobody else is."""
    headers = {"X-Forwarded-Proto": "https"}
    with Service(shared.database, trusted_proxies=("127.0.0.1/32",)) as behind:
        answer = behind.client().get("/health", headers=headers)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
    answer = shared.client().get("/health", headers=headers)
    assert "strict-transport-security" not in answer.headers


def test_pages_may_use_nothing_of_the_device(shared: Service) -> None:
    assert "camera=()" in shared.client().get("/").headers["permissions-policy"]


def test_what_is_told_to_somebody_is_not_kept(shared: Service, ana: Api) -> None:
    for name in ("who_am_i", "list_reservations", "list_purchases", "list_statuses"):
        assert ana.get(f"/rpc/{name}").headers["cache-control"] == "no-store", name
    visitor = shared.client()
    assert visitor.get("/rpc/list_statuses").headers["cache-control"] == "no-cache"
    assert "Authorization" in visitor.get("/rpc/list_statuses").headers["vary"]
    signed_in = visitor.post("/rpc/sign_in", json={"alias": "kept", "secret": "k" * 32})
    assert signed_in.headers["cache-control"] == "no-store"
    assert visitor.get("/rpc/get_status").headers["cache-control"] == "no-store"


def test_only_what_anybody_may_ask_has_a_tag(ana: Api) -> None:
    assert ana.get("/rpc/list_statuses").headers["etag"].startswith('W/"')
    assert "etag" not in ana.get("/rpc/list_reservations").headers


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("{tag}", 304),
        ("{opaque}", 304),
        ('"other", {tag}, "another"', 304),
        ("*", 304),
        ('"other"', 200),
        ('W/""', 200),
        ("{bare}", 200),
        ("", 200),
    ],
)
def test_tags_are_compared_weakly_and_in_lists(shared: Service, wanted: str, status: int) -> None:
    visitor = shared.client()
    tag = visitor.get("/rpc/list_statuses").headers["etag"]
    opaque = tag.removeprefix("W/")
    wanted = wanted.format(tag=tag, opaque=opaque, bare=opaque.strip('"'))
    again = visitor.get("/rpc/list_statuses", headers={"If-None-Match": wanted})
    assert again.status_code == status
    assert again.headers["etag"] == tag


def test_head_is_get_without_its_body(shared: Service) -> None:
    visitor = shared.client()
    for address in ("/rpc/list_statuses", "/openapi.json", "/health", "/"):
        full, head = visitor.get(address), visitor.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == full.headers["content-type"]
        assert head.headers.get("etag") == full.headers.get("etag")
    assert visitor.head("/rpc/reserve").status_code == 405
    assert visitor.head("/events").status_code == 405


def test_an_allowed_origin_may_read_what_it_asks_for(shop: Service) -> None:
    answer = shop.client().get("/rpc/list_statuses", headers={"Origin": SHOP})
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["access-control-expose-headers"] == "ETag, Retry-After"
    assert "access-control-allow-credentials" not in answer.headers
    assert "Origin" in answer.headers.get_list("vary")
    refused = shop.client().get("/rpc/get_status", headers={"Origin": SHOP})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (422, SHOP)


def test_an_allowed_origin_is_told_beforehand_what_it_may_send(shop: Service) -> None:
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    answer = shop.client().options("/rpc/reserve", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    assert "Idempotency-Key" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://shop.example", SHOP + ".evil.example", SHOP + ":444"],
)
def test_a_foreign_origin_gets_nothing_that_a_browser_would_show_it(
    shop: Service, shared: Service, origin: str
) -> None:
    for service in (shop, shared):
        visitor = service.client()
        answer = visitor.get("/rpc/list_statuses", headers={"Origin": origin})
        assert not [name for name in answer.headers if name.startswith("access-control")]
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        preflight = visitor.options("/rpc/reserve", headers=asked)
        assert problem(preflight)["code"] == "wrong_method"
        assert not [name for name in preflight.headers if name.startswith("access-control")]


def test_caches_know_that_the_origin_matters(shop: Service) -> None:
    """Also where none was sent: that answer must not be given to a page that sends one."""
    assert "Origin" in shop.client().get("/rpc/list_statuses").headers.get_list("vary")


def test_a_cookie_does_nothing_for_an_allowed_origin_either(shop: Service) -> None:
    browser = shop.client()
    browser.headers.update({"Origin": shop.url, "X-Apartado-Cookie": "1"})
    assert browser.post("/rpc/sign_in", json={"alias": "bea", "secret": "b" * 32}).cookies
    mine = browser.post("/rpc/leave_queue", json={"item": 1})
    assert problem(mine)["code"] == "RS101"
    foreign = browser.post("/rpc/leave_queue", json={"item": 1}, headers={"Origin": SHOP})
    assert problem(foreign)["code"] == "RS602"
