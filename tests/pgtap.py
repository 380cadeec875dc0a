"""Runs one pgTAP file: inside begin and rollback, each assertion read, the plan checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import pq

LINE = re.compile(
    r"(?P<result>ok|not ok) (?P<number>\d+)(?: - (?P<name>.*?))?(?: # SKIP ?(?P<skip>.*))?$"
)
PLAN = re.compile(r"1\.\.(\d+)")


@dataclass
class Assertion:
    """One `ok` or `not ok` with the diagnostics under it."""

    name: str
    passed: bool
    skipped: str | None
    notes: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What a file said before it ended, or broke off."""

    assertions: list[Assertion] = field(default_factory=list)
    planned: int | None = None
    error: str | None = None

    def read(self, text: str) -> None:
        """Take in one result of the file; one value may hold several lines of TAP."""
        for line in text.splitlines():
            if found := LINE.match(line):
                name = found["name"] or f"assertion {found['number']}"
                skip = found["skip"]
                self.assertions.append(Assertion(name, found["result"] == "ok", skip))
            elif found := PLAN.match(line):
                self.planned = int(found[1])
            elif line.startswith("#") and self.assertions:
                self.assertions[-1].notes.append(line)


def run(connection: psycopg.Connection[Any], path: Path) -> Outcome:
    """Run a file and undo it. What came before an error is kept, unlike with `execute`."""
    text = path.read_text(encoding="utf-8")
    outcome = Outcome()
    pgconn = connection.pgconn
    connection.execute("begin")
    connection.execute("set local search_path = tap, tests")
    pgconn.send_query(text.encode())
    while (result := pgconn.get_result()) is not None:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            outcome.error = _describe(result, text, path.name)
        for row in range(result.ntuples):
            value = result.get_value(row, 0) if result.nfields else None
            if value is not None:
                outcome.read(value.decode())
    connection.execute("rollback")
    connection.execute("discard all")
    return outcome


def _describe(result: pq.abc.PGresult, text: str, name: str) -> str:
    def part(key: pq.DiagnosticField) -> str:
        return (result.error_field(key) or b"").decode()

    position = part(pq.DiagnosticField.STATEMENT_POSITION)
    line = f", line {text.count(chr(10), 0, int(position)) + 1}" if position else ""
    fields = (
        pq.DiagnosticField.SQLSTATE, pq.DiagnosticField.MESSAGE_PRIMARY,
        pq.DiagnosticField.MESSAGE_DETAIL, pq.DiagnosticField.CONTEXT,
    )  # fmt: skip
    return f"{name}{line}: " + "\n".join(filter(None, map(part, fields)))


def check(outcome: Outcome, subtests: pytest.Subtests) -> None:
    """Report what failed or was skipped as a subtest, then error and plan as the test itself.

    A subtest costs as much as the assertion, and there are 12,000 of them: who held needs none.
    """
    for assertion in outcome.assertions:
        if assertion.passed and assertion.skipped is None:
            continue
        with subtests.test(assertion.name):
            if assertion.skipped is not None:
                pytest.skip(assertion.skipped or "no reason given")
            assert assertion.passed, "\n".join([assertion.name, *assertion.notes])
    if outcome.error is not None:
        pytest.fail(outcome.error, pytrace=False)
    ran = len(outcome.assertions)
    assert outcome.planned is not None, "no plan: select plan(n), or no_plan() and finish()"
    assert ran == outcome.planned, f"{outcome.planned} assertions were planned and {ran} ran"
    assert ran > 0, "the file asserts nothing"
