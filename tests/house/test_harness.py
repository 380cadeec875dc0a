"""The harness itself: a behaviour file that is wrong in any way is seen to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import clusters
import pgtap

pytestmark = pytest.mark.one_postgresql


@pytest.fixture
def outcome(tap: psycopg.Connection[Any], tmp_path: Path) -> Any:
    """Runs a file with the given text."""

    def run(text: str) -> pgtap.Outcome:
        path = tmp_path / "behaviour.sql"
        path.write_text(text)
        return pgtap.run(tap, path)

    return run


def test_each_assertion_is_read_with_its_notes(outcome: Any) -> None:
    seen = outcome("select plan(2); select ok(true, 'fine'); select is(1, 2, 'not so fine');")
    assert [(a.name, a.passed) for a in seen.assertions] == [
        ("fine", True),
        ("not so fine", False),
    ]
    assert any("have: 1" in note for note in seen.assertions[1].notes)
    assert seen.planned == 2
    assert seen.error is None


def test_what_came_before_an_error_is_kept(outcome: Any) -> None:
    seen = outcome("select plan(2);\nselect ok(true, 'fine');\nselect no_such_function();")
    assert [a.name for a in seen.assertions] == ["fine"]
    assert "line 3: 42883" in seen.error


def test_no_plan_counts_at_the_end(outcome: Any) -> None:
    seen = outcome("select no_plan(); select ok(true); select * from finish();")
    assert (seen.planned, len(seen.assertions)) == (1, 1)


def test_a_skip_has_its_reason(outcome: Any) -> None:
    seen = outcome("select plan(1); select skip('not here', 1);")
    assert [a.skipped for a in seen.assertions] == ["not here"]


@pytest.mark.parametrize(
    "text",
    [
        "select plan(2); select ok(true);",
        "select plan(1); select ok(true); select ok(true);",
        "select ok(true);",
        "select plan(1); select ok(true); select 1 / 0;",
        "select no_plan(); select * from finish();",
        "",
    ],
    ids=["too few", "too many", "no plan", "an error", "nothing", "empty"],
)
def test_a_file_that_breaks_its_plan_fails(
    outcome: Any, text: str, subtests: pytest.Subtests
) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        pgtap.check(outcome(text), subtests)


def test_nothing_that_a_file_does_stays(outcome: Any, tap: psycopg.Connection[Any]) -> None:
    outcome("create table apartado.left_over (n int); set search_path = nowhere;")
    row = tap.execute("select to_regclass('apartado.left_over'), current_setting('search_path')")
    assert row.fetchone() == (None, '"$user", public')


def test_pgtap_is_read_as_plain_sql(tmp_path: Path) -> None:
    assert "\\echo" not in clusters.pgtap(tmp_path)


def test_a_public_event_that_names_somebody_is_found_when_its_database_is_dropped(
    server: clusters.Server,
) -> None:
    database = server.clone()
    with database.connect() as connection:
        connection.execute("select from apartado.sign_in('ana')")
        connection.execute(
            """select from apartado.put_items(null, '[{"sku": "lp", "title": "LP", "price": 1}]')"""
        )
        connection.execute("select from apartado.reserve('ana', apartado.item_id('lp'))")
        row = connection.execute("select pg_get_functiondef('apartado._told'::regproc)").fetchone()
        assert row is not None
        mutant = row[0].replace("'item_id', s.item_id,", "'item_id', m.alias,")
        assert mutant != row[0]
        connection.execute(mutant)
    before = server.told
    with pytest.raises(AssertionError, match="public events say more"):
        server.drop(database.name)
    assert server.told > before
