"""Runs on a disk that fails: strace has the kernel refuse one call of the run after the other."""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import clean_environment
from tests.flows.conftest import CLI, Finished, tree
from tests.patience import PATIENCE

CALLS = ("fsync", "rename", "link", "unlink", "mkdir", "pwrite64", "fdatasync")
"""What writing a document's files and the ledger calls; ``write`` also feeds the workers."""

ERRORS = ("ENOSPC", "EIO")
FIRST = range(1, 9)
MANY = 56

TEXT = """The mayor spoke for an hour."The river is low," she said."We shall dig," he said.Nobody answered.

The boats were late, and the clerk of harbour number {} wrote it down.
"""


@pytest.mark.faults
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_old_or_new_never_a_mix(
    tmp_path: Path, run: Callable[..., Finished], prefect_home: Path, prefect_api: str
) -> None:
    texts, old, new = tmp_path / "texts", tmp_path / "old", tmp_path / "new"
    texts.mkdir()
    for number in range(6):
        (texts / f"{number}.txt").write_text(TEXT.format(number))
    common = ("--no-grammar", "--workers", "2")
    assert run(texts, "--output", old, "--quotes", "straight", *common).returncode == 0
    assert run(texts, "--output", new, "--quotes", "curly", *common).returncode == 0
    out = tmp_path / "out"
    again = [*CLI, "run", str(texts), "--output", str(out), "--quotes", "curly", *common]
    environment = clean_environment(prefect_home, PREFECT_API_URL=prefect_api)
    faults = list(itertools.product(CALLS, ERRORS, FIRST, ("", "+")))
    for call, error, first, for_good in random.Random(5).sample(faults, MANY):
        fault = f"inject={call}:error={error}:when={first}{for_good}"
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)
        strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", fault]
        failed = subprocess.run(
            [*strace, *again], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )  # fmt: skip
        assert "Traceback" not in failed.stdout + failed.stderr, (fault, failed.stderr)
        assert failed.returncode in (0, 3, 73), (fault, failed.stderr)
        never_a_mix(fault, tree(old), tree(new), tree(out))
        finished = subprocess.run(
            again, env=environment, capture_output=True, text=True, check=False
        )
        assert finished.returncode == 0, (fault, finished.stderr)
        assert tree(out) == tree(new), fault


def never_a_mix(
    fault: str, old: dict[str, bytes], new: dict[str, bytes], now: dict[str, bytes]
) -> None:
    """Every document has all its old files or all its new ones, and there is nothing else."""
    assert old.keys() == new.keys()
    for number in range(6):
        mine = [name for name in old if name.startswith(f"{number}.")]
        assert all(old[name] != new[name] for name in mine), "this shows nothing"
        found = [now.get(name) for name in mine]
        assert found in ([old[name] for name in mine], [new[name] for name in mine]), (fault, mine)
    left = [name for name in now if name not in old and not Path(name).name.startswith(".mtclean-")]
    assert not left, fault
