"""What the documents name is there: links, files, functions; and the site is built of them, without the network."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

import mtclean.text
from mtclean.cli import app
from mtclean.rules.examples import tried
from mtclean.text import Rule, every_fix

ROOT = Path(__file__).parent.parent
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"output", "build"}
PAGES = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "mtclean" / "languages")
    for path in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
)
"""Every document people read, but for reports."""

_NAMED = re.compile(r"([\w.-]+(?:/[\w.-]+)*/?)(?::([\w.]+))?")


def tokens(page: Path) -> Iterator[Token]:
    markdown = MarkdownIt("commonmark").enable("table")
    for token in markdown.parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


@cache
def anchors(page: Path) -> set[str]:
    """The headings of *page* as GitHub, and the site, name them."""
    every = list(tokens(page))
    titles = [
        "".join(
            part.content for part in line.children or () if part.type in ("text", "code_inline")
        )
        for opening, line in pairwise(every)
        if opening.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page: Path) -> Iterator[str]:
    for token in tokens(page):
        target = token.attrs.get("href", token.attrs.get("src", ""))
        if isinstance(target, str) and target and "://" not in target:
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not heading or heading in anchors(target), link


def names_in(path: Path) -> set[str]:
    """What *path* defines: functions, classes, their methods, and what is given a name at the top."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
            inside = node.body if isinstance(node, ast.ClassDef) else []
            found |= {
                f"{node.name}.{part.name}" for part in inside if isinstance(part, ast.FunctionDef)
            }
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def named(page: Path) -> Iterator[tuple[str, str]]:
    """Files and folders of ours that *page* names as code, and what it names in them."""
    for token in tokens(page):
        match = token.type == "code_inline" and _NAMED.fullmatch(token.content)
        if match and "/" in match[1] and match[1].partition("/")[0] in FOLDERS:
            yield match[1], match[2] or ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_functions_that_are_named_are_there(page: Path) -> None:
    for path, name in named(page):
        assert (ROOT / path).exists(), path
        assert not name or name in names_in(ROOT / path), f"{path}:{name}"


class Loaded(HTMLParser):
    """What a page loads by itself; links are for people."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "img", "iframe", "source") or given.get("rel") in (
            "stylesheet",
            "icon",
        ):
            self.urls += [url for name in ("src", "href") if (url := given.get(name))]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Sphinx's Markdown needs Python 3.11")
def test_the_site_is_built_without_a_warning_and_loads_nothing_from_elsewhere(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    offline = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "PATH": ""}
    done = subprocess.run(
        [*command, "--doctree-dir", tmp_path / "trees", ROOT / "docs", tmp_path / "site"],
        env=offline, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert {"index.html", "rules.html", "architecture.html"} <= {page.name for page in pages}
    for page in pages:
        urls = Loaded(page.read_text(encoding="utf-8")).urls
        assert urls
        assert not [url for url in urls if "//" in url], page.name
    styles = [style.read_text(encoding="utf-8") for style in (tmp_path / "site").rglob("*.css")]
    assert not [
        style for style in styles if re.search(r"(?:url\(|@import)\W*(?:https?:)?//", style)
    ]


def test_the_rule_of_the_guide_is_one() -> None:
    """Who copies it has a rule whose examples are right, in a category that is there."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (source,) = (
        code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "@rule" in code
    )
    names = {"re": re, "Iterator": Iterator, **vars(mtclean.text)}
    exec("from __future__ import annotations\n" + source, names)
    (made,) = (item for item in names.values() if isinstance(item, Rule))
    categories = (ROOT / "docs" / "categories.tsv").read_text(encoding="utf-8")
    assert f"\n{made.category}\t" in categories
    for before, after in made.suggests:
        assert tried(made, before).text == before
        assert tried(made, before, every_fix).text == after
    for text in made.leaves:
        assert tried(made, text, every_fix).text == text
    assert len(made.leaves) >= 3


def commands(page: Path, program: str) -> Iterator[list[str]]:
    """What *page* tells people to type after *program*: in blocks of code, and in a line."""
    for token in tokens(page):
        if token.type in ("fence", "code_block", "code_inline"):
            for line in token.content.splitlines():
                words = line.partition(" #")[0].split()
                if words[:1] == [program] and len(words) > 1:
                    yield words[1:]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=lambda page: page.name
)
def test_commands_and_options_that_are_named_are_there(page: Path) -> None:
    """A changelog tells of what was; every other page of what can be typed today."""
    every = typer.main.get_command(app)
    for words in commands(page, "mtclean"):
        if words[0].startswith("-"):
            continue
        command = every.get_command(
            every.make_context("mtclean", [], resilient_parsing=True), words[0]
        )
        assert command, words
        known = {option for part in command.params for option in (*part.opts, *part.secondary_opts)}
        asked = {word.partition("=")[0] for word in words if word.startswith("-") and len(word) > 1}
        assert asked <= known | {"--help"}, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_targets_that_are_named_are_there(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for words in commands(page, "make"):
        assert {word for word in words if "=" not in word} <= targets, words
