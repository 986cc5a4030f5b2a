"""What the server could not read, and the site answers in its place."""

from typing import NamedTuple

from django.conf import settings

REFUSED = "lvtwin.refused"  # the server's word to the site, in a request's META; no client can say it

_WORDS = {
    400: "The request cannot be read: it is not HTTP as browsers and programs speak it.",
    408: "The request did not come whole in time. Try again; a smaller file comes sooner.",
    413: "The body is too large.",
    414: "The address is too long. Ask for less at once, or send a form.",
    431: "The request's headers are too long. Clearing this site's cookies may help.",
    501: "The request is coded in a way that is not taken here.",
}


class Refused(NamedTuple):
    """The status of a request that could not be read; its body's size in bytes where that is why."""

    status: int
    size: int | None = None

    @property
    def message(self) -> str:
        """Why, in words."""
        if self.size:
            return too_large(self.size, settings.LVTWIN_UPLOAD_MAX_SIZE)
        return _WORDS.get(self.status, "The request cannot be answered.")


def too_large(size: int, limit: int) -> str:
    """Say that a body of so many bytes is too large."""
    return f"The body has {size:,} bytes; at most {limit:,} are accepted."
