"""What is heard from a workbook's XML parts: where sheets are, and the texts that cells share."""

from collections.abc import Mapping

from simulator.importing.bounds import MAX_XML_DEPTH, RefusedError, quoted

Attributes = Mapping[str, str]

_SHEET_KIND, _TEXTS_KIND = "/worksheet", "/sharedStrings"
MAX_RAW_TEXT = 8_000  # a controller has 3,000 characters; names and such are held to MAX_TEXT
_MAX_TEXTS = 100_000
_MAX_SHEETS = 300


class Part:
    """A listener that knows how deep it is, and how much it has heard."""

    def __init__(self) -> None:
        self.events = 0
        self._depth = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        """Hear a tag open."""
        self.events += 1
        self._depth += 1
        if self._depth > MAX_XML_DEPTH:
            raise RefusedError("workbook", f"XML nested more than {MAX_XML_DEPTH} deep")
        self.opened(tag.rpartition(":")[2], attributes)

    def end(self, tag: str) -> None:
        """Hear a tag close."""
        self.events += 1
        self._depth -= 1
        self.closed(tag.rpartition(":")[2])

    def data(self, text: str) -> None:
        """Hear text."""
        self.events += 1

    def opened(self, tag: str, attributes: Attributes) -> None:
        """Take a tag without its namespace."""

    def closed(self, tag: str) -> None:
        """Take a closing tag without its namespace."""


class Relations(Part):
    """Which part each key stands for; parts outside the file are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = ""
        self._sheets: dict[str, str] = {}

    def opened(self, tag: str, attributes: Attributes) -> None:
        """Take a relationship."""
        if tag != "Relationship":
            return
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if attributes.get("TargetMode", "Internal") != "Internal":
            raise RefusedError("workbook", f"a link to {quoted(target)}, outside the file, is not followed")
        if kind.endswith(_TEXTS_KIND):
            self.texts = target
        elif kind.endswith(_SHEET_KIND):
            self._sheets[attributes.get("Id", "")] = target

    def target(self, sheet: str, key: str) -> str:
        """Return the part that holds a sheet.

        Raises:
            RefusedError: there is none.
        """
        if key not in self._sheets:
            raise RefusedError(f"sheet {sheet}", "it is in no part of the workbook")
        return self._sheets[key]


class SheetNames(Part):
    """The sheets' names and the keys of their parts."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}

    def opened(self, tag: str, attributes: Attributes) -> None:
        """Take a sheet."""
        if tag != "sheet":
            return
        name = attributes.get("name", "")
        if name in self.keys:
            raise RefusedError("workbook", f"the sheet {quoted(name)} is there twice")
        if len(self.keys) == _MAX_SHEETS:
            raise RefusedError("workbook", f"more than {_MAX_SHEETS} sheets")
        self.keys[name] = next((key for at, key in attributes.items() if at.endswith(":id")), "")


class Strings(Part):
    """The texts that cells point to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text = ""
        self._listening = False
        self._beside = 0  # how many phonetic guides (rPh), which are none of the text, are open

    def opened(self, tag: str, attributes: Attributes) -> None:
        """Begin a text, or a phonetic guide."""
        if tag == "si":
            self._text = ""
        self._beside += tag == "rPh"
        self._listening = tag == "t" and not self._beside

    def data(self, text: str) -> None:
        """Take a piece of a text."""
        self.events += 1
        if self._listening and len(self._text) <= MAX_RAW_TEXT:
            self._text += text

    def closed(self, tag: str) -> None:
        """End a text."""
        self._listening = False
        self._beside -= tag == "rPh"
        if tag == "si":
            if len(self.found) == _MAX_TEXTS:
                raise RefusedError("workbook", f"more than {_MAX_TEXTS:,} texts")
            self.found.append(self._text[: MAX_RAW_TEXT + 1])
