"""The command `apartado`: migrate, serve, import, admin grant, doctor, openapi."""

from __future__ import annotations

import errno
import shlex
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
import psycopg
from rich.console import Console

from apartado import __version__, database
from apartado.binaries import find_binaries
from apartado.doctor import examine
from apartado.dump import dump_tables
from apartado.embedded import Cluster
from apartado.settings import Settings, Trouble, read_settings
from apartado.tree import database_root

OUT = Console(emoji=False, highlight=False, soft_wrap=True)
ERR = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Apartado sets scarce stock aside fairly.

    Settings come from the environment, and the README lists them: APARTADO_DATABASE_URL names an
    existing PostgreSQL; without it an embedded one lives in APARTADO_DATA (.apartado).
    """


@cli.command()
def migrate() -> None:
    """Bring the database up to this version.

    APARTADO_DATABASE_URL names a login that may create roles. Safe to run again, by two at once,
    and after a crash.
    """
    settings = read_settings()
    with _administrator(settings) as url:
        database.migrate(url, say=_say)
        _lay_down_bootstrap_secret(settings, url)


@cli.command()
def serve() -> None:
    """Serve the board, the API and the stream until Ctrl-C.

    It listens on APARTADO_HOST (127.0.0.1) and APARTADO_PORT (8000), and migrates first.
    With APARTADO_DATABASE_URL the service logs in as apartado_api on that server,
    with the password from PGPASSFILE or ~/.pgpass; a URL that names apartado_api itself is used as
    it is, and then `apartado migrate` is run beforehand by an administrator.
    """
    settings = read_settings()
    _check_port(settings)
    try:
        if settings.embedded:
            _serve_embedded(settings)
        else:
            _serve_on(settings, settings.database_url or "")
    except KeyboardInterrupt:
        _say("stopped")


@cli.command("import", short_help="Import a catalogue: Discogs, Shopify, CSV or JSON Lines.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "shows_all", is_flag=True, help="Show every refused line, not only 20.")
def import_(file: Path, shows_all: bool) -> None:
    """Import a catalogue: Discogs JSON or CSV, Shopify CSV, or plain CSV, JSON or JSON Lines.

    It is recognised by content and read in UTF-8. Importing it again changes nothing. The exit
    code is 1 if lines were refused or the file cannot be read.
    """
    from apartado.catalogue_files import import_file

    with _operator(read_settings()) as connection:
        sys.exit(import_file(connection, file, OUT, shows_all=shows_all))


@cli.group()
def admin() -> None:
    """What only someone with access to the database may do."""


@admin.command()
@click.argument("alias")
@click.option("--reason", help="Why; they read it, and it stands in the ledger.")
def grant(alias: str, reason: str | None) -> None:
    """Make the member ALIAS an operator; they sign in once before."""
    with _operator(read_settings()) as connection:
        row = connection.execute(
            "select alias from apartado.grant_operator(null, %s, p_reason => %s)", [alias, reason]
        ).fetchone()
    _say(f"{row[0] if row else alias} is an operator now")


@cli.command(short_help="Look at everything that Apartado needs; say what to do.")
def doctor() -> None:
    """Look at everything that Apartado needs, and say the way out of what is wrong."""
    findings = list(examine(read_settings()))
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        mark = "[green]ok     [/]" if finding.healthy else "[red]problem[/]"
        OUT.print(f"{mark}  {finding.subject:<{width}}  ", end="")
        OUT.print(finding.text, markup=False)
    sys.exit(0 if all(finding.healthy for finding in findings) else 1)


@cli.command()
def openapi() -> None:
    """Print the description of the HTTP API (OpenAPI 3.1)."""
    from apartado.openapi import document

    click.echo(msgspec.json.format(msgspec.json.encode(document()), indent=2))


@cli.command(hidden=True)
def schema() -> None:
    """Write sql/schema.sql anew from the migrations of this working copy."""
    target = database_root() / "sql" / "schema.sql"
    with (
        tempfile.TemporaryDirectory(prefix="apartado-schema-") as scratch,
        Cluster(Path(scratch) / "data", settings={"fsync": "off"}).started() as cluster,
    ):
        database.migrate_tables(cluster.url())
        text = dump_tables(cluster.url(), find_binaries().directory)
    target.write_text(text, encoding="utf-8")
    _say(f"{target} written")


# -- serving ----------------------------------------------------------------------------------


def _check_port(settings: Settings) -> None:
    """Before anything is started: the port may be taken, or the host not be ours."""
    where = f"{settings.host}, port {settings.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:  # the latter for what no name can be: "shop..example"
        number, reason = getattr(error, "errno", None), getattr(error, "strerror", None) or error
        if number == errno.EADDRINUSE:
            way_out = (
                "Another program may have the port: stop it, or choose another one in "
                "APARTADO_PORT (and APARTADO_HOST)."
            )
        elif number == errno.EACCES:
            way_out = "Choose another port in APARTADO_PORT."
        else:
            way_out = "Name an address of this machine in APARTADO_HOST."
        raise Trouble(f"Apartado cannot listen on {where}: {reason}. {way_out}") from None


def _serve_embedded(settings: Settings) -> None:
    cluster = Cluster(settings.data, settings.pg_bindir)
    _say(f"PostgreSQL in {settings.data} …")
    cluster.start(service=True)
    try:
        with cluster.kept_up():
            _serve_on(settings, cluster.url())
    finally:
        # The second Ctrl-C must not leave it half stopped.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        cluster.stop()


def _serve_on(settings: Settings, url: str) -> None:
    from apartado.app import run

    service = database.service_url(url)
    if service != url:
        database.migrate(url, say=_say)
        _lay_down_bootstrap_secret(settings, url)
        if settings.embedded:
            _load_demo(url)
    database.check_service(service)
    _greet(settings)
    listen = settings.listen_url and database.service_url(settings.listen_url)
    run(settings, service, listen)


def _load_demo(url: str) -> None:
    """Invented records, so that a first look is at something; never into anybody's own database."""
    from apartado.demo import load_demo

    with database.connect(url) as connection:
        if connection.execute("select from apartado.items limit 1").fetchone() is None:
            load_demo(connection)
            _say("demo catalogue loaded")


def _lay_down_bootstrap_secret(settings: Settings, url: str) -> None:
    if settings.bootstrap_secret is None:
        return
    with database.connect(url) as connection:
        row = connection.execute(
            "select apartado.set_bootstrap_secret(%s)", [settings.bootstrap_secret]
        ).fetchone()
    if row and row[0]:
        _say("bootstrap secret laid down: one member may claim the operator's rights with it")


def _greet(settings: Settings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}"
    _say("")
    _say(f"board     {address}/")
    _say(f"API       {address}/rpc/…   described in {address}/openapi.json")
    _say(f"stream    {address}/events")
    if settings.embedded:
        directory = Cluster(settings.data).socket_directory
        psql = shutil.which("psql") or find_binaries(settings.pg_bindir).directory / "psql"
        _say(f"psql      {psql} -h {directory} -U postgres apartado")
    _say(f"operator  sign in on the board, then run:  {_command(settings)} admin grant YOUR-ALIAS")
    _say("stop      Ctrl-C")
    _say("")


def _command(settings: Settings) -> str:
    """This command, as it can be typed into another terminal that stands in this directory."""
    command = "apartado"
    if shutil.which(command) is None:
        started = Path(sys.argv[0])
        command = f"{sys.executable} -m apartado" if started.suffix == ".py" else str(started)
    if not settings.embedded:
        return f"APARTADO_DATABASE_URL=(that of who migrates) {command}"
    if settings.data != read_settings({}).data:
        return f"APARTADO_DATA={shlex.quote(str(settings.data))} {command}"
    return command


# -- helpers ----------------------------------------------------------------------------------


@contextmanager
def _administrator(settings: Settings) -> Iterator[str]:
    """The URL of a login that may migrate; an embedded server runs at least as long."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with Cluster(settings.data, settings.pg_bindir).started() as cluster:
        yield cluster.url()


@contextmanager
def _operator(settings: Settings) -> Iterator[psycopg.Connection[Any]]:
    """A connection for operator functions, to a database that knows them."""
    if settings.embedded:
        Cluster(settings.data).must_be_made()
    with _administrator(settings) as url, database.connect(url) as connection:
        if settings.embedded:
            database.migrate(url)
        database.check_version(connection)
        try:
            yield connection
        except psycopg.errors.InsufficientPrivilege as error:
            raise Trouble(
                f"The login {connection.info.user} may not do this: {error.diag.message_primary}."
                " Let APARTADO_DATABASE_URL name the login that migrates, or one to which"
                " apartado_operator is granted."
            ) from None


def _say(line: str) -> None:
    OUT.print(line, markup=False)


def main() -> None:
    """Run the command; what a person has to put right is told in one paragraph."""
    # Both end us as Ctrl-C does, with everything stopped. A hang-up becomes the signal that uvicorn
    # knows: an exception raised into its event loop may be lost there.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup leaves it
        signal.signal(signal.SIGHUP, lambda number, frame: signal.raise_signal(signal.SIGTERM))
    try:
        cli()
    except Trouble as trouble:
        ERR.print(f"apartado: {trouble}", markup=False)
        sys.exit(1)
    except psycopg.Error as error:
        diag = error.diag
        parts = (diag.message_primary or str(error), diag.message_hint)
        ERR.print("apartado:", *(part for part in parts if part), markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
