// The editor over the plain text field, and answers that arrive without a new page.
"use strict";

(() => {
  const form = document.getElementById("asker");
  const field = document.getElementById("editor");
  const answer = document.getElementById("answer");
  const details = document.getElementById("sparql");
  const run = document.getElementById("ask");
  const link = document.getElementById("link");
  const terms = JSON.parse(field.dataset.terms || "[]");
  let editor = null;
  let running = null;

  const text = () => (editor ? editor.getValue() : field.value);

  const address = () => `/query?query=${encodeURIComponent(text())}`;

  const ask = async () => {
    running?.abort();
    const mine = (running = new AbortController());
    answer.setAttribute("aria-busy", "true");
    run.textContent = "Running …";
    try {
      const response = await fetch("/query?part=answer", {
        method: "POST",
        headers: { Accept: "text/html" },
        body: new URLSearchParams({ query: text() }),
        signal: mine.signal,
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      answer.replaceChildren(...page.body.childNodes);
      globalThis.kgResults(answer);
      if (address().length < 4000) history.replaceState(null, "", address());
      say(answer.querySelector("#count, .error, .truth")?.textContent || "");
    } catch (error) {
      if (error.name === "AbortError") return;
      const line = document.createElement("p");
      line.className = "error";
      line.setAttribute("role", "alert");
      line.textContent = "The server does not answer.";
      answer.replaceChildren(line);
    } finally {
      if (running === mine) {
        running = null;
        answer.removeAttribute("aria-busy");
        run.textContent = "Run";
      }
    }
  };

  const dress = () => {
    if (editor || !globalThis.Yasqe || !details.open) return;
    Yasqe.registerAutocompleter(
      {
        name: "model",
        bulk: false,
        autoShow: false,
        isValidCompletionPosition: (yasqe) => /^[a-z]+:?\w*$/i.test(yasqe.getCompleteToken().string),
        get: (_yasqe, token) => {
          const begun = (token?.autocompletionString || token?.string || "").toLowerCase();
          return terms.filter((term) => term.toLowerCase().startsWith(begun));
        },
      },
      false,
    );
    // of its completers only those that ask nobody (a list given to the constructor would be added to all)
    Yasqe.defaults.autocompleters = ["variables", "model"];
    // the grammar's own mode, to which the prefixes that every query here may use are known
    const prefixes = JSON.parse(field.dataset.prefixes || "{}");
    Yasqe.defineMode("model-sparql", (config) => {
      const grammar = Yasqe.getMode(config, "sparql11");
      const startState = () => {
        const state = grammar.startState();
        Object.assign(state.prefixes, prefixes);
        return state;
      };
      return { ...grammar, startState };
    });
    const place = document.createElement("div");
    place.className = "editor";
    field.before(place);
    editor = new Yasqe(place, {
      value: field.value,
      mode: "model-sparql",
      persistenceId: null,
      createShareableLink: null,
      consumeShareLink: null,
      showQueryButton: false,
      resizeable: false,
      prefixCcApi: null,
      editorHeight: null,
      lineWrapping: true,
      requestConfig: { endpoint: "/sparql" },
      screenReaderLabel: "SPARQL query",
      extraKeys: {
        "Ctrl-Enter": ask,
        "Cmd-Enter": ask,
        "Ctrl-S": false,
        Tab: false, // leaves the editor, as everywhere else on the page
        "Shift-Tab": false,
      },
    });
    field.hidden = true;
    document.querySelector("label[for=editor]").addEventListener("click", () => editor.focus());
    form.addEventListener("formdata", (event) => event.formData.set("query", editor.getValue()));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });
  details.addEventListener("toggle", dress);
  link.hidden = !navigator.clipboard;
  link.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(address(), location.href).href);
    say("The link is copied");
    link.textContent = "Copied";
  });
  if (matchMedia("(max-width: 60rem)").matches) document.getElementById("shelf").open = false;
  dress();
  globalThis.kgResults(answer);
  globalThis.kgEditor = { ask, set: (value) => (editor ? editor.setValue(value) : (field.value = value)), get: text };
})();
