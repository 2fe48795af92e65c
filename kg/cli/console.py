"""What the commands say to a person: one line for an error, a meter for what takes time."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

_STEPS = {"load": "Loading the language model", "articles": "Building", "identity": "Comparing"}


def say(text: str = "") -> None:
    """Write to standard output."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Write one line to standard error, led by the program's name; control characters are shown, not sent."""
    line = " ".join(text.split())
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    sys.stderr.write(f"kg: {shown}\n")


def graph_file(path: Path, option: str | None = None) -> Path:
    """Return the path of a graph file that is there.

    Raises:
        UsageError: it is not; the message says how to come by one.
    """
    if not path.is_file():
        other = f" or name another with {option}" if option else ""
        raise UsageError(f"{path}: no such file; make it with kg build{other}")
    return path


class Meter:
    """Shows on a terminal how far the work is: `meter(step, done)`; elsewhere, and when quiet, nothing."""

    def __init__(self, quiet: bool = False) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._progress: Progress | None = None

    def __enter__(self) -> Meter:
        if self._shown:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.add_task("Starting", total=None)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, step: str, done: int) -> None:
        """Say which step the work is at, and how many articles are done."""
        if self._progress is not None:
            words = _STEPS.get(step, f"Writing {step}")
            count = f": {done} article{'' if done == 1 else 's'}" if done else ""
            self._progress.update(self._progress.task_ids[0], description=words + count)
