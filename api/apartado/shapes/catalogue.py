"""The shapes of functions/catalogue/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import Amount, BigInt, In, Integer, Json, Maybe, Numeric, Out, Texts, Timestamp
from apartado.shapes.status import StatusOut


class PutItemsIn(In):
    items: Json
    reason: Maybe[str] = UNSET


class PutItemsOut(Out):
    number: Integer
    sku: str | None
    item_id: BigInt | None
    outcome: str
    reason: str | None


class ItemIdIn(In):
    sku: str


class ItemIdOut(Out):
    item_id: BigInt


class GetItemIn(In):
    item: BigInt


class CountItemsIn(In):
    query: Maybe[str] = UNSET
    artist: Maybe[str] = UNSET
    label: Maybe[str] = UNSET
    style: Maybe[str] = UNSET
    genre: Maybe[str] = UNSET
    year_from: Maybe[Integer] = UNSET
    year_to: Maybe[Integer] = UNSET
    country: Maybe[str] = UNSET
    condition: Maybe[str] = UNSET
    price_from: Maybe[Numeric] = UNSET
    price_to: Maybe[Numeric] = UNSET
    status: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    parent: Maybe[str] = UNSET


class CountItemsOut(Out):
    total: Integer
    more: bool
    server_time: Timestamp


class FindItemsIn(CountItemsIn):
    sort: Maybe[str] = UNSET
    after: Maybe[str] = UNSET
    limit: Maybe[Integer] = UNSET


class RecordOut(StatusOut):
    sku: str
    title: str
    price: Amount | None
    currency: str
    condition: str | None
    sleeve_condition: str | None
    artists: Json
    labels: Json
    styles: Texts
    genres: Texts
    year: Integer | None
    country: str | None
    tracklist: Json
    videos: Json
    images: Json
    notes: str | None
    admin_notes: str | None
    visible: bool
    for_sale: bool
    needs_audio: bool
    policy: str | None


class ItemOut(RecordOut):
    parent: str | None
    cms_id: str | None


class FoundItemOut(RecordOut):
    cursor: str
    parent: str | None
    cms_id: str | None


class SetVisibilityIn(In):
    item: BigInt
    visible: bool
    reason: str


class SetVisibilityOut(Out):
    item_id: BigInt
    visible: bool
    holders: Integer
    waiting: Integer
    promoted: Integer
    server_time: Timestamp
