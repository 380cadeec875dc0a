"""A connection for tests of HTTP itself: what is sent is said byte by byte."""

from __future__ import annotations

import socket

from services import HOST, PATIENCE, Service


class Wire:
    """One connection, byte by byte."""

    def __init__(self, service: Service, receive_buffer: int | None = None) -> None:
        self._socket = socket.socket()
        if receive_buffer is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(PATIENCE)
        self._socket.connect((HOST, service.port))
        self._rest = b""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def send_no_more(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def read_on(self, length: int) -> None:
        """Take at least so many bytes more of the answer."""
        length += len(self._rest)
        while len(self._rest) < length:
            assert self._more(), "the service closed in the middle of an answer"

    def all(self) -> bytes:
        """Everything until the service closes."""
        while self._more():
            pass
        return self._rest

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """The next answer whole: status, headers, body."""
        while b"\r\n\r\n" not in self._rest:
            assert self._more(), "the service closed without an answer"
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {line.split(":")[0].lower(): line.split(":", 1)[1].strip() for line in lines}
        length = int(headers.get("content-length", 0))
        while len(self._rest) < length:
            assert self._more(), "the answer ended too soon"
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(first.split(" ")[1]), headers, body

    def _more(self) -> bool:
        try:
            data = self._socket.recv(65_536)
        except ConnectionResetError:
            return False
        self._rest += data
        return bool(data)
