"""Packages as they stand in docs/extending.md, installed into a folder of their own."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.read import formats

ROOT = Path(__file__).parents[2]
Install = Callable[..., Path]


def documented(name: str) -> tuple[str, str]:
    """The pyproject.toml and the module of a package in the document."""
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    projects = re.findall(r"(?ms)^```toml\n(\[project\].*?)^```$", text)
    modules = re.findall(r"(?ms)^```python\n(.*?)^```$", text)
    (project,) = [one for one in projects if tomllib.loads(one)["project"]["name"] == name]
    (module,) = [one for one in modules if one.startswith(f"# {name.replace('-', '_')}.py\n")]
    return project, module


def wheel(folder: Path, project: str, module: str) -> Path:
    """A wheel of one module, as a build backend makes it; that none need be installed, it is zipped here."""
    told = tomllib.loads(project)["project"]
    package, version = told["name"].replace("-", "_"), told["version"]
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in some.items())
        for group, some in told["entry-points"].items()
    )
    info = f"{package}-{version}.dist-info"
    files = {
        f"{package}.py": module,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {told['name']}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": points,
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD"))
    path = folder / f"{package}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package into a folder, which joins the path; `change` and `project` edit its module and its data."""
    before = set(sys.modules)

    def run(
        name: str,
        change: Callable[[str], str] = str,
        project: Callable[[str], str] = str,
        *,
        with_pip: bool = False,
    ) -> Path:
        told, module = documented(name)
        (tmp_path / "wheels").mkdir(exist_ok=True)
        made = wheel(tmp_path / "wheels", project(told), change(module))
        site = tmp_path / "site"
        if not with_pip:  # which takes its time: what it does to such a wheel is to unpack it
            with zipfile.ZipFile(made) as archive:
                archive.extractall(site)
        else:
            pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
            options = ["--no-deps", "--no-index", "--upgrade", "--target", str(site)]
            subprocess.run([*pip, "install", *options, str(made)], check=True)
        monkeypatch.syspath_prepend(site)
        importlib.invalidate_caches()
        for gone in set(sys.modules) - before:
            if gone.startswith("newskg_"):
                del sys.modules[gone]
        return site

    for cached in (formats._plugins, formats.known_endings):
        cached.cache_clear()
    yield run
    for cached in (formats._plugins, formats.known_endings):
        cached.cache_clear()
    for gone in [name for name in sys.modules if name.startswith("newskg_")]:
        del sys.modules[gone]
