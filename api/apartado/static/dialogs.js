// Dialogs.

import { keeping } from "./api.js";
import { $, freshId, h } from "./dom.js";
import { tellError, wordsFor } from "./notices.js";
import { t } from "./words.js";

/** What is outside of an open dialog is neither seen nor heard: notices go where the person is. */
function bringNotices() {
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  for (const id of ["toasts", "murmur"]) if ($(id).parentNode !== place) place.append($(id));
}

/**
 * Keeps in mind where the focus is; the result gives it back. What had it may have been drawn anew meanwhile: then it goes to
 * what does the same, else to the heading of what is below.
 */
function rememberFocus() {
  const opener = document.activeElement;
  const place = opener?.closest(".till, .cart");
  return () => {
    if (opener?.isConnected) {
      opener.focus();
      return;
    }
    const below = [...document.querySelectorAll("dialog[open]")].at(-1);
    const deed = opener?.dataset.deed;
    const same = deed === undefined ? null : (place?.isConnected ? place : below ?? document).querySelector(`[data-deed="${CSS.escape(deed)}"]`);
    (same ?? below?.querySelector("h2") ?? place?.parentElement?.querySelector("[tabindex='-1']"))?.focus();
  };
}

function field(spec) {
  const id = freshId("field");
  const described = [];
  const hint = spec.hint && h("span", { class: "hint", id: `${id}-hint` }, spec.hint);
  if (hint) described.push(hint.id);
  const common = { id, name: spec.name, "aria-describedby": described.join(" ") || null, ...spec.attributes };
  let control;
  if (spec.type === "checkbox") {
    control = h("input", { type: "checkbox", ...common });
    return h("p", { class: "field check", "data-field": spec.name }, control, h("label", { for: id }, spec.label), hint);
  }
  if (spec.type === "select") control = h("select", common, spec.options.map(([value, label]) => h("option", { value }, label)));
  else if (spec.type === "area") control = h("textarea", { rows: 3, ...common });
  else control = h("input", { type: spec.type ?? "text", ...common });
  if (spec.value !== undefined) control.value = spec.value;
  return h("p", { class: "field", "data-field": spec.name }, h("label", { for: id }, spec.label), control, hint);
}

function valuesOf(form) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    values[control.name] = control.type === "checkbox" ? control.checked : control.value.trim();
  }
  return values;
}

/** Shows a problem where it belongs: at its field if it names one of the form, and always in words. */
export function complain(form, error) {
  const { title, hint } = wordsFor(error);
  complainOf(form, title, hint, error.field ? form.elements.namedItem(error.field) : null);
}

/** Takes back what was complained of. */
export function forgive(form) {
  form.querySelector(".problem").replaceChildren();
  for (const each of form.elements) each.removeAttribute("aria-invalid");
}

/** As complain, in words that are no error of the shop. */
export function complainOf(form, title, hint = null, control = null) {
  forgive(form);
  form.querySelector(".problem").append(h("strong", null, title), hint ? h("span", null, hint) : "");
  if (!control?.setAttribute) return;
  control.setAttribute("aria-invalid", "true");
  control.focus();
}

/** What is asked for and was left empty, or is no number: of its sense only the database judges. */
function isIncomplete(form) {
  const control = [...form.elements].find(({ validity }) => validity?.valueMissing || validity?.badInput);
  if (control === undefined) return false;
  const label = form.querySelector(`label[for="${control.id}"]`)?.textContent ?? "";
  complainOf(form, t(control.validity.badInput ? "no_number" : "missing", label), null, control);
  return true;
}

/**
 * Asks something in a dialog. `submit(values, form)` does the work: what it gives closes the dialog and is
 * the answer; `undefined` keeps it open; a problem is shown inside. Gives null when it was left with
 * nothing under way, which can be done only where there is a way `back`. `body` stands before the fields, `after` below them.
 */
export function ask({ title, text, fields = [], confirm, back = t("back"), tone = "", wide = false, body, after, submit }) {
  const id = freshId("dialog");
  const problem = h("p", { class: "problem", role: "alert" });
  const go = h("button", { type: "submit", class: `primary ${tone}` }, confirm);
  const form = h("form", { method: "dialog", novalidate: true },
    h("h2", { id, tabindex: "-1" }, title),
    text && h("p", { class: "dialog-text", id: `${id}-text` }, text),
    body, fields.map(field), problem, after,
    h("div", { class: "dialog-actions" }, back && h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, back), confirm && go));
  const dialog = h("dialog", { class: wide ? "wide" : null, closedby: back ? "closerequest" : "none", "aria-labelledby": id, "aria-describedby": text ? `${id}-text` : null }, form);
  const giveFocusBack = rememberFocus();
  const keys = new Map();

  return new Promise((resolve) => {
    let result = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (go.getAttribute("aria-disabled") === "true" || isIncomplete(form)) return;
      go.setAttribute("aria-disabled", "true");
      problem.replaceChildren();
      try {
        const answer = await keeping(keys, () => submit(valuesOf(form), form));
        if (answer !== undefined) result = answer;
        if (!dialog.open) resolve(result);
        else if (answer !== undefined) dialog.close();
      } catch (error) {
        if (dialog.open) complain(form, error);
        else {
          tellError(error);
          resolve(null);
        }
      } finally {
        go.removeAttribute("aria-disabled");
      }
    });
    // what is shown only once is not lost to a stray Escape
    dialog.addEventListener("cancel", (event) => {
      if (!back) event.preventDefault();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && tone === "look") dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.removeAttribute("open");
      bringNotices();
      dialog.remove();
      giveFocusBack();
      // whoever leaves it cannot call back what was sent
      if (go.getAttribute("aria-disabled") !== "true") resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    bringNotices();
    (form.querySelector("input, select, textarea") ?? form.querySelector("h2")).focus();
  });
}

export { field };
export { murmur, outdate, tellError, toast, wordsFor } from "./notices.js";
