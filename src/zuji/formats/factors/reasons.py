"""Why a query found a factor: where the query stands in it, and the word that it stands for."""

from collections.abc import Iterable, Sequence

from zuji.engine.text import Text
from zuji.formats.factors.lines import lookup
from zuji.formats.factors.pinyin import initials
from zuji.formats.factors.terms import normal
from zuji.formats.factors.words import Word, load_words, variants

REASONS: dict[str, Text] = {
    "id": Text("编号相符", "number matches"),
    "name": Text("名称相同", "same name"),
    "start": Text("名称以此开头", "name begins with it"),
    "part": Text("名称含有", "in the name"),
    "synonym": Text("同义词", "synonym"),
    "code": Text("代码", "code"),
    "pinyin": Text("拼音首字母", "pinyin initials of"),
    "line": Text("整行理解为", "the line means"),
    "words": Text("字词相符", "words match"),
}


def reason(query: str, *, factor_id: str, subject: str, name: Text, synonyms: Sequence[str]) -> tuple[str, str]:
    """A key of :data:`REASONS`, and the word that the query stands for (empty: the name or the id itself)."""
    text = normal(query)
    plain = tuple(normal(each) for each in name)
    sought = lookup(text)
    if _is_id(text, factor_id.casefold()):
        return "id", ""
    if text in plain or sought in {lookup(each) for each in name}:
        return "name", ""
    if any(each.startswith(text) for each in plain):
        return "start", ""
    words = load_words().words_of(factor_id, subject)
    spoken = [*synonyms, *(word.text for word in words if word.place != "code")]
    looked = [(lookup(word), word) for word in spoken]
    same = next((word for form, word in looked if form == sought), "")
    if same:
        return "synonym", same
    code = _code(words, text)
    if code:
        return "code", code
    if any(text in each for each in plain):
        return "part", ""
    begun = next((word for form, word in looked if form.startswith(sought)), "") or next(
        (word for form, word in looked if sought in form), ""
    )
    if begun:
        return "synonym", begun
    typed = _typed(text, [*name, *spoken])
    return ("pinyin", typed) if typed else ("words", "")


def _is_id(text: str, factor_id: str) -> bool:
    """Whether an id was typed, whole, begun or its number alone; a word that happens to stand in an id (``…-ALUMINIUM``) is none."""
    return factor_id.startswith(text) or (text in factor_id and any(character.isdigit() for character in text))


def _code(words: Sequence[Word], text: str) -> str:
    plain = text.replace(" ", "")
    return next((f"{word.system} {word.text}" for word in words if word.place == "code" and plain in variants(word.text, word.system)), "")


def _typed(text: str, names: Iterable[str]) -> str:
    """The first of the names whose pinyin initials begin with what was typed."""
    if not (text.isascii() and text.isalpha() and len(text) > 1):
        return ""
    return next((name for name in names if any(letters.startswith(text) for letters in initials(name))), "")
