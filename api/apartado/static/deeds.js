// What is done at the press of a button, however often that is drawn anew.

import { keeping } from "./api.js";

const underWay = new Set(); // what was pressed and is not answered yet
const unanswered = new Map(); // deed → the keys of what it sent, until something was done: from then on nobody tries it again

/**
 * What makes a button do `run`, once until it is over; `key` says what it does, and to what. What `run` gives is what it did, null
 * is nothing; where it goes on afterwards (to draw a page anew), it says so itself as soon as it was done.
 */
export function once(key, run, fail) {
  const onclick = async ({ currentTarget: button }) => {
    const { form } = button;
    if (underWay.has(key)) return;
    underWay.add(key);
    mark(key);
    const keys = unanswered.get(key) ?? new Map();
    unanswered.set(key, keys);
    let wasSaid = false;
    const wasDone = () => {
      if (wasSaid) return;
      wasSaid = true;
      // what is under way may yet be left without an answer
      for (const one of [...unanswered.keys()]) if (one === key || !underWay.has(one)) unanswered.delete(one);
    };
    try {
      if (await keeping(keys, () => run(button, wasDone)) !== null) wasDone();
    } catch (error) {
      fail(error, form);
    } finally {
      underWay.delete(key);
      mark(key);
    }
  };
  return { "data-deed": key, "aria-disabled": underWay.has(key) ? "true" : null, onclick };
}

function mark(key) {
  for (const button of document.querySelectorAll(`button[data-deed="${CSS.escape(key)}"]`)) {
    if (underWay.has(key)) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
