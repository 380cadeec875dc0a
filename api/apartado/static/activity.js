// What was done in the shop, by whom and why: the ledger, the newest first.

import { query } from "./api.js";
import { murmur, tellError } from "./dialogs.js";
import { $, h, redraw } from "./dom.js";
import { nameOf } from "./names.js";
import { keepInSight } from "./reading.js";
import { rows } from "./store.js";
import { moment, t, word } from "./words.js";

const PAGE = 40;
const titles = new Map();
let shown = []; // what is on the list
let pages = 1; // as many as were asked for, and one that is new, are kept
let wanted = {}; // as it was sent last: what is only typed nobody asked for

export function arrangeActivity() {
  const form = $("activity-form");
  if (form.dataset.lang === document.documentElement.lang) return;
  form.dataset.lang = document.documentElement.lang;
  const kinds = form.elements.kinds;
  const chosen = kinds.value;
  kinds.replaceChildren(...Object.entries(t("kind_groups")).map(([group, name]) => h("option", { value: group }, name)));
  kinds.value = chosen;
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  form.addEventListener("submit", (event) => event.preventDefault());
  wanted = askedIn(form);
  form.addEventListener("change", () => {
    wanted = askedIn(form);
    shown = [];
    pages = 1;
    keepInSight(find);
  });
  $("activity-more").addEventListener("click", () => readActivity(shown.at(-1)?.event_id).catch(tellError));
}

async function find() {
  await readActivity();
  murmur(t("activity_found", shown.length, !$("activity-more").hidden));
}

const askedIn = ({ elements: { kinds, by, text } }) => ({ kinds: kinds.value ? [kinds.value] : null, by: by.value.trim(), text: text.value.trim() });

/** The newest page, or the one before what is shown, is added to it; where more than a page is new, it begins anew. */
export async function readActivity(before = null) {
  const asked = wanted;
  const found = await query("search_audit", { ...asked, before, limit: PAGE });
  await nameItems(found);
  if (asked !== wanted) return; // something else is asked for by now
  const known = new Set(shown.map((one) => one.event_id));
  const fresh = found.filter((one) => !known.has(one.event_id));
  const isAnew = before === null && (shown.length === 0 || fresh.length === PAGE);
  if (isAnew) pages = 1;
  else if (before !== null) pages += 1;
  shown = [...isAnew ? [] : shown, ...fresh].sort((a, b) => b.event_id - a.event_id);
  const isCut = shown.length > (pages + 1) * PAGE;
  if (isCut) shown.length = (pages + 1) * PAGE;
  redraw($("activity"), shown.length > 0 ? shown.map(line) : [h("li", { class: "hint" }, t("no_activity"))], $("activity-title"));
  if (isCut) $("activity-more").hidden = false;
  else if (isAnew || before !== null) $("activity-more").hidden = found.length < PAGE;
}

async function nameItems(found) {
  for (const row of rows.values()) titles.set(row.item_id, row.title);
  const unknown = [...new Set(found.map((one) => one.item_id))].filter((id) => id !== null && !titles.has(id));
  await Promise.all(unknown.map(async (id) => titles.set(id, (await query("get_item", { item: id }).catch(() => null))?.title ?? null)));
}

function line(one) {
  const title = one.item_id !== null && (titles.get(one.item_id) ?? t("item_number", one.item_id));
  const about = title || (one.details.measure && word("measures", one.details.measure));
  return h("li", null,
    h("span", { class: "what" }, word("kinds", one.kind), (about || one.member) && h("span", { class: "about" }, about, about && one.member && " · ", one.member && nameOf(one.member, one.event_id))),
    h("time", { class: "hint", datetime: one.at }, moment(one.at, "short")),
    h("span", { class: "hint" }, [one.actor && t("by", one.actor === "role:apartado_api" ? t("the_service") : one.actor), one.reason].filter(Boolean).join(" · ")));
}
