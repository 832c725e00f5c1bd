"""docs/prefect.md as a user follows it: in a project with its own ``flows``, against a Prefect server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, clean_environment
from tests.flows.conftest import serving

_FLOW = re.compile(r"```python\n# (flows/\w+\.py)\n(.*?)```", re.DOTALL)
CALL = """
import importlib, json, sys
module, given = json.load(sys.stdin)
print(json.dumps(getattr(importlib.import_module(module), module.split(".")[1])(**given)))
"""
RUN_ON = "The talks went well.Both sides agreed."
APART = "The talks went well. Both sides agreed."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose ``flows`` are those of the page, with texts in ``texts``."""
    page = (ROOT / "docs" / "prefect.md").read_text(encoding="utf-8")
    for name, code in _FLOW.findall(page):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code, encoding="utf-8")
    (tmp_path / "flows" / "__init__.py").touch()
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text(f"{RUN_ON}\n")
    (tmp_path / "texts" / "broken.txt").write_bytes(b"\xff\xfeA\0B")
    return tmp_path


def called(project: Path, home: Path, api: str, flow: str, **parameters: object) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", CALL],
        input=json.dumps([f"flows.{flow}", parameters]),
        cwd=project, env=clean_environment(home, PREFECT_API_URL=api),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_text_is_a_task(project: Path, prefect_home: Path, prefect_api: str) -> None:
    texts = [RUN_ON, APART]
    assert called(project, prefect_home, prefect_api, "stories", texts=texts) == [APART, APART]


def test_a_folder_is_a_subflow(project: Path, prefect_home: Path, prefect_api: str) -> None:
    given = {"folder": "texts", "output": "done"}
    (message,) = called(project, prefect_home, prefect_api, "nightly", **given)
    assert "save it again as UTF-8" in message
    assert (project / "done" / "one.txt").read_text() == f"{APART}\n"


def test_a_deployment_is_run_from_a_flow(
    project: Path, prefect_home: Path, prefect_api: str, tmp_path: Path
) -> None:
    served = {
        "paths": [str(project)],
        "output": str(project / "for users"),
        "grammar": False,
        "settled": 0,
    }
    with serving(served, prefect_home, prefect_api, tmp_path / "log"):
        given = {"deployment": "mtclean/clean into for users", "folder": str(project / "texts")}
        said = called(project, prefect_home, prefect_api, "after_import", **given)
    assert said.startswith("Completed with failures: 1 cleaned"), said
    assert (project / "for users" / "one.txt").read_text() == f"{APART}\n"
