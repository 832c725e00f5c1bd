"""The command line: what people type, what they see, and the exit codes.

Heavy imports stand inside the commands, so that ``mtclean --help`` answers at once and the commands
on single documents never start Prefect.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from flows import __version__, settings
from flows.outcomes import Exit, Run, Status

if TYPE_CHECKING:
    from flows.stages import Draft, Options
    from tasks.grammar import Grammar
    from tasks.report import Record

STDIN = "-"
_INTERRUPTED = "interrupted; what was finished is kept, run again for the rest"
_UsageError = typer.BadParameter.__mro__[1]  # typer brings a click of its own and does not name it

_EXAMPLES = """\b
Examples:
  mtclean run                          clean everything in input/ into output/
  mtclean run drafts --output done     clean another folder
  mtclean run article.txt --no-grammar without LanguageTool: seconds instead of half a minute
  mtclean clean article.txt --stdout   the cleaned text on standard output
  mtclean check *.txt --format jsonl   findings and changes, for another program
  mtclean explain mojibake             what a rule does, with examples

\b
Exit codes:
  0  all went well
  1  check: there are changes or findings at or above --severity
  2  the command line is wrong, or there is nothing to clean
  3  a document could not be cleaned; the others were
  4  cleaned, but LanguageTool could not be used
  130  interrupted
"""

app = typer.Typer(
    name="mtclean",
    help="Clean machine-translated and scraped text, and review every change.",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Trouble(Exception):
    """Ends the program with one line and an exit code."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.code = code


class Format(str, Enum):
    """How ``check`` prints."""

    text = "text"
    jsonl = "jsonl"


class Quotes(str, Enum):
    """What becomes of straight quotation marks."""

    auto = "auto"
    curly = "curly"
    straight = "straight"

    @property
    def curly_wanted(self) -> bool | None:
        """As :class:`flows.stages.Options` has it."""
        return {"auto": None, "curly": True, "straight": False}[self.value]


class Level(str, Enum):
    """The severities of findings."""

    neutral = "neutral"
    minor = "minor"
    major = "major"


Output = Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")]
NoGrammar = Annotated[bool, typer.Option("--no-grammar", help="Leave LanguageTool out.")]
Language = Annotated[
    str,
    typer.Option("--language", help="The language of the texts (en, de, …); detected if left out."),
]
QuoteStyle = Annotated[
    Quotes, typer.Option("--quotes", help="auto: straight marks turn curly where most are.")
]
LanguageToolUrl = Annotated[
    str, typer.Option("--languagetool", metavar="URL", help="Use this LanguageTool server.")
]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"mtclean {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; input/ if left out.", metavar="[PATH]…"),
    ] = None,
    output: Output = Path("output"),
    no_grammar: NoGrammar = False,
    language: Language = "",
    quotes: QuoteStyle = Quotes.auto,
    languagetool: LanguageToolUrl = "",
) -> None:
    """Clean documents as a Prefect flow and write text, edits, diff and report of each."""
    from flows import progress
    from tasks.documents import discover

    places = paths or [Path("input")]
    discover(places, output)  # a wrong path is said at once, before anything is started
    console = Console(stderr=True)
    if not no_grammar and not languagetool:
        _install()  # before the progress bar: the download has its own
    with progress.shown(console) as meter:
        meter.stage("Starting Prefect")
        settings.silence()
        from flows.clean import clean as flow

        state: Any = flow(  # Prefect types a flow by what it returns, not by return_state
            paths=[str(path) for path in places],
            output=str(output),
            grammar=not no_grammar,
            language=language,
            curly=quotes.curly_wanted,
            languagetool=languagetool,
            return_state=True,
        )
        result: Run = state.result()
    _report(result, output)
    if result.exit_code is not Exit.OK:
        raise typer.Exit(result.exit_code)


def _install() -> None:
    """Fetch LanguageTool if it is missing; where that fails the run says so and goes on."""
    from tasks.grammar import GrammarUnavailable, install

    try:
        install()
    except GrammarUnavailable:
        return  # the flow meets it again and reports it


def _report(result: Run, output: Path) -> None:
    from tasks.report import summary_table
    from tasks.report.visible import shown

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)  # nobody's window: rows stay whole for grep
    if result.rows:
        console.print(summary_table(result.rows))
    for outcome in result.outcomes:
        if outcome.status is not Status.CLEANED:
            _say(f"{outcome.status.value}: {shown(outcome.path)}: {outcome.message}")
    if result.no_grammar:
        _say(f"grammar not checked: {result.no_grammar}")
    done, left = result.count(Status.CLEANED), len(result.outcomes)
    console.print(f"{done} of {left} cleaned into {shown(str(output))}", highlight=False)


@app.command()
def clean(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")],
    stdout: Annotated[bool, typer.Option("--stdout", help="Print the cleaned text only.")] = False,
    output: Output = Path("output"),
    no_grammar: NoGrammar = False,
    language: Language = "",
    quotes: QuoteStyle = Quotes.auto,
    languagetool: LanguageToolUrl = "",
) -> None:
    """Clean one document without Prefect."""
    from flows.stages import Options, cleaned_bytes, save

    options = Options(not no_grammar, language, quotes.curly_wanted, languagetool)
    with ExitStack() as stack:
        # What is printed is the safe fixes; without evidence LanguageTool makes none.
        grammar = _grammar(options, stack)
        work, unavailable = _cleaned(file, options, grammar)
    if stdout or file == STDIN:
        _print_text(cleaned_bytes(work))
    else:
        _, report = save(work, output)
        print(report)
    if unavailable:
        raise Trouble(f"grammar not checked: {unavailable}", Exit.NO_GRAMMAR)


@app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(help="Text files; - is standard input.", metavar="FILE…")
    ],
    format: Annotated[
        Format, typer.Option("--format", help="text for people, jsonl for programs.")
    ] = Format.text,
    severity: Annotated[
        Level,
        typer.Option(
            "--severity", help="Exit with 1 from this severity on; a change counts as minor."
        ),
    ] = Level.minor,
    no_grammar: NoGrammar = False,
    language: Language = "",
    quotes: QuoteStyle = Quotes.auto,
    languagetool: LanguageToolUrl = "",
) -> None:
    """Print what would be changed and what there is to look at; write nothing."""
    from flows.stages import Options, account
    from tasks.documents import DocumentProblem
    from tasks.report import json_lines, text_lines

    options = Options(not no_grammar, language, quotes.curly_wanted, languagetool)
    write_lines = text_lines if format is Format.text else json_lines
    worst = Exit.OK
    with ExitStack() as stack:
        grammar = _grammar(options, stack)
        for file in files:
            try:
                work, unavailable = _cleaned(file, options, grammar)
            except (DocumentProblem, Trouble) as problem:
                _say(f"{file}: {problem}")
                worst = Exit.FAILED
                continue
            if unavailable:
                _say(f"{file}: grammar not checked: {unavailable}")
                worst = max(worst, Exit.NO_GRAMMAR) if worst is not Exit.FAILED else worst
            record = account(work)
            for line in write_lines(record):
                print(line)
            if worst is Exit.OK and _found(record, severity):
                worst = Exit.FOUND
    if worst is not Exit.OK:
        raise typer.Exit(worst)


def _found(record: Record, level: Level) -> bool:
    from tasks.text import Severity

    least = Severity(level.value)
    if record.applied and Severity.MINOR.at_least(least):
        return True
    return any(finding.severity.at_least(least) for finding in record.findings)


@app.command()
def rules() -> None:
    """List the rules: id, category, what goes wrong."""
    from flows.stages import RULES

    for rule in RULES.values():
        print(f"{rule.id:32} {rule.category:34} {rule.summary}")


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="A rule's id; mtclean rules lists them.")],
) -> None:
    """Explain a rule, with examples."""
    from difflib import get_close_matches

    from flows.stages import RULES

    if rule.startswith("languagetool."):
        line = f"{rule} is one of LanguageTool's rules; the report tells what it says, with a link"
        raise Trouble(line, Exit.USAGE)
    if rule not in RULES:
        close = get_close_matches(rule, RULES, 1)
        hint = f"; did you mean {close[0]}?" if close else "; mtclean rules lists them"
        raise Trouble(f"there is no rule {rule!r}{hint}", Exit.USAGE)
    found = RULES[rule]
    print(f"{found.id} ({found.category})\n\n{found.explanation}\n")
    for title, pairs in (("Fixes", found.fixes), ("Suggests", found.suggests)):
        if pairs:
            print(f"{title}:")
        for before, after in pairs:
            print(f"  {before}\n→ {after}")
    if found.finds:
        print("Points at:")
        for text, excerpt in found.finds:
            print(f"  {excerpt}  in: {text}")
    print("Leaves alone:")
    for text in found.leaves:
        print(f"  {text}")


@app.command()
def setup() -> None:
    """Download LanguageTool and prepare Prefect's database, so that later runs work offline."""
    from tasks.grammar import GrammarUnavailable, install

    try:
        install()
    except GrammarUnavailable as problem:
        raise Trouble(str(problem), Exit.NO_GRAMMAR) from problem
    from flows.settings import prepare_database

    prepare_database()
    _say("Ready: LanguageTool is installed and Prefect's database is in place.")


def _grammar(options: Options, stack: ExitStack) -> Grammar | None:
    """LanguageTool, starting in the background; None where it is not wanted."""
    from tasks.grammar import Grammar

    if not options.grammar:
        return None
    return stack.enter_context(_Starting(Grammar(options.languagetool or None)))


class _Starting(ExitStack):
    """Starts LanguageTool on the way in; where it cannot start, the first check says why."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self.grammar = grammar

    def __enter__(self) -> Grammar:  # type: ignore[override]
        from tasks.grammar import GrammarUnavailable

        self.callback(self.grammar.close)
        with suppress(GrammarUnavailable):
            self.grammar.start()
        return self.grammar


def _cleaned(file: str, options: Options, grammar: Grammar | None) -> tuple[Draft, str]:
    """The document through all stages, and why grammar was not checked, if it was not."""
    from flows.stages import check_grammar, detect, draft, normalise
    from tasks.documents import document, read
    from tasks.grammar import GrammarUnavailable

    if file == STDIN:
        source = document("stdin", sys.stdin.buffer.read())
    else:
        path = Path(file)
        if not path.exists():
            raise Trouble(f"{file} does not exist", Exit.USAGE)
        source = read(path, path.name.removesuffix(".txt"))
    work = detect(normalise(draft(source, options)))
    if grammar is None:
        return work, ""
    try:
        return check_grammar(work, grammar), ""
    except GrammarUnavailable as problem:
        return work, str(problem)


def _print_text(data: bytes) -> None:
    """Write the text as it is, but never a raw control character to a terminal."""
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from tasks.report.visible import shown

    for line in data.decode("utf-8", "replace").split("\n"):
        print(shown(line.rstrip("\r")))


def _say(message: str) -> None:
    """One line to the person at the terminal."""
    print(f"mtclean: {message}", file=sys.stderr)


def _troubles() -> Iterator[tuple[type[BaseException], Exit]]:
    """Which exceptions of the rooms end the program with their one line, and with which code."""
    from tasks.documents import DocumentProblem, NothingToDo
    from tasks.grammar import GrammarUnavailable

    yield NothingToDo, Exit.USAGE
    yield DocumentProblem, Exit.FAILED
    yield GrammarUnavailable, Exit.NO_GRAMMAR


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of :class:`~flows.outcomes.Exit`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_code(arguments))


def _code(arguments: Sequence[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="mtclean", standalone_mode=False)
        if code == Exit.INTERRUPTED:  # typer's word for Ctrl-C
            _say(_INTERRUPTED)
        return int(code or Exit.OK)
    except typer.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _say(_INTERRUPTED)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except Trouble as trouble:
        _say(str(trouble))
        return trouble.code
    except Exception as error:
        if isinstance(error, _UsageError):
            error.show()  # type: ignore[attr-defined]
            return Exit.USAGE
        for kind, code in _troubles():
            if isinstance(error, kind):
                _say(str(error))
                return code
        raise


if __name__ == "__main__":
    main()
