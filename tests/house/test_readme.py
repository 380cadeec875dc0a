"""The README's session, run as it stands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import clusters
from apartado import database, embedded
from apartado.embedded import Cluster
from apartado.endpoints import ENDPOINTS
from serving import PATIENCE, Served, serving

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.one_postgresql


def block(language: str, containing: str) -> str:
    """The fenced block in which something stands."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    found = [text for text in blocks if containing in text]
    assert len(found) == 1, f"the README has {len(found)} blocks with {containing}"
    return found[0]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    path = clusters.directory()
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def served(place: Path) -> Iterator[Served]:
    with serving(place / "data") as service:
        yield service


@pytest.fixture(scope="module")
def commands(place: Path) -> Path:
    """What the session calls besides curl."""
    found = place / "bin"
    found.mkdir()
    apartado = found / "apartado"
    apartado.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m apartado "$@"\n')
    apartado.chmod(0o755)
    (found / "python3").symlink_to(sys.executable)
    return found


def test_the_curl_session(place: Path, commands: Path, served: Served) -> None:
    """Ana reserves, Ben lines up, Ana gives it back, Ben has it, the shop sells it to him; Ana buys
    out of her cart. As often as one likes."""
    for time in (1, 2):
        _run_the_session(place, commands, served, time)


def _run_the_session(place: Path, commands: Path, served: Served, time: int) -> None:
    script = block("sh", "enter ana").replace(
        "http://127.0.0.1:8000", f"http://127.0.0.1:{served.port}"
    )
    # the stream in a file of its own
    stream = place / f"stream-{time}"
    script = script.replace('after=0" &', f'after=0" > {stream} &')
    # where it breaks off, the stream would be waited for
    script = "trap 'kill $(jobs -p) || :' EXIT\n" + script

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={
            **os.environ,
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(embedded.__file__).parents[1]),
            "APARTADO_DATA": str(place / "data"),
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines() if line[:1] in ("{", "[")]
    imported, refused, joined, cancelled, status, longer, sold, purchases, *hers = answers
    assert imported[0]["outcome"] == "inserted"
    assert refused["code"] == "RS301"
    assert joined["position"] == 1
    assert cancelled["promoted"] == 1
    assert status["status"] == "reserved"
    assert longer["expires_at"] > status["my_expires_at"]
    assert (sold["buyer"], sold["price"]) == ("ben", "25.00")
    assert [purchase["title"] for purchase in purchases] == ["Blue Train"] * time
    more, cart, checked_out, bought = hers
    assert (more[0]["outcome"], cart["lines"][0]["title"]) == ("inserted", "Giant Steps")
    assert [line["outcome"] for line in checked_out] == ["reserved"]
    assert bought["price"] == "18.00"
    told = re.findall(r"^event: (\S+)$", stream.read_text(), re.MULTILINE)
    assert {"reservation.created", "queue.joined", "queue.promoted", "purchase.created"} <= {*told}


def test_the_psql_session(place: Path, served: Served) -> None:
    cluster = Cluster(place / "data")
    statements = block("sql", "apartado.sign_in('eva')")
    with database.connect(cluster.url()) as connection:
        rows = []
        for statement in statements.split(";\n"):
            words = re.sub(r"--.*", "", statement).strip()
            if words:
                rows.append(connection.execute(words).fetchall())
    _, imported, reserved, status, swept, breaches = rows
    assert imported[0][3] == "inserted"
    assert reserved[0][0] == "reserved"
    assert status[0][2] == "reserved"
    assert swept[0][0] == 0
    assert breaches == []


def test_the_drop_that_a_shop_announces(place: Path, served: Served) -> None:
    cluster = Cluster(place / "data")
    with database.connect(cluster.url()) as connection:
        connection.execute(
            'select apartado.put_items(null, \'[{"sku": "lp-3", "title": "A Love Supreme"}]\')'
        )
        announced, planned = block("sql", "apartado.create_drop").strip().split("\n")
        drop = connection.execute(announced).fetchall()
        wave = connection.execute(planned).fetchall()
    assert drop == [(1,)]
    assert wave[0][1] == drop[0][0]


def test_the_rules_that_a_shop_sets(place: Path, served: Served) -> None:
    cluster = Cluster(place / "data")
    with database.connect(cluster.url()) as connection:
        connection.execute(
            'select apartado.put_items(null, \'[{"sku": "lp-2", "title": "Kind of Blue"}]\')'
        )
        statements = block("sql", "apartado.set_policy").split(";\n")
        answers = [connection.execute(text).fetchall() for text in statements if text.strip()]
    _, subscribers, explained = answers
    assert len(subscribers) == 1
    values = {row[0]: row[1:] for row in explained}
    assert values["item_limit"][0] in ("1", 1)
    assert "lp-2" in values["item_limit"][1]
    assert "default" in values["active_limit"][1]
    table = README.split("| value | what it says | default |")[1].split("\n\n")[0]
    named = " ".join(re.findall(r"^\|([^|]+)\|", table, re.MULTILINE))
    rows = set(re.findall(r"`([a-z_]+)`", named))
    assert not set(values) - rows, "in the README's table of values"
    assert rows <= set(values)


def test_a_week_in_a_moment(place: Path, served: Served) -> None:
    """What somebody holds is over in it, and held still after it."""
    look = "select status from apartado.get_status('wim', apartado.item_id('week'))"
    with database.connect(Cluster(place / "data").url()) as connection:
        connection.execute(
            'select apartado.put_items(null, \'[{"sku": "week", "title": "A week"}]\')'
        )
        connection.execute("select apartado.sign_in('wim')")
        connection.execute("select apartado.reserve('wim', apartado.item_id('week'))")
        begin, moved, swept, taken_back = block("sql", "apartado.clock()").split(";\n")[:4]
        connection.execute(begin)
        connection.execute(moved)
        rows = connection.execute(swept).fetchall()
        assert rows[0][0] >= 1
        assert connection.execute(look).fetchall() == [("available",)]
        connection.execute(taken_back)
        assert connection.execute(look).fetchall() == [("reserved",)]


def test_the_commands_without_a_key_are_the_ones_that_it_names() -> None:
    said = README.split("take an `Idempotency-Key`")[1].split("A first `sign_in`")[0]
    without = {one.name for one in ENDPOINTS if not one.is_query and not one.takes_key}
    assert {*re.findall(r"`(\w+)`", said)} == without


def test_every_public_function_is_in_the_table() -> None:
    table = README.split("## The functions")[1].split("## The stream")[0]
    named = {*re.findall(r"`(\w+)`", table)}
    public = {
        path.stem
        for path in (ROOT / "functions").rglob("*.sql")
        if not path.stem.startswith("_") and "grant execute" in path.read_text(encoding="utf-8")
    }
    # why these are not for the world stands in test_contract.py
    of_the_service = {"authenticate", "count_attempt", "tail_events", "event_head", "list_messages"}
    of_the_service |= {"count_commands", "take_attempt_back", "admit_long_body"}
    of_the_service |= {"clock", "readiness", "set_bootstrap_secret", "waiting_positions"}
    of_the_service |= {"reserve_together", "claim_webhooks", "note_webhook", "waiting_webhooks"}
    of_the_service |= {"join_queue_together"}
    of_the_service |= {"settled_stock", "settled_entries"}
    missing = public - of_the_service - named
    assert not missing, "a row of the README's table; here, where it is the service's alone"
    assert not of_the_service & named
