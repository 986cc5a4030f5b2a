"""What draws and feeds in at a customer, and what that comes to in each quarter-hour."""
