"""A machine of random commands, held against the model after every step.

APARTADO_RUNS=2000 makes so many runs instead of the 200 of CI, on every PostgreSQL, with a seed
that is printed; APARTADO_SEED repeats one. A failure prints the steps that lead to it, shrunk.
"""

from __future__ import annotations

import copy
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clusters import Server
from properties.ground import Ground
from properties.model import NEVER, Drop, Item, Member, Policy, Refused, Reservation, Row, World

ON_DEMAND = "APARTADO_RUNS" in os.environ
RUNS = int(os.environ.get("APARTADO_RUNS", "200"))
SEED = int(os.environ.get("APARTADO_SEED") or (random.randrange(10**6) if ON_DEMAND else 1))
SHRINK = os.environ.get("APARTADO_SHRINK") == "1"
STEPS = 50
FIRED_AT_LEAST = 100

MEMBERS = ("ana", "bea", "cai", "dia", "eva")
ROWS = ("one@main", "few@main", "few@till", "drop@main")
DEFAULT = Policy(
    hold=3600, hold_cap=28800, active_limit=5, queue_limit=1000, extension_limit=3,
    extension_total=7200, extend_while_wanted=False, payment_window=1800, late_confirm=False,
    promotion="direct", offer_window=1200, missed="drop", fit="strict", passed_limit=10,
    priority=0,
)  # fmt: skip

fired: Counter[str] = Counter()
answered: Counter[str] = Counter()

members = st.sampled_from(MEMBERS)
rows = st.sampled_from(ROWS)
few = st.sampled_from((1, 1, 1, 2, 2, 3))
picks = st.integers(0, 20)


def says(**choices: tuple[Any, ...]) -> st.SearchStrategy[Policy]:
    """Policies that say some of these things."""
    optional = {name: st.sampled_from(values) for name, values in choices.items()}
    return st.fixed_dictionaries({}, optional=optional).map(lambda said: Policy(**said))


policies = says(
    hold=(600, 3600),
    active_limit=(2, 3, 5),
    queue_limit=(2, 3, 1000),
    item_limit=(2, 3),
    promotion=("direct", "offer"),
    offer_window=(300,),
    missed=("drop", "back", "keep"),
    fit=("strict", "fit", "partial"),
    passed_limit=(1, 2),
)
class_policies = says(hold=(1800, 7200), active_limit=(6,), priority=(0, 5))
drops = st.builds(
    Drop,
    opens=st.sampled_from((-60, 300, 900)),
    closes=st.sampled_from((NEVER, NEVER, 5000, 9000)),
    policy=st.none() | says(drop_limit=(2, 3), hold=(900,)),
)


class Machine(RuleBasedStateMachine):
    """The database and the model, side by side."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.world: World

    @initialize(
        item_policies=st.tuples(policies, policies, policies),
        restock=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        units=st.tuples(st.just(1), st.integers(0, 4), st.integers(0, 2), st.integers(0, 4)),
        eva=class_policies,
        drop=drops,
    )
    def begin(
        self,
        item_policies: tuple[Policy, ...],
        restock: tuple[bool, ...],
        units: tuple[int, ...],
        eva: Policy,
        drop: Drop,
    ) -> None:
        items = {
            name: Item(name, policy, more, drop if name == "drop" else None)
            for name, policy, more in zip(
                ("one", "few", "drop"), item_policies, restock, strict=True
            )
        }
        people = {name: Member(name) for name in MEMBERS}
        people["eva"].policy = eva
        things = {
            name: Row(name, items[name.split("@")[0]], total)
            for name, total in zip(ROWS, units, strict=True)
        }
        self.world = World(0, people, items, things, copy.copy(DEFAULT))
        self.ground.make(self.world)
        self.compare(ROWS)

    # -- how a step goes ------------------------------------------------------------------------

    def step(
        self,
        function: str,
        command: Callable[[World], dict[str, Any]],
        where: str | None,
        **parameters: Any,
    ) -> None:
        """Do it here and there; both say the same, and stand where the other stands."""
        fired[function] += 1
        world = copy.deepcopy(self.world)
        expected: dict[str, Any] | str
        try:
            expected = command(world)
            self.world = world
        except Refused as refusal:
            expected = refusal.code
        found = self.ground.call(function, **parameters)
        answered[f"{function}: {found if isinstance(found, str) else 'answered'}"] += 1
        if isinstance(expected, dict) and isinstance(found, dict):
            found = {key: found[key] for key in expected}
        assert found == expected, f"{function} answers {found}, the model {expected}"
        self.compare((where,) if where else ())
        self.pass_time(1)

    def compare(self, names: tuple[str, ...]) -> None:
        """The rows, what is told of these rows, and every invariant."""
        found = self.ground.rows()
        for row in self.world.rows.values():
            for alias, _, _, number in found[row.name]["held"]:
                holding = row.holding(alias)
                if holding:
                    holding.id = number
            for alias, *_, number in (*found[row.name]["line"], *found[row.name]["offers"]):
                entry = row.entry(alias)
                if entry:
                    entry.id = number
        for row in found.values():
            for key in ("held", "line", "offers"):
                row[key] = [thing[:-1] for thing in row[key]]
        expected = self.world.rows_as_they_are()
        for name in ROWS:
            assert found[name] == expected[name], (
                f"{name} is {found[name]}, in the model {expected[name]}"
            )
        for name in names:
            seen, told = self.ground.seen(name, list(MEMBERS)), self.world.seen(name)
            for member, said in told.items():
                heard = {key: seen[member][key] for key in said}
                assert heard == said, f"{name} is to {member} {heard}, in the model {said}"
        assert self.ground.breaches() == []

    def pass_time(self, length: float) -> None:
        """Time goes on, here and there."""
        self.world.now += length
        self.ground.set_clock(self.world.now)

    def pick(self, number: int, member: str | None = None) -> Reservation | None:
        """One of the reservations, alive more often than not."""
        alive = [
            r for row in self.world.rows.values() for r in row.held if member in (None, r.member)
        ]
        past = [r for r in self.world.past if member in (None, r.member) and r.id]
        known = [*alive, *past[-3:]] if number < 5 else alive or past[-3:]
        return known[number % len(known)] if known else None

    def anybody_has_or_had(self) -> bool:
        """Whether there is a reservation to speak of."""
        return bool(self.world.past) or any(row.held for row in self.world.rows.values())

    # -- members --------------------------------------------------------------------------------

    @rule(member=members, row=rows, units=few, ttl=st.sampled_from((None, None, 120, 3000)))
    def reserve(self, member: str, row: str, units: int, ttl: int | None) -> None:
        self.reserved(member, row, units, ttl, "fail")

    @rule(member=members, row=rows, units=few)
    def reserve_or_queue(self, member: str, row: str, units: int) -> None:
        self.reserved(member, row, units, None, "queue")

    def reserved(self, member: str, row: str, units: int, ttl: int | None, otherwise: str) -> None:
        """Either."""
        self.step(
            "reserve",
            lambda w: w.reserve(member, row, units, ttl, queue=otherwise == "queue"),
            row,
            **self.of(member, row),
            quantity=units,
            ttl=f"{ttl} seconds" if ttl else None,
            if_unavailable=otherwise,
        )

    def of(self, member: str, row: str) -> dict[str, Any]:
        """The first parameters of most commands."""
        item, location = row.split("@")
        return {"member": member, "item": self.ground.items[item], "location": location}

    @rule(
        member=members,
        row=rows,
        units=few,
        most=st.sampled_from((None, None, None, 1, 2)),
        length=st.sampled_from((None, None, None, 400, 2000)),
    )
    def join(self, member: str, row: str, units: int, most: int | None, length: int | None) -> None:
        needed = self.world.now + (length or NEVER)
        self.step(
            "join_queue",
            lambda w: w.join(member, row, units, most, needed),
            row,
            **self.of(member, row),
            quantity=units,
            max_position=most,
            needed_until=self.ground.time_of(needed) if length else None,
        )

    @rule(member=members, row=rows)
    def leave(self, member: str, row: str) -> None:
        self.step("leave_queue", lambda w: w.leave(member, row), row, **self.of(member, row))

    @precondition(anybody_has_or_had)
    @rule(
        number=picks,
        part=st.sampled_from((None, None, None, 1, 2)),
        other=st.sampled_from((None,) * 9 + MEMBERS[:1]),
    )
    def cancel(self, number: int, part: int | None, other: str | None) -> None:
        picked = self.pick(number)
        if picked:
            member = other or picked.member
            self.step(
                "cancel_reservation",
                lambda w: w.cancel(member, picked.id, part),
                picked.row,
                member=member,
                reservation=picked.id,
                quantity=part,
            )

    @precondition(anybody_has_or_had)
    @rule(number=picks, part=st.sampled_from((None, 1, 1, 2)))
    def confirm(self, number: int, part: int | None) -> None:
        picked = self.pick(number)
        if picked:
            self.step(
                "confirm_reservation",
                lambda w: w.confirm(picked.member, picked.id, part),
                picked.row,
                member=picked.member,
                reservation=picked.id,
                quantity=part,
            )

    # -- operators ------------------------------------------------------------------------------

    @precondition(anybody_has_or_had)
    @rule(number=picks)
    def revoke(self, number: int) -> None:
        picked = self.pick(number)
        if picked:
            self.step(
                "revoke_reservation",
                lambda w: w.revoke(picked.id),
                picked.row,
                actor=None,
                reservation=picked.id,
                reason="because",
            )

    @rule(row=rows, delta=st.sampled_from((1, 1, 2, 3)))
    def restock(self, row: str, delta: int) -> None:
        self.adjust(row, delta)

    @rule(row=rows, delta=st.sampled_from((-1, -1, -2, 0)))
    def take_away(self, row: str, delta: int) -> None:
        self.adjust(row, delta)

    def adjust(self, row: str, delta: int) -> None:
        """Either."""
        self.step(
            "adjust_stock",
            lambda w: w.adjust(row, delta),
            row,
            **self.at(row),
            delta=delta,
            reason="because",
        )

    def at(self, row: str) -> dict[str, Any]:
        """The first parameters of most operators' commands."""
        item, location = row.split("@")
        return {"actor": None, "item": self.ground.items[item], "location": location}

    @rule(row=rows, units=few, buyer=st.none() | members, override=st.booleans())
    def sell_over_the_counter(
        self, row: str, units: int, buyer: str | None, override: bool
    ) -> None:
        self.step(
            "mark_sold",
            lambda w: w.mark_sold(row, units, buyer, override=override),
            row,
            **self.at(row),
            quantity=units,
            buyer=buyer,
            override=override,
        )

    @rule()
    def sweep(self) -> None:
        self.step("expire_and_promote", lambda w: w.sweep(), None)

    # -- time -----------------------------------------------------------------------------------

    @rule(length=st.sampled_from((59, 299, 1199, 3599)))
    def time_passes(self, length: int) -> None:
        fired["time passes"] += 1
        self.pass_time(length)
        self.compare(ROWS)

    @rule(early=st.sampled_from((0, 0, 1)))
    def the_next_deadline_comes(self, early: int) -> None:
        fired["the next deadline comes"] += 1
        deadlines = [t - early for t in self.world.deadlines() if t - early > self.world.now]
        if deadlines:
            self.pass_time(min(deadlines) - self.world.now)
            self.compare(ROWS)


@pytest.fixture(scope="module")
def ground(server: Server) -> Iterator[Ground]:
    """A clone for all runs."""
    made = server.clone()
    opened = Ground(made)
    yield opened
    opened.close()
    server.drop(made.name)


pytestmark = [] if ON_DEMAND else [pytest.mark.one_postgresql]


def test_the_database_does_what_the_model_does(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    fired.clear()
    answered.clear()

    @seed(SEED)
    class Seeded(Machine):
        pass

    Seeded.ground = ground
    try:
        run_state_machine_as_test(
            Seeded,
            settings=settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                print_blob=True,
                phases=[Phase.generate, Phase.shrink] if SHRINK else [Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        with capsys.disabled():
            print(f"\n{RUNS} runs of {STEPS} steps, seed {SEED}:")
            for name, count in sorted((*fired.items(), *answered.items())):
                print(f"  {count:6} {name}")
    seldom = {name: fired[name] for name in fired if fired[name] < FIRED_AT_LEAST}
    assert not seldom, seldom
