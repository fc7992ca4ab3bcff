"""A small government site on 127.0.0.1 that can publish and edit, and a webhook that keeps what it is sent."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LISTING = "/dtxx/"


@dataclass(frozen=True, slots=True)
class Article:
    path: str
    title: str
    date: str  # 2026-03-02
    credit: str
    paragraphs: tuple[str, ...]


def listing_html(articles: list[Article]) -> str:
    entries = "\n".join(
        f'<li><a href="{escape(one.path)}">{escape(one.title)}</a><span>{one.date}</span></li>' for one in articles
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>动态信息_淄博市生态环境局</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/xxgk/">信息公开</a><a href="/hdjl/">互动交流</a></div>
<ul class="list">
{entries}
</ul><div class="foot">主办：淄博市生态环境局 <a href="/wzdt/">网站地图</a></div></body></html>"""


def article_html(article: Article) -> str:
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(article.title)}_淄博市生态环境局</title>
<meta name="ArticleTitle" content="{escape(article.title)}"><meta name="PubDate" content="{article.date}">
<meta name="ContentSource" content="{escape(article.credit)}"></head><body>
<div class="nav"><a href="/">首页</a><a href="{LISTING}">动态信息</a></div>
<h1>{escape(article.title)}</h1>
<div class="info">发布时间：{article.date} 来源：{escape(article.credit)} <a href="javascript:print()">打印</a></div>
<div class="TRS_Editor">
{body}
</div><div class="foot">版权所有：淄博市生态环境局</div></body></html>"""


@dataclass
class Site:
    """The pages of the site; `publish` puts an article on top of the listing or replaces the one at its path."""

    articles: list[Article] = field(default_factory=list)
    requests: list[tuple[str, int]] = field(default_factory=list)  # (path, status)
    alerts: list[dict[str, Any]] = field(default_factory=list)

    def publish(self, article: Article) -> None:
        known = [one.path for one in self.articles]
        if article.path in known:
            self.articles[known.index(article.path)] = article
        else:
            self.articles.insert(0, article)

    def page(self, path: str) -> bytes | None:
        if path.partition("?")[0] == LISTING:
            return listing_html(self.articles).encode()
        found = next((one for one in self.articles if one.path == path), None)
        return article_html(found).encode() if found else None


class Server:
    """Serve `site` on 127.0.0.1 in a thread while the `with` lasts; POST /alerts takes webhooks."""

    def __init__(self, site: Site) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = site.page(self.path)
            if body is None:
                self._answer(404, b"")
                return
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            known = self.headers.get("If-None-Match") == etag
            self._answer(304 if known else 200, b"" if known else body, etag)

        def do_POST(self) -> None:
            site.alerts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(200, b"{}")

        def _answer(self, status: int, body: bytes, etag: str | None = None) -> None:
            site.requests.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if etag:
                self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent: the demo prints what matters."""

    return Handler
