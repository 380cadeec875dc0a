// The lines of people who came to the shop: at each location the next is called to the till, and what is in their cart is sold.

import { command, query } from "./api.js";
import { $, h, redraw } from "./dom.js";
import { nameOf } from "./names.js";
import { sellCart } from "./operator.js";
import { deed } from "./till.js";
import { moment, t } from "./words.js";

const called = new Map(); // location → who was called there last, until their cart is sold
const place = $("counter");

/** Reads who stands in line, at every location. */
export async function readCounter() {
  const lines = Map.groupBy(await query("list_walk_ins"), ({ location }) => location);
  const locations = [...new Set([...called.keys(), ...lines.keys()])].sort();
  redraw(place, locations.length === 0 ? [h("p", { class: "hint" }, t("nobody_at_counter"))] : locations.map((at) => lineAt(at, lines.get(at) ?? [])), $("counter-title"));
}

place.refill = readCounter;

const who = (alias) => (alias === null ? t("nameless") : nameOf(alias));

function lineAt(location, line) {
  const now = called.get(location);
  return h("section", null,
    h("h4", null, t("line_at", location), " ", h("span", { class: "count" }, line.length)),
    now && h("p", { class: "called" }, h("strong", null, t("ticket", now.ticket), " · ", who(now.alias)), " ",
      deed(`sell ${now.cart_id}`, t("sell_cart"), () => sell(now), now.alias ?? t("nameless"))),
    line.length > 0 && h("ol", { class: "lines" }, line.map((one) => h("li", null,
      h("span", { class: "what" }, h("b", null, one.position), " ", who(one.alias)),
      h("span", { class: "counters" }, t("cart_units", one.units)),
      h("span", { class: "hint" }, [t("ticket", one.ticket), t("waits_since", moment(one.joined_at, "short"))].join(" · "))))),
    line.length > 0 && h("p", { class: "deeds" }, deed(`call ${location}`, t("call_next"), () => call(location), location)));
}

async function call(location) {
  const next = await command("serve_next", { location });
  if (next.cart_id === null) return t("nobody_at_counter");
  called.set(location, next);
  await readCounter();
  return t("did_call", next.ticket, next.alias ?? t("nameless"));
}

async function sell(one) {
  const done = await sellCart(one);
  if (done !== null) called.delete(one.location);
  return done;
}
