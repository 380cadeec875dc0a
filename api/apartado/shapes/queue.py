"""The shapes of functions/queue/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import (
    Amount,
    BigInt,
    BigInts,
    In,
    Integer,
    Json,
    Maybe,
    Moment,
    Out,
    Seconds,
    Timestamp,
)


class JoinQueueIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET
    max_position: Maybe[Integer] = UNSET
    needed_until: Maybe[Moment] = UNSET


class JoinQueueOut(Out):
    queue_entry_id: BigInt
    position: BigInt | None
    """Null: served at once."""
    queue_length: Integer


class JoinAnyIn(In):
    items: BigInts
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET


class JoinAnyOut(Out):
    wish_id: BigInt
    queue_entry_id: BigInt
    item_id: BigInt
    location: str
    position: BigInt | None
    """Null: served at once."""
    queue_length: Integer


class LeaveQueueIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class LeaveQueueOut(Out):
    queue_entry_id: BigInt | None
    status: str


class GetQueuePositionIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class GetQueuePositionOut(Out):
    position: BigInt | None
    queue_length: Integer
    expected_wait: Seconds | None
    sample: Integer
    paused_at: Timestamp | None
    pause_reason: str | None


class SuspendEntryIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class SuspendEntryOut(Out):
    queue_entry_id: BigInt
    status: str
    position: BigInt | None
    queue_length: Integer
    server_time: Timestamp


class OfferIn(In):
    entry: BigInt


class AcceptOfferOut(Out):
    reservation_id: BigInt
    item_id: BigInt
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    expires_at: Timestamp
    server_time: Timestamp


class DeclineOfferOut(Out):
    queue_entry_id: BigInt
    status: str
    promoted: Integer
    server_time: Timestamp


class ExplainPositionIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class FactOut(Out):
    code: str
    fact: Json
    since: Timestamp | None


class ExpireAndPromoteIn(In):
    limit: Maybe[Integer] = UNSET


class ExpireAndPromoteOut(Out):
    expired: BigInt
    promoted: BigInt
    remaining: BigInt


class MoveEntryIn(In):
    entry: BigInt
    position: Integer
    reason: str


class RemoveEntryIn(In):
    entry: BigInt
    reason: str


class RemoveEntryOut(Out):
    queue_entry_id: BigInt
    status: str
    queue_length: Integer
    promoted: Integer
    server_time: Timestamp


class PauseQueueIn(In):
    item: BigInt
    paused: bool
    reason: str
    location: Maybe[str] = UNSET


class PauseQueueOut(Out):
    item_id: BigInt
    location: str
    paused: bool
    paused_at: Timestamp | None
    available: Integer
    queue_length: Integer
    promoted: Integer
    server_time: Timestamp


class ListQueueIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    limit: Maybe[Integer] = UNSET


class ListQueueOut(Out):
    location: str
    position: BigInt | None
    queue_entry_id: BigInt
    alias: str
    quantity: Integer
    status: str
    priority: Integer
    joined_at: Timestamp
    needed_until: Timestamp | None
    offered_until: Timestamp | None
    passed: BigInt
    reason: str | None
