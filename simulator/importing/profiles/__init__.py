"""Profiles that people upload: a day, or up to a year, of load or PV, read from CSV without trust.

``text`` makes lines of bytes, ``finding`` the ``table`` in them, in each way that commas can be read.
``columns`` tells times from values, ``numbers`` what points and commas mean, ``choosing`` asks where more
than one reading is possible. ``stamps``, ``clock`` and ``laid`` make whole days of equal intervals of it, in
standard time; ``period`` dates them; ``units`` makes them per unit of the feeder's customers and doubts what
looks like another unit. ``reading`` does all of it in turn. The result is a ``Series``, of which ``writing``
makes a file again, with a log of what was done.
"""
