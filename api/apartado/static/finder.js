// Search, filters and order. Their state is the page's address, so a search can be kept and sent.

import { $, h, say } from "./dom.js";
import { viewer } from "./store.js";
import { onLanguage, t, word } from "./words.js";

const FILTERS = ["style", "label", "country", "year_from", "year_to", "condition", "price_from", "price_to"];
const FIELDS = ["query", ...FILTERS, "sort", "status"];
const GRADES = [
  "Mint (M)", "Near Mint (NM or M-)", "Very Good Plus (VG+)", "Very Good (VG)", "Good Plus (G+)", "Good (G)", "Fair (F)", "Poor (P)",
];
const SORTS = ["", "title", "-title", "price", "-price", "year", "-year"];
const conditions = new Set(GRADES);
const offers = { styles: new Set(), labels: new Set(), countries: new Set() };
const form = $("finder");
let changed = () => {};

export function wanted() {
  const values = {};
  for (const name of FIELDS) {
    const value = name === "status" ? form.querySelector("[name=status]:checked")?.value : form.elements[name].value.trim();
    if (value) values[name] = value;
  }
  return values;
}

export function isSearching() {
  return Object.keys(wanted()).some((name) => name !== "sort");
}

/** Marks the filter that was refused, and none where nothing is. */
export function blame(name) {
  for (const each of form.elements) each.removeAttribute("aria-invalid");
  const control = form.elements.namedItem(name ?? "");
  control?.setAttribute?.("aria-invalid", "true");
  if (FILTERS.includes(name)) unfold(true);
}

export function filterBy(name, value) {
  form.elements[name].value = value;
  unfold(true);
  apply();
}

/** Offers what the records on the board have; the database remains the one that knows. */
export function learnChoices(rows) {
  for (const row of rows) {
    for (const style of row.styles ?? []) offers.styles.add(style);
    for (const { name } of row.labels ?? []) offers.labels.add(name);
    if (row.country) offers.countries.add(row.country);
    if (row.condition) conditions.add(row.condition);
  }
  for (const [id, values] of Object.entries(offers)) {
    const list = $(id);
    if (list.children.length === values.size) continue;
    list.replaceChildren(...[...values].sort((a, b) => a.localeCompare(b)).map((value) => h("option", { value })));
  }
  if (form.elements.condition.options.length === conditions.size + 1) return;
  dressConditions(form.elements.condition.value);
}

function dressConditions(chosen) {
  if (chosen) conditions.add(chosen);
  form.elements.condition.replaceChildren(h("option", { value: "" }, t("any")), ...[...conditions].map((value) => h("option", { value }, value)));
  form.elements.condition.value = chosen;
}

function dress() {
  const { sort = "", status = "", condition = "" } = present;
  form.elements.sort.replaceChildren(...SORTS.map((value) => h("option", { value }, word("sorts", value))));
  form.elements.sort.value = sort;
  dressConditions(condition);
  dressStates(status);
}

function dressStates(chosen) {
  const states = ["", "available", "reserved_by_others", "upcoming", "sold", ...viewer.alias === null ? [] : ["reserved", "in_queue"]];
  $("states").replaceChildren(...states.map((value) => h("label", { class: "state-choice" },
    h("input", { type: "radio", name: "status", value, checked: value === (states.includes(chosen) ? chosen : "") }), h("span", null, word("filter_statuses", value)))));
}

let present = {};

function writeAddress() {
  const search = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    if (present[name]) search.set(name, present[name]);
    else search.delete(name);
  }
  const text = search.toString();
  history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
  const count = FILTERS.filter((name) => present[name]).length;
  say($("fold-count"), count > 0 ? String(count) : "");
}

function unfold(open) {
  form.classList.toggle("open", open);
  $("fold").setAttribute("aria-expanded", String(open));
}

let timer = 0;
function apply() {
  clearTimeout(timer);
  const next = wanted();
  if (JSON.stringify(next) === JSON.stringify(present)) return;
  present = next;
  writeAddress();
  changed();
}

export function startFinder(onChange) {
  changed = onChange;
  const search = new URLSearchParams(location.search);
  for (const name of FIELDS) if (search.get(name)) present[name] = search.get(name);
  dress();
  for (const name of FIELDS) if (name !== "status" && present[name]) form.elements[name].value = present[name];
  writeAddress();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 250);
  });
  form.addEventListener("reset", () => setTimeout(() => {
    dressStates("");
    apply();
  }));
  $("fold").addEventListener("click", () => unfold(!form.classList.contains("open")));
  unfold(FILTERS.some((name) => present[name]));
  onLanguage(dress);
}

/** Another viewer has other states to choose from. */
export function refreshStates() {
  dressStates(present.status ?? "");
  present = wanted();
  writeAddress();
}
