"""Tokens, secrets and codes: in their own answer, and nowhere else.

The server logs everything that it can log, every address is called, everybody listens; then all
that was written or said is searched for each of them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from psycopg import sql

from apartado.endpoints import ENDPOINTS
from clusters import Database, Server
from services import Api, Service
from streams import EventStream

ISSUED = 64
SECRETS = ("token", "recovery_secret", "code", "invitation")
BEGIN_SESSIONS = ("sign_in", "pair")
VERBOSE = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_messages": "debug1",
    "log_error_verbosity": "verbose",
}
SERVICE_LOGS = ("apartado", "uvicorn", "litestar", "psycopg", "asyncio")
CONTENT: dict[str, str | int] = {
    "member": "{}", "alias": "ana", "secret": "s" * 40, "code": "ABCD-EFGH", "reason": "why",
    "quantity": 1, "query": "record", "sku": "SKU-1", "title": "Title", "policy": "default",
}  # fmt: skip
"""What is sent where a field has such a name; 1 elsewhere."""


class Issuer:
    """Gets tokens and secrets in every way there is, and keeps every answer."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.issued: set[str] = set()
        self.answers: list[tuple[str, str]] = []

    def keep(self, answer: httpx.Response) -> Any:
        """The secrets of an answer are taken out of it before it is kept."""
        assert answer.status_code == 200, answer.text
        found = answer.json()
        mine = [found.pop(name) for name in SECRETS if found.get(name)]
        assert mine
        self.issued.update(mine)
        self.answers.append((str(answer.url), json.dumps(found)))
        return dict(zip([name for name in SECRETS if name in answer.json()], mine, strict=False))

    def member(self, alias: str) -> Api:
        """Signs in twice, pairs a second device, and rotates what can be rotated."""
        visitor = self.service.client()
        first = self.keep(visitor.post("/rpc/sign_in", json={"alias": alias}))
        again = {"alias": alias, "secret": first["recovery_secret"]}
        second = self.keep(visitor.post("/rpc/sign_in", json=again))
        client = self.service.client(second["token"])
        code = self.keep(client.post("/rpc/start_pairing", json={}))["code"]
        self.keep(visitor.post("/rpc/pair", json={"code": code}))
        self.keep(client.post("/rpc/rotate_secret", json={}))
        return self.service.client(self.keep(client.post("/rpc/rotate_session", json={}))["token"])


def call_everything(issuer: Issuer, client: Api) -> None:
    """Every address, rightly and wrongly asked, and with the token where it does not belong."""
    for endpoint in ENDPOINTS:
        if endpoint.name in (*BEGIN_SESSIONS, "start_pairing", "sign_out"):
            continue
        names = list(endpoint.takes.__struct_fields__)
        asked: dict[str, str | int] = {name: CONTENT.get(name, 1) for name in names}
        path = f"/rpc/{endpoint.name}"
        token = client.headers["Authorization"].removeprefix("Bearer ")
        for fields in ({}, asked, {"token": token}):
            if endpoint.is_query:
                answer = client.get(path, params=fields)
            else:
                answer = client.post(path, json=fields)
            issues = endpoint.name in ("rotate_secret", "rotate_session", "invite_member")
            if issues and answer.status_code == 200:
                issuer.issued.update(
                    str(value)
                    for name, value in answer.json().items()
                    if name in SECRETS and value is not None
                )
                if endpoint.name == "rotate_session":
                    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
                continue
            issuer.answers.append((path, answer.text))


def everything_written(database: Database) -> Iterator[tuple[str, str]]:
    """Every row of every table, as text; bytes are in hexadecimal digits."""
    with database.connect() as connection:
        tables = connection.execute(
            "select c.oid::regclass::text, n.nspname, c.relname from pg_class c"
            "  join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%%'"
            "   and n.nspname <> 'information_schema'"
        ).fetchall()
        for name, schema, table in tables:
            whole = sql.SQL("select coalesce(string_agg(t::text, chr(10)), '') from {} t")
            row = connection.execute(whole.format(sql.Identifier(schema, table))).fetchone()
            assert row is not None
            yield name, row[0]


@pytest.mark.one_postgresql
def test_trap_55_secrets_are_in_no_log_no_table_no_event_and_no_other_answer(
    server: Server, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with database.connect() as connection:
        for name, value in VERBOSE.items():
            connection.execute(
                sql.SQL("alter database {} set {} to {}").format(
                    sql.Identifier(database.name), sql.Identifier(name), sql.Literal(value)
                )
            )
    begin = server.cluster.log.stat().st_size
    with Service(database) as service, ExitStack() as listening:
        issuer = Issuer(service)
        clients: list[Api] = []
        while len(issuer.issued) < ISSUED:
            clients.append(issuer.member(f"m{len(clients)}"))
        with database.connect("dba") as connection:
            connection.execute("select apartado.grant_operator(null, 'm0')")
        streams = [
            listening.enter_context(
                EventStream(service.port, "?after=0", Authorization=f"Bearer {client.token}")
            )
            for client in clients[:3]
        ]
        item = service.item(clients[0])
        for client in clients[:3]:
            call_everything(issuer, client)
        clients[1].call("reserve", item=item)
        head = clients[3].ask("get_snapshot")["pos"]
        service.until(lambda: (service.parts.hub.pos or 0) >= head)
        told = [("the stream", str(message)) for message in first_of(streams, head)]
        logged = [
            ("the service's log", record.getMessage() + str(record.exc_info))
            for record in caplog.records
            if record.name.partition(".")[0] in SERVICE_LOGS
        ]
        places = [*issuer.answers, *told, *logged, *everything_written(database)]
    with server.cluster.log.open("rb") as log:
        log.seek(begin)
        server_log = log.read().decode(errors="replace")
    assert server_log.count("apartado.authenticate") > ISSUED, "it did log the statements"
    places.append(("the server's log", server_log))
    assert told
    assert len(issuer.issued) >= ISSUED
    found = [
        (where, secret[:6])
        for where, text in places
        for secret in issuer.issued
        if secret in text or secret.encode().hex() in text
    ]
    assert found == []


def first_of(streams: list[EventStream], last: int) -> Iterator[Any]:
    """What everybody is told up to a position that all of them see a ping or an event beyond."""
    for stream in streams:
        for message in stream.events():
            yield message
            if message.id is not None and message.id >= last - 20:
                break
