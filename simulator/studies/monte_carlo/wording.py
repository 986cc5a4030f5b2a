"""What binds over the placements, in words."""

from collections import Counter

from simulator.assessment.wording import KIND_WORDS, sided
from simulator.studies.monte_carlo.answer import MonteCarlo


def binding_words(found: MonteCarlo) -> str:
    """Return which kind of limit binds most often, and then where."""
    (kind, count), *_ = found.kinds.most_common(1)
    often = _often(count, found.placements)
    if kind is None:
        return f"nothing binds in {often}"
    places = Counter({key[1]: n for key, n in found.bindings.items() if key and key[0] == kind})
    (place, most), *_ = places.most_common(1)
    words = f"{KIND_WORDS[kind]} binds in {often}"
    if kind == "no_solution":
        return words
    return f"{words}, first at {place} in {_share(most, found.placements)}"


def _often(count: int, placements: int) -> str:
    return "all placements" if count == placements else f"{_share(count, placements)} of the placements"


def _share(count: int, placements: int) -> str:
    """Return a share in percent that tells some from none, and nearly all from all."""
    return f"{sided(100 * count / placements, (0.0, 100.0), 0)} %"
