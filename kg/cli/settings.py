"""`newskg.toml`: options that need not be typed each time, a table for each command."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from typer.core import TyperCommand

from kg.errors import UsageError

FILE = "newskg.toml"
"""The file that is read where `kg` is called, if there is one."""
_LARGEST = 1_000_000
_EITHER = (("out", "store"), ("data", "store"))
"""Options of which a command takes one."""


class Command(TyperCommand):
    """A command in which an option that is typed puts out the one of the settings that can't stand beside it."""

    def invoke(self, ctx: Any) -> Any:
        """Run it.

        Raises:
            UsageError: the settings hold both of two options of which one can be.
        """
        for pair in _EITHER:
            from_file = [name for name in pair if _is_set(ctx, name)]
            if len(from_file) == 2:
                file = (ctx.find_root().params.get("config")) or FILE
                raise UsageError(f"{file}: {ctx.info_name} has {pair[0]} and {pair[1]}, of which one can be")
            other = {name for name in pair if ctx.params.get(name) is not None}.difference(from_file)
            if from_file and other:
                ctx.params[from_file[0]] = None
        return super().invoke(ctx)


def _is_set(ctx: Any, name: str) -> bool:
    """Tell whether an option's value comes from the settings."""
    source = ctx.get_parameter_source(name)
    return ctx.params.get(name) is not None and source is not None and source.name == "DEFAULT_MAP"


def read_settings(file: Path | None, commands: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values by command and parameter that a file gives; without `file`, newskg.toml if it is there.

    A table bears the name of a command (`[build]`, `[kb.build]`), its keys those of options without their dashes
    (`min-confidence = 0.5`) or of arguments (`paths = ["news/"]`). What is typed goes before what stands there.

    Raises:
        UsageError: the file is missing or no TOML, or names a command or an option that there is not.
    """
    path = file or Path(FILE)
    if file is None and not path.is_file():
        return {}
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path}: larger than any settings are")
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: no TOML: {' '.join(str(error).split())}") from error
    return _of_commands(told, commands, str(path), "")


def _of_commands(
    told: Mapping[str, object], commands: Mapping[str, Any], path: str, above: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, table in told.items():
        if name not in commands or not isinstance(table, dict):
            raise UsageError(f"{path}: there is no command '{above}{name}'{_near(name, commands)}")
        command = commands[name]
        below = getattr(command, "commands", None)
        if below is not None:
            found[name] = _of_commands(table, below, path, f"{name} ")
        else:
            found[name] = _of_options(table, command, path, f"{above}{name}")
    return found


def _of_options(table: Mapping[str, object], command: Any, path: str, shown: str) -> dict[str, Any]:
    known = {
        opt.lstrip("-"): param for param in command.params for opt in param.opts if len(opt.lstrip("-")) > 1
    }
    known.pop("help", None)
    found: dict[str, Any] = {}
    for name, value in table.items():
        param = known.get(name) or known.get(name.replace("_", "-"))
        if param is None:
            raise UsageError(f"{path}: kg {shown} has no option '{name}'{_near(name, known)}")
        given = _value(value, param, f"{path}: {shown}: {name}")
        found[param.name] = [given] if _takes_many(param) and not isinstance(given, list) else given
    return found


def _takes_many(param: Any) -> bool:
    return bool(getattr(param, "multiple", False) or param.nargs == -1)


def _value(value: object, param: Any, where: str) -> object:
    if isinstance(value, list):
        if not _takes_many(param):
            raise UsageError(f"{where} takes one value, no list")
        return [_value(one, param, where) if not isinstance(one, list) else _refused(where) for one in value]
    if isinstance(value, dict):
        return _refused(where)
    if getattr(param, "is_flag", False) and not isinstance(value, bool):
        raise UsageError(f"{where} is true or false")
    if isinstance(value, bool) and not getattr(param, "is_flag", False):
        return _refused(where)
    return value.isoformat() if isinstance(value, date) else value


def _refused(where: str) -> object:
    raise UsageError(f"{where} takes words or a number")


def _near(name: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean '{near[0]}'?" if near else ""
