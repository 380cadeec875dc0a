"""A machine of random commands, held against the model after every step.

APARTADO_RUNS=2000 makes so many runs instead of the 200 of CI, on every PostgreSQL, with a seed
that is printed; APARTADO_SEED repeats one. A failure prints the steps that lead to it;
APARTADO_SHRINK=1 looks for fewer, for up to five minutes.
"""

from __future__ import annotations

import copy
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from psycopg.types.json import Jsonb

from properties.ground import Ground
from properties.model import (
    NEVER,
    Drop,
    Entry,
    Item,
    Member,
    Policy,
    Refused,
    Reservation,
    Row,
    World,
)

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

Answer = dict[str, Any]

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
    missed=("drop", "back", "keep"),
    fit=("strict", "fit", "partial"),
)
class_policies = says(hold=(1800, 7200), active_limit=(6,), priority=(0, 5))
drops = st.builds(
    Drop,
    opens=st.sampled_from((-60, 300, 900)),
    closes=st.sampled_from((NEVER, NEVER, 5000, 9000)),
    policy=st.none() | says(drop_limit=(2, 3), hold=(900,)),
    seed=st.sampled_from((None, "0" * 64, "1" * 64, "2" * 64)),
)
CHANGES = (
    ("fit", "strict"), ("fit", "fit"), ("fit", "partial"), ("promotion", "direct"),
    ("promotion", "offer"), ("missed", "drop"), ("missed", "back"), ("missed", "keep"),
    ("passed_limit", 3), ("hold", 600), ("hold", None), ("active_limit", 3), ("item_limit", 2),
    ("item_limit", None), ("queue_limit", 2), ("late_confirm", True), ("extend_while_wanted", True),
)  # fmt: skip


def seconds(length: int | None) -> str | None:
    """An interval."""
    return None if length is None else f"{length} seconds"


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
        vip=class_policies,
        drop=drops,
        passed_limit=st.sampled_from((1, 2)),
        opening=st.lists(st.tuples(members, rows, few), min_size=4, max_size=10),
    )
    def begin(  # noqa: PLR0917
        self,
        item_policies: tuple[Policy, ...],
        restock: tuple[bool, ...],
        units: tuple[int, ...],
        vip: Policy,
        drop: Drop,
        passed_limit: int,
        opening: list[tuple[str, str, int]],
    ) -> None:
        items = {
            name: Item(name, policy, more, drop if name == "drop" else None)
            for name, policy, more in zip(
                ("one", "few", "drop"), item_policies, restock, strict=True
            )
        }
        people = {name: Member(name) for name in MEMBERS}
        people["eva"].policy = vip
        things = {
            name: Row(name, items[name.split("@")[0]], total)
            for name, total in zip(ROWS, units, strict=True)
        }
        self.world = World(
            0, people, items, things, replace(DEFAULT, passed_limit=passed_limit), vip=vip
        )
        self.ground.make(self.world)
        self.compare(ROWS)
        for member, row, wanted in opening:
            self.reserved(member, row, wanted, None, "queue")

    # -- how a step goes ------------------------------------------------------------------------

    def step(
        self,
        function: str,
        command: Callable[[World], Answer | list[Answer]],
        where: str | None,
        **parameters: Any,
    ) -> None:
        """Do it here and there; both say the same, and stand where the other stands."""
        fired[function] += 1
        world = copy.deepcopy(self.world)
        expected: list[Answer] | str
        try:
            said = command(world)
            expected = said if isinstance(said, list) else [said]
            self.world = world
        except Refused as refusal:
            expected = refusal.code
        found = self.ground.call(function, **parameters)
        answered[f"{function}: {found if isinstance(found, str) else 'answered'}"] += 1
        if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
            found = [{key: f[key] for key in e} for f, e in zip(found, expected, strict=True)]
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
        for here in found.values():
            for key in ("held", "line", "offers"):
                here[key] = [thing[:-1] for thing in here[key]]
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

    def pick(self, number: int) -> Reservation:
        """One of the reservations, alive more often than not; perhaps one that is not there."""
        alive = [r for row in self.world.rows.values() for r in row.held]
        past = [r for r in self.world.past if r.id][-3:]
        known = [*alive, *past] if number < 5 else alive or past
        return known[number % len(known)] if known else Reservation("one@main", "ana", 1, 0, 0)

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
            ttl=seconds(ttl),
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

    @rule(
        number=picks,
        part=st.sampled_from((None, None, None, 1, 2)),
        other=st.sampled_from((None,) * 9 + MEMBERS[:1]),
    )
    def cancel(self, number: int, part: int | None, other: str | None) -> None:
        self.about(
            "cancel_reservation",
            number,
            lambda w, r: w.cancel(other or r.member, r.id, part),
            member=other,
            quantity=part,
        )

    @rule(number=picks, part=st.sampled_from((None, 1, 1, 2)))
    def confirm(self, number: int, part: int | None) -> None:
        self.about(
            "confirm_reservation",
            number,
            lambda w, r: w.confirm(r.member, r.id, part),
            quantity=part,
        )

    def about(
        self,
        function: str,
        number: int,
        command: Callable[[World, Reservation], Answer],
        **parameters: Any,
    ) -> None:
        """A command about one of the reservations, of its holder unless another is named."""
        picked = self.pick(number)
        if "actor" not in parameters:
            parameters["member"] = parameters.get("member") or picked.member
        self.step(
            function,
            lambda w: command(w, picked),
            picked.row,
            reservation=picked.id,
            **parameters,
        )

    @rule(number=picks, by=st.sampled_from((None, 60, 600, 3600)))
    def extend(self, number: int, by: int | None) -> None:
        self.about(
            "extend_reservation", number, lambda w, r: w.extend(r.member, r.id, by), by=seconds(by)
        )

    @rule(number=picks, units=few)
    def change_quantity(self, number: int, units: int) -> None:
        self.about(
            "change_quantity",
            number,
            lambda w, r: w.change_quantity(r.member, r.id, units),
            quantity=units,
        )

    @rule(number=picks)
    def begin_payment(self, number: int) -> None:
        self.about("begin_payment", number, lambda w, r: w.begin_payment(r.member, r.id))

    @rule(number=picks, to=members)
    def transfer(self, number: int, to: str) -> None:
        self.about(
            "transfer_reservation", number, lambda w, r: w.transfer(r.member, r.id, to), to=to
        )

    @rule(number=picks, wanted=st.sampled_from((True, True, False)))
    def release_if_wanted(self, number: int, wanted: bool) -> None:
        self.about(
            "release_if_wanted",
            number,
            lambda w, r: w.release_if_wanted(r.member, r.id, wanted),
            wanted=wanted,
        )

    @rule(
        member=members,
        items=st.sampled_from((("one", "few"), ("few",), ("one", "drop"), ("few", "drop"))),
        units=few,
        where=st.sampled_from((None, "main")),
    )
    def join_any(self, member: str, items: tuple[str, ...], units: int, where: str | None) -> None:
        self.step(
            "join_any",
            lambda w: w.join_any(member, list(items), units, where),
            "few@main",
            member=member,
            items=sorted(self.ground.items[item] for item in items),
            quantity=units,
            location=where,
        )

    @rule(
        member=members,
        lines=st.lists(st.tuples(rows, few), min_size=1, max_size=3),
        mode=st.sampled_from(("all_or_nothing", "best_effort", "reserve_or_queue")),
    )
    def reserve_many(self, member: str, lines: list[tuple[str, int]], mode: str) -> None:
        asked = []
        for name, units in lines:
            item, location = name.split("@")
            asked.append({"item": self.ground.items[item], "location": location, "quantity": units})
        self.step(
            "reserve_many",
            lambda w: w.reserve_many(member, lines, mode),
            lines[0][0],
            member=member,
            lines=Jsonb(asked),
            mode=mode,
        )

    @rule(member=members, row=rows)
    def suspend(self, member: str, row: str) -> None:
        self.step(
            "suspend_entry",
            lambda w: w.switch(member, row, "waiting", "suspended"),
            row,
            **self.of(member, row),
        )

    @rule(member=members, row=rows)
    def resume(self, member: str, row: str) -> None:
        self.step(
            "resume_entry",
            lambda w: w.switch(member, row, "suspended", "waiting"),
            row,
            **self.of(member, row),
        )

    def about_entry(
        self,
        function: str,
        number: int,
        command: Callable[[World, Entry], Answer],
        **parameters: Any,
    ) -> None:
        """A command about one of the places."""
        entries = [e for row in self.world.rows.values() for e in row.entries if e.id]
        offered = [e for e in entries if e.status == "offered"]
        known = offered if offered and number > 5 and "member" in parameters else entries
        nothing = Entry("one@main", "ana", 1, 0, 0, 0)
        picked = known[number % len(known)] if known else nothing
        if "member" in parameters:
            parameters["member"] = picked.member
        self.step(function, lambda w: command(w, picked), picked.row, entry=picked.id, **parameters)

    @rule(number=picks)
    def accept(self, number: int) -> None:
        self.about_entry("accept_offer", number, lambda w, e: w.accept(e.member, e.id), member=None)

    @rule(number=picks)
    def decline(self, number: int) -> None:
        self.about_entry(
            "decline_offer", number, lambda w, e: w.decline(e.member, e.id), member=None
        )

    # -- operators ------------------------------------------------------------------------------

    @rule(number=picks)
    def revoke(self, number: int) -> None:
        self.about(
            "revoke_reservation", number, lambda w, r: w.revoke(r.id), actor=None, reason="because"
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

    @rule(number=picks, position=st.integers(1, 4))
    def move(self, number: int, position: int) -> None:
        self.about_entry(
            "move_entry",
            number,
            lambda w, e: w.move(e.id, position),
            actor=None,
            position=position,
            reason="because",
        )

    @rule(number=picks)
    def remove(self, number: int) -> None:
        self.about_entry(
            "remove_entry", number, lambda w, e: w.remove(e.id), actor=None, reason="because"
        )

    @rule(row=rows, paused=st.booleans())
    def pause(self, row: str, paused: bool) -> None:
        self.step(
            "pause_queue",
            lambda w: w.pause(row, paused=paused),
            row,
            **self.at(row),
            paused=paused,
            reason="because",
        )

    @rule(units=few, back=st.booleans())
    def transfer_stock(self, units: int, back: bool) -> None:
        source, target = ("till", "main") if back else ("main", "till")
        self.step(
            "transfer_stock",
            lambda w: w.transfer_stock("few", units, source, target),
            f"few@{target}",
            actor=None,
            item=self.ground.items["few"],
            quantity=units,
            **{"from": source, "to": target},
            reason="because",
        )

    @rule(opens=st.sampled_from((-600, 30, 700)), length=st.sampled_from((300, 3000, NEVER)))
    def change_drop(self, opens: float, length: float) -> None:
        opens += self.world.now
        self.step(
            "change_drop",
            lambda w: w.change_drop(opens, opens + length),
            "drop@main",
            actor=None,
            drop=self.ground.drop,
            opens_at=self.ground.time_of(opens),
            closes_at=self.ground.time_of(opens + length),
            reason="because",
        )

    @rule(units=few, after=st.sampled_from((0, 100, 500, 1000)))
    def add_wave(self, units: int, after: float) -> None:
        due = self.world.now + after
        self.step(
            "add_wave",
            lambda w: w.add_wave("drop@main", units, due),
            "drop@main",
            actor=None,
            drop=self.ground.drop,
            item=self.ground.items["drop"],
            quantity=units,
            at=self.ground.time_of(due),
        )

    @rule()
    def draw_lotteries(self) -> None:
        self.step("draw_lotteries", lambda w: w.draw_lotteries(), "drop@main")

    @rule()
    def sweep(self) -> None:
        self.step("expire_and_promote", lambda w: w.sweep(), None)

    @rule(item=st.sampled_from(("one", "few", "drop")), change=st.sampled_from(CHANGES))
    def set_policy(self, item: str, change: tuple[str, Any]) -> None:
        key, value = change
        self.step(
            "set_policy",
            lambda w: w.set_policy(item, key, value),
            f"{item}@main",
            actor=None,
            policy=f"item-{item}",
            values=Jsonb({key: value}),
        )

    @rule(member=members, vip=st.booleans())
    def set_member_class(self, member: str, vip: bool) -> None:
        def change(world: World) -> Answer:
            world.members[member].policy = world.vip if vip else None
            return {"alias": member}

        self.step(
            "set_member_class",
            change,
            None,
            actor=None,
            alias=member,
            **{"class": "vip" if vip else None},
            reason="because",
        )

    @rule(member=members)
    def bar_or_not(self, member: str) -> None:
        fired["bar or not"] += 1
        self.world.bar_or_not(member)
        self.ground.bar(member, self.world.members[member].barred)
        self.compare(ROWS)
        self.pass_time(1)

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


pytestmark = [] if ON_DEMAND else [pytest.mark.one_postgresql]


def test_the_database_does_what_the_model_does(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    fired.clear()
    answered.clear()

    def run(seeded: int, runs: int) -> None:
        @seed(seeded)
        class Seeded(Machine):
            pass

        Seeded.ground = ground
        run_state_machine_as_test(
            Seeded,
            settings=settings(
                max_examples=runs,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                print_blob=True,
                phases=[Phase.generate, Phase.shrink] if SHRINK else [Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )

    def seldom() -> dict[str, int]:
        return {name: count for name, count in fired.items() if count < FIRED_AT_LEAST}

    try:
        run(SEED, RUNS)
        for more in range(1, 6):  # chance leaves a rule or two out: go on until all had their turn
            if seldom():
                run(SEED + more, RUNS // 4)
    finally:
        with capsys.disabled():
            steps = f"{RUNS} runs and more of {STEPS} steps"
            print(f"\n{steps}, seed {SEED}, {sum(fired.values())} commands:")
            for name, count in sorted((*fired.items(), *answered.items())):
                print(f"  {count:6} {name}")
    assert not seldom(), seldom()
