"""The factor slice: loaded once, never changed, found by words in both languages."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.integration.conftest import World
from zuji.engine.text import Text
from zuji.formats.factors.confidence import THRESHOLD
from zuji.formats.factors.evaluation import labelled_lines, shipped_shelf
from zuji.registry.audit.models import Event
from zuji.registry.factors import holding, indexing, matching, operations, queries, searching
from zuji.registry.factors.fitting import fitting
from zuji.registry.factors.models import FactorEntry, FactorIndex, FactorVersion
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


def test_what_is_filed_in_another_form_is_filed_anew_and_else_nothing(world: World) -> None:
    assert not indexing.refresh_index(), "it is filed in this form"
    FactorIndex.objects.update(form="older")
    FactorEntry.objects.update(filed="of another form", stamp=1)
    before = {(row.id, row.found_word) for row in searching.search(Filters(query="苏打")).rows}
    assert indexing.refresh_index()
    assert {(row.id, row.found_word) for row in searching.search(Filters(query="苏打")).rows} == before


def _published(world: World, method: Method, name: str) -> FactorVersion:
    """One factor more, through the operation that a publication uses."""
    factor = method.library.find("CHEN2015-MAP")
    assert factor is not None
    new = replace(factor, id=f"NEW-{name}", name=Text(name, name), synonyms=(), digest=f"sha256:{name}")
    return operations.publish_version(new, by="system", at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))


def test_a_publication_files_its_own_factor_and_touches_no_other(world: World, method: Method) -> None:
    searching.search(Filters())
    before = dict(FactorEntry.objects.values_list("factor_id", "stamp"))
    with CaptureQueriesContext(connection) as seen:
        _published(world, method, "芒硝提纯剂")
    assert len(seen) < 20
    assert not [query["sql"] for query in seen if "factors_factorentry" in query["sql"] and "芒硝提纯剂" not in query["sql"]]
    after = dict(FactorEntry.objects.values_list("factor_id", "stamp"))
    assert after.items() - before.items() == {("NEW-芒硝提纯剂", after["NEW-芒硝提纯剂"])}
    assert before.items() <= after.items()


def test_a_process_reads_what_was_filed_since_and_nothing_else(world: World, method: Method) -> None:
    assert _ids(Filters(query="芒硝提纯剂")) == []
    whole = holding.current()
    row = _published(world, method, "芒硝提纯剂")
    assert _ids(Filters(query="芒硝提纯剂"))[0] == row.factor_id
    assert matching.match_line("芒硝提纯剂 25kg").candidates[0].row.id == row.factor_id
    now = holding.current()
    assert (now.drawers[0], now.size) == (whole.drawers[0], whole.size + 1), "what was read before is read once"
    with CaptureQueriesContext(connection) as seen:
        searching.search(Filters(query="芒硝提纯剂"))
    assert len(seen) == 2


class Undone(Exception):
    """A transaction that does not come through."""


def test_what_was_undone_is_not_found_even_where_another_row_takes_its_number(world: World, method: Method) -> None:
    gone = 0

    def published_and_undone() -> None:
        nonlocal gone
        with transaction.atomic():
            gone = _published(world, method, "旧制冰剂").pk
            assert _ids(Filters(query="旧制冰剂"))[0] == "NEW-旧制冰剂"
            raise Undone

    with pytest.raises(Undone):
        published_and_undone()
    assert "NEW-旧制冰剂" not in _ids(Filters(query="旧制冰剂"))
    row = _published(world, method, "新熔盐料")
    assert row.pk == gone or connection.vendor != "sqlite"
    assert _ids(Filters(query="新熔盐料"))[0] == row.factor_id
    assert "NEW-旧制冰剂" not in _ids(Filters(query="旧制冰剂"))


def test_where_much_was_filed_since_the_whole_is_read_again(world: World, method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    first = holding.current().drawers[0]
    monkeypatch.setattr(holding, "MOST_SINCE", 1)
    for name in ("芒硝提纯剂", "新熔盐料"):
        _published(world, method, name)
    now = holding.current()
    assert len(now.drawers) == 1
    assert now.drawers[0] is not first
    assert now.size == FactorEntry.objects.count()


def test_many_lines_mean_what_each_means_alone(world: World) -> None:
    lines = [each.line for each in labelled_lines()[::7]] + ["", "😀", "42.5普硅袋装", "42.5普硅袋装"]
    with CaptureQueriesContext(connection) as seen:
        together = matching.match_lines(lines)
    assert len(seen) <= 3
    assert together == [matching.match_line(line) for line in lines]


def test_the_service_answers_what_the_figures_on_the_labelled_set_are_counted_from(world: World) -> None:
    matcher, shelf = shipped_shelf()
    lines = [each.line for each in labelled_lines()]
    for line, answer in zip(lines, matching.match_lines(lines), strict=True):
        alone = matcher.rank(line, shelf)
        assert answer.found == alone.found
        assert [(each.row.id, each.confidence, each.reason) for each in answer.candidates] == [
            (each.factor_id, each.confidence, each.reason) for each in alone.candidates
        ]


def test_the_command_line_finds_what_the_pages_find(world: World, method: Method) -> None:
    for query in ("铝锭", "电力", "cj", "soda ash", "497-19-8", "水泥 42.5", "steel rebar", "lithium carb"):
        pages = [(row.id, row.found_by, row.found_word) for row in searching.search(Filters(query=query), size=50).rows]
        assert pages == [(hit.factor.id, hit.reason, hit.matched) for hit in method.library.search(query, limit=50)]


def test_a_model_of_ones_own_proposes_and_is_never_believed(world: World) -> None:
    class Letters:
        """Counts letters: texts of the same letters are near."""

        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            vectors = [[float(text.count(letter)) for letter in "abcdefgh"] for text in texts]
            return [[x / (sum(y * y for y in v) ** 0.5 or 1.0) for x in v] for v in vectors]

    answer = matching.match_lines(["hedge bagged cabbage"], embedder=Letters())[0]
    assert not answer.found
    assert answer.candidates
    assert max(each.confidence for each in answer.candidates) < THRESHOLD


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
