"""A web site on 127.0.0.1 for tests: `from tests.sites import Site, Answer`."""

from tests.sites.server import Answer, Fault, Request, Site, redirect

__all__ = ["Answer", "Fault", "Request", "Site", "redirect"]
