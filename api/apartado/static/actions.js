// Buttons for what the database offers the viewer to do with a record.

import { ACTIONS, act } from "./commands.js";
import { freshId, h } from "./dom.js";
import { viewer } from "./store.js";
import { t } from "./words.js";

/** Those that stay keep the focus; if the focused one goes, the next gets it. */
export function actionBar(row, place, fallback, { everything = false } = {}) {
  const buttons = new Map();
  let units = null;

  function make(action) {
    const label = viewer.alias === null ? t(action === "join_queue" ? "sign_in_to_wait" : "sign_in_first") : t(action);
    const { asks, tone } = ACTIONS.get(action);
    const button = h("button", {
      type: "button", class: tone, "data-action": action, "aria-label": t("action_on", label, row.title),
    }, label);
    let pressed = false;
    let reading = null;
    button.addEventListener("click", async () => {
      if (pressed) return;
      pressed = true;
      button.setAttribute("aria-disabled", "true");
      try {
        // a press that comes while it is read what became of the last one waits for that, and is lost with what it is for
        if (reading !== null) {
          await reading;
          if (!isWithinReach(button) || !offered(row).includes(action)) return;
        }
        // while a dialog asks, the button behind it need not look pressed
        if (asks) button.removeAttribute("aria-disabled");
        ({ reading } = await act(action, row, Number(units?.querySelector("input").value) || 1));
        if (!asks) await reading;
      } finally {
        pressed = false;
        button.removeAttribute("aria-disabled");
        refocus();
      }
    });
    return button;
  }

  // a dialog gives the focus back to a button that may be gone by then
  let lostFocus = false;
  function refocus() {
    if (!lostFocus && document.activeElement !== document.body) return;
    lostFocus = false;
    if (document.querySelector("dialog[open]")) return;
    // the whole card may have been drawn anew: another viewer, or another language
    const here = place.isConnected ? place : document.querySelector(`#cards [data-key="${CSS.escape(row.key)}"] .actions`);
    (here?.querySelector("button") ?? (fallback.isConnected ? fallback : document.getElementById("mine-title"))).focus();
  }

  return function show() {
    const wanted = offered(row).filter((action) => everything || !ACTIONS.get(action).mine);
    const focused = place.contains(document.activeElement);
    for (const [action, button] of buttons) {
      if (wanted.includes(action)) continue;
      button.remove();
      buttons.delete(action);
    }
    const counting = wanted.some((action) => ACTIONS.get(action).counts) && row.available + row.reserved > 1 && viewer.alias !== null;
    if (counting && !units) {
      const id = freshId("units");
      units = h("span", { class: "units" }, h("label", { for: id }, t("quantity")), h("input", { id, type: "number", min: 1, value: 1, inputmode: "numeric" }));
      place.prepend(units);
    } else if (!counting && units) {
      units.remove();
      units = null;
    }
    for (const action of wanted) {
      if (!buttons.has(action)) buttons.set(action, make(action));
      if (place.lastChild !== buttons.get(action) || wanted.length > 1) arrange(place, wanted.map((one) => buttons.get(one)).filter(Boolean));
    }
    if (focused && !place.contains(document.activeElement)) {
      lostFocus = true;
      refocus();
    }
  };
}

/** It is there still, and no dialog lies over it. */
function isWithinReach(button) {
  const onTop = [...document.querySelectorAll("dialog[open]")].at(-1) ?? null;
  return button.isConnected && button.closest("dialog") === onTop;
}

/** Puts buttons in order without moving one that is in its place: moving takes the focus away. */
function arrange(place, wanted) {
  let next = null;
  for (const button of [...wanted].reverse()) {
    if (button.parentNode !== place || button.nextSibling !== next) place.insertBefore(button, next);
    next = button;
  }
}

// Visitors are offered nothing by the database; these only invite them to sign in, and then it is asked.
const INVITATIONS = { available: ["reserve"], reserved_by_others: ["join_queue"] };

function offered(row) {
  if (viewer.alias === null) return INVITATIONS[row.status] ?? [];
  const names = new Set(row.actions);
  // one button for one thing: an offer is accepted
  if (names.has("accept_offer")) for (const name of ["reserve", "leave_queue"]) names.delete(name);
  if (names.has("confirm_reservation")) names.add("extend_reservation");
  if (row.status === "available" && !row.in_cart) names.add("add_to_cart");
  if (viewer.isOperator) names.add("manage");
  return [...ACTIONS.keys()].filter((action) => names.has(action));
}
