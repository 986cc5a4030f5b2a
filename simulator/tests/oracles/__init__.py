"""Slow, independent ways to the numbers that the simulator computes; none of them uses its converters."""
