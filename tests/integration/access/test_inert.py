"""What the tests of hostile text would find, were it there."""

import pytest
from django.http import HttpResponse

from tests.integration.access.inert import alive

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", "<p>a<script>zjx()</script>"),
        ("text/html", '<input value=""\'><img src=x onerror=zjx()>'),
        ("text/html", '<a href=" javascript:zjx()">'),
        ("text/html", '<a href="data:text/html,zjx">'),
        ("text/html", "<b id=zjx>"),
        ("image/svg+xml", DRAWING.format("<script>zjx()</script>")),
        ("image/svg+xml", DRAWING.format('<text onclick="zjx()">a</text>')),
        ("image/svg+xml", DRAWING.format('<a href="https://evil.example">a</a>')),
        ("text/csv", "a,=1+1\n"),
        ("text/csv", "a,+zjx\n"),
        ("text/csv", "a,@zjx\n"),
        ("text/plain", "zjx"),
    ],
)
def test_what_is_alive_is_found(kind: str, body: str) -> None:
    assert alive(HttpResponse(body, content_type=kind))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", '<p title="&lt;script&gt;zjx()">&lt;img src=x onerror=zjx()&gt;</p><script src=/static/a.js></script>'),
        ("image/svg+xml", DRAWING.format("<text>&lt;script&gt;zjx()</text>")),
        ("text/csv", "a,-1.5,'=1+1,1e-3\n"),
        ("application/json", '{"a": "<script>zjx()</script>"}'),
    ],
)
def test_what_is_text_is_left_alone(kind: str, body: str) -> None:
    assert alive(HttpResponse(body, content_type=kind)) == []
