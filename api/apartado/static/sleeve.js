// Sleeves drawn from the record itself: the same record has the same sleeve on every screen, and
// nothing is fetched for it unless the shop has a picture of it and shows pictures. They are decoration: all that they show is also written beside them.

import { h, s } from "./dom.js";
import { pictureOf, showPicture } from "./pictures.js";

// ground, and three inks
const INKS = [
  ["#e9e2d0", "#cf4a2f", "#1f252b", "#dfa32a"],
  ["#12343b", "#e2b27f", "#c2593f", "#f3ead2"],
  ["#f2c230", "#1b1b1e", "#d42b3d", "#f7f1e0"],
  ["#1d2b53", "#f77f6e", "#fdf0d5", "#7fc4bc"],
  ["#dfe5e0", "#1f5a4c", "#e76f3c", "#16211e"],
  ["#d8452e", "#f5e6c8", "#1a1a1a", "#f0a43a"],
  ["#20232a", "#6fb3d9", "#f2f0e9", "#e2513f"],
  ["#b9d6d3", "#14424a", "#f1603f", "#fbf4df"],
  ["#43274f", "#f2a97e", "#e3526b", "#f6ead7"],
  ["#f3ede1", "#2746a6", "#e9b92c", "#151a2c"],
  ["#0f5c4a", "#f1e3bb", "#e8894a", "#0b211b"],
  ["#e7b7a5", "#7a2436", "#24324f", "#fbeee2"],
  ["#2b2926", "#d9b26a", "#8c3b2a", "#efe6d3"],
  ["#c7d2e4", "#23356b", "#d8453f", "#f8f7f2"],
];

const WEAR = { "VG+": 0.05, VG: 0.12, "G+": 0.18, G: 0.24, F: 0.32, P: 0.4 };

/** "Very Good Plus (VG+)" → "VG+"; any other shop's word stays as it is. */
export function grade(condition) {
  const short = /\(([^)]+)\)\s*$/.exec(condition ?? "");
  return short ? short[1].split(" or ")[0] : condition;
}

function dice(text) {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const box = (x, y, width, height, fill) => s("rect", { x, y, width, height, fill });
const ball = (cx, cy, r, fill, more) => s("circle", { cx, cy, r, fill, ...more });
const line = (d, stroke, width, more) => s("path", { d, fill: "none", stroke, "stroke-width": width, ...more });
const n = (value) => Math.round(value * 100) / 100;

const DRAWINGS = [
  function rings(roll, [, a, b, c]) {
    const x = 20 + roll() * 60;
    const y = 30 + roll() * 50;
    const inks = [a, b, c];
    return Array.from({ length: 9 }, (_, i) => ball(n(x), n(y), 84 - i * 9.5, inks[i % 3]));
  },
  function quarters(roll, [, a, b, c]) {
    const inks = [a, b, c];
    const out = [];
    for (let i = 0; i < 16; i += 1) {
      const x = (i % 4) * 25;
      const y = Math.floor(i / 4) * 25;
      const ink = inks[Math.floor(roll() * 3)];
      const turn = Math.floor(roll() * 4) * 90;
      if (roll() < 0.14) out.push(ball(x + 12.5, y + 12.5, 8, ink));
      else out.push(s("path", { d: "M0 0h25a25 25 0 0 1-25 25z", fill: ink, transform: `translate(${x} ${y}) rotate(${turn} 12.5 12.5)` }));
    }
    return out;
  },
  function bars(roll, [, a, b, c]) {
    const out = [];
    const count = 7 + Math.floor(roll() * 5);
    const width = 100 / count;
    for (let i = 0; i < count; i += 1) {
      const height = 18 + roll() * 70;
      out.push(box(n(i * width + width * 0.12), n(100 - height), n(width * 0.76), n(height), [a, b, a, c][Math.floor(roll() * 4)]));
    }
    return out;
  },
  function sun(roll, [, a, b, c]) {
    const sea = 58 + roll() * 12;
    const out = [ball(n(30 + roll() * 40), n(sea - 8 - roll() * 14), n(20 + roll() * 9), a), box(0, n(sea), 100, n(100 - sea), b)];
    for (let y = sea + 4, gap = 2.5; y < 100; y += gap * 2, gap += 0.8) out.push(box(0, n(y), 100, n(gap * 0.7), c));
    return out;
  },
  function dots(roll, [, a, b]) {
    const out = [];
    const fx = roll() * 10;
    const fy = roll() * 10;
    for (let y = 0; y < 10; y += 1) {
      for (let x = 0; x < 10; x += 1) {
        const far = Math.hypot(x - fx, y - fy) / 9;
        out.push(ball(x * 10 + 5, y * 10 + 5, n(Math.max(0.7, 4.9 * (1 - far))), far < 0.45 ? a : b));
      }
    }
    return out;
  },
  function waves(roll, [ground, a, , c]) {
    const out = [];
    for (let row = 0; row < 13; row += 1) {
      const y = 22 + row * 5.4;
      let d = `M8 ${n(y)}`;
      for (let x = 12; x <= 92; x += 4) {
        const swell = Math.exp(-((x - 50) ** 2) / 380);
        d += `L${x} ${n(y - swell * roll() * 17)}`;
      }
      out.push(s("path", { d: `${d}V${n(y + 4)}H8z`, fill: ground }), line(d, row === 6 ? c : a, 1.1, { "stroke-linejoin": "round" }));
    }
    return out;
  },
  function slant(roll, [, a, b, c]) {
    const out = [];
    const inks = [a, b, c];
    const tilt = roll() < 0.5 ? 38 : -38;
    for (let i = 0, x = -60; x < 160; i += 1) {
      const width = 5 + roll() * 20;
      if (roll() < 0.72) out.push(s("rect", { x: n(x), y: -60, width: n(width), height: 220, fill: inks[i % 3], transform: `rotate(${tilt} 50 50)` }));
      x += width;
    }
    return out;
  },
  function letter(roll, [, a, b, c], { title }) {
    const first = [...title.replace(/^(the|el|la|los|las|a|an)\s+/i, "")][0] ?? "?";
    const block = roll() < 0.5;
    return [
      block ? box(0, n(40 + roll() * 24), 100, 60, a) : ball(n(28 + roll() * 44), n(36 + roll() * 30), 34, a),
      s("text", { x: n(4 + roll() * 16), y: 92, "font-size": 104, "font-weight": 800, fill: b, class: "sleeve-type" }, first.toUpperCase()),
      box(0, 96, 100, 4, c),
    ];
  },
  function arcs(roll, [, a, b, c]) {
    const corner = Math.floor(roll() * 4) * 90;
    const inks = [a, b, c, a, b];
    const rings = inks.map((ink, i) => s("circle", { cx: 0, cy: 100, r: 22 + i * 14.5, fill: "none", stroke: ink, "stroke-width": 8.5 }));
    return [s("g", { transform: `rotate(${corner} 50 50)` }, rings, ball(0, 100, 10, c))];
  },
  function shards(roll, [, a, b, c]) {
    const inks = [a, b, c];
    const out = [];
    for (let i = 0; i < 7; i += 1) {
      const p = Array.from({ length: 3 }, () => `${n(roll() * 130 - 15)} ${n(roll() * 130 - 15)}`);
      out.push(s("path", { d: `M${p.join("L")}z`, fill: inks[i % 3], opacity: 0.88 }));
    }
    return out;
  },
  function moons(roll, [ground, a, b, c]) {
    const out = [];
    const shift = 4 + roll() * 9;
    const inks = [a, b, c];
    for (let i = 0; i < 9; i += 1) {
      const x = 18 + (i % 3) * 32;
      const y = 18 + Math.floor(i / 3) * 32;
      out.push(ball(x, y, 13, inks[Math.floor(roll() * 3)]), ball(n(x + (roll() - 0.5) * 2 * shift), n(y - roll() * shift), 12, ground));
    }
    return out;
  },
  function stair(roll, [, a, b, c]) {
    const out = [];
    const steps = 6 + Math.floor(roll() * 3);
    const size = 100 / steps;
    for (let i = 0; i < steps; i += 1) {
      out.push(box(n(i * size), n(i * size), n(100 - i * size), n(size), i % 2 ? a : b));
      out.push(box(n(i * size), n(i * size), n(size), n(size), c));
    }
    return roll() < 0.5 ? out : [s("g", { transform: "rotate(180 50 50)" }, out)];
  },
];

/** The ink that is read best on a ground. */
function readable(ground, inks) {
  const light = (ink) => [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16)).reduce((sum, part, i) => sum + part * [0.3, 0.59, 0.11][i], 0);
  return [...inks].sort((a, b) => Math.abs(light(b) - light(ground)) - Math.abs(light(a) - light(ground)))[0];
}

const clip = (text, length) => ([...text].length > length ? `${[...text].slice(0, length - 1).join("")}…` : text);

function printedSleeve({ seed, artist, title, sleeve }) {
  const roll = dice(seed);
  const inks = INKS[Math.floor(roll() * INKS.length)];
  const draw = DRAWINGS[Math.floor(roll() * DRAWINGS.length)];
  const face = s("svg", { viewBox: "0 0 100 100", class: "sleeve", "aria-hidden": "true", focusable: "false" });
  face.append(box(0, 0, 100, 100, inks[0]), ...draw(roll, inks, { title }));
  if (roll() < 0.62) {
    const dark = inks[3];
    const top = roll() < 0.5 ? 0 : 86;
    const text = { "font-weight": 700, fill: readable(dark, inks), class: "sleeve-type" };
    face.append(
      box(0, top, 100, 14, dark),
      s("text", { x: 4, y: top + 6.3, "font-size": 4.6, "letter-spacing": 0.35, ...text }, clip(artist.toUpperCase(), 28)),
      s("text", { x: 4, y: top + 11.4, "font-size": 4.4, ...text, "font-weight": 400 }, clip(title, 38)),
    );
  }
  const wear = WEAR[grade(sleeve)];
  if (wear) face.append(ball(50, 50, 44, "none", { stroke: "#fff", "stroke-width": 1.6, "stroke-opacity": wear * 1.5, "stroke-dasharray": "23 4 51 9 12 6 33 3" }), box(0, 0, 100, 100, `rgb(255 250 235 / ${wear * 0.35})`));
  return face;
}

function plainSleeve() {
  return s("svg", { viewBox: "0 0 100 100", class: "sleeve", "aria-hidden": "true", focusable: "false" },
    s("path", { d: "M0 0h100v100H0zM50 33a17 17 0 1 0 0 34a17 17 0 1 0 0-34z", fill: "#b99b6f", "fill-rule": "evenodd" }),
    s("path", { d: "M0 4h100M4 0v100M96 0v100", stroke: "#0002", fill: "none" }));
}

function disc(seed) {
  const roll = dice(`${seed} label`);
  const inks = INKS[Math.floor(roll() * INKS.length)];
  return s("svg", { viewBox: "0 0 100 100", class: "disc", "aria-hidden": "true", focusable: "false" },
    ball(50, 50, 48, "#15171a"),
    [43, 38.5, 34, 29.5, 25].map((r) => ball(50, 50, r, "none", { stroke: "#3a3f45", "stroke-width": 0.6 })),
    line("M50 6a44 44 0 0 1 36 19M50 94a44 44 0 0 1-36-19", "#5b636b", 1.6, { opacity: 0.55 }),
    ball(50, 50, 16.5, inks[0]), s("path", { d: "M33.5 50a16.5 16.5 0 0 1 33 0z", fill: inks[1] }), ball(50, 50, 2, "#f4f4f0"));
}

/** The record in its sleeve, ready to be pulled out by the style sheet. */
export function drawRecord(row, artist) {
  const seed = `${row.sku} ${row.title}`;
  const cover = grade(row.sleeve_condition) ?? "";
  const art = h("div", { class: "art", "aria-hidden": "true" }, disc(seed));
  if (/^no cover$/i.test(cover)) art.classList.add("bare");
  else if (/^generic$/i.test(cover)) art.append(plainSleeve());
  else art.append(printedSleeve({ seed, artist, title: row.title, sleeve: row.sleeve_condition }));
  const picture = pictureOf(row);
  if (picture) showPicture(art, picture);
  return art;
}
