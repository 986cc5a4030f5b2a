"""A day against the standard of voltage."""
