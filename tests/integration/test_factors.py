"""The factor slice: loaded once, never changed, found by words in both languages."""

import datetime
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.integration.conftest import World
from zuji.registry.audit.models import Event
from zuji.registry.factors import indexing, matching, operations, queries, searching
from zuji.registry.factors.fitting import fitting
from zuji.registry.factors.models import FactorIndex, FactorVersion
from zuji.registry.factors.searching import Filters
from zuji.registry.footprints.method import Method
from zuji.registry.refusals import NotFound, Refused

ELECTRICITY = "CN-EL-CF-2024-national"


def _ids(filters: Filters, size: int = 1000) -> list[str]:
    return [row.id for row in searching.search(filters, size=size).rows]


def test_the_whole_library_is_there(world: World, method: Method) -> None:
    assert queries.counts().factors == len(method.library)
    assert sorted(_ids(Filters())) == sorted(factor.id for factor in method.library.all())


def test_a_second_load_does_nothing(world: World, method: Method) -> None:
    before = Event.objects.count()
    loaded = operations.load_library(actor="system", versions=[(factor, "") for factor in method.library.all()])
    assert (loaded.added, loaded.known) == (0, len(method.library))
    assert Event.objects.count() == before


def test_a_published_version_with_another_content_is_refused(world: World, method: Method) -> None:
    factor = method.library.find(ELECTRICITY)
    assert factor is not None
    with pytest.raises(Refused, match="never changes"):
        operations.load_library(actor="system", versions=[(replace(factor, digest="sha256:other"), "")])


@pytest.mark.parametrize("statement", ["UPDATE factors_factorversion SET value = '0'", "DELETE FROM factors_factorversion"])
def test_the_database_refuses_to_change_a_factor(world: World, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_correction_is_a_new_version_and_the_newest_is_shown(world: World, method: Method) -> None:
    factor = method.library.find(ELECTRICITY)
    assert factor is not None
    operations.load_library(actor="system", versions=[(replace(factor, version="9", digest="sha256:nine"), "")])
    assert queries.newest_version(ELECTRICITY) == "9"
    assert _ids(Filters(query=ELECTRICITY)).count(ELECTRICITY) == 1
    old = queries.sheet(ELECTRICITY, factor.version)
    assert not old.newest
    assert old.versions == ("9", factor.version)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("铝锭", "PENG2022-AL-primary"),
        ("原铝锭", "PENG2022-AL-primary"),
        ("铝", "PENG2022-AL-primary"),
        ("电力碳足迹", ELECTRICITY),
        (ELECTRICITY, ELECTRICITY),
        ("electricity", ELECTRICITY),
        ("elect", ELECTRICITY),
        ("ＥＬＥＣＴＲＩＣＩＴＹ", ELECTRICITY),
        ("烟煤", "CN-FUEL-bituminous_coal"),
    ],
)
def test_words_in_both_languages_find(world: World, query: str, wanted: str) -> None:
    assert wanted in _ids(Filters(query=query))


def test_the_best_match_comes_first_with_its_reason(world: World) -> None:
    first = searching.search(Filters(query="原铝锭")).rows[0]
    assert "原铝锭" in first.name.zh
    assert first.found_by in {"name", "start", "part"}


@pytest.mark.parametrize(
    ("query", "first", "found_by", "word"),
    [
        ("碳酸钠", "CPCD-34240B0052025C", "start", ""),
        ("苏打", "CPCD-34240B0022014A", "synonym", "苏打"),
        ("cj", "CPCD-34240B0022014A", "pinyin", "纯碱"),
        ("lsya", "CHEN2015-MAP", "pinyin", "磷酸一铵制造(中国)"),
        ("497-19-8", "CPCD-34240B0022014A", "code", "CAS 497-19-8"),
        ("2836.20", "CPCD-34240B0022014A", "code", "HS 283620"),
        ("283620", "CPCD-34240B0022014A", "code", "HS 283620"),
        ("C2612", None, "code", "GB/T 4754 2612"),
        ("螺纹钢", "CPCD-42190X0412022C", "synonym", "螺纹钢"),
        ("Rebar", "CPCD-42190X0412022C", "synonym", "rebar"),
    ],
)
def test_a_code_pinyin_or_synonym_finds_and_the_reason_is_told(
    world: World, query: str, first: str | None, found_by: str, word: str
) -> None:
    found = searching.search(Filters(query=query))
    shown = [(row.id, row.found_by, row.found_word) for row in found.rows]
    assert shown, query
    if first is not None:
        assert (first, found_by, word) in shown[:6], shown[:6]
    else:
        assert {(by, text) for _, by, text in shown} == {(found_by, word)}


def test_the_words_are_indexed_anew_only_where_they_changed(world: World) -> None:
    assert not indexing.refresh_index(), "the index is of these words"
    FactorIndex.objects.update(fingerprint="of other words")
    before = {(row.id, row.found_word) for row in searching.search(Filters(query="苏打")).rows}
    assert indexing.refresh_index()
    assert {(row.id, row.found_word) for row in searching.search(Filters(query="苏打")).rows} == before


def test_the_index_finds_what_reading_every_name_finds(world: World, method: Method) -> None:
    """The oracle is a plain reading of all names: nothing that contains the query may be missing."""
    for query in ("水泥", "铝", "柴油", "天然气", "运输", "电力", "氨"):
        plain = {factor.id for factor in method.library.all() if query in factor.name.zh}
        assert plain, query
        assert plain <= set(_ids(Filters(query=query))), query


@pytest.mark.parametrize("query", ["%", "_", "'; DROP TABLE factors_factorversion; --", "\x00", "😀", "🚀" * 60, "\u202e铝"])
def test_hostile_queries_are_only_words(world: World, query: str) -> None:
    searching.search(Filters(query=query))
    assert len(matching.match_lines([query, f"水泥{query}"])) == 2
    fitting("kgCO2e/kg", query=query)
    assert FactorVersion.objects.count() > 0


def test_words_that_never_stand_together_find_by_half(world: World) -> None:
    found = searching.search(Filters(query="铝锭 xyzzy"))
    assert found.loosened
    assert found.total > 0


def test_nothing_is_an_answer_too(world: World) -> None:
    found = searching.search(Filters(query="xyzzyplugh"))
    assert (found.total, found.rows) == (0, ())


def test_each_facet_counts_what_choosing_it_would_leave(world: World) -> None:
    base = Filters(query="电力")
    found = searching.search(base)
    for facet in searching.FACETS:
        assert sum(count for _, count in found.facets[facet]) == found.total
        for value, count in found.facets[facet][:5]:
            assert searching.search(replace(base, **{facet: value})).total == count


def test_pages_show_everything_once(world: World) -> None:
    chosen = Filters(kind="life-cycle")
    pages = searching.search(chosen).pages
    assert pages > 2
    seen = [row.reference for page in range(1, pages + 1) for row in searching.search(chosen, page=page).rows]
    assert len(seen) == len(set(seen)) == searching.search(chosen).total


def test_the_number_of_queries_does_not_depend_on_what_is_found(world: World) -> None:
    counts = set()
    for query in ("电力", "原铝锭", "铝", "cj", "497-19-8", "steel rebar"):
        with CaptureQueriesContext(connection) as seen:
            searching.search(Filters(query=query), size=100)
        counts.add(len(seen))
    assert len(counts) == 1


def test_a_sheet_shows_what_the_library_says(world: World, method: Method) -> None:
    for factor in method.library.all()[::40]:
        sheet = queries.sheet(factor.id, factor.version)
        assert (sheet.name, sheet.unit, sheet.source, sheet.digest) == (factor.name, factor.unit, factor.source, factor.digest)
        assert len(sheet.parts) == len(factor.parts)


def test_rows_of_one_thing_stand_side_by_side(world: World, method: Method) -> None:
    grouped = next(factor for factor in method.library.all() if method.library.alongside(factor.id))
    beside = {row.id for row in queries.sheet(grouped.id, grouped.version).alternatives}
    assert {other.id for other in method.library.alongside(grouped.id)} & beside


@pytest.mark.parametrize("reference", [("no-such-factor", "1"), (ELECTRICITY, "999")])
def test_a_missing_factor_is_not_found(world: World, reference: tuple[str, str]) -> None:
    with pytest.raises(NotFound):
        queries.sheet(*reference)


def test_what_became_of_a_version_is_seen_in_the_list_and_it_is_no_answer_any_more(world: World) -> None:
    row = FactorVersion.objects.get(factor_id="CPCD-34240B0022014A")
    assert matching.match_line("重质纯碱").found
    assert [each.id for each in fitting("kgCO2e/kg", query="纯碱").rows][:1] == [row.factor_id]
    operations.set_standing(row, "revoked", by="system", at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC), reason="来源有误")
    assert row.factor_id in _ids(Filters(query="纯碱", state="revoked"))
    assert row.factor_id not in {each.row.id for each in matching.match_line("重质纯碱").candidates}
    assert row.factor_id not in {each.id for each in fitting("kgCO2e/kg", query="纯碱").rows}
    indexing.index_newest({row.factor_id})
    assert row.factor_id in _ids(Filters(query="纯碱", state="revoked"))
