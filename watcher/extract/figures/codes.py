"""Codes of firms, people, licences and accounts: their digits end in what looks like a unit (W, L), or run into one."""

from __future__ import annotations

import re
from typing import Final

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.context import Context
from watcher.model import FigureKind

# Identity cards had 15 digits before 18; a credit code has 18 characters (GB 32100), an account 16 to 19.
_LONG: Final = 15
# A licence's number (24), and what a table or a mask (****) glues to it.
_FAR: Final = 40
_WRITTEN: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RUN: Final = re.compile(rf"[0-9A-Za-z]{{0,{_FAR}}}")
_LABELLED: Final = re.compile(
    r"(?:信用代码|机构代码|注册号|执照号码?|许可证(?:编)?号|证书(?:编)?号|资格证号|证件号码?|身份证号码?|税号|识别号|[账帐]号)"
    r"[\]】）)]?[ \t]?[:：]?[ \t]?[0-9A-Za-z*＊\-]*$"
)


def code(context: Context, amount: Amount) -> str | None:
    """91370700MA3C12345W, 账号6222…702户名: no amount is so long, nor is one a part of such a run or behind its label.

    奥迪A4L too: where a letter stands before the digits, a letter behind them is no unit.
    """
    if amount.chinese:
        return None
    before = context.before(amount, _FAR)
    glued = len(before) - len(before.rstrip(_WRITTEN))
    run = _RUN.match(context.text, amount.start)
    if run is None or glued + len(run[0]) >= _LONG or (("号" in before or "码" in before) and _LABELLED.search(before)):
        return "编号"
    return "字母与数字组成的名称或代号" if glued and _is_letter(amount) else None


def _is_letter(amount: Amount) -> bool:
    return (
        amount.unit is not None
        and amount.unit.kind is FigureKind.QUANTITY
        and len(amount.words) == 1
        and amount.words.isascii()
    )
