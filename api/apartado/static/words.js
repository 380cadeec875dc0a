// What the board says, in the person's language: texts, money, moments, lengths of time.

import { EN } from "./words-en.js";
import { ES } from "./words-es.js";

const TONGUES = { en: EN, es: ES };
const asked = new URLSearchParams(location.search).get("lang");
let current = asked in TONGUES ? asked : navigator.languages?.some((l) => /^(es|en)\b/.test(l))
  ? navigator.languages.find((l) => /^(es|en)\b/.test(l)).slice(0, 2)
  : "en";
const listeners = new Set();

export const language = () => current;
export const onLanguage = (listener) => listeners.add(listener);

export function t(key, ...values) {
  const entry = TONGUES[current][key];
  return typeof entry === "function" ? entry(...values) : entry;
}

/** The word for a value that the database chose; a word it learns later is shown as it is. */
export function word(kind, value) {
  return TONGUES[current][kind][value] ?? value;
}

export function speak(tongue) {
  if (!(tongue in TONGUES)) return;
  current = tongue;
  dressPage();
  for (const listener of listeners) listener();
}

export function dressPage() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel));
  for (const element of document.querySelectorAll("[data-t-placeholder]")) element.placeholder = t(element.dataset.tPlaceholder);
}

/** "12.50" EUR: the digits are those that the database sent. */
export function money(price, currency) {
  if (price === null || price === undefined) return t("no_price");
  const digits = (String(price).split(".")[1] ?? "").length;
  const form = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(current, form).format(price);
}

/** "long" for sentences, "short" for labels. */
export function moment(iso, length = "long") {
  const form = { weekday: length, day: "numeric", month: length, hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(current, form).format(new Date(iso));
}

export const number = (value) => new Intl.NumberFormat(current).format(value);

/** 6 d 23 h · 23 h 04 min · 04:12 */
export function lengthOfTime(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (value) => String(value).padStart(2, "0");
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
