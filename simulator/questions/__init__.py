"""What is asked of a feeder: the one question that every study starts from, and its fields."""
