/* Time: a histogram of dated events with two handles that choose the stretch shown. */
"use strict";
KG.buildTime = function () {
  const host = KG.$("time");
  if (KG.loading) {
    KG.bins = null;
    host.hidden = !KG.opening.timed;
    KG.timeFrame(KG.el("span", { id: "time-words" }, KG.loadingWords()));
    return;
  }
  const days = KG.facts
    .filter((f) => f.kind === "event" && f.date)
    .map((f) => KG.dayNumber(f.date))
    .sort((a, b) => a - b);
  if (days.length < 2 || days[0] === days[days.length - 1]) {
    host.hidden = true;
    KG.bins = null;
    return;
  }
  host.hidden = false;
  const { first, last } = KG.bulk(days);
  const width = Math.max(1, Math.ceil((last - first + 1) / 60));
  const n = Math.ceil((last - first + 1) / width);
  KG.bins = { first, last, width, n, before: days[0] < first, after: days[days.length - 1] > last };
  const range = (id, label, value) =>
    KG.el("input", { type: "range", id, min: 0, max: n - 1, step: 1, value, "aria-label": label });
  const from = range("time-from", "First day shown", 0);
  const to = range("time-to", "Last day shown", n - 1);
  const commit = () => {
    const [a, b] = [Math.min(+from.value, +to.value), Math.max(+from.value, +to.value)];
    KG.set({
      from: a === 0 ? "" : KG.isoDay(first + a * width),
      to: b === n - 1 ? "" : KG.isoDay(Math.min(first + (b + 1) * width - 1, last)),
    });
  };
  const told = () => {
    const [a, b] = [Math.min(+from.value, +to.value), Math.max(+from.value, +to.value)];
    from.setAttribute("aria-valuetext", KG.sayDate(KG.isoDay(first + a * width)));
    to.setAttribute("aria-valuetext", KG.sayDate(KG.isoDay(Math.min(first + (b + 1) * width - 1, last))));
    KG.$("time-words").textContent = KG.timeWords(a, b);
    [...KG.$("bars").children].forEach((bar, k) => bar.classList.toggle("out", k < a || k > b));
  };
  for (const input of [from, to]) {
    input.addEventListener("input", told);
    input.addEventListener("change", commit);
  }
  KG.timeFrame(
    KG.el("span", { id: "time-words" }),
    [from, to],
    [(KG.bins.before ? "earlier · " : "") + KG.sayDate(KG.isoDay(first), true), KG.sayDate(KG.isoDay(last), true) + (KG.bins.after ? " · later" : "")],
  );
  KG.told = told;
};

/* The strip as it stands before and after all is read: of one height, so that the picture above it keeps its own. */
KG.timeFrame = (words, handles = [], ends = ["\u00a0", ""]) =>
  KG.put(
    KG.$("time"),
    KG.el("div", { class: "time-head" }, KG.el("h2", {}, "Events over time"), words, KG.el("span", { id: "time-aside" })),
    KG.el("div", { class: "time-body" }, KG.el("div", { id: "bars", class: "bars", "aria-hidden": "true" }), handles),
    KG.el("div", { class: "time-ends", "aria-hidden": "true" }, ends.map((end) => KG.el("span", {}, end))),
  );

/* The days that nearly all lie in: a stray year of long ago must not squeeze all else into one bar. */
KG.bulk = function (sorted) {
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const kept = Math.ceil(sorted.length * 0.88);
  let best = [low, high];
  for (let i = 0; i + kept <= sorted.length; i++)
    if (sorted[i + kept - 1] - sorted[i] < best[1] - best[0]) best = [sorted[i], sorted[i + kept - 1]];
  const pad = Math.ceil((best[1] - best[0]) * 0.06);
  if (best[1] - best[0] + 2 * pad > (high - low) * 0.6) return { first: low, last: high };
  return { first: Math.max(best[0] - pad, low), last: Math.min(best[1] + pad, high) };
};

KG.timeWords = function (a, b) {
  const { first, last, width } = KG.bins;
  return `${KG.sayDate(KG.isoDay(first + a * width), true)} – ${KG.sayDate(KG.isoDay(Math.min(first + (b + 1) * width - 1, last)), true)}`;
};

/* Bars count the events that pass every filter but time. */
KG.showTime = function () {
  if (!KG.bins) return;
  const { first, width, n } = KG.bins;
  let undated = 0;
  const stacks = Array.from({ length: n }, () => ({ hostile: 0, friendly: 0, neutral: 0 }));
  for (const fact of KG.passing({ ...KG.state, from: "", to: "" })) {
    if (fact.kind !== "event") continue;
    if (!fact.date) {
      undated += 1;
      continue;
    }
    const k = Math.floor((KG.dayNumber(fact.date) - first) / width);
    stacks[Math.min(Math.max(k, 0), n - 1)][fact.stance] += 1; // the first and last bar hold all before and after
  }
  const most = Math.max(1, ...stacks.map((s) => s.hostile + s.friendly + s.neutral));
  KG.put(
    KG.$("bars"),
    stacks.map((stack) =>
      KG.el(
        "div",
        { class: "bar" },
        ["neutral", "friendly", "hostile"].map(
          (k) => stack[k] > 0 && KG.el("i", { class: k, style: { height: `${(stack[k] / most) * 100}%` } }),
        ),
      ),
    ),
  );
  const at = (iso, otherwise) =>
    iso ? Math.min(Math.max(Math.floor((KG.dayNumber(iso) - first) / width), 0), n - 1) : otherwise;
  KG.$("time-from").value = at(KG.state.from, 0);
  KG.$("time-to").value = at(KG.state.to, n - 1);
  KG.told();
  const aside = undated
    ? `${KG.plural(undated, "event")} without a date ${undated === 1 ? "stands" : "stand"} aside${KG.state.from || KG.state.to ? " and out of the picture" : ""}`
    : "";
  KG.$("time-aside").textContent = [aside, KG.timelessWords(KG.timeless(KG.passing()))].filter(Boolean).join("; ");
};

/* Under a stretch of time: how many facts have no time to be judged by (roles, lasting ties), and so stay in. */
KG.timeless = (facts) =>
  KG.state.from || KG.state.to ? facts.filter((f) => f.kind === "role" || f.kind === "relation").length : 0;
KG.timelessWords = (n) => (n ? `${KG.plural(n, "role or lasting tie", "roles and lasting ties")} without a date kept in` : "");
