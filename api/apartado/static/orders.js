// What was ordered, the newest first: who bought what, and what of it was taken back.

import { Problem, query } from "./api.js";
import { complain, forgive } from "./dialogs.js";
import { $, h, redraw } from "./dom.js";
import { nameOf } from "./names.js";
import { keepInSight, keepReading, readingOf } from "./reading.js";
import { undo } from "./till.js";
import { money, moment, t } from "./words.js";

const PAGE = 10;
const form = $("orders-form");
const place = $("orders");
let limit = PAGE;
let wanted = ""; // the number that was sent last: what is only typed nobody asked for
let listed = ""; // the last that was not refused

const typed = () => form.elements.order.value.trim();

/** Reads the newest orders, or the one whose number is asked for. */
export const readOrders = readingOf(async () => {
  const order = wanted;
  return { order, found: await query("list_orders", order === "" ? { limit } : { order }) };
}, ({ order, found }) => {
  if (order !== wanted) return; // another one is asked for by now
  listed = order;
  if (order === typed()) forgive(form);
  redraw(place, [
    found.length === 0 ? h("p", { class: "hint" }, t("no_orders")) : h("ul", { class: "lines" }, found.map(orderOf)),
    order === "" && found.length === limit && h("div", { class: "after" }, h("button", { type: "button", class: "more", "data-deed": "more", onclick: more }, t("more"))),
  ].filter(Boolean), $("orders-title"));
});

place.refill = () => keepInSight(readOrders);

async function show() {
  const order = typed();
  wanted = order;
  forgive(form);
  const error = await keepReading(readOrders, readOrders);
  if (error === null || order !== wanted) return;
  if (error instanceof Problem && error.status < 500) wanted = listed; // it would be refused again
  complain(form, error);
}

function more() {
  limit += PAGE;
  keepInSight(readOrders);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});

function orderOf(one) {
  return h("li", null,
    h("span", { class: "what" }, t("order_number", one.order_id), " · ", one.buyer === null ? t("nameless") : nameOf(one.buyer, one.order_id)),
    h("span", { class: "price" }, one.totals.map(({ total, currency }) => money(total, currency)).join(" + ")),
    h("span", { class: "hint" }, [moment(one.placed_at, "short"), one.location, one.reference].filter(Boolean).join(" · ")),
    h("ul", { class: "lines order" }, one.lines.map((line) => lineOf(line, one))));
}

function lineOf(line, { buyer }) {
  return h("li", null,
    h("span", null, line.description, line.quantity > 1 && ` × ${line.quantity}`, line.undone > 0 && line.undone < line.quantity && h("span", { class: "hint" }, ` · ${t("units_taken_back", line.undone)}`)),
    undo({ ...line, title: line.description, alias: buyer }, line.description));
}
