"""What a caller may set for a build, in one value that is made once and handed down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.graph import DEFAULT_BASE, Evidence, check_base, evidence_of
from kg.identity import Overrides, load_overrides
from kg.identity.overrides import FILE as DECISIONS
from kg.pipeline import Setup
from kg.read import ReadOptions

Names = Mapping[str, str] | None
Progress = Callable[[str, int], None]
Share = Callable[[float], None]
Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Settings of one build.

    `date` is that of articles that have none of their own, `dates` the same by name. `fields` names the column or
    key of a field that has a name of its own ({"text": "story"}), `format` and `encoding` spare finding out.
    `model` is an installed spaCy pipeline, `lexicon` a folder of lexicon files put before the built-in ones;
    `components` names by kind what is plugged in instead of a built-in stage ({"event": "alarm"}; `kg.components`).

    One thing is one node over all articles, as far as `identity` (a file of decisions; identity.yaml in the
    folder if there is one) does not say otherwise; with `merge_events` an event that several articles report is
    one, too. `kb` is a knowledge base that things are linked to, or the name of a linker that is installed.

    `jobs` processes work side by side, each with a model of its own; a script that asks for more than one
    needs the usual `if __name__ == "__main__"`, as does one that allows `apart`: large inputs are then annotated
    apart also by a single process, whose memory goes with it.

    What is less sure than `min_confidence` is left out. `infer` adds what follows by the ontology. `evidence` is
    `lean`, or `full` for every stretch of text described in NIF. Without `view` there is no graph.html. `follow` reads
    the articles that feeds link to, from public hosts unless `allow_private`; what was fetched is kept beside the
    manifest. With `strict` a record that was rejected is an error, when the others are built.

    `on_progress` is told the step and how many are done, `on_share` which share of the input was read, `on_warning`
    one line for each oddity that costs no record.

    Example:
        >>> BuildOptions(jobs=4, base_iri="https://news.example").base
        'https://news.example/'
    """

    jobs: int = 1
    date: str | None = None
    dates: Names = None
    model: str | None = None
    base_iri: str | None = None
    min_confidence: float | None = None
    strict: bool = False
    format: str | None = None
    encoding: str | None = None
    fields: Names = None
    any_language: bool = False
    lexicon: str | Path | None = None
    components: Names = None
    identity: str | Path | None = None
    merge_events: bool = False
    kb: str | None = None
    infer: bool = False
    evidence: str = "lean"
    view: bool = True
    apart: bool = False
    follow: bool = False
    allow_private: bool = False
    on_progress: Progress | None = None
    on_share: Share | None = None
    on_warning: Warn | None = None

    def check(self) -> None:
        """Raise UsageError when an option's value makes no sense."""
        _ = self.base, self.evidence_kind
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise UsageError(f"the least confidence is {self.min_confidence}; it must lie between 0 and 1")
        if self.jobs < 1:
            raise UsageError(f"{self.jobs} processes can't do it; give at least 1")
        if self.identity is not None and not Path(self.identity).is_file():
            raise UsageError(f"{self.identity}: no such file of decisions on who is who")

    @property
    def base(self) -> str:
        """The base IRI; UsageError if it is none."""
        return check_base(self.base_iri or DEFAULT_BASE)

    @property
    def evidence_kind(self) -> Evidence:
        """How much text the graph describes; UsageError if there is no such kind."""
        return evidence_of(self.evidence)

    @property
    def setup(self) -> Setup:
        """What each process loads."""
        plugged = tuple(sorted((self.components or {}).items()))
        return Setup(self.model, Path(self.lexicon) if self.lexicon is not None else None, plugged)

    @property
    def reading(self) -> ReadOptions:
        """How the articles are read; links of feeds are not followed."""
        return ReadOptions(
            date=self.date,
            dates=self.dates or {},
            check_language=not self.any_language,
            encoding=self.encoding,
            format=self.format,
            fields=self.fields or {},
            on_warning=self.on_warning,
            on_share=self.on_share,
        )

    def overrides(self, folder: Path | None) -> Overrides:
        """Return the decisions on who is who, those in `folder` if no file is named.

        Raises:
            IdentityError: the file breaks its schema.
        """
        file = Path(self.identity) if self.identity is not None else folder and folder / DECISIONS
        return load_overrides(file) if file is not None else Overrides()

    def tell(self, step: str, done: int) -> None:
        """Tell the caller how far the build is."""
        if self.on_progress is not None:
            self.on_progress(step, done)

    def warn(self, line: str) -> None:
        """Hand a warning to the caller."""
        if self.on_warning is not None:
            self.on_warning(line)
