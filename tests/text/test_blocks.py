"""What is no prose is known by its lines; prose is never taken for it."""

from __future__ import annotations

import time
from math import inf

import pytest

from mtclean.text import Passage, Span
from mtclean.text.protect import code_spans, protected_spans
from mtclean.text.protect.code import is_code, is_prose

BAD = "a  ,b .C"
"""What any rule of spacing would touch."""


def kept(text: str) -> str:
    """The protected places of *text*, one after another."""
    return "|".join(text[slice(*span)] for span in protected_spans(text))


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{BAD}\n```",
        f"~~~ py\n{BAD}\n~~~",
        f"````\n```\n{BAD}\n```\n````",
        f"  ```sh\n  {BAD}\n   ```",
        f"> ```\n> {BAD}\n> ```",
        f"> > ~~~\n> > {BAD}\n> > ~~~~",
        f"- ```\n  {BAD}\n  ```",
        f"1. An item.\n\n   ```\n   {BAD}\n   ```",
        f"```\n{BAD}\n\n{BAD}",
        f"```\r\n{BAD}\r\n```",
        f"---\ntitle: {BAD}\ntags:  [a ,b]\n---",
        f'+++\ntitle = "{BAD}"\n+++',
        f"# Head\n\n    {BAD}",
        f"# Head\n\n    $ log --short\n    9c1e77a - Ana Lima, two days ago {BAD}",
        f'# Head\n\n\tmkdir new\n\t\n\tno change was added to it (use "add") {BAD}',
        f"Write it so::\n\n  call Gate.Open {BAD}",
        f"An example: >\n\t:menu Gate.Open\t{BAD}",
        f"Das Tor.\n\n<!-- The gate.\n{BAD}\n-->\n\nDie Mauer.",
        f"Das Tor. <!-- {'The gate is old. ' * 7}{BAD} --> Die Mauer.",
        f"The call returns a pointer to\n.IR name {BAD}\nas it was.",
        f"> See below.\n> +.IR name {BAD}\n> +as it was.",
        f"> See below.\n>\n> @@ -1,2 +1,2 @@ Gates\n>  The gate.\n> -{BAD}\nWhy so?\n> +None.",
        f"@@ -7 +7,2 @@\n-The gate.\n+A gate.\n+{BAD}\n\\ No newline at end of file",
        f"[source,console]\n----\n{BAD}\n----",
        f"See link:gate.html[the gate].\n\n----\n{BAD}\n----",
        f"[[gate]]\nThe gate.\n\n....\n{BAD}\n....\n\nIt is old.",
        f"It is so.\n\n+-----+-----+\n| a | {BAD} |\n+=====+=====+\n| b | c |\n+-----+-----+\n",
        f"It is so.\n\n====  =====\nA     B\n====  =====\n{BAD}\n\nc     d\n====  =====\n\nIt is.",
        f"It is so.\n\n  A     B\n----  -----\n{BAD}  c\n\nIt is.",
        f"It is so.\n\n[gate.menu/Open a gate]\noriginal=Open\ntranslation={BAD}\n\nIt is.",
        f"It is so.\n\n{{% highlight ruby %}}\n{BAD}\n\n{{%- endhighlight %}}\n\nIt is.",
        f'It is so.\n\n[prism classes="language-text"]\n{BAD}\n[/prism]\n\nIt is.',
        f"It is so.\n\n{{{{< code >}}}}\n{BAD}\n{{{{< /code >}}}}\n\nIt is.",
        f"See `` {BAD} ` `` here.",
        f"<pre>\n{BAD}\n</pre>",
        f"<script>\n{BAD}\n</script>",
    ],
)
def test_code_is_kept(text: str) -> None:
    assert BAD in kept(text)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("> ```\n> code\n\nThe text goes on ,here.", "goes on ,here"),
        ("- ```\n  code\n\nThe text goes on ,here.", "goes on ,here"),
        ("====  ====\na     b\n====  ====\n\nThe text goes on ,here.", "goes on ,here"),
        ("The text goes on ,here.\n\n--- --- ---\n\nThen it ends.", "goes on ,here"),
        ("+-----+\nThe text goes on ,here.", "goes on ,here"),
        ("```\ncode\n```\nThe text goes on ,here.", "goes on ,here"),
        ("~~~\n\nThe scene is set in a small town ,here.\n\n~~~\n", "town ,here"),
        ("---\n\nThe text goes on ,here.\n\n---\n", "goes on ,here"),
        ("---\nNote: this is all.\nThe text goes on ,here.\n---\n", "goes on ,here"),
        ("# Head\n\n    The text of this paragraph is indented ,as in books.", "indented ,as"),
        ("# Head\n\n- An item.\n\n    Its text goes on ,here and there.", "goes on ,here"),
        ("Inline ```code``` and text ,here.", "text ,here"),
        ("A first scene.\n\n----\n\nA second one ,here.\n\n----\n", "one ,here"),
        ("[source]\n----\na\n----\nThe text goes on ,here.\n\nHead\n----\nMore.", "goes on ,here"),
        ("A comment <!-- begins\nand the text goes on ,here.", "goes on ,here"),
        ("He said this::\n\nThe text goes on ,here.", "goes on ,here"),
        ("So::\n\n  run\n\nThe text goes on ,here.", "goes on ,here"),
        ("A ` mark and text ,here.", "text ,here"),
        ("> @@ -1,2 +1,2 @@\n> -a\n> -b\nWhy is that ,here?\n> +c\n> +d", "that ,here"),
        ("> @@ -1 +1 @@\n> -a\n> +b\n> The text goes on ,here.", "goes on ,here"),
        ("@@ -1,9 +1,9 @@\n-a\nThe text is cut and goes on ,here.", "goes on ,here"),
        ("``Quoted'' as in old files ,said he.", "files ,said"),
        (
            "| Name | What it says to all of us |\n|-|-|\n| a | The text goes on and on ,here. |",
            "goes on and on ,here",
        ),
    ],
)
def test_prose_is_free(text: str, prose: str) -> None:
    assert prose not in kept(text)


@pytest.mark.parametrize(
    "line",
    [
        'SELECT "a","b" FROM t',
        "$path = __DIR__.'/x';",
        'include __DIR__ . "/x";',
        "def f(a,b):",
        "    return a[i]->b;",
        "if (x>0) {",
        "} else {",
        "});",
        "import os",
        "from os import path",
        "$ pip install -U thing",
        ">>> f(a ,b)",
        "std::vector<int> v{1,2};",
        "#include <stdio.h>",
        "@@ -1,3 +1,4 @@",
        "diff --git a/x b/x",
        "000137b0  12 c6 08 17  00 00 00 25 |...%tEXt|",
        '"name": "x" ,',
        "\\begin{equation}",
        "x = y ,z;",
        "// a comment ,here",
        "const a = [1 ,2];",
    ],
)
def test_lines_of_code(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize(
    "line",
    [
        "“It is late.”The ferry(the last one)left at 8:15,said Mr. Ng.",
        'He said "yes","no" and then "maybe".',
        "Import duties rose by 5% ; export fell.",
        "From London to Paris, by train;",
        "return home, use the other door;",
        "Let us go (again);",
        "If (and only if) it rains, we stay.",
        "Select the best, then go.",
        "UPDATE: the shop is closed.",
        "Prices: $5 [2], €7 [3] & more…",
        "Home -> News -> World",
        "a + b = c, as we know from school",
        "* a note",
        "1990s.Then came the rain.",
        "$ 5 million was paid.",
        "The U.S.(and others)did.",
    ],
)
def test_lines_of_prose(line: str) -> None:
    assert not is_code(line)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('He sent {"a":"b" ,"c":{"d":1}} to us.', '{"a":"b" ,"c":{"d":1}}'),
        ('Open https://x.example/?q={"a":"b","c":"d"}, then', 'https://x.example/?q={"a":"b","c":"d"}'),
        ('See (https://x.example/a_(b)), and', "https://x.example/a_(b)"),
        ('The list ["a","b"] is', '["a","b"]'),
        ("{% include x.html  a=1 %} and", "{% include x.html  a=1 %}"),
        ("Dear {{ NAME }} and {{ x | y(',') }},", "{{ NAME }}|{{ x | y(',') }}"),
        ("Call __DIR__.'/x', then", "__DIR__.'/x'"),
        ("Call run()->get(), then", "run()->get()"),
        ("Set first_name.", "first_name"),
        ("It was fun :-) and ;) too", ":-)|;)"),
        ("[text](a,b.html) is", "](a,b.html)"),
        ("! [logo] (x.png) is", "! [logo] (x.png)"),
        ("Let $a_{1} ,b$ be", "$a_{1} ,b$"),
        ("It is :'gate.is_shut' and :\"gate.open\" now", ":'gate.is_shut'|:\"gate.open\""),
        ("He said :'Come.' and :'Go on' too", ""),
        ('Write „“ (not "") there.', '„“|""'),
        ('She said ""Come."" and “”Go.””', ""),
        ("It is from U+FF21 to U+FF3A (Ａ ｏｒ Ｂ) and a space “ ” too", "Ａ|ｏｒ|Ｂ|“ ”"),
        ("It is （so） and Ａ", ""),
        ('Write " --> " and " Come " too', '" --> "'),
        ("It may be : and ; (or ! or ?) there. He came ! And went.", " : and ;| ! or ?"),
        ("The factors are { 1.0 , -2.5 , 1e3 , 4 , 5.5 there", "1.0 , -2.5 , 1e3 , 4 , 5.5"),
        ("They sold 3 , 4 , and 5 of them.", ""),
        ("It is 'com.example.Gate' and 'Yes.No' too", "com.example.Gate"),
        ("One is\nﬁ\n！\nand so on", "ﬁ|！"),
    ],
)  # fmt: skip
def test_what_stands_in_a_line(text: str, whole: str) -> None:
    assert kept(text) == whole


@pytest.mark.parametrize(
    "text", ["It cost $5 and not $6.", "(as follows :)", "He said: (yes)", "a_ b", "5 * 3 = 15"]
)
def test_nothing_stands_in_a_line(text: str) -> None:
    assert kept(text) == ""


def test_a_sentence_has_words() -> None:
    assert is_prose("The ships came into the harbour.")
    assert not is_prose("yes ,no")


def test_a_slot_that_was_not_filled_is_no_code() -> None:
    """It stays, and has to be spoken of."""
    assert not code_spans(
        "The {{NAME}} Space Telescope, {first_name}, #PRS_ORG# and __NUM0__ are ready."
    )


def test_nothing_is_said_of_code() -> None:
    text = "Text.\n\n```\n<unk> and #NUM#\n```\n"
    assert Passage(text).is_code(Span(text.index("<unk>"), text.index("<unk>") + 5))
    assert len(code_spans(text)) == 1


def test_where_most_lines_are_code_the_others_are_too() -> None:
    text = "import os\n\nx = f(1);\n\nrun all .\n\nreturn x[i]->y;\n\nif (x) {\n}\n"
    assert "run all ." in kept(text)
    assert "run all ." not in kept("The text.\n\nrun all .\n\nimport os\n\nThe end.\n")


BAITS = [
    "`", "` ", "``a`", "```\n", "~~~\nThe text of this line goes on.\n", "> ```\n", "- ```\n", "|-|\n", "a|b\n-|-\n", "{", "}", '{"', '{"a":', '["', '["a",',
    "a()", "a_", "$a->", "$a_ ", "__a__.", "http://a{\"", "a::b", "<pre>", "<pre></pre>", "---\n", "a: b\n", "    a\n", "\t- a\n", "x=1;\n",
    ":-) ", "(:)", "\\a{", "](a(", "![a](", "<!--", "{%", "<%", "&amp;", "\ud800 ", ">>>> ", "a(\"b\",", "import ", "0000 00 ", "U+0041", "U+0041\uff21", "\uff21\n", "“ ” ", ":'a.b", "\" -", " : and", "1 , ", "'a.b.", "== ==\n", "--- ---\n", "+-+\n", "= ", "a = b;", "SELECT a,",
]  # fmt: skip


@pytest.mark.parametrize("bait", BAITS)
def test_hostile_texts_cost_no_more_than_others(bait: str) -> None:
    """Eight times the text is about eight times the work; its square would be sixty-four times.

    Others on the machine only ever add to a time, so the least of several counts, and a text that is read in
    proportion is seen to be so at the first look or at a later one.
    """
    least = [inf, inf]
    for _ in range(8):
        for which, size in enumerate((5_000, 40_000)):
            text = bait * (size // len(bait))
            began = time.thread_time()
            protected_spans(text)
            least[which] = min(least[which], time.thread_time() - began)
        if least[1] < 20 * least[0]:
            return
    pytest.fail(f"{least[1] / least[0]:.0f} times the work for eight times the text")
