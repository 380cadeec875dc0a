// Making elements. No HTML is ever parsed from text, so nothing that comes from the database can be markup.

import { drawUnpressed } from "./presses.js";

const SVG = "http://www.w3.org/2000/svg";

function furnish(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const h = (tag, props, ...children) => furnish(document.createElement(tag), props, children);
export const s = (tag, props, ...children) => furnish(document.createElementNS(SVG, tag), props, children);
export const $ = (id) => document.getElementById(id);

/** Writes text only where it differs: a screen reader and the layout notice every write. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Draws a place anew: the focus in it stays on what bears the same `data-deed`, or goes to `heading` where that is gone. */
export function redraw(place, children, heading) {
  drawUnpressed(place, () => {
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.deed ?? "" : null;
    place.replaceChildren(...children);
    if (focused !== null) (place.querySelector(`[data-deed="${CSS.escape(focused)}"]`) ?? heading).focus();
  });
}

let serial = 0;
export const freshId = (stem) => `${stem}-${(serial += 1)}`;
