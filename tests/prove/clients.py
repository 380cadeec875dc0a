"""Clients of the service and of the database, which say one thing: what was answered.

Both are small on purpose: they share two cores with what they measure. A lost connection, a 503 and
a conflict that outlived its retries are `Lost`: nobody knows what was done, or nothing was.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import urlencode

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from clusters import Database

TIMEOUT = 15.0  # seconds within which everything is answered, or the client would hang
CONFLICTS = ("40001", "40P01")
NOT_NOW = ("08", "57", "53", "55", "25006")
QUERIES = ("get_", "list_", "find_", "check_", "who_", "explain_")

logging.getLogger("psycopg").setLevel(logging.ERROR)  # what is cancelled here is meant to be

Fields = Mapping[str, Any]
Connection = psycopg.AsyncConnection[dict[str, Any]]


class Lost(Exception):
    """No answer: the outcome is unknown, or it is known that nothing was done."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its rows; or the code of a refusal, or of something that nobody promised."""

    code: str | None
    rows: list[dict[str, Any]]

    @property
    def row(self) -> dict[str, Any]:
        """The only row."""
        (row,) = self.rows
        return row


class Client(Protocol):
    """One caller."""

    async def call(self, name: str, who: str, fields: Fields, key: str | None = None) -> Reply:
        """The answer to one call of somebody, or Lost."""

    async def close(self) -> None:
        """Hang up."""


class HttpClient:
    """One connection to the service, made again when it was lost."""

    def __init__(self, port: int, tokens: Mapping[str, str]) -> None:
        self.port = port
        self._tokens = tokens
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def call(self, name: str, who: str, fields: Fields, key: str | None = None) -> Reply:
        try:
            async with asyncio.timeout(TIMEOUT):
                status, body = await self._ask(name, who, fields, key)
        except TimeoutError:
            await self.close()
            raise AssertionError(f"{name} hung for {TIMEOUT} s") from None
        except (OSError, EOFError, ValueError) as error:
            await self.close()
            raise Lost(repr(error)) from None
        if status == 503:
            raise Lost("503")
        if status == 200:
            return Reply(None, body if isinstance(body, list) else [body])
        return Reply(str(body.get("code") if 400 <= status < 500 else status), [])

    async def _ask(self, name: str, who: str, fields: Fields, key: str | None) -> tuple[int, Any]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"Host: x\r\nAuthorization: Bearer {self._tokens[who]}\r\n"
        sent = {name: value for name, value in fields.items() if value is not None}
        if name.startswith(QUERIES):
            text = f"GET /rpc/{name}?{urlencode(sent, doseq=True)} HTTP/1.1\r\n{head}\r\n"
        else:
            body = json.dumps(sent)
            head += f"Idempotency-Key: {key}\r\n" if key else ""
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            text = f"POST /rpc/{name} HTTP/1.1\r\n{head}\r\n{body}"
        self._writer.write(text.encode())
        lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        answer = await self._reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            await self.close()
        return int(lines[0].split()[1]), json.loads(answer)

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


class OneOf:
    """Somebody who turns to the next service when this one does not answer."""

    def __init__(self, clients: Sequence[Client]) -> None:
        self._clients = [*clients]

    async def call(self, name: str, who: str, fields: Fields, key: str | None = None) -> Reply:
        try:
            return await self._clients[0].call(name, who, fields, key)
        except Lost:
            self._clients.append(self._clients.pop(0))
            raise

    async def close(self) -> None:
        for client in self._clients:
            await client.close()


class SqlClient:
    """One connection to the database, as somebody who works in psql."""

    def __init__(self, database: Database, level: str = "read committed", **place: Any) -> None:
        """place leads there another way: host and port of a proxy."""
        escaped = level.replace(" ", "\\ ")
        options = f"-c default_transaction_isolation={escaped}"
        self._url = make_conninfo(database.url("dba", options=options), **place)
        self._random = random.Random(self._url)
        self._connection: Connection | None = None

    async def connect(self) -> Connection:
        """The connection, a new one where the old one was lost."""
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(
                self._url, autocommit=True, row_factory=dict_row, connect_timeout=10
            )
        return self._connection

    async def call(self, name: str, who: str, fields: Fields, key: str | None = None) -> Reply:
        text, values = statement(name, who, fields, key)
        try:
            async with asyncio.timeout(TIMEOUT):
                return await self._until_no_conflict(text, values)
        except TimeoutError:
            await self.close()
            raise AssertionError(f"{name} hung for {TIMEOUT} s") from None
        except (psycopg.OperationalError, psycopg.InterfaceError, OSError) as error:
            if not is_lost(error):
                return Reply(getattr(error, "sqlstate", None) or repr(error), [])
            await self.close()
            raise Lost(repr(error)) from None
        except psycopg.Error as error:
            return Reply(error.sqlstate or repr(error), [])

    async def _until_no_conflict(self, text: str, values: list[Any]) -> Reply:
        attempt = 0
        while True:
            attempt += 1
            try:
                rows = await self._execute(await self.connect(), text, values)
                return Reply(None, [{k: plain(v) for k, v in row.items()} for row in rows])
            except psycopg.OperationalError as error:
                if error.sqlstate not in CONFLICTS:
                    raise
            await asyncio.sleep(self._random.uniform(0, min(0.1, 0.02 * attempt)))

    async def _execute(
        self, connection: Connection, text: str, values: list[Any]
    ) -> list[dict[str, Any]]:
        cursor = await connection.execute(text, values)
        return await cursor.fetchall()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
        self._connection = None


class TransactionClient(SqlClient):
    """One that says BEGIN and COMMIT, and has no answer before the commit was answered."""

    async def _execute(
        self, connection: Connection, text: str, values: list[Any]
    ) -> list[dict[str, Any]]:
        async with connection.transaction():
            return await super()._execute(connection, text, values)


def statement(name: str, who: str, fields: Fields, key: str | None) -> tuple[str, list[Any]]:
    """The call in SQL. Operators' functions are called by the role itself."""
    caller = {"p_actor": None} if name in OPERATORS else {"p_member": who}
    named = {**caller, **{f"p_{field}": value for field, value in fields.items()}}
    if key is not None:
        named["p_idempotency_key"] = key
    marks = ", ".join(f"{parameter} => %s" for parameter in named)
    if named.get("p_ttl") is not None:
        named["p_ttl"] = timedelta(seconds=named["p_ttl"])
    values = [Jsonb(v) if isinstance(v, list | dict) else v for v in named.values()]
    return f"select * from apartado.{name}({marks})", values


OPERATORS = {"adjust_stock", "mark_sold", "revoke_reservation"}


def is_lost(error: Exception) -> bool:
    """Whether nobody answered, or the answer is: not now."""
    state = getattr(error, "sqlstate", None)
    return state is None or state.startswith(NOT_NOW)


def plain(value: Any) -> Any:
    """As JSON says it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value
