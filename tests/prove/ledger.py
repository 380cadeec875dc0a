"""What the clients were told, kept by them: only this sees what was acknowledged and is gone."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from prove.clients import Client, Fields, Lost, Reply

PAUSE = 0.05


@dataclass(slots=True)
class Line:
    """One request and its answer; `began` and `ended` are the client's own clock."""

    name: str
    who: str
    fields: Fields
    key: str | None
    began: float
    client: Client | None = field(default=None, repr=False)
    ended: float = 0.0
    code: str | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    tries: int = 0
    version: int | None = None
    """Of the stock row, right after it: said by the answer, or found by the judge."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The answer, a row for each of the lines that were asked for."""
        rows: list[dict[str, Any]] = self.answer.get("rows", [self.answer])
        return rows

    @property
    def took(self) -> float:
        """Seconds from the first try to the answer."""
        return self.ended - self.began


class Ledger:
    """Every line, and what the clients lived through."""

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        self._numbers = itertools.count(1)
        self.lines: list[Line] = []
        self.lost = 0
        self.written = 0
        """How many were acknowledged under a key."""

    @property
    def acknowledged(self) -> list[Line]:
        """What succeeded."""
        return [line for line in self.lines if line.code is None]

    @property
    def codes(self) -> Counter[str]:
        """How often each refusal was given."""
        return Counter(line.code for line in self.lines if line.code is not None)

    def key(self) -> str:
        """A new idempotency key."""
        return f"key {self._mark}{next(self._numbers)}"

    def note(self, name: str, who: str, fields: Fields, answer: dict[str, Any]) -> None:
        """What was acknowledged to somebody who asked in another way, before everybody else."""
        now = time.monotonic()
        line = Line(name, who, fields, None, now, ended=now, answer=answer)
        line.version = answer.get("version")
        self.lines.append(line)

    async def ask(
        self, client: Client, name: str, who: str, *, keyed: bool = True, **fields: Any
    ) -> Line:
        """Ask until there is an answer, under the same key; keep it."""
        key = self.key() if keyed else None
        line = Line(name, who, fields, key, time.monotonic(), client)
        while True:
            line.tries += 1
            try:
                reply: Reply = await client.call(name, who, fields, key)
                break
            except Lost:
                self.lost += 1
                await asyncio.sleep(PAUSE)
        line.ended, line.code = time.monotonic(), reply.code
        if reply.code is None:
            line.answer = reply.rows[0] if len(reply.rows) == 1 else {"rows": reply.rows}
            line.version = line.answer.get("version")
            self.written += key is not None
        self.lines.append(line)
        return line


def longest_silence(lines: Iterable[Line], since: float) -> float:
    """Seconds from a kill to the first success of what was asked, or asked again, after it."""
    later = [line for line in lines if line.began > since or line.tries > 1]
    return min(line.ended for line in later if line.ended > since) - since
