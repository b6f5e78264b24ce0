"""What hostile, playful or merely unusual people write: one named text for every trap that is known."""

import random
import sys
import unicodedata
from functools import cache

FAMILY = "👨‍👩‍👧‍👦"
BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LONGEST = 60_000


@cache
def texts(
    canary_url: str = "http://127.0.0.1:9/x", canary_file: str = "/etc/passwd", long: int = LONGEST
) -> dict[str, str]:
    """`long`: how many signs a flood has."""
    return {
        **_controls(long),
        **_invisible(long),
        **_scripts(long),
        **_emoji(long),
        **_floods(long),
        **_markup(canary_url, canary_file),
        **_layout(),
        **_random(),
    }


def _controls(long: int) -> dict[str, str]:
    named = {f"control {code:02x}": f"före{chr(code)}efter" for code in [*range(0x20), 0x7F, 0x80, 0x85, 0x9B, 0x9F]}
    return named | {
        "all controls": "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)])),
        "nul alone": "\x00",
        "nul flood": "\x00" * long,
        "escape sequence": "\x1b[31mrött\x1b[0m \x1b]0;titel\x07",
        "carriage returns": "ett\rtvå\r\ntre\n\rfyra",
        "backspaces": "hemligt" + "\b" * 7 + "öppet",
        "lone high surrogate": "a\ud83db",
        "lone low surrogate": "a\ude00b",
        "reversed surrogates": "\ude00\ud83d",
        "surrogate flood": "\ud83d" * long,
        "surrogates among emoji": "😀\ud83d😀\ude00😀",
        "noncharacters": "\ufffe\uffff\U0001fffe\U0010ffff\ufdd0",
        "private use": "\ue000\uf8ff\U000f0000\U0010fffd",
        "unassigned": "\u0378\U0001fae9\U0002fffd\U000e0fff",
        "replacement character": "sm\ufffdrg\ufffds",
        "byte order mark": "\ufeffhej\ufeff",
        "object replacement": "\ufffc",
        "interlinear": "\ufff9bas\ufffaanm\ufffb",
    }


def _invisible(long: int) -> dict[str, str]:
    named = {f"bidi {ord(char):04x}": f"abc{char}def 123 שלום" for char in BIDI}
    return named | {
        "bidi nest": "\u202e\u2067" * (long // 200) + "djup" + "\u2069\u202c" * (long // 200),
        "trojan source": "if access != \u202e \u2066// endast chef\u2069 \u2066",
        "zero width flood": "a" + "\u200b" * long,
        "zero width between letters": "a\u200b" * (long // 2),
        "zwj flood": "\u200d" * long,
        "zwnj in Latin": "ab\u200cc\u200cd" * (long // 150),
        "joiner between letters": "a\u200d" * (long // 3),
        "word joiners": "långt\u2060ord" * (long // 20),
        "soft hyphens": "a\u00ad" * (long // 3),
        "tag characters": "hej\U000e0068\U000e0065\U000e006a\U000e007f",
        "tag flood": "\U0001f3f4" + "\U000e0067" * (long // 3),
        "variation selectors": "a\ufe00b\ufe0fc\U000e0100d" + "\ufe0f" * (long // 12),
        "hangul fillers": "\u115f\u1160\u3164\uffa0",
        "line and paragraph separators": "rad\u2028stycke\u2029slut",
        "every space": "|".join("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
        "grapheme joiner": "a\u034fb",
        "invisible mathematics": "f\u2061(x)\u2062y\u2063z\u2064",
        "mongolian vowel separator": "ᠮᠣᠩᠭᠣᠯ\u180eᠪᠢ",
    }  # fmt: skip


def _scripts(long: int) -> dict[str, str]:
    return {
        "arabic": "السلام عليكم ورحمة الله وبركاته 123 abc",
        "arabic marks": "بِسْمِ ٱللَّٰهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ ﷽",
        "hebrew points": "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
        "hebrew and Swedish": "Hej שלום hej שלום (hej)",
        "devanagari": "क्षत्रिय श्री गणेशाय नमः",
        "devanagari flood": "क्ष्म्य" * (long // 7),
        "thai": "สวัสดีครับ ยินดีต้อนรับ",
        "tibetan": "བོད་སྐད་ཡིག་ རྒྱལ་ཁབ",
        "burmese": "မြန်မာဘာသာ",
        "khmer": "ភាសាខ្មែរ",
        "tamil and telugu": "தமிழ் తెలుగు",
        "amharic": "አማርኛ ትግርኛ",
        "somali and tigrinya": "Soo dhawow ብሩህ መዓልቲ",
        "chinese": "你好，世界。这里没有字体。",
        "japanese and korean": "こんにちは 안녕하세요",
        "conjoining jamo": "\u1112\u1161\u11ab\u1100\u1173\u11af",
        "syriac and thaana": "ܫܠܡܐ ދިވެހި",
        "cuneiform and hieroglyphs": "𒀀𒁀𒂀 𓀀𓁀𓂀",
        "mathematical letters": "𝕳𝖊𝖏 𝒽𝑒𝒿 𝟙𝟚𝟛",
        "music and dominoes": "𝄞𝅘𝅥𝅮 🁡🀄",
        "zalgo": "H\u0351\u036b\u0343e\u0363\u0364\u0363\u033b\u0330j"
        + "\u0315\u031b\u0340\u0341\u0358\u0321\u0322" * 5,
        "combining flood": "a" + "\u0301" * long,
        "combining alone": "\u0301" * long,
        "combining on space": " \u0301\u0302 \u20dd",
        "enclosing keycaps": "1\u20e3 #\ufe0f\u20e3 A\u20dd",
        "ligatures": "ﬁ ﬂ ﷺ Ǆ ŉ",
    }


def _emoji(long: int) -> dict[str, str]:
    return {
        "family": FAMILY,
        "family flood": FAMILY * (long // 60),
        "endless family": "👩" + "\u200d👩" * (long // 20),
        "skin tones": "👍🏻👍🏼👍🏽👍🏾👍🏿 🏿 a🏿",
        "skin tone flood": "👍" + "🏿" * (long // 12),
        "flags": "🇸🇪🇳🇴🇫🇮 🇸 🇽🇽🇸",
        "flag flood": "🇸🇪" * (long // 30) + "🇸",
        "subdivision flags": "🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴\U000e0067",
        "text and picture": "☃\ufe0e ☃\ufe0f ❤ ❤\ufe0f ©\ufe0f ™",
        "newest emoji": "\U0001fae8\U0001fae9\U0001fadf",
        "four thousand": "😀" * (long // 15),
        "joined across": "🏳️‍🌈🏳️‍⚧️❤️‍🔥🐻‍❄️👁️‍🗨️",
    }


def _floods(long: int) -> dict[str, str]:
    return {
        "one long word": "a" * long,
        "wide letters": "W" * long,
        "nbsp flood": "\xa0" * long,
        "nbsp between words": "ord\xa0" * (long // 4),
        "slashes": "/" * long,
        "hyphens": "-" * long,
        "line breaks": "\n" * long,
        "line breaks with spaces": " \n" * (long // 2),
        "one letter a line": "a\n" * (long // 2),
        "tabs": "\t" * long,
        "spaces": " " * long,
        "spaces and a letter": " " * (long - 1) + "a",
        "brackets": "(" * (long // 2) + ")" * (long // 2),
        "prose": "Vägen är oframkomlig igen, andra veckan! " * (long // 40),
        "url": "https://exempel.se/" + "a/" * (long // 3),
        "sentences without space": "Hej.Hopp!Va?" * (long // 12),
        "arabic without space": "ا" * long,
        "dots": "…" * long,
    }


def _markup(canary_url: str, canary_file: str) -> dict[str, str]:
    return {
        "script": f"<script src='{canary_url}'>alert(1)</script>",
        "image": f"<img src={canary_url}><img src='file://{canary_file}'>",
        "attachment": f"<link rel=attachment href='file://{canary_file}'><a rel=attachment href='{canary_url}'>x</a>",
        "style sheet": f"<style>@import url({canary_url}); body{{background:url({canary_url})}}</style>",
        "font face": f"</p><style>@font-face{{font-family:x;src:url('{canary_url}')}}</style>",
        "inline style": f"<p style='content:url({canary_url})'>",
        "css alone": f"}} * {{ background: url({canary_url}); display: none }} /*",
        "css function": f"url({canary_url}) attr(x) element(header) target-counter('#x', page)",
        "svg": f"<svg><image href='{canary_url}'/><use href='file://{canary_file}#a'/></svg>",
        "object": f"<object data='{canary_url}'></object><embed src='{canary_url}'><iframe src='{canary_url}'>",
        "base": f"<base href='{canary_url}'>",
        "meta refresh": f"<meta http-equiv=refresh content='0;url={canary_url}'>",
        "xml entity": f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file://{canary_file}'>]>&e;",
        "internal scheme": "bild:../../etc/passwd <img src='bild:x'>",
        "data address": "<img src='data:image/svg+xml,<svg/>'>",
        "template": "{{ settings.SECRET_KEY }} {% include '/etc/passwd' %} {% load static %}",
        "format": "%s %d {0} {x.__class__} ${PATH}",
        "entities": "&lt;b&gt; &amp;amp; &#0; &#x202e; &nbsp;",
        "closing": "</p></article></section></body></html><h1>Slut</h1>",
        "comment": "<!-- --><![CDATA[ ]]>",
        "pdf operators": "BT /F1 12 Tf (hej) Tj ET endstream endobj %%EOF",
        "pdf string": "((((\\)\\\\ <</JavaScript>>",
        "sql": "'; DROP TABLE moderation_item; --",
        "path": canary_file,
        "address": canary_url,
    }


def _layout() -> dict[str, str]:
    return {
        "empty": "",
        "one space": " ",
        "own mark": "[U+202E] är vad jag skrev själv ¬",
        "leading empty lines": "\n\n\nhej\n\n",
        "sixty empty lines": "a" + "\n" * 61 + "b",
        "sixty-two empty lines": "a" + "\n" * 63 + "b",
        "poem": "rad\n" * 250,
        "exactly one block": "x" * 500,
        "one sign more": "x" * 501,
        "cut in a family": "x" * 497 + FAMILY + "y" * 600,
        "cut in a word": ("ord " * 200) + "Sverigesstörstasammansattaord" * 30,
    }


def _random() -> dict[str, str]:
    """The same every time: a seed, not chance."""
    dice = random.Random(20170329)
    everything = [chr(code) for code in range(sys.maxunicode + 1)]
    marks = [char for char in everything if unicodedata.combining(char)]
    return {
        **{f"random {at}": "".join(dice.choices(everything, k=300)) for at in range(4)},
        **{f"random basic {at}": "".join(map(chr, dice.choices(range(0x3000), k=400))) for at in range(12)},
        **{f"random marks {at}": "".join(dice.choices([*"aåö א ش क", *marks], k=300)) for at in range(3)},
    }
