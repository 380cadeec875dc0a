// What the shop does at the counter: mark a record sold, sell what is in a cart, take back what was sold.

import { command, query } from "./api.js";
import { ask, field, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { money, moment, sumOf, t, word } from "./words.js";

export const reasonField = () => ({ name: "reason", type: "area", label: t("reason"), hint: t("reason_hint"), attributes: { maxlength: 500, required: true } });

/** Sold to whom the clerk sees when it is opened: the only holder, or nobody in particular. Who comes meanwhile is no buyer. */
export async function markSold(row, send, units) {
  const holders = row.reserved > 0 ? await query("list_holders", { item: row.item_id, location: row.location, limit: 2 }) : [];
  const isHeldByOne = holders.length === 1;
  let override = false;
  return ask({
    title: t("sell_title", row.title),
    text: t("sell_text"),
    fields: [
      { name: "buyer", label: t("buyer"), hint: t(isHeldByOne ? "buyer_holds" : "buyer_hint"), value: isHeldByOne ? holders[0].alias : "", attributes: { autocapitalize: "none", autocomplete: "off", spellcheck: "false" } },
      ...row.available + row.reserved > 1 ? [quantityField(units)] : [],
      { name: "notes", label: t("notes") },
    ],
    confirm: t("record_sale"),
    submit: (values, form) => send(async () => {
      const fields = { item: row.item_id, location: row.location, buyer: values.buyer };
      if (values.notes) fields.notes = values.notes;
      if (values.quantity) fields.quantity = Number(values.quantity);
      if (values.override) fields.override = true;
      if (values.reason) fields.reason = values.reason;
      try {
        const sale = await command("mark_sold", fields);
        return t("did_sell", row.title, sale.buyer);
      } catch (error) {
        // held by another: only now is there something to override, and the operator has to mean it
        if (error.code === "RS311" && !override) {
          override = true;
          form.querySelector(".problem").before(
            field({ name: "override", type: "checkbox", label: t("override"), hint: t("override_hint") }),
            field({ name: "reason", label: t("reason"), hint: t("reason_hint") }),
          );
        }
        throw error;
      }
    }),
  });
}

/**
 * What is in a cart, of ana or of somebody: just what is ticked is sold, at the price that is shown; the rest stays in it. The cart
 * is theirs: where it is another one by now, nothing is sold, and it is shown anew.
 */
export async function sellCart(one) {
  for (;;) {
    const done = await sellWhatIsSeen(one);
    if (done !== CHANGED) return done;
    toast({ text: t("cart_is_another") });
  }
}

const CHANGED = Symbol("changed");

async function sellWhatIsSeen({ cart_id: cart, alias, location }) {
  const lines = await query("list_cart_lines", { cart });
  const totals = h("p", { class: "cart-totals", role: "status" });
  const add = (isTicked) => totals.replaceChildren(t("cart_total", totalOf(lines.filter(isTicked))));
  add(({ code }) => code === null);
  return ask({
    title: t("sell_cart_title", alias ?? t("nameless"), location),
    text: t(lines.length > 0 ? "sell_cart_text" : "sell_cart_none"),
    fields: lines.length === 0 ? [] : [
      ...lines.map((one) => ({
        name: `item-${one.item_id}`, type: "checkbox", hint: standing(one),
        attributes: { checked: one.code === null, onchange: ({ target: { form } }) => add(({ item_id: item }) => form.elements.namedItem(`item-${item}`).checked) },
        label: `${one.title ?? t("item_gone")}${one.quantity > 1 ? ` × ${one.quantity}` : ""} · ${money(one.price, one.currency)}`,
      })),
      { name: "reference", label: t("reference"), hint: t("reference_hint"), attributes: { maxlength: 200, autocomplete: "off" } }],
    after: lines.length > 0 && totals,
    confirm: lines.length > 0 ? t("record_sale") : null,
    submit: async ({ reference, ...ticked }) => {
      const isTicked = ({ item_id: item }) => ticked[`item-${item}`];
      const expected = lines.filter(isTicked).map(({ item_id: item, quantity, price }) => ({ item, quantity, price }));
      const without = lines.filter((line) => !isTicked(line)).map(({ item_id: item }) => item);
      let order;
      try {
        order = await command("place_order", { cart, expected, ...without.length > 0 && { without }, ...reference && { reference } });
      } catch (error) {
        if (error.field === "expected" || error.field === "without") return CHANGED;
        throw error;
      }
      return t("did_sell_cart", order.order_id, order.totals.map((one) => money(one.total, one.currency)).join(" + "));
    },
  });
}

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
