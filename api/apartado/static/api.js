// Calls of the database's functions: POST /rpc/<command>, GET /rpc/<query>.

import { noteServerTime } from "./clock.js";
import { language } from "./words.js";

/** A refusal as the server said it: title and hint are already in the person's language. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.title = body.title ?? null;
    this.hint = body.hint ?? null;
    this.code = body.code ?? null;
    this.field = body.field ?? null;
    this.facts = facts(body.detail);
  }
}

/** The service could not be reached, so nothing is known. */
export class Unreachable extends Error {}

/** "available: 10, delta: -11" */
function facts(detail) {
  return Object.fromEntries((detail ?? "").split(", ").map((fact) => fact.split(": ")).filter(({ length }) => length === 2));
}

/** Told of the work that a person waits for: each returns what is called when it is done. */
export const waiting = { begins: () => () => {} };

/** Called with the refusal when the session is no longer valid; the board then signs out. */
export const session = { lost: async () => {} };

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const TRIES = 3;
const PATIENCE = 10_000; // for one answer

// randomUUID exists in secure contexts only, and a shop's own network is often plain http.
export function freshKey(length = 16) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function once(url, init) {
  const sentAt = performance.now();
  let response;
  let body;
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  try {
    response = await fetch(url, { credentials: "same-origin", signal: given.signal, ...init });
    body = await response.json();
  } catch {
    // a refusal is one without its words, too; a success that was cut off on the way may be anything
    if (!response || response.ok) throw new Unreachable();
    body = {};
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) {
    const problem = new Problem(response.status, body);
    problem.retryAfter = Number(response.headers.get("Retry-After")) || 1;
    throw problem;
  }
  const time = Array.isArray(body) ? body[0]?.server_time : body.server_time;
  if (time && isOfNow(init, response)) noteServerTime(time, performance.now() - sentAt);
  return body;
}

// A body that the browser has kept, because it has not changed, bears the time of back then. So does the answer to a
// command that is repeated.
function isOfNow({ method, cache }, response) {
  return method !== "POST" && (cache === "no-store" || response.headers.get("Cache-Control") === "no-store");
}

// A call soon after a key or a click is one that somebody waits for.
async function persist(url, init, tries) {
  const done = navigator.userActivation?.isActive ? waiting.begins() : () => {};
  try {
    return await tryAgain(url, init, tries);
  } finally {
    done();
  }
}

async function tryAgain(url, init, tries) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(url, init);
    } catch (error) {
      const passing = error instanceof Unreachable || error.status === 503;
      if (!passing || attempt >= tries) throw error;
      await pause(Math.min(5, error.retryAfter ?? 1) * 1000 * (0.5 + Math.random()));
    }
  }
}

async function call(url, init, tries) {
  try {
    return await persist(url, init, tries);
  } catch (error) {
    const isOver = (error.code === "RS601" && error.field !== "secret") || (error.code === "RS604" && error.field === "token");
    if (!isOver || !await session.lost(error)) throw error;
  }
  try {
    return await persist(url, init, tries);
  } catch (error) {
    error.isTold = error.code === "RS601"; // that nobody is signed in any more
    throw error;
  }
}

/** `init` goes to fetch: with `cache: "no-store"` the answer is of now, and tells the time to visitors, too. */
export function query(name, fields = {}, init = {}) {
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(field, one);
  }
  const text = search.toString();
  return call(`/rpc/${name}${text ? `?${text}` : ""}`, { headers: { "Accept-Language": language() }, ...init }, TRIES);
}

const askers = []; // the keys of whoever waits for an answer, of the innermost last

/** What is commanded while `work` runs keeps its key in `keys`, until it was done. */
export async function keeping(keys, work) {
  askers.push(keys);
  try {
    return await work();
  } finally {
    askers.splice(askers.lastIndexOf(keys), 1);
  }
}

/**
 * A command may be repeated after a lost answer, because its key stays the same: here, and when whoever asked asks for the same
 * again. A refusal ends no key, because none is remembered, and one may come before the shop looks what it has done.
 */
export async function command(name, fields, keys = askers.at(-1) ?? new Map()) {
  const body = JSON.stringify(fields);
  const what = `${name} ${body}`;
  if (!keys.has(what)) keys.set(what, freshKey());
  const headers = {
    "Content-Type": "application/json",
    "Accept-Language": language(),
    "Idempotency-Key": keys.get(what),
  };
  const answer = await call(`/rpc/${name}`, { method: "POST", headers, body }, TRIES);
  keys.delete(what);
  return answer;
}

/** A command that only says how things are: an answer of back then is none. */
export const look = (name, fields) => command(name, fields, new Map());

/** Signing in and out: never repeated, and the session comes and goes as an HttpOnly cookie. */
export function doorway(name, fields) {
  const headers = {
    "Content-Type": "application/json",
    "Accept-Language": language(),
    "X-Apartado-Cookie": "1",
  };
  return persist(`/rpc/${name}`, { method: "POST", headers, body: JSON.stringify(fields) }, 1);
}
