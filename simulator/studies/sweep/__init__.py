"""How much PV a feeder hosts."""
