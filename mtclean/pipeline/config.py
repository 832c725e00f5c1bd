"""The configuration file: ``mtclean.toml``, or the table ``[tool.mtclean]`` of a ``pyproject.toml``.

    language = "en"                      # detected where left out
    [languages]
    "*.de.txt" = "de"
    [rules]
    double-space = "off"                 # off, suggest or safe; a category will do, too
    [style]
    quotes = "curly"
    [protect]
    words = ["Kolovin"]
    [files."letters/*"]
    ignore = ["fluency.casing"]
    [[rule]]                             # a rule of the house: mtclean.pipeline.house
    id = "e-mail"
    pattern = 'e-mail'
    replacement = "email"
    [profiles.strict.rules]              # used with --profile strict, on top of the rest
    fluency = "suggest"

A key, rule or profile that does not exist is an error, because a typing mistake that is taken in
silence is a setting that does not work.

Such a file may come from anybody, with the texts it lies beside.  So one that another user owns is not
obeyed, and none may send texts to another machine or have a rule of its own change them unasked; what the user
trusts stands in a file of their own (:func:`own_file`).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mtclean.documents import Reading, SourceFormat, read_handed_in
from mtclean.documents.formats import AS_IT_LOOKS
from mtclean.formats import Choices
from mtclean.formats.format import Unreadable
from mtclean.languages.language import NEUTRAL, language, written
from mtclean.pipeline.house import BadRule, HouseTable, held_back, house_rules
from mtclean.pipeline.options import Options
from mtclean.pipeline.selection import restricted
from mtclean.pipeline.settings import ConfigError, Settings, check_code
from mtclean.plugins import installed, plugged
from mtclean.rules.artifacts import HOUSE_LISTS
from mtclean.rules.bilingual.glossary import TermBase
from mtclean.rules.house import HOUSE
from mtclean.rules.registry import BUILT_IN, Registry
from mtclean.text import (
    Dash,
    HousePattern,
    Level,
    Marks,
    Policy,
    Quotes,
    Rule,
    SentenceSpace,
    Style,
)
from mtclean.text.style import AS_FOUND
from mtclean.trouble import did_you_mean

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NAME = "mtclean.toml"

_ON_TOP = {
    "grammar",
    "language",
    "languagetool",
    "source_format",
    "source_language",
    "source_column",
}
_CHOSEN = ("columns", "fields")
_PLUGIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

# As strict as can be: what another reader of addresses takes for another machine is not in it.
_LOOPBACK = re.compile(
    r"https?://(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?(/[\w.~/-]*)?",
    re.ASCII | re.IGNORECASE,
)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


Model = TypeVar("Model", bound=_Table)


class _Style(_Table):
    quotes: Quotes = Quotes.AUTO
    marks: Marks = Marks.KEEP
    dash: Dash = Dash.KEEP
    sentence_space: SentenceSpace = SentenceSpace.KEEP


class _Protect(_Table):
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


class _Terms(_Table):
    glossary: str = ""
    keep: tuple[str, ...] = ()


class _Files(_Table):
    ignore: tuple[str, ...] = ()
    source_format: SourceFormat | None = None
    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class _Settings(_Table):
    language: str = ""
    grammar: bool = True
    languagetool: str = ""
    source_format: SourceFormat | None = None
    columns: tuple[str, ...] = ()
    source_column: str = ""
    source_language: str = ""
    fields: tuple[str, ...] = ()
    rules: dict[str, Level] = Field(default_factory=dict)
    style: _Style = Field(default_factory=_Style)
    protect: _Protect = Field(default_factory=_Protect)
    terms: _Terms = Field(default_factory=_Terms)
    files: dict[str, _Files] = Field(default_factory=dict)
    languages: dict[str, str] = Field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rule: tuple[HouseTable, ...] = ()


class _Config(_Settings):
    profiles: dict[str, _Settings] = Field(default_factory=dict)


class _Own(_Table):
    """What a user trusts: a server that texts may go to, folders whose settings hold for them, rules of their own."""

    languagetool: str = ""
    trust: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    rule: tuple[HouseTable, ...] = ()


def own_file() -> Path:
    """The user's own file, which no folder can bring; it need not be there."""
    return user_config_path("mtclean", appauthor=False) / NAME


def find(start: Path) -> Path | None:
    """The nearest configuration file in *start* or a folder above it, or None.

    Raises :class:`ConfigError` where that is another user's.
    """
    for folder in (start, *start.parents):
        for file in (folder / NAME, folder / "pyproject.toml"):
            if not os.path.isfile(file):  # noqa: PTH113 - unlike Path, it takes what is locked for absent
                continue
            if file.name == NAME or _own_table(_pyproject(file)) is not None:
                _check_owner(file)
                return file
    return None


def load(
    path: Path | None, profile: str = "", beside: Registry = BUILT_IN, *, trusted: bool = False
) -> Options:
    """The options *path* sets, with those of *profile* on top; the defaults without a path.

    Beside the rules of the file there are those of *beside*.  Where the file is not
    *trusted*, rules of a house that it would have change texts unasked only suggest.  Raises :class:`ConfigError`.
    """
    if path is None:
        if profile:
            raise ConfigError(f"there is no profile {profile!r}: no {NAME} was found")
        return Options(registry=beside)
    table = _tables(path)
    config = _validated(path, _Config, table)
    if profile:
        _known(path, "profile", profile, config.profiles)
        above = {name: value for name, value in table.items() if name != "profiles"}
        config = _validated(path, _Config, _merged(above, table["profiles"][profile]))
    every = (config, *config.profiles.values())
    rules = [_rules(path, settings, beside, trusted) for settings in every]
    known = Registry(tuple(chain(beside.added, beside.checkers, *rules))).names
    for settings in every:
        _check(path, settings, known)
    options = _options(config, beside, rules[0], trusted)
    return replace(options, terms=_terms(path, config.terms))


def chosen(settings: Settings) -> Options:
    """The options of the configuration file of *settings*, or of the nearest, with the rest of them on top.

    The server that texts go to is the user's to name: in *settings* or in their own file; a file may
    only name one on this machine, or that one.  Raises :class:`ConfigError`.
    """
    file, own = settings.config or find(Path.cwd()), _own()
    trusted = settings.safe_rules or (file is not None and is_trusted(file))
    said = load(file, settings.profile, _beside(own, settings), trusted=trusted)
    options = overridden(said, settings)
    if settings.languagetool is not None or not options.grammar:
        return options
    if not said.languagetool:
        return replace(options, languagetool=own.languagetool)
    if said.languagetool != own.languagetool and not _LOOPBACK.fullmatch(said.languagetool):
        raise ConfigError(
            f"{file} would have every text sent to {said.languagetool!r}, which such a file may not: "
            f"name the server with --languagetool, or as languagetool in {own_file()}"
        )
    return options


def overridden(options: Options, settings: Settings) -> Options:
    """*options* with what was asked on top."""
    asked = settings.model_dump(include=_ON_TOP, exclude_none=True)
    for code in (settings.language, settings.source_language):
        check_code(code or "")
    if settings.language:
        asked["languages"] = ()
    asked |= {name: tuple(own) for name in _CHOSEN if (own := getattr(settings, name))}
    asked["readings"] = tuple((glob, _below(own, settings)) for glob, own in options.readings)
    if settings.glossary:
        asked["terms"] = _term_base(settings.glossary, options.terms.keep)
    if settings.source:
        asked["source"] = str(settings.source)
    if settings.quotes:
        asked["style"] = replace(options.style, quotes=settings.quotes)
    return restricted(replace(options, **asked), settings.select or (), settings.ignore or ())


def _below(reading: Reading, settings: Settings) -> Reading:
    """What of a *reading* of some files is left where *settings* say how all are to be read."""
    own = reading.choices
    columns, fields = (() if getattr(settings, n) else getattr(own, n) for n in _CHOSEN)
    format = None if settings.source_format else reading.format
    return Reading(format, replace(own, columns=columns, fields=fields))


_LANGUAGETOOL = re.compile(r"languagetool\.[A-Za-z0-9_()\[\]-]{1,120}")


def is_rule(id: str, registry: Registry = BUILT_IN) -> bool:
    """Whether *id* names one rule: of *registry*, or one that LanguageTool may have."""
    return id in registry.by_id or bool(_LANGUAGETOOL.fullmatch(id))


def _rules(path: Path, settings: _Settings, beside: Registry, trusted: bool) -> tuple[Rule, ...]:
    """The rules that *settings* bring.  Raises :class:`ConfigError`."""
    taken, style = beside.by_id, _style(settings)
    try:
        return tuple(house_rules(settings.rule, style, trusted=trusted, taken=taken))
    except BadRule as error:
        raise ConfigError(f"{path}: {error}") from error


def _beside(own: _Own, settings: Settings) -> Registry:
    """The rules that the user's own file brings, and those of the plug-ins that the user has named.

    Raises :class:`ConfigError`.
    """
    try:
        rules = tuple(house_rules(own.rule, AS_FOUND, trusted=True, taken=BUILT_IN.by_id))
    except BadRule as error:
        raise ConfigError(f"{own_file()}: {error}") from error
    named = dict.fromkeys((*own.plugins, *(settings.plugins or ())))
    for name in named:
        _check_plugin(name)
    plugs = [plugged(name) for name in named]
    return Registry(
        (*rules, *chain.from_iterable(plug.rules for plug in plugs)),
        tuple(chain.from_iterable(plug.checkers for plug in plugs)),
        tuple((plug.name, plug.wrong) for plug in plugs if plug.wrong),
    )


def _check_plugin(name: str) -> None:
    """Raise :class:`ConfigError` where no plug-in *name* can be used."""
    if name not in installed():
        there = f"installed are {', '.join(sorted(installed()))}" if installed() else "none is"
        raise ConfigError(f"there is no plug-in {name!r}; {there}")
    taken = {known.partition(".")[0] for known in (*BUILT_IN.names, "languagetool.", HOUSE)}
    if name in taken or not _PLUGIN.fullmatch(name):
        raise ConfigError(f"no plug-in can be called {name!r}, as its rules would be called so")


def _options(
    config: _Settings, beside: Registry, rules: tuple[Rule, ...], trusted: bool
) -> Options:
    policy = Policy(tuple(sorted(config.rules.items())))
    return Options(
        grammar=config.grammar,
        language=config.language,
        languages=tuple(config.languages.items()),
        languagetool=config.languagetool,
        source_format=config.source_format,
        columns=config.columns,
        source_column=config.source_column,
        source_language=config.source_language,
        fields=config.fields,
        style=_style(config),
        policy=policy if trusted else held_back(policy, (*beside.added, *rules)),
        readings=tuple(
            (glob, reading)
            for glob, files in sorted(config.files.items())
            if (reading := _reading(files)) != AS_IT_LOOKS
        ),
        ignores=tuple((glob, files.ignore) for glob, files in sorted(config.files.items())),
        registry=replace(beside, added=(*rules, *beside.added)),
    )


def _terms(path: Path, said: _Terms) -> TermBase:
    """The terms that the file at *path* names, in a file of its folder or below: it may come from anybody.

    Raises :class:`ConfigError`.
    """
    if not said.glossary:
        return TermBase(keep=said.keep)
    file = path.parent / said.glossary
    if not file.resolve().is_relative_to(path.parent.resolve()):
        raise ConfigError(
            f"{path}: the glossary {said.glossary!r} is not in its folder: name it with --glossary"
        )
    return _term_base(file, said.keep)


def _term_base(file: Path, keep: tuple[str, ...]) -> TermBase:
    """The terms of *file*, and what is to be kept.  Raises :class:`ConfigError`."""
    try:
        base = TermBase(
            read_handed_in(file).decode("utf-8-sig"), file.suffix.lower() == ".tbx", keep
        )
        base.glossary(("", ""))
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        raise ConfigError(f"the glossary {file} cannot be read: {error}") from error
    return base


def _style(config: _Settings) -> Style:
    style = config.style
    return Style(
        style.quotes,
        style.marks,
        style.dash,
        style.sentence_space,
        frozenset(config.protect.words),
        config.protect.patterns,
        tuple(sorted(config.lists.items())),
    )


def _reading(files: _Files) -> Reading:
    return Reading(files.source_format, Choices(files.columns, files.fields))


def check_server_of_prefect(url: str, folder: Path) -> None:
    """Raise :class:`ConfigError` where a file in *folder* may have named *url* as Prefect's server.

    Prefect takes settings from such files, and from others that they name; so only their absence
    tells that the user has named a server of another machine.
    """
    if _LOOPBACK.fullmatch(url):
        return
    for file in settings_of_prefect(folder):
        raise ConfigError(
            f"Prefect's server would be {url!r}, and {file} may be what names it, which a file "
            "that comes with texts may not: set PREFECT_API_URL in the environment"
        )


def settings_of_prefect(folder: Path) -> Iterator[Path]:
    """The files in *folder* that Prefect takes settings from.

    Raises :class:`ConfigError` and :class:`OSError` where one cannot be read.
    """
    files: dict[str, Callable[[Path], bool]] = {
        "prefect.toml": lambda file: True,
        ".env": lambda file: b"PREFECT_" in read_handed_in(file).upper(),
        "pyproject.toml": lambda file: "prefect" in str(_pyproject(file).get("tool", "")),
    }
    for name, speaks in files.items():
        file = folder / name
        if file.is_file() and speaks(file):
            yield file


def _own() -> _Own:
    """What the user's own file says; the defaults without one.  Raises :class:`ConfigError`."""
    file = own_file()
    if not file.exists():
        return _Own()
    _check_owner(file)
    own = _validated(file, _Own, _tables(file))
    for folder in own.trust:
        if not Path(folder).expanduser().is_absolute():
            raise ConfigError(f"{file}: trust: {folder!r} is no absolute path")
    return own


def _check_owner(file: Path) -> None:
    """Raise :class:`ConfigError` where *file*, or what it is a link to, is another user's."""
    owner = stranger(file)
    if not owner or (file != own_file() and is_trusted(file)):
        return
    raise ConfigError(
        f"{file} belongs to {owner} and not to you, so it is not obeyed: name it with --config, "
        f"or put its folder into trust in {own_file()}"
    )


def is_trusted(file: Path) -> bool:
    """Whether rules of a house may change texts unasked where they stand in *file*.  Raises :class:`ConfigError`."""
    folders = (Path(folder).expanduser().resolve() for folder in _own().trust)
    return any(file.parent.resolve().is_relative_to(folder) for folder in folders)


def stranger(file: Path) -> str:
    """Who else owns *file*; empty where it is the user's or root's, or the system knows no owners.

    Under sudo, the user is the one who called it.
    """
    if sys.platform == "win32":
        return ""
    import pwd

    ours = {0, os.geteuid()}
    if os.geteuid() == 0 and os.environ.get("SUDO_UID", "").isdecimal():
        ours.add(int(os.environ["SUDO_UID"]))
    for owner in {file.lstat().st_uid, file.stat().st_uid} - ours:
        try:
            return pwd.getpwuid(owner).pw_name
        except KeyError:
            return f"user {owner}"
    return ""


def _tables(path: Path) -> dict[str, Any]:
    try:
        table = _toml(path)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: its tables are too deep") from error
    if path.name != "pyproject.toml":
        return table
    return _own_table(table) or {}


def _own_table(pyproject: Mapping[str, Any]) -> dict[str, Any] | None:
    """The table ``[tool.mtclean]``; None where there is none."""
    tool = pyproject.get("tool")
    own = tool.get("mtclean") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else None


def _pyproject(path: Path) -> dict[str, Any]:
    """The tables of somebody's ``pyproject.toml``; none where it cannot be read."""
    try:
        return _toml(path)
    except (OSError, ValueError, RecursionError):
        return {}


def _toml(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(read_handed_in(path).decode())
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


def _validated(path: Path, model: type[Model], table: Mapping[str, Any]) -> Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"]]
        if where == ["plugins"] and model is _Config:
            raise ConfigError(
                f"{path}: such a file enables no plug-in: --plugin does, or plugins in {own_file()}"
            ) from error
        if first["type"] == "extra_forbidden":
            _known(path, "key", where[-1], _keys_beside(model, where), _shown(first["loc"]))
        raise ConfigError(f"{path}: {_shown(first['loc'])}: {first['msg']}") from error


def _shown(place: Sequence[str | int]) -> str:
    """*place* as people have it: tables of a list are counted from one."""
    return ".".join(f"[[{part}]]" if part == "rule" else _counted(part) for part in place)


def _counted(part: str | int) -> str:
    return part if isinstance(part, str) else str(part + 1)


def _keys_beside(model: type[BaseModel], where: list[str]) -> Iterable[str]:
    """The keys that may stand where *where* is."""
    if len(where) == 1:
        return model.model_fields
    inside = where[2:] if where[0] == "profiles" else where
    tables: dict[str, type[BaseModel]] = {
        "style": _Style,
        "protect": _Protect,
        "files": _Files,
        "rule": HouseTable,
    }
    if len(inside) > 1 and inside[0] in tables:
        return tables[inside[0]].model_fields
    return _Settings.model_fields


def _check(path: Path, settings: _Settings, rules: Iterable[str]) -> None:
    """Raise :class:`ConfigError` for a rule that does not exist or a pattern that is none."""
    ignored = (name for files in settings.files.values() for name in files.ignore)
    for name in (*settings.rules, *ignored):
        is_elsewhere = name.startswith("languagetool.") or (
            name not in rules and name.partition(".")[0] in installed()
        )
        if not is_elsewhere:
            _known(path, "rule", name, rules)
    for name in settings.lists:
        _known(path, "list", name, HOUSE_LISTS)
    for code in settings.languages.values():
        if language(code) is NEUTRAL:
            _known(path, "language", code, written())
    for pattern in settings.protect.patterns:
        try:
            HousePattern(pattern)
        except ValueError as error:
            raise ConfigError(f"{path}: protect.patterns: {error}") from error


def _known(path: Path, kind: str, name: str, names: Iterable[str], shown: str = "") -> None:
    """Raise :class:`ConfigError`, with a suggestion, where *name* is none of *names*."""
    choices = sorted(names)
    if name in choices:
        return
    listed = f"one of {', '.join(choices)}" if 0 < len(choices) < 12 else "see mtclean rules"
    near = did_you_mean(name, choices, {choice: repr(choice) for choice in choices})
    hint = f"{near} ({listed})" if near else f"; {listed}"
    raise ConfigError(f"{path}: there is no {kind} {shown or name!r}{hint}")
