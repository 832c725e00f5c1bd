"""Java begins with what it learnt in a training run, only as it was kept, and says the same."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from mtclean.grammar import Grammar, Installation, install
from mtclean.grammar.languagetool.aot import AotCache, Launch
from mtclean.grammar.languagetool.lockfile import DOORS
from mtclean.grammar.languagetool.server import Server
from mtclean.grammar.training import train

TEXT = "This are a text. He said that teh weather is nice, and they was glad."


@pytest.fixture
def here(own_cache: Path) -> Installation:
    return install()


@pytest.fixture
def kept(here: Installation) -> AotCache:
    """A cache as a training run leaves it, but for what Java would have written."""
    cache = AotCache(here)
    cache.prepare()
    (cache.folder / "languagetool.aot").write_bytes(b"what Java learnt")
    assert cache.complete()
    return cache


def test_what_was_learnt_is_begun_with(here: Installation, own_cache: Path) -> None:
    assert train(here, TEXT)
    launch = AotCache(here).launch
    log = own_cache / "java.log"
    server = Server(here, log=log, launch=replace(launch, options=(*launch.options, "-Xlog:aot*")))
    bare = Server(here, launch=Launch((*here.jars, DOORS)))
    with Grammar(engine=server) as grammar, Grammar(engine=bare) as plain:
        assert grammar.check(TEXT, "en") == plain.check(TEXT, "en")
        assert grammar.check(TEXT, "en").matches
    said = log.read_text()
    assert "Opened AOT cache" in said
    assert "[warning]" not in said.partition("Opened AOT cache")[2]


def test_jars_of_the_class_path_lead_nowhere(here: Installation, kept: AotCache) -> None:
    jars = kept.launch.classpath
    assert {jar.name for jar in jars} == {jar.name for jar in (*here.jars, DOORS)}
    for jar in jars:
        with ZipFile(jar) as archive:
            names = archive.namelist()
            manifest = (
                archive.read("META-INF/MANIFEST.MF") if "META-INF/MANIFEST.MF" in names else b""
            )
        assert b"Class-Path" not in manifest
    (server,) = (jar for jar in here.jars if jar.name.startswith("languagetool-server-"))
    with ZipFile(server) as original, ZipFile(kept.folder / server.name) as copy:
        assert copy.namelist() == original.namelist()


def test_languages_stand_last_and_need_no_other_cache(here: Installation, kept: AotCache) -> None:
    german = Path("/elsewhere/language-de/language-de.jar")
    more = replace(here, jars=(*here.jars, german), sums=(*here.sums, "0"))
    assert AotCache(more).folder == kept.folder
    assert AotCache(more).launch.classpath == (*kept.launch.classpath, german)


def test_what_was_changed_is_not_begun_with(here: Installation, kept: AotCache) -> None:
    assert kept.is_there
    (kept.folder / "languagetool.aot").write_bytes(b"What Java learnt")
    assert not kept.is_there
    assert kept.launch.classpath == (*here.jars, DOORS)


def test_what_is_not_complete_is_not_begun_with(here: Installation) -> None:
    cache = AotCache(here)
    cache.prepare()
    assert not cache.complete(), "Java left nothing"
    assert not cache.is_there


def test_another_java_begins_anew(here: Installation, kept: AotCache, tmp_path: Path) -> None:
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    (tmp_path / "java" / "release").write_text('JAVA_VERSION="26"\n')
    assert AotCache(replace(here, java=java)).folder != kept.folder


def test_without_it_work_goes_on(here: Installation, tmp_path: Path) -> None:
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    (tmp_path / "java" / "release").touch()
    assert not train(replace(here, java=java), TEXT)
    assert not AotCache(replace(here, java=java)).folder.exists()
