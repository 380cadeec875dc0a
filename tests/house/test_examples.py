"""`\\df+ apartado.*` is the manual: each public function shows how it is called, and that works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from clusters import Database

WITHOUT = {
    "admit_long_body": "called by the service only, before it reads a long body",
    "claim_webhooks": "called by the service only",
    "count_attempt": "called by the service only, before a secret is tried",
    "count_commands": "called by the service only, before every n-th command of a session",
    "take_attempt_back": "called by the service only, after a secret was right",
    "loop_job": "a procedure that never ends; sync_jobs schedules it",
    "note_webhook": "called by the service only",
    "set_bootstrap_secret": "called by the service only, with a setting of its own",
    "tail_events": "called by the service only",
    "waiting_positions": "called by the service only",
}
"""Public functions that show no call, and why."""

SCENE = """
insert into apartado.members (alias, secret_hash, created_at)
select a, sha256('x'), apartado.clock() from unnest('{ana,ben,cai}'::text[]) a;
select * from apartado.put_items(null, '[
  {"sku": "lp-1", "title": "Blue", "quantity": 2},
  {"sku": "lp-2", "title": "Kind of Blue", "quantity": 3},
  {"sku": "lp-3", "title": "Blue Train", "quantity": 3}]');
insert into apartado.locations (code, name) values ('till', 'The till');
select * from apartado.reserve('ana', 1, 2);
select * from apartado.join_queue('ben', 1);
"""
PUBLIC = """
select p.proname, obj_description(p.oid, 'pg_proc')
  from pg_proc p
 where p.pronamespace = 'apartado'::regnamespace and p.proname !~ '^(_|tg_)'
 order by 1
"""


@pytest.fixture
def scene(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Three members, three items; ana holds the first and ben waits for it."""
    with database.connect() as connection:
        connection.execute(SCENE)
        yield connection


@pytest.mark.one_postgresql
def test_each_public_function_shows_a_call_that_works(scene: psycopg.Connection[Any]) -> None:
    """It succeeds in the scene, or is refused for a reason of the contract."""
    missing, wrong, succeeded = [], [], 0
    for name, comment in scene.execute(PUBLIC).fetchall():
        if name in WITHOUT:
            continue
        found = re.search(rf" Example: (select .*\bapartado\.{name}\(.*\))$", comment or "", re.S)
        if found is None:
            missing.append(name)
            continue
        try:
            with scene.transaction(force_rollback=True):
                scene.execute(found[1].encode())
            succeeded += 1
        except psycopg.Error as error:
            if not (error.sqlstate or "").startswith("RS"):
                wrong.append(f"{found[1]}: {error}")
    assert missing == []
    assert wrong == []
    assert succeeded > 30
