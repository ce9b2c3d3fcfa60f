"""The kinds of file that are taken, and how those and others are recognised by their first bytes."""

KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Kind to media type (IANA)."""

SUFFIXES = {
    ".pdf": "pdf",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".csv": "csv",
    ".txt": "txt",
}
"""Ending of a name, in small letters, to kind."""

# Published signatures: PDF 2.0 (ISO 32000-2, 7.5.2), PNG (W3C, 5.2), JPEG (ISO 10918-1, B.1.1.3), ZIP (APPNOTE 4.3.7), OLE2 ([MS-CFB] 2.2), ELF, Mach-O …
_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x7fELF", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rtf"),
)
_PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<iframe", b"<!--")
_STILL = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def recognised(data: bytes) -> str:
    """What the first bytes say: a kind, ``zip``, ``text``, or the name of something that is not taken."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "picture"
    if data[4:8] == b"ftyp":
        return "picture" if data[8:12] in _STILL else "video"
    head = data[:1024]
    if b"\0" in head:
        if head.startswith(b"MZ"):
            return "program"
        return "picture" if head.startswith(b"BM") else "unknown"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_PAGES):
        return "page"
    return "program" if start.startswith((b"#!", b"@echo")) else "text"
