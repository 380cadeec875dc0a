// Light or dark, and in which language, before anything is painted: what was chosen on this device or in the address, else what
// the system says.
// A classic script in the head, because a module runs only after the page was seen in the wrong colours.
// The choice is the only thing that the board keeps in the browser, and only where it differs from the system's.
"use strict";

(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  function kept() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage may be forbidden; then the system decides
    }
  }

  function show() {
    const chosen = kept();
    const dark = chosen === null ? system.matches : chosen === "dark";
    root.dataset.theme = dark ? "dark" : "light";
    document.getElementById("theme")?.setAttribute("aria-pressed", String(dark));
  }

  function turn() {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      if (next === (system.matches ? "dark" : "light")) localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
      show();
    } catch {
      root.dataset.theme = next;
    }
  }

  // words.js goes by it, and dresses the page once it is there
  const tongues = [new URLSearchParams(location.search).get("lang"), ...navigator.languages ?? []];
  root.lang = tongues.find((tongue) => /^(es|en)\b/.test(tongue))?.slice(0, 2) ?? "en";

  system.addEventListener("change", show);
  addEventListener("storage", show);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#theme")) turn();
  });
  document.addEventListener("DOMContentLoaded", show);
  show();
})();
