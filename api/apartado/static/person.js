// One person as a counter needs them: what they hold, wait for, bought and have in their carts, and whether they may act.

import { command, query } from "./api.js";
import { ask, complain, forgive, tellError } from "./dialogs.js";
import { $, h, redraw } from "./dom.js";
import { onEvent } from "./live.js";
import { addressOf } from "./names.js";
import { reasonField, sellCart } from "./operator.js";
import { keepReading, readingOf } from "./reading.js";
import { deed, remove, revoke, undo } from "./till.js";
import { money, moment, t, word } from "./words.js";

const form = $("people-form");
const place = $("member");
let alias = ""; // whom the address names
let items = null; // what they have to do with, when it is known
let timer = 0;

/** Shows whom the address names; an empty name is nobody. */
export async function showPerson(name) {
  if (name !== alias) {
    place.replaceChildren();
    items = null;
    form.elements.alias.value = name;
  }
  alias = name;
  forgive(form);
  if (alias) await fill((error) => complain(form, error));
}

const read = readingOf(async () => {
  clearTimeout(timer);
  timer = 0;
  const asked = alias;
  return { asked, one: await query("get_member", { alias: asked }) };
}, ({ asked, one }) => {
  if (asked !== alias) return; // somebody else is asked for by now
  forgive(form);
  alias = one.alias;
  items = new Set([...one.reservations, ...one.entries].map((each) => each.item_id));
  // its heading is drawn anew, too
  redraw(place, [who(one), held(one), awaited(one), bought(one), carts(one)], { focus: () => $("member-name").focus() });
});

/** Reads it again whenever it could not be; who is no member any more is shown no more. */
async function fill(tell = tellError) {
  const asked = alias;
  const error = await keepReading(read, read, () => {
    if (asked !== alias) return;
    place.replaceChildren();
    items = new Set();
  });
  if (error !== null && asked === alias) tell(error);
}

place.refill = () => fill();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = addressOf(form.elements.alias.value.trim());
  if (address === location.hash) showPerson(form.elements.alias.value.trim());
  else location.hash = address;
});

// once for many events: theirs, and those that move the lines in which they stand
onEvent((kind, data) => {
  if (alias && (items === null || data.member === alias || items.has(data.item_id))) timer ||= setTimeout(fill, 250);
});

function who(one) {
  const facts = [
    one.display_name, one.is_operator && t("is_operator"), one.class && t("of_class", one.class), t("joined_at", moment(one.joined, "short")),
    one.last_seen_at && t("seen_at", moment(one.last_seen_at, "short")),
  ];
  return h("section", null,
    h("h4", { id: "member-name", tabindex: "-1" }, one.alias),
    h("p", { class: "hint" }, facts.filter(Boolean).join(" · ")),
    one.barred_at && h("p", { class: "barred" }, t("barred_since", moment(one.barred_at, "short"), one.barred_reason ?? "")),
    h("p", { class: "deeds" }, one.barred_at ? deed(`unbar ${one.alias}`, t("unbar"), () => unbar(one)) : deed(`bar ${one.alias}`, t("bar"), () => bar(one))));
}

const part = (title, none, list) => h("section", null,
  h("h4", null, title, " ", h("span", { class: "count" }, list.length)),
  list.length === 0 ? h("p", { class: "hint" }, none) : h("ul", { class: "lines" }, list));

const what = (each) => h("span", { class: "what" }, each.title, each.quantity > 1 && ` × ${each.quantity}`);

const hint = (...facts) => h("span", { class: "hint" }, facts.filter(Boolean).join(" · "));

function held(one) {
  return part(t("they_hold"), t("holds_nothing"), one.reservations.map((each) => h("li", null,
    what(each),
    deed(`revoke ${each.reservation_id}`, t("revoke"), () => revoke(each, { ...each, alias: one.alias }), each.title),
    hint(t("held_until", each.reservation_id, moment(each.expires_at, "short")), money(each.price, each.currency), each.location))));
}

function awaited(one) {
  return part(t("they_wait"), t("waits_for_nothing"), one.entries.map((each) => h("li", null,
    what(each),
    deed(`remove ${each.queue_entry_id}`, t("remove"), () => remove({ ...each, alias: one.alias }), each.title),
    hint(word("entry_statuses", each.status), each.position !== null && t("stands_at", each.position),
      each.offered_until && t("offer_until", moment(each.offered_until, "short")), each.location))));
}

function bought(one) {
  return part(t("they_bought"), t("bought_nothing"), one.purchases.map((each) => h("li", null,
    what(each),
    undo({ ...each, alias: one.alias }, each.title),
    hint(moment(each.purchased_at, "short"), each.order_id !== null && t("order_number", each.order_id), each.reference !== `order ${each.order_id}` && each.reference, money(each.price, each.currency), each.undone > 0 && each.undone < each.quantity && t("units_taken_back", each.undone), each.location))));
}

function carts(one) {
  return part(t("their_carts"), t("carts_empty"), one.carts.map((each) => h("li", null,
    h("span", { class: "what" }, each.location, " ", h("span", { class: "hint" }, t("cart_units", each.units))),
    each.units > 0 && deed(`sell ${each.cart_id}`, t("sell_cart"), () => sellCart({ ...each, alias: one.alias }), each.location))));
}

function bar(one) {
  return ask({
    title: t("bar_title", one.alias),
    text: t("bar_text"),
    fields: [reasonField(), { name: "end", type: "checkbox", label: t("bar_end") }],
    confirm: t("bar"),
    tone: "danger",
    submit: async ({ reason, end }) => {
      await command("bar_member", { alias: one.alias, reason, end });
      return t("did_bar", one.alias);
    },
  });
}

function unbar(one) {
  return ask({
    title: t("unbar_title", one.alias),
    fields: [reasonField()],
    confirm: t("unbar"),
    submit: async ({ reason }) => {
      await command("unbar_member", { alias: one.alias, reason });
      return t("did_unbar", one.alias);
    },
  });
}
