// The database's time. Deadlines are its facts, so they are counted down on its clock: whoever's
// computer is an hour off still sees the truth.

import { say } from "./dom.js";
import { lengthOfTime } from "./words.js";

let offset = 0;
let bestTrip = Infinity;

/** Learns the offset from an answer that has just come after so many milliseconds; the quickest knows best. */
export function noteServerTime(serverTime, trip) {
  const server = Date.parse(serverTime);
  if (Number.isNaN(server) || trip > bestTrip * 2 + 50) return;
  bestTrip = Math.min(bestTrip, trip);
  offset = server + trip / 2 - Date.now();
}

export const serverNow = () => Date.now() + offset;

const running = new Map();

/**
 * Counts `element` down to `iso`; `ended` is called once when it is reached. `dial` is a ring and the moment since
 * when the time has been running.
 */
export function countDown(element, iso, ended, dial = null) {
  const until = Date.parse(iso);
  const since = dial?.since ? Date.parse(dial.since) : serverNow();
  running.set(element, { until, ended, ring: dial?.ring ?? null, whole: Math.max(1, until - since) });
  show(element, running.get(element));
}

export function stopCounting(element) {
  running.delete(element);
}

function show(element, count) {
  const left = count.until - serverNow();
  const soon = left < Math.min(3_600_000, count.whole / 4);
  element.classList.toggle("soon", soon);
  say(element, lengthOfTime(Math.max(0, left)));
  count.ring?.fill(left / count.whole);
  count.ring?.classList.toggle("soon", soon);
  if (left <= 0) {
    running.delete(element);
    count.ended?.();
  }
}

function tick() {
  for (const [element, count] of running) {
    if (element.isConnected) show(element, count);
    else running.delete(element);
  }
  setTimeout(tick, 1000 - (serverNow() % 1000) + 5);
}
tick();
