"""What a file of this site's own form says that readers must know first.

Whoever writes a file writes these words, and everybody reads them once its feeder is published: they stand as
the file's, never in the site's own voice.
"""

from simulator.grid.caveats import ABOUT_WORDS, About, Caveat
from simulator.importing.bounds import legible
from simulator.importing.import_log import Item

MAX_WORDS = 600  # characters of one
MOST = 10  # of a feeder; what the site itself writes has fewer, unless many taps are controlled
SAYS = "The file says: "
FOUND_ANEW: tuple[About, ...] = ("units", "no_potential", "whole_band")  # by the site, of what the file holds


def as_the_file_says(caveats: tuple[Caveat, ...]) -> tuple[tuple[Caveat, ...], tuple[Item, ...]]:
    """Return caveats as words of the file, and what is told of them, without what the site finds itself."""
    kept = [caveat for caveat in caveats if caveat.about not in FOUND_ANEW]
    said = tuple(Caveat(about=each.about, words=_said(each)) for each in kept[:MOST])
    items = [Item("read", "feeder", (), "what to know first stands as the file's words", "simplified")]
    if len(kept) > MOST:
        words = f"{len(kept)} things to know first; the first {MOST} are kept"
        items.append(Item("dropped", "feeder", (), words, "simplified"))
    return said, tuple(items) if said else ()


def _said(caveat: Caveat) -> str:
    words = " ".join(caveat.words.split()).removeprefix(SAYS)
    return legible(f"{SAYS}{words or ABOUT_WORDS[caveat.about]}", MAX_WORDS)
