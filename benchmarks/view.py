# ruff: noqa: E501 - a table and scripts stand on one line
"""Measure the page beside plain pyvis: size, first draw, interactive, frames while panning; write benchmarks/view.md."""

from __future__ import annotations

import math
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "view")]

import networkx as nx  # noqa: E402
from rdflib import Graph  # noqa: E402
from view_stories import synthetic  # noqa: E402

from kg.view import render_html  # noqa: E402
from kg.view.graph_reader import read  # noqa: E402
from kg.view.multigraph import pairs  # noqa: E402
from kg.view.scene import stage  # noqa: E402

SIZES = ((50, 150), (500, 2000), (5000, 20000))
PATIENCE = 90  # seconds that a page may take before it counts as never ready

# First draw: the first shape filled or stroked on a canvas, or WebGL draw call. Interactive: the start of the
# first second after it in which no timer of 50 ms came more than 100 ms late.
WATCH = """
window.__seen = { first: 0, calm: 0 };
const saw = () => { if (!window.__seen.first) window.__seen.first = performance.now(); };
for (const [proto, names] of [[CanvasRenderingContext2D.prototype, ["fill", "stroke"]], [window.WebGL2RenderingContext?.prototype, ["drawArrays", "drawElements", "drawArraysInstanced"]]]) {
  for (const name of proto ? names : []) { const own = proto[name]; proto[name] = function (...a) { saw(); return own.apply(this, a); }; }
}
let last = performance.now(), since = 0;
setInterval(() => {
  const now = performance.now(), late = now - last > 150;
  last = now;
  if (!window.__seen.first || late) since = window.__seen.first ? now : 0;
  else if (!since) since = window.__seen.first;
  if (since && !window.__seen.calm && now - since >= 1000) window.__seen.calm = since;
}, 50);
"""
# What the page falls back on where a browser has no WebGL: vis-network's canvas, whatever the size.
NO_WEBGL = """
const own = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind === "webgl2" ? null : own.call(this, kind, ...more); };
"""
COUNT = """
() => {
  const seen = window.__frames = { n: 0, worst: 0, begin: performance.now(), last: performance.now(), on: true };
  const step = () => {
    const now = performance.now();
    seen.n += 1; seen.worst = Math.max(seen.worst, now - seen.last); seen.last = now;
    if (seen.on) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
"""


def pan(page: Any, seconds: float = 4.0) -> dict[str, float]:
    """Drag the picture about with the mouse from an empty corner and count the frames meanwhile."""
    box = page.locator("#canvas, #mynetwork").first.bounding_box()
    x, y = box["x"] + 5, box["y"] + min(box["height"], 600) / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT)
    until = time.monotonic() + seconds
    k = 0
    while time.monotonic() < until:
        k += 1
        page.mouse.move(x + 150 * (1 - math.cos(k / 12)), y + 100 * math.sin(k / 9))
        time.sleep(0.008)
    frames = page.evaluate("() => { window.__frames.on = false; return window.__frames }")
    page.mouse.up()
    return {"fps": frames["n"] / ((frames["last"] - frames["begin"]) / 1000), "worst": frames["worst"]}


def plain_pyvis(graph: Graph) -> str:
    """Return what pyvis makes of the same actors and ties with its own defaults, scripts put in line."""
    from pyvis.network import Network

    story = read(graph)
    ties = nx.MultiDiGraph()
    for thing in story.things:
        ties.add_node(thing.iri, label=thing.label, title=thing.label)
    for fact in story.facts:
        for a, b in pairs(fact):
            ties.add_edge(a, b, title=fact.words)
    ties.remove_nodes_from([n for n in list(ties) if ties.degree(n) == 0])
    network = Network(directed=True, cdn_resources="in_line", height="800px")
    network.from_nx(ties)
    return str(network.generate_html())


def measure(browser: Any, path: Path, prepare: str = "", script: str = "") -> dict[str, float | str]:
    """Open a page with the network cut, after a script of one's own, and return its times in milliseconds."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.route("**/*", lambda r: r.continue_() if r.request.url.startswith("file:") else r.abort())
    page.add_init_script(WATCH)
    if script:
        page.add_init_script(script)
    row: dict[str, float | str] = {"size": path.stat().st_size}
    try:
        page.goto(path.as_uri() + prepare)
        seen = wait(page)
        row |= {"first": seen["first"], "calm": seen["calm"], **pan(page)}
    except Exception as problem:  # noqa: BLE001 - a page that never comes to rest is a result, not a failure
        row["note"] = (
            f"not at rest within {PATIENCE} s" if "imeout" in repr(problem) else type(problem).__name__
        )
    finally:
        context.close()
    return row


def wait(page: Any) -> dict[str, float]:
    """Ask until the page is at rest; not by wait_for_function, which the page's policy forbids."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        seen: dict[str, float] = page.evaluate("window.__seen")
        if seen["calm"] > 0:
            return seen
        time.sleep(0.2)
    raise TimeoutError("Timeout")


def main() -> None:
    """Measure all sizes in one run and write the table."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    rows: list[str] = []
    making: list[str] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        version = browser.version
        for actors, facts in SIZES:
            graph = synthetic(actors, facts)
            begin = time.perf_counter()
            story = read(graph)
            read_at = time.perf_counter()
            scene = stage(story)
            staged_at = time.perf_counter()
            html = render_html(graph)
            done_at = time.perf_counter()
            making.append(
                f"| {actors:,} | {facts:,} | {len(graph):,} | {read_at - begin:.2f} | {staged_at - read_at:.2f} "
                f"| {done_at - staged_at:.2f} | {len(scene.spots):,} |"
            )
            ours = Path(folder, f"ours-{actors}.html")
            ours.write_text(html, encoding="utf-8")
            theirs = Path(folder, f"pyvis-{actors}.html")
            theirs.write_text(plain_pyvis(graph), encoding="utf-8")
            cases = [("this page", ours, "", "")]
            if actors > 120:
                cases.append(("this page, all shown", ours, "#limit=100000", ""))
            if actors > 900:
                cases.append(("the same without WebGL", ours, "#limit=100000", NO_WEBGL))
            cases.append(("plain pyvis", theirs, "", ""))
            for name, file, prepare, script in cases:
                row = measure(browser, file, prepare, script)
                print(actors, name, row, flush=True)
                rows.append(line(actors, name, row))
        browser.close()
    Path(__file__).with_suffix(".md").write_text(report(rows, making, version), encoding="utf-8")


def line(actors: int, name: str, row: dict[str, Any]) -> str:
    """Return one row of the table."""
    if "note" in row:
        return f"| {actors:,} | {name} | {row['size'] / 1e6:.1f} | – | – | – | – | {row['note']} |"
    return (
        f"| {actors:,} | {name} | {row['size'] / 1e6:.1f} | {row['first'] / 1000:.2f} | {row['calm'] / 1000:.2f} "
        f"| {row['fps']:.0f} | {row['worst']:.0f} | |"
    )


def report(rows: list[str], making: list[str], version: str) -> str:
    """Return the report as Markdown."""
    return "\n".join(
        [
            "# The view: size and speed",
            "",
            f"One run of `python benchmarks/view.py`: headless Chromium {version}, no GPU (WebGL in software), "
            f"{os.cpu_count()} cores, Python {platform.python_version()}, network cut. Synthetic graphs with 50, "
            "500 and 5,000 actors and places and 150, 2,000 and 20,000 facts among them.",
            "",
            "| actors | page | MB | first draw, s | interactive, s | frames/s panning | longest frame, ms | |",
            "|---:|---|---:|---:|---:|---:|---:|---|",
            *rows,
            "",
            "First draw: the first shape on a canvas. Interactive: from there on no timer came 100 ms late for a "
            "second. Plain pyvis draws the same actors and ties, one edge a fact, with its own defaults. This page "
            "shows the 120 most important nodes first; *all shown* is its link with the limit taken off (WebGL from "
            "900 nodes or 2,200 edges on; without WebGL vis-network's canvas draws them).",
            "",
            "Making the page:",
            "",
            "| actors | facts | triples | read, s | rank and layout, s | whole page, s | nodes at the level Everything |",
            "|---:|---:|---:|---:|---:|---:|---:|",
            *making,
            "",
        ]
    )


if __name__ == "__main__":
    main()
