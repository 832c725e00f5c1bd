"""What a person may ask of a run, on the command line, of a deployment or from Python: each setting once.

The commands' flags and the parameters of :func:`mtclean.flows.clean.clean` are made from these models, and what was
asked travels as one of them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mtclean.documents.formats import SourceFormat
from mtclean.text import Quotes
from mtclean.trouble import Trouble

Asked = TypeVar("Asked", bound="Settings")
Function = TypeVar("Function", bound=Callable[..., Any])

_LIMITS = {
    "greater_than": "it must be more than {gt}",
    "greater_than_equal": "it must be at least {ge}",
}


class ConfigError(Trouble):
    """The configuration cannot be used; the message names the file, the key and what would do."""


_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def check_code(code: str) -> None:
    """Raise :class:`ConfigError` where *code*, if it is not empty, cannot be a language's (BCP 47)."""
    if code and not _CODE.fullmatch(code):
        raise ConfigError(f"the language is {code!r}, which is no code of one: en, de, pt-BR")


class NoDask(Trouble):
    """There is no Dask to run on; the text says what to do."""


class Runner(str, Enum):
    """What works on the documents of a batch."""

    PROCESSES = "processes"
    THREADS = "threads"
    DASK = "dask"


class Settings(BaseModel):
    """How documents are to be cleaned; None leaves a setting as the configuration file has it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    config: Path | None = Field(
        default=None,
        description="The settings; mtclean.toml here or above, or [tool.mtclean] of a pyproject.toml.",
    )
    profile: str = Field(default="", description="A profile of the settings.")
    grammar: bool | None = Field(
        default=None, description="Check grammar with LanguageTool, or leave it out."
    )
    language: str | None = Field(
        default=None, description="The language of the texts (en, de, …); detected if left out."
    )
    quotes: Quotes | None = Field(
        default=None, description="auto: straight marks turn curly where most are."
    )
    languagetool: str | None = Field(
        default=None, description="The address of a LanguageTool server to use in place of our own."
    )
    select: list[str] | None = Field(
        default=None,
        description="Only these rules: ids, categories or their beginnings, with commas between; all is every rule.",
    )
    ignore: list[str] | None = Field(
        default=None, description="Without these rules, named in the same way."
    )
    source_format: SourceFormat | None = Field(
        default=None,
        description="What the files are, whatever their names say: text, or a format of docs/formats.md.",
    )
    columns: list[str] | None = Field(
        default=None,
        description="Columns of tables (CSV, TSV) that are prose, by name or number; no other is touched.",
    )
    source_column: str | None = Field(
        default=None,
        description="The column of a table that has the sources of those that are prose.",
    )
    fields: list[str] | None = Field(
        default=None,
        description="Fields of JSON that are prose: text, items.*.text, or * for all; no other is touched.",
    )
    source: Path | None = Field(
        default=None,
        description="The folder with the sources of the texts, of the same names but for the language in them (a.en.txt).",
    )
    source_language: str | None = Field(
        default=None, description="The language of the sources; told by name or text if left out."
    )
    glossary: Path | None = Field(
        default=None,
        description="The terms translations are held to: a table (TSV, CSV) or TBX; docs/pairs.md.",
    )
    plugins: list[str] | None = Field(
        default=None,
        description="A plug-in to use, by name, if it is installed; docs/plug-ins.md.",
    )
    safe_rules: bool = Field(
        default=False,
        description="Let the house's rules that it calls safe change texts unasked, whoever's file they are in.",
    )

    @classmethod
    def of(cls: type[Asked], asked: Mapping[str, object]) -> Asked:
        """What was *asked*, by name.  Raises :class:`ConfigError` where it cannot be."""
        try:
            return cls.model_validate(dict(asked))
        except ValidationError as error:
            raise ConfigError(_in_words(error)) from None

    def asked(self) -> dict[str, Any]:
        """What differs from the defaults, by name, as JSON has it."""
        return self.model_dump(mode="json", exclude_defaults=True)


class RunSettings(Settings):
    """What a run is to do and to work with, too."""

    force: bool = Field(default=False, description="Clean again what has not changed, too.")
    only_failed: bool = Field(
        default=False, description="Take only what could not be cleaned before."
    )
    workers: int | None = Field(
        default=None, ge=1, description="Processes; one for each core up to 4 if left out."
    )
    deadline: float | None = Field(
        default=None,
        gt=0,
        description="Seconds of the processor that a document may take in one stage, and again for every MB; 60 if left out. By the clock it may take ten times as long.",
    )
    settled: float = Field(
        default=0,
        ge=0,
        description="Seconds a file must have been left alone to be taken; an empty folder is no mistake then.",
    )
    runner: Runner = Field(
        default=Runner.PROCESSES,
        description="What works on the documents; docs/growing.md compares them.",
    )
    reports: str = Field(
        default="",
        pattern=r"^(https?://[^\s<>\"|]*)?$",
        description="The address at which you serve the output folder, if you do: Prefect's pages link to it.",
    )
    scheduler: str = Field(
        default="",
        description="A Dask cluster of yours, as tcp://host:8786; without one, Dask starts here.",
    )

    @model_validator(mode="after")
    def _go_together(self) -> RunSettings:
        if self.runner is Runner.THREADS and self.deadline:
            raise ValueError(
                "a deadline needs the runner processes or dask: nothing can stop a thread"
            )
        if self.scheduler and self.runner is not Runner.DASK:
            raise ValueError("a scheduler is for the runner dask")
        return self


def with_settings(model: type[Settings]) -> Callable[[Function], Function]:
    """Give a function that takes ``**asked`` the settings of *model* as its parameters.

    So :func:`inspect.signature` has them, with their defaults, and its docstring what each is, under ``Args:``:
    Prefect's form for a run is made from both.
    """

    def give(function: Function) -> Function:
        own = inspect.signature(function, eval_str=True)
        given = (part for part in own.parameters.values() if part.kind is not part.VAR_KEYWORD)
        added = (
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=Annotated[field.annotation, field],
            )
            for name, field in model.model_fields.items()
        )
        function.__signature__ = own.replace(parameters=[*given, *added])  # type: ignore[attr-defined]
        told = (f"    {name}: {field.description}" for name, field in model.model_fields.items())
        function.__doc__ = "\n".join((inspect.getdoc(function) or "", "", "Args:", *told))
        return function

    return give


def _in_words(error: ValidationError) -> str:
    """The first mistake, in a line."""
    first = error.errors()[0]
    name, value, kind = ".".join(map(str, first["loc"])), first["input"], first["type"]
    context = first.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return f"there is no setting {name!r}"
    if kind == "enum":
        known = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"{name} is {value!r}, which is none of {known}"
    said = _LIMITS[kind].format(**context) if kind in _LIMITS else first["msg"]
    return f"{name} is {value!r}; {said[:1].lower()}{said[1:]}"
