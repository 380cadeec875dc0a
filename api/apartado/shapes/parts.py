"""What lists and objects inside a request or an answer are made of, for ``/openapi.json``.

Nothing is read or checked with these: SQL does that with what comes in, and makes what goes out.
``PARTS`` says which field is made of which; a house test holds them against SQL.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

from apartado.shapes import Amount, BigInt, Duration, Integer, Timestamp
from apartado.shapes.status import StatusOut

_T = TypeVar("_T")

Maybe: TypeAlias = _T | UnsetType
"""What may be missing, but is never null."""

Object: TypeAlias = Annotated[
    dict[str, Any], Meta(extra_json_schema={"additionalProperties": True})
]
"""Holds anything: where that is not said, generators make a type that holds nothing."""


class Given(Struct, forbid_unknown_fields=True, kw_only=True):
    """Comes in."""


class Told(Struct, kw_only=True):
    """Goes out."""


# -- the catalogue


class Artist(Told):
    name: str


class Label(Told):
    name: str
    catno: str | None


class Track(Told):
    position: str | None
    title: str | None
    duration: str | None


class Video(Told):
    url: str
    title: str | None


class Image(Told):
    url: str
    role: str | None


class PutArtist(Given):
    name: str


class PutLabel(Given):
    name: str
    catno: str | UnsetType | None = UNSET


class PutTrack(Given):
    position: str | UnsetType | None = UNSET
    title: str | UnsetType | None = UNSET
    duration: str | UnsetType | None = UNSET


class PutVideo(Given):
    url: str
    title: str | UnsetType | None = UNSET


class PutImage(Given):
    url: str
    role: str | UnsetType | None = UNSET


class PutItem(Given):
    sku: str
    title: Maybe[str] = UNSET
    price: int | float | str | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET
    quantity: Integer | UnsetType | None = UNSET
    location: str | UnsetType | None = UNSET
    condition: str | UnsetType | None = UNSET
    sleeve_condition: str | UnsetType | None = UNSET
    artists: list[PutArtist | str] | UnsetType | None = UNSET
    labels: list[PutLabel | str] | UnsetType | None = UNSET
    styles: list[str] | UnsetType | None = UNSET
    genres: list[str] | UnsetType | None = UNSET
    year: Integer | UnsetType | None = UNSET
    country: str | UnsetType | None = UNSET
    tracklist: list[PutTrack | str] | UnsetType | None = UNSET
    videos: list[PutVideo | str] | UnsetType | None = UNSET
    images: list[PutImage | str] | UnsetType | None = UNSET
    notes: str | UnsetType | None = UNSET
    admin_notes: str | UnsetType | None = UNSET
    visible: bool | UnsetType | None = UNSET
    for_sale: bool | UnsetType | None = UNSET
    needs_audio: bool | UnsetType | None = UNSET
    policy: str | UnsetType | None = UNSET
    parent: str | UnsetType | None = UNSET
    cms_id: str | UnsetType | None = UNSET


class Section(Told):
    slug: str
    type: str
    seo_title: str | None
    seo_description: str | None
    cms_id: str | None


class PutSection(Given):
    slug: str
    type: str
    seo_title: str | UnsetType | None = UNSET
    seo_description: str | UnsetType | None = UNSET
    cms_id: str | UnsetType | None = UNSET


# -- carts and orders


class ReserveLine(Given):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: str | UnsetType | None = UNSET
    ttl: Duration | UnsetType | None = UNSET


class BuyLine(Given):
    item: BigInt
    quantity: Maybe[Integer] = UNSET


class ExpectedLine(Given):
    item: BigInt
    quantity: Integer
    price: str | None


class CartLine(Told):
    line: Integer
    item_id: BigInt
    sku: str | None
    title: str | None
    quantity: Integer
    status: str | None
    code: str | None
    available: Integer | None
    price: Amount | None
    price_before: Amount | None
    currency: str | None
    total: Amount | None
    reservation_id: BigInt | None
    expires_at: Timestamp | None
    position: BigInt | None
    added_at: Timestamp


class CheckedOutLine(Told):
    line: Integer
    item_id: BigInt
    sku: str
    title: str
    quantity: Integer
    price: Amount | None
    currency: str
    total: Amount | None
    reservation_id: BigInt
    expires_at: Timestamp
    code: str | None


class Total(Told):
    currency: str
    total: Amount | None
    units: BigInt
    unpriced: BigInt


class Notice(Told):
    item_id: BigInt
    quantity: Integer
    reason: str
    at: Maybe[Timestamp] = UNSET
    price_before: Amount | UnsetType | None = UNSET
    price: Amount | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET


class OrderLine(Told):
    line: Integer
    item_id: BigInt
    sku: str
    description: str
    quantity: Integer
    price: Amount | None
    currency: str
    total: Amount | None
    purchase_id: BigInt
    reservation_id: BigInt | None


class OrderLineNow(OrderLine):
    undone: Integer


class Sale(Told):
    item_id: BigInt
    bought_at: Timestamp
    quantity: Integer
    display_name: str | None


class PersonsReservation(Told):
    reservation_id: BigInt
    item_id: BigInt
    title: str
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    expires_at: Timestamp


class PersonsEntry(Told):
    queue_entry_id: BigInt
    item_id: BigInt
    title: str
    location: str
    quantity: Integer
    status: str
    position: BigInt | None
    offered_until: Timestamp | None


class PersonsPurchase(Told):
    purchase_id: BigInt
    item_id: BigInt
    title: str
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    purchased_at: Timestamp
    undone: Integer
    reference: str | None
    order_id: BigInt | None


class PersonsCart(Told):
    cart_id: BigInt
    location: str
    lines: BigInt
    units: BigInt


class PersonsIdentity(Told):
    issuer: str
    subject: str
    linked_at: Timestamp


# -- events


class EventData(Told):
    item_id: Maybe[BigInt] = UNSET
    location: Maybe[str] = UNSET
    status: Maybe[str] = UNSET
    available: Maybe[Integer] = UNSET
    reserved: Maybe[Integer] = UNSET
    sold: Maybe[Integer] = UNSET
    queue_length: Maybe[Integer] = UNSET
    version: Maybe[BigInt] = UNSET
    at: Maybe[Timestamp] = UNSET
    drop_id: Maybe[BigInt | list[BigInt | None]] = UNSET
    reservation_id: Maybe[BigInt] = UNSET
    queue_entry_id: Maybe[BigInt] = UNSET
    quantity: Maybe[Integer] = UNSET
    expires_at: Maybe[Timestamp] = UNSET
    position: Maybe[BigInt] = UNSET
    reason: Maybe[str] = UNSET
    purchase_id: Maybe[BigInt] = UNSET
    order_id: Maybe[BigInt] = UNSET
    cart_id: Maybe[BigInt] = UNSET
    lines: Maybe[list[Object] | BigInt] = UNSET
    purchases: Maybe[list[BigInt]] = UNSET
    entry_status: Maybe[str] = UNSET
    actor: Maybe[str] = UNSET
    member: Maybe[str] = UNSET


class PreviewedEvent(Told):
    kind: str
    item_id: Maybe[BigInt] = UNSET
    location: Maybe[str] = UNSET
    member: Maybe[str] = UNSET
    data: Maybe[Object] = UNSET
    details: Maybe[Object] = UNSET


class Numbers(Told):
    total: Integer
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer


class Change(Told):
    item_id: BigInt
    location: str
    before: Numbers
    after: Numbers


class Holder(Told):
    reservation_id: BigInt
    alias: str
    quantity: Integer
    expires_at: Timestamp


# -- figures and rules


class Sales(Told):
    currency: str
    sales: BigInt
    units: BigInt
    total: Amount


class Rates(Told):
    sample: BigInt
    expired: float | None
    converted: float | None
    mean_held: float | None


class PolicyValues(Given):
    hold: Duration | UnsetType | None = UNSET
    hold_cap: Duration | UnsetType | None = UNSET
    extension_limit: Integer | UnsetType | None = UNSET
    extension_total: Duration | UnsetType | None = UNSET
    extend_while_wanted: bool | UnsetType | None = UNSET
    payment_window: Duration | UnsetType | None = UNSET
    late_confirm: bool | UnsetType | None = UNSET
    active_limit: Integer | UnsetType | None = UNSET
    item_limit: Integer | UnsetType | None = UNSET
    drop_limit: Integer | UnsetType | None = UNSET
    promotion: str | UnsetType | None = UNSET
    offer_window: Duration | UnsetType | None = UNSET
    missed: str | UnsetType | None = UNSET
    fit: str | UnsetType | None = UNSET
    passed_limit: Integer | UnsetType | None = UNSET
    queue_limit: Integer | UnsetType | None = UNSET
    priority: Integer | UnsetType | None = UNSET
    low_stock: Integer | UnsetType | None = UNSET
    expiring_soon: Duration | UnsetType | None = UNSET
    hide_sold: bool | UnsetType | None = UNSET
    paranoia: bool | UnsetType | None = UNSET
    cart: str | UnsetType | None = UNSET
    restock: bool | UnsetType | None = UNSET


PARTS: dict[str, Any] = {
    "PutItemsIn.items": list[PutItem],
    "ReserveManyIn.lines": list[ReserveLine],
    "PlaceOrderIn.lines": list[BuyLine] | None,
    "PlaceOrderIn.expected": list[ExpectedLine] | None,
    "PutPageIn.sections": list[PutSection] | None,
    "SetPolicyIn.values": PolicyValues | None,
    "PreviewIn.args": Object,
    "ActOnManyIn.calls": list[Object],
    "RecordOut.artists": list[Artist],
    "RecordOut.labels": list[Label],
    "RecordOut.tracklist": list[Track],
    "RecordOut.videos": list[Video],
    "RecordOut.images": list[Image],
    "PageOut.sections": list[Section],
    "GetSnapshotOut.statuses": list[StatusOut],
    "CartOut.lines": list[CartLine],
    "CartOut.checked_out": list[CheckedOutLine],
    "CartOut.totals": list[Total],
    "CartOut.notices": list[Notice],
    "ServeNextOut.lines": list[CartLine] | None,
    "ServeNextOut.totals": list[Total] | None,
    "PlaceOrderOut.lines": list[OrderLine],
    "PlaceOrderOut.totals": list[Total],
    "OrderSummaryOut.totals": list[Total],
    "ListOrdersOut.lines": list[OrderLineNow],
    "ListOrdersOut.totals": list[Total],
    "GetMemberOut.reservations": list[PersonsReservation],
    "GetMemberOut.entries": list[PersonsEntry],
    "GetMemberOut.purchases": list[PersonsPurchase],
    "GetMemberOut.carts": list[PersonsCart],
    "GetMemberOut.identities": list[PersonsIdentity],
    "ListDropsOut.recent_buyers": list[Sale],
    "ListEventsOut.data": EventData,
    "SearchAuditOut.details": Object,
    "FactOut.fact": Object,
    "PreviewOut.answer": list[Object] | None,
    "PreviewOut.events": list[PreviewedEvent] | None,
    "PreviewOut.changes": list[Change] | None,
    "ActOnManyOut.answer": list[Object] | None,
    "ItemAtOut.holders": list[Holder],
    "DashboardOut.items_by_status": dict[str, BigInt],
    "DashboardOut.sales": list[Sales],
    "DashboardOut.rates": Rates,
    "SetPolicyOut.values": PolicyValues,
    "ListPoliciesOut.values": PolicyValues,
    "ExplainPolicyOut.value": float | str | bool | None,
}
"""What each field of type jsonb is made of, by its struct and name."""
