"""The shapes of functions/status/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, BigInts, In, Integer, Json, Maybe, Out, Texts, Timestamp


class StatusOut(Out):
    item_id: BigInt
    location: str
    status: str
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    my_reservation_id: BigInt | None
    my_quantity: Integer | None
    my_expires_at: Timestamp | None
    my_position: BigInt | None
    in_cart: bool
    actions: Texts
    version: BigInt
    server_time: Timestamp


class GetStatusIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class ListStatusesIn(In):
    items: Maybe[BigInts] = UNSET
    location: Maybe[str] = UNSET


class GetSnapshotIn(In):
    items: Maybe[BigInts] = UNSET
    location: Maybe[str] = UNSET


class GetSnapshotOut(Out):
    pos: BigInt
    server_time: Timestamp
    statuses: Json
