import io
from pathlib import Path

from mtclean.grammar.languagetool.supervisor import keep_log


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
