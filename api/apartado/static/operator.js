// What the shop does at the counter: mark a record sold.

import { command } from "./api.js";
import { ask, field } from "./dialogs.js";
import { t } from "./words.js";

export function markSold(row, send) {
  let override = false;
  return ask({
    title: t("sell_title", row.title),
    text: t("sell_text"),
    fields: [
      { name: "buyer", label: t("buyer"), hint: t("buyer_hint"), attributes: { autocapitalize: "none", autocomplete: "off", spellcheck: "false" } },
      ...row.reserved > 0 ? [{ name: "nobody", type: "checkbox", label: t("to_nobody"), hint: t("to_nobody_hint") }] : [],
      ...row.available + row.reserved > 1 ? [quantityField()] : [],
      { name: "notes", label: t("notes") },
    ],
    confirm: t("record_sale"),
    submit: (values, form) => send(async () => {
      const fields = { item: row.item_id, location: row.location };
      if (values.buyer) fields.buyer = values.buyer;
      else if (values.nobody) fields.buyer = "";
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

const quantityField = () => ({ name: "quantity", type: "number", label: t("quantity"), value: 1, attributes: { min: 1, inputmode: "numeric" } });
