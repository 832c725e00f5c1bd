"""What programs of others say of a file, before and after: gettext's msgfmt and libxml2's xmllint."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mtclean.documents import AS_IT_LOOKS, read_as
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
CATALOGUE = (
    HEADER
    + """#, c-format
msgid "%d Tore ,offen.\\n"
msgid_plural "%d Tore\\n"
msgstr[0] "The gate ,shut.It was the the end of %d.\\n"
msgstr[1] ""
"The gates ,shut."
"It was \\"so\\" ,they said: %d.\\n"

#, fuzzy
msgid "Zu"
msgstr "Shut ,again.It is"
"""
)
BROKEN = CATALOGUE.replace("of %d", "of %s")
XLIFF = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="de" target-language="en"><body>
<trans-unit id="1"><source>Tor &amp; Hof</source><target>The gate ,the yard &amp; <g id="1">all.</g>It was the the end.</target></trans-unit>
<trans-unit id="2"><source>So</source><target><![CDATA[It is shut ,they said <so>.It is.]]></target></trans-unit>
</body></file></xliff>
"""
MEMORY = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>Tor</seg></tuv>
<tuv xml:lang="en"><seg>The gate ,shut.It is &lt;so&gt; &amp; the the end.</seg></tuv></tu></body></tmx>
"""


def needs(tool: str, package: str) -> pytest.MarkDecorator:
    reason = f"there is no {tool}: apt-get install {package}"
    return pytest.mark.skipif(shutil.which(tool) is None, reason=reason)


def cleaned(name: str, text: str) -> bytes:
    """The file with its safe fixes made: some are, or nothing is shown here."""
    options = Options(grammar=False, language="en")
    work = draft(read_as(AS_IT_LOOKS, name, text.encode(), Path(name)), options)
    data = cleaned_bytes(detect_artifacts(normalize(work)))
    assert data != text.encode()
    return data


def verdict(*command: str, data: bytes) -> tuple[int, list[str]]:
    """What the program says of *data*, without the places."""
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    said = done.stderr.decode().splitlines()
    return done.returncode, [line.rpartition(": ")[2] for line in said]


@needs("msgfmt", "gettext")
@pytest.mark.parametrize("catalogue", [CATALOGUE, BROKEN])
def test_gettext_takes_a_catalogue_as_before(catalogue: str) -> None:
    command = ("msgfmt", "--check", "--output-file=/dev/null", "-")
    before = verdict(*command, data=catalogue.encode())
    assert before[0] == (catalogue is BROKEN)
    assert verdict(*command, data=cleaned("gate.po", catalogue)) == before


@needs("msgfmt", "gettext")
def test_gettext_has_the_cleaned_text(tmp_path: Path) -> None:
    compiled = tmp_path / "gate.mo"
    command = ["msgfmt", f"--output-file={compiled}", "-"]
    subprocess.run(command, input=cleaned("gate.po", CATALOGUE), check=True)
    assert b"The gate, shut. It was the end of %d.\n" in compiled.read_bytes()


@needs("xmllint", "libxml2-utils")
@pytest.mark.parametrize(("name", "text"), [("gate.xlf", XLIFF), ("gate.tmx", MEMORY)])
def test_xml_is_well_formed_as_before(name: str, text: str) -> None:
    command = ("xmllint", "--noout", "--nonet", "-")
    assert verdict(*command, data=text.encode()) == (0, [])
    assert verdict(*command, data=cleaned(name, text)) == (0, [])
