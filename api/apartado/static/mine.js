// What the viewer holds and waits for, in sight whatever is being searched.

import { query } from "./api.js";
import { actionBar, artistOf, factsOf } from "./card.js";
import { countDown } from "./clock.js";
import { lookAt } from "./record.js";
import { $, h, say } from "./dom.js";
import { drawRecord } from "./sleeve.js";
import { isMine, readOverdue, rows, takeIn, viewer } from "./store.js";
import { moment, money, onLanguage, t } from "./words.js";

const entries = new Map();

/** What was set aside before this page was opened. */
export async function loadMine() {
  if (viewer.alias === null) return;
  for (const status of ["reserved", "in_queue"]) takeIn(await query("find_items", { status, limit: 200 }));
}

export function paintMine(keys) {
  const concerned = keys.some((key) => entries.has(key) || (rows.has(key) && isMine(rows.get(key))));
  if (concerned) arrangeMine();
}

export function arrangeMine(anew = false) {
  if (anew) entries.clear();
  const body = $("mine-body");
  const mine = viewer.alias === null ? [] : [...rows.values()].filter(isMine);
  for (const key of [...entries.keys()]) if (!mine.some((row) => row.key === key)) entries.delete(key);
  if (mine.length === 0) {
    const text = t(viewer.alias === null ? "mine_signed_out" : "mine_empty");
    if (body.textContent !== text || body.querySelector("ul")) replaceKeepingFocus(body, h("p", { class: "empty-mine" }, text));
    return;
  }
  const held = mine.filter((row) => row.my_reservation_id !== null).sort((a, b) => Date.parse(a.my_expires_at) - Date.parse(b.my_expires_at));
  const waiting = mine.filter((row) => row.my_reservation_id === null).sort((a, b) => a.my_position - b.my_position);
  const order = [...held, ...waiting].map((row) => `${row.key}${row.my_reservation_id === null ? "~" : ""}`).join();
  if (anew || body.dataset.order !== order || !body.querySelector("ul")) {
    body.dataset.order = order;
    replaceKeepingFocus(body, ...group("held", held), ...group("in_line", waiting));
  }
  for (const row of mine) entries.get(row.key).update();
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
  const time = h("time", { class: "left", role: "timer", "aria-label": t("time_left") });
  const detail = h("span", { class: "detail" });
  const actions = h("div", { class: "actions" });
  const title = h("button", { type: "button", class: "title", onclick: () => lookAt(row) }, row.title);
  const item = h("li", { class: "mine-item" },
    drawRecord(row, artistOf(row)),
    h("div", { class: "mine-text" },
      h("p", { class: "artist" }, artistOf(row)),
      h("p", { class: "mine-title" }, title),
      h("p", { class: "when" }, time, detail),
      h("p", { class: "price" }, money(row.price, row.currency))),
    actions);
  const showActions = actionBar(row, actions, title);

  item.update = () => {
    item.dataset.status = row.status;
    if (row.my_reservation_id !== null && row.my_expires_at) {
      if (time.dateTime !== row.my_expires_at) {
        time.dateTime = row.my_expires_at;
        countDown(time, row.my_expires_at, () => readOverdue(row));
      }
      time.hidden = false;
      say(detail, [t("until", moment(row.my_expires_at, "short")), row.my_quantity > 1 && t("units_held", row.my_quantity)].filter(Boolean).join(" · "));
    } else {
      time.hidden = true;
      say(detail, factsOf(row));
    }
    showActions();
  };
  return item;
}

onLanguage(() => arrangeMine(true));
