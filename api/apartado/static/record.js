// A closer look at one record.

import { artistOf, namesOf } from "./card.js";
import { ask } from "./dialogs.js";
import { h } from "./dom.js";
import { drawRecord } from "./sleeve.js";
import { money, t } from "./words.js";

export function lookAt(row) {
  return ask({ title: row.title, tone: "look", wide: true, back: t("close"), confirm: null, body: body(row, artistOf(row)) });
}

function body(item, artist) {
  const labels = (item.labels ?? []).map((label) => [label.name, label.catno].filter(Boolean).join(" ")).join(" · ");
  const lines = [
    [t("label"), labels],
    [t("year_country"), [item.year, item.country].filter(Boolean).join(", ")],
    [t("style"), namesOf([...item.genres ?? [], ...item.styles ?? []]).join(", ")],
    [t("media"), item.condition],
    [t("sleeve"), item.sleeve_condition],
    [t("price"), money(item.price, item.currency)],
    ["SKU", item.sku],
  ].filter(([, value]) => value);
  const tracks = item.tracklist ?? [];
  const videos = (item.videos ?? []).filter((video) => /^https?:\/\//.test(video.url ?? ""));
  return h("div", { class: "look" },
    drawRecord(item, artist),
    h("div", { class: "look-text" },
      h("p", { class: "artist" }, artist),
      h("dl", null, lines.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
      item.notes && [h("h3", null, t("about")), h("p", { class: "prose" }, item.notes)],
      item.admin_notes && [h("h3", null, t("for_the_shop")), h("p", { class: "prose" }, item.admin_notes)],
      tracks.length > 0 && [h("h3", null, t("tracks")), h("ol", { class: "tracks" }, tracks.map((track) => h("li", null,
        h("span", { class: "place" }, track.position ?? ""), h("span", null, track.title ?? ""), h("span", { class: "place" }, track.duration ?? ""))))],
      videos.length > 0 && [h("h3", null, t("listen")), h("ul", { class: "videos" }, videos.map((video) => h("li", null,
        h("a", { href: video.url, target: "_blank", rel: "noopener noreferrer" }, video.title || video.url))))]));
}
