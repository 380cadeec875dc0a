"""A clone whose clock the test moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clusters import Database, Server
from properties.ground import Ground


@pytest.fixture(scope="module")
def ground(server: Server) -> Iterator[Ground]:
    """One for all runs of a module."""
    made = server.clone()
    opened = Ground(made)
    yield opened
    opened.close()
    server.drop(made.name)


@pytest.fixture
def mutant(database: Database) -> Iterator[Ground]:
    """One of its own, whose code may be spoilt."""
    opened = Ground(database)
    yield opened
    opened.close()
