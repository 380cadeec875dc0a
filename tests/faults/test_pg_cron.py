"""The database keeps its own promises: real pg_cron, and no service anywhere."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import clusters
from apartado import database as db
from apartado.doctor import examine
from apartado.settings import Settings
from apartado.tree import database_root
from clusters import Database, Server
from scenes import Shop

SYNC = "select * from apartado.sync_jobs() order by job"
CRON = "select jobname, schedule, command, active from cron.job order by jobname"
PATIENCE = 130.0  # seconds; pg_cron before 1.5 begins its loops at a full minute
LOOK = 0.1


def wait_until(shop: Shop, text: str, parameters: Any = None) -> None:
    """Look until the query answers true."""
    give_up = time.monotonic() + PATIENCE
    while not shop.one(text, parameters):
        assert time.monotonic() < give_up, f"never: {text}"
        time.sleep(LOOK)


@pytest.mark.only_postgresql(15)
def test_pg_cron_expires_and_promotes_with_no_service(cron: Database) -> None:
    """Trap 62: 1.4 knows minutes only, and what it is given each minute loops. All in one test,
    because the first full minute is worth waiting for only once."""
    shop = Shop(cron)
    assert shop.ask(CRON) == []
    db.migrate(cron.url())  # migrating is what makes the schedule
    jobs = shop.ask("select job, every < '1 minute' as often from apartado.jobs order by job")
    version = shop.one("select extversion from pg_extension where extname = 'pg_cron'")
    by_minutes = [int(part) for part in version.split("-")[0].split(".")] < [1, 5]
    scheduled = shop.ask(CRON)
    assert [row["jobname"] for row in scheduled] == [f"apartado {row['job']}" for row in jobs]
    for row, job in zip(scheduled, jobs, strict=True):
        assert row["active"]
        if by_minutes and job["often"]:
            assert row["schedule"] == "* * * * *"
            assert row["command"] == f"call apartado.loop_job('{job['job']}')"
        else:
            assert row["command"] == f"call apartado.loop_job('{job['job']}', 0)"
    assert shop.ask(SYNC) == []  # nothing to do twice

    the_schedule_is_put_right(shop)

    ana, bea = shop.members("ana", "bea")
    item = shop.item()
    ran = "select last_run_at > '-infinity' from apartado.jobs where job = 'expire_and_promote'"
    wait_until(shop, ran)
    held = shop.reserve(ana, item, ttl="1 second")
    shop.wait(bea, item)
    wait_until(
        shop, "select status = 'expired' from apartado.reservations where reservation_id = %s",
        [held],
    )  # fmt: skip
    assert shop.state(item).holders == [bea]
    (late,) = shop.ask(
        "select extract(epoch from closed_at - expires_at) as by, extract(epoch from j.every) as e"
        " from apartado.reservations, apartado.jobs j"
        " where reservation_id = %s and j.job = 'expire_and_promote'",
        [held],
    )
    assert late["by"] < 5  # the promise; the job's own interval is shorter
    assert late["e"] < 5
    wait_until(shop, "select count(*) = 0 from apartado.events where pos is null")
    shop.check(item)

    two_schedulers(shop)
    shop.close()


def the_schedule_is_put_right(shop: Shop) -> None:
    """After hand edits, for new jobs and for removed ones; other people's jobs are left alone."""
    wanted = shop.ask(CRON)
    shop.ask("select cron.schedule('somebody else''s', '0 0 * * *', 'select 1')")
    shop.ask("select cron.unschedule('apartado number_events')")
    shop.ask("update cron.job set schedule = '5 5 * * *' where jobname like '%expire_and_promote'")
    shop.ask("update cron.job set active = false where jobname like '%forget_old_keys'")
    shop.ask(
        "insert into apartado.jobs (job, command, every) values ('mine', 'select 1', '30 minutes')"
    )
    changes = {row["job"]: row["change"] for row in shop.ask(SYNC)}
    assert changes == {
        "expire_and_promote": "changed", "forget_old_keys": "changed",
        "number_events": "scheduled", "mine": "scheduled",
    }  # fmt: skip
    mine = shop.one("select schedule from cron.job where jobname = 'apartado mine'")
    assert mine == "*/30 * * * *"
    # the database was called otherwise, or its dump comes from a server at another port
    shop.ask("update cron.job set database = 'old' where jobname like '%expire_and_promote'")
    shop.ask("update cron.job set nodeport = nodeport - 1 where jobname like '%forget_old_keys'")
    changes = {row["job"]: row["change"] for row in shop.ask(SYNC)}
    assert changes == {"expire_and_promote": "changed", "forget_old_keys": "changed"}
    here = "database = current_database() and nodeport = current_setting('port')::integer"
    assert shop.one(f"select bool_and({here}) from cron.job where jobname like 'apartado %'")

    shop.ask("delete from apartado.jobs where job = 'mine'")
    assert shop.ask(SYNC) == [{"job": "mine", "change": "removed"}]
    shop.ask("select cron.unschedule('somebody else''s')")
    assert shop.ask(CRON) == wanted


def two_schedulers(shop: Shop) -> None:
    """A service beside pg_cron: what one has just done the other does not do again."""
    every = "update apartado.jobs set every = '1 hour', last_run_at = '-infinity' where job = %s"
    shop.ask(every, ["forget_old_keys"])
    ran = [
        len(shop.ask("select * from apartado.run_due_jobs('forget_old_keys')")) for _ in range(3)
    ]
    assert ran == [1, 0, 0]


def notices(database: Database) -> list[str]:
    """What sync_jobs says where it has nothing to do."""
    heard: list[str] = []
    with database.connect() as connection:
        connection.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
        assert connection.execute("select * from apartado.sync_jobs()").fetchall() == []
    return heard


def test_without_pg_cron_it_changes_nothing_and_says_so(database: Database) -> None:
    assert notices(database) == ["pg_cron is not in this database: the service runs the jobs"]
    db.migrate(database.url())


@pytest.fixture
def cron_server() -> Iterator[Server]:
    """A server of which a test may say whether, and for which database, pg_cron is at work."""
    if not Path("/usr/share/postgresql/15/extension/pg_cron.control").exists():
        pytest.skip("pg_cron is not installed on this machine")
    server = Server(15, clusters.available()[15], cron="apartado_shop")
    yield server
    server.stop()


def restart(server: Server, **settings: str | None) -> None:
    """With other settings; None takes one away."""
    changed = {name.replace("cron_", "cron."): value for name, value in settings.items()}
    wanted = {**server.cluster.settings, **changed}
    server.cluster.settings = {name: value for name, value in wanted.items() if value is not None}
    server.restart()


@pytest.mark.only_postgresql(15)
def test_pg_cron_comes_and_goes(cron_server: Server) -> None:
    """Not there, there, not preloaded, at work for another database, back again."""
    place = cron_server.clone(name="apartado_shop")
    absent = "pg_cron is not in this database: the service runs the jobs"
    assert notices(place) == [absent]

    with place.connect() as connection:  # it appears later
        connection.execute("create extension pg_cron")
        assert len(connection.execute(SYNC.encode()).fetchall()) == 10
        scheduled = connection.execute(CRON.encode()).fetchall()
    assert notices(place) == []

    restart(cron_server, shared_preload_libraries=None, cron_database_name=None)
    (said,) = notices(place)
    assert "not preloaded" in said
    assert "the service runs the jobs" in said

    restart(cron_server, shared_preload_libraries="pg_cron", cron_database_name="postgres")
    (said,) = notices(place)
    assert "in database postgres, not here" in said
    db.migrate(place.url())  # and nothing fails

    restart(cron_server, cron_database_name="apartado_shop")
    with place.connect() as connection:
        assert connection.execute(CRON.encode()).fetchall() == scheduled
    assert notices(place) == []
    who_is_no_superuser_is_told_what_it_takes(place)


def who_is_no_superuser_is_told_what_it_takes(place: Database) -> None:
    """Mutants: the roles make nobody an operator; sync_jobs reads settings that it may not see."""

    def jobs() -> str:
        found = {one.subject: one for one in examine(Settings(database_url=place.url("keeper")))}
        assert found["jobs"].healthy
        return found["jobs"].text

    with place.connect() as connection:
        connection.execute(
            f"create role keeper login createrole; alter database {place.name} owner to keeper"
        )
        heard: list[str] = []
        db.migrate(place.url("keeper"), say=heard.append)
        assert "apartado migrate says what" in jobs()
        (told,) = [line for line in heard if "pg_cron" in line]
        grants = re.findall(r"grant [^;]* to keeper", told)
        assert len(grants) == 2
        for grant in grants:
            assert "apartado migrate says what" in jobs()  # with the first alone, too
            connection.execute(grant.encode())
        db.migrate(place.url("keeper"))
        assert jobs().startswith("pg_cron runs them")
        owners = "select count(*) from cron.job where username = 'keeper'"
        assert connection.execute(owners.encode()).fetchone() == (10,)
        # what takes it away again reaches the jobs of whoever migrated
        readme = (database_root() / "README.md").read_text(encoding="utf-8")
        (away,) = re.findall(r"^select cron\.unschedule.*?;", readme, re.M)
        connection.execute(away.encode())
        assert connection.execute(owners.encode()).fetchone() == (0,)
    with place.connect("keeper") as connection:
        assert connection.execute("select apartado._operator(null)").fetchone() == ("role:keeper",)


@pytest.mark.parametrize(
    ("every", "seconds", "schedule", "command"),
    [
        ("2 seconds", True, "2 seconds", "call apartado.loop_job('job', 0)"),
        ("2 seconds", False, "* * * * *", "call apartado.loop_job('job')"),
        ("59.5 seconds", True, "*/1 * * * *", "call apartado.loop_job('job', 0)"),
        ("5 minutes", False, "*/5 * * * *", "call apartado.loop_job('job', 0)"),
        ("1 hour", True, "0 * * * *", "call apartado.loop_job('job', 0)"),
    ],
)
def test_trap_62_seconds_are_asked_of_those_who_know_them(
    database: Database, every: str, seconds: bool, schedule: str, command: str
) -> None:
    with database.connect() as connection:
        row = connection.execute(
            "select schedule, command from apartado._cron_schedule('job', %s::interval, %s)",
            [every, seconds],
        ).fetchone()
    assert row == (schedule, command)


def test_a_loop_runs_a_job_until_it_has_caught_up(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(
            "create sequence public.turns; grant usage on sequence public.turns to apartado_owner;"
            "insert into apartado.jobs (job, command, every)"
            " values ('heap', 'select nextval(''public.turns'') < 3 as again', '1 hour')"
        )
        connection.execute("call apartado.loop_job('heap', 0)")
        row = connection.execute("select last_value from public.turns").fetchone()
    assert row == (3,)


def test_a_loop_can_commit_and_says_so_where_it_cannot(database: Database) -> None:
    with database.connect("scheduler") as connection:
        with pytest.raises(psycopg.Error) as refusal, connection.transaction():
            connection.execute("call apartado.loop_job('forget_old_keys')")
        assert refusal.value.sqlstate == "2D000"  # a commit inside somebody's transaction
        row = connection.execute(
            "select prosecdef, proconfig is null from pg_proc"
            " where oid = 'apartado.loop_job'::regproc"
        ).fetchone()
    assert row == (False, True)  # with either of them its first commit would always fail
