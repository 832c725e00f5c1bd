"""The rooms and who may know whom: arrows point down, and no two modules import each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from pkgutil import walk_packages

import pytest

import mtclean

ROOMS = (
    "trouble", "text", "languages", "formats", "rules", "report", "review", "documents", "grammar", "workers", "pipeline", "web",
    "tasks", "flows", "cli",
)  # fmt: skip
"""From the bottom up: a room imports from those before it and from no other; docs/architecture.md says what each knows."""

PACKAGE = Path(mtclean.__path__[0])
MODULES = frozenset(module.name for module in walk_packages(mtclean.__path__, "mtclean."))


def file_of(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def is_run(node: ast.AST) -> bool:
    """Whether an import of the module runs it: not what is for the type checker, or for a program of its own."""
    test = ast.unparse(node.test) if isinstance(node, ast.If) else ""
    return "TYPE_CHECKING" not in test and "__main__" not in test


def nodes(node: ast.AST, *, functions: bool) -> Iterator[ast.AST]:
    for part in filter(is_run, ast.iter_child_nodes(node)):
        yield part
        if functions or not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from nodes(part, functions=functions)


@cache
def imported(module: str, *, functions: bool = True) -> frozenset[str]:
    """Which of our modules *module* imports, at once or, with *functions*, at any time."""
    found: set[str] = set()
    tree = ast.parse(file_of(module).read_text(encoding="utf-8"))
    for statement in nodes(tree, functions=functions):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            inside = {f"{statement.module}.{alias.name}" for alias in statement.names}
            found |= inside & MODULES or {statement.module}
    return frozenset(found & MODULES)


def room(module: str) -> str:
    return module.split(".")[1]


def test_the_graph_is_seen() -> None:
    assert {room(module) for module in MODULES} >= set(ROOMS)
    assert "mtclean.text.select" in imported("mtclean.pipeline.stages")
    assert "mtclean.flows.clean" in imported("mtclean.cli.runs")


@pytest.mark.parametrize("module", sorted(module for module in MODULES if room(module) in ROOMS))
def test_no_arrow_points_up(module: str) -> None:
    below = ROOMS[: ROOMS.index(room(module)) + 1]
    assert [other for other in sorted(imported(module)) if room(other) not in below] == []


def test_every_package_is_a_room() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages - set(ROOMS) == set(), "say in ROOMS who may import it"


def test_there_is_no_circle() -> None:
    graph = {module: imported(module, functions=False) - {module} for module in MODULES}
    list(TopologicalSorter(graph).static_order())
