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
    "trouble", "file_lock", "supervisor", "languages", "text", "formats", "rules", "report", "review", "documents", "grammar", "workers", "plugins", "pipeline", "library", "web",
    "tasks", "flows", "cli",
)  # fmt: skip
"""From the bottom up: a room imports from those before it and from no other; docs/architecture.md says what each knows."""

PACKAGE = Path(mtclean.__path__[0])
MODULES = frozenset(module.name for module in walk_packages(mtclean.__path__, "mtclean."))


def file_of(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def is_left_out(node: ast.AST, *, later: bool) -> bool:
    """Whether what *node* holds is of no account: a program of its own and, unless *later* counts, what is
    for the type checker or stands in a function.
    """
    test = ast.unparse(node.test) if isinstance(node, ast.If) else ""
    in_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return "__main__" in test or (not later and (in_function or "TYPE_CHECKING" in test))


def nodes(node: ast.AST, *, later: bool) -> Iterator[ast.AST]:
    for part in ast.iter_child_nodes(node):
        if not is_left_out(part, later=later):
            yield part
            yield from nodes(part, later=later)


def imports(module: str, *, later: bool = True) -> set[str]:
    """What *module* imports: when it is imported or, with *later*, at any time and for the type checker."""
    found: set[str] = set()
    tree = ast.parse(file_of(module).read_text(encoding="utf-8"))
    for statement in nodes(tree, later=later):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            inside = {f"{statement.module}.{alias.name}" for alias in statement.names}
            found |= inside & MODULES or {statement.module}
    return found


@cache
def imported(module: str, *, later: bool = True) -> frozenset[str]:
    """Which of our own modules *module* imports."""
    return frozenset(imports(module, later=later) & MODULES)


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


def test_prefect_is_known_in_flows_and_tasks_alone() -> None:
    knowing = {
        room(module)
        for module in MODULES
        if any(name.partition(".")[0].startswith("prefect") for name in imports(module))
    }
    assert knowing == {"flows", "tasks"}


def test_every_package_is_a_room() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages - set(ROOMS) == set(), "say in ROOMS who may import it"


def test_there_is_no_circle() -> None:
    graph = {module: imported(module, later=False) - {module} for module in MODULES}
    list(TopologicalSorter(graph).static_order())
