"""The shapes of functions/carts/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import Amount, BigInt, In, Integer, Json, Maybe, Out, Timestamp


class CartIn(In):
    device: Maybe[str] = UNSET
    location: Maybe[str] = UNSET


class CartItemIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class AddToCartIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class ChangeCartLineIn(In):
    item: BigInt
    quantity: Integer
    location: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class CartOut(Out):
    cart_id: BigInt
    location: str
    lines: Json
    totals: Json
    notices: Json
    checked_out: Json
    created_at: Timestamp
    last_validated_at: Timestamp | None
    server_time: Timestamp


class ListCartsIn(In):
    after: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class ListCartsOut(Out):
    cart_id: BigInt
    location: str
    kind: str
    lines: Integer
    units: BigInt
    set_aside: Integer
    created_at: Timestamp
    used_at: Timestamp
    last_validated_at: Timestamp | None
    server_time: Timestamp


class MergeCartsIn(In):
    device: Maybe[str] = UNSET
    everybody: Maybe[bool] = UNSET


class MergeCartsOut(Out):
    cart_id: BigInt
    location: str
    merged: Integer
    lines: Integer
    units: BigInt
    server_time: Timestamp


class CheckoutIn(In):
    location: Maybe[str] = UNSET
    mode: Maybe[str] = UNSET


class ListCartLinesIn(In):
    cart: BigInt


class ListCartLinesOut(Out):
    line: Integer
    item_id: BigInt
    sku: str | None
    title: str | None
    quantity: Integer
    status: str | None
    code: str | None
    available: Integer | None
    price: Amount | None
    currency: str | None
    reservation_id: BigInt | None
    expires_at: Timestamp | None
    added_at: Timestamp
    server_time: Timestamp
