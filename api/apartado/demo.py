"""Invented records for a first look: `sql/demo/records.jsonl`. Nobody in it exists."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from apartado.tree import database_root


def load_demo(connection: psycopg.Connection[Any]) -> int:
    """Put the demo catalogue into the database and say how many items are new.

    It goes through put_items like any other, so that a second time changes nothing.
    """
    lines = (database_root() / "sql" / "demo" / "records.jsonl").read_text("utf-8").splitlines()
    items = json.dumps([json.loads(line) for line in lines], ensure_ascii=False)
    with connection.transaction(), connection.cursor(row_factory=tuple_row) as cursor:
        rows = cursor.execute(
            "select outcome, sku, reason from apartado.put_items(null, %s::jsonb)", [items]
        ).fetchall()
    refused = [f"{sku}: {reason}" for outcome, sku, reason in rows if outcome == "refused"]
    if refused:
        raise RuntimeError(f"the demo catalogue was refused: {'; '.join(refused)}")
    return sum(outcome == "inserted" for outcome, _, _ in rows)
