"""The program `kg`: its commands, and how errors become one line and an exit code."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from kg import __version__
from kg.cli.build import build
from kg.cli.console import say, tell, typed
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.fix import fix, merge, split
from kg.cli.forget import forget
from kg.cli.import_ import import_
from kg.cli.infer import infer
from kg.cli.kb import kb
from kg.cli.mcp import mcp
from kg.cli.query import query
from kg.cli.serve import serve
from kg.cli.settings import Command, read_settings
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.cli.view import view
from kg.cli.watch import watch
from kg.errors import KGError

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
COMMANDS = {
    "build": build,
    "query": query,
    "view": view,
    "serve": serve,
    "validate": validate,
    "explain": explain,
    "stats": stats,
    "export": export,
    "import": import_,
    "forget": forget,
    "infer": infer,
    "merge": merge,
    "split": split,
    "eval": evaluate,
    "mcp": mcp,
    "watch": watch,
}
for name, command in COMMANDS.items():
    app.command(name)(command)  # type: ignore[type-var]
app.add_typer(kb, name="kb")
app.add_typer(fix, name="fix")
for group in (app, kb, fix):
    for one in group.registered_commands:
        one.cls = Command


def _version(asked: bool) -> None:
    if asked:
        say(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def program(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", metavar="FILE", help="Options that are not typed; else newskg.toml, if it is here."
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and end.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """News articles in, a knowledge graph out: who did what to whom, where and when, and who says so.

    \b
    Examples:
      kg build                         build the sample articles into output/
      kg build news/ --out graph/      build a folder of your own
      kg query actors                  ask a ready-made question of output/graph.ttl
      kg COMMAND --help                more on one command
    """
    context.default_map = read_settings(config, context.command.commands)  # type: ignore[attr-defined]


def main(args: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    0: done. 1: it can't be done. 2: the call is wrong. 3: some records were rejected, with `--strict`.
    130: interrupted. 141: nobody reads the output any more.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _ended)  # so that temporary files are taken away
    try:
        code = get_command(app).main(args, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except KGError as error:
        tell(str(error))
        return error.exit_code
    except typer.TyperException as error:
        message = error.format_message()
        if message.startswith("Usage: "):  # the help, which a call without a command gets
            sys.stderr.write(f"{message}\n")
        else:
            stop = "" if message.endswith((".", "?")) else "."
            tell(f"{message}{stop} See {typed()} --help.")
        return error.exit_code
    except typer.Abort:
        if sys.stderr.isatty():
            tell("interrupted; a build that is called again goes on where it was")
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # nobody listens any more
        return 141
    return code if isinstance(code, int) else 0


def _ended(number: int, frame: object) -> None:
    raise SystemExit(128 + number)
