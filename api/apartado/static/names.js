// The name of a person, as operators see it: the way to what they hold and wait for.

import { h } from "./dom.js";

export const addressOf = (alias) => `#shop/${encodeURIComponent(alias)}`;

/** A link that opens the person; what stands in front of the page closes. */
export const nameOf = (alias) => h("a", { href: addressOf(alias), class: "name", onclick: () => document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close()) }, alias);
