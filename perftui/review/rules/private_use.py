"""T: characters of private use, which other machines draw as something else or as nothing.

GBK had 80 characters before Unicode did, and old documents hold them at places of private use; GB 18030 gives each its
place of today. (The table: GB 18030-2005, appendix E, with the 24 places that GB 18030-2022 moved.)
"""

from perftui.locale import N_, _
from perftui.model.lazy_regex import lazily
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

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


@rule("T006", Severity.HINT, N_("有自造区的字"))
def _private(subject: Subject) -> Hits:
    for path, text in subject.prose if _PRIVATE.search(subject.words) else ():
        cell = FieldText(path=path, text=text)
        found = tuple(dict.fromkeys(_PRIVATE.findall(text)))
        if not found:
            continue
        fixed = text.translate({ord(char): STANDARD[char] for char in found if char in STANDARD})
        changed = fixed != text
        advice = _("核对后改成标准字，可以自动替换") if changed else _("核对是什么字，改成标准字")
        place = text.index(found[0])
        fix, chars = fixed if changed else "", listed(map(_named, found))
        yield hit(cell, _("有自造区的字：{chars}"), advice, span=(place, place + 1), fix=fix, chars=chars)


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    if char not in STANDARD:
        return code
    return _("{code} 应作“{right}”").format(code=code, right=STANDARD[char])
