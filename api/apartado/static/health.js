// Whether the shop is well: what the work and the storage fare, with the database's advice, and whether every number
// agrees with every other.

import { query } from "./api.js";
import { $, h } from "./dom.js";
import { number, t, word } from "./words.js";

export async function readHealth() {
  const [measures, broken] = await Promise.all([query("health"), query("check_consistency")]);
  const ill = measures.filter(({ ok }) => !ok);
  const advised = measures.filter(({ ok, advice }) => ok && advice !== null);
  const well = broken.length === 0 && ill.length === 0;
  $("health").replaceChildren(
    h("p", { class: well ? "well" : "well ill" }, t(well ? "all_well" : "not_well", ill.length + broken.length)),
    h("ul", { class: "lines" },
      broken.map((one) => line(one.rule, one.subject, one.repair)),
      [...ill, ...advised].map((one) => line(word("measures", one.name), one.largest === null ? "" : t("measured", number(one.value), number(one.largest)), one.advice))),
    h("details", null, h("summary", null, t("measured_count", measures.length)),
      h("dl", { class: "measures" }, measures.filter(({ largest }) => largest !== null).map((one) => h("div", null,
        h("dt", null, word("measures", one.name)), h("dd", null, t("measured", number(one.value), number(one.largest))))))));
}

function line(name, value, advice) {
  return h("li", null, h("span", { class: "what" }, name), h("span", { class: "counters" }, value), advice && h("span", { class: "hint" }, advice));
}
