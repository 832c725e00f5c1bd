"""Run-on sentences: put back the space that was lost after a sentence's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.languages.language import Trait
from mtclean.rules.typography.sentences.boundary import judge
from mtclean.rules.typography.sentences.joint import Verdict, joints, small_words
from mtclean.rules.typography.sentences.quotations import at_quotations
from mtclean.text import Finding, Fix, Passage, inserting, rule

_AFTER_PICTURE = re.compile(
    "[.!?] [\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?(?P<next>[A-Z][a-z’']*)(?= )"
)
_REASON = "The space after the end of the sentence is missing."


@rule(
    "missing-space-after-sentence",
    "fluency.punctuation.spacing",
    fixes=[
        ("The talks went well.Both sides agreed.", "The talks went well. Both sides agreed."),
        (
            "They opened the Winter Games.In the evening they left.",
            "They opened the Winter Games. In the evening they left.",
        ),
        ("It grew fast in 2021.However, it slowed.", "It grew fast in 2021. However, it slowed."),
        ("He moved to the U.S.The move was hard.", "He moved to the U.S. The move was hard."),
        (
            "It is built on Node.js.The server is small.",
            "It is built on Node.js. The server is small.",
        ),
        ("Is that so?Yes!Come in.", "Is that so? Yes! Come in."),
        (
            "The end was near.(She did not know it.)Then it came.",
            "The end was near. (She did not know it.) Then it came.",
        ),
        ("(“Yes.”)He left.", "(“Yes.”) He left."),
        ("Well done! 🎉The rest is easy.", "Well done! 🎉 The rest is easy."),
        ("¿Y tú?¡Claro!", "¿Y tú? ¡Claro!"),
        ("The U.K.and the U.S.are allies.", "The U.K. and the U.S. are allies."),
        (
            "It shuts at 5 p.m.on Monday in the U.S.it is said.",
            "It shuts at 5 p.m. on Monday in the U.S. it is said.",
        ),
        (
            "One bot is NiteBot NG.NiteBot NG is quick.",
            "One bot is NiteBot NG. NiteBot NG is quick.",
        ),
        ("THE END.START OF IT.", "THE END. START OF IT."),
        ("She said, Yes.Fine weather is ahead.", "She said, Yes. Fine weather is ahead."),
        (
            "He spoke of You Know Who.Porto was far.",
            "He spoke of You Know Who. Porto was far.",
        ),
        ("We saw that it’s Magic!Mrs Lima left.", "We saw that it’s Magic! Mrs Lima left."),
        ("He knows C++.It is old.", "He knows C++. It is old."),
        (
            "It crossed the Region.AFP says so.It ran at 350 km/h.Lyon saw 2,300 of it for years.4,404 ships came …Then none.",
            "It crossed the Region. AFP says so. It ran at 350 km/h. Lyon saw 2,300 of it for years. 4,404 ships came … Then none.",
        ),
        (
            "We saw this in both groups [15].However, it faded.",
            "We saw this in both groups [15]. However, it faded.",
        ),
        (
            "He opened the box.iPhone sales had never been better.",
            "He opened the box. iPhone sales had never been better.",
        ),
        ("We met at 4 p.m.We left at six.", "We met at 4 p.m. We left at six."),
        ("We stayed home.they went out again.", "We stayed home. they went out again."),
        ("I read it and loved it.why not read it?", "I read it and loved it. why not read it?"),
        ("They count.Twenty-one.Twenty-two. Done.", "They count. Twenty-one. Twenty-two. Done."),
        ("She has a Ph.D.She is young.", "She has a Ph.D. She is young."),
        (
            "It was made in the U.S.A.The rest was not.",
            "It was made in the U.S.A. The rest was not.",
        ),
        ("He read it.J.R.R. Tolkien wrote it.", "He read it. J.R.R. Tolkien wrote it."),
        (
            "1. You may copy it in full.2. You may sell copies.3. You may lend them.",
            "1. You may copy it in full. 2. You may sell copies. 3. You may lend them.",
        ),
        (
            "It was for fun.Q: Where was it? They ran at last.34 - Number of them. It is over.5 of those came.2. Open it wide.",
            "It was for fun. Q: Where was it? They ran at last. 34 - Number of them. It is over. 5 of those came. 2. Open it wide.",
        ),
        (
            "They took office.$6.1m - Sum of it. Mix it with sugar.1/2 cup of it will do (at most).300ms pass.-Helps them.",
            "They took office. $6.1m - Sum of it. Mix it with sugar. 1/2 cup of it will do (at most). 300ms pass. -Helps them.",
        ),
        (
            "It is a case of lindavirus.Researchers say so. They met at MintHub.Welcome is what it said.",
            "It is a case of lindavirus. Researchers say so. They met at MintHub. Welcome is what it said.",
        ),
        (
            "It is at the heart.U.S. ships left the Long River.Dr. Lima saw them the same way.FM and TV showed it.",
            "It is at the heart. U.S. ships left the Long River. Dr. Lima saw them the same way. FM and TV showed it.",
        ),
        (
            "It helps the hand.· It helps the eye.- It helps the ear.",
            "It helps the hand. · It helps the eye. - It helps the ear.",
        ),
        (
            "The WonderNight show is on.WonderNight is back, and so are we.",
            "The WonderNight show is on. WonderNight is back, and so are we.",
        ),
    ],
    suggests=[
        ("He saw Dr.Miller there.", "He saw Dr. Miller there."),
        (
            "The food was great.service was slow though.",
            "The food was great. service was slow though.",
        ),
        ("It is good.MyHomeIsHere was the name.", "It is good. MyHomeIsHere was the name."),
        ("Use pathlib.Path for it.", "Use pathlib. Path for it."),
        ("Set flags.BIOS and flags.rawio at once.", "Set flags. BIOS and flags.rawio at once."),
        ("Call `now` for a time.Time in it.", "Call `now` for a time. Time in it."),
        (
            "Take `paths.Path` or the strings.Builder beside it.",
            "Take `paths.Path` or the strings. Builder beside it.",
        ),
        ("It sends a TEST.QUERY now.", "It sends a TEST. QUERY now."),
        (
            "Run `make`: it is in the Harbor.Harbor folder.",
            "Run `make`: it is in the Harbor. Harbor folder.",
        ),
        ("Bright.Water\n\nIt is their home.", "Bright. Water\n\nIt is their home."),
    ],
    leaves=[
        "She is A.K.A the harbour master, and lives in the U.S.A by the sea.",
        "Use System.Text.Json or ASP.NET for that, and 'Optional'.PrivateName.",
        "Take `paths.Path`: a new paths.Path and an asyncio.Task with its threading.Lock.",
        "It sends commands such as TEST.QUERY and TEST.REPLY to it.",
        "It shows a Harbor.Gate's picture beside a Harbor.Gate's name.",
        "Join us on Libera.Chat for help; on Mempool.Space, you can see it.",
        "It was made with a FRITZ!OS 07.21. Its name: Fritz!Box Seven. Ask Dipl.-Phys. Lee.",
        "Book it on Hotels.Com or ask Character.AI for help.",
        "J.R.R. Tolkien and J.R.R.Tolkien are one man.",
        "It costs $146.88 at 10.30, says v1.2.3 of the list.",
        "Open report.pdf, then Main.java and README.md.",
        "See the note at the end.[12]",
        "It led to innovation.23 Open minds saw it first.",
        "Wait...what did he say?",
        "The e.g. and i.e. of it: see fig.5 and no.7.",
        "Write to Kevin.A.Boone@example.org or see www.example.org/a.Html.",
        "The U.S. The U.N. and D.C.: all stand.",
        "He likes the band Will.I.Am and no other.",
        "It was the U.S.A. The A.B.C. and B.A.C. are others.",
        "Call System.IO.File or java.util.List, then self.value or date.now here.",
        "They back the club's My.Future plan and our All.Clear day.",
        "They back one club, My.Future, and a friend of All.Clear days, Our.Town.",
        "The Bright.Water group grew, and Bright.Water sold it.",
        "Read Yahoo!News or Zoomla!Post today.",
        "The share 000651.SZ rose, 0700.HK fell and 2330.TW stood.",
        "Best.Day.Ever. That is what they shout.",
        "See section.2. The table.3. Both are in file.c.",
        "Ask @ana.Lima and read on; it is all in README.Debian and COPYING.LESSER here.",
        "See [Is it so?](https://example.org/so) and [the docs.](https://example.org).",
        "> [!TIP] Use A..B or main..HEAD or A...B in (?P<name>a)?(b)!",
        'Such a path as ".Git" is refused.',
        "Call `rain()` when rain.day is long, or use select.pool with it.",
        "So the *.Doc files and those in old/*.Doc are left. All of (*.Then) stay.",
    ],
    traits=[Trait.SPACED],
    failures=[
        ("We stayed home.fishmongers went out.", "We stayed home. fishmongers went out."),
    ],
)
def missing_space_after_sentence(passage: Passage) -> Iterator[Fix | Finding]:
    """A sentence starts right after the one before, with no space between them.

    Scrapers lose the line breaks of a page and translation systems the spaces of scripts that have
    none, so that ``Games.In`` reads like a domain and every tool after this one sees one long
    sentence.  The space is put back where what stands left and right of the mark is prose.

    Left alone: domains, file names, versions, namespaces, initials, decimals and footnote marks.
    After a title or an abbreviation, between words that could as well be parts of a name, and in a text with code, whose
    words may stand in its prose, it only suggests.
    """
    for at, joint in joints(passage.text, small_words(passage.language)):
        verdict = judge(joint, passage)
        if verdict is Verdict.INSIDE:
            continue
        fix = inserting(at, " ", _REASON)
        yield fix if verdict is Verdict.BOUNDARY else fix.suggested()
    for at in at_quotations(passage):
        yield inserting(at, " ", _REASON)
    for match in () if passage.text.isascii() else _AFTER_PICTURE.finditer(passage.text):
        if match["next"] in small_words(passage.language).starters:
            yield inserting(match.start("next"), " ", _REASON)
