"""The demo catalogue: invented, varied, and taken whole by put_items."""

from __future__ import annotations

import psycopg
import pytest

from apartado.demo import load_demo
from clusters import Database

pytestmark = pytest.mark.one_postgresql


def test_the_demo_catalogue_is_taken_whole_and_once(database: Database) -> None:
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        assert load_demo(connection) == 50
        assert load_demo(connection) == 0


def test_the_demo_catalogue_shows_what_a_catalogue_can_hold(database: Database) -> None:
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        load_demo(connection)
        row = connection.execute(
            "select count(distinct i.condition), min(i.price) < 10 and max(i.price) > 300, "
            "bool_or(s.total > 1), bool_or(not i.for_sale), "
            "bool_or(i.title ~ '[áéíóúñ]'), "
            "(select count(distinct item_id) from apartado.item_tracks) "
            "from apartado.items i join apartado.stock s on s.item_id = i.item_id"
        ).fetchone()
    assert row == (8, True, True, True, True, 50)
