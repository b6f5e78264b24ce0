"""Swedish sentences without end: a few thousand words, some of which stand in many texts and some in hardly any."""

import random

VERKSAMHETER = (
    "Barn och utbildning", "Teknik", "Kultur och fritid", "Socialtjänst", "Miljö och bygg", "Vård och omsorg",
    "Kommunledning", "Näringsliv",
)  # fmt: skip
FIRST = (
    "Agda", "Bertil", "Cecilia", "David", "Erik", "Fatima", "Göran", "Hanna", "Ivar", "Jasmin", "Kalle", "Lena",
    "Mohammed", "Nils", "Olle", "Petra", "Qamar", "Rut", "Sven", "Tove", "Ulf", "Vera", "Wilma", "Xerxes", "Yngve",
    "Zahra", "Åsa", "Ärla", "Östen", "Maria", "Johan", "Karin", "Lars", "Anna", "Per", "Eva", "Ali", "Sara", "Oskar",
    "Elsa",
)  # fmt: skip
LAST = (
    "Andersson", "Berg", "Carlsson", "Dahl", "Ek", "Fransson", "Gustafsson", "Holm", "Isaksson", "Johansson", "Krantz",
    "Lindberg", "Magnusson", "Nyström", "Olsson", "Persson", "Quist", "Rosén", "Sjögren", "Törnqvist", "Ullman",
    "Viklund", "Wahlström", "Yilmaz", "Zetterlund", "Åkerman", "Ängquist", "Öberg", "Hassan", "Exempel", "Nordin",
    "Lund", "Forsberg", "Björk", "Sandell", "Hellman", "Ström",
)  # fmt: skip
_FRONT = (
    "skol", "väg", "vatten", "avfalls", "vinter", "sommar", "gatu", "park", "bad", "is", "buss", "cykel", "bygg", "miljö",
    "hem", "äldre", "barn", "ungdoms", "kultur", "fritids", "snö", "stads", "torg", "bro", "tunnel", "el", "värme",
    "fiber", "biblioteks", "idrotts", "skogs", "sjö", "ång", "kvarters", "hamn", "industri", "mark", "hyres", "parkerings",
    "trafik", "lek", "kök", "mat", "hund", "kyrko", "arbets", "närings", "turist", "möte", "kommun",
)  # fmt: skip
_BACK = (
    "planen", "huset", "arbetet", "avgiften", "skötseln", "bänken", "belysningen", "ledningen", "platsen", "området",
    "vägen", "stigen", "rummet", "chefen", "nämnden", "beslutet", "taxan", "kartan", "tiden", "gruppen", "linjen",
    "hallen", "stationen", "kuren", "skylten", "räcket", "staketet", "porten", "taket", "golvet", "bron", "dammen",
    "rören", "brunnen", "luckan", "kajen", "backen", "kullen", "rondellen", "korsningen", "övergången", "refugen",
    "grinden", "muren", "trappan", "hissen", "rampen", "lokalen", "salen", "gården",
)  # fmt: skip
_LITTLE = (
    "och", "att", "det", "som", "en", "är", "på", "inte", "för", "med", "vi", "har", "till", "ni", "av", "om", "när",
    "varför", "alltid", "nu", "igen", "bara", "kan", "ska", "måste", "tack", "bra", "dåligt", "hela", "där",
)  # fmt: skip
COMPOUNDS = tuple(front + back for front in _FRONT for back in _BACK)
# In every third text, and in as good as none.
COMMON, RARE = "vägen", "snöskoterled"
EMOJI = ("👍", "😡", "🙏", "❄️")


def text(number: int, chance: random.Random) -> str:
    """Between 5 and 40 words."""
    length = chance.choice((2, 3, 4, 4, 5, 6, 7, 8, 10, 18))
    parts = []
    for little, much in zip(chance.choices(_LITTLE, k=length), chance.choices(COMPOUNDS, k=length), strict=True):
        parts += (little, much)
    if number % 3 == 0:
        parts.insert(1, COMMON)
    said = " ".join(parts).capitalize() + (".", "!", "?")[number % 3]
    return f"{said} {EMOJI[number % 4]}" if number % 7 == 0 else said
