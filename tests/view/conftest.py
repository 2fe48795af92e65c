# ruff: noqa: E501 - scripts for the browser stand on one line
"""Chromium for the tests marked `browser`: with the network cut, and with an ear on the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from view_harbour import harbour
from view_stories import synthetic

from kg.view import render_html


@dataclass
class View:
    """An open page with all that went wrong in it, and short ways to do what a reader does."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def js(self, code: str) -> Any:
        return self.page.evaluate(code)

    def state(self, name: str) -> Any:
        return self.js(f"KG.state.{name}")

    def node(self, label: str) -> int:
        found = self.page.evaluate("label => KG.nodes.find((n) => n.label === label)?.id ?? -1", label)
        assert found >= 0, label
        return int(found)

    def labels(self) -> set[str]:
        """The labels of the nodes that are drawn."""
        return set(self.js("KG.display.nodes.map((id) => KG.nodes[id].label)"))

    def ties(self) -> list[str]:
        return list(
            self.js("KG.display.edges.map((e) => `${KG.nodes[e.a].label} ${e.label} ${KG.nodes[e.b].label}`)")
        )

    def spot(self, label: str) -> dict[str, float]:
        """Where on the screen a node is drawn."""
        at = self.page.evaluate(
            "id => { const s = KG.drawer.spotter()(id), b = KG.$('canvas').getBoundingClientRect();"
            " return { x: s.x + b.left, y: s.y + b.top } }",
            self.node(label),
        )
        return {"x": at["x"], "y": at["y"]}

    def click_node(self, label: str) -> None:
        at = self.spot(label)
        self.page.mouse.click(at["x"], at["y"])
        self.settle()

    def middle_of(self, a: str, b: str) -> dict[str, float]:
        """A point on the only edge between two nodes."""
        return dict(
            self.page.evaluate(
                """([a, b]) => { const e = KG.display.edges.find((e) => (e.a === a && e.b === b) || (e.a === b && e.b === a));
                const s = KG.drawer.spotter(), box = KG.$('canvas').getBoundingClientRect();
                const from = s(e.a), to = s(e.b), at = KG.along(from, KG.via(from, to, e.bend), to, 0.5);
                return { x: at.x + box.left, y: at.y + box.top } }""",
                [self.node(a), self.node(b)],
            )
        )

    def settle(self) -> None:
        self.page.wait_for_timeout(120)

    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))

    def saved(self, item: str) -> bytes:
        """Choose an item of the save menu and return what is downloaded."""
        self.page.click("#take")
        with self.page.expect_download() as download:
            self.page.click(f"#take-{item}")
        return Path(download.value.path()).read_bytes()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Graph | None, str], Path]:
    """Render each graph once."""
    folder = tmp_path_factory.mktemp("pages")

    def render(name: str, graph: Graph | None = None, title: str = "The strait dispute") -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            made = (
                graph
                if graph is not None
                else harbour()
                if name == "harbour"
                else synthetic(int(name), int(name) * 3)
            )
            path.write_text(render_html(made, title=title), encoding="utf-8", newline="")
        return path

    return render


def listen(context: Any, path: Path, hash_: str = "", ready: str = "yes", before: str = "") -> View:
    """Open a page with the network cut, and note every request, complaint and dialog.

    `before` is a script that runs ahead of the page's own; `ready` is how far the page is to be.
    """
    page = context.new_page()
    if before:
        page.add_init_script(before)
    view = View(page, path.as_uri())
    page.on("console", lambda m: view.complaints.append(m.text) if m.type in {"error", "assert"} else None)
    page.on("pageerror", lambda e: view.complaints.append(str(e)))
    page.on("dialog", lambda d: (view.complaints.append(f"dialog {d.message}"), d.dismiss()))

    def gate(route: Any) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            view.requests.append(route.request.url)
            route.abort()

    page.route("**/*", gate)
    page.goto(view.address + (f"#{hash_}" if hash_ else ""))
    page.wait_for_selector(f"body[data-ready={ready}]", timeout=60_000)
    return view


def check(view: View) -> None:
    """No request has left the page and nothing stands in its console."""
    assert not [url for url in view.requests if not url.startswith(("blob:", "data:"))]
    assert view.complaints == []


OPTIONS = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", "accept_downloads": True}
AFRESH = """() => {
  KG.$("dialog").close(); KG.closeSheets(); KG.hoverCard(null); document.activeElement.blur();
  KG.$("search-box").value = ""; KG.$("search-list").hidden = true; KG.$("take-menu").hidden = true;
  document.querySelectorAll("details[open]").forEach((d) => { d.open = false; });
  delete document.documentElement.dataset.theme;
  KG.pathFrom = null; KG.focusWaits = false; KG.tieFrom = null; KG.past = []; KG.mapCamera = { k: 1, dx: 0, dy: 0 };
  KG.state = { ...KG.DEFAULTS };
  KG.setTheme(null); KG.drawer.fit(true); KG.keepAddress();
}"""


@pytest.fixture(scope="session")
def desk(chromium: Any, pages: Callable[..., Path]) -> Iterator[View]:
    """The strait dispute, opened once for all tests that leave it as a reader could."""
    context = chromium.new_context(**OPTIONS)
    yield listen(context, pages("harbour"))
    context.close()


@pytest.fixture
def view(desk: View) -> Iterator[View]:
    """The shared page as it was when it opened."""
    desk.page.set_viewport_size(OPTIONS["viewport"])
    desk.page.emulate_media(color_scheme="light", media="screen")
    desk.page.mouse.move(2, 2)
    desk.js(AFRESH)
    yield desk
    check(desk)


@pytest.fixture
def opened(chromium: Any, pages: Callable[..., Path]) -> Iterator[Callable[..., View]]:
    """Open a page of one's own."""
    views: list[View] = []
    contexts: list[Any] = []

    def open_page(
        name: str = "harbour", graph: Graph | None = None, hash_: str = "", **context_options: Any
    ) -> View:
        contexts.append(chromium.new_context(**{**OPTIONS, **context_options}))
        views.append(listen(contexts[-1], pages(name, graph), hash_))
        return views[-1]

    yield open_page
    for context in contexts:
        context.close()
    for view in views:
        check(view)


@pytest.fixture(scope="session")
def listening() -> Callable[..., View]:
    """Open a page of one's own making in a context."""
    return listen
