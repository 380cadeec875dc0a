"""`who_may_what.md` says of every function who may call it; here every cell of it is tried.

A function that is not in the table fails here, and so does one that answers somebody else than the
table says. The failure shows the line as it would have to be: read it before you paste it.

The calls are the statements of the service, made as its own login, each taken back. A line whose
arguments name something of Ana's (``OWNED``) is also tried by another member with an id that there
never was: nobody can tell the two answers apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import psycopg
import pytest

import matrix
from apartado.endpoints import BY_NAME, Endpoint
from clusters import LOGINS, Database
from matrix import LINES, Line, filled

CALLERS = ("anonymous", "ana", "ben", "olga")
ROLES = ("apartado_api", *sorted(filter(None, LOGINS.values())))
NOBODY_HAS = 10**12

OWNED = {"reservation", "offer", "session", "cart", "order"}
"""What is Ana's alone."""


@dataclass(frozen=True)
class Scene:
    """Ana has something of everything; Ben has nothing; Olga is an operator."""

    service: psycopg.Connection[Any]
    things: dict[str, int]
    roles: dict[str, list[str]]

    def answer(self, endpoint: Endpoint, caller: str, arguments: dict[str, Any]) -> tuple[str, ...]:
        """`yes`, or everything that a refusal says."""
        try:
            with self.service.transaction(force_rollback=True):
                psycopg.RawCursor(self.service).execute(*matrix.call(endpoint, caller, arguments))
        except psycopg.Error as error:
            diag = error.diag
            return (
                error.sqlstate or "?",
                *(
                    part or ""
                    for part in (
                        diag.message_primary,
                        diag.message_detail,
                        diag.message_hint,
                        diag.column_name,
                    )
                ),
            )
        return ("yes",)


@pytest.fixture(scope="module")
def scene(server: Any) -> Iterator[Scene]:
    """The same for every line: each call is taken back."""
    database: Database = server.clone()
    with database.connect() as connection:
        things = matrix.prepared(connection)
        roles = connection.execute(
            "select p.proname, array(select r from unnest(%s::text[]) as r"
            "                         where has_function_privilege(r, p.oid, 'execute'))"
            "  from pg_proc p where p.pronamespace = 'apartado'::regnamespace"
            "   and p.prorettype <> 'trigger'::regtype",
            [[*ROLES, "public"]],
        ).fetchall()
    with database.connect("apartado_api") as service:
        yield Scene(service, things, dict(roles))
    server.drop(database.name)


def _roles_cell(scene: Scene, name: str) -> str:
    return ", ".join(role.removeprefix("apartado_") for role in scene.roles[name]) or "none"


def _as_it_is(scene: Scene, line: Line) -> Line:
    endpoint = BY_NAME.get(line.name)
    answers = ["–"] * len(CALLERS)
    if endpoint is not None:
        arguments = filled(line.arguments, scene.things)
        answers = [scene.answer(endpoint, caller, arguments)[0] for caller in CALLERS]
    return line._replace(cells=(*answers, _roles_cell(scene, line.name)))


def _suggested(scene: Scene, name: str) -> str:
    try:
        return str(_as_it_is(scene, Line(name, "", ())))
    except msgspec.ValidationError:
        cells = ("",) * (len(CALLERS) + 1)
        return f"{Line(name, '{what it takes}', cells)}\nand its test says what goes into the cells"


@pytest.mark.one_postgresql
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_each_caller_gets_what_the_table_says(scene: Scene, line: Line) -> None:
    assert line == _as_it_is(scene, line), f"it is:\n{_as_it_is(scene, line)}"


@pytest.mark.one_postgresql
def test_every_function_has_its_line(scene: Scene) -> None:
    listed = [line.name for line in LINES]
    assert listed == sorted(set(listed))
    granted = {name for name, roles in scene.roles.items() if roles or not name.startswith("_")}
    missing = sorted(granted - set(listed))
    assert missing == [], "\n".join(_suggested(scene, name) for name in missing)
    assert [name for name in listed if name not in scene.roles] == []


@pytest.mark.one_postgresql
def test_what_nobody_else_may_know_of_is_as_if_it_were_not_there(scene: Scene) -> None:
    tried = 0
    for line in LINES:
        named = [thing for thing in OWNED if f'"${thing}"' in line.arguments]
        if not named:
            continue
        hers = scene.things
        nobodys = hers | dict.fromkeys(named, NOBODY_HAS)
        assert _as_ben_sees(scene, line, hers) == _as_ben_sees(scene, line, nobodys), line.name
        tried += 1
    assert tried > 8


def _as_ben_sees(scene: Scene, line: Line, things: dict[str, int]) -> str:
    answer = "\n".join(scene.answer(BY_NAME[line.name], "ben", filled(line.arguments, things)))
    for thing in OWNED:
        answer = re.sub(rf"\b{things[thing]}\b", "<id>", answer)
    return answer


def test_a_cell_that_is_wrong_is_caught(scene: Scene) -> None:
    """The mutants: somebody may what they may not, a role has what it has not."""
    line = next(line for line in LINES if line.name == "mark_sold")
    assert line == _as_it_is(scene, line)
    for place in range(len(line.cells)):
        wrong = line._replace(cells=(*line.cells[:place], "?", *line.cells[place + 1 :]))
        assert wrong != _as_it_is(scene, wrong)
