"""What a restore that stopped, or somebody's hand, did to the tables: doctor names it."""

from __future__ import annotations

from apartado import damage
from apartado import database as db
from apartado.doctor import examine
from apartado.settings import Settings
from clusters import Database

DAMAGES: dict[str, tuple[list[str], list[str]]] = {
    "drop index reservation_is_one_per_member": (
        ["index reservation_is_one_per_member on reservations"], []),
    "alter table attempts drop constraint attempts_pkey": (
        ["constraint attempts_pkey on attempts"], []),
    "alter table orders drop constraint order_belongs_to_a_member": (
        ["constraint order_belongs_to_a_member on orders"], []),
    "alter table attempts drop constraint attempt_tries_are_not_negative": (
        ["constraint attempt_tries_are_not_negative on attempts"], []),
    "alter table members disable row level security": (
        ["row level security of members"], []),
    "alter table alerts drop column since": (["column alerts.since"], []),
    "drop table rule_gates": (
        ["table rule_gates", "row level security of rule_gates", "column rule_gates.gate",
         "column rule_gates.passages", "constraint rule_gates_pkey on rule_gates"], []),
    "alter type reserve_request drop attribute token": (["column reserve_request.token"], []),
    "alter table alerts alter column since drop not null": ([], ["column alerts.since"]),
    "alter table attempts alter column tries type bigint": ([], ["column attempts.tries"]),
    "alter table carts alter column status drop default": ([], ["column carts.status"]),
    "alter table orders alter column order_id drop identity": ([], ["column orders.order_id"]),
    "alter table attempts set unlogged": ([], ["table attempts"]),
    "alter table attempts drop constraint attempt_tries_are_not_negative,"
    " add constraint attempt_tries_are_not_negative check (tries >= -1)": (
        [], ["constraint attempt_tries_are_not_negative on attempts"]),
    "alter table orders drop constraint order_belongs_to_a_member,"
    " add constraint order_belongs_to_a_member foreign key (member_id) references members"
    " not valid": (
        [], ["constraint order_belongs_to_a_member on orders"]),
    "update pg_index set indisvalid = false where indexrelid = 'reservations_due'::regclass": (
        [], ["index reservations_due on reservations"]),
    "update pg_index set indisvalid = false where indexrelid = 'alerts_pkey'::regclass": (
        [], ["constraint alerts_pkey on alerts"]),
}  # fmt: skip
"""Each with what is missing then, and what is different."""

ADDED = """
alter table items add column shelf text;
create index items_by_shelf on items (shelf);
create statistics items_of_labels on title, year from items;
alter table items add constraint item_shelf_is_short check (length(shelf) < 9) not valid;
alter table stock set (fillfactor = 55, autovacuum_vacuum_scale_factor = 0.01);
alter index reservations_due set (fillfactor = 70, deduplicate_items = off);
alter index stock_pkey set (fillfactor = 70);
alter table items alter column title set statistics 500, alter column search set storage external;
alter table events replica identity full;
reindex table reservations;
comment on table items is 'Ours.'
"""

LIKED = {
    "quote_all_identifiers": "on", "intervalstyle": "sql_standard", "datestyle": "german",
    "default_tablespace": "pg_default", "search_path": "apartado", "transform_null_equals": "on",
}  # fmt: skip
"""What somebody has in their own psql."""


def found(where: Database, subject: str) -> tuple[bool, str]:
    (one,) = [one for one in examine(Settings(database_url=where.url())) if one.subject == subject]
    return one.healthy, one.text


def test_whatever_the_tables_lost_is_named(database: Database) -> None:
    """Mutants: indexes by name alone; constraints by name alone; without row level security."""
    with db.connect(database.url()) as connection:
        for change, (missing, different) in DAMAGES.items():
            with connection.transaction(force_rollback=True):
                connection.execute("set local search_path = pg_catalog, apartado")
                connection.execute(change.encode())
                connection.execute("set local search_path = pg_catalog, pg_temp")
                told = damage.compare_tables(connection)
                assert (told.missing, told.different) == (missing, different), change
        told = damage.compare_tables(connection)
        assert (told.missing, told.different) == ([], [])
        assert told.alike > 800
        row = connection.execute("select to_regnamespace(%s)", [damage.AS_WRITTEN]).fetchone()
        assert row == (None,)


def test_what_a_dba_added_or_tuned_is_hers(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("set search_path = apartado")
        connection.execute(ADDED)
    options = " ".join(f"-c {name}={value}" for name, value in LIKED.items())
    findings = list(examine(Settings(database_url=database.url(options=options))))
    assert [one for one in findings if not one.healthy] == []


def test_a_lost_index_is_told_with_the_way_out(database: Database) -> None:
    """Every reserve fails without it, and the doctor said that all was well."""
    with database.connect() as connection:
        connection.execute("drop index apartado.reservation_is_one_per_member")
    healthy, text = found(database, "schema")
    assert not healthy
    assert text.startswith("1 missing (index reservation_is_one_per_member on reservations); ")
    assert "--section=post-data" in text
    assert str(damage.WRITTEN) in text
    assert damage.WRITTEN.is_file()


def switch_off(where: Database) -> None:
    """As pg_restore --disable-triggers that stops leaves a table, and as somebody forgot."""
    with where.connect() as connection:
        connection.execute("alter table apartado.reservations disable trigger all")
        connection.execute("alter table apartado.items disable trigger user")


def off(where: Database) -> list[str]:
    with where.connect() as connection:
        return sorted({table for table, *_ in damage.triggers_off(connection)})


def test_triggers_that_are_off_are_named_and_enabled_again(database: Database) -> None:
    """Mutant: a migrate that enables ours alone: the foreign keys let anything in."""
    assert found(database, "triggers") == (True, "all of them fire")
    switch_off(database)
    healthy, text = found(database, "triggers")
    assert not healthy
    assert text.startswith("off at apartado.items, apartado.reservations, ")
    assert "let a superuser run: alter table apartado.items enable trigger all; alter " in text

    said: list[str] = []
    report = db.migrate(database.url(), say=said.append)
    assert (report.made, report.changed, report.dropped) == ([], [], [])
    assert report.enabled == ["apartado.items", "apartado.reservations"]
    (line,) = [line for line in said if line.startswith("triggers")]
    assert "apartado.items, apartado.reservations. What was written there meanwhile" in line
    assert off(database) == []
    assert found(database, "triggers")[0]
    assert db.migrate(database.url()).enabled == []


def test_a_subscription_that_writes_these_tables_is_named(database: Database) -> None:
    """Triggers do not fire for what it writes; a service whose jobs write as well breaks both."""
    assert found(database, "subscriptions") == (True, "none writes these tables")
    with database.connect() as connection:
        connection.execute(
            "create subscription moving connection 'host=/nowhere' publication shop"
            " with (connect = false, slot_name = none)"
        )
        try:
            assert found(database, "subscriptions")[0], "of other tables"
            connection.execute(
                "insert into pg_subscription_rel (srsubid, srrelid, srsubstate)"
                " select oid, 'apartado.items'::regclass, 'r' from pg_subscription"
                " where subname = 'moving'"
            )
            healthy, text = found(database, "subscriptions")
        finally:
            connection.execute("drop subscription moving")
    assert not healthy
    assert text.startswith("moving writes these tables; let no service ")
    assert found(database, "subscriptions")[0]


def test_ours_alone_need_no_superuser(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("alter table apartado.items disable trigger user")
    text = "off at apartado.items, so that rules are not kept there; run apartado migrate"
    assert found(database, "triggers") == (False, text)


def test_who_may_not_enable_the_foreign_keys_is_told_the_statement(database: Database) -> None:
    switch_off(database)
    with database.connect() as connection:
        connection.execute(
            "create role keeper login createrole;"
            f"alter database {database.name} owner to keeper;"
            "grant apartado_owner, apartado_api, apartado_operator, apartado_reader, apartado_jobs"
            " to keeper with admin option"
        )
    try:
        said: list[str] = []
        report = db.migrate(database.url("keeper"), say=said.append)
        assert report.enabled == ["apartado.items", "apartado.reservations"]
        assert report.off == ["apartado.reservations"] == off(database)
        statement = "alter table apartado.reservations enable trigger all"
        assert said[-1].endswith(f"let a superuser run: {statement}")
        with database.connect() as connection:
            connection.execute(statement.encode())
        assert off(database) == []
    finally:
        with database.connect() as connection:
            connection.execute(
                f"alter database {database.name} owner to postgres;"
                "reassign owned by keeper to postgres; drop owned by keeper; drop role keeper"
            )
