/* Edits: what is wrong, put right: the site keeps it where it may, else the command that does so is handed out. */
"use strict";
KG.mayEdit = false;
KG.served = ""; // how the commands name what is served
const FIXABLE = ["person", "organization", "place"];
KG.fixable = (node) => Boolean(node.thing) && FIXABLE.includes(node.kind);

/* The graph file beside this page, as `kg build` names both: the page may stand anywhere, the command runs there. */
KG.graphFile = function () {
  const name = decodeURIComponent(location.pathname.split("/").pop());
  return /\.html?$/.test(name) ? name.replace(/\.html?$/, ".ttl") : "graph.ttl";
};

/* A word for a POSIX shell. */
KG.shell = (text) => `'${text.replace(/'/g, "'\\''")}'`;

/* A dialog for one correction. `ask` gives what is decided by the fields as they are, or null while something is
   missing; `command` gives the words of the command that decides the same. */
KG.decision = function (title, words, fields, ask, command, act = "Keep") {
  const told = ["by", "on", "why"].map((key) => {
    const name = { by: "Who decides", on: "When", why: "Why" }[key];
    const input = KG.el("input", { type: key === "on" ? "date" : "text", maxlength: 300, id: `edit-${key}`, on: { input: () => renew() } });
    input.value = { by: KG.editor || "", on: KG.mayEdit ? new Date().toISOString().slice(0, 10) : "", why: "" }[key];
    return [key, input, KG.el("label", {}, name, " ", input)];
  });
  const given = () => Object.fromEntries(told.map(([key, input]) => [key, input.value.trim()]));
  const area = KG.el("textarea", { readonly: true, rows: 3, "aria-label": "Command", spellcheck: "false" });
  const keep = KG.button(act, () => KG.keepEdit(ask(), given(), keep, answer), { class: "keep-edit" });
  const answer = KG.el("p", { role: "status", class: "answer" });
  const copy = KG.button("Copy", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      document.execCommand("copy");
    }
    copy.textContent = "Copied";
  });
  const renew = function () {
    const what = ask();
    keep.disabled = copy.disabled = !what;
    const options = Object.entries(given()).flatMap(([key, value]) => (value ? [`--${key} ${KG.shell(value)}`] : []));
    area.value = what ? `${[...command(what), KG.served || `--data ${KG.shell(KG.graphFile())}`, ...options].join(" ")}\n` : "";
  };
  KG.dialog(
    title,
    KG.el("p", {}, words),
    KG.el("div", { on: { input: () => renew(), change: () => renew() } }, fields),
    KG.el("div", { class: "decided" }, told.map(([, , label]) => label)),
    KG.mayEdit ? [KG.el("p", {}, keep), answer] : [KG.el("p", {}, "Run this beside the graph file; it holds from the next build on:"), area, copy],
  );
  renew();
};

/* Hand a correction to the site around the page, which alone may ask its server, and tell what it answers. */
KG.keepEdit = function (what, told, keep, answer) {
  KG.editor = told.by;
  keep.disabled = true;
  KG.waiting = ({ told: words, error, gone }) => {
    KG.waiting = null;
    answer.textContent = words || error || "No answer came.";
    if (error) keep.disabled = false;
    else {
      keep.replaceWith(KG.button("Go on", () => KG.$("dialog").close()));
      if (gone?.length) KG.$("dialog").addEventListener("close", () => KG.tellSite({ redraw: true }), { once: true });
    }
  };
  KG.tellSite({ edit: { ...what, ...told } });
};

KG.rejectDialog = (fact) =>
  KG.decision(
    "This is wrong",
    `“${fact.kind === "statement" ? fact.text : KG.factTitle(fact)}” will be withdrawn${fact.kind === "statement" ? ", with what only it reports" : ""}.`,
    [],
    () => ({ do: "reject", fact: fact.iri }),
    ({ fact: iri }) => ["kg fix reject", KG.shell(iri)],
    "Withdraw",
  );

KG.renameDialog = function (node) {
  const name = KG.el("input", { type: "text", maxlength: 200, id: "edit-to" });
  name.value = node.label;
  KG.decision(
    "Another name",
    `What is ${KG.clip(node.label, 60)} called? The old name stays as a further one.`,
    [KG.el("label", { class: "wide" }, "Name ", name)],
    () => (name.value.trim() && name.value.trim() !== node.label ? { do: "rename", thing: node.iri, to: name.value.trim() } : null),
    ({ thing, to }) => ["kg fix rename", KG.shell(thing), KG.shell(to)],
  );
};

KG.retypeDialog = function (node) {
  const kinds = FIXABLE.filter((kind) => kind !== node.kind);
  const select = KG.el("select", { id: "edit-to" }, kinds.map((kind) => KG.el("option", { value: kind }, KG.styles.kinds[kind].one)));
  KG.decision(
    "Another kind",
    `${node.label} is no ${KG.styles.kinds[node.kind].one}. What is it?`,
    [KG.el("label", { class: "wide" }, "Kind ", select)],
    () => ({ do: "retype", thing: node.iri, to: select.value }),
    ({ thing, to }) => ["kg fix retype", KG.shell(thing), to],
  );
};

KG.sameDialog = ([a, b]) =>
  KG.decision(
    "These are the same",
    `${KG.clip(KG.nodes[a].label, 60)} and ${KG.clip(KG.nodes[b].label, 60)} will be one from the next build on.`,
    [],
    () => ({ do: "same", one: KG.nodes[a].iri, other: KG.nodes[b].iri }),
    ({ one, other }) => ["kg merge", KG.shell(one), KG.shell(other)],
  );

/* Say which other thing this one is. */
KG.alsoDialog = function (node) {
  const others = KG.nodes.filter((n) => n.id !== node.id && KG.fixable(n)).sort((x, y) => (x.kind !== node.kind) - (y.kind !== node.kind) || x.order - y.order);
  const name = (n) => `${n.label} (${KG.styles.kinds[n.kind].one}, ${KG.plural(n.facts.length, "fact")})`;
  const select = KG.el("select", { id: "edit-other" }, others.map((n) => KG.el("option", { value: n.id }, name(n))));
  KG.decision(
    "These are the same",
    `Which of these is ${KG.clip(node.label, 60)}? They will be one from the next build on.`,
    [KG.el("label", { class: "wide" }, "The same as ", select)],
    () => (select.value ? { do: "same", one: node.iri, other: KG.nodes[+select.value].iri } : null),
    ({ one, other }) => ["kg merge", KG.shell(one), KG.shell(other)],
  );
};

KG.wrongDialog = function (node) {
  const articles = [...new Set(node.facts.flatMap((i) => KG.facts[i].articles))];
  const doc = (i) => KG.articles[i].iri.replace(/^.*\/article\//, "");
  const boxes = articles.map((i) => [KG.el("input", { type: "checkbox", id: `apart-${i}` }), i]);
  if (articles.length < 2)
    return KG.dialog(
      "This is wrong",
      KG.el("p", {}, "Only one article speaks of it, so there is nothing to split. A name, a kind and each fact can be put right where they stand."),
      KG.hide && KG.el("p", {}, KG.button("Leave it out of the picture", () => (KG.$("dialog").close(), KG.hide(node.id)))),
    );
  KG.decision(
    "This is not one thing",
    `Which of these articles speak of another than ${KG.clip(node.label, 60)}? Without any, each means its own.`,
    [KG.el("ul", {}, boxes.map(([box, i]) => KG.el("li", {}, KG.el("label", {}, box, " ", KG.articles[i].h))))],
    () => {
      const apart = boxes.filter(([box]) => box.checked).map(([, i]) => doc(i));
      return apart.length < boxes.length ? { do: "split", thing: node.iri, articles: apart.join(" ") } : null;
    },
    ({ thing, articles: apart }) => ["kg split", KG.shell(thing), ...apart.split(" ").filter(Boolean).map(KG.shell)],
  );
};

/* What can be put right about a thing. */
KG.fixTools = (node) =>
  KG.fixable(node) &&
  KG.el(
    "div",
    { class: "node-tools", role: "group", "aria-label": "Put it right" },
    "Put it right ",
    KG.button("Rename", () => KG.renameDialog(node), { "data-do": "rename" }),
    KG.button("Another kind", () => KG.retypeDialog(node), { "data-do": "retype" }),
    KG.button("The same as …", () => KG.alsoDialog(node), { "data-do": "same" }),
    KG.button("Not one thing", () => KG.wrongDialog(node), { "data-do": "wrong" }),
  );
KG.fixButton = (fact) =>
  KG.button("Wrong?", () => KG.rejectDialog(fact), { class: "fix", "data-do": "reject", title: "Say that this is not so", "aria-label": `Wrong? ${KG.clip(fact.kind === "statement" ? fact.text : KG.factTitle(fact), 60)}` });
