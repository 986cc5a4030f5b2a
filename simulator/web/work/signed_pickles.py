"""What is written to a cache that others can reach: signed, so that nothing foreign is ever unpickled."""

import hmac
import pickle
from hashlib import sha256
from typing import Any

from django.conf import settings

SIGNATURE_BYTES = sha256().digest_size


class ForeignEntryError(Exception):
    """An entry of the cache is damaged, or was not written by this site."""


class SignedPickles:
    """Django's serializer for a shared cache; whoever lacks the site's key cannot make it run code."""

    def dumps(self, value: Any) -> bytes:
        """Return a value as a signature and a pickle."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        return _signature(content) + content

    def loads(self, entry: bytes) -> Any:
        """Return the value of an entry.

        Raises: ForeignEntryError where its signature is not the site's; it is not unpickled then.
        """
        signature, content = entry[:SIGNATURE_BYTES], entry[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, _signature(content)):
            raise ForeignEntryError("an entry of the cache bears no signature of this site")
        return pickle.loads(content)  # noqa: S301 - signed by ourselves


def _signature(content: bytes) -> bytes:
    key = sha256(b"simulator.web.work.signed_pickles" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(key, content, "sha256")
