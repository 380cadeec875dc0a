"""Which function refuses with what: read out of the headers of the function files.

A header says ``-- Raises`` with codes and, where they come from there, names of other functions
behind a word that leads to them (what x and y refuse, as z); a house test proves that no body can
refuse with a code that its header does not lead to.
"""

from __future__ import annotations

import re
from pathlib import Path

from apartado.endpoints import Endpoint
from apartado.tree import database_root

EVERYBODY = ("RS103", "RS104", "RS205", "RS601", "RS602", "RS604")
"""What every function can refuse with: the contract does not repeat it, and neither do headers."""

UNDER_A_KEY = ("RS205", "RS310")
TOO_LONG = "RS204"
OF_TOKENS = "RS505"

_RAISES = re.compile(r"^-- Raises (.*?)(?=^-- [A-Z]\w+ +\S|^(?!--))", re.M | re.S)
_CODE = re.compile(r"RS\d{3}")
_LED_TO = re.compile(r"\b(?:what|whatever|as|see|of|which|and)\s+(?:--\s+)?(_?[a-z][a-z_]+)")
_TEXT = re.compile(r"\('(RS\d{3}(?:/[a-z_]+)?)', '(en|es)', '((?:[^']|'')*)', '((?:[^']|'')*)'\)")


class Refusals:
    """The codes of each function, and what they say."""

    def __init__(self, root: Path | None = None) -> None:
        root = root or database_root()
        self.files = {
            path.stem: path.read_text(encoding="utf-8")
            for path in sorted((root / "functions").rglob("*.sql"))
        }
        texts = _TEXT.findall((root / "sql" / "messages.sql").read_text(encoding="utf-8"))
        self.texts = {
            (code, language): (text.replace("''", "'"), hint.replace("''", "'"))
            for code, language, text, hint in texts
        }

    def of(self, endpoint: Endpoint) -> list[str]:
        """Every code that a call over HTTP can be refused with, in their order."""
        codes = {*EVERYBODY, TOO_LONG, *self.said(endpoint.name)}
        if not endpoint.is_query:
            codes.add(OF_TOKENS)
        return sorted(codes | {*UNDER_A_KEY} if endpoint.takes_key else codes)

    def said(self, name: str, above: tuple[str, ...] = ()) -> set[str]:
        """The codes that the header of a function names, itself or through another's."""
        found = _RAISES.search(self.files[name].split("create or replace", 1)[0])
        if found is None:
            return set()
        codes = set(_CODE.findall(found[1]))
        for other in set(_LED_TO.findall(found[1])) & self.files.keys():
            if other != name and other not in above:
                codes |= self.said(other, (*above, name))
        return codes
