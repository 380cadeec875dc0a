"""The page names every module that it needs, so that none waits until another one was read."""

from __future__ import annotations

import re

from apartado.board import STATIC


def needed(name: str, found: set[str]) -> set[str]:
    """The module and those that it imports, and those that these import."""
    if name not in found:
        found.add(name)
        code = (STATIC / name).read_text("utf-8")
        for other in re.findall(r'^(?:import|export)\b[^;]*?"\./([\w-]+\.js)";', code, re.M):
            needed(other, found)
    return found


def test_every_module_of_the_board_is_asked_for_at_once() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert named == sorted(needed("board.js", set()))
    assert len(named) > 30
