// What is being pressed stays as it is until it is let go: a press and a release on two elements are no click.

let pressed = null; // what a finger, a mouse button or the space bar is on
const heldBack = new Map(); // place → how it is drawn

/** Draws a place at once, or when what is pressed in it is let go; of several drawings the last is done. */
export function drawUnpressed(place, draw) {
  if (place.contains(pressed)) heldBack.set(place, draw);
  else draw();
}

function letGo() {
  if (pressed === null) return;
  // the click comes after the release
  setTimeout(() => {
    pressed = null;
    const due = [...heldBack.values()];
    heldBack.clear();
    for (const draw of due) draw();
  });
}

addEventListener("pointerdown", ({ target, button }) => {
  if (button === 0) pressed = target;
}, true);
addEventListener("keydown", ({ target, key }) => {
  if (key === " ") pressed = target;
}, true);
for (const end of ["pointerup", "pointercancel", "keyup"]) addEventListener(end, letGo, true);
addEventListener("blur", letGo); // of the window: what is let go elsewhere is not told here
