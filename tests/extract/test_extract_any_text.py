"""Whatever stands in a text, the rules come to an end without falling over: no article is lost to one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.builder import Resources
from kg.model import Article, Facts
from kg.pipeline import facts_of

TRICKY = """
The the A a of and for or ( ) , . ; : " ' 's - — / & $ 12 2019 1,200 Sgt. Maj. Gen. Mr. Dr. QC MP U.S. UN (FKF) (BSI)
SEF Police police minister President Commissioner of Police Superintendent said told says asked claimed according to
that who whose which he she it they its his their Anna Peter Hall Kowal Smith John London Paris Fla. Ont. ST. LOUIS
Port-au-Prince Reuters Norwind Airlines Ltd. company Board Bank Union Workers' Sheriff's Office Image: Monday attacked
killed arrested met signed founded bought talks attack election was were is had will would not no if after in from with
by called named former then 26-year-old old teenager judge source one her aides only but declined to comment ABC123 X é
"""
MARKS = [
    "\u201c",
    "\u201d",
    "\u2018",
    "\u2019",
    "\u2013",
    "\u2022",
    "\u0301",
    "\u202e",
    "\U0001f642",
    "\n\n",
    "\n",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*TRICKY.split(), *MARKS]), min_size=1, max_size=60), st.sampled_from([" ", ""])
)
def test_no_text_is_too_odd(resources: Resources, words: list[str], between: str) -> None:
    article = Article(id="odd", path="odd", text=between.join(words), title=None, date="2020-01-01")
    (found,) = facts_of([article], resources)
    assert isinstance(found, Facts), found


def test_a_group_without_a_name_owns_what_it_calls_ours(resources: Resources) -> None:
    text = (
        '"Our supporters attacked the police in Lyon," a protester said. "Our members signed the agreement and our '
        'wives met the minister," a docker told reporters. "Our partner, Anna Hall, resigned," two nurses said.'
    )
    article = Article(id="ours", path="ours", text=text, title=None, date="2020-01-01")
    (found,) = facts_of([article], resources)
    assert isinstance(found, Facts), found
    known = {entity.id for entity in found.entities}
    assert {e for event in found.events for e in (*event.agents, *event.patients, *event.places)} <= known
    assert {e for relation in found.relations for e in (relation.subject, relation.object)} <= known
    assert any(entity.name == "protester's supporters" for entity in found.entities)


def test_a_sentence_without_end_costs_no_article(resources: Resources) -> None:
    for text in ("and " * 4000, '"police ' * 2000, "\u201cthe minister said " * 1200):
        (found,) = facts_of([Article(id="a", path="a", text=text, title=None, date="2020-01-01")], resources)
        assert isinstance(found, Facts), found


def test_a_line_that_nobody_says_is_no_statement(resources: Resources) -> None:
    body = (
        "\n\nTwo Velmark sailors were killed amid attacks, according to the Velmark defence ministry.\n\nThe "
        "ministry said that the harbour would be closed on Monday.\n"
    )
    for line in ("Events of 2031-03-02", "News in brief, 2 March 2031", "Strikes on Velmark and the Isles"):
        article = Article(id="brief", path="brief", text=line + body, title=None, date="2031-03-02")
        (found,) = facts_of([article], resources)
        assert isinstance(found, Facts), found
        spans = [statement.span for statement in found.statements]
        assert spans and all(span.begin >= len(line) for span in spans), line
