"""Every behaviour file of this folder is one test, and each assertion that fails a subtest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import pgtap


def test_behaviour(
    tap: psycopg.Connection[Any], behaviour: Path, subtests: pytest.Subtests
) -> None:
    """<table>/<behaviour>.sql"""
    pgtap.check(pgtap.run(tap, behaviour), subtests)
