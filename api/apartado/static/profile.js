// What others may know of the viewer, and what they have bought.

import { command, query } from "./api.js";
import { showDevices } from "./devices.js";
import { ask, tellError, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { renewSecret } from "./secret.js";
import { moment, money, t } from "./words.js";

export async function showProfile() {
  try {
    // without a value it changes nothing, and says how things are
    const [me, bought] = await Promise.all([command("change_profile", {}), query("list_purchases")]);
    const changed = await ask({
      title: t("profile_title", me.alias),
      fields: [
        { name: "display_name", label: t("display_name"), hint: t("display_name_hint"), value: me.display_name ?? "", attributes: { maxlength: 50, autocomplete: "nickname" } },
        { name: "show_name", type: "checkbox", label: t("show_name"), hint: t("show_name_hint"), attributes: { checked: me.show_name } },
      ],
      after: [purchases(bought), h("p", { class: "deeds" },
        h("button", { type: "button", class: "second", onclick: showDevices }, t("devices")),
        h("button", { type: "button", class: "second", onclick: renewSecret }, t("renew_secret")))],
      confirm: t("save"),
      back: t("close"),
      submit: ({ display_name, show_name }) => command("change_profile", { display_name, show_name }),
    });
    if (changed) toast({ text: t("saved"), tone: "good" });
  } catch (error) {
    tellError(error);
  }
}

function purchases(bought) {
  return h("section", { class: "bought" },
    h("h3", null, t("bought_title")),
    bought.length === 0 ? h("p", { class: "hint" }, t("bought_none")) : h("ul", { class: "lines" }, bought.map((one) => h("li", null,
      h("span", { class: "what" }, one.title, one.quantity > 1 && ` × ${one.quantity}`),
      h("span", { class: "price" }, money(one.total, one.currency)),
      h("span", { class: "hint" }, [moment(one.purchased_at, "short"), one.undone > 0 && t("taken_back", one.undone, one.undo_reason)].filter(Boolean).join(" · "))))));
}
