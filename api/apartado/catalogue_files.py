"""`apartado import FILE`: read a catalogue of whatever kind and hand it to `put_items`.

The file is recognised by what is in it, never by its name, and read as a stream: a million lines
need no more memory than five hundred (but for the SKUs seen, which tell copies apart).
"""

from __future__ import annotations

import codecs
import csv
import json
import re
import time
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, BinaryIO

import ijson
import psycopg
from psycopg.rows import tuple_row
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from apartado import catalogue_formats as formats
from apartado.catalogue_formats import Cells, Item, Line, Problem
from apartado.catalogue_texts import language, say
from apartado.settings import Trouble

BATCH = 500
SHOWN = 20
"""Refused lines that the report shows, unless all are asked for; the rest is counted."""

_LONGEST = 16 * 1024 * 1024
"""Bytes of a cell, of a line, of an element of an array, and about what one call sends at once."""

_DEEPEST = 100
"""How deep JSON may nest. The parser's memory grows with the square of it: a megabyte of opening
brackets once took 23 GB."""

_SIGN = re.compile(rb'\\(?:.|\Z)|["\[\]{}]|[0-9]{1000,}', re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"')
_ATTEMPTS = 5


@dataclass(slots=True)
class Report:
    """What became of the lines."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    """Line number, SKU and reason of refused lines, as they stand in the file."""

    shows_all: bool = False

    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    """The line that was taken for a SKU at a location: another one would change it every time."""

    def refuse(self, number: int, sku: str | None, reason: str) -> None:
        """Count a refused line, and keep it if it is to be shown; SQL's come later than ours."""
        self.counts["refused"] += 1
        insort(self.refused, (number, sku or "", reason))
        if not self.shows_all:
            del self.refused[SHOWN:]


@dataclass(frozen=True, slots=True)
class Source:
    """A recognised file."""

    kind: str
    lines: Iterator[Line]
    unused: tuple[str, ...] = ()


def import_file(
    connection: psycopg.Connection[Any],
    path: Path,
    console: Console,
    *,
    shown: bool = True,
    shows_all: bool = False,
) -> int:
    """Import one file and print a report; 0 if every line was taken, 1 if some were refused.

    Each batch is a transaction of its own, so that locks are held for a moment only; to go on
    after an interruption (Trouble, after the report), import the same file again. A file that
    cannot be read at all raises Trouble. With shown=False there is no progress bar, with
    shows_all=True the report has a line for every refused one.
    """
    if not path.is_file():
        raise Trouble(say("no_file", file=path.name))
    _check_encoding(path)
    report = Report(shows_all=shows_all)
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file:
        try:
            source = recognise(file, path)
        except (ijson.JSONError, ArithmeticError) as error:
            raise _broken(path, error, report) from None
        console.print(
            say("recognised", file=path.name, kind=say(source.kind)), markup=False, highlight=False
        )
        with _progress(console, shown) as progress:
            task = progress.add_task(say("progress"), total=size)
            try:
                while batch := list(islice(source.lines, BATCH)):
                    _put(connection, batch, report)
                    progress.update(task, completed=min(file.tell(), size))
            except (ijson.JSONError, csv.Error, ArithmeticError) as error:
                print_report(report, source, console)
                raise _broken(path, error, report) from None
            except KeyboardInterrupt:
                print_report(report, source, console)
                raise Trouble(say("stopped", file=path.name)) from None
    print_report(report, source, console)
    return 1 if report.counts["refused"] else 0


def _broken(path: Path, error: Exception, report: Report) -> Trouble:
    """The parser's first line: below it is a picture of the place, which a sentence cannot hold."""
    key = "broken" if any(report.counts.values()) else "broken_at_once"
    text = _said(error).partition("\n")[0]
    return Trouble(say(key, file=path.name, error=text.rstrip(". ")))


def _said(error: Exception) -> str:
    """What is wrong with JSON; how Python says a place, an exponent or a depth is for nobody."""
    if isinstance(error, RecursionError):
        return say("deep", most=_DEEPEST)
    if isinstance(error, json.JSONDecodeError):  # where a line breaks off is its end, not the next
        return say("place", place=min(error.pos, len(error.doc.rstrip())) + 1)
    return say("number") if isinstance(error, ArithmeticError) else str(error)


def _progress(console: Console, shown: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not shown,
    )


def print_report(report: Report, source: Source, console: Console) -> None:
    """The closing report: the counts, then the refused lines with their reasons."""
    counts = Table.grid(padding=(0, 2))
    for outcome in ("inserted", "updated", "unchanged", "refused", "merged"):
        if outcome != "merged" or report.counts["merged"]:
            counts.add_row(say(outcome), str(report.counts[outcome]))
    console.print(counts)
    if source.unused:
        columns = ", ".join(source.unused)
        console.print(say("unused", columns=columns), markup=False, highlight=False)
    if report.refused:
        rows = [(say("line"), "SKU", say("reason"))]
        rows += [(str(n), _plain(sku), _plain(reason)) for n, sku, reason in report.refused]
        wide, wider = (max(len(row[column]) for row in rows) for column in (0, 1))
        for number, sku, reason in rows:  # a line each, however long, for whoever searches a log
            text = f"  {number:<{wide}}  {sku:<{wider}}  {reason}"
            console.print(text, markup=False, highlight=False, soft_wrap=True)
    if (more := report.counts["refused"] - len(report.refused)) > 0:
        console.print(say("more", count=more), highlight=False)


def _plain(text: str) -> str:
    """A text of the file as it is, but no control reaches the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


# -- putting -----------------------------------------------------------------------------------


def _put(connection: psycopg.Connection[Any], lines: list[Line], report: Report) -> None:
    good: list[tuple[Line, str]] = []
    for line in lines:
        values = (line.item or {}).values()
        problem = line.problem or next((v for v in values if isinstance(v, Problem)), None)
        if line.item is not None and problem is None:
            try:
                text = json.dumps(line.item, ensure_ascii=False, default=str, allow_nan=False)
                text.encode()
            except (ValueError, RecursionError):
                problem = Problem("characters")
            else:
                # JSON writes NUL as \u0000, and a backslash before it as two
                has_nul = "\\u0000" in text.replace("\\\\", "")
                problem = Problem("characters") if has_nul else None
                if len(text) > _LONGEST:
                    problem = _too_long()
                good += [(line, text)] if problem is None else []
        if problem is not None:
            report.refuse(line.number, line.sku, say(problem.key, **problem.facts))
        elif line.item is None:
            report.counts["merged"] += 1
    for turn in _turns(good):
        fresh: list[tuple[Line, str]] = []
        for line, text in turn:
            if first := report.taken.get(_place(line)):
                report.refuse(line.number, line.sku, say("same", line=first))
            else:
                fresh.append((line, text))
        for part in _portions(fresh):
            _put_part(connection, part, report)


def _put_part(
    connection: psycopg.Connection[Any], part: list[tuple[Line, str]], report: Report
) -> None:
    texts = (_brief(line) if line.rough else text for line, text in part)
    new: list[tuple[Line, str]] = []
    for number, sku, item_id, outcome, reason in _call(connection, f"[{','.join(texts)}]"):
        line, text = part[number - 1]
        if line.rough and item_id is None:
            new.append((replace(line, rough=frozenset()), text))
        elif outcome == "refused":
            report.refuse(line.number, sku, reason)
        else:
            report.counts[outcome] += 1
            report.taken[_place(line)] = line.number
    if new:
        _put_part(connection, new, report)


def _brief(line: Line) -> str:
    """Without a title: an item that is there needs none, and one that is not is refused."""
    item = {key: value for key, value in (line.item or {}).items() if key not in line.rough}
    return json.dumps(item, ensure_ascii=False)


def _turns(good: list[tuple[Line, str]]) -> Iterator[list[tuple[Line, str]]]:
    """One call names a SKU once: what is kept at a second location too comes with the next."""
    while good:
        skus: set[str] = set()
        later: list[tuple[Line, str]] = []
        turn: list[tuple[Line, str]] = []
        for each in good:
            sku, _ = _place(each[0])
            (later if sku in skus else turn).append(each)
            skus.add(sku)
        yield turn
        good = later


def _place(line: Line) -> tuple[str, str]:
    """SKU and location, as put_items reads them."""
    item = line.item or {}
    return str(item.get("sku")).strip(), str(item.get("location") or "main").strip()


def _portions(good: list[tuple[Line, str]]) -> Iterator[list[tuple[Line, str]]]:
    """What goes into one call: all of them, unless they are long."""
    part: list[tuple[Line, str]] = []
    length = 0
    for line, text in good:
        if part and length + len(text) > _LONGEST:
            yield part
            part, length = [], 0
        part.append((line, text))
        length += len(text)
    if part:
        yield part


def _too_long() -> Problem:
    return Problem("long", {"megabytes": _LONGEST // (1024 * 1024)})


def _call(
    connection: psycopg.Connection[Any], items: str
) -> list[tuple[int, str, int | None, str, str]]:
    """put_items in a transaction of its own, once more if it met another one."""
    for attempt in range(_ATTEMPTS):
        try:
            with connection.transaction(), connection.cursor(row_factory=tuple_row) as cursor:
                cursor.execute(
                    "select pg_catalog.set_config('apartado.language', %s, true)", [language()]
                )
                return cursor.execute(
                    "select number, sku, item_id, outcome, reason "
                    "from apartado.put_items(null, %s::jsonb)",
                    [items],
                ).fetchall()
        except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected):
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.05 * 2**attempt)
    raise AssertionError("unreachable")


# -- recognising -------------------------------------------------------------------------------


def recognise(file: BinaryIO, path: Path) -> Source:
    """What kind of catalogue a file is, and its lines. Trouble when it is none."""
    bom = file.read(3) == codecs.BOM_UTF8
    start = 3 if bom else 0
    file.seek(start)
    first = ""
    while not first and (chunk := file.read(4096)):
        first = chunk.decode("utf-8", "ignore").strip()[:1]
    file.seek(start)
    if not first:
        return Source("nothing", iter(()))
    if first == "[":
        return _json(_array(file))
    if first == "{":
        return _json(_spread(file) if _goes_on(file) else _json_lines(file))
    return _csv(file, path)


def _check_encoding(path: Path) -> None:
    """Refuse what is not UTF-8 before anything is imported; say where it begins not to be."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    with path.open("rb") as file:
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
                line += chunk.count(b"\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line += chunk[: max(error.start, 0)].count(b"\n")
            raise Trouble(say("not_utf8", file=path.name, line=line)) from None


def _array(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """The elements of a JSON array; an element's number is its line."""
    yield from enumerate(ijson.items(_Watched(file), "item"), start=1)


def _goes_on(file: BinaryIO) -> bool:
    """Whether the first object takes more than a line, as tools write it for people."""
    start = file.tell()
    lines = filter(None, map(bytes.strip, iter(lambda: file.readline(_LONGEST), b"")))
    first, second = (*islice(lines, 2), b"", b"")[:2]
    file.seek(start)
    return not first.endswith(b"}") and not second.startswith(b"{") and second != b""


def _spread(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Objects one after the other, over several lines each; an object's number is its line."""
    yield from enumerate(ijson.items(_Watched(file, outside=0), "", multiple_values=True), start=1)


class _Unreadable(ijson.JSONError):  # type: ignore[misc]  # ijson has no types
    """JSON that would take more memory to read than it is worth."""


class _Watched:
    """The file of a JSON array, on its way to a parser that has no limits of its own.

    outside is how deep one is between two elements.
    """

    def __init__(self, file: BinaryIO, outside: int = 1) -> None:
        self._file = file
        self._outside = outside
        self._depth = 0
        self._length = 0
        self._in_text = False
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, unless they nest too deep or an element does not end."""
        chunk = self._file.read(size)
        self._length += len(chunk)
        self._look(self._rest + chunk)
        if self._length > _LONGEST + len(chunk):
            problem = _too_long()
            raise _Unreadable(say(problem.key, **problem.facts))
        return chunk

    def _look(self, text: bytes) -> None:
        self._rest = b""
        for found in _SIGN.finditer(text):
            sign = found[0]
            if sign == b'"':
                self._in_text = not self._in_text
            elif sign == b"\\":
                self._rest = sign  # what it escapes comes with the next bytes
            elif self._in_text or sign.startswith(b"\\"):
                continue
            elif len(sign) > 1:  # ijson crashes on a number that Python refuses to read
                raise _Unreadable(say("number"))
            elif sign in b"[{":
                self._depth += 1
                if self._depth > _DEEPEST:
                    raise _Unreadable(say("deep", most=_DEEPEST))
            else:
                self._depth -= 1
                if self._depth <= self._outside:
                    self._length = len(text) - found.end()


def _json_lines(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    for number in count(1):
        text = file.readline(_LONGEST)
        if not text:
            return
        if len(text) == _LONGEST and not text.endswith(b"\n"):
            while text and not text.endswith(b"\n"):
                text = file.readline(_LONGEST)
            yield number, _too_long()
        elif text.strip():
            try:
                yield number, json.loads(text, parse_float=Decimal, parse_constant=_no_number)
            except (ValueError, ArithmeticError, RecursionError) as error:
                yield number, Problem("json", {"error": _said(error)})


def _no_number(text: str) -> None:
    raise ValueError(say("no_number", text=text))


def _json(records: Iterator[tuple[int, Any]]) -> Source:
    head = list(islice(records, 1))
    is_release = any(isinstance(r, dict) and formats.is_release(r) for _, r in head)

    def lines() -> Iterator[Line]:
        for source in (iter(head), records):
            for number, record in source:
                yield _json_line(number, record)

    return Source("release" if is_release else "items", lines())


def _json_line(number: int, record: Any) -> Line:
    if isinstance(record, Problem):
        return Line(number, problem=record)
    if not isinstance(record, dict):
        return Line(number, problem=Problem("object"))
    if not formats.is_release(record):
        return Line(number, record, sku=str(record.get("sku") or ""))
    try:
        item = formats.release(record)
    except (KeyError, TypeError, AttributeError) as error:
        return Line(number, problem=Problem("shape", {"error": error}), sku=str(record["id"]))
    return Line(number, item, sku=item["sku"])


def _csv(file: BinaryIO, path: Path) -> Source:
    csv.field_size_limit(_LONGEST)
    lines = _Lines(file)
    first = next(lines)
    while not first.strip():
        first = next(lines)
    delimiter = max(",;\t", key=_QUOTED.sub("", first).count)
    reader = csv.reader(chain([first], lines), delimiter=delimiter)
    try:
        headers = [header.strip() for header in next(reader)]
    except csv.Error as error:
        raise Trouble(say("unknown", file=path.name, found=error)) from None
    small = [header.casefold() for header in headers]
    names = set(small)

    if {"listing_id", "release_id"} <= names:
        return _table("inventory", _rows(reader, lines, small), formats.inventory)
    if {"release_id", "collectionfolder"} <= names:
        rough = formats.COLLECTION_ROUGH
        return _table("collection", _rows(reader, lines, small), formats.collection, rough=rough)
    if {"invoiceno", "stockcode"} <= names:
        return Source("invoices", _invoices(_rows(reader, lines, small)))
    if {"handle", "title", "variant price"} <= names:
        variants = formats.shopify(_rows(reader, lines, small))
        return Source("shopify", formats.number_copies(variants))
    fields = formats.fields_of(headers)
    if not {"sku", "title"} <= set(fields.values()):
        raise Trouble(say("unknown", file=path.name, found=", ".join(headers)[:300]))
    unused = tuple(
        header
        for place, header in enumerate(headers)
        if header and (header not in fields or header in headers[:place])
    )
    return _table("shop", _rows(reader, lines, headers), formats.shop_row(fields), unused)


class _Lines:
    """The lines of a file, for a reader that asks for one too many where a quote is open."""

    def __init__(self, file: BinaryIO) -> None:
        self._lines = (line.decode() for line in file)
        self.number = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            self.number += 1
            return line
        self.ended = True
        raise StopIteration


def _table(
    kind: str,
    rows: Iterator[tuple[int, Cells | Line]],
    read: Callable[[Cells], Item],
    unused: tuple[str, ...] = (),
    rough: frozenset[str] = frozenset(),
) -> Source:
    def lines() -> Iterator[Line]:
        for number, cells in rows:
            line = cells if isinstance(cells, Line) else _csv_line(number, cells, read)
            yield replace(line, rough=rough)

    return Source(kind, formats.number_copies(lines()), unused)


def _csv_line(number: int, cells: Cells, read: Callable[[Cells], Item]) -> Line:
    try:
        item = read(cells)
    except (ValueError, RecursionError) as error:
        return Line(number, problem=Problem("json", {"error": _said(error)}))
    return Line(number, item, sku=item.get("sku"))


def _rows(reader: Any, lines: _Lines, headers: list[str]) -> Iterator[tuple[int, Cells | Line]]:
    """The rows below the header with the line on which each begins; blank ones are left out."""
    number = lines.number + 1
    for row in reader:
        if lines.ended:  # all that follows is in one cell
            yield number, Line(number, problem=Problem("open_quote"))
        elif any(text.strip() for text in row):
            if len(row) != len(headers):  # of what breaks off nobody knows what was to be empty
                facts = {"found": len(row), "expected": len(headers)}
                yield number, Line(number, problem=Problem("cells", facts))
            else:
                yield number, dict(reversed([*zip(headers, row, strict=True)]))
        number = lines.number + 1


def _invoices(rows: Iterator[tuple[int, Cells | Line]]) -> Iterator[Line]:
    broken: list[Line] = []

    def whole() -> Iterator[tuple[int, Cells]]:
        for number, cells in rows:
            if isinstance(cells, Line):
                broken.append(cells)
            else:
                yield number, cells

    yield from formats.invoices(whole())
    yield from broken
