"""`house/who_may_what.md`: a call of every function, and the scene in which it is made."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psycopg

from apartado import statements
from apartado.endpoints import Endpoint

TABLE = Path(__file__).parent / "house" / "who_may_what.md"
SCENE = TABLE.with_suffix(".sql").read_text(encoding="utf-8")

THINGS = {
    "free": "select apartado.item_id('free')",
    "held": "select apartado.item_id('held')",
    "wanted": "select apartado.item_id('wanted')",
    "offered": "select apartado.item_id('offered')",
    "sold": "select apartado.item_id('sold')",
    "drop": "select drop_id from apartado.drops where title = 'Soon'",
    "wave": "select wave_id from apartado.waves",
    "lottery": "select drop_id from apartado.lotteries",
    "drawn": "select apartado.item_id('zine')",
    "reservation": "select reservation_id from apartado.reservations r"
    " join apartado.members m using (member_id) where m.alias = 'ana' and r.status = 'active'",
    "offer": "select queue_entry_id from apartado.queue_entries where status = 'offered'",
    "entry": "select queue_entry_id from apartado.queue_entries where status = 'waiting'",
    "purchase": "select min(purchase_id) from apartado.purchases",
    "cart": "select cart_id from apartado.carts",
    "order": "select order_id from apartado.orders",
    "webhook": "select webhook_id from apartado.webhooks",
    "media": "select media_id from apartado.media",
    "session": "select session_id from apartado.sessions"
    " join apartado.members m using (member_id) where m.alias = 'ana'",
}
"""What the arguments of a line may name with a $, and where it is."""

ROW = re.compile(r"^\| `(\w+)` \| (?:`(.*)`)? ?\| (.*) \|$", re.M)


TRIED = ("ana", "olga", "ben", "anonymous")
"""Callers, of whom one is granted what the scene allows at all."""


class Line(NamedTuple):
    """A line of the table: the arguments that are tried, what each caller gets, and the roles."""

    name: str
    arguments: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        arguments = f"`{self.arguments}`" if self.arguments else ""
        return f"| `{self.name}` | {arguments} | {' | '.join(self.cells)} |"


def read_table(text: str) -> list[Line]:
    return [
        Line(name, arguments, tuple(cells.split(" | ")))
        for name, arguments, cells in ROW.findall(text)
    ]


LINES = read_table(TABLE.read_text(encoding="utf-8"))


def prepared(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Make the scene, and find the things that are in it."""
    connection.execute(SCENE.encode())
    found = {name: connection.execute(query.encode()).fetchall() for name, query in THINGS.items()}
    return {name: only for name, ((only,),) in found.items()}


def call(endpoint: Endpoint, caller: str, fields: dict[str, Any]) -> tuple[bytes, list[str | None]]:
    """The statement of the service and its values; the token of a session is who it is of."""
    request = msgspec.json.decode(msgspec.json.encode(fields), type=endpoint.takes)
    sent = statements.Values(endpoint.takes).of(request)
    if endpoint.verified:
        sent = statements.vouched(sent, "https://login.example", "248289761001")
    token = None if caller == "anonymous" else caller
    values = statements.parameters(endpoint, token, "en", sent)
    return statements.call(endpoint, sent.names, False).encode(), values


def filled(arguments: str, things: dict[str, int]) -> dict[str, Any]:
    """The arguments with the things that they name."""
    found: dict[str, Any] = msgspec.json.decode(arguments or "{}")
    return {name: _filled(value, things) for name, value in found.items()}


def _filled(value: Any, things: dict[str, int]) -> Any:
    if isinstance(value, list):
        return [_filled(one, things) for one in value]
    if isinstance(value, dict):
        return {name: _filled(one, things) for name, one in value.items()}
    return things[value[1:]] if isinstance(value, str) and value.startswith("$") else value
