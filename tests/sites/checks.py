"""Checks for browsers as the protections of government sites send them: built and as long as real ones, of nothing."""

from __future__ import annotations

# 加速乐: a script that sets a cookie and comes again.
COOKIE = b"<script>document.cookie=('_')+('_')+('j')+('s')+('l');location.href=location.pathname</script>"


def _ruishu() -> bytes:
    """瑞数: 50 kB of key in one meta, as much script in the head that takes it to pieces, and an empty body."""
    key = "".join(f"qK{number:x}_.Zw{number * 7919 % 65_536:x}l" for number in range(3_700))
    steps = "".join(
        f"if (_$a{n} < {n % 36}) {{ _$b{n} += {n}; }} else {{ _$b{n} = _$c.length; }}\n" for n in range(700)
    )
    return f"""<!DOCTYPE html>
<html>
    <head>
        <meta http-equiv="Content-Type" content="text/html; charset=gb2312">
        <title>某市生态环境局</title>
        <meta content="{key}">
        <!--[if lt IE 9]><script r="m">document.createElement("section")</script><![endif]-->
        <script type="text/javascript" r="m">(function() {{
{steps}$_ts = window["$_ts"]; if (!$_ts) $_ts = {{}}; $_ts.cd = "{key[:300]}"; }})()</script>
    </head>
    <body>

    </body></html><script type="text/javascript" r="m">
    //_$if();
</script>
""".encode("gb18030")


RUISHU = _ruishu()
