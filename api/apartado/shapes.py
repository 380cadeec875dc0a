"""The shapes of requests and answers: what a function takes (``…In``) and gives (``…Out``).

A struct says names and types, never rules: limits, defaults and who may do what live in SQL.
A parameter that has a default in SQL is ``Maybe`` here and is passed on only if it was sent.
``tests/house/test_contract.py`` compares every struct with ``pg_proc``.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, TypeAlias, TypeVar, cast

from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

_T = TypeVar("_T")

Maybe: TypeAlias = _T | UnsetType | None
"""A parameter that SQL has a default for: absent is the default, null is null."""

# Each alias carries the PostgreSQL type that the contract test expects; str and bool need none.
Integer = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1, extra={"pg": "integer"})]
BigInt = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1, extra={"pg": "bigint"})]
BigInts = Annotated[list[BigInt], Meta(extra={"pg": "bigint[]"})]
Texts = Annotated[list[str], Meta(extra={"pg": "text[]"})]
Json = Annotated[Raw, Meta(extra={"pg": "jsonb"})]

# What comes in
Numeric = Annotated[Decimal, Meta(extra={"pg": "numeric"})]
Moment = Annotated[datetime, Meta(tz=True, extra={"pg": "timestamp with time zone"})]
MomentOrNever = Annotated[
    str,
    Meta(
        pattern=r"^(infinity|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))$",
        description="ISO 8601 with its offset, or infinity: never.",
        extra={"pg": "timestamp with time zone"},
    ),
]
Duration = Annotated[
    int | float | str,
    Meta(
        description="Seconds, or an ISO 8601 duration without years and months: PT60S, P7D.",
        extra={"pg": "interval"},
    ),
]

# What goes out
Amount = Annotated[
    str,
    Meta(description="A number with the digits of its currency.", extra={"pg": "numeric"}),
]
Timestamp = Annotated[
    str,
    Meta(
        description="ISO 8601, UTC.",
        extra_json_schema={"format": "date-time"},
        extra={"pg": "timestamp with time zone"},
    ),
]
Seconds = Annotated[float, Meta(description="Seconds.", extra={"pg": "interval"})]


class In(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a request may carry. An unknown field is refused."""


class Out(Struct, kw_only=True):
    """What an answer carries."""


class Nothing(In):
    """A request without fields."""


# -- people and sessions -----------------------------------------------------------------------


class SignInIn(In):
    alias: str
    secret: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    device_name: Maybe[str] = UNSET
    invitation: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class SignInOut(Out, kw_only=True):
    alias: str
    token: str | UnsetType = UNSET
    """Absent where it went into the cookie."""
    recovery_secret: str | None
    is_operator: bool
    language: str
    expires_at: Timestamp
    server_time: Timestamp


class SignOutOut(Out):
    session_id: BigInt
    ended_at: Timestamp


class SignInWithIdentityIn(In):
    jwt: str
    alias: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    device_name: Maybe[str] = UNSET
    invitation: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class LinkIdentityIn(In):
    jwt: str


class LinkIdentityOut(Out):
    alias: str
    issuer: str
    subject: str
    linked_at: Timestamp


class RotateSecretIn(In):
    secret: Maybe[str] = UNSET
    end_others: Maybe[bool] = UNSET


class RotateSecretOut(Out):
    alias: str
    recovery_secret: str | None
    sessions_ended: Integer
    server_time: Timestamp


class RotateSessionOut(Out, kw_only=True):
    session_id: BigInt
    token: str | UnsetType = UNSET
    """Absent where it went into the cookie."""
    expires_at: Timestamp
    server_time: Timestamp


class WhoAmIOut(Out):
    alias: str | None
    is_operator: bool
    language: str
    session_id: BigInt | None
    server_time: Timestamp


class StartPairingOut(Out):
    code: str
    expires_at: Timestamp
    server_time: Timestamp


class PairIn(In):
    code: str
    language: Maybe[str] = UNSET
    device_name: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class PairOut(Out, kw_only=True):
    alias: str
    token: str | UnsetType = UNSET
    """Absent where it went into the cookie."""
    is_operator: bool
    language: str
    expires_at: Timestamp
    server_time: Timestamp


class ListSessionsOut(Out):
    session_id: BigInt
    created_at: Timestamp
    last_seen_at: Timestamp
    expires_at: Timestamp
    current: bool
    language: str
    device_name: str | None
    server_time: Timestamp


class RevokeSessionIn(In):
    session: BigInt


class ChangeProfileIn(In):
    display_name: Maybe[str] = UNSET
    avatar: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    show_name: Maybe[bool] = UNSET


class ProfileOut(Out):
    alias: str
    display_name: str | None
    avatar: str | None
    language: str
    show_name: bool


class GrantOperatorIn(In):
    alias: str


class MemberOut(Out):
    alias: str
    is_operator: bool


class ClaimOperatorIn(In):
    secret: str


class InviteMemberIn(In):
    ttl: Maybe[Duration] = UNSET
    reason: Maybe[str] = UNSET


class InviteMemberOut(Out):
    invitation: str
    expires_at: Timestamp
    server_time: Timestamp


class CreateWebhookIn(In):
    url: str
    kinds: Maybe[Texts] = UNSET


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


class ChangeWebhookOut(Out):
    webhook_id: BigInt
    url: str
    kinds: Texts | None
    pos: BigInt
    paused_at: Timestamp | None


class DeleteWebhookIn(In):
    webhook: BigInt


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


class ChangeSettingsIn(In):
    registration: Maybe[str] = UNSET
    alias_limit: Maybe[Integer] = UNSET
    address_limit: Maybe[Integer] = UNSET
    command_limit: Maybe[Integer] = UNSET
    reason: Maybe[str] = UNSET


class SettingsOut(Out):
    registration: str
    alias_limit: Integer
    address_limit: Integer
    command_limit: Integer


# -- the catalogue -----------------------------------------------------------------------------


class PutItemsIn(In):
    items: Json


class PutItemsOut(Out):
    number: Integer
    sku: str | None
    item_id: BigInt | None
    outcome: str
    reason: str | None


class ItemIdIn(In):
    sku: str


class ItemIdOut(Out):
    item_id: BigInt


class GetItemIn(In):
    item: BigInt


class CountItemsIn(In):
    query: Maybe[str] = UNSET
    artist: Maybe[str] = UNSET
    label: Maybe[str] = UNSET
    style: Maybe[str] = UNSET
    genre: Maybe[str] = UNSET
    year_from: Maybe[Integer] = UNSET
    year_to: Maybe[Integer] = UNSET
    country: Maybe[str] = UNSET
    condition: Maybe[str] = UNSET
    price_from: Maybe[Numeric] = UNSET
    price_to: Maybe[Numeric] = UNSET
    status: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    parent: Maybe[str] = UNSET


class CountItemsOut(Out):
    total: Integer
    more: bool
    server_time: Timestamp


class FindItemsIn(CountItemsIn):
    sort: Maybe[str] = UNSET
    after: Maybe[str] = UNSET
    limit: Maybe[Integer] = UNSET


# -- media and pages ---------------------------------------------------------------------------


class PutMediaIn(In):
    asset_id: Maybe[str] = UNSET
    url: Maybe[str] = UNSET
    type: Maybe[str] = UNSET
    description: Maybe[str] = UNSET
    uploader: Maybe[str] = UNSET
    media: Maybe[BigInt] = UNSET


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


class UnlinkMediaOut(Out):
    media_id: BigInt
    unlinked: Integer


class ListMediaIn(In):
    item: Maybe[BigInt] = UNSET
    alias: Maybe[str] = UNSET
    location: Maybe[str] = UNSET
    page: Maybe[str] = UNSET


class ListMediaOut(Out):
    media_id: BigInt
    role: str
    place: Integer
    asset_id: str | None
    url: str | None
    type: str
    description: str | None
    uploader: str | None
    """To operators only."""


class PutPageIn(In):
    slug: str
    type: Maybe[str] = UNSET
    seo_title: Maybe[str] = UNSET
    seo_description: Maybe[str] = UNSET
    cms_id: Maybe[str] = UNSET
    visible: Maybe[bool] = UNSET
    sections: Maybe[Json] = UNSET


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


class DeletePageOut(Out):
    page_id: BigInt
    slug: str
    cms_id: str | None
    unlinked: Integer


class ListPagesIn(In):
    type: Maybe[str] = UNSET


# -- status ------------------------------------------------------------------------------------


class StatusOut(Out):
    item_id: BigInt
    location: str
    status: str
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    my_reservation_id: BigInt | None
    my_quantity: Integer | None
    my_expires_at: Timestamp | None
    my_position: BigInt | None
    in_cart: bool
    actions: Texts
    version: BigInt
    server_time: Timestamp


class RecordOut(StatusOut):
    sku: str
    title: str
    price: Amount | None
    currency: str
    condition: str | None
    sleeve_condition: str | None
    artists: Json
    labels: Json
    styles: Texts
    genres: Texts
    year: Integer | None
    country: str | None
    tracklist: Json
    videos: Json
    images: Json
    notes: str | None
    admin_notes: str | None
    visible: bool
    for_sale: bool
    needs_audio: bool
    policy: str | None


class ItemOut(RecordOut):
    parent: str | None
    cms_id: str | None


class FoundItemOut(RecordOut):
    cursor: str
    parent: str | None
    cms_id: str | None


class GetStatusIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class ListStatusesIn(In):
    items: Maybe[BigInts] = UNSET
    location: Maybe[str] = UNSET


# -- reservations ------------------------------------------------------------------------------


class ReserveIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET
    ttl: Maybe[Duration] = UNSET
    if_unavailable: Maybe[str] = UNSET


class ReserveOut(Out):
    outcome: str
    reservation_id: BigInt | None
    queue_entry_id: BigInt | None
    position: BigInt | None
    item_id: BigInt
    location: str
    quantity: Integer
    price: Amount | None
    currency: str | None
    expires_at: Timestamp | None
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    version: BigInt
    server_time: Timestamp


class ReserveManyIn(In):
    lines: Json
    mode: Maybe[str] = UNSET


class ReserveManyOut(Out):
    line: Integer
    item_id: BigInt
    location: str
    outcome: str
    code: str | None
    reservation_id: BigInt | None
    queue_entry_id: BigInt | None
    position: BigInt | None
    quantity: Integer
    price: Amount | None
    currency: str | None
    expires_at: Timestamp | None
    available: Integer | None
    reserved: Integer | None
    sold: Integer | None
    queue_length: Integer | None
    version: BigInt | None
    server_time: Timestamp


class CancelReservationIn(In):
    reservation: BigInt
    quantity: Maybe[Integer] = UNSET


class CancelReservationOut(Out):
    reservation_id: BigInt
    status: str
    quantity: Integer
    promoted: Integer


class ConfirmReservationIn(In):
    reservation: BigInt
    quantity: Maybe[Integer] = UNSET
    reference: Maybe[str] = UNSET


class ConfirmReservationOut(Out):
    purchase_id: BigInt
    reservation_id: BigInt
    quantity: Integer
    remaining: Integer
    price: Amount | None
    currency: str | None
    total: Amount | None
    reacquired: bool
    server_time: Timestamp


class ExtendReservationIn(In):
    reservation: BigInt
    by: Maybe[Duration] = UNSET


class ReservationOut(Out):
    reservation_id: BigInt
    item_id: BigInt
    location: str
    quantity: Integer
    status: str
    price: Amount | None
    currency: str
    reserved_at: Timestamp
    expires_at: Timestamp
    extensions: Integer
    extensions_left: Integer
    payment_began_at: Timestamp | None
    yields: bool
    reason: str | None
    transferred_to: BigInt | None
    server_time: Timestamp


class ChangeQuantityIn(In):
    reservation: BigInt
    quantity: Integer


class BeginPaymentIn(In):
    reservation: BigInt


class TransferReservationIn(In):
    reservation: BigInt
    to: str


class ReleaseIfWantedIn(In):
    reservation: BigInt
    wanted: Maybe[bool] = UNSET


class ValidateReservationsIn(In):
    reservations: Maybe[BigInts] = UNSET


class ValidateReservationsOut(Out):
    reservation_id: BigInt | None
    valid: bool
    status: str | None
    code: str | None
    item_id: BigInt | None
    location: str | None
    quantity: Integer | None
    price: Amount | None
    currency: str | None
    expires_at: Timestamp | None
    reason: str | None
    server_time: Timestamp


class ListReservationsOut(Out):
    reservation_id: BigInt
    item_id: BigInt
    sku: str
    title: str
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    status: str
    reserved_at: Timestamp
    expires_at: Timestamp
    closed_at: Timestamp | None
    reason: str | None
    server_time: Timestamp


class ListPurchasesOut(Out):
    purchase_id: BigInt
    reservation_id: BigInt | None
    item_id: BigInt
    sku: str
    title: str
    location: str
    quantity: Integer
    price: Amount | None
    currency: str
    total: Amount | None
    status: str
    reference: str | None
    purchased_at: Timestamp
    undone: Integer
    undone_at: Timestamp | None
    undo_reason: str | None


# -- queues ------------------------------------------------------------------------------------


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
    status: str | None


class GetQueuePositionIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class GetQueuePositionOut(Out):
    position: BigInt | None
    queue_length: Integer
    expected_wait: Seconds | None
    sample: Integer


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


class ExplainReserveIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET


class ExplainPositionIn(In):
    item: BigInt
    location: Maybe[str] = UNSET


class FactOut(Out):
    code: str
    fact: Json
    since: Timestamp | None


# -- carts -------------------------------------------------------------------------------------


class CartIn(In):
    device: Maybe[str] = UNSET
    location: Maybe[str] = UNSET


class CartItemIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class AddToCartIn(In):
    item: BigInt
    quantity: Maybe[Integer] = UNSET
    location: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class ChangeCartLineIn(In):
    item: BigInt
    quantity: Integer
    location: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class CartOut(Out):
    cart_id: BigInt
    location: str
    lines: Json
    totals: Json
    notices: Json
    created_at: Timestamp
    last_validated_at: Timestamp | None
    server_time: Timestamp


class ListCartsIn(In):
    after: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class ListCartsOut(Out):
    cart_id: BigInt
    location: str
    kind: str
    lines: Integer
    units: BigInt
    set_aside: Integer
    created_at: Timestamp
    used_at: Timestamp
    last_validated_at: Timestamp | None
    server_time: Timestamp


class MergeCartsIn(In):
    device: Maybe[str] = UNSET
    everybody: Maybe[bool] = UNSET


class MergeCartsOut(Out):
    cart_id: BigInt
    location: str
    merged: Integer
    lines: Integer
    units: BigInt
    server_time: Timestamp


class CheckoutIn(In):
    location: Maybe[str] = UNSET
    mode: Maybe[str] = UNSET


class PlaceOrderIn(In):
    location: Maybe[str] = UNSET
    lines: Json = cast(Raw, UNSET)  # in a union msgspec forgets that it is Raw
    cart: Maybe[BigInt] = UNSET
    reference: Maybe[str] = UNSET


class PlaceOrderOut(Out):
    order_id: BigInt
    cart_id: BigInt | None
    location: str
    buyer: str | None
    lines: Json
    totals: Json
    reference: str | None
    server_time: Timestamp


class OrderSummaryIn(In):
    order: Maybe[BigInt] = UNSET
    location: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class OrderSummaryOut(Out):
    order_id: BigInt | None
    location: str
    language: str
    text: str
    link: str | None
    totals: Json
    server_time: Timestamp


class WalkInOut(Out):
    walk_in_entry_id: BigInt | None
    cart_id: BigInt
    location: str
    ticket: BigInt | None
    status: str
    position: BigInt | None
    waiting: BigInt
    server_time: Timestamp


class ServeNextIn(In):
    location: Maybe[str] = UNSET


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


class SetLocationIn(In):
    location: str
    name: Maybe[str] = UNSET
    phone: Maybe[str] = UNSET


class SetLocationOut(Out):
    location: str
    name: str
    phone: str | None
    server_time: Timestamp


# -- operators ---------------------------------------------------------------------------------


class ExpireAndPromoteIn(In):
    limit: Maybe[Integer] = UNSET


class ExpireAndPromoteOut(Out):
    expired: BigInt
    promoted: BigInt
    remaining: BigInt


class MarkSoldIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    quantity: Maybe[Integer] = UNSET
    buyer: Maybe[str] = UNSET
    override: Maybe[bool] = UNSET
    notes: Maybe[str] = UNSET


class MarkSoldOut(Out):
    purchase_id: BigInt
    buyer: str | None
    quantity: Integer
    price: Amount | None
    currency: str | None


class UndoSaleIn(In):
    purchase: BigInt
    reason: str
    quantity: Maybe[Integer] = UNSET


class UndoSaleOut(Out):
    purchase_id: BigInt
    undone: Integer
    remaining: Integer
    item_id: BigInt
    visible: bool
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    promoted: Integer
    server_time: Timestamp


class RevokeReservationIn(In):
    reservation: BigInt
    reason: str


class RevokeReservationOut(Out):
    reservation_id: BigInt
    status: str
    quantity: Integer
    promoted: Integer


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


class AdjustStockIn(In):
    item: BigInt
    delta: Integer
    reason: str
    location: Maybe[str] = UNSET


class AdjustStockOut(Out):
    item_id: BigInt
    location: str
    delta: Integer
    total: Integer
    available: Integer
    reserved: Integer
    sold: Integer
    queue_length: Integer
    promoted: Integer
    version: BigInt
    server_time: Timestamp


class SetPolicyIn(In):
    policy: str
    values: Json = cast(Raw, UNSET)  # in a union msgspec forgets that it is Raw
    item: Maybe[BigInt] = UNSET
    location: Maybe[str] = UNSET
    drop: Maybe[BigInt] = UNSET
    class_: Maybe[str] = field(name="class", default=UNSET)
    reason: Maybe[str] = UNSET


class SetPolicyOut(Out):
    policy: str
    values: Json
    governs: Integer
    members: Integer
    promoted: Integer
    server_time: Timestamp


class ExplainPolicyIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    member: Maybe[str] = UNSET


class ExplainPolicyOut(Out):
    name: str
    value: Json | None
    source: str
    policy: str | None


class SetMemberClassIn(In):
    alias: str
    class_: str | None = field(name="class")
    reason: str


class SetMemberClassOut(Out):
    alias: str
    class_: str | None = field(name="class")
    server_time: Timestamp


class SetVisibilityIn(In):
    item: BigInt
    visible: bool
    reason: str


class SetVisibilityOut(Out):
    item_id: BigInt
    visible: bool
    holders: Integer
    waiting: Integer
    promoted: Integer
    server_time: Timestamp


class ListHoldersOut(Out):
    location: str
    reservation_id: BigInt
    alias: str
    quantity: Integer
    price: Amount | None
    currency: str
    reserved_at: Timestamp
    expires_at: Timestamp
    payment_began_at: Timestamp | None
    yields: bool


class PreviewIn(In):
    function: str
    args: Json = cast(Raw, UNSET)


class PreviewOut(Out):
    outcome: str
    answer: Json | None
    code: str | None
    message: str | None
    hint: str | None
    detail: str | None
    events: Json | None
    changes: Json | None
    server_time: Timestamp


class ActOnManyIn(In):
    function: str
    calls: Json


class ActOnManyOut(Out):
    number: Integer
    outcome: str
    answer: Json | None
    code: str | None
    message: str | None
    hint: str | None
    detail: str | None


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
    told_at: Timestamp


class QueueAtOut(Out):
    location: str
    position: BigInt | None
    queue_entry_id: BigInt
    alias: str
    quantity: Integer
    status: str
    priority: Integer
    joined_at: Timestamp


class RepairIn(In):
    dry_run: Maybe[bool] = UNSET


class RepairOut(Out):
    rule: str
    subject: str
    found: str | None
    expected: str | None
    outcome: str
    action: str


class BarMemberIn(In):
    alias: str
    reason: str
    end: Maybe[bool] = UNSET


class BarMemberOut(Out):
    alias: str
    barred_at: Timestamp
    reservations: Integer
    entries: Integer
    promoted: Integer


class UnbarMemberOut(Out):
    alias: str
    promoted: Integer


class AnonymiseIn(In):
    alias: str
    reason: str


class AnonymiseOut(Out):
    alias: str
    reservations: Integer
    entries: Integer
    events: BigInt
    promoted: Integer


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


class TransferStockIn(In):
    item: BigInt
    quantity: Integer
    from_: str | None = field(name="from")
    to: str | None
    reason: str | None


class TransferStockOut(Out):
    item_id: BigInt
    quantity: Integer
    from_location: str
    to_location: str
    from_available: Integer
    to_available: Integer
    promoted: Integer
    server_time: Timestamp


class ListStockChangesIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    before: Maybe[BigInt] = UNSET
    limit: Maybe[Integer] = UNSET


class ListStockChangesOut(Out):
    change_id: BigInt
    at: Timestamp
    location: str
    cause: str
    actor: str
    member: str | None
    reason: str | None
    delta_total: Integer
    delta_available: Integer
    delta_reserved: Integer
    delta_sold: Integer
    total: Integer
    available: Integer
    reserved: Integer
    sold: Integer


class HealthOut(Out):
    name: str
    ok: bool
    value: BigInt
    largest: BigInt | None
    unit: str
    advice: str | None


class CheckConsistencyOut(Out):
    rule: str
    subject: str
    found: str | None
    expected: str | None
    repair: str | None


# -- drops -------------------------------------------------------------------------------------


class CreateDropIn(In):
    title: str
    items: BigInts
    opens_at: Moment
    closes_at: Maybe[MomentOrNever] = UNSET
    policy: Maybe[str] = UNSET
    lottery: Maybe[bool] = UNSET


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


class AddWaveOut(Out):
    wave_id: BigInt
    drop_id: BigInt
    item_id: BigInt
    location: str
    quantity: Integer
    due_at: Timestamp
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


# -- events ------------------------------------------------------------------------------------


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


class GetSnapshotIn(In):
    items: Maybe[BigInts] = UNSET
    location: Maybe[str] = UNSET


class GetSnapshotOut(Out):
    pos: BigInt
    server_time: Timestamp
    statuses: Json
