// The recovery secret: shown once, and replaced by another one.

import { doorway, freshKey } from "./api.js";
import { ask, murmur, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./words.js";

/** Shows it once, under a title that says whose it is. */
export function showSecret(title, secret) {
  const shown = h("output", { class: "secret", tabindex: "0", "aria-label": t("secret") }, secret);
  const copy = h("button", { type: "button", class: "second", onclick: () => copyText(shown, copy) }, t("copy"));
  return ask({
    title,
    text: t("keep_text"),
    body: h("div", { class: "secret-row" }, shown, copy),
    confirm: t("kept"),
    back: null,
    submit: async () => true,
  });
}

async function copyText(element, button) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  // the clipboard interface exists in secure contexts only; the selection is there for the others
  try {
    await navigator.clipboard.writeText(element.textContent);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  button.textContent = t("copied");
  murmur(t("copied"));
}

// Made here, and the same until it was shown: an answer that was lost can be asked for again.
let next = freshKey(32);

/** The old one is worth nothing from then on. Who fears that somebody knows it signs the other devices out, too. */
export async function renewSecret() {
  const done = await ask({
    title: t("renew_secret"),
    text: t("renew_text"),
    fields: [{ name: "end_others", type: "checkbox", label: t("end_others"), hint: t("end_others_hint") }],
    confirm: t("renew_secret"),
    submit: ({ end_others }) => doorway("rotate_secret", { secret: next, end_others }),
  });
  if (done === null) return;
  const secret = next;
  next = freshKey(32);
  await showSecret(t("keep_renewed", done.alias), secret);
  toast({ text: t("did_renew_secret", done.sessions_ended), tone: "good" });
}
