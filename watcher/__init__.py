"""watcher: scheduled monitoring of Chinese government pages for service-measure announcements."""

__version__ = "0.1.0"
