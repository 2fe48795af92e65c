"""How right the graph is: articles annotated by hand are built, compared, scored, and every error is shown."""

from kg.evaluate.findings import Fault
from kg.evaluate.report import render_report
from kg.evaluate.run import Evaluation, evaluate

__all__ = ["Evaluation", "Fault", "evaluate", "render_report"]
