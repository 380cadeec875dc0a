"""The model of tests/properties, replayed over what happened, in the order of the versions.

Every transaction that told an event is a step. Its cause is a line of the ledger: what was asked
is done in the model, and must give the same answer and the same counters. A step that nobody asked
for may only be what settling does by itself. A line without a step was acknowledged and is gone.

A refusal leaves no version. It must have been right at some moment between the last answer that
came before it was asked and the first question that was asked after it was answered.
"""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from properties.model import Item, Member, Policy, Refused, Reservation, World
from properties.model import Row as Stock
from prove.cluster import Ground
from prove.ledger import Ledger, Line

EVENTS = """
select e.event_id, e.kind, e.written_in, s.item_id, m.alias, e.available, e.reserved, e.sold,
       e.queue_length, e.version, e.data, e.details ->> 'reason' as reason,
       extract(epoch from e.at)::float8 as at
  from apartado.events e
  join apartado.stock s on s.stock_id = e.stock_id
  left join apartado.members m on m.member_id = e.member_id
 where e.event_id > %s
 order by e.event_id
"""
NOW = """
select s.item_id,
       array(select m.alias || ' ' || r.quantity
               from apartado.reservations r join apartado.members m on m.member_id = r.member_id
              where r.stock_id = s.stock_id and r.status = 'active' order by m.alias) as held,
       array(select m.alias || ' ' || q.quantity
               from apartado.queue_entries q join apartado.members m on m.member_id = q.member_id
              where q.stock_id = s.stock_id and q.status = 'waiting'
              order by q.priority desc, q.rank) as line
  from apartado.stock s where s.item_id = any(%s)
"""
BETWEEN = 0.1  # seconds that may pass between two statements of one call
COUNTERS = ("available", "reserved", "sold", "queue_length")
COMPARED = (
    *COUNTERS, "outcome", "quantity", "position", "promoted", "remaining", "status", "total",
)  # fmt: skip
CAUSES = {
    "reservation.created": "reservation_id",
    "queue.joined": "queue_entry_id",
    "reservation.cancelled": "reservation_id",
    "purchase.created": "purchase_id",
    "queue.left": "queue_entry_id",
}
ASKED_FOR = {"queue.joined", "queue.left", "purchase.created"}
"""Events that settling does not bring about: somebody was told of each."""
NOTICES = {"reservation.expiring", "stock.low", "stock.recovered"}
"""Events that tell, and change nothing."""

Event = dict[str, Any]


class Mirror(World):
    """The model, with its reservations by number, because it is asked a hundred thousand times."""

    def reservation(self, id: int, member: str | None = None) -> Reservation:
        found = next((r for row in self.rows.values() for r in row.held if r.id == id), None)
        if found is None:
            raise Refused("RS102")
        return found


@dataclass
class Step:
    """What one transaction did to one item."""

    item: int
    events: list[Event]
    causes: list[Line] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Which of the events is that of each cause."""

    def moment(self, number: int) -> float:
        """When a cause came: its answer says so, or its own event does."""
        if told := self.causes[number].answer.get("server_time"):
            return datetime.fromisoformat(told).timestamp()
        return float(self.events[self.places[number]]["at"])

    @property
    def settled(self) -> list[float]:
        """When it was seen that deadlines had passed: also by requests that were then refused."""
        expired = [event for event in self.events if event["kind"] == "reservation.expired"]
        moments = {float(event["at"]) for event in expired}
        if not self.causes and not moments:
            moments = {min(float(event["at"]) for event in self.events)}
        return sorted(moments)

    @property
    def version(self) -> int:
        """As it left the row."""
        return int(self.events[-1]["version"])


@dataclass
class Guess:
    """What was answered without leaving a version, and when it may have been right."""

    line: Line
    earliest: float
    latest: float


class Replay:
    """Begun before the clients are let in, and judged after the last of them is gone."""

    def __init__(self, ground: Ground, items: list[int], *, refusals: bool = True) -> None:
        """refusals: judge them, too; not where deadlines pass, which leave no version either."""
        self._ground = ground
        self._items = set(items)
        self._refusals = refusals
        self._mark = ground.one("select coalesce(max(event_id), 0) from apartado.events")
        (said,) = ground.ask("select * from apartado.policies where name = 'default'")
        policy = Policy(**{f.name: _seconds(said[f.name]) for f in fields(Policy)})
        stock = ground.ask(
            "select item_id, total, version from apartado.stock where item_id = any(%s)", [items]
        )
        aliases = [row["alias"] for row in ground.ask("select alias from apartado.members")]
        rows = {
            str(one["item_id"]): Stock(
                str(one["item_id"]), Item(str(one["item_id"]), Policy()), one["total"]
            )
            for one in stock
        }
        self._world = Mirror(0, {a: Member(a) for a in aliases}, {}, rows, policy)
        self._version: dict[int, float] = {one["item_id"]: one["version"] for one in stock}
        self.anomalies: list[str] = []
        self.steps = 0

    def moved_to(self, ground: Ground) -> None:
        """What happened is to be found there."""
        self._ground = ground

    def judge(self, ledger: Ledger) -> list[str]:
        """What is not as the model has it; nothing, when all is well."""
        steps = self._steps()
        self._reserved = {
            event["data"]["reservation_id"]: step.item
            for step in steps
            for event in step.events
            if event["kind"] == "reservation.created"
        }
        lines = [part for line in ledger.lines for part in _parts(line)]
        of_items = [line for line in lines if self._item(line) is not None]
        loose = self._link(steps, [line for line in of_items if line.code is None])
        refused = [line for line in of_items if line.code is not None]
        guesses = self._guesses(of_items, [*loose, *refused] if self._refusals else [])
        open_guesses: dict[int, list[Guess]] = defaultdict(list)
        for step in steps:
            self._take_up(step.item, step.version, guesses[step.item], open_guesses[step.item])
            self._do(step)
            self._version[step.item] = step.version
            self._try(step.item, open_guesses[step.item])
        for item, rest in guesses.items():
            self._take_up(item, math.inf, rest, open_guesses[item])
            self._version[item] = math.inf
            self._try(item, open_guesses[item])
        self._compare_ends()
        self.steps = len(steps)
        return self.anomalies

    def _wrong(self, text: str) -> None:
        self.anomalies.append(text)

    def _item(self, line: Line) -> int | None:
        item = line.fields.get("item") or self._reserved.get(line.fields.get("reservation", 0))
        return item if item in self._items else None

    # -- who caused what ------------------------------------------------------------------------

    def _steps(self) -> list[Step]:
        found: dict[tuple[str, int], Step] = {}
        for event in self._ground.ask(EVENTS, [self._mark]):
            if event["item_id"] in self._items and event["kind"] not in NOTICES:
                key = (event["written_in"], event["item_id"])
                found.setdefault(key, Step(event["item_id"], [])).events.append(event)
        return list(found.values())

    def _link(self, steps: list[Step], lines: list[Line]) -> list[Line]:
        """Give each step its causes and each line its version; the lines that caused nothing."""
        wanted: dict[tuple[str, Any], Line] = {}
        for line in sorted(lines, key=lambda line: line.ended, reverse=True):
            if (cause := _cause(line)) is not None:
                wanted[cause] = line
        loose = [line for line in lines if wanted.get(_cause(line) or ("", 0)) is not line]
        for step in steps:
            versions = {event["version"] for event in step.events}
            for place, told in enumerate(map(_told, step.events)):
                if told not in wanted:
                    continue
                line = wanted.pop(told)
                step.causes.append(line)
                step.places.append(place)
                if line.version is None:
                    line.version = step.version
                elif line.version not in versions:
                    self._wrong(f"the version of {line} is none of {versions}")
        for (kind, number), line in wanted.items():
            self._wrong(f"acknowledged and not there: {kind} {number} of {line.who}, {line.answer}")
        return [line for line in loose if line.name in GUESSED]

    # -- steps ----------------------------------------------------------------------------------

    def _do(self, step: Step) -> None:
        world, row = self._world, self._world.rows[str(step.item)]
        world.past.clear()
        before, settled = len(self.anomalies), step.settled
        unasked = [e for e in step.events if e["kind"] in ASKED_FOR and not step.causes]
        for event in unasked:
            self._wrong(f"nobody was told of {event}")
        for number, line in enumerate(step.causes):
            moment = step.moment(number)
            self._settle(row, [at for at in settled if at < moment])
            settled = [at for at in settled if at > moment]
            world.now = moment
            if line.name == "reserve":
                self._bear(row, step)
            try:
                expected = DONE[line.name](world, row, line)
            except Refused as refusal:
                self._wrong(f"the model refuses with {refusal.code}: {line}")
                continue
            self._number(row, step)
            differs = {
                name: (line.answer[name], expected[name])
                for name in COMPARED
                if name in expected and name in line.answer and line.answer[name] != expected[name]
            }
            if differs:
                self._wrong(f"answered, expected: {differs} in {line}")
        self._settle(row, settled)
        self._number(row, step)
        told = {name: step.events[-1][name] for name in COUNTERS}
        counted = {name: world.counters(row)[name] for name in COUNTERS}
        if told != counted:
            kinds = [event["kind"] for event in step.events]
            self._wrong(f"item {step.item} after {kinds}: {told}, the model has {counted}")
        if len(self.anomalies) > before + 20:
            raise AssertionError(self.anomalies[:5])

    def _settle(self, row: Stock, moments: list[float]) -> None:
        for moment in moments:
            self._world.now = moment
            self._world.settle(row)

    def _bear(self, row: Stock, step: Step) -> None:
        """The straight way sees that nothing is due, and then reads the clock that it answers with.

        What was due in between is closed by the next who comes.
        """
        closed = {
            event["data"]["reservation_id"]
            for event in step.events
            if event["kind"] == "reservation.expired"
        }
        now = self._world.now
        for held in row.held:
            if held.id not in closed and now - BETWEEN < held.until <= now:
                held.until = math.nextafter(now, math.inf)

    def _number(self, row: Stock, step: Step) -> None:
        """Give what is new in the model its numbers."""
        for event in step.events:
            if event["kind"] == "reservation.created" and (held := row.holding(event["alias"])):
                self._note(held, event["data"])
            elif event["kind"] == "queue.joined" and (place := row.entry(event["alias"])):
                place.id = place.id or event["data"]["queue_entry_id"]

    def _note(self, held: Reservation, told: dict[str, Any]) -> None:
        """A new reservation has its number, and its deadline to the microsecond."""
        if held.id:
            return
        until = datetime.fromisoformat(told["expires_at"]).timestamp()
        if abs(held.until - until) > BETWEEN:
            self._wrong(f"a deadline of {told}, the model has {held}")
        held.id, held.until = told["reservation_id"], until

    def _compare_ends(self) -> None:
        for now in self._ground.ask(NOW, [list(self._items)]):
            row = self._world.rows[str(now["item_id"])]
            held = sorted(f"{r.member} {r.units}" for r in row.held)
            line = [f"{e.member} {e.units}" for e in row.line]
            if (sorted(now["held"]), now["line"]) != (held, line):
                self._wrong(f"at the end item {now['item_id']} has {now}, the model {held}, {line}")

    # -- answers without a version of their own -------------------------------------------------

    def _guesses(self, lines: list[Line], loose: list[Line]) -> dict[int, list[Guess]]:
        """By item, the latest beginning first."""
        by_item: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            if line.version is not None:
                by_item[self._item(line) or 0].append(line)
        known = {item: Known(found, self._version[item]) for item, found in by_item.items()}
        guesses: dict[int, list[Guess]] = {item: [] for item in self._items}
        for item, found in by_item.items():
            for line in found:
                assert line.version is not None
                before, after = known[item].window(line)
                if not before <= line.version <= after:
                    self._wrong(f"version {line.version} not in {before} to {after}: {line}")
        for line in loose:
            item = self._item(line) or 0
            if line.version is not None:
                guesses[item].append(Guess(line, line.version, line.version))
            elif item in known:
                guesses[item].append(Guess(line, *known[item].window(line)))
        for found_guesses in guesses.values():
            found_guesses.sort(key=lambda guess: guess.earliest, reverse=True)
        return guesses

    def _take_up(self, item: int, version: float, waiting: list[Guess], taken: list[Guess]) -> None:
        """Those that may have been right before this version; the state is still that of before."""
        new: list[Guess] = []
        while waiting and waiting[-1].earliest < version:
            new.append(waiting.pop())
        row = self._world.rows[str(item)]
        taken.extend(guess for guess in new if not _is_right(self._world, row, guess.line))

    def _try(self, item: int, taken: list[Guess]) -> None:
        row, version = self._world.rows[str(item)], self._version[item]
        left = []
        for guess in taken:
            if guess.latest < version:
                self._wrong(f"never right between {guess.earliest}, {guess.latest}: {guess.line}")
            elif not _is_right(self._world, row, guess.line):
                left.append(guess)
        taken[:] = left


class Known:
    """Which versions of an item were known to the clients at which moment."""

    def __init__(self, lines: Iterable[Line], first: float) -> None:
        ended = sorted((line.ended, line.version or 0) for line in lines)
        began = sorted((line.began, line.version or 0) for line in lines)
        self._ended = [moment for moment, _ in ended]
        self._began = [moment for moment, _ in began]
        self._newest: list[float] = [first]
        for _, version in ended:
            self._newest.append(max(self._newest[-1], version))
        self._oldest: list[float] = [math.inf]
        for _, version in reversed(began):
            self._oldest.append(min(self._oldest[-1], version))
        self._oldest.reverse()

    def window(self, line: Line) -> tuple[float, float]:
        """From the newest version answered before it was asked to the oldest asked for after."""
        before = self._newest[bisect.bisect_left(self._ended, line.began)]
        after = self._oldest[bisect.bisect_right(self._began, line.ended)]
        return before, after


def _seconds(value: Any) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _parts(line: Line) -> list[Line]:
    """A wish for several items, as one for each: each is answered as if it had come alone."""
    if line.name != "reserve_many" or line.code is not None:
        return [line]
    way = "queue" if line.fields["mode"] == "reserve_or_queue" else "fail"
    return [
        replace(
            line,
            name="reserve",
            fields={**wish, "if_unavailable": way},
            code=row["code"],
            answer={} if row["code"] else row,
            version=row["version"],
        )
        for wish, row in zip(line.fields["lines"], line.rows, strict=True)
    ]


def _cause(line: Line) -> tuple[str, Any] | None:
    """The event that an acknowledged line must have left, if it left one."""
    answer = line.answer
    if line.name == "adjust_stock":
        return "stock.changed", line.fields["reason"]
    kind = {
        "reserve": "reservation.created" if answer.get("reservation_id") else "queue.joined",
        "join_queue": "queue.joined",
        "cancel_reservation": "reservation.cancelled",
        "confirm_reservation": "purchase.created",
        "mark_sold": "purchase.created",
        "leave_queue": "queue.left",
    }.get(line.name)
    if kind is None or answer.get(CAUSES[kind]) is None:
        return None
    if line.name == "leave_queue" and answer["status"] != "left":
        return None
    return kind, answer[CAUSES[kind]]


def _told(event: Event) -> tuple[str, Any]:
    if event["kind"] == "stock.changed":
        return event["kind"], event["reason"]
    return event["kind"], event["data"].get(CAUSES.get(event["kind"], ""))


def _reserve(world: World, row: Stock, line: Line) -> dict[str, Any]:
    asked = line.fields
    return world.reserve(
        line.who, row.name, asked.get("quantity", 1), asked.get("ttl"),
        queue=asked.get("if_unavailable") == "queue",
    )  # fmt: skip


DONE: dict[str, Callable[[World, Stock, Line], dict[str, Any]]] = {
    "reserve": _reserve,
    "join_queue": lambda world, row, line: world.join(
        line.who, row.name, line.fields.get("quantity", 1), None, math.inf
    ),
    "cancel_reservation": lambda world, row, line: world.cancel(
        line.who, line.fields["reservation"], None
    ),
    "confirm_reservation": lambda world, row, line: world.confirm(
        line.who, line.fields["reservation"], line.fields.get("quantity")
    ),
    "leave_queue": lambda world, row, line: world.leave(line.who, row.name),
    "adjust_stock": lambda world, row, line: world.adjust(row.name, line.fields["delta"]),
}
GUESSED = {"reserve", "join_queue", "leave_queue", "get_status"}


def _is_right(world: World, row: Stock, line: Line) -> bool:
    """Whether the answer would be this one now."""
    member, units = line.who, line.fields.get("quantity") or 1
    mine, place = row.holding(member), row.entry(member)
    number = line.fields.get("reservation")
    if line.code is None:
        return _is_true(world, row, line)
    gone = all(held.id != number for held in row.held)
    rules: dict[str, Callable[[], bool]] = {
        "RS202": lambda: any(r.id == number and r.units < units for r in row.held),
        "RS301": lambda: row.available < units,
        "RS302": lambda: mine is not None,
        "RS303": lambda: place is not None,
        "RS304": lambda: not mine and not place and world.can_have(row, member, units),
        "RS305": lambda: row.available + row.reserved == 0,
        "RS306": lambda: bool(row.line),
        "RS402": lambda: gone,
        "RS404": lambda: gone,
    }
    return rules[line.code]() if line.code in rules else False


def _is_true(world: World, row: Stock, line: Line) -> bool:
    """Whether somebody would be told this now."""
    answer, place, mine = line.answer, row.entry(line.who), row.holding(line.who)
    if line.name == "leave_queue":
        return place is None
    if line.name == "get_status":
        counters = world.counters(row)
        return all(counters[name] == answer[name] for name in COUNTERS) and (
            (mine.id if mine else None, row.line.index(place) + 1 if place else None)
            == (answer["my_reservation_id"], answer["my_position"])
        )
    return place is not None and place.id == answer["queue_entry_id"]
