"""Secrets at rest: sealed before they become rows, unsealed by the process that uses them.

The keys come from SECRET_KEY. One that is being replaced goes on opening what it closed, from SECRET_KEY_FALLBACKS.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

# Sets these keys apart from whatever else is derived from SECRET_KEY.
PURPOSE = b"moderation.vault 1"


class Unreadable(Exception):
    """What was sealed cannot be opened with the keys there are. Says so in a Swedish sentence."""

    sentence = (
        "Den sparade nyckeln till Facebook går inte att läsa, eftersom SECRET_KEY är en annan än när den sparades. "
        "Anslut sidan på nytt, eller sätt den gamla i SECRET_KEY_FALLBACKS."
    )

    def __init__(self) -> None:
        super().__init__(self.sentence)


@sensitive_variables()
def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


@sensitive_variables()
def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


@sensitive_variables()
def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@sensitive_variables()
def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
