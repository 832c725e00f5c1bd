import io
import subprocess
import sys
from pathlib import Path

import pytest

from mtclean import supervisor
from mtclean.supervisor import TEMPORARY, keep_log

WRITE = "import os, sys; [open(os.path.join(x, 'left'), 'w').close() for x in sys.argv[1:]]"


@pytest.mark.parametrize("told", [[], [TEMPORARY]])
def test_any_command_is_supervised_and_its_temporary_files_go_with_it(
    tmp_path: Path, told: list[str]
) -> None:
    log, temporary = tmp_path / "log", tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-c", WRITE, *told]
    with subprocess.Popen(
        [sys.executable, "-I", "-S", supervisor.__file__, str(log), *command],
        env={"TMPDIR": str(temporary)},
        stdin=subprocess.PIPE,  # held open: its end would be the command's
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert int(process.stdout.read()) > 0
        assert process.wait() == 0, log.read_text()
    assert not [*temporary.iterdir()]


def test_the_log_is_bounded(tmp_path: Path) -> None:
    log = tmp_path / "log"
    keep_log(io.BytesIO(b"a line\n" * 1000), log, limit=700)
    assert log.stat().st_size <= 707
    assert (tmp_path / "log.1").stat().st_size <= 707
    assert len(list(tmp_path.iterdir())) == 2


def test_output_is_read_even_when_it_cannot_be_kept(tmp_path: Path) -> None:
    output = io.BytesIO(b"a line\n" * 10)
    keep_log(output, tmp_path / "no such folder" / "log")
    assert output.read() == b""
