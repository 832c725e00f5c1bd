"""Good typography of many languages, as their printers set it: nothing of it may change, nor be questioned.

Every rule was first written for English.  What holds for English marks and spaces does not hold for the small
words and endings that join a mark elsewhere (``l'"Odyssée"``, ``"Nutuk"u``), and of a text whose language is
not known only what is wrong in every language may be mended.
"""

from __future__ import annotations

import pytest

from mtclean.documents import document
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Passage, Quotes, Style, Trail, settle

SAMPLES = {
    "ar": [
        'فاز الفريق بـ"الكأس" ثم عاد إلى "البلد"، ولم يذكر "اللقاء" أحد.',
        'كتب عن المدينة و"الميناء القديم" وعن "السوق"؛ فهل قرأته؟ نعم.',
    ],
    "bg": ["Чете „Под лунната река“ и вестник „Утро“, а после си тръгна. Бе 1990 г. и пр."],
    "ca": ["L'\"Odissea\" d'en Pere és a l'estudi. Diu: «N'hi ha prou», i col·labora amb l'“Ateneu”."],
    "cs": ["„Pojď sem,“ řekla. Četl „Deník“ a pak odešel; 4. února bylo −5 °C. Stál 1 000 Kč."],
    "da": [
        "Hun læste ”Vinteren” og sagde: ”Ja, det er godt.” Den 4. februar kom de.",
        "»Kom nu,« sagde han. Jens’ bil og Lis' hus stod der, kl. 8 om morgenen.",
    ],
    "de": [
        "Das „Spiegel“-Archiv und der „Zeit“-Artikel liegen hier. „Ja“, sagte sie, „z. B. morgen.“",
        'Das "Spiegel"-Archiv und der "Zeit"-Artikel liegen hier.',
        "»Komm«, sagte er. Lies Hans' Brief am 4. Februar: 1.250,50 € und 5 %.",
        'Die "taz"s und "Welt"en von gestern sind fort, so war’s.',
    ],
    "el": [
        "«Έλα», είπε. Τι ώρα είναι; Διάβασε το «Φως»· ήταν ωραίο. Απ’ την αρχή ως το τέλος.",
        "Διάβασε την \"Αυγή\" και το \"Βήμα\"; Ναι, τα διάβασε.",
    ],
    "es": [
        "—¿Qué dices? —preguntó Ana—. ¡No puede ser! Leyó «El río» y “La casa”.",
        "El puente —según dicen— es de 1990. Vio el n.º 5, la 2.ª y los EE. UU.; ¿y tú?",
    ],
    "eu": ['"Egunaren"a irakurri zuen eta "Lurra"ren bila joan zen herrira.'],
    "fa": [
        "او گفت: «می‌آیم». کتاب «شب»ها را خواند؛ آیا دید؟ بله، ۱٬۲۵۰ نفر بودند.",
        'روزنامه‌ی "شرق"ی که خواند و "ایران"ها، هر دو همین‌جا بود.',
    ],
    "fi": [
        "”Kyllä”, hän sanoi. Hän luki ”Talvi”-lehteä EU:n ja USA:n asioista klo 8. Vaa'an alla.",
        '"Talven"kin hän luki, ja "Kesä"n; EU:hun ei liitytty 4. helmikuuta.',
    ],
    "fr": [
        "« Viens ! » dit-elle. « Où ça ? » Il lut l'« Odyssée » : c'était beau ; 25 % et 1 250 €.",
        "Il lut l'\"Odyssée\" et d’“Ulysse” parla peu : était-ce bien ? Non !",
        "Il lut « Ulysse » et « Faust ». Des signes comme %?!\"=()[ ici.",
        "La chanson de la nuit allait ainsi, dit « Le Soir » : « Viens, mon amie ! « Viens, ma belle ! « La nuit est douce ! « Le jour est loin ! »",
        "Qu'\"Antigone\" soit jouée, dit-il ; l'été (jusqu'\"alors\") vint.",
    ],
    "he": [
        'צה"ל הודיע לח"כ כי קרא ב"הארץ" על ה"מהפכה" של ארה"ב.',
        "הוא גר ברח' הים, ליד ג'ורג'; קרא את ”הבית” ואת ”הדרך” של ש״י.",
    ],
    "hi": ['उसने कहा, "मैं आऊँगा।" वह "नदी" पढ़ता है। क्या तुम आए? हाँ।'],
    "hr": ["„Dođi”, reče. Čitao je „Jutro” i otišao 4. veljače 2024. u 8 sati. Vidio je „more”."],
    "hu": [
        'Elolvasta a "Bánk bán"t és a "Kőszívű"ből is. „Gyere!” – mondta. 2024. február 4-én.',
        "Az „Élet”-ben és a „Nép”et; a XX. század 5%-a.",
    ],
    "id": ['Ia membaca "Laut"nya dan "Sungai" lalu pergi; "Ya," katanya. Anak-anak datang.'],
    "is": ["„Komdu,“ sagði hún. Hann las „Veturinn“ og fór 4. febrúar kl. 8."],
    "it": [
        "L'\"Odissea\" e dell'\"Iliade\" si parla. «Vieni», disse. È l’“alba” dell’anno, un po' tardi.",
        "Nell'\"Arena\" c'era gente; all'“Opera” no. Gli anni '80 e '90 sono finiti.",
    ],
    "ja": [
        "彼は「本」を読んだ。『海』も好きだ……、と言った。放送局はABC、NBC、CNNである。",
        "「Open」を押し、それから「u」を読む。２０２０年、10:00～13:00に東京で会う（雨の日も）。",
    ],
    "kk": ["Ол «Дала»ны оқыды, содан кейін \"Таң\"ға барды."],
    "ko": [
        '그는 "서울"은 크다고 말했다. "바다"에서 왔다고 \'신문\'이 적었다. ABC(방송국)가 왔다.',
        "그는 “집”으로 갔다. ‘나무’를 심었다.",
    ],
    "nb": ["«Kom», sa hun. Hun leste «Vinter»-boka og gikk 4. februar kl. 8. EU-s rolle."],
    "nl": [
        "Hij las ‘De rivier’ en “De zee”. ’s Morgens ging hij weg, zo’n 5 km; Anna’s auto stond er.",
        "’s Avonds las zij de foto's in de \"Courant\". Het ’t-teken en d'r jas.",
    ],
    "pl": ["„Chodź” – powiedziała. Czytał „Rzekę” i «Wodę», a potem wyszedł. XX w. minął itd."],
    "pt": ["— Vem! — disse ela. Leu “O rio” e «A casa»; o n.º 5, a 2.ª e d’água. Custa R$ 1.250,50."],
    "ro": ["„Vino”, spuse ea. Citi „Marea” și «Râul», apoi plecă; l-a văzut într-o zi."],
    "ru": [
        "«Иди», — сказал он. …И тогда она ушла. — Нет! — В 1990 г. он читал «Реку» и т. д.",
        'Он читал "Вечер" и по-"русски" говорил; из "Газеты" ушёл. ...А потом вернулся.',
    ],
    "sk": ["„Poď sem,“ povedala. Čítal „Denník“ a odišiel 4. februára. Bolo −5 °C."],
    "sl": ["»Pridi,« je rekla. Bral je »Jutro« in odšel 4. februarja 2024. ob 8. uri."],
    "sq": ['Ai lexoi "Lumi"n dhe "Deti"t i tha po; ç\'është kjo?'],
    "sv": ["”Kom”, sade hon. Hon läste ”Vintern” och EU:s beslut kl. 8. Lars bil och ’röd’ färg."],
    "tr": [
        '"Nutuk"u okudu, "Deniz"in yanına gitti. Ankara\'nın, TBMM\'nin ve 1990\'ların öyküsü.',
        "“Nehir”i ve “Irmak”ta geçen öyküyü Prof. Dr. Kaya’nın evinde okudu.",
    ],
    "uk": [
        "«Іди», — сказав він. П’ять об'єктів і «Річка» були тут; у 1990 р. він читав «Вечір».",
        '"Іди", — сказав він. П’ять об’єктів і "Річка" були тут.',
    ],
    "uz": ["U “Daryo”ni o‘qidi va g‘oyani ma’qul ko‘rdi; O‘zbekistonda bo‘ldi."],
    "vi": ['Anh đọc "Dòng sông" rồi đi. “Vâng,” chị nói. Giá 1.250,50 đồng, tăng 5%.'],
    "zh": [
        "他说：“你好，世界！”然后走了。他读《河》……他爱看ABC、NBC、CNN的节目。",
        "请按“Open”键（或“Save”键），再读第3、4、5章。他问:“是吗?”",
    ],
}  # fmt: skip


def examples() -> list[object]:
    return [
        pytest.param(language, text, id=f"{language}-{i}")
        for language, texts in SAMPLES.items()
        for i, text in enumerate(texts)
    ]


def said(text: str, language: str) -> list[str]:
    """What the first stage changes, suggests or points at."""
    trail = Trail(text)
    settle(trail, "normalize", BUILT_IN.normalizing, lambda now: Passage(now, language))
    placed = (*trail.applied, *trail.held, *trail.findings)
    return [f"{p.item.rule}: {text[slice(*p.item.span)]!r} in {trail.text!r}" for p in placed]


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize(("language", "text"), examples())
def test_good_typography_stays(language: str, text: str, known: bool) -> None:
    assert not said(text, language if known else "")


@pytest.mark.parametrize(("language", "text"), examples())
def test_good_typography_stays_as_a_document(language: str, text: str) -> None:
    """Short as they are, the language found is at times another; what is done must be right in that one as well."""
    work = draft(document("t", text.encode()), Options(grammar=False))
    assert not said(text, work.passage(text).language)


@pytest.mark.parametrize(("language", "texts"), SAMPLES.items(), ids=SAMPLES)
def test_a_house_with_curly_marks_gets_no_spaces(language: str, texts: list[str]) -> None:
    """Straight marks may turn where the house asks for it; no space comes or goes."""
    style = Style(quotes=Quotes.CURLY)
    for text in texts:
        trail = Trail(text)
        settle(trail, "normalize", BUILT_IN.normalizing, lambda now: Passage(now, language, style))
        assert [c for c in trail.text if c.isspace()] == [c for c in text if c.isspace()]
