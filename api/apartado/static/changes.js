// What happened to the viewer's own without their doing, told in a notice.

import { query } from "./api.js";
import { murmur, toast } from "./dialogs.js";
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

// A status shows that a reservation or a place is over, an event says how. Either may come first, and it is told when both
// are there: by the number of the reservation, or the key of the record in whose line the place was.
const over = new Map();
const how = new Map();

const isOver = (which, title) => {
  over.set(which, title);
  tellEnd(which);
};

function tellEnd(which) {
  if (!over.has(which) || !how.has(which)) return;
  const { kind, reason } = how.get(which);
  const text = ENDS[kind]({ title: over.get(which), reason });
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
  const listed = await query("list_reservations").catch(() => []);
  for (const which of [...over.keys()]) {
    const one = listed.find(({ reservation_id: id }) => id === which);
    const kind = typeof which === "string" ? "queue.removed" : `reservation.${one?.status}`;
    if (kind in ENDS) how.set(which, { kind, reason: one?.reason ?? null });
    tellEnd(which);
  }
}

export function tellTransition(row, before) {
  const waited = before.my_position !== null;
  if (!stands(before) && stands(row)) forgetEnd(row.key);
  // what the viewer does is answered by itself; that their turn came is told even while an answer is under way, but for
  // those that may say the same
  const served = waited && !isHeld(before) && (isHeld(row) || isOffered(row)) && !["reserve", "resume_entry"].includes(row.doing);
  if (row.acting > 0 && !served) {
    how.delete(row.key);
    return;
  }
  if (isHeld(before) && row.my_reservation_id !== before.my_reservation_id) isOver(before.my_reservation_id, row.title);
  if (!isHeld(before) && isHeld(row)) {
    if (stands(before)) {
      toast({ title: t("promoted_title"), text: t("promoted", row.title, moment(row.my_expires_at)), tone: "yours", lasting: true });
    }
  } else if (!isOffered(before) && isOffered(row)) {
    toast({ title: t("offered_title"), text: t("offered", row.title, moment(row.my_expires_at)), tone: "yours", lasting: true });
  } else if ((isOffered(before) && !isOffered(row)) || (waited && !stands(row))) {
    isOver(row.key, row.title);
  } else if (waited && row.lastKind === "queue.moved" && row.my_position !== before.my_position) {
    row.lastKind = null; // told by itself; the next move may be one of others
  } else if (waited && row.my_position < before.my_position) {
    murmur(t("moved_up", row.title, row.my_position));
  }
}

/** The shop moved the viewer's place: told when it is told, because a status may say where to before that. */
export function tellMoved(row, { position, reason }) {
  if (row.my_position === position) row.lastKind = null;
  if (position) toast({ title: t("moved_title"), text: t("moved", row.title, position, reason), lasting: true });
}

/** The database says that a deadline of the viewer's is near. */
export function tellExpiringSoon(row) {
  if (row.my_expires_at) toast({ title: t("soon_title"), text: t("soon", row.title, moment(row.my_expires_at)), tone: "yours", lasting: true });
}
