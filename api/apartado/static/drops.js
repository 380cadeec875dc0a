// Drops: what opens when, what is left while it is open, and who has just bought.

import { query } from "./api.js";
import { artistOf } from "./card.js";
import { countDown, serverNow } from "./clock.js";
import { toast } from "./dialogs.js";
import { $, freshId, h, say } from "./dom.js";
import { drawUnpressed } from "./presses.js";
import { keepReading, readStatus } from "./reading.js";
import { lookAt } from "./record.js";
import { drawRecord } from "./sleeve.js";
import { keyOf, rows, takeIn, touch } from "./store.js";
import { ago, moment, number, onLanguage, t } from "./words.js";

const SHOWN_RECORDS = 5;
const A_DAY = 86_400_000;
const PHASES = { // what each is called, when it is over, and the words for the time until then
  upcoming: { name: "drop_upcoming", over: "opens_at", countdown: "opens_in" },
  live: { name: "drop_live", over: "closes_at", countdown: "closes_in" },
  ended: { name: "drop_ended", over: "closed_at", countdown: null },
};
let drops = [];
const proofs = new Set(); // drop_id of those whose proof is open
const panels = new Map(); // drop_id → its panel
const counts = new Map(); // item and location → counters, for the drops in sight

const isOver = (drop) => drop.phase === "ended";

/**
 * Reads what is upcoming and live, and behind it, so that a draw can still be checked, what ended within a day; and the
 * counters of their records, which events keep from then on.
 */
export async function loadDrops() {
  const all = (await query("list_drops")).filter((drop) => !isOver(drop) || serverNow() - Date.parse(drop.closes_at) < A_DAY);
  const found = [...all.filter((drop) => !isOver(drop)), ...all.filter(isOver)];
  const items = [...new Set(found.flatMap((drop) => drop.items))];
  await count(items);
  const faces = [...new Set(found.flatMap((drop) => drop.items.slice(0, SHOWN_RECORDS)))];
  const known = await Promise.all(faces.map((item) => query("get_item", { item }).catch(() => null)));
  takeIn(known.filter(Boolean));
  const awaiting = [...rows.values()].filter((row) => row.my_position !== null && isToBeDrawn(row));
  drops = found;
  for (const row of rows.values()) if (isOfDrop(row)) touch(row.key);
  arrange();
  for (const row of awaiting) if (wasDrawn(row)) tellDrawn(row);
}

let counting = 0;

/** What events tell while the answer is on its way is newer than it. */
async function count(items) {
  counting += 1;
  try {
    const read = items.length > 0 ? await query("list_statuses", { items: items.slice(0, 300) }) : [];
    const kept = new Set(read.map(keyOf));
    for (const key of [...counts.keys()]) if (!kept.has(key)) counts.delete(key);
    for (const status of read) if (!(counts.get(keyOf(status))?.version > status.version)) counts.set(keyOf(status), status);
  } finally {
    counting -= 1;
  }
}

/** The records of a drop stay known, whatever is being searched. */
export const isOfDrop = (row) => dropOf(row) !== undefined;

const dropOf = (row) => drops.find((drop) => drop.items.includes(row.item_id));

/** Whether its line is still to be drawn by lot: until then a number in it only says who came when. */
export function isToBeDrawn(row) {
  const drop = dropOf(row);
  return drop !== undefined && drop.seed_hash !== null && drop.seed === null && !isOver(drop);
}

const wasDrawn = (row) => (dropOf(row)?.seed ?? null) !== null;

/** Who has their turn by the draw is told that. */
async function tellDrawn(row) {
  await readStatus(row);
  if (row.my_position !== null) toast({ title: t("drawn_title"), text: t("drawn", row.title, row.my_position), lasting: true });
}

function arrange() {
  panels.clear();
  const shelf = $("drops");
  shelf.hidden = drops.length === 0;
  const list = h("ul", { class: "drop-list" }, drops.map(panel));
  const body = $("drops-body");
  drawUnpressed(body, () => {
    const focused = body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    body.replaceChildren(list);
    if (focused) body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  });
}

function panel(drop) {
  const id = freshId("drop");
  const { name, over, countdown } = PHASES[drop.phase];
  const until = drop.phase === "upcoming" ? drop.opens_at : drop.closes_at;
  const isRunning = countdown !== null && until !== null;
  const left = h("span", { class: "drop-left" });
  const time = h("time", { role: "timer", class: "drop-time", "aria-label": isRunning && t(countdown) });
  const buyers = h("ul", { class: "buyers" });
  const box = h("li", { class: "drop", "data-phase": drop.phase },
    h("article", { "aria-labelledby": id },
      h("div", { class: "drop-head" },
        h("p", { class: "phase" }, t(name)),
        h("h3", { id }, drop.title),
        h("p", { class: "drop-when" }, until === null ? t("never_closes") : t(over, moment(until)))),
      isRunning && h("p", { class: "drop-clock" }, h("span", { class: "drop-label" }, t(countdown)), time),
      faces(drop),
      drop.seed_hash !== null && (drop.seed !== null || !isOver(drop)) && lottery(drop),
      h("div", { class: "drop-foot" },
        h("p", { class: "drop-counts" }, left, drop.next_wave_at && !isOver(drop) && h("span", { class: "wave" }, t("next_wave", moment(drop.next_wave_at, "short")))),
        buyers)));
  if (isRunning) countDown(time, until, readLater);
  const update = () => say(left, sumOf(drop));
  panels.set(drop.drop_id, update);
  update();
  showBuyers(buyers, drop.recent_buyers);
  return box;
}

/** How the order comes about, and what one needs to check it. */
function lottery(drop) {
  const fact = (name, value) => [h("dt", null, t(name)), h("dd", null, h("code", null, value))];
  return h("div", { class: "lottery" },
    h("p", null, t(drop.seed === null ? "lottery_ahead" : "lottery_drawn")),
    h("details", { open: proofs.has(drop.drop_id), ontoggle: ({ target }) => (target.open ? proofs.add(drop.drop_id) : proofs.delete(drop.drop_id)) },
      h("summary", { "data-key": `proof ${drop.drop_id}` }, t("lottery_proof")),
      h("dl", null, fact("lottery_hash", drop.seed_hash), drop.seed !== null && fact("lottery_seed", drop.seed)),
      h("p", null, t("lottery_how"))));
}

function faces(drop) {
  const known = drop.items.map((item) => [...rows.values()].find((row) => row.item_id === item)).filter(Boolean).slice(0, SHOWN_RECORDS);
  return h("ul", { class: "faces" }, known.map((row) => h("li", null,
    h("button", { type: "button", class: "face", "data-key": `${drop.drop_id} ${row.key}`, "aria-label": t("look_at", row.title, artistOf(row)), onclick: () => lookAt(row) }, drawRecord(row, artistOf(row))))),
  drop.items.length > known.length && h("li", { class: "others" }, t("and_more", drop.items.length - known.length)));
}

function sumOf(drop) {
  const sum = { available: 0, reserved: 0, sold: 0 };
  for (const one of counts.values()) if (drop.items.includes(one.item_id)) for (const name of Object.keys(sum)) sum[name] += one[name];
  return t("drop_counts", sum, number);
}

function showBuyers(place, buyers) {
  place.hidden = buyers.length === 0;
  place.replaceChildren(...buyers.map((one) => h("li", null,
    t("has_bought", one.display_name ?? t("somebody"), one.quantity), " ",
    h("time", { class: "ago", datetime: one.bought_at }, sinceThen(one.bought_at)))));
}

const sinceThen = (at) => ago(Date.parse(at) - serverNow());

setInterval(() => {
  for (const time of $("drops-body").querySelectorAll(".ago")) say(time, sinceThen(time.dateTime));
}, 5000);

/** An event of a record in a drop: the counters are in it; only a sale, another phase or another drop is worth a question. */
export function seeDropEvent(kind, data) {
  const known = data.item_id === undefined ? null : counts.get(keyOf(data));
  if (data.version > (known?.version ?? (counting > 0 ? 0 : Infinity))) {
    counts.set(keyOf(data), data);
    for (const drop of drops) if (drop.items.includes(data.item_id)) panels.get(drop.drop_id)?.();
  }
  const isNew = data.status === "upcoming" && !isOfDrop(data);
  if (kind.startsWith("drop.") || isNew || (known && kind === "purchase.created")) readLater();
}

let timer = 0;

/** Once for many changes, and not all viewers at one moment. */
function readLater() {
  timer ||= setTimeout(() => {
    timer = 0;
    keepReading(loadDrops, loadDrops);
  }, 400 + Math.random() * 800);
}

onLanguage(() => arrange());
