"""uvicorn, with the two things that long-lived streams need and it does not have."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any, cast

import uvicorn
from litestar import Litestar
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

GRACE_SECONDS = 1

Closing = Callable[[], Awaitable[None]]


class Protocol(HttpToolsProtocol):
    """Lets the application drop a connection whose other side does not read."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        extensions = cast(dict[str, Any], self.scope.setdefault("extensions", {}))
        extensions["apartado.abort"] = self.transport.abort


class Server(uvicorn.Server):
    """Ends the streams before it waits for open requests: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, close_streams: Closing) -> None:
        super().__init__(config)
        self._close_streams = close_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._close_streams()
        await super().shutdown(sockets)


def server_for(app: Litestar, close_streams: Closing, host: str, port: int) -> Server:
    """One worker, no access log: what is asked for, and with which token, is nobody's business."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=Protocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level=logging.WARNING,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return Server(config, close_streams)
