"""A session keeps its plans: those that were made in an empty shop must do for a crowd."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from clusters import Database
from scenes import Shop

CROWD = 400
WARM = 8  # calls: after five PostgreSQL keeps one plan for all values
READ = "select sum(seq_tup_read) from pg_stat_xact_user_tables where schemaname = 'apartado'"
CALLS = {
    "join_queue": "select * from apartado.join_queue(%s, %s)",
    "reserve": "select * from apartado.reserve(%s, %s, p_if_unavailable => 'queue')",
    "get_status": "select * from apartado.get_status(%s, %s)",
    "add_to_cart": "select * from apartado.add_to_cart(%s, %s)",
    "explain_reserve": "select * from apartado.explain_reserve(%s, %s)",
}


def rows_read(service: psycopg.Connection[Any], call: str, member: str, item: int) -> int:
    """How many rows one call went through, one after the other."""
    with service.transaction(force_rollback=True):
        (begin,) = service.execute(READ).fetchall()[0]
        service.execute(CALLS[call].encode(), [member, item])
        (end,) = service.execute(READ).fetchall()[0]
    return int(end - begin)


@pytest.mark.parametrize("call", CALLS)
def test_a_plan_of_an_empty_shop_does_not_read_the_crowd(database: Database, call: str) -> None:
    """Mutant: apartado_api without enable_seqscan = off."""
    shop = Shop(database)
    holder, guest = shop.members("holder", "guest")
    item = shop.item()
    shop.reserve(holder, item)
    shop.ask("vacuum analyze")
    with database.connect("apartado_api") as service:
        for _ in range(WARM):
            rows_read(service, call, guest, item)
        crowd = shop.members(*(f"crowd{n}" for n in range(CROWD)))
        shop.ask(
            "select count(*) from unnest(%s::text[]) m (alias)"
            " cross join lateral apartado.join_queue(m.alias, %s)",
            [crowd, item],
        )
        assert rows_read(service, call, guest, item) < CROWD / 2
    shop.close()
