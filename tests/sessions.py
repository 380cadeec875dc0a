"""Races told step by step: named sessions, and the server's own word on who waits for whom.

    with Stage(database) as stage:
        ana, bea = stage.sessions("ana", "bea")
        ana.step("begin")
        ana.step("select * from apartado.reserve('ana', 1)")
        late = bea.step("select * from apartado.reserve('bea', 1)")
        assert late.blocked_by == {"ana"}
        ana.step("commit")
        assert late.error.sqlstate == "RS301"

A step is over when the server answered, or when pg_blocking_pids says that it waits for a lock of
another of them.
Nothing here sleeps until something has probably happened.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

import psycopg
from psycopg.rows import dict_row

from clusters import Database

LOOK = 0.005  # seconds between two looks at a step that has not answered
PATIENCE = 60.0  # seconds after which a step that neither answers nor waits for a lock is a failure

Row = dict[str, Any]


class Step:
    """One statement of one session, answered or waiting."""

    def __init__(self, session: Session, text: str, answer: Future[list[Row]]) -> None:
        self.session = session
        self.text = text
        self._answer = answer
        self.blocked_by: frozenset[str] = frozenset()
        """Names of the sessions that this step had to wait for when it was sent."""

    @property
    def blocked(self) -> bool:
        """Whether the step had to wait for another session."""
        return bool(self.blocked_by)

    @property
    def done(self) -> bool:
        """Whether the server has answered by now."""
        return self._answer.done()

    @property
    def error(self) -> psycopg.Error:
        """The refusal; waits for it."""
        error = self._answer.exception(PATIENCE)
        assert isinstance(error, psycopg.Error), f"{self.text} was not refused"
        return error

    @property
    def refused(self) -> bool:
        """Whether the step ended in an error; waits for its end."""
        return self._answer.exception(PATIENCE) is not None

    @property
    def rows(self) -> list[Row]:
        """The answer; waits for it, and raises the refusal if it was one."""
        return self._answer.result(PATIENCE)

    @property
    def row(self) -> Row:
        """The only row of the answer."""
        (row,) = self.rows
        return row

    def settle(self) -> Step:
        """Wait until the step is answered, or waits for another session (perhaps once more)."""
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                self._answer.exception(LOOK)
                return self
            except NotYet:
                waits_for = self.session.stage.blockers(self.session)
                if waits_for:
                    self.blocked_by = waits_for
                    return self
            assert time.monotonic() < give_up, f"{self.session.name}: no end of {self.text}"


class Session:
    """One connection with a name, whose statements run one after the other in the background."""

    def __init__(self, stage: Stage, name: str, connection: psycopg.Connection[Row]) -> None:
        self.stage = stage
        self.name = name
        self.connection = connection
        self.pid = connection.info.backend_pid
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def step(self, text: str, parameters: Any = None) -> Step:
        """Send one statement, and come back when it is answered or waits for a lock."""
        return Step(self, text, self._thread.submit(self._execute, text, parameters)).settle()

    def _execute(self, text: str, parameters: Any) -> list[Row]:
        cursor = self.connection.execute(text, parameters)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """End the session, and what it was doing."""
        self.stage.terminate(self)
        self._thread.shutdown()
        self.connection.close()


class Stage:
    """The sessions of one race, and an observer beside them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sessions: list[Session] = []
        self._observer = database.connect()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        for session in self._sessions:
            session.close()
        self._observer.close()

    def session(self, name: str, user: str = "postgres", isolation: str | None = None) -> Session:
        """A new session; isolation is 'read committed', 'repeatable read' or 'serializable'."""
        connection = psycopg.connect(
            self._database.url(user, application_name=name), autocommit=True, row_factory=dict_row
        )
        if isolation is not None:
            connection.execute(
                "select pg_catalog.set_config('default_transaction_isolation', %s, false)",
                [isolation],
            )
        self._sessions.append(Session(self, name, connection))
        return self._sessions[-1]

    def sessions(
        self, *names: str, user: str = "postgres", isolation: str | None = None
    ) -> list[Session]:
        """Several sessions alike."""
        return [self.session(name, user, isolation) for name in names]

    def blockers(self, session: Session) -> frozenset[str]:
        """Who of these sessions it waits for, by name.

        Somebody else, such as autovacuum, is no part of the race, and goes away by itself.
        """
        row = self._observer.execute(
            "select pg_catalog.pg_blocking_pids(%s)", [session.pid]
        ).fetchone()
        assert row is not None
        names = {other.pid: other.name for other in self._sessions}
        return frozenset(names[pid] for pid in row[0] if pid in names)

    def terminate(self, session: Session) -> None:
        """End a session's server process, and whatever it waits for. It may take a moment to go."""
        self._observer.execute("select pg_catalog.pg_terminate_backend(%s)", [session.pid])
