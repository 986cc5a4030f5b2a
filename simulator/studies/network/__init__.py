"""A feeder as it lies."""
