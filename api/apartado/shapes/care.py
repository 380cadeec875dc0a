"""The shapes of functions/care/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Integer, Maybe, Moment, Out, Timestamp


class RepairIn(In):
    dry_run: Maybe[bool] = UNSET
    reason: Maybe[str] = UNSET


class RepairOut(Out):
    rule: str
    subject: str
    found: str | None
    expected: str | None
    outcome: str
    action: str


class PurgeIn(In):
    reason: str
    before: Maybe[Moment] = UNSET
    limit: Maybe[Integer] = UNSET


class PurgeOut(Out):
    before: Timestamp
    events: BigInt
    sessions: BigInt
    answers: BigInt
    remaining: bool
    oldest: BigInt


class CheckConsistencyOut(Out):
    rule: str
    subject: str
    found: str | None
    expected: str | None
    repair: str | None
