"""The shapes of functions/reservations/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import (
    Amount,
    BigInt,
    BigInts,
    Duration,
    In,
    Integer,
    Json,
    Maybe,
    Out,
    Timestamp,
)


class ReserveIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET
    ttl: Maybe[Duration] = UNSET
    if_unavailable: Maybe[str] = UNSET


class ReserveOut(Out):
    outcome: str
    reservation_id: BigInt | None
    queue_entry_id: BigInt | None
    position: BigInt | None
    item_id: BigInt
    location: str
    quantity: Integer
    price: Amount | None
    currency: str | None
    expires_at: Timestamp | None
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    version: BigInt
    server_time: Timestamp


class ReserveManyIn(In):
    lines: Json
    mode: Maybe[str] = UNSET


class ReserveManyOut(Out):
    line: Integer
    item_id: BigInt
    location: str
    outcome: str
    code: str | None
    reservation_id: BigInt | None
    queue_entry_id: BigInt | None
    position: BigInt | None
    quantity: Integer
    price: Amount | None
    currency: str | None
    expires_at: Timestamp | None
    available: Integer | None
    reserved: Integer | None
    sold: Integer | None
    queue_length: Integer | None
    version: BigInt | None
    server_time: Timestamp


class CancelReservationIn(In):
    reservation: BigInt
    quantity: Maybe[Integer] = UNSET


class CancelReservationOut(Out):
    reservation_id: BigInt
    status: str
    quantity: Integer
    promoted: Integer


class ConfirmReservationIn(In):
    reservation: BigInt
    quantity: Maybe[Integer] = UNSET
    reference: Maybe[str] = UNSET


class ConfirmReservationOut(Out):
    purchase_id: BigInt
    reservation_id: BigInt
    quantity: Integer
    remaining: Integer
    price: Amount | None
    currency: str | None
    total: Amount | None
    reacquired: bool
    server_time: Timestamp


class ExtendReservationIn(In):
    reservation: BigInt
    by: Maybe[Duration] = UNSET


class ReservationOut(Out):
    reservation_id: BigInt
    item_id: BigInt
    location: str
    quantity: Integer
    status: str
    price: Amount | None
    currency: str
    reserved_at: Timestamp
    expires_at: Timestamp
    extensions: Integer
    extensions_left: Integer
    payment_began_at: Timestamp | None
    yields: bool
    reason: str | None
    transferred_to: BigInt | None
    server_time: Timestamp


class ChangeQuantityIn(In):
    reservation: BigInt
    quantity: Integer


class BeginPaymentIn(In):
    reservation: BigInt


class TransferReservationIn(In):
    reservation: BigInt
    to: str


class ReleaseIfWantedIn(In):
    reservation: BigInt
    wanted: Maybe[bool] = UNSET


class ValidateReservationsIn(In):
    reservations: Maybe[BigInts] = UNSET


class ValidateReservationsOut(Out):
    reservation_id: BigInt | None
    valid: bool
    status: str | None
    code: str | None
    item_id: BigInt | None
    location: str | None
    quantity: Integer | None
    price: Amount | None
    currency: str | None
    expires_at: Timestamp | None
    reason: str | None
    server_time: Timestamp


class ListReservationsOut(Out):
    reservation_id: BigInt
    item_id: BigInt
    sku: str
    title: str
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    status: str
    reserved_at: Timestamp
    expires_at: Timestamp
    closed_at: Timestamp | None
    reason: str | None
    server_time: Timestamp
    extensions: Integer
    payment_began_at: Timestamp | None
    yields: bool


class ListPurchasesOut(Out):
    purchase_id: BigInt
    reservation_id: BigInt | None
    item_id: BigInt
    sku: str
    title: str
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    total: Amount | None
    status: str
    reference: str | None
    purchased_at: Timestamp
    undone: Integer
    undone_at: Timestamp | None
    undo_reason: str | None
    order_id: BigInt | None


class ExplainReserveIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET


class RevokeReservationIn(In):
    reservation: BigInt
    reason: str


class RevokeReservationOut(Out):
    reservation_id: BigInt
    status: str
    quantity: Integer
    promoted: Integer


class ListHoldersOut(Out):
    location: str
    reservation_id: BigInt
    alias: str
    quantity: Integer
    price: Amount | None
    currency: str
    reserved_at: Timestamp
    expires_at: Timestamp
    payment_began_at: Timestamp | None
    yields: bool
