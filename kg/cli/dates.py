"""The option `--date`, for all articles or for one by its name, and what is told of dates that are guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.errors import UsageError


def dates(given: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """Return the date for all articles, if there's one, and the dates by name.

    >>> dates(["2016-09-28", "strait=2031-03-04"])
    ('2016-09-28', {'strait': '2031-03-04'})

    Raises:
        UsageError: two dates are for all articles, or a name or a date is missing.
    """
    everywhere: list[str] = []
    named: dict[str, str] = {}
    for option in given:
        name, sign, date = option.rpartition("=")
        if not sign:
            everywhere.append(date)
        elif name and date:
            named[name] = date
        else:
            raise UsageError(f"--date {option}: write it as NAME=YYYY-MM-DD")
    if len(everywhere) > 1:
        raise UsageError(
            f"--date {everywhere[1]}: one date for all is given already; write NAME={everywhere[1]}"
        )
    return (everywhere[0] if everywhere else None), named


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
