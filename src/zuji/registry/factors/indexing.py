import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from django.db import connection, transaction
from django.db.models import Max

from zuji.formats.factors.lines import lookup, without_brackets
from zuji.formats.factors.pinyin import initials
from zuji.formats.factors.terms import indexed, terms
from zuji.formats.factors.words import load_words, variants
from zuji.registry.factors.models import FactorEntry, FactorIndex, FactorLexeme, FactorVersion, Standing

FORM = "4"  # changes when the index is built in another way
LONGEST = 80
WHOLE, SOUND = "=", "~"
_WEIGHTS = {"whole-name": 40, "whole-word": 30, "code": 30, "name": 4, "synonym": 3, "sound": 2, "rest": 1}
OUT = ("expired", "superseded", "revoked")
"""States of a factor that is no longer offered, as it was published or as it became since; where several hold, the last of these counts."""
_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]", re.ASCII)
_BATCH = 500


@transaction.atomic
def index_newest(ids: Collection[str]) -> None:
    """File these factors, each in its newest version, under their words; what they were filed under before is taken away."""
    if not FactorEntry.objects.exists():
        FactorIndex.objects.get_or_create(fingerprint=_fingerprint())
    FactorEntry.objects.filter(factor_id__in=ids).delete() if len(ids) < _BATCH else _remove(ids)
    newest = FactorVersion.objects.values("factor_id").annotate(newest=Max("pk")).order_by()
    chosen = {row["newest"] for row in newest if row["factor_id"] in ids}
    _file(FactorVersion.objects.order_by("pk").iterator(chunk_size=_BATCH), chosen)


def restate(version: FactorVersion) -> None:
    """Note in the index what became of a version."""
    FactorEntry.objects.filter(version=version).update(state=_became([version]).get(version.pk, version.state))


def _became(versions: Collection[FactorVersion]) -> dict[int, str]:
    """What became of those versions that are no longer offered, by their number."""
    rows = Standing.objects.filter(factor__in=versions, state__in=OUT).values_list("factor_id", "state")
    return dict(sorted(rows, key=lambda row: OUT.index(row[1])))


def refresh_index() -> bool:
    """Make the index anew where it was made of other words, as after an update of the product; whether it was."""
    wanted = _fingerprint()
    if FactorIndex.objects.filter(fingerprint=wanted).exists():
        return False
    with transaction.atomic():
        FactorIndex.objects.all().delete()
        index_newest(set(FactorVersion.objects.values_list("factor_id", flat=True)))
        FactorIndex.objects.get_or_create(fingerprint=wanted)
    return True


def _fingerprint() -> str:
    return hashlib.sha256(f"{FORM}:{load_words().fingerprint}".encode()).hexdigest()


def _remove(ids: Collection[str]) -> None:
    kept = [number for number, factor in FactorEntry.objects.values_list("pk", "factor_id") if factor in ids]
    for start in range(0, len(kept), _BATCH):
        FactorEntry.objects.filter(pk__in=kept[start : start + _BATCH]).delete()


def _file(rows: Iterable[FactorVersion], chosen: Collection[int]) -> None:
    known = dict(FactorLexeme.objects.values_list("text", "pk"))
    batch: list[FactorVersion] = []
    for row in rows:
        if row.pk in chosen:
            batch.append(row)
        if len(batch) == _BATCH:
            _file_batch(batch, known)
            batch = []
    _file_batch(batch, known)


def _file_batch(batch: list[FactorVersion], known: dict[str, int]) -> None:
    became = _became(batch)
    FactorEntry.objects.bulk_create([_entry(row, became.get(row.pk, "")) for row in batch])
    filed = [(row.pk, terms_of(row)) for row in batch]
    fresh = {text for _, terms in filed for text in terms} - known.keys()
    FactorLexeme.objects.bulk_create([FactorLexeme(text=text) for text in sorted(fresh)], batch_size=2000)
    missing = sorted(fresh)
    for start in range(0, len(missing), _BATCH):
        known |= dict(FactorLexeme.objects.filter(text__in=missing[start : start + _BATCH]).values_list("text", "pk"))
    # Some hundred rows for each factor: through the models this takes ten times as long.
    rows = [(known[text], number, weight) for number, terms in filed for text, weight in terms.items()]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO factors_factorterm (lexeme_id, entry_id, weight) VALUES (%s, %s, %s)", rows)


def _entry(row: FactorVersion, became: str) -> FactorEntry:
    same = ("factor_id", "category", "kind", "geography", "per", "subject", "rank")
    return FactorEntry(version_id=row.pk, state=became or row.state, **{name: getattr(row, name) for name in same})


def terms_of(row: FactorVersion) -> dict[str, int]:
    """The lexemes under which a version is filed, each with the weight of the best place where it stands."""
    found: dict[str, int] = {}
    for text, place in _lexemes(row):
        cut = text[:LONGEST]
        found[cut] = max(found.get(cut, 0), _WEIGHTS[place])
    return found


def _lexemes(row: FactorVersion) -> Iterator[tuple[str, str]]:
    names = [row.name_zh, row.name_en]
    synonyms: list[str] = json.loads(row.synonyms)
    for name in names:
        yield from ((f"{WHOLE}{form}", "whole-name") for form in {lookup(name), lookup(without_brackets(name))})
    yield f"{WHOLE}{lookup(row.factor_id)}", "whole-name"
    yield from ((synonym, "code") for synonym in synonyms if _CAS.fullmatch(synonym))
    for synonym in synonyms:
        yield f"{WHOLE}{lookup(synonym)}", "synonym"  # a row's own synonyms are wide: 煤 is one of coal gas
    for concept in load_words().concepts(row.factor_id, row.subject):
        yield from _of_concept(concept)
    for text in (*names, row.factor_id):
        yield from ((term, "name") for term in indexed(text))
    for text in synonyms:
        yield from ((term, "synonym") for term in indexed(text))
    for text in (*names, *synonyms):
        yield from ((f"{SOUND}{letters}", "sound") for letters in initials(text))
    yield from ((term, "rest") for term in terms(f"{row.category} {row.geography} {row.year or ''} {row.publisher} {row.source}"))


@cache
def _of_concept(concept: str) -> tuple[tuple[str, str], ...]:
    """The lexemes of the words of a concept, each with its place."""
    found: list[tuple[str, str]] = []
    for word in load_words().by_concept[concept]:
        if word.place == "code":
            found += [(form, "code") for form in variants(word.text, word.system)]
            continue
        found.append((f"{WHOLE}{lookup(word.text)}", "whole-name" if word.first else "whole-word"))
        found += [(term, "synonym") for term in indexed(word.text)]
        found += [(f"{SOUND}{letters}", "sound") for letters in initials(word.text)]
    return tuple(found)
