"""`apartado doctor`: one line for each thing that must be right, with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from apartado import damage, database, migrations
from apartado.binaries import OLDEST_MAJOR, find_binaries
from apartado.embedded import Cluster
from apartado.identities import verifier_for
from apartado.settings import Settings, Trouble
from apartado.tree import GRANTEES, OWNER, SCHEMA, SERVICE, explain


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. An unhealthy one's text says what to do."""

    subject: str
    healthy: bool
    text: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything from the binaries up, as far as it can be reached."""
    try:
        verifier_for(settings)
    except Trouble as trouble:
        yield Finding("other login", False, str(trouble))
    if settings.database_url is not None:
        yield from _examine_database(settings.database_url, settings)
        return
    try:
        binaries = find_binaries(settings.pg_bindir)
        yield Finding("binaries", True, f"PostgreSQL {binaries.major} in {binaries.directory}")
        place = Cluster(settings.data, settings.pg_bindir)
        place.must_be_made()
        with place.started() as cluster:
            yield Finding("data directory", True, str(settings.data))
            yield from _examine_database(cluster.url(), settings)
    except Trouble as trouble:
        yield Finding("embedded PostgreSQL", False, str(trouble))


def _examine_database(url: str, settings: Settings) -> Iterator[Finding]:
    try:
        connection = database.connect(url)
    except Trouble as trouble:
        yield Finding("connection", False, str(trouble))
        return
    with connection:
        version = connection.info.server_version // 10000
        where = f"PostgreSQL {version}, as {connection.info.user} at {database.describe(url)}"
        if version < OLDEST_MAJOR:
            yield Finding("connection", False, f"{where}; needs {OLDEST_MAJOR}")
        else:
            yield Finding("connection", True, where)
        try:
            database.check_encoding(connection)
        except Trouble as trouble:
            yield Finding("encoding", False, str(trouble))
        yield _roles(connection)
        tables = _tables(connection)
        yield tables
        if not tables.healthy:
            return
        try:
            yield from _contents(connection, url, settings)
        except psycopg.Error as error:
            # what is looked at next may need what is missing
            yield Finding("doctor", False, f"could not look at the rest: {explain(error)}")


def _contents(
    connection: psycopg.Connection[Any], url: str, settings: Settings
) -> Iterator[Finding]:
    yield from _schema(connection)
    yield _triggers(connection)
    yield _subscriptions(connection)
    yield _code(connection)
    yield _temporary(connection)
    yield _service("service login", url)
    if settings.listen_url is not None:
        yield _service("listener", settings.listen_url)
    yield _jobs(connection)
    yield _log(connection)
    yield _registration(connection)
    yield _webhooks(connection, settings)
    yield _consistency(connection)


def _roles(connection: psycopg.Connection[Any]) -> Finding:
    wanted = [OWNER, *GRANTEES]
    rows = connection.execute(
        "select rolname from pg_catalog.pg_roles where rolname = any(%s)", [wanted]
    )
    missing = set(wanted) - {row[0] for row in rows}
    if missing:
        return Finding(
            "roles", False, f"{', '.join(sorted(missing))} missing: run apartado migrate"
        )
    outside = [
        role
        for (role,) in connection.execute(
            "select r.role from unnest(%s::text[]) r (role) where not pg_catalog"
            ".has_schema_privilege(r.role, pg_catalog.to_regnamespace(%s), 'usage') order by 1",
            [wanted, SCHEMA],
        )
    ]
    if outside:
        return Finding(
            "roles", False, f"{', '.join(outside)} may not use the schema: run apartado migrate"
        )
    row = connection.execute("select pg_catalog.pg_has_role(%s, 'usage')", [OWNER]).fetchone()
    grant = database.missing_grant(connection)
    if grant is not None and connection.info.user != SERVICE and not (row and row[0]):
        text = f"this login may not migrate here; let a superuser run: {grant}"
        return Finding("roles", False, text)
    return Finding("roles", True, ", ".join(wanted))


def _tables(connection: psycopg.Connection[Any]) -> Finding:
    try:
        pending = migrations.pending_migrations(connection)
    except psycopg.errors.InsufficientPrivilege:
        return Finding(
            "tables", False, "this login may not look; run doctor with an administrator's URL"
        )
    if pending:
        return Finding(
            "tables", False, f"not yet applied: {', '.join(pending)}; run apartado migrate"
        )
    try:
        migrations.check_history(connection)
    except Trouble as trouble:
        return Finding("tables", False, str(trouble))
    return Finding("tables", True, "every migration is applied")


def _schema(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    try:
        found = damage.compare_tables(connection)
    except psycopg.errors.ReadOnlySqlTransaction:
        return  # what is said of the code goes for the tables, too
    except psycopg.Error as error:
        yield Finding("schema", False, f"could not be compared with another: {explain(error)}")
        return
    wrong = [
        f"{len(names)} {what} ({_some(names)})"
        for what, names in (("missing", found.missing), ("different", found.different))
        if names
    ]
    if wrong:
        text = (
            f"{', '.join(wrong)}; what a restore left out, pg_restore --section=post-data brings;"
            f" else make it as {damage.WRITTEN} says"
        )
        yield Finding("schema", False, text)
        return
    yield Finding(
        "schema", True, f"{found.alike} tables, columns, constraints and indexes as written"
    )


def _triggers(connection: psycopg.Connection[Any]) -> Finding:
    off = damage.triggers_off(connection)
    if not off:
        return Finding("triggers", True, "all of them fire")
    tables = sorted({table for table, *_ in off})
    text = f"off at {', '.join(tables)}, so that rules are not kept there; "
    if any(is_internal for *_, is_internal in off):
        text += f"let a superuser run: {damage.enabling(tables)}"
    else:
        text += "run apartado migrate"
    return Finding("triggers", False, text)


def _subscriptions(connection: psycopg.Connection[Any]) -> Finding:
    writing = damage.subscriptions(connection)
    if writing:
        text = (
            f"{', '.join(writing)} writes these tables; let no service or pg_cron run here before"
            " it is dropped, because both write to them"
        )
        return Finding("subscriptions", False, text)
    return Finding("subscriptions", True, "none writes these tables")


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


def _code(connection: psycopg.Connection[Any]) -> Finding:
    """Load everything and take it back: what would change is what is not as the files say."""
    try:
        report = database.compare_code(connection)
    except Trouble as trouble:
        return Finding("code", False, str(trouble))
    except psycopg.errors.InsufficientPrivilege:
        return Finding(
            "code", False, "this login may not compare, or what is there is not apartado_owner's,"
            " as after a restore with --no-owner; run apartado migrate with an administrator's URL",
        )  # fmt: skip
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        return Finding(
            "code", False, "could not be compared now, because others hold the tables; look again"
        )
    except psycopg.errors.ReadOnlySqlTransaction:
        return Finding(
            "code", False, "could not be compared, because nothing can be written here: this is a"
            " standby, or default_transaction_read_only is on",
        )  # fmt: skip
    differing = [*report.made, *report.changed, *report.dropped]
    if differing:
        text = f"{len(differing)} differ from the files ({_some(differing)}); run apartado migrate"
        return Finding("code", False, text)
    return Finding(
        "code", True, f"{report.unchanged} functions, triggers and views as in the files"
    )


def _temporary(connection: psycopg.Connection[Any]) -> Finding:
    row = connection.execute(
        "select pg_catalog.has_database_privilege(%s, current_database(), 'temporary'),"
        " current_database()",
        [SERVICE],
    ).fetchone()
    if row and row[0]:
        return Finding(
            "grants",
            False,
            "apartado_api may make temporary objects; let the database's owner run: "
            f'revoke temporary on database "{row[1]}" from public',
        )
    return Finding("grants", True, "apartado_api may make no temporary objects")


def _service(subject: str, url: str) -> Finding:
    try:
        database.check_service(database.service_url(url))
    except Trouble as trouble:
        return Finding(subject, False, str(trouble))
    return Finding(subject, True, "apartado_api can log in")


def _jobs(connection: psycopg.Connection[Any]) -> Finding:
    row = connection.execute(
        "select exists (select from pg_catalog.pg_extension where extname = 'pg_cron'),"
        " pg_catalog.pg_has_role('pg_read_all_settings', 'usage') and exists"
        " (select from pg_catalog.pg_namespace n where n.nspname = 'cron'"
        "   and pg_catalog.has_schema_privilege(n.oid, 'usage')),"
        " (select setting = current_database() from pg_catalog.pg_settings"
        "   where name = 'cron.database_name'),"
        " (select late_jobs from apartado.readiness())"
    ).fetchone()
    created, may_look, is_here, late = row or (False, False, False, 0)
    # healthy all the same: a shop that is shut runs none, and what is due is settled on the way
    behind = f"; {late} were not run in time, as while none is running" if late else ""
    if not created or (may_look and not is_here):
        text = f"the service runs them (pg_cron is not in this database){behind}"
        return Finding("jobs", True, text)
    if not may_look:
        text = "the service runs them; apartado migrate says what this login needs for pg_cron"
        return Finding("jobs", True, text + behind)
    if late:
        text = (
            f"{late} were not run in time, by pg_cron or a service: see cron.job_run_details;"
            " pg_cron logs in as who migrated (pg_hba.conf, .pgpass), or needs"
            " cron.use_background_workers, with cron.max_running_jobs = 10 and"
            " max_worker_processes = 20, because each job takes a worker"
        )
        return Finding("jobs", False, text)
    return Finding("jobs", True, "pg_cron runs them, and the service where it is quicker")


def _log(connection: psycopg.Connection[Any]) -> Finding:
    """Secrets and tokens are parameters, which a server that logs statements logs with them."""
    row = connection.execute(
        "select exists (select from pg_catalog.pg_db_role_setting s"
        "   where s.setrole = %s::pg_catalog.regrole and s.setdatabase = 0"
        "     and 'log_parameter_max_length=0' = any (s.setconfig)),"
        " current_setting('log_statement') in ('mod', 'all')"
        " or greatest(current_setting('log_min_duration_statement')::interval,"
        "             current_setting('log_min_duration_sample')::interval) >= '0'"
        " or current_setting('log_transaction_sample_rate')::float8 > 0",
        [SERVICE],
    ).fetchone()
    is_kept_out, is_logged = row or (False, True)
    if is_kept_out:
        return Finding("log", True, "the secrets that the service sends are not logged")
    remedy = f"let a superuser run: alter role {SERVICE} set log_parameter_max_length = 0"
    if is_logged:
        return Finding("log", False, f"statements are logged with the secrets in them; {remedy}")
    return Finding("log", True, f"no statements are logged; before they are, {remedy}")


def _registration(connection: psycopg.Connection[Any]) -> Finding:
    row = connection.execute("select registration from apartado.settings").fetchone()
    says = {
        "open": "open: anybody becomes a member with the first sign-in",
        "invite": "by invitation: invite_member makes the codes",
        "closed": "closed: members only",
    }
    return Finding("registration", True, says[row[0]] if row else "not said")


def _webhooks(connection: psycopg.Connection[Any], settings: Settings) -> Finding:
    """Whether what is to be sent may be, as far as the environment here is the service's."""
    row = connection.execute(
        "select count(*) filter (where paused_at is null), count(paused_at),"
        " apartado._failing_webhooks() from apartado.webhooks"
    ).fetchone()
    sent, paused, failing = row or (0, 0, 0)
    if sent and not settings.webhook_hosts:
        return Finding(
            "webhooks",
            False,
            f"{sent}, and nothing may be sent: start the service with APARTADO_WEBHOOK_HOSTS and"
            " APARTADO_WEBHOOK_SECRETS (as the README says), or pause them with change_webhook",
        )
    if failing:
        text = f"events do not reach {failing}; see select * from apartado.list_webhooks(null)"
        return Finding("webhooks", False, text)
    if sent:
        return Finding(
            "webhooks", True, f"{sent}, to be sent to {', '.join(settings.webhook_hosts)}"
        )
    verb = "is" if paused == 1 else "are"
    return Finding("webhooks", True, f"none, but {paused} that {verb} paused" if paused else "none")


def _consistency(connection: psycopg.Connection[Any]) -> Finding:
    rows = connection.execute("select rule, subject from apartado.check_consistency()").fetchall()
    if rows:
        named = "; ".join(f"{rule}: {subject}" for rule, subject in rows[:3])
        return Finding(
            "consistency",
            False,
            f"{len(rows)} broken ({named}); see select * from apartado.check_consistency()",
        )
    return Finding("consistency", True, "every rule holds for every row")
