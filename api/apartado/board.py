"""The board at ``/`` and its files, out of the directory ``static``.

Read once, served from memory with an ETag. The policy lets a page load and talk to nothing but
this origin, so an item's title can never become a script that runs. Pictures alone may come from
elsewhere, and only from where the operator says (APARTADO_PICTURES): whose server shows them
learns who looks. The page knows from a meta element which it need not even try.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from apartado.callers import READ, headers_of, only
from apartado.rpc import is_known, send_bytes

STATIC = Path(__file__).parent / "static"
PAGES = {"index.html": "/", "docs.html": "/docs"}

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src {images}; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
PICTURES = b'<meta name="pictures" content="">'

SECURITY_HEADERS = [
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    (b"cache-control", b"no-cache"),
]


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    address: str
    body: bytes
    headers: list[tuple[bytes, bytes]]
    tag: bytes

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        only(scope, READ)
        if is_known(self.tag, headers_of(scope)):
            await send_bytes(send, 304, self.headers, b"")
            return
        await send_bytes(send, 200, self.headers, self.body)


def assets(pictures: tuple[str, ...] = (), directory: Path = STATIC) -> list[Asset]:
    """Every file under ``directory``; ``PAGES`` have an address of their own.

    ``pictures`` are the origins, besides its own, whose pictures the board may show.
    """
    policy = POLICY.format(images=" ".join(["'self'", *pictures])).encode()
    found = []
    for path in sorted(directory.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(directory).as_posix()
            body = path.read_bytes()
            if name == "index.html":
                allowed = PICTURES.replace(b'""', b'"' + " ".join(pictures).encode() + b'"')
                body = body.replace(PICTURES, allowed)
            found.append(_asset(PAGES.get(name, f"/{name}"), path, body, policy))
    return found


def _asset(address: str, path: Path, body: bytes, policy: bytes) -> Asset:
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'.encode()
    headers = [
        (b"content-type", (kind or "application/octet-stream").encode()),
        (b"etag", tag),
        (b"content-security-policy", policy),
        *SECURITY_HEADERS,
    ]
    return Asset(address, body, headers, tag)


def route(asset: Asset) -> ASGIRouteHandler:
    """The Litestar route of one file."""
    return ASGIRouteHandler(asset.address, copy_scope=False)(asset.answer)
