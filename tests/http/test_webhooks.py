"""Webhooks: what arrives at a server of the shop's, and what becomes of it when none is there."""

from __future__ import annotations

import hmac
import json
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from clusters import Database
from services import HOST, PATIENCE, Api, Service

pytestmark = pytest.mark.one_postgresql

KEYS = (b"k" * 32, b"next" * 8)


@dataclass(frozen=True)
class Message:
    """What one request brought."""

    path: str
    headers: dict[str, str]
    text: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def data(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.text)
        assert body["type"] == "events"
        found: dict[str, Any] = body["data"]
        return found


@dataclass
class Receiver:
    """A server that answers with these statuses, one after the other, and then with 200."""

    statuses: list[int] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    answers: threading.Event = field(default_factory=threading.Event)
    """Until it is set, nobody is answered."""

    def __post_init__(self) -> None:
        receiver = self
        self.answers.set()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.messages.append(Message(self.path, headers, text))
                receiver.answers.wait(PATIENCE)
                status = receiver.statuses.pop(0) if receiver.statuses else 200
                self.send_response(status)
                self.send_header("location", "/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"{HOST}:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/in?shop=1"

    def close(self) -> None:
        self.answers.set()
        self._server.shutdown()
        self._server.server_close()

    def gets(self, count: int) -> None:
        """So many messages, in time."""
        end = time.monotonic() + PATIENCE
        while len(self.messages) < count:
            assert time.monotonic() < end, f"{len(self.messages)} messages of {count}"
            time.sleep(0.01)

    def has(self, count: int) -> list[Message]:
        """So many messages, and not one more when they are there."""
        self.gets(count)
        assert len(self.messages) == count
        return self.messages


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def sender(database: Database, *receivers: Receiver) -> Service:
    """A service that may call these."""
    hosts = tuple(receiver.host for receiver in receivers)
    return Service(database, webhook_hosts=hosts, webhook_secrets=KEYS)


def all_arrive(service: Service, operator: Api, receiver: Receiver, after: int) -> Any:
    """What was told from there on, when the same has arrived, in the same order."""
    told: list[Any] = []

    def has_arrived() -> bool:
        told[:] = operator.ask("list_events", after=after)
        return told == [e for message in receiver.messages for e in message.data["events"]]

    service.until(has_arrived)
    return told


def listed(operator: Api) -> dict[str, Any]:
    (found,) = operator.ask("list_webhooks")
    assert isinstance(found, dict)
    return found


def test_what_happens_arrives_signed_and_in_order(database: Database, receiver: Receiver) -> None:
    with sender(database, receiver) as service:
        operator, ana = service.operator(), service.member("ana")
        made = operator.call("create_webhook", url=receiver.url)
        item = service.item(operator, quantity=3)
        ana.call("reserve", item=item)
        operator.call("adjust_stock", item=item, delta=1, reason="found")
        told = all_arrive(service, operator, receiver, made["pos"])
        assert {"reservation.created", "stock.changed"} <= {event["kind"] for event in told}
        reached = made["pos"]
        for number, message in enumerate(receiver.messages, 1):
            assert message.path == "/in?shop=1"
            assert message.id == f"{made['webhook_id']}-{number}"
            assert message.data["after"] == reached
            reached = message.data["through"]
            moment = message.headers["webhook-timestamp"]
            assert abs(time.time() - int(moment)) < PATIENCE
            signed = f"{message.id}.{moment}.".encode() + message.text
            assert message.headers["webhook-signature"].split(" ") == [
                f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}" for key in KEYS
            ]


def test_only_the_kinds_that_are_wanted_arrive(database: Database, receiver: Receiver) -> None:
    with sender(database, receiver) as service:
        operator, ana = service.operator(), service.member("ana")
        operator.call("create_webhook", url=receiver.url, kinds=["reservation.created"])
        item = service.item(operator, quantity=3)
        ana.call("reserve", item=item)
        (message,) = receiver.has(1)
        (event,) = message.data["events"]
        assert (event["kind"], event["data"]["member"]) == ("reservation.created", "ana")
        service.until(lambda: listed(operator)["behind"] == 0)
        receiver.has(1)


def test_what_fails_is_sent_again_as_it_was(database: Database, receiver: Receiver) -> None:
    receiver.statuses = [500, 302]
    with sender(database, receiver) as service:
        operator = service.operator()
        operator.call("create_webhook", url=receiver.url)
        service.until(lambda: listed(operator)["failures"] > 0)
        assert listed(operator)["last_error"] in {"HTTP 500", "HTTP 302"}
        operator.call("adjust_stock", item=service.item(operator), delta=1, reason="found")
        for number in 1, 2:  # it is time to try again
            service.database_clock(f"+ interval '{number} hours'")
            receiver.gets(number + 1)
        service.until(lambda: listed(operator)["behind"] == 0)
        first, second, third, *_ = receiver.messages
        assert {message.path for message in receiver.messages} == {"/in?shop=1"}
        assert len({(message.id, message.text) for message in (first, second, third)}) == 1
        assert (listed(operator)["failures"], listed(operator)["last_status"]) == (0, 200)


def test_a_host_that_was_not_named_is_not_called(database: Database, receiver: Receiver) -> None:
    other = Receiver()
    with sender(database, other) as service:
        operator = service.operator()
        operator.call("create_webhook", url=receiver.url)
        service.until(lambda: listed(operator)["failures"] > 0)
        found = listed(operator)
        assert found["last_error"] == f"{receiver.host} is not among APARTADO_WEBHOOK_HOSTS"
        assert (found["last_status"], found["behind"] > 0) == (None, True)
    other.close()
    assert (receiver.messages, other.messages) == ([], [])


def test_a_server_that_is_not_there_is_said_to_be_none(
    database: Database, receiver: Receiver
) -> None:
    receiver.close()
    with sender(database, receiver) as service:
        operator = service.operator()
        operator.call("create_webhook", url=receiver.url)
        service.until(lambda: listed(operator)["failures"] > 0)
        assert listed(operator)["last_status"] is None
        assert listed(operator)["last_error"]


def test_a_server_that_says_nothing_holds_up_no_other(
    database: Database, receiver: Receiver
) -> None:
    silent = Receiver()
    silent.answers.clear()
    with sender(database, receiver, silent) as service:
        operator = service.operator()
        operator.call("create_webhook", url=silent.url)
        silent.has(1)
        operator.call("create_webhook", url=receiver.url)
        service.item(operator)
        service.until(lambda: operator.ask("list_webhooks")[1]["behind"] == 0)
        assert operator.ask("list_webhooks")[0]["behind"] > 0
        silent.has(1)
        silent.answers.set()
        service.until(lambda: operator.ask("list_webhooks")[0]["behind"] == 0)
    silent.close()


def test_a_server_that_takes_too_long_is_tried_again(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apartado.webhooks.ANSWER_SECONDS", 0.2)
    receiver.answers.clear()
    with sender(database, receiver) as service:
        operator = service.operator()
        operator.call("create_webhook", url=receiver.url)
        service.until(lambda: listed(operator)["failures"] > 0)
        assert listed(operator)["last_error"] == "no answer within 0.2 seconds"
        receiver.answers.set()
        service.until(lambda: listed(operator)["behind"] == 0)


def test_a_service_that_may_call_nobody_says_that_there_are_webhooks(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def said() -> list[str]:
        return [one.getMessage() for one in caplog.records if "webhook" in one.getMessage()]

    with Service(database) as mute:
        operator = mute.operator()
        mute.until(lambda: mute.parts.webhooks.waiting == 0)
        assert said() == []
        operator.call("create_webhook", url="http://127.0.0.1:8977/x")
        mute.until(lambda: said() != [])
    with Service(database) as mute:
        mute.until(lambda: len(said()) == 2)
        operator = mute.client(operator.token)
        operator.call("change_webhook", webhook=listed(operator)["webhook_id"], paused=True)
        mute.until(lambda: mute.parts.webhooks.waiting == 0)
    assert len({*said()}) == 1
    assert said()[0].startswith("1 webhook, and this service may send nothing")
    assert "APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS" in said()[0]


def test_two_services_share_the_work(database: Database, receiver: Receiver) -> None:
    """And one that may call nobody leaves it to the others."""
    with (
        sender(database, receiver) as one,
        sender(database, receiver) as other,
        Service(database) as mute,
    ):
        operator = mute.operator()
        start = operator.call("create_webhook", url=receiver.url)["pos"]
        item = mute.item(operator)
        for number in range(30):
            client = (one, other, mute)[number % 3].client(operator.token)
            client.call("adjust_stock", item=item, delta=1, reason=f"found {number}")
        told = all_arrive(mute, operator, receiver, start)
        assert len(told) > 30
        assert len({message.id for message in receiver.messages}) == len(receiver.messages)


def test_what_a_service_was_sending_when_it_ended_is_sent_again(
    database: Database, receiver: Receiver
) -> None:
    receiver.answers.clear()
    with sender(database, receiver) as service:
        token = service.operator().token
        service.client(token).call("create_webhook", url=receiver.url)
        receiver.has(1)
    receiver.answers.set()
    with sender(database, receiver) as service:
        service.client().get("/health")
        receiver.has(1)
        service.database_clock("+ interval '30 seconds'")
        receiver.gets(2)
        # what the clock's leap made late may be told in a message of its own
        first, second = [one for one in receiver.messages if one.id == receiver.messages[0].id]
        assert first.text == second.text
        operator = service.client(token)
        service.until(lambda: listed(operator)["behind"] == 0)
