// On which terms the viewer holds what they hold: since when, and at which price. A status does not say it.

import { query } from "./api.js";
import { keepReading } from "./reading.js";
import { rows, touch } from "./store.js";
import { money, t } from "./words.js";

let terms = new Map(); // reservation → its terms
const asked = new Set();

/** Reads them all. */
export async function readTerms() {
  const listed = await query("list_reservations");
  terms = new Map(listed.map((one) => [one.reservation_id, one]));
  for (const row of rows.values()) {
    const mine = terms.get(row.my_reservation_id);
    if (!mine) continue;
    row.my_since = mine.reserved_at;
    touch(row.key);
  }
}

/** Those of something that was set aside since; once for each. */
export function learnTerms(row) {
  const id = row.my_reservation_id;
  if (id === null || terms.has(id) || asked.has(id)) return;
  asked.add(id);
  keepReading(readTerms, readTerms);
}

/** The price that the viewer pays: that of the moment in which it was set aside. */
export function ownPrice(row) {
  const { price, currency } = terms.get(row.my_reservation_id) ?? row;
  return money(price, currency);
}

/** What it costs whoever takes it now, where that is something else. */
export function otherPrice(row) {
  const mine = ownPrice(row);
  const now = money(row.price, row.currency);
  return now === mine ? null : now;
}

/** Both in a line. */
export function pricesOf(row) {
  const other = otherPrice(row);
  return other === null ? ownPrice(row) : `${ownPrice(row)} · ${t("price_now", other)}`;
}
