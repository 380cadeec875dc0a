"""Whatever is sent to whatever function, as the role of the service: only errors of the contract.

What counts as one, in SQL: class RS, and what the service makes RS204 or RS205 of, by its own rule:
PostgreSQL could not read a parameter (class 22, or JSON too deep: 54001) and no function had begun.
The same SQLSTATE from within a function is a mistake of ours, as is 57014: nothing takes 5 seconds.
But where several requests share a call, the service asks for each alone after any error.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from apartado.errors import _is_about_the_input
from prove.cluster import Ground
from prove.ledger import Ledger
from prove.trial import Figure, Trial, mutant, proof

CALLS, SESSIONS = 50_000, 4
PEOPLE, ITEMS = 100, 50
FUNCTIONS = """
select p.proname as name, p.proargnames[1:p.pronargs] as names, p.pronargdefaults as defaults,
       array(select format_type(t, null)
               from unnest(p.proargtypes) with ordinality a (t, n) order by a.n) as types
  from pg_proc p
 where p.pronamespace = 'apartado'::regnamespace
   and p.prokind = 'f'
   and has_function_privilege('apartado_api', p.oid, 'execute')
 order by p.proname
"""
LONG = "x" * 100_000
TEXTS = (
    None,
    "",
    " ",
    LONG,
    "\N{PILE OF POO}",
    "مرحبا بالعالم",
    "\N{RIGHT-TO-LEFT OVERRIDE}ana",
    "%",
    "'; --",
    "\\",
    "\n",
    "NULL",
    "main",
    "queue",
    "fail",
    "best_effort",
    "en",
    "es",
    "-1",
    "NaN",
    "a" * 201,
    "ﬀ",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{ZERO WIDTH JOINER}",
    "I\N{COMBINING DOT ABOVE}",
)
NUMBERS = (
    None,
    "0",
    "1",
    "-1",
    "2",
    "3",
    "500",
    "32767",
    "2147483647",
    "-2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "one",
)
DECIMALS = (*NUMBERS, "NaN", "Infinity", "-Infinity", "1e100", "0.001", "-0.01", "1e-300")
INTERVALS = (
    None,
    "0",
    "-1 second",
    "-178000000 years",
    "178000000 years",
    "1 month -31 days",
    "infinity",
    "-infinity",
    "1 day",
    "15 minutes",
    "1e-6 seconds",
    "soon",
)
TIMES = (
    None,
    "infinity",
    "-infinity",
    "4713-01-01 BC",
    "294276-12-31",
    "2026-03-29 02:30 Europe/Madrid",
    "epoch",
    "now",
    "tomorrow",
    "never",
)
DEEP = "[" * 300 + "]" * 300
DEEPEST = "[" * 100_000 + "]" * 100_000
MANY = "{" + ",".join(map(str, range(2000))) + "}"
DOCUMENTS = (
    None,
    "null",
    "{}",
    "[]",
    "[null]",
    "[[]]",
    "[{}]",
    "0",
    '"text"',
    "true",
    DEEP,
    DEEPEST,
    json.dumps([{"item": 1}] * 300),
    '{"a": {"b": {"c": [1, {"d": null}]}}}',
    '[{"item": 1, "quantity": 1}, {"item": 2, "quantity": "two"}]',
    '[{"item": 1e400}]',
    '[{"item": null}]',
    '[{"sku": "lp", "title": "LP"}]',
    json.dumps([{"sku": LONG, "title": LONG}]),
    '[{"sku": 1, "title": []}]',
    '[{"sku": "lp", "title": "LP", "price": "NaN"}]',
    '[{"sku": "lp", "title": "LP", "quantity": -1}]',
    '[{"sku": "lp", "title": "\\u0000"}]',
    '[{"sku": "\\ud83d", "title": "x"}]',
    '{"hold": -1}',
    '{"hold": "1 day"}',
    '{"hold": 1e300}',
    '{"no_such_value": 1}',
    "{",
    "",
)
LISTS = (
    None,
    "{}",
    "{NULL}",
    "{1}",
    "{1,1,NULL,2}",
    "{{1,2},{3,4}}",
    MANY,
    "{-1}",
    "{9223372036854775808}",
    "{one}",
    "[0:1]={1,2}",
)
VALUES: dict[str, tuple[str | None, ...]] = {
    "text": TEXTS,
    "bigint": NUMBERS,
    "integer": NUMBERS,
    "numeric": DECIMALS,
    "interval": INTERVALS,
    "timestamp with time zone": TIMES,
    "boolean": (None, "true", "false", "maybe"),
    "jsonb": DOCUMENTS,
    "bigint[]": LISTS,
    "text[]": (None, "{}", "{NULL}", '{""}', "{a,b}", "{{a},{b}}"),
}
ASKED_AGAIN = {"reserve_together", "join_queue_together"}
PERSONS = {"p_member", "p_actor", "p_to", "p_alias", "p_buyer"}


GOOD: dict[str, str] = {
    "text": "because",
    "numeric": "1",
    "interval": "15 minutes",
    "timestamp with time zone": "tomorrow",
    "boolean": "true",
    "jsonb": '[{"item": 1}]',
    "bigint[]": "{1}",
    "text[]": "{a,b}",
}
"""What most functions take."""


@dataclass(frozen=True)
class Caller:
    """Chance, and the people whom it may name."""

    chance: random.Random
    members: list[str]
    operators: list[str]

    def good(self, name: str, kind: str) -> str:
        """A value of the kind that gets further."""
        if name == "p_actor":
            return self.chance.choice(self.operators)
        if name in PERSONS:
            return self.chance.choice(self.members)
        if kind in ("bigint", "integer"):
            return str(self.chance.randint(1, ITEMS))
        return GOOD[kind]

    def odd(self, function: dict[str, Any], odd: int, value: str | None) -> dict[str, str | None]:
        """One parameter as it should not be, the others good, or left out where they can be."""
        return {
            name: value if number == odd else self.good(name, kind)
            for number, name, kind, needed in _parameters(function)
            if number == odd or needed
        }

    def wild(self, function: dict[str, Any]) -> dict[str, str | None]:
        """Half of what can be left out, and half of the rest good."""
        return {
            name: self.good(name, kind)
            if self.chance.random() < 0.5
            else self.chance.choice(VALUES[kind])
            for _, name, kind, needed in _parameters(function)
            if needed or self.chance.random() < 0.5
        }


def _parameters(function: dict[str, Any]) -> list[tuple[int, str, str, bool]]:
    """Of each its number, its name, its type, and whether it is needed."""
    names, types = function["names"] or [], function["types"]
    needed = len(names) - function["defaults"]
    pairs = zip(names, types, strict=True)
    return [(number, *pair, number < needed) for number, pair in enumerate(pairs)]


def call(name: str, given: dict[str, str | None]) -> tuple[str, list[Any]]:
    """In SQL."""
    marks = ", ".join(f"{parameter} => ${n}" for n, parameter in enumerate(given, 1))
    return f"select * from apartado.{name}({marks})", list(given.values())


def calls_of(
    functions: list[dict[str, Any]], caller: Caller, count: int
) -> list[tuple[str, dict[str, str | None]]]:
    """So many: every value in every place first, in any order, and then whatever comes."""
    made = [
        (function["name"], caller.odd(function, number, value))
        for function in functions
        for number, _, kind, _ in _parameters(function)
        for value in VALUES[kind]
    ]
    caller.chance.shuffle(made)
    while len(made) < count:
        function = caller.chance.choice(functions)
        made.append((function["name"], caller.wild(function)))
    return made[:count]


async def session(ground: Ground, calls: list[tuple[str, dict[str, str | None]]]) -> dict[str, str]:
    """One session's calls; each kind of error that the contract does not know, with a call."""
    bad: dict[str, str] = {}
    connection = await psycopg.AsyncConnection.connect(
        ground.database.url("apartado_api"),
        autocommit=True,
        cursor_factory=psycopg.AsyncRawCursor,
        prepare_threshold=None,
    )
    async with connection:
        for name, given in calls:
            text, values = call(name, given)
            try:
                await connection.execute(text.encode(), values)
            except psycopg.Error as error:
                if not is_of_the_contract(error, name):
                    short = [value if value is None else value[:60] for value in values]
                    kind = f"{name}: {error.sqlstate} {error.diag.message_primary}"
                    bad.setdefault(kind, f"{text} {short}")
    return bad


def is_of_the_contract(error: psycopg.Error, function: str) -> bool:
    """As the head of this file says; a missing parameter without a default is 42883."""
    state = error.sqlstate or ""
    if function in ASKED_AGAIN and state.startswith("22"):
        return True
    if state == "42883":
        return "apartado." in (error.diag.message_primary or "")
    return state.startswith(("RS", "40")) or state == "55P03" or _is_about_the_input(error)


@proof("sql_fuzz", "every function with everything, as the role of the service", short=0.06)
def sql_fuzz(trial: Trial) -> Figure:
    ground = trial.ground()
    members, operators = ground.crowd(PEOPLE), ground.crowd(PEOPLE)
    ground.ask(
        "select g.* from unnest(%s::text[]) a (alias)"
        " cross join lateral apartado.grant_operator(null, a.alias) g",
        [operators],
    )
    ground.items(ITEMS, 1000)
    functions = ground.ask(FUNCTIONS)
    gone = ground.ask("select alias from apartado.anonymise(null, %s, 'why')", [members.pop()])
    caller = Caller(trial.random("fuzz"), [*members, gone[0]["alias"], "nobody"], operators)
    calls = calls_of(functions, caller, trial.of(CALLS))

    async def everybody() -> list[dict[str, str]]:
        return await asyncio.gather(*(session(ground, calls[n::SESSIONS]) for n in range(SESSIONS)))

    bad = {kind: example for found in asyncio.run(everybody()) for kind, example in found.items()}
    assert not bad, f"{len(bad)} kinds, such as {list(bad.items())[:3]}"
    trial.judge(ground, Ledger())
    return Figure(
        f"{len(calls):,} calls of {len(functions)} functions",
        "only errors of the contract",
        "no others",
    )


HAND_EDITS = Path(__file__).with_name("hand_edits.sql")


@proof("hand_edits", "what the owner writes by hand and does not add up is refused", short=1)
def hand_edits(trial: Trial) -> Figure:
    ground = trial.ground()
    ana, bea, cat, _ = ground.members("ana", "bea", "cat", "hand")
    first, second = ground.items(2, 2)
    ground.reserve(ana, first, quantity=2)
    ground.wait(bea, first)
    held = ground.reserve(cat, second)
    ground.ask("select * from apartado.confirm_reservation(%s, %s)", [cat, held])
    gone = ground.reserve(bea, second)
    ground.ask("select * from apartado.cancel_reservation(%s, %s)", [bea, gone])
    ground.number()
    edits = [part.strip() for part in HAND_EDITS.read_text(encoding="utf-8").split(";\n")]
    edits = [edit for edit in edits if edit]
    taken, refused = [], []
    with ground.database.connect(autocommit=False) as connection:
        connection.execute("set role apartado_owner")
        connection.commit()
        for edit in edits:
            try:
                done = connection.execute(edit.encode()).rowcount
                connection.commit()
                taken.append(f"{edit}: {done} rows")
            except psycopg.Error as refusal:
                connection.rollback()
                refused.append((edit, refusal.sqlstate or ""))
    assert taken == [], taken
    odd = [(edit, state) for edit, state in refused if not state.startswith(("RS", "23"))]
    assert odd == [], odd
    trial.judge(ground, Ledger())
    return Figure(f"{len(edits)} edits by the owner", f"{len(refused)} refused", "all")


@mutant("reserve takes any quantity", "sql_fuzz", size=0.2)
def _takes_any_quantity(ground: Ground) -> None:
    ground.mutate("p_quantity is null or p_quantity < 1 then", "false then", "reserve")


@mutant("adjust_stock takes no delta for one", "sql_fuzz", size=0.2)
def _takes_no_delta(ground: Ground) -> None:
    ground.mutate("p_delta is null or p_delta = 0", "p_delta = 0", "adjust_stock")


@mutant("nothing is compared at the commit", "hand_edits", size=1)
def _compares_nothing(ground: Ground) -> None:
    ground.ask("drop trigger _340_refuse_disagreement_update on apartado.stock")


@mutant("events can be rewritten", "hand_edits", size=1)
def _rewrites(ground: Ground) -> None:
    ground.ask("drop trigger _300_refuse_change on apartado.events")
