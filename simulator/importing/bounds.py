"""What an imported file may hold at most, and the error of a reader that refuses it.

The bounds keep a hostile file within a second and 100 MB; a street's or a town's network stays far below.
"""

MAX_FILE_BYTES = 5_000_000
MAX_DEPTH = 12
MAX_BUSES = 2_000
MAX_TABLE_ROWS = 5_000
MAX_ROWS = 20_000  # of all tables together
MAX_COLUMNS = 200
MAX_TEXT = 200
MAX_POSITION = 1e8  # metres or degrees, either sign; beyond it nothing is a place
MAX_PARALLEL = 100  # lines or transformers in one row
MAX_DESCRIPTION = 2_000
NOTHING = 1e-15  # what is smaller is noise of a computation, in every unit that files count in
MAX_WHOLE = 2**53  # beyond it, floats skip whole numbers

MAX_JSON_MARKS = 300_000  # commas and colons: a table of 5,000 rows and 30 columns has 160,000
MAX_JSON_BRACKETS = 100_000

MAX_UNPACKED_BYTES = 10_000_000  # of the files that are read: 150,000 cells of a workbook have 6 million
MAX_ZIP_FILES = 500  # in the zip file, read or not
MAX_CELLS = 300_000  # of SimBench's tables together: a network of 2,000 nodes has 100,000

MAX_XML_TAGS = 600_000  # 150,000 cells: all that a network of 2,000 buses has
MAX_XML_DEPTH = 12

ACCEPTED = (
    "this site's feeder JSON, pandapower JSON, pandapower Excel (.xlsx), or the CSV files of a SimBench "
    "network in one zip"
)


class RefusedError(Exception):
    """Raised inside the readers, which know the place and the reason, but not what the file is called."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place, self.reason = place, reason


def legible(text: str, at_most: int = 300) -> str:
    """Return foreign text fit for a message: printable, and not longer than ``at_most`` characters."""
    shown = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: at_most + 1]
    )
    return shown if len(shown) <= at_most else shown[: at_most - 1] + "…"


def quoted(value: object) -> str:
    """Return a foreign value in quotes, cut to what a message can hold."""
    return f"“{legible(value if isinstance(value, str) else repr(value), 60)}”"
