"""``GET /metrics``: the figures of the shop out of SQL and those of this process, for Prometheus.

They would tell a competitor how business goes, and behind a proxy every caller seems to come from
this machine. So only operators may read them, and whoever brings ``APARTADO_METRICS_TOKEN``.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import psycopg
from litestar.types import Receive, Scope, Send

from apartado.callers import READ, Caller, caller_of, headers_of, only, preferred_language
from apartado.chores import Chores
from apartado.errors import Unavailable
from apartado.events import Hub
from apartado.pool import Row
from apartado.rpc import NOT_A_PAGE, PRIVATE, Service, send_bytes, send_problem
from apartado.usage import Sample, Usage

COLUMNS = "m.name, m.labels, m.value, m.help, m.type"
FOR_THE_SCRAPER = f"select {COLUMNS} from apartado.metrics() as m"
FOR_A_PERSON = (
    "select (s.m).name, (s.m).labels, (s.m).value, (s.m).help, (s.m).type"
    " from (select apartado.metrics() as m from apartado.authenticate($1, $2) as a offset 0) as s"
)

TEXT_HEADERS = [
    (b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),
    NOT_A_PAGE,
    PRIVATE,
]

Family = tuple[str, str, str, Iterable[Sample]]


class Metrics:
    """The address, and what this process knows of itself."""

    def __init__(
        self, token: str | None, service: Service, usage: Usage, hub: Hub, chores: Chores
    ) -> None:
        self._token = None if token is None else f"Bearer {token}".encode()
        self._service = service
        self._usage = usage
        self._hub = hub
        self._chores = chores

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        who: Caller | None = None
        try:
            only(scope, READ)
            if not self._is_scraper(headers.get(b"authorization", b"")):
                who = caller_of(headers, changes_state=False)
            families = [*await self._shop(who), *self._process()]
        except Exception as error:
            language = preferred_language(headers.get(b"accept-language"))
            answer = await self._service.problem(error, who, language, ("token",))
            await send_problem(send, answer, who)
            return
        await send_bytes(send, 200, TEXT_HEADERS, "".join(_lines(families)).encode())

    async def _shop(self, who: Caller | None) -> list[Family]:
        """As this person may see it; nobody is the scraper."""
        run = self._service.pool.run
        if who is not None:
            _, rows = await run(FOR_A_PERSON, [who.token, who.language], repeatable=True)
            return [_up(1), *_families(rows)]
        try:
            _, rows = await run(FOR_THE_SCRAPER, [], repeatable=True)
        except (psycopg.OperationalError, Unavailable):
            return [_up(0)]
        return [_up(1), *_families(rows)]

    def _is_scraper(self, authorization: bytes) -> bool:
        return self._token is not None and hmac.compare_digest(authorization, self._token)

    def _process(self) -> list[Family]:
        pool = self._service.pool
        connections: list[Sample] = [
            ("", {"state": "in_use"}, pool.in_use),
            ("", {"state": "most"}, pool.size),
        ]
        failures: list[Sample] = [
            ("", {"job": job}, number) for job, number in sorted(self._chores.failures.items())
        ]
        return [
            ("http_requests_total", "Answers by address and status.", "counter",
             self._usage.requests()),
            ("http_request_duration_seconds", "How long answers took.", "histogram",
             self._usage.durations()),
            ("pool_connections", "Connections to the database.", "gauge", connections),
            ("streams", "Open streams.", "gauge", [("", {}, len(self._hub.readers))]),
            ("stream_messages_total", "Messages for readers of the stream.", "counter",
             [("", {}, self._hub.told)]),
            ("streams_cut_off_total", "Readers that took too little.", "counter",
             [("", {}, self._hub.cut_off)]),
            ("stream_position", "The newest event handed out.", "gauge",
             [("", {}, self._hub.pos or 0)]),
            ("job_failures_total", "Jobs that failed here.", "counter", failures),
        ]  # fmt: skip


def _up(value: int) -> Family:
    return ("database_up", "Whether the database answered.", "gauge", [("", {}, value)])


def _families(rows: list[Row]) -> Iterator[Family]:
    samples: dict[str, list[Sample]] = {}
    about: dict[str, tuple[str, str]] = {}
    for name, labels, value, text, kind in rows:
        short = name.removeprefix("apartado_")
        samples.setdefault(short, []).append(("", _read(labels), value))
        about[short] = (text, kind)
    for short, found in samples.items():
        yield (short, *about[short], found)


def _read(labels: Any) -> dict[str, str]:
    return msgspec.json.decode(labels, type=dict[str, str])


def _lines(families: Iterable[Family]) -> Iterator[str]:
    for name, text, kind, samples in families:
        yield f"# HELP apartado_{name} {text}\n# TYPE apartado_{name} {kind}\n"
        for suffix, labels, value in samples:
            inner = ",".join(f'{label}="{_escaped(one)}"' for label, one in labels.items())
            yield f"apartado_{name}{suffix}{'{' + inner + '}' if inner else ''} {value:.17g}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
