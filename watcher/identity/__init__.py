"""Whether two pages are one announcement."""
