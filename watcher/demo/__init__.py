"""The whole path on one machine, offline: a small government site, a pass, an edit, the alerts. See `__main__`."""
