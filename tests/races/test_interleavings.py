"""Every interleaving of reserve with every other command on one stock row, at all three levels.

Two sessions, three steps each: begin with a look at the item (where the stricter levels take their
snapshot), the command, the end. All orders of these six steps are played; those in which both begin
before anything else also with a rollback at the end.

What must come out is what comes out when the same commands run one after the other, in the order of
the commits: the looks, the answers, the item with its counters. What that is stands in each scene
as a sentence, for both orders. A command waits exactly when the other has done its part and has not
ended. At the stricter levels it may be stopped with 40001 instead; then it is made again, as
clients do, and comes last.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from clusters import Database
from scenes import LEVELS, Shop, breaks, past
from sessions import Row, Session, Stage, Step

PEOPLE = ("ana", "bea", "cat", "dan")
NOT_COMPARED = {
    *("server_time", "reserved_at", "expires_at", "item_id", "location", "price", "currency"),
    *("total", "version"),
}
LOOK = (
    "select status, available, reserved, sold, queue_length, my_position, my_quantity"
    " from apartado.get_status(%s, %s)"
)


# -- scenes ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """What one session does in its transaction, and who it is."""

    who: str
    text: str
    skips: bool = False
    """A sweeper: it leaves alone what is busy."""
    late: bool = False
    """Just before its transaction ends, the time of ana's reservation is over."""


@dataclass(frozen=True)
class Scene:
    """What there is, what the two do, and what comes of it in either order."""

    one: Command
    other: Command
    one_first: str
    other_first: str
    units: int = 1
    held: int = 0
    """So many of the units are ana's."""
    wanted: int = 0
    """So many units cat waits for."""
    late: bool = False
    """The time of ana's reservation is over."""


def call(who: str, text: str) -> Command:
    """A call of the engine; words in braces are put in."""
    return Command(who, f"select * from apartado.{text}")


RESERVE = call("bea", "reserve('{bea}', {item})")
QUEUE = call("bea", "reserve('{bea}', {item}, p_if_unavailable => 'queue')")
CANCEL = call("ana", "cancel_reservation('{ana}', {held})")
CONFIRM = call("ana", "confirm_reservation('{ana}', {held})")
EXPIRE = replace(call("ana", "expire_and_promote()"), skips=True)
MARK_SOLD = call("ana", "mark_sold(null, {item})")
OVERRIDE = call("ana", "mark_sold(null, {item}, p_buyer => '{dan}', p_override => true)")
ADD = call("ana", "adjust_stock(null, {item}, 1, 'found one')")
TAKE = call("ana", "adjust_stock(null, {item}, -1, 'broken')")
LEAVE = call("cat", "leave_queue('{cat}', {item})")
PROMOTE = call("ana", "revoke_reservation(null, {held}, 'a mistake')")
TRANSFER = call("ana", "transfer_reservation('{ana}', {held}, '{dan}')")
EXTEND = call("ana", "extend_reservation('{ana}', {held}, '1 hour')")
MORE = call("ana", "change_quantity('{ana}', {held}, 2)")
LET_GO = call("ana", "release_if_wanted('{ana}', {held})")
JOIN = call("cat", "join_queue('{cat}', {item})")
SUSPEND = call("cat", "suspend_entry('{cat}', {item})")
BUSY = Command("ana", "update apartado.stock set version = version + 1 where item_id = {item}",
               late=True)  # fmt: skip


def by(who: str, command: Command) -> Command:
    """The same, by somebody else."""
    return replace(command, who=who, text=command.text.replace("{bea}", f"{{{who}}}"))


SCENES = {
    # who has it first
    "reserve, the last unit": Scene(
        by("ana", RESERVE), RESERVE,
        one_first="reserved, RS301: ana holds", other_first="reserved, RS301: bea holds",
    ),
    "reserve, two units": Scene(
        by("ana", RESERVE), RESERVE, units=2,
        one_first="reserved, reserved: ana holds, bea holds",
        other_first="reserved, reserved: bea holds, ana holds",
    ),
    "reserve, or wait": Scene(
        by("ana", QUEUE), QUEUE,
        one_first="reserved, queued: ana holds, bea waits",
        other_first="reserved, queued: bea holds, ana waits",
    ),
    "reserve, or wait behind the holder": Scene(
        by("dan", QUEUE), QUEUE, held=1,
        one_first="queued, queued: ana holds, dan waits, bea waits",
        other_first="queued, queued: ana holds, bea waits, dan waits",
    ),
    "reserve, due": Scene(
        by("dan", RESERVE), RESERVE, held=1, late=True,
        one_first="reserved, RS301: dan holds", other_first="reserved, RS301: bea holds",
    ),
    "reserve, due and waited for": Scene(
        by("cat", QUEUE), QUEUE, held=1, wanted=1, late=True,
        one_first="reserved, queued: cat holds, bea waits",
        other_first="queued, RS302: cat holds, bea waits",
    ),
    # the holder
    "confirm": Scene(
        CONFIRM, RESERVE, held=1,
        one_first="done, RS305: ana bought", other_first="RS301, done: ana bought",
    ),
    "confirm, or wait": Scene(
        CONFIRM, QUEUE, held=1,
        one_first="done, RS305: ana bought", other_first="queued, done: ana bought",
    ),
    "confirm, due": Scene(
        CONFIRM, RESERVE, held=1, late=True,
        one_first="RS401, reserved: bea holds", other_first="reserved, RS401: bea holds",
    ),
    "cancel": Scene(
        CANCEL, RESERVE, held=1,
        one_first="done, reserved: bea holds", other_first="RS301, done: 1 free",
    ),
    "cancel, or wait": Scene(
        CANCEL, QUEUE, held=1,
        one_first="done, reserved: bea holds", other_first="queued, done and promotes 1: bea holds",
    ),
    "cancel, waited for": Scene(
        CANCEL, QUEUE, held=1, wanted=1,
        one_first="done and promotes 1, queued: cat holds, bea waits",
        other_first="queued, done and promotes 1: cat holds, bea waits",
    ),
    "transfer": Scene(
        TRANSFER, RESERVE, held=1,
        one_first="done, RS301: dan holds", other_first="RS301, done: dan holds",
    ),
    "transfer, or wait": Scene(
        TRANSFER, QUEUE, held=1,
        one_first="done, queued: dan holds, bea waits",
        other_first="queued, done: dan holds, bea waits",
    ),
    "transfer, to who reserves": Scene(
        TRANSFER, by("dan", RESERVE), units=2, held=1,
        one_first="done, RS302: dan holds, 1 free",
        other_first="reserved, RS302: ana holds, dan holds",
    ),
    "extend, or wait": Scene(
        EXTEND, QUEUE, held=1,
        one_first="done, queued: ana holds, bea waits",
        other_first="queued, RS306: ana holds, bea waits",
    ),
    "change quantity": Scene(
        MORE, RESERVE, units=2, held=1,
        one_first="done, RS301: ana holds", other_first="reserved, RS301: ana holds, bea holds",
    ),
    "release if wanted": Scene(
        LET_GO, RESERVE, held=1,
        one_first="done, reserved: bea holds", other_first="RS301, done: ana holds",
    ),
    # time
    "expire": Scene(
        EXPIRE, RESERVE, held=1, late=True,
        one_first="done and expires 1, reserved: bea holds",
        other_first="reserved, done: bea holds",
    ),
    "expire, or wait": Scene(
        EXPIRE, QUEUE, held=1, wanted=1, late=True,
        one_first="done and expires 1 and promotes 1, queued: cat holds, bea waits",
        other_first="queued, done: cat holds, bea waits",
    ),
    "the time comes": Scene(
        BUSY, RESERVE, held=1,
        one_first="done, reserved: bea holds", other_first="RS301, done: ana holds",
    ),
    "the time comes, confirm": Scene(
        BUSY, CONFIRM, held=1,
        one_first="done, RS401: ana holds", other_first="done, done: ana bought",
    ),
    # the shop
    "mark sold": Scene(
        MARK_SOLD, RESERVE,
        one_first="done, RS305: somebody bought", other_first="reserved, done: bea bought",
    ),
    "mark sold, held": Scene(
        MARK_SOLD, QUEUE, held=1,
        one_first="done, RS305: ana bought", other_first="queued, done: ana bought",
    ),
    "mark sold, over the holder": Scene(
        OVERRIDE, RESERVE, held=1, wanted=1,
        one_first="done, RS305: dan bought", other_first="RS301, done: dan bought",
    ),
    "adjust up": Scene(
        ADD, RESERVE, held=1,
        one_first="done, reserved: ana holds, bea holds",
        other_first="RS301, done: ana holds, 1 free",
    ),
    "adjust up, waited for": Scene(
        ADD, QUEUE, held=1, wanted=1,
        one_first="done and promotes 1, queued: ana holds, cat holds, bea waits",
        other_first="queued, done and promotes 1: ana holds, cat holds, bea waits",
    ),
    "adjust down": Scene(
        TAKE, RESERVE,
        one_first="done, RS305: nothing is left", other_first="reserved, RS301: bea holds",
    ),
    "adjust down, two units": Scene(
        TAKE, QUEUE, units=2,
        one_first="done, reserved: bea holds", other_first="reserved, done: bea holds",
    ),
    "promote": Scene(
        PROMOTE, RESERVE, held=1, wanted=1,
        one_first="done and promotes 1, RS301: cat holds",
        other_first="RS301, done and promotes 1: cat holds",
    ),
    "promote, or wait": Scene(
        PROMOTE, QUEUE, held=1, wanted=1,
        one_first="done and promotes 1, queued: cat holds, bea waits",
        other_first="queued, done and promotes 1: cat holds, bea waits",
    ),
    "promote, nobody waits": Scene(
        PROMOTE, RESERVE, held=1,
        one_first="done, reserved: bea holds", other_first="RS301, done: 1 free",
    ),
    # the line
    "leave": Scene(
        LEAVE, RESERVE, units=2, held=1, wanted=2,
        one_first="done, reserved: ana holds, bea holds",
        other_first="RS306, done: ana holds, 1 free",
    ),
    "leave, or wait": Scene(
        LEAVE, QUEUE, held=1, wanted=1,
        one_first="done, queued: ana holds, bea waits",
        other_first="queued, done: ana holds, bea waits",
    ),
    "join": Scene(
        JOIN, RESERVE,
        one_first="RS304, reserved: bea holds",
        other_first="reserved, done: bea holds, cat waits",
    ),
    "join, or wait": Scene(
        JOIN, QUEUE, held=1,
        one_first="done, queued: ana holds, cat waits, bea waits",
        other_first="queued, done: ana holds, bea waits, cat waits",
    ),
    "suspend": Scene(
        SUSPEND, RESERVE, units=2, held=1, wanted=2,
        one_first="done, reserved: ana holds, bea holds",
        other_first="RS306, done: ana holds, 1 free",
    ),
}  # fmt: skip


# -- the orders -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Permutation:
    """Whose step comes when, and who commits at the end."""

    order: tuple[int, ...]
    commits: tuple[bool, bool] = (True, True)


def permutations(level: str) -> Iterator[Permutation]:
    """All orders of twice three steps; with rollbacks where both begin first.

    Where no snapshot is taken it is all the same when somebody began.
    """
    for places in itertools.combinations(range(6), 3):
        order = tuple(0 if place in places else 1 for place in range(6))
        begun = order[:2] == (0, 1)
        if begun or level != LEVELS[0]:
            yield Permutation(order)
        if begun:
            yield Permutation(order, (False, True))
        if begun and level == LEVELS[0]:
            yield Permutation(order, (True, False))
            yield Permutation(order, (False, False))


PERMUTATIONS = {level: list(permutations(level)) for level in LEVELS}


# -- the ground -----------------------------------------------------------------------------------


@dataclass
class Ground:
    """One item with its people, as the scene begins."""

    shop: Shop
    scene: Scene
    words: dict[str, Any]

    def begin(self) -> None:
        """What is due is due only now: a sweeper sees all items."""
        if self.scene.late:
            self.shop.let_pass(self.words["held"])

    def end(self) -> None:
        """Nothing due is left to the next one's sweeper."""
        if "held" in self.words and self.shop.state(self.words["item"]).reserved:
            self.shop.ask("select * from apartado.expire_and_promote()")

    def looking(self, command: Command) -> list[Any]:
        """Who looks, and at what."""
        return [self.words[command.who], self.words["item"]]

    def seen(self) -> Row:
        """The item as it is in the tables, with names instead of aliases."""
        item = self.words["item"]
        (row,) = self.shop.ask(
            "select queue_length, version from apartado.stock where item_id = %s", [item]
        )
        state = vars(self.shop.state(item))
        for people in ("holders", "line", "buyers"):
            state[people] = [alias and alias[:3] for alias in state[people]]
        return {**row, **state}


def grounds(shop: Shop, scene: Scene, number: int) -> list[Ground]:
    """So many times the same."""
    people = [dict(zip(PEOPLE, shop.members(*PEOPLE), strict=True)) for _ in range(number)]
    rows = shop.ask(
        "select item_id from apartado.put_items(null, %s)",
        [Jsonb([{"sku": each["ana"], "title": "Race", "price": "10.00", "quantity": scene.units}
                for each in people])],
    )  # fmt: skip
    made = [
        Ground(shop, scene, {**each, "item": row["item_id"]})
        for each, row in zip(people, rows, strict=True)
    ]
    for who, text, units in (
        ("ana", "reservation_id from {} cross join lateral apartado.reserve(t.who, t.item, %s)",
         scene.held),
        ("cat", "queue_entry_id from {} cross join lateral apartado.join_queue(t.who, t.item, %s)",
         scene.wanted),
    ):  # fmt: skip
        if units:
            each_item = "unnest(%s::text[], %s::bigint[]) with ordinality t (who, item, n)"
            rows = shop.ask(
                "select " + text.format(each_item) + " order by t.n",
                [[g.words[who] for g in made], [g.words["item"] for g in made], units],
            )
            for ground, row in zip(made, rows, strict=True):
                if who == "ana":
                    ground.words["held"] = row["reservation_id"]
    return made


# -- one after the other --------------------------------------------------------------------------


@dataclass
class Serial:
    """What is so after some of the commands, in their order."""

    looks: list[Row] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    """What each of the two would be told next."""
    seen: Row = field(default_factory=dict)


def answer(step: Step) -> Any:
    """The code of a refusal, or the row without what differs from run to run."""
    if step.refused:
        return step.error.sqlstate
    if not step.rows:
        return {}
    row = {key: value for key, value in step.row.items() if key not in NOT_COMPARED}
    return {
        key: value is not None if key.endswith(("_id", "_to")) else value and value[:3]
        if key == "buyer" else value
        for key, value in row.items()
    }  # fmt: skip


class Book:
    """What comes out of every order of the two commands, by having it come out."""

    def __init__(self, shop: Shop, session: Session, scene: Scene) -> None:
        self.commands = (scene.one, scene.other)
        runs = [(), (0,), (1,), (0, 1), (1, 0)]
        self.after: dict[tuple[int, ...], Serial] = {}
        for run, ground in zip(runs, grounds(shop, scene, len(runs)), strict=True):
            ground.begin()
            told = [self._run(session, self.commands[who], ground) for who in run]
            self.after[run] = Serial(seen=ground.seen())
            for who in (0, 1):
                look = session.step(LOOK, ground.looking(self.commands[who]))
                self.after[run].looks.append(answer(look))
            if run:
                before = self.after[run[:-1]].answers
                before += [None] * (2 - len(before))
                before[run[-1]] = told[-1]
            ground.end()

    @staticmethod
    def _run(session: Session, command: Command, ground: Ground) -> Any:
        session.step("begin")
        told = answer(session.step(command.text.format(**ground.words)))
        if command.late:
            session.step(past(ground.words["held"]))
        session.step("commit")
        return told

    def told(self, first: int) -> str:
        """One order as a sentence."""
        second = 1 - first
        answers = (self.after[()].answers[first], self.after[first,].answers[second])
        seen = self.after[first, second].seen
        state = [f"{who} holds" for who in seen["holders"]]
        state += [f"{who} waits" for who in seen["line"]]
        state += [f"{who or 'somebody'} bought" for who in seen["buyers"]]
        if seen["available"]:
            state.append(f"{seen['available']} free")
        return ", ".join(map(spelt, answers)) + ": " + (", ".join(state) or "nothing is left")


def spelt(told: Any) -> str:
    """An answer in a word or two."""
    if not isinstance(told, dict):
        return str(told)
    words = [told.get("outcome") or "done"]
    words += [f"expires {told['expired']}"] if told.get("expired") else []
    words += [f"promotes {told['promoted']}"] if told.get("promoted") else []
    return " and ".join(words)


# -- side by side ---------------------------------------------------------------------------------


@dataclass
class Part:
    """One of the two, while a permutation is played."""

    number: int
    session: Session
    command: Command
    commits: bool
    did: int = 0
    owed: int = 0
    step: Step | None = None
    waits: bool = False
    holds: bool = False
    """Its command did something, and its transaction is open."""
    stopped: bool = False
    """It met 40001, and is to be made again."""


class Play:
    """One permutation."""

    def __init__(
        self,
        sessions: list[Session],
        level: str,
        book: Book,
        ground: Ground,
        permutation: Permutation,
    ) -> None:
        self.level, self.book, self.ground, self.permutation = level, book, ground, permutation
        self.parts = [
            Part(number, sessions[number], book.commands[number], permutation.commits[number])
            for number in (0, 1)
        ]
        self.order: tuple[int, ...] = ()  # of what is committed
        self.waits = self.stops = 0

    def run(self) -> None:
        """All six steps, and what has to be made again."""
        self.ground.begin()
        for number in self.permutation.order:
            self.go(self.parts[number])
        assert [part.did for part in self.parts] == [3, 3]
        for part in self.parts:
            while part.stopped:
                part.did, part.stopped = 0, False
                for _ in range(3):
                    self.go(part)
        found, expected = self.ground.seen(), dict(self.book.after[self.order].seen)
        # whoever finds the straight way blocked by somebody who then ends bumps once more
        self.same(found["version"] >= expected["version"], True)
        self.same({**found, "version": 0}, {**expected, "version": 0})
        self.ground.end()

    def go(self, part: Part) -> None:
        """The next step; it is owed while the one before it waits."""
        if part.waits:
            part.owed += 1
            return
        part.did += 1
        if not part.stopped:
            (self.look, self.command, self.end)[part.did - 1](part)

    def look(self, part: Part) -> None:
        """Begin, and see the item as it is now; a look that takes no snapshot is none."""
        part.session.step("begin")
        if self.level == LEVELS[0]:
            return
        step = part.session.step(LOOK, self.ground.looking(part.command))
        if not self.is_stopped(part, step):
            self.same(answer(step), self.book.after[self.order].looks[part.number])

    def command(self, part: Part) -> None:
        """The command waits for nobody but whoever did something and has not ended."""
        other = self.parts[1 - part.number]
        part.step = part.session.step(part.command.text.format(**self.ground.words))
        part.waits = part.step.blocked
        self.waits += part.waits
        self.same(part.waits, other.holds and not part.command.skips)
        if not part.waits:
            self.answered(part)

    def answered(self, part: Part) -> None:
        """The answer, at once or after the other's end."""
        assert part.step is not None
        if self.is_stopped(part, part.step):
            return
        told = answer(part.step)
        if part.command.skips and self.parts[1 - part.number].holds:
            self.same((told["expired"], told["promoted"]), (0, 0))
            return
        self.same(told, self.book.after[self.order].answers[part.number])
        # a sweeper that found nothing holds nothing
        part.holds = isinstance(told, dict) and told.get("expired") != 0

    def end(self, part: Part) -> None:
        """Commit or rollback; whoever waited for it goes on."""
        if part.command.late:
            part.session.step(past(self.ground.words["held"]))
        step = part.session.step("commit" if part.commits else "rollback")
        if not self.is_stopped(part, step) and part.commits and part.holds:
            self.order += (part.number,)
        part.holds = False
        other = self.parts[1 - part.number]
        if other.waits:
            other.waits = False
            self.answered(other)
            while other.owed:
                other.owed -= 1
                self.go(other)

    def is_stopped(self, part: Part, step: Step) -> bool:
        """Whether the server wants the whole transaction made again."""
        if not step.refused or step.error.sqlstate != "40001":
            return False
        assert self.level != LEVELS[0]
        part.session.step("rollback")
        part.stopped, part.holds = True, False
        self.stops += 1
        return True

    def same(self, found: Any, expected: Any) -> None:
        """Every comparison, with the permutation in its message."""
        assert found == expected, (self.level, self.permutation, self.order)


@dataclass
class Crew:
    """The sessions of all plays, which stay, and what they come to."""

    shop: Shop
    stage: Stage
    sessions: dict[str, list[Session]] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)

    def play(self, scene: Scene, level: str) -> None:
        """All permutations of a scene."""
        if level not in self.sessions:
            self.sessions[level] = self.stage.sessions("one", "other", isolation=level)
        sessions = self.sessions[level]
        book = Book(self.shop, sessions[0], scene)
        assert (book.told(0), book.told(1)) == (scene.one_first, scene.other_first)
        orders = PERMUTATIONS[level]
        for permutation, ground in zip(orders, grounds(self.shop, scene, len(orders)), strict=True):
            play = Play(sessions, level, book, ground, permutation)
            play.run()
            self.count.update(permutations=1, waits=play.waits, stops=play.stops)


@pytest.fixture(scope="module")
def crew(ground: Database, shop: Shop) -> Iterator[Crew]:
    """One for the module."""
    with Stage(ground) as opened:
        yield Crew(shop, opened)


@pytest.mark.one_postgresql
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_permutation_comes_out_as_one_after_the_other(crew: Crew, scene: Scene) -> None:
    crew.play(scene, LEVELS[1])


@pytest.mark.only_postgresql(15)
@pytest.mark.parametrize("level", [LEVELS[0], LEVELS[2]])
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_so_it_does_without_a_snapshot_and_with_predicate_locks(
    crew: Crew, scene: Scene, level: str
) -> None:
    crew.play(scene, level)


def test_they_are_many_and_leave_nothing_behind_that_is_wrong(
    crew: Crew, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counted as they are planned, too: not every run is of all of them."""
    planned = {level: len(SCENES) * len(orders) for level, orders in PERMUTATIONS.items()}
    with capsys.disabled():
        print(f"\n{len(SCENES)} scenes, permutations {planned}, here {dict(crew.count)}")
    assert all(number >= 300 for number in planned.values())
    assert all(len(set(orders)) == len(orders) for orders in PERMUTATIONS.values())
    crew.shop.check()


# -- mistakes that they find ----------------------------------------------------------------------

LOCKING = "_lock_stock", "_lock_live_reservation"


def bare_lock(shop: Shop) -> None:
    """Trap 16: the row is locked and not bumped, also where only a reservation changes.

    (The first alone changes nothing: whatever changes a counter bumps the row by that.)
    """
    for function in LOCKING:
        shop.unlock(function, "for no key update of s")
    shop.mutate(
        r"(where s\.stock_id = p_wanted\.stock_id)(\s+returning)",
        r"\1 and c.more <> 0\2",
        "_change_reservation",
    )


def test_trap_16_is_caught_when_the_stock_row_is_locked_and_not_bumped(
    mutant: Shop, mutant_stage: Stage
) -> None:
    bare_lock(mutant)
    crew = Crew(mutant, mutant_stage)
    crew.play(SCENES["release if wanted"], LEVELS[0])  # here it is enough
    breaks(lambda: crew.play(SCENES["release if wanted"], LEVELS[1]))


def no_lock(shop: Shop) -> None:
    """The row is read, and neither locked nor bumped."""
    for function in LOCKING:
        shop.unlock(function)


def early_clock(shop: Shop) -> None:
    """Trap 14: the time is that before the wait."""
    shop.mutate(
        r"(update apartado\.stock[^;]*;)([^;]*;\s+end if;)\s+(now := apartado\.clock\(\);)",
        r"\3 \1\2",
        "_lock_live_reservation",
    )


def no_settling(shop: Shop) -> None:
    """What is due stays so on the long way."""
    shop.mutate(
        r"select \* into v_done from apartado\._settle\(v_stock, now\)",
        "select v_stock as stock into v_done",
        "_claim_or_wait",
    )


def no_guard(shop: Shop) -> None:
    """Trap 15: on the straight way nobody looks under the lock whether there is enough."""
    shop.mutate(
        r"and s\.available >= p_quantity",
        "and (select x.available from apartado.stock x where x.stock_id = s.stock_id)"
        " >= p_quantity",
        "reserve",
    )


@pytest.mark.parametrize(
    ("mistake", "name"),
    [
        (no_lock, "adjust down"),
        (no_lock, "cancel"),
        (early_clock, "the time comes, confirm"),
        (no_settling, "reserve, due and waited for"),
        (no_guard, "adjust down"),
    ],
    ids=[
        "trap 5, the row is not locked, by an operator",
        "trap 5, the row is not locked, by the holder",
        "trap 14, the clock is read before the lock",
        "the long way does not settle",
        "trap 15, the guard is not under the lock",
    ],
)
def test_is_caught_when(
    mutant: Shop, mutant_stage: Stage, mistake: Callable[[Shop], None], name: str
) -> None:
    mistake(mutant)
    breaks(lambda: Crew(mutant, mutant_stage).play(SCENES[name], LEVELS[0]))
