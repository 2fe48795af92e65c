"""What many tests need and is slow to make: the loaded pipeline, samples built once, a way to run `kg`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.build import Built, Resources, build, load_resources
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

    def loaded(model: str | None = None, lexicon: Path | None = None) -> Resources:
        return resources if model is None and lexicon is None else load_resources(model, lexicon)

    monkeypatch.setattr(sys.modules["kg.build"], "load_resources", loaded)
    monkeypatch.chdir(tmp_path)

    def run(*args: str | Path) -> Ended:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


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
