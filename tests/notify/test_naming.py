"""Names, masks and the log filter: nothing secret may be shown."""

from __future__ import annotations

import io
import logging
import subprocess
import sys

import pytest
from apprise.manager_plugins import NotificationManager
from hypothesis import given
from hypothesis import strategies as st

from watcher.errors import NotifyError
from watcher.notify import RedactingFilter, channel_name, check_address, mask
from watcher.notify.address import _PLUGINS
from watcher.notify.chat import SENDERS


@pytest.mark.parametrize(
    ("to", "masked"),
    [
        ("mailtos://user:pa%40ss@smtp.example.org?to=team@example.org", "mailtos://smtp.example.org?to=t…@example.org"),
        ("mailto://?to=reader@example.org", "mailto://?to=r…@example.org"),
        ("mailto://me:geheim@example.org", "mailto://example.org?to=m…@example.org"),
        ("mailto://u:p@ss@host?to=x@example.org", "mailto://…"),
        ("json://u:p@hooks.example:8080/secret?+X-Token=abc", "json://hooks.example:8080/…"),
        ("jsons://[::1]:99/secret", "jsons://[::1]:99/…"),
        ("dingtalk://SECabc@token/", "dingtalk://…"),
        ("feishu://token?secret=abc", "feishu://…"),
        ("tgram://123:abc/42", "tgram://…"),
        ("ntfys://ntfy.example/topic", "ntfys://ntfy.example/…"),
        ("unknown://secret", "unknown://…"),
        ("no address", "…"),
    ],
)
def test_a_masked_address_holds_no_secret(to: str, masked: str) -> None:
    assert mask(to) == masked


@pytest.mark.parametrize(
    ("to", "name"),
    [
        ("mailtos://a", "mail"),
        ("DingTalk://a", "dingtalk"),
        ("json://a", "webhook"),
        ("slack://a", "slack"),
        ("", "unknown"),
    ],
)
def test_channels_have_names(to: str, name: str) -> None:
    assert channel_name(to) == name


@given(st.text(max_size=80), st.sampled_from(["mailto", "json", "dingtalk", "ntfy", "x"]))
def test_no_address_breaks_the_mask(rest: str, scheme: str) -> None:
    assert mask(f"{scheme}://{rest}").startswith(f"{scheme}://")


@given(st.from_regex(r"[A-Za-z0-9]{12,30}", fullmatch=True))
def test_a_password_is_never_in_the_mask(password: str) -> None:
    for address in (f"mailto://user:{password}@mx.example", f"json://h.example/{password}", f"wecombot://{password}"):
        assert password not in mask(address)


@pytest.mark.parametrize(
    ("to", "advice"),
    [
        ("dingtalks://x", "no channel is called 'dingtalks'; did you mean dingtalk://?"),
        ("dingtalk://", "the address is not complete"),
        ("tgram://a/b", "the address is not complete"),
        ("mailto://u:geheim@example.org?to=nobody", "expected a recipient"),
        ("mailto://u:geheim@example.org?to=a@example.org,b@example.org", "write a subscription for each"),
        ("mailto://u:geheim@example.org?to=a@example.org&bcc=b@example.org", "write a subscription for each"),
        ("bark://host.example/one/two", "write a subscription for each"),
        ("bark://host.example/one?key=1234567890123456", "bark: "),
        ("ntfy://host.example/one/two", "write a subscription for each"),
        ("", "expected an address such as"),
    ],
)
def test_an_unusable_address_is_refused_with_advice(to: str, advice: str) -> None:
    with pytest.raises(NotifyError, match=advice.replace("?", r"\?")) as caught:
        check_address(to)

    assert caught.value.permanent
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    "to",
    [
        "mailtos://user:pass@smtp.example.org?to=team@example.org",
        "dingtalk://SECabc@tokentoken/13800000000/13900000000",
        "json://localhost:8080/a",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
    ],
)
def test_a_good_address_is_accepted(to: str) -> None:
    check_address(to)


@given(
    st.sampled_from(["mailto", "json", "dingtalk", "feishu", "wecombot", "tgram", "ntfy", "bark", "slack", "schan"]),
    st.text(max_size=60) | st.text(alphabet="ab1:/@?&=%+-[]#.,to", max_size=60),
)
def test_any_address_is_accepted_or_a_notify_error(scheme: str, rest: str) -> None:
    try:
        check_address(f"{scheme}://{rest}")
    except NotifyError:
        return


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter())
    logger = logging.getLogger("tests.redaction")
    logger.handlers, logger.propagate = [handler], False
    return logger, stream


@pytest.mark.parametrize(
    ("record", "secret"),
    [
        ("posting to dingtalk://SECabc@token/ now", "SECabc"),
        ("posting to slack://own/secret/address now", "secret"),
        ("posting to discord://4174216298/geheim now", "geheim"),
        ("posting to gotifys://push.example/geheim now", "geheim"),
        ("https://hooks.slack.com/services/T1H9/A1BR/geheim", "geheim"),
        ("https://discord.com/api/webhooks/4174216298/geheim", "geheim"),
        ("https://chat.example.org/hooks/geheim", "geheim"),
        ("https://prod-1.logic.azure.example/invoke?sig=geheim", "geheim"),
        ("https://oapi.dingtalk.com/robot/send?access_token=abcdef&timestamp=1", "abcdef"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdef", "abcdef"),
        ("https://api.telegram.org/bot123456:abc-def/sendMessage", "abc-def"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/1111-2222", "1111-2222"),
        ("socks5://user:geheim@proxy.example:1080", "geheim"),
        ("postgresql://watcher:geheim@db.example/watcher", "geheim"),
    ],
)
def test_logs_hold_no_secret(log: tuple[logging.Logger, io.StringIO], record: str, secret: str) -> None:
    logger, stream = log

    logger.warning("%s", record)

    assert secret not in stream.getvalue()


def test_tracebacks_hold_no_secret(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log

    try:
        raise ValueError("cannot send to tgram://1:geheim/2")
    except ValueError:
        logger.exception("failed")

    assert "ValueError: cannot send to tgram://…" in stream.getvalue()
    assert "geheim" not in stream.getvalue()


def test_pages_stay_readable_in_logs(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log

    logger.info("x")
    logger.warning("checked url=https://gov.example/a?id=7 took_s=%.1f", 0.5)

    assert stream.getvalue() == "checked url=https://gov.example/a?id=7 took_s=0.5\n"


def test_naming_a_channel_does_not_load_the_library() -> None:
    code = "import sys, watcher.notify as n; n.mask('json://a/b'); sys.exit('apprise' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_our_channels_are_found_where_the_library_keeps_them() -> None:
    """They are loaded alone, since loading all of its services takes a fifth of a start."""
    library = NotificationManager()  # type: ignore[no-untyped-call]
    library.load_modules()  # type: ignore[no-untyped-call]
    assert set(_PLUGINS) == {*SENDERS, "json", "jsons", "mailto", "mailtos", "tgram", "slack", "ntfy", "ntfys"}
    for scheme, place in _PLUGINS.items():
        assert place.rpartition(".")[2] == library[scheme].__name__
