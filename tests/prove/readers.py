"""Readers of the stream, by the dozen in one loop: each notes what it saw, and when."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

PAUSE = 0.05


class Reader:
    """Somebody who reads the whole ledger, and comes back with the cursor whenever it is lost."""

    def __init__(self, ports: list[int], token: str) -> None:
        self._ports, self._token = ports, token
        self.cursor = 0
        self.seen = 0
        self.opened = 0
        self.last = "nothing yet"
        self.wrong: list[str] = []
        self.lateness: list[float] = []
        self._versions: dict[int, int] = {}

    async def read(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                async for message in self._messages():
                    self._take(message)
            except (OSError, EOFError, ValueError) as error:
                self.last = repr(error)
            except Exception as error:
                self.wrong.append(repr(error))
                raise
            self._ports.append(self._ports.pop(0))
            await asyncio.sleep(PAUSE)

    def _take(self, message: dict[str, str]) -> None:
        number = int(message["id"])
        if "event" not in message:
            if number < self.seen:
                self.wrong.append(f"a cursor that goes back: {number} after {self.seen}")
            self.cursor = max(self.cursor, number)
            return
        if message["event"] == "reset" or number != self.seen + 1:
            self.wrong.append(f"{message['event']} {number} after {self.seen}")
        self.cursor = self.seen = number
        data: dict[str, Any] = json.loads(message["data"])
        if "at" in data:
            self.lateness.append(time.time() - datetime.fromisoformat(data["at"]).timestamp())
        item = data.get("item_id")
        if item is not None and data.get("version") is not None:
            if data["version"] < self._versions.get(item, 0):
                self.wrong.append(f"version {data['version']} after {self._versions[item]}")
            self._versions[item] = data["version"]

    async def _messages(self) -> AsyncIterator[dict[str, str]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._ports[0])
        try:
            writer.write(
                f"GET /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self._token}\r\n"
                f"Last-Event-ID: {self.cursor}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise EOFError(head.partition(b"\r\n")[0])
            self.opened += 1
            rest = b""
            while True:
                size = int(await reader.readline(), 16)
                rest += (await reader.readexactly(size + 2))[:-2]
                *blocks, rest = rest.split(b"\n\n")
                for block in blocks:
                    lines = (line.partition(": ") for line in block.decode().splitlines())
                    fields = {name: value for name, _, value in lines if name}
                    if "id" in fields:
                        yield fields
                if not size:
                    raise EOFError
        finally:
            writer.close()
