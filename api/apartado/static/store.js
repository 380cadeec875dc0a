// What the board knows: one row per item and location, never older than what it knew before.
// Rows are painted once per frame, however many changes arrive in between.

import { readSoon, readStatus } from "./reading.js";

export const rows = new Map();
export const shown = [];

export const keyOf = (thing) => `${thing.item_id}@${thing.location}`;
/** What its status is called: "sold" is only that of which something was. */
export const statusOf = (row) => (row.status === "sold" && row.sold === 0 ? "none" : row.status);
export const isHeld = (row) => row.my_reservation_id !== null;
export const isOffered = (row) => row.status === "offered";
export const isMine = (row) => isHeld(row) || isOffered(row) || row.my_position !== null;

const painters = new Set();
const transitions = new Set();
export const onPaint = (painter) => painters.add(painter);
export const offPaint = (painter) => painters.delete(painter);
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
      rows.set(key, { key, ...row, my_since: row.server_time, inSight: false, fromEvent: false });
    }
    const early = earlyEvents.get(key);
    if (early) seeEvent(early.kind, early.data);
    touch(key);
    return key;
  });
}

/** It is there for the viewer no more. */
export function forget(key) {
  const row = rows.get(key);
  rows.delete(key);
  const place = shown.indexOf(key);
  if (place >= 0) shown.splice(place, 1);
  touch(key);
  if (!row) return;
  const before = { ...row };
  Object.assign(row, { status: "hidden", my_reservation_id: null, my_expires_at: null, my_position: null });
  tellIfMineChanged(row, before);
}

/** Everything but what a newer status may already have corrected. */
export function itemPart(row) {
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
  if (before.my_reservation_id !== row.my_reservation_id || isOffered(before) !== isOffered(row)) row.my_since = row.server_time;
  touch(row.key);
  tellIfMineChanged(row, before);
  return row;
}

function tellIfMineChanged(row, before) {
  const changed = before.my_reservation_id !== row.my_reservation_id || before.my_position !== row.my_position
    || before.my_expires_at !== row.my_expires_at || before.my_quantity !== row.my_quantity || isOffered(before) !== isOffered(row);
  if (changed) for (const listener of transitions) listener(row, before);
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
  if (concernsViewer(data) && kind.startsWith("queue.")) row.lastKind = kind;
  if (kind === "queue.paused" || kind === "queue.continued") row.paused = kind;
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

/** My place in a line moved because of others: told by itself, without a change of the record. */
export function seePosition(data) {
  const row = rows.get(keyOf(data));
  if (!row || row.my_position === null || typeof data.position !== "number") return;
  const before = { ...row };
  row.my_position = data.position;
  row.wait = data;
  if (typeof data.queue_length === "number") row.queue_length = data.queue_length;
  touch(row.key);
  tellIfMineChanged(row, before);
}

/** A member is sent only their own part. Operators are sent everybody's, with whom it is about. */
export const isAbout = (data) => !viewer.isOperator || data.member === viewer.alias;

/** What it tells of a reservation or a place is the viewer's. */
export function concernsViewer(data) {
  if (data.reservation_id === undefined && data.queue_entry_id === undefined && data.position === undefined) return false;
  return isAbout(data);
}
