"""What a function can refuse with is in its header, and every code says so in both languages.

The bodies are read as text: a code counts where it stands in `_refuse`, in the function or in one
that it calls, however deep. What is only called through EXECUTE is not seen.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apartado import errors
from apartado.endpoints import ENDPOINTS, Endpoint
from apartado.errors import CODES, GROUPS, LANGUAGES, SENTENCES, status_of
from apartado.refusals import EVERYBODY, Refusals
from apartado.tree import database_root

REFUSALS = Refusals()
CAUGHT = {"put_items": {"RS101", "RS204", "RS301"}}
"""What a function catches: there each row of the answer says it, and the call is none the worse."""
ONLY_FOR_A_POSITION = {"RS503"}
"""What `_enqueue` refuses only who names a position that is good enough: `join_queue` says so."""

REFUSED = re.compile(r"_refuse\(\s*(?:'RS\d{3}[/\w]*'|case.*?\bend\b)", re.S)


def code(text: str) -> str:
    """Without comments and without what stands in quotes."""
    return re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--[^\n]*", "", text))


def body(text: str) -> str:
    return text.split("create or replace", 1)[1].split("\n$$;", 1)[0]


BODIES = {name: body(text) for name, text in REFUSALS.files.items()}
CALLS = {
    name: set(re.findall(r"apartado\.(\w+)\(", code(text))) & BODIES.keys() - {name}
    for name, text in BODIES.items()
}


def can(name: str, seen: set[str]) -> set[str]:
    """The codes that a body and all that it calls can refuse with."""
    if name in seen:
        return set()
    seen.add(name)
    codes = set(re.findall(r"RS\d{3}", " ".join(REFUSED.findall(BODIES[name]))))
    codes -= ONLY_FOR_A_POSITION if name == "_enqueue" else set()
    for other in CALLS[name]:
        codes |= can(other, seen)
    return codes


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_a_header_leads_to_every_code_that_the_function_can_refuse_with(
    endpoint: Endpoint,
) -> None:
    said = REFUSALS.said(endpoint.name) | {*EVERYBODY}
    caught = CAUGHT.get(endpoint.name, set())
    missing = can(endpoint.name, set()) - {"RS310"} - caught - said
    assert not missing, "behind Raises in the header, or behind that of a function named there"
    assert "RS310" in REFUSALS.of(endpoint) or not endpoint.takes_key


def test_a_header_that_says_too_little_is_caught() -> None:
    assert "RS302" in can("reserve", set())
    assert "RS301" in REFUSALS.said("reserve")
    assert "RS301" not in REFUSALS.said("who_am_i")


def test_what_a_header_mentions_is_not_what_it_leads_to() -> None:
    """Who may reserve, and who makes the classes, says nothing of what reserve refuses."""
    assert "RS306" not in REFUSALS.said("transfer_reservation")
    assert REFUSALS.said("set_member_class") == {"RS103", "RS205"}
    assert {"RS202", "RS501"} <= REFUSALS.said("change_cart_line"), (
        "in a line of its own, behind and"
    )


CONTRACT = [
    *(f"RS1{n:02}" for n in range(1, 10)),
    *(f"RS2{n:02}" for n in range(1, 6)),
    *(f"RS3{n:02}" for n in range(1, 13)),
    *(f"RS4{n:02}" for n in range(1, 5)),
    *(f"RS5{n:02}" for n in range(1, 6)),
    *(f"RS6{n:02}" for n in range(1, 5)),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_contract_says_what_is_wrong_and_what_to_do(language: str) -> None:
    assert {found for found, _ in REFUSALS.texts if "/" not in found} == set(CONTRACT)
    for found, _ in REFUSALS.texts:
        text, hint = REFUSALS.texts[found, language]
        assert text.endswith(".")
        assert hint.endswith(".")
        assert found[:5] in CONTRACT
        assert status_of(found[:5]) < 500
        assert found[2] in GROUPS


def test_every_reason_that_has_words_is_used_and_every_one_that_is_used_has_words() -> None:
    """`RS312/by_hand` in a body without its row in messages would fail where it should refuse."""
    root = database_root()
    files = [*root.glob("functions/*/*.sql"), *root.glob("triggers/*.sql")]
    files += Path(errors.__file__).parent.glob("*.py")
    used = {
        found
        for path in files
        for found in re.findall(r"""['"](RS\d{3}/[a-z_]+)['"]""", path.read_text(encoding="utf-8"))
    }
    worded = {found for found, _ in REFUSALS.texts if "/" in found}
    assert not used - worded, "two rows in sql/messages.sql, English and Spanish"
    assert not worded - used, "words that nothing says any more"
    assert all({(found, "en"), (found, "es")} <= REFUSALS.texts.keys() for found in worded)


def test_the_languages_do_not_say_the_same() -> None:
    for found, _ in REFUSALS.texts:
        assert REFUSALS.texts[found, "en"] != REFUSALS.texts[found, "es"]


def test_what_http_refuses_says_so_in_both_languages() -> None:
    assert set(CODES) == set(SENTENCES)
    for status, texts in SENTENCES.items():
        assert set(texts) == set(LANGUAGES), status
        assert texts["en"] != texts["es"]
