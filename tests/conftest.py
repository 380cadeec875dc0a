"""What every test can ask for.

server      one PostgreSQL server (clusters.Server); a test that uses it, or anything below, runs
            once on every major version that this machine has (mark `one_postgresql`: newest
            only; `only_postgresql(15)`: that one only)
database    a fresh clone of the migrated template (clusters.Database): for everything that commits
            or needs several connections. `.url(user)` and `.connect(user)`; users are postgres,
            apartado_api, and dba, reader, scheduler, stranger (clusters.LOGINS)
mutant      a shop on such a clone (scenes.Shop), whose code may be spoilt; on the newest version
empty       a fresh database without anything in it, for migrations and the loader
cron        a clone on a server of its own in which pg_cron runs
tap         a connection to a shared database that also holds pgTAP (schema tap) and the helpers
            (schema tests); what a test does there is rolled back
behaviour   each .sql file beside the asking module, one test each; see pgtap.py

Races are told with sessions.Stage(database). What this machine cannot run is skipped with its
reason; with APARTADO_NOTHING_SKIPPED=1, as in CI, a skip is a failure.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import clusters
from scenes import Shop

AVAILABLE = clusters.available()
REQUIRED = (15, 18)
MANY_CLONES = 50
"""Among so many databases are some with events, of which clusters.Server.drop judges every one."""

LIBPQ_VARIABLES = [name for name in os.environ if name.startswith("PG")]


def pytest_configure(config: pytest.Config) -> None:
    """The caller's own libpq settings must not reach the tests, nor their servers outlive them."""
    for name in LIBPQ_VARIABLES:
        del os.environ[name]
    # A test run that is told to end still stops the servers that it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: its driver keeps an event loop running in this thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every version, and every behaviour file beside the module."""
    if "server" in metafunc.fixturenames:
        majors = sorted({*AVAILABLE, *REQUIRED})
        is_mutant = "mutant" in metafunc.fixturenames  # what a test catches it catches on each
        if is_mutant or metafunc.definition.get_closest_marker("one_postgresql"):
            majors = [max(AVAILABLE)]
        only = metafunc.definition.get_closest_marker("only_postgresql")
        if only is not None:
            majors = list(only.args)
        metafunc.parametrize(
            "server", [_version(major) for major in majors], indirect=True, scope="session"
        )
    if "behaviour" in metafunc.fixturenames:
        folder = Path(metafunc.module.__file__ or "").parent
        files = sorted(folder.rglob("*.sql"))
        names = [str(path.relative_to(folder).with_suffix("")) for path in files]
        metafunc.parametrize("behaviour", files, ids=names)


def _version(major: int) -> Any:
    missing = pytest.mark.skipif(
        major not in AVAILABLE, reason=f"PostgreSQL {major} is not installed on this machine"
    )
    return pytest.param(major, id=f"pg{major}", marks=missing)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a skip is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _nothing_skipped():
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be skipped here: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself as a whole."""
    report = yield
    if report.skipped and _nothing_skipped():
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be skipped here: {report.longrepr}"
    return report


def _nothing_skipped() -> bool:
    return os.environ.get("APARTADO_NOTHING_SKIPPED") == "1"


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[clusters.Server]:
    """One server per major version, with the migrated template."""
    major: int = request.param
    running = clusters.Server(major, AVAILABLE[major])
    yield running
    running.stop()
    assert running.told or running.dropped < MANY_CLONES, "no public event was looked at"


@pytest.fixture
def database(server: clusters.Server) -> Iterator[clusters.Database]:
    """A fresh clone of the migrated template."""
    made = server.clone()
    yield made
    server.drop(made.name)


@pytest.fixture
def mutant(database: clusters.Database) -> Iterator[Shop]:
    """A shop of its own, whose code may be spoilt."""
    opened = Shop(database)
    yield opened
    opened.close()


@pytest.fixture
def empty(server: clusters.Server) -> Iterator[clusters.Database]:
    """A fresh database without anything in it."""
    made = server.clone(template=None)
    yield made
    server.drop(made.name)


@pytest.fixture
def cron() -> Iterator[clusters.Database]:
    """A migrated database with a pg_cron that is at work; Debian's 15 has it."""
    major, name = 15, "apartado_cron"
    if not Path(f"/usr/share/postgresql/{major}/extension/pg_cron.control").exists():
        pytest.skip("pg_cron is not installed on this machine")
    server = clusters.Server(major, AVAILABLE[major], cron=name)
    try:
        made = server.clone(name=name)
        with made.connect() as connection:
            connection.execute("create extension pg_cron")
        server.restart()  # its scheduler looks for the database only when it starts
        yield made
    finally:
        server.stop()


@pytest.fixture(scope="session")
def pgtap_sql(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The SQL of pgTAP."""
    cache = getattr(request.config, "cache", None)  # absent with -p no:cacheprovider
    return clusters.pgtap(cache.mkdir("pgtap") if cache else tmp_path_factory.mktemp("pgtap"))


@pytest.fixture(scope="session")
def tap_database(server: clusters.Server, pgtap_sql: str) -> Iterator[clusters.Database]:
    """A clone with pgTAP and the helpers in it, for files that roll back."""
    made = server.clone(name="apartado_tap")
    with made.connect() as connection:
        connection.execute("create schema tap; set search_path = tap; " + pgtap_sql)
        connection.execute("reset search_path")
        connection.execute((clusters.HERE / "helpers.sql").read_text(encoding="utf-8"))
        connection.execute("grant usage on schema tap, tests to public")
    yield made
    server.drop(made.name)


@pytest.fixture(scope="session")
def tap_connection(tap_database: clusters.Database) -> Iterator[psycopg.Connection[Any]]:
    """The one connection that the behaviour files share."""
    with tap_database.connect(prepare_threshold=None) as connection:
        yield connection


@pytest.fixture
def tap(tap_connection: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """The shared connection, left as it was found."""
    yield tap_connection
    if not tap_connection.closed:
        tap_connection.execute("rollback")
        tap_connection.execute("discard all")
