// What the board knows: one row per item and location, never older than what it knew before.
// Rows are painted once per frame, however many changes arrive in between.

import { Problem, query } from "./api.js";

export const rows = new Map();
export const shown = [];

export const keyOf = (thing) => `${thing.item_id}@${thing.location}`;
export const isMine = (row) => row.my_reservation_id !== null || row.my_position !== null;

const painters = new Set();
const transitions = new Set();
export const onPaint = (painter) => painters.add(painter);
/** Called with (row, before) when what the viewer holds or waits for has changed. */
export const onMineChanged = (listener) => transitions.add(listener);

const dirty = new Set();
let frame = 0;

export function touch(key) {
  dirty.add(key);
  frame ||= requestAnimationFrame(paint);
}

function paint() {
  frame = 0;
  const keys = [...dirty];
  dirty.clear();
  for (const painter of painters) painter(keys);
}

// -- rows ------------------------------------------------------------------------------------

/** Takes rows of find_items or get_item in; gives their keys. */
export function takeIn(found) {
  return found.map((row) => {
    const key = keyOf(row);
    const known = rows.get(key);
    if (known) {
      Object.assign(known, itemPart(row));
      learn(row);
    } else {
      rows.set(key, { key, ...row, inSight: false, fromEvent: false });
    }
    const early = earlyEvents.get(key);
    if (early) seeEvent(early.kind, early.data);
    touch(key);
    return key;
  });
}

export function forget(key) {
  rows.delete(key);
  const place = shown.indexOf(key);
  if (place >= 0) shown.splice(place, 1);
  touch(key);
}

/** Everything but what a newer status may already have corrected. */
function itemPart(row) {
  const part = { ...row };
  for (const field of STATUS) delete part[field];
  return part;
}

const STATUS = [
  "status", "available", "reserved", "sold", "queue_length", "my_reservation_id", "my_quantity", "my_expires_at",
  "my_position", "in_cart", "actions", "version", "server_time",
];

/** A status as the viewer sees it. An older one is dropped, unless `force` (after a reset). */
export function learn(status, force = false) {
  const row = rows.get(keyOf(status));
  if (!row) return null;
  const older = status.version < row.version
    || (status.version === row.version && Date.parse(status.server_time) < Date.parse(row.server_time));
  if (older && !force) return row;
  const before = { ...row };
  for (const field of STATUS) row[field] = status[field];
  row.fromEvent = false;
  row.stale = false;
  touch(row.key);
  const changed = before.my_reservation_id !== row.my_reservation_id || before.my_position !== row.my_position
    || before.my_expires_at !== row.my_expires_at;
  if (changed) for (const listener of transitions) listener(row, before);
  return row;
}

// -- events ----------------------------------------------------------------------------------

const earlyEvents = new Map();
let reading = 0;

/** Events that overtake the page they belong to are kept until the page is there. */
export async function whileReading(work) {
  reading += 1;
  try {
    return await work();
  } finally {
    reading -= 1;
    if (reading === 0) earlyEvents.clear();
  }
}

export const viewer = { alias: null, isOperator: false };

const PUBLIC = ["available", "reserved", "sold", "queue_length", "version"];

/** A change that the stream told. What it means for this viewer is asked, not worked out. */
export function seeEvent(kind, data) {
  const key = keyOf(data);
  const row = rows.get(key);
  if (!row) {
    if (reading > 0) earlyEvents.set(key, { kind, data });
    return false;
  }
  const newer = data.version > row.version || (data.version === row.version && row.fromEvent);
  if (concernsViewer(data)) {
    row.lastKind = kind;
    row.reason = data.reason ?? null;
  }
  if (newer) {
    for (const field of PUBLIC) if (data[field] !== undefined) row[field] = data[field];
    row.fromEvent = true;
    if (!isMine(row) && data.status) row.status = data.status;
    row.flash = true;
    touch(key);
  }
  if (viewer.alias === null) return true;
  if (isMine(row) || concernsViewer(data)) readStatus(row);
  else if (newer) readSoon(row);
  return true;
}

/** A member is sent only their own part. Operators are sent everybody's, with who did it. */
export function concernsViewer(data) {
  if (data.reservation_id === undefined && data.queue_entry_id === undefined && data.position === undefined) return false;
  return !viewer.isOperator || data.actor === viewer.alias;
}

// -- reading again ---------------------------------------------------------------------------

/** Reads one status now; a change that arrives meanwhile makes it read once more. */
export async function readStatus(row) {
  if (row.asking) {
    row.askAgain = true;
    return row.asking;
  }
  row.asking = (async () => {
    do {
      row.askAgain = false;
      try {
        learn(await query("get_status", { item: row.item_id, location: row.location }));
      } catch (error) {
        if (error instanceof Problem && error.status === 404) forget(row.key);
        else row.stale = true;
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
