"""The pages that ask and show."""
