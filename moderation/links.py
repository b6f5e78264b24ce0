"""Links that open one single door without a login. The secret stands in the link alone; a row has only its digest.

They are signed with SECRET_KEY. A key that is being replaced goes on opening what it signed, from SECRET_KEY_FALLBACKS.
"""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer
from django.views.decorators.debug import sensitive_variables

# Sets these signatures apart from whatever else is signed with SECRET_KEY.
PURPOSE = "moderation.links 1"
# No token is longer; what is, was never made here.
LONGEST = 200


@sensitive_variables()
def new_secret() -> str:
    return secrets.token_urlsafe(32)


@sensitive_variables()
def token(secret: str) -> str:
    return _signer().sign(secret)


@sensitive_variables()
def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@sensitive_variables()
def digest_of(token: str) -> str:
    """The digest by which the row is found; "" where the token is not one that was made here."""
    try:
        return digest(_signer().unsign(token)) if len(token) <= LONGEST else ""
    except (BadSignature, UnicodeError):
        return ""


def _signer() -> Signer:
    return Signer(sep=".", salt=PURPOSE)
