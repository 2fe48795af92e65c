"""Whatever stands in a text, the rules come to an end without falling over: no article is lost to one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import Resources
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
