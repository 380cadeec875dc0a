"""A private PostgreSQL in one directory: created, started, shared and stopped.

The directory holds `postgresql/` (the cluster), `postgresql.log`, the Unix socket and three lock
files. Nobody but its owner can enter it, which is why connections over the socket need no password
and why there is no TCP port at all.

Three things are less obvious than they look:

* PostgreSQL refuses to run as root. Then it runs as `postgres` or `nobody`, and reaches the cluster
  as its working directory (`/proc/self/cwd`), because the way there may lead through a home that
  only root can enter. No permission outside the directory is ever changed.
* The service may be killed while PostgreSQL goes on. The next start adopts what still runs, and a
  postmaster.pid whose process is something else by now is not believed, unless the socket answers:
  then the server is in another container on the same volume.
* `apartado admin` beside a running service uses the service's PostgreSQL. Who leaves last stops it:
  every user holds a shared lock, which the operating system releases whatever becomes of the user.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from apartado.account import Account, user_name
from apartado.binaries import Binaries, environment, find_binaries, system_bindirs
from apartado.settings import Trouble

LOG = logging.getLogger("apartado")

SUPERUSER = "postgres"
DATABASE = "apartado"
LONGEST_SOCKET_DIRECTORY = 85  # the whole socket path must stay below 108 bytes
LARGEST_LOG = 16 * 1024 * 1024
PATIENCE = 30.0  # seconds in which what a kill left behind must be gone
LOOK_SECONDS = 1.0  # between two looks whether the server is still there
COPIES = Path("/var/tmp")  # noqa: S108 only root writes here, into names that nobody else made
UNFINISHED = "unfinished-"  # what initdb is still making, or was when it was killed
NO_PROCESS = 2**22 + 1  # above every process number that a kernel gives
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "jit": "off",
    # 200 people at once for one copy at SERIALIZABLE need more than the 64 of the default
    "max_pred_locks_per_transaction": "256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "cluster_name": "apartado",
}


@dataclass
class Cluster:
    """The PostgreSQL of one data directory.

    `settings` are added to the server's own (the tests switch fsync off with them). After `start`
    the database `apartado` exists and `url` leads to it.
    """

    data: Path
    bindir: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    _locks: dict[str, IO[bytes]] = field(default_factory=dict, init=False)
    _account: Account | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.data = Path(self.data).absolute()

    # -- what others use ----------------------------------------------------------------------

    @property
    def pgdata(self) -> Path:
        """The cluster itself, as pg_ctl and pg_dumpall know it."""
        return self.data / "postgresql"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.data / "postgresql.log"

    @property
    def socket_directory(self) -> Path:
        """The `host` of every connection."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_DIRECTORY:
            return self.data
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"apartado-{os.geteuid()}-{mark}"

    def url(self, user: str = SUPERUSER, dbname: str = DATABASE) -> str:
        """Connection string (libpq conninfo) for one user and database."""
        return make_conninfo("", host=str(self.socket_directory), user=user, dbname=dbname)

    def start(self, *, service: bool = False) -> None:
        """Create the cluster if there is none, start it or adopt it, and stay a user of it.

        service=True is for the one process that serves: a second one is refused.
        """
        self._prepare_directory()
        with ExitStack() as undo:
            undo.callback(self.stop)
            if service:
                self._lock("service", fcntl.LOCK_EX | fcntl.LOCK_NB)
            with self._alone():
                self._lock("users", fcntl.LOCK_SH)
                self._bring_up()
            undo.pop_all()

    def stop(self) -> None:
        """Leave; the last one to leave stops the server."""
        if not self.data.is_dir():
            return  # somebody removed it, and a server whose files are gone ends by itself
        with self._alone():
            self._release("users")
            with suppress(BlockingIOError):
                self._flock("users", fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._release("users")
                if self._is_seen():  # otherwise the pid is of another process, or container
                    self._pg_ctl("stop", "--mode=fast", "--timeout=60")
        self._release("service")

    @contextmanager
    def started(self, *, service: bool = False) -> Iterator[Cluster]:
        """`start` and `stop` around a block."""
        self.start(service=service)
        try:
            yield self
        finally:
            self.stop()

    @contextmanager
    def kept_up(self) -> Iterator[None]:
        """Start the server anew whenever it is gone, killed or stopped, until the block ends."""
        ended = threading.Event()
        keeper = threading.Thread(target=self._keep_up, args=[ended], name="keeper", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()

    def _keep_up(self, ended: threading.Event) -> None:
        said = ""
        while not ended.wait(LOOK_SECONDS):
            if self.running() or not (self.pgdata / "PG_VERSION").exists():
                continue  # without its files a start would make an empty shop
            try:
                with self._alone():
                    self._bring_up()
            except (Trouble, OSError) as trouble:
                if str(trouble) != said:
                    LOG.error("%s", trouble)
                said = str(trouble)
            else:
                LOG.warning("PostgreSQL was gone; it was started again")
                said = ""

    def must_be_made(self) -> None:
        """For what is about a shop: in another directory it would be answered by an empty one."""
        if not self.data.is_dir() or (os.access(self.data, os.X_OK) and not self.pgdata.is_dir()):
            raise Trouble(
                f"There is no database in {self.data.absolute()}. Go where `apartado serve` was "
                "started, or name its directory in APARTADO_DATA, or a server that runs in "
                "APARTADO_DATABASE_URL. To begin a new one here, run apartado migrate."
            )

    def running(self) -> bool:
        """Whether a server is at work on this directory, whoever started it.

        In another container on the same volume its process cannot be seen, but its socket answers.
        """
        return self._is_seen() or self._answers()

    def _is_seen(self) -> bool:
        process = self._postmaster()
        return process is not None and _works_in(process, self.pgdata)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.setblocking(False)
            try:
                line.connect(str(self.socket_directory / ".s.PGSQL.5432"))
            except BlockingIOError:
                pass  # the backlog is full, so it listens
            except OSError:
                return False
        return True

    # -- directory ----------------------------------------------------------------------------

    def _prepare_directory(self) -> None:
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            names = {entry.name for entry in self.data.iterdir()}
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None
        if names and not names & {"postgresql", "lock", "users", "service"}:
            raise self._unusable("it is not empty and holds something else")
        state = self.data.stat()
        if os.geteuid() not in (0, state.st_uid):
            owner = user_name(state.st_uid)
            raise self._unusable(f"it belongs to the user {owner}, who has used it before")
        try:
            self._account = Account.needed(self.data)
            if self._account is not None and state.st_uid == 0:
                os.chown(self.data, self._account.uid, self._account.gid)
            if state.st_mode & 0o077:
                self.data.chmod(0o700)
            with self._open("lock"):
                pass
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None

    def _unusable(self, reason: str) -> Trouble:
        return Trouble(
            f"The data directory {self.data} cannot be used: {reason}. Name another one in "
            "APARTADO_DATA, or put this one right."
        )

    def _prepare_socket_directory(self) -> None:
        directory = self.socket_directory
        if directory == self.data:
            return
        directory.mkdir(mode=0o700, exist_ok=True)
        wanted = self._account.uid if self._account else os.geteuid()
        state = directory.lstat()
        if self._account is not None and state.st_uid == 0:
            os.chown(directory, self._account.uid, self._account.gid)
            state = directory.lstat()
        if state.st_uid != wanted or state.st_mode & 0o077 or not directory.is_dir():
            raise Trouble(
                f"The path {self.data} is too long for a Unix socket, and {directory}, which would "
                "hold the socket instead, belongs to somebody else. Remove it, or choose a shorter "
                "path in APARTADO_DATA."
            )

    # -- locks --------------------------------------------------------------------------------

    def _open(self, name: str) -> IO[bytes]:
        handle = open(self.data / name, "ab")  # noqa: SIM115 it stays open as long as it is locked
        if self._account is not None:
            os.fchown(handle.fileno(), self._account.uid, self._account.gid)
        return handle

    def _flock(self, name: str, how: int) -> None:
        handle = self._open(name)
        try:
            fcntl.flock(handle, how)
        except BaseException:
            handle.close()
            raise
        self._locks[name] = handle

    def _lock(self, name: str, how: int) -> None:
        try:
            self._flock(name, how)
        except BlockingIOError:
            raise Trouble(
                f"Another Apartado service is already running on {self.data}. Use that one, stop "
                "it, or give this one a directory of its own in APARTADO_DATA."
            ) from None

    def _release(self, *names: str) -> None:
        for name in names:
            if name in self._locks:
                self._locks.pop(name).close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While it is decided whether to start or stop, nobody else decides."""
        self._flock("lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            self._release("lock")

    # -- server -------------------------------------------------------------------------------

    def _postmaster(self) -> int | None:
        try:
            first_line = (self.pgdata / "postmaster.pid").read_text().splitlines()[0]
            return int(first_line)
        except (OSError, IndexError, ValueError):
            return None

    def _bring_up(self) -> None:
        """Adopt or start the server, and see it answer.

        What is left of a killed service or server may take a moment to go: a server in the middle
        of its shutdown, or children that outlive their postmaster and hold its shared memory.
        """
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                if not self.running():
                    self._start_server()
                return self._make_database()
            except (_NotYet, psycopg.OperationalError) as error:
                if time.monotonic() > give_up:
                    raise Trouble(
                        f"The embedded PostgreSQL on {self.data} does not answer: "
                        f"{' '.join(str(error).split())} Its log is {self.log}."
                    ) from None
                time.sleep(0.1)

    def _start_server(self) -> None:
        binaries = self._reachable(find_binaries(self.bindir))
        self._check_version(binaries)
        if not (self.pgdata / "PG_VERSION").exists():
            self._initdb(binaries)
        self._disown_stranger()
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.old"))
        self._prepare_socket_directory()
        inside = self.socket_directory == self.data
        settings = {
            **SETTINGS,
            "unix_socket_directories": ".." if inside else str(self.socket_directory),
            **self.settings,
        }
        options = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in settings.items())
        started = self._pg_ctl(
            "start", "--wait", "--timeout=300", "--log=../postgresql.log", f"--options={options}",
            binaries=binaries,
        )  # fmt: skip
        if started.returncode != 0:
            said = self.log.read_text(errors="replace") if self.log.exists() else started.stdout
            last_words = " / ".join(line.strip() for line in said.strip().splitlines()[-6:])
            if "shared memory block" in last_words:
                raise _NotYet(last_words)
            raise Trouble(
                f"PostgreSQL did not start on {self.data}. Its log, {self.log}, ends with: "
                f"{last_words}"
            )

    def _disown_stranger(self) -> None:
        """Where the process in a stale postmaster.pid is somebody else's by now, name none.

        Only the number is changed: PostgreSQL needs the rest of the file, to see that no child of
        the dead server still holds its shared memory.
        """
        process = self._postmaster()
        if process is None or not _exists(process):
            return
        path = self.pgdata / "postmaster.pid"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join([f"{NO_PROCESS}\n", *lines[1:]]))
        for leftover in self.socket_directory.glob(".s.PGSQL.*"):
            leftover.unlink()

    def _check_version(self, binaries: Binaries) -> None:
        try:
            made_by = int((self.pgdata / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return
        if made_by == binaries.major:
            return
        fitting = [path for path in system_bindirs() if int(path.parent.name) == made_by]
        where = fitting[0] if fitting else f"the bin directory of a PostgreSQL {made_by}"
        raise Trouble(
            f"The data directory {self.data} was made by PostgreSQL {made_by}, but the PostgreSQL "
            f"found here is {binaries.major} ({binaries.directory}), which cannot read it. To go "
            f"on as before, set APARTADO_PG_BINDIR to {where}. To move to {binaries.major}, dump "
            f"it with version {made_by}'s pg_dumpall and load the dump into a new directory "
            "(APARTADO_DATA), or run pg_upgrade."
        )

    def _initdb(self, binaries: Binaries) -> None:
        """Make the cluster in a directory of its own, and put it into its place when it is whole.

        One that was interrupted looks like a cluster, which never starts, and its initdb may go on.
        """
        for leftover in self.data.glob(f"{UNFINISHED}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        try:
            if any(not path.is_dir() for path in self.pgdata.rglob("*")):
                raise self._unusable("postgresql in it holds files, but no PG_VERSION")
            shutil.rmtree(self.pgdata, ignore_errors=True)
            scratch = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.data))
            if self._account is not None:
                os.chown(scratch, self._account.uid, self._account.gid)
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None
        made = self._run(
            binaries.directory / "initdb", f"--username={SUPERUSER}", "--encoding=UTF8",
            f"--locale={'en_US.UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}",
            "--auth-local=trust", "--auth-host=reject", directory=scratch,
        )  # fmt: skip
        if made.returncode != 0:
            shutil.rmtree(scratch, ignore_errors=True)
            raise Trouble(
                f"The data directory {self.data} could not be made: "
                + " / ".join(made.stderr.strip().splitlines())
            )
        scratch.rename(self.pgdata)
        _sync(self.data)

    def _pg_ctl(
        self, *arguments: str, binaries: Binaries | None = None
    ) -> subprocess.CompletedProcess[str]:
        directory = (binaries or self._reachable(find_binaries(self.bindir))).directory
        return self._run(directory / "pg_ctl", *arguments)

    def _run(
        self, program: Path, *arguments: str, directory: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs in the cluster, never as root."""
        account = self._account
        directory = directory or self.pgdata
        return subprocess.run(
            [program, "-D", str(directory) if account is None else "/proc/self/cwd", *arguments],
            cwd=directory, env=environment(), stdin=subprocess.DEVNULL, capture_output=True,
            text=True, errors="replace", check=False,
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
            start_new_session=True,  # Ctrl-C at the terminal is for the service, which stops us
        )  # fmt: skip

    def _reachable(self, binaries: Binaries) -> Binaries:
        """The same programs where the account can run them.

        PostgreSQL finds its libraries through its own path, so no working directory helps here: a
        copy in /var/tmp is made, once for each installed version.
        """
        account = self._account
        if account is None or account.can_reach(binaries.directory):
            return binaries
        package = binaries.directory.parent.parent
        mark = hashlib.sha256(os.fsencode(package)).hexdigest()[:12]
        stamp = int((binaries.directory / "postgres").stat().st_mtime)
        copy = COPIES / f"apartado-postgresql-{binaries.major}-{mark}-{stamp}"
        if not copy.exists():
            scratch = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=copy.parent))
            try:
                for part in (binaries.directory.parent, package.with_name(f"{package.name}.libs")):
                    if part.exists():
                        place = scratch / part.relative_to(package.parent)
                        shutil.copytree(part, place, symlinks=True)
                scratch.chmod(0o755)
                with suppress(OSError):  # another process was quicker
                    scratch.rename(copy)
            except OSError as error:
                raise Trouble(
                    f"PostgreSQL's programs cannot be copied to {copy}: {error}"
                ) from None
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        if copy.lstat().st_uid != 0 or copy.is_symlink():
            raise Trouble(
                f"{copy} should hold PostgreSQL's programs, but it is not root's. Remove it, or "
                "set APARTADO_PG_BINDIR to a PostgreSQL that every user can run."
            )
        return Binaries(copy / binaries.directory.relative_to(package.parent), binaries.major)

    def _make_database(self) -> None:
        with psycopg.connect(self.url(dbname="postgres"), autocommit=True) as connection:
            known = "select from pg_catalog.pg_database where datname = %s"
            if connection.execute(known, [DATABASE]).fetchone() is None:
                connection.execute(f"create database {DATABASE}")


class _NotYet(Exception):
    """The server cannot start at this moment, but will."""


def _sync(directory: Path) -> None:
    """What was renamed in it stays so, whatever happens to the machine."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _works_in(process: int, pgdata: Path) -> bool:
    """Whether this process is the server of this cluster, and not a later one with its number."""
    if not _exists(process):
        return False
    if Path("/proc/self/cwd").exists():
        try:
            return os.path.samefile(f"/proc/{process}/cwd", pgdata)
        except OSError:
            return False  # a zombie, or another user's
    command = ["ps", "-o", "command=", "-p", str(process)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return str(pgdata) in said
