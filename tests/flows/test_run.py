"""The whole way, for real: Prefect, LanguageTool, files in, files out."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.settings import PREFECT_API_URL, temporary_settings

from mtclean.documents.outputs import outputs_of
from tests.conftest import ROOT, SAMPLES, clean_environment
from tests.flows.conftest import CLI, STAGES, Finished, without_progress
from tests.patience import PATIENCE


def test_samples_from_end_to_end(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    done = run(samples, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert f"{len(SAMPLES)} of {len(SAMPLES)} cleaned" in done.stdout
    names = sorted(path.name for path in (tmp_path / "out").glob("[!.]*"))
    outputs = [output for name in SAMPLES for output in outputs_of(name)]
    assert names == sorted([*outputs, "index.html"])
    cleaned = (tmp_path / "out" / "river-talks.txt").read_text()
    for repaired in (
        "River Council. In an open", "“The best thing about this paper", "act.” Testov noted", "checked. ‘It’s natural",
        "dam,’ the lawyer", "Council”. “Under the paper", "good year.” Testov said. (end)", "Norland-Sudmark trade",
        "believes that unlike", "April 17 (Valley", "12.4 percent to $3.75 billion. However",
    ):  # fmt: skip
        assert repaired in cleaned
    assert (tmp_path / "out" / "museum-letter.txt").read_bytes() == (
        samples / "museum-letter.txt"
    ).read_bytes()
    record = json.loads((tmp_path / "out" / "river-talks.txt.edits.json").read_text())
    rules = {item["rule"] for item in (*record["fixes"], *record["findings"])}
    assert {
        "scrape-residue",
        "closing-mark",
        "looping-phrase",
        "name-spelt-two-ways",
        "stray-capital",
    } <= rules
    assert record["run"]["versions"]["languagetool"] == "6.8"


def test_a_language_without_rules_is_said(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    given = (samples / "harbour-notice.txt", "--output", tmp_path / "out", "--language", "sl")
    done = run(*given)
    assert done.returncode == 0, done.stderr
    assert "not checked in 1 of the documents" in done.stderr
    assert "`mtclean languages add sl` gets them" in done.stderr
    assert "1 of 1 cleaned" in done.stdout
    assert "languages add sl" in (tmp_path / "out" / "harbour-notice.txt.report.html").read_text()


def test_a_rerun_does_what_is_left_and_starts_no_prefect_for_nothing(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    given = (samples, "--output", tmp_path / "out", "--no-grammar")
    assert f"{len(SAMPLES)} to clean" in run(*given, "--dry-run").stdout
    assert not (tmp_path / "out").exists()
    assert run(*given).returncode == 0
    first = {path: path.read_bytes() for path in (tmp_path / "out").glob("[!.]*")}
    idle = run(*given, PREFECT_API_URL="http://127.0.0.1:9/api")  # nobody answers there
    assert (idle.returncode, idle.stderr) == (0, "")
    assert f"0 of {len(SAMPLES)} cleaned" in idle.stdout
    assert f"{len(SAMPLES)} unchanged" in idle.stdout
    (samples / "museum-letter.txt").unlink()
    (tmp_path / "out" / "river-talks.txt.diff").unlink()
    again = run(*given)
    assert f"1 of {len(SAMPLES) - 1} cleaned" in again.stdout
    assert "museum-letter.txt; its outputs were left" in again.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").glob("[!.]*")} == first


WATCH = """
import os, sys
log, below = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT), os.environ["WATCHED"]
def saw(event, what):
    if event == "open" and str(what[0]).startswith(below):
        os.write(log, f"{what[0]}\\n".encode())
sys.addaudithook(saw)
"""


def test_a_run_is_planned_once(run: Callable[..., Finished], samples: Path, tmp_path: Path) -> None:
    """It is planned before Prefect is started and in the flow: a text is read for that once, by all processes, or not at all."""
    given = (samples, "--output", tmp_path / "out", "--no-grammar")
    assert run(*given).returncode == 0
    (tmp_path / "out" / "river-talks.txt.diff").unlink()
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    log = tmp_path / "log"
    path = f"{tmp_path / 'watch'}{os.pathsep}{ROOT}"
    again = run(*given, PYTHONPATH=path, WATCH_LOG=str(log), WATCHED=f"{samples}{os.sep}")
    assert f"1 of {len(SAMPLES)} cleaned" in again.stdout, again.stderr
    opened = Counter(Path(line).name for line in log.read_text().splitlines())
    assert opened.pop("river-talks.txt") > 1, "the one that is due is read again, to be cleaned"
    assert set(opened.values()) <= {1}, "none of those that were old when they were read first"


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
def test_a_page_of_all_documents_that_is_missing_is_made(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    """An earlier run had no room for it, say; nothing is due, so no Prefect is started."""
    given = (samples, "--output", tmp_path / "out", "--no-grammar")
    assert run(*given).returncode == 0
    page = (tmp_path / "out" / "index.html").read_bytes()
    (tmp_path / "out" / "index.html").unlink()
    assert run(*given, PREFECT_API_URL="http://127.0.0.1:9/api").returncode == 0
    assert (tmp_path / "out" / "index.html").read_bytes() == page


@pytest.mark.parametrize("command", [["run"], ["schedule", "--every", "60"]])
def test_a_prefect_server_that_does_not_answer_is_one_line(
    command: list[str], samples: Path, tmp_path: Path
) -> None:
    environment = clean_environment(tmp_path, PREFECT_API_URL="http://127.0.0.1:9/api")
    done = subprocess.run(
        [*CLI[:3], *command, str(samples), "--output", str(tmp_path / "out"), "--no-grammar"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 69, done.stderr
    assert "http://127.0.0.1:9/api does not answer: start it" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_the_diff_makes_the_cleaned_text(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    run(samples, "--output", tmp_path / "out", "--no-grammar")
    for stem in ("harbour-notice", "river-talks"):
        copy = shutil.copy(samples / f"{stem}.txt", tmp_path / "copy")
        diff = tmp_path / "out" / f"{stem}.txt.diff"
        subprocess.run(["patch", "--binary", "--quiet", str(copy), str(diff)], check=True)
        assert Path(copy).read_bytes() == (tmp_path / "out" / f"{stem}.txt").read_bytes()


def test_one_bad_file_costs_no_other(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    (samples / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (samples / "broken.txt").write_bytes(b"\xff\xfeA\0B")
    (samples / "evil\x1b[31m\n.txt").write_text("It went well.So it did.")
    done = run(samples, "--output", tmp_path / "out", "--no-grammar")
    assert done.returncode == 3
    assert f"{len(SAMPLES) + 1} of {len(SAMPLES) + 3} cleaned" in done.stdout
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"), [(["nowhere"], "does not exist"), (["."], "there is no text in")]
)
def test_nothing_to_do(
    run: Callable[..., Finished],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments, "--no-grammar")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_no_languagetool_and_no_network(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    nowhere = {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1",
    }
    done = run(
        samples, "--output", tmp_path / "out", MTCLEAN_CACHE=str(tmp_path / "cache"), **nowhere
    )
    assert done.returncode == 4, done.stderr
    assert f"{len(SAMPLES)} of {len(SAMPLES)} cleaned" in done.stdout
    assert "mtclean setup" in done.stderr
    assert "Traceback" not in done.stderr
    record = json.loads((tmp_path / "out" / "river-talks.txt.edits.json").read_text())
    assert record["unchecked"]


def test_a_folder_with_other_files_in_it(
    run: Callable[..., Finished], samples: Path, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.po", "c.json", "d.odt", "e.xliff", "f.rtf"):
        (samples / name).write_text("The gate is open .\n")
    (samples / "script.py").write_text("print('The gate is open .')\n")
    (samples / "page.txt").write_text("<!doctype html><p>The gate is open .</p></html>\n")
    done = run(samples, "--output", tmp_path / "out", "--no-grammar")
    assert done.returncode == 3
    assert f"{len(SAMPLES)} of {len(SAMPLES) + 8} cleaned" in done.stdout
    for name in ("a.csv", "b.po", "c.json", "d.odt", "e.xliff", "f.rtf", "script.py", "page.txt"):
        assert done.stderr.count(f"{samples / name}: ") == 1
        assert not list((tmp_path / "out").glob(f"{Path(name).stem}.*"))
    assert "7 files are in formats that cannot be read yet" in done.stderr
    (samples / "lighthouse-leaflet.docx").unlink()  # which nobody can say is a text
    done = run(samples, "--output", tmp_path / "all", "--no-grammar", "--from", "text")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(SAMPLES) + 7} of {len(SAMPLES) + 7} cleaned" in done.stdout


def test_embedded_prefect_is_calm_and_leaves_nothing_behind(
    prefect_home: Path, samples: Path, tmp_path: Path
) -> None:
    command = [*CLI, "run", str(samples), "--output", str(tmp_path / "out"), "--no-grammar"]
    done = subprocess.run(
        command, env=clean_environment(prefect_home), capture_output=True, text=True, check=False
    )
    assert (done.returncode, without_progress(done.stderr)) == (0, "")


def test_prefect_keeps_stages_and_summary(
    run: Callable[..., Finished], prefect_api: str, samples: Path, tmp_path: Path
) -> None:
    served = "http://127.0.0.1:8080/texts/"
    run(samples, "--output", tmp_path / "kept", "--no-grammar", "--reports", served)
    with temporary_settings({PREFECT_API_URL: prefect_api}):
        flow_run, stages, artifacts = asyncio.run(_what_prefect_knows("kept"))
    assert re.match(r"clean input into .*kept", flow_run.name)
    assert flow_run.state.name == "Completed"
    assert {name.rsplit("-", 1)[0] for name in stages} == STAGES
    assert set(stages.values()) == {"Completed"}
    told = {artifact.key: artifact.data for artifact in artifacts}
    assert "river\\-talks" in str(told["mtclean-summary"])
    assert f"(<{served}river-talks.txt.report.html>)" in str(told["mtclean-summary"])
    assert "file:" not in str(told)
    rows = json.loads(str(told["mtclean-documents"]))
    assert all(int(row["Words"].replace(",", "")) for row in rows)
    assert all({"Document", "Messages"} < row.keys() for row in rows)
    assert float(told["mtclean-progress"]) == 100


async def _what_prefect_knows(output: str):
    async with get_client() as client:
        deadline = time.monotonic() + PATIENCE  # task runs reach the database a little later
        while True:
            runs = await client.read_flow_runs()
            flow_run = next(found for found in runs if found.name.endswith(output))
            mine = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run.id]))
            tasks = await client.read_task_runs(flow_run_filter=mine)
            done = len(tasks) == len(STAGES) and all(
                task.state and task.state.is_final() for task in tasks
            )
            if done or time.monotonic() > deadline:
                break
            await asyncio.sleep(0.5)
        artifacts = await client.read_artifacts(flow_run_filter=mine)
    return flow_run, {task.name: task.state.name for task in tasks}, artifacts


def test_a_schedule_gets_its_runs(prefect_home: Path, prefect_api: str) -> None:
    """What plain pip resolves today creates deployments that are never scheduled; our pins do not."""
    program = "from mtclean.flows.clean import clean\nclean.to_deployment('nightly', cron='0 6 * * *').apply()\n"
    variables = clean_environment(prefect_home, PREFECT_API_URL=prefect_api)
    subprocess.run(
        [sys.executable, "-c", program], env=variables, cwd=ROOT, check=True, capture_output=True
    )
    with temporary_settings({PREFECT_API_URL: prefect_api}):
        assert asyncio.run(_sees_a_scheduled_run())


async def _sees_a_scheduled_run() -> bool:
    async with get_client() as client:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            runs = await client.read_flow_runs()
            if any(run.state and run.state.is_scheduled() for run in runs):
                return True
            await asyncio.sleep(1)
    return False
