// The stream: a snapshot of what is on the board, then every change after it.

import { recognise } from "./account.js";
import { query } from "./api.js";
import { $, say } from "./dom.js";
import { seeDropEvent } from "./drops.js";
import { hearEnd, tellExpiringSoon, tellMoved, tellUnheard } from "./changes.js";
import { keepReading, readItem } from "./reading.js";
import { concernsViewer, forget, isAbout, isHeld, isMine, keyOf, learn, rows, seeEvent, seePosition, takeIn, viewer } from "./store.js";
import { onLanguage, t } from "./words.js";

const KINDS = [
  ...["created", "extended", "changed", "expiring", "sold", "expired", "cancelled", "revoked"].map((what) => `reservation.${what}`),
  ...["joined", "left", "offered", "promoted", "missed", "moved", "suspended", "resumed", "removed", "closed", "paused", "continued"].map((what) => `queue.${what}`),
  "stock.changed", "stock.low", "stock.recovered", "purchase.created", "purchase.undone", "item.changed", "item.hidden",
  "cart.changed", "drop.opened", "drop.closed", "drop.changed", "drop.wave", "drop.drawn", "queue.ordered",
  ...["invited", "joined", "signed_in", "signed_out", "changed", "linked", "unlinked", "token_rotated"].map((what) => `member.${what}`),
  ...["joined", "left", "served"].map((what) => `walk_in.${what}`),
  ...["webhook", "media", "page"].flatMap((thing) => ["created", "changed", "deleted"].map((what) => `${thing}.${what}`)),
  "media.linked", "media.unlinked", "alert.raised", "alert.cleared",
  "order.placed", "policy.changed", "location.changed", "settings.changed",
];

const listeners = new Set();
/** Called with (kind, data) for every event of the stream. */
export const onEvent = (listener) => listeners.add(listener);
export const offEvent = (listener) => listeners.delete(listener);

const opened = new Set();
/** Called whenever the stream opens. */
export const onLive = (listener) => opened.add(listener);

let source = null;
let cursor = null;
let retry = 0;
let generation = 0;
let state = "connecting";
let again = false; // whether a stream was open before, for this viewer
let catching = 0;

onLanguage(() => show(state));

// The service says something every 15 seconds. A line that is dead says nothing, not even that it is.
const SILENCE = 35_000;
const PATIENCE = 10_000; // for the opening
const LOOK = 5_000;
let heardAt = 0;
const allowed = () => (source?.readyState === EventSource.OPEN ? SILENCE : PATIENCE);

function listen() {
  if (source !== null && source.readyState !== EventSource.CLOSED && Date.now() - heardAt > allowed()) startAfresh();
}

/** Lets go of a line that may be dead, and takes another one. */
function startAfresh() {
  if (source === null) return;
  show("cut");
  clearTimeout(retry);
  source.close();
  (cursor === null ? follow : open)();
}

setInterval(listen, LOOK);
addEventListener("offline", startAfresh);
addEventListener("online", startAfresh);

// A browser has six lines to a service for all its pages together (HTTP/1.1), and a stream keeps one. With six of them no
// page could ask anything more, so one that nobody sees lets go of its line, and goes on where it was when it is seen.
const UNSEEN = 5_000;
let isUnseen = document.visibilityState === "hidden";
let isAwaited = false; // whether there is a line to take when it is seen
let resting = 0;

function turn() {
  clearTimeout(resting);
  if (document.visibilityState === "hidden") resting = setTimeout(rest, UNSEEN);
  else if (isUnseen) wake();
  else listen(); // a device that slept
}

document.addEventListener("visibilitychange", turn);
addEventListener("pagehide", rest); // the page may be kept for the way back
addEventListener("pageshow", turn);

function rest() {
  isUnseen = true;
  if (source === null) return;
  isAwaited = true;
  source.close();
  source = null;
}

function wake() {
  isUnseen = false;
  if (!isAwaited) return;
  // a page that was kept for the way back hears nothing of other tabs; of members it is asked when the stream opens
  if (viewer.alias === null) keepReading(recognise, recognise);
  (cursor === null ? follow : open)();
}

function show(next) {
  state = next;
  document.body.dataset.line = next;
  say($("line-text"), t(next));
}

/** Hears no more: what comes from here on may be for somebody else's eyes. */
export function hangUp() {
  generation += 1;
  source?.close();
  source = null;
  again = false;
  isAwaited = false;
  clearTimeout(retry);
  clearTimeout(catching);
  show("connecting");
}

/** Begins anew: after opening the page, and whenever another person looks at it. */
export async function follow() {
  hangUp();
  const mine = generation;
  try {
    await snapshot(false);
  } catch {
    if (mine === generation) comeBack(follow);
    return;
  }
  if (mine === generation) open();
}

async function snapshot(force) {
  cursor = await readKnown(force);
  keepReading(tellUnheard, tellUnheard);
}

/** Reads how everything on the board stands, and gives the position of that. */
async function readKnown(force = false) {
  const known = [...rows.values()];
  const items = [...new Set(known.map((row) => row.item_id))];
  const told = new Set();
  let pos = null;
  // an address has its limits: beyond them the rest is read in further snapshots, and the first position counts
  for (let from = 0; from < items.length; from += 300) {
    const picture = await query("get_snapshot", { items: items.slice(from, from + 300) });
    pos ??= picture.pos;
    for (const status of picture.statuses) {
      told.add(keyOf(status));
      learn(status, force);
    }
  }
  for (const row of known) if (!told.has(row.key) && rows.get(row.key) === row) leave(row);
  return pos;
}

/** It was hidden, and nobody said so: that is told once, to who listens. */
function leave(row) {
  hearEnd("item.hidden", row, row);
  forget(row.key);
}

function open() {
  source?.close(); // one line is enough, should two ways lead back
  isAwaited = isUnseen;
  if (isUnseen) {
    source = null;
    return;
  }
  source = new EventSource(`/events?pings=true${cursor === null ? "" : `&after=${cursor}`}`);
  heardAt = Date.now();
  source.addEventListener("open", () => {
    heardAt = Date.now();
    show("live");
    for (const listener of opened) listener();
    if (again) catchUp();
    again = true;
  });
  source.addEventListener("error", lost);
  source.addEventListener("reset", async (event) => {
    cursor = event.lastEventId || cursor;
    await snapshot(true).catch(() => comeBack(follow));
  });
  for (const kind of KINDS) source.addEventListener(kind, (event) => hear(kind, event));
  source.addEventListener("queue.position", (event) => seePosition(JSON.parse(event.data)));
  source.addEventListener("ping", (event) => {
    heardAt = Date.now();
    cursor = event.lastEventId || cursor;
  });
}

/** What no event says when the line is back: who looks, and what was hidden. Not all viewers ask at one moment. */
function catchUp() {
  if (viewer.alias !== null) recognise().catch(() => null); // out of reach: the next question tells
  clearTimeout(catching);
  catching = setTimeout(() => keepReading(readKnown, () => readKnown()), Math.random() * 2000);
}

function hear(kind, event) {
  heardAt = Date.now();
  if (event.lastEventId) cursor = event.lastEventId;
  const data = JSON.parse(event.data);
  for (const listener of listeners) listener(kind, data);
  seeDropEvent(kind, data);
  if (kind === "member.changed" && isAbout(data) && data.is_operator !== viewer.isOperator) keepReading(recognise, recognise);
  if (data.item_id === undefined) return;
  hearEnd(kind, data, rows.get(keyOf(data)));
  const known = seeEvent(kind, data);
  if (kind.startsWith("item.") && known) readItem(data.item_id);
  const row = rows.get(keyOf(data));
  if (kind === "reservation.expiring" && row && isHeld(row) && row.my_reservation_id === data.reservation_id) tellExpiringSoon(row);
  if (kind === "queue.moved" && row && concernsViewer(data)) tellMoved(row, data);
  if (!known && viewer.alias !== null && concernsViewer(data)) keepReading(`mine ${keyOf(data)}`, () => fetchMine(data));
}

/** Something of mine that is not on the board: it was done on another device. */
async function fetchMine({ item_id: id, location }) {
  const item = await query("get_item", { item: id });
  const status = await query("get_status", { item: id, location });
  if (!rows.has(keyOf(status)) && isMine(status)) takeIn([{ ...item, ...status }]);
}

// The browser reconnects by itself and says where it was, except after an answer that is no stream.
function lost() {
  show("cut");
  if (source?.readyState === EventSource.CLOSED) comeBack(reopen);
}

// The browser does not tell why it was refused. Should the session have ended, a question is refused as well, and what
// begins then is a visitor's stream.
async function reopen() {
  const mine = generation;
  try {
    await recognise();
  } catch {
    if (mine === generation) comeBack(reopen);
    return;
  }
  // without a position it would go on from now, and what was read since has changes to catch up with
  if (mine === generation) await (cursor === null ? follow : open)();
}

function comeBack(how) {
  show("cut");
  clearTimeout(retry);
  retry = setTimeout(how, 1000 + Math.random() * 2000);
}
