"""One hierarchy of errors, each a single line for the user: what is wrong, where, and what to do."""

import shlex
import shutil
import sys
from pathlib import Path


def install(extra: str) -> str:
    """Return the command, to be typed as it stands, that adds an extra to this very environment.

    Example:
        >>> install("validate")  # doctest: +SKIP
        "pip install 'newskg[validate]'"
    """
    pip = shutil.which("pip")  # of a shell that has not entered the environment, it is another's
    here = pip is not None and Path(pip).parent == Path(sys.executable).parent
    return f"{'pip' if here else f'{shlex.quote(sys.executable)} -m pip'} install 'newskg[{extra}]'"


class KGError(Exception):
    """Base of every error that a user may meet; `str(error)` is the whole message.

    `exit_code` is what the command line returns for it.
    """

    exit_code = 1


class UsageError(KGError):
    """The call itself is wrong: an unknown option value, a missing path, a bad parameter."""

    exit_code = 2


class ReadError(KGError):
    """One input record can't be read; the batch goes on and the record joins the rejects."""

    def __init__(self, reason: str, source: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.reason = reason
        self.source = source


class RejectedError(KGError):
    """What could be built was, but some records were rejected and the caller asked for strictness."""

    exit_code = 3


class NothingBuiltError(KGError):
    """No record of the input could be built, so nothing was written."""


class OutputError(KGError):
    """The output folder or a file in it can't be written."""


class ModelError(KGError):
    """The spaCy pipeline can't be found or loaded, or lacks a component that the builder needs."""


class ProcessError(KGError):
    """The system ended a process before it could begin to work."""


class LexiconError(KGError):
    """A lexicon file breaks its schema; the message names the file and the entry."""


class PluginError(KGError):
    """A plug-in of another package can't be loaded, or gives something else than its seam promises."""


SETUP = (UsageError, ModelError, LexiconError, ProcessError, PluginError)
"""What no article is to blame for: it stops the work instead of costing one article after the other."""


class GraphError(KGError):
    """A graph can't be read, written or validated."""


class QueryError(KGError):
    """A SPARQL query can't be parsed or run, or a named query lacks a parameter."""


class StoreError(KGError):
    """The embedded store can't be opened or written."""


class StoreInUseError(StoreError):
    """Another process has the lock of the store; it may have let go a moment later."""


class GoldError(KGError):
    """An annotated article can't be used: its text is missing, its JSON broken, a span lies outside the text."""


class IdentityError(KGError):
    """A decision on who is who can't be read, or two decisions contradict each other."""
