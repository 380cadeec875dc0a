"""The stream: from a cursor or from now on, to everybody what they may see, and no more."""

from __future__ import annotations

import asyncio
import itertools
import logging
import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import uvloop

from apartado import events, pool, readers, stream
from apartado.pool import Connection
from clusters import Database
from services import Api, Service
from streams import Ended, EventStream, Message, SlowStream

pytestmark = pytest.mark.one_postgresql


def _head(service: Service) -> int:
    """The newest position, when everything has one."""
    with service.database.connect() as connection:
        connection.execute("select apartado._number_events(100000)")
        row = connection.execute("select pos from apartado.event_head()").fetchone()
    assert row is not None
    found: int = row[0]
    return found


def _see_all(service: Service) -> None:
    """Until the service has seen what happened so far."""
    head = _head(service)
    service.until(lambda: service.parts.hub.pos == head)


def _take(reader: EventStream, last: int) -> list[Message]:
    """Every event up to a position, which the reader must be allowed to see."""
    found = []
    for message in reader.events():
        found.append(message)
        if message.id == last:
            return found
    raise AssertionError("the stream ended")


def _bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_it_starts_at_the_present_and_says_where_that_is(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    head = _head(service)
    service.until(lambda: service.parts.hub.pos == head)
    with EventStream(service.port) as reader:
        assert reader.headers["content-type"].startswith("text/event-stream")
        opening = next(reader.messages())
        assert opening == Message(head, None, None)
        service.member("ana").call("reserve", item=item)
        first = next(reader.events())
        assert first.id is not None
        assert first.id > head
        assert first.data["item_id"] == item


def test_who_passes_it_on_is_told_to_keep_nothing_back(service: Service) -> None:
    """nginx, which buffers, and the servers of front-end tools, which compress."""
    with EventStream(service.port) as reader:
        assert reader.headers["x-accel-buffering"] == "no"
        assert reader.headers["cache-control"] == "no-store, no-transform"


def test_an_operator_sees_the_whole_ledger(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=3)
    ana.call("reserve", item=item)
    last = _head(service)
    with EventStream(service.port, "?after=0", **_bearer(operator.token)) as reader:
        assert [message.id for message in _take(reader, last)] == list(range(1, last + 1))


def test_last_event_id_wins_over_after(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    service.member("ana").call("reserve", item=item)
    last = _head(service)
    headers = {**_bearer(operator.token), "Last_Event_ID": f"{last - 2} "}  # a blank is no part
    with EventStream(service.port, "?after=0", **headers) as reader:
        messages = reader.messages()
        assert next(messages) == Message(last - 2, None, None)
        assert [next(messages).id, next(messages).id] == [last - 1, last]


def test_live_and_replayed_are_the_same(service: Service) -> None:
    """The two ways to the reader must not tell two stories, to nobody."""
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    start = _head(service)
    service.until(lambda: service.parts.hub.pos == start)
    readers = {
        client.token: EventStream(service.port, **(_bearer(client.token) if client.token else {}))
        for client in (operator, ana, bea, service.client())
    }
    hidden = service.item(operator, visible=False)
    item = service.item(operator, quantity=2)
    held = ana.call("reserve", item=item)
    bea.call("reserve", item=item, quantity=2, if_unavailable="queue")
    operator.call("adjust_stock", item=hidden, delta=3, reason="more")
    ana.call("cancel_reservation", reservation=held["reservation_id"])
    service.until(lambda: service.parts.hub.pos == _head(service))
    last = _head(service)
    for token, reader in readers.items():
        past = [
            (row["pos"], row["kind"], row["data"])
            for row in service.client(token).ask("list_events", after=start)
        ]
        assert past
        live = [
            (message.id, message.kind, message.data)
            for message in itertools.islice(reader.events(), len(past))
        ]
        assert live == past
        reader.close()
    everything = operator.ask("list_events", after=start)
    assert [row["pos"] for row in everything] == list(range(start + 1, last + 1))


def test_trap_44_a_broadcast_names_nobody(service: Service) -> None:
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    item = service.item(operator)
    start = _head(service)
    held = ana.call("reserve", item=item)
    bea.call("join_queue", item=item)
    place = bea.ask("get_queue_position", item=item)
    ana.call("cancel_reservation", reservation=held["reservation_id"])
    operator.call("mark_sold", item=item)
    last = _head(service)
    seen: dict[str, list[Message]] = {}
    for name, client in {"ana": ana, "bea": bea, "nobody": service.client()}.items():
        headers = _bearer(client.token) if client.token else {}
        with EventStream(service.port, f"?after={start}", **headers) as reader:
            seen[name] = _take(reader, last)
    assert place["position"] == 1
    public = {
        "item_id",
        "location",
        "status",
        "available",
        "reserved",
        "sold",
        "queue_length",
        "version",
        "at",
    }
    for message in seen["nobody"]:
        assert set(message.data) <= public
    mine = [message for message in seen["ana"] if message.kind == "reservation.created"]
    assert mine[0].data["reservation_id"] == held["reservation_id"]
    assert "reservation_id" not in mine[1].data
    theirs = [message for message in seen["bea"] if message.kind == "reservation.created"]
    assert "reservation_id" not in theirs[0].data
    assert "reservation_id" in theirs[1].data


def test_what_happens_to_a_hidden_item_is_for_operators(service: Service) -> None:
    operator = service.operator()
    start = _head(service)
    hidden = service.item(operator, visible=False)
    shown = service.item(operator)
    last = _head(service)
    with EventStream(service.port, f"?after={start}") as reader:
        items = {message.data.get("item_id") for message in _take(reader, last)}
    assert items == {shown}
    headers = _bearer(operator.token)
    with EventStream(service.port, f"?after={start}", **headers) as reader:
        items = {message.data.get("item_id") for message in _take(reader, last)}
    assert items == {hidden, shown}


def test_that_an_item_was_hidden_is_told_once_and_without_a_position(service: Service) -> None:
    """For everybody else there is no such event; who only listens would show it for ever."""
    operator, ana, ben = service.operator(), service.member("ana"), service.member("ben")
    item, other = service.item(operator, quantity=2), service.item(operator)
    held = ana.call("reserve", item=item)
    sku = operator.ask("get_item", item=item)["sku"]
    _see_all(service)
    with (
        EventStream(service.port) as everybody,
        EventStream(service.port, f"?item={other}") as elsewhere,
        EventStream(service.port, **_bearer(ana.token)) as holder,
        EventStream(service.port, **_bearer(operator.token)) as shop,
    ):
        for reader in (everybody, elsewhere, holder, shop):
            next(reader.messages())
        for title in ("Hidden", "Hidden still"):
            changed = {"sku": sku, "title": title, "visible": False}
            operator.call("put_items", items=[changed])
        ana.call("cancel_reservation", reservation=held["reservation_id"])
        ben.call("reserve", item=other)
        gone = Message(None, "item.hidden", {"item_id": item, "location": "main"})
        assert next(everybody.events()) == gone
        assert next(everybody.events()).data["item_id"] == other
        assert next(elsewhere.events()).data["item_id"] == other
        assert next(holder.events()) == gone
        mine = next(holder.events())
        assert (mine.kind, mine.data["item_id"]) == ("reservation.cancelled", item)
        kinds = [message.kind for message in itertools.islice(shop.events(), 3)]
        assert kinds == ["item.hidden", "item.changed", "reservation.cancelled"]


def _kinds(reader: EventStream, last: str) -> list[str]:
    """What is told up to and including a kind."""
    found = []
    for message in reader.events():
        assert message.kind is not None
        found.append(message.kind)
        if message.kind == last:
            return found
    raise AssertionError("the stream ended")


def test_what_people_wait_for_arrives(service: Service) -> None:
    """L4: offered, promoted, expiring soon, low stock and recovered; drops have a test below."""
    operator = service.operator()
    ana, ben, cem = (service.member(alias) for alias in ("ana", "ben", "cem"))
    item = service.item(operator)
    offers = {"low_stock": 0, "promotion": "offer", "offer_window": 3600}
    operator.call("set_policy", policy="scarce", values=offers, item=item)
    with (
        EventStream(service.port, f"?item={item}") as everybody,
        EventStream(service.port, **_bearer(ben.token)) as offered,
        EventStream(service.port, **_bearer(cem.token)) as promoted,
    ):
        for reader in (everybody, offered, promoted):
            next(reader.messages())
        held = ana.call("reserve", item=item)
        ben.call("join_queue", item=item)
        cem.call("join_queue", item=item)
        ana.call("cancel_reservation", reservation=held["reservation_id"])
        mine = next(one for one in offered.events() if one.kind == "queue.offered")
        assert mine.data["offered"] == 1
        at_once = {"promotion": "direct", "offer_window": None}
        operator.call("set_policy", policy="scarce", values=at_once)
        ben.call("decline_offer", entry=mine.data["queue_entry_id"])
        kinds = _kinds(promoted, "queue.promoted")
        assert "queue.offered" in kinds
        (made,) = cem.ask("list_reservations")
        with service.database.connect() as connection, connection.transaction():
            connection.execute("set local session_replication_role = replica")
            connection.execute(
                "update apartado.reservations set expires_at = apartado.clock() + interval '60 s',"
                " reserved_at = apartado.clock() - interval '1 day' where status = 'active'"
            )
            connection.execute("set local session_replication_role = origin")
            told = connection.execute("select told from apartado.announce_expiring()").fetchone()
        assert told == (1,)
        near = next(one for one in promoted.events() if one.kind == "reservation.expiring")
        assert near.data["reservation_id"] == made["reservation_id"]
        cem.call("cancel_reservation", reservation=near.data["reservation_id"])
        seen = _kinds(everybody, "stock.recovered")
    assert [kind for kind in seen if kind in ("stock.low", "stock.recovered")] == [
        "stock.low",
        "stock.recovered",
    ]
    assert "reservation.expiring" not in seen  # it is its holder's alone


def test_a_reader_may_ask_for_some_items(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    one, two, three = (service.item(operator) for _ in range(3))
    for item in (three, two, one):
        ana.call("reserve", item=item)
    last = _head(service)
    with EventStream(service.port, f"?after=0&item={one}&item={two}") as reader:
        seen = {message.data["item_id"] for message in _take(reader, last)}
    assert seen == {one, two}


def test_trap_46_an_event_says_it_all_and_nobody_asks_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is read once for all, and what is told is the state: no reader has to fetch it."""
    operator = service.operator()
    item = service.item(operator)
    _see_all(service)
    readers = [EventStream(service.port) for _ in range(10)]
    for reader in readers:
        next(reader.messages())
    asked: list[str] = []
    ask = service.parts.pool.ask

    async def counted(statement: str, *values: Any, **settings: Any) -> Any:
        asked.append(statement)
        return await ask(statement, *values, **settings)

    monkeypatch.setattr(service.parts.pool, "ask", counted)
    with service.database.connect("dba") as connection:
        for _ in range(5):
            connection.execute("select from apartado.adjust_stock(null, %s, 1, 'more')", [item])
    status = service.client().ask("get_status", item=item)
    for reader in readers:
        last = list(itertools.islice(reader.events(), 5))[-1]
        told = {name: last.data[name] for name in ("available", "status", "version")}
        assert told == {name: status[name] for name in told}
        reader.close()
    assert sum("get_status" in statement for statement in asked) == 1
    assert not [one for one in asked if "list_events" in one or "tail_events" in one]


def test_trap_47_a_filtered_reader_s_cursor_does_not_grow_old(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every ping repeats the newest position looked at, although nothing was sent."""
    monkeypatch.setattr(stream, "PING_SECONDS", 0.05)
    operator = service.operator()
    quiet, busy = service.item(operator), service.item(operator)
    with EventStream(service.port, f"?item={quiet}&after={_head(service)}") as reader:
        messages = reader.messages()
        next(messages)
        service.member("ana").call("reserve", item=busy)
        last = _head(service)
        for message in messages:
            assert message.kind is None
            if message.id == last:
                break
    assert reader.cursor == last


def test_trap_47_a_cursor_that_is_too_old_is_said(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    last = _head(service)
    service.until(lambda: service.parts.hub.pos == last)
    _forget(service.database, last - 1)
    with EventStream(service.port, "?after=1") as reader:
        messages = reader.messages()
        assert next(messages) == Message(last, None, None)
        assert next(messages) == Message(last, "reset", {"pos": last})
        service.member("ana").call("reserve", item=item)
        assert next(reader.events()).data["item_id"] == item


def test_trap_71_a_cursor_ahead_of_the_head_is_said(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    head = _head(service)
    service.until(lambda: service.parts.hub.pos == head)
    with EventStream(service.port, Last_Event_ID="999999") as reader:
        messages = reader.messages()
        assert next(messages).id == head
        assert next(messages) == Message(head, "reset", {"pos": head})
        service.member("ana").call("reserve", item=item)
        after = next(reader.events())
        assert after.id is not None
        assert after.id > head


def test_trap_71_open_readers_are_told_when_the_ledger_went_back(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    head = _head(service)
    service.until(lambda: service.parts.hub.pos == head)
    with EventStream(service.port) as reader:
        messages = reader.messages()
        next(messages)
        with service.database.connect() as connection:
            connection.execute("set session_replication_role = replica")
            connection.execute("delete from apartado.events where pos > %s", [head - 3])
            connection.execute("update apartado.event_cursor set last_pos = %s", [head - 3])
        service.until(lambda: _end_listener(service.database))
        assert next(messages) == Message(head - 3, "reset", {"pos": head - 3})
        service.member("ana").call("reserve", item=item)
        assert next(reader.events()).id in (head - 2, head - 1)


def test_trap_42_nothing_is_lost_while_the_listener_reconnects(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator, quantity=100)
    head = _head(service)
    service.until(lambda: service.parts.hub.pos == head)
    with EventStream(service.port, **_bearer(operator.token)) as reader:
        for _ in range(3):
            service.until(lambda: _end_listener(service.database))
            operator.call("adjust_stock", item=item, delta=1, reason="more")
            # Numbered by somebody else while nobody listens: there is no wake-up to come.
            _head(service)
            operator.call("adjust_stock", item=item, delta=1, reason="more")
        last = _head(service)
        seen = [message.id for message in _take(reader, last)]
    assert seen == list(range(head + 1, last + 1))


def test_that_the_database_is_away_is_said_once_and_that_it_is_back(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "apartado")
    reasons = ["connection refused", "it is starting up"]

    async def connect(url: str, **settings: int) -> Connection:
        if reasons:
            raise psycopg.OperationalError(reasons.pop(0))
        return await pool.connect(url, **settings)

    monkeypatch.setattr(events, "LONGEST_RECONNECT_SECONDS", events.LOOK_SECONDS)
    monkeypatch.setattr(events, "connect", connect)
    with EventStream(service.port):
        service.until(lambda: _end_listener(service.database))
        service.until(lambda: "again" in caplog.text)
    lost, back = (record.getMessage() for record in caplog.records)
    assert lost.startswith("the event listener lost its database: ")
    assert back == "the event listener has its database again"
    assert reasons == []


def test_a_long_past_is_read_in_pages(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PAGE", 3)
    operator = service.operator()
    item = service.item(operator, quantity=50)
    for _ in range(10):
        operator.call("adjust_stock", item=item, delta=1, reason="more")
    last = _head(service)
    service.until(lambda: service.parts.hub.pos == last)
    hub: Any = service.parts.hub
    hub._remembered.clear()
    hub._forgotten = last
    with EventStream(service.port, "?after=0", **_bearer(operator.token)) as reader:
        assert [message.id for message in _take(reader, last)] == list(range(1, last + 1))


@pytest.mark.parametrize(
    ("query", "headers", "refusal"),
    [
        ("?after=x", {}, (422, "RS205", "after")),
        ("?after=99999999999999999999", {}, (422, "RS204", "after")),
        ("", {"Last_Event_ID": "x"}, (422, "RS205", "after")),
        ("?item=x", {}, (422, "RS205", "item")),
        ("?colour=red", {}, (422, "RS205", "colour")),
        ("?location=nowhere", {}, (404, "RS104", "location")),
        ("?location=%00", {}, (422, "RS205", "location")),
        ("?drop=7", {}, (404, "RS106", "drop")),
        ("?drop=x", {}, (422, "RS205", "drop")),
        ("?drop=99999999999999999999", {}, (422, "RS204", "drop")),
        ("", {"Authorization": "Bearer nonsense"}, (401, "RS601", "token")),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    service: Service, query: str, headers: dict[str, str], refusal: tuple[int, str, str]
) -> None:
    with EventStream(service.port, query, **headers) as reader:
        assert reader.headers["content-type"] == "application/problem+json"
        found = reader.body()
    assert reader.status == found["status"]
    assert (found["status"], found["code"], found["field"]) == refusal


def test_a_drop_is_followed_over_its_items(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    inside, outside = service.item(operator), service.item(operator)
    opens_at = "2020-01-01T00:00:00Z"
    made = operator.call("create_drop", title="Friday", items=[inside], opens_at=opens_at)
    assert made["phase"] == "live"
    assert made["closes_at"] is None
    never = operator.call(
        "change_drop", drop=made["drop_id"], closes_at="infinity", reason="it never closes"
    )
    assert (never["phase"], never["closes_at"]) == ("live", None)
    refused = operator.refused(
        "change_drop", drop=made["drop_id"], closes_at="tomorrow", reason="not a time"
    )
    assert (refused["code"], refused["field"]) == ("RS205", "closes_at")
    listed = ana.ask("list_drops", phase="live")
    assert (listed[0]["items"], listed[0]["closes_at"]) == ([inside], None)
    drop = made["drop_id"]
    head = _head(service)
    with (
        EventStream(service.port, f"?drop={drop}", **_bearer(ana.token)) as live,
        EventStream(service.port, f"?drop={drop}&after={head}") as past,
    ):
        next(live.messages())
        for item in (outside, inside):
            ana.call("reserve", item=item)
        with service.database.connect() as connection:
            connection.execute("select from apartado.announce_drops()")
        for reader in (live, past):
            held, opened = itertools.islice(reader.events(), 2)
            assert (held.kind, held.data["item_id"]) == ("reservation.created", inside)
            assert (opened.kind, opened.data["item_id"]) == ("drop.opened", inside)
            assert opened.data["drop_id"] == drop
    with EventStream(service.port, f"?drop={drop}&item={outside}") as both:
        next(both.messages())
        operator.call("adjust_stock", item=inside, delta=1, reason="not of this item")
        operator.call("adjust_stock", item=outside, delta=1, reason="not of this drop")
        operator.call("change_drop", drop=drop, items=[inside, outside], reason="one more")
        joined = next(both.events())
        assert (joined.kind, joined.data["item_id"]) == ("item.changed", outside)


def test_a_cookie_opens_the_stream_of_its_member(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    with EventStream(service.port, Cookie=f"apartado_session={ana.token}") as reader:
        held = ana.call("reserve", item=item)
        made = next(one for one in reader.events() if one.kind == "reservation.created")
    assert made.data["reservation_id"] == held["reservation_id"]


def test_a_dead_cookie_is_forgotten(service: Service) -> None:
    """But not for what says nothing against the session, nor where a bearer token was dead."""
    ana = service.member("ana")
    cookie = f"apartado_session={ana.token}"
    with EventStream(service.port, "?location=nowhere", Cookie=cookie) as reader:
        assert (reader.status, reader.headers.get("set-cookie")) == (404, None)
    ana.call("sign_out")
    with EventStream(service.port, Cookie=cookie, **_bearer("dead")) as reader:
        assert (reader.status, reader.headers.get("set-cookie")) == (401, None)
    with EventStream(service.port, Cookie=cookie) as reader:
        assert reader.status == 401
        assert reader.headers["set-cookie"].startswith("apartado_session=; Path=/; Max-Age=0;")


def _sign_out(service: Service, ana: Api) -> None:
    ana.call("sign_out")


def _revoke(service: Service, ana: Api) -> None:
    other = service.client(ana.token)
    (session,) = other.ask("list_sessions")
    other.call("revoke_session", session=session["session_id"])


def _expire(service: Service, ana: Api) -> None:
    with service.database.connect() as connection:
        connection.execute(
            "update apartado.sessions s set created_at = s.created_at - interval '31 days',"
            " expires_at = s.expires_at - interval '31 days'"
            "  from apartado.members m where m.member_id = s.member_id and m.alias = 'ana'"
        )


def _bar(service: Service, ana: Api) -> None:
    with service.database.connect() as connection:
        connection.execute(
            "update apartado.members set barred_at = apartado.clock() where alias = 'ana'"
        )


@pytest.mark.parametrize("end", [_sign_out, _revoke, _expire, _bar])
def test_the_stream_of_a_session_ends_with_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, end: Callable[[Service, Api], None]
) -> None:
    """Within 30 seconds: they are looked at every ten."""
    assert stream.SESSION_CHECK_SECONDS <= 10
    monkeypatch.setattr(stream, "SESSION_CHECK_SECONDS", 0.05)
    with Service(database) as service:
        ana, bea = service.member("ana"), service.member("bea")
        with (
            EventStream(service.port, **_bearer(ana.token)) as ended,
            EventStream(service.port, **_bearer(bea.token)) as open_still,
        ):
            next(ended.messages())
            next(open_still.messages())
            end(service, ana)
            with pytest.raises(Ended):
                list(ended.messages())
            assert len(service.parts.hub.readers) == 1


def test_a_session_that_ends_while_the_past_is_told_ends_the_stream_quietly(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Mutant: Stream._serve that survives OperationalError only."""
    ana = service.member("ana")
    service.item(service.operator())
    _see_all(service)
    after = stream.Pages.after

    async def late(pages: stream.Pages, cursor: int, **named: int) -> Any:
        if not named:  # before the stream begins one is asked for
            _bar(service, ana)
        return await after(pages, cursor, **named)

    monkeypatch.setattr(service.parts.hub, "remembers", lambda cursor: False)
    monkeypatch.setattr(stream.Pages, "after", late)
    with (
        EventStream(service.port, "?after=0", **_bearer(ana.token)) as ended,
        pytest.raises(Ended),
    ):
        list(ended.messages())
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_who_stops_being_an_operator_stops_seeing_as_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SESSION_CHECK_SECONDS", 0.05)
    with Service(database) as service:
        olga, otto = service.operator("olga"), service.operator("otto")
        with EventStream(service.port, **_bearer(otto.token)) as reader:
            next(reader.messages())
            olga.call("revoke_operator", alias="otto")
            service.until(lambda: not service.parts.hub.readers[0].is_operator)
            hidden = service.item(olga, visible=False)
            shown = service.item(olga)
            items = [
                message.data["item_id"]
                for message in itertools.takewhile(
                    lambda message: message.data.get("item_id") != shown, reader.events()
                )
                if "item_id" in message.data
            ]
        assert hidden not in items


def test_trap_45_a_reader_that_does_not_read_is_cut_off(database: Database) -> None:
    with Service(database, send_buffer=4096) as service:
        operator = service.operator()
        item = service.item(operator)
        head = _head(service)
        service.until(lambda: service.parts.hub.pos == head)
        good = EventStream(service.port, **_bearer(operator.token))
        slow = SlowStream(service.port, **_bearer(operator.token))
        service.until(lambda: len(service.parts.hub.readers) == 2)
        seen: list[int | None] = []
        with database.connect("dba") as connection:
            for _ in range(12):
                connection.execute(
                    "select apartado.adjust_stock(null, %s, 1, 'flood')"
                    " from generate_series(1, 200)",
                    [item],
                )
                last = _head(service)
                seen += [message.id for message in _take(good, last)]
        service.until(lambda: len(service.parts.hub.readers) == 1)
        assert seen == list(range(head + 1, last + 1))
        with pytest.raises((Ended, ConnectionError, ValueError)):
            list(slow.messages())
        assert slow.cursor is None or slow.cursor < last
        headers = {**_bearer(operator.token), "Last_Event_ID": str(slow.cursor or head)}
        with EventStream(service.port, **headers) as again:
            missed = [message.id for message in _take(again, last)]
        assert missed == list(range((slow.cursor or head) + 1, last + 1))
        good.close()
        slow.close()


def test_trap_45_who_takes_nothing_is_cut_off_although_little_happens(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bounded queue alone would keep it for as long as a thousand messages take to come."""
    assert stream.TAKES_NOTHING_SECONDS <= 5
    monkeypatch.setattr(stream, "TAKES_NOTHING_SECONDS", 0.2)
    monkeypatch.setattr(stream, "SEND_BUFFER_BYTES", 1024)
    operator = service.operator()
    long = "x" * 900
    service.item(operator, sku="long")
    _see_all(service)
    good = EventStream(service.port, **_bearer(operator.token))
    slow = SlowStream(service.port, **_bearer(operator.token))
    service.until(lambda: len(service.parts.hub.readers) == 2)
    told = 0
    while len(service.parts.hub.readers) == 2:
        told += 1
        assert told < readers.QUEUE_LIMIT / 2, "only the length of its queue ended it"
        operator.call("put_items", items=[{"sku": "long", "title": f"{told} {long}"}])
        assert next(good.events()).kind == "item.changed"
    assert service.parts.hub.readers[0].connection is not None
    good.close()
    slow.close()


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="it is of Linux")
def test_trap_45_a_dead_line_is_given_up_as_soon_as_a_slow_one(service: Service) -> None:
    with EventStream(service.port) as reader:
        next(reader.messages())
        connection = service.parts.hub.readers[0].connection
        assert connection is not None
        line = connection.get_extra_info("socket")
        patience = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
        assert patience == stream.TAKES_NOTHING_SECONDS * 1_000
        assert line.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) < 256 * 1024


def test_who_hung_up_before_the_answer_is_left_alone() -> None:
    """As a client that is killed while it is asked whether the cursor is still known."""

    async def hang_up() -> None:
        near, far = socket.socketpair()
        transport, _ = await asyncio.get_running_loop().create_connection(
            asyncio.Protocol, sock=near
        )
        transport.abort()
        far.close()
        await asyncio.sleep(0)
        stream._keep_short(transport)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(hang_up())


def test_trap_45_what_waits_is_joined_piece_by_piece() -> None:
    """The events that wait are shared; what is joined for a slow reader is in memory once each."""
    long = [bytes([65 + number]) * 20_000 for number in range(10)]
    waiting, pieces = deque((text, 1) for text in long), []
    while waiting:
        text, _ = readers.next_piece(waiting)
        pieces.append(text)
    assert max(map(len, pieces)) < readers.PIECE_BYTES + 20_000
    assert len(pieces) > 1
    assert b"".join(pieces) == b"".join(long)


def test_the_service_stops_although_streams_are_open(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """uvicorn would wait for them, or cancel them after its patience and say so."""
    caplog.set_level(logging.INFO, "uvicorn")
    with Service(database) as service:
        readers = [EventStream(service.port) for _ in range(20)]
        for reader in readers:
            next(reader.messages())
        service.stop()
        for reader in readers:
            with pytest.raises(Ended):
                list(reader.messages())
    assert "exceeded" not in caplog.text
    assert "Exception" not in caplog.text


def test_while_nobody_reads_events_are_numbered_and_not_read(service: Service) -> None:
    """Mutant: the hub reads on, which costs as much as all it tells."""
    operator = service.operator()
    item = service.item(operator)
    _see_all(service)
    hub: Any = service.parts.hub
    assert not hub._remembered
    assert not hub.remembers(0)
    with EventStream(service.port, **_bearer(operator.token)) as reader:
        operator.call("adjust_stock", item=item, delta=1, reason="more")
        last = _head(service)
        assert [message.id for message in _take(reader, last)] == [last]
    # and who was there a moment ago may come back
    operator.call("adjust_stock", item=item, delta=1, reason="more")
    _see_all(service)
    assert [event.pos for event in hub._remembered] == [last, last + 1]
    assert hub.remembers(last)


def test_who_comes_while_the_hub_is_about_to_skip_misses_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: the hub does not look again whether anybody reads before it skips to the head."""
    operator = service.operator()
    item = service.item(operator)
    _see_all(service)
    start = service.parts.hub.pos or 0
    ask, asked, came = events._one, threading.Event(), threading.Event()

    async def asking(connection: Any, statement: str, values: list[str]) -> tuple[Any, ...]:
        found = await ask(connection, statement, values)
        if statement == events.EVENT_HEAD and found[0] > start:
            asked.set()
            await asyncio.to_thread(came.wait)
        return found

    monkeypatch.setattr(events, "_one", asking)
    operator.call("adjust_stock", item=item, delta=1, reason="more")
    asked.wait()
    with EventStream(service.port, **_bearer(operator.token)) as reader:
        service.until(lambda: bool(service.parts.hub.readers))
        came.set()
        assert [message.id for message in _take(reader, _head(service))] == [start + 1]


def test_the_hub_keeps_less_than_a_queue_holds() -> None:
    """Else joining with an old cursor would cut a reader off before it could read."""
    assert events.REMEMBERED < readers.QUEUE_LIMIT


def _forget(database: Database, up_to: int) -> None:
    """A purge, which no function offers yet."""
    with database.connect() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("delete from apartado.events where pos <= %s", [up_to])


def _end_listener(database: Database) -> bool:
    with database.connect() as connection:
        ended = connection.execute(
            "select pg_terminate_backend(a.pid, 10000) from pg_stat_activity a"
            " where a.datname = current_database() and a.usename = 'apartado_api'"
            "   and (a.query ilike '%tail_events%' or a.query ilike '%_number_events%'"
            "        or a.query ilike 'listen%')"
        ).fetchall()
    return bool(ended)


def test_who_asks_for_it_gets_the_ping_as_an_event_too(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scripts of a page see no comments, and so would not notice a line that is dead."""
    monkeypatch.setattr(stream, "PING_SECONDS", 0.05)
    with EventStream(service.port, "?pings=true") as reader:
        messages = reader.messages()
        opening = next(messages)
        assert next(messages) == Message(opening.id, "ping", {})
