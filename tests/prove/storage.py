"""A full disk, a backup under load, a primary that dies: what was acknowledged is there."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from apartado import embedded
from prove.clients import Client, HttpClient, OneOf, SqlClient
from prove.cluster import Arena, Ground
from prove.judge import consistent, found
from prove.ledger import Ledger, Line
from prove.proxy import Proxy
from prove.readers import Reader
from prove.scene import scene
from prove.streams import PATIENCE, caught_up, reading
from prove.trial import CannotRun, Figure, Trial, mutant, proof

CLIENTS, ITEMS, UNITS = 8, 6, 8
SMALL = 64  # MiB
SENT_AWAY = 50


@contextmanager
def small_disk(trial: Trial) -> Iterator[Path]:
    """A file system of its own that is soon full, and belongs to the server."""
    if os.geteuid() != 0:
        raise CannotRun("only root can mount a small file system")
    place = trial.arena.directory / "small"
    place.mkdir()
    owner = trial.arena.cluster.pgdata.stat()
    options = f"size={SMALL}m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)
        place.rmdir()


@proof("disk_full", "a full disk loses nothing, and needs nobody but space", short=0.1)
def disk_full(trial: Trial) -> Figure:
    with small_disk(trial) as place, trial.arena.database("postgres").connect() as admin:
        where = place / "space"
        where.mkdir(mode=0o700)
        owner = trial.arena.cluster.pgdata.stat()
        os.chown(where, owner.st_uid, owner.st_gid)
        admin.execute(f"create tablespace small location '{where}'")
        try:
            return _full_and_not(trial, place)
        finally:
            trial.forget_grounds()
            admin.execute("drop tablespace small")


def _full_and_not(trial: Trial, place: Path) -> Figure:
    shop = scene(trial, clients=CLIENTS, items=ITEMS, units=UNITS, tablespace="small")
    service = trial.service(shop.ground)
    ballast, some = place / "ballast", trial.of(1000, 50)

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 4096)

    async def trouble() -> None:
        await shop.until_written(some)
        await asyncio.to_thread(fill)
        while shop.ledger.lost < SENT_AWAY:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(ballast.unlink)
        await shop.until_written(shop.ledger.written + some)

    clients: list[Client] = [
        HttpClient(service.port, shop.tokens) if n % 2 else SqlClient(shop.ground.database)
        for n in range(CLIENTS)
    ]
    asyncio.run(shop.go_on_during(clients, 0, trouble))
    service.close()
    shop.judge()
    return Figure(
        f"{SMALL} MiB, full in the middle of {len(shop.ledger.lines):,} calls",
        f"{len(shop.ledger.acknowledged):,} acknowledged, all found; {shop.ledger.lost} sent away"
        " while it was full, none after",
        "all found",
    )


def tool(bindir: Path, name: str, *arguments: str | Path, given: str | None = None) -> str:
    """One of PostgreSQL's own programs."""
    done = subprocess.run(
        [bindir / name, *arguments], input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@proof(
    "backup", "a dump taken under load, restored elsewhere: all there, and streams go on", short=0.1
)
def backup(trial: Trial) -> Figure:
    shop = scene(trial, clients=CLIENTS, items=ITEMS, units=UNITS)
    service = trial.service(shop.ground)
    place, some = shop.ground.database, trial.of(2000, 100)
    before: list[Line] = []
    dumps: list[str] = []

    async def trouble() -> None:
        await shop.until_written(some)
        before.extend(shop.ledger.acknowledged)
        dumps.append(
            await asyncio.to_thread(
                tool, trial.arena.bindir, "pg_dump", "-h", place.host, "-U", "postgres", place.name
            )
        )
        await shop.until_written(shop.ledger.written + some)

    clients: list[Client] = [HttpClient(service.port, shop.tokens) for _ in range(CLIENTS)]
    asyncio.run(shop.go_on_during(clients, 0, trouble))
    shop.judge()
    head = shop.ground.one("select pos from apartado.event_head()")
    service.close()

    with Arena(trial.arena.major) as elsewhere:
        restored = elsewhere.empty()
        tool(
            elsewhere.bindir, "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-h", restored.database.host,
            "-U", "postgres", restored.database.name, given=dumps[0],
        )  # fmt: skip
        kept = Ledger()
        kept.lines = before
        found(restored, kept)
        there = trial.service(restored)
        told = asyncio.run(_resume(restored, there.port, shop.tokens[shop.boss], head))
        there.close()
        consistent(restored)
        restored.close()
    return Figure(
        f"{len(dumps[0]) // 1024:,} KiB under {CLIENTS} clients",
        f"{len(kept.lines):,} acknowledged before it found; readers went on to {told:,}, one from"
        f" {head:,} was told to reset",
        "all, both",
    )


async def _resume(ground: Ground, port: int, token: str, ahead: int) -> int:
    """One reader goes on from where it stood, another stood where the dump has not come to."""
    behind, lost = Reader([port], token), Reader([port], token)
    lost.cursor = lost.seen = ahead
    async with reading([behind, lost]):
        await caught_up(ground, [behind])
        give_up = time.monotonic() + PATIENCE
        while not any(word.startswith("reset") for word in lost.wrong):
            assert time.monotonic() < give_up, (
                f"nobody told {lost.cursor} of {behind.seen} to reset"
            )
            await asyncio.sleep(0.02)
    assert behind.wrong == []
    assert lost.wrong[-1].startswith("reset"), lost.wrong
    return behind.seen


@proof(
    "standby", "a primary is killed, its synchronous standby promoted: nothing is lost", short=0.1
)
def standby(trial: Trial) -> Figure:
    with Arena(trial.arena.major, max_wal_senders="4", wal_level="replica") as primary:
        return asyncio.run(_fail_over(trial, primary))


async def _fail_over(trial: Trial, primary: Arena) -> Figure:
    shop = scene(trial, clients=CLIENTS, items=ITEMS, units=UNITS, arena=primary)
    some = trial.of(2000, 100)
    async with Proxy(primary.cluster.socket_directory) as wire:
        second = await asyncio.to_thread(_copy, primary, wire.port)
        try:
            await asyncio.to_thread(second.start)
            shop.ground.ask("alter system set synchronous_standby_names to '*'")
            shop.ground.ask("select pg_reload_conf()")
            while not shop.ground.ask(
                "select 1 from pg_stat_replication"
                " where sync_state = 'sync' and state = 'streaming'"
            ):
                await asyncio.sleep(0.05)
            there = replace(shop.ground.database, host=str(second.socket_directory))

            async def trouble() -> None:
                await shop.until_written(some)
                wire.stall()  # what is on its way does not arrive
                await asyncio.sleep(0.5)
                await asyncio.to_thread(primary.kill)
                wire.reset()
                with psycopg.connect(second.url(dbname="postgres")) as connection:
                    connection.execute("select pg_promote()")
                await shop.until_written(shop.ledger.written + some)

            clients: list[Client] = [
                OneOf([SqlClient(shop.ground.database), SqlClient(there)]) for _ in range(CLIENTS)
            ]
            await shop.go_on_during(clients, 0, trouble)
            shop.moved_to(Ground(primary, there))
            shop.judge()
            shop.ground.close()
        finally:
            await asyncio.to_thread(second.stop)
            shutil.rmtree(second.data)
    return Figure(
        f"{CLIENTS} writers, killed after {some:,}",
        f"0 of {len(shop.ledger.acknowledged):,} acknowledged lost",
        "0",
    )


def _copy(primary: Arena, port: int) -> embedded.Cluster:
    """A standby that follows through the proxy, not started yet."""
    data = primary.directory / "standby"
    data.mkdir(mode=0o700)
    tool(
        primary.bindir, "pg_basebackup", "-D", data / "postgresql", "-R", "-c", "fast", "-d",
        f"host=127.0.0.1 port={port} user=postgres sslmode=disable",
    )  # fmt: skip
    owner = primary.cluster.pgdata.stat()
    for path in (data, *data.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    return embedded.Cluster(data, primary.bindir, primary.cluster.settings)


@mutant("a full disk is nobody's fault", "disk_full", size=0.05)
def _is_at_a_loss(ground: Ground) -> None:
    ground.mistake = "import apartado.errors; apartado.errors.UNAVAILABLE.discard('53100')"


@mutant("a commit does not wait for the standby", "standby", size=0.05)
def _does_not_wait(ground: Ground) -> None:
    ground.ask(f"alter database {ground.database.name} set synchronous_commit to local")


@mutant("a cursor ahead of the head is believed", "backup", size=0.05)
def _believes_the_cursor(ground: Ground) -> None:
    ground.mutate(r"perform apartado\._refuse\('RS403'", "perform ('RS403'", "list_events")
