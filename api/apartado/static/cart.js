// The carts: what the viewer has gathered, at each location in one of its own, whether or not the board shows anything that
// is kept there.

import { command, look, query } from "./api.js";
import { tellNews } from "./cart-news.js";
import { $, say } from "./dom.js";
import { onEvent } from "./live.js";
import { keepReading } from "./reading.js";
import { isAbout, viewer } from "./store.js";
import { moment, onLanguage, t } from "./words.js";

let carts = new Map(); // location → the cart there, as it was read last
const listeners = new Set();
/** Called whenever there is something else in one of them. */
export const onCarts = (listener) => listeners.add(listener);
export const cartAt = (location) => carts.get(location);
export const allCarts = () => [...carts.values()];

/** How many records are in them: all are read anew, for whoever looks at the board now. */
export async function countCart() {
  carts = new Map();
  due.clear();
  paint();
  if (viewer.alias !== null) await readCarts();
}

/** Those that are kept, empty ones too: something may have fallen out of them. */
export async function readCarts() {
  const mine = carts;
  const listed = await query("list_carts", { limit: 1000 });
  if (mine !== carts) return;
  await Promise.all([...new Set([...carts.keys(), ...listed.map(({ location }) => location)])].map(readCart));
}

export async function readCart(location) {
  const mine = carts;
  if (!mine.has(location)) mine.set(location, { location, lines: [], totals: [], notices: [], checked_out: [] });
  const cart = await look("get_cart", { location });
  if (mine === carts) know(cart);
}

const due = new Set();
let timer = 0;

/** Once for many changes. */
export function readLater(location) {
  due.add(location);
  timer ||= setTimeout(() => {
    timer = 0;
    for (const place of due) keepReading(`cart at ${place}`, () => readCart(place));
    due.clear();
  }, 250);
}

/** A cart as a command answered it. */
export function know(cart) {
  const known = carts.get(cart.location);
  if (known && Date.parse(known.server_time) > Date.parse(cart.server_time)) return;
  carts.set(cart.location, cart);
  paint();
}

function paint() {
  const count = allCarts().reduce((sum, { lines }) => sum + lines.length, 0);
  const button = $("cart");
  button.hidden = viewer.alias === null;
  say($("cart-count"), count > 0 ? String(count) : "");
  button.setAttribute("aria-label", t("cart_holds", count));
  for (const listener of listeners) listener();
}

/** What a cart does with what is put in, a policy says: it is set aside at once, or not yet. */
export async function addToCart(row, quantity) {
  const cart = await command("add_to_cart", { item: row.item_id, location: row.location, quantity });
  know(cart);
  const line = cart.lines.find((one) => one.item_id === row.item_id);
  return line?.expires_at ? t("did_set_aside_in_cart", row.title, moment(line.expires_at)) : t("did_add_to_cart", row.title);
}

onEvent((kind, data) => {
  if (kind !== "cart.changed" || !isAbout(data)) return;
  readLater(data.location);
  tellNews(data);
});
onLanguage(paint);
