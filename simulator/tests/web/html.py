"""Pages as a person reads them: sentence, key figures, links, fields, errors."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    """Builds a tree; a tag that is closed out of turn is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("document", {})
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise AssertionError(f"</{tag}> closes nothing, at line {self.getpos()[0]}")
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)

    def tree(self) -> Any:
        assert not self.open, f"left open: {self.open}"
        self.builder.end("document")
        return self.builder.close()


def words(element: Element | None) -> str:
    """Return an element's text with its white space tidied."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def query_of(address: str) -> list[tuple[str, str]]:
    """Return an address's query as sorted (name, value) pairs."""
    return sorted(parse_qsl(urlsplit(address).query, keep_blank_values=True))


class Document:
    """A page or a fragment of one."""

    def __init__(self, html: str) -> None:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        self.tree: Element = reader.tree()
        self.text = words(self.tree)

    @property
    def is_whole(self) -> bool:
        """Whether this is a whole page rather than a fragment."""
        return self.tree.find("html") is not None

    @property
    def kpis(self) -> dict[str, str]:
        """The key figures' words by key."""
        return {e.attrib["data-kpi"]: words(e) for e in self.tree.iter() if "data-kpi" in e.attrib}

    @property
    def links(self) -> dict[str, str]:
        """Every link's address by its words; the last one where words repeat."""
        return {words(e): e.attrib["href"] for e in self.tree.iter("a") if "href" in e.attrib}

    @property
    def alerts(self) -> str:
        """What the page warns of."""
        return " ".join(words(e) for e in self.tree.iter() if e.attrib.get("role") == "alert")

    @property
    def status(self) -> str:
        """The answer in one sentence."""
        return next((words(e) for e in self.tree.iter() if e.attrib.get("role") == "status"), "")

    def table(self, key: str) -> list[list[str]]:
        """Return a table's rows, header first."""
        table = next(e for e in self.tree.iter("table") if e.attrib.get("id") == f"table-{key}")
        return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]

    @property
    def form(self) -> Element:
        """The page's form."""
        return next(self.tree.iter("form"))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a browser would submit, as (name, value) pairs in the form's order."""
        pairs = []
        for e in self.form.iter():
            name = e.attrib.get("name")
            if not name:
                continue
            if e.tag == "select":
                options = [o.attrib["value"] for o in e.iter("option") if "selected" in o.attrib]
                pairs += [(name, value) for value in options]
            elif e.attrib.get("type") not in ("checkbox", "radio"):
                pairs.append((name, e.attrib.get("value", "")))
            elif "checked" in e.attrib:
                pairs.append((name, e.attrib.get("value", "on")))
        return pairs

    def by_id(self, key: str) -> Element:
        """Return the one element with an id."""
        (found,) = [e for e in self.tree.iter() if e.attrib.get("id") == key]
        return found
