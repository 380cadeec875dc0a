"""What Apartado promises, in plain Python, small enough to be believed.

Written from the requirements and the contract, not from the SQL. Times are seconds, exact to the
microsecond. Counters are not kept but counted. Nothing is done before somebody does it: a deadline
that passes changes what people are told, and the rows when the next command locks them. A command
either answers, or raises Refused and leaves no trace (the caller works on a copy).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from hashlib import sha256
from typing import Any, cast

NEVER = math.inf
MOMENT: float = cast("float", Fraction(1, 1_000_000))  # exact, however many come together


class Refused(Exception):
    """A refusal, with its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(repr=False)
class Policy:
    """What one policy says; None is nothing."""

    hold: int | None = None
    hold_cap: int | None = None
    active_limit: int | None = None
    queue_limit: int | None = None
    item_limit: int | None = None
    drop_limit: int | None = None
    promotion: str | None = None
    offer_window: int | None = None
    missed: str | None = None
    fit: str | None = None
    passed_limit: int | None = None
    priority: int | None = None
    extension_limit: int | None = None
    extension_total: int | None = None
    extend_while_wanted: bool | None = None
    payment_window: int | None = None
    late_confirm: bool | None = None

    def __repr__(self) -> str:
        said = {f.name: getattr(self, f.name) for f in fields(self)}
        return f"Policy({', '.join(f'{k}={v!r}' for k, v in said.items() if v is not None)})"


@dataclass
class Member:
    """A person."""

    name: str
    policy: Policy | None = None  # of their class
    barred: bool = False


@dataclass
class Drop:
    """A limited release."""

    opens: float
    closes: float = NEVER
    policy: Policy | None = None
    seed: str | None = None  # of a lottery
    closed: bool = False  # nobody takes part any more
    drawn: bool = False

    def lot(self, entry: Entry) -> str:
        """The lower comes first."""
        return sha256(f"{self.seed}:{entry.id}".encode()).hexdigest()


@dataclass
class Item:
    """A thing that is kept at one or more locations."""

    name: str
    policy: Policy
    restock: bool = True
    drop: Drop | None = None


@dataclass
class Reservation:
    """Units set aside."""

    row: str
    member: str
    units: int
    since: float
    until: float
    id: int = 0  # the database's, noted when it was seen there
    status: str = "active"
    yields: bool = False
    paying: bool = False
    extensions: int = 0
    extended: int = 0
    sold_late: bool = False
    from_queue: bool = False


@dataclass
class Entry:
    """A place in a queue."""

    row: str
    member: str
    units: int
    priority: int
    rank: float
    since: float
    needed: float = NEVER
    status: str = "waiting"
    offered: int = 0
    until: float = NEVER
    missed: bool = False
    wish: Wish | None = None
    id: int = 0
    ticket: int = 0

    @property
    def in_line(self) -> bool:
        """Whether it has a place in the line, be it suspended."""
        return self.status in ("waiting", "suspended")

    @property
    def order(self) -> tuple[float, float]:
        """Who comes before whom."""
        return (-self.priority, self.rank)


@dataclass(eq=False)
class Wish:
    """One wish over several items."""

    fulfilled: bool = False


@dataclass
class Wave:
    """Units that are to come."""

    due: float
    units: int
    released: bool = False


@dataclass
class Row:
    """The units of an item at a location."""

    name: str
    item: Item
    total: int
    bought: list[tuple[str | None, int, float]] = field(default_factory=list)
    held: list[Reservation] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    waves: list[Wave] = field(default_factory=list)
    served: list[tuple[float, tuple[float, float]]] = field(default_factory=list)  # when and where
    ticket: int = 1
    paused: bool = False
    closed_at: int = 0
    """The next ticket when its lottery was closed."""
    unserved: bool = False
    """Others may be next in line than when it was last made true."""

    @property
    def sold(self) -> int:
        """Units that were bought."""
        return sum(units for _, units, _ in self.bought)

    @property
    def reserved(self) -> int:
        """Units set aside, offers included."""
        return sum(r.units for r in self.held) + sum(e.offered for e in self.entries)

    @property
    def available(self) -> int:
        """Units that are neither."""
        return self.total - self.reserved - self.sold

    @property
    def line(self) -> list[Entry]:
        """Who stands in the queue, in order."""
        return sorted((e for e in self.entries if e.in_line), key=lambda e: e.order)

    def passed(self, entry: Entry) -> int:
        """How often others were served who stood behind, since it could have been."""
        return sum(at >= entry.since and order > entry.order for at, order in self.served)

    def after_served(self, now: float) -> float:
        """This moment, or the next where somebody was served at it: who comes then was later."""
        return max([now, *(at + MOMENT for at, _ in self.served if at >= now)])

    @property
    def planned(self) -> int:
        """Units that waves will bring."""
        return sum(w.units for w in self.waves if not w.released)

    def holding(self, member: str) -> Reservation | None:
        """A member's reservation."""
        return next((r for r in self.held if r.member == member), None)

    def entry(self, member: str) -> Entry | None:
        """A member's place or offer."""
        return next((e for e in self.entries if e.member == member), None)


@dataclass
class World:
    """Everything, and the commands that change it."""

    now: float
    members: dict[str, Member]
    items: dict[str, Item]
    rows: dict[str, Row]
    default: Policy
    vip: Policy = field(default_factory=Policy)  # of a class of members
    past: list[Reservation] = field(default_factory=list)

    # -- rules ----------------------------------------------------------------------------------

    def rule(self, row: Row, name: str, member: str | None = None) -> Any:
        """The first that says it: the member's class, the drop, the item, the default."""
        drop = row.item.drop
        layers = [
            self.members[member].policy if member else None,
            drop.policy if drop else None,
            row.item.policy,
            self.default,
        ]
        said = (getattr(layer, name) for layer in layers if layer)
        return next((value for value in said if value is not None), None)

    def opens(self, row: Row) -> float:
        """When its drop opens."""
        return row.item.drop.opens if row.item.drop else -NEVER

    def closes(self, row: Row) -> float:
        """When its drop closes."""
        return row.item.drop.closes if row.item.drop else NEVER

    def alive(self, thing: Reservation | Entry) -> bool:
        """Whether it is still there, whatever the rows say."""
        if isinstance(thing, Reservation):
            return thing.until > self.now
        if thing.status == "offered" and thing.until <= self.now:
            row = self.rows[thing.row]
            return self.rule(row, "missed") != "drop" and thing.needed > self.now
        if thing.status == "offered":
            return True
        return thing.needed > self.now and not (thing.wish and thing.wish.fulfilled)

    def check_limits(self, row: Row, member: str, more: int, code: str) -> None:
        """What one member may have, held and waited for."""
        things: list[Reservation | Entry] = []
        for other in self.rows.values():
            things += [*other.held, *other.entries]
        held = [thing for thing in things if thing.member == member and self.alive(thing)]
        # who waits for a drop that has ended waits for nothing now
        counted = [
            thing
            for thing in held
            if not (isinstance(thing, Entry) and thing.in_line)
            or self.now < self.closes(self.rows[thing.row])
        ]
        if len(one_of_each_wish(counted)) + min(more, 1) > self.rule(row, "active_limit", member):
            raise Refused(code)
        of_item = one_of_each_wish(t for t in held if self.rows[t.row].item is row.item)
        if sum(t.units for t in of_item) + more > (self.rule(row, "item_limit", member) or NEVER):
            raise Refused(code)
        drop = row.item.drop
        if drop is None:
            return
        of_drop = one_of_each_wish(t for t in held if self.rows[t.row].item.drop is drop)
        units = sum(t.units for t in of_drop)
        for other in self.rows.values():
            if other.item.drop is drop:
                units += sum(n for who, n, _ in other.bought if who == member)
        if units + more > (self.rule(row, "drop_limit", member) or NEVER):
            raise Refused("RS504")

    def deadlines(self) -> list[float]:
        """Every moment at which something ends or begins by itself."""
        return [
            moment
            for row in self.rows.values()
            for moment in (
                self.opens(row),
                self.closes(row),
                *(r.until for r in row.held),
                *(e.until for e in row.entries),
                *(e.needed for e in row.entries),
                *(w.due for w in row.waves),
            )
            if abs(moment) != NEVER
        ]

    def wanted(self, row: Row, member: str) -> bool:
        """Whether somebody else waits who may be served."""
        return any(
            e.status == "waiting" and self.alive(e)
            for e in row.entries
            if e.member != member and not self.members[e.member].barred
        )

    def may_act(self, member: str) -> None:
        """Refuse those who may not."""
        if self.members[member].barred:
            raise Refused("RS604")

    # -- settling -------------------------------------------------------------------------------

    def to_draw(self, row: Row) -> bool:
        """Whether its drop is a lottery that has opened, and was not drawn yet."""
        drop = row.item.drop
        return (
            drop is not None and drop.seed is not None and not drop.drawn and drop.opens <= self.now
        )

    def draw(self, row: Row, drop: Drop) -> None:
        """Who stood there when it was closed comes first, by lot; then the others."""

        def order(entry: Entry) -> tuple[float, bool, str, float]:
            late = entry.ticket >= row.closed_at
            return (-entry.priority, late, "" if late else drop.lot(entry), entry.rank)

        for entry in sorted(row.entries, key=order):
            entry.rank, row.ticket = row.ticket, row.ticket + 1

    def draw_lotteries(self) -> dict[str, Any]:
        """Close it first, draw it another time."""
        done = {"closed": 0, "drawn": 0, "promoted": 0}
        drop = self.items["drop"].drop
        assert drop is not None
        rows = [row for row in self.rows.values() if row.item.drop is drop]
        if not self.to_draw(rows[0]):
            return done
        done["promoted"] = sum(len(self.settle(row)[1]) for row in rows)
        if not drop.closed:
            drop.closed = True
            for row in rows:
                row.closed_at = row.ticket
            return done | {"closed": 1}
        for row in rows:
            self.draw(row, drop)
        drop.drawn = True
        done["promoted"] += sum(len(self.settle(row)[1]) for row in rows)
        return done | {"drawn": 1}

    def close_due(self, row: Row) -> int:
        """Close what is past its time; the number of reservations that expired."""
        expired = [r for r in row.held if not self.alive(r)]
        for reservation in expired:
            self.end(row, reservation, "expired")
        missed = [e for e in row.entries if e.status == "offered" and e.until <= self.now]
        for entry in sorted(missed, key=lambda e: (e.until, e.rank)):
            rule = self.rule(row, "missed")
            if rule == "drop" or entry.needed <= self.now:
                row.entries.remove(entry)
                continue
            entry.status = "waiting" if rule == "back" else "suspended"
            entry.offered, entry.until, entry.since, entry.missed = 0, NEVER, self.now, True
            entry.wish = None  # it ended with the offer; who comes back waits for this alone
            if rule == "back":
                entry.rank, row.ticket = row.ticket, row.ticket + 1
        row.entries = [e for e in row.entries if self.alive(e)]
        for wave in row.waves:
            if not wave.released and wave.due <= self.now:
                wave.released = True
                row.total += wave.units
        return len(expired)

    def next_in_line(
        self, row: Row, free: int, newcomer: int | None = None
    ) -> list[tuple[Entry | None, int]]:
        """Who is served with so many units, in order, and how much they get; None is a newcomer."""
        if row.paused or not self.opens(row) <= self.now < self.closes(row):
            return []
        if self.to_draw(row) and row.line:
            return []
        fit, left = self.rule(row, "fit"), free
        served: list[tuple[Entry | None, int]] = []
        skipped: list[tuple[Entry, int]] = []
        line: list[tuple[Entry | None, int]] = [
            (e, e.units)
            for e in row.line
            if e.status == "waiting" and self.alive(e) and not self.members[e.member].barred
        ]
        if newcomer is not None:
            line.append((None, newcomer))
        for entry, wanted in line:
            there = row.available + row.reserved
            passed = [
                row.passed(e) + len(served) - before for e, before in skipped if e.units <= there
            ]
            if left == 0 or any(p >= self.rule(row, "passed_limit") for p in passed):
                break
            if wanted <= left:
                served.append((entry, wanted))
                left -= wanted
            elif fit == "partial" and entry is not None:
                served.append((entry, left))
                left = 0
            elif fit == "fit" and entry is not None:
                skipped.append((entry, len(served)))
            else:
                break
        return served

    def serve(self, row: Row, ttl: int | None = None) -> list[str]:
        """Give free units to those who are next; who they were."""
        served = self.next_in_line(row, row.available)
        for entry, units in served:
            assert entry is not None
            row.served.append((self.now, entry.order))
            entry.missed = False
            if entry.wish:
                entry.wish.fulfilled = True
            if self.rule(row, "promotion") == "offer":
                entry.status, entry.offered = "offered", units
                entry.until = self.now + self.rule(row, "offer_window")
            else:
                self.promote(row, entry, units, ttl)
        return [entry.member for entry, _ in served if entry]

    def promote(self, row: Row, entry: Entry, units: int, ttl: int | None = None) -> None:
        """A place in the queue becomes a reservation."""
        row.entries.remove(entry)
        self.hold(row, entry.member, units, ttl).from_queue = True

    def hold(self, row: Row, member: str, units: int, ttl: int | None = None) -> Reservation:
        """Set units aside."""
        until = self.now + min(self.rule(row, "hold", member), ttl or NEVER)
        row.held.append(Reservation(row.name, member, units, self.now, until))
        return row.held[-1]

    def end(self, row: Row, reservation: Reservation, status: str) -> None:
        """A reservation is over; what it was is remembered."""
        row.held.remove(reservation)
        reservation.status = status
        self.past.append(reservation)

    def settle(self, row: Row, ttl: int | None = None) -> tuple[int, list[str]]:
        """Make a row true: how many expired, and who was served."""
        row.unserved = False
        expired, served = self.close_due(row), self.serve(row, ttl)
        more = self.next_in_line(row, row.available + self.yielding(row, None))
        wanted = sum(units for _, units in more)
        if wanted > row.available:
            self.let_go(row, None, wanted)
            served += self.serve(row, ttl)
        return expired, served

    def yielding(self, row: Row, member: str | None) -> int:
        """Units whose holders let them go when somebody wants them."""
        return sum(r.units for r in row.held if r.yields and r.member != member and self.alive(r))

    def let_go(self, row: Row, member: str | None, wanted: int) -> None:
        """Take those, the oldest first, until so many are free."""
        for r in sorted(row.held, key=lambda r: (r.since, r.id)):
            if row.available < wanted and r.yields and r.member != member:
                self.end(row, r, "cancelled")

    def close_hopeless(self, row: Row) -> None:
        """Where no more will come, nobody waits for more than is left."""
        if not row.item.restock:
            left = row.available + row.reserved + row.planned
            partial = self.rule(row, "fit") == "partial"  # what is left is better than nothing
            row.entries = [
                e for e in row.entries if not e.in_line or (1 if partial else e.units) <= left
            ]

    # -- what people are told -------------------------------------------------------------------

    def seen(self, name: str) -> dict[str, dict[str, Any]]:
        """What get_status says of a row to each member."""
        row = copy.deepcopy(self.rows[name])
        self.close_due_unseen(row)
        with_yielding = row.available + self.yielding(row, None)
        promised = sum(units for _, units in self.next_in_line(row, with_yielding))
        to_newcomer = self.next_in_line(row, with_yielding, 1)
        # who lets others have it has it until a command takes it, as who is next waits for one
        held = {member: row.holding(member) for member in self.members}
        self.let_go(row, None, promised)
        line = row.line
        told = {}
        for member in self.members:
            mine, place = held[member], row.entry(member)
            free = (
                any(entry is None for entry, _ in to_newcomer)
                if line
                else row.available + self.yielding(row, member)
            )
            said: dict[str, Any] = {
                "available": row.available - promised,
                "reserved": row.reserved + promised,
                "sold": row.sold,
                "queue_length": len(line),
                "my_quantity": None,
                "my_expires_at": None,
                "my_position": None,
            }
            if mine:
                said |= {"status": "reserved", "my_quantity": mine.units}
                said["my_expires_at"] = mine.until
            elif place and place.status == "offered":
                said |= {"status": "offered", "my_quantity": place.offered}
                said["my_expires_at"] = place.until
            elif place:
                said |= {"status": "in_queue", "my_quantity": place.units}
                said["my_position"] = line.index(place) + 1
            elif row.available + row.reserved == 0:
                said["status"] = "sold"
            elif self.now < self.opens(row):
                said["status"] = "upcoming"
            elif self.now >= self.closes(row):
                said["status"] = "ended"
            else:
                said["status"] = "available" if free else "reserved_by_others"
            told[member] = said
        return told

    def close_due_unseen(self, row: Row) -> None:
        """The same on a copy of a row, of which nobody keeps the past."""
        past, self.past = self.past, []
        self.close_due(row)
        self.past = past

    # -- commands of members --------------------------------------------------------------------

    def can_have(self, row: Row, member: str | None, units: int) -> bool:
        """Whether somebody who has nothing of a row could have so many now."""
        free = row.available
        if free < units:
            free += self.yielding(row, member)
        if free < units or self.now < self.opens(row):
            return False
        return not row.line or any(e is None for e, _ in self.next_in_line(row, free, units))

    def check_open(self, row: Row, *, to_wait: bool) -> None:
        """Whether it can be had at all."""
        if self.now < self.opens(row) and not to_wait:
            raise Refused("RS307")
        if self.now >= self.closes(row):
            raise Refused("RS308")

    def enqueue(
        self,
        row: Row,
        member: str,
        units: int,
        needed: float = NEVER,
        *,
        at_once: bool = False,
        wish: Wish | None = None,
    ) -> Entry:
        """A new place at the end of one's priority."""
        ever = row.available + row.reserved + row.planned
        if not row.item.restock and units > ever:
            raise Refused("RS202" if ever else "RS305")
        if not at_once and len(row.line) >= self.rule(row, "queue_limit", member):
            raise Refused("RS503")
        if wish is None:
            self.check_limits(row, member, units, "RS503")
        priority = self.rule(row, "priority", member)
        since = row.after_served(self.now)
        entry = Entry(row.name, member, units, priority, row.ticket, since, needed, wish=wish)
        entry.ticket = row.ticket
        row.ticket += 1
        row.entries.append(entry)
        return entry

    def reserve(
        self,
        member: str,
        name: str,
        units: int,
        ttl: int | None,
        *,
        queue: bool,
        served: bool = False,
    ) -> dict[str, Any]:
        """Set aside, or wait; served: the caller has just settled the row in their favour."""
        row = self.rows[name]
        self.may_act(member)
        self.check_open(row, to_wait=queue)
        if ttl and ttl > self.rule(row, "hold", member):
            raise Refused("RS203")
        served = member in self.settle(row)[1] or served
        mine, place = row.holding(member), row.entry(member)
        if mine and not served:
            raise Refused("RS302")
        if place and place.status != "offered" and not queue:
            raise Refused("RS303")
        if not mine and not place:
            if self.can_have(row, member, units):
                self.check_limits(row, member, units, "RS501")
                if row.line:
                    self.enqueue(row, member, units, at_once=True)
                    self.settle(row, ttl)
                else:
                    self.let_go(row, member, units)
                    self.hold(row, member, units, ttl)
            elif queue:
                self.enqueue(row, member, units)
                self.settle(row, ttl)
            elif row.available + row.reserved == 0:
                raise Refused("RS305")
            else:
                raise Refused("RS306" if row.available >= units else "RS301")
        place = row.entry(member)
        if place and place.status == "offered":
            self.promote(row, place, place.offered, ttl)
        return self.claim(row, member)

    def claim(self, row: Row, member: str) -> dict[str, Any]:
        """What somebody has of a row, as reserve answers."""
        mine, place = row.holding(member), row.entry(member)
        answer: dict[str, Any] = {
            "available": row.available,
            "reserved": row.reserved,
            "sold": row.sold,
            "queue_length": len(row.line),
        }
        if mine:
            return answer | {
                "outcome": "reserved",
                "quantity": mine.units,
                "expires_at": mine.until,
            }
        assert place is not None
        position = row.line.index(place) + 1
        return answer | {"outcome": "queued", "quantity": place.units, "position": position}

    def join(
        self, member: str, name: str, units: int, most: int | None, needed: float
    ) -> dict[str, Any]:
        """Take a place."""
        row = self.rows[name]
        self.may_act(member)
        if needed <= self.now:
            raise Refused("RS203")
        self.check_open(row, to_wait=True)
        self.settle(row)
        if row.holding(member):
            raise Refused("RS302")
        place = row.entry(member)
        if place is None:
            if self.can_have(row, member, units):
                self.check_limits(row, member, units, "RS503")
                raise Refused("RS304")
            place = self.enqueue(row, member, units, needed)
            if most and row.line.index(place) + 1 > most:
                raise Refused("RS503")
            self.settle(row)
        line = row.line
        position = line.index(place) + 1 if place in line else None
        return {"position": position, "queue_length": len(line)}

    def settle_all(self, rows: list[Row]) -> None:
        """Make rows true together: who is served here may have stood in the way there."""
        while sum(len(self.settle(row)[1]) for row in rows):
            pass

    def join_any(
        self, member: str, items: list[str], units: int, where: str | None
    ) -> list[dict[str, Any]]:
        """One wish over several rows."""
        self.may_act(member)
        rows = [
            r for r in self.rows.values() if r.item.name in items and r.name.endswith(where or "")
        ]
        if {r.item.name for r in rows} != set(items):
            raise Refused("RS104")
        self.settle_all(rows)
        wanted = []
        for row in rows:
            self.check_open(row, to_wait=True)
            place = row.entry(member)
            if row.holding(member) or place:
                raise Refused("RS303" if place else "RS302")
            if self.can_have(row, member, units):
                self.check_limits(row, member, units, "RS503")
                raise Refused("RS304")
            hopeless = not row.item.restock and units > row.available + row.reserved + row.planned
            if not hopeless or where:
                self.enqueue(replace(row, entries=[*row.entries]), member, units)
                wanted.append(row)
        for row in rows:
            if not any(r.item is row.item for r in wanted):
                self.enqueue(replace(row, entries=[*row.entries]), member, units)
        wish = Wish()
        places = [(row, self.enqueue(row, member, units, wish=wish)) for row in wanted]
        self.settle_all(wanted)
        return [
            {
                "position": row.line.index(place) + 1 if place in row.line else None,
                "queue_length": len(row.line),
            }
            for row, place in places
        ]

    def reserve_many(
        self, member: str, lines: list[tuple[str, int]], mode: str
    ) -> list[dict[str, Any]]:
        """Several at once."""
        self.may_act(member)
        demand: dict[str, int] = {}
        for name, units in lines:
            demand[name] = demand.get(name, 0) + units
        before = {name: self.rows[name].holding(member) for name in demand}
        self.settle_all([self.rows[name] for name in demand])
        done: dict[str, dict[str, Any]] = {}
        for name, units in demand.items():
            mine = self.rows[name].holding(member)
            served = mine is not None and (before[name] is not mine)
            trial = copy.deepcopy(self)
            try:
                trial.reserve(
                    member, name, units, None, queue=mode == "reserve_or_queue", served=served
                )
            except Refused as refusal:
                if mode == "all_or_nothing":
                    raise
                done[name] = {"outcome": "refused", "code": refusal.code}
            else:
                got = trial.rows[name].holding(member)
                if mode == "all_or_nothing" and got is not None and got.units < units:
                    raise Refused("RS301")
                self.reserve(
                    member, name, units, None, queue=mode == "reserve_or_queue", served=served
                )
                done[name] = {"code": None}
        for name in demand:
            row = self.rows[name]
            refused = done[name]["code"] is not None
            done[name] |= {"available": row.available} if refused else self.claim(row, member)
        return [done[name] for name, _ in lines]

    def leave(self, member: str, name: str) -> dict[str, Any]:
        """Give a place up."""
        row = self.rows[name]
        self.may_act(member)
        place = row.entry(member)
        if place is None:
            return {"queue_entry_id": None}
        row.entries.remove(place)
        self.settle(row)
        return {"status": "left"}

    def live(self, reservation: Reservation, member: str | None) -> Row:
        """The row of a reservation that is alive and the member's own."""
        if member is not None:
            self.may_act(member)
            if reservation.member != member:
                raise Refused("RS102")
        if reservation.status == "sold" or reservation.sold_late:
            raise Refused("RS404")
        if reservation.status in ("cancelled", "revoked"):
            raise Refused("RS402")
        if reservation.status == "expired" or not self.alive(reservation):
            raise Refused("RS401")
        return self.rows[reservation.row]

    def cancel(self, member: str, id: int, units: int | None) -> dict[str, Any]:
        """Give some or all back."""
        reservation = self.reservation(id, member)
        row = self.live(reservation, member)
        if units is not None and not 1 <= units <= reservation.units:
            raise Refused("RS202")
        return self.give_back(row, reservation, units, "cancelled")

    def give_back(
        self, row: Row, reservation: Reservation, units: int | None, status: str
    ) -> dict[str, Any]:
        """Units come free, and go to those who wait."""
        if units is None or units == reservation.units:
            self.end(row, reservation, status)
        else:
            reservation.units -= units
        _, served = self.settle(row)
        return {
            "status": reservation.status,
            "quantity": reservation.units,
            "promoted": len(served),
        }

    def confirm(self, member: str, id: int, units: int | None) -> dict[str, Any]:
        """Buy some or all, perhaps late."""
        reservation = self.reservation(id, member)
        late = reservation.status == "expired" or not self.alive(reservation)
        if reservation.sold_late or reservation.status not in ("active", "expired") or not late:
            row = self.live(reservation, member)
        else:
            row = self.rows[reservation.row]
            self.may_act(member)
        if units is not None and not 1 <= units <= reservation.units:
            raise Refused("RS202")
        units = units or reservation.units
        if late:
            self.reacquire(row, reservation, units)
        self.sell(row, None if late else reservation, member, units)
        self.settle(row)
        if late:
            self.check_limits(row, member, 0, "RS501")
        left = reservation.units if reservation.status == "active" else 0
        return {"quantity": units, "remaining": left, "reacquired": late}

    def reacquire(self, row: Row, reservation: Reservation, units: int) -> None:
        """After the deadline only what nobody else wants."""
        member = reservation.member
        if not self.rule(row, "late_confirm", member):
            raise Refused("RS401")
        self.check_open(row, to_wait=False)
        wanted = self.wanted(row, member)
        self.settle(row)
        if wanted or self.wanted(row, member):
            raise Refused("RS306")
        if row.available < units:
            raise Refused("RS301")
        reservation.sold_late = True

    def extend(self, member: str, id: int, by: int | None) -> dict[str, Any]:
        """Keep it longer."""
        reservation = self.reservation(id, member)
        row = self.live(reservation, member)
        self.settle(row)
        self.live(reservation, member)
        by = by or int(self.rule(row, "hold", member))
        cap = reservation.since + self.rule(row, "hold_cap", member)
        if (
            reservation.extensions >= self.rule(row, "extension_limit", member)
            or reservation.extended + by > self.rule(row, "extension_total", member)
            or reservation.until + by > cap
        ):
            raise Refused("RS502")
        if self.wanted(row, member) and not self.rule(row, "extend_while_wanted", member):
            raise Refused("RS306")
        reservation.until += by
        reservation.extended += by
        reservation.extensions += 1
        return self.as_it_is(reservation)

    def as_it_is(self, reservation: Reservation) -> dict[str, Any]:
        """How most commands about a reservation answer."""
        return {
            "status": reservation.status,
            "quantity": reservation.units,
            "expires_at": reservation.until,
            "extensions": reservation.extensions,
            "yields": reservation.yields,
        }

    def change_quantity(self, member: str, id: int, units: int) -> dict[str, Any]:
        """Hold more or fewer."""
        reservation = self.reservation(id, member)
        row = self.live(reservation, member)
        if units < reservation.units:
            self.give_back(row, reservation, reservation.units - units, "cancelled")
        elif units > reservation.units:
            self.hold_more(row, reservation, units - reservation.units)
        return self.as_it_is(reservation)

    def hold_more(self, row: Row, reservation: Reservation, more: int) -> None:
        """What reserve would give, but past nobody who waits."""
        member = reservation.member
        self.check_open(row, to_wait=False)
        self.settle(row)
        self.live(reservation, member)
        if self.wanted(row, member):
            raise Refused("RS306" if row.available >= more else "RS301")
        if self.can_have(row, member, more):
            self.let_go(row, member, more)
        if row.available < more:
            raise Refused("RS301")
        reservation.units += more
        self.check_limits(row, member, 0, "RS501")

    def begin_payment(self, member: str, id: int) -> dict[str, Any]:
        """Once: the deadline moves to the payment window."""
        reservation = self.reservation(id, member)
        row = self.live(reservation, member)
        if reservation.paying:
            raise Refused("RS312")
        cap = reservation.since + self.rule(row, "hold_cap", member)
        window = self.now + self.rule(row, "payment_window", member)
        reservation.until = min(window, max(cap, reservation.until))
        reservation.paying, reservation.yields = True, False
        self.settle(row)
        return self.as_it_is(reservation)

    def transfer(self, member: str, id: int, to: str) -> dict[str, Any]:
        """Hand it on as it is."""
        reservation = self.reservation(id, member)
        row = self.live(reservation, member)
        if self.members[to].barred:
            raise Refused("RS103")
        if to == member:
            raise Refused("RS312")
        self.settle(row)
        self.live(reservation, member)
        if row.holding(to):
            raise Refused("RS302")
        if row.entry(to):
            raise Refused("RS303")
        self.end(row, reservation, "cancelled")
        row.held.append(
            replace(
                reservation,
                member=to,
                status="active",
                id=0,
                yields=False,
                from_queue=False,
            )
        )
        self.check_limits(row, to, 0, "RS501")
        return self.as_it_is(reservation)

    def release_if_wanted(self, member: str, id: int, wanted: bool) -> dict[str, Any]:
        """Let go as soon as somebody wants it."""
        reservation = self.reservation(id, member)
        row = self.live(reservation, member)
        if reservation.yields != wanted:
            reservation.yields = wanted
            self.settle(row)
        return self.as_it_is(reservation)

    def sell(
        self, row: Row, reservation: Reservation | None, member: str | None, units: int
    ) -> None:
        """Record a sale, out of a reservation first."""
        if reservation and reservation.units <= units:
            self.end(row, reservation, "sold")
        elif reservation:
            reservation.units -= units
        row.bought.append((member, units, self.now))
        self.close_hopeless(row)

    def switch(self, member: str, name: str, before: str, after: str) -> dict[str, Any]:
        """Suspend a place, or go on."""
        row = self.rows[name]
        self.may_act(member)
        place = row.entry(member)
        if place and place.until <= self.now:
            if after == "suspended":
                self.close_due(row)
            else:
                self.settle(row)
                self.now = row.after_served(self.now)
            place = row.entry(member)
        if place and place.status == before and self.alive(place):
            place.status, place.since, place.missed = after, self.now, False
        self.settle(row)
        mine, place = row.holding(member), row.entry(member)
        if place is None and (mine is None or not mine.from_queue):
            raise Refused("RS107")
        if place is None or place.status == "offered":
            if after == "suspended":
                raise Refused("RS312" if place else "RS107")
            return {"status": "offered" if place else "promoted", "position": None}
        return {"status": place.status, "position": row.line.index(place) + 1}

    def offer(self, entry: Entry, member: str) -> Row:
        """The row of an offer that is open, and the member's own."""
        self.may_act(member)
        if entry.member != member:
            raise Refused("RS107")
        if entry.missed or entry.until <= self.now:
            raise Refused("RS401")
        if entry.status != "offered":
            raise Refused("RS312")
        return self.rows[entry.row]

    def accept(self, member: str, id: int) -> dict[str, Any]:
        """Take what is offered."""
        entry = self.entry(id, member)
        row = self.offer(entry, member)
        self.settle(row)
        if row.holding(member):
            raise Refused("RS302")
        self.promote(row, entry, entry.offered)
        return {"quantity": entry.offered, "expires_at": row.held[-1].until}

    def decline(self, member: str, id: int) -> dict[str, Any]:
        """Say no."""
        entry = self.entry(id, member)
        row = self.offer(entry, member)
        row.entries.remove(entry)
        return {"status": "left", "promoted": len(self.settle(row)[1])}

    # -- commands of operators ------------------------------------------------------------------

    def revoke(self, id: int) -> dict[str, Any]:
        """Take a reservation away."""
        reservation = self.reservation(id)
        return self.give_back(self.live(reservation, None), reservation, None, "revoked")

    def adjust(self, name: str, delta: int) -> dict[str, Any]:
        """More or fewer units."""
        row = self.rows[name]
        if delta == 0:
            raise Refused("RS204")
        self.settle(row)
        if row.available + delta < 0:
            raise Refused("RS301")
        row.total += delta
        self.close_hopeless(row)
        _, served = self.settle(row)
        return self.counters(row) | {"promoted": len(served)}

    def counters(self, row: Row) -> dict[str, Any]:
        """The numbers of a row."""
        return {
            "total": row.total,
            "available": row.available,
            "reserved": row.reserved,
            "sold": row.sold,
            "queue_length": len(row.line),
        }

    def mark_sold(
        self, name: str, units: int, buyer: str | None, *, override: bool
    ) -> dict[str, Any]:
        """Sell over the counter."""
        row = self.rows[name]
        self.settle(row)
        if buyer is None and len(row.held) == 1:
            buyer = row.held[0].member
        reservation = row.holding(buyer) if buyer else None
        left = row.available + row.reserved
        if left < units:
            raise Refused("RS301" if left else "RS305")
        offer = row.entry(buyer) if buyer else None
        if offer and offer.status == "offered":
            self.promote(row, offer, offer.offered)
            reservation = row.holding(offer.member)
        held = reservation.units if reservation else 0
        if row.available < units - held and self.can_have(row, buyer, units - held):
            self.let_go(row, buyer, units - held)
        missing = units - row.available - held
        if missing > 0 and not override:
            raise Refused("RS311")
        claims: list[Reservation | Entry] = [r for r in row.held if r is not reservation]
        claims += [e for e in row.entries if e.status == "offered" and e is not offer]
        claims.sort(key=lambda c: (c.since, isinstance(c, Entry), c.id), reverse=True)
        for claim in claims:
            if missing > 0 and isinstance(claim, Reservation):
                self.end(row, claim, "revoked")
                missing -= claim.units
            elif missing > 0 and isinstance(claim, Entry):
                row.entries.remove(claim)
                missing -= claim.offered
        self.sell(row, reservation, buyer, units)
        self.settle(row)
        return {"buyer": buyer, "quantity": units}

    def set_policy(self, item: str, key: str, value: Any) -> dict[str, Any]:
        """Another rule, for all that it governs, at once."""
        changed = replace(self.items[item].policy, **{key: value})
        if changed.promotion == "direct" and (changed.missed or changed.offer_window):
            raise Refused("RS205")
        if changed.fit in ("strict", "partial") and changed.passed_limit:
            raise Refused("RS205")
        rows = [row for row in self.rows.values() if row.item is self.items[item]]
        if changed != self.items[item].policy:
            self.items[item].policy = changed
            for row in rows:
                if row.line:
                    self.look_again(row)
        return {"promoted": sum(len(self.settle(row)[1]) for row in rows if row.unserved)}

    def bar_or_not(self, member: str) -> None:
        """Who is barred is skipped, and who is not any more is not; the next command serves."""
        self.members[member].barred ^= True
        for row in self.rows.values():
            if any(e.member == member and e.status == "waiting" for e in row.entries):
                self.look_again(row)

    def look_again(self, row: Row) -> None:
        """Units are free, or would be: somebody else may be next."""
        row.unserved |= row.available > 0 or any(r.yields for r in row.held)

    def move(self, id: int, position: int) -> dict[str, Any]:
        """Put somebody elsewhere in a queue."""
        entry = self.entry(id)
        row = self.rows[entry.row]
        self.settle(row)
        if entry not in row.line:
            raise Refused("RS312")
        if not 1 <= position <= len(row.line):
            raise Refused("RS204")
        if row.line.index(entry) + 1 != position:
            self.now = row.after_served(self.now)
            self.place_at(row, entry, position)
            entry.since, entry.missed = self.now, False
            self.settle(row)
        waits = entry in row.line
        return {
            "status": entry.status if entry in row.entries else "promoted",
            "position": row.line.index(entry) + 1 if waits else None,
            "queue_length": len(row.line),
        }

    def place_at(self, row: Row, entry: Entry, position: int) -> None:
        """Between two others; of their priority, where one's own does not go there."""
        others = [e for e in row.line if e is not entry]
        before = others[position - 2] if position > 1 else None
        after = others[position - 1] if position <= len(others) else None
        if before:
            entry.priority = min(entry.priority, before.priority)
        if after:
            entry.priority = max(entry.priority, after.priority)
        if after is None or after.priority != entry.priority:
            entry.rank, row.ticket = row.ticket, row.ticket + 1
            return
        alike = [e for e in row.entries if e.priority == entry.priority and e.rank < after.rank]
        floor = [e.rank for e in alike if e is before or e.status == "offered"]
        entry.rank = (max(floor, default=0) + after.rank) / 2

    def remove(self, id: int) -> dict[str, Any]:
        """Take somebody out of a queue."""
        entry = self.entry(id)
        row = self.rows[entry.row]
        row.entries.remove(entry)
        _, served = self.settle(row)
        return {"status": "removed", "queue_length": len(row.line), "promoted": len(served)}

    def pause(self, name: str, *, paused: bool) -> dict[str, Any]:
        """Let a whole queue stand still, or go on."""
        row = self.rows[name]
        served = self.settle(row)[1]
        row.paused = paused
        served += self.settle(row)[1]
        return {"paused": paused, "queue_length": len(row.line), "promoted": len(served)}

    def transfer_stock(self, item: str, units: int, source: str, target: str) -> dict[str, Any]:
        """From one location to another."""
        rows = [self.rows[f"{item}@{source}"], self.rows[f"{item}@{target}"]]
        for row in rows:
            self.settle(row)
        if rows[0].available < units:
            raise Refused("RS301")
        promoted = 0
        for row, delta in zip(rows, (-units, units), strict=True):
            row.total += delta
            self.close_hopeless(row)
            promoted += len(self.settle(row)[1])
        return {"promoted": promoted, "to_available": rows[1].available}

    def change_drop(self, opens: float, closes: float) -> dict[str, Any]:
        """Move it; the queue stays."""
        if closes <= opens:
            raise Refused("RS204")
        drop = self.items["drop"].drop
        assert drop is not None
        rows = [row for row in self.rows.values() if row.item.drop is drop]
        if drop.closed and opens != drop.opens:
            raise Refused("RS312")
        promoted = sum(len(self.settle(row)[1]) for row in rows)
        drop.opens, drop.closes = opens, closes
        promoted += sum(len(self.settle(row)[1]) for row in rows)
        phase = "upcoming" if self.now < opens else "live" if self.now < closes else "ended"
        return {"phase": phase, "promoted": promoted}

    def add_wave(self, name: str, units: int, due: float) -> dict[str, Any]:
        """Units that are to come."""
        row = self.rows[name]
        if due <= self.now:
            raise Refused("RS203")
        if not self.opens(row) <= due < self.closes(row):
            raise Refused("RS204")
        self.settle(row)
        row.waves.append(Wave(due, units))
        return {"quantity": units}

    def entry(self, id: int, member: str | None = None) -> Entry:
        """By the number that the database gave it; 0 is none."""
        if member is not None:
            self.may_act(member)
        found = (e for row in self.rows.values() for e in row.entries if e.id == id and id)
        if (entry := next(found, None)) is None:
            raise Refused("RS107")
        return entry

    def sweep(self) -> dict[str, Any]:
        """What the job does."""
        done = [self.settle(row) for row in self.rows.values()]
        return {
            "expired": sum(expired for expired, _ in done),
            "promoted": sum(len(served) for _, served in done),
            "remaining": 0,
        }

    def reservation(self, id: int, member: str | None = None) -> Reservation:
        """By the number that the database gave it; 0 is none."""
        if member is not None:
            self.may_act(member)
        held = (r for row in self.rows.values() for r in row.held)
        found = (r for r in (*held, *self.past) if r.id == id and id)
        if (reservation := next(found, None)) is None:
            raise Refused("RS102")
        return reservation

    # -- to compare -----------------------------------------------------------------------------

    def rows_as_they_are(self) -> dict[str, Any]:
        """Counters, who holds how much until when, and the queue in order."""
        return {
            row.name: {
                **self.counters(row),
                "held": sorted([r.member, r.units, r.until] for r in row.held),
                "line": [[e.member, e.units, e.status] for e in row.line],
                "offers": sorted(
                    [e.member, e.units, e.offered, e.until]
                    for e in row.entries
                    if e.status == "offered"
                ),
            }
            for row in self.rows.values()
        }


def one_of_each_wish(things: Iterable[Reservation | Entry]) -> list[Reservation | Entry]:
    """A wish is one, in however many queues it stands."""
    found: dict[int, Reservation | Entry] = {}
    for thing in things:
        wish = thing.wish if isinstance(thing, Entry) else None
        found.setdefault(id(wish or thing), thing)
    return list(found.values())
