"""Everything that somebody has uploaded to the Page, by number."""

from typing import Any

from moderation.graph.simulator.files import filmed, written
from moderation.graph.simulator.naming import Numbers
from moderation.graph.simulator.pictures import Picture, drawn
from moderation.graph.simulator.rows import Photo
from moderation.graph.simulator.samples import ATTACHMENTS

File = str | Picture


class Uploads:
    """A text is the name of a drawing (KeyError for one that is not there), or any name of a film or a document."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._photos: dict[str, Photo] = {}

    def find(self, number: str) -> Photo | None:
        return self._photos.get(number)

    def picture(self, given: File) -> Photo:
        return self._keep(drawn(given) if isinstance(given, str) else given)

    def film(self, given: File) -> Photo:
        return self._keep(filmed(given) if isinstance(given, str) else given)

    def document(self, given: File) -> Photo:
        return self._keep(written(given) if isinstance(given, str) else given)

    def attachment(self, given: str | dict[str, Any] | None) -> Any:
        """The sample of this name, or the given one, with files where it says `picture:` or `film:`."""
        return self._with_files(ATTACHMENTS[given] if isinstance(given, str) else given)

    def _with_files(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._with_files(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._with_files(part) for part in value]
        if isinstance(value, str) and value.startswith("picture:"):
            return self.picture(value.removeprefix("picture:"))
        if isinstance(value, str) and value.startswith("film:"):
            return self.film(value.removeprefix("film:"))
        return value

    def _keep(self, content: Picture) -> Photo:
        photo = Photo(self._numbers.of_story("photo"), content)
        self._photos[photo.id] = photo
        return photo
