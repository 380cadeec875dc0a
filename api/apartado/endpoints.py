"""The functions that the world may call: one line each.

To add one: write ``functions/<subject>/<name>.sql``, a pair of structs in ``shapes/<subject>.py``,
a line here and a folder ``tests/functions/<name>/``. The contract test fails until all agree.

``kind``      QUERY is GET; COMMAND is POST and takes the header ``Idempotency-Key``; KEYLESS is
              POST without it: its answer holds a secret, or repeating it does no harm.
``audience``  ANYONE and MEMBER are called with ``p_member``, OPERATOR with ``p_actor``; both come
              from the session. Who is really allowed is decided in SQL.
``answer``    ONE row is an object, MANY rows are an array, VALUE is a function that gives a bare
              value and answers an object with that one field.
``caller``    only where it is not what the audience says: NOBODY for a function that does not
              name its caller, TOKEN for the one that takes the bearer token itself.
``counted``   a secret is tried: the attempt is counted before it is made, for what this names.
``together``  requests in which these fields are the same share a call while they wait; for that
              there is a function ``<name>_together`` that takes an array of requests.
``verified``  the field ``jwt`` is a token of another login: the service verifies it, and fills in
              ``p_issuer`` and ``p_subject`` out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from apartado.shapes import (
    In,
    Nothing,
    Out,
    care,
    carts,
    catalogue,
    drops,
    events,
    measures,
    media,
    operators,
    orders,
    pages,
    past,
    people,
    policies,
    queue,
    reservations,
    status,
    stock,
    walk_in,
    webhooks,
)


class Kind(Enum):
    QUERY = "query"
    COMMAND = "command"
    KEYLESS = "command without a key"


class Audience(Enum):
    ANYONE = "anyone"
    MEMBER = "member"
    OPERATOR = "operator"


class Rows(Enum):
    ONE = "one row"
    MANY = "many rows"
    VALUE = "a value"


class CallerParameter(Enum):
    """The parameter that says who calls, and how the session fills it."""

    MEMBER = "p_member"
    ACTOR = "p_actor"
    TOKEN = "p_token"  # noqa: S105 - the name of a parameter
    NOBODY = ""


class Counted(Enum):
    """For whom attempts at guessing a secret are counted."""

    NOT = ""
    FIRST_SENT = "the first field of the request: an alias, a code"
    CALLER = "the member who calls"
    ADDRESS = "only where it comes from"


@dataclass(frozen=True, slots=True, eq=False)  # each is one of its kind, and a key of caches
class Endpoint:
    """One public function."""

    name: str
    kind: Kind
    audience: Audience
    answer: Rows
    takes: type[In]
    gives: type[Out]
    caller: CallerParameter
    counted: Counted
    verified: bool
    body_limit: int
    together: tuple[str, ...] = ()

    @property
    def is_query(self) -> bool:
        return self.kind is Kind.QUERY

    @property
    def takes_key(self) -> bool:
        return self.kind is Kind.COMMAND


MIB = 1024 * 1024


def _line(  # noqa: PLR0917 - a line of a table
    name: str,
    kind: Kind,
    audience: Audience,
    answer: Rows,
    takes: type[In],
    gives: type[Out],
    /,
    *,
    caller: CallerParameter | None = None,
    counted: Counted = Counted.NOT,
    verified: bool = False,
    body_limit: int = MIB,
    together: tuple[str, ...] = (),
) -> Endpoint:
    if caller is None:
        caller = CallerParameter.ACTOR if audience is Audience.OPERATOR else CallerParameter.MEMBER
    return Endpoint(
        name, kind, audience, answer, takes, gives, caller, counted, verified, body_limit, together
    )


QUERY, COMMAND, KEYLESS = Kind.QUERY, Kind.COMMAND, Kind.KEYLESS
ANYONE, MEMBER, OPERATOR = Audience.ANYONE, Audience.MEMBER, Audience.OPERATOR
ONE, MANY, VALUE = Rows.ONE, Rows.MANY, Rows.VALUE
NOBODY, TOKEN = CallerParameter.NOBODY, CallerParameter.TOKEN

# fmt: off
ENDPOINTS: tuple[Endpoint, ...] = (
    # people and sessions
    _line("sign_in", KEYLESS, ANYONE, ONE, people.SignInIn, people.SignInOut, caller=NOBODY, counted=Counted.FIRST_SENT),  # noqa: E501
    _line("sign_out", KEYLESS, ANYONE, ONE, Nothing, people.SignOutOut, caller=TOKEN),
    _line("sign_in_with_identity", KEYLESS, ANYONE, ONE, people.SignInWithIdentityIn, people.SignInOut, caller=NOBODY, counted=Counted.ADDRESS, verified=True),  # noqa: E501
    _line("link_identity", COMMAND, MEMBER, ONE, people.LinkIdentityIn, people.LinkIdentityOut, verified=True),  # noqa: E501
    _line("rotate_session", KEYLESS, MEMBER, ONE, Nothing, people.RotateSessionOut, caller=TOKEN),
    _line("rotate_secret", KEYLESS, MEMBER, ONE, people.RotateSecretIn, people.RotateSecretOut),
    _line("who_am_i", QUERY, ANYONE, ONE, Nothing, people.WhoAmIOut),
    _line("start_pairing", KEYLESS, MEMBER, ONE, Nothing, people.StartPairingOut),
    _line("pair", KEYLESS, ANYONE, ONE, people.PairIn, people.PairOut, caller=NOBODY, counted=Counted.FIRST_SENT),  # noqa: E501
    _line("list_sessions", QUERY, MEMBER, MANY, Nothing, people.ListSessionsOut),
    _line("revoke_session", COMMAND, MEMBER, ONE, people.RevokeSessionIn, people.SignOutOut),
    _line("change_profile", COMMAND, MEMBER, ONE, people.ChangeProfileIn, people.ProfileOut),
    _line("claim_operator", KEYLESS, MEMBER, ONE, people.ClaimOperatorIn, people.MemberOut, counted=Counted.CALLER),  # noqa: E501
    _line("grant_operator", COMMAND, OPERATOR, ONE, people.GrantOperatorIn, people.MemberOut),
    _line("revoke_operator", COMMAND, OPERATOR, ONE, people.GrantOperatorIn, people.MemberOut),

    _line("invite_member", KEYLESS, OPERATOR, ONE, people.InviteMemberIn, people.InviteMemberOut),
    _line("change_settings", COMMAND, OPERATOR, ONE, people.ChangeSettingsIn, people.SettingsOut),
    _line("create_webhook", COMMAND, OPERATOR, ONE, webhooks.CreateWebhookIn, webhooks.CreateWebhookOut),  # noqa: E501
    _line("change_webhook", COMMAND, OPERATOR, ONE, webhooks.ChangeWebhookIn, webhooks.ChangeWebhookOut),  # noqa: E501
    _line("delete_webhook", COMMAND, OPERATOR, ONE, webhooks.DeleteWebhookIn, webhooks.DeleteWebhookOut),  # noqa: E501
    _line("list_webhooks", QUERY, OPERATOR, MANY, Nothing, webhooks.ListWebhooksOut),

    # the catalogue
    _line("find_items", QUERY, ANYONE, MANY, catalogue.FindItemsIn, catalogue.FoundItemOut),
    _line("count_items", QUERY, ANYONE, ONE, catalogue.CountItemsIn, catalogue.CountItemsOut),
    _line("get_item", QUERY, ANYONE, ONE, catalogue.GetItemIn, catalogue.ItemOut),
    _line("item_id", QUERY, ANYONE, VALUE, catalogue.ItemIdIn, catalogue.ItemIdOut, caller=NOBODY),
    _line("put_items", COMMAND, OPERATOR, MANY, catalogue.PutItemsIn, catalogue.PutItemsOut, body_limit=16 * MIB),  # noqa: E501

    # media and pages
    _line("put_media", COMMAND, OPERATOR, ONE, media.PutMediaIn, media.PutMediaOut),
    _line("delete_media", COMMAND, OPERATOR, ONE, media.DeleteMediaIn, media.DeleteMediaOut),
    _line("link_media", COMMAND, OPERATOR, ONE, media.LinkMediaIn, media.LinkMediaOut),
    _line("unlink_media", COMMAND, OPERATOR, ONE, media.UnlinkMediaIn, media.UnlinkMediaOut),
    _line("list_media", QUERY, ANYONE, MANY, media.ListMediaIn, media.ListMediaOut),
    _line("put_page", COMMAND, OPERATOR, ONE, pages.PutPageIn, pages.PageOut),
    _line("delete_page", COMMAND, OPERATOR, ONE, pages.DeletePageIn, pages.DeletePageOut),
    _line("get_page", QUERY, ANYONE, ONE, pages.PageIn, pages.PageOut),
    _line("list_pages", QUERY, ANYONE, MANY, pages.ListPagesIn, pages.ListPagesOut),

    # status and events
    _line("get_status", QUERY, ANYONE, ONE, status.GetStatusIn, status.StatusOut),
    _line("list_statuses", QUERY, ANYONE, MANY, status.ListStatusesIn, status.StatusOut),
    _line("get_snapshot", QUERY, ANYONE, ONE, status.GetSnapshotIn, status.GetSnapshotOut),
    _line("list_events", QUERY, ANYONE, MANY, events.ListEventsIn, events.ListEventsOut),

    # reservations
    _line("reserve", COMMAND, MEMBER, ONE, reservations.ReserveIn, reservations.ReserveOut, together=("item", "location")),  # noqa: E501
    _line("reserve_many", COMMAND, MEMBER, MANY, reservations.ReserveManyIn, reservations.ReserveManyOut),  # noqa: E501
    _line("cancel_reservation", COMMAND, MEMBER, ONE, reservations.CancelReservationIn, reservations.CancelReservationOut),  # noqa: E501
    _line("confirm_reservation", COMMAND, MEMBER, ONE, reservations.ConfirmReservationIn, reservations.ConfirmReservationOut),  # noqa: E501
    _line("extend_reservation", COMMAND, MEMBER, ONE, reservations.ExtendReservationIn, reservations.ReservationOut),  # noqa: E501
    _line("change_quantity", COMMAND, MEMBER, ONE, reservations.ChangeQuantityIn, reservations.ReservationOut),  # noqa: E501
    _line("begin_payment", COMMAND, MEMBER, ONE, reservations.BeginPaymentIn, reservations.ReservationOut),  # noqa: E501
    _line("transfer_reservation", COMMAND, MEMBER, ONE, reservations.TransferReservationIn, reservations.ReservationOut),  # noqa: E501
    _line("release_if_wanted", COMMAND, MEMBER, ONE, reservations.ReleaseIfWantedIn, reservations.ReservationOut),  # noqa: E501
    _line("validate_reservations", QUERY, MEMBER, MANY, reservations.ValidateReservationsIn, reservations.ValidateReservationsOut),  # noqa: E501
    _line("list_reservations", QUERY, MEMBER, MANY, Nothing, reservations.ListReservationsOut),
    _line("list_purchases", QUERY, MEMBER, MANY, Nothing, reservations.ListPurchasesOut),

    # queues
    _line("join_queue", COMMAND, MEMBER, ONE, queue.JoinQueueIn, queue.JoinQueueOut, together=("item", "location")),  # noqa: E501
    _line("join_any", COMMAND, MEMBER, MANY, queue.JoinAnyIn, queue.JoinAnyOut),
    _line("leave_queue", COMMAND, MEMBER, ONE, queue.LeaveQueueIn, queue.LeaveQueueOut),
    _line("get_queue_position", QUERY, MEMBER, ONE, queue.GetQueuePositionIn, queue.GetQueuePositionOut),  # noqa: E501
    _line("suspend_entry", COMMAND, MEMBER, ONE, queue.SuspendEntryIn, queue.SuspendEntryOut),
    _line("resume_entry", COMMAND, MEMBER, ONE, queue.SuspendEntryIn, queue.SuspendEntryOut),
    _line("accept_offer", COMMAND, MEMBER, ONE, queue.OfferIn, queue.AcceptOfferOut),
    _line("decline_offer", COMMAND, MEMBER, ONE, queue.OfferIn, queue.DeclineOfferOut),
    _line("explain_reserve", QUERY, ANYONE, MANY, reservations.ExplainReserveIn, queue.FactOut),
    _line("explain_position", QUERY, MEMBER, MANY, queue.ExplainPositionIn, queue.FactOut),

    # carts
    _line("get_cart", COMMAND, ANYONE, ONE, carts.CartIn, carts.CartOut),
    _line("list_carts", QUERY, MEMBER, MANY, carts.ListCartsIn, carts.ListCartsOut),
    _line("list_cart_lines", QUERY, OPERATOR, MANY, carts.ListCartLinesIn, carts.ListCartLinesOut),
    _line("add_to_cart", COMMAND, ANYONE, ONE, carts.AddToCartIn, carts.CartOut),
    _line("change_cart_line", COMMAND, ANYONE, ONE, carts.ChangeCartLineIn, carts.CartOut),
    _line("remove_from_cart", COMMAND, ANYONE, ONE, carts.CartItemIn, carts.CartOut),
    _line("clear_cart", COMMAND, ANYONE, ONE, carts.CartIn, carts.CartOut),
    _line("validate_cart", COMMAND, ANYONE, ONE, carts.CartIn, carts.CartOut),
    _line("merge_carts", COMMAND, MEMBER, MANY, carts.MergeCartsIn, carts.MergeCartsOut),
    _line("checkout", COMMAND, MEMBER, MANY, carts.CheckoutIn, reservations.ReserveManyOut),
    _line("place_order", COMMAND, MEMBER, ONE, orders.PlaceOrderIn, orders.PlaceOrderOut),
    _line("list_orders", QUERY, OPERATOR, MANY, orders.ListOrdersIn, orders.ListOrdersOut),
    _line("order_summary", COMMAND, ANYONE, ONE, orders.OrderSummaryIn, orders.OrderSummaryOut),
    _line("join_walk_in", COMMAND, ANYONE, ONE, walk_in.JoinWalkInIn, walk_in.WalkInOut),
    _line("leave_walk_in", COMMAND, ANYONE, ONE, carts.CartIn, walk_in.WalkInOut),
    _line("get_walk_in_position", KEYLESS, ANYONE, ONE, carts.CartIn, walk_in.WalkInPositionOut),
    _line("list_walk_ins", QUERY, OPERATOR, MANY, walk_in.ListWalkInsIn, walk_in.ListWalkInsOut),
    _line("serve_next", COMMAND, OPERATOR, ONE, walk_in.ServeNextIn, walk_in.ServeNextOut),

    # drops
    _line("list_drops", QUERY, ANYONE, MANY, drops.ListDropsIn, drops.ListDropsOut),
    _line("recent_buyers", QUERY, ANYONE, MANY, drops.RecentBuyersIn, drops.RecentBuyersOut),
    _line("create_drop", COMMAND, OPERATOR, ONE, drops.CreateDropIn, drops.CreateDropOut),
    _line("change_drop", COMMAND, OPERATOR, ONE, drops.ChangeDropIn, drops.ChangeDropOut),
    _line("add_wave", COMMAND, OPERATOR, ONE, drops.AddWaveIn, drops.AddWaveOut),
    _line("cancel_wave", COMMAND, OPERATOR, ONE, drops.CancelWaveIn, drops.CancelWaveOut),
    _line("list_waves", QUERY, OPERATOR, MANY, drops.ListWavesIn, drops.ListWavesOut),
    _line("draw_lottery", COMMAND, OPERATOR, ONE, drops.DrawLotteryIn, drops.DrawLotteryOut),
    _line("verify_lottery", QUERY, ANYONE, MANY, drops.VerifyLotteryIn, drops.VerifyLotteryOut),

    # operators
    _line("mark_sold", COMMAND, OPERATOR, ONE, stock.MarkSoldIn, stock.MarkSoldOut),
    _line("undo_sale", COMMAND, OPERATOR, ONE, stock.UndoSaleIn, stock.UndoSaleOut),
    _line("revoke_reservation", COMMAND, OPERATOR, ONE, reservations.RevokeReservationIn, reservations.RevokeReservationOut),  # noqa: E501
    _line("adjust_stock", COMMAND, OPERATOR, ONE, stock.AdjustStockIn, stock.AdjustStockOut),
    _line("set_location", COMMAND, OPERATOR, ONE, stock.SetLocationIn, stock.SetLocationOut),
    _line("list_locations", QUERY, OPERATOR, MANY, Nothing, stock.ListLocationsOut),
    _line("set_policy", COMMAND, OPERATOR, ONE, policies.SetPolicyIn, policies.SetPolicyOut),
    _line("list_policies", QUERY, OPERATOR, MANY, Nothing, policies.ListPoliciesOut),
    _line("explain_policy", QUERY, OPERATOR, MANY, policies.ExplainPolicyIn, policies.ExplainPolicyOut),  # noqa: E501
    _line("set_member_class", COMMAND, OPERATOR, ONE, policies.SetMemberClassIn, policies.SetMemberClassOut),  # noqa: E501
    _line("list_member_classes", QUERY, OPERATOR, MANY, Nothing, policies.ListMemberClassesOut),
    _line("bar_member", COMMAND, OPERATOR, ONE, people.BarMemberIn, people.BarMemberOut),
    _line("unbar_member", COMMAND, OPERATOR, ONE, people.AnonymiseIn, people.UnbarMemberOut),
    _line("unlink_identity", COMMAND, OPERATOR, ONE, people.UnlinkIdentityIn, people.LinkIdentityOut),  # noqa: E501
    _line("anonymise", COMMAND, OPERATOR, ONE, people.AnonymiseIn, people.AnonymiseOut),
    _line("move_entry", COMMAND, OPERATOR, ONE, queue.MoveEntryIn, queue.SuspendEntryOut),
    _line("remove_entry", COMMAND, OPERATOR, ONE, queue.RemoveEntryIn, queue.RemoveEntryOut),
    _line("pause_queue", COMMAND, OPERATOR, ONE, queue.PauseQueueIn, queue.PauseQueueOut),
    _line("list_queue", QUERY, OPERATOR, MANY, queue.ListQueueIn, queue.ListQueueOut),
    _line("set_visibility", COMMAND, OPERATOR, ONE, catalogue.SetVisibilityIn, catalogue.SetVisibilityOut),  # noqa: E501
    _line("list_holders", QUERY, OPERATOR, MANY, queue.ListQueueIn, reservations.ListHoldersOut),
    _line("act_on_many", COMMAND, OPERATOR, MANY, operators.ActOnManyIn, operators.ActOnManyOut),
    _line("preview", KEYLESS, OPERATOR, ONE, operators.PreviewIn, operators.PreviewOut),
    _line("get_member", QUERY, OPERATOR, ONE, people.GetMemberIn, people.GetMemberOut),
    _line("search_audit", QUERY, OPERATOR, MANY, events.SearchAuditIn, events.SearchAuditOut),
    _line("dashboard", QUERY, OPERATOR, ONE, measures.DashboardIn, measures.DashboardOut),
    _line("transfer_stock", COMMAND, OPERATOR, ONE, stock.TransferStockIn, stock.TransferStockOut),
    _line("list_stock_changes", QUERY, OPERATOR, MANY, stock.ListStockChangesIn, stock.ListStockChangesOut),  # noqa: E501
    _line("expire_and_promote", KEYLESS, OPERATOR, ONE, queue.ExpireAndPromoteIn, queue.ExpireAndPromoteOut, caller=NOBODY),  # noqa: E501
    _line("item_at", QUERY, OPERATOR, MANY, past.ItemAtIn, past.ItemAtOut),
    _line("queue_at", QUERY, OPERATOR, MANY, past.ItemAtIn, past.QueueAtOut),
    _line("purge", COMMAND, OPERATOR, ONE, care.PurgeIn, care.PurgeOut),
    _line("repair", COMMAND, OPERATOR, MANY, care.RepairIn, care.RepairOut),
    _line("health", QUERY, OPERATOR, MANY, Nothing, measures.HealthOut),
    _line("check_consistency", QUERY, OPERATOR, MANY, Nothing, care.CheckConsistencyOut, caller=NOBODY),  # noqa: E501
)
# fmt: on

BY_NAME: dict[str, Endpoint] = {endpoint.name: endpoint for endpoint in ENDPOINTS}
