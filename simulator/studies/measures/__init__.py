"""What helps, and what is cheapest."""
