"""How right the graph is: articles annotated by hand are built, compared, scored, and every error is shown."""

from kg.evaluate.findings import FactVerdict, Fault, Finding, FindingKind
from kg.evaluate.gold import load_gold
from kg.evaluate.measures import Row
from kg.evaluate.report import render_report
from kg.evaluate.run import Evaluation, evaluate

__all__ = [
    "Evaluation",
    "FactVerdict",
    "Fault",
    "Finding",
    "FindingKind",
    "Row",
    "evaluate",
    "load_gold",
    "render_report",
]
