// One record on the board.

import { countDown, stopCounting } from "./clock.js";
import { ACTIONS, act, labelOf } from "./commands.js";
import { lookAt } from "./record.js";
import { freshId, h, say } from "./dom.js";
import { drawRecord, grade } from "./sleeve.js";
import { readOverdue, readSoon, viewer } from "./store.js";
import { moment, money, t, word } from "./words.js";

export const namesOf = (list) => (list ?? []).map((one) => (typeof one === "string" ? one : one.name)).filter(Boolean);
export const artistOf = (row) => namesOf(row.artists).join(" · ") || t("untitled_artist");

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const { row } = target;
    row.inSight = isIntersecting;
    if (isIntersecting && row.stale && viewer.alias !== null) readSoon(row);
  }
}, { rootMargin: "100px" });

/** A card; `update()` brings it to what its row says now. */
export function makeCard(row, { onStyle }) {
  const id = freshId("record");
  const artist = artistOf(row);
  const band = h("span", { class: "band", "aria-hidden": "true" });
  const art = drawRecord(row, artist);
  art.append(band, h("span", { class: "dot", "aria-hidden": "true" }));

  const state = h("span", { class: "chip" });
  const facts = h("span", { class: "facts" });
  const clock = h("p", { class: "clock" });
  const actions = h("div", { class: "actions" });
  const title = h("button", { type: "button", class: "title", id, onclick: () => lookAt(row) }, row.title);

  const card = h("li", { class: "card", "data-key": row.key },
    h("article", { "aria-labelledby": id },
      art,
      h("div", { class: "text" },
        h("p", { class: "artist" }, artist),
        h("h3", null, title),
        pressing(row),
        styles(row, onStyle)),
      h("div", { class: "deal" },
        h("p", { class: "price" }, money(row.price, row.currency)),
        grades(row),
        h("p", { class: "state" }, state, facts),
        clock, actions)));
  art.addEventListener("click", () => lookAt(row));

  const showActions = actionBar(row, actions, title);
  const time = h("time", { role: "timer", "aria-label": t("time_left") });

  function update() {
    card.dataset.status = row.status;
    say(state, word("statuses", row.status));
    say(facts, factsOf(row));
    say(band, bandOf(row));
    if (row.my_expires_at && row.my_reservation_id !== null) {
      if (!clock.firstChild) clock.append(time, h("span", { class: "until" }));
      if (time.dateTime !== row.my_expires_at) {
        time.dateTime = row.my_expires_at;
        countDown(time, row.my_expires_at, () => readOverdue(row));
      }
      say(clock.lastChild, t("until", moment(row.my_expires_at, "short")));
    } else if (clock.firstChild) {
      stopCounting(time);
      time.removeAttribute("datetime");
      clock.replaceChildren();
    }
    showActions();
    if (row.flash) {
      row.flash = false;
      card.classList.remove("flash");
      void card.offsetWidth; // restarts the animation
      card.classList.add("flash");
    }
  }

  card.row = row;
  card.update = update;
  sight.observe(card);
  update();
  return card;
}

export function unwatch(card) {
  sight.unobserve(card);
  card.row.inSight = false;
}

function pressing(row) {
  const seen = new Set();
  const first = (row.labels ?? []).filter(({ name }) => !seen.has(name) && seen.add(name));
  const labels = first.slice(0, 2).map((label) => [label.name, label.catno && h("span", { class: "catno" }, label.catno)]);
  const parts = [...labels, row.year && [String(row.year)], row.country && [row.country]].filter(Boolean);
  return h("p", { class: "press" }, parts.map((part, i) => [i > 0 && h("span", { class: "sep", "aria-hidden": "true" }, " · "), h("span", null, part[0], part[1] && " ", part[1])]).flat());
}

function grades(row) {
  const one = (kind, condition) => condition
    && h("span", { class: "grade" }, h("span", { class: "kind" }, t(kind)), " ", h("abbr", { title: condition }, grade(condition)));
  return h("p", { class: "grades" }, one("media", row.condition), one("sleeve", row.sleeve_condition));
}

function styles(row, onStyle) {
  const names = (row.styles ?? []).slice(0, 3);
  if (names.length === 0) return null;
  return h("p", { class: "styles" }, names.map((style) => h("button", { type: "button", class: "tag", "aria-label": t("more_like", style), onclick: () => onStyle(style) }, style)));
}

export function factsOf(row) {
  const total = row.available + row.reserved + row.sold;
  const parts = [];
  if (row.my_position !== null) parts.push(t("position_of", row.my_position, Math.max(row.queue_length, row.my_position)));
  else if (row.queue_length > 0) parts.push(t("waiting", row.queue_length));
  if (row.my_quantity > 1) parts.push(t("units_held", row.my_quantity));
  if (total > 1) parts.push(t("units", row.available, total));
  if (row.location !== "main") parts.push(t("at", row.location));
  return parts.join(" · ");
}

function bandOf(row) {
  const text = word("bands", row.status);
  return text === row.status ? "" : row.status === "in_queue" && row.my_position ? t("position", row.my_position) : text;
}

/** Buttons for what the database offers. Those that stay keep the focus; if the focused one goes, the next gets it. */
export function actionBar(row, place, fallback) {
  const buttons = new Map();
  let units = null;

  function make(action) {
    const label = viewer.alias === null ? t(action === "join_queue" ? "sign_in_to_wait" : "sign_in_first") : labelOf(action);
    const button = h("button", {
      type: "button", class: ACTIONS.get(action).tone, "data-action": action, "aria-label": t("action_on", label, row.title),
    }, label);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      // while a dialog asks, it is the dialog that keeps the button from being pressed twice
      if (!ACTIONS.get(action).asks) button.setAttribute("aria-disabled", "true");
      try {
        await act(action, row, Number(units?.querySelector("input").value) || 1);
      } finally {
        button.removeAttribute("aria-disabled");
        refocus();
      }
    });
    return button;
  }

  // a dialog gives the focus back to a button that may be gone by then
  let lostFocus = false;
  function refocus() {
    if (!lostFocus && document.activeElement !== document.body) return;
    lostFocus = false;
    if (document.querySelector("dialog[open]")) return;
    // the whole card may have been drawn anew: another viewer, or another language
    const here = place.isConnected ? place : document.querySelector(`#cards [data-key="${CSS.escape(row.key)}"] .actions`);
    (here?.querySelector("button") ?? (fallback.isConnected ? fallback : document.getElementById("mine-title"))).focus();
  }

  return function show() {
    const wanted = offered(row);
    const focused = place.contains(document.activeElement);
    for (const [action, button] of buttons) {
      if (wanted.includes(action)) continue;
      button.remove();
      buttons.delete(action);
    }
    const counting = wanted.some((action) => ACTIONS.get(action).counts) && row.available + row.reserved > 1 && viewer.alias !== null;
    if (counting && !units) {
      const id = freshId("units");
      units = h("span", { class: "units" }, h("label", { for: id }, t("quantity")), h("input", { id, type: "number", min: 1, value: 1, inputmode: "numeric" }));
      place.prepend(units);
    } else if (!counting && units) {
      units.remove();
      units = null;
    }
    for (const action of wanted) {
      if (!buttons.has(action)) buttons.set(action, make(action));
      if (place.lastChild !== buttons.get(action) || wanted.length > 1) arrange(place, wanted.map((one) => buttons.get(one)).filter(Boolean));
    }
    if (focused && !place.contains(document.activeElement)) {
      lostFocus = true;
      refocus();
    }
  };
}

/** Puts buttons in order without moving one that is in its place: moving takes the focus away. */
function arrange(place, wanted) {
  let next = null;
  for (const button of [...wanted].reverse()) {
    if (button.parentNode !== place || button.nextSibling !== next) place.insertBefore(button, next);
    next = button;
  }
}

// Visitors are offered nothing by the database; these only invite them to sign in, and then it is asked.
const INVITATIONS = { available: ["reserve"], reserved_by_others: ["join_queue"] };

function offered(row) {
  if (viewer.alias === null) return INVITATIONS[row.status] ?? [];
  const names = [...row.actions];
  if (viewer.isOperator && row.reserved > 0) names.push("revoke_reservation");
  return [...ACTIONS.keys()].filter((action) => names.includes(action));
}
