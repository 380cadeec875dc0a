"""Every kind of file that `apartado import` reads, with the oddities that such files have."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from rich.console import Console

from apartado import catalogue_files
from apartado.__main__ import ERR, OUT
from apartado.catalogue_files import SHOWN, import_file
from apartado.catalogue_formats import (
    COLUMNS,
    amount,
    fields_of,
    name_shown,
    plain_text,
    truth,
    year_of,
)
from apartado.settings import Trouble
from clusters import Database

pytestmark = pytest.mark.one_postgresql


class Shop:
    """A database, a directory for files, and what the last import printed."""

    def __init__(self, database: Database, directory: Path) -> None:
        self._connection: psycopg.Connection[dict[str, Any]] = psycopg.connect(
            database.url("dba"), autocommit=True, row_factory=dict_row
        )
        self._admin: psycopg.Connection[dict[str, Any]] = psycopg.connect(
            database.url("postgres"), autocommit=True, row_factory=dict_row
        )
        self._directory = directory
        self.printed = ""

    def close(self) -> None:
        self._connection.close()
        self._admin.close()

    def imports(self, content: str | bytes | Path, *, shows_all: bool = False) -> int:
        """Import this content; the file's name tells nothing."""
        path = content if isinstance(content, Path) else self._directory / "catalogue.dat"
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        output = io.StringIO()
        console = Console(file=output, width=200, color_system=None)
        try:
            return import_file(self._connection, path, console, shown=False, shows_all=shows_all)
        finally:
            self.printed = output.getvalue()

    def counts(self) -> dict[str, int]:
        """The figures of the closing report."""
        lines = (line.split() for line in self.printed.splitlines())
        return {
            line[0]: int(line[-1])
            for line in lines
            if line[:1] and line[0] in ("inserted", "updated", "unchanged", "refused", "merged")
        }

    def item(self, sku: str) -> dict[str, Any]:
        """One item with its total."""
        row = self._admin.execute(
            "select r.*, s.total from apartado.items i "
            "cross join lateral apartado._item_records(array[i.item_id]) r "
            "join apartado.stock s on s.item_id = i.item_id where i.sku = %s",
            [sku],
        ).fetchone()
        assert row is not None, f"there is no {sku}"
        return row

    def skus(self) -> list[str]:
        """All of them, as they came."""
        rows = self._admin.execute("select sku from apartado.items order by item_id").fetchall()
        return [row["sku"] for row in rows]

    def value(self, query: str) -> Any:
        """The one value of a query."""
        row = self._admin.execute(query).fetchone()
        assert row is not None
        return next(iter(row.values()))


@pytest.fixture
def shop(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty shop; the terminal is English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    shop = Shop(database, tmp_path)
    yield shop
    shop.close()


RELEASE: dict[str, Any] = {
    "id": 7,
    "title": "Mist",
    "artists": [{"id": 1, "name": "Halo (2)", "anv": "", "join": "&"}, {"id": 2, "name": "Ida"}],
    "labels": [
        {"name": "Svek", "catno": "none", "id": 5},
        {"name": "Own", "catno": "OW 1", "id": 6},
    ],
    "genres": ["Folk, World, & Country"],
    "styles": ["Drone"],
    "country": "Sweden",
    "released": "1999-03-00",
    "tracklist": [
        {
            "position": "",
            "title": "Medley",
            "duration": "",
            "sub_tracks": [{"position": "A1.1", "title": "One", "duration": "1:00"}],
        },
        {"position": "A2", "title": "", "duration": ""},
    ],
    "videos": [{"uri": "https://example.org/v", "title": "V", "duration": 3}],
    "images": [{"type": "primary", "width": 600}],
}


@pytest.mark.parametrize(
    "written", [json.dumps([RELEASE]), json.dumps(RELEASE), "\ufeff" + json.dumps([RELEASE])]
)
def test_a_release_is_read_from_an_array_and_from_json_lines(shop: Shop, written: str) -> None:
    assert shop.imports(written) == 0
    item = shop.item("discogs-7")
    assert (item["title"], item["year"], item["country"]) == ("Mist", 1999, "Sweden")
    assert item["artists"] == [{"name": "Halo"}, {"name": "Ida"}]
    assert item["labels"] == [{"name": "Svek", "catno": None}, {"name": "Own", "catno": "OW 1"}]
    assert item["genres"] == ["Folk, World, & Country"]
    assert [track["title"] for track in item["tracklist"]] == ["Medley", "One", None]
    assert item["videos"] == [{"url": "https://example.org/v", "title": "V"}]
    assert item["images"] == []
    assert (item["price"], item["condition"], item["total"]) == (None, None, 1)


def test_a_release_leaves_alone_what_it_does_not_know(shop: Shop) -> None:
    shop.imports(json.dumps([RELEASE]))
    shop.imports('{"sku": "discogs-7", "price": "12", "condition": "Fair (F)", "year": 2000}')
    undated = {**RELEASE, "released": None}
    assert shop.imports(json.dumps([undated])) == 0
    assert shop.counts()["unchanged"] == 1
    item = shop.item("discogs-7")
    assert (str(item["price"]), item["condition"], item["year"]) == ("12.00", "Fair (F)", 2000)


def test_what_is_no_release_is_refused_with_its_number(shop: Shop) -> None:
    odd = [RELEASE, 3, {**RELEASE, "id": 8, "artists": "nobody"}, {**RELEASE, "id": 9}]
    assert shop.imports(json.dumps(odd)) == 1
    assert shop.counts() == {"inserted": 2, "updated": 0, "unchanged": 0, "refused": 2}
    assert "this is no JSON object" in shop.printed
    assert "this is no Discogs release" in shop.printed


def test_an_object_may_take_several_lines(shop: Shop) -> None:
    """So tools write one for people; it is no JSON Lines, of which each would be refused."""
    release = {
        "id": 7,
        "title": "Mist",
        "artists": [{"name": "Halo (2)"}],
        "labels": [{"name": "x"}],
    }
    assert shop.imports(json.dumps(release, indent=2)) == 0
    assert "Discogs releases" in shop.printed
    assert shop.item("discogs-7")["artists"] == [{"name": "Halo"}]
    rows = [{"sku": "a", "title": "A"}, {"sku": "b"}, {"sku": "c", "title": "C"}]
    text = "\n".join(json.dumps(row, indent=1) for row in rows)
    assert shop.imports(text) == 1
    assert shop.skus() == ["discogs-7", "a", "c"]
    assert any(line.split()[:2] == ["2", "b"] for line in shop.printed.splitlines())
    with pytest.raises(Trouble, match="breaks off"):
        shop.imports(text[:-5])


def test_an_object_that_does_not_end_is_not_read_to_its_end(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_files, "_LONGEST", 300_000)
    with pytest.raises(Trouble, match="it is longer than"):
        shop.imports('{\n"sku": "a", "artists": [' + '{"name": "n"},\n' * 60_000 + "]}")


def test_json_lines_go_on_after_a_bad_line(shop: Shop) -> None:
    lines = '{"sku": "a", "title": "A"}\n{"sku": \n\n{"sku": "b"}\n{"sku": "c", "title": "C"}\n'
    assert shop.imports(lines) == 1
    assert shop.skus() == ["a", "c"]
    assert "2 " in shop.printed
    assert "this is no JSON: it goes wrong at character 8\n" in shop.printed
    assert "RS205 title" in shop.printed


def test_what_no_text_may_hold_is_refused_alone(shop: Shop) -> None:
    lines = (
        '{"sku": "a", "title": "nul \\u0000"}\n{"sku": "b", "title": "\\ud800"}\n'
        '{"sku": "c", "title": "C", "price": NaN}\n{"sku": "d", "title": "\\\\u0000 told"}\n'
        '{"sku": "e", "title": ' + "[" * 5000 + "]" * 5000 + "}\n"
    )
    assert shop.imports(lines) == 1
    assert shop.skus() == ["d"]
    assert shop.counts()["refused"] == 4
    assert "this is no JSON: NaN is no number\n" in shop.printed


INVENTORY = (
    "listing_id,artist,title,label,catno,format,release_id,status,price,listed,comments,"
    "media_condition,sleeve_condition,accept_offer,external_id,weight,format_quantity,"
    "flat_shipping,location,quantity\n"
    '11,"Earth, Wind & Fire",That\'s,Columbia,none,LP,5,For Sale,12.50,x,"clean, no marks",'
    "Near Mint (NM or M-),Generic,N,,230,1,,Box 3,2\n"
    "12,Chicago (2),V,CBS,SOPM 21,LP,6,Draft,8,x,,Mint (M),Not Graded,N,own-1,230,1,,,\n"
)


def test_a_discogs_inventory(shop: Shop) -> None:
    assert shop.imports(INVENTORY) == 0
    first, second = shop.item("discogs-listing-11"), shop.item("own-1")
    assert first["artists"] == [{"name": "Earth, Wind & Fire"}]
    assert (str(first["price"]), first["total"], first["for_sale"]) == ("12.50", 2, True)
    assert (first["condition"], first["sleeve_condition"]) == ("Near Mint (NM or M-)", "Generic")
    assert (first["notes"], first["admin_notes"]) == ("clean, no marks", "location: Box 3")
    assert first["labels"] == [{"name": "Columbia", "catno": None}]
    assert second["artists"] == [{"name": "Chicago"}]
    assert (second["for_sale"], second["total"]) == (False, 1)
    assert shop.imports(INVENTORY) == 0
    assert shop.counts()["unchanged"] == 2


def test_columns_may_be_missing_added_and_elsewhere(shop: Shop) -> None:
    assert shop.imports("new,title,release_id,listing_id\nx,Mist,5,11\n") == 0
    assert shop.item("discogs-listing-11")["title"] == "Mist"


def test_two_copies_of_one_release_in_a_collection_are_two_items(shop: Shop) -> None:
    header = (
        "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,"
        "Date Added,Collection Media Condition,Collection Sleeve Condition,Collection Notes,Mine\n"
    )
    row = "SK 1,Halo (2),Mist,Svek,LP,,1999-03-00,7,All,x,{},No Cover,,x\n"
    text = header + row.format("Mint (M)") + row.format("Good (G)")
    assert shop.imports(text) == 0
    assert shop.skus() == ["discogs-7", "discogs-7#2"]
    assert shop.item("discogs-7#2")["condition"] == "Good (G)"
    assert shop.item("discogs-7")["year"] == 1999
    assert shop.imports(text) == 0
    assert shop.counts()["unchanged"] == 2


def test_a_collection_leaves_alone_what_a_release_knows_better(shop: Shop) -> None:
    """In it all artists are one text: once it took the single ones and the labels' numbers away."""
    release = json.dumps(
        {
            "id": 7, "title": "Mist", "released": "1999-03-00",
            "artists": [{"name": "Halo (2)"}, {"name": "Nova"}],
            "labels": [{"name": "Svek", "catno": "SK 1"}, {"name": "Sony", "catno": "2"}],
        }
    )  # fmt: skip
    collection = (
        "Catalog#,Artist,Title,Label,Released,release_id,CollectionFolder,"
        "Collection Media Condition\n"
        '"SK 1, 2","Halo (2), Nova",Mist,"Svek, Sony",1999,7,All,{}\n'
        ",New,New one,,,8,All,{}\n"
    )
    assert shop.imports(release) == 0
    before = shop.item("discogs-7")
    assert shop.imports(collection.format("Good (G)", "Mint (M)")) == 0
    assert shop.counts() == {"inserted": 1, "updated": 1, "unchanged": 0, "refused": 0}
    assert shop.item("discogs-7") == {**before, "condition": "Good (G)"}
    assert shop.item("discogs-8")["artists"] == [{"name": "New"}]
    for text in (release, collection.format("Good (G)", "Mint (M)")):
        assert shop.imports(text) == 0
        assert shop.counts()["updated"] == 0
    assert shop.imports(collection.format("x" * 101, "Mint (M)")) == 1
    assert shop.counts() == {"inserted": 0, "updated": 0, "unchanged": 1, "refused": 1}
    assert "RS204 condition" in shop.printed


@pytest.mark.parametrize("text", ["", "\n \n", "[]", "sku,title\n", INVENTORY.partition("\n")[0]])
def test_a_file_without_rows_is_no_error(shop: Shop, text: str) -> None:
    assert shop.imports(text) == 0
    assert shop.skus() == []


def test_a_plain_csv_with_every_kind_of_cell(shop: Shop) -> None:
    text = (
        "title;sku;price;artists;labels;catno;styles;visible;year;quantity;colour\n"
        'A;a;"1.234,50 €";Miles Davis;"Blue Note";BLP 1;House; no ;1999-03-00;3;red\n'
        'B;b;12,5;"[""X"", {""name"": ""Y""}]";;;"House; Dub";yes;;;\n'
    )
    assert shop.imports(text) == 0
    first, second = shop.item("a"), shop.item("b")
    assert (str(first["price"]), str(second["price"])) == ("1234.50", "12.50")
    assert first["artists"] == [{"name": "Miles Davis"}]
    assert first["labels"] == [{"name": "Blue Note", "catno": "BLP 1"}]
    assert (first["visible"], first["year"], first["total"]) == (False, 1999, 3)
    assert second["artists"] == [{"name": "X"}, {"name": "Y"}]
    assert second["styles"] == ["House", "Dub"]
    assert "columns not used: colour" in shop.printed


@pytest.mark.parametrize(
    ("price", "currency", "taken"),
    [
        ("3,20 USD", "EUR", None), ("USD 3", "", None), ("£3", "", None), ("3 EUR", "USD", None),
        ("$3", "", None), ("12 Ft", "EUR", None), ("12,50 kr.", "", None), ("3 usd", "eur", None),
        ("3 EUR", "", "3.00 EUR"), ("US$ 3", "usd", "3.00 USD"), ("$3", "CAD", "3.00 CAD"),
        ("3,20 €", "EUR", "3.20 EUR"), ("12 Ft", "huf", "12.00 HUF"), ("3 TTC", "", "3.00 EUR"),
        ("12,50 kr.", "SEK", "12.50 SEK"),
    ],
)  # fmt: skip
def test_a_price_is_in_the_currency_that_its_cell_names(
    shop: Shop, price: str, currency: str, taken: str | None
) -> None:
    row = f'a,A,"{price}",{currency}\n'
    assert shop.imports(f"sku,title,price,currency\n{row}a,B,1,\n") == (taken is None)
    if taken is None:
        assert shop.skus() == ["a#2"]
        refused = next(line for line in shop.printed.splitlines() if "the price says" in line)
        assert refused.split()[:2] == ["2", "a"]
    else:
        assert "{price} {currency}".format(**shop.item("a")) == taken


def test_a_price_that_names_its_currency_is_never_in_that_of_before(shop: Shop) -> None:
    shop.imports("sku,title,price,currency\na,A,3,USD\n")
    assert shop.imports("sku,title,price\na,A,3 €\n") == 0
    assert shop.item("a")["currency"] == "EUR"


@pytest.mark.parametrize(
    "text",
    [
        "listing_id,release_id,title,price\n1,2,A,$3\n",
        "Handle,Title,Variant Price\na,A,$3\n",
        "Cikkszám,Termék név,Bruttó ár\na,A,3 €\n",
        "InvoiceNo,StockCode,Description,Quantity,UnitPrice\n1,a,A,1,3 €\n",
    ],
)
def test_a_price_in_another_currency_is_refused_in_every_table(shop: Shop, text: str) -> None:
    assert shop.imports(text) == 1
    assert shop.skus() == []
    assert "the price says" in shop.printed


def test_an_empty_cell_empties_the_field_and_a_missing_column_does_not(shop: Shop) -> None:
    shop.imports("sku,title,notes,country\na,A,n,UK\n")
    shop.imports("sku,title,notes\na,A,\n")
    item = shop.item("a")
    assert (item["notes"], item["country"]) == (None, "UK")


@pytest.mark.parametrize(
    "text", ["sku,title,parent\na,A, shoe \n", '{"sku": "a", "title": "A", "parent": "shoe"}\n']
)
def test_a_variant_names_its_parent(shop: Shop, text: str) -> None:
    for outcome in ("inserted", "unchanged"):
        assert shop.imports(text) == 0
        assert shop.counts()[outcome] == 1
        assert shop.item("a")["parent"] == "shoe"


def test_bad_cells_are_refused_with_the_line_on_which_the_row_begins(shop: Shop) -> None:
    text = (
        'sku,title,artists\na,"two\nlines",\nb,B,"[1"\nc,C,,,,\nd,D,\n'
        "e,E,\nf,[bold]F[/bold],\n,nobody,\ng,broken o"
    )
    assert shop.imports(text) == 1
    assert shop.skus() == ["a", "d", "e", "f"]
    refused = [line.strip() for line in shop.printed.splitlines() if "  " in line.strip()]
    assert any(line.startswith("4") and "this is no JSON" in line for line in refused)
    assert any(line.startswith("5") and "6 cells under 3 headers" in line for line in refused)
    assert any(line.startswith("9") and "RS205 sku" in line for line in refused)
    assert any(line.startswith("10") and "2 cells under 3 headers" in line for line in refused)


def test_a_quote_that_nobody_closes_swallows_nothing_in_silence(shop: Shop) -> None:
    """What follows is in its cell: once it went into the notes, and the rest was gone."""
    assert shop.imports('sku,title,notes\na,A,"x\ny"\nb,B,"never closed\nc,C,\nd,D,\n') == 1
    assert shop.skus() == ["a"]
    assert any(line.split()[:4] == ["4", "a", "quote", "is"] for line in shop.printed.splitlines())


def test_lines_are_counted_from_the_first_of_the_file(shop: Shop) -> None:
    assert shop.imports("\n \nsku,title,price\na,A,much\n") == 1
    assert any(line.split()[:2] == ["4", "a"] for line in shop.printed.splitlines())


def test_a_sku_comes_once_in_a_file_for_each_location(shop: Shop) -> None:
    """However far apart its lines are: once 500 lines between two made them change each other."""
    shop.value("select apartado.set_location(null, 'north')")
    rows: list[dict[str, Any]] = [{"sku": f"s{n}", "title": "T", "price": n} for n in range(1, 601)]
    rows += [{"sku": "s1", "price": 9}, {"sku": "s600", "price": 9}]
    rows += [{"sku": "s600", "location": "north", "quantity": 3}]
    text = "\n".join(map(json.dumps, rows))
    for outcomes in ({"inserted": 600, "updated": 1}, {"unchanged": 601}):
        assert shop.imports(text) == 1
        assert shop.counts() == {
            "inserted": 0, "updated": 0, "unchanged": 0, "refused": 2, **outcomes,
        }  # fmt: skip
        assert "line 1 names this SKU" in shop.printed
        assert "line 600 names this SKU" in shop.printed
        assert shop.item("s1")["price"] == 1


def test_of_two_lines_the_first_that_can_be_taken_counts(shop: Shop) -> None:
    text = "sku,title,price\na,A,much\na,B,2\n"  # copies in CSV, the same item in JSON
    assert shop.imports(text) == 1
    assert shop.skus() == ["a#2"]
    rows = [{"sku": "b", "title": "B", "price": price} for price in ("much", 2, 3)]
    assert shop.imports(json.dumps(rows)) == 1
    assert shop.item("b")["price"] == 2
    assert "line 2 names this SKU" in shop.printed


def test_a_bracket_may_begin_a_name(shop: Shop) -> None:
    text = "sku,title,artists,labels\na,A,[unknown],[PIAS] Records; {Sic}\n"
    assert shop.imports(text + 'b,B,"[""C""]",[PIAS]\n') == 0
    assert shop.item("a")["artists"] == [{"name": "[unknown]"}]
    assert [label["name"] for label in shop.item("a")["labels"]] == ["[PIAS] Records", "{Sic}"]
    assert shop.item("b")["artists"] == [{"name": "C"}]


def test_the_report_shows_the_first_refused_lines_and_counts_the_rest(shop: Shop) -> None:
    text = "sku,title\n" + "".join(f"s{n},\n" for n in range(SHOWN + 5))
    assert shop.imports(text) == 1
    assert shop.counts()["refused"] == SHOWN + 5
    assert "… and 5 more" in shop.printed
    assert shop.imports(text, shows_all=True) == 1
    assert "more" not in shop.printed
    assert sum("RS205 title" in line for line in shop.printed.splitlines()) == SHOWN + 5


def test_refused_lines_stand_as_in_the_file_whoever_refuses_them(shop: Shop) -> None:
    text = "sku,title,price\n" + "a,,\n" * SHOWN + "too,many,cells,here\n"
    assert shop.imports(text) == 1
    rows = [line.split() for line in shop.printed.splitlines() if line.startswith("  ")]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(2, SHOWN + 2)]


def test_a_refused_line_is_one_line_of_the_report(shop: Shop) -> None:
    assert shop.imports(json.dumps([{"sku": "a", "title": "A", "titel": "[b]x[/b]"}])) == 1
    line = next(line for line in shop.printed.splitlines() if "RS205" in line)
    assert len(line) > 200
    assert line.endswith("value: [b]x[/b])")


def test_the_report_speaks_spanish(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    assert shop.imports("sku,title\na,\n") == 1
    assert "rechazados" in shop.printed
    assert "Falta un valor" in shop.printed


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("sku,title\na,caf\xe9\n".encode("latin-1"), "not UTF-8 (line 2)"),
        ("sku,title\na,A\n".encode("utf-16"), "not UTF-8 (line 1)"),
        (b"colour,size\nred,3\n", "Found: colour, size"),
        (b"%PDF-1.4\n", "no catalogue that Apartado knows"),
        (b"sku,title\ra,A\r", "no catalogue that Apartado knows"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_imported(
    shop: Shop, content: bytes, words: str
) -> None:
    with pytest.raises(Trouble) as trouble:
        shop.imports(content)
    assert words in str(trouble.value)
    assert shop.skus() == []


@pytest.mark.parametrize("content", ["[", "[}", "[[[", "[" * 1_000, '[{"sku": ' + "[" * 1_000])
def test_an_array_that_is_damaged_in_its_first_element_is_said(shop: Shop, content: str) -> None:
    with pytest.raises(Trouble, match=r"breaks off.*Nothing was imported"):
        shop.imports(content)
    assert shop.skus() == []


@pytest.mark.parametrize("inside", ["[" * 101 + "]" * 101, '{"a": ' * 101 + "1" + "}" * 101])
def test_json_that_nests_without_end_is_not_read(shop: Shop, inside: str) -> None:
    """A megabyte of brackets took 23 GB: the parser remembers the way to each of them."""
    with pytest.raises(Trouble, match="more than 100 deep"):
        shop.imports(f'[{{"sku": "a", "title": "T"}}, {inside}]')
    assert shop.skus() == []


@pytest.mark.parametrize("price", ["1" * 5_000, "1E+99999999999999999999"])
def test_a_number_that_nobody_reads_ends_an_import_with_a_word(shop: Shop, price: str) -> None:
    """The parser crashes as soon as Python refuses a number, and takes the process with it."""
    with pytest.raises(Trouble, match="a number is too long"):
        shop.imports(f'[{{"sku": "a", "title": "T", "price": {price}}}]')
    assert shop.skus() == []


def test_digits_inside_texts_are_no_number(shop: Shop) -> None:
    shop.imports(f'[{{"sku": "a", "title": "T", "summary": "{"1" * 5_000}"}}]')
    assert "summary" in shop.printed  # no field of an item: the line was read, and refused


@pytest.mark.parametrize("price", ["1" * 5_000, "1E+99999999999999999999", "[" * 100_000])
def test_json_lines_go_on_after_what_nobody_reads(shop: Shop, price: str) -> None:
    content = f'{{"sku": "a", "title": "A", "price": {price}}}\n{{"sku": "b", "title": "B"}}\n'
    assert shop.imports(content) == 1
    assert shop.skus() == ["b"]
    assert "this is no JSON" in shop.printed
    assert "decimal" not in shop.printed


@pytest.mark.parametrize("cell", ["[" * 100_000, "[" + "1" * 5_000 + "]"])
def test_a_table_goes_on_after_a_cell_that_nobody_reads(shop: Shop, cell: str) -> None:
    assert shop.imports(f"sku,title,artists\na,A,{cell}\nb,B,\n") == 1
    assert shop.skus() == ["b"]
    assert "this is no JSON" in shop.printed


HEADER = "Código;Título;Año;País;Géneros"


@pytest.mark.parametrize(
    "header", [HEADER, unicodedata.normalize("NFD", HEADER), "CODIGO;TITULO;ANO;PAIS;GENEROS"]
)
def test_headers_are_known_whatever_became_of_their_accents(shop: Shop, header: str) -> None:
    assert shop.imports(f"{header}\na;A;1971;Cuba;Son\n") == 0
    item = shop.item("a")
    assert (item["title"], item["year"], item["country"]) == ("A", 1971, "Cuba")
    assert item["genres"] == ["Son"]


def test_a_header_means_one_field() -> None:
    for field, headers in COLUMNS.items():
        for header in headers:
            assert fields_of([header]) == {header: field}


WRITTEN = {
    "en": (
        "sku;title;location;labels;artist;images;video;track list;policy;parent;visible;for sale",
        "sku;title;location;label;artists;image;videos;tracklist;policy;parent;visible;for_sale",
    ),
    "es": (
        "código;título;ubicación;sellos;artistas;imágenes;vídeos;lista de canciones;política;padre;"
        "visible;en venta",
        "codigo;titulo;ubicacion;sello;intérprete;imagen;vídeo;lista de canciones;politica;"
        "producto padre;visible;a la venta",
    ),
    "de": (
        "Artikelnummer;Titel;Standort;Label;Interpreten;Bilder;Videos;Titelliste;Richtlinie;"
        "Vaterartikel;sichtbar;zu verkaufen",
        "Artikelnummer;Bezeichnung;Standort;Plattenlabel;Künstler;Bild;Video;Titelliste;Richtlinie;"
        "Elternartikel;Sichtbar;zu verkaufen",
    ),
    "fr": (
        "Référence;Titre;Emplacement;Labels;Artistes;Images;Vidéos;Liste des titres;Politique;"
        "Produit parent;Visible;En vente",
        "reference;titre;emplacement;label;artiste;image;video;liste des titres;politique;parent;"
        "visible;a vendre",
    ),
}


@pytest.mark.parametrize("header", [each for both in WRITTEN.values() for each in both])
def test_one_or_many_are_written_in_each_language(shop: Shop, header: str) -> None:
    """Of one thing or of several, with accents or without."""
    shop.value("select apartado.set_location(null, 'north')")
    shop.value("select apartado.set_policy(null, 'slow', '{\"hold\": 60}')")
    cells = "a;A;north;Svek;Ida;https://e.org/i;https://e.org/v;One;slow;shoe;no;no"
    assert shop.imports(f"{header}\n{cells}\n") == 0
    assert "columns not used" not in shop.printed
    item = shop.item("a")
    assert [item[each][0]["name"] for each in ("labels", "artists")] == ["Svek", "Ida"]
    assert [item[each][0]["url"][-1] for each in ("images", "videos")] == ["i", "v"]
    assert item["tracklist"][0]["title"] == "One"
    assert (item["parent"], item["visible"], item["for_sale"]) == ("shoe", False, False)
    place = (
        "select p.name || ' ' || l.code from apartado.items i join apartado.policies p"
        " using (policy_id) join apartado.stock s using (item_id) join apartado.locations l"
        " on l.location_id = s.location_id"
    )
    assert shop.value(place) == "slow north"


def test_a_comma_inside_quotes_separates_no_headers(shop: Shop) -> None:
    assert shop.imports('sku;title;"Price, net, of one, today"\na;A;1,50\n') == 0
    assert shop.skus() == ["a"]


@pytest.mark.parametrize("headers", ["sku,title,price,price", "sku,title,price,PRICE"])
def test_of_two_columns_for_one_field_the_first_counts(shop: Shop, headers: str) -> None:
    assert shop.imports(f"{headers}\na,A,1,2\n") == 0
    assert shop.item("a")["price"] == 1
    assert f"columns not used: {headers.rsplit(',', maxsplit=1)[-1]}\n" in shop.printed


def test_what_cannot_be_read_twice_is_no_file(shop: Shop, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Trouble, match="save it first"):
        shop.imports(tmp_path / "pipe")


def test_brackets_inside_texts_nest_nothing(shop: Shop) -> None:
    """Quotes and backslashes decide what is inside, also where the file is read in two pieces."""
    title = '[{"\\\\' * 20_000
    rows = [{"sku": "a", "title": "T", "x": title}, {"sku": "b", "title": "\\"}]
    assert shop.imports(json.dumps(rows)) == 1  # x is no field
    assert shop.skus() == ["b"]


@pytest.mark.parametrize("pattern", ["[{}]", "{}\n"])
def test_what_is_too_long_is_refused_alone(
    shop: Shop, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_files, "_LONGEST", 300_000)
    rows = [json.dumps({"sku": sku, "title": "T", "notes": "n" * length})
            for sku, length in (("a", 9_000), ("b", 299_980), ("c", 9_000))]  # fmt: skip
    text = f"[{','.join(rows)}]" if pattern == "[{}]" else "\n".join(rows) + "\n"
    assert shop.imports(text) == 1
    assert shop.skus() == ["a", "c"]
    assert "it is longer than" in shop.printed


def test_an_element_that_does_not_end_is_not_read_to_its_end(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_files, "_LONGEST", 300_000)
    with pytest.raises(Trouble, match="it is longer than"):
        shop.imports('[{"sku": "a", "title": "' + "a" * 900_000 + '"}]')


def test_long_items_go_in_several_calls(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_files, "_LONGEST", 30_000)
    calls: list[str] = []
    put = catalogue_files._call

    def counted(connection: Any, items: str) -> Any:
        calls.append(items)
        return put(connection, items)

    monkeypatch.setattr(catalogue_files, "_call", counted)
    rows = [json.dumps({"sku": f"s{n}", "title": "T", "notes": "n" * 9_000}) for n in range(10)]
    assert shop.imports("\n".join(rows)) == 0
    assert len(calls) == 4
    assert shop.counts()["inserted"] == 10


def test_a_file_that_breaks_off_keeps_what_came_before_and_says_so(shop: Shop) -> None:
    many = json.dumps([{"sku": f"s{n}", "title": "T"} for n in range(600)])
    with pytest.raises(Trouble, match=r"breaks off.*What came before is imported"):
        shop.imports(many[:-20])
    assert len(shop.skus()) == 500
    assert shop.imports(many) == 0
    assert shop.counts() == {"inserted": 100, "updated": 0, "unchanged": 500, "refused": 0}


def test_an_import_that_is_stopped_says_what_it_did(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(catalogue_files, "_portions", stopped)
    with pytest.raises(Trouble, match=r"was stopped\. What came before is imported"):
        shop.imports("sku,title\na,A,A\nb,B\n")
    assert shop.counts() == {"inserted": 0, "updated": 0, "unchanged": 0, "refused": 1}


def test_an_import_never_touches_open_reservations(shop: Shop) -> None:
    shop.imports("sku,title,price\na,A,10\n")
    shop.value(
        "insert into apartado.members (alias, secret_hash, created_at) "
        "values ('ana', sha256('x'), now()) returning member_id"
    )
    shop.value("select reservation_id from apartado.reserve('ana', apartado.item_id('a'))")
    before = shop.value("select to_jsonb(r) from apartado.reservations r")
    assert shop.imports("sku,title,price,quantity\na,New,12,0\n") == 1
    assert "RS301 quantity" in shop.printed
    assert shop.imports("sku,title,price,quantity\na,New,12,1\n") == 0
    assert shop.value("select to_jsonb(r) from apartado.reservations r") == before
    assert str(shop.item("a")["price"]) == "12.00"


SHOP_HU = (
    "Cikkszám,Termék Név,Státusz,Nettó Ár,Bruttó Ár,Kategória,Hosszú leírás,Kép link,"
    "Paraméter: Lemez állapota||text,Paraméter: Borító állapota||text,Paraméter: Label||text\n"
    '-KL-1,Halo (2) / Love / Hate KL 1,1,100,127.5,"Bakelit, CD|Folk, World, & Country",'
    'szép<br />állapot,NaN,No Cover,Mint (M),"Own, Other"\n'
    "-KL-1,Halo (2) / Love / Hate KL 1,1,90,1551527.1,Bakelit|Jazz,,NaN,Good (G),Mint (M),NaN\n"
)


def test_a_hungarian_shop_with_two_copies_under_one_sku(shop: Shop) -> None:
    assert shop.imports(SHOP_HU) == 0
    assert shop.skus() == ["-KL-1", "-KL-1#2"]
    first, second = shop.item("-KL-1"), shop.item("-KL-1#2")
    assert (first["title"], first["artists"]) == ("Love / Hate KL 1", [{"name": "Halo"}])
    assert (str(first["price"]), first["currency"]) == ("127.50", "HUF")
    assert str(second["price"]) == "1551527.10"
    assert (first["condition"], first["sleeve_condition"]) == ("No Cover", "Mint (M)")
    assert first["genres"] == ["Folk, World, & Country"]
    assert first["labels"] == [{"name": "Own, Other", "catno": None}]
    assert (first["notes"], first["images"], second["labels"]) == ("szép\nállapot", [], [])
    assert shop.imports(SHOP_HU) == 0
    assert shop.counts()["unchanged"] == 2


SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,"
    "Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Price,Image Src,Image Position,Variant Image,Status\n"
    'runner,Runner,"<p>Light &amp;\nfast<br>3 < 4</p><style>p {}</style><ul><li>A</li></ul>",Own,'
    'Shoes,"sport, road",true,Size,42,Colour,Black,,,R-42,shopify,3,90.00,'
    "https://example.org/1.jpg,1,,active\n"
    "runner,,,,,,,,43,,Black,,,R-43,shopify,0,95.50,https://example.org/2.jpg,2,"
    "https://example.org/43.jpg,\n"
    "runner,,,,,,,,44,,Red,,,,shopify,1,90.00,,,,\n"
    "runner,,,,,,,,,,,,,,,,,https://example.org/3.jpg,3,,\n"
    "mug,Mug,,,,,false,Title,Default Title,,,,,,,,7,,,,active\n"
    "poster,Poster,,,,,true,Title,Default Title,,,,,P-1,shopify,-2,5,,,,draft\n"
    ",Lost,,,,,true,Title,Default Title,,,,,L-1,shopify,1,5,,,,active\n"
    "gone,,,,,,,Title,Default Title,,,,,G-1,shopify,1,5,,,,active\n"
)


def test_shopify_products_are_families_of_variants(shop: Shop) -> None:
    assert shop.imports(SHOPIFY) == 1
    assert "a Shopify product export" in shop.printed
    skus = ["R-42", "R-43", "runner/44/Red", "mug"]
    assert sorted(shop.skus()) == sorted(skus)
    first, second, third, mug = map(shop.item, skus)
    assert [item["title"] for item in (first, second, third, mug)] == [
        "Runner - 42 / Black", "Runner - 43 / Black", "Runner - 44 / Red", "Mug",
    ]  # fmt: skip
    assert [item["parent"] for item in (first, third, mug)] == ["runner", "runner", "mug"]
    assert (str(second["price"]), second["total"], second["currency"]) == ("95.50", 0, "EUR")
    assert first["notes"] == second["notes"] == "Light & fast\n3 < 4\nA"
    assert (third["labels"], third["genres"]) == ([{"name": "Own", "catno": None}], ["Shoes"])
    assert third["styles"] == ["sport", "road"]
    images = [f"https://example.org/{n}.jpg" for n in (43, 1, 2, 3)]
    assert [image["url"] for image in second["images"]] == images
    assert [image["url"] for image in third["images"]] == images[1:]
    assert (first["visible"], mug["visible"], mug["total"]) == (True, False, 1)


def test_shopify_rows_are_refused_with_their_lines_and_come_again_unchanged(shop: Shop) -> None:
    counts = {"inserted": 4, "updated": 0, "unchanged": 0, "refused": 3, "merged": 1}
    for inserted, unchanged in ((4, 0), (0, 4)):
        assert shop.imports(SHOPIFY) == 1
        assert shop.counts() == counts | {"inserted": inserted, "unchanged": unchanged}
        refused = [line.split() for line in shop.printed.splitlines() if "  " in line.strip()]
        reasons = {line[0]: " ".join(line) for line in refused if line[0] in ("8", "9", "10")}
        assert "P-1 RS204 quantity" in reasons["8"]
        assert "the line names no product" in reasons["9"]
        assert "G-1 RS205 title" in reasons["10"]


def test_a_broken_row_of_a_shopify_product_stops_no_other(shop: Shop) -> None:
    rows = SHOPIFY.splitlines(keepends=True)
    text = rows[0] + "".join(rows[1:3]) + "runner" + "," * 40 + "\n" + "".join(rows[3:6])
    assert shop.imports(text) == 1
    assert shop.skus() == ["R-42", "R-43", "runner/44/Red"]
    assert "cells under 21 headers" in shop.printed


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain", "plain"),
        ("<p>a\n  b</p>\n<p> c</p>", "a b\nc"),
        ("<div>1 &lt; 2<br/>&eacute;&nbsp;x</div>", "1 < 2\né\u00a0x"),
        ("<script>if (a < b) { alert('<p>') }</script>seen<!-- not -->", "seen"),
        ("a < b and <", "a < b and <"),
        ("<style>", ""),
    ],
)  # fmt: skip
def test_html_is_read_as_people_see_it(markup: str, text: str) -> None:
    assert plain_text(markup) == text


INVOICES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1,22728,ALARM CLOCK PINK,24,12/1/2010 8:45,3.75,12583,France
1,22728,ALARM CLOCK PINK,24,12/1/2010 8:45,3.95,,France
C2,22727,ALARM CLOCK RED,-1,12/1/2010 8:45,3.75,12583,France
3,22726,ALARM CLOCK GREEN,-4,12/1/2010 8:45,3.75,12583,France
3,POST,POSTAGE,3,12/1/2010 8:45,18,12583,France
4,,LOST,3,12/1/2010 8:45,18,12583,France
"""


def test_invoices_give_their_products_once(shop: Shop) -> None:
    assert shop.imports(INVOICES) == 1
    assert shop.skus() == ["22728"]
    assert shop.counts() == {
        "inserted": 1, "updated": 0, "unchanged": 0, "refused": 4, "merged": 1,
    }  # fmt: skip
    item = shop.item("22728")
    assert (item["title"], str(item["price"]), item["currency"]) == (
        "ALARM CLOCK PINK", "3.95", "GBP",
    )  # fmt: skip
    assert item["country"] is None
    for words in ("C2 is a cancellation", "-4 is negative", "POST is a charge", "no product"):
        assert words in shop.printed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.50", "12.50"), ("12,50", "12.50"), ("€ 1.234,50", "1234.50"), ("1,234.50", "1234.50"),
        ("1,234", "1,234"), ("1 234,5", "1234.5"), ("-3", "-3"), ("cheap", "cheap"), ("", ""),
        ("1'234.50", "1234.50"), ("12,50 kr.", "12.50"), ("EUR\u202f5", "5"),
        ("2 x 12.50", "2 x 12.50"), ("12 EUR / 15 USD", "12 EUR / 15 USD"), ("1e3", "1e3"),
        ("12 50", "12 50"), ("(5)", "(5)"), ("10-12", "10-12"),
    ],
)  # fmt: skip
def test_prices_as_people_write_them(text: str, number: str) -> None:
    assert amount(text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Verdadero", True), ("WAHR", True), ("vrai", True), ("igaz", True), (" Sí ", True),
        ("FALSO", False), ("falsch", False), ("Faux", False), ("hamis", False),
        ("perhaps", "perhaps"),
    ],
)  # fmt: skip
def test_yes_and_no_as_spreadsheets_write_them(text: str, said: object) -> None:
    assert truth(text) == said


def test_names_and_years() -> None:
    assert [name_shown(n) for n in ("Chicago (2)", "(2) Fast", "Sun (Ra)", " X ")] == [
        "Chicago", "(2) Fast", "Sun (Ra)", "X",
    ]  # fmt: skip
    assert [year_of(y) for y in ("1999-03-00", "1999", "", None, "0000", "soon", 1984)] == [
        1999, 1999, None, None, None, None, 1984,
    ]  # fmt: skip


def test_what_the_command_quotes_it_leaves_as_it_is() -> None:
    """A SKU like :x: was shown as an emoji, and nowhere to be found in the file."""
    for console in (OUT, ERR):
        with console.capture() as said:
            console.print(":x:1 a:fire:b", markup=False)
        assert said.get() == ":x:1 a:fire:b\n"
