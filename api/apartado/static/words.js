// What the board says, in the person's language: texts, money, moments, lengths of time.

import { serverNow } from "./clock.js";
import { EN_SHOP } from "./words-en-shop.js";
import { EN_YOURS } from "./words-en-yours.js";
import { EN } from "./words-en.js";
import { ES_SHOP } from "./words-es-shop.js";
import { ES_YOURS } from "./words-es-yours.js";
import { ES } from "./words-es.js";

export const TONGUES = { en: { ...EN, ...EN_YOURS, ...EN_SHOP }, es: { ...ES, ...ES_YOURS, ...ES_SHOP } };
let current = document.documentElement.lang; // as theme.js found, before anything was painted
const listeners = new Set();

export const language = () => current;
export const onLanguage = (listener) => listeners.add(listener);

export function t(key, ...values) {
  const entry = TONGUES[current][key];
  return typeof entry === "function" ? entry(...values) : entry;
}

/** The word for a value that the database chose; a word it learns later is shown as it is. */
export function word(kind, value, ...values) {
  const entry = TONGUES[current][kind][value] ?? value;
  return typeof entry === "function" && values.length > 0 ? entry(...values) : entry;
}

export function speak(tongue) {
  if (!(tongue in TONGUES)) return;
  current = tongue;
  dressPage();
  for (const listener of listeners) listener();
}

export function dressPage() {
  document.documentElement.lang = current;
  document.documentElement.classList.add("dressed");
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

/** The sum of what the database sent as digits, which stay exact. */
export function sumOf(amounts) {
  const digits = Math.max(...amounts.map((amount) => (amount.split(".")[1] ?? "").length));
  const whole = amounts.map((amount) => {
    const [units, parts = ""] = amount.split(".");
    return BigInt(units + parts.padEnd(digits, "0"));
  }).reduce((sum, one) => sum + one, 0n).toString().padStart(digits + 1, "0");
  return digits === 0 ? whole : `${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
}

/** "long" for sentences, "short" for labels; the year, where it is another one, and seconds, where there are few left. */
export function moment(iso, length = "long") {
  const at = new Date(iso);
  const form = { weekday: length, day: "numeric", month: length, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (at.getFullYear() !== new Date().getFullYear()) form.year = "numeric";
  const left = at - serverNow();
  if (left > 0 && left < 600_000) form.second = "2-digit";
  return new Intl.DateTimeFormat(current, form).format(at);
}

export const number = (value) => new Intl.NumberFormat(current).format(value);

export const percent = (value) => new Intl.NumberFormat(current, { style: "percent", maximumFractionDigits: 0 }).format(value);

/** 6 d 23 h · 23 h 04 min · 04:12 */
export function lengthOfTime(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (value) => String(value).padStart(2, "0");
  if (seconds >= 86_400) return t("days_hours", Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600));
  if (seconds >= 3600) return t("hours_minutes", Math.floor(seconds / 3600), two(Math.floor((seconds % 3600) / 60)));
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** 3 days · 5 hours · 20 minutes: the largest unit says enough, where it says about the same. */
export function roughly(seconds) {
  const isAbout = (length) => seconds >= length * 1.5 || (seconds >= length * 0.9 && seconds < length * 1.15);
  const [unit, size] = UNITS.find(([, length]) => isAbout(length)) ?? UNITS.at(-1);
  return new Intl.NumberFormat(current, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }).format(Math.max(1, seconds / size));
}

/** 3 minutes ago, for a length of time that is negative. */
export function ago(ms) {
  const seconds = Math.min(0, ms / 1000);
  const [unit, size] = UNITS.find(([, length]) => -seconds >= length) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(current, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
