"""Numbers like Facebook's, the same in every world that is built in the same order."""

from base64 import urlsafe_b64encode
from collections import Counter
from functools import lru_cache
from hashlib import sha256, sha512


class Numbers:
    def __init__(self, page_id: str) -> None:
        self._page_id = page_id
        self._made: Counter[str] = Counter()
        # The permalinks of a Page of the new kind stand under another number than the Page's own.
        self.profile_id = "1221" + self.digits("profile", 14)

    def count(self, kind: str) -> int:
        self._made[kind] += 1
        return self._made[kind]

    def digits(self, kind: str, length: int) -> str:
        return _decimals(f"{self._page_id}/{kind}/{self.count(kind)}", length)

    def of_story(self, kind: str) -> str:
        """Posts and photos of a Page end like its profile number."""
        return f"1221{self.digits(kind, 8)}{self.profile_id[-6:]}"

    def of_message(self) -> str:
        """Made of letters that are no digits, and of hyphens and underscores too."""
        digest = sha512(f"{self._page_id}/message/{self.count('message')}".encode()).digest()
        return "m_" + urlsafe_b64encode(digest).decode().rstrip("=")

    def of_thread(self, person: str) -> str:
        return "t_" + _decimals(f"{self._page_id}/thread/{person}", 15)

    def of_person(self, name: str) -> str:
        """Page-scoped, of 17 digits: too large for a JavaScript number."""
        return _of_person(self._page_id, name)


@lru_cache(maxsize=4096)
def _of_person(page_id: str, name: str) -> str:
    return "2" + _decimals(f"{page_id}/person/{name}", 16)


def _decimals(seed: str, length: int) -> str:
    smallest = 10 ** (length - 1)
    return str(smallest + int.from_bytes(sha256(seed.encode("utf-8", "surrogatepass")).digest()) % (9 * smallest))
