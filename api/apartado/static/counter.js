// The lines of people who came to the shop: at each location the next is called to the till, and what is in their cart is sold.

import { command, query } from "./api.js";
import { $, h, redraw } from "./dom.js";
import { nameOf } from "./names.js";
import { sellCart } from "./operator.js";
import { keepInSight, readingOf } from "./reading.js";
import { deed } from "./till.js";
import { moment, t } from "./words.js";

const place = $("counter");

/** Reads who stands in line, at every location, and whose cart is still to be sold. */
export const readCounter = readingOf(() => Promise.all([query("list_walk_ins"), query("list_walk_ins", { called: true })]), (lists) => {
  const [lines, served] = lists.map((list) => Map.groupBy(list, ({ location }) => location));
  const locations = [...new Set([...served.keys(), ...lines.keys()])].sort();
  redraw(place, locations.length === 0 ? [h("p", { class: "hint" }, t("nobody_at_counter"))]
    : locations.map((at) => lineAt(at, lines.get(at) ?? [], served.get(at) ?? [])), $("counter-title"));
});

place.refill = () => keepInSight(readCounter);

const who = (alias) => (alias === null ? t("nameless") : nameOf(alias));

function lineAt(location, line, served) {
  return h("section", null,
    h("h4", null, t("line_at", location), " ", h("span", { class: "count" }, line.length)),
    served.map((one) => h("p", { class: "called" }, h("span", null, h("strong", null, t("ticket", one.ticket), " · ", who(one.alias)), " ",
      h("span", { class: "hint" }, t("cart_units", one.units))), " ",
    deed(`sell ${one.cart_id}`, t("sell_cart"), () => sellCart(one), one.alias ?? [t("nameless"), t("ticket", one.ticket)].join(" · ")))),
    line.length > 0 && h("ol", { class: "lines" }, line.map((one) => h("li", null,
      h("span", { class: "what" }, h("b", null, one.position), " ", who(one.alias)),
      h("span", { class: "counters" }, t("cart_units", one.units)),
      h("span", { class: "hint" }, [t("ticket", one.ticket), t("waits_since", moment(one.joined_at, "short"))].join(" · "))))),
    line.length > 0 && h("p", { class: "deeds" }, deed(`call ${location}`, t("call_next"), () => call(location), location)));
}

async function call(location) {
  const next = await command("serve_next", { location });
  return next.cart_id === null ? t("nobody_at_counter") : t("did_call", next.ticket, next.alias ?? t("nameless"));
}
