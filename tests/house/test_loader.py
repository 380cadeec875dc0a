"""The loader: code is what the files say, all of it and nothing else, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from apartado import database as db
from apartado.settings import Trouble
from apartado.tree import GRANTEES, OWNER
from clusters import Database
from trees import THINGS, Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """One table, and one function that everybody may execute for all that the file says."""
    made = Tree(tmp_path / "tree")
    made.migration("0001.things", THINGS, "drop table apartado.things;")
    made.function("one")
    return made


def ask(where: Database, query: str, user: str = "postgres") -> Any:
    """The first value of the answer, where there is one."""
    with where.connect(user) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def exists(where: Database, signature: str) -> bool:
    return bool(ask(where, f"select to_regprocedure('apartado.{signature}') is not null"))


def test_a_second_run_changes_nothing(empty: Database, tree: Tree) -> None:
    first = db.migrate(empty.url(), tree.root)
    assert (first.applied, first.made) == (["0001.things"], ["apartado.one()"])
    second = db.migrate(empty.url(), tree.root)
    assert (second.applied, second.made, second.changed, second.dropped) == ([], [], [], [])
    assert second.unchanged == 1


def test_a_changed_file_replaces_its_function(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    tree.function("one", body="return 2;")
    report = db.migrate(empty.url(), tree.root)
    assert report.changed == ["apartado.one()"]
    assert ask(empty, "select apartado.one()") == 2


def test_a_function_without_a_file_is_dropped(empty: Database, tree: Tree) -> None:
    tree.function("two")
    db.migrate(empty.url(), tree.root)
    tree.remove("functions/made_up/two.sql")
    report = db.migrate(empty.url(), tree.root)
    assert report.dropped == ["apartado.two()"]
    assert not exists(empty, "two()")
    assert exists(empty, "one()")


def test_an_added_default_leaves_no_ambiguous_overload(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    tree.function("one", parameters="p_more integer default 5", body="return p_more;")
    db.migrate(empty.url(), tree.root)
    assert ask(empty, "select apartado.one()") == 5


def test_another_signature_replaces_the_old_one_whose_rights_are_given_by_name(
    empty: Database, tree: Tree
) -> None:
    given = (
        "comment on function apartado.one({}) is 'One.';"
        "grant execute on function apartado.one to apartado_api;"
    )
    tree.function("one", after=given.format(""))
    db.migrate(empty.url(), tree.root)
    tree.function("one", parameters="p_more bigint", body="return 6;", after=given.format("bigint"))
    report = db.migrate(empty.url(), tree.root)
    assert (report.made, report.dropped) == (["apartado.one(bigint)"], ["apartado.one()"])
    assert ask(
        empty, "select has_function_privilege('apartado_api', 'apartado.one(bigint)', 'execute')"
    )


def test_another_result_replaces_the_old_one(empty: Database, tree: Tree) -> None:
    after = "comment on function apartado.one() is 'One.';"
    tree.function("one", after=after)
    db.migrate(empty.url(), tree.root)
    tree.function(
        "one",
        returns="table (a integer, b integer)",
        body="return query values (1, 2);",
        after=after,
    )
    report = db.migrate(empty.url(), tree.root)
    assert (report.made, report.changed, report.dropped) == ([], ["apartado.one()"], [])
    assert ask(empty, "select b from apartado.one()") == 2


def test_another_result_of_what_somebody_leans_on_is_refused(empty: Database, tree: Tree) -> None:
    after = "comment on function apartado.one() is 'One.';"
    tree.function("one", after=after)
    db.migrate(empty.url(), tree.root)
    ask(empty, "create view theirs as select apartado.one() as one")
    tree.function("one", returns="text", body="return 'one';", after=after)
    with pytest.raises(
        Trouble, match=r"view public\.theirs depends on function apartado\.one"
    ) as no:
        db.migrate(empty.url(), tree.root)
    assert str(no.value).endswith("run apartado migrate again, and make it anew.")
    assert "CASCADE" not in str(no.value)
    assert ask(empty, "select one from theirs") == 1
    tree.migration("0002.more", "alter table apartado.things add column n int;")
    with pytest.raises(Trouble, match=r"make it anew\. Do it soon: the tables are those of this"):
        db.migrate(empty.url(), tree.root)
    ask(empty, "drop view theirs")
    assert db.migrate(empty.url(), tree.root).changed == ["apartado.one()"]


def test_a_function_made_by_hand_is_dropped(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    ask(empty, "create function apartado.stray() returns int language sql as 'select 1'")
    assert db.migrate(empty.url(), tree.root).dropped == ["apartado.stray()"]


def test_a_renamed_trigger_fires_once(empty: Database, tree: Tree) -> None:
    tree.function("tg_shout", returns="trigger", body="new.name := new.name || '!'; return new;")
    trigger = (
        "create or replace trigger {} before insert on apartado.things"
        " for each row execute function apartado.tg_shout();"
    )
    tree.write("triggers/things.sql", trigger.format("_100_shout"))
    db.migrate(empty.url(), tree.root)
    tree.write("triggers/things.sql", trigger.format("_110_shout"))
    report = db.migrate(empty.url(), tree.root)
    assert report.dropped == ["_100_shout on things"]
    assert ask(empty, "insert into apartado.things values (1, 'ana') returning name") == "ana!"


def test_a_constraint_trigger_that_is_dropped_and_made_again_stays(
    empty: Database, tree: Tree
) -> None:
    tree.function("tg_refuse", returns="trigger", body="raise sqlstate 'RS312';")
    tree.write(
        "triggers/things.sql",
        "drop trigger if exists _900_refuse on apartado.things;"
        "create constraint trigger _900_refuse after insert on apartado.things"
        " deferrable initially deferred for each row execute function apartado.tg_refuse();",
    )
    db.migrate(empty.url(), tree.root)
    report = db.migrate(empty.url(), tree.root)
    assert (report.made, report.changed, report.dropped) == ([], [], [])
    with pytest.raises(psycopg.Error) as refused:
        ask(empty, "insert into apartado.things values (1, 'ana')")
    assert refused.value.sqlstate == "RS312"


def test_views_are_replaced_and_dropped_too(empty: Database, tree: Tree) -> None:
    view = "create or replace view apartado.{0} as select apartado.one() as one;"
    tree.write("sql/views.sql", view.format("this") + view.format("that"))
    db.migrate(empty.url(), tree.root)
    tree.write("sql/views.sql", view.format("this"))
    assert db.migrate(empty.url(), tree.root).dropped == ["that"]
    assert db.migrate(empty.url(), tree.root).unchanged == 2


def test_what_others_lean_on_is_not_dropped_with_them(empty: Database, tree: Tree) -> None:
    tree.function("two")
    db.migrate(empty.url(), tree.root)
    ask(empty, "create view public.mine as select apartado.two() as two")
    tree.remove("functions/made_up/two.sql")
    with pytest.raises(Trouble, match=r"apartado\.two\(\).*view (public\.)?mine"):
        db.migrate(empty.url(), tree.root)
    assert ask(empty, "select two from public.mine") == 1


def test_a_broken_file_leaves_everything_as_it_was(empty: Database, tree: Tree) -> None:
    tree.function("two")
    db.migrate(empty.url(), tree.root)
    tree.function("one", body="return 2;")
    tree.remove("functions/made_up/two.sql")
    tree.write("functions/made_up/zero.sql", "create table apartado.x (\n  a int,\n  b ints\n);")
    with pytest.raises(Trouble, match=r"functions/made_up/zero\.sql, line 3: .*ints"):
        db.migrate(empty.url(), tree.root)
    assert ask(empty, "select apartado.one() + apartado.two()") == 2


def test_nobody_may_execute_what_no_file_grants(empty: Database, tree: Tree) -> None:
    """Trap 52: functions are executable by PUBLIC, and revoking that in one schema does nothing."""
    db.migrate(empty.url(), tree.root)
    for role in (*GRANTEES, "public"):
        assert not ask(
            empty, f"select has_function_privilege('{role}', 'apartado.one()', 'execute')"
        ), role


def test_a_grant_that_is_gone_from_its_file_is_gone(empty: Database, tree: Tree) -> None:
    tree.function("one", after="grant execute on function apartado.one to apartado_api;")
    db.migrate(empty.url(), tree.root)
    assert ask(empty, "select apartado.one()", user="apartado_api") == 1
    tree.function("one")
    assert db.migrate(empty.url(), tree.root).changed == ["apartado.one()"]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(empty, "select apartado.one()", user="apartado_api")


def test_everything_belongs_to_the_owner(database: Database) -> None:
    owners = (
        "select string_agg(distinct pg_get_userbyid(o), ',') from ("
        " select relowner as o from pg_class where relnamespace = 'apartado'::regnamespace"
        " union select proowner from pg_proc where pronamespace = 'apartado'::regnamespace"
        " union select nspowner from pg_namespace where nspname = 'apartado') x"
    )
    assert ask(database, owners) == OWNER


def test_the_owner_cannot_log_in_and_the_service_has_its_limits(database: Database) -> None:
    assert ask(database, "select not rolcanlogin from pg_roles where rolname = 'apartado_owner'")
    wanted = {
        "default_transaction_isolation": "read committed",
        "statement_timeout": "5s",
        "lock_timeout": "1500ms",
        "idle_in_transaction_session_timeout": "10s",
        "enable_seqscan": "off",
        "jit": "off",
    }
    for name, value in wanted.items():
        assert ask(database, f"show {name}", user="apartado_api") == value
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(database, "create temporary table t (a int)", user="apartado_api")


def test_the_comparison_changes_nothing(empty: Database, tree: Tree) -> None:
    db.migrate(empty.url(), tree.root)
    tree.function("one", body="return 2;")
    with empty.connect() as connection:
        assert db.compare_code(connection, tree.root).changed == ["apartado.one()"]
    assert ask(empty, "select apartado.one()") == 1
