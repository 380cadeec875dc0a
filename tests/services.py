"""A real service for tests: uvicorn in a thread of its own, over a clone, on a free port."""

from __future__ import annotations

import itertools
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, cast

import httpx

from apartado.app import Parts, create_server
from apartado.endpoints import ENDPOINTS
from apartado.settings import Settings
from apartado.tree import database_root
from clusters import Database

HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds after which something that does not happen is a failure
TLS = ssl.create_default_context()
"""For every client, though none needs it: each would read all certificates anew, for 20 ms."""

_skus = itertools.count(1)

WORDS_OF_SQL = re.compile(
    r"apartado\.\w+\(|pl/pgsql|plpgsql|\bsqlstate\b|failing row|pg_catalog|\brelation\b|"
    r"\bconstraint\b|psycopg|traceback|parameter \$\d",
    re.I,
)
TABLES = re.findall(
    r"create table apartado\.(\w*_\w+)",
    (database_root() / "sql" / "schema.sql").read_text(encoding="utf-8").lower(),
)
FUNCTIONS = re.compile(rf"\b(?:{'|'.join(endpoint.name for endpoint in ENDPOINTS)})\b")
"""What people call, and hints may name: list_member_classes is no table."""


def something_of_sql(text: str) -> list[str]:
    """What an answer says of the inside of the database; no answer may."""
    outside = FUNCTIONS.sub("", text)
    return WORDS_OF_SQL.findall(text) + [table for table in TABLES if table in outside]


class Api(httpx.Client):
    """A client with the session of one person, or of nobody."""

    def __init__(self, url: str, token: str | None = None, **settings: Any) -> None:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        super().__init__(base_url=url, headers=headers, timeout=PATIENCE, verify=TLS, **settings)
        self.token = token

    def call(self, name: str, /, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        """A command; the problem is raised as an AssertionError."""
        answer = self.post(f"/rpc/{name}", json=fields, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, name: str, /, **fields: Any) -> Any:
        """A query."""
        answer = self.get(f"/rpc/{name}", params=fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, name: str, /, **fields: Any) -> dict[str, Any]:
        """The problem with which a command is refused."""
        return problem(self.post(f"/rpc/{name}", json=fields))


def problem(answer: httpx.Response) -> dict[str, Any]:
    """The problem in an answer that must be one."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    found: dict[str, Any] = answer.json()
    assert set(found) == {"type", "title", "status", "detail", "code", "hint", "field"}
    assert found["status"] == answer.status_code
    return found


class Service:
    """One running service and its database."""

    def __init__(
        self,
        database: Database,
        url: str | None = None,
        *,
        send_buffer: int | None = None,
        port: int = 0,
        **settings: Any,
    ) -> None:
        self.database = database
        self._socket = socket.socket()
        if send_buffer is not None:
            # What is accepted here inherits it: a reader that does not read is noticed sooner.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        # So that one that took the place of another is found where that was.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{HOST}:{self.port}"
        found = Settings(host=HOST, port=self.port, **settings)
        self.server = create_server(found, url or database.url("apartado_api"))
        self._thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )
        self._clients: list[httpx.Client] = []

    @property
    def parts(self) -> Parts:
        return cast(Parts, cast(Any, self.server.config.app).app.state.parts)

    def __enter__(self) -> Self:
        # Who connects from now on waits in the socket's own queue until the service accepts.
        self._socket.listen()
        self._thread.start()
        health = httpx.get(f"{self.url}/health", timeout=PATIENCE, verify=TLS).json()
        assert health["live"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for client in self._clients:
            client.close()
        self.stop()

    def stop(self) -> None:
        """What SIGTERM does."""
        self.server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def client(self, token: str | None = None, **settings: Any) -> Api:
        """A client; without a token it is an anonymous visitor."""
        made = Api(self.url, token, **settings)
        self._clients.append(made)
        return made

    def member(self, alias: str) -> Api:
        """A client with a session under a new alias.

        While the machine stands still the service says 503, and is asked again, under the same key.
        """
        visitor, key = self.client(), {"Idempotency-Key": f"first of {alias}"}
        until = time.monotonic() + PATIENCE
        while True:
            answer = visitor.post("/rpc/sign_in", json={"alias": alias}, headers=key)
            if answer.status_code != 503 or time.monotonic() > until:
                break
            time.sleep(0.1)
        assert answer.status_code == 200, answer.text
        return self.client(answer.json()["token"])

    def operator(self, alias: str = "olga") -> Api:
        """A client with the session of an operator."""
        found = self.member(alias)
        with self.database.connect("dba") as connection:
            connection.execute("select apartado.grant_operator(null, %s)", [alias])
        return found

    @contextmanager
    def asked(self, client: Api, item: int, key: str = "") -> Iterator[None]:
        """Somebody has asked for an item, and at the end does not wait for the answer."""
        body = f'{{"item": {item}}}'
        head = f"POST /rpc/reserve HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.token}\r\n"
        head += f"Idempotency-Key: {key}\r\n" if key else ""
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection((HOST, self.port)) as raw:
            raw.sendall(f"{head}{body}".encode())
            yield

    def database_clock(self, shift: str) -> None:
        """Move the clock of this clone: "+ interval '8 days'"."""
        with self.database.connect() as connection:
            connection.execute(
                "create or replace function apartado.clock() returns timestamptz"
                " language sql volatile set search_path = pg_catalog, pg_temp"
                f" as $$ select clock_timestamp() {shift} $$"
            )

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what the service does by itself. Each look is a request that it answers."""
        end = time.monotonic() + PATIENCE
        with httpx.Client(base_url=self.url, timeout=PATIENCE, verify=TLS) as client:
            while not condition():
                assert time.monotonic() < end, "it did not happen"
                client.get("/health")

    def item(self, operator: Api, **fields: Any) -> int:
        """A new item."""
        number = next(_skus)
        item = {"sku": f"SKU-{number}", "title": f"Record {number}", "price": "12.50"} | fields
        (row,) = operator.call("put_items", items=[item])
        assert row["outcome"] == "inserted", row
        found: int = row["item_id"]
        return found
