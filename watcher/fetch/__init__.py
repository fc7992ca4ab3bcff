"""An address -> `Page` or `NotModified`: guarded, polite, limited, retried. Looks inside no body but a refusal's.

    async with Fetcher(options) as fetcher:
        page = await fetcher.fetch("https://sthj.example.gov.cn/dtxx/", validators)

Cookies that outlive one chain of redirects are not its business.
"""

from watcher.fetch.client import Fetcher
from watcher.fetch.retry import Limits
from watcher.fetch.trouble import CODES, STATUS_ADVICE

__all__ = ["CODES", "STATUS_ADVICE", "Fetcher", "Limits"]
