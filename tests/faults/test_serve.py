"""`apartado serve`: from an empty directory to an answer, and to an end that leaves nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from apartado import embedded
from apartado.embedded import Cluster
from clusters import Database
from serving import LOOK, PATIENCE, Served, serving


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_the_service_is_the_end_of_its_postgresql(
    place: Path, how: signal.Signals
) -> None:
    with serving(place / "data") as service:
        assert Cluster(place / "data").running()
        assert service.end(how) == 0
        assert service.said().splitlines()[-1] == "stopped"
    assert not Cluster(place / "data").running()


def test_who_is_told_to_survive_a_hang_up_does(place: Path) -> None:
    """nohup: what is ignored when a program begins stays ignored."""
    with serving(place / "data", hang_up=signal.SIG_IGN) as service:
        service.process.send_signal(signal.SIGHUP)
        assert service.get("/health")["ready"]
        assert service.end(signal.SIGINT) == 0


def test_it_says_where_everything_is(place: Path) -> None:
    with serving(place / "data") as service:
        service.end(signal.SIGINT)
        said = service.said()
    for part in (
        f"http://127.0.0.1:{service.port}/",
        "/rpc/",
        "/events",
        "apartado admin grant",
        f"APARTADO_DATA={place / 'data'} ",
        f"psql -h {place / 'data'}",
        "demo catalogue loaded",
    ):
        assert part in said, part


def test_it_comes_back_after_a_kill_with_what_it_had(place: Path) -> None:
    with serving(place / "data") as service:
        first = [(item["sku"], item["version"]) for item in service.get("/rpc/find_items")]
        service.end(signal.SIGKILL)
    assert len(first) > 0
    assert Cluster(place / "data").running()
    with serving(place / "data") as service:
        again = service.get("/rpc/find_items")
        assert [(item["sku"], item["version"]) for item in again] == first
        service.end(signal.SIGINT)
        assert "demo catalogue loaded" not in service.said()
    assert not Cluster(place / "data").running()


def skus(service: Served) -> list[str] | None:
    """What it sells; None while it has no database."""
    answer = service.get("/rpc/find_items")
    return [item["sku"] for item in answer] if isinstance(answer, list) else None


def test_its_postgresql_is_started_again_whatever_ended_it(place: Path) -> None:
    cluster = Cluster(place / "data")
    with serving(place / "data") as service:
        first = skus(service)
        assert first
        for how in (signal.SIGKILL, signal.SIGINT):  # of PostgreSQL: stop at once
            dead = cluster._postmaster()
            assert dead is not None
            os.kill(dead, how)
            give_up = time.monotonic() + PATIENCE
            while cluster._postmaster() in {dead, None} or skus(service) is None:
                assert time.monotonic() < give_up, "it stayed away"
                time.sleep(LOOK)
            assert skus(service) == first
        assert service.end(signal.SIGINT) == 0
        assert "PostgreSQL was gone; it was started again" in service.said()
    assert not cluster.running()


def test_a_second_one_on_the_same_directory_is_refused(place: Path) -> None:
    with serving(place / "data") as first:
        second = Served(place / "data")
        assert second.process.wait(PATIENCE) == 1
        assert "already running" in second.said()
        first.wait()


def test_a_command_beside_it_uses_its_postgresql(place: Path) -> None:
    with serving(place / "data") as service:
        signed_in = httpx.post(
            f"http://127.0.0.1:{service.port}/rpc/sign_in", json={"alias": "ana"}
        ).json()
        command = ["-m", "apartado", "admin", "grant", "ana", "--reason", "runs the till"]
        granted = subprocess.run(
            [sys.executable, *command],
            env={
                **os.environ,
                "PYTHONPATH": str(Path(embedded.__file__).parents[1]),
                "APARTADO_DATA": str(place / "data"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert granted.stdout == "ana is an operator now\n", granted.stderr
        headers = {"Authorization": f"Bearer {signed_in['token']}"}
        address = f"http://127.0.0.1:{service.port}/rpc"
        assert httpx.get(f"{address}/who_am_i", headers=headers).json()["is_operator"] is True
        kinds = {"kinds": "member.changed"}
        (told,) = httpx.get(f"{address}/search_audit", params=kinds, headers=headers).json()
        assert told["reason"] == "runs the till"


def test_it_logs_in_as_apartado_api_only(place: Path) -> None:
    with serving(place / "data"), psycopg.connect(Cluster(place / "data").url()) as connection:
        users = connection.execute(
            "select distinct usename::text from pg_stat_activity"
            " where backend_type = 'client backend' and pid <> pg_backend_pid()"
        ).fetchall()
    assert users == [("apartado_api",)]


@pytest.mark.one_postgresql
@pytest.mark.parametrize("user", ["postgres", "apartado_api"])
def test_on_an_existing_server_nothing_embedded_starts(
    place: Path, database: Database, user: str
) -> None:
    with serving(place / "data", APARTADO_DATABASE_URL=database.url(user)) as service:
        assert service.get("/rpc/find_items") == []  # and no demo in anybody's own database
        with database.connect() as connection:
            users = connection.execute(
                "select distinct usename::text from pg_stat_activity where datname = %s"
                " and backend_type = 'client backend' and pid <> pg_backend_pid()",
                [database.name],
            ).fetchall()
        assert users == [("apartado_api",)]
    assert not (place / "data").exists()


@pytest.mark.one_postgresql
def test_more_people_look_on_than_it_was_given_descriptors(place: Path, database: Database) -> None:
    """Else a few hundred streams, of one person, keep everybody else out."""
    few = (
        "from resource import RLIMIT_NOFILE as files, getrlimit, setrlimit\n"
        "setrlimit(files, (100, getrlimit(files)[1]))"
    )
    service = Served(
        place / "data", mistake=few, APARTADO_DATABASE_URL=database.url("apartado_api")
    )
    with ExitStack() as stack:
        stack.callback(service.end, signal.SIGINT)
        service.wait()
        for _ in range(150):
            looks = socket.create_connection(("127.0.0.1", service.port))
            stack.enter_context(looks)
            looks.sendall(b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            assert looks.recv(12) == b"HTTP/1.1 200"
        assert service.get("/health")["checks"]["streams"] == 150


@pytest.mark.one_postgresql
def test_a_database_that_was_never_migrated_is_named(place: Path, empty: Database) -> None:
    service = Served(place / "data", APARTADO_DATABASE_URL=empty.url("apartado_api"))
    assert service.process.wait(PATIENCE) == 1
    assert "Run apartado migrate" in service.said()


@pytest.mark.one_postgresql
def test_the_bootstrap_secret_makes_one_operator(place: Path, database: Database) -> None:
    secret = "a secret for the first operator"
    claimable = partial(
        serving,
        place / "data",
        APARTADO_DATABASE_URL=database.url(),
        APARTADO_BOOTSTRAP_SECRET=secret,
    )

    def claim(service: Served, alias: str) -> Any:
        address = f"http://127.0.0.1:{service.port}/rpc"
        token = httpx.post(f"{address}/sign_in", json={"alias": alias}).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        body = {"secret": secret}
        return httpx.post(f"{address}/claim_operator", json=body, headers=headers).json()

    with claimable() as service:
        assert claim(service, "ana")["is_operator"] is True
        assert claim(service, "bea")["code"] == "RS601"
    with claimable() as restarted:
        assert claim(restarted, "cleo")["code"] == "RS601"
