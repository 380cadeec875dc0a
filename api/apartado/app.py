"""The service: functions under ``/rpc``, the stream, health, the description and the board."""

from __future__ import annotations

import asyncio
import gc
import logging
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import msgspec
from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from apartado import board, openapi, rpc, stream
from apartado.callers import READ, headers_of, only, preferred_language
from apartado.chores import TICK_SECONDS, Chores
from apartado.endpoints import ENDPOINTS
from apartado.errors import Messages, NotServed, answer_to
from apartado.events import Hub
from apartado.front import Front
from apartado.hearing import Hearing
from apartado.identities import verifier_for
from apartado.metrics import Metrics
from apartado.migrations import newest_migration
from apartado.pool import Pool
from apartado.positions import Positions
from apartado.rpc import PRIVATE_HEADERS, PROBLEM_HEADERS, Service, send_bytes
from apartado.server import Server, server_for
from apartado.settings import Settings
from apartado.usage import Usage
from apartado.webhooks import Webhooks

LOG = logging.getLogger("apartado")

ADDRESSES = [
    *(f"/rpc/{endpoint.name}" for endpoint in ENDPOINTS),
    *("/events", "/health", "/metrics", "/openapi.json", "/"),
]
"""What requests are counted by."""

CHORES_CONNECTIONS = 3
"""Besides those of requests: behind a crowd of these no job found one, and health said that the
database was away. Three, because a job may take long, and a sweep or a webhook may wait."""

FIRST_LOOK_SECONDS = 1.0
"""How long a start waits for the database before it serves without."""

TABLES = {
    "behind": "the database is of an older version, so this service is not ready: run apartado"
    " migrate with a login that may",
    "ahead": "the database was migrated by a newer version of Apartado: start that one",
}
"""What is said of tables that are not those of this version."""

GARBAGE_AFTER = 10_000
"""New objects between two collections. A crowd of requests makes the usual 700 in a moment."""


class Parts:
    """What one service consists of, and its beginning and end."""

    def __init__(self, settings: Settings, database_url: str, listen_url: str | None) -> None:
        self.pool = Pool(database_url, settings.pool_size)
        self._own_pool = Pool(database_url, CHORES_CONNECTIONS)
        self.hub = Hub(listen_url or database_url)
        self.messages = Messages()
        self.usage = Usage(ADDRESSES, streams=("/events",))
        self.chores = Chores(self._own_pool, self.messages)
        self.service = Service(self.pool, self.messages, self.chores.settle, verifier_for(settings))
        self.stream = stream.Stream(self.hub, self.service)
        self.positions = Positions(self.hub, self.pool)
        self.hearing = Hearing(self.hub, self._own_pool)
        self.webhooks = Webhooks(settings, self._own_pool, self.chores)
        self.metrics = Metrics(
            settings.metrics_token, self.service, self.usage, self.hub, self.chores
        )
        self._migration = newest_migration()
        self._said_of_tables = "ok"

    @asynccontextmanager
    async def lifespan(self, _app: Litestar) -> AsyncIterator[None]:
        self.hub.start()
        await asyncio.gather(self.hub.wait(FIRST_LOOK_SECONDS), self.chores.begin())
        self.chores.start(
            self.stream.watch_sessions,
            self.positions.tell_positions,
            self.hearing.ring,
            self.webhooks.send,
            self._look_at_limits,
            self._look_at_connections,
            self._look_at_tables,
        )
        try:
            yield
        finally:
            await self.hub.close()
            await self.chores.close()
            await self.webhooks.close()
            await self._own_pool.close()
            await self.pool.close()

    async def _look_at_limits(self) -> None:
        await self.chores.attempt("count_commands", self.service.rates.look())
        await asyncio.sleep(TICK_SECONDS)

    async def _look_at_connections(self) -> None:
        await self.pool.try_again()
        await asyncio.sleep(TICK_SECONDS)

    async def _look_at_tables(self) -> None:
        """Also in the log, because whoever starts a version looks there before at its health."""
        tables = self._tables()
        if tables != self._said_of_tables and tables in TABLES:
            LOG.warning(TABLES[tables])
        self._said_of_tables = tables
        await asyncio.sleep(TICK_SECONDS)

    async def health(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers from what is known already: asking the database could take its time.

        Late jobs, a deaf listener and a newer database are said, but do not stand in the way of
        being ready.
        """
        only(scope, READ)
        tables = self._tables()
        database, listener = self.chores.reaches_the_database, self.hub.is_alive
        none = self.pool.has_none
        ready = database and listener and tables != "behind" and not none
        checks = {
            "database": "ok" if database else "away",
            "listener": self._listener(),
            "tables": tables,
            "jobs": f"{self.chores.late_jobs} late" if self.chores.late_jobs else "ok",
            "connections": (
                "none to be had" if none else f"{self.pool.in_use} of {self.pool.size} in use"
            ),
            "streams": len(self.hub.readers),
        }
        body = msgspec.json.encode({"live": True, "ready": ready, "checks": checks})
        await send_bytes(send, 200 if ready else 503, PRIVATE_HEADERS, body)

    def _listener(self) -> str:
        if not self.hub.is_alive:
            return "away"
        return "deaf" if self.hearing.is_deaf else "ok"

    def _tables(self) -> str:
        """How the tables of the database stand to those that this version was made for."""
        found = self.chores.migration
        if found is None:
            return "unknown"
        if found == self._migration:
            return "ok"
        return "behind" if found < self._migration else "ahead"


def create_app(settings: Settings, database_url: str, listen_url: str | None = None) -> Litestar:
    """The Litestar application; its parts are in ``app.state.parts``.

    ``database_url`` logs in as ``apartado_api``; ``listen_url`` is a direct connection for LISTEN
    where the other goes through a pooler.
    """
    parts = Parts(settings, database_url, listen_url)
    description = openapi.encoded()

    async def describe(scope: Scope, receive: Receive, send: Send) -> None:
        only(scope, READ)
        headers = [*rpc.JSON_HEADERS, (b"cache-control", b"no-cache")]
        await send_bytes(send, 200, headers, description)

    app = Litestar(
        route_handlers=[
            *(rpc.route(endpoint, parts.service) for endpoint in ENDPOINTS),
            stream.route(parts.stream),
            ASGIRouteHandler("/health", copy_scope=False)(parts.health),
            ASGIRouteHandler("/metrics", copy_scope=False)(parts.metrics.answer),
            ASGIRouteHandler("/openapi.json", copy_scope=False)(describe),
            *(board.route(asset) for asset in board.assets(settings.pictures)),
        ],
        lifespan=[parts.lifespan],
        exception_handlers={Exception: _problem},
        openapi_config=None,
        logging_config=None,
    )
    app.state.parts = parts
    return app


def _problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What Litestar itself refuses (no such address), and what no handler caught."""
    if isinstance(error, HTTPException) and error.status_code < 500:
        error = NotServed(error.status_code)
    language = preferred_language(headers_of(request.scope).get(b"accept-language"))
    answer = answer_to(error, Messages(), language)
    headers = {name.decode(): value.decode() for name, value in [*PROBLEM_HEADERS, *answer.headers]}
    return Response(
        answer.body,
        status_code=answer.problem.status,
        headers=headers,
        media_type="application/problem+json",
    )


def create_server(settings: Settings, database_url: str, listen_url: str | None = None) -> Server:
    """The application under uvicorn, not yet running."""
    app = create_app(settings, database_url, listen_url)
    parts = cast(Parts, app.state.parts)
    front = Front(app, settings.cors_origins, parts.usage)
    return server_for(front, parts.hub.close, settings)


def _take_all_descriptors() -> None:
    """Raise the soft limit of open files to the hard one: each stream needs a descriptor, and the
    soft limit is about a thousand, for the sake of old programs that use select()."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):  # some systems refuse even the hard limit
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def run(settings: Settings, database_url: str, listen_url: str | None = None) -> None:
    """Serve until SIGINT or SIGTERM."""
    _take_all_descriptors()
    server = create_server(settings, database_url, listen_url)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    # Everything that exists now lives as long as the process: having the garbage collector scan
    # it again and again took a tenth of each request.
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
    server.run()
