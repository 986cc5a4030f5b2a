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
    """Lowers 503 to a warning: a site that sheds what it cannot answer in time does what it should."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, as a warning where it tells of a 503."""
        if getattr(record, "status_code", None) == 503:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
