"""What answers tell, each figure declared once, and what is derived from that: JSON, and the API's words."""
