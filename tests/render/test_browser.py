"""Mail in Debian's Chromium: phone and desk, light and dark; what a reader sees of each kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.render import samples

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: make test-deps")

# Background and text of the sheet.
COLOURS = {"light": ("rgb(255, 255, 255)", "rgb(20, 24, 28)"), "dark": ("rgb(26, 30, 34)", "rgb(241, 244, 246)")}
STYLES = """() => {
    const style = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
    return [style('.sheet', 'backgroundColor'), style('.headline', 'color')];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def mails() -> dict[str, str]:
    return {name: message.html for name, message in samples.messages()}


def shown(browser: Browser, html: str, width: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=False,
    )
    page = context.new_page()
    page.set_content(html)
    return page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", COLOURS)
@pytest.mark.parametrize("name", [f"{kind}-{language}" for language in ("zh", "en") for kind in samples.KINDS])
def test_a_mail_fits_its_window_in_light_and_dark(
    browser: Browser, mails: dict[str, str], name: str, scheme: str, width: int
) -> None:
    page = shown(browser, mails[name], width, scheme)
    try:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert tuple(page.evaluate(STYLES)) == COLOURS[scheme]
        assert page.locator(".sheet").bounding_box()["width"] <= 600  # type: ignore[index]
        assert page.locator(".headline").is_visible()
        if name.startswith(("new", "changed")):
            rows = page.locator("table.figures tr")
            assert rows.count() == 8
            assert all(row.locator("th").is_visible() and row.locator("td").is_visible() for row in rows.all())
        hidden = page.locator("body > div").first
        assert not hidden.is_visible()
    finally:
        page.context.close()
