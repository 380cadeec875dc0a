// The name of a person, as operators see it: the way to what they hold and wait for.

import { h } from "./dom.js";

export const addressOf = (alias) => `#shop/${encodeURIComponent(alias)}`;

/** A link that opens the person; what stands in front of the page closes. `about` says which it is where a name stands often. */
export const nameOf = (alias, about = "") => h("a", {
  href: addressOf(alias), class: "name", "data-deed": `name ${alias} ${about}`,
  onclick: () => document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close()),
}, alias);
