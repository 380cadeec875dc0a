"""The shapes of functions/events/."""

from __future__ import annotations

from msgspec import UNSET, field

from apartado.shapes import BigInt, BigInts, In, Integer, Json, Maybe, Moment, Out, Texts, Timestamp


class SearchAuditIn(In):
    kinds: Maybe[Texts] = UNSET
    item: Maybe[BigInt] = UNSET
    member: Maybe[str] = UNSET
    by: Maybe[str] = UNSET
    from_: Maybe[Moment] = field(name="from", default=UNSET)
    to: Maybe[Moment] = UNSET
    text: Maybe[str] = UNSET
    before: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class SearchAuditOut(Out):
    event_id: BigInt
    pos: BigInt | None
    at: Timestamp
    kind: str
    item_id: BigInt | None
    location: str | None
    member: str | None
    actor: str
    session_id: BigInt | None
    details: Json
    reason: str | None


class ListEventsIn(In):
    after: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET
    items: Maybe[BigInts] = UNSET
    location: Maybe[str] = UNSET
    drop: Maybe[BigInt] = UNSET


class ListEventsOut(Out):
    pos: BigInt
    kind: str
    item_id: BigInt | None
    location: str | None
    data: Json
    at: Timestamp
