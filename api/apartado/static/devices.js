// Where the viewer is signed in: the devices, ending one of them, and a code for another.

import { command, doorway, query } from "./api.js";
import { countDown } from "./clock.js";
import { ask, complain, murmur, tellError } from "./dialogs.js";
import { h } from "./dom.js";
import { makeRing } from "./ring.js";
import { moment, t } from "./words.js";

export async function showDevices() {
  const list = h("ul", { class: "lines devices" });
  const code = h("div", { class: "pairing" });
  const more = h("button", { type: "button", class: "second", onclick: () => pairAnother(code, more) }, t("pair_device"));
  try {
    await fill(list);
  } catch (error) {
    tellError(error);
    return;
  }
  await ask({ title: t("devices_title"), text: t("devices_text"), back: t("close"), confirm: null, body: [list, more, code] });
}

async function fill(list) {
  const sessions = await query("list_sessions");
  list.replaceChildren(...sessions.map((one) => h("li", null,
    h("span", { class: "what" }, one.current ? t("this_device") : t("other_device")),
    one.current ? null : h("button", {
      type: "button", class: "second small", "aria-label": t("end_session_since", moment(one.created_at, "short")), onclick: (event) => end(one, list, event.target),
    }, t("end_session")),
    h("span", { class: "hint" }, t("session_facts", moment(one.created_at, "short"), moment(one.last_seen_at, "short"))))));
}

async function end(session, list, button) {
  try {
    await command("revoke_session", { session: session.session_id });
    await fill(list);
    murmur(t("ended_session"));
    list.closest("dialog")?.querySelector("h2").focus();
  } catch (error) {
    complain(button.form, error);
  }
}

/** The code is shown in this dialog only, and is worth nothing after its time. */
async function pairAnother(place, button) {
  try {
    const { code, expires_at: until, server_time: since } = await doorway("start_pairing", {});
    const ring = makeRing();
    const time = h("time", { class: "left", role: "timer", "aria-label": t("time_left") });
    place.replaceChildren(
      h("p", null, t("pair_text")),
      h("output", { class: "secret code", tabindex: "0", "aria-label": t("code") }, `${code.slice(0, 4)} ${code.slice(4)}`),
      h("p", { class: "deadline" }, ring, time));
    countDown(time, until, () => place.replaceChildren(h("p", { class: "hint" }, t("code_over"))), { ring, since });
    murmur(t("pair_text"));
  } catch (error) {
    complain(button.form, error);
  }
}
