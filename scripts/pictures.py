"""Makes the pictures of README.md and docs/handbok.md from a running demo that nobody has worked in yet.

    sh scripts/setup.sh                                            once: the tests' packages and Chromium
    sh scripts/demo.sh --reset                                     in another window
    .venv/bin/python scripts/pictures.py [http://127.0.0.1:8000] [--letters var/brev]

Judges some of the demo's comments, lets two editors collide, asks a chef and prints the demo's fortnight, as its people would.
"""

import argparse
import email
import email.policy
import re
import shutil
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "docs" / "bilder"
HANDBOK = ROOT / "sociala_medier" / "static" / "sociala_medier" / "img" / "handbok"

PASSWORD = "visa-mig-kommunen"  # noqa: S105  (the demo prints it)
WIDE = {"width": 1440, "height": 900}
MIDDLE = {"width": 1000, "height": 860}
SMALL = {"width": 900, "height": 720}
PHONE = {"width": 390, "height": 844}
PRINT_MINUTES = 5
LETTER_SECONDS = 150


class Judgement(NamedTuple):
    words: str
    category: str
    reason: str = ""
    diarienummer: str = ""


JUDGEMENTS = (
    Judgement("Bryggan i Låtsassjön", "diariefors", "initierar_arende", "TN 2026/318"),
    Judgement("Jag har frågat om handikapprampen", "diariefors", "pagaende_arende", "KFN 2026/44"),
    Judgement("Tråkigt med allt skräp på stranden", "diariefors", "klagomal"),
    Judgement("Finns livboj?", "ringa_betydelse"),
    Judgement("Härligt!", "ringa_betydelse"),
    Judgement("Min granne Birgit Påhittad", "sekretess"),
    Judgement("Hej! Min son", "sekretess"),
    Judgement("Jag heter Testa Påhittad", "sekretess"),
    Judgement("Såna där från", "brottsligt", "hets"),
    Judgement("På torsdag kl 18", "brottsligt", "uppvigling"),
    Judgement("Om den där vaktgubben stoppar mig", "brottsligt", "hot"),
)
TO_BE_JUDGED = "Enligt livsmedelsverket ska ni ta prov"
WITH_A_PICTURE = "Vattnet på Bergsgatan är brunt"
TO_BE_FOLLOWED_UP = "Om den där vaktgubben stoppar mig"
JUDGED_BY_TWO = "Det är inte plogat i Bångbro heller"
FOR_THE_CHEF = "Halkade på den osandade gångvägen"
ON_THE_PAPER = "Jag har frågat om handikapprampen"
# A Chromium without Swedish writes days as 10/01/2026; every Swedish browser writes them as they stand in the field.
TIDY = """
    document.activeElement.blur();
    scrollTo(0, 0);
    document.querySelectorAll("input[type=date]").forEach(field => { field.type = "text"; });
"""
LINK = re.compile(r"http://\S+/hanvisning/\S+")


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the pictures of README.md and docs/handbok.md.")
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000", help="where the demo answers")
    parser.add_argument("--letters", type=Path, default=ROOT / "var" / "brev", help="where the demo puts its letters")
    told = parser.parse_args()
    address = told.address.rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"))
        pictures_of_judging(browser, address)
        pictures_of_looking(browser, address)
        pictures_of_two(browser, address)
        picture_of_a_chef(browser, address, told.letters)
        pictures_of_paper(browser, address)
        browser.close()


def pictures_of_judging(browser: Browser, address: str) -> None:
    page = log_in(browser, address, "agda")
    for judgement in JUDGEMENTS:
        judge(page, judgement)
    page.goto("/ko/")
    take(page, HANDBOK / "ko.png", SMALL)
    page.goto(find(page, TO_BE_JUDGED))
    choose(page, "diariefors", "klagomal")
    take(page, README / "ko.png")
    page.set_viewport_size({"width": 1440, "height": 1140})
    take_part(page, page.get_by_role("region", name="Beslut"), HANDBOK / "bedom.png")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    take(page, README / "tangenter.png", tidy="")
    page.goto(find(page, TO_BE_FOLLOWED_UP))
    take_part(page, page.get_by_role("region", name="Bedömning", exact=True), HANDBOK / "atgarder.png")
    page.context.close()


def pictures_of_looking(browser: Browser, address: str) -> None:
    """By somebody who has just done nothing, so that no way back stands before what is to be seen."""
    page = log_in(browser, address, "bertil")
    page.goto("/sok/?q=vatten")
    take(page, HANDBOK / "sok.png", MIDDLE)
    page.goto(find(page, WITH_A_PICTURE))
    choose(page, "diariefors", "klagomal")
    take(page, README / "telefon.png", PHONE)
    page.context.close()


def pictures_of_two(browser: Browser, address: str) -> None:
    """Both read, the first saves, and the second is told so with the own choice kept."""
    agda, bertil = log_in(browser, address, "agda"), log_in(browser, address, "bertil")
    here = find(agda, JUDGED_BY_TWO)
    for page in (agda, bertil):
        page.goto(here)
    choose(agda, "ringa_betydelse")
    agda.get_by_role("button", name="Spara", exact=True).click()
    expect(agda.get_by_role("heading", name="Bedömning", exact=True)).to_be_visible()
    choose(bertil, "diariefors", "klagomal")
    bertil.get_by_label("Anteckning", exact=False).first.fill("Hon klagar på plogningen.")
    bertil.get_by_role("button", name="Spara", exact=True).click()
    expect(bertil.get_by_role("heading", name="hann före")).to_be_visible()
    take(bertil, README / "konflikt.png")
    take_part(bertil, bertil.locator(".conflict"), HANDBOK / "konflikt.png")
    for page in (agda, bertil):
        page.context.close()


def picture_of_a_chef(browser: Browser, address: str, letters: Path) -> None:
    agda = log_in(browser, address, "agda")
    agda.goto(find(agda, FOR_THE_CHEF))
    agda.keyboard.press("h")
    agda.get_by_label("Chefens namn").fill("Karin Hittepå")
    agda.get_by_label("Chefens e-postadress").fill("karin@example.org")
    agda.get_by_label("Vad ska chefen ta ställning till?").fill("Vem tar emot skadeanmälan, och när sandar vi där?")
    agda.get_by_role("button", name="Skicka frågan").click()
    expect(agda.get_by_role("button", name="Dra tillbaka")).to_be_visible()
    link = letter_link(agda, letters)
    chef = browser.new_context(viewport=PHONE, locale="sv-SE", timezone_id="Europe/Stockholm").new_page()  # type: ignore[arg-type]
    chef.goto(link)
    take(chef, README / "chef.png", PHONE)
    chef.context.close()
    agda.context.close()


def pictures_of_paper(browser: Browser, address: str) -> None:
    page = log_in(browser, address, "cecilia")
    printout = print_fortnight(page)
    page.goto("/utskrifter/")
    take(page, HANDBOK / "utskrifter.png", SMALL)
    pdf = page.request.get(f"{printout}fil/")
    expect(pdf).to_be_ok()
    save(sheet(pdf.body(), ON_THE_PAPER), README / "utskrift.png")
    page.context.close()


# --- What the demo's people do ----------------------------------------------------------------------------------


def log_in(browser: Browser, address: str, username: str) -> Page:
    context = browser.new_context(
        base_url=address, viewport=WIDE, locale="sv-SE", timezone_id="Europe/Stockholm", color_scheme="light"
    )
    page = context.new_page()
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
    return page


def find(page: Page, words: str) -> str:
    """The address of the item whose text begins with or holds `words`, waiting or judged."""
    addresses = ["/ko/", "/ko/?visa=bedomda"]
    while addresses:
        page.goto(addresses.pop(0))
        row = page.get_by_role("link").filter(has_text=words)
        if row.count():
            return row.first.get_attribute("href") or ""
        more = page.get_by_role("link", name="Visa fler")
        addresses += [more.get_attribute("href") or ""] if more.count() else []
    raise SystemExit(f"The demo has no comment with the words {words!r}. Has it read its page yet?")


def choose(page: Page, category: str, reason: str = "") -> None:
    page.locator(f'input[name="category"][value="{category}"]').check()
    if reason:
        page.locator(f'input[name="reason"][value="{reason}"]').check()


def judge(page: Page, judgement: Judgement) -> None:
    page.goto(find(page, judgement.words))
    choose(page, judgement.category, judgement.reason)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", name="Bedömning", exact=True)).to_be_visible()
    if judgement.diarienummer:
        page.locator("summary", has_text="Bocka av: Registrera").click()
        page.get_by_label("Diarienummer").locator("visible=true").fill(judgement.diarienummer)
        page.get_by_role("button", name="Spara som gjord").locator("visible=true").click()
        expect(page.get_by_text(judgement.diarienummer).first).to_be_visible()


def letter_link(page: Page, letters: Path) -> str:
    """Where the newest letter to a chef leads, when it has been sent."""
    for _ in range(LETTER_SECONDS):
        for path in sorted(letters.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = letter.get_body(("plain",))
            if body is not None and (found := LINK.search(body.get_content())):
                return found[0]
        page.wait_for_timeout(1000)
    raise SystemExit(f"No letter with a link has come to {letters}.")


def print_fortnight(page: Page) -> str:
    """Orders the printout and waits for it. Returns its address."""
    page.goto("/utskrifter/")
    today = date.today()  # noqa: DTZ011  (the demo's machine is this one)
    page.get_by_label("Från och med").fill((today - timedelta(days=14)).isoformat())
    page.get_by_label("Till och med").fill(today.isoformat())
    page.get_by_role("button", name="Beställ utskrift").click()
    newest = page.get_by_role("table", name="Utskrifter av perioder").get_by_role("row").nth(1)
    expect(newest.get_by_text("Klar")).to_be_visible(timeout=PRINT_MINUTES * 60_000)
    return newest.get_by_role("rowheader").get_by_role("link").get_attribute("href") or ""


# --- Pictures ---------------------------------------------------------------------------------------------------


def take(page: Page, path: Path, size: dict[str, int] | None = None, tidy: str = TIDY) -> None:
    """What stands in the window, when every picture in it has come."""
    page.set_viewport_size(size or WIDE)  # type: ignore[arg-type]
    page.wait_for_load_state("networkidle")
    # What stands around an item is fetched when the item has been shown.
    expect(page.locator(".desk__context[data-hx-get]")).to_have_count(0)
    page.evaluate(tidy)
    save(read(page.screenshot(animations="disabled")), path)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def take_part(page: Page, part: Locator, path: Path) -> None:
    """That part of the page alone."""
    page.evaluate(TIDY)
    save(read(part.screenshot(animations="disabled")), path)


def read(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def sheet(pdf: bytes, words: str) -> Image.Image:
    """The first page with `words` in its text."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        if words in " ".join(page.get_textpage().get_text_range().split()):
            return page.render(scale=1000 / page.get_width()).to_pil()
    raise SystemExit(f"No page of the printout has the words {words!r}.")


def save(picture: Image.Image, path: Path) -> None:
    """256 colours are enough for words and lines, and take a third of the room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path}  {path.stat().st_size // 1024} kB")  # noqa: T201


if __name__ == "__main__":
    main()
