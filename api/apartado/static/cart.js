// The cart: what the viewer has gathered, to be set aside all at once, or sent to the shop as a text. Each location has one of
// its own, whether or not the board shows anything that is kept there.

import { command, query } from "./api.js";
import { ask, complain, tellError, toast } from "./dialogs.js";
import { $, h, say } from "./dom.js";
import { onEvent } from "./live.js";
import { readStatus } from "./reading.js";
import { isAbout, rows, viewer } from "./store.js";
import { money, onLanguage, t, word } from "./words.js";

let carts = new Map(); // location → the cart there, as it was read last
let shownIn = null; // the body of the dialog, while it is open

/** How many records are in them: all are read anew, for whoever looks at the board now. */
export async function countCart() {
  carts = new Map();
  due.clear();
  paint();
  if (viewer.alias !== null) await readCarts();
}

/** Those that hold something, and those that did. */
async function readCarts() {
  const mine = carts;
  const listed = await query("list_carts", { limit: 1000 });
  if (mine !== carts) return;
  const filled = listed.filter(({ lines }) => lines > 0).map(({ location }) => location);
  await Promise.all([...new Set([...carts.keys(), ...filled])].map(readCart));
}

async function readCart(location) {
  const mine = carts;
  if (!mine.has(location)) mine.set(location, { location, lines: [], totals: [] });
  const cart = await command("get_cart", { location });
  if (mine === carts) know(cart);
}

const due = new Set();
let timer = 0;

/** Once for many changes. */
function readLater(location) {
  due.add(location);
  timer ||= setTimeout(() => {
    timer = 0;
    const places = [...due];
    due.clear();
    Promise.all(places.map(readCart)).catch(() => null); // the line is cut, which is shown; who opens the cart reads it
  }, 250);
}

function know(cart) {
  const known = carts.get(cart.location);
  if (known && Date.parse(known.server_time) > Date.parse(cart.server_time)) return;
  carts.set(cart.location, cart);
  paint();
}

function paint() {
  const count = [...carts.values()].reduce((sum, { lines }) => sum + lines.length, 0);
  const button = $("cart");
  button.hidden = viewer.alias === null;
  say($("cart-count"), count > 0 ? String(count) : "");
  button.setAttribute("aria-label", t("cart_holds", count));
  shownIn?.replaceChildren(...contents());
}

export async function addToCart(row, quantity) {
  know(await command("add_to_cart", { item: row.item_id, location: row.location, quantity }));
  return t("did_add_to_cart", row.title);
}

/** The carts in a dialog, as they change here and on the viewer's other devices. */
async function openCart() {
  try {
    await readCarts();
  } catch (error) {
    tellError(error);
    return;
  }
  shownIn = h("div", { class: "cart" }, contents());
  await ask({ title: t("cart_title"), text: t("cart_text"), back: t("close"), confirm: null, body: shownIn });
  shownIn = null;
}

function contents() {
  const isElsewhere = ({ location }) => location !== "main";
  const filled = [...carts.values()].filter(({ lines }) => lines.length > 0)
    .sort((one, other) => isElsewhere(one) - isElsewhere(other) || one.location.localeCompare(other.location));
  if (filled.length === 0) return [h("p", { class: "empty-mine" }, t("cart_empty"))];
  return filled.map((cart) => contentsOf(cart, filled.length > 1 || isElsewhere(cart)));
}

/** One cart; where there are others, or it is not at the usual place, its place is said. */
function contentsOf(cart, isNamed) {
  const work = (run) => async ({ target: { form } }) => {
    try {
      await run();
    } catch (error) {
      complain(form, error);
    }
  };
  const heading = () => document.querySelector("dialog[open] h2")?.focus();
  const remove = (one) => work(async () => {
    know(await command("remove_from_cart", { item: one.item_id, location: cart.location }));
    refresh(one);
    heading();
  });
  const place = t("at", cart.location);
  const labelled = (name) => (isNamed ? t("action_on", t(name), place) : null);
  return h("section", null,
    isNamed && h("h3", null, place),
    h("ul", { class: "lines" }, cart.lines.map((one) => h("li", null,
      h("span", { class: "what" }, one.title ?? t("item_gone"), one.quantity > 1 && ` × ${one.quantity}`),
      h("span", { class: "price" }, one.title === null ? "" : one.price === null ? t("no_price") : money(one.total, one.currency)),
      h("span", { class: "hint" }, one.status === null ? "" : word("statuses", one.status)),
      h("button", { type: "button", class: "second small", "aria-label": t("action_on", t("take_out"), one.title ?? ""), onclick: remove(one) }, t("take_out"))))),
    h("p", { class: "cart-totals" }, cart.totals.filter(({ total }) => total !== null).map((one) => h("strong", null, money(one.total, one.currency)))),
    h("p", { class: "deeds" },
      h("button", { type: "button", class: "primary", "aria-label": labelled("checkout"), onclick: work(() => checkout(cart)) }, t("checkout")),
      h("button", { type: "button", class: "second", "aria-label": labelled("order_summary"), onclick: work(() => showSummary(cart)) }, t("order_summary"))));
}

/** Each line is set aside, or takes a place in its line; what can be neither stays in the cart. */
async function checkout(cart) {
  const lines = await command("checkout", { location: cart.location, mode: "reserve_or_queue" });
  const of = (outcome) => lines.filter((one) => one.outcome === outcome).length;
  toast({ text: t("did_checkout", of("reserved"), of("queued"), of("refused")), tone: "good" });
  await readCart(cart.location);
  for (const one of lines) refresh(one);
}

function refresh({ item_id: item }) {
  for (const row of rows.values()) if (row.item_id === item) readStatus(row);
}

/** The shop's own words for the order, ready to be sent to its number. */
async function showSummary(cart) {
  const summary = await command("order_summary", { location: cart.location });
  await ask({
    title: t("order_summary"), back: t("close"), confirm: null,
    body: [h("pre", { class: "summary", tabindex: "0" }, summary.text),
      summary.link !== null && h("p", null, h("a", { class: "primary link", href: summary.link, target: "_blank", rel: "noopener noreferrer" }, t("send_to_shop")))],
  });
}

$("cart").addEventListener("click", openCart);
onEvent((kind, data) => {
  if (kind === "cart.changed" && isAbout(data)) readLater(data.location);
});
onLanguage(paint);
