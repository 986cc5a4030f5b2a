"""What is derived from the declaration of an answer."""
