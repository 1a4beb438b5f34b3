"""Fonts that stand in for the page's own."""

import pytest

from perftui.exchange.office import converted, installed_fonts
from perftui.exchange.page_styles import FONTS
from perftui.exchange.stand_ins import fontconfig, stand_ins, strange
from tests.programs import require

NOTO = ("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Serif CJK JP", "Noto Serif CJK SC", "DejaVu Sans")


def test_nothing_stands_in_for_what_is_installed() -> None:
    assert stand_ins(FONTS) == {}


def test_chinese_serifs_stand_in_for_song_and_never_a_japanese_font() -> None:
    taken = stand_ins(NOTO)
    assert taken["仿宋_GB2312"] == taken["方正小标宋简体"] == taken["宋体"] == "Noto Serif CJK SC"
    assert taken["黑体"] == "Noto Sans CJK SC"
    assert set(stand_ins(["Noto Sans CJK JP"]).values()) == {""}


def test_a_later_edition_of_the_same_font_is_not_strange() -> None:
    taken = stand_ins([*NOTO, "仿宋", "KaiTi"])
    assert (taken["仿宋_GB2312"], taken["楷体_GB2312"]) == ("仿宋", "KaiTi")
    assert set(strange(taken)) == {"方正小标宋简体", "黑体", "宋体"}


def test_an_offices_own_fonts_have_chinese_stand_ins_too() -> None:
    taken = stand_ins([*NOTO, "方正书宋"], ("方正书宋", "华文中宋", "微软雅黑"))
    assert taken == {"华文中宋": "Noto Serif CJK SC", "微软雅黑": "Noto Sans CJK SC"}


def test_a_name_with_markup_stays_text() -> None:
    assert "<string>&lt;a&gt;</string>" in fontconfig({"黑体": "<a>"})


def test_the_machine_is_asked_for_its_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    require("fc-list")
    assert "DejaVu Sans" in (installed_fonts() or ())
    monkeypatch.setenv("PATH", "/nowhere")
    assert installed_fonts() is None


def test_a_pdf_is_tagged() -> None:
    require("soffice")
    assert b"/MarkInfo" in converted("甲".encode(), "txt", "pdf")
