"""Networks that people bring: read without trust, and turned into feeders with an account of each item.

A file becomes a ``Source`` (``reading``: plain tables, checked), the source one or more ``Choice``s (``convert``:
feeders to choose); ``account`` tells what was read, merged, dropped, or cannot be modelled.
"""
