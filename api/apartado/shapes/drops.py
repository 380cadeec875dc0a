"""The shapes of functions/drops/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import (
    BigInt,
    BigInts,
    In,
    Integer,
    Json,
    Maybe,
    Moment,
    MomentOrNever,
    Out,
    Timestamp,
)


class CreateDropIn(In):
    title: str
    items: BigInts
    opens_at: Moment
    closes_at: Maybe[MomentOrNever] = UNSET
    policy: Maybe[str] = UNSET
    lottery: Maybe[bool] = UNSET
    reason: Maybe[str] = UNSET


class CreateDropOut(Out):
    drop_id: BigInt
    title: str
    phase: str
    opens_at: Timestamp
    closes_at: Timestamp | None
    """Null: it never closes."""
    items: BigInts
    seed_hash: str | None
    """Null: no lots are drawn."""
    server_time: Timestamp


class ChangeDropIn(In):
    drop: BigInt
    title: Maybe[str] = UNSET
    opens_at: Maybe[Moment] = UNSET
    closes_at: Maybe[MomentOrNever] = UNSET
    items: Maybe[BigInts] = UNSET
    policy: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class ChangeDropOut(Out):
    drop_id: BigInt
    title: str
    phase: str
    opens_at: Timestamp
    closes_at: Timestamp | None
    items: BigInts
    promoted: Integer
    server_time: Timestamp


class AddWaveIn(In):
    drop: BigInt
    item: BigInt
    quantity: Integer
    at: Moment
    location: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class AddWaveOut(Out):
    wave_id: BigInt
    drop_id: BigInt
    item_id: BigInt
    location: str
    quantity: Integer
    due_at: Timestamp
    server_time: Timestamp


class CancelWaveIn(In):
    wave: BigInt
    reason: Maybe[str] = UNSET


class CancelWaveOut(Out):
    wave_id: BigInt
    drop_id: BigInt
    item_id: BigInt
    location: str
    quantity: Integer
    due_at: Timestamp
    promoted: Integer
    server_time: Timestamp


class ListWavesIn(In):
    drop: BigInt
    limit: Maybe[Integer] = UNSET


class ListWavesOut(Out):
    wave_id: BigInt
    item_id: BigInt
    sku: str
    location: str
    quantity: Integer
    due_at: Timestamp
    status: str
    server_time: Timestamp


class ListDropsIn(In):
    phase: Maybe[str] = UNSET


class ListDropsOut(Out):
    drop_id: BigInt
    title: str
    phase: str
    opens_at: Timestamp
    closes_at: Timestamp | None
    items: BigInts
    available: BigInt
    reserved: BigInt
    sold: BigInt
    next_wave_at: Timestamp | None
    recent_buyers: Json
    seed_hash: str | None
    seed: str | None
    """Null: not drawn yet, or no lots are drawn."""
    server_time: Timestamp


class DrawLotteryIn(In):
    drop: BigInt
    reason: Maybe[str] = UNSET


class DrawLotteryOut(Out):
    drop_id: BigInt
    closed_at: Timestamp
    drawn_at: Timestamp | None
    """Null: closed, and not drawn yet."""
    seed_hash: str
    seed: str | None
    lots: BigInt
    promoted: Integer
    server_time: Timestamp


class VerifyLotteryIn(In):
    drop: BigInt
    item: BigInt
    location: Maybe[str] = UNSET
    after: Maybe[Integer] = UNSET
    limit: Maybe[Integer] = UNSET


class VerifyLotteryOut(Out):
    place: Integer
    queue_entry_id: BigInt
    priority: Integer
    lot: str
    is_right: bool


class RecentBuyersIn(In):
    item: BigInt
    limit: Maybe[Integer] = UNSET


class RecentBuyersOut(Out):
    bought_at: Timestamp
    quantity: Integer
    display_name: str | None
