// A ring that empties as a deadline comes nearer. It is decoration: the time is written beside it.

import { s } from "./dom.js";

export function makeRing() {
  const left = s("circle", { class: "ring-left", cx: 20, cy: 20, r: 16, pathLength: 1, "stroke-dasharray": "1 1" });
  const ring = s("svg", { viewBox: "0 0 40 40", class: "ring", "aria-hidden": "true", focusable: "false" },
    s("circle", { class: "ring-track", cx: 20, cy: 20, r: 16 }), left);
  /** `fraction` of the whole time that is left. */
  ring.fill = (fraction) => {
    const part = Math.min(1, Math.max(0, fraction)).toFixed(3);
    if (ring.dataset.left === part) return;
    ring.dataset.left = part;
    left.setAttribute("stroke-dasharray", `${part} 1`);
  };
  return ring;
}
