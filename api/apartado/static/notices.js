// Notices: what happened, in a corner; and for ears only what the eyes see already.

import { Problem, Unreachable, waiting } from "./api.js";
import { serverNow } from "./clock.js";
import { $, h, say } from "./dom.js";
import { onLanguage, roughly, t, word } from "./words.js";

/** What to tell a person about an error: the board's words where it knows better what was asked, else the server's own. */
export function wordsFor(error) {
  if (error instanceof Unreachable) return { title: t("unreachable"), hint: t("unreachable_hint") };
  if (!(error instanceof Problem)) throw error;
  if (error.title === null) return { title: t("unworded", error.status), hint: t("unworded_hint") }; // from something on the way
  if (error.code === "RS505") return { title: error.title, hint: t("try_in", roughly(error.retryAfter)) };
  const own = word("refusals", `${error.code} ${error.field}`);
  const said = typeof own === "function" ? own(error.facts) : null;
  return said === null ? { title: error.title, hint: error.hint } : { title: said, hint: null };
}

const IN_SIGHT = 2; // lasting ones, and as many of the others
let unfolded = false;

/**
 * A notice. `lasting` ones stay until they are closed: above two, the older ones are folded away. One `about` a record's
 * deadline is over when that is, and when the next `about` the same record comes.
 */
export function toast({ title, text, tone = "plain", lasting = false, about = null, until = null }) {
  if (about !== null) outdate(about);
  const gone = () => {
    note.remove();
    fold();
  };
  const close = h("button", { type: "button", class: "toast-close", "aria-label": t("close"), onclick: gone }, "×");
  const note = h("div", { class: `toast ${tone}`, "data-lasting": lasting, "data-about": about },
    h("div", { class: "toast-text" }, title && h("strong", null, title), text && h("span", null, text)), close);
  $("toasts").append(note);
  fold();
  const leave = () => {
    if (note.matches(":hover, :focus-within")) setTimeout(leave, 2000);
    else gone();
  };
  const wait = () => {
    const left = Date.parse(until) - serverNow();
    if (left <= 0) leave();
    else if (note.isConnected) setTimeout(wait, Math.min(left, 5000));
  };
  if (until !== null) wait();
  else if (!lasting) setTimeout(leave, tone === "bad" ? 12_000 : 7000);
}

/** What was said of the deadline of a record is true no more. */
export function outdate(about) {
  for (const note of $("toasts").querySelectorAll(`[data-about="${CSS.escape(about)}"]`)) note.remove();
  fold();
}

const all = h("button", { type: "button", class: "toast-more", onclick: () => {
  unfolded = true;
  fold();
  $("toasts").querySelector(".toast-close")?.focus();
} });

function fold() {
  const place = $("toasts");
  const passing = [...place.querySelectorAll(".toast:not([data-lasting], .trying)")];
  for (const note of passing.slice(0, -IN_SIGHT)) note.remove();
  const lasting = [...place.querySelectorAll(".toast[data-lasting]")];
  const older = lasting.slice(0, -IN_SIGHT);
  if (older.length === 0) unfolded = false;
  for (const note of lasting) note.hidden = !unfolded && older.includes(note);
  place.classList.toggle("unfolded", unfolded);
  if (older.length === 0 || unfolded) all.remove();
  else {
    say(all, t("more_notices", older.length));
    if (place.firstChild !== all) place.prepend(all);
  }
}

export function tellError(error) {
  if (error.isTold) return;
  const { title, hint } = wordsFor(error);
  toast({ title, text: hint, tone: "bad" });
}

// Who pressed something and hears nothing is told that it is still under way: once, however much is.
let pending = 0;
let trying = null;
waiting.begins = () => {
  let told = false;
  const timer = setTimeout(() => {
    told = true;
    pending += 1;
    trying ??= $("toasts").appendChild(h("div", { class: "toast trying" }, h("div", { class: "toast-text" }, t("still_trying"))));
  }, 3000);
  return () => {
    clearTimeout(timer);
    if (told) pending -= 1;
    if (pending > 0) return;
    trying?.remove();
    trying = null;
  };
};

/** For ears only: the eyes see it already. */
export function murmur(text) {
  say($("murmur"), "");
  setTimeout(() => say($("murmur"), text), 60);
}

// what was murmured in another language is over; what stays is said in this one
onLanguage(() => {
  say($("murmur"), "");
  fold();
});
