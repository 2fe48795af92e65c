"""What many tests need and is slow to make: the loaded pipeline, samples built once, a way to run `kg`, Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kg.builder import Built, Resources, build, load_resources
from kg.cli.main import main

ROOT = Path(__file__).parents[1]


class Ended(NamedTuple):
    """How a run of `kg` ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of its error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("kg: ")
        return lines[0].removeprefix("kg: ")


Run = Callable[..., Ended]
NO_BROWSER = "no browser: apt-get install chromium, pip install playwright"


@pytest.fixture(scope="session")
def resources() -> Resources:
    """The pipeline, the lexicon and the world, loaded once."""
    return load_resources()


@pytest.fixture(scope="session")
def samples(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample articles, built and written once."""
    return build(out=tmp_path_factory.mktemp("samples"), resources=resources)


@pytest.fixture
def kg(
    resources: Resources,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Run:
    """Run `kg` with arguments in an empty folder; the pipeline isn't loaded again without need."""

    def loaded(*given: Any) -> Resources:
        return load_resources(*given) if any(given) else resources

    monkeypatch.setattr("kg.pipeline.load_resources", loaded)
    monkeypatch.setattr("kg.cli.console.SPARSELY", float("inf"))  # however slow the machine is
    monkeypatch.chdir(tmp_path)

    def run(*args: str | Path) -> Ended:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: from its first use on, Playwright's event loop runs in this thread, and a
    command that starts one of its own (`kg serve`) is refused beside it."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))


def browser_path() -> str | None:
    return os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium; without one the test skips, or fails where KG_REQUIRE_BROWSER=1."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sync_playwright = None
    path = browser_path()
    if sync_playwright is None or path is None:
        (pytest.fail if os.environ.get("KG_REQUIRE_BROWSER") == "1" else pytest.skip)(NO_BROWSER)
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with annotated news; without it the test skips."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs the annotated news in ../shared")
    return folder


def other_versions() -> list[str]:
    """What is installed here in another version than `.ci/constraints.txt` pins."""
    pins = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [] if sys.version_info[:2] == (3, 11) else [f"Python {sys.version_info[0]}.{sys.version_info[1]}"]
    for pin in pins:
        name, _, wanted = pin.partition("==")
        with contextlib.suppress(metadata.PackageNotFoundError):
            if wanted and metadata.version(name) != wanted:
                found.append(f"{name} {metadata.version(name)}")
    return found


@pytest.fixture(scope="session")
def pinned() -> None:
    """Skip unless the versions are the pinned ones: another parser or model rightly gives other bytes."""
    other = other_versions()
    if other:
        pytest.skip(
            f"bytes are compared only with the versions of .ci/constraints.txt; here: {', '.join(other)}"
        )
