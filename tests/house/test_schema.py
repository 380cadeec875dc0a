"""The tables: the dump in sql/, the migrations, and the way back all say the same."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from apartado import binaries
from apartado import database as db
from apartado.dump import dump_tables
from apartado.tree import database_root
from clusters import Database

ROOT = database_root()
MIGRATIONS = sorted(
    path for path in (ROOT / "migrations").glob("*.sql") if not path.stem.endswith(".rollback")
)


def dump(where: Database) -> str:
    return dump_tables(where.url(), binaries.find_binaries().directory)


def test_the_dump_in_sql_is_what_the_migrations_make(empty: Database) -> None:
    db.migrate_tables(empty.url())
    written = (ROOT / "sql" / "schema.sql").read_text(encoding="utf-8")
    assert dump(empty) == written, "`make schema` after a new migration"


def test_up_down_up_gives_the_same_dump(empty: Database) -> None:
    ids = [path.stem for path in MIGRATIONS]
    assert db.migrate_tables(empty.url()) == ids
    first = dump(empty)
    assert db.roll_back(empty.url()) == ids[::-1]
    assert "CREATE TABLE" not in dump(empty)
    assert db.migrate_tables(empty.url()) == ids
    assert dump(empty) == first


def test_each_migration_can_be_undone_with_the_code_loaded(database: Database) -> None:
    for path in reversed(MIGRATIONS[1:]):
        before = path.stem
        to = MIGRATIONS[MIGRATIONS.index(path) - 1].stem
        assert db.roll_back(database.url(), to=to) == [before]
    assert db.migrate(database.url()).applied == [path.stem for path in MIGRATIONS[1:]]


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_every_migration_has_its_rollback(path: Path) -> None:
    rollback = path.with_suffix(".rollback.sql")
    assert rollback.is_file()
    assert re.search(r"^(drop|alter|delete|update|insert)\b", rollback.read_text(), re.M)


def test_each_migration_says_which_one_it_follows() -> None:
    for before, path in pairwise(MIGRATIONS):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == f"-- depends: {before.stem}", path.name


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_no_migration_holds_a_function_body(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = r"create\s+(or\s+replace\s+)?(function|procedure|(constraint\s+)?trigger|view)\b"
    assert re.search(code, text, re.I) is None


@pytest.mark.parametrize(
    ("what", "last"),
    [("function", "0037.what_operators_see"), ("trigger", "0036.cancelled_waves")],
)
def test_no_migration_drops_a(what: str, last: str) -> None:
    """Until the loader has the tables, which a backup may hold for hours, it would be missing."""
    dropping = [path.stem for path in MIGRATIONS if f"drop {what}" in path.read_text("utf-8")]
    assert dropping[-1] == last, "those up to it did, and stay as applied"


def test_the_rows_of_every_table_are_guarded(database: Database) -> None:
    """No table without row-level security, yoyo's own included."""
    with database.connect() as connection:
        bare = connection.execute(
            "select relname from pg_class where relnamespace = 'apartado'::regnamespace"
            " and relkind in ('r', 'p') and not relrowsecurity"
        ).fetchall()
    assert bare == []
