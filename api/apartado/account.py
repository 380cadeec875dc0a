"""Who the embedded PostgreSQL runs as, which refuses to run as root."""

from __future__ import annotations

import os
import pwd
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from apartado.settings import Trouble


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as instead of root."""

    name: str
    uid: int
    gid: int

    @staticmethod
    def needed(data: Path) -> Account | None:
        """None for everybody but root, whom PostgreSQL refuses to serve.

        Where another user made the directory, the server goes on as that user.
        """
        if os.geteuid() != 0:
            return None
        owner = data.stat()
        if owner.st_uid != 0:
            return Account(user_name(owner.st_uid), owner.st_uid, owner.st_gid)
        for name in ("postgres", "nobody"):
            with suppress(KeyError):
                entry = pwd.getpwnam(name)
                return Account(name, entry.pw_uid, entry.pw_gid)
        raise Trouble(
            "PostgreSQL does not run as root, and this system has neither a user postgres nor "
            "nobody to run it as. Start Apartado as another user."
        )

    def can_reach(self, path: Path) -> bool:
        """Whether every directory on the way to `path` lets this account through."""
        return all(self._may_enter(step.stat()) for step in (path, *path.parents))

    def _may_enter(self, directory: os.stat_result) -> bool:
        if directory.st_uid == self.uid:
            return bool(directory.st_mode & 0o100)
        if directory.st_gid == self.gid:
            return bool(directory.st_mode & 0o010)
        return bool(directory.st_mode & 0o001)


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
