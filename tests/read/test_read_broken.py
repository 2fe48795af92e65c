"""Broken files: each is one line or a reject, the rest of it is read, exit codes are right, nothing is a traceback."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from broken_files import BODY, Broken, corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Reject
from kg.read import ReadOptions, read_articles
from kg.read.formats import FORMATS

FILES = list(corpus())


def test_every_kind_of_file_is_broken_in_some_way() -> None:
    names = [one.name for one in FILES]
    assert len(names) == len(set(names))
    broken = {"." + name.rpartition(".")[2] for name in names} | {".zip", ".gz"}
    for form in FORMATS.values():
        assert not form.endings or broken & {*form.endings, ".atom"}, form


@pytest.mark.parametrize("broken", FILES, ids=lambda one: one.name)
def test_a_fault_is_one_line_and_the_rest_is_read(tmp_path: Path, broken: Broken) -> None:
    path = tmp_path / broken.name
    path.write_bytes(broken.data)
    warnings: list[str] = []
    found = list(read_articles([path], ReadOptions(on_warning=warnings.append)))
    rejects = [item for item in found if isinstance(item, Reject)]
    assert len(found) - len(rejects) == broken.good, rejects
    for reject in rejects:
        assert reject.source.startswith(str(path))
        assert reject.source.isprintable() and reject.reason.isprintable()
        assert 0 < len(reject.reason) < 400
    if broken.said is None:
        assert not rejects
    else:
        assert any(broken.said in reject.reason for reject in rejects)
    assert all("\n" not in line for line in warnings)


@pytest.mark.model
def test_a_folder_of_broken_files_is_built(tmp_path: Path, kg: object) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    small = [one for one in FILES if one.good <= 3]
    for one in small:
        (folder / one.name).write_bytes(one.data)
    ended = kg("build", folder, "--out", tmp_path / "out", "--no-view")  # type: ignore[operator]
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.out + ended.err
    rejects = [json.loads(line) for line in (tmp_path / "out" / "rejects.jsonl").read_text().splitlines()]
    # a .json in a folder is rarely an article, and is not looked for there
    lost = {one.name for one in small if one.good == 0 and not one.name.endswith(".json")}
    assert lost <= {Path(reject["source"].partition("!")[0].partition(":")[0]).name for reject in rejects}
    strict = kg("build", folder, "--out", tmp_path / "out", "--no-view", "--strict")  # type: ignore[operator]
    assert strict.code != 0
    assert "rejected" in strict.err.splitlines()[-1]
    worst = [folder / one.name for one in small if one.good == 0]
    none = kg("build", *worst, "--out", tmp_path / "none")  # type: ignore[operator]
    assert none.code != 0
    assert "Traceback" not in none.err
    assert not (tmp_path / "none" / "graph.ttl").exists()


def test_damage_behind_the_first_64_kilobytes_costs_nothing_before_it(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": f"n{n}", "text": f"{BODY} {n * 7919}."}) + "\n" for n in range(3_000))
    path = tmp_path / "n.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-60])
    *articles, last = read_articles([path])
    assert len(articles) > 2_900
    assert last == Reject(str(path), "truncated gzip data")


# --- whole files with a few bytes changed

KEPT = [one for one in FILES if one.good and len(one.data) < 20_000]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(KEPT),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=4),
    st.floats(0.3, 1),
)
def test_changed_bytes_make_no_reader_raise(
    tmp_path: Path, broken: Broken, changes: list[tuple[float, bytes]], kept: float
) -> None:
    data = bytearray(broken.data)
    for where, what in changes:
        place = int(where * (len(data) - 1))
        data[place : place + len(what)] = what
    path = tmp_path / f"x{broken.name[broken.name.index('.') :]}"
    path.write_bytes(data[: int(len(data) * kept)])
    found = list(read_articles([path], ReadOptions(check_language=False, max_unpacked_bytes=10**7)))
    assert found
    for item in found:
        if isinstance(item, Reject):
            assert item.reason and "can't be read on" not in item.reason, item.reason
