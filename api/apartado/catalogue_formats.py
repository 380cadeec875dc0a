"""The files that a catalogue can be imported from, as rows of `put_items`.

Every format is a function from one record of the file to the fields of one item. What a value may
be is not judged here: SQL does that, and its reasons go into the report. README, "Importing a
catalogue", describes the formats for people.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from apartado.tree import database_root

Item = dict[str, Any]
"""The fields of an item. A Problem in place of a value refuses the line."""

Cells = Mapping[str, str]
"""One line of a CSV file: the cells by their column."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is no item: a text of `catalogue_texts` with its facts."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a file: an item, or why it is none. Neither: it was merged into another."""

    number: int
    item: Item | None = None
    problem: Problem | None = None
    sku: str | None = None
    rough: frozenset[str] = frozenset()
    """Fields for a new item only: one that is there knows better, and keeps its own."""


# -- values ------------------------------------------------------------------------------------

_DISAMBIGUATION = re.compile(r"\s+\(\d+\)$")
_YEAR = re.compile(r"^\s*(\d{4})(?!\d)")
_AMOUNT = re.compile(
    r"[^\d.,+()-]*"  # what it is in
    r"([+-]?\s*\d(?:[\d.,]|[\s'’](?=\d{3}(?!\d)))*)"
    r"(?:[^\d.,+()-]*[^\W\d_]\.|[^\d.,+()-]*)"
)
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|[^\w\s]")
_SIGNS: Mapping[str, str] = {
    "€": "EUR",
    "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP",
    "$": "USD ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MXN "
    "NAD NIO NZD SBD SGD SRD TOP TTD TWD UYU WST XCD",
    "¥": "JPY CNY", "₹": "INR", "₩": "KRW KPW", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₫": "VND",
    "₪": "ILS", "₱": "PHP", "ft": "HUF", "kr": "DKK ISK NOK SEK", "kč": "CZK", "zł": "PLN",
}  # fmt: skip
"""What people write beside a price, and the currencies that it may stand for."""

_JSON = re.compile(r"\[\s*[\"{\[\]\d]|\{\s*[\"}]")
_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOTHING = {"", "nan", "null", "none", "n/a"}
_YES = {
    "true", "yes", "y", "1", "sí", "si", "verdadero", "igen", "igaz", "ja", "wahr", "oui", "vrai",
}  # fmt: skip
_NO = {"false", "no", "n", "0", "falso", "nem", "hamis", "nein", "falsch", "non", "faux"}


def name_shown(name: str) -> str:
    """A name without the number by which Discogs tells namesakes apart: Chicago (2) is Chicago."""
    return _DISAMBIGUATION.sub("", name.strip())


def catalogue_number(catno: str | None) -> str | None:
    """A catalogue number; Discogs writes `none` where the record bears none."""
    text = (catno or "").strip()
    return None if text.lower() in ("", "none") else text


def year_of(released: object) -> int | str | None:
    """The year of a date in any precision: 1999, 1999-03-00. What has none is left to SQL."""
    text = str(released or "").strip()
    found = _YEAR.match(text)
    return int(found[1]) if found and found[1] != "0000" else None


def amount(text: str) -> str:
    """A price with a decimal point: 12,50 and 1.234,50 € are meant for people.

    1,234 could mean either and stays as it is, to be refused, and so does what is more than one
    number: 2 x 12.50 is no 212.50.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return text
    plain = re.sub(r"[\s'’]", "", found[1])
    last = max(plain.rfind("."), plain.rfind(","))
    if "," not in plain:
        return plain
    if "." not in plain and (plain.count(",") > 1 or len(plain) - last == 4):
        return text
    whole = re.sub(r"[.,]", "", plain[:last])
    return f"{whole}.{plain[last + 1 :]}"


def priced(item: Item) -> Item:
    """An item with its price as a number, in the currency that the cell names, if it names one.

    Where the row says none it is in euros, as SQL has it for a new item; then a cell with `3 €`
    says it, so that an item in dollars does not cost three of those. Where the two differ nobody
    knows which is right. A word that is no currency (`TTC`) means nothing.
    """
    text = item.get("price")
    if text is None or (number := amount(text)) == text:
        return item
    currency = str(item.get("currency") or "EUR").upper()
    for word in _WORD_OR_SIGN.findall(text):
        code = word.upper()
        meant = {code} if code in _codes() else set(_SIGNS.get(word.casefold(), "").split())
        if meant and currency in _codes():
            if currency not in meant:
                facts = {"named": word, "currency": currency}
                return item | {"price": Problem("currency", facts)}
            item = item | {"currency": currency}
    return item | {"price": number}


@cache
def _codes() -> frozenset[str]:
    """The currencies that the database knows, from the file that it has them from."""
    text = (database_root() / "sql" / "currencies.sql").read_text(encoding="utf-8")
    return frozenset(code for codes in re.findall("'([A-Z ]+)'", text) for code in codes.split())


def truth(text: str) -> bool | str:
    """Yes or no in the languages of the headers; anything else is left to SQL."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else text


def texts(text: str) -> Any:
    """A list in a cell: JSON, or values separated by semicolons. A comma may be part of a name.

    So may a bracket: [PIAS] is a label.
    """
    if _JSON.match(text.lstrip()):
        return json.loads(text)
    return [part.strip() for part in text.split(";") if part.strip()]


def prose(text: str) -> str:
    """Notes without the line-break tags of shop systems."""
    return _TAG.sub("\n", text).strip()


def filled(item: Item) -> Item:
    """Only what is there, priced: what a source does not tell, an import leaves alone."""
    return {key: value for key, value in priced(item).items() if value not in (None, "", [])}


def cell(cells: Cells, *columns: str) -> str | None:
    """The first of these columns that holds something."""
    for column in columns:
        if column in cells and cells[column].strip().lower() not in _NOTHING:
            return cells[column].strip()
    return None


# -- Discogs -----------------------------------------------------------------------------------


def is_release(record: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a Discogs release rather than an item of ours."""
    return "sku" not in record and {"id", "title", "artists"} <= record.keys()


def release(record: Mapping[str, Any]) -> Item:
    """A Discogs release. It knows no price and no condition: those are the shop's."""
    return filled(
        {
            "sku": f"discogs-{record['id']}",
            "title": record["title"],
            "artists": [{"name": name_shown(a["name"])} for a in record.get("artists") or []],
            "labels": [
                {"name": name_shown(each["name"]), "catno": catalogue_number(each.get("catno"))}
                for each in record.get("labels") or []
            ],
            "styles": record.get("styles"),
            "genres": record.get("genres"),
            "country": record.get("country"),
            "year": year_of(record.get("released") or record.get("year")),
            "tracklist": list(_tracks(record.get("tracklist") or [])),
            "videos": [
                {"url": v["uri"], "title": v.get("title")} for v in record.get("videos") or []
            ],
            "images": [
                {"url": i["uri"], "role": i.get("type")}
                for i in record.get("images") or []
                if i.get("uri")
            ],
            "notes": record.get("notes"),
        }
    )


def _tracks(tracklist: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    """Tracks in order; the parts of a medley follow the medley."""
    for track in tracklist:
        yield {key: track.get(key) for key in ("position", "title", "duration")}
        yield from _tracks(track.get("sub_tracks") or [])


def inventory(cells: Cells) -> Item:
    """A line of a Discogs inventory export: one copy, known by its listing."""
    own = cell(cells, "external_id")
    place = cell(cells, "location")
    artist, label = cell(cells, "artist"), cell(cells, "label")
    status = cell(cells, "status")
    return filled(
        {
            "sku": own or _numbered("discogs-listing-", cell(cells, "listing_id")),
            "title": cell(cells, "title"),
            "artists": [name_shown(artist)] if artist else [],
            "labels": _label(label, cell(cells, "catno")),
            "price": cell(cells, "price"),
            "quantity": cell(cells, "quantity"),
            "condition": cell(cells, "media_condition"),
            "sleeve_condition": cell(cells, "sleeve_condition"),
            "notes": cell(cells, "comments"),
            "admin_notes": f"location: {place}" if place else None,
            "for_sale": None if status is None else status.lower() == "for sale",
        }
    )


def collection(cells: Cells) -> Item:
    """A line of a Discogs collection export: the copies of one release are numbered."""
    artist, label = cell(cells, "artist"), cell(cells, "label")
    return filled(
        {
            "sku": _numbered("discogs-", cell(cells, "release_id")),
            "title": cell(cells, "title"),
            "artists": [name_shown(artist)] if artist else [],
            "labels": _label(label, cell(cells, "catalog#")),
            "year": year_of(cell(cells, "released")),
            "condition": cell(cells, "collection media condition"),
            "sleeve_condition": cell(cells, "collection sleeve condition"),
            "notes": cell(cells, "collection notes"),
        }
    )


COLLECTION_ROUGH = frozenset({"title", "artists", "labels", "year"})
"""In a collection all artists of a release are one text, and so are its labels."""


def _numbered(prefix: str, number: str | None) -> str | None:
    return None if number is None else prefix + number


def _label(name: str | None, catno: str | None) -> list[Item]:
    """One label: without ids nobody knows whether a comma separates two."""
    return [{"name": name_shown(name), "catno": catalogue_number(catno)}] if name else []


# -- plain and shop exports --------------------------------------------------------------------

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sku": ("sku", "cikkszám", "referencia", "código", "artikelnummer", "référence"),
    "title": (
        "title", "name", "product name", "termék név", "megnevezés", "título", "titulo", "nombre",
        "titel", "bezeichnung", "titre", "désignation",
    ),
    "price": (
        "price", "gross price", "bruttó ár", "precio", "pvp", "preis", "bruttopreis", "prix",
        "prix ttc",
    ),
    "currency": ("currency", "pénznem", "moneda", "divisa", "währung", "devise", "monnaie"),
    "quantity": (
        "quantity", "qty", "stock", "készlet", "mennyiség", "cantidad", "existencia",
        "existencias", "unidades", "menge", "bestand", "anzahl", "quantité",
    ),
    "location": ("location", "ubicación", "standort", "emplacement"),
    "condition": (
        "condition", "media condition", "media_condition", "lemez állapota", "estado",
        "estado del disco", "zustand", "état", "état du disque",
    ),
    "sleeve_condition": (
        "sleeve_condition", "sleeve condition", "borító állapota", "estado de la funda",
        "estado de la portada", "zustand der hülle", "état de la pochette",
    ),
    "artists": (
        "artists", "artist", "előadó", "előadók", "artista", "artistas", "intérprete",
        "intérpretes", "interpret", "interpreten", "künstler", "artiste", "artistes",
    ),
    "labels": (
        "labels", "label", "kiadó", "kiadók", "sello", "sellos", "sello discográfico",
        "sellos discográficos", "plattenlabel",
    ),
    "catno": (
        "catno", "catalog#", "catalog number", "catalogue number", "katalógusszám",
        "número de catálogo", "katalognummer", "numéro de catalogue",
    ),
    "styles": ("styles", "style", "stílus", "stílusok", "estilo", "estilos", "stil", "stile"),
    "genres": ("genres", "genre", "műfaj", "műfajok", "género", "géneros"),
    "category": ("category", "kategória", "categoría", "kategorie", "catégorie"),
    "year": ("year", "released", "év", "año", "jahr", "année"),
    "country": ("country", "ország", "país", "land", "pays"),
    "tracklist": (
        "tracklist", "track list", "lista de canciones", "titelliste", "liste des titres",
    ),
    "videos": ("videos", "video"),
    "images": ("images", "image", "kép link", "imagen", "imágenes", "bild", "bilder"),
    "notes": (
        "notes", "note", "hosszú leírás", "description", "descripción", "nota", "notas",
        "beschreibung", "anmerkung", "anmerkungen", "remarque", "remarques",
    ),
    "admin_notes": (
        "admin_notes", "admin notes", "internal notes", "nota interna", "notas internas",
        "interne notiz", "interne notizen", "note interne", "notes internes",
    ),
    "cms_id": ("cms_id", "cms id", "cms-id", "id del cms"),
    "visible": ("visible", "státusz", "sichtbar"),
    "for_sale": (
        "for_sale", "for sale", "en venta", "a la venta", "zu verkaufen", "en vente", "à vendre",
    ),
    "needs_audio": ("needs_audio", "needs audio", "necesita audio", "braucht audio"),
    "policy": ("policy", "política", "richtlinie", "politique"),
    "parent": (
        "parent", "padre", "artículo padre", "producto padre", "vaterartikel", "elternartikel",
        "produit parent",
    ),
}  # fmt: skip
"""Our fields and the headers that shop systems give them, small and without decoration."""

_READ: Mapping[str, Callable[[str], Any]] = {
    "artists": texts,
    "labels": texts,
    "styles": texts,
    "genres": texts,
    "tracklist": texts,
    "videos": texts,
    "images": texts,
    "visible": truth,
    "for_sale": truth,
    "needs_audio": truth,
    "notes": prose,
}


def plain_header(header: str) -> str:
    """A header without accents, which exports lose, and what shop systems put around it.

    `Paraméter: Lemez állapota||text` is lemez allapota.
    """
    text = re.sub(r"^param[^:]*:\s*|\|\|.*$", "", header.strip().casefold()).strip()
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_FIELD = {plain_header(header): name for name, headers in COLUMNS.items() for header in headers}


def fields_of(headers: Iterable[str]) -> dict[str, str]:
    """Our field for each header that means one; of two for one field the first counts."""
    found: dict[str, str] = {}
    for header in headers:
        name = _FIELD.get(plain_header(header))
        if name and name not in found.values():
            found[header] = name
    return found


def shop_row(headers: Iterable[str]) -> Callable[[Cells], Item]:
    """The reader of a plain CSV or a shop's export with these headers.

    An empty cell empties the field: the column is there, so the file knows. NaN is nothing.
    """
    fields = fields_of(headers)
    names = set(fields.values())
    hungarian = plain_header("cikkszám") in {plain_header(header) for header in fields}
    artist_in_title = "artists" not in names and "condition" in names

    def read(cells: Cells) -> Item:
        item: Item = {}
        for header, name in fields.items():
            text = cell(cells, header)
            item[name] = None if text is None else _READ.get(name, str)(text)
        category, catno = item.pop("category", None), item.pop("catno", None)
        if category and "genres" not in item:
            item["genres"] = [category.split("|")[-1].strip()]
        if "year" in item:
            item["year"] = year_of(item["year"]) or item["year"]
        if isinstance(item.get("artists"), list):
            item["artists"] = [_shown(each) for each in item["artists"]]
        if catno and isinstance(item.get("labels"), list) and len(item["labels"]) == 1:
            item["labels"] = _label(str(item["labels"][0]), catno)
        if artist_in_title and " / " in (item.get("title") or ""):
            artist, item["title"] = item["title"].split(" / ", 1)
            item["artists"] = [name_shown(artist)]
        if hungarian and "currency" not in item:
            item["currency"] = "HUF"
        return priced(item)

    return read


def _shown(artist: Any) -> Any:
    return name_shown(artist) if isinstance(artist, str) else artist


# -- invoices ----------------------------------------------------------------------------------

_NO_PRODUCT = {"POST", "DOT", "M", "D", "C2", "S", "B", "CRUK", "BANK CHARGES", "AMAZONFEE"}


def invoices(rows: Iterable[tuple[int, Cells]]) -> Iterator[Line]:
    """The products of invoice lines, each once, with its latest price; prices are in pounds.

    An invoice tells what was sold, not what there is: no quantity is named.
    """
    products: dict[str, Line] = {}
    for number, cells in rows:
        code = cell(cells, "stockcode")
        price = priced({"price": cell(cells, "unitprice"), "currency": "GBP"})["price"]
        problem = _no_sale(cells, code) or (price if isinstance(price, Problem) else None)
        if problem or code is None:
            yield Line(number, problem=problem or Problem("no_code"), sku=code)
            continue
        known = products.get(code)
        title = cell(cells, "description")
        if known is None:
            item = {"sku": code, "title": title, "currency": "GBP"}
            known = products[code] = Line(number, item, sku=code)
        else:
            yield Line(number, sku=code)
        item = known.item or {}
        item["title"] = title or item["title"]
        item["price"] = price or item.get("price")
    yield from products.values()


def _no_sale(cells: Cells, code: str | None) -> Problem | None:
    invoice, quantity = cell(cells, "invoiceno") or "", cell(cells, "quantity") or ""
    if invoice.upper().startswith("C"):
        return Problem("cancellation", {"invoice": invoice})
    if quantity.startswith("-"):
        return Problem("negative", {"quantity": quantity})
    if (code or "").upper() in _NO_PRODUCT:
        return Problem("no_product", {"code": code})
    return None


# -- Shopify -----------------------------------------------------------------------------------

_HTML_TAG = re.compile(r"<(/?[a-zA-Z!][^<>]*)>")
_WORD = re.compile(r"/?\w*")
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"script", "style"}


def plain_text(markup: str) -> str:
    """What a reader of a piece of HTML would see, a line for each of its paragraphs."""
    seen: list[str] = []
    hidden = ""
    for place, part in enumerate(_HTML_TAG.split(markup)):
        if place % 2 == 0:
            seen.append("" if hidden else re.sub(r"\s+", " ", part))
            continue
        found = _WORD.match(part.lower())
        name = found[0] if found else ""
        if hidden:
            hidden = "" if name == f"/{hidden}" else hidden
        elif name in _UNSEEN:
            hidden = name
        elif name.lstrip("/") in _BREAKS:
            seen.append("\n")
    lines = (line.strip() for line in html.unescape("".join(seen)).splitlines())
    return "\n".join(line for line in lines if line)


def shopify(rows: Iterable[tuple[int, Cells | Line]]) -> Iterator[Line]:
    """The variants of the products of Shopify's export, each an item; its parent is the Handle.

    The rows of a product follow each other. Only the first says what it is; the others bring
    further variants, further images, or both. What cannot be read stays as it is.
    """
    product: list[tuple[int, Cells]] = []
    for number, cells in rows:
        if isinstance(cells, Line):
            yield cells
        elif not (handle := cell(cells, "handle")):
            yield Line(number, problem=Problem("no_code"))
        else:
            if product and cell(product[0][1], "handle") != handle:
                yield from _variants(product)
                product = []
            product.append((number, cells))
    yield from _variants(product)


def _variants(product: list[tuple[int, Cells]]) -> Iterator[Line]:
    """The lines of one product: an item for each variant; a row with an image alone is merged."""
    first = product[0][1] if product else {}
    images = [url for _, cells in product if (url := cell(cells, "image src"))]
    for number, cells in product:
        is_variant = cells is first or cell(cells, "variant sku", "option1 value", "variant price")
        item = _variant(first, cells, images) if is_variant else None
        yield Line(number, item, sku=item["sku"] if item else None)


def _variant(product: Cells, cells: Cells, images: list[str]) -> Item:
    handle, title = cell(product, "handle") or "", cell(product, "title")
    options = [cells.get(f"option{n} value", "").strip() for n in (1, 2, 3)]
    options = [option for option in options if option not in ("", "Default Title")]
    body, kind, vendor = (cell(product, name) for name in ("body (html)", "type", "vendor"))
    own = cell(cells, "variant image")
    # what Shopify does not keep the number of has none there, or 0
    counted = cell(cells, "variant inventory tracker") or "variant inventory tracker" not in cells
    return filled(
        {
            "sku": cell(cells, "variant sku") or "/".join([handle, *options]),
            "title": " - ".join(filter(None, [title, " / ".join(options)])) if title else None,
            "parent": handle,
            "price": cell(cells, "variant price"),
            "quantity": cell(cells, "variant inventory qty") if counted else None,
            "labels": _label(vendor, None),
            "genres": [kind] if kind else [],
            "styles": [tag.strip() for tag in product.get("tags", "").split(",") if tag.strip()],
            "notes": plain_text(body) if body else None,
            "images": [{"url": url} for url in dict.fromkeys(filter(None, [own, *images]))],
            "visible": _is_shown(product),
        }
    )


def _is_shown(product: Cells) -> bool | str | None:
    """Published and not a draft; None where the file says neither."""
    published, status = cell(product, "published"), cell(product, "status")
    if status and status.lower() != "active":
        return False
    return truth(published) if published else bool(status) or None


# -- copies ------------------------------------------------------------------------------------


def number_copies(lines: Iterable[Line]) -> Iterator[Line]:
    """Several rows of one SKU are several copies: SKU, SKU#2, SKU#3, in the order of the file."""
    seen: Counter[str] = Counter()
    for line in lines:
        sku = line.item.get("sku") if line.item else None
        if line.item is None or not isinstance(sku, str):
            yield line
            continue
        seen[sku] += 1
        copy = sku if seen[sku] == 1 else f"{sku}#{seen[sku]}"
        yield replace(line, item={**line.item, "sku": copy}, sku=copy)
