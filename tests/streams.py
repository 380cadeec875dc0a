"""A reader of the stream for tests: blocking, byte by byte, with the cursor of a browser."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services import HOST, PATIENCE


@dataclass(frozen=True)
class Message:
    """One block of the stream; a ping or the opening has no kind."""

    id: int | None
    kind: str | None
    data: Any


class Ended(Exception):
    """The service ended the stream."""


class EventStream:
    """One open stream. `cursor` is what a browser would send as Last-Event-ID."""

    receive_buffer: int | None = None

    def __init__(self, port: int, query: str = "", **headers: str) -> None:
        self._socket = socket.socket()
        if self.receive_buffer is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.receive_buffer)
        self._socket.settimeout(PATIENCE)
        self._socket.connect((HOST, port))
        lines = [f"GET /events{query} HTTP/1.1", f"Host: {HOST}:{port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._file = self._socket.makefile("rb")
        self.status = int(self._file.readline().split()[1])
        self.headers: dict[str, str] = {}
        while line := self._file.readline().strip():
            name, _, value = line.decode().partition(":")
            self.headers[name.lower()] = value.strip()
        self.cursor: int | None = None

    def __enter__(self) -> EventStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def body(self) -> Any:
        """The body of a problem."""
        return json.loads(self._file.read(int(self.headers["content-length"])))

    def _lines(self) -> Iterator[str]:
        """The lines inside the chunks of the transfer."""
        rest = b""
        while True:
            try:
                size = int(self._file.readline() or b"0", 16)
                chunk = self._file.read(size) if size else b""
                self._file.readline()
            except ConnectionError:
                raise Ended from None
            if not chunk:
                raise Ended
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line.decode() for line in whole)

    def messages(self) -> Iterator[Message]:
        """Everything, the opening and pings included, until the stream ends."""
        fields: dict[str, str] = {}
        end = time.monotonic() + PATIENCE
        for line in self._lines():
            assert time.monotonic() < end, "what was waited for did not come"
            if line:
                name, _, value = line.partition(":")
                fields[name] = value.strip()
            elif fields:
                if "id" in fields:
                    self.cursor = int(fields["id"])
                data = json.loads(fields["data"]) if "data" in fields else None
                number = int(fields["id"]) if "id" in fields else None
                yield Message(number, fields.get("event"), data)
                fields = {}

    def events(self) -> Iterator[Message]:
        """What a browser would hand to its listeners."""
        return (message for message in self.messages() if message.kind is not None)


class SlowStream(EventStream):
    """One with so little room that the service notices soon when nobody reads."""

    receive_buffer = 4096
