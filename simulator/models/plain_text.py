"""Text as people read it: nothing in it that is not seen, or that turns what is seen around."""

import unicodedata

from django.core.exceptions import ValidationError

# Format characters that some scripts and pictures are written with: joiners, and the soft hyphen.
_NEEDED = {"\u200c", "\u200d", "\u00ad"}
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LINES = {"\r", "\n", "\t"}


def refuse_hidden(text: str, label: str = "Text", *, lines: bool = False) -> None:
    """Refuse control characters, direction marks and broken characters, by their names.

    Raises: ValidationError with the code ``hidden``.
    """
    found = {c for c in text if unicodedata.category(c) in _HIDDEN} - _NEEDED - (_LINES if lines else set())
    if found:
        named = ", ".join(f"U+{ord(c):04X}" for c in sorted(found)[:3])
        words = f"{label}: leave out {named}; control characters and direction marks are not taken."
        raise ValidationError(words, code="hidden")


def refuse_hidden_in_lines(text: str) -> None:
    """Refuse what several lines of text may not hold.

    Raises: ValidationError with the code ``hidden``.
    """
    refuse_hidden(text, lines=True)
