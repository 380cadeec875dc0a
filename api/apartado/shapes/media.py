"""The shapes of functions/media/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Integer, Maybe, Out, Timestamp


class PutMediaIn(In):
    asset_id: Maybe[str] = UNSET
    url: Maybe[str] = UNSET
    type: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    uploader: Maybe[str] = UNSET
    media: Maybe[BigInt] = UNSET
    reason: Maybe[str] = UNSET


class PutMediaOut(Out):
    media_id: BigInt
    asset_id: str | None
    url: str | None
    type: str
    description: str | None
    uploader: str | None
    """An alias; null: nobody here."""
    created_at: Timestamp
    changed_at: Timestamp


class DeleteMediaIn(In):
    media: BigInt
    reason: Maybe[str] = UNSET


class DeleteMediaOut(Out):
    media_id: BigInt
    asset_id: str | None
    url: str | None
    unlinked: Integer


class LinkMediaIn(In):
    media: BigInt
    role: str
    item: Maybe[BigInt] = UNSET
    alias: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    page: Maybe[str] = UNSET
    place: Maybe[Integer] = UNSET
    reason: Maybe[str] = UNSET


class LinkMediaOut(Out):
    media_id: BigInt
    role: str
    place: Integer


class UnlinkMediaIn(In):
    media: BigInt
    role: Maybe[str] = UNSET
    item: Maybe[BigInt] = UNSET
    alias: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    page: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class UnlinkMediaOut(Out):
    media_id: BigInt
    unlinked: Integer


class ListMediaIn(In):
    item: Maybe[BigInt] = UNSET
    alias: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    page: Maybe[str] = UNSET
    after: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class ListMediaOut(Out):
    media_id: BigInt
    role: str | None
    place: Integer | None
    asset_id: str | None
    url: str | None
    type: str
    description: str | None
    uploader: str | None
    """To operators only."""
