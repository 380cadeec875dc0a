"""The functions that the world may call: one line each.

To add one: write ``functions/<subject>/<name>.sql``, a pair of structs in ``shapes.py``, a line
here and a folder ``tests/functions/<name>/``. The contract test fails until all of them agree.

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

from apartado import shapes
from apartado.shapes import In, Out


class Kind(Enum):
    QUERY = "query"
    COMMAND = "command"
    KEYLESS = "command without a key"


class Audience(Enum):
    ANYONE = "anyone"
    MEMBER = "member"
    OPERATOR = "operator"


class Answer(Enum):
    ONE = "one row"
    MANY = "many rows"
    VALUE = "a value"


class Caller(Enum):
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
    answer: Answer
    takes: type[In]
    gives: type[Out]
    caller: Caller
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
    answer: Answer,
    takes: type[In],
    gives: type[Out],
    /,
    *,
    caller: Caller | None = None,
    counted: Counted = Counted.NOT,
    verified: bool = False,
    body_limit: int = MIB,
    together: tuple[str, ...] = (),
) -> Endpoint:
    if caller is None:
        caller = Caller.ACTOR if audience is Audience.OPERATOR else Caller.MEMBER
    return Endpoint(
        name, kind, audience, answer, takes, gives, caller, counted, verified, body_limit, together
    )


QUERY, COMMAND, KEYLESS = Kind.QUERY, Kind.COMMAND, Kind.KEYLESS
ANYONE, MEMBER, OPERATOR = Audience.ANYONE, Audience.MEMBER, Audience.OPERATOR
ONE, MANY, VALUE = Answer.ONE, Answer.MANY, Answer.VALUE
NOBODY, TOKEN = Caller.NOBODY, Caller.TOKEN
s = shapes

# fmt: off
ENDPOINTS: tuple[Endpoint, ...] = (
    # people and sessions
    _line("sign_in", KEYLESS, ANYONE, ONE, s.SignInIn, s.SignInOut, caller=NOBODY, counted=Counted.FIRST_SENT),  # noqa: E501
    _line("sign_out", KEYLESS, ANYONE, ONE, s.Nothing, s.SignOutOut, caller=TOKEN),
    _line("sign_in_with_identity", KEYLESS, ANYONE, ONE, s.SignInWithIdentityIn, s.SignInOut, caller=NOBODY, counted=Counted.ADDRESS, verified=True),  # noqa: E501
    _line("link_identity", KEYLESS, MEMBER, ONE, s.LinkIdentityIn, s.LinkIdentityOut, verified=True),  # noqa: E501
    _line("rotate_session", KEYLESS, MEMBER, ONE, s.Nothing, s.RotateSessionOut, caller=TOKEN),
    _line("rotate_secret", KEYLESS, MEMBER, ONE, s.RotateSecretIn, s.RotateSecretOut),
    _line("who_am_i", QUERY, ANYONE, ONE, s.Nothing, s.WhoAmIOut),
    _line("start_pairing", KEYLESS, MEMBER, ONE, s.Nothing, s.StartPairingOut),
    _line("pair", KEYLESS, ANYONE, ONE, s.PairIn, s.PairOut, caller=NOBODY, counted=Counted.FIRST_SENT),  # noqa: E501
    _line("list_sessions", QUERY, MEMBER, MANY, s.Nothing, s.ListSessionsOut),
    _line("revoke_session", COMMAND, MEMBER, ONE, s.RevokeSessionIn, s.SignOutOut),
    _line("change_profile", COMMAND, MEMBER, ONE, s.ChangeProfileIn, s.ProfileOut),
    _line("claim_operator", KEYLESS, MEMBER, ONE, s.ClaimOperatorIn, s.MemberOut, counted=Counted.CALLER),  # noqa: E501
    _line("grant_operator", COMMAND, OPERATOR, ONE, s.GrantOperatorIn, s.MemberOut),
    _line("revoke_operator", COMMAND, OPERATOR, ONE, s.GrantOperatorIn, s.MemberOut),

    _line("invite_member", KEYLESS, OPERATOR, ONE, s.InviteMemberIn, s.InviteMemberOut),
    _line("change_settings", COMMAND, OPERATOR, ONE, s.ChangeSettingsIn, s.SettingsOut),
    _line("create_webhook", COMMAND, OPERATOR, ONE, s.CreateWebhookIn, s.CreateWebhookOut),
    _line("change_webhook", COMMAND, OPERATOR, ONE, s.ChangeWebhookIn, s.ChangeWebhookOut),
    _line("delete_webhook", COMMAND, OPERATOR, ONE, s.DeleteWebhookIn, s.DeleteWebhookOut),
    _line("list_webhooks", QUERY, OPERATOR, MANY, s.Nothing, s.ListWebhooksOut),

    # the catalogue
    _line("find_items", QUERY, ANYONE, MANY, s.FindItemsIn, s.FoundItemOut),
    _line("count_items", QUERY, ANYONE, ONE, s.CountItemsIn, s.CountItemsOut),
    _line("get_item", QUERY, ANYONE, ONE, s.GetItemIn, s.ItemOut),
    _line("item_id", QUERY, ANYONE, VALUE, s.ItemIdIn, s.ItemIdOut, caller=NOBODY),
    _line("put_items", COMMAND, OPERATOR, MANY, s.PutItemsIn, s.PutItemsOut, body_limit=16 * MIB),

    # media and pages
    _line("put_media", COMMAND, OPERATOR, ONE, s.PutMediaIn, s.PutMediaOut),
    _line("delete_media", COMMAND, OPERATOR, ONE, s.DeleteMediaIn, s.DeleteMediaOut),
    _line("link_media", COMMAND, OPERATOR, ONE, s.LinkMediaIn, s.LinkMediaOut),
    _line("unlink_media", COMMAND, OPERATOR, ONE, s.UnlinkMediaIn, s.UnlinkMediaOut),
    _line("list_media", QUERY, ANYONE, MANY, s.ListMediaIn, s.ListMediaOut),
    _line("put_page", COMMAND, OPERATOR, ONE, s.PutPageIn, s.PageOut),
    _line("delete_page", COMMAND, OPERATOR, ONE, s.PageIn, s.DeletePageOut),
    _line("get_page", QUERY, ANYONE, ONE, s.PageIn, s.PageOut),
    _line("list_pages", QUERY, ANYONE, MANY, s.ListPagesIn, s.ListPagesOut),

    # status and events
    _line("get_status", QUERY, ANYONE, ONE, s.GetStatusIn, s.StatusOut),
    _line("list_statuses", QUERY, ANYONE, MANY, s.ListStatusesIn, s.StatusOut),
    _line("get_snapshot", QUERY, ANYONE, ONE, s.GetSnapshotIn, s.GetSnapshotOut),
    _line("list_events", QUERY, ANYONE, MANY, s.ListEventsIn, s.ListEventsOut),

    # reservations
    _line("reserve", COMMAND, MEMBER, ONE, s.ReserveIn, s.ReserveOut, together=("item", "location")),  # noqa: E501
    _line("reserve_many", COMMAND, MEMBER, MANY, s.ReserveManyIn, s.ReserveManyOut),
    _line("cancel_reservation", COMMAND, MEMBER, ONE, s.CancelReservationIn, s.CancelReservationOut),  # noqa: E501
    _line("confirm_reservation", COMMAND, MEMBER, ONE, s.ConfirmReservationIn, s.ConfirmReservationOut),  # noqa: E501
    _line("extend_reservation", COMMAND, MEMBER, ONE, s.ExtendReservationIn, s.ReservationOut),
    _line("change_quantity", COMMAND, MEMBER, ONE, s.ChangeQuantityIn, s.ReservationOut),
    _line("begin_payment", COMMAND, MEMBER, ONE, s.BeginPaymentIn, s.ReservationOut),
    _line("transfer_reservation", COMMAND, MEMBER, ONE, s.TransferReservationIn, s.ReservationOut),
    _line("release_if_wanted", COMMAND, MEMBER, ONE, s.ReleaseIfWantedIn, s.ReservationOut),
    _line("validate_reservations", QUERY, MEMBER, MANY, s.ValidateReservationsIn, s.ValidateReservationsOut),  # noqa: E501
    _line("list_reservations", QUERY, MEMBER, MANY, s.Nothing, s.ListReservationsOut),
    _line("list_purchases", QUERY, MEMBER, MANY, s.Nothing, s.ListPurchasesOut),

    # queues
    _line("join_queue", COMMAND, MEMBER, ONE, s.JoinQueueIn, s.JoinQueueOut),
    _line("join_any", COMMAND, MEMBER, MANY, s.JoinAnyIn, s.JoinAnyOut),
    _line("leave_queue", COMMAND, MEMBER, ONE, s.LeaveQueueIn, s.LeaveQueueOut),
    _line("get_queue_position", QUERY, MEMBER, ONE, s.GetQueuePositionIn, s.GetQueuePositionOut),
    _line("suspend_entry", COMMAND, MEMBER, ONE, s.SuspendEntryIn, s.SuspendEntryOut),
    _line("resume_entry", COMMAND, MEMBER, ONE, s.SuspendEntryIn, s.SuspendEntryOut),
    _line("accept_offer", COMMAND, MEMBER, ONE, s.OfferIn, s.AcceptOfferOut),
    _line("decline_offer", COMMAND, MEMBER, ONE, s.OfferIn, s.DeclineOfferOut),
    _line("explain_reserve", QUERY, ANYONE, MANY, s.ExplainReserveIn, s.FactOut),
    _line("explain_position", QUERY, MEMBER, MANY, s.ExplainPositionIn, s.FactOut),

    # carts
    _line("get_cart", COMMAND, ANYONE, ONE, s.CartIn, s.CartOut),
    _line("list_carts", QUERY, MEMBER, MANY, s.ListCartsIn, s.ListCartsOut),
    _line("add_to_cart", COMMAND, ANYONE, ONE, s.AddToCartIn, s.CartOut),
    _line("change_cart_line", COMMAND, ANYONE, ONE, s.ChangeCartLineIn, s.CartOut),
    _line("remove_from_cart", COMMAND, ANYONE, ONE, s.CartItemIn, s.CartOut),
    _line("clear_cart", COMMAND, ANYONE, ONE, s.CartIn, s.CartOut),
    _line("validate_cart", COMMAND, ANYONE, ONE, s.CartIn, s.CartOut),
    _line("merge_carts", COMMAND, MEMBER, MANY, s.MergeCartsIn, s.MergeCartsOut),
    _line("checkout", COMMAND, MEMBER, MANY, s.CheckoutIn, s.ReserveManyOut),
    _line("place_order", COMMAND, MEMBER, ONE, s.PlaceOrderIn, s.PlaceOrderOut),
    _line("order_summary", COMMAND, ANYONE, ONE, s.OrderSummaryIn, s.OrderSummaryOut),
    _line("join_walk_in", COMMAND, ANYONE, ONE, s.CartIn, s.WalkInOut),
    _line("leave_walk_in", COMMAND, ANYONE, ONE, s.CartIn, s.WalkInOut),
    _line("serve_next", COMMAND, OPERATOR, ONE, s.ServeNextIn, s.ServeNextOut),

    # drops
    _line("list_drops", QUERY, ANYONE, MANY, s.ListDropsIn, s.ListDropsOut),
    _line("recent_buyers", QUERY, ANYONE, MANY, s.RecentBuyersIn, s.RecentBuyersOut),
    _line("create_drop", COMMAND, OPERATOR, ONE, s.CreateDropIn, s.CreateDropOut),
    _line("change_drop", COMMAND, OPERATOR, ONE, s.ChangeDropIn, s.ChangeDropOut),
    _line("add_wave", COMMAND, OPERATOR, ONE, s.AddWaveIn, s.AddWaveOut),
    _line("draw_lottery", KEYLESS, OPERATOR, ONE, s.DrawLotteryIn, s.DrawLotteryOut),
    _line("verify_lottery", QUERY, ANYONE, MANY, s.VerifyLotteryIn, s.VerifyLotteryOut),

    # operators
    _line("mark_sold", COMMAND, OPERATOR, ONE, s.MarkSoldIn, s.MarkSoldOut),
    _line("undo_sale", COMMAND, OPERATOR, ONE, s.UndoSaleIn, s.UndoSaleOut),
    _line("revoke_reservation", COMMAND, OPERATOR, ONE, s.RevokeReservationIn, s.RevokeReservationOut),  # noqa: E501
    _line("adjust_stock", COMMAND, OPERATOR, ONE, s.AdjustStockIn, s.AdjustStockOut),
    _line("set_location", COMMAND, OPERATOR, ONE, s.SetLocationIn, s.SetLocationOut),
    _line("set_policy", COMMAND, OPERATOR, ONE, s.SetPolicyIn, s.SetPolicyOut),
    _line("explain_policy", QUERY, OPERATOR, MANY, s.ExplainPolicyIn, s.ExplainPolicyOut),
    _line("set_member_class", COMMAND, OPERATOR, ONE, s.SetMemberClassIn, s.SetMemberClassOut),
    _line("bar_member", COMMAND, OPERATOR, ONE, s.BarMemberIn, s.BarMemberOut),
    _line("unbar_member", COMMAND, OPERATOR, ONE, s.AnonymiseIn, s.UnbarMemberOut),
    _line("anonymise", COMMAND, OPERATOR, ONE, s.AnonymiseIn, s.AnonymiseOut),
    _line("move_entry", COMMAND, OPERATOR, ONE, s.MoveEntryIn, s.SuspendEntryOut),
    _line("remove_entry", COMMAND, OPERATOR, ONE, s.RemoveEntryIn, s.RemoveEntryOut),
    _line("pause_queue", COMMAND, OPERATOR, ONE, s.PauseQueueIn, s.PauseQueueOut),
    _line("list_queue", QUERY, OPERATOR, MANY, s.ListQueueIn, s.ListQueueOut),
    _line("set_visibility", COMMAND, OPERATOR, ONE, s.SetVisibilityIn, s.SetVisibilityOut),
    _line("list_holders", QUERY, OPERATOR, MANY, s.ListQueueIn, s.ListHoldersOut),
    _line("act_on_many", COMMAND, OPERATOR, MANY, s.ActOnManyIn, s.ActOnManyOut),
    _line("preview", KEYLESS, OPERATOR, ONE, s.PreviewIn, s.PreviewOut),
    _line("search_audit", QUERY, OPERATOR, MANY, s.SearchAuditIn, s.SearchAuditOut),
    _line("dashboard", QUERY, OPERATOR, ONE, s.DashboardIn, s.DashboardOut),
    _line("transfer_stock", COMMAND, OPERATOR, ONE, s.TransferStockIn, s.TransferStockOut),
    _line("list_stock_changes", QUERY, OPERATOR, MANY, s.ListStockChangesIn, s.ListStockChangesOut),
    _line("expire_and_promote", KEYLESS, OPERATOR, ONE, s.ExpireAndPromoteIn, s.ExpireAndPromoteOut, caller=NOBODY),  # noqa: E501
    _line("item_at", QUERY, OPERATOR, MANY, s.ItemAtIn, s.ItemAtOut),
    _line("queue_at", QUERY, OPERATOR, MANY, s.ItemAtIn, s.QueueAtOut),
    _line("purge", KEYLESS, OPERATOR, ONE, s.PurgeIn, s.PurgeOut),
    _line("repair", KEYLESS, OPERATOR, MANY, s.RepairIn, s.RepairOut),
    _line("health", QUERY, OPERATOR, MANY, s.Nothing, s.HealthOut),
    _line("check_consistency", QUERY, OPERATOR, MANY, s.Nothing, s.CheckConsistencyOut, caller=NOBODY),  # noqa: E501
)
# fmt: on

BY_NAME: dict[str, Endpoint] = {endpoint.name: endpoint for endpoint in ENDPOINTS}
