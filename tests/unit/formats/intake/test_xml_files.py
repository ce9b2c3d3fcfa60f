"""XML is data: whatever asks for more is refused with file and line, and every honest encoding is read."""

import pytest

from zuji.formats.intake import Unreadable, read_xml

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BAD = {
    "DTD": '<!DOCTYPE a SYSTEM "a.dtd"><a/>',
    "XXE": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><a/>',
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>',
    "XInclude": '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>',
    "undefined entity": "<a>&x;</a>",
    "200,000 deep": "<a>" * 200_000 + "</a>" * 200_000,
    "cut off": "<a><b>1</b>",
    "two roots": "<a/><b/>",
    "no XML": "datasets: none",
    "empty": "",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_is_more_than_data_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_xml(text.encode(encoding), "folder/bad.xml")
    assert refused.value.place.file == "folder/bad.xml"


def test_the_line_is_named() -> None:
    with pytest.raises(Unreadable, match=r"bad\.xml: line 3"):
        read_xml(b"<a>\n<b>\n</a>", "bad.xml")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", ""), ("gbk", "GBK"), ("gb18030", "gb18030"),
     ("gb2312", "GB2312")],
)  # fmt: skip
def test_honest_encodings_are_read(encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    assert read_xml(f"{head}<a>水泥熟料</a>".encode(encoding), "a.xml").text == "水泥熟料"


@pytest.mark.parametrize(
    "data",
    [
        '<?xml version="1.0" encoding="UTF-8"?><a>水泥</a>'.encode("gbk"),
        "<a>水泥</a>".encode("gbk"),
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>',
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
        "<a/>".encode("utf-32"),
        b"PK\x03\x04 a zip named xml",
        b"%PDF-1.7",
        b"<a>\0</a>",
    ],
)
def test_mislabelled_files_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_xml(data, "a.xml")
    assert refused.value.code in {"encoding", "mislabelled"}


def test_comments_and_instructions_are_nothing() -> None:
    root = read_xml(b'<?xml-stylesheet href="x.xsl"?><!-- a --><a><!-- b --><c>1</c></a>', "a.xml")
    assert [child.tag for child in root] == ["c"]
