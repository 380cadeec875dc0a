"""A shop for races, shared by a module, and sessions on it, or on one whose code is spoilt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clusters import Database, Server
from scenes import Shop
from sessions import Stage


@pytest.fixture(scope="module")
def ground(server: Server) -> Iterator[Database]:
    """One clone for a module: each race makes its own people and things in it."""
    made = server.clone()
    yield made
    server.drop(made.name)


@pytest.fixture(scope="module")
def shop(ground: Database) -> Iterator[Shop]:
    """The shop of the module's clone."""
    opened = Shop(ground)
    yield opened
    opened.close()


@pytest.fixture
def stage(ground: Database) -> Iterator[Stage]:
    """Named sessions on the module's clone."""
    with Stage(ground) as opened:
        yield opened


@pytest.fixture
def mutant_stage(mutant: Shop) -> Iterator[Stage]:
    """Named sessions on the mutant's clone."""
    with Stage(mutant.database) as opened:
        yield opened
