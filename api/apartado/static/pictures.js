// Pictures of records. A shop refers to pictures; where they may come from, its operator says (APARTADO_PICTURES),
// and the page's policy enforces it. A record without one, or whose picture does not come, has its drawn sleeve.

import { h } from "./dom.js";

const allowed = (document.querySelector("meta[name=pictures]")?.content ?? "").split(" ").filter(Boolean);

function mayShow(url) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return false;
  }
  return address.origin === location.origin || allowed.includes(address.origin) || allowed.includes(address.protocol);
}

/** The picture to show first: the one whose role says so, else the first. */
export function pictureOf(row) {
  const images = (row.images ?? []).filter(({ url }) => mayShow(url));
  const rank = ({ role }) => (/^(primary|cover|front)$/i.test(role ?? "") ? 0 : 1);
  return images.sort((a, b) => rank(a) - rank(b))[0]?.url ?? null;
}

/** An image over the drawn sleeve, which stays in sight until the picture is there. */
export function showPicture(art, url) {
  const image = h("img", { class: "sleeve photo", alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
  image.addEventListener("load", () => image.closest(".art")?.classList.add("pictured"));
  image.addEventListener("error", () => image.remove());
  image.src = url;
  art.append(image);
}
