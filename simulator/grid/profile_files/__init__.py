"""Profiles that people upload: a day, or a year, of load or PV, read from CSV without trust.

``text`` finds a file's lines, separator, header and times; ``reading`` its numbers; ``units`` makes them
per unit of the feeder's customers; the result is a ``Series``, of which ``writing`` makes a file again.
"""
