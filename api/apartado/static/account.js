// Who is looking: signing in and out. The session is an HttpOnly cookie that this page cannot read,
// and nothing is stored here.

import { command, doorway, freshKey, query, session } from "./api.js";
import { ask, field, murmur, tellError, toast } from "./dialogs.js";
import { $, h } from "./dom.js";
import { showProfile } from "./profile.js";
import { keepReading } from "./reading.js";
import { showSecret } from "./secret.js";
import { viewer } from "./store.js";
import { language, onLanguage, speak, t } from "./words.js";

const listeners = new Set();
/** Called whenever another person looks at the board. */
export const onViewer = (listener) => listeners.add(listener);

// The tabs of a browser have one cookie: what one of them does at the door the others are told, and ask who is there now.
const tabs = new BroadcastChannel("viewer");
let turns = 0; // how often who is signed in may have become another, here or there
tabs.addEventListener("message", () => {
  turns += 1;
  keepReading(recognise, recognise);
});

/** Signing in and out: an answer that was lost may have brought another cookie, too. */
async function passDoor(name, fields) {
  try {
    return await doorway(name, fields);
  } finally {
    turns += 1;
    tabs.postMessage(name);
  }
}

async function become(alias, isOperator, tongue) {
  // they speak to whoever looked before; what is shown only once stays
  for (const dialog of document.querySelectorAll("dialog[open]:not([closedby=none])")) dialog.close();
  viewer.alias = alias;
  viewer.isOperator = isOperator;
  document.body.dataset.viewer = alias === null ? "nobody" : isOperator ? "operator" : "member";
  if (tongue && tongue !== language()) speak(tongue);
  paint();
  for (const listener of listeners) await listener();
}

/** At the opening of the page. An explicit ?lang= in the address beats the session's language. */
export async function whoIsThere() {
  const me = await query("who_am_i", {}, { cache: "no-store" });
  viewer.alias = me.alias;
  viewer.isOperator = me.is_operator;
  if (me.alias !== null && !new URLSearchParams(location.search).has("lang")) speak(me.language);
  else if (me.alias !== null && me.language !== language()) await tellLanguage();
  document.body.dataset.viewer = viewer.alias === null ? "nobody" : viewer.isOperator ? "operator" : "member";
  paint();
}

/**
 * Whether somebody else looks since the stream was cut: the session may have ended, and another tab may have begun one. Or the
 * same person, who became an operator, or is none any more.
 */
export async function recognise() {
  let me;
  for (let before = null; before !== turns;) {
    before = turns;
    me = await query("who_am_i");
  }
  if (me.alias === viewer.alias && me.is_operator === viewer.isOperator) return;
  if (me.alias === null) toast({ text: t("session_over"), tone: "bad" });
  await become(me.alias, me.is_operator, me.language);
}

// A cookie whose session is over, or whose member is barred, makes every call fail: it has to go before anything else works.
let leaving = null;
session.lost = (error) => {
  leaving ??= (async () => {
    await passDoor("sign_out", {}).catch(() => null);
    if (error.code === "RS604") tellError(error);
    else if (viewer.alias !== null) toast({ text: t("session_over"), tone: "bad" });
    if (viewer.alias !== null) queueMicrotask(() => become(null, false, null));
    return true;
  })().finally(() => { setTimeout(() => { leaving = null; }, 1000); });
  return leaving;
};

// What somebody new will be known by is made here, and stays until it was shown: an answer that was lost can be asked for again.
let ours = freshKey(32);

export async function signIn() {
  let byCode = false;
  const other = h("button", { type: "button", class: "linklike", onclick: () => { byCode = true; other.closest("dialog").close(); } }, t("have_code"));
  const answer = await ask({
    title: t("sign_in"),
    text: t("sign_in_text"),
    after: other,
    fields: [{ name: "alias", label: t("alias"), hint: t("alias_hint"), attributes: { autocomplete: "username", autocapitalize: "none", spellcheck: "false", maxlength: 64, oninput: doubtSecret } }],
    confirm: t("continue"),
    submit: async ({ alias, secret, invitation }, form) => {
      // who brings an invitation, though an empty one, is told whether one is wanted
      const brought = secret ? { secret } : { secret: ours, invitation: invitation ?? "" };
      try {
        return { ...await passDoor("sign_in", { alias, language: language(), ...brought }), isNew: !secret };
      } catch (error) {
        if (error.code === "RS601" && secret) throw Object.assign(error, { title: t("wrong_secret", alias), hint: t("wrong_secret_hint") });
        if (error.code === "RS601") askFor(form, SECRET, t("secret_hint", alias)).focus();
        else if (error.code === "RS603" && invitation === undefined) {
          askFor(form, SECRET, t("secret_or_invitation", alias)).focus();
          askFor(form, INVITATION, t("invitation_hint"));
        } else throw error;
        return undefined;
      }
    },
  });
  if (answer === null) {
    if (byCode) await signInByCode();
    return;
  }
  if (answer.isNew) {
    const secret = ours;
    ours = freshKey(32);
    const before = turns;
    await showSecret(t("keep_title", answer.alias), secret);
    if (before !== turns) return; // meanwhile another tab has signed in or out, and who is there now was asked
  }
  await become(answer.alias, answer.is_operator, answer.language);
  murmur(t("signed_in", answer.alias));
}

/** A second device: the first one shows a code. */
async function signInByCode() {
  const answer = await ask({
    title: t("code_title"),
    text: t("code_text"),
    fields: [{ name: "code", label: t("code"), attributes: { autocomplete: "one-time-code", autocapitalize: "characters", spellcheck: "false", maxlength: 20, class: "code-field" } }],
    confirm: t("continue"),
    submit: ({ code }) => passDoor("pair", { code, language: language() }),
  });
  if (answer === null) return;
  await become(answer.alias, answer.is_operator, answer.language);
  murmur(t("signed_in", answer.alias));
}

const SECRET = { name: "secret", type: "password", attributes: { autocomplete: "current-password" } };
const INVITATION = { name: "invitation", attributes: { autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 40 } };

/** Of another alias it is not known that it is taken. */
function doubtSecret({ target: { form, value } }) {
  if (form.elements.namedItem("secret")) askFor(form, SECRET, t("secret_or_invitation", value.trim()));
}

/** A field that not everybody needs, and what it is for, which may depend on the alias. */
function askFor(form, spec, hint) {
  if (!form.elements.namedItem(spec.name)) form.querySelector(".problem").before(field({ ...spec, label: t(spec.name), hint }));
  form.querySelector(`[data-field=${spec.name}] .hint`).textContent = hint;
  return form.elements.namedItem(spec.name);
}

/** Notices and refusals come in the language of the session, so it has to learn what is spoken here. */
export async function tellLanguage() {
  if (viewer.alias === null) return;
  try {
    await command("change_profile", { language: language() });
  } catch (error) {
    tellError(error);
  }
}

async function signOut() {
  try {
    await passDoor("sign_out", {});
  } catch (error) {
    if (error.code !== "RS601") {
      tellError(error);
      return;
    }
  }
  await become(null, false, null);
  murmur(t("signed_out"));
}

function paint() {
  const account = $("account");
  const focused = account.contains(document.activeElement);
  if (viewer.alias === null) {
    account.replaceChildren(h("button", { type: "button", class: "primary small", id: "sign-in", onclick: signIn }, t("sign_in")));
  } else {
    account.replaceChildren(
      h("button", { type: "button", class: "who", id: "profile", "aria-label": t("your_account", [viewer.alias, viewer.isOperator && t("operator")].filter(Boolean).join(" ")), onclick: showProfile },
        h("span", { class: "alias" }, viewer.alias), viewer.isOperator && h("span", { class: "badge" }, t("operator"))),
      h("button", { type: "button", class: "quiet small", id: "sign-out", onclick: signOut }, t("sign_out")));
  }
  if (focused) account.querySelector("button").focus();
}
onLanguage(paint);
