"""What the tests of the embedded server share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import clusters
from apartado.embedded import Cluster


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that the server's user can reach; what still runs in it is stopped."""
    path = clusters.directory()
    try:
        yield path
        cluster = Cluster(path / "data")
        if cluster.running():
            cluster.start()
            cluster.stop()
    finally:
        shutil.rmtree(path)
