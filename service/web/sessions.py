"""A Token in, the signed cookie of who logged in with it out, and back again for as long as the token is good."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from itsdangerous import BadData, URLSafeTimedSerializer

from service.tokens import Token

COOKIE = "youju"
# In seconds: a working day, with some to spare.
LASTS = 12 * 3600
# Of the hash of a token, so much as tells it from a later one of the same name.
_TELLING = 16


class Sessions:
    """Signs cookies with a key. Nothing of a session is kept here: a cookie names a token, which has to be good still."""

    def __init__(self, key: str) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="youju.login", signer_kwargs={"digest_method": sha256})

    def cookie_of(self, token: Token) -> str:
        """Return the cookie of who has just logged in with a token."""
        return self._signer.dumps([token.name, token.digest[:_TELLING]])

    def token_of(self, cookie: str, tokens: Sequence[Token]) -> Token | None:
        """Return the token of a cookie that was signed here not long ago, if it is one of these still."""
        try:
            name, digest = self._signer.loads(cookie, max_age=LASTS)
        except BadData:
            return None
        named = [token for token in tokens if token.name == name]
        return next((token for token in named if hmac.compare_digest(digest, token.digest[:_TELLING])), None)
