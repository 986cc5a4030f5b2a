"""Whether what was solved keeps its limits, and how that is said."""
