"""The kinds of hints, how pressing each one is, and why. None of them says what should be done with the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices


class HintKind(TextChoices):
    """The most pressing first: the order here is the order in which they are shown."""

    HOT = "hot", "möjligt hot"
    KRANKNING = "krankning", "möjlig hets eller kränkning"
    PERSONNUMMER = "personnummer", "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer", "samordningsnummer"
    PERSONNUMMER_FEL = "personnummer_fel", "personnummer, felskrivet"
    UTLAMNANDE = "utlamnande", "begär ut handlingar"
    PAGAENDE_ARENDE = "pagaende_arende", "pågående ärende"
    ADRESS = "adress", "adress"
    TELEFON = "telefon", "telefonnummer"
    EPOST = "epost", "e-postadress"
    KLAGOMAL = "klagomal", "klagomål eller synpunkt"
    FRAGA = "fraga", "fråga"
    LANK = "lank", "länk"
    SPRAK = "sprak", "annat språk än svenska"


@dataclass(frozen=True, slots=True)
class Hint:
    """`start` and `end` are places in the text as it was given; both 0 where the hint concerns all of it."""

    kind: HintKind
    start: int
    end: int
    detail: str = ""


# Why something stands first in the queue: what is not in here does not.
WHY: dict[HintKind, str] = {
    HintKind.HOT: "orden kan vara ett hot",
    HintKind.KRANKNING: "orden kan vara hets eller kränka någon",
    HintKind.PERSONNUMMER: "ett personnummer står i texten",
    HintKind.SAMORDNINGSNUMMER: "ett samordningsnummer står i texten",
    HintKind.PERSONNUMMER_FEL: "något som liknar ett personnummer står i texten",
    HintKind.UTLAMNANDE: "en begäran om allmän handling ska prövas skyndsamt",
}

ORDER = {kind: place for place, kind in enumerate(HintKind)}


def kinds(hints: Iterable[Hint]) -> tuple[HintKind, ...]:
    """Each once, the most pressing first."""
    return tuple(sorted({hint.kind for hint in hints}, key=ORDER.__getitem__))


def urgency(kinds: Iterable[HintKind | str]) -> int:
    """0 where the text should be looked at before all others, 1 else."""
    return 0 if any(kind in WHY for kind in kinds) else 1
