/* Timeline: a lane for each of the main actors, a mark for each happening, and the same as a list below. */
"use strict";
KG.showTimeline = function () {
  const host = KG.$("timeline");
  const all = KG.display.facts.filter(
    (f) => f.kind === "event" && (!KG.state.roots.length || f.parts.some(([, id]) => KG.state.roots.includes(id))),
  );
  const events = all.filter((f) => f.date).sort(KG.byTime);
  const undated = all.filter((f) => !f.date).sort(KG.byTime);
  const chosen = KG.facts[KG.nodes[KG.selected()]?.fact];
  const least = (items, n, test) => Math.max(n, items.findIndex(test) + 1); // what is selected is not behind a button
  const aside = undated.length > 0 && [
    KG.el("h2", { id: "undated" }, "Without a date"),
    KG.el(
      "p",
      { class: "nothing" },
      `${KG.plural(undated.length, "event")} of ${all.length.toLocaleString("en")} ${undated.length === 1 ? "stands" : "stand"} aside: the articles do not say when.`,
    ),
    KG.some(undated, (f) => KG.el("div", { class: "day-block" }, KG.el("h3", {}, KG.sayWhen(f)), KG.timelineRow(f)), least(undated, 20, (f) => f === chosen)),
  ];
  if (!events.length) return KG.put(host, KG.el("p", { class: "nothing" }, "No dated event passes the filters."), aside);
  const days = KG.byDay(events);
  const list = KG.dayList(days, least(days, 60, ([, own]) => own.includes(chosen)));
  KG.put(host, KG.lanes(events, undated.length, chosen), KG.el("h2", {}, "In order"), list, aside);
};

const MARK = 13; // from one mark of a stack to the next
/* Marks of one time stand one under the other, each where its time is. */
KG.stackMarks = function (marks, lanes) {
  const held = Array.from({ length: lanes }, () => []);
  for (const mark of marks) {
    mark.levels = new Map();
    for (const r of mark.rows) {
      let level = 0;
      while ((held[r][level] ?? -Infinity) > mark.x - MARK) level += 1;
      mark.levels.set(r, level);
      held[r][level] = mark.x;
    }
  }
  return held.map((levels) => Math.max(levels.length, 1));
};

KG.lanes = function (events, undated, chosen) {
  const counts = new Map();
  for (const f of events)
    for (const id of new Set([...KG.who(f, "agent"), ...KG.who(f, "patient")])) counts.set(id, (counts.get(id) || 0) + 1);
  const actors = [...counts]
    .sort((a, b) => b[1] - a[1] || KG.nodes[b[0]].order - KG.nodes[a[0]].order || a[0] - b[0])
    .slice(0, 14)
    .map(([id]) => id);
  // who takes part in what is selected has a lane, too
  if (events.includes(chosen)) for (const id of KG.who(chosen, "agent", "patient").slice(0, 4)) if (!actors.includes(id)) actors.push(id);
  const lane = new Map(actors.map((id, i) => [id, i]));
  const days = events.map((f) => KG.dayNumber(f.date));
  const { first: low, last: high } = KG.bulk([...days].sort((a, b) => a - b));
  const width = Math.max(KG.$("stage").clientWidth - 40, 300);
  const [left, top] = [KG.phone ? 104 : width < 700 ? 130 : 190, 34];
  // what lies before or after the bulk stands in a margin of its own
  const [early, late] = [days.some((d) => d < low) ? 34 : 0, days.some((d) => d > high) ? 34 : 0];
  const along = (day) => left + 16 + early + ((day - low) / Math.max(high - low, 1)) * (width - left - 44 - early - late);
  const x = (day) => (day < low ? left + 16 : day > high ? width - 22 : along(day));
  const marks = events
    .slice(0, 1500)
    .map((fact, i) => ({
      fact,
      x: x(days[i]),
      until: x(Math.min(KG.dayNumber(KG.reach(fact).last), high)),
      rows: [
        ...new Set(
          [...KG.who(fact, "agent"), ...KG.who(fact, "patient")].filter((id) => lane.has(id)).map((id) => lane.get(id)),
        ),
      ].sort((a, b) => a - b),
    }))
    .filter((mark) => mark.rows.length)
    .sort((a, b) => a.x - b.x || a.fact.i - b.fact.i);
  const levels = KG.stackMarks(marks, actors.length);
  const pitch = levels.map((n) => Math.min(MARK, 130 / n));
  const begins = [];
  let foot = top;
  levels.forEach((n, r) => {
    begins.push(foot);
    foot += Math.max(n * pitch[r] + 12, 30);
  });
  const y = (r, level) => begins[r] + (levels[r] === 1 ? 15 : 12 + level * pitch[r]);
  const palette = KG.palette();
  const parts = actors.map((id, r) => [
    KG.el("svg:line", { x1: left, x2: width, y1: begins[r], y2: begins[r], class: "lane" }),
    KG.laneName(id, left - 10, begins[r], KG.phone ? 13 : width < 700 ? 17 : 26),
  ]);
  if (early) parts.push(KG.el("svg:text", { x: left + 16, y: 18, "text-anchor": "middle", class: "day" }, "earlier"));
  if (late) parts.push(KG.el("svg:text", { x: width - 22, y: 18, "text-anchor": "middle", class: "day" }, "later"));
  for (const [day, text] of KG.dayTicks(low, high, KG.phone ? 3 : width < 700 ? 4 : 8)) {
    const at = along(day);
    if ((early && at < left + 80) || at > width - (late ? 80 : 30)) continue;
    parts.push(
      KG.el("svg:line", { x1: at, x2: at, y1: top - 8, y2: foot, class: "day-line" }),
      KG.el("svg:text", { x: at, y: 18, "text-anchor": "middle", class: "day" }, text),
    );
  }
  parts.push(KG.el("svg:line", { x1: left, x2: width, y1: foot, y2: foot, class: "lane" }));
  for (const mark of marks) parts.push(KG.laneMark(mark, y, lane, palette));
  const key = KG.laneKey(left, foot + 24, width, palette, marks, undated);
  const height = key.foot;
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
    key.parts,
  );
};

/* A name before its lane, in two lines where one has no room for it. */
KG.laneName = function (id, x, top, most) {
  const words = KG.nodes[id].label.split(" ");
  let first = "";
  while (words.length > 1 && `${first} ${words[0]}`.trim().length <= most) first = `${first} ${words.shift()}`.trim();
  const lines = words.length && first ? [first, KG.clip(words.join(" "), most)] : [KG.clip(KG.nodes[id].label, most)];
  const whole = KG.nodes[id].label.length <= most ? [KG.nodes[id].label] : lines;
  return KG.el(
    "svg:text",
    { x, "text-anchor": "end", class: "lane-name", "data-node": id, on: { click: () => KG.pick(id) } },
    whole.map((line, k) => KG.el("svg:tspan", { x, y: top + (whole.length > 1 ? 13 + 13 * k : 19) }, line)),
  );
};

/* What shapes and fills mean, within the picture, so that it leaves with it. */
KG.laneKey = function (left, top, width, palette, marks, undated) {
  const parts = [];
  let [x, y] = [12, top];
  const used = (key, value) => marks.some((m) => m.fact[key] === value);
  const item = (signs, words) => {
    const wide = 22 + KG.measure(words, `400 12px ${KG.SANS}`) + 18;
    if (x > 12 && x + wide > width) [x, y] = [12, y + 20];
    parts.push(signs(x + 7, y), KG.el("svg:text", { x: x + 20, y: y + 4, class: "key-words" }, words));
    x += wide;
  };
  for (const [stance, { label }] of Object.entries(KG.styles.stances))
    if (used("stance", stance)) item((cx, cy) => KG.markSign(stance, cx, cy, palette.stances[stance], palette, true), label);
  item((cx, cy) => KG.markSign("neutral", cx, cy, palette.soft, palette, true), "filled: who acts");
  item((cx, cy) => KG.markSign("neutral", cx, cy, palette.soft, palette, false), "hollow: who is acted on");
  for (const [name, { label, dash, weight }] of Object.entries(KG.styles.modalities))
    if (name !== "Asserted" && used("modality", name))
      item(
        (cx, cy) =>
          KG.el("svg:line", {
            x1: cx - 7,
            x2: cx + 9,
            y1: cy,
            y2: cy,
            stroke: palette.soft,
            "stroke-width": 2,
            "stroke-dasharray": dash.join(" ") || null,
            opacity: weight,
          }),
        label,
      );
  if (marks.some((m) => m.until - m.x > MARK))
    item(
      (cx, cy) =>
        KG.el("svg:line", { x1: cx - 7, x2: cx + 9, y1: cy, y2: cy, stroke: palette.soft, "stroke-width": 4, opacity: 0.3 }),
      "band: some time within",
    );
  if (undated) item(() => null, `${KG.plural(undated, "event")} without a date not drawn`);
  return { parts: KG.el("svg:g", { class: "lane-key" }, parts), foot: y + 16 };
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

/* The sign of a stance, filled for who acts. */
KG.markSign = function (stance, x, y, colour, palette, acts) {
  const paint = { fill: acts ? colour : palette.paper, stroke: colour, "stroke-width": 2 };
  if (stance === "hostile") return KG.el("svg:polygon", { points: `${x - 6},${y + 5} ${x + 6},${y + 5} ${x},${y - 6}`, ...paint });
  return stance === "friendly"
    ? KG.el("svg:circle", { cx: x, cy: y, r: 5, ...paint })
    : KG.el("svg:rect", { x: x - 4.5, y: y - 4.5, width: 9, height: 9, ...paint });
};

KG.laneMark = function ({ fact, x, until, rows, levels }, place, lane, palette) {
  const y = (r) => place(r, levels.get(r));
  const colour = palette.stances[fact.stance];
  const { dash, weight } = KG.styles.modalities[fact.modality];
  const agents = new Set(KG.who(fact, "agent").map((id) => lane.get(id)));
  const group = KG.el(
    "svg:g",
    {
      class: "mark-event",
      opacity: weight,
      "data-event": fact.i,
      "data-x": x,
      on: { click: () => KG.set({ sel: `n:${fact.n}` }) },
    },
    KG.el("svg:title", {}, `${KG.sayWhen(fact)}: ${fact.label}`),
  );
  const line = (x1, y1, x2, y2, more) => KG.el("svg:line", { x1, y1, x2, y2, stroke: colour, ...more });
  if (rows.length > 1)
    group.append(
      line(x, y(rows[0]), x, y(rows[rows.length - 1]), {
        "stroke-width": 2,
        "stroke-dasharray": dash.join(" ") || null,
      }),
    );
  for (const r of rows) {
    // a month or a year is a stretch, not its first day
    if (until - x > MARK) group.append(line(x, y(r), until, y(r), { "stroke-width": 4, "stroke-opacity": 0.3 }));
    group.append(KG.markSign(fact.stance, x, y(r), colour, palette, fact.mutual || agents.has(r)));
  }
  return group;
};

KG.byDay = function (events) {
  const days = new Map();
  for (const fact of events) days.set(fact.date, [...(days.get(fact.date) || []), fact]);
  return [...days];
};
KG.dayList = (days, shown) =>
  KG.some(
    days,
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
    shown,
  );

KG.timelineRow = (fact) =>
  KG.el(
    "button",
    { type: "button", class: `line ${fact.stance}`, "data-event": fact.i, on: { click: () => KG.set({ sel: `n:${fact.n}` }) } },
    KG.lineSign(fact.stance, fact.modality, KG.palette()),
    KG.el("span", { dir: "auto" }, fact.label, KG.unsaidWords(fact)),
    fact.modality !== "Asserted" && KG.el("small", {}, KG.styles.modalities[fact.modality].label),
  );
