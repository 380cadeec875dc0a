// One record as the shop sees it: who holds it, who waits, how many there are, and what was done to it.

import { command, query } from "./api.js";
import { once } from "./deeds.js";
import { ask, tellError, toast } from "./dialogs.js";
import { h, redraw } from "./dom.js";
import { offEvent, onEvent } from "./live.js";
import { nameOf } from "./names.js";
import { reasonField, takeBack } from "./operator.js";
import { keepInSight, readingOf, readItem } from "./reading.js";
import { moment, t, word } from "./words.js";

const CHANGES = 8;
const PAGE = 200;

export async function manage(row) {
  const sections = h("div", { class: "till" });
  const place = { item: row.item_id, location: row.location };
  let timer = 0;
  const limits = { held: PAGE, line: PAGE };
  const fill = readingOf(async () => {
    clearTimeout(timer);
    timer = 0;
    const [item, held, line, changes, standing] = await Promise.all([
      query("get_item", { item: row.item_id }), query("list_holders", { ...place, limit: limits.held }), query("list_queue", { ...place, limit: limits.line }),
      query("list_stock_changes", { ...place, limit: CHANGES + 1 }), query("get_queue_position", place),
    ]);
    const sales = changes.some(isSale) ? await query("search_audit", { item: row.item_id, kinds: ["purchase.created", "purchase.undone"], limit: PAGE }) : [];
    return { item, held, line, changes, standing, sales };
  }, ({ item, held, line, changes, standing, sales }) => {
    const pages = (list, name) => ({ list, isFull: list.length >= limits[name], more: () => { limits[name] += PAGE; return refill(); } });
    row.visible = item.visible;
    redraw(sections, [stock(row, changes), holders(row, pages(held, "held")), queue(row, pages(line, "line"), standing), history(row, changes, sales)], sections.closest("dialog")?.querySelector("h2"));
  });
  const refill = () => keepInSight(fill);
  // whatever happens to the record, here or elsewhere, is read again: once for many events
  const heard = (kind, data) => {
    if (data.item_id === row.item_id) timer ||= setTimeout(refill, 250);
  };
  sections.refill = refill;
  onEvent(heard); // from before it is read: what happens meanwhile is in no answer
  try {
    await fill();
    await ask({ title: row.title, text: t("till_text"), wide: true, tone: "look", back: t("close"), confirm: null, body: sections });
  } finally {
    offEvent(heard);
    clearTimeout(timer);
  }
  return null;
}

/** A button that does `run` once until that is over, says what it did, and reads the place around it anew. */
export function deed(name, label, run, about = null) {
  const doing = once(`${name} ${about ?? ""}`, async (button, wasDone) => {
    const sections = button.closest(".till");
    const done = await run();
    if (!done) return null;
    wasDone();
    toast({ text: done, tone: "good" });
    await sections.refill();
    return done;
  }, tellError);
  return h("button", { type: "button", class: "second small", "aria-label": about && t("action_on", label, about), ...doing }, label);
}

/** The way to take a sale back, while units of it are sold; `about` says which of several it is. */
export const undo = (sale, about) => (sale.undone < sale.quantity
  ? deed(`undo ${sale.purchase_id}`, t("take_back"), () => takeBack(sale), about)
  : h("span", { class: "hint" }, t("undone_whole")));

// -- stock -----------------------------------------------------------------------------------

function stock(row, changes) {
  const now = changes[0] ?? row;
  return h("section", null,
    h("h3", null, t("stock")),
    h("dl", { class: "figures" }, ["available", "reserved", "sold"].map((name) => h("div", null, h("dt", null, t(`stock_${name}`, now[name])), h("dd", null, now[name])))),
    h("p", { class: "deeds" },
      deed(`adjust ${row.key}`, t("adjust_stock"), () => adjust(row)),
      deed(`show ${row.key}`, t(row.visible ? "hide" : "unhide"), () => setVisibility(row))));
}

function adjust(row) {
  return ask({
    title: t("adjust_title", row.title),
    text: t("adjust_text"),
    fields: [{ name: "delta", type: "number", label: t("delta"), hint: t("delta_hint"), value: 1, attributes: { inputmode: "numeric", required: true } },
      { name: "reason", type: "area", label: t("reason"), hint: t("reason_ledger"), attributes: { maxlength: 500, required: true } }],
    confirm: t("adjust_stock"),
    submit: async ({ delta, reason }) => {
      const answer = await command("adjust_stock", { item: row.item_id, location: row.location, delta: Number(delta), reason });
      return t("did_adjust", row.title, answer.total, answer.promoted);
    },
  });
}

function setVisibility(row) {
  const visible = !row.visible;
  return ask({
    title: t(visible ? "unhide_title" : "hide_title", row.title),
    text: t(visible ? "unhide_text" : "hide_text"),
    fields: [{ name: "reason", type: "area", label: t("reason"), hint: t("reason_ledger"), attributes: { maxlength: 500, required: true } }],
    confirm: t(visible ? "unhide" : "hide"),
    submit: async ({ reason }) => {
      await command("set_visibility", { item: row.item_id, visible, reason });
      await readItem(row.item_id);
      return t(visible ? "did_unhide" : "did_hide", row.title);
    },
  });
}

// -- who holds it ----------------------------------------------------------------------------

const moreOf = ({ isFull, more }) => isFull && h("button", { type: "button", class: "more small", "data-deed": "more", onclick: more }, t("more"));

function holders(row, page) {
  const held = page.list;
  return h("section", null,
    h("h3", null, t("holders"), " ", h("span", { class: "count" }, page.isFull ? t("at_least", held.length) : held.length)),
    held.length === 0 ? h("p", { class: "hint" }, t("revoke_none")) : h("ul", { class: "lines" }, held.map((one) => h("li", null,
      h("span", { class: "what" }, nameOf(one.alias, one.reservation_id), one.quantity > 1 && ` × ${one.quantity}`),
      deed(`revoke ${one.reservation_id}`, t("revoke"), () => revoke(row, one), one.alias),
      h("span", { class: "hint" }, t("held_since", one.reservation_id, moment(one.reserved_at, "short"), moment(one.expires_at, "short")))))),
    moreOf(page));
}

export function revoke(row, one) {
  return ask({
    title: t("revoke_title", row.title, one.alias),
    text: t("revoke_text"),
    fields: [reasonField()],
    confirm: t("revoke"),
    tone: "danger",
    submit: async ({ reason }) => {
      const answer = await command("revoke_reservation", { reservation: one.reservation_id, reason });
      return t("did_revoke", row.title, answer.promoted);
    },
  });
}

// -- who waits -------------------------------------------------------------------------------

function queue(row, page, { queue_length: places, paused_at: pausedAt, pause_reason: reason }) {
  const line = page.list;
  const offers = line.filter((one) => one.position === null).length;
  const paused = pausedAt !== null;
  return h("section", null,
    h("h3", null, t("in_line"), " ", h("span", { class: "count" }, places + offers)),
    paused && h("p", { class: "paused" }, h("strong", null, t("line_stands", reason)), " ", h("span", { class: "hint" }, t("since", moment(pausedAt, "short")))),
    line.length === 0 ? h("p", { class: "hint" }, t("nobody_waits")) : h("ol", { class: "lines" }, line.map((one) => h("li", { "data-entry": one.queue_entry_id },
      h("span", { class: "what" }, h("b", null, one.position ?? t("offer")), " ", nameOf(one.alias), one.quantity > 1 && ` × ${one.quantity}`),
      h("span", { class: "deeds" },
        one.position !== null && places > 1 && deed(`move ${one.queue_entry_id}`, t("move"), () => move(one, places), one.alias),
        deed(`remove ${one.queue_entry_id}`, t("remove"), () => remove(one), one.alias)),
      h("span", { class: "hint" }, lineFacts(one))))),
    moreOf(page),
    h("p", { class: "deeds" }, deed(`pause ${row.key}`, t(paused ? "continue_queue" : "pause_queue"), () => pause(row, !paused))));
}

const lineFacts = (one) => [
  word("entry_statuses", one.status), t("waits_since", moment(one.joined_at, "short")), one.passed > 0 && t("passed_times", one.passed), one.reason,
].filter(Boolean).join(" · ");

function move(one, places) {
  return ask({
    title: t("move_title", one.alias),
    fields: [{ name: "position", type: "number", label: t("new_place"), value: Math.max(1, one.position - 1), attributes: { min: 1, max: places, inputmode: "numeric", required: true } }, reasonField()],
    confirm: t("move"),
    submit: async ({ position, reason }) => {
      const answer = await command("move_entry", { entry: one.queue_entry_id, position: Number(position), reason });
      return t("did_move", one.alias, answer.position);
    },
  });
}

export function remove(one) {
  return ask({
    title: t("remove_title", one.alias),
    fields: [reasonField()],
    confirm: t("remove"),
    tone: "danger",
    submit: async ({ reason }) => {
      await command("remove_entry", { entry: one.queue_entry_id, reason });
      return t("did_remove", one.alias);
    },
  });
}

function pause(row, paused) {
  return ask({
    title: t(paused ? "pause_title" : "continue_title", row.title),
    text: t(paused ? "pause_text" : "continue_text"),
    fields: [reasonField()],
    confirm: t(paused ? "pause_queue" : "continue_queue"),
    submit: async ({ reason }) => {
      const answer = await command("pause_queue", { item: row.item_id, location: row.location, paused, reason });
      return t(answer.paused ? "did_pause" : "did_continue", row.title, answer.promoted);
    },
  });
}

// -- what was done ---------------------------------------------------------------------------

const isSale = ({ cause }) => cause.split(", ").includes("purchase.created");

/** The purchases of a change: of the events after those of the change before it; `undone` says how many units came back. */
function purchasesOf(change, before, location, sales) {
  return sales.filter((one) => one.kind === "purchase.created" && one.location === location && one.event_id <= change.change_id && one.event_id > (before?.change_id ?? 0))
    .map(({ member, details: { purchase_id: purchase, quantity } }) => {
      const undo = sales.find(({ kind, details }) => kind === "purchase.undone" && details.purchase_id === purchase); // the newest
      return { purchase_id: purchase, alias: member, quantity, undone: quantity - (undo?.details.remaining ?? quantity) };
    });
}

/** A sale can be taken back where it is told, to whomever it was. */
function history(row, changes, sales) {
  return h("section", null,
    h("h3", null, t("stock_changes")),
    changes.length === 0 ? h("p", { class: "hint" }, t("no_changes")) : h("ul", { class: "lines" }, changes.slice(0, CHANGES).map((one, i) => h("li", null,
      h("span", { class: "what" }, one.cause.split(", ").map((kind) => word("kinds", kind)).join(", "), " ", h("span", { class: "hint" }, one.member ?? "")),
      h("span", { class: "counters" }, t("counters", one.available, one.reserved, one.sold)),
      h("span", { class: "hint" }, [moment(one.at, "short"), one.actor, one.reason].filter(Boolean).join(" · ")),
      purchasesOf(one, changes[i + 1], row.location, sales).map((sale) => h("span", { class: "undo" }, undo({ ...sale, title: row.title }, moment(one.at, "short"))))))));
}
