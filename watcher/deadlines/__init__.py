"""What is due when, and who is reminded of it."""
