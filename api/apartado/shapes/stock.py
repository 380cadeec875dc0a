"""The shapes of functions/stock/."""

from __future__ import annotations

from msgspec import UNSET, field

from apartado.shapes import Amount, BigInt, In, Integer, Maybe, Out, Timestamp


class SetLocationIn(In):
    location: str
    name: Maybe[str] = UNSET
    phone: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class SetLocationOut(Out):
    location: str
    name: str
    phone: str | None
    server_time: Timestamp


class ListLocationsOut(Out):
    location: str
    name: str
    phone: str | None
    policy: str | None
    server_time: Timestamp


class MarkSoldIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    quantity: Maybe[Integer] = UNSET
    buyer: Maybe[str] = UNSET
    override: Maybe[bool] = UNSET
    notes: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class MarkSoldOut(Out):
    purchase_id: BigInt
    buyer: str | None
    quantity: Integer
    price: Amount | None
    currency: str | None


class UndoSaleIn(In):
    purchase: BigInt
    reason: str
    quantity: Maybe[Integer] = UNSET


class UndoSaleOut(Out):
    purchase_id: BigInt
    undone: Integer
    remaining: Integer
    item_id: BigInt
    visible: bool
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    promoted: Integer
    server_time: Timestamp


class AdjustStockIn(In):
    item: BigInt
    delta: Integer
    reason: str
    location: Maybe[str] = UNSET


class AdjustStockOut(Out):
    item_id: BigInt
    location: str
    delta: Integer
    total: Integer
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    promoted: Integer
    version: BigInt
    server_time: Timestamp


class TransferStockIn(In):
    item: BigInt
    quantity: Integer
    from_: str | None = field(name="from")
    to: str | None
    reason: str | None


class TransferStockOut(Out):
    item_id: BigInt
    quantity: Integer
    from_location: str
    to_location: str
    from_available: Integer
    to_available: Integer
    promoted: Integer
    server_time: Timestamp


class ListStockChangesIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    before: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class ListStockChangesOut(Out):
    change_id: BigInt
    at: Timestamp
    location: str
    cause: str
    actor: str
    member: str | None
    reason: str | None
    delta_total: Integer
    delta_available: Integer
    delta_reserved: Integer
    delta_sold: Integer
    total: Integer
    available: Integer
    reserved: Integer
    sold: Integer
