"""What every address shares: errors, headers, health."""
