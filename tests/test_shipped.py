"""What others take from the repository calls what is there: the hook, the action, the image, and the page on them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from mtclean.cli import _code
from mtclean.formats.registry import BY_ENDING
from mtclean.trouble import Exit
from tests.conftest import ROOT, clean_environment

GLUED = "The talks went well.Both sides agreed.\n"
TABLES = {"csv", "tsv", "json", "yaml", "properties", "toml"}
"""Formats that are read only where somebody has said which of their columns or fields are prose."""


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's folder, and beside it one with the programs of this environment."""
    folder = tmp_path / "project"
    (folder / "docs" / "a b").mkdir(parents=True)
    (folder / "docs" / "a b" / "page.md").write_text(f"# Title\n\n{GLUED}The the end.\n")
    (folder / "README.md").write_text("# Title\n")
    (folder / "article.txt").write_text(GLUED)
    programs = tmp_path / "mtclean" / "bin"
    programs.mkdir(parents=True)
    (programs / "mtclean").symlink_to(Path(sys.executable).with_name("mtclean"))
    return folder


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    programs = f"{folder.parent / 'mtclean' / 'bin'}:/usr/bin:/bin"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder, env=clean_environment(folder.parent, PATH=programs, **variables),
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_hook_finds_what_there_is(project: Path) -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language", "files"} <= hook.keys()
    done = bash(f"{hook['entry']} 'docs/a b/page.md' article.txt", project)
    assert done.returncode == Exit.FOUND, done.stderr
    assert done.stdout.count("missing-space-after-sentence") == 2
    (project / "article.txt").write_text("All is well.\n")
    assert bash(f"{hook['entry']} article.txt", project).returncode == Exit.OK


def test_the_hook_takes_every_format_there_is_a_reader_for() -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    for ending, format in BY_ENDING.items():
        name = f"a{ending}" if ending.startswith(".") else f"values/{ending}"
        assert bool(re.search(hook["files"], name)) is (format.name not in TABLES), ending
    assert re.search(hook["files"], "notes.txt")
    assert not re.search(hook["files"], "setup.py")


def steps() -> dict[str, Any]:
    return {
        step.get("name", step.get("uses")): step for step in loaded("action.yml")["runs"]["steps"]
    }


def given(paths: str, arguments: str) -> dict[str, str]:
    """The environment of the action's last step, made of inputs as the runner makes it."""
    inputs = {"paths": paths, "arguments": arguments}
    pattern = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
    return {
        name: pattern.sub(lambda match: inputs[match[1]], value)
        for name, value in steps()["Check"]["env"].items()
    }


def test_the_action_annotates_and_fails(project: Path) -> None:
    defaults = {name: about["default"] for name, about in loaded("action.yml")["inputs"].items()}
    variables = given(defaults["paths"], defaults["arguments"])
    script = steps()["Check"]["run"]
    done = bash(script, project, RUNNER_TEMP=str(project.parent), **variables)
    assert done.returncode == Exit.FOUND, done.stderr
    assert "::warning file=docs/a b/page.md,line=3,col=21," in done.stdout
    assert "::warning file=article.txt,line=1,col=21," in done.stdout


def test_the_action_takes_lists_and_runs_nothing_in_them(project: Path) -> None:
    (project / "$(touch ran)").mkdir()
    (project / "$(touch ran)" / "page.txt").write_text(GLUED)
    variables = given(
        "docs/a b\n$(touch ran)\n\n", "--no-grammar\n--ignore=doubled-word\n--severity=major\n"
    )
    script = steps()["Check"]["run"]
    done = bash(script, project, RUNNER_TEMP=str(project.parent), **variables)
    assert done.returncode == Exit.OK, done.stderr
    assert done.stdout.count("::warning") == 2, "what is ignored is not there"
    assert not (project / "ran").exists()


def test_the_action_installs_what_is_pinned() -> None:
    script = steps()["Install"]["run"]
    for name in re.findall(r"\$GITHUB_ACTION_PATH/([\w./-]+)", script):
        assert (ROOT / name).is_file(), name
    assert "--require-hashes" in script
    assert subprocess.run(["bash", "-n", "-c", script], check=False).returncode == 0
    assert "${{" not in script + steps()["Check"]["run"], "what somebody put there would be run"


def test_the_image_copies_and_calls_what_is_there() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and line[0] != "#"]
    wanted = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied: list[str] = []
    for instruction, rest in lines:
        if instruction == "COPY":
            copied += rest.split()[:-1]
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in wanted, f"{name} is not sent to the builder"
    instructions = dict(lines)
    command = json.loads(instructions["ENTRYPOINT"]) + json.loads(instructions["CMD"])
    program = str(Path(sys.executable).with_name(command[0]))
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=True)
    for called in re.findall(r"mtclean ([a-z]+)(?: &&|$)", text):
        assert f"\n  {called} " in done.stdout, called


def lines_of(page: str) -> list[str]:
    """What *page* shows to type, without what only a server or a person can do."""
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = [
        line.partition(" #")[0].strip() for line in text.splitlines() if line.startswith("    ")
    ]
    kinds = (
        "mtclean check",
        "mtclean clean",
        "mtclean compare",
        "mtclean rules",
        "mtclean explain",
        "mtclean --",
        "cat ",
    )
    return [line for line in lines if line.startswith(kinds)]


def _translate(project: Path) -> None:
    """Put sources and translations into *project* as the pages have them; each has another year, and lost a denial."""
    english = "The ferry is from 1971. It does not sail in winter."
    german = "Die Fähre ist von 1917. Sie fährt im Winter."
    for name, text in (
        ("ferry.en.txt", english),
        ("ferry.de.txt", german),
        ("texts/ferry.en.txt", english),
        ("texts/ferry.de.txt", german),
        ("en/ferry.txt", english),
        ("de/ferry.txt", german),
        ("catalogue.po", f'msgid "{english}"\nmsgstr "{german}"'),
        ("table.tsv", f"en\tde\n{english}\t{german}"),
    ):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (page, line)
        for page in ("docs/cli.md", "docs/pairs.md", "README.md")
        for line in lines_of(page)
    ],
)
def test_every_line_of_the_pages_does_what_it_says(
    page: str,
    line: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It comes to its end, with findings or without; LanguageTool is left out by a setting."""
    monkeypatch.chdir(project)
    (project / "mtclean.toml").write_text("grammar = false\n")
    subprocess.run(["git", "init", "--quiet"], check=True)
    _translate(project)
    if "--baseline" in line:
        _code(shlex.split("check docs --write-baseline .mtclean-baseline.json"))
    capfd.readouterr()
    if "|" in line or "completion" in line:
        done = bash(line, project)
        code, out, err = done.returncode, done.stdout, done.stderr
    else:
        code = _code(shlex.split(line)[1:])
        out, err = capfd.readouterr()
    assert code in (Exit.OK, Exit.FOUND), err
    assert "Usage" not in err
    if "--baseline" in line:
        assert (code, out) == (Exit.OK, "")
    elif "git apply" in line:
        assert "well. Both" in (project / "docs" / "a b" / "page.md").read_text()
    elif "negation" in line:
        assert "negation-lost" in out
    elif " compare " in line or " check de " in line:
        assert "1917" in out
    elif " check " in line and "--write-baseline" not in line:
        assert "page.md" in out or "stdin" in out


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_shell_completes_commands_and_choices(project: Path) -> None:
    script = """
eval "$(mtclean --show-completion bash)"
COMP_WORDS=({words}); COMP_CWORD={last}; _mtclean_completion mtclean; echo "${{COMPREPLY[@]}}"
"""
    for words, last, expected in (
        ("mtclean che", 1, "check"),
        ("mtclean check --format sa", 3, "sarif"),
        ("mtclean explain doubled-wo", 2, "doubled-word"),
        ("mtclean check --select double-space,doubled-wo", 3, "double-space,doubled-word"),
    ):
        done = bash(script.format(words=words, last=last), project)
        assert done.stdout.split() == [expected], (words, done.stderr)
