// What the shop does at the counter: mark a record sold; and who holds one, out of the ledger.

import { command, query } from "./api.js";
import { ask, field } from "./dialogs.js";
import { t } from "./words.js";

export function markSold(row) {
  let override = false;
  return ask({
    title: t("sell_title", row.title),
    text: t("sell_text"),
    fields: [
      { name: "buyer", label: t("buyer"), hint: t("buyer_hint"), attributes: { autocapitalize: "none", autocomplete: "off", spellcheck: "false" } },
      ...row.available + row.reserved > 1 ? [quantityField()] : [],
      { name: "notes", label: t("notes") },
    ],
    confirm: t("mark_sold"),
    submit: async (values, form) => {
      const fields = { item: row.item_id, location: row.location };
      if (values.buyer) fields.buyer = values.buyer;
      if (values.notes) fields.notes = values.notes;
      if (values.quantity) fields.quantity = Number(values.quantity);
      if (values.override) fields.override = true;
      try {
        const sale = await command("mark_sold", fields);
        return t("did_sell", row.title, sale.buyer);
      } catch (error) {
        // held by another: only now is there something to override, and the operator has to mean it
        if (error.code === "RS311" && !override) {
          override = true;
          form.querySelector(".problem").before(field({ name: "override", type: "checkbox", label: t("override"), hint: t("override_hint") }));
        }
        throw error;
      }
    },
  });
}

const quantityField = () => ({ name: "quantity", type: "number", label: t("quantity"), value: 1, attributes: { min: 1, inputmode: "numeric" } });

/**
 * The ledger, as operators see it, tells the reservations that began and have not ended. Whose each is, it says
 * in `member`; where it does not, who reserved is known only if nobody was promoted in the same step.
 */
export async function openReservations(row) {
  const open = new Map();
  const promotions = new Set();
  for (let after = 0; ;) {
    const events = await query("list_events", { items: [row.item_id], location: row.location, after, limit: 500 });
    for (const { kind, data, at } of events) {
      const id = data.reservation_id;
      if (kind === "queue.promoted") promotions.add(data.version);
      if (!id || !kind.startsWith("reservation.")) continue;
      if (["reservation.created", "reservation.extended", "reservation.changed"].includes(kind)) {
        const known = open.get(id);
        const self = /^role:/.test(data.actor) ? null : data.actor;
        open.set(id, { who: data.member ?? self, version: data.version, since: at, ...known, id, units: data.quantity, named: Boolean(data.member) });
      } else {
        open.delete(id);
      }
    }
    if (events.length < 500) {
      return [...open.values()].map((one) => ({ ...one, who: one.named || !promotions.has(one.version) ? one.who : null }));
    }
    after = events.at(-1).pos;
  }
}
