"""Nobody is served before someone who was ahead, could be served, and was not suspended.

Under the policy strict never; under fit only those who want more than is free are passed, and each
of them no more often than the policy allows, unless they want more than there is at all.
Histories are made in the database (histories.sql) and judged here from the ledger. 300 in CI;
APARTADO_HISTORIES=10000 for so many.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from properties.ground import Ground

HISTORIES = int(os.environ.get("APARTADO_HISTORIES", "300"))
BATCH = 50
SQL = Path(__file__).with_name("histories.sql").read_text(encoding="utf-8")

LEDGER = """
select s.stock_id, p.fit, coalesce(p.passed_limit, 0) as passed_limit, e.kind,
       (e.data ->> 'quantity')::integer as quantity, (e.details ->> 'delta')::integer as delta,
       e.member_id
  from apartado.events e
  join apartado.stock s on s.stock_id = e.stock_id
  join apartado.items i on i.item_id = s.item_id
  join apartado.policies p on p.policy_id = i.policy_id
 where s.stock_id = any (%s)
 order by s.stock_id, min(e.event_id) over (partition by s.stock_id, e.version, e.kind),
          (e.data ->> 'reservation_id')::bigint, e.event_id
"""  # those who are served together: in the order in which they were


@dataclass
class Waiting:
    """A place in a queue, as the ledger tells of it."""

    member: int
    wanted: int
    suspended: bool = False
    passed: int = 0


class Judge:
    """Reads what happened to one item, and objects."""

    def __init__(self, fit: str, limit: int) -> None:
        self.fit = fit
        self.limit = limit
        self.free = 0
        self.there = 0  # with what is held
        self.line: list[Waiting] = []
        self.seen: Counter[str] = Counter()

    def read(self, kind: str, member: int, quantity: int | None, delta: int | None) -> None:
        """One event."""
        self.seen[kind] += 1
        place = next((w for w in self.line if w.member == member), None)
        if kind == "stock.changed":
            self.free += delta or 0
            self.there += delta or 0
        elif kind == "reservation.revoked":
            self.free += quantity or 0
        elif kind == "reservation.created":
            self.serve(member, quantity or 0)
        elif kind == "queue.joined":
            self.line.append(Waiting(member, quantity or 0))
        elif kind in ("queue.suspended", "queue.resumed"):
            assert place is not None
            place.suspended = kind == "queue.suspended"
            place.passed = 0  # it is counted since the place could be served
        else:
            assert kind == "queue.promoted", kind  # reservation.created says the same

    def serve(self, member: int, units: int) -> None:
        """Somebody gets units: everybody ahead of them was passed."""
        assert units <= self.free, "more were given than were free"
        for ahead in self.line:
            if ahead.member == member:
                assert not ahead.suspended, "somebody was served while suspended"
                self.line.remove(ahead)
                break
            if ahead.suspended:
                continue
            self.seen["passed"] += 1
            assert self.fit == "fit", "somebody was passed under the policy strict"
            assert ahead.wanted > self.free, "somebody was passed who could have been served"
            hopeless = ahead.wanted > self.there  # waiting for it would not help
            assert ahead.passed < self.limit or hopeless, "somebody was passed once too often"
            ahead.passed += 1
        self.free -= units


def live(ground: Ground, first: int, count: int) -> Counter[str]:
    """Make so many histories, and judge each; how often what happened."""
    seen: Counter[str] = Counter()
    for start in range(first, first + count, BATCH):
        numbers = [start, min(start + BATCH, first + count) - 1]
        made = ground.admin.execute(
            "select tests.live_through(n) from generate_series(%s::int, %s::int) n", numbers
        ).fetchall()
        judges: dict[int, Judge] = {}
        ledger = ground.admin.execute(LEDGER, [[row[0] for row in made]])
        for stock, fit, limit, kind, quantity, delta, member in ledger:
            judge = judges.setdefault(stock, Judge(fit, limit))
            judge.read(kind, member, quantity, delta)
        for judge in judges.values():
            seen += judge.seen
            seen[f"{judge.fit} {judge.limit}".strip(" 0")] += 1
    return seen


@pytest.mark.one_postgresql
def test_nobody_is_served_before_someone_ahead(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    ground.admin.execute(SQL)
    seen = live(ground, 1, HISTORIES)
    assert ground.breaches() == []
    with capsys.disabled():
        print(f"\n{HISTORIES} histories: {dict(seen)}")
    assert seen["passed"] > HISTORIES / 10, "hardly anybody was ever passed"
    assert seen["queue.suspended"] > HISTORIES / 10


MUTANTS = {
    "the newest is served first": (
        r"n\.rank nulls last",
        "n.rank desc nulls last",
        "_next_in_line",
    ),
    "who was passed too often is passed on": (r"p_stock\.passed_limit", "1000", "_fitting"),
    "who could be served is passed": (
        r"v_entry\.quantity <= v_left",
        "v_entry.quantity < v_left",
        "_fitting",
    ),
    "a passer-by takes what is free": (r"and s\.queue_length = 0", "", "reserve"),
}


@pytest.mark.parametrize("mutant_name", MUTANTS)
def test_unfairness_is_caught(mutant: Ground, mutant_name: str) -> None:
    mutant.admin.execute(SQL)
    mutant.mutate(*MUTANTS[mutant_name])
    with pytest.raises(AssertionError, match=r"somebody was|more were given"):
        live(mutant, 1, 400)
