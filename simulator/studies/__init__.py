"""What is asked of a feeder: snapshots, hosting capacity, comparison, guidance."""
