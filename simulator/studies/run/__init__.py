"""A feeder at one moment."""
