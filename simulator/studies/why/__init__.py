"""Which powers make up a voltage or a loading."""
