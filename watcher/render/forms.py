"""The templates of messages: ours, and in their place those that an operator wrote. Pure: it is given their texts.

What comes from a page is escaped in each form; a name that does not exist is an error, not nothing.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, Environment, FunctionLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2 import TemplateError as JinjaMistake
from jinja2 import TemplateSyntaxError as SyntaxMistake
from jinja2.nodes import Block, Const, Extends
from markupsafe import Markup

from watcher.errors import TemplateError
from watcher.render.brief import brief

if TYPE_CHECKING:
    from watcher.render.message import View

FORMS: Final = ("txt", "md", "html")
# The names of the templates; the sheet of styles stands inside the HTML one.
NAMES: Final = (*(f"message.{form}.j2" for form in FORMS), "message.css.j2")
# By which a template may take ours for what it does not change: {% extends "ours/message.html.j2" %}.
_OURS: Final = "ours"

# What a line of a template may raise: no such name, a wrong type or number, a template that takes itself in.
_MISTAKES: Final = (JinjaMistake, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RuntimeError)

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|~#&])")
_IN_ADDRESS: Final = {ord(char): f"%{ord(char):02X}" for char in "()<>[]\\*_`|~\"'"}


class Templates:
    """A set of templates, compiled when they are first used."""

    def __init__(self, written: Mapping[str, str] | None = None, folder: str = "") -> None:
        """`written`: the text of each template of `folder`, by its name; ours stand for those that are not in it."""
        self._written, self._folder = dict(written or {}), folder
        self._environments: dict[str, Environment] = {}

    def render(self, form: str, view: View) -> str:
        """What a form (`FORMS`) says of a view; the one for mail is never so long that mail programs cut it.

        Raises:
            TemplateError: which template is wrong, where, and how.
        """
        return brief(view, partial(self._made, form)) if form == "html" else self._made(form, view)

    def _made(self, form: str, view: View) -> str:
        try:
            return self._environment(form).get_template(f"message.{form}.j2").render(view=view).strip()
        except SyntaxMistake as exc:
            raise TemplateError(exc.filename or self._path(exc.name or form), exc.lineno, exc.message or "") from exc
        except _MISTAKES as exc:  # of an operator's template; what ours does is our own
            if not self._written:
                raise
            name, line = self._place(exc, form)
            raise TemplateError(name, line, f"{type(exc).__name__}: {exc}") from exc

    def look_for_blocks(self) -> None:
        """Raises TemplateError where one that takes ours fills a block that ours has not: it would show nowhere."""
        for name, text in self._written.items():
            environment = self._environment("html" if name == "message.css.j2" else name.split(".")[1])
            tree = environment.parse(text)
            taken = [one.template.value for one in tree.find_all(Extends) if isinstance(one.template, Const)]
            there = {block for one in taken for block in environment.get_template(one).blocks}
            for block in tree.find_all(Block) if taken else ():
                if block.name not in there:
                    ours = " and ".join(sorted(there)) or "none"
                    raise TemplateError(self._path(name), block.lineno, f"no block {block.name} in {taken[0]}: {ours}")

    def _environment(self, form: str) -> Environment:
        if form not in self._environments:
            self._environments[form] = _environment(form, self._load)
        return self._environments[form]

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (self._written[name], self._path(name), lambda: True) if name in self._written else None

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _place(self, exc: Exception, form: str) -> tuple[str, int | None]:
        """The innermost line of the operator's that led to it."""
        paths = {self._path(name) for name in self._written}
        frames = [frame for frame in traceback.extract_tb(exc.__traceback__) if frame.filename in paths]
        return (frames[-1].filename, frames[-1].lineno) if frames else (self._path(f"message.{form}.j2"), None)


OURS: Final = Templates()


def _environment(form: str, load: Callable[[str], tuple[str, str, Callable[[], bool]] | None]) -> Environment:
    ours = PackageLoader("watcher.render")
    environment = Environment(
        loader=ChoiceLoader([FunctionLoader(load), ours, PrefixLoader({_OURS: ours})]),
        autoescape=form == "html",
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # it would look at the file for each message
        undefined=StrictUndefined,
        finalize=_escaped if form == "md" else None,
    )
    environment.filters["address"] = lambda value: Markup(str(value).translate(_IN_ADDRESS))
    return environment


def _escaped(value: object) -> object:
    """Escape what would be markup in Markdown; only addresses, encoded already, pass as they are."""
    if isinstance(value, Markup):
        return str(value)
    if isinstance(value, StrictUndefined):
        return value
    # A mark or a number at the head of a line would begin a list, a heading or a rule.
    text = re.sub(r"^(\s*)([-+=])", r"\1\\\2", _MARKDOWN.sub(r"\\\1", str(value)))
    return re.sub(r"^(\s*\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
