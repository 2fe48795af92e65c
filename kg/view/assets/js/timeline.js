/* Timeline: a lane for each of the main actors, a mark for each happening, and the same as a list below. */
"use strict";
KG.showTimeline = function () {
  const host = KG.$("timeline");
  const events = KG.display.facts
    .filter(
      (f) => f.kind === "event" && f.day && (!KG.state.roots.length || f.parts.some(([, id]) => KG.state.roots.includes(id))),
    )
    .sort(KG.byTime);
  if (!events.length) return KG.put(host, KG.el("p", { class: "nothing" }, "No dated event passes the filters."));
  KG.put(host, KG.lanes(events), KG.el("h2", {}, "In order"), KG.dayList(events));
};

KG.lanes = function (events) {
  const counts = new Map();
  for (const f of events)
    for (const id of new Set([...KG.who(f, "agent"), ...KG.who(f, "patient")])) counts.set(id, (counts.get(id) || 0) + 1);
  const actors = [...counts]
    .sort((a, b) => b[1] - a[1] || KG.nodes[b[0]].rank - KG.nodes[a[0]].rank || a[0] - b[0])
    .slice(0, 14)
    .map(([id]) => id);
  const lane = new Map(actors.map((id, i) => [id, i]));
  const days = events.map((f) => KG.dayNumber(f.day));
  const { first: low, last: high } = KG.bulk([...days].sort((a, b) => a - b));
  const width = Math.max(KG.$("stage").clientWidth - 40, 560);
  const [left, top, step] = [width < 700 ? 130 : 190, 34, 34];
  const height = top + actors.length * step + 10;
  // what lies before or after the bulk stands in a margin of its own
  const [early, late] = [days.some((d) => d < low) ? 34 : 0, days.some((d) => d > high) ? 34 : 0];
  const along = (day) => left + 16 + early + ((day - low) / Math.max(high - low, 1)) * (width - left - 44 - early - late);
  const x = (day) => (day < low ? left + 16 : day > high ? width - 22 : along(day));
  const palette = KG.palette();
  const parts = actors.map((id, i) => {
    const y = top + i * step + step / 2;
    const node = KG.nodes[id];
    return [
      KG.el("svg:line", { x1: left, x2: width, y1: y, y2: y, class: "lane" }),
      KG.el(
        "svg:text",
        { x: left - 10, y: y + 4, "text-anchor": "end", class: "lane-name", "data-node": id, on: { click: () => KG.pick(id) } },
        KG.clip(node.label, width < 700 ? 17 : 26),
      ),
    ];
  });
  if (early) parts.push(KG.el("svg:text", { x: left + 16, y: 18, "text-anchor": "middle", class: "day" }, "earlier"));
  if (late) parts.push(KG.el("svg:text", { x: width - 22, y: 18, "text-anchor": "middle", class: "day" }, "later"));
  for (const [day, text] of KG.dayTicks(low, high, width < 700 ? 4 : 8)) {
    const at = along(day);
    if ((early && at < left + 80) || at > width - (late ? 80 : 30)) continue;
    parts.push(
      KG.el("svg:line", { x1: at, x2: at, y1: top - 8, y2: height, class: "day-line" }),
      KG.el("svg:text", { x: at, y: 18, "text-anchor": "middle", class: "day" }, text),
    );
  }
  const used = new Map();
  events.slice(0, 1500).forEach((fact, i) => {
    const rows = [
      ...new Set([...KG.who(fact, "agent"), ...KG.who(fact, "patient")].filter((id) => lane.has(id)).map((id) => lane.get(id))),
    ].sort((a, b) => a - b);
    if (!rows.length) return;
    const key = `${Math.round(x(days[i]) / 7)}`;
    const shift = used.get(key) || 0;
    used.set(key, shift + 1);
    const at = x(days[i]) + ((shift % 7) - (shift ? 3 : 0)) * 5 * (shift ? 1 : 0);
    parts.push(
      KG.laneMark(
        fact,
        at,
        rows.map((r) => top + r * step + step / 2),
        lane,
        palette,
      ),
    );
  });
  return KG.el(
    "svg:svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: "lanes",
      role: "img",
      "aria-label": `Timeline of ${KG.plural(events.length, "event")}; the list below tells the same`,
    },
    parts,
  );
};

/* Round days between two: every so many days, months or years, whichever gives about as many as wanted. */
KG.dayTicks = function (low, high, most) {
  const span = high - low;
  const from = new Date(low * 864e5);
  const ticks = [];
  const days = [1, 2, 7, 14].find((n) => span / n <= most);
  if (days) for (let d = low + (days > 1 ? 1 : 0); d <= high; d += days) ticks.push([d, KG.sayDate(KG.isoDay(d), true)]);
  else {
    const months = [1, 2, 3, 6].find((n) => span / (30 * n) <= most) || 12 * Math.ceil(span / 365 / most);
    let m = from.getUTCFullYear() * 12 + Math.ceil((from.getUTCMonth() + (from.getUTCDate() > 1 ? 1 : 0)) / months) * months;
    if (months >= 12) m = Math.ceil(m / months) * months;
    for (; ; m += months) {
      const iso = `${String(Math.floor(m / 12)).padStart(4, "0")}-${String((m % 12) + 1).padStart(2, "0")}`;
      const d = KG.dayNumber(iso);
      if (d > high || ticks.length > most * 2) break;
      ticks.push([d, months >= 12 ? iso.slice(0, 4) : KG.sayDate(iso, true)]);
    }
  }
  return ticks;
};

KG.laneMark = function (fact, x, ys, lane, palette) {
  const colour = palette.stances[fact.stance];
  const { dash, weight } = KG.styles.modalities[fact.modality];
  const agents = new Set(KG.who(fact, "agent").map((id) => lane.get(id)));
  const group = KG.el(
    "svg:g",
    { class: "mark-event", opacity: weight, "data-event": fact.i, on: { click: () => KG.set({ sel: `n:${fact.n}` }) } },
    KG.el("svg:title", {}, `${KG.sayWhen(fact)}: ${fact.label}`),
  );
  if (ys.length > 1)
    group.append(
      KG.el("svg:line", {
        x1: x,
        x2: x,
        y1: ys[0],
        y2: ys[ys.length - 1],
        stroke: colour,
        "stroke-width": 2,
        "stroke-dasharray": dash.join(" ") || null,
      }),
    );
  for (const y of ys) {
    const acts = agents.has(Math.round((y - 51) / 34));
    group.append(
      fact.stance === "hostile"
        ? KG.el("svg:polygon", {
            points: `${x - 6},${y + 5} ${x + 6},${y + 5} ${x},${y - 6}`,
            fill: acts ? colour : palette.paper,
            stroke: colour,
            "stroke-width": 2,
          })
        : KG.el(fact.stance === "friendly" ? "svg:circle" : "svg:rect", {
            ...(fact.stance === "friendly" ? { cx: x, cy: y, r: 5 } : { x: x - 4.5, y: y - 4.5, width: 9, height: 9 }),
            fill: acts ? colour : palette.paper,
            stroke: colour,
            "stroke-width": 2,
          }),
    );
  }
  return group;
};

KG.dayList = function (events) {
  const days = new Map();
  for (const fact of events) {
    const key = fact.date || fact.day;
    if (!days.has(key)) days.set(key, []);
    days.get(key).push(fact);
  }
  return KG.some(
    [...days],
    ([day, facts]) =>
      KG.el(
        "section",
        { class: "day-block" },
        KG.el("h3", {}, KG.sayDate(day)),
        KG.el(
          "ul",
          { class: "plain" },
          facts.map((f) => KG.el("li", {}, KG.timelineRow(f))),
        ),
      ),
    60,
  );
};

KG.timelineRow = (fact) =>
  KG.el(
    "button",
    { type: "button", class: `line ${fact.stance}`, "data-event": fact.i, on: { click: () => KG.set({ sel: `n:${fact.n}` }) } },
    KG.lineSign(fact.stance, fact.modality, KG.palette()),
    KG.el("span", { dir: "auto" }, fact.label),
    fact.modality !== "Asserted" && KG.el("small", {}, KG.styles.modalities[fact.modality].label),
  );
