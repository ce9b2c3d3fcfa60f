"""``zuji match``: which factors lines of text mean, and how well that works on the labelled set."""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zuji.engine.text import Language
    from zuji.formats.factors.matching import Matcher, Shelf

DONE, USAGE = 0, 2
_SHOWN = 3


def add_matching(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """``zuji match``."""
    match = commands.add_parser("match", help="which factors lines of text mean 将物料与能源的写法对应到因子")
    match.add_argument("lines", metavar="LINE", nargs="*", help="as it stands in a bill of materials 如“42.5普硅袋装”")
    match.add_argument("--evaluate", action="store_true", help="count over the labelled set that ships 在随附的标注集上计数")
    match.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    match.set_defaults(run=_match)


def _match(chosen: argparse.Namespace) -> int:
    from zuji.formats.factors.evaluation import evaluated, shipped_shelf  # noqa: PLC0415  # takes time

    language: Language = chosen.lang
    if not (chosen.evaluate or chosen.lines):
        sys.stderr.write("zuji match: LINE, --evaluate\n")
        return USAGE
    matcher, shelf = shipped_shelf()
    for line in chosen.lines:
        _say(_answer(line, matcher, shelf, language))
    if chosen.evaluate:
        from zuji.documents.terminal import columns  # noqa: PLC0415  # the same

        _say("\n".join(columns(evaluated(language), right={1, 2, 3, 4, 5, 6})))
    return DONE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _answer(line: str, matcher: "Matcher", shelf: "Shelf", language: "Language") -> str:
    match = matcher.rank(line, shelf)
    none = {"zh": "没有可信的对应", "en": "no match"}[language]
    shown = [line if match.found else f"{line}: {none}"]
    shown += [
        f"  {candidate.confidence:.2f}  {candidate.factor_id}  {candidate.reason.in_(language)}" for candidate in match.candidates[:_SHOWN]
    ]
    return "\n".join(shown)
