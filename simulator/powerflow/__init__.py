"""How a feeder is solved: pandapower as the reference, a batch solver for many cases at once."""
