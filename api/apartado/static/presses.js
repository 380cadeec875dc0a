// One press is one. And what is being pressed stays as it is until the click is over: a press and a release on two elements are no
// click, and that of a finger comes a moment after it is lifted, and goes to what lies there then.

const LATE = 300; // milliseconds after the release in which a click may come
const pressed = new Map(); // finger, mouse or key → what it is on, and the timer that runs since it was let go (0: it was not)
const heldBack = new Map(); // place → how it is drawn

/** Draws a place at once, or when nothing in it is pressed any more; of several drawings the last is done. */
export function drawUnpressed(place, draw) {
  if ([...pressed.values()].some(({ target }) => place.contains(target))) {
    heldBack.set(place, draw);
    return;
  }
  heldBack.delete(place);
  draw();
}

function press(which, target) {
  clearTimeout(pressed.get(which)?.timer);
  pressed.set(which, { target, timer: 0 });
}

function letGo(which, delay) {
  const one = pressed.get(which);
  if (one === undefined) return;
  clearTimeout(one.timer);
  one.timer = setTimeout(() => {
    pressed.delete(which);
    const due = [...heldBack];
    heldBack.clear();
    for (const [place, draw] of due) drawUnpressed(place, draw);
  }, delay);
}

addEventListener("pointerdown", ({ pointerId, target, button }) => {
  if (button === 0) press(pointerId, target);
}, true);
addEventListener("pointerup", ({ pointerId }) => letGo(pointerId, LATE), true);
addEventListener("pointercancel", ({ pointerId }) => letGo(pointerId, 0), true);
addEventListener("keydown", ({ key, target }) => {
  if (key === " ") press(key, target);
}, true);
addEventListener("keyup", ({ key }) => letGo(key, LATE), true);
// whoever hears the click hears it before anything is drawn
addEventListener("click", () => pressed.forEach(({ timer }, which) => timer !== 0 && letGo(which, 0)), true);
// of the window: what is let go elsewhere is not told here
addEventListener("blur", () => pressed.forEach(({ timer }, which) => timer === 0 && letGo(which, LATE)));

// A key that is held goes on pressing, and so does the second click of two, whatever has come there meanwhile: a dialog that is
// open by now, or what it was opened with.
const ONCE = "[data-deed], [data-action], [type=submit]";
addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && event.target.tagName !== "TEXTAREA") event.preventDefault();
}, true);
addEventListener("click", (event) => {
  if (event.detail < 2 || !event.target.closest(ONCE)) return;
  event.preventDefault();
  event.stopPropagation();
}, true);
