"""Where somebody can be reached: e-mail, links, telephone and addresses, as they are written in Sweden.

Every pattern has a bound on each repetition and begins only where a word begins: no text makes it slow.
"""

import re
from collections.abc import Iterator

from moderation.hints.kinds import Hint, HintKind

EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@| ?[(\[](?:at|a|snabel-?a)[)\]] ?)(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)
# The last two are kept free for examples. In lower case only: "Bra.Se till att" is no address.
DOMAINS = (
    "se|nu|com|net|org|info|io|eu|no|dk|fi|de|uk|tv|me|co|app|ly|be|gl|ru|biz|shop|store|online|site|xyz|test|example"
)
LINK = re.compile(
    r"(?i:https?://|www\.)[^\s<>\"]{1,2000}"
    rf"|(?<![\w@.-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{DOMAINS})(?![\w-]|\.[\w-])(?:/[^\s<>\"]{{0,2000}})?"
)
DOTTED = re.compile(r"\.\w|://")
# What stands after an address in a sentence is not part of it.
TRAILING = ".,;:!?)]}'»”’"

# Area code (8, 7x, 10 to 99 or three digits), then five to eight digits in groups.
PHONE = re.compile(
    r"(?<![\w/.,:+-])(?:(?:\+|00)46[ -]?(?:\(0\) ?)?|\(?0)(8|[1-79][0-9]{1,2})\)?[ –/-]{0,3}"
    r"([0-9]{2,8}(?:[ -]?[0-9]{2,3}){0,3})(?![\w/]|[.,:-][0-9])"
)
DIGITS = range(7, 10)

# The number of a house, behind the word that may be a street, and the word after it.
HOUSE = re.compile(r" ([1-9][0-9]{0,2}(?: ?[a-hA-H](?!\w))?)(?!\w|[.,:/-][0-9]| ?%)(?: ([^\W\d_]{1,12}))?")
# A street's name, and how far back it is looked for.
NAME = re.compile(
    r"(?:(?:norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre) )?([^\W\d_]{3,30})$", re.IGNORECASE
)
NAMES = 40
STREET_ENDS = (
    "gatan", "gata", "vägen", "väg", "gränd", "gränden", "torget", "torg", "stigen", "stig", "backen", "backe",
    "allén", "allé", "plan", "leden", "kajen", "slingan", "rundan", "kroken", "udden", "höjden", "vreten", "hagen",
)  # fmt: skip
NO_STREETS = "gatan gata vägen väg torget torg stigen stig backen backe leden plan detaljplan riksväg länsväg europaväg"
# A number before one of these counts something else than houses.
UNITS = (
    "m meter cm km mil h tim timme timmar min minuter dag dagar vecka veckor månad månader år gånger gång ggr st kr"
    " kronor procent personer bilar ton barn hål lampor grader"
)
POSTCODE = re.compile(
    r"(?<![\w.,/+-])(?:S-?|SE-?)?[1-9][0-9]{2} ?[0-9]{2} {1,2}([A-ZÅÄÖ][a-zåäö]{2,30}|[A-ZÅÄÖ]{3,30})(?!\w)"
)
FIVE = re.compile("[0-9]{3} ?[0-9]{2} ")
BOX = re.compile(r"(?<!\w)Box [1-9][0-9]{0,4}(?![\w,.-]?[0-9])")

_NO_STREETS = frozenset(NO_STREETS.split())
_UNITS = frozenset(UNITS.split())


def emails(text: str) -> Iterator[Hint]:
    if "@" in text or ")" in text or "]" in text:
        yield from (Hint(HintKind.EPOST, *match.span()) for match in EMAIL.finditer(text))


def links(text: str) -> Iterator[Hint]:
    if not DOTTED.search(text):
        return
    for match in LINK.finditer(text):
        yield Hint(HintKind.LANK, match.start(), match.start() + len(match.group().rstrip(TRAILING)))


def phones(text: str) -> Iterator[Hint]:
    if "0" in text or "+" in text:
        for match in PHONE.finditer(text):
            if sum(map(str.isdigit, match[1] + match[2])) in DIGITS:
                yield Hint(HintKind.TELEFON, *match.span())


def addresses(text: str) -> Iterator[Hint]:
    for house in HOUSE.finditer(text):
        back = max(0, house.start() - NAMES)
        name = _street(text[back : house.start()])
        if name and (house[2] or "").lower() not in _UNITS:
            yield Hint(HintKind.ADRESS, back + name.start(), house.end(1))
    for match in POSTCODE.finditer(text) if FIVE.search(text) else ():
        if match[1].lower() not in _UNITS:
            yield Hint(HintKind.ADRESS, *match.span())
    if "Box " in text:
        yield from (Hint(HintKind.ADRESS, *match.span()) for match in BOX.finditer(text))


def _street(before: str) -> re.Match[str] | None:
    """The name that a text ends with, if it is that of a street."""
    name = NAME.search(before) if before.lower().endswith(STREET_ENDS) else None
    return name if name and name[1].lower() not in _NO_STREETS else None
