"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const list = $("list");
  const items = [...list.children].map((node) => ({
    node,
    n: Number(node.dataset.n),
    article: node.dataset.a,
    fault: node.dataset.fault,
    look: node.dataset.look,
    sure: node.dataset.sure === undefined ? null : Number(node.dataset.sure),
    words: node.textContent.toLowerCase(),
  }));
  const byNumber = new Map(items.map((item) => [item.n, item]));
  const texts = [...document.querySelectorAll("#texts article")];
  const marks = texts.map((text) =>
    [...text.querySelectorAll("[data-f]")].map((node) => ({ node, of: node.dataset.f.split(" ").map(Number) })),
  );
  const boxes = [...document.querySelectorAll("input[name=fault]")];
  const strength = { missed: 3, extra: 3, differs: 2, right: 1 };
  let shown = [];
  let current = null;

  const order = {
    text: (a, b) => a.n - b.n,
    sure: (a, b) => (b.sure ?? -1) - (a.sure ?? -1) || a.n - b.n,
    unsure: (a, b) => (a.sure ?? 2) - (b.sure ?? 2) || a.n - b.n,
  };

  function filter() {
    const faults = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const article = $("article").value;
    const words = $("search").value.trim().toLowerCase();
    const here = items.filter((item) => (!article || item.article === article) && item.words.includes(words));
    const counts = new Map();
    for (const item of here) counts.set(item.fault, (counts.get(item.fault) ?? 0) + 1);
    for (const out of document.querySelectorAll("[data-count]")) out.textContent = counts.get(out.dataset.count) ?? 0;
    shown = here.filter((item) => faults.has(item.fault)).sort(order[$("order").value]);
    const visible = new Set(shown);
    for (const item of items) item.node.hidden = !visible.has(item);
    list.append(...shown.map((item) => item.node));
    $("count").textContent = `${shown.length} of ${here.length} findings`;
    if (!visible.has(current)) choose(null);
    if (article) open(article);
    paint();
  }

  function open(article) {
    texts.forEach((text) => (text.hidden = text.dataset.a !== article));
  }

  function paint() {
    const visible = new Set(shown.map((item) => item.n));
    const at = texts.findIndex((text) => !text.hidden);
    for (const { node, of } of marks[at] ?? []) {
      const mine = of.filter((n) => visible.has(n));
      const best = mine.map((n) => byNumber.get(n).look).sort((a, b) => strength[b] - strength[a])[0];
      node.className = best ? `s ${best}${current && mine.includes(current.n) ? " now" : ""}` : "";
    }
  }

  function choose(item, focus) {
    current?.node.removeAttribute("aria-current");
    current = item;
    if (!item) return paint();
    item.node.setAttribute("aria-current", "true");
    if (focus) item.node.firstElementChild.focus();
    item.node.scrollIntoView({ block: "nearest" });
    open(item.article);
    paint();
    document.querySelector("#texts .now")?.scrollIntoView({ block: "center" });
  }

  function step(by) {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by));
    choose(shown[next], true);
  }

  function turn(by) {
    const select = $("article");
    const count = select.options.length;
    select.selectedIndex = (select.selectedIndex + by + count) % count;
    filter();
  }

  list.addEventListener("click", (event) => {
    const node = event.target.closest("li");
    if (node) choose(byNumber.get(Number(node.dataset.n)));
  });
  $("texts").addEventListener("click", (event) => {
    const mark = event.target.closest(".s");
    if (!mark) return;
    const visible = new Set(shown.map((item) => item.n));
    const mine = mark.dataset.f.split(" ").map(Number).filter((n) => visible.has(n));
    // a click on what is chosen already goes on to what lies around it
    const at = current ? mine.indexOf(current.n) : -1;
    if (mine.length) choose(byNumber.get(mine[(at + 1) % mine.length]));
  });
  for (const id of ["article", "order"]) $(id).addEventListener("change", filter);
  $("search").addEventListener("input", filter);
  for (const box of boxes) box.addEventListener("change", filter);
  const tick = (to) => () => {
    for (const box of boxes) box.checked = to && box.value !== "right";
    filter();
  };
  $("every").addEventListener("click", tick(true));
  $("none").addEventListener("click", tick(false));
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("figures-button").addEventListener("click", () => {
    const closed = ($("figures").hidden = !$("figures").hidden);
    $("figures-button").setAttribute("aria-expanded", String(!closed));
  });
  const dark = () =>
    (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  $("theme").setAttribute("aria-pressed", String(dark()));
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    $("theme").setAttribute("aria-pressed", String(dark()));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input[type=search], select");
    if (event.key === "Escape" && typing) return event.target.blur();
    if (typing) return;
    const inList = list.contains(event.target);
    const keys = {
      j: () => step(1),
      k: () => step(-1),
      n: () => turn(1),
      p: () => turn(-1),
      "/": () => $("search").focus(),
    };
    if (inList) Object.assign(keys, { ArrowDown: keys.j, ArrowUp: keys.k });
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  filter();
  document.body.dataset.ready = "yes";
})();
