"""The house rules for SQL, read from the files: headers, names, sizes, what must not be there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from apartado.tree import database_root

ROOT = database_root()
FUNCTIONS = sorted((ROOT / "functions").glob("*/*.sql"))
TRIGGERS = sorted((ROOT / "triggers").glob("*.sql"))
ALL = [*FUNCTIONS, *TRIGGERS, *sorted((ROOT / "migrations").glob("*.sql")),
       *sorted(path for path in (ROOT / "sql").glob("*.sql") if path.stem != "schema")]  # fmt: skip

MADE = re.compile(r"^create (?:or replace )?(?:function|procedure) apartado\.(\w+)", re.M)
HEADER_LINE = re.compile(r"^-- (Gives|Raises|Locks|Tells|Notes) {1,3}\S", re.M)
BODY = re.compile(r"^as \$\$\n(.*?)^\$\$;", re.M | re.S)
LONGEST = 100
OWN_CLOCK = {"clock": "is the clock", "loop_job": "measures its own minute, which is no rule"}


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def code(text: str) -> str:
    """Without comments and without what stands in quotes."""
    return re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--[^\n]*", "", text))


def bodies(text: str) -> Iterator[str]:
    """Each body in a file, without comments and quotes."""
    for body in BODY.findall(text):
        yield code(body)


@pytest.mark.parametrize("path", FUNCTIONS, ids=name)
def test_a_function_file_makes_the_one_function_that_it_is_called_after(path: Path) -> None:
    assert MADE.findall(path.read_text(encoding="utf-8")) == [path.stem]


def test_no_two_files_make_a_function_of_one_name() -> None:
    """The one that is loaded later would take the other's place, without a word."""
    times = Counter(path.stem for path in FUNCTIONS)
    assert [stem for stem, count in times.items() if count > 1] == []


def headers_apart(text: str, stem: str) -> tuple[str, str]:
    """The first sentence of the header, and of the COMMENT, which the API documentation shows."""
    head = re.match(rf"-- {stem}: (.+?)\n(?:--\n|-- [A-Z]|create)", text, re.S)
    said = re.search(r"^comment on (?:function|procedure) .*? is '(.+?)';$", text, re.M | re.S)
    assert head, "the header does not begin with the name and one sentence"
    assert said, "there is no COMMENT"
    comment = said[1].replace("''", "'")
    first = re.match(r".+?\.(?=\s|$)", comment, re.S)
    assert first, "the COMMENT is no sentence"
    return " ".join(head[1].replace("\n--", " ").split()), first[0]


@pytest.mark.parametrize("path", FUNCTIONS, ids=name)
def test_header_and_comment_are_the_same_sentence(path: Path) -> None:
    head, comment = headers_apart(path.read_text(encoding="utf-8"), path.stem)
    assert head.lower() == comment.lower()


@pytest.mark.parametrize("path", FUNCTIONS, ids=name)
def test_a_header_says_what_it_gives_raises_locks_or_tells(path: Path) -> None:
    header = path.read_text(encoding="utf-8").split("create or replace", 1)[0]
    assert HEADER_LINE.search(header)
    odd = [line for line in header.splitlines() if not line.startswith("--")]
    assert odd == []


@pytest.mark.parametrize("path", FUNCTIONS, ids=name)
def test_a_header_names_every_code_that_the_function_refuses_with(path: Path) -> None:
    header, body = path.read_text(encoding="utf-8").split("create or replace", 1)
    refusals = re.findall(r"_refuse\(\s*(?:'RS\d{3}[/\w]*'|case.*?\bend\b)", body, re.S)
    raised = set(re.findall(r"RS\d{3}", " ".join(refusals)))
    missing = raised - set(re.findall(r"RS\d{3}", header))
    assert not missing, "behind Raises in the header"


@pytest.mark.parametrize("path", [*FUNCTIONS, *TRIGGERS], ids=name)
def test_no_function_is_longer_than_a_hundred_lines_of_code(path: Path) -> None:
    for body in bodies(path.read_text(encoding="utf-8")):
        assert len([line for line in body.splitlines() if line.strip()]) <= LONGEST


@pytest.mark.parametrize("path", [*FUNCTIONS, *TRIGGERS], ids=name)
def test_locals_are_called_v_or_c(path: Path) -> None:
    for body in bodies(path.read_text(encoding="utf-8")):
        for section in re.findall(r"^declare\n(.*?)^begin\b", body, re.M | re.S):
            for local in re.findall(r"^  (\w+) ", section, re.M):
                assert re.match(r"[vc]_[a-z]", local), local


FORBIDDEN = {
    "the time of the transaction or the statement": (
        r"\b(now\s*\(|current_timestamp|current_date|current_time|localtime|"
        r"(statement|transaction)_timestamp)"
    ),
    "a handler that swallows everything": r"\bwhen\s+others\b",
    "an error without a code": r"\braise\s+exception\b(?!\s+using\s+errcode)",
    "a keyword in capitals": r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|BEGIN|END|RETURNS?)\b",
    "a note for later": r"\b(todo|fixme|xxx)\b",
    "a lock of more than is needed": r"\bfor\s+update\b(?!\s+of)",
    "a lock of a whole table": r"\block\s+table\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_function_holds(what: str) -> None:
    found = [
        name(path)
        for path in [*FUNCTIONS, *TRIGGERS]
        for body in bodies(path.read_text(encoding="utf-8"))
        if re.search(FORBIDDEN[what], body)
    ]
    assert found == []


def test_the_clock_is_read_through_one_function() -> None:
    found = {
        path.stem
        for path in [*FUNCTIONS, *TRIGGERS]
        if "clock_timestamp" in code(path.read_text(encoding="utf-8"))
    }
    assert found == set(OWN_CLOCK)


def test_busy_rows_are_skipped_by_sweepers_only() -> None:
    """Trap 27: skipped in a command it says "sold out" when it was only busy."""
    found = {
        path.stem for path in [*FUNCTIONS, *TRIGGERS]
        if re.search(r"skip\s+locked", code(path.read_text(encoding="utf-8")))
    }  # fmt: skip
    # _note_seen: whoever holds it notes the same; _pass_gate: any gate will do;
    # _take_turns_together, _lock_together: whose turn or item is busy is left to the ordinary
    # call, which waits
    # _hide_sold: an item with somebody at work at another location is not hidden
    # claim_webhooks: another service is sending it
    # validate_carts: another run looks, and at a busy line the next
    # forget_old_keys: what somebody is at is forgotten by the next run
    sweepers = {"announce_drops", "announce_expiring", "_purge", "claim_webhooks", "validate_carts"}
    assert found <= {
        "expire_and_promote", *sweepers, "_note_seen", "_pass_gate", "_hide_sold",
        "_take_turns_together", "_lock_together", "forget_old_keys",
    }  # fmt: skip


def test_who_forbids_a_way_forbids_compiling() -> None:
    """What is forbidden and must be done all the same costs ten thousand million: enough for
    PostgreSQL to compile the statement, which took 40 ms at each look of the listener."""
    settings = {
        path.stem: code(path.read_text(encoding="utf-8")) for path in [*FUNCTIONS, *TRIGGERS]
    }
    # a bitmap is never the only way
    forbidden = re.compile(r"set enable_(?!bitmapscan)\w+ = off")
    forbids = {stem for stem, text in settings.items() if forbidden.search(text)}
    assert forbids
    assert forbids == {stem for stem in forbids if "set jit = off" in settings[stem]}


@pytest.mark.parametrize("path", ALL, ids=name)
def test_a_file_is_tidy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ") or path.stem.endswith(".rollback")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\t" not in text
    assert "\r" not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("path", FUNCTIONS, ids=name)
def test_a_public_function_is_granted_and_an_internal_one_is_not(
    path: Path,
) -> None:
    granted = re.findall(r"^grant execute on \w+ apartado\.(\w+) to", path.read_text(), re.M)
    if path.stem == "_number_events":  # the one documented exception
        assert granted == ["_number_events"]
    elif path.stem.startswith("_") or path.stem == "sync_jobs":  # for who migrates, only
        assert granted == []
    else:
        assert granted == [path.stem]


def test_every_public_function_has_its_behaviours_and_every_behaviour_its_function() -> None:
    folders = {
        path.parent.name for path in (Path(__file__).parents[1] / "functions").glob("*/*.sql")
    }
    public = {path.stem for path in FUNCTIONS if not path.stem.startswith("_")}
    assert not public - folders, "behaviours in tests/functions/<name>/"
    assert folders <= {path.stem for path in FUNCTIONS}


MUTANTS = {
    "the time of the transaction or the statement": "v_now := pg_catalog.now ();",
    "a handler that swallows everything": "exception when  others then null;",
    "an error without a code": "raise exception 'no';",
    "a keyword in capitals": "SELECT 1;",
    "a note for later": "to" + "do := true;",
    "a lock of more than is needed": "select from t for update;",
    "a lock of a whole table": "lock table t;",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_each_rule_is_seen_to_catch(what: str) -> None:
    (body,) = bodies(f"as $$\nbegin\n  {MUTANTS[what]}\nend;\n$$;\n")
    assert re.search(FORBIDDEN[what], body)
    (harmless,) = bodies("as $$\n  -- now(), for update\n  perform f('when others', now);\n$$;\n")
    assert not re.search(FORBIDDEN[what], harmless)
