"""What the log calls an error."""

import logging


class ClientFault(logging.Filter):
    """Lowers a record to a warning: a request that the site refused is its sender's fault, not the site's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, as a warning."""
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None  # a traceback would only show where the site refused
        return True


class Overload(logging.Filter):
    """Lowers 503 to a warning, one in ten seconds: a site that sheds load does what it should."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self._next = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, but not each of many that tell of a 503."""
        if getattr(record, "status_code", None) != 503:
            return True
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        is_due = record.created >= self._next
        if is_due:
            self._next = record.created + 10
        return is_due
