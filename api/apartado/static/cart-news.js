// What became otherwise in a cart without its owner's doing: told in a notice when it happens, and on top of the cart until
// it is noted.

import { query } from "./api.js";
import { toast } from "./dialogs.js";
import { h, say } from "./dom.js";
import { keyOf, rows, statusOf } from "./store.js";
import { money, t, word } from "./words.js";

/** News of what is in the cart, as the stream tells it: once for each change. */
export async function tellNews({ lines = [], location }) {
  for (const line of lines.filter(({ change }) => change === "news").map((one) => ({ ...one, location }))) {
    const title = await titleOf(line.item_id);
    toast({ title: t("cart_news"), text: [stateOf(title, line), costOf(title, line)].filter(Boolean).join(" "), lasting: true });
  }
}

/** "Now as before" is said only where nothing else is. */
function stateOf(title, line) {
  if (line.state !== "available") return t("cart_gone", title, word("cart_states", statusOf({ ...rows.get(keyOf(line)), status: line.state })));
  return "price_before" in line ? null : t("cart_again", title);
}

const costOf = (title, { price = null, price_before: before, currency }) =>
  (before === undefined ? null : t("costs_now", title, money(price, currency), money(before, currency)));

/** What its owner did not see yet, and a button to have seen it, which does what `noted` says. */
export function noticesOf(cart, noted) {
  if (cart.notices.length === 0) return null;
  return h("div", { class: "cart-notices" },
    h("ul", { class: "reasons" }, cart.notices.map((one) => h("li", null, noticeOf(one, cart)))),
    h("button", { class: "second small", ...noted }, t("noted")));
}

function noticeOf(one, cart) {
  const text = h("span");
  titleOf(one.item_id, cart).then((title) => say(text, one.reason === "price_changed"
    ? t("costs_now", title, money(one.price, one.currency), money(one.price_before, one.currency))
    : t("fell_out", title, word("fell_out_because", one.reason))));
  return text;
}

async function titleOf(item, cart = { lines: [] }) {
  const known = [...cart.lines, ...rows.values()].find((one) => one.item_id === item) ?? await query("get_item", { item }).catch(() => null);
  return known?.title ?? t("item_number", item);
}
