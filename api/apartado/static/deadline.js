// A deadline of the viewer's: a ring, the time that is left, and until when.

import { countDown, stopCounting } from "./clock.js";
import { h, say } from "./dom.js";
import { makeRing } from "./ring.js";
import { readOverdue } from "./reading.js";
import { moment, t } from "./words.js";

/** Shows the deadline of `row` in `place`, or nothing while there is none; call the result whenever the row may have changed. */
export function deadlineOf(row, place) {
  const ring = makeRing();
  const time = h("time", { class: "left", role: "timer", "aria-label": t("time_left") });
  const until = h("span", { class: "until" });
  const parts = [ring, time, until];

  return function show() {
    const iso = row.my_expires_at;
    if (!iso) {
      if (!ring.isConnected) return;
      stopCounting(time);
      time.removeAttribute("datetime");
      place.replaceChildren();
      return;
    }
    if (!ring.isConnected) place.replaceChildren(...parts);
    if (time.dateTime !== iso || time.dataset.since !== row.my_since) {
      time.dateTime = iso;
      time.dataset.since = row.my_since;
      countDown(time, iso, () => readOverdue(row), { ring, since: row.my_since });
    }
    say(until, t(row.status === "offered" ? "answer_until" : "until", moment(iso, "short")));
  };
}
