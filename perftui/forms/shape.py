"""Does a definition use only keys of the language, and do they hold what they should? Told as sentences."""

import re
from collections.abc import Mapping
from typing import Any

from perftui.forms.language import LANGUAGE, LanguageKey, ValueType
from perftui.forms.mistakes import MistakeText, meant, nearest
from perftui.forms.toml_positions import Way
from perftui.locale import N_, _

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST = 2000
_WANTED = {
    ValueType.TEXT: N_("“{key}”要写成双引号里的文字"),
    ValueType.NAME: N_("“{key}”要写成双引号里的文字"),
    ValueType.FLAG: N_("“{key}”要写成 true 或 false"),
    ValueType.NUMBER: N_("“{key}”要写成整数"),
    ValueType.TEXTS: N_('“{key}”要写成一列文字，如 ["甲", "乙"]'),
    ValueType.NUMBERS: N_("“{key}”要写成一列整数，如 [20, 30]"),
    ValueType.TABLE: N_("“{key}”要写成一个表"),
    ValueType.TABLES: N_("“{key}”要写成几个表，如 [[{key}]]"),
    ValueType.WORDS: N_("“{key}”要写成一个表，里面都是文字"),
}


def check_shape(report: MistakeText, plain: Mapping[str, Any], section: str = "form", way: Way = ()) -> None:
    """Note every key that the language does not have, misses, or has with something else in it."""
    known = LANGUAGE[section]
    missing = [name for name, key in known.items() if key.required and name not in plain]
    for name, value in plain.items():
        key = known.get(name)
        if key is None:
            report.say((*way, name), _("没有“{name}”这个键").format(name=_shown(name)) + meant(name, known))
            missing = [one for one in missing if one not in nearest(name, known)]  # one slip, one sentence
        else:
            _check(report, key, (*way, name), value)
    for name, key in known.items():
        if name in missing:
            report.say(way, _("少了“{name}”（{about}）").format(name=name, about=_(key.about)))


def _check(report: MistakeText, key: LanguageKey, way: Way, value: Any) -> None:
    name = _shown(str(way[-1]))
    if not _fits(key, value):
        report.say(way, _(_WANTED[key.holds]).format(key=name))
        return
    match key.holds:
        case ValueType.TABLE:
            check_shape(report, value, key.section, way)
        case ValueType.TABLES if key.required and not value:
            report.say(way, _("“{key}”是空的").format(key=name))
        case ValueType.TABLES | ValueType.TEXTS | ValueType.NUMBERS:
            for number, item in enumerate(value):
                _check_item(report, key, (*way, number), item)
        case ValueType.WORDS:
            for word, item in value.items():
                _check_text(report, key, (*way, word), item)
        case _:
            _check_item(report, key, way, value)


def _check_item(report: MistakeText, key: LanguageKey, way: Way, value: Any) -> None:
    if isinstance(value, dict):
        check_shape(report, value, key.section, way)
    elif isinstance(value, str):
        _check_text(report, key, way, value)
    elif _is_number(value):
        _check_number(report, key, way, value)


def _check_number(report: MistakeText, key: LanguageKey, way: Way, value: int) -> None:
    if not key.least <= value <= key.most:
        report.say(way, _("这里要是 {least} 到 {most} 之间的整数").format(least=key.least, most=key.most))


def _check_text(report: MistakeText, key: LanguageKey, way: Way, value: str) -> None:
    if key.words and value not in key.words:
        report.say(way, _("没有“{name}”这一种").format(name=_shown(value)) + meant(value, key.words))
    elif key.holds is ValueType.NAME and not _NAME.fullmatch(value):
        report.say(way, _("“{name}”不能作键：要用小写英文字母开头，只有小写字母、数字和 _").format(name=_shown(value)))
    elif key.required and not value.strip():
        report.say(way, _("“{key}”是空的").format(key=_shown(str(way[-1]))))
    elif len(value) > _LONGEST or any(ord(char) < 0x20 and char != "\n" for char in value):
        report.say(way, _("“{key}”太长，或者有控制字符").format(key=_shown(str(way[-1]))))


def _fits(key: LanguageKey, value: Any) -> bool:
    match key.holds:
        case ValueType.TEXT | ValueType.NAME:
            return isinstance(value, str)
        case ValueType.FLAG:
            return isinstance(value, bool)
        case ValueType.NUMBER:
            return _is_number(value)
        case ValueType.TEXTS:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case ValueType.NUMBERS:
            return isinstance(value, list) and all(map(_is_number, value))
        case ValueType.TABLE:
            return isinstance(value, dict)
        case ValueType.TABLES:
            return isinstance(value, list) and all(isinstance(item, dict) for item in value)
        case ValueType.WORDS:
            return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(text: str) -> str:
    """A word of somebody's file, short enough for a sentence."""
    return text[:40]
