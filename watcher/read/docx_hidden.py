"""The text that Word hides (w:vanish): no reader of the document or of its print sees it."""

from __future__ import annotations

from lxml import etree

from watcher.read.docx_parts import W

_PARAGRAPH, _RUN, _TEXT, _STYLE = f"{W}p", f"{W}r", f"{W}t", f"{W}style"
_HIDES, _VALUE, _ID = f"{W}vanish", f"{W}val", f"{W}styleId"
_OFF = frozenset({"0", "false", "off"})
_MOST_BASES = 20  # styles that one is based on, one on the other


def drop_hidden(tree: etree._Element, styles: etree._Element | None) -> None:
    """Take hidden runs out of `tree`, and the paragraphs of which nothing but a number would be left."""
    hiding = _hiding_styles(styles) if styles is not None else frozenset()
    if not hiding and next(tree.iter(_HIDES), None) is None:
        return
    for run in [run for run in tree.iter(_RUN) if _is_hidden(run, hiding)]:
        _remove(run)
    for paragraph in [one for one in tree.iter(_PARAGRAPH) if _is_hidden_whole(one, hiding)]:
        _remove(paragraph)


def _is_hidden(run: etree._Element, hiding: frozenset[str]) -> bool:
    """What the run says itself outranks its style, and that the style of its paragraph."""
    stated = _stated(run.find(f"{W}rPr"))
    if stated is not None:
        return stated
    if _style(run, "rPr", "rStyle") in hiding:
        return True
    paragraph = next(run.iterancestors(_PARAGRAPH), None)
    return paragraph is not None and _style(paragraph, "pPr", "pStyle") in hiding


def _is_hidden_whole(paragraph: etree._Element, hiding: frozenset[str]) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    hidden = _stated(mark) or _style(paragraph, "pPr", "pStyle") in hiding
    return hidden and next(paragraph.iter(_TEXT), None) is None


def _hiding_styles(styles: etree._Element) -> frozenset[str]:
    """The ids of the styles that hide, by themselves or by one that they are based on."""
    known = {style.get(_ID): style for style in styles.iter(_STYLE)}
    return frozenset(name for name in known if name and _hides(name, known))


def _hides(name: str | None, known: dict[str | None, etree._Element]) -> bool:
    for _ in range(_MOST_BASES):
        style = known.get(name)
        if style is None:
            return False
        stated = _stated(style.find(f"{W}rPr"))
        if stated is not None:
            return stated
        base = style.find(f"{W}basedOn")
        name = None if base is None else base.get(_VALUE)
    return False


def _stated(properties: etree._Element | None) -> bool | None:
    """Whether properties say that text is hidden; None where they say nothing of it."""
    hides = None if properties is None else properties.find(_HIDES)
    return None if hides is None else hides.get(_VALUE, "1").lower() not in _OFF


def _style(element: etree._Element, properties: str, kind: str) -> str | None:
    named = element.find(f"{W}{properties}/{W}{kind}")
    return None if named is None else named.get(_VALUE)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
