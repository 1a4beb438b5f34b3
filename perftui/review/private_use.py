"""T: characters of private use, which other machines draw as something else or as nothing.

GBK had 80 characters before Unicode did, and old documents hold them at places of private use; GB 18030 gives each its
place of today. (The table: GB 18030-2005, appendix E, with the 24 places that GB 18030-2022 moved.)
"""

from collections.abc import Iterator

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.patterns import lazily
from perftui.review.example import Example
from perftui.review.finding import Fix, Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Subject
from perftui.review.wording import listed

_PRIVATE = lazily("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_RUNS = {
    0xE78D: "︐︒︑︓︔︕︖︗︘︙",
    0xE7E7: "\u303e\u2ff0\u2ff1\u2ff2\u2ff3\u2ff4\u2ff5\u2ff6\u2ff7\u2ff8\u2ff9\u2ffa\u2ffb",
    0xE815: (
        "⺁\U00020087\U00020089\U000200cc⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧\U000215d7龸⺪䁖䅟⺮䌷⺳⺶⺷"
        "\U0002298f䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺\U000241fe䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
    ),
    0xE76C: "€",
    0xE7C7: "\u1e3f\u01f9",
}
"""The characters of today for the places of private use from one place on."""
STANDARD = {chr(first + step): char for first, run in _RUNS.items() for step, char in enumerate(run)}
"""The standard character for one of private use, where GB 18030 has it."""


def _private(subject: Subject) -> Iterator[Hit]:
    for path, text in subject.prose:
        found = tuple(dict.fromkeys(_PRIVATE.findall(text)))
        if not found:
            continue
        fixed = text.translate({ord(char): STANDARD[char] for char in found if char in STANDARD})
        message = _("有自造区的字：{chars}").format(chars=listed(map(_named, found)))
        advice = _("核对后改成标准字，可以自动替换") if fixed != text else _("核对是什么字，改成标准字")
        place = text.index(found[0])
        fix = None if fixed == text else Fix(path=path, text=fixed)
        yield Hit(path=path, message=message, advice=advice, quote=text, span=(place, place + 1), fix=fix)


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    if char not in STANDARD:
        return code
    return _("{code} 应作“{right}”").format(code=code, right=STANDARD[char])


RULES = (
    Rule(
        id="T006", severity=Severity.HINT, title=N_("有自造区的字"), check=_private,
        page=Page(
            what=N_("文字里有 Unicode 自造区的字，多半是旧 GBK 文件里的生僻字。"),
            why=N_("别的机器上没有这个字形，会显示成别的字或者空白。"), source=Source.STYLE,
            mend=N_("GB 18030 有标准字的，按一个键替换；没有的，核对后改写。"),
            bad=Example(head={Role.NAME: "\ue81e镇专项补助"}),
            good=Example(head={Role.NAME: "\u9fb4镇专项补助"}),
            has_fix=True,
        ),
    ),
)  # fmt: skip
