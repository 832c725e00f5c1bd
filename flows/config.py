"""The configuration file: ``mtclean.toml``, or the table ``[tool.mtclean]`` of a ``pyproject.toml``.

    language = "en"                      # detected where left out
    [rules]
    double-space = "off"                 # off, suggest or safe; a category will do, too
    [style]
    quotes = "curly"
    [protect]
    words = ["Kolovin"]
    [files."letters/*"]
    ignore = ["fluency.casing"]
    [profiles.strict.rules]              # used with --profile strict, on top of the rest
    fluency = "suggest"

A key, rule or profile that does not exist is an error, because a typing mistake that is taken in
silence is a setting that does not work.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.stages import RULES, Options
from tasks.artifacts import HOUSE_LISTS
from tasks.documents import write
from tasks.text import Dash, Level, Marks, Policy, Quotes, Style

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NAME = "mtclean.toml"


class ConfigError(ValueError):
    """The configuration cannot be used; the message names the file, the key and what would do."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


class _Style(_Table):
    quotes: Quotes = Quotes.AUTO
    marks: Marks = Marks.KEEP
    dash: Dash = Dash.KEEP


class _Protect(_Table):
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


class _Files(_Table):
    ignore: tuple[str, ...] = ()


class _Settings(_Table):
    language: str = ""
    grammar: bool = True
    languagetool: str = ""
    rules: dict[str, Level] = Field(default_factory=dict)
    style: _Style = Field(default_factory=_Style)
    protect: _Protect = Field(default_factory=_Protect)
    files: dict[str, _Files] = Field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class _Config(_Settings):
    profiles: dict[str, _Settings] = Field(default_factory=dict)


def find(start: Path) -> Path | None:
    """The nearest configuration file in *start* or a folder above it, or None."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (
            "tool" in (table := _pyproject(folder / "pyproject.toml"))
            and "mtclean" in table["tool"]
        ):
            return folder / "pyproject.toml"
    return None


def load(path: Path | None, profile: str = "") -> Options:
    """The options *path* sets, with those of *profile* on top; the defaults without a path.

    Raises :class:`ConfigError`.
    """
    if path is None:
        if profile:
            raise ConfigError(f"there is no profile {profile!r}: no {NAME} was found")
        return Options()
    table = _tables(path)
    config = _validated(path, _Config, table)
    if profile:
        _known(path, "profile", profile, config.profiles)
        above = {name: value for name, value in table.items() if name != "profiles"}
        config = _validated(path, _Config, _merged(above, table["profiles"][profile]))
    for settings in (config, *config.profiles.values()):
        _check(path, settings)
    return _options(config)


def chosen(path: Path | None, profile: str = "") -> Options:
    """The options of *path*, or of the nearest configuration file; the defaults without one.

    Raises :class:`ConfigError`.
    """
    return load(path or find(Path.cwd()), profile)


def overridden(
    options: Options,
    grammar: bool | None = None,
    language: str | None = None,
    quotes: str | None = None,
    languagetool: str | None = None,
) -> Options:
    """*options* with what was given on the command line or to the flow; None leaves a setting.

    Raises :class:`ConfigError` where *quotes* is none of ``auto``, ``curly`` and ``straight``.
    """
    if quotes is not None:
        try:
            options = replace(options, style=replace(options.style, quotes=Quotes(quotes)))
        except ValueError:
            choices = ", ".join(Quotes)
            raise ConfigError(f"quotes is {quotes!r}, which is none of {choices}") from None
    if grammar is not None:
        options = replace(options, grammar=grammar)
    if language is not None:
        options = replace(options, language=language)
    if languagetool is not None:
        options = replace(options, languagetool=languagetool)
    return options


def switch_off(path: Path, rules: Iterable[str]) -> list[str]:
    """Set *rules* to off in the file at *path*, made where it is missing; those that were not yet.

    Everything else in the file stays as it is, comments too.  Raises :class:`ConfigError` where it
    cannot be read as it stands, and :class:`tasks.documents.DocumentProblem` where it cannot be written.
    """
    content = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    place: Any = content
    for name in (*(("tool", "mtclean") if path.name == "pyproject.toml" else ()), "rules"):
        if name not in place:
            place[name] = tomlkit.table()
        place = place[name]
    changed = [rule for rule in dict.fromkeys(rules) if place.get(rule) != Level.OFF.value]
    for rule in changed:
        place[rule] = Level.OFF.value
    if changed:
        write(path, tomlkit.dumps(content).encode())
    return changed


def _options(config: _Settings) -> Options:
    style = config.style
    return Options(
        grammar=config.grammar,
        language=config.language,
        languagetool=config.languagetool,
        style=Style(
            style.quotes,
            style.marks,
            style.dash,
            frozenset(config.protect.words),
            config.protect.patterns,
            tuple(sorted(config.lists.items())),
        ),
        policy=Policy(tuple(sorted(config.rules.items()))),
        ignores=tuple((glob, files.ignore) for glob, files in sorted(config.files.items())),
    )


def _tables(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            table: dict[str, Any] = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    if path.name == "pyproject.toml":
        own: dict[str, Any] = table.get("tool", {}).get("mtclean", {})
        return own
    return table


def _pyproject(path: Path) -> dict[str, Any]:
    """The tables of somebody's ``pyproject.toml``; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            table: dict[str, Any] = tomllib.load(file)
    except (OSError, ValueError):
        return {}
    return table


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both tables as one: what *above* sets goes, tables are merged key by key, lists are joined."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        if isinstance(value, dict) and isinstance(under, dict):
            merged[name] = _merged(under, value)
        elif isinstance(value, list) and isinstance(under, list):
            merged[name] = [*under, *value]
        else:
            merged[name] = value
    return merged


def _validated(path: Path, model: type[_Config], table: Mapping[str, Any]) -> _Config:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"]]
        if first["type"] == "extra_forbidden":
            _known(path, "key", where[-1], _keys_beside(where), ".".join(where))
        raise ConfigError(f"{path}: {'.'.join(where)}: {first['msg']}") from error


def _keys_beside(where: list[str]) -> Iterable[str]:
    """The keys that may stand where *where* is."""
    inside = where[2:] if where[0] == "profiles" else where
    tables: dict[str, type[_Table]] = {"style": _Style, "protect": _Protect, "files": _Files}
    if len(inside) > 1 and inside[0] in tables:
        return tables[inside[0]].model_fields
    return (_Config if inside is where else _Settings).model_fields


def _check(path: Path, settings: _Settings) -> None:
    """Raise :class:`ConfigError` for a rule that does not exist or a pattern that is none."""
    ignored = (name for files in settings.files.values() for name in files.ignore)
    for name in (*settings.rules, *ignored):
        if not name.startswith("languagetool."):
            _known(path, "rule", name, _rule_names())
    for name in settings.lists:
        _known(path, "list", name, HOUSE_LISTS)
    for pattern in settings.protect.patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ConfigError(f"{path}: protect.patterns: {pattern!r}: {error}") from error


@cache
def _rule_names() -> frozenset[str]:
    """Every id and category, and the whole beginnings of categories."""
    names = set(RULES)
    for rule in RULES.values():
        parts = rule.category.split(".")
        names.update(".".join(parts[:n]) for n in range(1, len(parts) + 1))
    return frozenset(names)


def _known(path: Path, kind: str, name: str, names: Iterable[str], shown: str = "") -> None:
    """Raise :class:`ConfigError`, with a suggestion, where *name* is none of *names*."""
    choices = sorted(names)
    if name in choices:
        return
    close = get_close_matches(name, choices, 1)
    listed = f"one of {', '.join(choices)}" if 0 < len(choices) < 12 else "see mtclean rules"
    hint = f"did you mean {close[0]!r}? ({listed})" if close else listed
    raise ConfigError(f"{path}: there is no {kind} {shown or name!r}; {hint}")
