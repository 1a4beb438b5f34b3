"""Findings as documents: text for people, JSON, CSV, the reviewer's sheet as XLSX, SARIF for machines."""

from perftui.review.report.records import JSON_VERSION, to_json
from perftui.review.report.sarif import to_sarif
from perftui.review.report.sheet import to_csv, to_xlsx
from perftui.review.report.text import to_text

__all__ = ["JSON_VERSION", "to_csv", "to_json", "to_sarif", "to_text", "to_xlsx"]
