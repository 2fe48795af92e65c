// What every page does: suggestions while a name is typed (ARIA combobox), the switch of themes, and what pages share.
"use strict";

const say = (text) => {
  document.getElementById("status").textContent = text;
};

// Post a correction with the token of the page, and return what the server answers.
const postEdit = async (edit, token) => {
  try {
    const answer = await fetch("/edit", {
      method: "POST",
      headers: { "Content-Type": "application/json", "KG-Edit": token },
      body: JSON.stringify(edit),
    });
    return await answer.json();
  } catch {
    return { error: "The server gave no answer." };
  }
};

(() => {
  const button = document.querySelector("[data-theme-switch]");
  const root = document.documentElement;
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const show = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Switch to light colours" : "Switch to dark colours");
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("kg-theme", root.dataset.theme);
    } catch {
      // it holds for this page then
    }
    show();
  });
})();

(() => {
  const input = document.getElementById("finder");
  const list = document.getElementById("finder-list");
  let hits = [];
  let active = -1;
  let asked = 0;
  let timer = 0;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    active = number;
    [...list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };

  const open = () => {
    list.replaceChildren(
      ...hits.map((hit, k) => {
        const item = document.createElement("li");
        item.id = `hit-${k}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const name = document.createElement("bdi");
        name.textContent = hit.label;
        const kind = document.createElement("span");
        kind.className = "soft";
        kind.textContent = hit.also ? `${hit.kind}, found as ${hit.also}` : hit.kind;
        item.append(name, " ", kind);
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          location.assign(hit.page);
        });
        return item;
      }),
    );
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    choose(-1);
    say(hits.length ? `${hits.length} suggestions, use up and down` : "No suggestions");
  };

  const ask = async () => {
    const number = ++asked;
    const words = input.value.trim();
    if (!words) {
      hits = [];
      close();
      return;
    }
    try {
      const answer = await fetch(`/suggest?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
      const found = answer.ok ? await answer.json() : [];
      if (number === asked && document.activeElement === input) {
        hits = found;
        open();
      }
    } catch {
      close(); // the page of results works without
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 90);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        if (input.value.trim()) ask();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      choose(next >= hits.length ? -1 : next < -1 ? hits.length - 1 : next);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(hits[active].page);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();

// Fields for names suggest them: a datalist that follows what is typed.
(() => {
  for (const field of document.querySelectorAll("input[data-names]")) {
    let timer = 0;
    const ask = async () => {
      const words = field.value.trim();
      if (!words) return;
      const kind = field.dataset.names;
      try {
        const answer = await fetch(`/suggest?q=${encodeURIComponent(words)}${kind && `&kind=${kind}`}`, {
          headers: { Accept: "application/json" },
        });
        const found = answer.ok ? await answer.json() : [];
        const options = found
          .filter((hit) => kind || !["Event", "Statement", "Article"].includes(hit.kind))
          .map((hit) => {
            const option = document.createElement("option");
            option.value = hit.label;
            option.label = hit.also ? `${hit.kind}, found as ${hit.also}` : hit.kind;
            return option;
          });
        field.list.replaceChildren(...options);
      } catch {
        // the field takes any name
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    });
  }
})();
