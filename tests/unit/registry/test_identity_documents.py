"""Numbers of identity documents: the last character of a resident's number catches every single wrong digit (GB 11643)."""

from hypothesis import given
from hypothesis import strategies as st

from zuji.registry.accounts.identity_documents import fault_of_document, written

PUBLISHED = "11010519491231002X"  # the example in annex A of GB 11643-1999


def test_the_example_of_the_standard_is_taken() -> None:
    assert fault_of_document(PUBLISHED) is None
    assert fault_of_document(" １１０１０５ 19491231 002x") is None


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_found(place: int, by: int) -> None:
    wrong = PUBLISHED[:place] + str((int(PUBLISHED[place]) + by) % 10) + PUBLISHED[place + 1 :]
    assert fault_of_document(wrong) is not None


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered_and_written_one_way(text: str) -> None:
    fault_of_document(text)
    assert written(written(text)) == written(text)
