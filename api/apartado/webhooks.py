"""Sends the events to the servers that operators named, signed as Standard Webhooks has it.

What is sent, in which order, when again and when no more is decided in SQL (claim_webhooks,
note_webhook). Here are the request, its signature, and the hosts that may be called: an operator
names a URL, but whoever runs the service says where it may reach.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from base64 import b64encode
from contextlib import suppress
from typing import Any

import httpx
import psycopg
from msgspec import Raw

from apartado.chores import Chores
from apartado.errors import Unavailable
from apartado.pool import Pool
from apartado.settings import Settings

LOG = logging.getLogger("apartado")

LOOK_SECONDS = 1.0
ANSWER_SECONDS = 10.0
"""How long a server may take. claim_webhooks gives nobody else the message for three times that."""

CLAIM_WEBHOOKS = "select w.webhook_id, w.url, w.message, w.body from apartado.claim_webhooks() as w"
WAITING_WEBHOOKS = "select apartado.waiting_webhooks() as number"
NOTE_WEBHOOK = (
    "select n.arrived from apartado.note_webhook($1::bigint, $2::bigint, $3::integer, $4) as n"
)


class Webhooks:
    """The sender of one service. Several share the work, message by message."""

    def __init__(self, settings: Settings, pool: Pool, chores: Chores) -> None:
        self._hosts = frozenset(settings.webhook_hosts)
        self._keys = settings.webhook_secrets
        self._pool = pool
        self._chores = chores
        # trust_env off: a proxy from the environment could lead past the allowed hosts.
        self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)
        self._under_way: set[asyncio.Task[None]] = set()
        self._has_arrived = asyncio.Event()
        self.waiting: int | None = None
        """Webhooks that wait for a service that may send, where this one may not and has looked."""

    async def send(self) -> None:
        """What is to be sent now, and the pause before the next look: none after one arrived.

        No server waits for another. A service that may call nobody leaves the messages to others.
        """
        if self._hosts:
            await self._chores.attempt("claim_webhooks", self._claim())
        else:
            await self._chores.attempt("waiting_webhooks", self._say_what_waits())
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await self._has_arrived.wait()
        self._has_arrived.clear()

    async def _say_what_waits(self) -> None:
        """Once, when there are some: this service will not send them, and maybe none does."""
        _, ((waiting,),) = await self._pool.run(WAITING_WEBHOOKS, [], repeatable=True)
        if waiting and not self.waiting:
            LOG.warning(
                "%s, and this service may send nothing: another one has to, or set"
                " APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS",
                "1 webhook" if waiting == 1 else f"{waiting} webhooks",
            )
        self.waiting = waiting

    async def _claim(self) -> None:
        _, rows = await self._pool.run(CLAIM_WEBHOOKS, [], repeatable=True)
        for row in rows:
            task = asyncio.create_task(self._deliver(*row))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """What is under way is sent again, by whoever comes next."""
        tasks = [*self._under_way]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    async def _deliver(self, webhook: int, url: str, message: int, body: Raw) -> None:
        status, problem = None, None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                status = await self._post(url, f"{webhook}-{message}", bytes(body))
        except (TimeoutError, httpx.TimeoutException):
            problem = f"no answer within {ANSWER_SECONDS:g} seconds"
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            problem = str(error) or type(error).__name__
        values = [str(webhook), str(message), None if status is None else str(status), problem]
        # If this cannot be noted, the message is sent again.
        with suppress(psycopg.Error, Unavailable):
            _, ((arrived,),) = await self._pool.run(NOTE_WEBHOOK, values, repeatable=True)
            if arrived:
                self._has_arrived.set()

    async def _post(self, url: str, message: str, body: bytes) -> int:
        """The status of the answer; what else it says is not read. It leads nowhere else."""
        where = httpx.URL(url)
        name = where.raw_host.decode("ascii")
        host = f"[{name}]" if ":" in name else name
        port = where.port or (443 if where.scheme == "https" else 80)
        if not self._hosts & {host, f"{host}:{port}"}:
            raise ValueError(f"{host}:{port} is not among APARTADO_WEBHOOK_HOSTS")
        headers = {"content-type": "application/json", **self._signed(message, body)}
        async with self._client.stream("POST", where, content=body, headers=headers) as answer:
            self._client.cookies.clear()
            return answer.status_code

    def _signed(self, message: str, body: bytes) -> dict[str, Any]:
        now = str(int(time.time()))
        signed = b".".join((message.encode(), now.encode(), body))
        marks = (b64encode(hmac.digest(key, signed, "sha256")).decode() for key in self._keys)
        return {
            "webhook-id": message,
            "webhook-timestamp": now,
            "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
        }
