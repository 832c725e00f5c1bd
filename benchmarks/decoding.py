"""How many files of every common encoding are read exactly: ``python benchmarks/decoding.py``.

The texts are short news of a harbour town, written for this, in 20 languages; a sample is five of
a language's sentences in one of the encodings its files come in.  Exact means that the text is the
one that was written, not that the encoding has the same name: many share the letters that matter.
``chardet`` alone and ``charset-normalizer`` (where installed) are scored beside it on the samples.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import chardet

from mtclean.documents import DocumentProblem
from mtclean.documents.decode import decode

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
WESTERN = ("cp1252", "latin-1", "iso8859-15")
SAMPLES = 6  # of each language in each encoding
SENTENCES = 5  # in a sample

TEXTS: dict[str, tuple[tuple[str, ...], str]] = {
    "en": (
        (*WESTERN, "mac-roman"),
        "The harbour’s old crane was taken down on Monday.|“We had waited for it,” the mayor said.|"
        "Nobody knows – so far – who will pay for the new one.|It cost £40,000 in 1961.|"
        "The café on the quay stays open.|The museum’s naïve paintings were moved to the town hall.|"
        "Last year’s flood reached the second step of the library.|The ferry leaves at 8 o’clock.",
    ),
    "de": (
        WESTERN,
        "Der alte Kran im Hafen wurde am Montag abgebaut.|Die Bürgermeisterin erklärte, man habe lange darauf gewartet.|"
        "Für die neue Brücke fehlen noch große Summen.|Über die Straße läuft im Frühjahr das Wasser.|"
        "Die Fähre fährt täglich außer samstags.|Im Café am Kai gibt es weiterhin Kuchen.|"
        "Das Museum öffnet später als üblich.|Viele Schüler müssen künftig früher aufstehen.",
    ),
    "fr": (
        WESTERN,
        "La vieille grue du port a été démontée lundi.|Le maire a déclaré que l'on attendait cela depuis des années.|"
        "Les élèves iront à l'école par le côté nord.|Où trouvera-t-on l'argent nécessaire ?|"
        "Le café du quai reste ouvert même l'été.|Ça ne sera pas prêt avant la fête du village.|"
        "Le bac part à huit heures, sauf le dimanche.|La bibliothèque a été inondée l'année dernière.",
    ),
    "es": (
        WESTERN,
        "La vieja grúa del puerto se desmontó el lunes.|La alcaldesa dijo que habían esperado muchos años.|"
        "¿Quién pagará la nueva estación?|Los niños irán a la escuela por el muelle.|"
        "El café seguirá abierto también en otoño.|La inundación llegó al segundo peldaño de la biblioteca.|"
        "¡Qué alegría!, exclamó el señor Ibáñez.|El transbordador sale a las ocho de la mañana.",
    ),
    "pt": (
        WESTERN,
        "O velho guindaste do porto foi desmontado na segunda-feira.|A população esperava por isso há anos, disse a câmara.|"
        "Não se sabe quem pagará a construção.|As crianças irão à escola pelo cais.|"
        "O café continuará aberto também no verão.|A inundação chegou ao segundo degrau da biblioteca.|"
        "A estação ficará pronta em março.|O barco sai às oito horas da manhã.",
    ),
    "it": (
        WESTERN,
        "La vecchia gru del porto è stata smontata lunedì.|Il sindaco ha detto che la città l'aspettava già da anni.|"
        "Non si sa chi pagherà la nuova stazione.|Il caffè sul molo resterà aperto perché piace a tutti.|"
        "L'acqua è arrivata fino al secondo gradino della biblioteca.|Il traghetto partirà alle otto, più tardi del solito.|"
        "La società dirà di sì entro venerdì.|Così è più facile, dice l'università.",
    ),
    "sv": (
        WESTERN,
        "Den gamla kranen i hamnen togs ned på måndagen.|Kommunen hade väntat länge på det, säger borgmästaren.|"
        "Ingen vet ännu vem som får betala för bron.|Färjan går klockan åtta även på lördagar.|"
        "Kaféet på kajen håller öppet också i höst.|Översvämningen nådde bibliotekets andra trappsteg.|"
        "Barnen får gå över ängen till skolan.|Är det klart före sommaren, blir många glada.",
    ),
    "pl": (
        ("cp1250", "iso8859-2"),
        "Stary dźwig w porcie został rozebrany w poniedziałek.|Burmistrz powiedział, że czekano na to wiele lat.|"
        "Nie wiadomo jeszcze, kto zapłaci za nowy most.|Dzieci będą chodzić do szkoły przez łąkę.|"
        "Kawiarnia na nabrzeżu pozostanie otwarta także jesienią.|Powódź sięgnęła drugiego stopnia biblioteki.|"
        "Prom odpływa o ósmej, oprócz niedziel i świąt.|Źródła finansowania są wciąż niepewne.",
    ),
    "cs": (
        ("cp1250", "iso8859-2"),
        "Starý jeřáb v přístavu byl v pondělí rozebrán.|Starostka řekla, že na to město čekalo řadu let.|"
        "Zatím není jasné, kdo zaplatí nový most.|Děti budou chodit do školy přes louku.|"
        "Kavárna na nábřeží zůstane otevřená i na podzim.|Povodeň dosáhla až k druhému schodu knihovny.|"
        "Přívoz odjíždí v osm hodin, kromě neděle.|Žádný úřad se k tomu nevyjádřil.",
    ),
    "hu": (
        ("cp1250", "iso8859-2"),
        "A kikötő régi daruját hétfőn lebontották.|A polgármester szerint évek óta vártak erre.|"
        "Még nem tudni, ki fizeti az új hidat.|A gyerekek a réten át járnak majd az iskolába.|"
        "A rakparti kávézó ősszel is nyitva marad.|Az árvíz a könyvtár második lépcsőjéig ért.|"
        "A komp nyolckor indul, kivéve vasárnap.|Többen is örültek a hírnek, mondta a főmérnök.",
    ),
    "ru": (
        ("cp1251", "koi8-r", "iso8859-5", "cp866"),
        "Старый кран в порту разобрали в понедельник.|Мэр сказала, что город ждал этого много лет.|"
        "Пока неизвестно, кто заплатит за новый мост.|Дети будут ходить в школу через луг.|"
        "Кафе на набережной останется открытым и осенью.|Вода поднялась до второй ступени библиотеки.|"
        "Паром отправляется в восемь часов, кроме воскресенья.|Музей временно переехал в здание вокзала.",
    ),
    "uk": (
        ("cp1251", "koi8-u"),
        "Старий кран у порту розібрали в понеділок.|Міська голова сказала, що на це чекали багато років.|"
        "Поки невідомо, хто заплатить за новий міст.|Діти ходитимуть до школи через луку.|"
        "Кав'ярня на набережній залишиться відкритою і восени.|Вода піднялася до другої сходинки бібліотеки.|"
        "Пором вирушає о восьмій годині, крім неділі.|Її музей тимчасово переїхав до вокзалу.",
    ),
    "bg": (
        ("cp1251",),
        "Старият кран на пристанището беше разглобен в понеделник.|Кметът каза, че градът е чакал това много години.|"
        "Още не е ясно кой ще плати за новия мост.|Децата ще ходят на училище през ливадата.|"
        "Кафенето на кея ще остане отворено и през есента.|Водата стигна до второто стъпало на библиотеката.|"
        "Фериботът тръгва в осем часа, освен в неделя.|Музеят се премести временно в гарата.",
    ),
    "el": (
        ("cp1253", "iso8859-7"),
        "Ο παλιός γερανός του λιμανιού αποσυναρμολογήθηκε τη Δευτέρα.|Η δήμαρχος είπε ότι η πόλη το περίμενε χρόνια.|"
        "Κανείς δεν ξέρει ποιος θα πληρώσει τη νέα γέφυρα.|Τα παιδιά θα πηγαίνουν στο σχολείο από το λιβάδι.|"
        "Το καφενείο στην προκυμαία θα μείνει ανοιχτό.|Το νερό έφτασε ως το δεύτερο σκαλοπάτι της βιβλιοθήκης.|"
        "Το πλοίο φεύγει στις οκτώ, εκτός από την Κυριακή.|Το μουσείο μεταφέρθηκε προσωρινά στον σταθμό.",
    ),
    "tr": (
        ("cp1254", "iso8859-9"),
        "Limandaki eski vinç pazartesi günü söküldü.|Belediye başkanı, şehrin bunu yıllardır beklediğini söyledi.|"
        "Yeni köprünün parasını kimin ödeyeceği henüz bilinmiyor.|Çocuklar okula çayırdan geçerek gidecek.|"
        "Rıhtımdaki kahve sonbaharda da açık kalacak.|Sel, kütüphanenin ikinci basamağına kadar ulaştı.|"
        "Vapur saat sekizde kalkıyor, pazar günleri hariç.|Müze geçici olarak istasyona taşındı, diye açıkladılar.",
    ),
    "he": (
        ("cp1255", "iso8859-8"),
        "העגורן הישן בנמל פורק ביום שני.|ראשת העיר אמרה שחיכו לזה שנים רבות.|עדיין לא ידוע מי ישלם על הגשר החדש.|"
        "הילדים ילכו לבית הספר דרך האחו.|בית הקפה ברציף יישאר פתוח גם בסתיו.|המים הגיעו עד המדרגה השנייה של הספרייה.|"
        "המעבורת יוצאת בשעה שמונה, מלבד בשבת.|המוזיאון עבר באופן זמני לתחנת הרכבת.",
    ),
    "ar": (
        ("cp1256", "iso8859-6"),
        "جرى تفكيك الرافعة القديمة في الميناء يوم الاثنين.|قالت رئيسة البلدية إن المدينة انتظرت ذلك سنوات طويلة.|"
        "لا أحد يعرف حتى الآن من سيدفع ثمن الجسر الجديد.|سيذهب الأطفال إلى المدرسة عبر المرج.|"
        "سيبقى المقهى على الرصيف مفتوحا في الخريف أيضا.|وصلت المياه إلى الدرجة الثانية من المكتبة.|"
        "تغادر العبارة في الساعة الثامنة ما عدا يوم الأحد.|انتقل المتحف مؤقتا إلى محطة القطار.",
    ),
    "ja": (
        ("shift_jis", "euc_jp", "iso2022_jp"),
        "港の古いクレーンは月曜日に解体されました。|市長は、町が長年これを待っていたと話しました。|"
        "新しい橋の費用を誰が払うのか、まだ分かっていません。|子どもたちは草原を通って学校へ行きます。|"
        "岸壁の喫茶店は秋も営業を続けます。|水は図書館の二段目まで達しました。|"
        "渡し船は日曜日を除いて八時に出ます。|博物館は一時的に駅へ移りました。",
    ),
    "zh": (
        ("gb18030", "gb2312", "big5"),
        "港口的老吊机星期一拆除了。|市长表示，全城等待已久。|新桥由谁出钱，目前尚不清楚。|孩子以后要走草地上学。|"
        "岸上的咖啡店秋天照常开放。|洪水曾到达图书馆第二级台阶。|渡船早上八点出发，星期日除外。|博物馆暂时搬到火车站。",
    ),
    "ko": (
        ("euc_kr", "cp949"),
        "항구의 오래된 기중기가 월요일에 철거되었다.|시장은 도시가 이것을 여러 해 동안 기다렸다고 말했다.|"
        "새 다리의 비용을 누가 낼지는 아직 알려지지 않았다.|아이들은 풀밭을 지나 학교에 간다.|"
        "부두의 찻집은 가을에도 문을 연다.|물은 도서관의 둘째 계단까지 올라왔다.|"
        "나룻배는 일요일을 빼고 여덟 시에 떠난다.|박물관은 잠시 역으로 옮겨 갔다.",
    ),
}  # fmt: skip

_TRADITIONAL = str.maketrans(
    "机星长级达图书馆阶渡除开放吊拆启现尚谁钱孩码岸咖啡店时发间车清楚学桥",
    "機星長級達圖書館階渡除開放吊拆啟現尚誰錢孩碼岸咖啡店時發間車清楚學橋",
)


class Sample(NamedTuple):
    """A file's bytes, and the text that was written to it."""

    language: str
    encoding: str
    text: str
    data: bytes

    def is_read_by(self, reader: Callable[[bytes], str | None]) -> bool:
        """Whether *reader* gives the text, a byte-order mark before it or not."""
        return (reader(self.data) or "").removeprefix("\ufeff") == self.text


def samples() -> Iterator[Sample]:
    """All samples, the same at every call."""
    dice = random.Random(0)
    for language, (encodings, joined) in TEXTS.items():
        sentences = joined.split("|")
        gap = "" if language in ("ja", "zh") else " "
        for encoding in (*encodings, *UNICODE):
            for _ in range(SAMPLES):
                text = gap.join(dice.sample(sentences, SENTENCES)) + "\n"
                if encoding == "big5":
                    text = text.translate(_TRADITIONAL)
                data = text.encode(encoding, "ignore")  # what the encoding lacks was never written
                written = data.decode(encoding)
                if not data.isascii() or encoding in ("iso2022_jp", *UNICODE):
                    yield Sample(language, encoding, written, data)


def by_mtclean(data: bytes) -> str | None:
    """The text as mtclean reads it."""
    try:
        return decode(data).text
    except DocumentProblem:
        return None


def by_chardet(data: bytes) -> str | None:
    """The text as chardet's answer gives it."""
    try:
        return data.decode(chardet.detect(data)["encoding"] or "ascii")
    except (UnicodeError, LookupError):
        return None


def by_normalizer(data: bytes) -> str | None:
    """The text as charset-normalizer gives it."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best else None


def main() -> None:
    made = list(samples())
    print(f"{len(made)} samples, {len(TEXTS)} languages")
    readers: list[Callable[[bytes], str | None]] = [by_mtclean, by_chardet]
    try:
        by_normalizer(b"a")
        readers.append(by_normalizer)
    except ImportError:
        pass
    for reader in readers:
        wrong = [s for s in made if not s.is_read_by(reader)]
        share = 100 * (1 - len(wrong) / len(made))
        print(f"{reader.__name__[3:]}: {len(made) - len(wrong)} exact, {share:.1f} %")
        counts = Counter(f"{s.language} {s.encoding}" for s in wrong)
        print("  wrong: " + (", ".join(f"{k} {n}" for k, n in counts.most_common(40)) or "none"))


if __name__ == "__main__":
    main()
