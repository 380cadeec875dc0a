"""The shapes of functions/walk_in/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Integer, Json, Maybe, Out, Timestamp


class JoinWalkInIn(In):
    device: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    again: Maybe[bool] = UNSET


class WalkInOut(Out):
    walk_in_entry_id: BigInt | None
    cart_id: BigInt
    location: str
    ticket: BigInt | None
    status: str
    position: BigInt | None
    waiting: BigInt
    server_time: Timestamp
    served_at: Timestamp | None


class WalkInPositionOut(Out):
    walk_in_entry_id: BigInt | None
    cart_id: BigInt | None
    location: str
    ticket: BigInt | None
    status: str
    position: BigInt | None
    served_at: Timestamp | None
    waiting: BigInt
    server_time: Timestamp


class ListWalkInsIn(In):
    location: Maybe[str] = UNSET
    limit: Maybe[Integer] = UNSET
    called: Maybe[bool] = UNSET


class ListWalkInsOut(Out):
    location: str
    position: BigInt | None
    walk_in_entry_id: BigInt
    ticket: BigInt
    cart_id: BigInt
    alias: str | None
    lines: Integer
    units: BigInt
    joined_at: Timestamp
    server_time: Timestamp


class ServeNextIn(In):
    location: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class ServeNextOut(Out):
    walk_in_entry_id: BigInt | None
    """Null: nobody waits."""
    cart_id: BigInt | None
    location: str
    ticket: BigInt | None
    alias: str | None
    lines: Json | None
    totals: Json | None
    waiting: BigInt
    server_time: Timestamp
