// Shows the rows of an answer as a table that sorts, as a chart, or as a graph; the table is read from the page.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const BARS = 40;
  const EDGES = 400;
  const READABLE = 160; // more lines at a time can't be told apart
  // what says how two are tied, and is neither of them
  const TIES = /^(link|relation|predicate|class|type|kind|modality|what|words|trigger|cue|former|direct|label|title|job|fact|event|statement|membership)$/i;

  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const draw = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const read = (table) => {
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows].map((row) =>
      [...row.cells].map((cell) => ({
        sort: cell.dataset.sort,
        value: cell.dataset.value,
        shown: cell.textContent.trim(),
        page: cell.querySelector("a")?.getAttribute("href") || "",
      })),
    );
    const sorts = names.map((_, k) => {
      const found = rows.map((row) => row[k].sort).filter((sort) => sort !== "none");
      return found.length && found.every((sort) => sort === found[0]) ? found[0] : found.length ? "text" : "none";
    });
    return { names, rows, sorts };
  };

  const picker = (label, options, chosen, act) => {
    const select = make("select");
    select.append(...options.map(([value, name]) => make("option", { value, textContent: name, selected: value === chosen })));
    select.addEventListener("change", act);
    return [make("label", {}, `${label} `, select), select];
  };

  // the table

  const sortable = (table) => {
    const body = table.tBodies[0];
    const order = (k, down) => {
      const number = (cell) => (cell.dataset.sort === "number" ? Number(cell.dataset.value) : Number.NaN);
      const rows = [...body.rows].sort((one, other) => {
        const [a, b] = [one.cells[k], other.cells[k]];
        const difference = number(a) - number(b);
        return (
          (Number.isNaN(difference) ? a.dataset.value.localeCompare(b.dataset.value, "en", { numeric: true }) : difference) *
          (down ? -1 : 1)
        );
      });
      body.append(...rows);
    };
    [...table.tHead.rows[0].cells].forEach((head, k) => {
      const button = make("button", { type: "button", textContent: head.textContent });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        order(k, down);
      });
    });
  };

  // the chart

  const chart = (place, data) => {
    const columns = data.names.map((name, k) => [String(k), name]);
    const numbers = columns.filter(([k]) => data.sorts[k] === "number");
    const named = columns.filter(([k]) => !["number", "none"].includes(data.sorts[k]));
    const first = named.find(([k]) => data.sorts[k] === "text") || named[0] || columns[0];
    const dated = named.find(([k]) => data.sorts[k] === "date");
    const [byLabel, by] = picker("One bar for each", named.length ? named : columns, (numbers.length ? first : dated || first)[0], () => show());
    const [ofLabel, of] = picker(
      "Its length",
      [...numbers, ["rows", "number of rows"]],
      numbers.length ? numbers[0][0] : "rows",
      () => show(),
    );
    const plot = make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": "Chart" });
    const note = make("p", { className: "soft" });

    const show = () => {
      const sums = new Map();
      for (const row of data.rows) {
        const cell = row[by.value];
        const name = (cell.sort === "date" ? cell.shown.slice(0, 10) : cell.shown) || "–";
        const amount = of.value === "rows" ? 1 : Number(row[of.value].value) || 0;
        sums.set(name, (sums.get(name) || 0) + amount);
      }
      const all = [...sums];
      if (data.sorts[by.value] === "date") all.sort(([a], [b]) => (a < b ? -1 : 1));
      else all.sort(([, a], [, b]) => b - a);
      const bars = all.slice(0, BARS);
      const most = Math.max(...bars.map(([, amount]) => amount), 0) || 1;
      const height = bars.length * 26 + 12;
      const total = Math.max(place.clientWidth - 2, 300);
      const left = Math.min(246, Math.round(total * 0.4));
      const room = total - left - 70;
      const title = `${bars.length} bars: ${ofLabel.lastChild.selectedOptions[0].textContent} for each ${byLabel.lastChild.selectedOptions[0].textContent}`;
      const svg = draw("svg", { class: "plot", viewBox: `0 0 ${total} ${height}`, role: "img", "aria-label": title });
      bars.forEach(([name, amount], k) => {
        const y = 8 + k * 26;
        const letters = Math.floor(left / 7.4);
        const short = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
        const width = Math.max((amount / most) * room, amount > 0 ? 1 : 0);
        const label = draw("text", { x: left - 10, y: y + 15, "text-anchor": "end" }, short);
        label.append(draw("title", {}, name));
        svg.append(label, draw("rect", { x: left, y: y + 2, width, height: 18, rx: 2 }));
        svg.append(draw("text", { x: left + 8 + width, y: y + 15, class: "soft-text" }, String(Math.round(amount * 1000) / 1000)));
      });
      plot.replaceChildren(svg);
      note.textContent = all.length > BARS ? `The first ${BARS} of ${all.length}.` : "";
    };
    place.replaceChildren(make("div", { className: "picks" }, byLabel, ofLabel), plot, note);
    show();
  };

  // the graph

  let library = null;
  const load = () =>
    (library ??= new Promise((resolve, reject) => {
      document.head.append(make("link", { rel: "stylesheet", href: "/static/vendor/vis-network.css" }));
      const script = make("script", { src: "/static/vendor/vis-network.js" });
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    }));

  // Who stands at both ends of the edges: the two columns that share most values, else the first two.
  const ends = (data, named) => {
    const values = Object.fromEntries(named.map(([k]) => [k, new Set(data.rows.map((row) => row[k].shown).filter(Boolean))]));
    let best = null;
    for (const [i, [a]] of named.entries()) {
      for (const [b] of named.slice(i + 1)) {
        const shared = [...values[a]].filter((value) => values[b].has(value)).length;
        if (values[a].size > 1 && shared > (best?.shared || 0)) best = { shared, a, b };
      }
    }
    if (best) return [best.a, best.b];
    const many = named.filter(([k]) => values[k].size > 1);
    const [one, other] = many.length > 1 ? many : named;
    return [one[0], (other || one)[0]];
  };

  const graph = async (place, data) => {
    const columns = data.names.map((name, k) => [String(k), name]);
    let named = columns.filter(([k]) => ["text", "iri"].includes(data.sorts[k]));
    const ties = named.filter(([, name]) => TIES.test(name));
    const centre = place.closest("[data-centre]")?.dataset.centre;
    if (centre) {
      // the answer is about one thing: it stands in the middle
      const own = String(columns.length);
      columns.push([own, "the thing"]);
      data.rows.forEach((row) => {
        row[own] = { sort: "text", value: centre, shown: centre, page: `/search?q=${encodeURIComponent(centre)}` };
      });
      data.sorts[own] = "text";
      named = [[own, "the thing"], ...named];
    }
    const people = named.filter(([, name]) => !TIES.test(name));
    if (named.length < 2) named = columns;
    if (named.length < 2 || !data.rows.length) {
      place.replaceChildren(make("p", { className: "soft", textContent: "A graph needs two columns of names to tie." }));
      return;
    }
    const triple = data.names.join(" ") === "subject predicate object";
    const [from, to] = triple ? ["0", "2"] : ends(data, people.length > 1 ? people : named);
    const rest = named.filter(([k]) => k !== from && k !== to);
    const between = triple ? "1" : ties.find(([k]) => k !== from && k !== to)?.[0] || rest.find(([k]) => data.sorts[k] === "text")?.[0] || "";
    const [fromLabel, a] = picker("From", columns, from, () => show());
    const [toLabel, b] = picker("to", columns, to, () => show());
    const [byLabel, by] = picker("tied by", [["", "nothing"], ...columns], between, () => show());
    const canvas = make("div", { className: "net", role: "img" });
    const note = make("p", { className: "soft" });
    place.replaceChildren(make("div", { className: "picks" }, fromLabel, toLabel, byLabel), canvas, note);
    await load();
    let network = null;

    const show = () => {
      const style = getComputedStyle(document.documentElement);
      const colour = (name) => style.getPropertyValue(`--${name}`).trim();
      const nodes = new Map();
      const edges = new Map();
      const node = (cell) => {
        if (!nodes.has(cell.value)) {
          nodes.set(cell.value, { id: cell.value, label: cell.shown.length > 40 ? `${cell.shown.slice(0, 39)}…` : cell.shown, page: cell.page, value: 0 });
        }
        const found = nodes.get(cell.value);
        found.value += 1;
        return found.id;
      };
      let left = 0;
      const told = new Map();
      for (const row of data.rows)
        for (const k of [a.value, b.value]) told.set(row[k].value, (told.get(row[k].value) || 0) + 1);
      const distinct = new Set(
        data.rows.map((row) => JSON.stringify([row[a.value].value, row[b.value].value, by.value && row[by.value].shown])),
      );
      const many = distinct.size > READABLE;
      // of too many lines those between what is named most often
      const worth = (row) => Math.min(told.get(row[a.value].value), told.get(row[b.value].value));
      const rows = many ? [...data.rows].sort((x, y) => worth(y) - worth(x)) : data.rows;
      const most = many ? READABLE : EDGES;
      for (const row of rows) {
        const [one, other] = [row[a.value], row[b.value]];
        if (!one.value || !other.value) continue;
        if (one.value === other.value) {
          node(one); // a tie to itself says nothing that the node does not
          continue;
        }
        const label = by.value ? row[by.value].shown : "";
        const key = JSON.stringify([one.value, other.value, label]);
        if (edges.has(key)) edges.get(key).width = Math.min(edges.get(key).width + 1, 6);
        else if (edges.size < most) {
          edges.set(key, { from: node(one), to: node(other), label: label.length > 30 ? `${label.slice(0, 29)}…` : label, width: 1 });
        } else left += 1;
      }
      network?.destroy();
      network = new vis.Network(
        canvas,
        { nodes: [...nodes.values()], edges: [...edges.values()] },
        {
          layout: { randomSeed: 7, improvedLayout: nodes.size < 120 },
          physics: { solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -70, springLength: 150, centralGravity: 0.015, avoidOverlap: 0.6 }, stabilization: { iterations: 250 } },
          interaction: { hover: true },
          nodes: {
            shape: "dot",
            scaling: { min: 7, max: 22 },
            color: { background: colour("person"), border: colour("paper"), highlight: colour("accent"), hover: colour("accent") },
            font: { color: colour("ink"), size: 15, strokeWidth: 4, strokeColor: colour("sheet") },
          },
          edges: {
            arrows: { to: { enabled: true, scaleFactor: 0.6 } },
            color: { color: colour("soft"), highlight: colour("accent"), hover: colour("accent") },
            font: { color: colour("soft"), size: 12, strokeWidth: 4, strokeColor: colour("sheet") },
            smooth: { type: "continuous" },
          },
        },
      );
      network.once("stabilizationIterationsDone", () => {
        network.fit();
        // names that can be read at the size that the whole has now
        const narrow = canvas.clientWidth < 600;
        const size = (narrow ? 0.8 : 1) / Math.min(network.getScale(), 1.2);
        network.setOptions({
          physics: false,
          nodes: { font: { size: 12 * size, strokeWidth: 3 * size }, scaling: { min: 5 * size, max: 15 * size } },
          edges: {
            arrows: { to: { enabled: true, scaleFactor: 0.4 * size } },
            font: { size: narrow || edges.size > 120 ? 0 : 10 * size, strokeWidth: 3 * size },
          },
        });
      });
      network.on("doubleClick", ({ nodes: [id] }) => {
        if (id === undefined) return;
        const found = nodes.get(id);
        location.assign(found.page || `/search?q=${encodeURIComponent(found.label)}`);
      });
      const words = `${nodes.size} nodes, ${edges.size} ties`;
      canvas.setAttribute("aria-label", `Graph of ${words}; the table holds the same`);
      note.textContent = `${words}${many ? `: ${distinct.size} ties are too many to read, so those between what is named most often are drawn` : left ? `, ${left} more rows are left out` : ""}. A double click opens a node’s page.`;
      canvas.dataset.nodes = String(nodes.size);
    };
    show();
  };

  globalThis.kgResults = (section) => {
    const table = section.querySelector("table.rows");
    const bar = section.querySelector(".views");
    if (!table || !bar) return;
    const data = read(table);
    sortable(table);
    bar.hidden = false;
    const tabs = [...bar.querySelectorAll("[role=tab]")];
    const made = new Set(["table"]);
    const choose = (tab, focus = true) => {
      for (const other of tabs) {
        const chosen = other === tab;
        other.setAttribute("aria-selected", String(chosen));
        other.tabIndex = chosen ? 0 : -1;
        section.querySelector(`#${other.getAttribute("aria-controls")}`).hidden = !chosen;
      }
      if (focus) tab.focus();
      const name = tab.id.slice(4);
      const place = section.querySelector(`#view-${name}`);
      if (!made.has(name)) {
        made.add(name);
        if (name === "chart") chart(place, data);
        else graph(place, data).catch(() => place.replaceChildren(make("p", { className: "error", textContent: "The graph can’t be drawn." })));
      }
    };
    tabs.forEach((tab, k) => {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) choose(tabs[(k + step + tabs.length) % tabs.length]);
      });
    });
  };
})();
