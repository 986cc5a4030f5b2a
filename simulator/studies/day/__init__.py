"""A feeder through a day."""
