"""A formula of a Word document as one line: a fraction keeps its bar, or 1/2 would be read as 12."""

from __future__ import annotations

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BETWEEN = {"f": "/", "sSup": "^", "sSub": "_", "sSubSup": "_^", "mr": "  ", "m": "；", "eqArr": "；"}


def linear(formula: etree._Element) -> str:
    """Return the text of an m:oMath; trees are no deeper than the parser allows (256)."""
    kind = _kind(formula)
    if kind == "t":
        return formula.text or ""
    pieces = [text for child in formula if not _kind(child).endswith("Pr") and (text := linear(child))]
    if kind == "d":
        return f"{_char(formula, 'begChr', '(')}{','.join(pieces)}{_char(formula, 'endChr', ')')}"
    if kind == "rad":
        return f"{pieces[0] if len(pieces) > 1 else ''}√{_grouped(pieces[-1])}" if pieces else ""
    if kind == "nary":
        return _joined([_char(formula, "chr", "∫"), *map(_grouped, pieces[:-1])], "_^") + "".join(pieces[-1:])
    if marks := _BETWEEN.get(kind):
        return _joined(
            [_grouped(piece) for piece in pieces] if kind in {"f", "sSup", "sSub", "sSubSup"} else pieces, marks
        )
    return "".join(pieces)


def _kind(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _char(element: etree._Element, name: str, otherwise: str) -> str:
    """What stands around or before the element's content, as its properties say."""
    found = element.find(f"{M}{_kind(element)}Pr/{M}{name}")
    return otherwise if found is None else found.get(f"{M}val", otherwise)


def _grouped(text: str) -> str:
    return text if text.replace(".", "").isalnum() or len(text) == 1 else f"({text})"


def _joined(pieces: list[str], marks: str) -> str:
    """`marks`: between the first and the second, the second and the third …; the last goes on."""
    out = "".join(pieces[:1])
    for place, piece in enumerate(pieces[1:]):
        out += marks[min(place, len(marks) - 1)] + piece
    return out
