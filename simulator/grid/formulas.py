"""Text that a spreadsheet would run as a formula.

Source: OWASP, CSV Injection.
"""

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the last four as East Asia writes them
BREAKS = ("\t", "\r", "\n")


def would_run(text: str) -> bool:
    """Tell whether a spreadsheet may take text for a formula; some leave out white space before it."""
    return text.startswith(BREAKS) or text.lstrip().startswith(STARTS)
