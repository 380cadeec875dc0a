// One record on the board.

import { actionBar } from "./actions.js";
import { deadlineOf } from "./deadline.js";
import { lookAt } from "./record.js";
import { whyButton } from "./reasons.js";
import { freshId, h, say } from "./dom.js";
import { drawRecord, grade } from "./sleeve.js";
import { isToBeDrawn } from "./drops.js";
import { readSoon } from "./reading.js";
import { statusOf, viewer } from "./store.js";
import { money, number, t, word } from "./words.js";

export const namesOf = (list) => (list ?? []).map((one) => (typeof one === "string" ? one : one.name)).filter(Boolean);
export const artistOf = (row) => namesOf(row.artists).join(" · ") || t("untitled_artist");

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const { row } = target;
    row.inSight = isIntersecting;
    if (isIntersecting) target.draw();
    if (isIntersecting && row.stale && viewer.alias !== null) readSoon(row);
  }
}, { rootMargin: "200px" });

/** A card; `update()` brings it to what its row says now. */
export function makeCard(row, { onStyle }) {
  const id = freshId("record");
  const artist = artistOf(row);
  const band = h("span", { class: "band", "aria-hidden": "true" });
  const art = h("div", { class: "art", "aria-hidden": "true" }, band, h("span", { class: "dot" }));

  const state = h("span", { class: "chip" });
  const facts = h("span", { class: "facts" });
  const clock = h("p", { class: "clock" });
  const why = whyButton(row);
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
        h("p", { class: "state" }, state, facts, why),
        clock, actions)));
  art.addEventListener("click", () => lookAt(row));

  const showActions = actionBar(row, actions, title);
  const showDeadline = deadlineOf(row, clock);

  function update() {
    card.dataset.status = statusOf(row);
    say(state, word("statuses", statusOf(row)));
    say(facts, standingOf(row));
    say(band, bandOf(row));
    why.update();
    showDeadline();
    showActions();
    if (row.flash) {
      row.flash = false;
      // two names for one animation: the other one starts it again without asking for a layout
      card.dataset.flash = card.dataset.flash === "tick" ? "tock" : "tick";
    }
  }

  card.row = row;
  card.update = update;
  card.draw = () => {
    if (art.dataset.drawn) return;
    art.dataset.drawn = "yes";
    const drawn = drawRecord(row, artist);
    art.classList.add(...drawn.classList);
    art.prepend(...drawn.childNodes);
  };
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
  if (row.my_position !== null && isToBeDrawn(row)) parts.push(t("takes_part"));
  else if (row.my_position !== null) parts.push(t("position_of", row.my_position, Math.max(row.queue_length, row.my_position)));
  else if (row.queue_length > 0) parts.push(t("waiting", row.queue_length));
  if (row.my_quantity > 1) parts.push(t("units_held", row.my_quantity));
  if (total > 1) parts.push(t("units", row.available, total, number));
  if (row.location !== "main") parts.push(t("at", row.location));
  return parts.join(" · ");
}

/** The same, and whether the line in which the viewer waits stands still. */
export const standingOf = (row) => [factsOf(row), row.my_position !== null && typeof row.pause === "string" && t("line_paused")].filter(Boolean).join(" · ");

function bandOf(row) {
  if (row.status !== "in_queue" || !row.my_position) return t("bands")[row.status] ?? "";
  return isToBeDrawn(row) ? t("in_the_draw") : t("position", row.my_position);
}
