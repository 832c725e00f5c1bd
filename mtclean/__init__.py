"""Clean machine-translated and scraped text, and review every change.

The engine and the command line.  ``text`` knows nothing of the others, ``pipeline`` is the job on one
document, and ``flows`` and ``tasks`` are the Prefect flows and tasks around it.

    import mtclean
    mtclean.clean("He said .").text

What is named in ``__all__`` is for users, and is imported when it is first asked for (PEP 562).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtclean.documents import DocumentProblem, SourceFormat
    from mtclean.grammar import Grammar
    from mtclean.library import Result, check, clean, clean_file, compare
    from mtclean.pipeline.options import Options
    from mtclean.text import Policy, Style
    from mtclean.trouble import Trouble

__version__ = "0.1.0"

__all__ = [
    "DocumentProblem",
    "Grammar",
    "Options",
    "Policy",
    "Result",
    "SourceFormat",
    "Style",
    "Trouble",
    "check",
    "clean",
    "clean_file",
    "compare",
]

_HOMES = {
    "DocumentProblem": "documents",
    "Grammar": "grammar",
    "Options": "pipeline.options",
    "Policy": "text",
    "Result": "library",
    "SourceFormat": "documents",
    "Style": "text",
    "Trouble": "trouble",
    "check": "library",
    "clean": "library",
    "clean_file": "library",
    "compare": "library",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
