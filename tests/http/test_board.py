"""The board's files: types, caching, and a policy under which nothing foreign runs."""

from __future__ import annotations

import pytest

from apartado.board import assets
from services import Service

pytestmark = pytest.mark.one_postgresql

ADDRESSES = [asset.address for asset in assets()]


def test_the_board_is_at_the_root(shared: Service) -> None:
    answer = shared.client().get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<html" in answer.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_file_is_safe_and_cached_by_its_etag(shared: Service, address: str) -> None:
    visitor = shared.client()
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "img-src 'self';" in policy
    assert "unsafe" not in policy
    assert "octet-stream" not in answer.headers["content-type"]
    again = visitor.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_files_of_the_package_are_not_served(shared: Service) -> None:
    for address in ("/../app.py", "/%2e%2e/app.py", "/static/index.html", "/app.py"):
        assert shared.client().get(address).status_code == 404
