"""Pictures in SVG and GeoJSON, from what they are given."""
