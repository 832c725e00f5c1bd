"""What is said of one language is not said of others."""

from __future__ import annotations

from functools import partial

import pytest

from mtclean.rules.artifacts.foreign import foreign_sentences
from mtclean.rules.examples import tried
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Passage, Rule, Trail, every_fix, settle

PROSE = {
    "fr": "Nous nous sommes vus au port, et il a vendu 3,5 millions de lampes en mars. Vous vous souvenez que cela a coûté"
    " 1.234,56 euros, dit-il, et que les français y étaient aussi. Korolov est venu. Kolorov, non.",
    "de": "Dass das das Boot war, wusste jeder im Hafen, und die die da standen, wussten es auch. Es kostete 3,5 Millionen"
    " oder 1.234,56 Euro. Die Kinder und die Kinder der Kinder kamen, und The Who spielten",
    "es": "El barco que nos nos prestaron costó 2,5 millones en julio, es decir, 1.234,56 euros por persona en el puerto."
    " Los españoles y los franceses vinieron en marzo, dijo el alcalde, y el río río abajo, nada",
    "it": "Il vento portò via tutto, e poi via via si calmò; costò 4,5 milioni, cioè 1.234,56 euro. Gli italiani vennero a"
    " maggio, e piano piano la gente del paese tornò alle case. Così così, disse il sindaco con",
    "id": "Kapal kapal itu datang pada bulan maret, dan orang orang di pelabuhan membeli 3,5 juta lampu untuk rumah mereka",
}


ELSEWHERE = [
    pytest.param(rule, language, id=f"{rule.id}-{language}")
    for rule in BUILT_IN.monolingual
    for language in (*PROSE, "")
    if not rule.knows(language)
]


@pytest.mark.parametrize(("rule", "language"), ELSEWHERE)
def test_a_rule_of_one_language_does_not_speak_in_another(rule: Rule, language: str) -> None:
    texts = [before for before, _ in (*rule.fixes, *rule.suggests, *rule.finds)]
    for text in (*texts, PROSE.get(language, "")):
        trail = Trail(text)
        settle(trail, "test", [rule], lambda now: Passage(now, language, rule.style))
        assert trail.text == text
        assert not (*trail.held, *trail.findings)


@pytest.mark.parametrize("language", PROSE)
def test_good_prose_of_other_languages_gets_no_remark(language: str) -> None:
    trail = Trail(PROSE[language])
    settle(trail, "test", list(BUILT_IN.monolingual), lambda now: Passage(now, language))
    assert trail.text == PROSE[language]
    assert not (*trail.held, *trail.findings)


CUT = {
    "de": "Der Regen kam in diesem Jahr früh. Er fiel auf die alten Dächer der Stadt, und nur wenige hatten",
    "es": "La lluvia llegó pronto este año. El alcalde dijo que nadie había pensado en los barcos del",
    "fr": "La pluie est venue tôt cette année. Le maire a dit que personne n’avait pensé aux bateaux du",
    "sv": "Regnet kom tidigt i år. Borgmästaren sade att ingen hade tänkt på båtarna i den gamla",
}


@pytest.mark.parametrize("language", CUT)
def test_a_paragraph_that_stops_is_seen_in_languages_with_capitals(language: str) -> None:
    """By its earlier sentences, which are closed; a headline without a stop is none."""
    closed = CUT[language].partition(".")[0] + "."
    headline = closed.rstrip(".")
    for text, finds in ((CUT[language], True), (closed, False), (headline, False)):
        passage = Passage(f"{closed}\n{text}\n{closed}", language)
        said = list(BUILT_IN.by_id["truncated-paragraph"].run(passage))
        assert bool(said) == finds


def without_a_chatbot(language: str, said: str) -> str:
    return tried(BUILT_IN.by_id["chatbot-preamble"], said, every_fix, language=language).text


FRAMED = {
    "de": ("Hier ist die Übersetzung:", "Das Boot kam.", "Ich hoffe, das hilft. Haben Sie Fragen?"),
    "fr": ("Voici le texte traduit :", "Le bateau vint.", "N’hésitez pas si vous avez des questions !"),
    "pl": ("Oto poprawiona wersja:", "Statek przypłynął.", "Mam nadzieję, że to pomoże."),
    "ru": ("Вот перевод:", "Пришёл корабль.", "Надеюсь, это поможет. Есть вопросы?"),
    "tr": ("İşte metnin çevirisi:", "Gemi geldi.", "Umarım yardımcı olur."),
    "ko": ("다음은 번역문입니다:", "배가 왔다.", "도움이 되길 바랍니다."),
    "zh": ("以下是翻译：", "船来了。", "希望对您有帮助，有问题请随时告诉我。"),
    "ja": ("こちらが翻訳です。", "船が来た。", "お役に立てれば幸いです。ご質問があればお知らせください。"),
    "ar": ("إليك ترجمة النص:", "جاءت السفينة.", "آمل أن يساعد هذا. هل لديك أسئلة؟"),
}  # fmt: skip


@pytest.mark.parametrize("language", FRAMED)
def test_a_chatbot_frames_a_text_in_its_own_language(language: str) -> None:
    """What it offers is only known below what it presented: an offer of help alone is anybody's."""
    before, text, after = FRAMED[language]
    left = partial(without_a_chatbot, language)
    assert left(f"{before}\n\n{text}\n\n{after}") == text
    for alone in (f"{text}\n\n{after}", f"{text[:-1]}:\n\n{text}", before):
        assert left(alone) == alone


FIRST = {
    "de": "Das Boot kam.", "fr": "Le bateau vint.", "es": "El barco llegó.", "ru": "Пришёл корабль.",
    "hi": "नाव आई।", "ar": "جاءت السفينة.", "zh": "船来了。", "ko": "배가 왔다.",
}  # fmt: skip
SPOKEN_OF = {
    "de": ("Übersetzung:", "Hinweis: Eigennamen stehen wie im Original.", "Hinweis: Der Hafen ist heute zu."),
    "fr": ("Traduction en français :", "Désolé, je ne peux traduire la fin.", "Désolé, je ne peux venir."),
    "es": ("Traducción:", "Dime si quieres que cambie la traducción.", "Dime si quieres cambiar de barco."),
    "ru": ("Перевод:", "Извините, я не могу перевести конец.", "Извините, я не могу прийти."),
    "hi": ("अनुवाद:", "नोट: मैंने नामों को मूल रूप में रखा है।", "नोट: बंदरगाह आज बंद है।"),
    "ar": ("الترجمة:", "عذرًا، لا أستطيع ترجمة الباقي.", "عذرًا، لا أستطيع الحضور."),
    "zh": ("译文：", "如需修改译文，请告诉我。", "如需修改船票，请告诉我。"),
    "ko": ("번역:", "참고: 이름은 원문 그대로 두었습니다. 번역은 여기까지입니다.", "참고: 항구는 오늘 닫습니다."),
}  # fmt: skip


@pytest.mark.parametrize("language", SPOKEN_OF)
def test_a_chatbot_speaks_of_its_translation_at_the_ends_of_a_text(language: str) -> None:
    """A label, a remark, a regret, an offer; not where the text itself speaks of translating, nor of anything else."""
    label, last, other = SPOKEN_OF[language]
    text = f"{FIRST[language]}\n\n{FIRST[language]}"
    left = partial(without_a_chatbot, language)
    assert left(f"{label}\n\n{text}") == text
    assert left(f"{text}\n\n{last}") == text
    between = f"{text}\n\n{label[:-1]}\n\n{text}"
    for alone in (f"{text}\n\n{other}", f"{between}\n\n{last}", f"{label}\n\n{between}"):
        assert left(alone) == alone


def test_a_doubled_word_that_is_a_whole_line_is_left_to_the_reader() -> None:
    """It may be said so, or be a speaker's own correction."""
    text = "Er kam nach Hause.\nund und\nEr ging und und kam."
    rule = BUILT_IN.by_id["doubled-word"]
    assert tried(rule, text, language="de").text == text.replace("ging und und", "ging und")


COPIED = {
    "ru": ("Он вышел на 桥梁 и долго смотрел на воду.", "桥梁"),
    "ar": ("وقف الرجل على мосту طويلا ينظر إلى الماء.", "мосту"),
    "he": ("האיש עמד על 桥梁 והביט במים.", "桥梁"),
    "hi": ("वह आदमी мосту पर खड़ा था और पानी देख रहा था।", "мосту"),
    "ko": ("그 남자는 мосту 위에 서서 물을 보았다.", "мосту"),
    "zh": ("那个人站在мосту上，看了很久的水。", "мосту"),
}


@pytest.mark.parametrize("language", COPIED)
def test_a_word_in_a_third_script_is_seen_in_every_script(language: str) -> None:
    """Not where it is bracketed, quoted or introduced, nor where a text has many."""
    text, word = COPIED[language]
    rule = BUILT_IN.by_id["untranslated-script"]

    def found(said: str) -> list[str]:
        return [said[slice(*item.span)] for item in rule.run(Passage(said, language))]

    assert found(text) == [word]
    for meant in (f"({word})", f"“{word}”", f": {word}", f"{word} (Most)"):
        assert not found(text.replace(word, meant))
    assert not found("\n".join([text] * 6))
    assert not found(f"{text.replace(word, '')}\n{word}\n")


@pytest.mark.parametrize(
    ("language", "own"),
    [("zh", "船在晚上很晚才到港口，码头上没有人等它。"), ("ja", "船は夜遅く港に着いたが、岸壁には誰もいなかった。"), ("ko", "배는 밤늦게 항구에 도착했지만 부두에는 아무도 없었다.")],
)  # fmt: skip
def test_sentences_of_wide_letters_are_foreign_only_with_letters_of_others(
    language: str, own: str
) -> None:
    foreign = "Nobody on the quay had been told that the boat would come so late."
    text = f"{own} {own} {foreign} {own}\n{own}\n{foreign}\n"
    spans = [*foreign_sentences(Passage(text, language))]
    assert [text[slice(*span)] for span in spans] == [foreign, foreign]


@pytest.mark.parametrize(
    ("language", "own"),
    [
        ("af", "Hulle het op hom gewag, reg om al sy vere uit te pluk. Daar was net een uitweg vir die klein voël."),
        ("mk", "Прикажи догађаје који се дешавају. Ово је подразумевано искључено јер већини људи то није потребно."),
        ("gl", "Isto deixará intactos os teus calendarios e outros axustes. O app non mostra ningunha notificación."),
    ],
)  # fmt: skip
def test_a_language_without_small_words_is_not_taken_for_its_neighbor(
    language: str, own: str
) -> None:
    """What else is in it is told where it is English, which is near to none of them."""
    foreign = "Nobody on the quay had been told that the boat would come so late."
    text = f"{own}\n{foreign}\n{own}\n"
    spans = [*foreign_sentences(Passage(text, language))]
    assert [text[slice(*span)] for span in spans] == [foreign]


@pytest.mark.parametrize("language", ["ko", "ru", "vi", "de"])
def test_the_sum_of_a_file_is_no_sentence(language: str) -> None:
    sums = "* SHA256: 0fc1d4450e9141f541038a4433f8fb49fb929e43c7bf5985685a4fa7b213a811\n* SHA512: f53653cf11d8dce1d627f7db3a15acca29c74c78735406a5d64bbbdc"
    assert not [*foreign_sentences(Passage(sums, language))]
