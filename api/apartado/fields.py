"""What each field of a request or an answer means: the words of ``/openapi.json``.

A name means the same everywhere, so it has one entry; where it means something else, or something
else is meant by its absence, there is an entry for the operation (of a query) or the struct, too.
All of it is taken from the headers, bodies and comments in SQL, where the rules are: nothing is
checked with it. House tests hold the words of an enumeration against SQL.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """One sentence, and what it means that the field is not there."""

    says: str
    left_out: str = ""
    """Of a request: left out or null, where SQL has no other default."""
    null: str = ""
    """Of an answer."""
    enum: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STATUSES = _words(
    "hidden reserved offered in_queue sold upcoming ended not_for_sale in_cart available"
    " reserved_by_others"
)
PUBLIC_STATUSES = _words("sold upcoming ended not_for_sale available reserved_by_others")
ACTIONS = _words(
    "reserve join_queue leave_queue suspend_entry resume_entry accept_offer decline_offer"
    " confirm_reservation cancel_reservation mark_sold revoke_reservation"
)
OF_RESERVATIONS = _words("active sold expired cancelled revoked")
OF_ENTRIES = _words("waiting offered suspended promoted left missed removed closed")
OF_WALK_INS = _words("waiting served left")
OUTCOMES = _words("reserved queued")
OF_LINES = _words("reserved queued refused")
OF_ACTIONS = _words("done refused")
PHASES = _words("upcoming live ended")
LANGUAGES = _words("en es")
MODES = _words("all_or_nothing best_effort reserve_or_queue")
MANY = _words(
    "adjust_stock mark_sold move_entry pause_queue remove_entry revoke_reservation set_visibility"
    " transfer_stock undo_sale"
)
SORTS = _words("newest oldest title -title price -price year -year")

STAYS = "it stays as it was"
EMPTIES = "it stays as it was; an empty text empties it"
ANY = "any"
EVERYWHERE = "every location"
REFUSED = "it was refused"
NOBODY_WAITS = "nobody waits"
A_PRICE = "as text with the digits of its currency"
A_DURATION = "Seconds, or ISO 8601 without years and months (PT15M, P7D)"

FIELDS: dict[str, Field] = {
    "action": Field("What was done, or is to be done."),
    "actions": Field("Which of these the caller may do with it now.", enum=ACTIONS),
    "active_limit": Field(
        "Active reservations and queue places that one member may have at once, over all items."
    ),
    "actor": Field("Who did it: an alias, or role: and a database role."),
    "added_at": Field("When it was put into the cart."),
    "address_limit": Field(
        "How often in five minutes tries at secrets may fail from one address; 0: no limit,"
        " 1,000,000 at most.",
        STAYS,
    ),
    "admin_notes": Field(
        "Notes for operators, at most 10,000 characters.",
        null="there are none, or the caller is no operator",
    ),
    "advice": Field("What to do about it, in the caller's language.", null="nothing"),
    "alias": Field("The alias of a member.", "another thing is named"),
    "alias_limit": Field(
        "How often in five minutes a secret may be tried for one alias, or one group of pairing"
        " codes; 0: no limit, 1,000,000 at most.",
        STAYS,
    ),
    "answer": Field("The rows that the action answered, each as over HTTP.", null=REFUSED),
    "answers": Field("How many remembered answers went."),
    "args": Field("The arguments of the function by name, as over HTTP."),
    "artist": Field("A whole name of an artist, whatever its accents and capitals.", ANY),
    "artists": Field(
        "Who made the record: objects, or bare names where it is sent, 1,000 at most."
    ),
    "asset_id": Field(
        "What the DAM calls the medium, at most 200 characters; the same asset id is the same"
        " medium.",
        EMPTIES,
        "it is in no DAM",
    ),
    "at": Field("When it happened."),
    "available": Field(
        "Units that are free, whoever waits.", null="the item may not be seen by the caller"
    ),
    "avatar": Field(
        "The address of a picture, http or https, at most 2,000 characters.", EMPTIES, "none"
    ),
    "barred_at": Field("Since when the member is barred.", null="the member is not barred"),
    "barred_reason": Field(
        "Why the member is barred, as the operator said it.", null="not barred, or not kept"
    ),
    "behind": Field("How many events of the ledger come after pos."),
    "bought_at": Field("When it was bought."),
    "buyer": Field(
        "The alias of who bought it.", "the holder, where there is exactly one", "nobody is named"
    ),
    "by": Field("Who did it: an alias, or role: and a database role.", "anybody"),
    "calls": Field("The arguments of each call by name, as in preview; 1 to 500."),
    "cart": Field("The number of a cart.", "the caller's own at the location"),
    "cart_id": Field("The number of the cart.", null="there is none"),
    "catno": Field("The catalogue number, at most 200 characters.", "none", "none"),
    "cause": Field(
        "The kinds of the events that the change was told as, separated by commas; purged before"
        " them: the differences hold what came before, too, of which no event is kept."
    ),
    "change_id": Field("The number of the change, and the cursor for before."),
    "changed_at": Field("When it was changed last."),
    "changes": Field(
        "The stock rows whose numbers would be others, before and after.", null=REFUSED
    ),
    "class": Field("The code of a class of members.", "none", "none"),
    "closed_at": Field("When it ended.", null="it is active"),
    "closes_at": Field(
        "When the drop closes: ISO 8601 with its offset, or infinity (never).",
        "never",
        "never",
    ),
    "cms_id": Field(
        "What the CMS calls the content, at most 200 characters.", EMPTIES, "it has none"
    ),
    "checked_out": Field(
        "What the checkouts of the cart set aside since something was ordered from it, while"
        " nothing is in it: what place_order buys then."
    ),
    "code": Field("The code of the refusal.", null="nothing stands against it"),
    "command_limit": Field(
        "How many commands in a minute a session may give over HTTP; 0: no limit, 1,000,000 at"
        " most.",
        STAYS,
    ),
    "condition": Field(
        "The condition, at most 100 characters; a search takes the whole value.", ANY, "not said"
    ),
    "converted": Field("Which part of these was sold, 0 to 1.", null="none is over"),
    "country": Field(
        "The country, at most 100 characters; a search takes the whole value.", ANY, "not said"
    ),
    "created_at": Field("When it was made."),
    "currency": Field(
        "The currency, three letters (ISO 4217).",
        null="nothing is set aside, or the item may not be seen",
    ),
    "current": Field("Whether it is the session that asks."),
    "cursor": Field("What after takes to go on behind this row."),
    "data": Field(
        "What the event tells everybody, and the caller besides; some kinds tell more of their own."
    ),
    "delta": Field("How many units come, or go if it is below 0; never 0."),
    "delta_available": Field("How many more units were free after it."),
    "delta_reserved": Field("How many more units were set aside after it."),
    "delta_sold": Field("How many more units were sold after it."),
    "delta_total": Field("How many more units there were after it."),
    "description": Field(
        "What one sees or hears, for who cannot, at most 2,000 characters.", EMPTIES, "not said"
    ),
    "detail": Field("The facts of the refusal.", null="it was not refused"),
    "details": Field("Everything that the event says, for operators."),
    "device_name": Field(
        "What its member calls the device, at most 100 characters.", "not said", "not said"
    ),
    "display_name": Field(
        "What others may call the member, at most 50 characters; an alias is never shown.",
        EMPTIES,
        "none, or not to be shown",
    ),
    "drawn_at": Field("When the order was drawn.", null="closed, and not drawn yet"),
    "drop": Field("The number of a drop.", ANY),
    "drop_id": Field("The number of the drop."),
    "drop_limit": Field(
        "Units of one drop that a member may hold, wait for and have bought altogether; null: no"
        " limit."
    ),
    "dry_run": Field("Whether to say only what would be repaired."),
    "due_at": Field("When its units come."),
    "due_soon": Field("How many of the open reservations end within a day."),
    "duration": Field("How long it lasts, as text of at most 50 characters.", "none", "none"),
    "end": Field("Whether what they hold and wait for ends at once."),
    "end_others": Field("Whether the member's other sessions end."),
    "ended_at": Field("When the session ended."),
    "entries": Field("How many of their places in queues ended."),
    "entry": Field("The number of a place in a queue (queue_entry_id)."),
    "event_id": Field("The number of the event, and the cursor for before."),
    "everybody": Field("Whether operators merge what was imported for anybody, 1,000 at a call."),
    "expected": Field("What should be there.", null="nothing"),
    "expected_wait": Field(
        "How long it takes until the turn comes, in seconds, by how fast this queue moved.",
        null="nobody knows",
    ),
    "expired": Field("How many reservations expired."),
    "expires_at": Field("When it ends.", null="nothing is set aside"),
    "expiring_soon": Field(
        "How long before a deadline its holder is told; 0: never. " + A_DURATION + "."
    ),
    "extend_while_wanted": Field(
        "Whether a reservation may be extended while people wait for the item."
    ),
    "extension_limit": Field("How often a reservation may be extended."),
    "extension_total": Field("By how much altogether it may be extended. " + A_DURATION + "."),
    "extensions": Field("How often it was extended."),
    "extensions_left": Field("How often it may still be extended."),
    "fact": Field("What there is to know about it: quantities, times and reasons by name."),
    "failing_since": Field("Since when it fails.", null="it does not"),
    "failures": Field("Failed tries in a row."),
    "fit": Field(
        "Whom units go to that are too few for the head: strict waits for it, fit serves past it,"
        " partial gives it what is free.",
        enum=_words("strict fit partial"),
    ),
    "for_sale": Field("Whether it can be reserved and sold; if not, it is only shown."),
    "found": Field("What is there.", null="nothing"),
    "from": Field("The code of the location that the units leave.", "main"),
    "from_available": Field("Units that are free where they came from."),
    "from_location": Field("The code of the location that they left."),
    "function": Field("The name of an action of operators."),
    "genre": Field("A whole name of a genre, whatever its accents and capitals.", ANY),
    "genres": Field("Genres, each of at most 100 characters."),
    "governs": Field("How many stock rows the policy governs."),
    "hide_sold": Field(
        "Whether an item is hidden with the sale of its last unit, where nobody waits for more."
    ),
    "hint": Field("What to do next.", null="it was not refused"),
    "hold": Field("How long a reservation lasts, at most 366 days. " + A_DURATION + "."),
    "hold_cap": Field(
        "The longest that a reservation lives, whatever extends it. " + A_DURATION + "."
    ),
    "holders": Field("Who held units then, the oldest first."),
    "if_unavailable": Field(
        "What to do where it cannot be had: fail refuses, queue takes a place in the queue.",
        enum=_words("fail queue"),
    ),
    "images": Field("Pictures: objects, or bare addresses where they are sent, 1,000 at most."),
    "in_cart": Field("Whether it is in the caller's cart."),
    "invitation": Field(
        "The code of an invitation, 16 characters, of use once.", "none is brought"
    ),
    "is_operator": Field("Whether the member is an operator."),
    "is_right": Field(
        "Whether the lot is higher than the one before of the same priority, as its place says."
    ),
    "issuer": Field("Who issued the tokens of the other login."),
    "item": Field("The number of an item (item_id).", ANY),
    "item_id": Field(
        "The number of the item.", null="it is about no item, or the item is not known"
    ),
    "item_limit": Field(
        "Units of one item that a member may hold and wait for at once, over all locations; null:"
        " no limit."
    ),
    "items_by_status": Field(
        "How many items (at a location) have each status, as a visitor would be told."
    ),
    "joined_at": Field("When the place in the queue was taken."),
    "jwt": Field("A token of another login, which the service verifies."),
    "kind": Field("The kind of the event, as reservation.created."),
    "kinds": Field(
        "Kinds of events that are sent, as reservation.created; 1 to 100.", "all", "all"
    ),
    "label": Field("A whole name of a label, whatever its accents and capitals.", ANY),
    "labels": Field("Labels: objects, or bare names where they are sent, 1,000 at most."),
    "language": Field(
        "The language of the session.",
        "that of the request, else the member's",
        enum=LANGUAGES,
    ),
    "largest": Field("The most that is well.", null="there is no limit"),
    "last_error": Field("Why the last try failed.", null="it did not"),
    "last_seen_at": Field("When it was seen last, written at most once in five minutes."),
    "last_status": Field("The HTTP status of the last answer.", null="there was none"),
    "last_validated_at": Field(
        "When its owner was last told, by validate_cart, what had changed.", null="never"
    ),
    "late_confirm": Field(
        "Whether a reservation that expired may still be confirmed, when its units are free and"
        " nobody waits."
    ),
    "limit": Field("The most rows of an answer, 1 to 1,000."),
    "line": Field("The number of the line: 1, 2, 3 …"),
    "lines": Field("The lines of the cart, each with what the item is to its owner now."),
    "link": Field(
        "The text as a message to the location's number.", null="the location has no number"
    ),
    "linked_at": Field("When the subject was linked."),
    "location": Field(
        "The code of a location.",
        "main",
        "it is about no location, or the location is not known",
    ),
    "lot": Field("SHA-256 of the seed, a colon and queue_entry_id, hexadecimal."),
    "lots": Field("How many lots there are."),
    "lottery": Field("Whether the order is drawn by lot after the opening; for good."),
    "low_stock": Field("stock.low is told when no more than so many are free; null: never."),
    "max_position": Field("Join only at this position or before it; 1 or more.", ANY),
    "mean_held": Field("How long they were held on average, in seconds.", null="none is over"),
    "media": Field("The number of a medium (media_id).", "the one with the asset id, or a new one"),
    "media_id": Field("The number of the medium."),
    "member": Field(
        "The alias of the member whom it concerns.", "nobody in particular", "it concerns nobody"
    ),
    "members": Field("How many members the policy governs."),
    "merged": Field("How many carts were merged into it."),
    "message": Field("The sentence of the refusal.", null="it was not refused"),
    "missed": Field(
        "What an offer costs that was not answered: drop (the place), back (behind all of the same"
        " priority), keep (the place, suspended).",
        enum=_words("drop back keep"),
    ),
    "mode": Field(
        "all_or_nothing: any refusal refuses all; best_effort: what can be had;"
        " reserve_or_queue: what cannot be had is waited for.",
        enum=MODES,
    ),
    "more": Field("Whether there are more than total."),
    "my_expires_at": Field(
        "When the caller's reservation or offer ends.", null="the caller has none"
    ),
    "my_position": Field(
        "Where the caller stands in the queue: 1, 2, 3 …", null="the caller does not wait"
    ),
    "my_quantity": Field(
        "How many units the caller holds, is offered or wants.", null="the caller has none of it"
    ),
    "my_reservation_id": Field(
        "The number of the caller's reservation.", null="the caller holds none"
    ),
    "name": Field("The name, at most 500 characters."),
    "needed_until": Field(
        "When the units are not needed any more, in the future: ISO 8601 with its offset.",
        "never",
        "never",
    ),
    "needs_audio": Field("Whether a sound of it is still to be made."),
    "next_at": Field("When it is tried again.", null="at once, or never"),
    "next_wave_at": Field("When the next wave comes.", null="none is planned"),
    "notes": Field("Notes for everybody, at most 10,000 characters.", "none", "there are none"),
    "notices": Field("What fell out of the cart, or costs something else, since its owner looked."),
    "number": Field("The number of the row: 1, 2, 3 …"),
    "offer_window": Field("How long an offer lasts. " + A_DURATION + "."),
    "offered_until": Field("Until when an offer may be accepted.", null="there is no offer"),
    "ok": Field("Whether it is well."),
    "oldest": Field("The smallest cursor with which the stream can be read from now on."),
    "open_reservations": Field("How many reservations are active."),
    "opens_at": Field("When the drop opens: ISO 8601 with its offset.", STAYS),
    "order": Field("The number of an order (order_id).", "the cart at the location"),
    "order_id": Field("The number of the order.", null="it belongs to no order"),
    "override": Field("Whether to take it from who holds it, where too few units are free."),
    "page": Field("The slug of a page.", "another thing is named"),
    "page_id": Field("The number of the page."),
    "paranoia": Field("Whether counters are compared with rows at every commit."),
    "parent": Field(
        "A code that the variants of one thing share, to the letter, at most 255 characters.",
        ANY,
        "it has no variants",
    ),
    "passed": Field("How often somebody behind was served since the place could have been."),
    "passed_limit": Field("How often an entry may be passed under fit; then it is waited for."),
    "paused": Field("Whether the queue stands still."),
    "paused_at": Field("Since when it is paused.", null="it is not"),
    "payment_began_at": Field("When its holder began to pay.", null="not yet"),
    "payment_window": Field(
        "How far from now begin_payment moves the deadline, also where that is sooner. "
        + A_DURATION
        + "."
    ),
    "phase": Field("What a drop is by the clock of the database.", "all", enum=PHASES),
    "phone": Field(
        "The number that orders are sent to, 7 to 15 digits with the code of the country.",
        EMPTIES,
        "there is none",
    ),
    "place": Field(
        "The order there, 1 to 1,000; the lowest comes first.", "after all others, or where it is"
    ),
    "policy": Field("The name of a policy, at most 64 characters.", "none", "none"),
    "position": Field(
        "The place in line: 1, 2, 3 …", null="in no line: served at once, an offer, or over"
    ),
    "price": Field(f"The price of one unit, {A_PRICE}.", null="there is none"),
    "price_before": Field(
        f"What one unit cost when it was looked at last, {A_PRICE}.", null="the same, or none"
    ),
    "price_from": Field("The lowest price, whatever the currency.", ANY),
    "price_to": Field("The highest price, whatever the currency.", ANY),
    "priority": Field(
        "Entries with more are served before those with less, -1,000 to 1,000; taken when joining."
    ),
    "promoted": Field("How many of those who waited were served because of it."),
    "promotion": Field(
        "Who is next gets a reservation (direct), or is asked first and has offer_window to answer"
        " (offer).",
        enum=_words("direct offer"),
    ),
    "purchase": Field("The number of a purchase (purchase_id)."),
    "purchase_id": Field("The number of the purchase."),
    "purchased_at": Field("When it was bought."),
    "quantity": Field("How many units, 1 or more.", null="the reservation is not there"),
    "query": Field(
        "Words in sku, title, artists, labels, catalogue numbers and styles, at most 500"
        ' characters; the last may be a beginning; "a phrase", or, -not.',
        ANY,
    ),
    "queue_entry_id": Field("The number of the place in the queue.", null="no place was taken"),
    "queue_length": Field("How many wait.", null="the item may not be seen by the caller"),
    "queue_limit": Field("Entries that one queue may hold."),
    "rates": Field("What became of the newest 10,000 reservations that are over."),
    "reacquired": Field("Whether it had expired, and its units were had again."),
    "reason": Field(
        "Why, at most 500 characters; who it concerns can read it.", "not said", "not said"
    ),
    "recent_buyers": Field("The latest three sales, the newest first."),
    "recovery_secret": Field(
        "The secret to sign in with, shown this once.", null="none was made: there was one already"
    ),
    "reference": Field("The shop's own number for it, at most 500 characters.", "none", "none"),
    "registration": Field(
        "Who may become a member: anybody (open), who brings an invitation (invite), nobody"
        " (closed).",
        STAYS,
        enum=_words("open invite closed"),
    ),
    "repair": Field("What to run or do about it.", null="nobody knows"),
    "reservation": Field("The number of a reservation (reservation_id)."),
    "reservation_id": Field(
        "The number of the reservation.", null="none was made, or there is none"
    ),
    "reservations": Field(
        "The numbers of reservations (reservation_id), 1,000 at most.", "all that are alive"
    ),
    "reserved": Field(
        "Units that are set aside, offers included.", null="the item may not be seen by the caller"
    ),
    "reserved_at": Field("When it was set aside."),
    "restock": Field(
        "Whether more units may come; false: a queue closes when the last unit is sold."
    ),
    "role": Field(
        "What it is for there, as cover, gallery or portrait; at most 50 characters.",
        "every role",
        "not said",
    ),
    "rule": Field("The rule that does not hold."),
    "sales": Field(
        "What was sold since then, an object for each currency; undone sales do not count."
    ),
    "secret": Field("A secret of 32 to 1,000 characters.", "a new one is made"),
    "sections": Field(
        "What the page is made of, in order; 100 at most.",
        "they stay as they were; an empty list takes them away",
    ),
    "seed": Field(
        "The seed of the lottery, 64 hexadecimal digits.",
        null="not drawn yet, or no lots are drawn",
    ),
    "seed_hash": Field("SHA-256 of the seed as text, hexadecimal.", null="no lots are drawn"),
    "seo_description": Field(
        "What search engines are told, at most 1,000 characters.", EMPTIES, "nothing"
    ),
    "seo_title": Field("The title for search engines, at most 200 characters.", EMPTIES, "none"),
    "server_time": Field("The time by the database's clock."),
    "session": Field("The number of a session (session_id)."),
    "session_id": Field("The number of the session.", null="it was no session"),
    "sessions": Field("How many ended sessions went."),
    "sessions_ended": Field("How many other sessions were ended."),
    "set_aside": Field("How many of the lines hold what they name."),
    "show_name": Field(
        "Whether buyers may be shown the display name.", STAYS, "nobody is signed in"
    ),
    "since": Field("Since when it is so.", null="not known"),
    "sku": Field(
        "What the shop calls the item, at most 200 characters.", null="the item is not known"
    ),
    "sleeve_condition": Field(
        "The condition of the sleeve, at most 100 characters.", null="not said"
    ),
    "slug": Field(
        "What it is known by and its place in an address, as stories/blue-note; at most 200"
        " characters."
    ),
    "sold": Field("Units that are sold.", null="the item may not be seen by the caller"),
    "sort": Field(
        "The order; - is falling, and what has no price or year comes last.",
        "newest",
        enum=SORTS,
    ),
    "source": Field("Who says it: member_class, drop, item or location with its name, or default."),
    "status": Field(
        "What the item is to the caller now: the first in this order that is true.",
        ANY,
        enum=STATUSES,
    ),
    "statuses": Field("What list_statuses gives."),
    "style": Field("A whole name of a style, whatever its accents and capitals.", ANY),
    "styles": Field("Styles, each of at most 100 characters."),
    "subject": Field("What it is about."),
    "ticket": Field("The number that was drawn in front of the location.", null=NOBODY_WAITS),
    "title": Field("The title, at most 1,000 characters.", STAYS, "none"),
    "to_available": Field("Units that are free where they went."),
    "to_location": Field("The code of the location that they went to."),
    "token": Field("The bearer token of the session; absent where it went into the cookie."),
    "told_at": Field(
        "When the last change before that moment was told.",
        null="it is not kept any more, and nothing has happened since",
    ),
    "total": Field(f"What it costs altogether, {A_PRICE}.", null="there is no price"),
    "totals": Field("What it costs, an object for each currency."),
    "tracklist": Field("Tracks: objects, or bare titles where they are sent, 1,000 at most."),
    "transferred_to": Field(
        "The number of the reservation that the other member has.", null="it was not handed on"
    ),
    "undo_reason": Field("Why units of it came back last.", null="none did"),
    "undone": Field("How many units of it came back."),
    "undone_at": Field("When units of it came back last.", null="none did"),
    "unit": Field("What value counts."),
    "units": Field("How many units."),
    "unlinked": Field("From how many places it was taken."),
    "unpriced": Field("How many of the units have no price."),
    "uploader": Field(
        "The alias of who brought the medium.", "who calls, for a new one", "nobody here"
    ),
    "url": Field("An address, http or https, at most 2,000 characters."),
    "used_at": Field("When it was last changed or looked over, at the earliest when it was made."),
    "valid": Field("Whether it is alive."),
    "value": Field("What was measured."),
    "values": Field("The values that a policy says; lengths of time in seconds in an answer."),
    "version": Field(
        "Grows with each change of the stock row: drop what is older.",
        null="the item may not be seen by the caller",
    ),
    "videos": Field("Videos: objects, or bare addresses where they are sent, 1,000 at most."),
    "visible": Field(
        "Whether others than operators may see it.", "it stays as it was; a new one is visible"
    ),
    "waiting": Field("How many wait."),
    "walk_in_entry_id": Field(
        "The number of the place in front of the location.", null="there is none"
    ),
    "wanted": Field("Whether it is let go as soon as somebody wants it; false takes that back."),
    "wave": Field("The number of a wave (wave_id)."),
    "wave_id": Field("The number of the wave."),
    "webhook": Field("The number of a webhook (webhook_id)."),
    "webhook_id": Field("The number of the webhook."),
    "wish_id": Field("The number of the wish, one for all its places."),
    "year": Field("The year, 1000 to 9999.", null="not known"),
    "year_from": Field("The first year.", ANY),
    "year_to": Field("The last year.", ANY),
    "yields": Field("Whether its holder lets it go as soon as somebody wants it."),
}


def _each(names: str, field: Field) -> dict[str, Field]:
    return dict.fromkeys(names.split(), field)


SPECIAL: dict[str, Field] = {
    # people
    "SignInIn.alias": Field(
        "The name to sign in with: 1 to 32 letters, digits, dots, dashes or underscores,"
        " beginning with a letter, digit or underscore; the first sign-in claims it."
    ),
    "SignInWithIdentityIn.alias": Field(
        "The alias of who is new, as in sign_in.", "the subject is linked already"
    ),
    "WhoAmIOut.alias": Field("The alias of the caller.", null="nobody is signed in"),
    "SignInIn.secret": Field(
        "The recovery secret; the first sign-in may bring its own of 32 to 1,000 characters.",
        "a new alias, whose secret is made",
    ),
    "ClaimOperatorIn.secret": Field("The bootstrap secret, which works once."),
    **_each(
        "SignInIn.device SignInWithIdentityIn.device PairIn.device MergeCartsIn.device",
        Field(
            "The token of 32 to 200 characters with which the device had a cart, which comes into"
            " the member's.",
            "no cart of a device",
        ),
    ),
    **_each(
        "SignInIn.language SignInWithIdentityIn.language PairIn.language",
        Field("The language of the session.", "the member's", enum=LANGUAGES),
    ),
    **_each(
        "ChangeProfileIn.language ProfileOut.language",
        Field("The language of the member.", STAYS, enum=LANGUAGES),
    ),
    **_each(
        "OrderSummaryIn.language OrderSummaryOut.language",
        Field("The language of the text.", "that of the session", enum=LANGUAGES),
    ),
    "PairIn.code": Field("The code of 8 characters that another device shows."),
    "StartPairingOut.code": Field(
        "8 characters with which another device signs in, once, within five minutes."
    ),
    "InviteMemberIn.ttl": Field(f"How long the invitation is good, at most 30 days. {A_DURATION}."),
    **_each(
        "LinkIdentityOut.subject UnlinkIdentityIn.subject PersonsIdentity.subject",
        Field("Who the member is at the other login."),
    ),
    "GetMemberOut.class": Field("The code of their class.", null="of none"),
    "GetMemberOut.joined": Field("When the alias was claimed."),
    "GetMemberOut.last_seen_at": Field(
        "When one of their sessions was used last, written at most once in five minutes.",
        null="never signed in, or so long ago that it is forgotten",
    ),
    "GetMemberOut.reservations": Field("What they hold, the nearest deadline first."),
    "GetMemberOut.entries": Field("Their open places in queues."),
    "GetMemberOut.purchases": Field("The latest 20 of what they bought."),
    "GetMemberOut.carts": Field("Their active carts."),
    "GetMemberOut.identities": Field("The other logins linked to them, the first first."),
    "PersonsCart.lines": Field("How many lines are in it."),
    "PersonsCart.units": Field("How many units are in it."),
    "SignOutOut.session_id": Field("The number of the session that ended."),
    **_each(
        "BarMemberOut.reservations AnonymiseOut.reservations",
        Field("How many of their reservations ended."),
    ),
    "AnonymiseOut.events": Field("In how many events of the ledger they were named as who did it."),
    "AnonymiseOut.alias": Field("What the member is called from now on."),
    # the catalogue
    "find_items.after": Field("The cursor of the last row of the page before.", "the first page"),
    "find_items.limit": Field("The most rows of a page, 1 to 200."),
    **_each(
        "find_items.location count_items.location list_statuses.location get_snapshot.location"
        " list_events.location list_queue.location list_holders.location item_at.location"
        " queue_at.location list_stock_changes.location dashboard.location",
        Field("The code of a location.", EVERYWHERE),
    ),
    "PutItemsIn.items": Field(
        "What to write, known by sku, 1,000 at most. Of a known item a field that is left out"
        " stays as it is, and null empties it; what cannot be written is refused alone."
    ),
    "PutItemsOut.outcome": Field(
        "What became of the item.", enum=_words("inserted updated unchanged refused")
    ),
    "PutItemsOut.reason": Field("Why it was refused.", null="it was not"),
    "PutItem.title": Field("The title, at most 1,000 characters; a new item needs one."),
    "PutItem.price": Field(
        "The price of one unit, 0 to 999,999,999,999, as a number or as text; null: none."
    ),
    "PutItem.currency": Field("The currency, three letters; EUR for a new item."),
    "PutItem.quantity": Field(
        "The total at the location, 0 to 1,000,000: free, set aside and sold; 1 for a new item."
    ),
    "PutItem.location": Field("The code of the location of its units; main, if not said."),
    **_each("PutItem.condition PutItem.country", Field("At most 100 characters.")),
    **_each("PutItem.visible PutItem.for_sale", Field("True or false; true for a new item.")),
    "CountItemsOut.total": Field("How many rows there are on all pages, 10,000 at most."),
    "SetVisibilityOut.holders": Field("How many members hold some of it, and go on."),
    "SetVisibilityOut.waiting": Field("How many keep their place in the queue."),
    # reservations
    "ReserveManyIn.lines": Field(
        "What to reserve, 1 to 100; what is of one item and location is one reservation."
    ),
    **_each("ReserveLine.item BuyLine.item", Field("The number of an item (item_id).")),
    **_each("ReserveLine.quantity BuyLine.quantity", Field("How many units, 1 if left out.")),
    "ReserveLine.location": Field("The code of a location.", "main"),
    **_each(
        "ReserveIn.ttl ReserveLine.ttl",
        Field(
            f"How long to hold it, no longer than the policy. {A_DURATION}.", "as the policy says"
        ),
    ),
    "ReserveOut.outcome": Field("Set aside, or a place in the queue.", enum=OUTCOMES),
    "ReserveManyOut.outcome": Field("What became of the line.", enum=OF_LINES),
    **_each(
        "CancelReservationOut.status RevokeReservationOut.status ReservationOut.status"
        " ListReservationsOut.status ValidateReservationsOut.status",
        Field(
            "What the reservation is; past its deadline it is expired.",
            null="it is not there, or not the caller's",
            enum=OF_RESERVATIONS,
        ),
    ),
    **_each(
        "CancelReservationIn.quantity ConfirmReservationIn.quantity",
        Field("How many of its units, 1 or more.", "all"),
    ),
    "CancelReservationOut.quantity": Field(
        "How many units are set aside still; where none is, how many it was of."
    ),
    "ConfirmReservationOut.remaining": Field("How many of its units are held still."),
    "ExtendReservationIn.by": Field(
        f"How much longer to hold it. {A_DURATION}.", "one more hold of the policy"
    ),
    "TransferReservationIn.to": Field("The alias of the member who gets it."),
    **_each(
        "ReservationOut.reason ListReservationsOut.reason ValidateReservationsOut.reason",
        Field(
            "Why it ended: transferred, yielded, or what an operator said.", null="nothing was said"
        ),
    ),
    "ValidateReservationsOut.code": Field(
        "The code that a command would refuse with.", null="it is alive"
    ),
    "ListPurchasesOut.total": Field(
        f"What the units cost that were not taken back, {A_PRICE}.", null="it has no price"
    ),
    "ListPurchasesOut.reference": Field(
        "The shop's own number for it; order and its number, where none was given.", null="none"
    ),
    "ListPurchasesOut.status": Field(
        "undone, where no unit of it is left.", enum=_words("sold undone")
    ),
    "FactOut.code": Field(
        "The code of the refusal; of explain_position, a word for why one waits."
    ),
    # queues
    "JoinQueueIn.quantity": Field("How many units, 1 or more; joining again changes nothing."),
    "JoinQueueIn.needed_until": Field(
        "When the units are not needed any more, in the future: ISO 8601 with its offset; joining"
        " again changes nothing.",
        "never",
    ),
    "JoinAnyIn.items": Field("The numbers of the items (item_id), 1 to 100."),
    "JoinAnyIn.location": Field(
        "The code of a location.", "every location at which the items are kept"
    ),
    **_each(
        "SuspendEntryOut.status DeclineOfferOut.status RemoveEntryOut.status ListQueueOut.status"
        " QueueAtOut.status PersonsEntry.status",
        Field("What the place in the queue is.", enum=OF_ENTRIES),
    ),
    "EventData.entry_status": Field("What the place in the queue is.", enum=OF_ENTRIES),
    "LeaveQueueOut.status": Field(
        "What the place, or the last one, is; none: there never was one.",
        enum=(*OF_ENTRIES, "none"),
    ),
    "LeaveQueueOut.queue_entry_id": Field("The place that was left.", null="none waited"),
    "MoveEntryIn.position": Field("The place to put it at: 1, 2, 3 …"),
    "GetQueuePositionOut.paused_at": Field("Since when the line stands still.", null="it moves"),
    "GetQueuePositionOut.pause_reason": Field("Why it stands still.", null="it moves"),
    "GetQueuePositionOut.sample": Field("Of how many people served that is the mean."),
    "ListQueueOut.reason": Field(
        "Why it was moved or suspended, for the member to read.", null="nothing was said"
    ),
    "list_queue.limit": Field("The most rows of each location, 1 to 10,000."),
    "list_holders.limit": Field("The most rows, 1 to 10,000."),
    "ExpireAndPromoteIn.limit": Field("The most stock rows, 1 to 100,000."),
    "ExpireAndPromoteOut.remaining": Field(
        "How many reservations are still due, and queues that are served in parts; or at how many"
        " items anything is due."
    ),
    # carts, orders, walk-in
    **_each(
        "CartIn.device CartItemIn.device AddToCartIn.device ChangeCartLineIn.device"
        " OrderSummaryIn.device JoinWalkInIn.device",
        Field(
            "A random token of 32 to 200 characters that the device made for itself; whoever has"
            " it has its cart.",
            "the member's cart",
        ),
    ),
    "list_carts.after": Field("The cart_id behind which to go on.", "the first page"),
    "ListCartsOut.kind": Field(
        "hard: what is put in is set aside, by the policy of its location and its owner's class.",
        enum=_words("soft hard"),
    ),
    **_each("ListCartsOut.lines MergeCartsOut.lines", Field("How many lines.")),
    **_each(
        "CartLine.sku CartLine.title ListCartLinesOut.sku ListCartLinesOut.title",
        Field("As in the item.", null="it may not be seen"),
    ),
    **_each(
        "CartLine.status ListCartLinesOut.status",
        Field("What the item is to the owner now.", null="it may not be seen", enum=STATUSES),
    ),
    "MarkSoldIn.buyer": Field(
        "The alias of who bought it; empty: nobody in particular.",
        "the holder, where there is exactly one",
    ),
    "Notice.reason": Field(
        "How the line fell out, or that it costs something else.",
        enum=_words("expired cancelled revoked price_changed"),
    ),
    "Notice.at": Field("When the line fell out."),
    "PlaceOrderIn.lines": Field(
        "What to buy in place of the cart, or on top of the cart that is named, 1 to 100.",
        "what is in the cart, or what its checkouts set aside",
    ),
    "PlaceOrderIn.without": Field(
        "Items that stay in the cart, and are not bought.", "all of it is bought"
    ),
    "PlaceOrderIn.expected": Field(
        "What the caller saw of it: where anything else would be sold, nothing is.",
        "whatever it is",
    ),
    "ExpectedLine.quantity": Field("How many units of it are to be sold."),
    "ExpectedLine.price": Field(f"What one of them is to cost, {A_PRICE}.", null="it has no price"),
    "ListWalkInsIn.called": Field(
        "Whether to list those who were called and whose carts are not sold yet.",
        "false: those who wait",
    ),
    "ListWalkInsOut.position": Field("The place in line: 1, 2, 3 …", null="they were called"),
    "ListOrdersIn.order": Field("The number of one order.", "all of them"),
    "ListOrdersIn.member": Field("The alias of whoever bought.", "everybody's"),
    "list_orders.after": Field("The order_id behind which to go on.", "the first page"),
    "ListOrdersOut.lines": Field("What was bought, with what of it was taken back since."),
    "ListOrdersOut.totals": Field("What the units cost that were not taken back."),
    "ListOrdersOut.buyer": Field("The alias of who bought it.", null="nobody in particular"),
    "ListCartLinesIn.cart": Field("The number of the cart, as serve_next says it."),
    "PlaceOrderOut.lines": Field("What was bought, at the prices that were frozen."),
    "PlaceOrderOut.buyer": Field("The alias of who bought it.", null="nobody in particular"),
    "OrderLineNow.total": Field(
        f"What the line cost when it was sold, {A_PRICE}.", null="it has no price"
    ),
    "OrderLine.description": Field("Artists, title and catalogue numbers as they were then."),
    "OrderSummaryOut.text": Field("The order as a text to send to the shop."),
    "JoinWalkInIn.again": Field(
        "Whether to stand in the line anew after having been called.", "false: the entry is told"
    ),
    **_each(
        "WalkInOut.status WalkInPositionOut.status",
        Field("What the place is; none: there never was one.", enum=(*OF_WALK_INS, "none")),
    ),
    **_each(
        "WalkInOut.ticket WalkInPositionOut.ticket",
        Field("The number that was drawn.", null="none was drawn"),
    ),
    **_each(
        "WalkInOut.served_at WalkInPositionOut.served_at",
        Field("When it was called.", null="it was not called"),
    ),
    "ListWalkInsOut.alias": Field("Who stands there.", null="a device of nobody known"),
    "ListWalkInsOut.lines": Field("How many lines are in their cart."),
    "ListWalkInsOut.units": Field("How many units are in their cart."),
    "ServeNextOut.alias": Field(
        "The alias of who is served.", null="a device of nobody known, or nobody waits"
    ),
    "ServeNextOut.lines": Field("The lines of their cart, as in get_cart.", null=NOBODY_WAITS),
    "ServeNextOut.totals": Field("What it costs, an object for each currency.", null=NOBODY_WAITS),
    # drops
    "CreateDropIn.items": Field("The numbers of its items (item_id), 10,000 at most."),
    "ChangeDropIn.items": Field("The numbers of its items (item_id).", STAYS),
    **_each(
        "ListDropsOut.items CreateDropOut.items ChangeDropOut.items",
        Field("The numbers of its items (item_id)."),
    ),
    "ChangeDropIn.closes_at": Field(
        "When the drop closes: ISO 8601 with its offset, or infinity (never).", STAYS
    ),
    "CreateDropIn.policy": Field(
        "The name of the policy that governs its items before their own.", "none"
    ),
    "ChangeDropIn.policy": Field("The name of its policy; default: none of its own.", STAYS),
    "ListWavesOut.status": Field(
        "released: its time has come, whether or not a job ran; cancelled: it never comes.",
        enum=_words("planned released cancelled"),
    ),
    "AddWaveIn.at": Field("When its units come, in the future: ISO 8601 with its offset."),
    "DrawLotteryOut.closed_at": Field("From when on nobody takes part any more."),
    "verify_lottery.after": Field("The place behind which to go on."),
    "verify_lottery.limit": Field("The most rows, 1 to 10,000."),
    "VerifyLotteryOut.place": Field("The place in the queue: 1, 2, 3 …"),
    "VerifyLotteryOut.priority": Field("Its priority at the draw."),
    "recent_buyers.limit": Field("The most rows, 1 to 100."),
    # events
    "list_events.after": Field("The position behind which to go on."),
    **_each(
        "get_snapshot.items list_statuses.items list_events.items",
        Field("The numbers of items (item_id); the name repeated for each.", "all"),
    ),
    "GetSnapshotOut.pos": Field("The position from which the stream goes on."),
    **_each(
        "ListEventsOut.pos SearchAuditOut.pos",
        Field("The position of the event.", null="not numbered yet"),
    ),
    "EventData.drop_id": Field(
        "The number of the drop; of item.changed that which the item left, to operators in a list:"
        " before, after."
    ),
    "EventData.purchases": Field("The purchases that the lines of the order are, in their order."),
    "EventData.lines": Field(
        "Of a cart, what changed in it: item_id, quantity, change; of an order, how many it has."
    ),
    "EventData.status": Field(
        "What the item is to everybody, by its counters then, and by the window of its drop and"
        " whether it is for sale now.",
        enum=PUBLIC_STATUSES,
    ),
    "search_audit.kinds": Field(
        "Whole kinds, or what stands before the dot (reservation, queue).", ANY
    ),
    "search_audit.member": Field("The alias of the member whom it concerns.", ANY),
    "search_audit.from": Field(
        "From this moment on: ISO 8601 with its offset.", "from the beginning"
    ),
    "search_audit.to": Field("Before this moment: ISO 8601 with its offset.", "up to now"),
    "search_audit.text": Field(
        "Looked for in the details, whatever the case, at most 200 characters.", ANY
    ),
    "search_audit.before": Field("The event_id from which to go back.", "the newest"),
    # operators
    "MarkSoldIn.notes": Field("Notes for operators, at most 4,000 characters.", "none"),
    "MarkSoldIn.reason": Field(
        "Why, at most 500 characters; those whom it is taken from read it.", "'sold'"
    ),
    "UndoSaleIn.quantity": Field("How many units come back, 1 or more.", "all that is left"),
    "UndoSaleOut.undone": Field("How many units came back."),
    "UndoSaleOut.remaining": Field("How many units of the purchase are sold still."),
    **_each(
        "AdjustStockOut.total ListStockChangesOut.total ItemAtOut.total Numbers.total",
        Field("Units altogether: free, set aside and sold."),
    ),
    "list_stock_changes.before": Field("The change_id from which to go back.", "the newest"),
    "TransferStockIn.to": Field("The code of the location that they go to.", "main"),
    **_each(
        "TransferStockIn.reason ChangeDropIn.reason",
        Field("Why, at most 500 characters; it has to be said.", "refused"),
    ),
    "SetLocationIn.location": Field(
        "The code of the location, new or known: lower-case letters, digits, dots, dashes and"
        " underscores, 64 at most."
    ),
    "SetLocationIn.name": Field(
        "What it is called, at most 200 characters.", "as it was; a new one as its code"
    ),
    **_each("SetLocationOut.name ListLocationsOut.name", Field("What the location is called.")),
    "ListLocationsOut.policy": Field(
        "The name of the policy that what is kept there follows.", null="none of its own"
    ),
    **_each(
        "SetPolicyIn.item SetPolicyIn.location SetPolicyIn.drop SetPolicyIn.class",
        Field(
            "What follows the policy from now on; one of item, location, drop, class.",
            "nothing new",
        ),
    ),
    "SetPolicyIn.values": Field(
        "The values that change; null takes one back, so that the next weaker policy is heard.",
        "none changes",
    ),
    "SetPolicyIn.reason": Field(
        "Why, at most 500 characters; needed where members follow.", "not said"
    ),
    "PolicyValues.cart": Field(
        "soft: a cart sets nothing aside; hard: what is put into it is reserved.",
        enum=_words("soft hard"),
    ),
    "ListPoliciesOut.items": Field(
        "How many items follow it; of default, those that follow no other."
    ),
    "ListPoliciesOut.drops": Field("How many drops follow it, those that have ended, too."),
    "ListPoliciesOut.locations": Field("How many locations follow it."),
    "ListPoliciesOut.classes": Field("How many classes of members follow it."),
    "ListMemberClassesOut.policy": Field(
        "The name of the policy that its members follow.", null="none of its own"
    ),
    "ListMemberClassesOut.members": Field("How many members are in it."),
    "ExplainPolicyOut.name": Field("The name of the value."),
    "ExplainPolicyOut.value": Field("The value; of a length, seconds.", null="no limit"),
    "ExplainPolicyOut.policy": Field(
        "The name of the policy that says it.", null="the item itself says it"
    ),
    "explain_policy.member": Field("The alias of a member, for their class.", "no class"),
    "ActOnManyIn.function": Field("The name of the action.", enum=MANY),
    **_each(
        "ActOnManyOut.outcome PreviewOut.outcome",
        Field("Whether it is done or refused.", enum=OF_ACTIONS),
    ),
    **_each(
        "ActOnManyOut.code PreviewOut.code",
        Field("The code of the refusal.", null="it was not refused"),
    ),
    "PreviewOut.events": Field("What would be told, in order.", null=REFUSED),
    "Change.before": Field("The numbers as they are."),
    "Change.after": Field("The numbers as they would be."),
    "DashboardOut.location": Field("The code of a location.", null=EVERYWHERE),
    "DashboardOut.waiting": Field("How many places in queues there are."),
    "dashboard.since": Field(
        "From when on sales count: ISO 8601 with its offset.", "the beginning of today, UTC"
    ),
    "DashboardOut.since": Field("From when on sales count."),
    "Sales.sales": Field("How many sales."),
    "Rates.sample": Field("How many of them are over."),
    "Rates.expired": Field("Which part of these expired, 0 to 1.", null="none is over"),
    "HealthOut.name": Field("The name of the measure."),
    # care
    **_each("item_at.at queue_at.at", Field("A past moment: ISO 8601 with its offset.")),
    "PurgeIn.before": Field(
        "What is older goes: ISO 8601 with its offset, at least 30 days ago.",
        "as long ago as the settings keep it",
    ),
    "PurgeOut.before": Field("What was older went."),
    "PurgeIn.limit": Field("The most events, sessions and answers, 1 to 100,000."),
    "PurgeOut.events": Field("How many events went."),
    "PurgeOut.remaining": Field("Whether to call again, because there may be more."),
    "RepairOut.outcome": Field(
        "What became of it; by_hand: only people can say what is right.",
        enum=_words("repaired would_be_repaired still_there by_hand"),
    ),
    # media, pages, webhooks
    "UnlinkMediaOut.unlinked": Field("In how many roles it hung there."),
    "DeletePageOut.unlinked": Field("How many media hung at it."),
    **_each(
        "LinkMediaIn.item UnlinkMediaIn.item list_media.item",
        Field("The number of an item (item_id).", "another thing is named"),
    ),
    **_each(
        "LinkMediaIn.location UnlinkMediaIn.location list_media.location",
        Field("The code of a location.", "another thing is named"),
    ),
    "list_media.after": Field(
        "The media_id behind which to go on, where no thing is named.", "the first page"
    ),
    "list_media.limit": Field("The most rows of a page, 1 to 1,000, where no thing is named."),
    "ListMediaOut.role": Field(
        "What it is for there; where no thing is named, where it was linked first.",
        null="it hangs nowhere",
    ),
    "ListMediaOut.place": Field(
        "The order there, 1 to 1,000; the lowest comes first.", null="it hangs nowhere"
    ),
    "PutMediaIn.url": Field(
        "Where the medium is, http or https, at most 2,000 characters.", EMPTIES
    ),
    **_each(
        "PutMediaOut.url ListMediaOut.url DeleteMediaOut.url",
        Field("Where the medium is.", null="whoever asks the DAM is told"),
    ),
    "PutMediaIn.type": Field(
        "image, video …, or a media type as image/jpeg; at most 100 characters.",
        "it stays as it was; a new one needs one",
    ),
    **_each("PutMediaOut.type ListMediaOut.type", Field("image, video …, or a media type.")),
    "ListMediaOut.uploader": Field(
        "The alias of who brought the medium.", null="nobody here, or the caller is no operator"
    ),
    "PutPageIn.type": Field(
        "What kind of page it is, as home, story or legal; at most 50 characters.",
        "it stays as it was; a new one needs one",
    ),
    "list_pages.type": Field("What kind of page, as home, story or legal.", "every kind"),
    **_each(
        "ListPagesOut.type Section.type PutSection.type",
        Field("What kind of page or section it is, at most 50 characters."),
    ),
    "CreateWebhookIn.url": Field("Where events are sent, http or https, without a name."),
    "ChangeWebhookIn.url": Field("Where events are sent, http or https, without a name.", STAYS),
    "ChangeWebhookIn.kinds": Field(
        "Kinds of events that are sent, 1 to 100; an empty list: all.", STAYS
    ),
    "ChangeWebhookIn.paused": Field(
        "Whether nothing is sent.", "it stays, or goes on where it failed"
    ),
    "CreateWebhookOut.pos": Field("It is sent what comes behind this position."),
    **_each(
        "ChangeWebhookOut.pos DeleteWebhookOut.pos ListWebhooksOut.pos",
        Field("Everything up to this position arrived."),
    ),
    # problems
    "Problem.type": Field("The same for the same code: urn:apartado:error: and the code."),
    "Problem.title": Field("What is wrong, in the language of the session or of Accept-Language."),
    "Problem.status": Field("The HTTP status."),
    "Problem.detail": Field("The facts, as name: value, name: value.", null="there are none"),
    "Problem.code": Field("The code, which SQL has as SQLSTATE."),
    "Problem.hint": Field("What to do next.", null="nothing is known"),
    "Problem.field": Field("The field that it is about.", null="it is about none"),
    # the stream
    "events.item": Field("The number of an item; repeated for several.", "all"),
    "events.location": Field("The code of a location.", EVERYWHERE),
    "events.pings": Field(
        "Whether the heartbeat is an event, too, which scripts of a page can see.", "false"
    ),
    "events.after": Field("The position behind which to go on.", "from now on"),
}
"""Where a name means something else: by operation of a query, or by struct."""
