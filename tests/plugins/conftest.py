"""Packages with plug-ins, written for a test and found as installed ones are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtclean.plugins import host
from mtclean.plugins.installed import installed

Install = Callable[[str, str], None]

HEAD = """
import os, sys, time
from mtclean.text import Edit, Finding, Fix, Rule, Span, replacing, rule
def a_rule(check, **more):
    return Rule("x", "style", check, **more)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a plug-in of a name: a module that ends in ``PARTS = …``."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def put(name: str, code: str) -> None:
        module = name.replace("-", "_") + "_plugin"
        (site / f"{module}.py").write_text(HEAD + code)
        about = site / f"{module}-1.0.dist-info"
        about.mkdir(exist_ok=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[mtclean.rules]\n{name} = {module}:PARTS\n")
        installed.cache_clear()

    installed.cache_clear()
    host.plugged.cache_clear()
    yield put
    for pool in host._pools.values():
        pool.close()
    host._pools.clear()
    installed.cache_clear()
    host.plugged.cache_clear()
