"""Chinese punctuation in Chinese text: ``python scripts/punctuation.py [--fix]``.

A comma, colon, semicolon, question or exclamation mark, or parenthesis beside a Chinese character is full-width (GB/T 15834-2011).
Looks at the strings of Python modules, at templates, catalogues, scripts of pages and Chinese pages of the documentation; code is left alone.
"""

import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HAN = "\u3400-\u9fff"
WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
CLOSING = f"{HAN}”》）】"
OPENING = f"{HAN}“《（【"
AFTER_HAN = re.compile(rf"(?<=[{CLOSING}])([,;:?!])(?: (?=[{OPENING}])|(?=[{OPENING}{{A-Za-z0-9\"'<\\]|$))")
BEFORE_HAN = re.compile(rf"(?<=[}}A-Za-z0-9%℃²³⁻¹²)])([,;:?!])(?=[{OPENING}])")
PARENTHESES = re.compile(rf"(?<=[{CLOSING}])\(([^()\"'\n]*)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`|\{%.*?%\}|\]\([^)\n]*\)|\w+://\S+", re.DOTALL)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
INLINE_STATEMENTS = {"NEWLINE", "INDENT", "DEDENT", "NL", "COMMENT", "ENCODING"}


def is_chinese(line: str) -> bool:
    """Whether a line is Chinese rather than English with a Chinese term: as many characters as Latin words, or more.

    >>> is_chinese("请改用 kgCO2e/kWh"), is_chinese("marked use with caution (慎用)")
    (True, False)
    """
    words = PLACEHOLDER.sub("", line)
    han = len(re.findall(f"[{HAN}]", words))
    return han > 0 and han >= len(re.findall(r"[A-Za-z]{2,}", words))


def corrected(text: str) -> str:
    """The text with full-width punctuation beside Chinese characters, line by line; code, addresses and English lines stay.

    >>> corrected("没有因子,即为缺口(见报告):不计为零")
    '没有因子，即为缺口（见报告）：不计为零'
    >>> corrected("{zh: 电, en: electricity}")
    '{zh: 电, en: electricity}'
    """
    return "".join(_corrected_line(line) if is_chinese(line) else line for line in re.split(r"(?<=\n)", text))


def _corrected_line(line: str) -> str:
    line = AFTER_HAN.sub(lambda match: match.group(1).translate(WIDE), line)
    line = BEFORE_HAN.sub(lambda match: match.group(1).translate(WIDE), line)
    return PARENTHESES.sub(lambda match: f"（{match.group(1)}）", line)


def corrected_prose(text: str) -> str:
    """Markdown and templates: code, tags and link targets stay as they are."""
    parts: list[str] = []
    place = 0
    for code in CODE.finditer(text):
        parts += [corrected(text[place : code.start()]), code.group()]
        place = code.end()
    return "".join([*parts, corrected(text[place:])])


def corrected_python(text: str) -> str:
    """A module with its strings corrected; code, docstrings and raw strings (patterns) stay."""
    lines = text.splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for token, before in reversed(list(zip(tokens[1:], tokens, strict=False))):
        if token.type != tokenize.STRING or tokenize.tok_name[before.type] in INLINE_STATEMENTS - {"NL"} or "r" in token.string[:2].lower():
            continue
        (first, start), (last, end) = token.start, token.end
        head, tail = lines[first - 1][:start], lines[last - 1][end:]
        lines[first - 1 : last] = [head + corrected_prose(token.string) + tail]
    return "".join(lines)


def files() -> Iterator[tuple[Path, Callable[[str], str]]]:
    """Every file with Chinese text for people, and how it is read."""
    for path in sorted((ROOT / "src" / "zuji").rglob("*.py")):
        yield path, corrected_python
    prose = [*(ROOT / "docs" / "zh").rglob("*.md"), ROOT / "README.md"]
    web = ROOT / "src" / "zuji" / "web"
    for path in sorted([*prose, *web.rglob("*.html"), *web.rglob("*.po"), *(web / "static").rglob("*.js")]):
        if "vendor" not in path.parts:
            yield path, corrected_prose


def main(arguments: list[str]) -> int:
    """List the files whose punctuation is off, or correct them; 1 when there were any and they stay."""
    fix = arguments == ["--fix"]
    wrong = 0
    for path, correct in files():
        text = path.read_text(encoding="utf-8")
        right = correct(text)
        if right == text:
            continue
        wrong += 1
        if fix:
            path.write_text(right, encoding="utf-8")
        pairs = zip(text.splitlines(), right.splitlines(), strict=True)
        number, line = next((n, new) for n, (old, new) in enumerate(pairs, 1) if old != new)
        print(
            f"{path.relative_to(ROOT)}:{number}: {'corrected' if fix else 'half-width punctuation in Chinese text, should read'}: {line.strip()[:120]}"
        )
    return 1 if wrong and not fix else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
