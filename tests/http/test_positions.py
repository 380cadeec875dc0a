"""Who waits and listens is told where they stand, when that changes, and no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from services import Api, Service
from streams import EventStream, Message

pytestmark = pytest.mark.one_postgresql


class Line:
    """An item that Hal holds, and members who wait for it and listen."""

    def __init__(self, service: Service, *aliases: str, query: str = "") -> None:
        self.service = service
        self.operator = service.operator()
        self.item = service.item(self.operator)
        self.holder = service.member("hal")
        self.held = self.holder.call("reserve", item=self.item)["reservation_id"]
        self.members = {alias: service.member(alias) for alias in aliases}
        self.query = query

    @contextmanager
    def listening(self) -> Iterator[dict[str, Iterator[Message]]]:
        """The streams of all members, opened at the present."""
        with ExitStack() as opened:
            streams = {}
            for alias, member in self.members.items():
                stream = opened.enter_context(listen(self.service, member, self.query))
                streams[alias] = stream.messages()
                assert next(streams[alias]).kind is None
            yield streams

    def wait(self, **fields: Any) -> None:
        """All of them line up, in their order."""
        for member in self.members.values():
            member.call("join_queue", item=self.item, **fields)

    def entry(self, alias: str) -> int:
        rows = self.operator.ask("list_queue", item=self.item)
        found: int = next(row["queue_entry_id"] for row in rows if row["alias"] == alias)
        return found


def listen(service: Service, member: Api, query: str = "") -> EventStream:
    return EventStream(service.port, query, Authorization=f"Bearer {member.token}")


def until(messages: Iterator[Message], kind: str) -> list[int]:
    """The positions told before the next event of a kind that concerns the reader."""
    told = []
    for message in messages:
        if message.kind == "queue.position":
            assert message.id is None
            told.append(message.data["position"])
        elif message.kind == kind and "queue_entry_id" in message.data:
            return told
    raise AssertionError("the stream ended")


def places_told(messages: Iterator[Message], many: int) -> list[Message]:
    """The next that tell a position."""
    told = (message for message in messages if message.kind == "queue.position")
    return [next(told) for _ in range(many)]


def positions(messages: Iterator[Message], many: int) -> list[int]:
    """The next positions that are told."""
    return [message.data["position"] for message in places_told(messages, many)]


def test_when_the_first_leaves_each_of_the_others_is_told_once(service: Service) -> None:
    line = Line(service, "ana", "ben", "cem")
    with line.listening() as streams:
        line.wait()
        line.members["ana"].call("leave_queue", item=line.item)
        assert positions(streams["ben"], 1) == [1]
        assert positions(streams["cem"], 1) == [2]
        line.members["ben"].call("leave_queue", item=line.item)
        assert positions(streams["cem"], 1) == [1]
        line.members["cem"].call("leave_queue", item=line.item)
        # joining told them where they stood, and what did not change is not told
        assert until(streams["ana"], "queue.left") == []
        assert until(streams["ben"], "queue.left") == []
        assert until(streams["cem"], "queue.left") == []


def test_promotion_moves_who_waits_behind_and_nobody_in_front_is_told(service: Service) -> None:
    line = Line(service, "ana", "ben", "cem")
    with line.listening() as streams:
        line.wait()
        line.members["cem"].call("leave_queue", item=line.item)
        line.holder.call("cancel_reservation", reservation=line.held)
        assert until(streams["ana"], "queue.promoted") == []
        told = next(one for one in streams["ben"] if one.kind == "queue.position")
        assert set(told.data) == {
            "item_id", "location", "position", "queue_length", "expected_wait", "server_time",
        }  # fmt: skip
        assert (told.data["item_id"], told.data["location"]) == (line.item, "main")
        assert (told.data["position"], told.data["queue_length"]) == (1, 1)
        line.members["ben"].call("leave_queue", item=line.item)
        assert until(streams["ben"], "queue.left") == []


def test_a_move_by_an_operator_and_one_who_stands_aside(service: Service) -> None:
    line = Line(service, "ana", "ben", "cem")
    with line.listening() as streams:
        line.wait()
        line.members["ben"].call("suspend_entry", item=line.item)
        reason = "first come"
        line.operator.call("move_entry", entry=line.entry("cem"), position=1, reason=reason)
        assert positions(streams["ana"], 1) == [2]
        assert positions(streams["ben"], 1) == [3]  # who stands aside keeps the place
        line.members["ben"].call("resume_entry", item=line.item)
        line.members["cem"].call("leave_queue", item=line.item)
        assert positions(streams["ana"], 1) == [1]
        assert positions(streams["ben"], 1) == [2]
        # the move told cem where she stands now
        assert until(streams["cem"], "queue.left") == []


def test_who_connects_is_told_every_place_and_nobody_else_s(service: Service) -> None:
    line = Line(service, "ana", "ben")
    line.wait()
    other = service.item(line.operator)
    line.holder.call("reserve", item=other)
    line.members["ben"].call("join_queue", item=other)
    with line.listening() as streams:
        assert positions(streams["ana"], 1) == [1]
        # what happened before may be told after the stream began, and a queue that moved first
        told = [message.data for message in places_told(streams["ben"], 2)]
        places = {one["item_id"]: one["position"] for one in told}
        assert places == {line.item: 2, other: 1}
    head = line.operator.ask("list_events", limit=1000)[-1]["pos"]
    with (
        listen(service, line.members["ben"], f"?item={other}") as one_item,
        listen(service, line.members["ben"], f"?after={head}") as with_a_cursor,
    ):
        told_here = next(message for message in one_item.messages() if message.kind)
        assert told_here.data["item_id"] == other
        assert sorted(positions(with_a_cursor.messages(), 2)) == [1, 2]


def test_nothing_is_written_for_those_who_wait(service: Service) -> None:
    line = Line(service, "ana", "ben", "cem")
    with line.listening() as streams:
        line.wait()
        with service.database.connect() as connection:
            rows = "select count(*), (select md5(string_agg(s::text, '')) from apartado.stock s)"
            before = connection.execute(f"{rows} from apartado.events").fetchone()
            assert before is not None
            line.members["ana"].call("leave_queue", item=line.item)
            left = connection.execute(f"{rows} from apartado.events").fetchone()
            assert positions(streams["ben"], 1) == [1]
            assert positions(streams["cem"], 1) == [2]
            after = connection.execute(f"{rows} from apartado.events").fetchone()
            kinds = connection.execute("select distinct kind from apartado.events").fetchall()
    assert after == left
    assert left is not None
    assert left[0] == before[0] + 1
    assert "queue.position" not in {kind for (kind,) in kinds}


def test_priority_pushes_the_others_back(service: Service) -> None:
    line = Line(service, "ana", "ben", "vip")
    follow = {"class": "vip", "reason": "they paid"}
    line.operator.call("set_policy", None, policy="vips", values={"priority": 5}, **follow)
    line.operator.call("set_member_class", None, alias="vip", **follow)
    with line.listening() as streams:
        line.wait()
        assert positions(streams["ana"], 1) == [2]
        assert positions(streams["ben"], 1) == [3]
        line.members["vip"].call("leave_queue", item=line.item)
        assert until(streams["vip"], "queue.left") == []


def test_many_changes_at_once_are_told_as_one(service: Service) -> None:
    """One look for a set of queues: what a member is told last is where they stand."""
    line = Line(service, "ana", "ben", "cem", "dan", "eva")
    with line.listening() as streams:
        line.wait()
        with service.database.connect("dba") as connection, connection.transaction():
            for alias in ("ana", "ben", "cem", "dan"):
                connection.execute("select from apartado.leave_queue(%s, %s)", [alias, line.item])
        assert positions(streams["eva"], 1) == [1]
        line.members["eva"].call("leave_queue", item=line.item)
        assert until(streams["eva"], "queue.left") == []
