/* Apart: what is shown fills the screen that it is shown on, and its nodes and names give way to one another there. The
   drawing that comes with the page does so for all its nodes on a usual screen; one seldom looks at all, or on that. */
"use strict";
const APART = { most: 200, looks: 4, rounds: 80, stretch: 1.6, named: 0.4 };
KG.moved = new Map();
KG.stretch = { x: 1, y: 1 };

/* How many nodes a level begins with: as many as have room for their names. */
KG.first = function (level, found = Infinity) {
  const { clientWidth, clientHeight } = KG.$("stage");
  if (!KG.phone || KG.WIDE.includes(level)) return KG.FIRST;
  const most = Math.min(Math.max(Math.round((clientWidth * clientHeight) / 5000), 30), KG.FIRST);
  return found <= most * 1.2 ? Math.min(found, KG.FIRST) : most;
};

KG.moveApart = function (display, size) {
  const aside = new Set(display.rim);
  const ids = display.nodes.filter((id) => !aside.has(id)).sort((a, b) => KG.nodes[a].order - KG.nodes[b].order || a - b);
  if (ids.length < 2 || ids.length > APART.most || KG.WIDE.includes(KG.state.level)) return;
  KG.chooseBoost(display, size);
  const first = KG.fitting(display, size, KG.home.boost).scale;
  for (let look = 0; look < APART.looks; look++) {
    const { scale } = KG.fitting(display, size, KG.home.boost);
    const boxes = KG.boxesOf(ids, display.level, scale, size);
    const room = KG.roomBeside(boxes, size);
    const stretched = KG.fillScreen(boxes, room);
    if (!KG.pushApart(boxes, Math.min(Math.max(room.y / room.x, 0.5), 2) * 0.7) && !stretched) return;
    // what has grown is brought back to the size at which it was seen
    const seen = (box, axis) => (box.fixed ? box.fixed[axis === "x" ? 0 : 1] : box[axis] / scale);
    for (const box of boxes) KG.moved.set(box.id, { x: seen(box, "x"), y: seen(box, "y") });
    const back = KG.fitting(display, size, KG.home.boost).scale / first;
    for (const at of KG.moved.values()) [at.x, at.y] = [at.x * back, at.y * back];
    KG.stretch.x *= back;
    KG.stretch.y *= back;
  }
};

/* How many times as wide and as tall the screen is as what is drawn on it. */
KG.roomBeside = function (boxes, size) {
  const reach = (axis, low, high) => Math.max(...boxes.map((b) => b[axis] + b[high])) - Math.min(...boxes.map((b) => b[axis] - b[low]));
  const foot = size.width < 600 ? 150 : 80;
  return { x: (size.width - 20) / reach("x", "half", "half"), y: (size.height - foot) / reach("y", "up", "down") };
};

/* Stretch the drawing along the side of the screen that it leaves empty; says whether it did. */
KG.fillScreen = function (boxes, room) {
  const [axis, other] = room.x > room.y ? ["x", "y"] : ["y", "x"];
  const factor = Math.min(room[axis] / room[other], (APART.stretch * KG.stretch[other]) / KG.stretch[axis]);
  if (!(factor > 1.04)) return false;
  for (const box of boxes) box[axis] *= factor;
  KG.stretch[axis] *= factor;
  return true;
};

/* The room that nodes take as they are seen, the most important with their names below them as long as there is room for that. */
KG.boxesOf = function (ids, level, scale, size) {
  let room = APART.named * size.width * size.height;
  return ids.map((id) => {
    const node = KG.nodes[id];
    const { x, y } = KG.position(node, level);
    const r = KG.nodeSize(node) * scale;
    const { px, font } = KG.nameType(node, scale, size.width < 600);
    const name = Math.min(KG.measure(KG.clip(node.label, node.thing ? 30 : 14), font) / 2, size.width * 0.16);
    const bare = { id, fixed: KG.isPut(node, level), x: x * scale, y: y * scale, half: r + 3, up: r + 3, down: r + 3 };
    const box = { ...bare, half: Math.max(r, name) + 3, down: r + px * 1.25 + 2 };
    room -= 2 * box.half * (box.up + box.down);
    return room > 0 ? box : bare;
  });
};

/* Move boxes off one another along the way that is shorter, the one sideways being worth
   `sideways` as much as the one up or down; says whether any had to. */
KG.pushApart = function (boxes, sideways) {
  let moved = false;
  for (let round = 0; round < APART.rounds; round++) {
    let hit = false;
    boxes.forEach((a, i) => {
      for (let j = i + 1; j < boxes.length; j++) {
        const b = boxes[j];
        const dx = b.x - a.x;
        const dy = b.y - a.y;
        const overX = a.half + b.half - Math.abs(dx);
        const overY = (dy > 0 ? a.down + b.up : a.up + b.down) - Math.abs(dy);
        if (overX <= 0.5 || overY <= 0.5 || (a.fixed && b.fixed)) continue;
        hit = moved = true;
        const share = a.fixed ? [0, 0.7] : b.fixed ? [0.7, 0] : [0.35, 0.35];
        const axis = overX * sideways < overY ? "x" : "y";
        const step = axis === "x" ? overX * (dx < 0 ? -1 : 1) : overY * (dy < 0 ? -1 : 1);
        a[axis] -= step * share[0];
        b[axis] += step * share[1];
      }
    });
    if (!hit) break;
  }
  return moved;
};
