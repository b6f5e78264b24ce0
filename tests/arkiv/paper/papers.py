"""Documents to print: a believable week, a dense one, and everything a hostile or merely odd person may write."""

import hashlib
import io
from typing import Any

from PIL import Image, ImageDraw

from arkiv.paper.document import Document, Entry, Picture, Section, Version

SEEN = "2026-11-22T13:06:40Z"
WRITTEN = "2026-11-22T13:05:09Z"


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entry(number: int = 1, text: str | tuple[str, ...] = "Hej!", **values: Any) -> Entry:
    texts = (text,) if isinstance(text, str) else text
    versions = tuple(
        Version(at, found, f"2026-11-22T13:{5 + at:02d}:40Z", checksum(found))
        for at, found in enumerate(texts, start=1)
    )
    found = {
        "item_id": 1000 + number,
        "graph_id": f"104_{20000 + number}",
        "kind": "Kommentar",
        "level": 1,
        "author": "Anna Andersson",
        "created_at": WRITTEN,
        "received_at": SEEN,
        "permalink_url": f"https://www.facebook.com/104/posts/{20000 + number}",
        "facebook_state": "Synlig",
        "sha256": checksum("".join(texts)),
    }
    return Entry(number=number, versions=versions, **{**found, **values})


def document(*entries: Entry, **values: Any) -> Document:
    found: dict[str, Any] = {
        "title": "Utskrift av Facebook-sidan Ljusnarsbergs kommun",
        "kommun": "Ljusnarsbergs kommun",
        "page_name": "Ljusnarsbergs kommun",
        "page_id": "104",
        "period_from": "2026-11-16",
        "period_to": "2026-11-22",
        "frozen_at": "2026-11-22T14:00:00Z",
        "ordered_by": "Cecilia Carlsson, arkivarie",
        "sections": (Section("Vägarbete på Kyrkogatan", "https://www.facebook.com/104/posts/20001", tuple(entries)),),
        "counts": (("Inlägg", 1), ("Kommentarer", len(entries))),
        "chain_seq": 412,
        "chain_head": checksum("kedja"),
    }
    return Document(**{**found, **values})


def photo(size: tuple[int, int] = (900, 600), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A road with a hole in it."""
    image = Image.new("RGB", size, (150, 180, 205))
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.polygon([(width * 0.4, height * 0.4), (width * 0.6, height * 0.4), (width, height), (0, height)], (95, 95, 98))
    draw.ellipse([width * 0.4, height * 0.68, width * 0.65, height * 0.84], (42, 40, 38))
    target = io.BytesIO()
    image.convert(mode).save(target, kind)
    return target.getvalue()


def week() -> tuple[Document, dict[str, bytes]]:
    """Three threads with replies, versions, a picture, a withheld one and one in Arabic; and the pictures' bytes."""
    road = photo()
    pictures = {hashlib.sha256(road).hexdigest(): road}
    shown = Picture(next(iter(pictures)), "image/jpeg", "Väg med ett hål i körbanan")
    lost = Picture("", "image/png", "", "Facebook lämnade inte ut bilden (410 borttagen).")
    diary = {
        "category": "Diarieförs",
        "diarienummer": "KS 12/2026",
        "decided_by": "bedömd av Agda Alm 22 november 2026",
    }
    post = {"kind": "Inlägg", "level": 0, "author": "Ljusnarsbergs kommun", "category": "Ringa betydelse"}
    road_thread = (
        entry(1, "Från måndag asfalterar vi Kyrkogatan mellan torget och skolan. Räkna med omledning till fredag.", **post),
        entry(2, ("Vägen är oframkomlig igen, andra veckan!",
                  "Vägen är oframkomlig igen, andra veckan! Min mor kommer inte fram med rullator. 😡"),
              author="Agneta Öberg", reason="Klagomål eller synpunkter", pictures=(shown,),
              steps=("Registrerad 22 november 2026",), **diary),
        entry(3, "Hej Agneta! Tack för att du hör av dig. Vi sänder ut någon i eftermiddag.", kind="Svar", level=2,
              author="Ljusnarsbergs kommun", category="Ringa betydelse", reason="Allmän upplysning"),
        entry(4, "Instämmer 👍🏽 👨‍👩‍👧‍👦 det är samma sak varje höst.", author="Bo-Göran", category="Ringa betydelse",
              reason="Instämmande", pictures=(lost,), facebook_state="Dold"),
        entry(5, "شكرا جزيلا على المساعدة، الطريق أفضل الآن", author="محمد الأحمد", category="Ringa betydelse"),
    )  # fmt: skip
    school_thread = (
        entry(6, "Skolskjutsarna går enligt vintertidtabell från den 1 december.\n\nTidtabellen finns på webbplatsen.\n"
              "Frågor besvaras av skolkansliet.", **post),
        entry(7, "", withheld="Sekretess, se diarienummer BUN 31/2026", category="Sekretess",
              reason="Uppgift om enskilds hälsa", diarienummer="BUN 31/2026", steps=("Skärmdump tagen", "Dold på Facebook"),
              facebook_state="Dold"),
        entry(8, "Jag vet var du bor, och nästa gång är det du som ligger i diket.", author="Okänd Person",
              category="Brottsligt", reason="Olaga hot, 4 kap. 5 § brottsbalken", decided_by="bedömd av Bertil Berg",
              steps=("Polisanmäld 22 november 2026, K-nummer 5000-K123456-26", "Borttagen 22 november 2026"),
              facebook_state="Borttagen 2026-11-22"),
        entry(9, "Min son väntade 40 minuter vid Högforsvägen. " * 18, author="Kristina Ek",
              reason="Initierar ärende", **diary),
        entry(10, "När går bussen på lördagar?", author="Elin", is_context=True),
    )  # fmt: skip
    odd_thread = (
        entry(11, "Lurendrejeri: \u202egnp.exe\u202c och \x00 och \u200b och \U0001faf9\U000fabcd och \ud83d slut.",
              author="Z\u0351\u036b\u0343a\u0363\u0364\u0363lgo" + "\u0301" * 40, notes=("Texten innehåller styrtecken.",)),
        entry(12, "Ingen som helst tid", created_at="2026-02-31T25:00:00+0000", author=""),
        entry(13, ""),
    )  # fmt: skip
    sections = (
        Section("Från måndag asfalterar vi Kyrkogatan mellan torget och skolan.", road_thread[0].permalink_url, road_thread),
        Section("Skolskjutsarna går enligt vintertidtabell från den 1 december.", school_thread[0].permalink_url,
                school_thread),
        Section("Inlägg från besökare", "https://www.facebook.com/104", odd_thread),
    )  # fmt: skip
    counts = (("Inlägg", 2), ("Kommentarer och svar", 11), ("Diarieförda", 2), ("Utelämnade", 1), ("Bilder", 2))
    return document(sections=sections, counts=counts), pictures
