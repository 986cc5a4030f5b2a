"""Networks that people bring: read without trust, and turned into feeders with an account of each item.

A file becomes a ``Source`` (``reading``: plain, checked tables), the source one or more ``Choice``s of a
feeder (``convert``); ``account`` tells what was read, merged, dropped, or cannot be modelled.
"""
