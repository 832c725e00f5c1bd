"""Settings that come with somebody's texts: they send nothing anywhere, and another user's are not obeyed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtclean.cli import _code
from mtclean.pipeline.config import chosen, find, own_file
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.trouble import Exit
from tests.conftest import clean_environment
from tests.flows.conftest import without_progress

ELSEWHERE = "http://texts.example:8081"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder two below a folder that others write to, and an own file that is not there."""
    folder = tmp_path / "theirs" / "work"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (folder / "a.txt").write_text("A text.\n")
    return folder


@pytest.fixture
def own(here: Path) -> Callable[[str], None]:
    """Writes the user's own file."""

    def write(text: str) -> None:
        own_file().parent.mkdir(parents=True, exist_ok=True)
        own_file().write_text(text)

    return write


@pytest.fixture
def given_away(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes a file another user's; who is not root becomes another user instead."""

    def give(file: Path) -> None:
        if os.geteuid() == 0:
            os.chown(file, 54_321, -1, follow_symlinks=False)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: 54_321)

    return give


@pytest.mark.parametrize(
    "address",
    [
        ELSEWHERE,
        "https://127.0.0.1@texts.example/",
        "http://127.0.0.1\\\\@texts.example",
        "http://localhost.texts.example:8081",
        "http://127.0.0.1.texts.example",
        "//texts.example",
        "http://[::1]@texts.example",
        "http://127.0.0.1#@texts.example",
        "http://127.0.0.1 texts.example",
    ],
)
@pytest.mark.parametrize("name", ["mtclean.toml", "../mtclean.toml", "../pyproject.toml"])
@pytest.mark.parametrize("profile", ["", "far"])
def test_a_folder_does_not_say_where_texts_go(
    here: Path, name: str, address: str, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = ["tool", "mtclean"] * (name == "../pyproject.toml") + ["profiles", profile] * bool(
        profile
    )
    heading = f"[{'.'.join(table)}]\n" if table else ""
    (here / name).write_text(f'{heading}languagetool = "{address}"')
    assert _code(["check", "a.txt", "--profile", profile]) == Exit.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert "--languagetool" in line
    assert str(own_file()) in line
    with pytest.raises(ConfigError):  # naming the file is not naming the server
        chosen(Settings(config=here / name, profile=profile))
    assert chosen(Settings(profile=profile, grammar=False))
    asked = Settings(profile=profile, languagetool="http://ours:1")
    assert chosen(asked).languagetool == "http://ours:1"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("prefect.toml", f'[api]\nurl = "{ELSEWHERE}/api"'),
        (".env", f"PREFECT_API_URL={ELSEWHERE}/api"),
        ("pyproject.toml", f'[tool.prefect.api]\nurl = "{ELSEWHERE}/api"'),
    ],
)
def test_nor_which_prefect_is_told_of_them(
    here: Path, prefect_home: Path, name: str, text: str
) -> None:
    """In a process of its own: Prefect reads its settings once."""
    (here / name).write_text(text)
    ended = subprocess.run(
        [sys.executable, "-m", "mtclean.cli", "run", "a.txt", "--no-grammar"],
        env=clean_environment(prefect_home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    (line,) = without_progress(ended.stderr).splitlines()
    assert ended.returncode == Exit.USAGE
    assert name in line
    assert "PREFECT_API_URL" in line


@pytest.mark.parametrize(
    "address", ["http://localhost:8081", "http://127.0.0.1:8081/v2/", "https://[::1]:8081"]
)
def test_a_folder_may_name_a_server_of_this_machine(here: Path, address: str) -> None:
    (here / "mtclean.toml").write_text(f'languagetool = "{address}"')
    assert chosen(Settings()).languagetool == address


def test_the_own_file_names_a_server(here: Path, own: Callable[[str], None]) -> None:
    own(f'languagetool = "{ELSEWHERE}"')
    assert chosen(Settings()).languagetool == ELSEWHERE
    (here / "mtclean.toml").write_text(f'languagetool = "{ELSEWHERE}"')
    assert chosen(Settings()).languagetool == ELSEWHERE
    (here / "mtclean.toml").write_text('languagetool = "http://localhost:1"')
    assert chosen(Settings()).languagetool == "http://localhost:1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('langagetool = ""', "did you mean 'languagetool'"),
        ('trust = ["texts"]', "no absolute path"),
        ("trust = 3", "trust"),
        ("[", "is not TOML"),
    ],
)
def test_a_mistake_in_the_own_file_is_one_line(
    own: Callable[[str], None], text: str, words: str
) -> None:
    own(text)
    with pytest.raises(ConfigError, match=words) as problem:
        chosen(Settings())
    assert "\n" not in str(problem.value)


@pytest.mark.skipif(os.name == "nt", reason="there are no owners")
@pytest.mark.parametrize("name", ["mtclean.toml", "../mtclean.toml", "../pyproject.toml"])
def test_settings_of_another_user_are_not_obeyed(
    here: Path,
    name: str,
    own: Callable[[str], None],
    given_away: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = here / name
    heading = "[tool.mtclean.rules]" if name.endswith("pyproject.toml") else "[rules]"
    file.write_text(f"{heading}\ndouble-space = 'off'")
    given_away(file)
    assert _code(["check", "a.txt", "--no-grammar"]) == Exit.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    for part in (str(here.parent), "belongs to", "--config", str(own_file())):
        assert part in line
    assert chosen(Settings(config=file)).policy.levels, "who names it trusts it"
    if os.geteuid() == 0:  # else the own file is another user's as well
        own(f'trust = ["{here.parent}"]')
        assert chosen(Settings()).policy.levels


@pytest.mark.skipif(os.name == "nt", reason="there are no owners")
def test_a_link_of_another_user_is_not_obeyed(
    here: Path, given_away: Callable[[Path], None]
) -> None:
    (here / "strict.toml").write_text("[rules]\ndouble-space = 'off'")
    (here / "mtclean.toml").symlink_to("strict.toml")
    assert find(here)
    given_away(here / "mtclean.toml")
    with pytest.raises(ConfigError, match="belongs to"):
        find(here)


def test_what_is_no_settings_file_is_passed_over(here: Path) -> None:
    """Nor is it waited for: a pipe would keep us until somebody writes to it."""
    os.mkfifo(here / "pyproject.toml")
    (here / "mtclean.toml").mkdir()
    (here.parent / "pyproject.toml").write_text("tool = 3")
    assert chosen(Settings())


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)
_VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), _TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def test_any_value_for_any_key_is_taken_or_refused_in_one_line(tmp_path: Path) -> None:
    import tomlkit

    file = tmp_path / "mtclean.toml"

    @settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
    @given(
        st.dictionaries(
            st.sampled_from(
                ["language", "grammar", "languagetool", "rules", "style", "protect", "files", "lists",
                 "profiles"]
            ),
            _VALUES,
        )
    )  # fmt: skip
    def law(table: dict[str, object]) -> None:
        file.write_bytes(tomlkit.dumps(table).encode())
        said = ""
        try:
            chosen(Settings(config=file))
        except ConfigError as problem:
            said = str(problem)
        assert "\n" not in said

    law()
    for text in ("a = " + "[" * 9999, "[tool]\nmtclean = 3"):
        file.write_text(text)
        with pytest.raises(ConfigError):
            chosen(Settings(config=file))
