"""Reports and charts: a result in, documents out. Pure: no clock, no network, no database."""

from zuji.documents.blocks import Report
from zuji.documents.page import to_html
from zuji.documents.pdf import to_pdf
from zuji.documents.report import build_report
from zuji.documents.word import to_docx

__all__ = ["Report", "build_report", "to_docx", "to_html", "to_pdf"]
