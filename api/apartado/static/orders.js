// What was ordered, the newest first: who bought what, and what of it was taken back.

import { query } from "./api.js";
import { complain } from "./dialogs.js";
import { $, h, redraw } from "./dom.js";
import { nameOf } from "./names.js";
import { undo } from "./till.js";
import { money, moment, t } from "./words.js";

const PAGE = 10;
const form = $("orders-form");
const place = $("orders");
let limit = PAGE;

/** Reads the newest orders, or the one whose number is asked for; one that was refused is not asked for again by itself. */
export async function readOrders() {
  if (!form.querySelector(".problem").hasChildNodes()) await read();
}

const wanted = () => form.elements.order.value.trim();

async function read() {
  const order = wanted();
  const found = await query("list_orders", order === "" ? { limit } : { order });
  if (order !== wanted()) return; // another one is asked for by now
  form.querySelector(".problem").replaceChildren();
  form.elements.order.removeAttribute("aria-invalid");
  redraw(place, [
    found.length === 0 ? h("p", { class: "hint" }, t("no_orders")) : h("ul", { class: "lines" }, found.map(orderOf)),
    order === "" && found.length === limit && h("div", { class: "after" }, h("button", { type: "button", class: "more", "data-deed": "more", onclick: more }, t("more"))),
  ].filter(Boolean), $("orders-title"));
}

place.refill = readOrders;

function show() {
  const order = wanted();
  read().catch((error) => {
    if (order === wanted()) complain(form, error);
  });
}

function more() {
  limit += PAGE;
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});

function orderOf(one) {
  return h("li", null,
    h("span", { class: "what" }, t("order_number", one.order_id), " · ", one.buyer === null ? t("nameless") : nameOf(one.buyer)),
    h("span", { class: "price" }, one.totals.map(({ total, currency }) => money(total, currency)).join(" + ")),
    h("span", { class: "hint" }, [moment(one.placed_at, "short"), one.location, one.reference].filter(Boolean).join(" · ")),
    h("ul", { class: "lines order" }, one.lines.map((line) => lineOf(line, one))));
}

function lineOf(line, { buyer }) {
  return h("li", null,
    h("span", null, line.description, line.quantity > 1 && ` × ${line.quantity}`, line.undone > 0 && line.undone < line.quantity && h("span", { class: "hint" }, ` · ${t("units_taken_back", line.undone)}`)),
    undo({ ...line, title: line.description, alias: buyer }, line.description));
}
