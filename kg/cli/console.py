"""What the commands say to a person: one line for an error, a meter for what takes time."""

from __future__ import annotations

import shlex
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

_STEPS = {
    "load": "Loading the language model",
    "articles": "Building",
    "identity": "Finding who is who",
    "events": "Finding what several articles report",
    "triples": "Making triples",
    "store": "Filling the store",
}
_UNITS = {"triples": "triple"}
_SETTLED = 5.0
"""Seconds until a rate says anything."""
SPARSELY = 20.0
"""Where there is no terminal, a line at most every so many seconds."""


def say(text: str = "") -> None:
    """Write to standard output."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Write one line to standard error, led by the program's name; control characters are shown, not sent."""
    line = " ".join(text.split())
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    sys.stderr.write(f"kg: {shown}\n")


def typed() -> str:
    """Return what to type for this program: "kg" where the shell finds it, otherwise how it was called."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py" and called.parent.name == "kg":
        return f"{shlex.quote(sys.executable)} -m kg"
    found = shutil.which("kg")
    if called.stem != "kg" or (found is not None and Path(found).resolve() == called.resolve()):
        return "kg"
    return shlex.quote(sys.argv[0])


def graph_file(path: Path, option: str | None = None) -> Path:
    """Return the path of a graph file that is there.

    Raises:
        UsageError: it is not; the message says how to come by one.
    """
    if not path.is_file():
        other = f" or name another with {option}" if option else ""
        if path.is_dir():
            raise UsageError(f"{path}: a folder, no graph file; name a file in it, or a store with --store")
        raise UsageError(f"{path}: no such file; make it with {typed()} build{other}")
    return path


class Meter:
    """Shows how far the work is, unless quiet: `meter(step, done)`; without a terminal by a line now and then."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._told = time.monotonic()
        self._step = ""
        self._begun = 0.0
        self._share = 0.0

    def __enter__(self) -> Meter:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.add_task("Starting", total=None)
            self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, step: str, done: int) -> None:
        """Say which step the work is at, and how much of it is done."""
        if self._quiet:
            return
        now = time.monotonic()
        if step != self._step:
            self._step, self._begun = step, now
        words = _STEPS.get(step, f"Writing {step}") + self._count(step, done, now)
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], description=words)
        elif now - self._told >= SPARSELY:
            self._told = now
            tell(words)

    def share(self, read: float) -> None:
        """Note which share of the input was read; the time left is guessed from it."""
        self._share = read

    def _count(self, step: str, done: int, now: float) -> str:
        if not done:
            return ""
        unit = _UNITS.get(step, "article")
        words = f": {done:,} {unit}{'' if done == 1 else 's'}"
        spent = now - self._begun
        if spent < _SETTLED:
            return words
        words += f", {done / spent:,.1f} a second"
        if step == "articles" and 0 < self._share < 1:
            words += f", about {_duration(spent / self._share - spent)} left"
        return words


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
    )


class Guesses:
    """Tells the warnings of a run, but of guessed dates the first few alone: an archive may have thousands."""

    _TOLD = 3

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._guessed = 0

    @staticmethod
    def knows(message: str) -> bool:
        """Tell whether a warning is one of a date that is guessed or missing."""
        return " has no date" in message

    def __call__(self, message: str) -> None:
        """Tell a warning, if it is not one too many."""
        if self.knows(message):
            self._guessed += 1
            if self._guessed > self._TOLD:
                return
        self._tell(message)

    def finish(self) -> None:
        """Tell how many more dates are guessed."""
        more = self._guessed - self._TOLD
        if more > 0:
            self._tell(
                f"and the {'date' if more == 1 else 'dates'} of {more:,} more; --date NAME=YYYY-MM-DD gives one"
            )
