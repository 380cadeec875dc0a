// Why not, and why still not: what explain_reserve and explain_position say, and how long a wait is expected to be.

import { query } from "./api.js";
import { ask, tellError } from "./dialogs.js";
import { h } from "./dom.js";
import { viewer } from "./store.js";
import { moment, roughly, t, word } from "./words.js";

const EXPLAINED = ["reserved_by_others", "sold", "upcoming", "ended", "not_for_sale"];

/** Which question about the record there is: why I wait, why I cannot have it, or none. */
export function questionAbout(row) {
  if (viewer.alias === null) return null;
  if (row.my_position !== null) return "why_waiting";
  // what is free and not offered to the viewer all the same: they are at a limit
  const isRefused = row.status === "available" && !row.fromEvent && !row.actions.includes("reserve");
  return isRefused || EXPLAINED.includes(row.status) ? "why_not" : null;
}

/** The button that asks it; `update` of the result shows it where there is a question. */
export function whyButton(row) {
  const button = h("button", { type: "button", class: "why", onclick: () => explain(row) }, t("why"));
  button.update = () => {
    const question = questionAbout(row);
    button.hidden = question === null;
    if (question) button.setAttribute("aria-label", `${t("why")} ${t(question, row.title)}`);
  };
  return button;
}

export async function explain(row, question = questionAbout(row), quantity = undefined) {
  if (question === null) return;
  try {
    const facts = await (question === "why_waiting" ? whyWaiting(row) : whyNot(row, quantity));
    await ask({
      title: t(`${question}_title`, row.title), tone: "look", back: t("close"), confirm: null,
      body: h("ul", { class: "reasons" }, facts.map(([text, hint, since]) => h("li", null,
        h("strong", null, text), hint && h("span", null, hint),
        since && h("span", { class: "since" }, t("since", moment(since, "short")))))),
    });
  } catch (error) {
    tellError(error);
  }
}

async function whyNot(row, quantity) {
  const reasons = await query("explain_reserve", { item: row.item_id, location: row.location, ...quantity && { quantity } });
  if (reasons.length === 0) return [[t("nothing_against"), t("nothing_against_hint")]];
  return reasons.map(({ fact, since }) => [fact.message, [more(fact), fact.hint].filter(Boolean).join(" "), since]);
}

function more(fact) {
  if (fact.opens_at) return t("opens_at", moment(fact.opens_at));
  if (fact.queue_length > 0) return t("waiting_now", fact.queue_length);
  const limit = fact.limit ?? fact.item_limit ?? fact.drop_limit;
  return limit === undefined ? null : t("limit_is", limit);
}

async function whyWaiting(row) {
  const place = { item: row.item_id, location: row.location };
  const [facts, wait] = await Promise.all([query("explain_position", place), query("get_queue_position", place)]);
  const told = facts.map(({ code, fact, since }) => [...sentence(code, fact), since]);
  return [...told, [expectation(wait), t("expectation_hint", wait.sample)]];
}

function sentence(code, fact) {
  const said = word("position_facts", code);
  return typeof said === "function" ? said(fact, moment) : [said, null];
}

/** The expected wait in words; where the queue has no history, that. */
export function expectation({ expected_wait: seconds }) {
  return seconds === null ? t("no_expectation") : t("expected_wait", roughly(seconds));
}
