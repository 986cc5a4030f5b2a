"""How much PV a feeder hosts where nobody knows whose roofs."""
