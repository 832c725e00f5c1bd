"""Files of a few rows, as the examples of rules of rows: right, and with what goes wrong put in."""

from __future__ import annotations

from collections.abc import Mapping

from mtclean.rules.bilingual.rule import Example

Document = tuple[Example, ...]

_STORIES = {
    "de": (
        ("Der Leuchtturm von Harsund", "The lighthouse of Harsund"),
        ("Er steht seit 1871 auf der äußersten Klippe der Insel und ist 42 Meter hoch.", "It has stood on the outermost cliff of the island since 1871 and is 42 meters tall."),
        ("Wer wohnt dort?", "Who lives there?"),
        ("Bis vor kurzem die Familie Lindqvist, die jeden Abend die 203 Stufen hinaufstieg, um die Lampe zu putzen und das Öl nachzufüllen.", "Until recently the Lindqvist family, who climbed the 203 steps every evening to clean the lamp and to refill the oil."),
        ("Heute brennt das Licht von selbst.", "Today the light burns by itself."),
        ("Wann kann man den Turm besichtigen?", "When can you visit the tower?"),
        ("Er ist von Mai bis September jeden Sonntag von 10 bis 16 Uhr geöffnet, außer bei Sturm; die Fähre fährt zweimal am Tag.", "It is open every Sunday from May to September between 10 and 16 hours, except in a storm; the ferry runs twice a day."),
        ("Nehmen Sie feste Schuhe mit!", "Bring sturdy shoes!"),
    ),
    "fr": (
        ("La boulangerie de la rue Basse", "The bakery in Rue Basse"),
        ("Madame Perrin se lève à 3 heures et pétrit la pâte de 180 pains avant que le village ne se réveille.", "Madame Perrin gets up at 3 and kneads the dough for 180 loaves before the village wakes up."),
        ("Est-elle fatiguée ?", "Is she tired?"),
        ("Rarement, dit-elle : depuis 26 ans, elle fait une sieste de deux heures chaque après-midi, quand le four refroidit.", "Rarely, she says: for 26 years she has taken a nap of two hours every afternoon, while the oven cools down."),
        ("Son fils vend les gâteaux.", "Her son sells the cakes."),
        ("Combien coûte une tarte ?", "How much is a tart?"),
        ("Une tarte aux pommes pour 8 personnes coûte 19 euros, et il faut la commander la veille avant midi.", "An apple tart for 8 people costs 19 euros, and you have to order it the day before by noon."),
        ("Goûtez-la !", "Taste it!"),
    ),
    "ru": (
        ("Старый мост через Вёшку", "The old bridge over the Vyoshka"),
        ("Его построили в 1904 году из местного камня, и с тех пор он пережил 17 наводнений и два пожара.", "It was built of local stone in 1904 and has since survived 17 floods and two fires."),
        ("Кто его чинит?", "Who repairs it?"),
        ("Каждую весну это делают добровольцы из трёх соседних деревень: в прошлом году их было 64, и они заменили 350 досок.", "Volunteers from three neighboring villages do it every spring: last year there were 64 of them, and they replaced 350 planks."),
        ("Потом все вместе обедают.", "Then they all have dinner together."),
        ("Можно ли проехать по мосту?", "Can you drive over the bridge?"),
        ("Грузовикам тяжелее 5 тонн проезд запрещён, а велосипедисты должны спешиться, потому что настил скользкий после дождя.", "Trucks heavier than 5 tons are not allowed, and cyclists must dismount because the deck is slippery after rain."),
        ("Будьте осторожны!", "Be careful!"),
    ),
}  # fmt: skip


def right(language: str) -> Document:
    """The story in *language* beside its English."""
    return _told(language, {})


def slipped(language: str, first: int, last: int) -> Document:
    """The same with the translations of rows ``[first, last]`` one row further down than they belong."""
    return _told(language, {row: row - 1 for row in range(first, last + 1)})


def swapped(language: str, row: int) -> Document:
    """The same with the translations of *row* and the next one in each other's place."""
    return _told(language, {row: row + 1, row + 1: row})


def repeated(language: str, row: int) -> Document:
    """The same with the translation of the row before *row* there, too."""
    return _told(language, {row: row - 1})


_CALLS = {
    "de": (("Halt, „{}“!", "Stop, “{}”!"), ("Sie kam mit der „{}“.", "She came by the “{}”.")),
    "fr": (("Attention, « {} » !", "Watch out, “{}”!"), ("Elle vint avec la « {} ».", "She came by the “{}”.")),
    "ru": (("Стой, «{}»!", "Stop, “{}”!"), ("Она приехала на «{}».", "She came by the “{}”.")),
}  # fmt: skip
_BOATS = "Arvo", "Brisa", "Corvin", "Delka", "Estrid", "Farne", "Gunda", "Havdis", "Ilex", "Jorun"


def marked(language: str, source: str, target: str, told: str = "") -> Document:
    """A file that keeps its marks, and in the end *source* and *target*, of which *told* is pointed at."""
    calls = tuple(
        Example((language, "en"), given.format(boat), made.format(boat))
        for boat in _BOATS
        for given, made in _CALLS[language]
    )
    return (*calls, Example((language, "en"), source, target, told))


def again(language: str, row: int, target: str, told: str = "") -> Document:
    """The same with *row* once more at the end, translated as *target*, of which *told* is pointed at."""
    source, _ = _STORIES[language][row]
    return (*right(language), Example((language, "en"), source, target, told))


def _told(language: str, of_another: Mapping[int, int]) -> Document:
    """The story with the translations of other rows where *of_another* says so, each of which is told."""
    story = _STORIES[language]
    return tuple(
        Example((language, "en"), source, story[of_another.get(row, row)][1], story[of_another[row]][1] if row in of_another else "")
        for row, (source, _) in enumerate(story)
    )  # fmt: skip
