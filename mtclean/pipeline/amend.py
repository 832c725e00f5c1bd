"""What a review settles for good, written into the settings of the house.

A house may say of a rule that it is never to speak again, or that what it suggests is always to be made, and of words
that they are never to be touched, or always to be written otherwise.  It goes into the file that the run
obeys; comments and all else in there stay as they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, MutableMapping, MutableSequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from mtclean.documents import write
from mtclean.pipeline.config import NAME, chosen, find, is_rule, is_trusted, own_file, stranger
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.report.summary import UNSPACED
from mtclean.rules.house import HOUSE
from mtclean.rules.registry import BUILT_IN, Registry
from mtclean.text import HousePattern, Level

_LONGEST_ID = 40
"""Code points of the id of a rule that is made of words."""
_LONGEST_WORDS = 200
"""Code points of words that are settled for good."""
_SPACED = re.compile(rf"[^\W{UNSPACED}]")
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")


class Standing(str, Enum):
    """What is to hold from now on."""

    NEVER = "never"
    """The rule is off; the words are protected."""
    ALWAYS = "always"
    """What the rule suggests is made; the words are replaced."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to hold of a ``rule`` or, where that is empty, of ``words``; ``instead`` is always put for them."""

    standing: Standing
    rule: str = ""
    words: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An amendment of a file, with what stands there and what would.

    ``before`` is None where there is no file yet.  ``addition`` is what a person would write there.  ``refused`` says why
    it cannot be written; empty where it can.  ``note`` is what else there is to know.
    """

    amendment: Amendment
    file: Path
    before: str | None
    after: str
    addition: str
    refused: str = ""
    note: str = ""


class House:
    """The settings that a review goes by, and how they are amended."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def options(self) -> Options:
        """The options as they now are.  Raises :class:`ConfigError`."""
        return chosen(self._settings)

    @property
    def file(self) -> Path:
        """The file that is obeyed, or would be if it were there."""
        return self._settings.config or find(Path.cwd()) or Path(NAME)

    def proposal(self, amendment: Amendment) -> Proposal:
        """How *amendment* would be written.  Raises :class:`ConfigError` where it is none."""
        _check(amendment, self.options.registry)
        file = self.file
        addition = amended("", amendment, file)
        try:
            before = file.read_bytes().decode() if file.exists() else None
            after = amended(before or "", amendment, file)
        except (OSError, UnicodeDecodeError) as error:
            return Proposal(amendment, file, None, "", addition, f"{file} cannot be read: {error}")
        except ConfigError as error:
            return Proposal(amendment, file, before, "", addition, str(error))
        return Proposal(
            amendment, file, before, after, addition, _why_not(file), self._note(amendment)
        )

    def write(self, proposal: Proposal) -> None:
        """Write what is proposed; where it does not come to hold so, the file is as it was.

        Raises :class:`ConfigError` and :class:`mtclean.documents.DocumentProblem`.
        """
        if proposal.refused:
            raise ConfigError(proposal.refused)
        write(proposal.file, proposal.after.encode())
        try:
            overruled = self._overruled(proposal.amendment)
        except ConfigError as error:
            self._restore(proposal)
            raise ConfigError(f"{proposal.file} stays as it was: {error}") from error
        if overruled:
            self._restore(proposal)
            raise ConfigError(f"{proposal.file} stays as it was: {overruled}")

    def undo(self, proposal: Proposal) -> None:
        """Have the file as it was before; where somebody has changed it since, it stays.

        Raises :class:`ConfigError` and :class:`mtclean.documents.DocumentProblem`.
        """
        if proposal.file.read_bytes() != proposal.after.encode():
            raise ConfigError(f"{proposal.file} was changed since; take out: {proposal.addition}")
        self._restore(proposal)

    def switch_off(self, rules: Iterable[str]) -> list[str]:
        """Set *rules* to off; those that were not yet.  Raises :class:`ConfigError` and :class:`mtclean.documents.DocumentProblem`."""
        return switch_off(self.file, rules, self.options.registry)

    def _restore(self, proposal: Proposal) -> None:
        if proposal.before is None:
            proposal.file.unlink(missing_ok=True)
        else:
            write(proposal.file, proposal.before.encode())

    def _note(self, amendment: Amendment) -> str:
        if amendment.standing is Standing.NEVER or self._settings.safe_rules:
            return ""
        is_house = not amendment.rule or amendment.rule.startswith(f"{HOUSE}.")
        if not is_house or is_trusted(self.file):
            return ""
        folder = self.file.resolve().parent
        return f"It is suggested each time, and not made unasked, until {own_file()} says trust = {tomlkit.item([str(folder)]).as_string()}."

    def _overruled(self, amendment: Amendment) -> str:
        """What says otherwise of a rule than the file now does; empty where nothing does."""
        if not amendment.rule:
            return ""
        options = self.options
        rule = options.registry.by_id.get(amendment.rule)
        level = options.policy.level(amendment.rule, rule.category if rule else "")
        wanted = _LEVELS[amendment.standing]
        if level is wanted or (level is Level.SUGGEST and amendment.rule.startswith(f"{HOUSE}.")):
            return ""
        return "the profile or the command line says otherwise of that rule"


_LEVELS = {Standing.NEVER: Level.OFF, Standing.ALWAYS: Level.SAFE}


def amended(text: str, amendment: Amendment, path: Path) -> str:
    """The settings in *text*, of a file at *path*, with what *amendment* says.

    Raises :class:`ConfigError` where they cannot be read as they stand.
    """
    content, own = _opened(text, path)
    if amendment.rule:
        _table(own, "rules", path)[amendment.rule] = _LEVELS[amendment.standing].value
    elif amendment.standing is Standing.NEVER:
        key, entry = _protection(amendment.words)
        entries = _list(_table(own, "protect", path), key, path)
        if entry not in entries:
            entries.append(entry)
    else:
        _append_rule(own, _replacing(amendment, own.get("rule", ())), path)
    return tomlkit.dumps(content)


def switch_off(path: Path, rules: Iterable[str], registry: Registry = BUILT_IN) -> list[str]:
    """Set *rules* to off in the file at *path*, made where it is missing; those that were not yet.

    What is no rule (:func:`is_rule`, of *registry*) is passed over: in the file it would be an error from then on.
    Everything else in the file stays as it is, comments too.  Raises :class:`ConfigError` where it
    cannot be read as it stands, and :class:`mtclean.documents.DocumentProblem` where it cannot be written.
    """
    try:
        text = path.read_bytes().decode() if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as it stands: {error}") from error
    content, own = _opened(text, path)
    place = _table(own, "rules", path)
    known = (rule for rule in dict.fromkeys(rules) if is_rule(rule, registry))
    changed = [rule for rule in known if place.get(rule) != Level.OFF.value]
    for rule in changed:
        place[rule] = Level.OFF.value
    if changed:
        write(path, tomlkit.dumps(content).encode())
    return changed


def _check(amendment: Amendment, registry: Registry) -> None:
    """Raise :class:`ConfigError` where *amendment* is of no rule and of no words."""
    if amendment.rule:
        if not is_rule(amendment.rule, registry):
            raise ConfigError(f"there is no rule {amendment.rule!r}")
        return
    for text in (amendment.words, amendment.instead):
        if len(text) > _LONGEST_WORDS or any(map(_is_odd, text)):
            raise ConfigError("only words of one line that can be seen are settled for good")
    if not amendment.words.strip():
        raise ConfigError("there are no words to settle for good")
    if any(HousePattern(pattern_of(amendment.words)).find(amendment.instead)):
        raise ConfigError("what is to be written would be changed again: the words are in it")


def _is_odd(character: str) -> bool:
    return not (character.isprintable() or character == "\N{NO-BREAK SPACE}")


def _why_not(file: Path) -> str:
    """Why *file* is not to be written to; empty where it may be."""
    if not file.exists():
        return "" if os.access(file.resolve().parent, os.W_OK) else f"{file} cannot be made there"
    if owner := stranger(file):
        return f"{file} belongs to {owner}, and is not written to"
    return "" if os.access(file, os.W_OK) else f"{file} may not be written to"


def _opened(text: str, path: Path) -> tuple[tomlkit.TOMLDocument, MutableMapping[str, Any]]:
    """The content of a settings file, and the table in it that is ours."""
    try:
        content = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"{path} cannot be read as it stands: {error}") from error
    own: MutableMapping[str, Any] = content
    for name in ("tool", "mtclean") if path.name == "pyproject.toml" else ():
        own = _table(own, name, path)
    return content, own


def _table(place: MutableMapping[str, Any], name: str, path: Path) -> MutableMapping[str, Any]:
    if name not in place:
        place[name] = tomlkit.table()
    found = place[name]
    if not isinstance(found, MutableMapping):
        raise ConfigError(f"{path}: {name} is not a table")
    return found


def _list(place: MutableMapping[str, Any], name: str, path: Path) -> MutableSequence[Any]:
    if name not in place:
        place[name] = tomlkit.array()
    found = place[name]
    if not isinstance(found, MutableSequence):
        raise ConfigError(f"{path}: {name} is not a list")
    return found


def _append_rule(own: MutableMapping[str, Any], rule: Table, path: Path) -> None:
    if "rule" not in own:
        own["rule"] = tomlkit.aot()
    _list(own, "rule", path).append(rule)


def _replacing(amendment: Amendment, others: Iterable[Any]) -> Table:
    """The table ``[[rule]]`` that puts something else for words wherever they stand."""
    taken = {other.get("id") for other in others if isinstance(other, MutableMapping)}
    slug = re.sub(r"[^a-z0-9]+", "-", amendment.words.lower())[:_LONGEST_ID].strip("-") or "words"
    ids = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    table = tomlkit.table()
    table["id"] = next(id for id in ids if id not in taken)
    table["pattern"] = tomlkit.string(
        pattern_of(amendment.words), literal="'" not in amendment.words
    )
    table["replacement"] = amendment.instead.replace("\\", r"\\")
    table["safe"] = True
    return table


def _protection(words: str) -> tuple[str, str]:
    """The list of ``[protect]`` that *words* belong in, and what stands there: protected words are whole ones."""
    is_whole = all(map(_SPACED.match, (words[0], words[-1])))
    return ("words", words) if is_whole else ("patterns", pattern_of(words))


def pattern_of(words: str) -> str:
    """What finds *words*, and not as a part of longer ones where their script sets spaces."""
    before = r"(?<!\w)" if _SPACED.match(words[0]) else ""
    after = r"(?!\w)" if _SPACED.match(words[-1]) else ""
    return before + _SPECIAL.sub(r"\\\g<0>", words) + after
