"""What a stream tells: each event as its reader may see it, and what waits for that reader."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

QUEUE_LIMIT = 1_000
"""Messages after which no more may wait for one reader: it is cut off, and may come back."""

PIECE_BYTES = 16 * 1024
"""About how much a connection is given at once. What waits is shared by all readers, but what was
joined for one of them is its own: 200 slow readers of long events once took 3.6 GB."""


class Event:
    """One row of the ledger. Each of its forms is encoded once, however many read it."""

    __slots__ = ("_encoded", "_parts", "alias", "drop_id", "item_id", "kind", "location", "pos")

    GONE = 4

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.pos: int
        self.kind: str
        self.item_id: int | None
        self.location: str | None
        self.drop_id: int | None
        self.alias: str | None
        self.pos, self.kind, self.item_id, self.location, self.drop_id, self.alias, *parts = row
        self._parts: list[msgspec.Raw | None] = parts
        self._encoded: dict[int, bytes | None] = {}

    def public(self) -> bytes | None:
        """What everybody may see; None for an event that is not for everybody."""
        return None if self._parts[0] is None else self._form(1)

    def member(self) -> bytes | None:
        """What the member concerned sees: the public part and their own."""
        return self._form(2)

    def operator(self) -> bytes | None:
        """What operators see: all of it."""
        return self._form(3)

    def gone(self) -> bytes | None:
        """What everybody else is told when an item is hidden: once, without a position of its own,
        because for them there is no such event."""
        if self.kind != "item.hidden":
            return None
        if self.GONE not in self._encoded:
            data = msgspec.json.encode({"item_id": self.item_id, "location": self.location})
            self._encoded[self.GONE] = unnumbered(self.kind, data)
        return self._encoded[self.GONE]

    def position(self) -> int | None:
        """The place in the queue that it tells the member concerned, where it tells one."""
        part = self._parts[1]
        return None if part is None else msgspec.json.decode(part, type=_Own).position

    def _form(self, parts: int) -> bytes | None:
        if parts not in self._encoded:
            self._encoded[parts] = self._message(self._parts[:parts])
        return self._encoded[parts]

    def _message(self, parts: Iterable[msgspec.Raw | None]) -> bytes:
        some = [part for part in parts if part is not None]
        if len(some) == 1:
            data = bytes(some[0])
        else:
            merged: dict[str, msgspec.Raw] = {}
            for part in some:
                merged |= msgspec.json.decode(part, type=dict[str, msgspec.Raw])
            data = msgspec.json.encode(merged)
        return message(self.pos, self.kind, data)


class _Own(msgspec.Struct):
    """What the stream itself has to know of a member's part."""

    position: int | None = None


def message(pos: int, kind: str, data: bytes) -> bytes:
    """One message of the stream."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (pos, kind.encode(), data)


def unnumbered(kind: str, data: bytes) -> bytes:
    """A message that is derived when it is delivered: it is no event, and not told again."""
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), data)


def reset(pos: int) -> bytes:
    """Tells a reader that its cursor is of no use, and where it goes on from."""
    return message(pos, "reset", b'{"pos":%d}' % pos)


Piece = tuple[bytes, int]
"""Some text, and how many messages it holds."""


def next_piece(waiting: deque[Piece]) -> Piece:
    """Joins what waits first, about as much as a connection is given at once."""
    if len(waiting) == 1:
        return waiting.popleft()
    texts: list[bytes] = []
    length = messages = 0
    while waiting and length < PIECE_BYTES:
        text, number = waiting.popleft()
        texts.append(text)
        length += len(text)
        messages += number
    return b"".join(texts), messages


def joined(messages: Iterable[bytes]) -> list[Piece]:
    """Messages as pieces, as they would be written."""
    waiting = deque((message, 1) for message in messages)
    pieces = []
    while waiting:
        pieces.append(next_piece(waiting))
    return pieces


@dataclass(slots=True, eq=False)
class Reader:
    """One open stream: what it wants to see, as whom, and what waits for it."""

    items: frozenset[int]
    location: str | None
    drop: int | None
    token: str | None
    alias: str | None
    is_operator: bool
    connection: asyncio.Transport | None
    cursor: int = 0
    places: dict[tuple[int, str], int] = field(default_factory=dict)
    closed: bool = False
    told: int = 0
    was_cut_off: bool = False
    waiting: deque[Piece] = field(default_factory=deque)
    untaken: int = 0
    """How many messages wait."""
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wants(self, item_id: int | None, location: str | None, drop_id: int | None) -> bool:
        if self.items and item_id not in self.items:
            return False
        if self.drop is not None and drop_id != self.drop:
            return False
        return self.location is None or location == self.location

    def form(self, event: Event) -> bytes | None:
        """The event as this reader may see it; None where it may not."""
        if self.is_operator:
            return event.operator()
        if self.alias is not None and event.alias == self.alias:
            return event.member()
        return event.public()

    def sees(self, event: Event) -> bytes | None:
        """The message that it gets of an event, if any."""
        if not self.wants(event.item_id, event.location, event.drop_id):
            return None
        return self.form(event) or event.gone()

    def offer(self, event: Event) -> None:
        if event.pos <= self.cursor:
            return
        self.cursor = event.pos
        text = self.sees(event)
        if text is None:
            return
        self.put(text)
        if self.alias is not None and event.alias == self.alias:
            self._note_place(event)

    def _note_place(self, event: Event) -> None:
        position = event.position()
        if position is not None and event.item_id is not None and event.location is not None:
            self.places[event.item_id, event.location] = position

    def put(self, text: bytes, messages: int = 1) -> None:
        if self.closed:
            return
        if self.untaken >= QUEUE_LIMIT:
            self.cut_off()
            return
        self.waiting.append((text, messages))
        self.untaken += messages
        self.told += messages
        self.wake.set()

    def take(self) -> bytes:
        """What is written to it next."""
        text, messages = next_piece(self.waiting)
        self.untaken -= messages
        return text

    def close(self) -> None:
        """End the stream after what already waits."""
        self.closed = True
        self.wake.set()

    def cut_off(self) -> None:
        """End the stream at once: it reads too slowly, and its buffers are not ours to fill."""
        self.waiting.clear()
        self.was_cut_off = True
        self.close()
        if self.connection is not None:
            self.connection.abort()
