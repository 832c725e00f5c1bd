"""What outputs depend on beside the bytes of their document: settings, rules and versions."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cache
from importlib import metadata
from pathlib import Path

import mtclean
from mtclean import __version__
from mtclean.grammar import (
    languages_added,
)
from mtclean.grammar.languagetool.lockfile import VERSION
from mtclean.pipeline.options import Options
from mtclean.plugins import PluginCheck
from mtclean.rules.bilingual import vectors
from mtclean.rules.registry import Registry

RULE_ROOMS = ("text", "languages", "formats", "rules", "grammar")
"""The packages whose code and data say what is found in a text."""


def signature(options: Options) -> dict[str, str]:
    """What a document's outputs depend on beside its bytes, by a name people understand.

    How it is read is its own (:meth:`mtclean.pipeline.options.Options.reading_of`).
    """
    common = replace(
        options, source_format=None, columns=(), fields=(), readings=(), source="", source_column=""
    )
    return {
        "settings": json.dumps(asdict(common), default=sorted, sort_keys=True),
        "rules": ruleset(),
        "mtclean": __version__,
        "LanguageTool": _languagetool(options),
        **libraries(),
    }


def _languagetool(options: Options) -> str:
    if not options.grammar:
        return ""
    return options.languagetool or " ".join((VERSION, *languages_added()))


def plugins_of(registry: Registry) -> dict[str, str]:
    """The versions of the plug-ins whose rules there are."""
    checks = (rule.check for rule in (*registry.added, *registry.checkers))
    return {check.plugin: check.version for check in checks if isinstance(check, PluginCheck)}


@cache
def libraries() -> dict[str, str]:
    """The versions of what our own stages stand on, as far as it is there; looking them up takes 14 ms."""
    versions = {name: metadata.version(name) for name in ("ftfy", "langdetect")}
    with suppress(metadata.PackageNotFoundError):
        versions[vectors.PACKAGE] = metadata.version(vectors.PACKAGE)
    return versions


@cache
def ruleset() -> str:
    """A digest of the code and data of the rules: it changes when what they do may change."""
    digest = hashlib.sha256()
    rooms = Path(mtclean.__file__).parent
    for room in RULE_ROOMS:
        for file in sorted((rooms / room).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(
                    file.relative_to(rooms).as_posix().encode() + b"\0" + file.read_bytes()
                )
    return digest.hexdigest()[:16]
