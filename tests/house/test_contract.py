"""Every line of endpoints.py says what the database says.

A new function fails here until it has its line, its structs, its comment, its grants and its
folder of behaviour tests; a function that is not for the world fails until it is listed below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_args, get_type_hints

import msgspec
import psycopg
import pytest
from psycopg.rows import class_row

from apartado import openapi, shapes
from apartado.endpoints import BY_NAME, ENDPOINTS, Audience, CallerParameter, Endpoint, Rows
from apartado.shapes import BigInt, In, Json, Maybe, Out
from apartado.statements import fields_of, pg_type
from apartado.tree import database_root
from clusters import Database

SERVICE_FUNCTIONS = {
    "admit_long_body": "judges who sends a long request before it is read",
    "authenticate": "is in every statement, before the function itself",
    "claim_webhooks": "the messages that it is to send",
    "clock": "the time that every rule goes by",
    "count_attempt": "counts tries at a secret in a statement of its own",
    "count_commands": "counts commands of a session in a statement of its own",
    "take_attempt_back": "a try that was a success is none for its address",
    "event_head": "where the listener begins",
    "join_queue_together": "is join_queue for several who ask at once",
    "list_jobs": "which jobs the service may have to run",
    "list_messages": "texts for refusals that never reach SQL",
    "metrics": "what /metrics shows",
    "note_webhook": "how the sending of a message went",
    "readiness": "what /health says of the database",
    "reserve_together": "is reserve for several who ask at once",
    "run_due_jobs": "runs them where pg_cron does not",
    "tail_events": "what the listener hands out",
    "waiting_webhooks": "whether there are some, where the service may send nothing",
    "waiting_positions": "what those who wait and listen are told",
    "_number_events": "gives positions before the listener reads: the one documented exception",
}
"""What the service itself calls: granted to apartado_api, but without an address."""

DATABASE_FUNCTIONS = {
    "announce_alerts": "a job",
    "announce_drops": "a job",
    "draw_lotteries": "a job",
    "announce_expiring": "a job",
    "forget_old_history": "a job",
    "forget_old_keys": "a job",
    "refresh_statistics": "a job",
    "set_bootstrap_secret": "for whoever starts the service",
    "settled_entries": "what the views show",
    "settled_stock": "what the views show",
    "sync_jobs": "a job of the migration",
    "validate_carts": "a job",
}
"""What only the database calls: no address, and nothing for apartado_api."""

ASKED_BY_POST = {"get_walk_in_position": "a device's token belongs in no address"}
"""What only reads, and is a POST without a key all the same."""

HOW_EACH_WENT = ("number", "code", "title", "detail", "hint", "field")
"""What the functions that do several requests say of each, before its answer."""

FUNCTIONS = """
    select p.proname as name,
           p.provolatile = 'v' as is_volatile,
           p.proretset as gives_rows,
           p.prosecdef as is_definer,
           format_type(p.prorettype, null) as result,
           p.pronargdefaults as defaults,
           coalesce(p.proargnames, '{}') as names,
           coalesce(p.proargmodes::text[],
                    array_fill('i'::text, array[p.pronargs::integer])) as modes,
           array(select format_type(t.oid, null)
                   from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]))
                        with ordinality as t (oid, place)
                  order by t.place) as types,
           obj_description(p.oid, 'pg_proc') as comment,
           array(select r.name
                   from unnest(array['apartado_api', 'apartado_operator', 'apartado_reader',
                                     'apartado_jobs']) as r (name)
                  where has_function_privilege(r.name, p.oid, 'execute')) as granted_to
      from pg_proc p
     where p.pronamespace = 'apartado'::regnamespace
       and p.prokind = 'f'
       and p.prorettype <> 'trigger'::regtype
     order by p.proname
"""


@dataclass
class Function:
    """A function as pg_proc knows it."""

    name: str
    is_volatile: bool
    gives_rows: bool
    is_definer: bool
    result: str
    defaults: int
    names: list[str]
    modes: list[str]
    types: list[str]
    comment: str | None
    granted_to: list[str]

    def _of(self, *modes: str) -> dict[str, str]:
        rows = zip(self.names, self.modes, self.types, strict=True)
        return {name: kind for name, mode, kind in rows if mode in modes}

    @property
    def parameters(self) -> dict[str, str]:
        return self._of("i", "b", "v")

    @property
    def columns(self) -> dict[str, str]:
        return self._of("o", "b", "t")

    @property
    def optional(self) -> set[str]:
        return set(list(self.parameters)[len(self.parameters) - self.defaults :])


@pytest.fixture(scope="module")
def functions(server: Any) -> dict[str, Function]:
    """All of them, by name."""
    database: Database = server.clone()
    with (
        database.connect() as connection,
        connection.cursor(row_factory=class_row(Function)) as cursor,
    ):
        rows = cursor.execute(FUNCTIONS).fetchall()
    server.drop(database.name)
    names = [row.name for row in rows]
    assert len(names) == len(set(names)), "a function is overloaded"
    return {row.name: row for row in rows}


def _parameters_taken(endpoint: Endpoint) -> dict[str, str]:
    taken = {f"p_{name}": kind for name, kind in fields_of(endpoint.takes).items()}
    if endpoint.verified:
        # The token is the service's business; what it says is the function's.
        del taken["p_jwt"]
        taken |= {"p_issuer": "text", "p_subject": "text"}
    if endpoint.caller is not CallerParameter.NOBODY:
        taken[endpoint.caller.value] = "text"
    if endpoint.takes_key:
        taken["p_idempotency_key"] = "text"
    return taken


def _is_optional(struct: type[In]) -> dict[str, bool]:
    found = msgspec.inspect.type_info(struct)
    assert isinstance(found, msgspec.inspect.StructType)
    return {part.encode_name: not part.required for part in found.fields}


def _columns_given(struct: type[Out]) -> dict[str, str]:
    found = msgspec.inspect.type_info(struct)
    assert isinstance(found, msgspec.inspect.StructType)
    return {part.encode_name: pg_type(part.type) for part in found.fields}


each_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)


@each_endpoint
def test_parameters_agree(functions: dict[str, Function], endpoint: Endpoint) -> None:
    function = functions[endpoint.name]
    assert function.parameters == _parameters_taken(endpoint)


@each_endpoint
def test_what_has_a_default_in_sql_may_be_left_out(
    functions: dict[str, Function], endpoint: Endpoint
) -> None:
    function = functions[endpoint.name]
    for name, optional in _is_optional(endpoint.takes).items():
        assert optional == (f"p_{name}" in function.optional), name
    if endpoint.takes_key:
        assert "p_idempotency_key" in function.optional


@each_endpoint
def test_columns_agree(functions: dict[str, Function], endpoint: Endpoint) -> None:
    function = functions[endpoint.name]
    given = _columns_given(endpoint.gives)
    if endpoint.answer is Rows.VALUE:
        assert not function.gives_rows
        assert not function.columns
        assert list(given.values()) == [function.result]
        return
    assert function.gives_rows == (endpoint.answer is Rows.MANY)
    assert function.columns == given


@pytest.mark.parametrize(
    "endpoint", [one for one in ENDPOINTS if one.together], ids=lambda one: one.name
)
def test_what_shares_a_call_asks_and_answers_as_what_comes_alone(
    functions: dict[str, Function], endpoint: Endpoint
) -> None:
    """In a crowd every request goes the other way, which would drop what it does not know."""
    function, twin = functions[endpoint.name], functions[f"{endpoint.name}_together"]
    assert tuple(twin.columns)[: len(HOW_EACH_WENT)] == HOW_EACH_WENT
    answers = list(twin.columns.items())[len(HOW_EACH_WENT) :]
    assert answers == list(function.columns.items()), f"{twin.name} is to give it, too"
    (text,) = (database_root() / "functions").rglob("_read_requests.sql")
    found = re.search(r"to_recordset\(p_requests\) as \((.*?)\)\)", text.read_text(), re.S)
    assert found
    read = {f"p_{field.split()[0]}" for field in found[1].split(",")}
    asked = set(function.parameters) - {endpoint.caller.value}
    assert asked <= read, f"{text.name} is to read it, reserve_request to hold it"


@each_endpoint
def test_queries_do_not_write_and_commands_may(
    functions: dict[str, Function], endpoint: Endpoint
) -> None:
    only_reads = endpoint.is_query or endpoint.name in ASKED_BY_POST
    assert functions[endpoint.name].is_volatile != only_reads


@each_endpoint
def test_operators_may_say_why_whatever_they_do(
    functions: dict[str, Function], endpoint: Endpoint
) -> None:
    function = functions[endpoint.name]
    if "p_actor" in function.parameters and function.is_volatile:
        # a preview does nothing, and of many actions each says why
        says_not = endpoint.name in {"preview", "act_on_many"}
        assert ("p_reason" in function.parameters) != says_not


@each_endpoint
def test_the_comment_is_the_description(functions: dict[str, Function], endpoint: Endpoint) -> None:
    comment = functions[endpoint.name].comment
    assert comment
    assert openapi.comments()[endpoint.name] == comment


@each_endpoint
def test_the_service_and_operators_may_call_it(
    functions: dict[str, Function], endpoint: Endpoint
) -> None:
    function = functions[endpoint.name]
    assert function.is_definer
    assert {"apartado_api", "apartado_operator"} <= set(function.granted_to)


@each_endpoint
def test_the_audience_is_told_by_the_caller(endpoint: Endpoint) -> None:
    expected = (
        CallerParameter.ACTOR if endpoint.audience is Audience.OPERATOR else CallerParameter.MEMBER
    )
    assert endpoint.caller in (expected, CallerParameter.NOBODY, CallerParameter.TOKEN)


@each_endpoint
def test_it_has_behaviour_tests(endpoint: Endpoint) -> None:
    folder = Path(__file__).parent.parent / "functions" / endpoint.name
    assert list(folder.glob("*.sql"))


each_command_with_a_key = pytest.mark.parametrize(
    "endpoint", [one for one in ENDPOINTS if one.takes_key], ids=lambda one: one.name
)


def _parts_remembered(sql: str, name: str) -> tuple[int, int, set[str]]:
    """How often it recalls and remembers under its name, and the parameters of the request."""
    recalled = re.findall(rf"apartado\._recall\([^;]*'{name}', ([^;]*)\);", sql)
    remembered = re.findall(rf"apartado\._remember\([^;]*'{name}', (\w+),", sql)
    request = " ".join(recalled) + " ".join(
        re.findall(r"v_request\s(?:\s*jsonb)?\s*:=(.*?);", sql, re.S)
    )
    return len(recalled), len(remembered), set(re.findall(r"\bp_\w+", request))


@each_command_with_a_key
def test_the_whole_request_is_remembered_under_its_key(endpoint: Endpoint) -> None:
    """A parameter that is left out would make another request the same."""
    (path,) = (database_root() / "functions").glob(f"*/{endpoint.name}.sql")
    sent = set(fields_of(endpoint.takes))
    if endpoint.verified:  # the service makes two parameters of it
        sent = sent - {"jwt"} | {"issuer", "subject"}
    named = {f"p_{name}" for name in sent}
    found = _parts_remembered(path.read_text(encoding="utf-8"), endpoint.name)
    assert (*found[:2], found[2] | named) == (1, 1, found[2])


def test_a_request_that_leaves_a_parameter_out_is_caught() -> None:
    sql = (database_root() / "functions/reservations/change_quantity.sql").read_text()
    assert "p_quantity" in _parts_remembered(sql, "change_quantity")[2]
    mutant = sql.replace("jsonb_build_array(p_reservation, p_quantity)", "p_reservation")
    assert "p_quantity" not in _parts_remembered(mutant, "change_quantity")[2]
    assert _parts_remembered(sql, "another")[:2] == (0, 0)


@each_endpoint
def test_its_file_has_its_name(endpoint: Endpoint) -> None:
    found = list((database_root() / "functions").glob(f"*/{endpoint.name}.sql"))
    assert len(found) == 1


def test_every_function_for_the_world_has_its_line(functions: dict[str, Function]) -> None:
    public = {name for name in functions if not name.startswith("_")}
    listed = set(SERVICE_FUNCTIONS) | set(DATABASE_FUNCTIONS)
    unlisted = public - listed - set(BY_NAME)
    assert not unlisted, "a line in endpoints.py, or, where it has no address, its reason above"
    assert set(BY_NAME) <= public - listed


def test_nothing_is_listed_that_is_gone(functions: dict[str, Function]) -> None:
    assert set(SERVICE_FUNCTIONS) | set(DATABASE_FUNCTIONS) <= set(functions)


def test_the_service_may_call_what_it_needs_and_nothing_else(
    functions: dict[str, Function],
) -> None:
    granted = {name for name, one in functions.items() if "apartado_api" in one.granted_to}
    assert granted == set(BY_NAME) | set(SERVICE_FUNCTIONS)


def test_internal_functions_are_granted_to_nobody(functions: dict[str, Function]) -> None:
    granted = {name for name, one in functions.items() if name.startswith("_") and one.granted_to}
    assert granted == {"_number_events"}


def test_every_struct_is_used(functions: dict[str, Function]) -> None:
    used = {struct for one in ENDPOINTS for struct in (one.takes, one.gives)}
    used |= {parent for struct in used for parent in struct.__mro__}
    structs = {
        one
        for subject in iter_modules(shapes.__path__, "apartado.shapes.")
        for one in vars(import_module(subject.name)).values()
        if isinstance(one, type) and issubclass(one, (In, Out)) and one not in (In, Out)
    }
    assert structs <= used


def test_a_default_is_never_repeated_in_python() -> None:
    for endpoint in ENDPOINTS:
        defaults = endpoint.takes.__struct_defaults__
        assert all(one is msgspec.UNSET for one in defaults), endpoint.name


def _in_a_union_with_raw(struct: type[In]) -> list[str]:
    """msgspec forgets in a union that a part of it is Raw, and then refuses whatever is sent."""
    return [
        name
        for name, hint in get_type_hints(struct).items()
        if len(get_args(hint)) > 1 and msgspec.Raw in get_args(hint)
    ]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_json_within_a_request_is_never_in_a_union(endpoint: Endpoint) -> None:
    assert _in_a_union_with_raw(endpoint.takes) == []


def test_json_in_a_union_is_caught() -> None:
    class Mutant(In):
        sections: Maybe[Json] = msgspec.UNSET

    assert _in_a_union_with_raw(Mutant) == ["sections"]


def test_a_line_that_disagrees_is_caught(functions: dict[str, Function]) -> None:
    """The mutants: a field too few, a wrong type, a wrong kind of answer."""

    class TooFew(In):
        item: BigInt

    class WrongType(In):
        item: str

    reserve = BY_NAME["reserve"]
    for takes in (TooFew, WrongType):
        wrong = Endpoint(
            reserve.name,
            reserve.kind,
            reserve.audience,
            reserve.answer,
            takes,
            reserve.gives,
            reserve.caller,
            reserve.counted,
            reserve.verified,
            reserve.body_limit,
        )
        assert functions["reserve"].parameters != _parameters_taken(wrong)


def test_the_service_cannot_touch_a_table(server: Any) -> None:
    database: Database = server.clone()
    with database.connect() as connection:
        rows = connection.execute(
            "select c.relname from pg_class c"
            " where c.relnamespace = 'apartado'::regnamespace and c.relkind in ('r', 'p', 'v')"
            "   and has_table_privilege('apartado_api', c.oid,"
            "         'select, insert, update, delete, truncate, references, trigger')"
        ).fetchall()
        assert rows == []
    with database.connect("apartado_api") as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute("create temporary table items (item_id bigint)")
    assert refused.value.sqlstate == "42501"
    server.drop(database.name)
