// What the shop does at the counter: mark a record sold, sell what is in a cart, take back what was sold.

import { command, Problem, query, Unreachable } from "./api.js";
import { ask, complainOf, field, toast } from "./dialogs.js";
import { h, say } from "./dom.js";
import { readingOf } from "./reading.js";
import { money, moment, sumOf, t, word } from "./words.js";

export const reasonField = () => ({ name: "reason", type: "area", label: t("reason"), hint: t("reason_hint"), attributes: { maxlength: 500, required: true } });

const NAMED = 3; // of those who hold it

/**
 * A sale as the clerk sees it before it is recorded: what the database says of it when it tries it (preview), drawn in `place`.
 * `look(sale)` tries it anew; `seen` is what was drawn last: the price, and who would lose theirs.
 */
function prospect(row) {
  const where = { item: row.item_id, location: row.location };
  const place = h("p", { class: "dialog-text", role: "status" });
  const sight = { place, seen: { price: null, losers: "" } };
  sight.look = readingOf((sale) => Promise.all([
    command("preview", { function: "mark_sold", args: { ...sale, override: true } }), query("get_item", { item: row.item_id }),
    query("list_holders", { ...where, limit: NAMED + 1 }),
  ]), ([{ answer, events }, item, held]) => {
    const holders = held.map(({ alias }) => alias);
    const named = [...holders.slice(0, NAMED), ...holders.length > NAMED ? ["…"] : []].join(", ");
    const today = money(item.price, item.currency);
    // where it would be refused, the press says why
    const price = answer === null ? sight.seen.price : money(answer[0].price, answer[0].currency);
    const losers = (events ?? []).filter(({ kind }) => kind === "reservation.revoked" || kind === "queue.removed").map(({ member }) => member);
    sight.seen = { price, losers: losers.join(", ") };
    say(place, [answer?.[0].price && t("sell_price", price, price === today ? null : today), named && t("held_by", named)].filter(Boolean).join(" "));
  });
  return sight;
}

/** What is sent, and what is only tried, of what the clerk filled in. */
function saleOf(row, { buyer, quantity, notes, override, reason }) {
  return { item: row.item_id, location: row.location, buyer, ...quantity && { quantity: Number(quantity) }, ...notes && { notes }, ...override && { override }, ...reason && { reason } };
}

/**
 * Sold to whom the clerk sees when it is opened: the only holder, or nobody in particular. Who comes meanwhile is no buyer. At
 * another price than the clerk saw, and from another holder, nothing is sold: it is asked again.
 */
export async function markSold(row, send, units) {
  const holders = row.reserved > 0 ? await query("list_holders", { item: row.item_id, location: row.location, limit: 2 }) : [];
  const buyer = holders.length === 1 ? holders[0].alias : "";
  const sight = prospect(row);
  await sight.look(saleOf(row, { buyer, quantity: units }));
  const onchange = ({ target: { form: { elements } } }) =>
    sight.look(saleOf(row, { buyer: elements.buyer.value.trim(), quantity: elements.quantity?.value })).catch(() => null); // the press tells
  let unanswered = null; // what was sent and may be done: the same is sent again, as it was
  return ask({
    title: t("sell_title", row.title),
    text: t("sell_text"),
    body: sight.place,
    fields: [
      { name: "buyer", label: t("buyer"), hint: t(buyer ? "buyer_holds" : "buyer_hint"), value: buyer, attributes: { autocapitalize: "none", autocomplete: "off", spellcheck: "false", onchange } },
      ...row.available + row.reserved > 1 ? [quantityField(units, { attributes: { min: 1, inputmode: "numeric", onchange } })] : [],
      { name: "notes", label: t("notes") },
    ],
    confirm: t("record_sale"),
    submit: async (values, form) => {
      let sale = saleOf(row, values);
      const filledIn = JSON.stringify(sale);
      if (unanswered?.filledIn === filledIn) sale = unanswered.sale;
      else if (await isAnother(sight, sale, form)) return undefined;
      else if (sight.seen.losers === "") delete sale.override; // nobody has it any more: whoever takes it now was not meant
      return send(async () => {
        unanswered = null;
        try {
          const sold = await command("mark_sold", sale);
          return t("did_sell", row.title, sold.buyer, priceOf(sold));
        } catch (error) {
          if (error instanceof Unreachable) unanswered = { filledIn, sale };
          if (error.code === "RS311") {
            await sight.look(sale).catch(() => null);
            askToOverride(form, sight.seen.losers);
          }
          throw inTheShop(error, "sale_hints");
        }
      });
    },
  });
}

/** The way out in terms of the board, where the hint of the service names functions. */
const inTheShop = (error, hints) => Object.assign(error, { hint: t(hints)[error.code] ?? error.hint });

/** Whether it is another sale by now than the clerk saw; then that is said. */
async function isAnother(sight, sale, form) {
  const { price } = sight.seen;
  const losers = form.dataset.losers; // those whom the clerk was told of
  await sight.look(sale);
  const { seen } = sight;
  const isOther = seen.price !== price;
  const isOthers = Boolean(sale.override) && seen.losers !== "" && seen.losers !== losers;
  if (isOthers) askToOverride(form, seen.losers);
  if (isOther || isOthers) complainOf(form, t("sale_is_another", isOther && seen.price, isOthers && seen.losers));
  return isOther || isOthers;
}

/** Held by another, or offered to one: only now is there something to override, and the operator has to mean it, of just these. */
function askToOverride(form, losers) {
  form.dataset.losers = losers;
  form.querySelector("[data-field=override]")?.remove();
  const reason = form.querySelector("[data-field=reason]") ?? field({ name: "reason", label: t("reason"), hint: t("reason_hint") });
  form.querySelector(".problem").before(
    field({ name: "override", type: "checkbox", label: t("override"), hint: t("override_hint", losers) }), reason);
}

/** What was paid: of several units, also for each. */
function priceOf(sold) {
  const { price, currency, quantity } = sold;
  if (price === null) return null;
  return quantity > 1 ? `${quantity} × ${money(price, currency)} = ${totalOf([sold])}` : money(price, currency);
}

/**
 * What is in a cart, of ana or of somebody: just what is ticked is sold, at the price that is shown; the rest stays in it. The cart
 * is theirs, and sold at any till: where it is another one by now, nothing is sold, and it is shown anew, as the clerk had ticked it.
 */
export async function sellCart(one) {
  let lines = await query("list_cart_lines", { cart: one.cart_id });
  let left = { reference: "", ticked: new Map(lines.map((line) => [line.item_id, line.code === null])) };
  for (;;) {
    const done = await sellWhatIsSeen(one, lines, left);
    if (!(done instanceof Another)) return done;
    const tickedNow = (line) => {
      const before = lines.find(({ item_id: item }) => item === line.item_id);
      const isAsBefore = before !== undefined && (line.code === null || line.code === before.code);
      return isAsBefore ? done.ticked.get(line.item_id) : line.code === null;
    };
    left = { reference: done.reference, ticked: new Map(done.lines.map((line) => [line.item_id, tickedNow(line)])) };
    toast({ text: await howItChanged(one, lines, done.lines) });
    lines = done.lines;
  }
}

/** A cart that is another one by now, and what the clerk had ticked and written. */
class Another {
  constructor(lines, ticked, reference) {
    Object.assign(this, { lines, ticked, reference });
  }
}

/** What is said when it is another: that it was sold, where an order of since then says so. */
async function howItChanged({ cart_id: cart }, before, now) {
  if (now.length > 0 || before.length === 0) return t("cart_is_another");
  const orders = await query("list_orders", { limit: 50 });
  const order = orders.find((each) => each.cart_id === cart && Date.parse(each.placed_at) >= Date.parse(before[0].server_time));
  return order === undefined ? t("cart_is_another") : t("cart_was_sold", order.order_id);
}

function sellWhatIsSeen({ cart_id: cart, alias, location }, lines, left) {
  const ticked = new Map(left.ticked);
  const isTicked = ({ item_id: item }) => ticked.get(item);
  const totals = h("p", { class: "cart-totals", role: "status" });
  const add = () => totals.replaceChildren(t("cart_total", totalOf(lines.filter(isTicked))));
  const tick = ({ item_id: item }, checked) => {
    ticked.set(item, checked);
    add();
  };
  add();
  return ask({
    title: t("sell_cart_title", alias ?? t("nameless"), location),
    text: t(lines.length > 0 ? "sell_cart_text" : "sell_cart_none"),
    fields: lines.length === 0 ? [] : [
      ...lines.map((one) => ({
        name: `item-${one.item_id}`, type: "checkbox", hint: standing(one),
        attributes: { checked: isTicked(one), onchange: ({ target }) => tick(one, target.checked) },
        label: `${one.title ?? t("item_gone")}${one.quantity > 1 ? ` × ${one.quantity}` : ""} · ${money(one.price, one.currency)}`,
      })),
      { name: "reference", label: t("reference"), hint: t("reference_hint"), value: left.reference, attributes: { maxlength: 200, autocomplete: "off" } }],
    after: lines.length > 0 && totals,
    confirm: lines.length > 0 ? t("record_sale") : null,
    submit: async ({ reference }, form) => {
      const expected = lines.filter(isTicked).map(({ item_id: item, quantity, price }) => ({ item, quantity, price }));
      const without = lines.filter((line) => !isTicked(line)).map(({ item_id: item }) => item);
      if (expected.length === 0) {
        complainOf(form, t("nothing_ticked"));
        return undefined;
      }
      let order;
      try {
        order = await command("place_order", { cart, expected, ...without.length > 0 && { without }, ...reference && { reference } });
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        // of what is refused though it can be had as it was seen, something else is wrong
        const now = await query("list_cart_lines", { cart });
        if (essence(now) === essence(lines)) throw inTheShop(error, "cart_hints");
        return new Another(now, ticked, reference);
      }
      return t("did_sell_cart", order.order_id, order.totals.map((one) => money(one.total, one.currency)).join(" + "));
    },
  });
}

/** What the clerk saw of a cart. */
const essence = (lines) => JSON.stringify(lines.map(({ item_id: item, quantity, price, currency, code }) => [item, quantity, price, currency, code]));

/** What lines cost together, in each currency. */
function totalOf(lines) {
  const priced = Object.entries(Object.groupBy(lines.filter(({ price }) => price !== null), ({ currency }) => currency));
  return priced.map(([currency, list]) => money(sumOf(list.flatMap(({ price, quantity }) => Array(quantity).fill(price))), currency)).join(" + ") || "—";
}

/** What stands against a line, or until when it is set aside for its owner. */
function standing({ status, code, expires_at: until, quantity }) {
  if (code === "RS401" || code === "RS402") return t("fallen_out");
  if (code !== null) return status in t("statuses_shop") ? word("statuses_shop", status, quantity) : t("cart_not_now");
  return until && t("set_aside_until", moment(until, "short"));
}

/** Units of a purchase, of `alias` or of nobody in particular: all that are sold still, or as many as came back. */
export function takeBack({ purchase_id: purchase, title, alias, quantity: bought, undone }) {
  const left = bought - undone;
  return ask({
    title: t("take_back_title", title, alias),
    text: t("take_back_text"),
    fields: [...left > 1 ? [quantityField(left, { hint: t("sold_still", left), attributes: { min: 1, max: left, inputmode: "numeric", required: true } })] : [], reasonField()],
    confirm: t("take_back"),
    tone: "danger",
    submit: async ({ reason, quantity }) => {
      const answer = await command("undo_sale", { purchase, reason, ...quantity && { quantity: Number(quantity) } });
      return t("did_take_back", title, answer.promoted);
    },
  });
}

const quantityField = (value, more) => ({ name: "quantity", type: "number", label: t("quantity"), value, attributes: { min: 1, inputmode: "numeric" }, ...more });
