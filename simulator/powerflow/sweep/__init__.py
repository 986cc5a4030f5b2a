"""The sweep: compiled passes over the factors of a feeder's admittance matrix, linear in its buses."""
