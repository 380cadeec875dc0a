"""What an import says to people, in English and Spanish."""

from __future__ import annotations

import os
from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "cancellation": (
        "invoice {invoice} is a cancellation",
        "la factura {invoice} es una anulación",
    ),
    "negative": ("the quantity {quantity} is negative", "la cantidad {quantity} es negativa"),
    "no_product": ("{code} is a charge, no product", "{code} es un cargo, no un producto"),
    "no_code": ("the line names no product", "la línea no nombra ningún producto"),
    "cells": (
        "{found} cells under {expected} headers: a quote or comma is amiss, or the line breaks off",
        "{found} celdas para {expected} cabeceras: sobra o falta una comilla o una coma, "
        "o la línea se corta",
    ),
    "currency": (
        "the price says {named}, but the currency of the line is {currency}: put the right one "
        "into its column currency",
        "el precio dice {named}, pero la moneda de la línea es {currency}: pon la correcta en su "
        "columna moneda",
    ),
    "open_quote": (
        "a quote is opened here and closed nowhere; nothing after it was read",
        "aquí se abre una comilla que no se cierra; lo que sigue no se ha leído",
    ),
    "same": (
        "line {line} names this SKU at this location already",
        "la línea {line} ya nombra este SKU en este lugar",
    ),
    "json": ("this is no JSON: {error}", "esto no es JSON: {error}"),
    "place": ("it goes wrong at character {place}", "falla en el carácter {place}"),
    "no_number": ("{text} is no number", "{text} no es un número"),
    "object": ("this is no JSON object", "esto no es un objeto JSON"),
    "shape": (
        "this is no Discogs release: {error}",
        "esto no es una edición de Discogs: {error}",
    ),
    "characters": (
        "it holds characters that no text may hold",
        "contiene caracteres que ningún texto puede tener",
    ),
    "long": (
        "it is longer than {megabytes} MiB",
        "ocupa más de {megabytes} MiB",
    ),
    "no_file": (
        "{file} is no file that can be read from its beginning twice; save it first",
        "{file} no es un archivo que se pueda leer dos veces desde el principio; guárdalo antes",
    ),
    "number": ("a number is too long", "un número es demasiado largo"),
    "deep": (
        "lists in lists, more than {most} deep",
        "listas dentro de listas, más de {most} niveles",
    ),
    "progress": ("Importing", "Importando"),
    "recognised": ("{file}: {kind}", "{file}: {kind}"),
    "unused": ("columns not used: {columns}", "columnas no usadas: {columns}"),
    "inserted": ("inserted", "nuevos"),
    "updated": ("updated", "cambiados"),
    "unchanged": ("unchanged", "sin cambios"),
    "refused": ("refused", "rechazados"),
    "merged": ("merged into another line", "unidos a otra línea"),
    "line": ("line", "línea"),
    "reason": ("reason", "motivo"),
    "more": ("… and {count} more: --all shows them", "… y {count} más: --all los muestra"),
    "release": ("Discogs releases", "ediciones de Discogs"),
    "inventory": ("a Discogs inventory", "un inventario de Discogs"),
    "collection": ("a Discogs collection", "una colección de Discogs"),
    "shopify": ("a Shopify product export", "una exportación de productos de Shopify"),
    "shop": ("a list of items", "una lista de artículos"),
    "invoices": ("invoices", "facturas"),
    "items": ("items in JSON", "artículos en JSON"),
    "nothing": ("nothing in it", "no contiene nada"),
    "not_utf8": (
        "{file} is not UTF-8 (line {line}). Save it as UTF-8 and import it again; "
        "nothing was imported.",
        "{file} no está en UTF-8 (línea {line}). Guárdalo como UTF-8 e impórtalo de nuevo; "
        "no se ha importado nada.",
    ),
    "unknown": (
        "{file} is no catalogue that Apartado knows: it needs a header with sku and title, or "
        "their like, or Discogs JSON or CSV. Found: {found}. Nothing was imported.",
        "{file} no es un catálogo que Apartado conozca: necesita una cabecera con sku y title, o "
        "similares, o JSON o CSV de Discogs. Tiene: {found}. No se ha importado nada.",
    ),
    "broken": (
        "{file} breaks off or is damaged: {error}. What came before is imported; mend the file "
        "and import it again, what is there already stays as it is.",
        "{file} está incompleto o dañado: {error}. Lo anterior está importado; arregla el archivo "
        "e impórtalo de nuevo: lo que ya está se queda como está.",
    ),
    "stopped": (
        "The import of {file} was stopped. What came before is imported; import it again, what is "
        "there already stays as it is.",
        "La importación de {file} se ha interrumpido. Lo anterior está importado; impórtalo de "
        "nuevo: lo que ya está se queda como está.",
    ),
    "broken_at_once": (
        "{file} breaks off or is damaged: {error}. Nothing was imported; mend the file and import "
        "it again.",
        "{file} está incompleto o dañado: {error}. No se ha importado nada; arregla el archivo e "
        "impórtalo de nuevo.",
    ),
}


def language(environment: Mapping[str, str] | None = None) -> str:
    """The language of whoever sits at the terminal: es or en."""
    given = os.environ if environment is None else environment
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if given.get(variable):
            return "es" if given[variable].lower().startswith("es") else "en"
    return "en"


def say(key: str, /, **facts: object) -> str:
    """One text in that language, with its facts."""
    return TEXTS[key][language() == "es"].format(**facts)
