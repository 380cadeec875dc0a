// The shop as a whole, for operators: people, the counter, orders, figures, health and what was done. It takes the place of the records while
// the address ends in #shop, or in #shop/ana, which shows ana.

import { arrangeActivity, readActivity } from "./activity.js";
import { query } from "./api.js";
import { readCounter } from "./counter.js";
import { $, h } from "./dom.js";
import { readHealth } from "./health.js";
import { onEvent } from "./live.js";
import { readOrders } from "./orders.js";
import { showPerson } from "./person.js";
import { keepInSight, readingOf } from "./reading.js";
import { viewer } from "./store.js";
import { money, number, onLanguage, percent, roughly, t, word } from "./words.js";

let open = false;
let timer = 0;
const due = new Set(); // what events were about that are not read yet

/**
 * Shows what the address asks for; only operators have a shop to look at. Who turned there (`isTurning`) has the focus there, unless
 * they fill in something else by then.
 */
export async function turnTo(isTurning = false) {
  open = viewer.isOperator && (location.hash === "#shop" || location.hash.startsWith("#shop/"));
  document.body.dataset.view = open ? "shop" : "board";
  $("to-shop").hidden = !viewer.isOperator || open;
  $("to-board").hidden = !open;
  const person = open ? new URLSearchParams(`alias=${location.hash.slice("#shop/".length)}`).get("alias") : "";
  const from = document.activeElement;
  const isInAnotherField = () => document.activeElement !== from && document.activeElement.matches("input, select");
  const focus = (id) => isTurning && !isInAnotherField() && $(id)?.focus();
  if (!open) {
    focus("records");
    return showPerson("");
  }
  arrangeActivity();
  if (person === "") focus("shop-title");
  await Promise.all([keepInSight(readFigures, readActivity, readCounter, readOrders, readHealth), showPerson(person).then(() => focus("member-name"))]);
}

function readNews() {
  const isDue = (...things) => things.some((thing) => due.has(thing));
  const lines = isDue("walk_in", "cart", "order") ? [readCounter] : [];
  const orders = isDue("order", "purchase") ? [readOrders] : [];
  timer = 0;
  due.clear();
  keepInSight(readFigures, readActivity, ...lines, ...orders);
}

const readFigures = readingOf(() => query("dashboard"), (now) => {
  const figure = (name, value) => h("div", null, h("dt", null, t(name)), h("dd", null, value));
  const sum = (name, n) => h("div", null, h("dt", null, t(name, n)), h("dd", null, number(n)));
  const { sample, expired, converted, mean_held: held } = now.rates;
  $("figures").replaceChildren(
    h("dl", { class: "figures wide-figures" },
      ["available", "reserved", "sold"].map((name) => sum(`stock_${name}`, now[name])),
      sum("open_reservations", now.open_reservations),
      sum("due_soon", now.due_soon),
      sum("people_waiting", now.waiting),
      now.sales.map((sale) => figure("sales_today", `${money(sale.total, sale.currency)}`)),
      sample > 0 && [figure("rate_converted", percent(converted)), figure("rate_expired", percent(expired)), held !== null && figure("mean_held", roughly(held))]),
    h("ul", { class: "status-bars" }, Object.entries(now.items_by_status).filter(([, n]) => n > 0).map(([status, n]) => h("li", { "data-status": status },
      h("b", null, number(n)), " ", word("statuses_shop", status, n)))));
});

// once for many events; health looks at everything, and so only when it is asked for
onEvent((kind) => {
  if (!open) return;
  due.add(kind.split(".")[0]);
  timer ||= setTimeout(readNews, 1500);
});

addEventListener("hashchange", () => turnTo(true));
onLanguage(() => {
  if (open) turnTo();
});
