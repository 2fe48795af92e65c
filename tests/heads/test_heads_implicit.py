"""What a telling takes over from the others of its article."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import ModelError
from kg.heads.implicit import candidates, load_implicit
from kg.heads.narrative import LONGEST, MOST_NAMED, SLOTS, Clause, Narrative, Telling, TokenMention, stretches
from kg.heads.weights import Array

CLASSES = ("ASSAULT", "DIE", "CONSULT")
TOKENS = 100
REDUCED = np.zeros((TOKENS, 64), np.float32)


def telling(event_class: str, word: str, sentence: int, *, definite: bool = False, **fillers: str) -> Telling:
    return Telling(
        event_class,
        word,
        "asserted",
        10 * sentence,
        sentence,
        sentence,
        definite,
        {slot: frozenset(fillers.get(slot, "").split()) for slot in SLOTS},
        frozenset(),
        Clause("past", "body", False, ((10 * sentence, "ROOT"),)),
    )


def article(*told: Telling, published: str = "2024-05-13", vectors: Array | None = None) -> Narrative:
    """An article whose words are all alike to the reader, unless it is told otherwise."""
    if vectors is None:
        vectors = np.tile(load_implicit().components.mean, (TOKENS, 1))
    mentions = {"mosque": (TokenMention(0, 4), TokenMention(3, 31))}
    kinds = {"mosque": "Place", "army": "Organization"}
    return Narrative(tuple(told), mentions, kinds, published, 9, vectors)


ATTACK = telling("ASSAULT", "attack", 0, agent="army", place="mosque", date="2024-05-10")
AGAIN = telling("ASSAULT", "attack", 3, definite=True)


def test_only_what_others_name_is_asked_about() -> None:
    asked = candidates(article(ATTACK, AGAIN), "place", CLASSES, REDUCED)
    assert (asked.tellings, asked.fillers) == ((1,), ("mosque",))


def test_a_dated_telling_is_not_asked_for_a_date_and_the_articles_own_is_a_candidate() -> None:
    asked = candidates(article(ATTACK, AGAIN), "date", CLASSES, REDUCED)
    assert asked.tellings == (1, 1)
    assert asked.fillers == ("2024-05-10", "2024-05-13")


def test_who_takes_part_already_is_no_candidate_in_another_slot() -> None:
    told = telling("DIE", "died", 1, patient="army")
    assert candidates(article(ATTACK, told), "agent", CLASSES, REDUCED).tellings == ()


def test_an_article_without_events_or_names_asks_nothing() -> None:
    for slot in SLOTS:
        assert candidates(article(published=""), slot, CLASSES, REDUCED).tellings == ()
        assert (
            candidates(article(telling("DIE", "died", 0), published=""), slot, CLASSES, REDUCED).tellings
            == ()
        )


def test_the_attack_told_again_was_on_the_same_day() -> None:
    scores = {f: p for t, f, p in load_implicit().scores(article(ATTACK, AGAIN), "date") if t == 1}
    assert scores["2024-05-10"] > 0.5 > scores["2024-05-13"]


def test_an_unlike_happening_far_away_takes_over_nothing() -> None:
    talks = telling("CONSULT", "talks", 8)
    scores = {t: p for t, _, p in load_implicit().scores(article(ATTACK, AGAIN, talks), "agent")}
    assert scores[2] < 0.3


def test_scores_do_not_depend_on_the_tellings_of_another_stretch() -> None:
    many = [ATTACK] + [telling("DIE", "died", 1)] * (LONGEST - 1)
    whole = article(*many, AGAIN, ATTACK)
    parts = list(stretches(whole))
    assert [begin for begin, _ in parts] == [0, LONGEST]
    alone = list(load_implicit().scores(article(AGAIN, ATTACK), "place"))
    assert [s for s in load_implicit().scores(whole, "place") if s[0] >= LONGEST] == [
        (t + LONGEST, f, p) for t, f, p in alone
    ]


def test_a_list_of_names_is_taken_in_stretches() -> None:
    names = [" ".join(f"x{n}-{i}" for i in range(30)) for n in range(40)]
    parts = list(stretches(article(*(telling("DIE", "died", 1, agent=some) for some in names))))
    assert sum(len(part.tellings) for _, part in parts) == len(names)
    assert all(len(part.tellings) * 30 <= MOST_NAMED + 30 for _, part in parts)


def test_clauses_are_joined_as_the_parse_joins_them() -> None:
    main = Clause("past", "body", False, ((3, "ROOT"),))
    joined = {
        "relative": Clause("past", "body", False, ((9, "relcl"), (7, "dobj"), (3, "ROOT"))),
        "adverbial": Clause("past", "body", False, ((12, "advcl"), (3, "ROOT"))),
        "complement": Clause("modal", "body", False, ((9, "ccomp"), (3, "ROOT"))),
        "coordinate": Clause("past", "body", False, ((9, "conj"), (3, "ROOT"))),
        "argument": Clause("noun", "body", False, ((9, "dobj"), (3, "ROOT"))),
    }
    for relation, clause in joined.items():
        assert clause.relation(main) == (relation, True)
        assert main.relation(clause) == (relation, False)
    assert joined["relative"].relation(joined["adverbial"]) == ("beside", False)
    assert main.relation(Clause("past", "body", False, ((40, "ROOT"),))) == ("beside", False)


def test_missing_weights_are_told_in_one_line(tmp_path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        load_implicit(tmp_path)


def test_what_the_reader_makes_of_the_words_counts() -> None:
    known = article(ATTACK, AGAIN)
    other = article(ATTACK, AGAIN, vectors=np.eye(TOKENS, 384, dtype=np.float32))
    scores = [list(load_implicit().scores(one, "date")) for one in (known, other)]
    assert scores[0] != scores[1]


def test_vectors_are_those_of_trigger_likest_telling_and_nearest_mention() -> None:
    reduced = np.arange(TOKENS, dtype=np.float32)[:, None]
    (place,) = candidates(article(ATTACK, AGAIN), "place", CLASSES, reduced).features
    assert place[-5:].tolist() == [30, 0, 31, 0, 930]
    (agent,) = candidates(article(ATTACK, AGAIN), "agent", CLASSES, reduced).features
    assert agent[-5:].tolist() == [30, 0, 0, 0, 0]  # the army is spoken of nowhere by itself


def test_features_are_finite() -> None:
    for slot in SLOTS:
        features = candidates(article(ATTACK, AGAIN, telling("DIE", "x", 2)), slot, CLASSES, REDUCED).features
        assert np.isfinite(features).all()
