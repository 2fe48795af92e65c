/* Hand: drag, wheel, pinch, tap and hover on a box, told as moves; used where the renderer is too slow to be asked. */
"use strict";
KG.Hand = class {
  constructor(box, tell) {
    this.box = box;
    this.tell = tell;
    this.pointers = new Map();
    this.moved = 0;
    this.lastTap = 0;
    box.addEventListener("pointerdown", (e) => this.down(e));
    box.addEventListener("pointermove", (e) => this.move(e));
    for (const name of ["pointerup", "pointercancel"]) box.addEventListener(name, (e) => this.up(e));
    box.addEventListener("pointerleave", () => this.tell.hover(null));
    box.addEventListener("wheel", (e) => this.wheel(e), { passive: false });
  }

  at(e) {
    const { left, top } = this.box.getBoundingClientRect();
    return { x: e.clientX - left, y: e.clientY - top };
  }

  down(e) {
    if (e.button > 0 || e.target.closest?.("details")) return; // a list over the picture is no part of it
    this.box.setPointerCapture(e.pointerId);
    this.pointers.set(e.pointerId, this.at(e));
    this.moved = this.pointers.size > 1 ? 99 : 0;
    this.tell.hover(null);
  }

  move(e) {
    const to = this.at(e);
    const from = this.pointers.get(e.pointerId);
    if (!from) {
      this.tell.hover(to);
      return;
    }
    this.moved += Math.hypot(to.x - from.x, to.y - from.y);
    const other = [...this.pointers].find(([id]) => id !== e.pointerId)?.[1];
    if (other) {
      const before = Math.hypot(from.x - other.x, from.y - other.y);
      const after = Math.hypot(to.x - other.x, to.y - other.y);
      if (before > 5 && after > 5) this.tell.zoom(after / before, { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
    } else if (this.moved > 3) this.tell.pan(to.x - from.x, to.y - from.y);
    this.pointers.set(e.pointerId, to);
  }

  up(e) {
    if (!this.pointers.delete(e.pointerId)) return;
    if (this.moved > 3 || e.type === "pointercancel") {
      if (!this.pointers.size) this.tell.done();
      return;
    }
    const now = performance.now();
    if (now - this.lastTap < 350) this.tell.open(this.at(e));
    else this.tell.tap(this.at(e));
    this.lastTap = now;
  }

  wheel(e) {
    if (e.target.closest?.("details")) return;
    e.preventDefault();
    const step = e.deltaMode ? e.deltaY * 16 : e.deltaY;
    this.tell.zoom(Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0022), this.at(e));
  }
};
