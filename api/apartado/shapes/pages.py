"""The shapes of functions/pages/."""

from __future__ import annotations

from typing import cast

from msgspec import UNSET, Raw

from apartado.shapes import BigInt, In, Integer, Json, Maybe, Out, Timestamp


class PutPageIn(In):
    slug: str
    type: Maybe[str] = UNSET
    seo_title: Maybe[str] = UNSET
    seo_description: Maybe[str] = UNSET
    cms_id: Maybe[str] = UNSET
    visible: Maybe[bool] = UNSET
    sections: Json = cast(Raw, UNSET)  # in a union msgspec forgets that it is Raw
    reason: Maybe[str] = UNSET


class ListPagesOut(Out):
    page_id: BigInt
    slug: str
    type: str
    seo_title: str | None
    seo_description: str | None
    cms_id: str | None
    visible: bool
    created_at: Timestamp
    changed_at: Timestamp


class PageOut(ListPagesOut):
    sections: Json


class PageIn(In):
    slug: str


class DeletePageIn(In):
    slug: str
    reason: Maybe[str] = UNSET


class DeletePageOut(Out):
    page_id: BigInt
    slug: str
    cms_id: str | None
    unlinked: Integer


class ListPagesIn(In):
    type: Maybe[str] = UNSET
