"""Two pages for the artefact tests: one as engines and scrapers leave it, one in good English."""

from __future__ import annotations

import pytest

_SCRAPED = """\
Here is the translation:

Harbour cities sign pact - China News Network

2022-07-06 0 By

Odessa, Feb. 5 (China News Service) — The mayors of both cities signed a pact on Saturday. \
Tarasov, who heads the port, said that the pact was a milestone. Relevant departments will carry \
it out, always keeping in mind the needs of the other side, always keeping in mind the needs of the \
other side while they work. The new global Routes are important for both ports, he added.

The INDO-Pacific strategy was not discussed. The port handled 64,4537 containers in january, and \
Talasov said that Unlike last year no ship was delayed by the ice at all.

The port handled more containers than ever before in its long history, and the harbour master \
expects that the next year will be better still for everyone who works on the quays.

Die Regierung hat gestern beschlossen, das Gesetz nicht zu ändern.

The port handled more containers than ever before in its long history, and the harbour master \
expects that the next year will be better still for everybody who works on the quays.

The guests left for #LOCATION# and the the train was late, but nobody in the 代表团 complained of it \
during the long
(after)

Let me know if you need any further changes to the translation!
"""

_CLEAN = """\
The Harbour Pact: Back-to-Back Talks, Shoulder to Shoulder

By the time the mayors of Odessa and Varna met on July 12, the ice had gone. They had worked \
shoulder to shoulder, week after week, for what they called a win-win result; the pact had had \
three drafts. “It went on and on and on,” said Ivanova. Her husband, Ivanov, nodded.

The Times wrote that NATO, UNESCO and the EU-China forum had sent observers. In Hunan and Henan, \
and in Shanxi and Shaanxi, 64,453 people watched. Beijing (北京) sent a telegram. The angle α was \
5 μm, R&D cost $1,000,000, and 20% of AT&T was for sale at https://www.example.org/a_b?x=1&y=2.

Location, location, location: that is what they said. No, no, no, said others. Kristin Wilkins and \
Kristen Hall agreed that “la donna è mobile” was sung well, and that is all there was to it.

Further reading
- A. Smith, The History of Harbours, 1998.
"""


@pytest.fixture(scope="session")
def scraped() -> str:
    """A page with one of each artefact."""
    return _SCRAPED


@pytest.fixture(scope="session")
def clean() -> str:
    """A page of look-alikes, on which nothing is to be said."""
    return _CLEAN
