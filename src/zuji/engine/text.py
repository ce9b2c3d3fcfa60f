"""A text in both languages of the product."""

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """The same words in Chinese and English. Chinese first, English complete."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one language.

        >>> Text("电", "electricity").in_("en")
        'electricity'
        """
        return self.zh if language == "zh" else self.en


def same(text: str) -> Text:
    """A text that reads the same in both languages, such as a formula or a name given once."""
    return Text(text, text)
