// What happened to the viewer's own without their doing, told in a notice.

import { query } from "./api.js";
import { serverNow } from "./clock.js";
import { murmur, outdate, toast } from "./dialogs.js";
import { isToBeDrawn } from "./drops.js";
import { concernsViewer, isHeld, isOffered, keyOf } from "./store.js";
import { moment, t, word } from "./words.js";

// What became of it, by the event that says so; of what the viewer left there is nothing to say.
const ENDS = {
  "reservation.revoked": ({ title, reason }) => t("revoked", title, word("closed_because", reason)),
  "reservation.sold": ({ title }) => t("bought", title),
  "reservation.cancelled": ({ title }) => t("cancelled", title),
  "reservation.expired": ({ title }) => t("expired", title),
  "queue.removed": ({ title, reason }) => t("queue_over", title, word("closed_because", reason)),
  "queue.closed": ({ title, reason }) => t("queue_over", title, word("closed_because", reason)),
  "queue.missed": ({ title }) => t("missed", title),
  "queue.left": () => null,
  "item.hidden": ({ title }) => t("out_of_sight", title), // the place may be kept, but it is not to be seen
};

// What the viewer's own command ends is answered by itself.
const OWN = {
  cancel_reservation: ["reservation.cancelled"],
  remove_from_cart: ["reservation.cancelled"],
  confirm_reservation: ["reservation.sold"],
  leave_queue: ["queue.left"],
  decline_offer: ["queue.left"],
  mark_sold: ["queue.closed", "queue.removed", "reservation.sold", "reservation.cancelled", "reservation.revoked"],
};

// A status shows that a reservation or a place is over, an event says how. Either may come first, and it is told when both
// are there: by the number of the reservation, or the key of the record in whose line the place was.
const over = new Map();
const how = new Map();

/** `doing` is what the viewer was doing with it when it was over, if anything. */
const isOver = (which, { title }, doing) => {
  over.set(which, { title, own: OWN[doing] ?? [] });
  tellEnd(which);
};

function tellEnd(which) {
  if (!over.has(which) || !how.has(which)) return;
  const { kind, reason } = how.get(which);
  const { title, own } = over.get(which);
  const text = own.includes(kind) ? null : ENDS[kind]({ title, reason });
  forgetEnd(which);
  if (text) toast({ text, lasting: true, tone: kind === "reservation.sold" ? "yours" : "plain" });
}

function forgetEnd(which) {
  over.delete(which);
  how.delete(which);
}

/** Another viewer, whose it was not. */
export function forgetEnds() {
  over.clear();
  how.clear();
}

const stands = (row) => row.my_position !== null || isOffered(row);

/** What an event says of the end of something of the viewer's; `row` is as it was before. */
export function hearEnd(kind, data, row) {
  const isHidden = kind === "item.hidden";
  if (!(kind in ENDS) || !(isHidden || concernsViewer(data))) return;
  const which = data.reservation_id ?? keyOf(data);
  if (isHidden && how.has(which)) return; // it is hidden because it is sold, and that was said
  // who stands there by a status of later stands in line anew
  const stoodThere = row && stands(row) && (isHidden || data.version >= row.version);
  if (data.reservation_id === undefined && !over.has(which) && !stoodThere) return;
  how.set(which, { kind, reason: data.reason ?? null });
  tellEnd(which);
}

/** Where the stream has a gap, no event will say how it ended. */
export async function tellUnheard() {
  if (over.size === 0) return;
  const listed = await query("list_reservations");
  for (const [which, { own }] of [...over]) {
    const one = listed.find(({ reservation_id: id }) => id === which);
    const kind = typeof which === "string" ? own[0] ?? "queue.removed" : `reservation.${one?.status}`;
    if (kind in ENDS) how.set(which, { kind, reason: one?.reason ?? null });
    tellEnd(which);
  }
}

/** A notice that is true until the deadline that the viewer has now. */
const tellDeadline = (row, title, words) =>
  toast({ title: t(title), text: t(words, row.title, moment(row.my_expires_at)), tone: "yours", lasting: true, about: row.key, until: row.my_expires_at });

export function tellTransition(row, before) {
  if (row.my_expires_at !== before.my_expires_at) outdate(row.key);
  const waited = before.my_position !== null;
  if (!stands(before) && stands(row)) forgetEnd(row.key);
  const doing = row.acting > 0 ? row.doing : null;
  // that their turn came the answer may say, too
  const isAnswered = doing !== null && (!waited || ["reserve", "resume_entry"].includes(doing));
  if (isHeld(before) && row.my_reservation_id !== before.my_reservation_id) isOver(before.my_reservation_id, row, doing);
  if (!isHeld(before) && isHeld(row)) {
    how.delete(row.key);
    if (stands(before) && !isAnswered) tellDeadline(row, "promoted_title", "promoted");
  } else if (!isOffered(before) && isOffered(row)) {
    if (!isAnswered) tellDeadline(row, "offered_title", "offered");
  } else if ((isOffered(before) && !isOffered(row)) || (waited && !stands(row))) {
    isOver(row.key, row, doing);
  } else if (waited && row.lastKind === "queue.moved" && row.my_position !== before.my_position) {
    row.lastKind = null; // told by itself; the next move may be one of others
  } else if (waited && row.my_position < before.my_position && !isToBeDrawn(row)) {
    murmur(t("moved_up", row.title, row.my_position));
  }
}

/** The shop moved the viewer's place: told when it is told, because a status may say where to before that. */
export function tellMoved(row, { position, reason }) {
  if (row.my_position === position) row.lastKind = null;
  if (position) toast({ title: t("moved_title"), text: t("moved", row.title, position, reason), lasting: true });
}

/** The database says that a deadline of the viewer's is near; to who was out of reach it may say so when it is past. */
export function tellExpiringSoon(row) {
  if (row.my_expires_at && Date.parse(row.my_expires_at) > serverNow()) tellDeadline(row, "soon_title", "soon");
}
