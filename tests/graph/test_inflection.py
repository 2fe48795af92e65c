"""Which words are forms of one another, in the program and in the page's script alike."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

import pytest

from kg.graph.inflection import inflected, irregular, root

SAME = (
    "arrest arrests arrested arresting", "accuse accuses accused accusing", "vote votes voted voting",
    "kill kills killed killing", "ban bans banned banning", "study studies studied studying",
    "deploy deploys deployed deploying", "control controls controlled controlling", "press presses pressed pressing",
    "agree agrees agreed agreeing", "bomb bombs bombed bombing bombings", "march marches marched marching",
)  # fmt: skip
APART = (("parish", "paris"), ("king", "kin"), ("string", "str"), ("crisis", "crise"), ("status", "state"))


def found(typed: str, word: str) -> bool:
    forms = inflected(typed)
    return word.startswith(typed) or bool(forms and re.fullmatch(forms, word))


@pytest.mark.parametrize("line", SAME)
def test_each_form_finds_all_others(line: str) -> None:
    words = line.split()
    assert [(a, b) for a in words for b in words if len(a) > 3 and not found(a, b)] == []


def test_irregular_verbs_find_all_their_forms_and_no_form_stands_twice() -> None:
    assert all(found(a, b) for forms in irregular() for a in forms for b in forms)
    every = [form for forms in irregular() for form in forms]
    assert len(every) == len(set(every)) and all(re.fullmatch("[a-z]+", form) for form in every)
    assert found("met", "meetings") and found("shoot", "shot")


def test_other_words_are_not_found() -> None:
    assert [(a, b) for a, b in APART if found(a, b)] == []
    assert root("été") == "été" and inflected("xyz") == "" and root("be") == "be"


@pytest.mark.browser
def test_the_page_has_the_same_rule(chromium: Any) -> None:
    script = resources.files("kg.view").joinpath("assets/js/search.js").read_text(encoding="utf-8")
    others = ["united", "beijing", "news", "ally", "été", "speed", "williams", "crisis", "dying", "string"]
    words = sorted({*" ".join(SAME).split(), *(f for forms in irregular() for f in forms), *others})
    page = chromium.new_page()
    page.goto("about:blank")
    page.evaluate(f"() => {{ window.KG = {{ irregular: {json.dumps(irregular())} }}; }}")
    page.add_script_tag(content=script.replace('"use strict";', ""))
    told = page.evaluate("(words) => words.map((w) => [KG.root(w), KG.inflected(w)])", words)
    page.close()
    assert [tuple(pair) for pair in told] == [(root(w), inflected(w)) for w in words]
