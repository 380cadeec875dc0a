// What the viewer holds and waits for, in sight whatever is being searched.

import { query } from "./api.js";
import { actionBar } from "./actions.js";
import { artistOf, factsOf } from "./card.js";
import { deadlineOf } from "./deadline.js";
import { lookAt } from "./record.js";
import { $, h, say } from "./dom.js";
import { drawUnpressed } from "./presses.js";
import { expectation, explain } from "./reasons.js";
import { keepReading } from "./reading.js";
import { drawRecord } from "./sleeve.js";
import { isHeld, isMine, isOffered, rows, takeIn, touch, viewer } from "./store.js";
import { learnTerms, pricesOf, readTerms } from "./terms.js";
import { onLanguage, t } from "./words.js";

const entries = new Map();

/** What was set aside before this page was opened. */
export async function loadMine() {
  if (viewer.alias === null) return;
  for (const status of ["reserved", "offered", "in_queue"]) takeIn(await query("find_items", { status, limit: 200 }));
  await readTerms();
}

export function paintMine(keys) {
  const concerned = keys.some((key) => entries.has(key) || (rows.has(key) && isMine(rows.get(key))));
  if (concerned) arrangeMine();
}

const byDeadline = (a, b) => Date.parse(a.my_expires_at) - Date.parse(b.my_expires_at);

/** Another viewer, or another language: each line is made anew the next time, and only then, or a click would miss its button. */
export function forgetMine() {
  entries.clear();
  delete $("mine-body").dataset.order;
}

export const arrangeMine = () => drawUnpressed($("mine-body"), arrange);

function arrange() {
  const body = $("mine-body");
  const mine = viewer.alias === null ? [] : [...rows.values()].filter(isMine);
  for (const key of [...entries.keys()]) if (!mine.some((row) => row.key === key)) entries.delete(key);
  $("mine-count").textContent = mine.length > 0 ? String(mine.length) : "";
  if (mine.length === 0) {
    const which = viewer.alias === null ? "signed_out" : "empty";
    if (body.dataset.order !== which) replaceKeepingFocus(body, nothingYet(which));
    body.dataset.order = which;
    return;
  }
  const offered = mine.filter(isOffered).sort(byDeadline);
  const held = mine.filter(isHeld).sort(byDeadline);
  const waiting = mine.filter((row) => !isHeld(row) && !isOffered(row)).sort((a, b) => a.my_position - b.my_position);
  const order = [offered, held, waiting].map((list) => list.map((row) => row.key).join()).join("|");
  if (body.dataset.order !== order) {
    body.dataset.order = order;
    replaceKeepingFocus(body, ...group("offered_to_you", offered), ...group("held", held), ...group("in_line", waiting));
  }
  for (const row of mine) entries.get(row.key).update();
}

function nothingYet(which) {
  const steps = which === "signed_out" ? ["how_aside", "how_line", "how_turn"] : [];
  return h("div", { class: "empty-mine" },
    h("p", null, t(`mine_${which}`)),
    steps.length > 0 && h("ol", { class: "how" }, steps.map((step) => h("li", null, h("strong", null, t(step)), " ", h("span", { class: "how-text" }, t(`${step}_text`))))));
}

function group(name, list) {
  if (list.length === 0) return [];
  return [
    h("h3", null, t(name), " ", h("span", { class: "count" }, list.length)),
    h("ul", { class: `mine-list ${name}` }, list.map((row) => {
      if (!entries.has(row.key)) entries.set(row.key, entry(row));
      return entries.get(row.key);
    })),
  ];
}

/** Moving a focused button takes its focus away; it gets it back if it is still there. */
function replaceKeepingFocus(body, ...content) {
  const focused = body.contains(document.activeElement) ? document.activeElement : null;
  body.replaceChildren(...content);
  if (focused?.isConnected) focused.focus();
  else if (focused && !document.querySelector("dialog[open]")) $("mine-title").focus();
}

function entry(row) {
  const deadline = h("span", { class: "deadline" });
  const detail = h("span", { class: "detail" });
  const stands = h("span", { class: "paused" });
  const wait = h("button", { type: "button", class: "wait", onclick: () => explain(row) });
  const actions = h("div", { class: "actions" });
  const title = h("button", { type: "button", class: "title", onclick: () => lookAt(row) }, row.title);
  const price = h("span", { class: "price" });
  const item = h("li", { class: "mine-item", "data-key": row.key },
    drawRecord(row, artistOf(row)),
    h("div", { class: "mine-text" },
      h("p", { class: "artist" }, artistOf(row)),
      h("p", { class: "mine-title" }, title, " ", price),
      h("p", { class: "when" }, deadline, detail, stands, wait)),
    actions);
  const showDeadline = deadlineOf(row, deadline);
  const showActions = actionBar(row, actions, title, { everything: true });
  let asked = "";

  item.update = () => {
    item.dataset.status = row.status;
    showDeadline();
    learnTerms(row);
    say(price, pricesOf(row));
    const waiting = !isHeld(row) && !isOffered(row);
    say(stands, waiting && typeof row.pause === "string" ? t("line_stands", row.pause) : "");
    say(detail, waiting ? [factsOf(row), row.actions.includes("resume_entry") && t("resting")].filter(Boolean).join(" · ")
      : row.my_quantity > 1 ? t("units_held", row.my_quantity) : "");
    wait.hidden = !waiting;
    const standing = `${row.my_position} of ${row.queue_length} ${row.paused}`;
    if (waiting && asked !== standing) {
      const isKnown = row.pause !== undefined && asked.endsWith(` ${row.paused}`);
      asked = standing;
      keepReading(wait, () => estimate(row, wait, isKnown));
    }
    showActions();
  };
  return item;
}

/** Where the place in the line changed, the wait that is expected has, too; and whether the line moves at all. */
async function estimate(row, place, isKnown) {
  // the stream tells it with a new position; otherwise it is asked, and so is why a line stands still
  const told = isKnown && row.wait?.position === row.my_position ? row.wait : await query("get_queue_position", { item: row.item_id, location: row.location });
  if ("paused_at" in told) {
    row.pause = told.paused_at === null ? null : told.pause_reason ?? "";
    touch(row.key);
  }
  say(place, `${expectation(told)} ${t("why")}`);
  place.setAttribute("aria-label", `${place.textContent} ${t("why_waiting", row.title)}`);
}

onLanguage(() => {
  forgetMine();
  arrangeMine();
});
