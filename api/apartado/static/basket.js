// The carts in a dialog: what is in them, since when it is set aside and until when, what it costs; to be set aside all at
// once, or sent to the shop as a text.

import { command, look, query } from "./api.js";
import { allCarts, cartAt, know, onCarts, readCart, readCarts, readLater } from "./cart.js";
import { noticesOf } from "./cart-news.js";
import { countDown } from "./clock.js";
import { once } from "./deeds.js";
import { ask, complain, tellError, toast, wordsFor } from "./dialogs.js";
import { $, h, redraw } from "./dom.js";
import { explain } from "./reasons.js";
import { readStatus } from "./reading.js";
import { isHeld, keyOf, onMineChanged, rows, statusOf } from "./store.js";
import { money, moment, sumOf, t, word } from "./words.js";

let shownIn = null; // the body of the dialog, while it is open

/** The carts in a dialog, as they change here and on the viewer's other devices. */
async function openCart() {
  try {
    await readCarts();
  } catch (error) {
    tellError(error);
    return;
  }
  shownIn = h("div", { class: "cart" }, contents());
  await ask({ title: t("cart_title"), back: t("close"), confirm: null, body: shownIn });
  shownIn = null;
}

function contents() {
  const isElsewhere = ({ location }) => location !== "main";
  const filled = allCarts().filter((cart) => cart.lines.length + cart.notices.length > 0 || asideOf(cart).length > 0)
    .sort((one, other) => isElsewhere(one) - isElsewhere(other) || one.location.localeCompare(other.location));
  if (filled.length === 0) return [h("p", { class: "empty-mine" }, t("cart_empty"))];
  return filled.map((cart) => contentsOf(cart, filled.length > 1 || isElsewhere(cart)));
}

const press = (key, run) => once(key, run, (error, form) => (form.isConnected ? complain(form, error) : tellError(error)));

/** As it is now; the focus stays where it is, or goes to the heading where that is gone. */
function repaint() {
  if (shownIn !== null) redraw(shownIn, contents(), shownIn.closest("dialog")?.querySelector("h2"));
}

/** While nothing is in a cart, an order is of what its checkouts set aside and its owner has still. */
const asideOf = (cart) => cart.checked_out.filter(({ code }) => code === null);

const isSetAside = (one) => one.expires_at !== null;

/** One cart; where there are others, or it is not at the usual place, its place is said. */
function contentsOf(cart, isNamed) {
  const deed = (name, run, about = "") => ({ type: "button", ...press(`${name} ${cart.location} ${about}`, run) });
  const heading = () => document.querySelector("dialog[open] h2")?.focus();
  const remove = (one) => deed("remove", async () => {
    const row = rows.get(keyOf({ ...one, location: cart.location })) ?? {};
    Object.assign(row, { doing: "remove_from_cart", acting: (row.acting ?? 0) + 1 });
    try {
      know(await command("remove_from_cart", { item: one.item_id, location: cart.location }));
      heading();
      await refresh(one);
    } finally {
      row.acting -= 1;
    }
  }, one.item_id);
  const note = deed("note", async () => {
    know({ ...await look("validate_cart", { location: cart.location }), notices: [] });
    heading();
  });
  const place = t("at", cart.location);
  const labelled = (name) => (isNamed ? t("action_on", t(name), place) : null);
  const held = cart.lines.filter(isSetAside).length;
  const [how, finish] = held === 0 ? ["cart_text", "checkout"] : held < cart.lines.length ? ["cart_text_partly", "checkout"] : ["cart_text_held", "checkout_held"];
  return h("section", null,
    isNamed && h("h3", null, place),
    noticesOf(cart, note),
    asideOf(cart).length > 0 && [
      h("p", { class: "dialog-text" }, t("cart_text_aside")),
      sumsOf(cart.checked_out),
      h("p", { class: "deeds" },
        h("button", { class: "primary", "aria-label": labelled("buy_everything"), ...deed("buy", () => buyEverything(cart)) }, t("buy_everything")),
        h("button", { class: "second", "aria-label": labelled("order_summary"), ...deed("write", () => showSummary(cart)) }, t("order_summary")))],
    cart.lines.length > 0 && [
      h("p", { class: "dialog-text" }, t(how)),
      h("ul", { class: "lines" }, cart.lines.map((one) => lineOf(one, cart, remove(one)))),
      ...totalsOf(cart),
      h("p", { class: "deeds" },
        h("button", { class: "primary", "aria-label": labelled(finish), ...deed("checkout", () => checkout(cart)) }, t(finish)),
        h("button", { class: "second", "aria-label": labelled("order_summary"), ...deed("write", () => showSummary(cart)) }, t("order_summary")))]);
}

function lineOf(one, cart, remove) {
  const marks = [one.status !== null && word("statuses", statusOf({ ...rows.get(keyOf({ ...one, location: cart.location })), ...one })), one.code !== null && t("cart_not_now"),
    one.price_before !== null && t("was_price", money(one.price_before, one.currency))].filter(Boolean);
  return h("li", { "data-code": one.code },
    h("span", { class: "what" }, one.title ?? t("item_gone"), one.quantity > 1 && ` × ${one.quantity}`),
    h("span", { class: "price" }, one.title === null ? "" : one.price === null ? t("no_price") : money(one.total, one.currency)),
    h("span", { class: "hint" }, marks.join(" · "), isSetAside(one) && deadlineOf(one, cart),
      one.code !== null && one.title !== null && [" ", whyNotNow(one, cart)]),
    h("button", { class: "second small", "aria-label": t("action_on", t("take_out"), one.title ?? ""), ...remove }, t("take_out")));
}

const whyNotNow = (one, { location }) => h("button", {
  type: "button", class: "why", "aria-label": `${t("why")} ${t("why_not", one.title)}`,
  onclick: () => explain({ ...one, location }, "why_not", one.quantity),
}, t("why"));

function deadlineOf(one, cart) {
  const left = h("time", { class: "left", role: "timer", "aria-label": t("time_left"), datetime: one.expires_at });
  countDown(left, one.expires_at, () => readLater(cart.location));
  return h("span", { class: "kept" }, left, " ", t("until", moment(one.expires_at, "short")));
}

/** What can be had of it, in each currency. */
function sumsOf(lines) {
  const priced = lines.filter(({ code, price }) => code === null && price !== null);
  const currencies = [...new Set(priced.map(({ currency }) => currency))].sort();
  return h("p", { class: "cart-totals" }, currencies.map((currency) => h("strong", null,
    money(sumOf(priced.filter((one) => one.currency === currency).map(({ total }) => total)), currency))));
}

function totalsOf({ lines }) {
  const left = lines.filter(({ code }) => code !== null).length;
  return [sumsOf(lines), left > 0 && h("p", { class: "hint left-out" }, t("cart_left_out", left))];
}

/** Each line is set aside, or takes a place in its line; what can be neither stays in the cart, and why is said. */
async function checkout(cart) {
  const titles = new Map(cart.lines.map((one) => [one.item_id, one.title]));
  const lines = await command("checkout", { location: cart.location, mode: "reserve_or_queue" });
  await readCart(cart.location);
  const of = (outcome) => lines.filter((one) => one.outcome === outcome);
  const kept = of("refused").filter((one) => cartAt(cart.location).lines.some(({ item_id: item }) => item === one.item_id));
  const told = t("did_checkout", of("reserved").length, of("queued").length, kept.length);
  if (kept.length === 0) toast({ text: told, tone: "good" });
  else toast({ title: told, text: (await Promise.all(kept.map(async (one) => `${titles.get(one.item_id) ?? t("item_gone")}: ${await whyNot(one)}`))).join(" "), lasting: true });
  for (const one of lines) refresh(one);
}

/** The sentence of the refusal, which the answer gives as a code. */
async function whyNot({ item_id: item, location, quantity, code }) {
  try {
    const reasons = await query("explain_reserve", { item, location, quantity });
    return (reasons.find((one) => one.code === code) ?? reasons[0])?.fact.message ?? t("cart_not_now");
  } catch (error) {
    return wordsFor(error).title;
  }
}

const refresh = ({ item_id: item }) => Promise.all([...rows.values()].filter((row) => row.item_id === item).map(readStatus));

/** All that the cart set aside and is held still is bought, when its owner has seen what that is; and nothing but that. */
async function buyEverything({ location }) {
  await readCart(location);
  const cart = cartAt(location);
  const wanted = asideOf(cart);
  if (wanted.length === 0) return null; // it is drawn as it is now
  const { text } = await look("order_summary", { location });
  const seen = {
    without: cart.checked_out.filter((one) => !wanted.includes(one)).map((one) => one.item_id),
    expected: wanted.map((one) => ({ item: one.item_id, quantity: one.quantity, price: one.price })),
  };
  const done = await ask({
    title: t("buy_everything_title"), text: t("buy_everything_text"), body: h("pre", { class: "summary", tabindex: "0" }, text),
    confirm: t("buy_everything"), back: t("not_yet"),
    submit: () => doingTo(location, "confirm_reservation", async () => {
      const order = await command("place_order", { location, ...seen });
      await Promise.all(order.lines.map(refresh));
      return t("did_buy_everything", order.order_id, order.totals.map((one) => money(one.total, one.currency)).join(" + "));
    }),
  });
  readLater(location);
  if (done !== null) toast({ text: done, tone: "good" });
  return done;
}

/** What becomes of what the viewer holds there until `work` is done, its answer says. */
async function doingTo(location, doing, work) {
  const held = [...rows.values()].filter((row) => row.location === location && isHeld(row));
  for (const row of held) Object.assign(row, { doing, acting: (row.acting ?? 0) + 1 });
  try {
    return await work();
  } finally {
    for (const row of held) row.acting -= 1;
  }
}

/** The shop's own words for the order, ready to be sent to its number; nothing is done. */
async function showSummary(cart) {
  const summary = await look("order_summary", { location: cart.location });
  return ask({
    title: t("order_summary"), back: t("close"), confirm: null,
    body: [h("pre", { class: "summary", tabindex: "0" }, summary.text),
      summary.link !== null && h("p", null, h("a", { class: "primary link", href: summary.link, target: "_blank", rel: "noopener noreferrer" }, t("send_to_shop")))],
  });
}

$("cart").addEventListener("click", openCart);
onCarts(repaint);
// what is held changes, too
onMineChanged((row, before) => {
  if (shownIn !== null && !(row.acting > 0) && (isHeld(before) || isHeld(row))) readLater(row.location);
});
