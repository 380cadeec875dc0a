"""Real catalogues, read where they lie. They are never copied into the project."""

from __future__ import annotations

import io
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from apartado.catalogue_files import import_file
from clusters import Database

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = [
    pytest.mark.one_postgresql,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not beside this checkout"),
]


@pytest.mark.parametrize(
    ("name", "items", "refused", "code"),
    [
        ("discogs-releases-1000.json", 1000, 0, 0),
        ("vinyl-shop-inventory-hu.csv", 747, 0, 0),
        ("online-retail-fr.csv", 1539, 457, 1),
    ],
)
def test_a_real_file_is_taken_whole_and_a_second_time_changes_nothing(
    database: Database, name: str, items: int, refused: int, code: int
) -> None:
    with psycopg.connect(database.url("dba"), autocommit=True) as connection:
        for outcome in ("inserted", "unchanged"):
            output = io.StringIO()
            console = Console(file=output, width=200, color_system=None)
            assert import_file(connection, DATA / name, console, shown=False) == code
            counts = dict(
                line.split() for line in output.getvalue().splitlines() if len(line.split()) == 2
            )
            assert (counts[outcome], counts["refused"]) == (str(items), str(refused))
            assert counts["updated"] == "0"
    with psycopg.connect(database.url("postgres")) as admin:
        row = admin.execute(
            "select count(*), (select count(*) from apartado.items where search = '') "
            "from apartado.items"
        ).fetchone()
    assert row == (items, 0)
