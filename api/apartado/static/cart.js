// The cart: what the viewer has gathered, to be set aside all at once, or sent to the shop as a text.

import { command, query } from "./api.js";
import { ask, complain, tellError, toast } from "./dialogs.js";
import { $, h, say } from "./dom.js";
import { offEvent, onEvent } from "./live.js";
import { readStatus } from "./reading.js";
import { rows, viewer } from "./store.js";
import { money, onLanguage, t, word } from "./words.js";

let count = 0;

/** How many records are in the cart; a question that makes no cart. */
export async function countCart() {
  count = viewer.alias === null ? 0 : (await query("find_items", { status: "in_cart", limit: 200 })).length;
  paint();
}

function paint() {
  const button = $("cart");
  button.hidden = viewer.alias === null;
  say($("cart-count"), count > 0 ? String(count) : "");
  button.setAttribute("aria-label", t("cart_holds", count));
}

export async function addToCart(row, quantity) {
  know(await command("add_to_cart", { item: row.item_id, location: row.location, quantity }));
  return t("did_add_to_cart", row.title);
}

function know(cart) {
  count = cart.lines.length;
  paint();
}

/** The cart in a dialog, as it changes here and on the viewer's other devices. */
export async function openCart() {
  const body = h("div", { class: "cart" });
  let timer = 0;
  const fill = async () => {
    timer = 0;
    const cart = await command("get_cart", {});
    know(cart);
    body.replaceChildren(...contents(cart, fill));
  };
  const heard = (kind) => {
    if (kind === "cart.changed") timer ||= setTimeout(() => fill().catch(tellError), 250);
  };
  try {
    await fill();
  } catch (error) {
    tellError(error);
    return;
  }
  onEvent(heard);
  await ask({ title: t("cart_title"), text: t("cart_text"), back: t("close"), confirm: null, body });
  offEvent(heard);
  clearTimeout(timer);
}

function contents(cart, fill) {
  if (cart.lines.length === 0) return [h("p", { class: "empty-mine" }, t("cart_empty"))];
  const work = (run) => async ({ target }) => {
    try {
      await run();
    } catch (error) {
      complain(target.form, error);
    }
  };
  const heading = () => document.querySelector("dialog[open] h2")?.focus();
  const remove = (one) => work(async () => {
    await command("remove_from_cart", { item: one.item_id, location: cart.location });
    await fill();
    refresh(one);
    heading();
  });
  return [
    h("ul", { class: "lines" }, cart.lines.map((one) => h("li", null,
      h("span", { class: "what" }, one.title ?? t("item_gone"), one.quantity > 1 && ` × ${one.quantity}`),
      h("span", { class: "price" }, one.price === null ? t("no_price") : money(one.total, one.currency)),
      h("span", { class: "hint" }, one.status === null ? "" : word("statuses", one.status)),
      h("button", { type: "button", class: "second small", "aria-label": t("action_on", t("take_out"), one.title ?? ""), onclick: remove(one) }, t("take_out"))))),
    h("p", { class: "cart-totals" }, cart.totals.filter(({ total }) => total !== null).map((one) => h("strong", null, money(one.total, one.currency)))),
    h("p", { class: "deeds" },
      h("button", { type: "button", class: "primary", onclick: work(() => checkout(cart, fill)) }, t("checkout")),
      h("button", { type: "button", class: "second", onclick: work(() => showSummary(cart)) }, t("order_summary"))),
  ];
}

/** Each line is set aside, or takes a place in its line; what can be neither stays in the cart. */
async function checkout(cart, fill) {
  const lines = await command("checkout", { location: cart.location, mode: "reserve_or_queue" });
  const of = (outcome) => lines.filter((one) => one.outcome === outcome).length;
  toast({ text: t("did_checkout", of("reserved"), of("queued"), of("refused")), tone: "good" });
  await fill();
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
onEvent((kind) => {
  if (kind === "cart.changed") countCart().catch(() => null);
});
onLanguage(paint);
