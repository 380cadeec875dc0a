// A closer look at one record.

import { actionBar } from "./actions.js";
import { query } from "./api.js";
import { artistOf, factsOf, namesOf, standingOf } from "./card.js";
import { deadlineOf } from "./deadline.js";
import { ask } from "./dialogs.js";
import { h, say } from "./dom.js";
import { whyButton } from "./reasons.js";
import { drawRecord } from "./sleeve.js";
import { onPaint, offPaint, rows, statusOf, takeIn } from "./store.js";
import { pricesOf } from "./terms.js";
import { t, word } from "./words.js";

/** Shows a record with all that is known about it, and what the viewer can do, as it changes. */
export async function lookAt(row) {
  const state = h("span", { class: "chip" });
  const facts = h("span", { class: "facts" });
  const clock = h("p", { class: "clock" });
  const why = whyButton(row);
  const actions = h("div", { class: "actions" });
  const standing = h("div", { class: "look-state" }, h("p", { class: "state" }, state, facts, why), clock, actions);
  const price = h("dd", { class: "price" });
  const showActions = actionBar(row, actions, state, { everything: true });
  const showDeadline = deadlineOf(row, clock);
  const update = () => {
    standing.dataset.status = statusOf(row);
    say(state, word("statuses", statusOf(row)));
    say(facts, standingOf(row));
    say(price, pricesOf(row));
    why.update();
    showDeadline();
    showActions();
  };
  const family = h("div");
  const painted = (keys) => {
    if (keys.includes(row.key)) update();
    for (const line of family.querySelectorAll("li")) if (keys.includes(line.row.key)) line.update();
  };
  update();
  onPaint(painted);
  if (row.parent) showFamily(row, family);
  await ask({ title: row.title, tone: "look", wide: true, back: t("close"), confirm: null, body: body(row, artistOf(row), standing, family, price) });
  offPaint(painted);
}

/** The other variants of the item, in the order in which they came, each with its status as it changes. */
async function showFamily(row, place) {
  const found = await query("find_items", { parent: row.parent, sort: "oldest", limit: 200 }).catch(() => []);
  const others = takeIn(found.filter((one) => one.item_id !== row.item_id)).map((key) => rows.get(key));
  if (others.length > 0) place.append(h("h3", null, t("family")), h("ul", { class: "family" }, others.map(variantLine)));
}

function variantLine(row) {
  const state = h("span", { class: "chip" });
  const facts = h("span", { class: "facts" });
  const line = h("li", null,
    h("button", { type: "button", class: "title", onclick: () => lookAt(row) }, row.title), h("p", { class: "state" }, state, facts));
  line.row = row;
  line.update = () => {
    line.dataset.status = statusOf(row);
    say(state, word("statuses", statusOf(row)));
    say(facts, factsOf(row));
  };
  line.update();
  return line;
}

function body(item, artist, standing, family, price) {
  const labels = (item.labels ?? []).map((label) => [label.name, label.catno].filter(Boolean).join(" ")).join(" · ");
  const lines = [
    [t("label"), labels],
    [t("year_country"), [item.year, item.country].filter(Boolean).join(", ")],
    [t("style"), namesOf([...item.genres ?? [], ...item.styles ?? []]).join(", ")],
    [t("media"), item.condition],
    [t("sleeve"), item.sleeve_condition],
    [t("price"), price],
    [t("sku"), item.sku],
  ].filter(([, value]) => value);
  const tracks = item.tracklist ?? [];
  const videos = (item.videos ?? []).filter((video) => /^https?:\/\//.test(video.url ?? ""));
  return h("div", { class: "look" },
    drawRecord(item, artist),
    h("div", { class: "look-text" },
      h("p", { class: "artist" }, artist),
      standing,
      family,
      h("dl", null, lines.map(([name, value]) => h("div", null, h("dt", null, name), value instanceof Element ? value : h("dd", null, value)))),
      item.notes && [h("h3", null, t("about")), h("p", { class: "prose" }, item.notes)],
      item.admin_notes && [h("h3", null, t("for_the_shop")), h("p", { class: "prose" }, item.admin_notes)],
      tracks.length > 0 && [h("h3", null, t("tracks")), h("ol", { class: "tracks" }, tracks.map((track) => h("li", null,
        h("span", { class: "place" }, track.position ?? ""), h("span", null, track.title ?? ""), h("span", { class: "place" }, track.duration ?? ""))))],
      videos.length > 0 && [h("h3", null, t("listen")), h("ul", { class: "videos" }, videos.map((video) => h("li", null,
        h("a", { href: video.url, target: "_blank", rel: "noopener noreferrer" }, video.title || video.url))))]));
}
