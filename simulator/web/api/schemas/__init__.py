"""What the API takes and gives: strict, so that a wrong word is never a silent default."""
