"""What the log calls an error."""

import logging


class ClientFault(logging.Filter):
    """Lowers a record to a warning: a request that the site refused is its sender's fault, not the site's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, as a warning."""
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None  # a traceback would only show where the site refused
        return True
