// Reading again what has changed: at once what is the viewer's own, together and a little later what they only look
// at, and never everything.

import { Problem, query, Unreachable } from "./api.js";
import { tellError } from "./notices.js";
import { forget, itemPart, learn, rows, touch } from "./store.js";

const failed = new Map(); // what could not be read → how it is read again
let later = 0;

/** Reads; what the service fails to answer is read again a little later, and as soon as the stream is back. Gives what went wrong, or null. */
export async function keepReading(what, read, gone = () => {}) {
  failed.delete(what);
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) gone();
    else putOff(what, error, () => keepReading(what, read, gone));
    return error;
  }
}

/** As keepReading, several at once, for who looks at them: that it failed is said, once. */
export async function keepInSight(...reads) {
  const wrong = await Promise.all(reads.map((read) => keepReading(read, read)));
  const [error] = wrong.filter((one) => one !== null);
  if (error !== undefined) tellError(error);
}

/** What reads a place: `ask` asks what it is told, `show` shows the answer, unless that to a later question is shown already. */
export function readingOf(ask, show) {
  let asked = 0;
  let shown = 0;
  return async (...what) => {
    asked += 1;
    const mine = asked;
    const answer = await ask(...what);
    if (mine < shown) return;
    shown = mine;
    show(answer);
  };
}

function putOff(what, error, again) {
  if (!(error instanceof Unreachable || error.status >= 500)) return; // it would be refused again
  failed.set(what, again);
  later ||= setTimeout(readFailed, 3000 + Math.random() * 3000);
}

export function readFailed() {
  const due = [...failed.values()];
  stopReading();
  for (const again of due) again();
}

/** To another viewer it is nothing. */
export function stopReading() {
  clearTimeout(later);
  later = 0;
  failed.clear();
}

/** Reads one status now; a change that arrives meanwhile makes it read once more. */
export function readStatus(row) {
  row.askAgain = true;
  row.asking ??= keepReading(row.key, async () => {
    try {
      do {
        row.askAgain = false;
        learn(await query("get_status", { item: row.item_id, location: row.location }));
      } while (row.askAgain);
    } finally {
      row.asking = null;
    }
  }, () => forget(row.key));
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
  } catch (error) {
    for (const row of batch) putOff(row, error, () => readSoon(row));
  } finally {
    timer = soon.size > 0 ? setTimeout(readTogether, 500) : 0;
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
    await keepReading(`item ${id}`, async () => {
      const item = await query("get_item", { item: id });
      for (const row of rows.values()) {
        if (row.item_id !== id) continue;
        const { location, ...part } = itemPart(item);
        Object.assign(row, part, { drawn: false });
        touch(row.key);
      }
      learn(item);
    }, () => {
      for (const row of [...rows.values()]) if (row.item_id === id) forget(row.key);
    });
  }
  changing = false;
}
