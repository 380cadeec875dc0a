// What a person can do with a record. The database says which of these it offers (`actions`).

import { signIn } from "./account.js";
import { command } from "./api.js";
import { ask, murmur, tellError, toast } from "./dialogs.js";
import { markSold, revoke } from "./operator.js";
import { readStatus, rows, viewer } from "./store.js";
import { moment, t } from "./words.js";

const place = (row) => ({ item: row.item_id, location: row.location });

async function reserve(row, quantity) {
  const answer = await command("reserve", { ...place(row), quantity });
  return t("did_reserve", row.title, moment(answer.expires_at));
}

async function joinQueue(row, quantity) {
  const answer = await command("join_queue", { ...place(row), quantity });
  return t("did_queue", row.title, answer.position);
}

function leaveQueue(row) {
  return ask({
    title: t("leave_title", row.title),
    text: t("leave_text", row.my_position),
    confirm: t("leave_queue"),
    back: t("stay"),
    submit: async () => {
      await command("leave_queue", place(row));
      return t("did_leave", row.title);
    },
  });
}

function cancelReservation(row) {
  return ask({
    title: t("cancel_title", row.title),
    text: t("cancel_text", row.queue_length),
    confirm: t("cancel_reservation"),
    back: t("keep"),
    submit: async () => {
      const answer = await command("cancel_reservation", { reservation: row.my_reservation_id });
      return t("did_cancel", row.title, answer.promoted);
    },
  });
}

/** In the order in which they are offered; `counts` takes a number of units, `asks` opens a dialog first. */
export const ACTIONS = new Map([
  ["reserve", { run: reserve, tone: "primary", counts: true }],
  ["join_queue", { run: joinQueue, tone: "second", counts: true }],
  ["cancel_reservation", { run: cancelReservation, tone: "second", asks: true }],
  ["leave_queue", { run: leaveQueue, tone: "second", asks: true }],
  ["mark_sold", { run: markSold, tone: "shop", asks: true }],
  ["revoke_reservation", { run: revoke, tone: "shop", label: "revoke", asks: true }],
]);

export const labelOf = (action) => t(ACTIONS.get(action).label ?? action);

/** Does it, says how it went, and reads what is so now. */
export async function act(action, row, quantity) {
  if (viewer.alias === null) {
    await signIn();
    const now = rows.get(row.key);
    // signed in, the viewer may already hold it or wait for it
    if (viewer.alias === null || !now?.actions.includes(action)) return;
    await act(action, now, quantity);
    return;
  }
  row.acting = (row.acting ?? 0) + 1;
  try {
    const done = await ACTIONS.get(action).run(row, quantity);
    if (done === null) return;
    toast({ text: done, tone: "good" });
    await readStatus(row);
  } catch (error) {
    tellError(error);
    await readStatus(row);
  } finally {
    row.acting -= 1;
  }
}

/** What happened to the viewer's own without their doing. */
export function tellTransition(row, before) {
  if (row.acting > 0) return;
  const had = before.my_reservation_id !== null;
  const has = row.my_reservation_id !== null;
  if (!had && has) {
    if (before.my_position !== null) {
      toast({ title: t("promoted_title"), text: t("promoted", row.title, moment(row.my_expires_at)), tone: "yours", lasting: true });
    }
  } else if (had && !has) {
    const ends = { "reservation.revoked": "revoked", "reservation.sold": "bought", "reservation.cancelled": "cancelled" };
    const how = row.lastKind in ends ? ends[row.lastKind] : row.status === "sold" ? null : "expired";
    if (how) toast({ text: t(how, row.title, row.reason), lasting: true, tone: how === "bought" ? "yours" : "plain" });
  } else if (before.my_position !== null && row.my_position === null) {
    if (row.lastKind !== "queue.left") toast({ text: t("queue_over", row.title, row.reason), lasting: true });
  } else if (before.my_position !== null && row.my_position < before.my_position) {
    murmur(t("moved_up", row.title, row.my_position));
  }
}
