"""What each example says, read by a person: for the kinds that moderation/graph/exempel.json has no answer to."""

NAMNDER = ("KS", "BUN", "MHN", "KFN", "SBN")

# Kind of hint -> the examples it ought to find. K… are comments, P… the page's own posts.
BY_HAND: dict[str, frozenset[str]] = {
    # K044 calls for violence, K071 for burning people.
    "hot": frozenset({"K044", "K047", "K071", "K106"}),
    "krankning": frozenset({"K071"}),
    "personnummer": frozenset({"K064", "K114"}),
    "samordningsnummer": frozenset(),
    "personnummer_fel": frozenset({"K118"}),
    # K021 wants to see test results.
    "utlamnande": frozenset({"K021", "K043"}),
    "adress": frozenset({"K073", "K114", "K115", "K117"}),
    "telefon": frozenset(),
    "epost": frozenset(),
    "lank": frozenset({"K029"}),
}

# What the file's own answers do not cover: the page's own posts.
POSTS: dict[str, frozenset[str]] = {
    "pagaende_arende": frozenset({"P04", "P07"}),
    "fraga": frozenset({"P12"}),
}

# Languages by their code in the examples, as a hint tells them.
LANGUAGES = {
    "ar": "arabiska",
    "de": "tyska",
    "en": "engelska",
    "fi": "finska",
    "no": "norska",
    "so": "somaliska",
    "uk": "ukrainska",
}
