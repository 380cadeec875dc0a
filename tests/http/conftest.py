"""What a test over HTTP can ask for.

service     a real uvicorn over a fresh clone (services.Service): `.member(alias)`, `.operator()`
            and `.client()` are clients, `.item(operator)` makes an item, `.url` and `.port`
shared      the same, one for all tests of a module: for tests that leave nothing behind
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clusters import Database, Server
from services import Service


@pytest.fixture
def service(database: Database) -> Iterator[Service]:
    with Service(database) as running:
        yield running


@pytest.fixture(scope="module")
def shared(server: Server) -> Iterator[Service]:
    database = server.clone()
    with Service(database) as running:
        yield running
    server.drop(database.name)
