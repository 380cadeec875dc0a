"""How an answer goes out: whole, in one packet."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from apartado.server import Whole


class Line:
    """A transport that remembers what was written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed_after = -1

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed_after = len(self.written)


def _write(*parts: bytes, wait: bool = False) -> tuple[list[bytes], int]:
    line = Line()

    async def write() -> None:
        loop = asyncio.get_running_loop()
        connection = SimpleNamespace(transport=line, loop=loop, end=line.close)
        whole = Whole(cast(Any, connection))
        for part in parts:
            whole.write(part)
            if wait:
                await asyncio.sleep(0)
        if not wait:
            whole.close()

    asyncio.run(write())
    return line.written, line.closed_after


def test_the_head_goes_out_with_the_body() -> None:
    """Mutant: two packets, which wake the other side twice: a tenth of all requests fewer."""
    assert _write(b"head", b"body", b"more") == ([b"headbody", b"more"], 2)


def test_a_head_without_a_body_goes_out_before_the_end() -> None:
    assert _write(b"head") == ([b"head"], 1)


def test_the_head_of_a_stream_waits_for_nothing() -> None:
    assert _write(b"head", b"later", wait=True) == ([b"head", b"later"], -1)
