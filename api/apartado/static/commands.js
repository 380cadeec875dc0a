// What a person can do with a record. The database says which of these it offers (`actions`).

import { signIn } from "./account.js";
import { command, query } from "./api.js";
import { addToCart } from "./cart.js";
import { deadlineOf } from "./deadline.js";
import { ask, tellError, toast } from "./dialogs.js";
import { h, say } from "./dom.js";
import { isToBeDrawn } from "./drops.js";
import { markSold } from "./operator.js";
import { readStatus } from "./reading.js";
import { offPaint, onPaint, rows, viewer } from "./store.js";
import { otherPrice, ownPrice, readTerms } from "./terms.js";
import { manage } from "./till.js";
import { money, moment, t } from "./words.js";

const place = (row) => ({ item: row.item_id, location: row.location });

async function reserve(row, quantity) {
  const answer = await command("reserve", { ...place(row), quantity });
  return t("did_reserve", row.title, moment(answer.expires_at));
}

async function joinQueue(row, quantity) {
  const answer = await command("join_queue", { ...place(row), quantity });
  if (answer.position === null) return t("did_queue_served", row.title);
  return isToBeDrawn(row) ? t("did_queue_draw", row.title) : t("did_queue", row.title, answer.position);
}

function leaveQueue(row, send) {
  return ask({
    title: t("leave_title", row.title),
    text: t("leave_text", isToBeDrawn(row) ? null : row.my_position),
    confirm: t("leave_queue"),
    back: t("stay"),
    submit: () => send(async () => {
      await command("leave_queue", place(row));
      return t("did_leave", row.title);
    }),
  });
}

function cancelReservation(row, send) {
  const { my_reservation_id: reservation } = row;
  return ask({
    title: t("cancel_title", row.title),
    text: t("cancel_text", row.queue_length),
    confirm: t("cancel_reservation"),
    back: t("keep"),
    submit: () => send(async () => {
      const answer = await command("cancel_reservation", { reservation });
      return t("did_cancel", row.title, answer.promoted);
    }),
  });
}

async function confirmReservation(row, send) {
  const { my_reservation_id: reservation } = row;
  await readTerms();
  const clock = timeLeft(row);
  const done = await ask({
    title: t("confirm_title", row.title),
    text: t("confirm_text", ownPrice(row), row.my_quantity, otherPrice(row)),
    body: clock,
    confirm: t("confirm_reservation"),
    back: t("not_yet"),
    submit: () => send(async () => {
      const answer = await command("confirm_reservation", { reservation });
      return t("did_confirm", row.title, money(answer.total, answer.currency));
    }),
  });
  clock.leave();
  return done;
}

/** How long the viewer's reservation has, and that it is over when it is; call `leave` on the result when it is shown no more. */
function timeLeft(row) {
  const { my_reservation_id: reservation } = row;
  let until = row.my_expires_at;
  const clock = h("p", { class: "clock" });
  const place = h("div", null, clock, h("p", { class: "over", role: "status" }));
  const show = deadlineOf(row, clock);
  const update = () => {
    const isHere = row.my_reservation_id === reservation;
    if (isHere) until = row.my_expires_at;
    clock.hidden = !isHere;
    if (isHere) show();
    say(place.lastChild, isHere ? "" : t(Date.parse(until) <= Date.parse(row.server_time) ? "expired" : "not_yours_now", row.title));
  };
  const painted = (keys) => {
    // what is being sent is answered by itself
    if (keys.includes(row.key) && !row.acting) update();
  };
  update();
  onPaint(painted);
  place.leave = () => offPaint(painted);
  return place;
}

async function extendReservation(row) {
  const answer = await command("extend_reservation", { reservation: row.my_reservation_id });
  return t("did_extend", row.title, moment(answer.expires_at), answer.extensions_left);
}

async function suspendEntry(row) {
  await command("suspend_entry", place(row));
  return t("did_suspend", row.title);
}

async function resumeEntry(row) {
  const answer = await command("resume_entry", place(row));
  return answer.position === null ? t("did_queue_served", row.title) : t("did_resume", row.title, isToBeDrawn(row) ? null : answer.position);
}

/** The entry with the offer: explain_position names it, on whichever device the offer arrived. */
async function offerOf(row) {
  const facts = await query("explain_position", place(row));
  return facts.find(({ code }) => code === "offered")?.fact.queue_entry_id ?? null;
}

async function acceptOffer(row) {
  const answer = await command("accept_offer", { entry: await offerOf(row) });
  return t("did_reserve", row.title, moment(answer.expires_at));
}

function declineOffer(row, send) {
  return ask({
    title: t("decline_title", row.title),
    text: t("decline_text"),
    confirm: t("decline_offer"),
    back: t("keep_thinking"),
    submit: () => send(async () => {
      await command("decline_offer", { entry: await offerOf(row) });
      return t("did_decline", row.title);
    }),
  });
}

/**
 * In the order in which they are offered; `counts` takes a number of units, `asks` opens a dialog first, with the units that
 * were chosen, and `send`s what is said there, `mine` is offered only beside what the viewer holds and waits for.
 */
export const ACTIONS = new Map([
  ["reserve", { run: reserve, tone: "primary", counts: true }],
  ["accept_offer", { run: acceptOffer, tone: "primary" }],
  ["decline_offer", { run: declineOffer, tone: "second", asks: true }],
  ["join_queue", { run: joinQueue, tone: "second", counts: true }],
  ["confirm_reservation", { run: confirmReservation, tone: "primary", asks: true }],
  ["extend_reservation", { run: extendReservation, tone: "second", mine: true }],
  ["cancel_reservation", { run: cancelReservation, tone: "second", asks: true }],
  ["suspend_entry", { run: suspendEntry, tone: "second", mine: true }],
  ["resume_entry", { run: resumeEntry, tone: "primary" }],
  ["leave_queue", { run: leaveQueue, tone: "second", asks: true }],
  ["add_to_cart", { run: addToCart, tone: "quiet", counts: true }],
  ["mark_sold", { run: markSold, tone: "shop", asks: true }],
  ["manage", { run: manage, tone: "shop", asks: true }],
]);

/** Does it and says how it went; gives `reading`, which is over when it was read what is so now: null where nothing was done. */
export async function act(action, row, quantity) {
  if (viewer.alias === null) {
    await signIn();
    const now = rows.get(row.key);
    // signed in, the viewer may already hold it or wait for it
    if (viewer.alias === null || !now?.actions.includes(action)) return { reading: null };
    return act(action, now, quantity);
  }
  const { run, asks } = ACTIONS.get(action);
  let sent = 0;
  // What becomes of the record from now on, until its status was read, is the answer's to say. What a dialog sends and has
  // refused it goes on asking, and asking is doing nothing.
  const send = async (work) => {
    row.doing = action;
    row.acting = (row.acting ?? 0) + 1;
    sent += 1;
    try {
      return await work();
    } catch (error) {
      if (asks) {
        row.acting -= 1;
        sent -= 1;
      }
      throw error;
    }
  };
  const isOver = () => {
    if (sent > 0) row.acting -= sent;
  };
  try {
    const done = await (asks ? run(row, send, quantity) : send(() => run(row, quantity)));
    if (done === null) return { reading: null }; // and so nothing was sent, or what was sent was refused
    toast({ text: done, tone: "good" });
  } catch (error) {
    tellError(error);
  }
  return { reading: readStatus(row).finally(isOver) };
}
