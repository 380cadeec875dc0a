"""The shapes of functions/webhooks/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Integer, Maybe, Out, Texts, Timestamp


class CreateWebhookIn(In):
    url: str
    kinds: Maybe[Texts] = UNSET
    reason: Maybe[str] = UNSET


class CreateWebhookOut(Out):
    webhook_id: BigInt
    url: str
    kinds: Texts | None
    """Null: all."""
    pos: BigInt
    created_at: Timestamp


class ChangeWebhookIn(In):
    webhook: BigInt
    url: Maybe[str] = UNSET
    kinds: Maybe[Texts] = UNSET
    paused: Maybe[bool] = UNSET
    reason: Maybe[str] = UNSET


class ChangeWebhookOut(Out):
    webhook_id: BigInt
    url: str
    kinds: Texts | None
    pos: BigInt
    paused_at: Timestamp | None


class DeleteWebhookIn(In):
    webhook: BigInt
    reason: Maybe[str] = UNSET


class DeleteWebhookOut(Out):
    webhook_id: BigInt
    url: str
    pos: BigInt


class ListWebhooksOut(Out):
    webhook_id: BigInt
    url: str
    kinds: Texts | None
    pos: BigInt
    behind: BigInt
    failures: Integer
    failing_since: Timestamp | None
    next_at: Timestamp | None
    last_status: Integer | None
    last_error: str | None
    paused_at: Timestamp | None
    created_at: Timestamp
