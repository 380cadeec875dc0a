// What was done in the shop, by whom and why: the ledger, the newest first.

import { query } from "./api.js";
import { tellError } from "./dialogs.js";
import { $, h } from "./dom.js";
import { rows } from "./store.js";
import { moment, t, word } from "./words.js";

const PAGE = 40;
const GROUPS = ["", "reservation", "queue", "purchase", "stock", "item", "drop", "cart", "order", "member", "policy"];
const titles = new Map();
let oldest = null;

export function arrangeActivity() {
  const form = $("activity-form");
  if (form.dataset.lang === document.documentElement.lang) return;
  form.dataset.lang = document.documentElement.lang;
  const kinds = form.elements.kinds;
  const chosen = kinds.value;
  kinds.replaceChildren(...GROUPS.map((group) => h("option", { value: group }, word("kind_groups", group))));
  kinds.value = chosen;
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => readActivity().catch(tellError));
  $("activity-more").addEventListener("click", () => readActivity(oldest).catch(tellError));
}

function wanted(before) {
  const { kinds, by, text } = $("activity-form").elements;
  return { kinds: kinds.value ? [kinds.value] : null, by: by.value.trim(), text: text.value.trim(), before, limit: PAGE };
}

/** The newest page, or the one before what is shown. */
export async function readActivity(before = null) {
  const found = await query("search_audit", wanted(before));
  await nameItems(found);
  const lines = found.map(line);
  const list = $("activity");
  if (before === null) list.replaceChildren(...(lines.length > 0 ? lines : [h("li", { class: "hint" }, t("no_activity"))]));
  else list.append(...lines);
  oldest = found.at(-1)?.event_id ?? null;
  $("activity-more").hidden = found.length < PAGE;
}

async function nameItems(found) {
  for (const row of rows.values()) titles.set(row.item_id, row.title);
  const unknown = [...new Set(found.map((one) => one.item_id))].filter((id) => id !== null && !titles.has(id));
  await Promise.all(unknown.map(async (id) => titles.set(id, (await query("get_item", { item: id }).catch(() => null))?.title ?? null)));
}

function line(one) {
  const what = [one.item_id !== null && (titles.get(one.item_id) ?? t("item_number", one.item_id)), one.member].filter(Boolean).join(" · ");
  return h("li", null,
    h("span", { class: "what" }, word("kinds", one.kind), what && h("span", { class: "about" }, what)),
    h("time", { class: "hint", datetime: one.at }, moment(one.at, "short")),
    h("span", { class: "hint" }, [one.actor && t("by", one.actor), one.reason].filter(Boolean).join(" · ")));
}
