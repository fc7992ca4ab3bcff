"""The page under its readers."""
