// What happened to the viewer's own without their doing, told in a notice.

import { murmur, toast } from "./dialogs.js";
import { isHeld, isOffered } from "./store.js";
import { moment, t, word } from "./words.js";

const ENDS = { "reservation.revoked": "revoked", "reservation.sold": "bought", "reservation.cancelled": "cancelled" };

export function tellTransition(row, before) {
  const waited = before.my_position !== null;
  // what the viewer does is answered by itself; that their turn came is told even while an answer is under way, but for
  // those that may say the same
  const served = waited && !isHeld(before) && (isHeld(row) || isOffered(row)) && !["reserve", "resume_entry"].includes(row.doing);
  if (row.acting > 0 && !served) return;
  if (!isHeld(before) && isHeld(row)) {
    if (waited || isOffered(before)) {
      toast({ title: t("promoted_title"), text: t("promoted", row.title, moment(row.my_expires_at)), tone: "yours", lasting: true });
    }
  } else if (!isOffered(before) && isOffered(row)) {
    toast({ title: t("offered_title"), text: t("offered", row.title, moment(row.my_expires_at)), tone: "yours", lasting: true });
  } else if (isHeld(before) && !isHeld(row)) {
    const how = row.lastKind in ENDS ? ENDS[row.lastKind] : row.status === "sold" ? null : "expired";
    if (how) toast({ text: t(how, row.title, row.reason), lasting: true, tone: how === "bought" ? "yours" : "plain" });
  } else if (isOffered(before) && !isOffered(row)) {
    if (row.lastKind === "queue.removed") toast({ text: t("queue_over", row.title, word("closed_because", row.reason)), lasting: true });
    else if (row.lastKind !== "queue.left") toast({ text: t("missed", row.title), lasting: true });
  } else if (waited && row.my_position === null) {
    const why = row.lastKind === "queue.closed" ? word("closed_because", row.reason) : row.reason;
    if (row.lastKind !== "queue.left") toast({ text: t("queue_over", row.title, why), lasting: true });
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
