"""Tables of measured figures in pages: each stands between two marks, and is written anew whole."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README, PROOF = ROOT / "README.md", ROOT / "PROOF.md"
END = "<!-- until here -->"


def arguments(author: str, about: str | None, names: str) -> argparse.ArgumentParser:
    """What a make target that writes there is asked for."""
    chosen = argparse.ArgumentParser(prog=f"make {author}", description=about)
    chosen.add_argument("names", nargs="*", help=f"{names}; all of them without a name")
    chosen.add_argument("--size", type=float, default=1.0, help="1 is the whole")
    chosen.add_argument("--list", action="store_true", help="say what there is")
    chosen.add_argument(
        "--write-readme",
        action="store_true",
        help="put the table into PROOF.md, and a sentence there",
    )
    return chosen


def begin(author: str) -> str:
    """The mark before what a make target writes."""
    return f"<!-- make {author} writes this -->"


def put(page: Path, author: str, block: str) -> None:
    """Put it where the last one stood."""
    text = page.read_text(encoding="utf-8")
    pattern = re.escape(begin(author)) + ".*?" + re.escape(END)
    whole = f"{begin(author)}\n{block}\n{END}"
    written, found = re.subn(pattern, lambda _: whole, text, flags=re.DOTALL)
    assert found == 1, f"{page.name} has no place for what make {author} writes"
    page.write_text(written, encoding="utf-8")


def block(page: Path, author: str) -> list[str]:
    """The lines that stand there."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(
        re.escape(begin(author)) + "\n(.*?)\n" + re.escape(END), text, flags=re.DOTALL
    )
    assert len(found) == 1, page
    lines: list[str] = found[0].splitlines()
    return lines
