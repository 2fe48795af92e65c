"""Other machines: without `fcntl`, `resource` and `fork` everything works, and locks hold all the same."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from cli_progress import without_progress

from kg.store import lock as locks

BARE = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "forkpty", "fchmod", "getuid", "register_at_fork"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("setitimer", "getitimer", "SIGALRM"):
    if hasattr(signal, name):
        delattr(signal, name)
"""
STORY = "Vera Lund, the mayor of Arken, met Amina Yusuf on Monday. Lund thanked the builders."


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of processes on a machine without what Windows lacks."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(BARE, encoding="utf-8")
    paths = [str(folder), str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


@pytest.mark.model
def test_build_query_view_export_and_serve(bare: dict[str, str], tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(STORY.replace("Arken", name.title()), encoding="utf-8")

    def kg(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *args],
            env=bare, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert (done.returncode, without_progress(done.stderr)) == (0, "")
        return done.stdout

    assert "2 articles" in kg("build", "one.txt", "two.txt", "--jobs", "2")
    assert "Vera Lund" in kg("query", "people")
    kg("view", "--out", "page.html")
    kg("export", "--format", "nq", "--out", "graph.nq")
    assert "2 articles" in kg("build", "one.txt", "two.txt", "--store", "news.db")
    assert "Vera Lund" in kg("query", "people", "--store", "news.db")
    server = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", "news.db", "--port", "0", "--workers", "1"],
        env=bare, cwd=tmp_path, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        url = server.stdout.readline().split(" at ")[1].split("sparql")[0]
        with urllib.request.urlopen(f"{url}query/people.json", timeout=60) as answer:
            assert b"Vera Lund" in answer.read()
    finally:
        server.terminate()
        server.wait(60)
        assert server.stdout is not None
        server.stdout.close()


@pytest.mark.parametrize("system", ["flock", "sqlite"])
def test_one_writes_or_many_read(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if system == "sqlite":
        monkeypatch.setattr(locks, "fcntl", None)
    elif locks.fcntl is None:
        pytest.skip("no flock here")
    file = tmp_path / "lock"
    writer = locks.take(file)
    for shared in (False, True):
        with pytest.raises(locks.TakenError):
            locks.take(file, shared)
    locks.release(writer)
    readers = [locks.take(file, True), locks.take(file, True)]
    with pytest.raises(locks.TakenError):
        locks.take(file)
    for reader in readers:
        locks.release(reader)
    locks.release(locks.take(file))
    with pytest.raises(OSError, match=r"lock|directory"):
        locks.take(tmp_path / "none" / "lock")


def test_a_lock_goes_with_its_process(tmp_path: Path, bare: dict[str, str]) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.store import lock; "
        "held = lock.take(Path(sys.argv[1])); print('held', type(held).__name__, flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")],
        env=bare, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline() == "held Connection\n"
    again = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "lock")],
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "TakenError" in again.stderr
    holder.kill()
    holder.wait(60)
    holder.stdin.close()
    holder.stdout.close()
    free = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "lock")], env=bare, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert free.stdout == "held Connection\n"
