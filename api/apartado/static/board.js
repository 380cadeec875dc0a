// The board: the catalogue with live status, and what the viewer holds and waits for.

import { onViewer, tellLanguage, whoIsThere } from "./account.js";
import { query } from "./api.js";
import "./basket.js";
import { countCart } from "./cart.js";
import { makeCard, unwatch } from "./card.js";
import { forgetEnds, tellTransition } from "./changes.js";
import { murmur, wordsFor } from "./dialogs.js";
import { $, h, say } from "./dom.js";
import { isOfDrop, loadDrops } from "./drops.js";
import { blame, filterBy, isSearching, learnChoices, refreshStates, startFinder, wanted } from "./finder.js";
import { follow, hangUp, onEvent, onLive } from "./live.js";
import { arrangeMine, forgetMine, loadMine, paintMine } from "./mine.js";
import { turnTo } from "./office.js";
import { drawUnpressed } from "./presses.js";
import { keepReading, readFailed, stopReading } from "./reading.js";
import { isMine, onMineChanged, onPaint, rows, shown, statusOf, takeIn, viewer, whileReading } from "./store.js";
import { dressPage, language, number, onLanguage, speak, t } from "./words.js";

const PAGE = 48;
const cards = new Map();
let cursor = null;
let search = 0;
let missed = null; // what could not be read, to be asked again

// -- the catalogue ---------------------------------------------------------------------------

/** Reads the first page of what is asked for. A newer question makes an older answer worthless. */
async function show() {
  search += 1;
  const mine = search;
  $("cards").setAttribute("aria-busy", "true");
  try {
    await whileReading(async () => {
      const page = await query("find_items", { ...wanted(), limit: PAGE });
      if (mine !== search) return;
      forgive();
      const keys = takeIn(page);
      const kept = new Set(keys);
      shown.splice(0, shown.length, ...keys);
      for (const row of [...rows.values()]) if (!kept.has(row.key) && !isMine(row) && !isOfDrop(row)) rows.delete(row.key);
      turnPage(page);
      arrange();
      murmur(t("tally", page.length, cursor !== null));
    });
  } catch (error) {
    if (mine === search) lament(error, show);
  } finally {
    if (mine === search) $("cards").removeAttribute("aria-busy");
  }
}

async function showMore() {
  const mine = search;
  const more = $("more");
  if (more.getAttribute("aria-disabled") === "true") return;
  more.setAttribute("aria-disabled", "true");
  try {
    await whileReading(async () => {
      const page = await query("find_items", { ...wanted(), after: cursor, limit: PAGE });
      if (mine !== search) return;
      forgive();
      const fresh = takeIn(page).filter((key) => !shown.includes(key));
      shown.push(...fresh);
      turnPage(page);
      arrange();
      if (more.hidden) cards.get(fresh[0])?.querySelector(".title").focus();
      murmur(t("loaded", fresh.length));
    });
  } catch (error) {
    if (mine === search) lament(error, showMore);
  } finally {
    more.removeAttribute("aria-disabled");
  }
}

function turnPage(page) {
  cursor = page.length === PAGE ? page.at(-1).cursor : null;
  $("more").hidden = cursor === null;
  learnChoices(page);
}

function arrange() {
  const list = $("cards");
  const wantedKeys = new Set(shown);
  for (const [key, card] of cards) {
    if (wantedKeys.has(key)) continue;
    unwatch(card);
    card.remove();
    cards.delete(key);
  }
  let place = list.firstElementChild;
  for (const key of shown) {
    let card = cards.get(key);
    if (!card || card.row !== rows.get(key)) {
      card?.remove();
      card = makeCard(rows.get(key), { onStyle: (style) => filterBy("style", style) });
      cards.set(key, card);
      if (!place?.isConnected) place = null;
    }
    if (card === place) place = place.nextElementSibling;
    else list.insertBefore(card, place);
  }
  for (const stray of [...list.children]) if (!stray.row) stray.remove();
  if (shown.length === 0) list.append(nothing(isSearching() ? "none" : "empty"));
  count();
}

function nothing(why) {
  return h("li", { class: "nothing" }, h("strong", null, t(why)), h("span", null, t(`${why}_hint`)));
}

/** What is on the board stays there; what failed is said where it was asked for, and asked again. */
function lament(error, again) {
  const { title, hint } = wordsFor(error);
  const said = [h("strong", null, `${t("failed")} ${title}`), hint && h("span", null, hint),
    h("button", { type: "button", class: "second", onclick: again }, t("again"))].filter(Boolean);
  missed = again;
  blame(error.field);
  if (shown.length === 0) $("cards").replaceChildren(h("li", { class: "nothing", role: "alert" }, said));
  else $(again === showMore ? "more-trouble" : "trouble").replaceChildren(...said);
}

function forgive() {
  missed = null;
  blame(null);
  for (const id of ["trouble", "more-trouble"]) $(id).replaceChildren();
}

// who is out of reach for a question is so for the stream
onLive(() => {
  missed?.();
  readFailed();
});

function count() {
  const of = (...statuses) => shown.filter((key) => rows.has(key) && statuses.includes(statusOf(rows.get(key)))).length;
  const parts = [
    ["available", of("available", "in_cart")],
    ["aside", of("reserved_by_others", "reserved", "offered", "in_queue")],
    ["sold", of("sold")],
  ];
  const tally = $("tally");
  const text = shown.length === 0 ? [] : [
    h("span", { class: "total" }, t("tally", shown.length, cursor !== null)),
    ...parts.filter(([, n]) => n > 0).map(([name, n]) => h("span", { class: `part ${name}` }, h("b", null, number(n)), " ", t("tally_part", name, n))),
  ];
  const words = text.map((part) => part.textContent).join("|");
  if (tally.dataset.words === words) return;
  tally.dataset.words = words;
  tally.replaceChildren(...text);
}

// -- painting --------------------------------------------------------------------------------

onPaint((keys) => {
  let gone = false;
  for (const key of keys) {
    const row = rows.get(key);
    const card = cards.get(key);
    if (!row) gone ||= Boolean(card);
    else if (card && row.drawn === false) drawUnpressed(card, () => cards.get(key) === card && redraw(card, row));
    else card?.update();
  }
  if (gone) arrange();
  else count();
  paintMine(keys);
});

function redraw(card, row) {
  row.drawn = true;
  const fresh = makeCard(row, { onStyle: (style) => filterBy("style", style) });
  const focused = card.contains(document.activeElement);
  unwatch(card);
  card.replaceWith(fresh);
  cards.set(row.key, fresh);
  if (focused) fresh.querySelector(".title").focus();
}

onMineChanged(tellTransition);

let filling = 0;

/** Onto an empty board records come with the first event of one: once for many, and not all viewers at one moment. */
onEvent((kind, { item_id: item }) => {
  if (item === undefined || shown.length > 0 || isSearching()) return;
  filling ||= setTimeout(async () => {
    filling = 0;
    await show();
  }, 400 + Math.random() * 800);
});

// -- language --------------------------------------------------------------------------------

for (const tongue of ["es", "en"]) {
  $(`tongue-${tongue}`).addEventListener("click", () => {
    const address = new URL(location.href);
    address.searchParams.set("lang", tongue);
    history.replaceState(null, "", address);
    speak(tongue);
    tellLanguage();
  });
}

function markTongue() {
  for (const tongue of ["es", "en"]) $(`tongue-${tongue}`).setAttribute("aria-pressed", String(tongue === language()));
}

onLanguage(() => {
  markTongue();
  for (const key of [...cards.keys()]) redraw(cards.get(key), rows.get(key));
  delete $("tally").dataset.words;
  count();
  if (shown.length > 0) murmur(t("tally", shown.length, cursor !== null));
});

// -- beginning -------------------------------------------------------------------------------

/** Another viewer: other statuses, other actions, another stream. */
async function look() {
  hangUp();
  stopReading();
  for (const row of rows.values()) Object.assign(row, { my_reservation_id: null, my_position: null });
  rows.clear();
  forgetEnds();
  forgetMine();
  for (const card of cards.values()) unwatch(card);
  cards.clear();
  shown.length = 0;
  $("cards").replaceChildren(h("li", { class: "nothing" }, t("loading")));
  refreshStates();
  await Promise.all([show(), ...[loadMine, loadDrops, countCart].map((read) => keepReading(read, read))]);
  arrangeMine();
  await follow(); // from here on it is told: what the shop reads before that would be old
  await turnTo();
}

async function restart() {
  try {
    await whoIsThere();
  } catch (error) {
    lament(error, restart);
    return;
  }
  await look();
}

async function begin() {
  dressPage();
  markTongue();
  say($("line-text"), t("connecting"));
  startFinder(show);
  $("more").addEventListener("click", showMore);
  onViewer(look);
  await restart();
}

begin();
