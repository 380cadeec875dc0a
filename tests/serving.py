"""`apartado serve` in a process of its own, as people start it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import httpx

from apartado import embedded
from services import TLS

PATIENCE = 60.0
LOOK = 0.05  # seconds between two questions whether it is ready


def free_port() -> int:
    """One that nobody listens on.

    Not of those that systems give out by themselves: until a service listens there another test
    could be given the same, and answer in its place.
    """
    while True:
        port = 10_000 + secrets.randbelow(22_000)  # not random: tests seed it
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Served:
    """A service in a process of its own."""

    def __init__(
        self,
        data: Path,
        *,
        port: int | None = None,
        log: IO[str] | None = None,
        mistake: str | None = None,
        hang_up: signal.Handlers = signal.SIG_DFL,
        **variables: str,
    ) -> None:
        """On a port of its own, or on this one; what it says goes into a pipe, or to a log.

        mistake is Python that is put in before it begins: a mutant.
        """

        def as_a_shell_begins_it() -> None:
            # a test run in the background of a script ignores both, and so would its children
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, hang_up)

        begin = ["-m", "apartado"]
        if mistake is not None:
            begin = ["-c", f"{mistake}\nfrom apartado.__main__ import main\nmain()"]
        self.port = free_port() if port is None else port
        kept = {key: value for key, value in os.environ.items() if not key.startswith("APARTADO_")}
        self.process = subprocess.Popen(
            [sys.executable, *begin, "serve"],
            env={
                **kept,
                "PYTHONPATH": str(Path(embedded.__file__).parents[1]),
                "APARTADO_DATA": str(data),
                "APARTADO_PORT": str(self.port),
                **variables,
            },
            stdout=subprocess.PIPE if log is None else log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=as_a_shell_begins_it,  # noqa: PLW1509
        )

    def get(self, path: str, **parameters: str) -> Any:
        """A JSON answer."""
        address = f"http://127.0.0.1:{self.port}{path}"
        return httpx.get(address, params=parameters, verify=TLS).json()

    def wait(self) -> None:
        """Until it is ready for requests."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            assert self.process.poll() is None, self.said()
            try:
                if self.get("/health")["ready"]:
                    return
            except httpx.TransportError:
                time.sleep(LOOK)  # not listening yet
        raise AssertionError("the service never got ready")

    def end(self, how: signal.Signals) -> int:
        """Send the signal and wait; gives the exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        """All that it printed; once it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.read()


@contextlib.contextmanager
def serving(
    data: Path, *, hang_up: signal.Handlers = signal.SIG_DFL, **variables: str
) -> Iterator[Served]:
    """`apartado serve` on a data directory, until the end of the block."""
    service = Served(data, port=None, log=None, mistake=None, hang_up=hang_up, **variables)
    try:
        service.wait()
        yield service
    finally:
        if service.process.poll() is None:
            service.end(signal.SIGINT)
        assert service.process.stdout is not None
        service.process.stdout.close()
