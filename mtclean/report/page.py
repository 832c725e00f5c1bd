"""Pages of one file: a template, a style sheet and a script, and a policy that lets nothing else run.

The template escapes everything (autoescape is on by hand: ``select_autoescape`` does not know
``.j2``), and a content security policy allows the one style sheet and the one script by their
hashes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from mtclean.report.edits_json import one_line
from mtclean.report.excerpt import Seen
from mtclean.report.visible import shown

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_ROOM = Path(__file__).parent
_STYLE = "report.css"
_FOR_READERS = re.compile(r"^(?:[ \t]*(?://.*|/\*[^*]*\*/)?\n|[ \t]+)+", re.MULTILINE)


def rendered(name: str, *scripts: str, **values: object) -> str:
    """The template ``NAME.html.j2`` with the style sheet of all pages and one script: *scripts*, then ``NAME.js``."""
    return "".join(streamed(name, *scripts, **values))


def streamed(name: str, *scripts: str, **values: object) -> Iterator[str]:
    """What :func:`rendered` gives, piece by piece as the template comes to it."""
    template = _template(name)
    context = template.new_context(_own(*scripts, f"{name}.js") | values)
    # A page has hundreds of pieces, and generate() has a step for each.
    return template.root_render_func(context)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.j2")


@cache
def _own(*scripts: str) -> dict[str, Markup]:
    """What a page runs and is set with, which is ours, and the policy's words for it."""
    style, script = _asset(_STYLE), "".join(map(_asset, scripts))
    return {
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "style_hash": Markup(_policy_hash(style)),  # noqa: S704 - base 64
        "script_hash": Markup(_policy_hash(script)),  # noqa: S704 - base 64
    }


def page_json(data: object) -> str:
    """*data* as JSON that cannot end the element it stands in."""
    text = one_line(data)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _environment() -> Environment:
    # Here, for many commands write no page.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_ROOM),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["shown"] = shown
    environment.filters["prose"] = _prose
    environment.filters["seen"] = _seen
    return environment


@lru_cache(maxsize=1024)
def _prose(text: str) -> Markup:
    """A rule's summary, which may set words in backticks."""
    parts = re.split("(`+)(.+?)\\1", shown(text))
    plain, quoted = parts[::3], parts[2::3]
    code = [Markup("<code>{}</code>").format(words) for words in quoted]
    return Markup("").join(part for pair in zip_longest(plain, code, fillvalue="") for part in pair)


def _seen(text: Seen) -> Markup:
    """A text with its tags, as a page's script sets it, too."""
    parts = [text] if isinstance(text, str) else text
    template = [Markup("{}"), Markup('<code class="chip">{}</code>')]
    return Markup("").join(template[n % 2].format(shown(part)) for n, part in enumerate(parts))


def _asset(name: str) -> str:
    """The file *name* as each page carries it: without what is there for its readers, indents and lines of comment.

    Neither is in a text of several lines, which our files do not have.
    """
    return _FOR_READERS.sub("", (_ROOM / name).read_text(encoding="utf-8"))


def _policy_hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()
