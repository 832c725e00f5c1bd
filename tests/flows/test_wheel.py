"""What people install: the wheel alone, where the folder they work in has ``flows`` and ``tasks`` of their own.

Prefect recommends that layout to every project, and with ``PYTHONPATH=.`` theirs come before everybody's.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from mtclean.trouble import Exit
from tests.conftest import ROOT, SAMPLES, clean_environment
from tests.patience import PATIENCE, comes

Mtclean = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed: a build leaves things where it was done."""
    copy = tmp_path_factory.mktemp("source")
    no_caches = shutil.ignore_patterns("__pycache__")
    for folder in ("mtclean", "flows", "tasks"):
        shutil.copytree(ROOT / folder, copy / folder, symlinks=True, ignore=no_caches)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", made, source)
    (file,) = made.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, and what others wrote from the one that runs the tests."""
    home = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / "bin" / "python"
    pip("--python", python, "install", wheel)
    # What such a file adds has no say with files of that kind: this checkout is not on the path.
    (site(python) / "others.pth").write_text(sysconfig.get_path("purelib"))
    return python


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A Prefect user's project: its own flows and tasks, and texts."""
    shutil.copytree(ROOT / "input", tmp_path / "input")
    for name in ("flows", "tasks"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("WHOSE = 'the user’s'\n")
    return tmp_path


@pytest.fixture
def environment(prefect_home: Path) -> dict[str, str]:
    return clean_environment(prefect_home, PYTHONPATH=".")


@pytest.fixture
def mtclean(python: Path, project: Path, environment: dict[str, str]) -> Mtclean:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python.with_name("mtclean"), *arguments],
            cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    return run


def pip(*arguments: str | Path) -> None:
    offline = {**os.environ, "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"}
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, env=offline, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def site(python: Path) -> Path:
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())


@contextmanager
def going_on(
    python: Path, project: Path, environment: dict[str, str], *arguments: str
) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is stopped, as people do: by Ctrl-C."""
    process = subprocess.Popen(
        [python.with_name("mtclean"), *arguments],
        cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()


def test_all_of_ours_is_in_it_and_nothing_else_beside_it(
    wheel: Path, python: Path, source: Path
) -> None:
    files = {
        path.relative_to(source).as_posix()
        for folder in ("mtclean", "mtclean/flows", "mtclean/tasks")
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == files
    assert "mtclean/py.typed" in packed
    names = {path.name for path in site(python).iterdir() if path.suffix != ".dist-info"}
    assert names == {"mtclean", "others.pth"}


def test_their_flows_are_theirs_and_importing_us_brings_no_prefect(
    python: Path, project: Path, environment: dict[str, str]
) -> None:
    program = (
        "import sys, flows, tasks, mtclean; assert flows.WHOSE == tasks.WHOSE == 'the user’s'; "
        "assert not [name for name in sys.modules if name.startswith('prefect')]; print(mtclean.__file__)"
    )
    asked = [python, "-c", program]
    done = subprocess.run(
        asked, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).parent == site(python) / "mtclean"


def test_single_documents(mtclean: Mtclean) -> None:
    found = mtclean("check", "input/river-talks.txt", "--no-grammar")
    assert found.returncode == Exit.FOUND, found.stderr
    assert "missing-space-after-sentence" in found.stdout
    cleaned = mtclean("clean", "input/river-talks.txt", "--no-grammar", "--stdout")
    assert cleaned.returncode == Exit.OK, cleaned.stderr
    assert "River Council. In an open" in cleaned.stdout


def test_a_run_and_what_is_left_to_decide(
    mtclean: Mtclean, python: Path, project: Path, environment: dict[str, str]
) -> None:
    done = mtclean("run", "--no-grammar")
    assert done.returncode == Exit.OK, done.stderr
    assert f"{len(SAMPLES)} of {len(SAMPLES)} cleaned" in done.stdout
    assert "to decide" in mtclean("status").stdout
    with going_on(
        python, project, environment, "review", "--no-grammar", "--no-browser"
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page = httpx.get(address, trust_env=False, follow_redirects=True, timeout=PATIENCE)
        assert page.is_success
        assert "river-talks" in page.text
    assert process.returncode == Exit.OK


def test_a_schedule(
    python: Path, project: Path, environment: dict[str, str], prefect_api: str
) -> None:
    given = ["schedule", "--every", "5", "--no-grammar", "--output", "nightly"]
    ours = {**environment, "PREFECT_API_URL": prefect_api}
    with going_on(python, project, ours, *given) as process:

        def cleaned() -> bool:
            assert process.poll() is None, process.stderr and process.stderr.read()
            return len(list((project / "nightly").glob("*.report.html"))) >= 3

        assert comes(cleaned)
