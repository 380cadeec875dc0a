"""A public function over HTTP: ``POST /rpc/<command>`` and ``GET /rpc/<query>``.

Bytes come in, become the parameters of one statement, and its rows go out as JSON. Nothing is
decided here about stock, time, people or limits. This is the hot path: the handlers are plain
ASGI routes of Litestar, which is twice as fast as its request and response objects.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl

import msgspec
import psycopg
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from apartado import malformed, statements
from apartado.callers import (
    READ,
    Caller,
    Headers,
    IsGone,
    address_of,
    caller_of,
    forget_cookie,
    gone_of,
    headers_of,
    is_same_origin,
    only,
    preferred_language,
    set_cookie,
)
from apartado.endpoints import Audience, Counted, Endpoint, Rows
from apartado.errors import (
    Messages,
    Problem,
    ProblemAnswer,
    Refusal,
    Unavailable,
    answer_to,
    is_said_here,
)
from apartado.gathering import Asked, Gatherer, Sharer
from apartado.identities import Verifier
from apartado.pool import ClientGone, Pool, Table, take_place
from apartado.rates import Rates
from apartado.shapes import In
from apartado.statements import Sent, Values

NOT_A_PAGE = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
PRIVATE = (b"cache-control", b"no-store")
JSON_HEADERS = [(b"content-type", b"application/json"), NOT_A_PAGE]
PROBLEM_HEADERS = [(b"content-type", b"application/problem+json"), NOT_A_PAGE, PRIVATE]
PRIVATE_HEADERS = [*JSON_HEADERS, PRIVATE]
PUBLIC_HEADERS = [
    *JSON_HEADERS,
    (b"cache-control", b"no-cache"),
    (b"vary", b"Authorization, Cookie, Accept-Language"),
]

# A call that was refused with one of these may have settled rows that were due, and the refusal
# rolled that back: so the service settles them at once.
SETTLE_AFTER = {
    "RS301", "RS302", "RS303", "RS304", "RS305", "RS306", "RS311", "RS401", "RS501", "RS503",
}  # fmt: skip

BEGINS_SESSION = {"sign_in", "sign_in_with_identity", "pair"}

_T = TypeVar("_T", bound=msgspec.Struct)
_encode = msgspec.json.encode

MOST_PARAMETERS = 20_000

NO_FRACTION = str.maketrans(".eE", "xxx")

NAME_CHARACTERS = 100
"""So much is told of a name that somebody made up."""

LONG_BYTES = 64 * 1024
"""A body that is longer is read only after SQL has said that its sender may send it."""

CLOSE = (b"connection", b"close")

TRIES_AT_ONCE = 4
"""Tries at secrets that one service makes at once. Each is counted as a failure until it succeeds,
so a crowd that comes in from one address must not be counted all at once."""


class Told(NamedTuple):
    """The answer to a query."""

    body: bytes
    tag: bytes | None


class Unread(Exception):
    """A request that is refused before its body was read, and why."""

    def __init__(self, why: Exception) -> None:
        super().__init__(why)
        self.why = why


class Service:
    """What the handlers share: the pool, the texts of refusals, and a way to ask for settling."""

    def __init__(
        self,
        pool: Pool,
        messages: Messages,
        settle: Callable[[], None],
        verifier: Verifier | None = None,
    ) -> None:
        self.pool = pool
        self.verifier = verifier or Verifier("", "", [])
        self.messages = messages
        self.settle = settle
        self.rates = Rates(pool)
        self.tries = asyncio.Semaphore(TRIES_AT_ONCE)

    async def problem(
        self,
        error: Exception,
        who: Caller | None,
        language: str | None,
        names: tuple[str, ...] = (),
    ) -> ProblemAnswer:
        """The problem for an exception, in the language of the session, else of the header.

        What SQL said is in it already. For what it was not asked it is asked for the language.
        """
        if who is not None and who.token is not None and is_said_here(error):
            with suppress(psycopg.Error, Unavailable):
                values = [who.token, language]
                _, ((language,),) = await self.pool.run(
                    statements.LANGUAGE_OF_SESSION, values, repeatable=True
                )
        return answer_to(error, self.messages, language, names)


class Rpc:
    """One endpoint."""

    def __init__(self, endpoint: Endpoint, service: Service) -> None:
        self._endpoint = endpoint
        self._service = service
        self._values = Values(endpoint.takes)
        self._decoder = msgspec.json.Decoder(endpoint.takes)
        self._methods = READ if endpoint.is_query else ("POST",)
        self._sharer = Sharer[Told]()
        self._gatherer = None
        if endpoint.together:
            self._gatherer = Gatherer(service.pool, statements.call_together(endpoint))

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with its rows or with a problem."""
        headers = headers_of(scope)
        language = preferred_language(headers.get(b"accept-language"))
        who: Caller | None = None
        sent: Sent | None = None
        try:
            only(scope, self._methods)
            who = self._who(headers)
            request = await self._request(scope, receive, headers, who)
            sent = self._values.of(request)
            if self._endpoint.is_query:
                told = await self._ask(who, sent, gone_of(scope))
                await self._send_query(headers, who, told, send)
                return
            await self._service.rates.count(who)
            if self._endpoint.counted is Counted.NOT:
                table = await self._run(who, headers, sent, gone_of(scope))
            else:
                table = await self._try(scope, who, headers, sent)
            await self._send_command(scope, headers, who, table, send)
        except ClientGone:
            return
        except Exception as error:
            await self._send_problem(error, language, sent, who, send)

    def _who(self, headers: Headers) -> Caller:
        if self._endpoint.name in BEGINS_SESSION:
            # A dead session must not prevent a new sign-in, nor a wrong secret end a live session.
            return Caller(None, False, preferred_language(headers.get(b"accept-language")))
        return caller_of(headers, changes_state=not self._endpoint.is_query)

    # -- what was asked ------------------------------------------------------------------------

    async def _request(self, scope: Scope, receive: Receive, headers: Headers, who: Caller) -> In:
        if self._endpoint.is_query:
            return read_query(scope["query_string"], self._endpoint.takes, self._values.types)
        if scope["query_string"]:
            # Also keeps tokens out of URLs, and so out of the logs of proxies.
            name = _first_name(scope["query_string"])
            raise Refusal("RS205", name, {"expected": "fields in the body"})
        admit = partial(self._admit, who, gone_of(scope))
        body = await read_body(receive, headers, self._endpoint.body_limit, admit)
        if body:
            _only(headers, b"content-type", b"application/json")
            _only(headers, b"content-encoding", b"identity")
        return self._from_json(body or b"{}")

    async def _admit(self, who: Caller, is_gone: IsGone) -> None:
        """Have SQL say whether a long body may come."""
        values = [who.token, who.language]
        try:
            await self._service.pool.run(
                statements.ADMIT_LONG_BODY, values, repeatable=True, is_gone=is_gone
            )
        except (psycopg.Error, Unavailable) as error:
            raise Unread(error) from error

    def _from_json(self, body: bytes) -> In:
        try:
            request: In = self._decoder.decode(body)
            return request
        except msgspec.ValidationError as error:
            given = malformed.in_body(body)
            raise malformed.refused(error, self._values.types, given) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refusal("RS205", None, {"body": "cannot be read as JSON"}) from None

    # -- what is done --------------------------------------------------------------------------

    async def _ask(self, who: Caller, sent: Sent, is_gone: IsGone) -> Told:
        """A query; whoever asks the same in the same moment shares its answer."""
        statement = statements.call(self._endpoint, sent.names, False)
        parameters = statements.parameters(self._endpoint, who.token, who.language, sent)

        async def alone() -> Told:
            return self._told(await self._service.pool.look(statement, parameters, is_gone=is_gone))

        return await self._sharer.answer((statement, *parameters), Asked(alone, is_gone))

    async def _run(self, who: Caller, headers: Headers, sent: Sent, is_gone: IsGone) -> Table:
        endpoint, pool = self._endpoint, self._service.pool
        if endpoint.verified:
            sent = statements.vouched(sent, *self._service.verifier.verify(sent.values[0]))
        key = _idempotency_key(headers) if endpoint.takes_key else None
        parameters = statements.parameters(endpoint, who.token, who.language, sent, key)
        statement = statements.call(endpoint, sent.names, key is not None)
        repeatable = key is not None

        def alone() -> Awaitable[Table]:
            return pool.run(statement, parameters, repeatable=repeatable, is_gone=is_gone)

        if self._gatherer is None:
            return await alone()
        fields = dict(zip(sent.names, sent.values, strict=True))
        about = tuple(fields.get(name) for name in endpoint.together)
        fields |= {"token": who.token, "language": who.language, "idempotency_key": key}
        return await self._gatherer.answer(about, Asked(alone, is_gone, fields, repeatable))

    async def _try(self, scope: Scope, who: Caller, headers: Headers, sent: Sent) -> Table:
        """A try at a secret: counted before, and where it succeeds taken back for the address."""
        service = self._service
        address = address_of(scope)
        subject = sent.values[:1] if self._endpoint.counted is Counted.FIRST_SENT else []
        await take_place(service.tries)
        try:
            statement = statements.count_attempt(self._endpoint)
            counted = [who.token, who.language, address, *subject]
            await service.pool.run(statement, counted, repeatable=False)
            table = await self._run(who, headers, sent, gone_of(scope))
            if address is not None:
                # The try has succeeded, so a failure to take its count back is ignored.
                with suppress(psycopg.Error, Unavailable):
                    statement = statements.take_attempt_back(self._endpoint)
                    taken = [address, *(subject or [None])]
                    await service.pool.run(statement, taken, repeatable=False)
            return table
        finally:
            service.tries.release()

    # -- what is answered ----------------------------------------------------------------------

    def _told(self, table: Table) -> Told:
        """What anybody may ask has a tag; what is told to somebody is for nobody's cache."""
        tag = _entity_tag(table) if self._endpoint.audience is Audience.ANYONE else None
        return Told(_encode(self._content(table)), tag)

    def _content(self, table: Table) -> Any:
        objects = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        if self._endpoint.answer is Rows.MANY:
            return objects
        (only,) = objects
        return only

    async def _send_command(
        self, scope: Scope, headers: Headers, who: Caller, table: Table, send: Send
    ) -> None:
        content = self._content(table)
        extra = self._cookies(scope, headers, who, content)
        await send_bytes(send, 200, [*PRIVATE_HEADERS, *extra], _encode(content))

    async def _send_query(self, headers: Headers, who: Caller, told: Told, send: Send) -> None:
        answer_headers = PUBLIC_HEADERS if who.token is None else PRIVATE_HEADERS
        if told.tag is not None:
            answer_headers = [*answer_headers, (b"etag", told.tag)]
            if is_known(told.tag, headers):
                await send_bytes(send, 304, answer_headers, b"")
                return
        await send_bytes(send, 200, answer_headers, told.body)

    def _cookies(
        self, scope: Scope, headers: Headers, who: Caller, content: dict[str, Any]
    ) -> list[tuple[bytes, bytes]]:
        if self._endpoint.name == "sign_out" and who.by_cookie:
            return [(b"set-cookie", forget_cookie())]
        if self._endpoint.name in BEGINS_SESSION:
            wanted = headers.get(b"x-apartado-cookie") == b"1" and is_same_origin(headers)
        else:
            wanted = self._endpoint.name == "rotate_session" and who.by_cookie
        if not wanted:
            return []
        lasts = content["expires_at"] - content["server_time"]
        token = content.pop("token")
        secure = scope["scheme"] == "https" or headers.get(b"origin", b"").startswith(b"https:")
        return [(b"set-cookie", set_cookie(token, int(lasts.total_seconds()), secure=secure))]

    async def _send_problem(
        self,
        error: Exception,
        language: str | None,
        sent: Sent | None,
        who: Caller | None,
        send: Send,
    ) -> None:
        ends: list[tuple[bytes, bytes]] = []
        if isinstance(error, Unread):
            error, ends = error.why, [CLOSE]
        answer = await self._service.problem(error, who, language, self._names(sent))
        code = answer.problem.code
        if isinstance(error, psycopg.Error) and answer.problem.field in ("issuer", "subject"):
            answer.problem.field = "jwt"  # the field that was sent; these came out of it
        if code in SETTLE_AFTER and not self._endpoint.is_query:
            self._service.settle()
        await send_problem(send, answer, who, ends)

    def _names(self, sent: Sent | None) -> tuple[str, ...]:
        """What the parameters of the statement stand for."""
        if sent is None:
            return ()
        twice = ["jwt"] * self._endpoint.verified  # one field sent, two parameters
        return ("token", "language", *twice, *sent.names, "idempotency_key")


async def send_problem(
    send: Send, answer: ProblemAnswer, who: Caller | None, more: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """A refusal, or what went wrong."""
    headers = [*PROBLEM_HEADERS, *answer.headers, *more]
    if who is not None:
        headers += _forgotten(who, answer.problem)
    await send_bytes(send, answer.problem.status, headers, answer.body)


def _forgotten(who: Caller, problem: Problem) -> list[tuple[bytes, bytes]]:
    """The header with which a browser drops the cookie of a dead session.

    It cannot do so by itself, because scripts cannot see the cookie. A wrong secret or code is
    RS601, too, but says nothing against the session.
    """
    is_dead = who.by_cookie and problem.code == "RS601" and problem.field == "token"
    return [(b"set-cookie", forget_cookie())] if is_dead else []


def read_query(query: bytes, struct: type[_T], types: dict[str, str]) -> _T:
    """The parameters of an address as a struct; those that are lists may be repeated."""
    found: dict[str, Any] = {}
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(query),
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError:
        facts = {"query": "cannot be read as name=value&name=value"}
        if query.count(b"&") >= MOST_PARAMETERS:
            facts = {"most": str(MOST_PARAMETERS)}
        raise Refusal("RS205", None, facts) from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    for name, values in found.items():
        if not types.get(name, "").endswith("[]"):
            if len(values) > 1:
                raise malformed.repeated(name[:NAME_CHARACTERS], len(values))
            found[name] = values[0]
    try:
        asked = msgspec.convert(_without_fractions(found, types), struct, strict=False)
    except msgspec.ValidationError as error:
        raise malformed.refused(error, types, found.get, in_address=True) from None
    for field, sent in zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True):
        # a bare number would be read as seconds since 1970
        if isinstance(getattr(asked, field), datetime) and ":" not in found[sent]:
            raise malformed.unfit_moment_in_address(sent, found[sent])
    return asked


def _without_fractions(found: dict[str, Any], types: dict[str, str]) -> dict[str, Any]:
    """As it is, but with 1e2 and 1.0 made unreadable where msgspec would take them for whole
    numbers, as it does in texts alone: what a body may not say, an address may not."""
    read = dict(found)
    for name, value in found.items():
        if types.get(name) == "bigint[]":
            read[name] = [one.translate(NO_FRACTION) for one in value]
        elif types.get(name) in {"integer", "bigint"}:
            read[name] = value.translate(NO_FRACTION)
    return read


def _first_name(query: bytes) -> str | None:
    name = query.partition(b"&")[0].partition(b"=")[0]
    return name.decode("ascii", "replace")[:NAME_CHARACTERS] or None


def _idempotency_key(headers: Headers) -> str | None:
    raw = headers.get(b"idempotency-key")
    if raw is None:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Refusal("RS205", "idempotency_key", {"expected": "text in UTF-8"}) from None


def is_known(tag: bytes, headers: Headers) -> bool:
    """Whether ``If-None-Match`` names the tag: weakly compared, in a list, or as ``*``."""
    wanted = headers.get(b"if-none-match", b"")
    return wanted.strip() == b"*" or tag.removeprefix(b"W/") in wanted


def _entity_tag(table: Table) -> bytes:
    """A hash of the answer without the time of the answer, which also stands inside snapshots.

    It is a weak one: two answers that differ in nothing but their time have the same.
    """
    rows: list[Any] = table.rows
    if "server_time" in table.columns:
        place = table.columns.index("server_time")
        rows = [row[:place] + row[place + 1 :] for row in rows]
    if "statuses" in table.columns:
        rows = [[_without_server_time(value) for value in row] for row in rows]
    return b'W/"' + hashlib.blake2b(_encode(rows), digest_size=16).hexdigest().encode() + b'"'


def _without_server_time(value: Any) -> Any:
    if not isinstance(value, msgspec.Raw):
        return value
    statuses = msgspec.json.decode(value, type=list[dict[str, msgspec.Raw]])
    return [{**status, "server_time": None} for status in statuses]


def _only(headers: Headers, name: bytes, expected: bytes) -> None:
    """Refuse a body that a header says is something else."""
    said = headers.get(name, expected).split(b";")[0].strip().lower()
    if said != expected:
        given = said.decode("ascii", "replace")[: malformed.GIVEN_CHARACTERS] or "nothing"
        facts = {"expected": expected.decode(), "given": given}
        raise Refusal("RS205", None, facts, status=415)


async def read_body(
    receive: Receive, headers: Headers, limit: int, admit: Callable[[], Awaitable[None]]
) -> bytes:
    """The whole body, or RS204 (413) as soon as it is known to be too long.

    As soon as it is known to be long, and before more of it is read, ``admit`` is asked.
    """
    too_long = Refusal("RS204", None, {"limit": limit}, status=413)
    declared = int(headers.get(b"content-length", b"0"))
    if declared > limit:
        raise too_long
    is_admitted = declared > LONG_BYTES
    if is_admitted:
        await admit()
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part: bytes = message["body"]  # type: ignore[typeddict-item]
        length += len(part)
        if length > limit:
            raise too_long
        if length > LONG_BYTES and not is_admitted:
            await admit()
            is_admitted = True
        parts.append(part)
        if not message["more_body"]:  # type: ignore[typeddict-item]
            return b"".join(parts)


async def send_bytes(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    """A whole answer."""
    length = [(b"content-length", str(len(body)).encode())] if status != 304 else []
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def route(endpoint: Endpoint, service: Service) -> ASGIRouteHandler:
    """The Litestar route of one endpoint."""
    rpc = Rpc(endpoint, service)
    return ASGIRouteHandler(f"/rpc/{endpoint.name}", copy_scope=False)(rpc.answer)
