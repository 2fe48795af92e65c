// Corrections on the site's own pages, in the dialogs of the graph's: kept by the server where it may, else handed out.
(() => {
  const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content || "";
  const token = meta("kg-edit");
  KG.mayEdit = Boolean(token);
  KG.served = meta("kg-source");
  KG.styles = { kinds: { person: { one: "person" }, organization: { one: "organisation" }, place: { one: "place" } } };
  KG.clip = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
  KG.factTitle = (fact) => fact.text;
  document.body.append(KG.el("dialog", { id: "dialog", "aria-labelledby": "dialog-title" }));

  // What the graph's page asks of the site around it, this page does itself.
  let gone = [];
  KG.tellSite = async ({ edit, redraw }) => {
    if (redraw) return gone.includes(document.body.dataset.iri) ? location.assign("/") : location.reload();
    const edited = await postEdit(edit, token);
    gone = edited.gone || [];
    KG.waiting?.(edited);
  };

  // Which other thing it is: any of the graph, found as its name is typed.
  KG.alsoDialog = function (node) {
    const found = new Map();
    const list = KG.el("datalist", { id: "edit-others" });
    const other = KG.el("input", { type: "text", list: list.id, maxlength: 200, id: "edit-other", autocomplete: "off" });
    other.addEventListener("input", async () => {
      const words = other.value.trim();
      if (!words || found.has(words)) return;
      try {
        const answer = await fetch(`/suggest?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
        for (const hit of answer.ok ? await answer.json() : []) {
          if (hit.iri === node.iri || !["Person", "Organisation", "Place"].includes(hit.kind)) continue;
          const name = `${hit.label} (${hit.kind.toLowerCase()})`;
          found.set(found.has(name) && found.get(name) !== hit.iri ? `${name} ${hit.page}` : name, hit.iri);
        }
        list.replaceChildren(...[...found.keys()].map((value) => KG.el("option", { value })));
      } catch {
        // it can be typed again
      }
      other.dispatchEvent(new Event("change", { bubbles: true }));
    });
    KG.decision(
      "These are the same",
      `Which other thing is ${node.label}? They will be one from the next build on.`,
      [KG.el("label", { class: "wide" }, "The same as ", other), list],
      () => (found.has(other.value.trim()) ? { do: "same", one: node.iri, other: found.get(other.value.trim()) } : null),
      ({ one, other: second }) => ["kg merge", KG.shell(one), KG.shell(second)],
    );
  };

  for (const host of document.querySelectorAll("[data-fix-thing]")) {
    const { fixThing: iri, kind, label, articles } = host.dataset;
    KG.articles = JSON.parse(articles).map(([article, h]) => ({ iri: article, h }));
    KG.facts = [{ articles: KG.articles.map((_, i) => i) }];
    const tools = KG.fixTools({ iri, kind, label, thing: true, facts: [0] });
    if (tools) host.append(tools);
  }
  for (const host of document.querySelectorAll("[data-fix]")) {
    const { fix: iri, kind, title } = host.dataset;
    host.append(KG.fixButton({ iri, kind, text: title }));
  }
})();
