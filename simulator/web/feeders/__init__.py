"""People's own feeders and profiles: in, out, changed."""
