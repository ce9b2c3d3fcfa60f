"""How templates speak both languages and write numbers. Built in: no template has to load it."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from zuji.documents import numerals, wording
from zuji.engine.text import Text
from zuji.web import labels
from zuji.web.asking import language

register = template.Library()
_PIECES = re.compile(r"\bpieces?\b")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


@register.simple_tag
def say(zh: str, en: str, **values: Any) -> SafeString:
    """Words in both languages, side by side, so that neither can be missing. ``{name}`` stands for an escaped value.

    The texts are the template author's own; what users wrote only ever comes in as a value.
    """
    text = zh if language() == "zh" else en
    return format_html(text, **values) if values else SafeString(text)


@register.filter
def said(text: Text) -> str:
    """A text in the language of the page."""
    return text.in_(language())


@register.filter
def other(text: Text) -> str:
    """A text in the language that the page is not in."""
    return text.in_("en" if language() == "zh" else "zh")


@register.filter
def named(code: str | None, table: str) -> str:
    """The name of a code (a kind, a stage, a geography …) in the language of the page; an unknown code stands for itself."""
    return labels.name(table, code or "").in_(language())


@register.filter
def explained(code: str | None, table: str) -> str:
    """The sentence that explains a code."""
    return labels.explanation(table, code or "").in_(language())


@register.filter
def unit(text: str | None) -> str:
    """A unit as it is printed: ``kgCO2e/t`` becomes kg CO₂e/t, and pieces are 件 on a Chinese page."""
    printed = labels.printed_unit(text or "")
    return _PIECES.sub("件", printed) if language() == "zh" else printed


@register.filter
def figures(value: Decimal | str | None, count: int = 3) -> str:
    """A number with ``count`` significant figures; nothing where there is none, for unknown is never zero."""
    if value is None:
        return "—"
    try:
        return numerals.shown(_exact(value), count)
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return str(value)


@register.filter
def grouped(value: int) -> str:
    """A whole number, thousands grouped."""
    return f"{value:,}"


@register.filter
def float_figures(value: float, count: int = 4) -> str:
    """A binary number with ``count`` significant figures."""
    return numerals.shown(Decimal(repr(value)), count)


@register.filter
def power(value: float) -> str:
    """A small binary number with two figures and a power of ten."""
    return numerals.shown(Decimal(repr(value)), 2)


@register.filter
def entered(value: str) -> str:
    """An amount with all the digits it was given, thousands grouped; one that does not end, with six figures."""
    return numerals.shown(Fraction(value), 6) if "/" in value else numerals.entered(value)


@register.filter
def digits(value: Decimal | None) -> str:
    """A number with all its digits and nothing else: Django would group them or write them with a power of ten."""
    return "" if value is None else format(value, "f")


@register.filter
def percent(share: Decimal | None) -> str:
    """A share of one in per cent."""
    return numerals.percent(share) or "—"


@register.filter
def kilobytes(size: int) -> str:
    """The size of a file."""
    return f"{max(1, round(size / 1024)):,} kB"


@register.filter
def linked(text: str) -> SafeString:
    """A text in which whole web addresses are links; what merely looks like one is left alone."""
    pieces: list[tuple[str]] = []
    last = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;")
        pieces.append((escape(text[last : match.start()]),))
        pieces.append((format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, address),))
        last = match.start() + len(address)
    pieces.append((escape(text[last:]),))
    return format_html_join("", "{}", pieces)


@register.filter
def stated(value: object) -> object:
    """What is stated, or that it was not: unknown is never empty, and never zero."""
    if value is None or value == "":
        return format_html('<span class="quiet">{}</span>', wording.NOT_STATED.in_(language()))
    return value


@register.filter
def changed(value: Decimal | str | None) -> str:
    """A change with its sign and all its digits; a dash where there is none to state."""
    if value is None:
        return "—"
    text = entered(str(value))
    return f"+{text}" if Fraction(value) > 0 else text


@register.filter
def versioned(reference: str) -> tuple[str, str] | None:
    """``id@version`` as the two that an address is made of; None where it names no version, or no address can be made of it."""
    factor, _, version = reference.rpartition("@")
    return (factor, version) if factor and version and "/" not in reference else None


@register.filter
def at(table: Mapping[str, Any], key: str) -> Any:
    """What a table holds under a key; None where it holds nothing."""
    return table.get(key)


@register.filter
def process_name(process: str, names: Mapping[str, Text]) -> str:
    """What a process of the study is called."""
    found = names.get(process)
    return found.in_(language()) if found else process


@register.filter
def place_name(where: str, names: Mapping[str, Text]) -> str:
    """The place that a finding names, with the process by its name: ``kiln / 烟煤`` becomes 熟料煅烧 / 烟煤."""
    process, stroke, rest = where.partition(" / ")
    called = names.get(process) or labels.name("place", process)
    return f"{called.in_(language())}{stroke}{rest}"


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: Any) -> str:
    """The address of this list with some of its parameters changed; an empty one is left out."""
    kept = context["request"].GET.dict()
    kept.update({name: str(value) for name, value in changes.items()})
    if "page" not in changes:
        kept.pop("page", None)
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def _exact(value: Decimal | str) -> Fraction:
    return Fraction(value) if isinstance(value, str) and "/" in value else Fraction(Decimal(value))
