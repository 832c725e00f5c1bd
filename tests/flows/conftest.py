"""What tests of flows share: `mtclean run` against the tests' own Prefect server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import clean_environment

Finished = subprocess.CompletedProcess[str]
CLI = [sys.executable, "-m", "mtclean.cli"]


@pytest.fixture
def run(prefect_home: Path, prefect_api: str) -> Callable[..., Finished]:
    """`mtclean run …` against the tests' Prefect server."""

    def start(*arguments: object, **environment: str) -> Finished:
        variables = clean_environment(
            prefect_home, **{"PREFECT_API_URL": prefect_api, **environment}
        )
        command = [*CLI, "run", *map(str, arguments)]
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)

    return start


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below *folder* that is not mtclean's own, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".mtclean.sqlite", ".mtclean.lock"))
    }
