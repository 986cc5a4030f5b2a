"""What each bus can still take."""
