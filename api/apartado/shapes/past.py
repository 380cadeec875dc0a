"""The shapes of functions/past/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Integer, Json, Maybe, Moment, Out, Timestamp


class ItemAtIn(In):
    item: BigInt
    at: Moment
    location: Maybe[str] = UNSET


class ItemAtOut(Out):
    location: str
    total: Integer
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    version: BigInt
    holders: Json
    told_at: Timestamp | None


class QueueAtOut(Out):
    location: str
    position: BigInt | None
    queue_entry_id: BigInt
    alias: str
    quantity: Integer
    status: str
    priority: Integer
    joined_at: Timestamp
