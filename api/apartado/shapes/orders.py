"""The shapes of functions/orders/."""

from __future__ import annotations

from typing import cast

from msgspec import UNSET, Raw

from apartado.shapes import BigInt, BigInts, In, Integer, Json, Maybe, Out, Timestamp


class PlaceOrderIn(In):
    location: Maybe[str] = UNSET
    lines: Json = cast(Raw, UNSET)  # in a union msgspec forgets that it is Raw
    cart: Maybe[BigInt] = UNSET
    reference: Maybe[str] = UNSET
    without: Maybe[BigInts] = UNSET
    expected: Json = cast(Raw, UNSET)


class PlaceOrderOut(Out):
    order_id: BigInt
    cart_id: BigInt | None
    location: str
    buyer: str | None
    lines: Json
    totals: Json
    reference: str | None
    server_time: Timestamp


class OrderSummaryIn(In):
    order: Maybe[BigInt] = UNSET
    location: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class OrderSummaryOut(Out):
    order_id: BigInt | None
    location: str
    language: str
    text: str
    link: str | None
    totals: Json
    server_time: Timestamp


class ListOrdersIn(In):
    order: Maybe[BigInt] = UNSET
    member: Maybe[str] = UNSET
    after: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class ListOrdersOut(Out):
    order_id: BigInt
    placed_at: Timestamp
    location: str
    buyer: str | None
    cart_id: BigInt | None
    reference: str | None
    lines: Json
    totals: Json
    server_time: Timestamp
