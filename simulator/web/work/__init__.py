"""Who computes, in what turn, and where answers are kept."""
