"""Every field that can be sent or is answered has its words, and what they say is so in SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from apartado import fields, openapi
from apartado.described import Words, defaults
from apartado.endpoints import ENDPOINTS, Endpoint
from apartado.shapes import In, parts
from apartado.statements import fields_of
from apartado.tree import database_root
from clusters import Server

WORDS = Words()
DOCUMENT = openapi.document(WORDS)
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]

SENTENCE = re.compile(r"[A-Za-z0-9'].*(\.|…)", re.S)
ABSENT = re.compile(r" (Null|Left out|Left out or null): \S")

Property = tuple[str, dict[str, Any], dict[str, Any]]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = SCHEMAS[schema["$ref"].rsplit("/", 1)[1]]
    return found


def _properties(schema: dict[str, Any], above: str) -> Iterator[Property]:
    """Each property of an object, of the objects of a list, and of what is inside of them."""
    schema = _resolved(schema)
    for branch in schema.get("anyOf", ()):
        yield from _properties(branch, above)
    if schema.get("type") == "array":
        yield from _properties(schema["items"], f"{above}[]")
    for name, kind in schema.get("properties", {}).items():
        yield f"{above}.{name}", kind, schema
        yield from _properties(kind, f"{above}.{name}")


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    method = "get" if endpoint.is_query else "post"
    found: dict[str, Any] = DOCUMENT["paths"][f"/rpc/{endpoint.name}"][method]
    return found


def _sent(endpoint: Endpoint) -> list[Property]:
    operation = _operation(endpoint)
    if endpoint.is_query:
        return [(one["name"], {**one["schema"], **one}, {}) for one in operation["parameters"]]
    (body,) = operation["requestBody"]["content"].values()
    return list(_properties(body["schema"], "request"))


def _answered(endpoint: Endpoint) -> list[Property]:
    (content,) = _operation(endpoint)["responses"]["200"]["content"].values()
    return list(_properties(content["schema"], "answer"))


def _may_be_null(kind: dict[str, Any]) -> bool:
    return {"type": "null"} in kind.get("anyOf", ())


each_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)


@each_endpoint
def test_every_field_of_a_request_and_of_an_answer_has_its_words(endpoint: Endpoint) -> None:
    sent, answered = _sent(endpoint), _answered(endpoint)
    assert len(sent) >= len(fields_of(endpoint.takes))
    assert answered
    for name, kind, _ in [*sent, *answered]:
        assert SENTENCE.fullmatch(kind.get("description", "")), f"{name}: words in fields.py"
        assert kind.keys() - {"description", "default", "name", "in", "required"}, f"{name}: {{}}"


@each_endpoint
def test_what_it_means_that_a_field_is_not_there_is_said(endpoint: Endpoint) -> None:
    for name, kind, _ in _sent(endpoint):
        if name.count(".") < 2 and _may_be_null(kind) and "default" not in kind:
            assert ABSENT.search(kind["description"]), name
    for name, kind, above in _answered(endpoint):
        if _may_be_null(kind) and above is not SCHEMAS["PolicyValues"]:
            assert " Null: " in kind["description"], name


def test_the_stream_and_problems_have_their_words() -> None:
    stream = DOCUMENT["paths"]["/events"]["get"]["parameters"]
    assert all(SENTENCE.fullmatch(one["description"]) for one in stream)
    assert all(
        SENTENCE.fullmatch(one["description"]) for one in SCHEMAS["Problem"]["properties"].values()
    )


def test_no_words_are_of_no_use() -> None:
    assert {*fields.FIELDS, *fields.SPECIAL} - WORDS.used == set()


def test_words_are_documentation_and_no_rule() -> None:
    """A struct that said them would be a rule in Python."""
    for endpoint in ENDPOINTS:
        for name, kind in endpoint.takes.__annotations__.items():
            assert "Literal" not in str(kind), f"{endpoint.takes.__name__}.{name}"


@each_endpoint
def test_an_example_has_nothing_that_is_not_described(endpoint: Endpoint) -> None:
    operation = _operation(endpoint)
    (content,) = operation["responses"]["200"]["content"].values()
    assert "example" in content, "`make examples`"
    assert list(_undescribed(content["schema"], content["example"], "answer")) == []
    if not endpoint.is_query:
        (body,) = operation["requestBody"]["content"].values()
        assert list(_undescribed(body["schema"], body["example"], "request")) == []


def _undescribed(schema: dict[str, Any], value: Any, above: str) -> Iterator[str]:
    schema = _resolved(schema)
    if schema is SCHEMAS["EventData"]:
        return  # each kind of event tells more of its own
    for branch in schema.get("anyOf", ()):
        if (_resolved(branch).get("type"), type(value)) in (("array", list), ("object", dict)):
            yield from _undescribed(branch, value, above)
    if isinstance(value, list) and "items" in schema:
        for one in value:
            yield from _undescribed(schema["items"], one, f"{above}[]")
    if isinstance(value, dict) and "properties" in schema:
        for name, one in value.items():
            if name in schema["properties"]:
                yield from _undescribed(schema["properties"][name], one, f"{above}.{name}")
            else:
                yield f"{above}.{name}"


# -- held against SQL


@pytest.fixture(scope="module")
def sql(server: Server) -> Iterator[psycopg.Connection[Any]]:
    database = server.clone()
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("select apartado.sign_in('ana')")
        row = '[{"sku": "one", "title": "One"}]'
        connection.execute("select apartado.put_items(null, %s)", [row])
        yield connection
    server.drop(database.name)


def test_defaults_are_those_of_sql(sql: psycopg.Connection[Any]) -> None:
    rows = sql.execute(
        "select p.proname, n.name,"
        "       pg_get_function_arg_default(p.oid, n.place::integer),"
        "       format_type(p.proargtypes[n.place - 1], null)"
        "  from pg_proc p, unnest(p.proargnames[:p.pronargs]) with ordinality as n (name, place)"
        " where p.pronamespace = 'apartado'::regnamespace and p.proname !~ '^_'"
    ).fetchall()
    found: dict[str, dict[str, Any]] = {one.name: {} for one in ENDPOINTS}
    for function, name, text, kind in rows:
        if function not in found or text is None or text.startswith("NULL"):
            continue
        # as JSON, but an interval in seconds
        value = "extract(epoch from {})::integer" if kind == "interval" else "{}"
        ((one,),) = sql.execute(f"select to_jsonb({value.format(text)})".encode()).fetchall()
        found[function][name.removeprefix("p_")] = one
    assert {name: defaults(name) for name in found} == found


def test_requests_of_one_shape_have_the_same_defaults() -> None:
    for endpoint in ENDPOINTS:
        alike = [one for one in ENDPOINTS if one.takes is endpoint.takes and not one.is_query]
        assert all(defaults(one.name) == defaults(alike[0].name) for one in alike)


def _allowed(call: str) -> Callable[[psycopg.Connection[Any]], set[str]]:
    """What a refusal says would be right."""

    def asked(sql: psycopg.Connection[Any]) -> set[str]:
        with pytest.raises(psycopg.Error) as refused:
            sql.execute(f"select * from apartado.{call}".encode())
        detail = refused.value.diag.message_detail or ""
        found = re.search(r"expected: (.*?)(?:, \w+: |$)", detail)
        assert found, detail
        return set(found[1].split(", "))

    return asked


def _checked(*names: str) -> Callable[[psycopg.Connection[Any]], set[str]]:
    """What the constraint of a table lets pass."""

    def asked(sql: psycopg.Connection[Any]) -> set[str]:
        rows = sql.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint where conname = any (%s)",
            [list(names)],
        ).fetchall()
        assert {name for name, _ in rows} == {*names}
        return {word for _, text in rows for word in re.findall(r"[{',](\w+)(?=[',}])", text)}

    return asked


CHOSEN = r"(?:then|else|:=)\s*'(\w+)'"
LISTED = r"'(\w+)'"


def _written(
    function: str, pattern: str, word: str = CHOSEN
) -> Callable[[psycopg.Connection[Any]], set[str]]:
    """What stands in the body of a function that says it."""

    def asked(_: psycopg.Connection[Any]) -> set[str]:
        (path,) = (database_root() / "functions").glob(f"*/{function}.sql")
        (part,) = re.findall(pattern, path.read_text(encoding="utf-8"), re.S)
        return set(re.findall(word, part))

    return asked


def _all(*asked: Any) -> Callable[[psycopg.Connection[Any]], set[str]]:
    def together(sql: psycopg.Connection[Any]) -> set[str]:
        return {word for one in asked for word in (one(sql) if callable(one) else {one})}

    return together


ENTRIES = _checked("queue_entry_state_is_whole")
STATUS = _allowed("find_items(p_status => 'x')")
LINES = _written("_lines_answer", r"'outcome'(, case .*?) end")
LANGUAGE = _allowed("sign_in('eva', p_language => 'x')")

RESERVATIONS = _checked("reservation_status_is_known")

OF_ENTRIES = ("SuspendEntry", "DeclineOffer", "RemoveEntry", "ListQueue", "QueueAt")
OF_RESERVATIONS = (
    "CancelReservation",
    "RevokeReservation",
    "Reservation",
    "ListReservations",
    "ValidateReservations",
)

SOURCES: dict[str, Callable[[psycopg.Connection[Any]], set[str]]] = {
    "status": STATUS,
    "CartLine.status": STATUS,
    "ListCartLinesOut.status": STATUS,
    "EventData.status": _written("_told", r"'status', (case.*?) end"),
    "actions": _written("_statuses", r"array_remove\(array\[(.*?)\], null\)"),
    "phase": _allowed("list_drops(null, 'x')"),
    "language": LANGUAGE,
    "SignInIn.language": LANGUAGE,
    "SignInWithIdentityIn.language": LANGUAGE,
    "PairIn.language": LANGUAGE,
    "ChangeProfileIn.language": _allowed("change_profile('ana', p_language => 'x')"),
    "ProfileOut.language": LANGUAGE,
    "OrderSummaryIn.language": _allowed("order_summary('ana', p_language => 'x')"),
    "OrderSummaryOut.language": LANGUAGE,
    "registration": _allowed("change_settings(null, 'x')"),
    "sort": _allowed("find_items(null, p_sort => 'x')"),
    "if_unavailable": _allowed("reserve('ana', 1, p_if_unavailable => 'x')"),
    "mode": _allowed("reserve_many('ana', '[{\"item\": 1}]', 'x')"),
    "ActOnManyIn.function": _allowed("act_on_many(null, 'x', '[{}]')"),
    "fit": _allowed("set_policy(null, 'new', '{\"fit\": \"x\"}')"),
    "missed": _allowed("set_policy(null, 'new', '{\"missed\": \"x\"}')"),
    "promotion": _allowed("set_policy(null, 'new', '{\"promotion\": \"x\"}')"),
    "PolicyValues.cart": _allowed("set_policy(null, 'new', '{\"cart\": \"x\"}')"),
    "ListCartsOut.kind": _checked("policy_cart_is_known"),
    "ReserveOut.outcome": _written("reserve", r"outcome (:= case .*?) end;"),
    "ReserveManyOut.outcome": LINES,
    "PutItemsOut.outcome": _written("_items_answer", r"select r.number, (.*?) as outcome"),
    "ActOnManyOut.outcome": _written(
        "_act_or_refuse", r"as \$\$(.*)\$\$;\n", r"outcome := '(\w+)'"
    ),
    "PreviewOut.outcome": _written("preview", r"perform apartado._operator(.*?)exception"),
    "RepairOut.outcome": _written("repair", r"(case when b.mends is null .*?) end"),
    "ListWavesOut.status": _written("list_waves", r"(case when w.released_at.*?) end"),
    "ListPurchasesOut.status": _written("list_purchases", r"(case when p.undone = .*?) end"),
    "Notice.reason": _all(_checked("cart_line_left_for_a_reason"), "price_changed"),
    "LeaveQueueOut.status": _all(
        ENTRIES, _written("leave_queue", r"coalesce\(status, (.*?)\)", LISTED)
    ),
    "EventData.entry_status": ENTRIES,
    "PersonsEntry.status": ENTRIES,
    "WalkInOut.status": _all(_checked("walk_in_entry_status_is_known"), "none"),
    "WalkInPositionOut.status": _all(_checked("walk_in_entry_status_is_known"), "none"),
    **{f"{name}Out.status": ENTRIES for name in OF_ENTRIES},
    **{f"{name}Out.status": RESERVATIONS for name in OF_RESERVATIONS},
}
"""Where SQL has the words of an enumeration."""

ENUMS = {
    name: set(field.enum)
    for name, field in {**fields.FIELDS, **fields.SPECIAL}.items()
    if field.enum
}


def test_each_enumeration_is_looked_up() -> None:
    assert set(SOURCES) == set(ENUMS)


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_an_enumeration_is_that_of_sql(sql: psycopg.Connection[Any], name: str) -> None:
    assert SOURCES[name](sql) == ENUMS[name]


def test_a_word_too_many_is_caught(sql: psycopg.Connection[Any]) -> None:
    """Mutants: a status that there is not, a mode that there is not."""
    assert STATUS(sql) != ENUMS["status"] | {"lost"}
    assert SOURCES["mode"](sql) != ENUMS["mode"] | {"some"}


def _parts_of(struct: type[Any]) -> set[str]:
    return set(struct.__struct_encode_fields__)


def test_items_are_made_of_what_put_items_reads(sql: psycopg.Connection[Any]) -> None:
    rows = sql.execute("select field from apartado._item_fields()").fetchall()
    assert {name for (name,) in rows} == _parts_of(parts.PutItem)
    lists = sql.execute("select list, array_agg(part) from apartado._list_fields() group by list")
    structs: dict[str, tuple[type[Any], type[Any]]] = {
        "artists": (parts.Artist, parts.PutArtist),
        "labels": (parts.Label, parts.PutLabel),
        "tracklist": (parts.Track, parts.PutTrack),
        "videos": (parts.Video, parts.PutVideo),
        "images": (parts.Image, parts.PutImage),
    }
    assert {name: (set(found), set(found)) for name, found in lists.fetchall()} == {
        name: (_parts_of(told), _parts_of(put)) for name, (told, put) in structs.items()
    }


def test_policies_say_what_set_policy_reads(sql: psycopg.Connection[Any]) -> None:
    rows = sql.execute("select name from apartado._policy_fields()").fetchall()
    names = {name for (name,) in rows}
    assert not names - _parts_of(parts.PolicyValues), "PolicyValues in api/apartado/shapes/parts.py"
    assert _parts_of(parts.PolicyValues) <= names


def test_every_part_belongs_to_a_field_of_type_jsonb() -> None:
    structs = {one for endpoint in ENDPOINTS for one in (endpoint.takes, endpoint.gives)}
    above = {parent for struct in structs for parent in struct.__mro__}
    by_name = {struct.__name__: struct for struct in above}
    for place in parts.PARTS:
        struct, _, name = place.partition(".")
        assert "Json" in str(by_name[struct].__annotations__[name]), place
        if issubclass(by_name[struct], In):
            assert fields_of(by_name[struct])[name] == "jsonb"
