"""Whatever processes a build has, its bytes are those of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from newsmaker import news

from kg.builder import Resources, build


@pytest.mark.parametrize("jobs", [1, 2], ids=["one apart", "two"])
def test_the_bytes_are_those_of_one_process(
    jobs: int, resources: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = tmp_path / "news.jsonl"
    shard.write_text("".join(json.dumps(r) + "\n" for r, _ in news(12, seed=9, words=40)), encoding="utf-8")
    monkeypatch.setattr("kg.read.progress.LARGE", 0)
    monkeypatch.setattr("kg.corpus.STRETCH", 30_000)  # several stretches, which processes share out
    monkeypatch.setattr("kg.corpus.BATCH", 800)
    monkeypatch.setattr("kg.run.outputs.DRAWN", 300)  # a large graph
    here = build(shard, out=tmp_path / "here", resources=resources, view=False)
    apart = build(shard, out=tmp_path / "apart", jobs=jobs, apart=True, view=False)
    assert here.summary == apart.summary
    assert not list((tmp_path / "apart" / ".kg").glob("*-run"))
    for name in ("graph.ttl", "graph.trig"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "apart" / name).read_bytes()
