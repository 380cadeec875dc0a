"""The files of the database, and the names that everything there has."""

from __future__ import annotations

from pathlib import Path

import psycopg

SCHEMA = "apartado"
OWNER = "apartado_owner"
SERVICE = "apartado_api"
GRANTEES = ("apartado_api", "apartado_operator", "apartado_reader", "apartado_jobs")
SEARCH_PATH = "pg_catalog, pg_temp"


def database_root() -> Path:
    """The directory that holds sql/, functions/, triggers/ and migrations/."""
    shipped = Path(__file__).parent / "db"
    return shipped if shipped.is_dir() else Path(__file__).parents[2]


def explain(error: psycopg.Error) -> str:
    """What the server said, in one line."""
    diag = error.diag
    parts = (diag.message_primary or str(error), diag.message_detail, diag.message_hint)
    return " ".join(f"{part.strip().rstrip('.')}." for part in parts if part)
