"""The shapes of functions/measures/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Json, Maybe, Moment, Out, Timestamp


class DashboardIn(In):
    location: Maybe[str] = UNSET
    since: Maybe[Moment] = UNSET


class DashboardOut(Out):
    location: str | None
    items_by_status: Json
    available: BigInt
    reserved: BigInt
    sold: BigInt
    open_reservations: BigInt
    due_soon: BigInt
    waiting: BigInt
    sales: Json
    rates: Json
    since: Timestamp
    server_time: Timestamp


class HealthOut(Out):
    name: str
    ok: bool
    value: BigInt
    largest: BigInt | None
    unit: str
    advice: str | None
