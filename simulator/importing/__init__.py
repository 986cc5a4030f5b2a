"""Networks that people bring: read without trust, and turned into feeders with a log of each item.

A file becomes a ``Source`` (``reading``: plain, checked tables), the source one or more ``Choice``s of a
feeder (``convert``); ``import_log`` tells what was read, merged, dropped, or cannot be modelled.
"""
