// Reading again what has changed: at once what is the viewer's own, together and a little later what they only look
// at, and never everything.

import { Problem, query } from "./api.js";
import { forget, isMine, itemPart, learn, rows, touch } from "./store.js";

/** Reads one status now; a change that arrives meanwhile makes it read once more. */
export async function readStatus(row) {
  if (row.asking) {
    row.askAgain = true;
    return row.asking;
  }
  row.asking = (async () => {
    do {
      row.askAgain = false;
      row.missed = false;
      try {
        learn(await query("get_status", { item: row.item_id, location: row.location }));
      } catch (error) {
        if (error instanceof Problem && error.status === 404) forget(row.key);
        else row.stale = row.missed = true;
      }
    } while (row.askAgain);
    row.asking = null;
  })();
  return row.asking;
}

/** The deadline has passed by our reckoning; ask until the database agrees, should we be a moment early. */
export async function readOverdue(row) {
  const deadline = row.my_expires_at;
  await readStatus(row);
  if (deadline !== null && row.my_expires_at === deadline && rows.get(row.key) === row) setTimeout(readOverdue, 1000, row);
}

const soon = new Set();
let timer = 0;

/** For what the viewer only looks at: those in sight, together, and not all viewers at one moment. */
export function readSoon(row) {
  row.stale = true;
  if (!row.inSight) return;
  soon.add(row);
  timer ||= setTimeout(readTogether, 120 + Math.random() * 400);
}

async function readTogether() {
  const batch = [...soon].slice(0, 100);
  for (const row of batch) soon.delete(row);
  const places = new Set(batch.map((row) => row.location));
  const fields = { items: [...new Set(batch.map((row) => row.item_id))] };
  if (places.size === 1) [fields.location] = places;
  try {
    for (const status of await query("list_statuses", fields)) learn(status);
  } catch {
    // the rows stay stale: the next change, or coming into sight, reads them
  } finally {
    timer = soon.size > 0 ? setTimeout(readTogether, 500) : 0;
  }
}

/** What could not be read is read again: what was asked for at once, or is the viewer's own, at once again. */
export function readStale() {
  for (const row of rows.values()) {
    if (row.missed || (row.stale && isMine(row))) readStatus(row);
    else if (row.stale) readSoon(row);
  }
}

const changedItems = new Set();
let changing = false;

/** Title, price or visibility changed: read those items, one after the other. */
export async function readItem(itemId) {
  changedItems.add(itemId);
  if (changing) return;
  changing = true;
  for (const id of changedItems) {
    changedItems.delete(id);
    try {
      const item = await query("get_item", { item: id });
      for (const row of rows.values()) {
        if (row.item_id !== id) continue;
        const { location, ...part } = itemPart(item);
        Object.assign(row, part, { drawn: false });
        touch(row.key);
      }
      learn(item);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) {
        for (const row of [...rows.values()]) if (row.item_id === id) forget(row.key);
      }
    }
  }
  changing = false;
}
