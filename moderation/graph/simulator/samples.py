"""Attachments of the kinds that Facebook is known to send, and of one that it is not.

`picture:lake` becomes the link to that drawing, `film:bron` the link to a film.
"""

from typing import Any

_PICTURE = {"image": {"height": 720, "src": "picture:lake", "width": 960}}
_ELSEWHERE = "https://www.example.org/sida?a=1&b=%C3%A5"
_SHIM = "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.org%2Fsida%3Fa%3D1%26b%3D%25C3%25A5&h=AT0xyz"
_FACEBOOK = "https://www.facebook.com"

ATTACHMENTS: dict[str, dict[str, Any]] = {
    "animated_image_share": {
        "media": {"image": {"height": 720, "src": "picture:map", "width": 960}, "source": "film:rörlig"},
        "target": {"url": _SHIM},
        "title": "Rörlig bild",
        "type": "animated_image_share",
        "unshimmed_url": _ELSEWHERE,
        "url": _SHIM,
    },
    "event": {
        "description": "Torget i Kopparberg",
        "media": _PICTURE,
        "media_type": "event",
        "target": {"id": "880000000000001", "url": f"{_FACEBOOK}/events/880000000000001/"},
        "title": "Marknad",
        "type": "event",
        "url": f"{_FACEBOOK}/events/880000000000001/",
    },
    "note": {
        "description": "Det här hände i veckan.",
        "target": {"id": "770000000000001", "url": f"{_FACEBOOK}/notes/770000000000001/"},
        "title": "Veckobrev",
        "type": "note",
        "url": f"{_FACEBOOK}/notes/770000000000001/",
    },
    "share": {
        "description": "En ingress om något helt annat.",
        "media": _PICTURE,
        "media_type": "link",
        "target": {"url": _SHIM},
        "title": "En rubrik på en annan webbplats",
        "type": "share",
        "unshimmed_url": _ELSEWHERE,
        "url": _SHIM,
    },
    "sticker": {
        "media": {"image": {"height": 240, "src": "picture:thumb", "width": 240}},
        "target": {"id": "369239263222822", "url": f"{_FACEBOOK}/stickers/369239263222822/"},
        "type": "sticker",
        "url": f"{_FACEBOOK}/stickers/369239263222822/",
    },
    "unknown": {"hologram": {"depth": 3}, "media": _PICTURE, "title": "Något nytt", "type": "hologram_share"},
    "video": {
        "media": {**_PICTURE, "source": "film:bron"},
        "target": {"id": "660000000000001", "url": f"{_FACEBOOK}/videos/660000000000001/"},
        "title": "Bron",
        "type": "video_inline",
        "url": f"{_FACEBOOK}/videos/660000000000001/",
    },
}
