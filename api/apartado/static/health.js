// Whether the shop is well: what the database finds wrong with itself, and what it recommends.

import { query } from "./api.js";
import { $, h } from "./dom.js";
import { t } from "./words.js";

export async function readHealth() {
  const broken = await query("check_consistency");
  $("health").replaceChildren(broken.length === 0
    ? h("p", { class: "well" }, t("all_well"))
    : h("ul", { class: "lines" }, broken.map((one) => h("li", null,
      h("span", { class: "what" }, one.rule), h("span", { class: "hint" }, [one.subject, one.repair].filter(Boolean).join(" · "))))));
}
