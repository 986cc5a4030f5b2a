"""What a feeder is: its schema and files, the profiles, the limits, the synthetic twelve."""
